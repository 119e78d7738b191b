"""Declare commands: a function whose docstring is the help, and its arguments beside it."""

from __future__ import annotations

import argparse
import inspect
import os
from collections.abc import Callable
from typing import Any, Final, NoReturn

import attrs

from geoclaims._messages import printable

STANDARD: Final = "-"
"""The file name that means standard input or output."""

BUNDLED: Final = "\0bundled"
"""What stands for `--bundled` among the arguments; neither a file nor an argument can have this name."""

BUNDLED_OPTION: Final = "--bundled"

Argument = tuple[tuple[str, ...], dict[str, Any]]
"""What `add_argument` of argparse takes."""


@attrs.frozen
class Command:
    """A command of the program, with the function that runs it and returns the exit code."""

    run: Callable[[argparse.Namespace], int]
    arguments: tuple[Argument, ...]
    epilog: str | None = None
    """What the help says below the arguments."""

    @property
    def name(self) -> str:
        """Return the name on the command line."""
        return self.run.__name__

    @property
    def help(self) -> str:
        """Say in one line what the command does."""
        line = (inspect.getdoc(self.run) or "").partition("\n")[0]
        return f"{line[:1].lower()}{line[1:].removesuffix('.')}"

    def parser(self) -> Parser:
        """Make the parser; its result has `refuse`, a function that ends the command with a message and code 2."""
        parser = Parser(f"geoclaims {self.name}", inspect.getdoc(self.run), self.epilog)
        parser.set_defaults(refuse=parser.error)
        dates = parser.add_mutually_exclusive_group() if DATES[0] in self.arguments else parser
        for each in self.arguments:
            names, settings = each
            (dates if each in DATES else parser).add_argument(*names, **settings)
        return parser


def command(
    *arguments: Argument, epilog: str | None = None
) -> Callable[[Callable[[argparse.Namespace], int]], Command]:
    """Make a command of a function, with its arguments."""
    return lambda function: Command(function, arguments, epilog)


def argument(*names: str, **settings: Any) -> Argument:
    """Describe an argument, as `add_argument` of argparse takes it."""
    return names, settings


class Parser(argparse.ArgumentParser):
    """A parser whose messages cannot disturb a terminal, whatever the arguments are."""

    def __init__(self, program: str, description: str | None, epilog: str | None = None) -> None:
        as_written = argparse.RawDescriptionHelpFormatter
        super().__init__(program, None, description, epilog, formatter_class=as_written, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        super().error(shown(message).replace(shown(BUNDLED), BUNDLED_OPTION))


def shown(argument: str) -> str:
    """Write the name of a file, or another argument, on one line of a message: what does not print is an escape."""
    return printable(as_text(argument)) or "''"


def called(name: str) -> str:
    """Return the name of a file as messages and reports show it."""
    return {STANDARD: "<stdin>", BUNDLED: "<bundled>"}.get(name) or shown(name.rstrip(os.sep) or name)


def as_text(argument: str) -> str:
    """Decode an argument as UTF-8, also where the locale has another encoding and has left surrogates in it."""
    try:
        return os.fsencode(argument).decode(errors="surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        return argument


def file_to_write(name: str) -> str:
    """Check the name of a file to write, as argparse does, and return it, or `STANDARD` for standard output.

    Raises:
        ArgumentTypeError: It names the article that comes with geoclaims.
    """
    if name == BUNDLED:
        raise argparse.ArgumentTypeError(f"{BUNDLED_OPTION} can only be read")
    # Where a shell sends it to a file, what others write before and after would be lost with that file.
    return STANDARD if name in {"/dev/stdout", "/dev/fd/1"} else name


FILE_HELP: Final = (
    "articles as JSON, JSON Lines or a folder of tables; - for standard input, --bundled for the article of geoclaims"
)
FILES: Final = argument("files", metavar="FILE", nargs="*", help=FILE_HELP)
LINKS: Final = argument(
    "--links",
    metavar="FILE",
    action="append",
    default=[],
    help="links between the articles, as JSON Lines, or CSV if the name ends in .csv; more than once for several files",
)
TEXT: Final = argument("text", metavar="TEXT", help="the text of the article, in UTF-8; - for standard input")
OUTPUT: Final = argument(
    "-o", "--output", metavar="FILE", type=file_to_write, default=STANDARD, help="where to write (-, standard output)"
)
REPORT_FORMAT: Final = argument("--format", choices=["text", "json"], default="text", help="how to list (text)")
WITHOUT_TEXT: Final = argument("--without-text", action="store_true", help="leave out the texts of articles")
DATES: Final = (
    argument("--dayfirst", action="store_const", const=True, help="read 04/05/2025 as 4 May"),
    argument("--monthfirst", action="store_const", const=False, dest="dayfirst", help="read 04/05/2025 as 5 April"),
)
"""How ambiguous dates are read, as `dayfirst`."""
