"""`geoclaims attach`: attach a copy of its text to an article, and list the place of each passage."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from geoclaims._command_line.input import (
    BUNDLED,
    TEXT_NOT_BUNDLED,
    InputError,
    Place,
    error_in,
    is_folder,
    read_article,
    read_text,
    refuse_two_inputs,
)
from geoclaims._command_line.layout import Layout, Style
from geoclaims._command_line.output import add_output, write_article
from geoclaims._command_line.reports import complain_of
from geoclaims._command_line.streams import complain, say
from geoclaims._errors import AnchorError
from geoclaims._view.words import counted, quoted

if TYPE_CHECKING:
    from geoclaims._article import Article

HELP: Final = "find the passages of an article in a copy of its text"
DESCRIPTION: Final = """\
Find every passage of an annotated article in a copy of its text, and list
them. Quotation marks, line breaks and other typography may differ. If words
differ, every passage that is not found is listed, and nothing is written. With
--keep-going, a statement keeps its passages only if all of them are found. With
--output, the article is written with the text and the places of its passages
in that text.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("text", metavar="TEXT", help="the copy of the text, in UTF-8; - for standard input")
    command.add_argument(
        "article",
        metavar="ARTICLE",
        nargs="?",
        help="the article, as JSON or a folder of tables; - for standard input, --bundled for the article of geoclaims",
    )
    add_output(command, "write the article as JSON to a file, or - for standard output", None)
    command.add_argument(
        "--keep-going",
        action="store_true",
        help="attach the passages that are found; exit with 1 if any is not",
    )
    command.add_argument("--without-text", action="store_true", help="write the places of passages, but not the text")


def run(options: argparse.Namespace) -> int:
    """Attach a text, then list the passages or write the article."""
    if options.text == BUNDLED:
        options.refuse(TEXT_NOT_BUNDLED)
    if not options.article:
        options.refuse(
            "give the ARTICLE of this text: a file, - for standard input, or --bundled for the article of geoclaims"
        )
    refuse_two_inputs(options, options.text, options.article)
    if options.without_text and options.output is None:
        options.refuse("--without-text needs --output")
    text = read_text(options.text, options)
    article, _, place = read_article([options.article], "the one that the text belongs to")
    lost: list[InputError] = []
    attached = _attached(article, text, options, place, lost)
    if options.output is None:
        for line in _passages(attached, Layout.of_output()):
            say(line)
    else:
        read = [options.text, options.article] if is_folder(options.article) else [options.text]
        write_article(options, attached, reads=read)
    for wrong in lost:
        complain_of(wrong)
    complain(_summary(article, attached))
    return 1 if lost else 0


def _attached(
    article: Article, text: str, options: argparse.Namespace, place: Place, lost: list[InputError]
) -> Article:
    """Attach the text; with `--keep-going`, add the error for passages without a place to a list.

    Raises:
        InputError: A passage has no place.
    """

    def keep(error: AnchorError) -> None:
        lost.append(error_in(error, options.article, place))

    try:
        return article.with_text(text, on_error=keep if options.keep_going else None)
    except AnchorError as error:
        raise error_in(error, options.article, place) from None


def _passages(article: Article, layout: Layout) -> Iterator[str]:
    for statement in article.statements:
        yield from layout.paragraph((statement.id, Style.BOLD))
        for span, passage in zip(statement.spans, article.excerpts(statement), strict=True):
            yield from layout.labelled(f"{span.start}–{span.end}", quoted(passage))
        if not statement.spans:
            yield from layout.paragraph("no passage", indent=4)


def _summary(article: Article, attached: Article) -> str:
    count = sum(len(statement.spans) for statement in attached.statements)
    if not any(statement.spans for statement in article.statements):
        return "no passages to find: no statement of the article has spans"
    moved = sum(
        len({(span.start, span.end) for span in after.spans} - {(span.start, span.end) for span in before.spans})
        for before, after in zip(article.statements, attached.statements, strict=True)
    )
    without = sum(
        bool(before.spans) and not after.spans
        for before, after in zip(article.statements, attached.statements, strict=True)
    )
    left = f"; {counted(without, 'statement')} without passages" if without else ""
    return f"{counted(count, 'passage')} found, {moved or 'none'} moved{left}"
