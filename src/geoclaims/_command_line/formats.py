"""List the formats of `geoclaims export`: the command, its help, the pages and the tests take them from here."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pkgutil import resolve_name
from tempfile import TemporaryFile
from typing import Any, Final, Literal

import attrs

from geoclaims._article import Article

_BLOCK: Final = 1 << 20

Function = Callable[..., Any]
"""A public function that converts an article, or many."""


@attrs.frozen
class Format:
    """A format to export to.

    Attributes:
        function: The public function that converts articles, as `module:name`; it is imported when it is needed.
        help: The description in the help text.
        writer: Writes articles with this function, and yields the text in pieces. None if the function writes a folder
            of files: it is then called with the folder and the articles.
        times: How many times as many characters as the JSON of its articles the output has at most.
        articles: Whether the output holds one article or many.
        takes_links: Whether the function takes a corpus in the place of articles.
        is_for_files: Whether nobody can read it on a terminal.
    """

    function: str
    help: str
    writer: Callable[[Function, Iterable[Article]], Iterable[str | bytes]] | None
    times: int
    articles: Literal["one", "many"] = "many"
    takes_links: bool = False
    is_for_files: bool = False

    def load(self) -> Function:
        """Import the function, and with it no other format."""
        function: Function = resolve_name(self.function)
        return function


def _table(function: Function, articles: Iterable[Article]) -> Iterator[str]:
    """Write one CSV table, with a function that yields the rows of some articles; without rows there is no header."""
    from geoclaims.interop.tables.csv_text import csv_lines

    rows = function(articles)
    if (first := next(rows, None)) is not None:
        values = (row.values() for row in itertools.chain([first], rows))
        cells = (["" if value is None else str(value) for value in row] for row in values)
        yield from csv_lines(itertools.chain([first], cells), end="\n")


def _lines(function: Function, articles: Iterable[Article]) -> Iterator[str]:
    """Write a line for each article, with a function that returns its JSON."""
    return (f"{function(article)}\n" for article in articles)


def _indented(function: Function, articles: Iterable[Article]) -> Iterator[str]:
    """Write indented JSON, with a function that takes an indent."""
    return (f"{function(article, indent=2)}\n" for article in articles)


def _texts(function: Function, articles: Iterable[Article]) -> Iterator[str]:
    """Write the text of each article, with a function that returns it."""
    return map(function, articles)


def _page(function: Function, articles: Iterable[Article]) -> Iterator[str]:
    """Write one page of all articles, with a function that returns it; its table of contents names them all."""
    yield function(articles)


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
    "csv": Format(
        "geoclaims.interop:write_csv",
        "articles.csv, actors.csv and statements.csv, in the folder --output",
        None,
        10,
        takes_links=True,
    ),
    "records": Format(
        "geoclaims.interop:to_records",
        "one table in CSV, one row per statement, with names beside ids",
        _table,
        600,
        takes_links=True,
    ),
    "parquet": Format(
        "geoclaims.interop:to_arrow_batches",
        "one row per article, as `to_arrow` makes it; needs the extra arrow",
        _parquet,
        10,
        is_for_files=True,
    ),
    "jsonld": Format("geoclaims.interop:to_jsonld_text", "schema.org, one JSON-LD document per line", _lines, 100),
    "json": Format("geoclaims:to_json", "geoclaims' own format, indented", _indented, 10, "one"),
    "jsonl": Format("geoclaims:to_json", "geoclaims' own format, one article per line", _lines, 2),
    "html": Format(
        "geoclaims.interop:to_html", "a web page in one file", _page, 600, takes_links=True, is_for_files=True
    ),
    "svg": Format(
        "geoclaims.interop:to_svg",
        "a picture, light or dark as the reader prefers",
        _texts,
        600,
        "one",
        is_for_files=True,
    ),
}
"""Every format by its name. A new format needs an entry here, and its function."""
