"""Read the text of an article for annotators, and list what is wrong with a draft by line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from typing import Final

from geoclaims._checks import checked
from geoclaims._command_line.reading import BUNDLED, called, opened
from geoclaims._command_line.streams import STANDARD
from geoclaims._errors import AnchorError, Issues, ValidationError
from geoclaims._files import file_path
from geoclaims._loader import text_of
from geoclaims._messages import printable
from geoclaims._rules import WHOLE_TEXT

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
    return name != STANDARD and file_path(name).is_dir()


def refuse_two_inputs(options: argparse.Namespace, *names: str) -> None:
    """Refuse arguments if more than one of them is standard input."""
    if names.count(STANDARD) > 1:
        options.refuse("standard input can be read only once")
