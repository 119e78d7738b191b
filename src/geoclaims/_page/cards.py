"""Show statements on cards, with the statements that each is linked to, and the actors and facts of an article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._page.elements import address, attribute, text
from geoclaims._statements import Allegation, Denial, Statement
from geoclaims._wording import (
    ADDRESSES,
    LABELS,
    NOBODY_DENIES,
    event_in_words,
    facts_of,
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

Thing = TypeVar("Thing")


@attrs.frozen
class Sheet:
    """An article that is being shown.

    Attributes:
        article: The article.
        prefix: The prefix of the ids of its elements; None in a notebook, where links do not work.
        numbers: The number of each statement, by its id.
        places: The number of each actor, by its id.
        offices: The role of each actor and whom it speaks for, by its id.
    """

    article: Article
    prefix: str | None
    numbers: Mapping[str, int]
    places: Mapping[str, int]
    offices: Mapping[str, str]

    @classmethod
    def of(cls, article: Article, prefix: str | None = None) -> Sheet:
        """Number the statements and actors of an article, from 1."""
        numbers = {statement.id: number for number, statement in enumerate(article.statements, 1)}
        places = {actor.id: number for number, actor in enumerate(article.actors, 1)}
        offices = {actor.id: office_in_words(article, actor, LONGEST_ON_CARD) for actor in article.actors}
        return cls(article, prefix, numbers, places, offices)

    def named(self, kind: str, number: int) -> str:
        """Write the `id` attribute of an element."""
        return f' id="{self.prefix}-{kind}{number}"' if self.prefix else ""

    def linked(self, kind: str, number: int, inner: str, attributes: str = "") -> str:
        """Link to an element, if links work."""
        if self.prefix is None:
            return f"<span{attributes}>{inner}</span>"
        return f'<a href="#{self.prefix}-{kind}{number}"{attributes}>{inner}</a>'

    def actor(self, id: str) -> str:
        """Name an actor."""
        return self.linked("p", self.places[id], text(self.article.actor(id).name, LONGEST_ON_CARD))


def card(sheet: Sheet, statement: Statement) -> str:
    """Show everything known about a statement."""
    number, label = sheet.numbers[statement.id], type_in_words(statement)
    actors = dict.fromkeys([statement.speaker, *_accused(statement), *statement.reported_by])
    answered = dict.fromkeys([*_denied(statement), *statement.confirms])
    answers = f" data-answers={attribute(' '.join(answered))}" if answered else ""
    back = "t" if sheet.article.text is not None and statement.spans else "s"
    details = "".join(f"<div><dt>{name}</dt><dd>{shown}</dd></div>" for name, shown in _details(sheet, statement))
    quotes = "".join(f"<blockquote>{text(quoted(quote))}</blockquote>" for quote in statement.quotes)
    return (
        f'<article class="card {type_of(statement)}"{sheet.named("s", number)} aria-label="{number}, {label}" '
        f"data-statement={attribute(statement.id)} data-actors={attribute(' '.join(actors))}{answers}>"
        f'<p class="head">{sheet.linked(back, number, str(number), _CLASS_OF_NUMBERS)} {label}</p>'
        f'<p class="who">{_speaker(sheet, statement)}</p>'
        f'<p class="content">{text(statement.content)}</p>{quotes}'
        f"{f'<dl>{details}</dl>' if details else ''}</article>"
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
    return f'<dl class="facts">{facts}</dl>' if facts else ""


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


def _speaker(sheet: Sheet, statement: Statement) -> str:
    office = sheet.offices[statement.speaker]
    said = [f"<b>{sheet.actor(statement.speaker)}</b>"]
    said += [text(office, LONGEST_ON_CARD)] if office else []
    said += [f"— {text(quoted(statement.cue))}"] if statement.cue else []
    return " ".join(said)


def _details(sheet: Sheet, statement: Statement) -> Iterator[tuple[str, str]]:
    """List the other fields: whom it accuses, how it was reported, what it answers and what answers it."""
    article = sheet.article
    denials = article.denials_of(statement)
    several: Mapping[str, Iterable[str]] = {
        "accused": _few(_accused(statement), sheet.actor),
        "reported_by": _few(statement.reported_by, sheet.actor),
        "denies": _few(_denied(statement), lambda id: _linked(sheet, article.statement(id))),
        "confirms": _few(statement.confirms, lambda id: _linked(sheet, article.statement(id))),
        "denials": _few(denials, lambda denial: _linked(sheet, denial)),
        "confirmations": _few(article.confirmations_of(statement), lambda other: _linked(sheet, other)),
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
        several = {**several, "denials": [NOBODY_DENIES]}
    for field, values in several.items():
        if shown := "".join(f"<span>{value}</span>" for value in values):
            yield LABELS[field], shown


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
    link = sheet.linked("s", number, f"{number} {speaker}{kind}")
    return f'{link}<span class="linked">: {text(statement.content, LONGEST_ON_CARD)}</span>'


def _accused(statement: Statement) -> Sequence[str]:
    return statement.accused if isinstance(statement, Allegation) else ()


def _denied(statement: Statement) -> Sequence[str]:
    return statement.denies if isinstance(statement, Denial) else ()
