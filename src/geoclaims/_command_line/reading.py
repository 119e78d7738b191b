"""Articles from files and standard input, as JSON or JSON Lines."""

from __future__ import annotations

import errno
import io
import os
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, Final

import attrs

from geoclaims._command_line.streams import STANDARD
from geoclaims._errors import ValidationError
from geoclaims._json.documents import from_json
from geoclaims._json.files import lines_of, path_of
from geoclaims._json.lines import articles_in, read_jsonl

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from geoclaims._models.articles import Article

_ONE: Final = (".json", ".json.gz")
_LINES: Final = (".jsonl", ".ndjson", ".gz")
_HINT: Final = "; this looks like JSON Lines, whose names end in .jsonl"


BUNDLED: Final = "<bundled>"
"""What messages call the article that comes with geoclaims."""


def called(name: str) -> str:
    """What messages call a file."""
    return "<stdin>" if name == STANDARD else name


def opened(name: str) -> AbstractContextManager[BinaryIO]:
    """A file to read, or standard input.

    Raises:
        OSError: It cannot be opened.
    """
    if name != STANDARD:
        return path_of(name).open("rb")
    if sys.stdin is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), called(name))
    return nullcontext(sys.stdin.buffer)


def read_articles(name: str, *, on_error: Callable[[ValidationError], object] | None = None) -> Iterator[Article]:
    """The articles of a file, or of standard input for `-`.

    A file holds one article as JSON where its name ends in `.json` or `.json.gz`, many as JSON Lines where it ends in
    `.jsonl`, `.ndjson` or any other `.gz`, in letters of either case; otherwise what is in it tells.

    Args:
        name: The file.
        on_error: Called with the error of each article that is invalid; without it the first is raised.

    Raises:
        ValidationError: The file holds something that is no article; every line of the message names the file.
        OSError: The file cannot be read.
    """
    one = _holds_one(name)
    if name.lower().endswith(_LINES) and not one:
        yield from read_jsonl(name, on_error=on_error)
        return
    with _lines_of(name) as lines:
        start, many = ([], False) if one else _look_at(lines)
        if many:
            yield from articles_in(chain(start, lines), called(name), on_error=on_error)
            return
        try:
            article = _article_in(chain(start, lines), name)
        except ValidationError as error:
            if on_error is None:
                raise
            on_error(error)
        else:
            yield article


def read_article(name: str) -> Article:
    """The one article of a JSON file, or of standard input for `-`.

    Raises:
        ValidationError: The file holds something else; every line of the message names the file.
        OSError: The file cannot be read.
    """
    with _lines_of(name) as lines:
        return _article_in(lines, name)


def _holds_one(name: str) -> bool:
    return name.lower().endswith(_ONE)


def _lines_of(name: str) -> AbstractContextManager[Iterable[bytes]]:
    return opened(name) if name == STANDARD else lines_of(name)


def _article_in(lines: Iterable[bytes], name: str) -> Article:
    """The article that the lines of a file are the JSON of."""
    text = b""
    try:
        text = b"".join(lines)
        return from_json(text)
    except ValidationError as error:
        error.location = called(name)
        if error.issues[0].code == "json" and _holds_one(name) and _look_at(io.BytesIO(text))[1]:
            error.issues = tuple(attrs.evolve(issue, message=issue.message + _HINT) for issue in error.issues)
        raise


def _look_at(file: Iterable[bytes]) -> tuple[list[bytes], bool]:
    """The start of a file, and whether it begins as JSON Lines do: with a whole object on a line, and more below."""
    start: list[bytes] = []
    filled: list[bytes] = []
    for line in file:
        start.append(line)
        if content := line.strip():
            filled.append(content)
        if len(filled) == 2:
            first = filled[0].removeprefix(BOM_UTF8)
            return start, first.startswith(b"{") and first.endswith(b"}")
    return start, False
