"""`geoclaims show`: show articles in readable form; without a command, the article that comes with geoclaims."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._command_line.input import FILE_HELP, inputs, read_all
from geoclaims._command_line.layout import Layout, Piece, Style
from geoclaims._command_line.streams import Progress, complain, is_piped_in, is_terminal, say
from geoclaims._loader import load_article
from geoclaims._messages import visible, visible_address
from geoclaims._statements import Allegation, Denial, Statement
from geoclaims._view.words import (
    ADDRESSES,
    LABELS,
    LONGEST_REPEATED,
    NO_DENIAL,
    NOTHING_OF_TRUTH,
    about_each,
    actor_in_words,
    article_in_words,
    attribution,
    capitalized,
    event_in_words,
    facts_of,
    heading_of,
    kind_in_words,
    particulars,
    quoted,
    repeated,
)

Detail = tuple[str, str]
"""A label, and what it labels."""

HELP: Final = "show articles: allegations with their denials, other statements, actors"
DESCRIPTION: Final = """\
Show articles: each allegation with those who deny it, the other statements,
and the actors.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("files", metavar="FILE", nargs="*", help=FILE_HELP)


def run(options: argparse.Namespace) -> int:
    """Show the articles of all files."""
    layout = Layout.of_output()
    with Progress(hidden=is_terminal()) as progress:
        for article, _, _ in progress.of(read_all(inputs(options))):
            if progress.count > 1:
                print("\n")
            for line in page(article, layout):
                say(line)
    return 0


def run_without_arguments(options: argparse.Namespace) -> int:
    """Show the article that comes with geoclaims, and name other commands."""
    del options
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
            say(line)
    return 0


@attrs.frozen
class _Subject:
    """The article that is shown, and what is shown again of its actors and denials.

    Attributes:
        article: The article.
        mentions: What each actor is called where it is not listed, by its id.
        about: The statements about each statement, by its id.
        denials: The details of each denial that was already shown, as far as they are repeated, by its id.
    """

    article: Article
    mentions: Mapping[str, str]
    about: Mapping[str, Sequence[Statement]]
    denials: dict[str, Sequence[Detail]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, article: Article) -> _Subject:
        """Prepare the names of all actors, and what is about each statement."""
        mentions = {actor.id: _again(actor_in_words(article, actor)) for actor in article.actors}
        return cls(article, mentions, about_each(article))

    def anything(self, id: str) -> str:
        """Name an actor, or quote the content of a statement."""
        thing = self.article.resolve(id)
        return _again(thing.name) if isinstance(thing, Actor) else f"{quoted(_again(thing.content))} [{id}]"


def page(article: Article, layout: Layout) -> Iterator[str]:
    """Yield the lines that show an article."""
    subject = _Subject.of(article)
    others = [statement for statement in article.statements if not isinstance(statement, Allegation | Denial)]
    denied_denials = [denial for denial in article.denials if article.denials_of(denial)]
    yield from _head(article, layout)
    for title, statements in (
        ("allegations", article.allegations),
        ("other statements", others),
        ("denials that are denied", denied_denials),
    ):
        if statements:
            yield from layout.heading(title)
            for statement in statements:
                yield ""
                yield from _statement(subject, layout, statement)
    if article.actors:
        yield from layout.heading("actors")
        for actor in article.actors:
            yield from _actor(subject, layout, actor)


def _head(article: Article, layout: Layout) -> Iterator[str]:
    yield from layout.paragraph((heading_of(article), Style.BOLD))
    for field, value in facts_of(article):
        yield from layout.labelled(LABELS[field], visible_address(str(value)) if field in ADDRESSES else str(value))
    yield ""
    yield from layout.paragraph(article_in_words(article), hang=0)
    yield from layout.paragraph(NOTHING_OF_TRUTH, hang=0)


def _actor(subject: _Subject, layout: Layout, actor: Actor) -> Iterator[str]:
    more = "".join(f", {particular}" for particular in particulars(actor))
    return layout.paragraph(actor_in_words(subject.article, actor), more, *_id(actor), indent=2)


