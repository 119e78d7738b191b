"""Show statements on cards: everything known about each, and the statements that it is linked to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._html.elements import attribute, text
from geoclaims._messages import cut
from geoclaims._statements import Allegation, Denial, Statement
from geoclaims._wording import actor_in_words, event_in_words, kind_in_words, longest_mention, quoted

# These limits keep the output in proportion to its article: without them, 200 denials of 200 statements took 57 times
# its size.
_LONGEST: Final = 120
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
        longest: The length to which names and contents are cut where they are repeated.
    """

    article: Article
    prefix: str | None
    numbers: Mapping[str, int]
    places: Mapping[str, int]
    longest: int

    @classmethod
    def of(cls, article: Article, prefix: str | None = None) -> Sheet:
        """Number the statements and actors of an article, from 1."""
        numbers = {statement.id: number for number, statement in enumerate(article.statements, 1)}
        places = {actor.id: number for number, actor in enumerate(article.actors, 1)}
        return cls(article, prefix, numbers, places, min(_LONGEST, longest_mention(article)))

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
        return self.linked("p", self.places[id], text(self.article.actor(id).name, self.longest))


def card(sheet: Sheet, statement: Statement) -> str:
    """Show everything known about a statement."""
    number, label = sheet.numbers[statement.id], type_in_words(statement)
    actors = dict.fromkeys([statement.speaker, *_accused(statement), *statement.reported_by])
    answered = _answered(statement)
    answers = f" data-answers={attribute(' '.join(answered))}" if answered else ""
    back = "t" if sheet.article.text is not None and statement.spans else "s"
    details = "".join(f"<div><dt>{name}</dt><dd>{told}</dd></div>" for name, told in _details(sheet, statement))
    quotes = "".join(f"<blockquote>{text(quoted(quote))}</blockquote>" for quote in statement.quotes)
    return (
        f'<article class="card {type_of(statement)}"{sheet.named("s", number)} aria-label="{number}, {label}" '
        f"data-statement={attribute(statement.id)} data-actors={attribute(' '.join(actors))}{answers}>"
        f'<p class="head">{sheet.linked(back, number, str(number), _CLASS_OF_NUMBERS)} {label}</p>'
        f'<p class="who">{_speaker(sheet, statement)}</p>'
        f'<p class="content">{text(statement.content)}</p>{quotes}'
        f"{f'<dl>{details}</dl>' if details else ''}</article>"
    )


def type_of(statement: Statement) -> str:
    """Return the CSS class for the type of a statement."""
    return type(statement).__name__.lower()


def type_in_words(statement: Statement) -> str:
    """Name the type of a statement, and the kind of a denial, as a heading."""
    return kind_in_words(statement).capitalize() if isinstance(statement, Denial) else type(statement).__name__


def _speaker(sheet: Sheet, statement: Statement) -> str:
    actor = sheet.article.actor(statement.speaker)
    cue = f" — {text(quoted(statement.cue))}" if statement.cue else ""
    return f"<b>{sheet.actor(actor.id)}</b>{office(sheet, actor, sheet.longest)}{cue}"


def _details(sheet: Sheet, statement: Statement) -> Iterator[tuple[str, str]]:
    """List the other fields: whom it accuses, how it was reported, what it answers and what answers it."""
    article = sheet.article
    denials = article.denials_of(statement)
    several: Mapping[str, Iterable[str]] = {
        "accused": _few(_accused(statement), sheet.actor),
        "told by": _few(statement.reported_by, sheet.actor),
        "denies": _few(_denied(statement), lambda id: _linked(sheet, article.statement(id))),
        "confirms": _few(statement.confirms, lambda id: _linked(sheet, article.statement(id))),
        "denied by": _few(denials, lambda denial: _linked(sheet, denial)),
        "confirmed by": _few(article.confirmations_of(statement), lambda other: _linked(sheet, other)),
        "about": _few(statement.about, lambda id: _thing(sheet, article.resolve(id))),
        "number": map(text, statement.quantities),
        "basis": _given(statement.basis),
        "said on": _given(statement.date),
        "happened": _given(event_in_words(statement)),
        "place": _given(statement.event_place),
        "seen at": map(address, statement.appearances),
        "labels": map(text, statement.labels),
    }
    if isinstance(statement, Allegation) and not denials:
        several = {**several, "denied by": ["nobody in this article"]}
    for name, values in several.items():
        if told := "".join(f"<span>{value}</span>" for value in values):
            yield name, told


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
    speaker = text(sheet.article.actor(statement.speaker).name, sheet.longest)
    kind = f", {kind_in_words(statement)}" if isinstance(statement, Denial) else ""
    link = sheet.linked("s", number, f"{number} {speaker}{kind}")
    return f'{link}<span class="linked">: {text(statement.content, sheet.longest)}</span>'


def address(url: str) -> str:
    """Show an address, as a link that sends no referrer."""
    return f'<a href={attribute(url)} rel="noreferrer">{text(url)}</a>'


def office(sheet: Sheet, actor: Actor, longest: int) -> str:
    """Show the role of an actor, and whom it speaks for, after its name."""
    # Names and roles are cut, otherwise an article with n statements by one speaker would repeat long ones n times.
    role = actor.role and cut(actor.role, longest)
    brief = Actor(id=actor.id, name="…", role=role, on_behalf_of=actor.on_behalf_of, anonymous=actor.anonymous)
    told = actor_in_words(sheet.article, brief, sheet.longest).removeprefix("…").strip()
    return f" {text(told, longest)}" if told else ""


def _accused(statement: Statement) -> Sequence[str]:
    return statement.accused if isinstance(statement, Allegation) else ()


def _denied(statement: Statement) -> Sequence[str]:
    return statement.denies if isinstance(statement, Denial) else ()


def _answered(statement: Statement) -> Sequence[str]:
    """List the ids of the statements that a statement denies or confirms."""
    return list(dict.fromkeys([*_denied(statement), *statement.confirms]))
