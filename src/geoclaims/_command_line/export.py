"""`geoclaims export`: write articles in other formats."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from geoclaims._article import Article
from geoclaims._command_line.input import FILE_HELP, InputError, called, inputs, read_all, read_articles
from geoclaims._command_line.output import file_to_write, folder_to_write, refuse_to_replace, write_document
from geoclaims._command_line.streams import STANDARD, complain
from geoclaims._errors import Issue, ValidationError
from geoclaims._formats import FORMATS, Function
from geoclaims._json.format import PASSAGES
from geoclaims._messages import printable
from geoclaims._wording import counted

_LONGEST_HEADER: Final = 10_000  # several times as long as that of any table


def _write_folder(function: Function, articles: Iterable[Article], options: argparse.Namespace) -> None:
    """Write tables into a folder, with a function of the folder and the articles; replace only earlier exports."""
    from geoclaims.interop.tables.columns import tables

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


def _is_exported(table: Path) -> bool:
    """Report whether a file is a table that an export has written, by its mark; a draft quotes its passages."""
    from geoclaims.interop.tables.csv_text import is_mark

    with table.open("rb") as file:
        names = re.findall(r"\w+", file.readline(_LONGEST_HEADER).decode(errors="replace"))
    return any(map(is_mark, names)) and PASSAGES not in names


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
    options.files = files = inputs(options)
    places: dict[str, str] | None = {} if form.writer is None else None  # tables have each id once
    articles = [_only(files)] if form.articles == "one" else (article for _, article in read_all(files, places=places))
    if form.writer is None:
        _write_folder(form.load(), articles, options)
        return 0
    left_out = 0

    def written() -> Iterator[Article]:
        nonlocal left_out
        for article in articles:
            if form.leaves_out_empty and not (article.actors or article.statements):
                left_out += 1
            else:
                yield article

    write_document(options, form.writer(form.load(), written()), reads=files)
    if left_out:
        complain(f"{counted(left_out, 'article')} left out, with neither actors nor statements")
    return 0


def _only(files: Sequence[str]) -> Article:
    """Read the single article of all files.

    Raises:
        InputError: The files hold no article, or more than one.
    """
    found = list(islice(((file, article) for file in files for article in read_articles(file)), 2))
    if len(found) != 1:
        message = f"found {'a second article' if found else 'no article'}, expected one for this format"
        raise InputError(ValidationError([Issue("type", (), message)]), called(found[1][0] if found else files[-1]))
    return found[0][1]
