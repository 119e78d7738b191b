"""List the formats of `geoclaims export`: the command, its help and the tests take them from this one table."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pkgutil import resolve_name
from tempfile import TemporaryFile
from typing import IO, Any, Final, Literal

import attrs

from geoclaims._article import Article
from geoclaims._json.documents import from_json, to_json

_BLOCK: Final = 1 << 20

Function = Callable[..., Any]
"""A public function that converts an article, or many."""


@attrs.frozen
class Format:
    """A format to export to.

    Attributes:
        name: The name on the command line.
        function: The public function that converts articles, as `module:name`; it is imported when it is needed.
        writer: Writes articles with this function, and yields the text in pieces. None if the function writes a folder
            of files: it is then called with the folder and the articles, and returns how many there were.
        articles: Whether the output holds one article or many.
        help: The description in the help text.
        leaves_out_empty: Whether articles with neither actors nor statements are left out.
        is_binary: Whether the pieces are bytes, and not text.
    """

    name: str
    function: str
    writer: Callable[[Function, Iterable[Article]], Iterable[str | bytes]] | None
    articles: Literal["one", "many"]
    help: str
    leaves_out_empty: bool = False
    is_binary: bool = False

    def load(self) -> Function:
        """Import the function."""
        function: Function = resolve_name(self.function)
        return function


def _table(function: Function, articles: Iterable[Article]) -> Iterator[str]:
    """Write one CSV table, with a function that returns the rows of some articles; without rows there is no header."""
    from geoclaims.interop.tables.csv_text import csv_lines

    rows = (row for article in articles for row in function([article]))
    if (first := next(rows, None)) is not None:
        values = (row.values() for row in itertools.chain([first], rows))
        cells = (["" if value is None else str(value) for value in row] for row in values)
        yield from csv_lines(itertools.chain([first], cells), end="\n")


def _lines(function: Function, articles: Iterable[Article]) -> Iterator[str]:
    """Write a line for each article, with a function that returns its JSON as text or as a dictionary."""
    for document in map(function, articles):
        yield f"{document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)}\n"


def _indented(function: Function, articles: Iterable[Article]) -> Iterator[str]:
    """Write indented JSON, with a function that takes an indent."""
    return (f"{function(article, indent=2)}\n" for article in articles)


def _texts(function: Function, articles: Iterable[Article]) -> Iterator[str]:
    """Write the text of each article, with a function that returns it."""
    return map(function, articles)


def _page(function: Function, articles: Iterable[Article]) -> Iterator[str]:
    """Write one page of all articles, piece by piece; the function would return it as a whole."""
    from geoclaims.interop.pages import html_pieces

    del function
    with TemporaryFile() as file:
        yield from html_pieces(_Kept(articles, file))


class _Kept:
    """Articles that were read once, perhaps from a pipe, and are kept in a file to be read again and again."""

    def __init__(self, articles: Iterable[Article], file: IO[bytes]) -> None:
        self._file = file
        self._count = 0
        for article in articles:
            file.write(to_json(article).encode() + b"\n")
            self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Article]:
        self._file.seek(0)
        return map(from_json, self._file)


def _parquet(function: Function, articles: Iterable[Article]) -> Iterator[bytes]:
    """Write a Parquet file, with a function that returns batches of Arrow.

    Raises:
        ImportError: pyarrow is not installed.
    """
    batches = function(articles)

    def pieces() -> Iterator[bytes]:
        from pyarrow.parquet import ParquetWriter

        with TemporaryFile() as file:  # its writer must know its place, which a pipe has not
            with ParquetWriter(file, batches.schema) as writer:
                for batch in batches:
                    writer.write_batch(batch)
            file.seek(0)
            yield from iter(partial(file.read, _BLOCK), b"")

    return pieces()


FORMATS: Final[Mapping[str, Format]] = {
    form.name: form
    for form in (
        Format(
            "csv",
            "geoclaims.interop:write_csv",
            None,
            "many",
            "articles.csv, actors.csv and statements.csv, in the folder --output",
        ),
        Format(
            "records",
            "geoclaims.interop:to_records",
            _table,
            "many",
            "one table in CSV, one row per statement, with names beside ids",
        ),
        Format(
            "parquet",
            "geoclaims.interop:to_arrow_batches",
            _parquet,
            "many",
            "one row per article, as `to_arrow` makes it; needs the extra arrow",
            is_binary=True,
        ),
        Format(
            "jsonld", "geoclaims.interop:to_jsonld_text", _lines, "many", "schema.org, one JSON-LD document per line"
        ),
        Format(
            "stix",
            "geoclaims.interop:to_stix",
            _lines,
            "many",
            "STIX 2.1, one bundle per line",
            leaves_out_empty=True,  # readers of STIX fail at a bundle without objects
        ),
        Format("json", "geoclaims._json.documents:to_json", _indented, "one", "geoclaims' own format, indented"),
        Format(
            "jsonl", "geoclaims._json.documents:to_json", _lines, "many", "geoclaims' own format, one article per line"
        ),
        Format("mermaid", "geoclaims.interop:to_mermaid", _texts, "one", "a picture for Mermaid"),
        Format("html", "geoclaims.interop:to_html", _page, "many", "a web page in one file"),
        Format("svg", "geoclaims.interop:to_svg", _texts, "one", "a picture, light or dark as the reader prefers"),
    )
}
"""Every format by its name. A new format needs a line here, and its function."""
