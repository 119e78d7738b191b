"""Run the command line: `geoclaims` and `python -m geoclaims`, its commands and its exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Final

from geoclaims._command_line.annotate import anchor, new
from geoclaims._command_line.check import lint, validate
from geoclaims._command_line.command import BUNDLED, BUNDLED_OPTION, STANDARD, Command, Parser, as_text
from geoclaims._command_line.compare import compare
from geoclaims._command_line.export import export, schema
from geoclaims._command_line.output import give_up_output, prepare
from geoclaims._command_line.reports import complain
from geoclaims._command_line.show import show, show_bundled
from geoclaims._errors import GeoclaimsError
from geoclaims._messages import describe

COMMANDS: Final[Mapping[str, Command]] = {
    command.name: command for command in (show, validate, schema, export, new, anchor, lint, compare)
}
"""Every command by its name. A new command needs its name here, and its function."""

_DESCRIPTION: Final = """\
Who said what, whom it accuses, and who denied it.

Without a command, geoclaims shows the annotated article that comes with it;
geoclaims FILE shows that file.
"""

_EPILOGUE: Final = """\
FILE is - for standard input, --bundled for the article that comes with
geoclaims, and where articles are read also a folder of tables. Without FILE,
show, validate, export and lint read from a pipe.
Exit codes: 0 success; 1 invalid data, a file or passage that was not found, or
not enough memory; 2 wrong usage, or nothing to read.
"""

_INVALID: Final = 1
_INTERRUPTED: Final = 130
_READER_GONE: Final = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, by default those of the process.

    Returns:
        The exit code: 0 for success; 1 if data is invalid, a file or passage is not found, or memory is short; 2
        for wrong use; and as in a shell, 130 after an interrupt and 141 if the reader of the output closed it.
    """
    message: Exception | str | None = None
    try:
        prepare()
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()  # now, so that a failure can be reported; at the end of the process it could not
        return code
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except BrokenPipeError:
        code = _READER_GONE
    except OSError as error:
        code, message = _INVALID, error
    except MemoryError:
        code, message = _INVALID, "geoclaims: not enough memory"
    give_up_output()
    if message is not None:
        complain(message)
    return code


def _run(arguments: Sequence[str]) -> int:
    try:
        before = len(list(takewhile(lambda word: word != "--", arguments)))
        words = [BUNDLED if word == BUNDLED_OPTION else word for word in arguments[:before]]
        return _run_command([*words, *arguments[before:]])
    except SystemExit as stop:  # whoever stops the command has said why
        return int(stop.code or 0)
    except GeoclaimsError as error:
        complain(error)
        return _INVALID


def _run_command(words: Sequence[str]) -> int:
    """Run a command, where `geoclaims FILE` is short for `geoclaims show FILE`."""
    first = words[0] if words else "--"
    if command := COMMANDS.get(first):
        return command.run(command.parser().parse_args(words[1:]))
    if first == STANDARD or not first.startswith("-"):
        # `Path` would raise an error for a name that is too long.
        if first not in {STANDARD, BUNDLED} and not os.path.exists(first):  # noqa: PTH110
            said = f"{describe(as_text(first))} is neither a command nor a file"
            _parser().error(f"{said}; `geoclaims --help` lists the commands")
        return show.run(show.parser().parse_args(words))
    if words and _parser().parse_args(words).version:
        from importlib.metadata import version

        print(f"geoclaims {version('geoclaims')}")
        return 0
    return show_bundled()


def _parser() -> Parser:
    """Make the parser of what stands before a command."""
    listed = "\n".join(f"  {name:10}{command.help}" for name, command in COMMANDS.items())
    parser = Parser("geoclaims", f"{_DESCRIPTION}\ncommands:\n{listed}\n", _EPILOGUE)
    parser.usage = "geoclaims [-h] [--version] [COMMAND ...]"
    parser.add_argument("--version", action="store_true", help="show the version")
    return parser
