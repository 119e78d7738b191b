"""`geoclaims export`: write articles in other formats."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from geoclaims._article import Article
from geoclaims._command_line.formats import FORMATS, Format, Function
from geoclaims._command_line.input import FILE_HELP, inputs, read_all, read_article
from geoclaims._command_line.output import add_output, folder_to_write, refuse_to_replace, write_document
from geoclaims._command_line.streams import STANDARD, Progress, complain, is_terminal
from geoclaims._messages import describe, printable
from geoclaims._view.words import counted

_LONGEST_HEADER: Final = 10_000  # several times as long as that of any table


def _write_folder(
    function: Function, articles: Iterable[Article], options: argparse.Namespace, progress: Progress
) -> None:
    """Write tables into a folder, with a function of the folder and the articles; replace only earlier exports."""
    from geoclaims.interop.tables.columns import tables

    what = f"--to {options.to}"
    if options.output == STANDARD:
        options.refuse(f"{what} writes several files: name their folder with --output")
    folder = folder_to_write(options, options.output, what)
    paths = {folder / table.file: table.header for table in tables()}
    refuse_to_replace(options, paths, options.files)
    for path, header in paths.items():
        if path.is_file() and not _has_columns(path, header):
            message = f"--output would replace {printable(str(path))}, which is not a table of an earlier export"
            options.refuse(f"{message}: name another folder")
    count = function(folder, articles)
    progress.clear()
    complain(f"{counted(count, 'article')} written")


def _has_columns(table: Path, header: Sequence[str]) -> bool:
    """Report whether a file has the columns of an export; tables of a draft have others."""
    with table.open("rb") as file:
        return set(re.findall(r"\w+", file.readline(_LONGEST_HEADER).decode(errors="replace"))) == set(header)


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
    add_output(command, "where to write (standard output)")
    command.add_argument("--without-text", action="store_true", help="leave out the texts of the articles")
    command.add_argument("--width", metavar="PIXELS", type=_width, help="with --to svg: the width of the picture (888)")
    command.add_argument("files", metavar="FILE", nargs="*", help=FILE_HELP)


def _width(text: str) -> int:
    """Read the width of a picture.

    Raises:
        ArgumentTypeError: It is not a number that `to_svg` takes.
    """
    from geoclaims.interop.svg import LEAST_WIDTH, MOST_WIDTH

    width = int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
    if not LEAST_WIDTH <= width <= MOST_WIDTH:
        message = f"found {describe(text)}, expected a whole number from {LEAST_WIDTH} to {MOST_WIDTH}"
        raise argparse.ArgumentTypeError(message)
    return width


def run(options: argparse.Namespace) -> int:
    """Export articles."""
    form = FORMATS[options.to]
    function = form.load()
    if options.width is not None:
        if options.to != "svg":
            options.refuse("--width is for --to svg")
        function = partial(function, width=options.width)
    options.files = files = inputs(options)
    is_shown = options.output == STANDARD and is_terminal()
    if form.is_binary and is_shown:
        options.refuse(f"--to {options.to} is not text: name its file with --output")
    left_out = 0

    def written(articles: Iterable[Article]) -> Iterator[Article]:
        nonlocal left_out
        for article in articles:
            if form.leaves_out_empty and not (article.actors or article.statements):
                left_out += 1
            else:
                yield article

    try:
        with Progress(hidden=is_shown) as progress:
            articles = written(progress.of(_articles(options, form)))
            if form.writer is None:
                _write_folder(function, articles, options, progress)
            else:
                write_document(options, progress.writing(form.writer(function, articles)), reads=files)
    except ImportError as error:  # of a library that an extra brings
        options.refuse(str(error))
    if left_out:
        complain(f"{counted(left_out, 'article')} left out, with neither actors nor statements")
    return 0


def _articles(options: argparse.Namespace, form: Format) -> Iterator[Article]:
    """Read the articles, or the only one if the format holds no more."""
    if form.articles == "one":
        many = "jsonl" if options.to == "json" else "html"
        expected = f"one for this format: export the articles one by one, or --to {many}"
        read = iter([read_article(options.files, expected)])
    else:
        places: dict[str, str] | None = {} if form.writer is None else None  # tables have each id once
        read = read_all(options.files, places=places)
    for article, *_ in read:
        yield attrs.evolve(article, text=None) if options.without_text else article
