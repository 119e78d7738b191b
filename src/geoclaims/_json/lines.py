"""JSON Lines: one article a line, plain or compressed, read and written in constant memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from geoclaims._errors import Issue, ValidationError
from geoclaims._issues import invalid
from geoclaims._json.documents import from_json, to_json
from geoclaims._json.files import replacing
from geoclaims._models.articles import Article

FilePath = str | os.PathLike[str]


class SupportsWrite(Protocol):
    """What bytes can be written to."""

    def write(self, data: bytes, /) -> object:
        """Write bytes."""


def read_jsonl(path: FilePath, *, on_error: Callable[[ValidationError], object] | None = None) -> Iterator[Article]:
    """Read the articles of a JSON Lines file, one at a time.

    Args:
        path: The file; it is read as gzip where its name ends in `.gz`. Blank lines are skipped.
        on_error: Called with the error of each bad line, after which reading goes on; without it the error is raised.

    Raises:
        ValidationError: A line is no article, or the file no whole gzip stream (`encoding`); `location` and every
            line of the message name the file and line.
        OSError: The file cannot be read.
    """
    Path(path).stat()  # a file that is missing is an error of the call, not of the first step
    return _articles(Path(path), on_error)


def _articles(path: Path, on_error: Callable[[ValidationError], object] | None) -> Iterator[Article]:
    with path.open("rb") as file:
        yield from articles_in(_decompressed(file) if _is_compressed(path) else file, str(path), on_error=on_error)


def _decompressed(file: BufferedReader) -> Iterator[bytes]:
    """The lines of a gzip stream.

    Raises:
        EOFError: There is no stream at all, which `gzip` takes for an empty one.
    """
    import gzip

    if not file.peek(1):
        raise EOFError("it is empty")
    with gzip.open(file) as stream:
        yield from stream


def articles_in(
    lines: Iterable[bytes], name: str, *, on_error: Callable[[ValidationError], object] | None = None
) -> Iterator[Article]:
    """The articles in the lines of an open file, which errors call by a name; otherwise as `read_jsonl`."""
    for location, line in _located(lines, name):
        try:
            if isinstance(line, ValidationError):
                raise line
            article = from_json(line)
        except ValidationError as error:
            error.location = location
            if on_error is None:
                raise
            on_error(error)
        else:
            yield article


def _located(lines: Iterable[bytes], name: str) -> Iterator[tuple[str, bytes | ValidationError]]:
    """The lines that are not blank, each with its place; an error stands where a compressed stream breaks off."""
    import gzip
    import zlib

    number = 0
    try:
        for number, line in enumerate(lines, 1):
            content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if content.strip(b" \t\r\n"):
                yield f"{name}:{number}", content
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        issue = Issue("encoding", (), f"found a gzip stream that is cut or damaged ({error}), expected a whole one")
        yield f"{name}:{number + 1}", ValidationError([issue])


def write_jsonl(path: FilePath, articles: Iterable[Article]) -> int:
    """Write articles to a JSON Lines file, one a line, and return how many.

    The file takes the name only when all is written; whatever fails before leaves an older file as it was.

    Args:
        path: The file; it is written as gzip where its name ends in `.gz`.
        articles: The articles, from anything that yields them.

    Raises:
        ValidationError: Something among them is no article (`type`).
        OSError: The file cannot be written.
    """
    with replacing(Path(path)) as file:
        if not _is_compressed(Path(path)):
            return _write_lines(file, articles)
        import gzip

        # without a name and a time, the same articles always give the same bytes
        with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as stream:
            return _write_lines(stream, articles)


def _write_lines(file: SupportsWrite, articles: Iterable[Article]) -> int:
    count = 0
    for article in only_articles(articles):
        file.write(to_json(article).encode() + b"\n")
        count += 1
    return count


def only_articles(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles, one at a time, once each is known to be one.

    Raises:
        ValidationError: Something among them is no article (`type`).
    """
    for number, article in enumerate(articles):
        if type(article) is not Article:
            raise invalid("type", (number,), article, "an Article")
        yield article


def _is_compressed(path: Path) -> bool:
    return path.name.endswith(".gz")
