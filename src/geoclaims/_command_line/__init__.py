"""Run the command line: `geoclaims` and `python -m geoclaims`, its commands and its exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Final, NoReturn

from geoclaims._command_line import show, streams
from geoclaims._command_line.commands import COMMANDS
from geoclaims._command_line.input import BUNDLED, InputError
from geoclaims._command_line.reports import complain_of
from geoclaims._command_line.streams import STANDARD
from geoclaims._errors import GeoclaimsError
from geoclaims._hints import suggestion
from geoclaims._messages import describe, printable

_DESCRIPTION: Final = """\
Who said what, whom it accuses, and who denied it.

Without a command, geoclaims shows the annotated article that comes with it;
geoclaims FILE shows that file.
"""

_EPILOGUE: Final = """\
FILE is - for standard input, --bundled for the article that comes with
geoclaims, and where articles are read also a folder of tables. Without FILE,
show, validate, export, import and lint read from a pipe.
Exit codes: 0 success; 1 invalid data, a file or passage that was not found, or
not enough memory; 2 wrong usage, or nothing to read.
"""

_BUNDLED_OPTION: Final = "--bundled"

_INVALID: Final = 1
_INTERRUPTED: Final = 130
_READER_GONE: Final = 141
_TERMINATED: Final = 143


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, by default those of the process.

    Returns:
        The exit code: 0 for success; 1 if data is invalid, a file or passage is not found, or memory is short; 2
        for wrong use; 130 after an interrupt; 141 if the reader of the output closed it; 143 after SIGTERM; all three
        as in a shell.
    """
    try:
        with streams.ending_when_asked():
            streams.prepare_output()
            code = _run(arguments)
            streams.flush()
    except streams.Terminated:
        streams.give_up_output()
        return _TERMINATED
    except KeyboardInterrupt:
        streams.give_up_output()
        return _INTERRUPTED
    except BrokenPipeError:
        streams.give_up_output()
        return _READER_GONE
    except OSError as error:
        streams.give_up_output()
        streams.complain(error)
        return _INVALID
    except MemoryError:
        streams.give_up_output()
        streams.complain("geoclaims: not enough memory")
        return _INVALID
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = _parsed(sys.argv[1:] if arguments is None else arguments)
        code: int = options.run(options)
    except SystemExit as stop:  # argparse has written the message
        return int(stop.code or 0)
    except GeoclaimsError as error:
        complain_of(error) if isinstance(error, InputError) else streams.complain(error)
        return _INVALID
    return code


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments, where `geoclaims FILE` is short for `geoclaims show FILE`."""
    parser = _parser()
    words = list(_with_bundled(arguments))
    if words and words[0] not in COMMANDS and (words[0] == STANDARD or not words[0].startswith("-")):
        # `Path` would raise an error for a name that is too long.
        if words[0] not in (STANDARD, BUNDLED) and not os.path.exists(words[0]):  # noqa: PTH110
            parser.error(f"{describe(words[0])} is neither a command nor a file{_advice_on(words[0])}")
        words.insert(0, "show")
    options, unknown = parser.parse_known_args(words)
    if unknown:  # refused by the command, whose usage lists its options; `parse_args` would show that of `geoclaims`
        options.refuse(f"unrecognized arguments: {' '.join(unknown)}")
    return options


def _advice_on(word: str) -> str:
    """Name the command that is most like a word, unless the word looks like the name of a file."""
    command = suggestion(word, COMMANDS) if word.isalpha() else ""
    return command or "; `geoclaims --help` lists the commands"


def _with_bundled(arguments: Sequence[str]) -> Iterator[str]:
    """Replace `--bundled` by a name for the bundled article, so that it is allowed wherever a FILE is."""
    options_may_follow = True
    for argument in arguments:
        options_may_follow = options_may_follow and argument != "--"
        yield BUNDLED if options_may_follow and argument == _BUNDLED_OPTION else argument


class _Parser(argparse.ArgumentParser):
    """A parser whose messages cannot disturb a terminal, whatever the arguments are."""

    def error(self, message: str) -> NoReturn:
        super().error(streams.without_commands(printable(message).replace(printable(BUNDLED), _BUNDLED_OPTION)))


def _parser() -> argparse.ArgumentParser:
    """Make the parser, which stores the function of the command as `run`."""
    top = _Parser(
        prog="geoclaims",
        description=_DESCRIPTION,
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.set_defaults(run=show.run_without_arguments, refuse=top.error)
    top.add_argument("--version", action="store_const", dest="run", const=_write_version, help="show the version")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    for name, command in COMMANDS.items():
        parser = commands.add_parser(
            name,
            help=command.help,
            description=command.description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        parser.set_defaults(run=command.run, refuse=parser.error)
        command.add_arguments(parser)
    return top


def _write_version(options: argparse.Namespace) -> int:
    del options
    from importlib import metadata

    try:
        version = metadata.version("geoclaims")
    except metadata.PackageNotFoundError:
        version = "(not installed)"
    print(f"geoclaims {version}")
    return 0