def _statement(subject: _Subject, layout: Layout, statement: Statement) -> Iterator[str]:
    before, after = attribution(subject.article.actor(statement.speaker), statement)
    speaker = subject.mentions[statement.speaker]
    said = f"{before}{speaker}{after}:" if before else f"{capitalized(speaker)}{after}:"
    yield from layout.paragraph((said, Style.BOLD), f" {statement.content}", *_id(statement), indent=2, hang=0)
    if isinstance(statement, Allegation):
        for accused in statement.accused:
            yield from layout.labelled(LABELS["accused"], subject.mentions[accused])
    for label, detail in _details(subject, statement):
        yield from layout.labelled(label, detail)
    denials = subject.article.denials_of(statement)
    for denial in denials:
        yield from _denial(subject, layout, denial)
    if isinstance(statement, Allegation) and not denials:
        yield from layout.labelled(LABELS["denials"], f"– ({NO_DENIAL})")
    for label, detail in _see_also(subject, statement):
        yield from layout.labelled(label, detail)


def _denial(subject: _Subject, layout: Layout, denial: Denial) -> Iterator[str]:
    """Show a denial beneath what it denies: in full the first time, and then its beginning."""
    cue, content, details = denial.cue and _again(denial.cue), _again(denial.content), subject.denials.get(denial.id)
    if details is None:
        cue, content = denial.cue, denial.content
        # a denial is obviously about what it denies
        details = [detail for detail in _details(subject, denial) if detail[0] != LABELS["about"]]
        details += _see_also(subject, denial)
        subject.denials[denial.id] = list(_beginning(denial, details))
    yield from layout.labelled(LABELS["denials"], _speaker(subject, denial, cue, kind_in_words(denial)))
    again = " This is itself denied below." if subject.article.denials_of(denial) else ""
    yield from layout.beneath(content, *_id(denial), again)
    for label, detail in details:
        yield from layout.beneath((f"{label}: ", Style.FAINT), detail)


def _id(thing: Actor | Statement) -> Sequence[Piece]:
    return " ", (f"[{thing.id}]", Style.FAINT)


def _speaker(subject: _Subject, statement: Statement, cue: str | None, *more: str) -> str:
    said = ", ".join([*more, quoted(cue)] if cue else more)
    speaker = subject.mentions[statement.speaker]
    return f"{speaker} — {said}" if said else speaker


def _details(subject: _Subject, statement: Statement) -> Iterator[Detail]:
    """List the other details of a statement."""
    article = subject.article
    yield from ((LABELS["quotes"], quoted(quote)) for quote in statement.quotes)
    yield from ((LABELS["reported_by"], subject.mentions[id]) for id in statement.reported_by)
    for confirmation in article.confirmations_of(statement):
        cue = confirmation.cue and _again(confirmation.cue)
        yield "confirmed", f"by {_speaker(subject, confirmation, cue)} [{confirmation.id}]"
    several: Mapping[str, Iterable[object]] = {
        "quantities": statement.quantities,
        "basis": [statement.basis],
        "date": [statement.date],
        "event_date": [event_in_words(statement)],
        "event_place": [statement.event_place],
        "about": map(subject.anything, statement.about),
        "confirms": map(subject.anything, statement.confirms),
        "appearances": map(visible_address, statement.appearances),
        "labels": statement.labels,
    }
    for field, values in several.items():
        if given := [str(value) for value in values if value is not None]:
            yield LABELS[field], "; ".join(given)
    if article.text is not None:
        for span in statement.spans:
            # slicing first: a text may have many passages that are nearly as long as itself
            passage = article.text[span.start : min(span.end, span.start + LONGEST_REPEATED + 1)]
            yield LABELS["spans"], quoted(_again(passage))


def _see_also(subject: _Subject, statement: Statement) -> Iterator[Detail]:
    """List the statements that are about a statement; each is shown in full in its own place."""
    for other in subject.about[statement.id]:
        yield LABELS["see_also"], f"{subject.mentions[other.speaker]}: {_again(other.content)} [{other.id}]"


def _again(text: str) -> str:
    """Cut a text that is shown elsewhere too, escapes included."""
    return repeated(visible(repeated(text)))


def _beginning(denial: Denial, details: Iterable[Detail]) -> Iterator[Detail]:
    """Repeat the first details of a denial: with its content they are as long as other texts that are repeated."""
    left = LONGEST_REPEATED - len(denial.content)
    for label, detail in details:
        left -= len(label) + len(visible(detail))
        if left < 0:
            yield label, "…"
            return
        yield label, detail
