"""`geoclaims show`: show articles in readable form; without a command, the article that comes with geoclaims."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence, Set as AbstractSet
from typing import Final

from geoclaims._article import Article
from geoclaims._command_line.command import FILES, command
from geoclaims._command_line.input import inputs, read_all
from geoclaims._command_line.layout import Layout, Piece, Style
from geoclaims._command_line.streams import Progress, complain, is_piped_in, is_terminal
from geoclaims._loader import load_article
from geoclaims._messages import visible
from geoclaims._view.article import ArticleView, Link, Mention, StatementView, Value, view_of
from geoclaims._view.words import LABELS, LONGEST_REPEATED, NOTHING_OF_TRUTH, quoted, shown_again

Line = tuple[str, str]
"""A label, and what it labels, before it is broken by the width of the terminal."""

_ON_ONE_LINE: Final = frozenset({"about", "quantities", "appearances", "labels"})
"""The fields whose values are listed one behind another, actors by name; the values of others have a line each."""


@command(FILES)
def show(options: argparse.Namespace) -> int:
    """Show articles: allegations with their denials, other statements, actors."""
    layout = Layout.of_output()
    with Progress(hidden=is_terminal()) as progress:
        for article, _, _ in progress.of(read_all(inputs(options))):
            if progress.count > 1:
                print("\n")
            for line in page(article, layout):
                print(line)
    return 0


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


def page(article: Article, layout: Layout) -> Iterator[str]:
    """Yield the lines that show an article."""
    view = view_of(article)
    shown: dict[str, Sequence[Line]] = {}
    yield from layout.paragraph((view.title, Style.BOLD))
    for fact in view.facts:
        yield from layout.labelled(fact.label, *map(str, fact.values))
    yield ""
    yield from layout.paragraph(view.counts, hang=0)
    yield from layout.paragraph(NOTHING_OF_TRUTH, hang=0)
    for title, statements in (
        ("allegations", [each for each in view.statements if each.type == "allegation"]),
        ("other statements", [each for each in view.statements if each.type == "statement"]),
        (
            "denials that are denied",
            [each for each in view.statements if each.type == "denial" and each.links("denials")],
        ),
    ):
        if statements:
            yield from layout.heading(title)
        for statement in statements:
            yield ""
            yield from _statement(view, layout, statement, shown)
    if view.actors:
        yield from layout.heading("actors")
    for actor in view.actors:
        yield from layout.paragraph(", ".join([str(actor), *actor.particulars]), *_id(actor.id), indent=2)


def _statement(
    view: ArticleView, layout: Layout, statement: StatementView, shown: dict[str, Sequence[Line]]
) -> Iterator[str]:
    """Show a statement with its details, and then its denials."""
    said = f"{statement.attribution}:"
    yield from layout.paragraph((said, Style.BOLD), f" {statement.content}", *_id(statement.id), indent=2, hang=0)
    for label, text in _lines(statement, but_for={"denials"}):
        yield from layout.labelled(label, text)
    for denial in statement.links("denials"):
        yield from _denial(view, layout, denial, shown)
    for detail in statement.details:
        if detail.field == "denials" and detail.missing:
            yield from layout.labelled(detail.label, detail.note)


def _denial(view: ArticleView, layout: Layout, link: Link, shown: dict[str, Sequence[Line]]) -> Iterator[str]:
    """Show a denial beneath what it denies: in full the first time, and then its beginning."""
    denial = view.target(link)
    cue, content, lines = shown_again(denial.cue or ""), link.content, shown.get(link.id)
    if lines is None:
        cue, content = denial.cue or "", denial.content
        # a denial is obviously about what it denies
        lines = list(_lines(denial, but_for={"denies", "denials", "about"}))
        shown[link.id] = list(_beginning(denial, lines))
    said = ", ".join(filter(None, [link.kind, cue and quoted(cue)]))
    yield from layout.labelled(LABELS["denials"], f"{link.speaker} — {said}")
    again = " This is itself denied below." if denial.links("denials") else ""
    yield from layout.beneath(content, *_id(link.id), again)
    for label, text in lines:
        yield from layout.beneath((f"{label}: ", Style.FAINT), text)


def _id(id: str) -> Sequence[Piece]:
    return " ", (f"[{id}]", Style.FAINT)


def _lines(statement: StatementView, *, but_for: AbstractSet[str]) -> Iterator[Line]:
    """List the quotes, the other details and the passages of a statement, but for some fields."""
    yield from ((LABELS["quotes"], quote) for quote in statement.quotes)
    for detail in statement.details:
        if detail.field in _ON_ONE_LINE - but_for:
            values = (value.name if isinstance(value, Mention) else _text(value) for value in detail.values)
            yield detail.label, "; ".join(values)
        elif detail.field not in but_for:
            yield from ((detail.label, _text(value)) for value in detail.values)
    yield from ((LABELS["spans"], passage) for passage in statement.passages)


def _text(value: Value) -> str:
    return f"{value} [{value.id}]" if isinstance(value, Link) else str(value)


def _beginning(denial: StatementView, lines: Iterable[Line]) -> Iterator[Line]:
    """Repeat the first details of a denial: with its content they are as long as other texts that are repeated."""
    left = LONGEST_REPEATED - len(denial.content)
    for label, text in lines:
        left -= len(label) + len(visible(text))
        if left < 0:
            yield label, "…"
            return
        yield label, text
