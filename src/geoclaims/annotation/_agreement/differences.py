"""List where two annotations of one text differ, in the order of the text."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Literal, cast, final, get_args

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._messages import cut
from geoclaims._passages.normal_form import folded
from geoclaims._references import references_in
from geoclaims._statements import Statement
from geoclaims.annotation._agreement.matching import Matches
from geoclaims.annotation._agreement.scores import COMPARED_FIELDS, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_KindOfArticle = Literal["title", "publisher", "url", "archived_at", "published", "language"]
_KindOfActor = Literal["actor", "actor_kind", "role", "on_behalf_of", "country", "anonymous", "aliases", "same_as"]
_KindOfUnscored = Literal["content", "cue", "event_place", "basis", "appearances", "labels"]
_KindOfScored = Literal[
    "statement",
    "type",
    "speaker",
    "accused",
    "denies",
    "confirms",
    "denial_kind",
    "about",
    "reported_by",
    "quotes",
    "dates",
    "quantities",
    "passages",
]
DifferenceKind = _KindOfArticle | _KindOfActor | _KindOfScored | _KindOfUnscored

_FIELDS_OF_ACTORS: Final = {"actor": "name", "actor_kind": "kind"}
"""The fields of actors whose differences have a kind of another name."""

_LONGEST_PASSAGES: Final = 300
"""The most characters of a statement's passages that a difference shows."""

_COMMON: Final = 100
"""The most characters of passages that are shown before the place at which those of the other side begin to differ."""

_LONGEST_NAME: Final = 120
"""The most characters of an actor's name that a difference shows."""

_Range = tuple[int, int]
"""Where a difference stands: 0 and an offset in the text, or 1 where no passage shows it."""

_BEFORE_ALL: Final = (0, -1)

_Values = tuple[Value, Value]
_Sides = tuple[Statement | None, Statement | None]


