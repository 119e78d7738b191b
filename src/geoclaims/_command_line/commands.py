"""List the commands of the program: its help, the page on the command line and the tests take the list from here."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Final

import attrs

from geoclaims._command_line import (
    anchor,
    attach,
    compare,
    export,
    find,
    import_,
    lint,
    new,
    schema,
    show,
    validate,
)


@attrs.frozen
class Command:
    """A command of the program."""

    help: str
    """What it does, in one line."""
    description: str
    """The text of its own help."""
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    """Runs it, and returns the exit code."""


COMMANDS: Final[Mapping[str, Command]] = {
    "show": Command(show.HELP, show.DESCRIPTION, show.add_arguments, show.run),
    "validate": Command(validate.HELP, validate.DESCRIPTION, validate.add_arguments, validate.run),
    "schema": Command(schema.HELP, schema.DESCRIPTION, schema.add_arguments, schema.run),
    "attach": Command(attach.HELP, attach.DESCRIPTION, attach.add_arguments, attach.run),
    "export": Command(export.HELP, export.DESCRIPTION, export.add_arguments, export.run),
    "new": Command(new.HELP, new.DESCRIPTION, new.add_arguments, new.run),
    "anchor": Command(anchor.HELP, anchor.DESCRIPTION, anchor.add_arguments, anchor.run),
    "find": Command(find.HELP, find.DESCRIPTION, find.add_arguments, find.run),
    "lint": Command(lint.HELP, lint.DESCRIPTION, lint.add_arguments, lint.run),
    "compare": Command(compare.HELP, compare.DESCRIPTION, compare.add_arguments, compare.run),
    "import": Command(import_.HELP, import_.DESCRIPTION, import_.add_arguments, import_.run),
}
"""Every command by its name. A new command needs a line here, and its module."""
