"""`geoclaims show`: show articles in readable form; without a command, the article that comes with geoclaims."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from geoclaims._article import Article
from geoclaims._command_line.articles import read_all
from geoclaims._command_line.command import FILES, LINKS, command
from geoclaims._command_line.corpora import read_corpus
from geoclaims._command_line.input import inputs, is_piped_in
from geoclaims._command_line.layout import Layout, Piece, Style
from geoclaims._command_line.links import files_of_links
from geoclaims._command_line.output import is_terminal
from geoclaims._command_line.reports import Progress, Report, complain
from geoclaims._loader import load_article
from geoclaims._view.article import StatementMention, StatementView, in_brackets, view_of
from geoclaims._view.wording import LABELS, NOTHING_OF_TRUTH, heading_of
from geoclaims.corpus._corpus import Corpus


@command(FILES, LINKS)
def show(options: argparse.Namespace) -> int:
    """Show articles: statements with all that answers them, and actors.

    What is invalid is listed on standard error, and all else is shown.
    """
    layout = Layout.of_output()
    files = inputs(options, options.links)
    links = files_of_links(files, options.links)
    corpus = None
    with Progress(hidden=is_terminal()) as progress:
        report = Report(sys.stderr, progress)
        if links:
            corpus, _ = read_corpus(files, links, report, progress)
            read = iter(corpus.articles)
        else:
            read = (article for article, *_ in progress.of(read_all(files, on_error=report.add)))
        first = list(islice(read, 2))
        for number, article in enumerate(chain(first, read)):
            if number:
                print("\n")
            for line in page(article, layout, corpus, several=len(first) > 1):
                print(line)
    return 1 if report.invalid else 0


def show_bundled() -> int:
    """Show the article that comes with geoclaims, and name other commands."""
    if is_piped_in():
        complain("geoclaims: standard input is not read here; `geoclaims show` shows what is piped in")
    layout = Layout.of_output()
    more = (
        "This article comes with geoclaims; `geoclaims export --to json --bundled` writes it as JSON. "
        "`geoclaims FILE` shows one of yours, and `geoclaims --help` lists all commands."
    )
    article = load_article()
    for lines in (page(article, layout), layout.heading("next"), layout.paragraph(more, indent=2, hang=0)):
        for line in lines:
            print(line)
    return 0


def page(article: Article, layout: Layout, corpus: Corpus | None = None, *, several: bool = False) -> Iterator[str]:
    """Yield the lines that show an article: its statements in reading order, each once, and its actors.

    What the links of a corpus say of it is shown too. Where several articles are shown, references replace ids.
    """
    view, before = view_of(article, corpus), f"{article.id}/" if several else ""
    yield from layout.paragraph((heading_of(article), Style.BOLD), "" if article.statements else " (no statements)")
    for fact in view.facts:
        yield from layout.labelled(fact.label, *map(str, fact.values))
    yield ""
    yield from layout.paragraph(view.counts, hang=0)
    yield from layout.paragraph(NOTHING_OF_TRUTH, hang=0)
    if view.statements:
        yield from layout.heading("statements")
    for statement in view.statements:
        yield ""
        yield from _statement(layout, statement, before)
        yield from _rows(layout, LABELS["spans"], view.passages(statement))
    if view.actors:
        yield from layout.heading("actors")
    for actor in view.actors:
        known = [f"{actor}{in_brackets(actor.office)}", *map(str, actor.particulars)]
        yield from layout.paragraph(", ".join(known), *_id(before + actor.id), indent=2)


def _statement(layout: Layout, statement: StatementView, before: str) -> Iterator[str]:
    """Show what a statement is, who said what, and all else that is known about it."""
    yield from layout.paragraph(f"{statement.number} {statement.heading}", *_id(before + statement.id), indent=2)
    said = statement.saying
    cue = f" ({said.cue})" if said.cue else ""
    yield from layout.paragraph((f"{said.head}:", Style.BOLD), f" {said.content}", cue, indent=4, hang=0, keeping=True)
    yield from _rows(layout, LABELS["quotes"], map(str, statement.quotes))
    for detail in statement.details.values():
        values = list(map(str, detail.first))
        if not values:
            yield from layout.paragraph(detail.label, indent=4)
        elif not any(isinstance(value, StatementMention) for value in detail.first):
            values = ["; ".join(values)]
        yield from _rows(layout, detail.label, [*values, *filter(None, [detail.note])])


def _rows(layout: Layout, label: str, values: Iterable[str]) -> Iterator[str]:
    """Show each value on lines of its own, the first behind the label."""
    for number, value in enumerate(values):
        yield from layout.labelled("" if number else label, value)


def _id(id: str) -> Sequence[Piece]:
    return " ", (f"[{id}]", Style.FAINT)
