"""What the command line understands."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from types import ModuleType
from typing import Final

from geoclaims._command_line import attach, export, schema, show, validate

_COMMANDS: Final[Mapping[str, ModuleType]] = {
    "show": show,
    "validate": validate,
    "schema": schema,
    "attach": attach,
    "export": export,
}

_DESCRIPTION: Final = """\
Who said what, whom it accuses, and who denied it.

Without a command, the annotated article that comes with geoclaims is shown.
"""

_EPILOGUE: Final = """\
FILE is - for standard input. Exit codes: 0 all is well; 1 data is invalid,
or a file or passage was not found; 2 the command is not understood.
"""


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; what it returns has the command to run as `run`."""
    top = argparse.ArgumentParser(
        prog="geoclaims",
        description=_DESCRIPTION,
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.set_defaults(run=show.run_without_arguments)
    top.add_argument("--version", action="store_const", dest="run", const=run_version, help="show the version")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    for name, module in _COMMANDS.items():
        command = commands.add_parser(
            name,
            help=module.HELP,
            description=module.DESCRIPTION,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.set_defaults(run=module.run, refuse=command.error)
        module.add_arguments(command)
    return top


def run_version(options: argparse.Namespace) -> int:
    """Write the version."""
    del options
    from importlib import metadata

    try:
        version = metadata.version("geoclaims")
    except metadata.PackageNotFoundError:
        version = "(not installed)"
    print(f"geoclaims {version}")
    return 0
