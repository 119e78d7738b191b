"""Show statements on cards, with the statements that each is linked to, and the actors and facts of an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._messages import cut
from geoclaims._page.elements import address, attribute, is_right_to_left, line, plain, text
from geoclaims._statements import Allegation, Denial, Statement
from geoclaims._view.words import (
    ADDRESSES,
    LABELS,
    NO_DENIAL,
    about_each,
    attribution,
    capitalized,
    event_in_words,
    facts_of,
    in_reading_order,
    kind_in_words,
    office_in_words,
    particulars,
    quoted,
)

# Both limits keep a page in proportion to its article: without them, 200 denials of 200 statements took 57 times its
# size. A card has room for less of a repeated text than other outputs.
LONGEST_ON_CARD: Final = 120
"""A card cuts the names and contents that it repeats to this many characters."""
_MOST_LINKS: Final = 20

_CLASS_OF_NUMBERS: Final = ' class="number"'
_RIGHT_TO_LEFT: Final = ' dir="rtl"'
_ANSWERS: Final = ' class="answers"'
_SHOWN_IN_SHORT: Final = frozenset({"denies", "denials"})
"""A card beside the text is short until it is pointed at: it shows only these fields."""

Thing = TypeVar("Thing")


@attrs.frozen
class Sheet:
    """An article that is being shown.

    Attributes:
        article: The article.
        statements: Its statements in the order of their passages.
        prefix: The prefix of the ids of its elements; None in a notebook, where links do not work.
        anchors: What the anchor of a statement has before its id; None if an earlier article has these anchors.
        head: The element of the heads of cards.
        numbers: The number of each statement, by its id.
        about: The statements about each statement, by its id.
        places: The number of each actor, by its id.
        offices: The role of each actor and whom it speaks for, by its id.
    """

    article: Article
    statements: Sequence[Statement]
    prefix: str | None
    anchors: str | None
    head: str
    numbers: Mapping[str, int]
    about: Mapping[str, Sequence[Statement]]
    places: Mapping[str, int]
    offices: Mapping[str, str]

    @classmethod
    def of(cls, article: Article, prefix: str | None = None, anchors: str | None = None, head: str = "p") -> Sheet:
        """Number the statements and actors of an article, from 1."""
        statements = in_reading_order(article)
        numbers = {statement.id: number for number, statement in enumerate(statements, 1)}
        places = {actor.id: number for number, actor in enumerate(article.actors, 1)}
        offices = {actor.id: office_in_words(article, actor, LONGEST_ON_CARD) for actor in article.actors}
        return cls(article, statements, prefix, anchors, head, numbers, about_each(article), places, offices)

    def named(self, kind: str, number: int) -> str:
        """Write the `id` attribute of an element that is not a statement."""
        return f' id="{self.prefix}-{kind}{number}"' if self.prefix else ""

    def anchor(self, statement: Statement) -> str:
        """Return the id of the card of a statement."""
        if self.anchors is None:
            return f"{self.prefix}-s{self.numbers[statement.id]}"
        return f"{self.anchors}{statement.id}"

    def link(self, statement: Statement, inner: str, attributes: str = "") -> str:
        """Link to the card of a statement, if links work."""
        return self._linked(self.anchor(statement), inner, attributes)

    def link_back(self, statement: Statement, inner: str, attributes: str = "") -> str:
        """Link from a card to the first passage of its statement, if links work."""
        if self.article.text is None or not statement.spans:
            return self.link(statement, inner, attributes)
        return self._linked(f"{self.prefix}-t{self.numbers[statement.id]}", inner, attributes)

    def actor(self, id: str, *, first: bool = False) -> str:
        """Name an actor, in the middle of a sentence or as its first word."""
        name = cut(self.article.actor(id).name, LONGEST_ON_CARD)
        shown = text(capitalized(name) if first else name, LONGEST_ON_CARD)
        return self._linked(f"{self.prefix}-p{self.places[id]}", shown)

    def _linked(self, target: str, inner: str, attributes: str = "") -> str:
        return f'<a href="#{target}"{attributes}>{inner}</a>' if self.prefix else f"<span{attributes}>{inner}</span>"


def card(sheet: Sheet, statement: Statement) -> str:
    """Show everything known about a statement."""
    number, label = sheet.numbers[statement.id], type_in_words(statement)
    language = sheet.article.language
    actors = dict.fromkeys([statement.speaker, *_accused(statement), *statement.reported_by])
    answered = dict.fromkeys([*_denied(statement), *statement.confirms])
    answers = f" data-answers={attribute(' '.join(answered))}" if answered else ""
    details = "".join(
        f"<div{_ANSWERS * (field in _SHOWN_IN_SHORT)}><dt>{LABELS[field]}</dt><dd>{shown}</dd></div>"
        for field, shown in _details(sheet, statement)
    )
    back = sheet.link_back(statement, str(number), _CLASS_OF_NUMBERS)
    quotes = "".join(f"<blockquote{line(quoted(quote, language))}</blockquote>" for quote in statement.quotes)
    return (
        f'<article class="card {type_of(statement)}"{f" id={attribute(sheet.anchor(statement))}" * bool(sheet.prefix)} '
        f"data-statement={attribute(statement.id)} data-actors={attribute(' '.join(actors))}{answers}"
        f"{_RIGHT_TO_LEFT * is_right_to_left(plain(statement.content))}>"
        f'<{sheet.head} class="head">{back} {label}</{sheet.head}>'
        f'<p class="claim">{_attribution(sheet, statement)} <span class="content">{text(statement.content)}</span></p>'
        f"{quotes}{f'<dl>{details}</dl>' if details else ''}</article>"
    )


def actor_list(sheet: Sheet, actors: Sequence[Actor]) -> str:
    """List some actors with everything known about each."""
    return f'<ul class="actors">{"".join(_entry(sheet, actor) for actor in actors)}</ul>'


def fact_list(article: Article) -> str:
    """List everything known about an article as a whole, except its title."""
    facts = "".join(
        f"<div><dt>{LABELS[field]}</dt><dd>{address(value) if field in ADDRESSES else text(value)}</dd></div>"
        for field, value in facts_of(article)
    )
    return f'<dl class="facts">{facts}</dl>'


def type_of(statement: Statement) -> str:
    """Return the CSS class for the type of a statement."""
    return type(statement).__name__.lower()


def type_in_words(statement: Statement) -> str:
    """Name the type of a statement, and the kind of a denial, as a heading."""
    return kind_in_words(statement).capitalize() if isinstance(statement, Denial) else type(statement).__name__


def _entry(sheet: Sheet, actor: Actor) -> str:
    office = sheet.offices[actor.id]
    parts = [f"<b>{text(actor.name)}</b>"]
    parts += [text(office)] if office else []
    more = ", ".join(particulars(actor))
    parts += [f"<span>— {text(more)}</span>"] if more else []
    parts += [*map(address, actor.same_as), f"<code>{text(actor.id)}</code>"]
    return f"<li{sheet.named('p', sheet.places[actor.id])}>{' '.join(parts)}</li>"


def _attribution(sheet: Sheet, statement: Statement) -> str:
    """Say whose words the content is: "The ministry (for Sudria) accused:"."""
    before, after = attribution(sheet.article.actor(statement.speaker), statement)
    office = sheet.offices[statement.speaker]
    # spaces and commas stand outside of words that may have another writing direction
    begun = f"{text(before.removesuffix(' '))} " if before else ""
    ended = f"{',' * after.startswith(',')} {text(after.removeprefix(',').removeprefix(' '))}" if after else ""
    name = f"<b>{begun}{sheet.actor(statement.speaker, first=not before)}"
    shown = f"{name}</b> {text(office, LONGEST_ON_CARD)}<b>" if office else name
    return f"{shown}{ended}:</b>"


def _details(sheet: Sheet, statement: Statement) -> Iterator[tuple[str, str]]:
    """List the other fields: whom it accuses, how it was reported, what it answers, what answers it, and so on."""
    article = sheet.article
    denials = article.denials_of(statement)
    several: Mapping[str, Iterable[str]] = {
        "accused": _few(_accused(statement), sheet.actor),
        "reported_by": _few(statement.reported_by, sheet.actor),
        "denies": _few(_denied(statement), lambda id: _linked(sheet, article.statement(id))),
        "confirms": _few(statement.confirms, lambda id: _linked(sheet, article.statement(id))),
        "denials": _few(denials, lambda denial: _linked(sheet, denial)),
        "confirmations": _few(article.confirmations_of(statement), lambda other: _linked(sheet, other)),
        "see_also": _few(sheet.about[statement.id], lambda other: _linked(sheet, other)),
        "about": _few(statement.about, lambda id: _thing(sheet, article.resolve(id))),
        "quantities": map(text, statement.quantities),
        "basis": _given(statement.basis),
        "date": _given(statement.date),
        "event_date": _given(event_in_words(statement)),
        "event_place": _given(statement.event_place),
        "appearances": map(address, statement.appearances),
        "labels": map(text, statement.labels),
    }
    if isinstance(statement, Allegation) and not denials:
        several = {**several, "denials": [f"– ({NO_DENIAL})"]}
    for field, values in several.items():
        if shown := "".join(f"<span>{value}</span>" for value in values):
            yield field, shown


def _few(things: Sequence[Thing], shown: Callable[[Thing], str]) -> Iterator[str]:
    """Show the first of some links, and count the rest."""
    yield from map(shown, things[:_MOST_LINKS])
    if rest := len(things[_MOST_LINKS:]):
        yield f"and {rest} more"


def _given(value: object) -> Sequence[str]:
    return [] if value is None else [text(value)]


def _thing(sheet: Sheet, thing: Actor | Statement) -> str:
    return sheet.actor(thing.id) if isinstance(thing, Actor) else _linked(sheet, thing)


def _linked(sheet: Sheet, statement: Statement) -> str:
    """Link to another statement, with the beginning of its content."""
    number = sheet.numbers[statement.id]
    speaker = text(sheet.article.actor(statement.speaker).name, LONGEST_ON_CARD)
    kind = f", {kind_in_words(statement)}" if isinstance(statement, Denial) else ""
    link = sheet.link(statement, f"{number} {speaker}{kind}")
    return f'{link}<span class="linked">: {text(statement.content, LONGEST_ON_CARD)}</span>'


def _accused(statement: Statement) -> Sequence[str]:
    return statement.accused if isinstance(statement, Allegation) else ()


def _denied(statement: Statement) -> Sequence[str]:
    return statement.denies if isinstance(statement, Denial) else ()
