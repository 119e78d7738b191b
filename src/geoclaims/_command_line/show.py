"""`geoclaims show`: articles as people read them; without a command, the one that comes with geoclaims."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from geoclaims._command_line.layout import Layout, Piece, Style, quoted
from geoclaims._command_line.reading import BUNDLED, FILE_HELP, inputs, read_articles
from geoclaims._command_line.streams import complain, is_piped_in
from geoclaims._models.actors import Actor
from geoclaims._models.statements import Allegation, Denial, Statement
from geoclaims._models.wording import actor_in_words, counted, event_in_words, kind_in_words, particulars

if TYPE_CHECKING:
    from geoclaims._models.articles import Article

Detail = tuple[str, str]
"""A label, and what it labels."""

HELP: Final = "show articles: actors, allegations with their denials, other statements"
DESCRIPTION: Final = """\
Show articles: the actors, each allegation with those who deny it, and the
other statements.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command understands."""
    command.add_argument("files", metavar="FILE", nargs="*", help=FILE_HELP)


def run(options: argparse.Namespace) -> int:
    """Show the articles of all files."""
    layout = Layout.of_output()
    articles = (article for file in inputs(options) for article in read_articles(file))
    for number, article in enumerate(articles):
        if number:
            print("\n")
        for line in page(article, layout):
            print(line)
    return 0


def run_without_arguments(options: argparse.Namespace) -> int:
    """Show the article that comes with geoclaims, and say what else there is to do."""
    del options
    if is_piped_in():
        complain("geoclaims: standard input is not read here; `geoclaims show` shows what is piped in")
    layout = Layout.of_output()
    more = (
        "This article comes with geoclaims; `geoclaims export --to json --bundled` writes its JSON. "
        "`geoclaims FILE` shows one of yours, and `geoclaims --help` says more."
    )
    (article,) = read_articles(BUNDLED)
    for lines in (page(article, layout), layout.heading("next"), layout.paragraph(more, indent=2, hang=0)):
        for line in lines:
            print(line)
    return 0


def page(article: Article, layout: Layout) -> Iterator[str]:
    """Give the lines that show an article."""
    others = [statement for statement in article.statements if not isinstance(statement, Allegation | Denial)]
    denied_denials = [denial for denial in article.denials if article.denials_of(denial)]
    yield from _head(article, layout, len(others))
    if article.actors:
        yield from layout.heading("actors")
        for actor in article.actors:
            yield from _actor(article, layout, actor)
    for title, statements in (
        ("allegations", article.allegations),
        ("other statements", others),
        ("denials that are denied", denied_denials),
    ):
        if statements:
            yield from layout.heading(title)
            for statement in statements:
                yield ""
                yield from _statement(article, layout, statement)


def _head(article: Article, layout: Layout, others: int) -> Iterator[str]:
    yield from layout.paragraph((article.title or article.id, Style.BOLD))
    details = {
        "id": article.id if article.title else None,
        "publisher": article.publisher,
        "published": article.published,
        "address": article.url,
        "archived": article.archived_at,
        "annotator": article.annotator,
        "language": article.language,
    }
    for label, value in details.items():
        if value is not None:
            yield from layout.labelled(label, str(value))
    counts = [
        counted(len(article.actors), "actor"),
        counted(len(article.allegations), "allegation"),
        counted(len(article.denials), "denial"),
        counted(others, "other statement"),
    ]
    yield ""
    yield from layout.paragraph(", ".join(counts) + ".", hang=0)
    yield from layout.paragraph("This says who is reported to have said what, and nothing of what is true.", hang=0)


def _actor(article: Article, layout: Layout, actor: Actor) -> Iterator[str]:
    told = "".join(f", {particular}" for particular in particulars(actor))
    return layout.paragraph(actor_in_words(article, actor), told, *_id(actor), indent=2)


def _statement(article: Article, layout: Layout, statement: Statement) -> Iterator[str]:
    yield from layout.paragraph((statement.content, Style.BOLD), *_id(statement), indent=2, hang=0)
    yield from layout.labelled("speaker", _speaker(article, statement))
    if isinstance(statement, Allegation):
        for accused in statement.accused:
            yield from layout.labelled("accused", actor_in_words(article, article.actor(accused)))
    for label, detail in _details(article, statement):
        yield from layout.labelled(label, detail)
    denials = article.denials_of(statement)
    for denial in denials:
        yield from layout.labelled("denied by", _speaker(article, denial, kind_in_words(denial)))
        again = " This is itself denied below." if article.denials_of(denial) else ""
        yield from layout.beneath(denial.content, *_id(denial), again)
        for label, detail in _details(article, denial):
            if label != "about":  # a denial is about what it denies
                yield from layout.beneath((f"{label}: ", Style.FAINT), detail)
    if isinstance(statement, Allegation) and not denials:
        yield from layout.labelled("denied by", "nobody in this article")


def _id(thing: Actor | Statement) -> Sequence[Piece]:
    return " ", (f"[{thing.id}]", Style.FAINT)


def _speaker(article: Article, statement: Statement, *more: str) -> str:
    speaker = actor_in_words(article, article.actor(statement.speaker))
    said = ", ".join([*more, quoted(statement.cue)] if statement.cue else more)
    return f"{speaker} — {said}" if said else speaker


def _details(article: Article, statement: Statement) -> Iterator[Detail]:
    """List what else there is to say of a statement."""
    yield from (("quoted", quoted(quote)) for quote in statement.quotes)
    yield from (("told by", actor_in_words(article, article.actor(id))) for id in statement.reported_by)
    for confirmation in article.confirmations_of(statement):
        yield "confirmed", f"by {_speaker(article, confirmation)} [{confirmation.id}]"
    several: Mapping[str, Sequence[object]] = {
        "number": [str(quantity) for quantity in statement.quantities],
        "basis": [statement.basis],
        "said on": [statement.date],
        "happened": [event_in_words(statement)],
        "place": [statement.event_place],
        "about": [_named(article.resolve(id)) for id in statement.about],
        "confirms": [_named(article.statement(id)) for id in statement.confirms],
        "seen at": statement.appearances,
        "labels": statement.labels,
    }
    for label, values in several.items():
        if told := [str(value) for value in values if value is not None]:
            yield label, "; ".join(told)
    if article.text is not None:
        yield from (("passage", quoted(passage)) for passage in article.excerpts(statement))


def _named(thing: Actor | Statement) -> str:
    return thing.name if isinstance(thing, Actor) else f"{quoted(thing.content)} [{thing.id}]"
