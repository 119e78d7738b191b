"""Whether the ids of an article are unique, and its references lead where they must, in no circle.

The check is told of an article's actors and statements as far as they could be read, and never complains of what only
follows from an error elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from functools import cache
from typing import Any, Final, NamedTuple

import attrs

from geoclaims._display.wording import found
from geoclaims._errors import Path
from geoclaims._issues import Issues, suggestion
from geoclaims._models.actors import Actor, references
from geoclaims._models.cycles import circles
from geoclaims._models.statements import STATEMENT_TYPES, Denial, Statement
from geoclaims._rules.rules import Many, Reference, definitions, once_for_each_model

_KINDS: Final = {"actors": "actor", "statements": "statement"}


@attrs.frozen
class Partial:
    """What could be read of an object that has something wrong: its right values by field."""

    values: Mapping[str, Any]


class _Link(NamedTuple):
    """A reference found in a field, with its place and what it must lead to."""

    source: object
    reference: str
    field: str
    place: Path
    to: str


@attrs.frozen
class _Ids:
    """The ids of an article's actors and statements, as far as they can be read."""

    owners: Mapping[str, tuple[str, int]]
    """Where the first thing with each id stands."""
    pools: Mapping[str, Mapping[str, None]]
    """The ids that a reference may have, by what it must lead to."""
    unreadable: AbstractSet[str]
    """The kinds of things among which some have no readable id."""


def check_references(article: Mapping[str, Any], issues: Issues) -> None:
    """Note ids that are not unique, references that lead nowhere or astray, and circles.

    Args:
        article: The right values of an article's fields, in document order; an actor or statement that has something
            wrong is a `Partial`, or anything else where nothing could be read of it.
        issues: Where what is wrong is noted.
    """
    ids = _ids(article, issues)
    binding: list[_Link] = []
    for link in _links(article):
        _check_link(link, ids, issues)
        if _may_close_a_circle(link, ids):
            binding.append(link)
    for place, circle in _circles(binding):
        shown = ", ".join(sorted(circle)[:_SHOWN]) + (", …" if len(circle) > _SHOWN else "")
        issues.note("cycle", place, f"found a circle of {len(circle)} ({shown}), expected references that end")


def _ids(article: Mapping[str, Any], issues: Issues) -> _Ids:
    """The ids in an article; one that is there already is noted."""
    owners: dict[str, tuple[str, int]] = {}
    pools: dict[str, dict[str, None]] = {to: {} for to in _NOUNS}
    unreadable = {kind for name, kind in _KINDS.items() if not isinstance(article.get(name), tuple)}
    for name, index, thing in _things(article):
        id = value_of(thing, "id")
        if not isinstance(id, str):
            unreadable.add(_KINDS[name])
            continue
        if id in owners:
            issues.add("duplicate_id", (name, index, "id"), id, "an id that nothing before it has")
        owners.setdefault(id, (name, index))
        for to, pool in pools.items():
            if _KINDS[name] in to:
                pool[id] = None
    return _Ids(owners, pools, unreadable)


def references_fit(actors: Sequence[Actor], statements: Sequence[Statement]) -> bool:
    """Whether the check finds nothing to note of these actors and statements."""
    actor_ids = {actor.id for actor in actors}
    statement_ids = {statement.id for statement in statements}
    ids = actor_ids | statement_ids
    if len(ids) != len(actors) + len(statements):
        return False
    pools = {"actor": actor_ids, "statement": statement_ids, _EITHER: ids}
    for thing in (*actors, *statements):
        for name, to in _reference_fields(type(thing)):
            value = getattr(thing, name)
            if value and not (value in pools[to] if type(value) is str else pools[to].issuperset(value)):
                return False
    return ends(actors, statements)


def ends(actors: Sequence[Actor], statements: Sequence[Statement]) -> bool:
    """Whether following who acts on whose behalf, and what denies what, always comes to an end."""
    edges: dict[str, Sequence[str]] = {
        actor.id: (actor.on_behalf_of,) for actor in actors if actor.on_behalf_of is not None
    }
    edges |= {statement.id: statement.denies for statement in statements if type(statement) is Denial}
    for _ in range(_LONGEST_USUAL_CHAIN):  # what leads nowhere among the rest is in no circle
        edges = {id: targets for id, targets in edges.items() if not edges.keys().isdisjoint(targets)}
        if not edges:
            return True
    return not any(circles({id: [target for target in targets if target in edges] for id, targets in edges.items()}))


