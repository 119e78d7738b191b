"""`geoclaims anchor`: turn a draft into an article, or list everything that is wrong with it."""

from __future__ import annotations

import argparse
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from geoclaims._command_line.input import (
    BUNDLED,
    TEXT_HELP,
    InputError,
    add_order_of_dates,
    are_lines,
    called,
    is_folder,
    read_text,
    read_whole,
    refuse_two_inputs,
    split,
)
from geoclaims._command_line.output import add_output, write_article
from geoclaims._command_line.reports import complain_of
from geoclaims._errors import AnchorError, Issue, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoclaims._article import Article

_ONE_DRAFT: Final = "found JSON Lines, expected one draft: put each line into a file of its own"

HELP: Final = "turn a draft, which quotes its passages, into an article"
DESCRIPTION: Final = """\
Find the passages that a draft quotes in the text of the article, and write the
article as JSON. If anything is wrong, every issue is listed with its file and
line, and nothing is written. With --keep-going, a statement keeps its passages
only if all of them are found. DRAFT may also be a folder with the three CSV
files that `geoclaims new --csv` writes.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("text", metavar="TEXT", help=TEXT_HELP)
    command.add_argument(
        "draft", metavar="DRAFT", help="the draft as JSON, or a folder of three tables; - for standard input"
    )
    add_output(command, "write the article to a file (-, standard output)")
    add_order_of_dates(command)
    command.add_argument(
        "--keep-going",
        action="store_true",
        help="write the passages that are found; exit with 1 if any is not",
    )
    command.add_argument("--without-text", action="store_true", help="write the places of passages, but not the text")


def run(options: argparse.Namespace) -> int:
    """Turn a draft into an article."""
    refuse_two_inputs(options, options.text, options.draft)
    if options.draft == BUNDLED:
        options.refuse("--bundled is not a draft")
    if options.dayfirst is not None and is_folder(options.draft):
        options.refuse("--dayfirst and --monthfirst are for drafts as JSON; in tables, write dates with the year first")
    text = read_text(options.text, options)
    lost: list[InputError] = []
    article = _article(options, text, lost)
    write_article(options, article, reads=[options.text, options.draft])
    for wrong in lost:
        complain_of(wrong)
    return 1 if lost else 0


def _article(options: argparse.Namespace, text: str, lost: list[InputError]) -> Article:
    """Read the draft; add the error for passages that may be lost to a list.

    Raises:
        InputError: Anything else is wrong.
    """
    draft = b""

    def as_input(error: ValidationError | AnchorError) -> InputError:
        return InputError(error, called(options.draft), lines=split(draft), in_folder=is_folder(options.draft))

    def keep(error: AnchorError) -> None:
        lost.append(as_input(error))

    try:
        if is_folder(options.draft):
            return _article_of_tables(options.draft, text, keep, keep_going=options.keep_going)
        from geoclaims.annotation import read_draft

        draft = read_whole(options.draft)
        return read_draft(draft, text, dayfirst=options.dayfirst, on_error=keep if options.keep_going else None)
    except ValidationError as error:
        if error.issues[0].code == "json" and are_lines(draft):
            error = ValidationError([Issue("json", (), _ONE_DRAFT)])
        raise as_input(error) from None


def _article_of_tables(
    folder: str, text: str, on_error: Callable[[AnchorError], object], *, keep_going: bool
) -> Article:
    """Read the one article of three tables.

    Raises:
        ValidationError: Anything is wrong except passages that may be lost, or the tables do not hold exactly one
            article; this is then the only issue, since the text belongs to one article.
    """
    from geoclaims.interop.tables.csv_files import read_csv
    from geoclaims.interop.tables.rows import CellIssue

    texts = defaultdict[str, str](lambda: text)  # collects the ids for which a text was requested
    errors: list[AnchorError | ValidationError] = []
    articles = list(read_csv(folder, texts=texts, on_error=errors.append))
    if len(texts) > 1 or not (texts or errors):
        message = f"found {len(texts)} articles, expected the one that the text belongs to"
        raise ValidationError([CellIssue("range", ("articles.csv", 1), message)])
    only_passages = [error for error in errors if isinstance(error, AnchorError)]
    if len(only_passages) < len(errors) or (errors and not keep_going):
        issues = [issue for error in errors for issue in error.issues]
        raise ValidationError(issues, omitted=sum(error.omitted for error in errors))
    for lost_passages in only_passages:
        on_error(lost_passages)
    return articles[0]
