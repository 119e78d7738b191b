"""List where two annotations of one text differ: in the article, its actors, and its statements in order."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, cast, final

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._messages import cut
from geoclaims._passages.normal_form import folded
from geoclaims._rules.fields import definitions
from geoclaims._rules.rules import Date
from geoclaims._statements import Statement
from geoclaims._view.wording import place_in_text
from geoclaims.annotation._agreement.matching import Matches
from geoclaims.annotation._agreement.scores import COMPARED_FIELDS, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OF_ARTICLES: Final = tuple(
    name for name in definitions(Article) if name not in {"id", "annotator", "actors", "statements", "text"}
)
_OF_ACTORS: Final[Mapping[str, str]] = {
    {"name": "actor", "kind": "actor_kind"}.get(name, name): name for name in definitions(Actor) if name != "id"
}
"""The fields of actors, by the kind of their differences."""

_UNSCORED: Final = tuple(
    name
    for name, field in definitions(Statement).items()
    if name not in {"id", "spans", *(each.difference for each in COMPARED_FIELDS)} and not isinstance(field.rule, Date)
)
"""The fields of statements that no score counts."""

_LONGEST_PASSAGES: Final = 300
"""The most characters of a statement's passages that a difference shows."""

_LONGEST_NAME: Final = 120
"""The most characters of an actor's name that a difference shows."""

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
        one_passages (tuple[str, ...]): The passages of the statement in the
            first, at most 300 characters of them, or without a text their
            offsets.
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
    kind: str
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
    of_statements = sorted(_of_statements(matches), key=itemgetter(0))
    return [
        *(_of_articles(matches) if of_articles else ()),
        *_of_actors(matches),
        *(difference for _, difference in of_statements),
    ]


def thing_of(kind: str) -> str:
    """Name what has a difference of a kind: a statement, an actor or the article."""
    return "article" if kind in _OF_ARTICLES else "actor" if kind in _OF_ACTORS else "statement"


def _of_articles(matches: Matches) -> Iterator[Difference]:
    """Yield the data about the article that differ, except its id and annotator."""
    one, other = matches.one, matches.other
    for kind in _OF_ARTICLES:
        values = _shown(getattr(one, kind)), _shown(getattr(other, kind))
        if values[0] != values[1]:
            yield _difference(matches, kind, (one.id, other.id), values)


def _of_actors(matches: Matches) -> Iterator[Difference]:
    """Yield the fields in which actors differ."""
    for actor, other in matches.actors:
        for kind, name in _OF_ACTORS.items():
            if values := _of_actor(matches, name, actor, other):
                yield _difference(matches, kind, (actor.id, other.id), values)


def _of_actor(matches: Matches, name: str, one: Actor, other: Actor) -> _Values | None:
    """Return the values of a field in which two matched actors differ."""
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


def _of_statements(matches: Matches) -> Iterator[tuple[float, Difference]]:
    """Yield the fields in which matched statements differ, and what only one side has, each with its place."""
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


def _fields_of(matches: Matches, one: Statement, other: Statement) -> Iterator[tuple[str, _Values]]:
    """Yield the fields in which two matched statements differ, with their values."""
    for field in COMPARED_FIELDS:
        values, other_values = field.compared(matches, one, other)
        if values != other_values:
            shown = field.values(one), field.values(other)
            if field.refers:
                shown = _named(matches.one, shown[0]), _named(matches.other, shown[1])
            yield field.difference, shown
    for kind in _UNSCORED:
        value, other_value = getattr(one, kind), getattr(other, kind)
        if _differ(value, other_value):
            yield kind, (_shown(value), _shown(other_value))
    places, other_places = (_places_of(statement) for statement in (one, other))
    if places != other_places:
        yield "passages", (places, other_places)


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


def _place_of(statements: _Sides) -> float:
    """Return the start of the passages of two statements, to sort by; those without passages come last."""
    return min(place_in_text(statement)[0] for statement in statements if statement)


def _difference(
    matches: Matches,
    kind: str,
    ids: tuple[str | None, str | None],
    values: _Values,
    statements: _Sides = (None, None),
) -> Difference:
    return Difference(
        article=matches.one.id,
        kind=kind,
        one=ids[0],
        other=ids[1],
        one_value=values[0],
        other_value=values[1],
        one_passages=_passages(matches.one, statements[0]),
        other_passages=_passages(matches.other, statements[1]),
    )


def _passages(article: Article, statement: Statement | None) -> tuple[str, ...]:
    """List the passages of a statement, cut to what is shown; without a text, their offsets."""
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