_LONGEST_USUAL_CHAIN: Final = 8
_EITHER: Final = "actor or statement"
_NOUNS: Final = {
    "actor": "an actor",
    "statement": "a statement",
    _EITHER: "an actor or a statement",
}
_SHOWN: Final = 3


def _check_link(link: _Link, ids: _Ids, issues: Issues) -> None:
    if link.reference in ids.pools[link.to]:
        return
    expected = f"the id of {_NOUNS[link.to]}"
    if link.reference in ids.owners:
        section, _ = ids.owners[link.reference]
        message = f"found {found(link.reference)}, the id of {_NOUNS[_KINDS[section]]}, expected {expected}"
        issues.note("wrong_ref", link.place, message)
    elif not any(kind in link.to for kind in ids.unreadable):  # else it may be the reference to what has no readable id
        known = ids.pools[link.to]
        issues.add(
            "dangling_ref",
            link.place,
            link.reference,
            lambda: f"{expected} in this article{suggestion(link.reference, known)}",
        )


def _things(article: Mapping[str, Any]) -> Iterator[tuple[str, int, Any]]:
    """The actors and statements, with the field that holds them and their number in it."""
    for name in article:
        if name in _KINDS and isinstance(article[name], tuple):
            for index, thing in enumerate(article[name]):
                yield name, index, thing


def value_of(thing: Any, name: str) -> Any:
    """The value of a field of an object, or what could be read of it."""
    return thing.values.get(name) if isinstance(thing, Partial) else getattr(thing, name, None)


@once_for_each_model
def _reference_fields(model: type[Any]) -> Sequence[tuple[str, str]]:
    """The names of the fields of a model that hold references, and what these lead to."""
    rules = {name: definition.rule for name, definition in definitions(model).items()}
    items = {name: rule.item if isinstance(rule, Many) else rule for name, rule in rules.items()}
    return [(name, item.to) for name, item in items.items() if isinstance(item, Reference)]


@cache
def _every_reference_field() -> Sequence[tuple[str, str]]:
    """The same of all models whose references are checked."""
    models: tuple[type[Any], ...] = (Actor, *STATEMENT_TYPES)
    return list(dict.fromkeys(field for model in models for field in _reference_fields(model)))


def _links(article: Mapping[str, Any]) -> Iterator[_Link]:
    """All references that could be read, in document order."""
    for section, index, thing in _things(article):
        fields: Sequence[tuple[str, str]] = ()
        if isinstance(thing, Partial):
            fields = _every_reference_field()
        elif attrs.has(type(thing)):
            fields = _reference_fields(type(thing))
        for name, to in fields:
            for reference, place in references(value_of(thing, name), name):
                yield _Link(value_of(thing, "id"), reference, name, (section, index, *place), to)


def _may_close_a_circle(link: _Link, ids: _Ids) -> bool:
    return (
        link.field in {"denies", "on_behalf_of"}
        and isinstance(link.source, str)
        and link.reference != link.source
        and ids.owners[link.source] == link.place[:2]  # what repeats an id is not what references to the id mean
    )


def _circles(links: Sequence[_Link]) -> Iterator[tuple[Path, frozenset[str]]]:
    """Those who deny, or act on behalf of, each other, each set with the place of the last reference within it."""
    edges: dict[Any, list[str]] = {link.source: [] for link in links}
    for link in links:
        if link.reference in edges:
            edges[link.source].append(link.reference)
    circle_of: dict[Any, frozenset[str]] = {id: circle for circle in circles(edges) for id in circle}
    last = {
        circle_of[link.source]: number
        for number, link in enumerate(links)
        if link.reference in circle_of.get(link.source, ())
    }
    for circle, number in sorted(last.items(), key=lambda item: item[1]):
        yield links[number].place, circle
