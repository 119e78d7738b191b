"""`geoclaims export`: write articles in other formats, which are listed in one table."""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, Final, Literal

import attrs

from geoclaims._article import Article
from geoclaims._command_line.output import folder_to_write, refuse_to_replace, write_document
from geoclaims._command_line.reading import FILE_HELP, called, file_to_write, inputs, read_all, read_articles
from geoclaims._command_line.streams import BYTE_ORDER_MARK, STANDARD, complain
from geoclaims._errors import Issue, ValidationError
from geoclaims._json.format import PASSAGES
from geoclaims._messages import printable
from geoclaims._wording import counted

Function = Callable[..., Any]
"""A function that converts an article, or many."""


@attrs.frozen
class Format:
    """A format to export to: the function that writes it, and what the command must know about it.

    Attributes:
        function: The public name of the function, which is only imported for an export in this format.
        articles: Whether the format holds one article or many.
        write: Writes the articles with the function to the output.
        help: The description in the help text.
    """

    function: str
    articles: Literal["one", "many"]
    write: Callable[[Function, Iterable[Article], argparse.Namespace], None]
    help: str


def _write_folder(function: Function, articles: Iterable[Article], options: argparse.Namespace) -> None:
    """Write tables into a folder, with a function of the folder and the articles; replace only earlier exports."""
    from geoclaims.interop.rows_read import tables

    what = f"--to {options.to}"
    if options.output == STANDARD:
        options.refuse(f"{what} writes several files: name their folder with --output")
    folder = folder_to_write(options, options.output, what)
    paths = [folder / table.file for table in tables()]
    refuse_to_replace(options, paths, options.files)
    for path in paths:
        if path.is_file() and not _is_exported(path):
            message = f"--output would replace {printable(str(path))}, which is not a table of an earlier export"
            options.refuse(f"{message}: name another folder")
    complain(f"{counted(function(folder, articles), 'article')} written")


_LONGEST_HEADER: Final = 10_000  # several times as long as that of any table


def _is_exported(table: Path) -> bool:
    """Report whether a file is a table that an export has written, by its mark; a draft quotes its passages."""
    from geoclaims.interop.marks import is_mark

    with table.open("rb") as file:
        names = re.findall(r"\w+", file.readline(_LONGEST_HEADER).decode(errors="replace"))
    return any(map(is_mark, names)) and PASSAGES not in names


def _write_table(function: Function, articles: Iterable[Article], options: argparse.Namespace) -> None:
    """Write one CSV table, with a function that returns the rows of some articles."""
    write_document(options, _as_csv(row for article in articles for row in function([article])), reads=options.files)


def _write_lines(function: Function, articles: Iterable[Article], options: argparse.Namespace) -> None:
    """Write a line for each article, with a function that returns its JSON as text or as a dictionary."""
    write_document(options, (f"{_as_json(function(article))}\n" for article in articles), reads=options.files)


def _write_indented(function: Function, articles: Iterable[Article], options: argparse.Namespace) -> None:
    """Write indented JSON, with a function that takes an indent."""
    write_document(options, (f"{function(article, indent=2)}\n" for article in articles), reads=options.files)


def _write_text(function: Function, articles: Iterable[Article], options: argparse.Namespace) -> None:
    """Write the text of one article, with a function that returns it."""
    write_document(options, map(function, articles), reads=options.files)


def _write_page(function: Function, articles: Iterable[Article], options: argparse.Namespace) -> None:
    """Write one text for all articles, with a function that returns it."""
    write_document(options, [function(articles)], reads=options.files)


FORMATS: Final[Mapping[str, Format]] = {
    "csv": Format(
        "geoclaims.interop:write_csv",
        "many",
        _write_folder,
        "articles.csv, actors.csv and statements.csv, in the folder --output",
    ),
    "records": Format(
        "geoclaims.interop:to_records",
        "many",
        _write_table,
        "one table in CSV, one row per statement, with names beside ids",
    ),
    "events": Format("geoclaims.interop:to_events", "many", _write_table, "events coded by CAMEO, in CSV"),
    "jsonld": Format(
        "geoclaims.interop:to_jsonld_text", "many", _write_lines, "schema.org, one JSON-LD document per line"
    ),
    "stix": Format("geoclaims.interop:to_stix", "many", _write_lines, "STIX 2.1, one bundle per line"),
    "json": Format("geoclaims:to_json", "one", _write_indented, "geoclaims' own format, indented"),
    "jsonl": Format("geoclaims:to_json", "many", _write_lines, "geoclaims' own format, one article per line"),
    "dot": Format("geoclaims.interop:to_dot", "one", _write_text, "a picture for Graphviz"),
    "mermaid": Format("geoclaims.interop:to_mermaid", "one", _write_text, "a picture for Mermaid"),
    "html": Format("geoclaims.interop:to_html", "many", _write_page, "a web page in one file"),
    "svg": Format("geoclaims.interop:to_svg", "one", _write_text, "a picture, light or dark as the reader prefers"),
}
"""Every format by its name. A new format needs a line here, and its function."""

HELP: Final = "write articles in other formats"
DESCRIPTION: Final = "\n".join(
    [
        "Write the articles of all files in another format:",
        *(
            f"  {name:8}  {form.help}{'; one article' if form.articles == 'one' else ''}"
            for name, form in FORMATS.items()
        ),
        (
            "CSV files begin with a byte order mark. Cells that a spreadsheet program would\n"
            "take for formulas begin with an apostrophe."
        ),
    ]
)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("--to", metavar="FORMAT", required=True, choices=FORMATS, help="the format")
    command.add_argument(
        "--output", metavar="FILE", type=file_to_write, default=STANDARD, help="where to write (standard output)"
    )
    command.add_argument("files", metavar="FILE", nargs="*", help=FILE_HELP)


def run(options: argparse.Namespace) -> int:
    """Export articles."""
    form = FORMATS[options.to]
    options.files = inputs(options)
    articles = [_only(options.files)] if form.articles == "one" else (article for _, article in read_all(options.files))
    form.write(resolve_name(form.function), articles, options)
    return 0


def _only(files: Sequence[str]) -> Article:
    """Read the single article of all files.

    Raises:
        ValidationError: The files hold no article, or more than one.
    """
    found = list(islice(((file, article) for file in files for article in read_articles(file)), 2))
    if len(found) != 1:
        message = f"found {'a second article' if found else 'no article'}, expected one for this format"
        raise ValidationError([Issue("type", (), message)], location=called(found[1][0] if found else files[-1]))
    return found[0][1]


def _as_json(document: object) -> str:
    return document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)


def _as_csv(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Format the lines of a table, with a header, in the same CSV as `write_csv`."""
    from geoclaims.interop.tables.cells import guarded

    for number, row in enumerate(rows):
        if not number:
            yield BYTE_ORDER_MARK
            yield _as_line(row)
        yield _as_line("" if cell is None else guarded(str(cell)) for cell in row.values())


def _as_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(cells)
    return line.getvalue()
