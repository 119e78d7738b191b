"""Read the text of an article for annotators, and list what is wrong with a draft by line."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from geoclaims._checks import checked
from geoclaims._command_line.reading import BUNDLED, called, opened
from geoclaims._command_line.streams import STANDARD
from geoclaims._errors import AnchorError, Issues, ValidationError
from geoclaims._json.files import path_of
from geoclaims._json.format import PASSAGES
from geoclaims._json.replacing import replaces_something
from geoclaims._loader import text_of
from geoclaims._messages import printable
from geoclaims._rules import WHOLE_TEXT

if TYPE_CHECKING:
    from pathlib import Path

TEXT_HELP: Final = "the text of the article, in UTF-8; - for standard input"


def read_text(name: str, options: argparse.Namespace) -> str:
    """Read the text of an article from a file, or from standard input for `-`.

    Raises:
        ValidationError: The file holds something else; every line of the message names the file.
        OSError: The file cannot be read.
    """
    if name == BUNDLED:
        options.refuse("geoclaims does not come with the text of its bundled article; give a copy as TEXT")
    with opened(name) as file:
        data = file.read()
    try:
        text = text_of(data)
        notes = Issues(text)
        checked(WHOLE_TEXT, text, (), notes)
        notes.raise_if_any()
    except ValidationError as error:
        error.location = called(name)
        raise
    return text


def lines_of(error: ValidationError | AnchorError, name: str) -> Iterator[str]:
    """Write each issue with its file and line, so that editors can jump to it."""
    file = printable(called(name))
    for issue in error.issues:
        if is_folder(name):  # the issue begins with a file in the folder, and the row
            yield f"{file}{os.sep}{issue}"
        else:
            yield f"{file}: {issue}" if issue.line is None else f"{file}:{issue.line}: {issue}"
    if error.omitted:
        yield f"{file}: and {error.omitted} more issue{'s' if error.omitted > 1 else ''}"


def is_folder(name: str) -> bool:
    """Report whether a name is that of a folder, that is, of a draft as tables."""
    return name != STANDARD and path_of(name).is_dir()


def folder_to_write(options: argparse.Namespace, name: str, what: str) -> Path:
    """Return the folder that an argument names, which need not exist; refuse a file."""
    folder = path_of(name)
    if folder.exists() and not folder.is_dir():
        options.refuse(f"{what} writes several files into a folder, and {printable(name)} is not a folder")
    return folder


def holds_a_draft(folder: Path) -> bool:
    """Report whether the tables in a folder are a draft, whose statements quote their passages.

    Raises:
        OSError: The table of statements cannot be read.
    """
    statements = folder / "statements.csv"
    if not statements.is_file():
        return False
    with statements.open("rb") as file:
        return PASSAGES in re.findall(r"\w+", file.readline().decode(errors="replace"))


def refuse_two_inputs(options: argparse.Namespace, *names: str) -> None:
    """Refuse arguments if more than one of them is standard input."""
    if names.count(STANDARD) > 1:
        options.refuse("standard input can be read only once")


def refuse_to_replace(options: argparse.Namespace, *names: str) -> None:
    """Refuse an output file that is an input too: a text or a draft, of which there may be no other copy.

    Raises:
        OSError: A file does not exist, or cannot be looked at.
    """
    if options.output in {None, STANDARD} or not replaces_something(options.output):
        return
    for name in names:
        if name != STANDARD and path_of(name).samefile(path_of(options.output)):
            options.refuse(f"--output would replace {printable(name)}, which is read: name another file")
