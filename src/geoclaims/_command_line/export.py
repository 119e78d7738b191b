"""`geoclaims export`: articles in the formats of others."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from geoclaims._command_line.reading import BUNDLED, called, read_articles
from geoclaims._command_line.streams import STANDARD, complain, write_document
from geoclaims._display.wording import printable
from geoclaims._errors import Issue, ValidationError
from geoclaims._json.documents import to_json
from geoclaims._json.files import path_of
from geoclaims._loader import load_article
from geoclaims._models.wording import counted

if TYPE_CHECKING:
    from geoclaims._models.articles import Article

HELP: Final = "write articles in the formats of others"
DESCRIPTION: Final = """\
Write articles in other formats, those of all files together:
  csv       articles.csv, actors.csv and statements.csv, in the folder --output
  records   one table in CSV, a row a statement, with names beside ids
  events    statements as events coded by CAMEO, in CSV
  jsonld    schema.org, a JSON-LD document a line
  stix      STIX 2.1, a bundle a line
  json      one article in geoclaims' own format, indented
  jsonl     articles in geoclaims' own format, one a line
  dot       a picture of one article, for Graphviz
  mermaid   a picture of one article, for Mermaid
In CSV, cells that a spreadsheet would take for formulas begin with an apostrophe.
"""


_FORMATS: Final = ("csv", "records", "events", "jsonld", "stix", "json", "jsonl", "dot", "mermaid")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command understands."""
    command.add_argument("--to", metavar="FORMAT", required=True, choices=_FORMATS, help="the format")
    command.add_argument("--output", metavar="FILE", default=STANDARD, help="where to write (standard output)")
    command.add_argument(
        "files", metavar="FILE", nargs="*", help="articles as JSON or JSON Lines (the one that comes with geoclaims)"
    )


def run(options: argparse.Namespace) -> int:
    """Export articles."""
    if options.to != "csv":
        write_document(_pieces(options.to, options.files), options.output)
        return 0
    if options.output == STANDARD:
        options.refuse("--to csv writes several files, and needs --output with the folder for them")
    folder = path_of(options.output)
    if folder.exists() and not folder.is_dir():
        options.refuse(f"--to csv writes several files into a folder, and {printable(options.output)} is none")
    from geoclaims.interop import write_csv

    complain(f"{counted(write_csv(folder, _articles(options.files)), 'article')} written")
    return 0


def _pieces(form: str, files: Sequence[str]) -> Iterable[str]:
    """What is to be written, piece by piece."""
    from geoclaims import interop

    articles = _articles(files)
    match form:
        case "records":
            return _as_csv(interop.to_records(articles))
        case "events":
            return _as_csv(event for article in articles for event in interop.to_events([article]))
        case "jsonld":
            return (interop.to_jsonld_text(article) + "\n" for article in articles)
        case "stix":
            return (json.dumps(interop.to_stix(article), ensure_ascii=False) + "\n" for article in articles)
        case "json":
            return [to_json(_only(files), indent=2), "\n"]
        case "jsonl":
            return (to_json(article) + "\n" for article in articles)
        case "dot":
            return [interop.to_dot(_only(files))]
        case _:
            return [interop.to_mermaid(_only(files))]


def _articles(files: Sequence[str]) -> Iterator[Article]:
    return (article for _, article in _with_their_files(files))


def _with_their_files(files: Sequence[str]) -> Iterator[tuple[str, Article]]:
    """The articles of all files, or the one that comes with geoclaims, each with the name of its file."""
    if not files:
        yield BUNDLED, load_article()
    for file in files:
        for article in read_articles(file):
            yield file, article


def _only(files: Sequence[str]) -> Article:
    """The one article that there should be in all files.

    Raises:
        ValidationError: There is none, or more.
    """
    found = list(islice(_with_their_files(files), 2))
    if len(found) != 1:
        message = f"found {'a second article' if found else 'no article'}, expected one for this format"
        raise ValidationError([Issue("type", (), message)], location=called(found[1][0] if found else files[-1]))
    return found[0][1]


def _as_csv(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """The lines of a table, with the names of its columns first."""
    from geoclaims.interop.cells import guarded

    for number, row in enumerate(rows):
        if not number:
            yield _as_line(row)
        yield _as_line("" if cell is None else guarded(str(cell)) for cell in row.values())


def _as_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()
