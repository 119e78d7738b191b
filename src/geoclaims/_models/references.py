"""Whether the ids of an article are unique, and its references lead where they must, in no circle.

The check is told of an article's actors and statements as far as they could be read, and never complains of what only
follows from an error elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from geoclaims._errors import Issues, Path, suggestion
from geoclaims._models.actors import Actor, references
from geoclaims._models.cycles import circles
from geoclaims._models.statements import Denial, Statement
from geoclaims._values.rules import Many, Reference, definitions, once_for_each_model

_KINDS: Final = {"actors": "actor", "statements": "statement"}


@attrs.frozen
class Partial:
    """What could be read of an object that has something wrong: its model, and its right values by field."""

    model: type[Any]
    values: Mapping[str, Any]


@attrs.frozen
class _Link:
    """A reference found in a field, with its place and what it must lead to."""

    source: str | None
    reference: str
    field: str
    place: Path
    to: str


def check_references(article: Mapping[str, Any], issues: Issues) -> None:
    """Note ids that are not unique, references that lead nowhere or astray, and circles.

    Args:
        article: The right values of an article's fields, in document order; an actor or statement that has something
            wrong is a `Partial`, or anything else where nothing could be read of it.
        issues: Where what is wrong is noted.
    """
    owners: dict[str, tuple[str, int]] = {}
    unreadable = {kind for name, kind in _KINDS.items() if not isinstance(article.get(name), tuple)}
    for name, index, thing in _things(article):
        id = value_of(thing, "id")
        if not isinstance(id, str):
            unreadable.add(_KINDS[name])
        elif id in owners:
            issues.add("duplicate_id", (name, index, "id"), id, "an id that nothing before it has")
        else:
            owners[id] = (name, index)

    links = [link for name, index, thing in _things(article) for link in _links(name, index, thing)]
    for link in links:
        _check_link(link, owners, unreadable, issues)
    # what repeats an id is not what references to the id mean
    for place, circle in _circles([link for link in links if owners.get(link.source or "") == link.place[:2]]):
        ids = ", ".join(sorted(circle)[:_SHOWN]) + (", …" if len(circle) > _SHOWN else "")
        issues.note("cycle", place, f"found a circle of {len(circle)} ({ids}), expected references that end")


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
    things: list[Actor | Statement] = [*actors, *statements]
    before: set[str] = set()
    for thing in things:
        if not before.issuperset(_bound_to(thing)):
            break
        before.add(thing.id)
    else:  # where all lead to what came before, there can be no circle
        return True
    edges = {thing.id: _bound_to(thing) for thing in things}
    return not any(circles({id: [target for target in targets if target in edges] for id, targets in edges.items()}))


def _bound_to(thing: Actor | Statement) -> Sequence[str]:
    """The ids of what a thing may form a circle with: what it denies, or on whose behalf it acts."""
    if type(thing) is Denial:
        return thing.denies
    return (thing.on_behalf_of,) if type(thing) is Actor and thing.on_behalf_of is not None else ()


_EITHER: Final = "actor or statement"
_SHOWN: Final = 5


def _check_link(link: _Link, owners: Mapping[str, tuple[str, int]], unreadable: set[str], issues: Issues) -> None:
    if link.reference in owners:
        section, _ = owners[link.reference]
        if _KINDS[section] not in link.to:
            found = f"found the id of {_NOUNS[_KINDS[section]]}"
            issues.note("wrong_ref", link.place, f"{found}, expected that of {_NOUNS[link.to]}")
    elif not any(kind in link.to for kind in unreadable):  # else it may be the reference to what has no readable id
        hint = ""
        if issues.room("dangling_ref"):
            known = {id: None for id, (section, _) in owners.items() if _KINDS[section] in link.to}
            hint = suggestion(link.reference, known, "dangling_ref", issues)
        issues.add("dangling_ref", link.place, link.reference, f"the id of {_NOUNS[link.to]} in this article{hint}")


_NOUNS: Final = {
    "actor": "an actor",
    "statement": "a statement",
    _EITHER: "an actor or a statement",
}


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


def _links(section: str, index: int, thing: Any) -> Iterator[_Link]:
    model = thing.model if isinstance(thing, Partial) else type(thing)
    if attrs.has(model):
        for name, to in _reference_fields(model):
            for reference, place in references(value_of(thing, name), name):
                yield _Link(value_of(thing, "id"), reference, name, (section, index, *place), to)


def _circles(links: Sequence[_Link]) -> Sequence[tuple[Path, frozenset[str]]]:
    """Those who deny, or act on behalf of, each other, each set with the place of the last reference within it."""
    binding = [link for link in links if link.field in ("denies", "on_behalf_of") and isinstance(link.source, str)]
    edges: dict[str, list[str]] = {link.source: [] for link in binding if link.source is not None}
    for link in binding:
        if link.source is not None and link.reference in edges and link.reference != link.source:
            edges[link.source].append(link.reference)
    member = {id: circle for circle in circles(edges) for id in circle}
    last: dict[frozenset[str], Path] = {}
    for link in binding:
        circle = member.get(link.source or "")
        if circle is not None and link.reference in circle and link.reference != link.source:
            last[circle] = link.place
    return sorted(((place, circle) for circle, place in last.items()), key=lambda found: found[0][:2])
