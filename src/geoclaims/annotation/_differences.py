"""List where two annotations of one text differ, in the order of the text."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final

from geoclaims._article import references_in
from geoclaims._json.format import tag_of
from geoclaims._messages import cut
from geoclaims._statements import Allegation, Denial, Statement
from geoclaims.annotation._scores import Difference, DifferenceKind, DifferenceValue
from geoclaims.annotation._words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geoclaims._actors import Actor
    from geoclaims._article import Article
    from geoclaims.annotation._pairing import Pairing

_LONGEST_PASSAGES: Final = 300
"""The most characters of a statement's passages that a difference shows."""

_LONGEST_NAME: Final = 120
"""The most characters of an actor's name that a difference shows."""

_Place = tuple[int, int]
"""Where a difference stands: 0 and an offset in the text, or 1 where no passage shows it."""

_BEFORE_ALL: Final = (0, -1)

_Values = tuple[DifferenceValue, DifferenceValue]
_Sides = tuple[Statement | None, Statement | None]


def differences_of(pairing: Pairing) -> list[Difference]:
    """List where two annotations differ.

    A statement that only one has is one difference, and so is an actor that has another name; neither is repeated at
    what refers to it. Of statements of different types only the type is compared, and what all types have.
    """
    placed = [*_of_actors(pairing), *_of_statements(pairing)]
    return [difference for _, difference in sorted(placed, key=itemgetter(0))]


def _of_actors(pairing: Pairing) -> Iterator[tuple[_Place, Difference]]:
    """Yield actors whose names differ, each at the first statement in which the actor takes part."""
    first_in: dict[str, _Sides] = {}
    for pair in sorted(pairing.statements, key=_place_of):
        ids, other_ids = map(_ids_in, pair)
        for id in ids:
            if pairing.same_actor.get(id) in other_ids:
                first_in.setdefault(id, pair)
    for actor, other in pairing.actors:
        if plain(actor.name) != plain(other.name):
            statements: _Sides = first_in.get(actor.id, (None, None))
            place = _place_of(statements) if actor.id in first_in else _BEFORE_ALL
            values = _name(actor), _name(other)
            yield place, _difference(pairing, "actor", (actor.id, other.id), values, statements)


def _of_statements(pairing: Pairing) -> Iterator[tuple[_Place, Difference]]:
    """Yield the fields in which matched statements differ, and the statements that only one side has."""
    for one, other in pairing.statements:
        for kind, values in _fields_of(pairing, one, other):
            yield _place_of((one, other)), _difference(pairing, kind, (one.id, other.id), values, (one, other))
    matched = set(pairing.same_statement.values())
    for statement in pairing.one.statements:
        if statement.id not in pairing.same_statement:
            sides = statement, None
            values = statement.content, None
            yield _place_of(sides), _difference(pairing, "statement", (statement.id, None), values, sides)
    for statement in pairing.other.statements:
        if statement.id not in matched:
            others = None, statement
            values = None, statement.content
            yield _place_of(others), _difference(pairing, "statement", (None, statement.id), values, others)


def _fields_of(pairing: Pairing, one: Statement, other: Statement) -> Iterator[tuple[DifferenceKind, _Values]]:
    """Yield the fields in which two matched statements differ, with their values."""
    if type(one) is not type(other):
        yield "type", (tag_of(type(one)), tag_of(type(other)))
    if pairing.same_actor.get(one.speaker) != other.speaker:
        (name,), (other_name,) = _names(pairing, (one.speaker,), (other.speaker,))
        yield "speaker", (name, other_name)
    accused = (
        (one.accused, other.accused) if isinstance(one, Allegation) and isinstance(other, Allegation) else ((), ())
    )
    if _differ(*accused, pairing.same_actor):
        yield "accused", _names(pairing, *accused)
    if isinstance(one, Denial) and isinstance(other, Denial):
        if _differ(one.denies, other.denies, pairing.same_statement):
            yield "denies", (one.denies, other.denies)
        if one.kind is not other.kind:
            yield "denial_kind", (str(one.kind), str(other.kind))
    if _differ(one.confirms, other.confirms, pairing.same_statement):
        yield "confirms", (one.confirms, other.confirms)
    places, other_places = (_places_of(statement) for statement in (one, other))
    if places != other_places:
        yield "passages", (places, other_places)


def _differ(ids: Sequence[str], other_ids: Sequence[str], same: Mapping[str, str]) -> bool:
    return {same.get(id) for id in ids} != set(other_ids)


def _ids_in(statement: Statement) -> set[str]:
    return {id for _, ids in references_in(statement) for id in ids}


def _names(pairing: Pairing, ids: Sequence[str], other_ids: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(_name(pairing.one.actor(id)) for id in ids), tuple(_name(pairing.other.actor(id)) for id in other_ids)


def _name(actor: Actor) -> str:
    return cut(actor.name, _LONGEST_NAME)


def _places_of(statement: Statement) -> tuple[str, ...]:
    return tuple(f"{span.start}–{span.end}" for span in statement.spans)


def _place_of(statements: _Sides) -> _Place:
    """Return the start of the passages of two statements, to sort by; those without passages come last."""
    starts = [statement.spans[0].start for statement in statements if statement and statement.spans]
    return (0, min(starts)) if starts else (1, 0)


def _difference(
    pairing: Pairing, kind: DifferenceKind, ids: tuple[str | None, str | None], values: _Values, statements: _Sides
) -> Difference:
    return Difference(
        article=pairing.one.id,
        kind=kind,
        one=ids[0],
        other=ids[1],
        one_value=values[0],
        other_value=values[1],
        one_passages=_passages(pairing.one, statements[0]),
        other_passages=_passages(pairing.other, statements[1]),
    )


def _passages(article: Article, statement: Statement | None) -> tuple[str, ...]:
    """List the passages of a statement, cut to the length that is shown; without a text, their offsets."""
    if statement is None:
        return ()
    if article.text is None:
        return _places_of(statement)
    passages: list[str] = []
    room = _LONGEST_PASSAGES
    for span in statement.spans:
        if room:
            passages.append(cut(article.text[span.start : min(span.end, span.start + room + 1)], room))
            room -= len(passages[-1])
    return tuple(passages)
