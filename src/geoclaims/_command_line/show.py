"""`geoclaims show`: show articles in readable form; without a command, the article that comes with geoclaims."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._command_line.layout import Layout, Piece, Style
from geoclaims._command_line.reading import BUNDLED, FILE_HELP, inputs, read_all, read_articles
from geoclaims._command_line.streams import complain, is_piped_in
from geoclaims._messages import cut
from geoclaims._repeating import WHOLE
from geoclaims._statements import Allegation, Denial, Statement
from geoclaims._wording import (
    NOTHING_OF_TRUTH,
    actor_in_words,
    article_in_words,
    event_in_words,
    kind_in_words,
    longest_mention,
    mention,
    particulars,
    quoted,
)

Detail = tuple[str, str]
"""A label, and what it labels."""

HELP: Final = "show articles: actors, allegations with their denials, other statements"
DESCRIPTION: Final = """\
Show articles: the actors, each allegation with those who deny it, and the
other statements.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("files", metavar="FILE", nargs="*", help=FILE_HELP)


def run(options: argparse.Namespace) -> int:
    """Show the articles of all files."""
    layout = Layout.of_output()
    for number, (_, article) in enumerate(read_all(inputs(options))):
        if number:
            print("\n")
        for line in page(article, layout):
            print(line)
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
    (article,) = read_articles(BUNDLED)
    for lines in (page(article, layout), layout.heading("next"), layout.paragraph(more, indent=2, hang=0)):
        for line in lines:
            print(line)
    return 0


@attrs.frozen
class _Subject:
    """The article that is shown, and the names of things that are also shown elsewhere."""

    article: Article
    longest: int
    """The length to which names and contents are cut where they are repeated."""
    told: set[str] = attrs.field(factory=set)
    """The ids of the denials that were shown with all their details."""

    def actor(self, id: str) -> str:
        """Name an actor."""
        return mention(self.article, self.article.actor(id), self.longest)

    def anything(self, id: str) -> str:
        """Name an actor, or quote the content of a statement."""
        thing = self.article.resolve(id)
        if isinstance(thing, Actor):
            return cut(thing.name, self.longest)
        return f"{quoted(cut(thing.content, self.longest))} [{id}]"

    def is_told(self, denial: Denial) -> bool:
        """Report whether a denial should only be named, and note that it was shown."""
        again = self.longest < WHOLE and denial.id in self.told
        self.told.add(denial.id)
        return again


def page(article: Article, layout: Layout) -> Iterator[str]:
    """Yield the lines that show an article."""
    subject = _Subject(article, longest_mention(article))
    others = [statement for statement in article.statements if not isinstance(statement, Allegation | Denial)]
    denied_denials = [denial for denial in article.denials if article.denials_of(denial)]
    yield from _head(article, layout)
    if article.actors:
        yield from layout.heading("actors")
        for actor in article.actors:
            yield from _actor(subject, layout, actor)
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


def _head(article: Article, layout: Layout) -> Iterator[str]:
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
    yield ""
    yield from layout.paragraph(article_in_words(article), hang=0)
    yield from layout.paragraph(NOTHING_OF_TRUTH, hang=0)


def _actor(subject: _Subject, layout: Layout, actor: Actor) -> Iterator[str]:
    told = "".join(f", {particular}" for particular in particulars(actor))
    return layout.paragraph(actor_in_words(subject.article, actor, subject.longest), told, *_id(actor), indent=2)


def _statement(subject: _Subject, layout: Layout, statement: Statement) -> Iterator[str]:
    yield from layout.paragraph((statement.content, Style.BOLD), *_id(statement), indent=2, hang=0)
    yield from layout.labelled("speaker", _speaker(subject, statement))
    if isinstance(statement, Allegation):
        for accused in statement.accused:
            yield from layout.labelled("accused", subject.actor(accused))
    for label, detail in _details(subject, statement):
        yield from layout.labelled(label, detail)
    denials = subject.article.denials_of(statement)
    for denial in denials:
        yield from _denial(subject, layout, denial)
    if isinstance(statement, Allegation) and not denials:
        yield from layout.labelled("denied by", "nobody in this article")


def _denial(subject: _Subject, layout: Layout, denial: Denial) -> Iterator[str]:
    """Show a denial beneath what it denies; if that would take too much room, in full only the first time."""
    if subject.is_told(denial):
        yield from layout.labelled("denied by", subject.actor(denial.speaker))
        yield from layout.beneath(cut(denial.content, subject.longest), *_id(denial))
        return
    yield from layout.labelled("denied by", _speaker(subject, denial, kind_in_words(denial)))
    again = " This is itself denied below." if subject.article.denials_of(denial) else ""
    yield from layout.beneath(denial.content, *_id(denial), again)
    for label, detail in _details(subject, denial):
        if label != "about":  # a denial is obviously about what it denies
            yield from layout.beneath((f"{label}: ", Style.FAINT), detail)


def _id(thing: Actor | Statement) -> Sequence[Piece]:
    return " ", (f"[{thing.id}]", Style.FAINT)


def _speaker(subject: _Subject, statement: Statement, *more: str) -> str:
    speaker = subject.actor(statement.speaker)
    said = ", ".join([*more, quoted(statement.cue)] if statement.cue else more)
    return f"{speaker} — {said}" if said else speaker


def _details(subject: _Subject, statement: Statement) -> Iterator[Detail]:
    """List the other details of a statement."""
    article = subject.article
    yield from (("quoted", quoted(quote)) for quote in statement.quotes)
    yield from (("told by", subject.actor(id)) for id in statement.reported_by)
    for confirmation in article.confirmations_of(statement):
        speaker = _speaker(subject, confirmation) if subject.longest == WHOLE else subject.actor(confirmation.speaker)
        yield "confirmed", f"by {speaker} [{confirmation.id}]"
    several: Mapping[str, Sequence[object]] = {
        "number": [str(quantity) for quantity in statement.quantities],
        "basis": [statement.basis],
        "said on": [statement.date],
        "happened": [event_in_words(statement)],
        "place": [statement.event_place],
        "about": list(map(subject.anything, statement.about)),
        "confirms": list(map(subject.anything, statement.confirms)),
        "seen at": statement.appearances,
        "labels": statement.labels,
    }
    for label, values in several.items():
        if told := [str(value) for value in values if value is not None]:
            yield label, "; ".join(told)
    if article.text is not None:
        for span in statement.spans:
            end = min(span.end, span.start + subject.longest)
            yield "passage", quoted(article.text[span.start : end]) + "…" * (end < span.end)
