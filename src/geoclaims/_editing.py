"""Change one of the actors and statements of an article, or take some out, with the references to them.

The *sections* are the actors and the statements, by the fields of an article that hold them.
"""

from __future__ import annotations

from collections.abc import Mapping, Set as AbstractSet
from typing import Any, TypeVar

import attrs

from geoclaims._actors import Actor
from geoclaims._errors import Issue, Path, ValidationError
from geoclaims._issues import Issues
from geoclaims._messages import describe
from geoclaims._rules.fields import definitions, references_of
from geoclaims._rules.rules import Many
from geoclaims._statements import Statement
from geoclaims._whole import WITH_ARTICLE, references_in

Sections = Mapping[str, Any]
Thing = TypeVar("Thing", bound=Actor | Statement)


def change(sections: Sections, thing: Actor | Statement, changes: Mapping[str, Any]) -> Sections:
    """Return the sections with one actor or statement changed; errors are those of `Article.with_changes`."""
    section = "actors" if isinstance(thing, Actor) else "statements"
    number = sections[section].index(thing)
    old, new = thing.id, changes.get("id", thing.id)
    issues: list[Issue] = []
    if type(new) is str and new != old and any(new == each.id for things in sections.values() for each in things):
        message = f"{type(thing).__name__} {describe(old)}: found {describe(new)}, expected an id that nothing else has"
        issues = [Issue("duplicate_id", ("id",), message)]
        new = old  # the rest is checked as if it had not been changed
    omitted = 0
    changed = thing
    try:
        changed = _renamed(attrs.evolve(thing, **{**changes, "id": new}), old, new)
    except ValidationError as error:
        issues += error.issues
        omitted = error.omitted
    if issues:
        placed = [attrs.evolve(issue, path=(section, number, *issue.path)) for issue in issues]
        raise ValidationError(placed, omitted=omitted)
    return {
        name: [changed if each is thing else _renamed(each, old, new) for each in things]
        for name, things in sections.items()
    }


def _renamed(thing: Thing, old: str, new: str) -> Thing:
    """Return an actor or statement that refers to a new id where it referred to the old one."""
    changes: dict[str, Any] = {}
    for field, ids in references_in(thing):
        if old in ids and old != new:
            changed = [new if id == old else id for id in ids]
            changes[field] = changed if isinstance(getattr(thing, field), tuple) else new
    return attrs.evolve(thing, **changes) if changes else thing


def remove(sections: Sections, removed: AbstractSet[str], notes: Issues) -> Sections:
    """Return the sections without what has some ids and the references to it; note each reference that must stay."""
    return {
        section: [
            _without_references(thing, removed, (section, number), notes)
            for number, thing in enumerate(things)
            if thing.id not in removed
        ]
        for section, things in sections.items()
    }


def _without_references(thing: Thing, removed: AbstractSet[str], path: Path, notes: Issues) -> Thing:
    """Return an actor or statement without its references to what is removed; note those that it needs."""
    changes: dict[str, Any] = {}
    for name, ids in references_in(thing):
        if removed.isdisjoint(ids):
            continue
        field = definitions(type(thing))[name]
        many = field.rule if isinstance(field.rule, Many) else None
        rest = [id for id in ids if id not in removed]
        if len(rest) >= (many.least if many else field.required):
            changes[name] = rest if many else None
            continue
        expected = WITH_ARTICLE[references_of(type(thing))[name].to]
        for index, id in enumerate(ids):
            message = f"found {describe(id)}, which is to be removed, expected the id of {expected} that stays"
            notes.note("dangling_ref", (*path, name, index) if many else (*path, name), message)
    return attrs.evolve(thing, **changes) if changes else thing