@final
@attrs.frozen(kw_only=True)
class Difference:
    """One thing in which two annotations of an article differ.

    Attributes:
        article (str): The id of the article.
        kind (str): What differs.
        one (str | None): The id of the statement, actor or article in the
            first, if any.
        other (str | None): Likewise in the second.
        one_value (str | tuple[str, ...] | None): The value in the first.
        other_value (str | tuple[str, ...] | None): Likewise in the second.
        one_passages (tuple[str, ...]): The passages in the first, at most 300
            characters around where the two differ, or without a text their
            offsets; of an actor, those of one of its statements; of an article,
            none.
        other_passages (tuple[str, ...]): Likewise in the second.

    >>> from geoclaims import load_article
    >>> from geoclaims.annotation import compare
    >>> one = load_article()
    >>> other = one.with_changes("troops-sent", accused=["ukraine"])
    >>> difference = compare(one, other).differences[0]
    >>> difference.kind, difference.one_value, difference.other_value
    ('accused', ('China',), ('Ukraine',))
    """

    article: str
    kind: DifferenceKind
    one: str | None
    other: str | None
    one_value: Value
    other_value: Value
    one_passages: tuple[str, ...]
    other_passages: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as builtins for JSON.

        >>> from geoclaims import load_article
        >>> from geoclaims.annotation import compare
        >>> other = load_article().with_changes("lin-jian", name="Lin")
        >>> compare(load_article(), other).differences[0].to_dict()["kind"]
        'actor'
        """
        return {name: list(value) if isinstance(value, tuple) else value for name, value in attrs.asdict(self).items()}


def differences_of(matches: Matches, *, of_articles: bool) -> list[Difference]:
    """List where two annotations differ.

    A statement that only one has is one difference, and so is an actor that has another name; neither is repeated at
    what refers to it. Of statements of different types only the type is compared, and what all types have.

    Args:
        matches: The two annotations.
        of_articles: Whether to compare the data about the article too.
    """
    placed = [*_of_articles(matches)] if of_articles else []
    placed += [*_of_actors(matches), *_of_statements(matches)]
    return [difference for _, difference in sorted(placed, key=itemgetter(0))]


def thing_of(kind: str) -> str:
    """Name what has a difference of a kind: a statement, an actor or the article."""
    for thing, kinds in (("article", _KindOfArticle), ("actor", _KindOfActor)):
        if kind in get_args(kinds):
            return thing
    return "statement"


def _of_articles(matches: Matches) -> Iterator[tuple[_Range, Difference]]:
    """Yield the data about the article that differ, except its id and annotator."""
    one, other = matches.one, matches.other
    for kind in get_args(_KindOfArticle):
        values = _shown(getattr(one, kind)), _shown(getattr(other, kind))
        if values[0] != values[1]:
            yield _BEFORE_ALL, _difference(matches, kind, (one.id, other.id), values, (None, None))


def _of_actors(matches: Matches) -> Iterator[tuple[_Range, Difference]]:
    """Yield the fields in which actors differ, each at the first statement in which the actor takes part."""
    first_in: dict[str, _Sides] = {}
    for pair in sorted(matches.statements, key=_place_of):
        ids, other_ids = map(_ids_in, pair)
        for id in ids:
            if matches.same.get(id) in other_ids:
                first_in.setdefault(id, pair)
    for actor, other in matches.actors:
        statements: _Sides = first_in.get(actor.id, (None, None))
        place = _place_of(statements) if actor.id in first_in else _BEFORE_ALL
        for kind in get_args(_KindOfActor):
            values = _of_actor(matches, kind, actor, other)
            if values:
                yield place, _difference(matches, kind, (actor.id, other.id), values, statements)


def _of_actor(matches: Matches, kind: str, one: Actor, other: Actor) -> _Values | None:
    """Return the values of a field in which two matched actors differ."""
    name = _FIELDS_OF_ACTORS.get(kind, kind)
    value, other_value = getattr(one, name), getattr(other, name)
    if name == "name":
        return None if folded(value) == folded(other_value) else (_name(one), _name(other))
    if name == "on_behalf_of":
        if (value is None) == (other_value is None) and matches.same.get(value) == other_value:
            return None
        principal, other_principal = _principal(matches.one, value), _principal(matches.other, other_value)
        if principal and other_principal and principal.anonymous and other_principal.anonymous:
            is_same = folded(principal.name) == folded(other_principal.name)  # nothing else could match them
            return None if is_same else (_name(principal), _name(other_principal))
        return principal and _name(principal), other_principal and _name(other_principal)
    return (_shown(value), _shown(other_value)) if _differ(value, other_value) else None


def _principal(article: Article, id: str | None) -> Actor | None:
    return None if id is None else article.actor(id)


def _differ(value: object, other: object) -> bool:
    """Report whether two values differ, where the order of several is of no matter."""
    return set(value) != set(cast("tuple[str, ...]", other)) if isinstance(value, tuple) else value != other


def _shown(value: object) -> Value:
    """Write a value as a difference shows it."""
    if value is None or isinstance(value, tuple):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _of_statements(matches: Matches) -> Iterator[tuple[_Range, Difference]]:
    """Yield the fields in which matched statements differ, and the statements that only one side has."""
    for one, other in matches.statements:
        for kind, values in _fields_of(matches, one, other):
            yield _place_of((one, other)), _difference(matches, kind, (one.id, other.id), values, (one, other))
    matched = set(matches.same.values())
    for statement in matches.one.statements:
        if statement.id not in matches.same:
            sides = statement, None
            values = statement.content, None
            yield _place_of(sides), _difference(matches, "statement", (statement.id, None), values, sides)
    for statement in matches.other.statements:
        if statement.id not in matched:
            others = None, statement
            values = None, statement.content
            yield _place_of(others), _difference(matches, "statement", (None, statement.id), values, others)


def _fields_of(matches: Matches, one: Statement, other: Statement) -> Iterator[tuple[DifferenceKind, _Values]]:
    """Yield the fields in which two matched statements differ, with their values."""
    for field in COMPARED_FIELDS:
        values, other_values = field.compared(matches, one, other)
        if values != other_values:
            shown = field.values(one), field.values(other)
            if field.refers:
                shown = _named(matches.one, shown[0]), _named(matches.other, shown[1])
            yield cast("DifferenceKind", field.difference), shown
    for kind in get_args(_KindOfUnscored):
        value, other_value = getattr(one, kind), getattr(other, kind)
        if _differ(value, other_value):
            yield kind, (value, other_value)
    places, other_places = (_places_of(statement) for statement in (one, other))
    if places != other_places:
        yield "passages", (places, other_places)


def _ids_in(statement: Statement) -> set[str]:
    return {id for _, ids in references_in(statement) for id in ids}


def _named(article: Article, value: Value) -> Value:
    """Replace the ids of actors by their names."""
    if not isinstance(value, str):
        return tuple(_name_of(article.resolve(id)) for id in value or ())
    return _name_of(article.resolve(value))


def _name_of(thing: Actor | Statement) -> str:
    return _name(thing) if isinstance(thing, Actor) else thing.id


def _name(actor: Actor) -> str:
    return cut(actor.name, _LONGEST_NAME)


def _places_of(statement: Statement) -> tuple[str, ...]:
    return tuple(f"{span.start}–{span.end}" for span in statement.spans)


def _place_of(statements: _Sides) -> _Range:
    """Return the start of the passages of two statements, to sort by; those without passages come last."""
    starts = [statement.spans[0].start for statement in statements if statement and statement.spans]
    return (0, min(starts)) if starts else (1, 0)


def _difference(
    matches: Matches, kind: DifferenceKind, ids: tuple[str | None, str | None], values: _Values, statements: _Sides
) -> Difference:
    start = _where_passages_differ(*statements)
    return Difference(
        article=matches.one.id,
        kind=kind,
        one=ids[0],
        other=ids[1],
        one_value=values[0],
        other_value=values[1],
        one_passages=_passages(matches.one, statements[0], start),
        other_passages=_passages(matches.other, statements[1], start),
    )


def _where_passages_differ(one: Statement | None, other: Statement | None) -> int:
    """Return the offset from which on the passages of two statements are shown: a little before they first differ."""
    if one is None or other is None:
        return 0
    differing = _edges_of(one) ^ _edges_of(other)
    return max(0, min(differing)[0] - _COMMON) if differing else 0


def _edges_of(statement: Statement) -> set[tuple[int, bool]]:
    """Return where the passages of a statement begin and end."""
    return {edge for span in statement.spans for edge in ((span.start, False), (span.end, True))}


def _passages(article: Article, statement: Statement | None, start: int) -> tuple[str, ...]:
    """List the passages of a statement from an offset on, cut to what is shown; without a text, their offsets.

    If all end before the offset, the last of them is shown.
    """
    if statement is None:
        return ()
    if article.text is None:
        return _places_of(statement)
    passages: list[str] = []
    room = _LONGEST_PASSAGES
    shown = [span for span in statement.spans if span.end > start] or statement.spans[-1:]
    for span in shown:
        if room:
            begin = max(span.start, start) if start < span.end else span.start
            passage = article.text[begin : min(span.end, begin + room + 1)]
            passages.append(cut(passage if begin == span.start else f"…{passage}", room))
            room -= len(passages[-1])
    return tuple(passages)
