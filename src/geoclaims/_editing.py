"""Add actors and statements to those of an article, change one, or take some out, with the references to them.

The *sections* are the actors and the statements, by the fields of an article that hold them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set as AbstractSet
from typing import Any, TypeVar

import attrs

from geoclaims._actors import Actor
from geoclaims._arguments import check_model, checked_instance
from geoclaims._errors import Path, ValidationError
from geoclaims._issues import WRONG, Issues
from geoclaims._messages import describe
from geoclaims._rules.fields import definitions, references_of
from geoclaims._rules.rules import Many
from geoclaims._statements import STATEMENT_TYPES, Statement
from geoclaims._whole import WITH_ARTICLE, references_in

Sections = Mapping[str, Any]
Thing = TypeVar("Thing", bound=Actor | Statement)


def add(sections: Sections, things: Iterable[Actor | Statement]) -> Sections:
    """Return the sections with actors and statements at their ends; errors are those of `Article.with_added`."""
    whole = {section: [*held] for section, held in sections.items()}
    for thing in things:
        checked_instance(thing, Actor, *STATEMENT_TYPES)
        whole[_section_of(thing)].append(thing)
    return whole


def change(sections: Sections, thing: Actor | Statement, changes: Mapping[str, Any]) -> Sections:
    """Return the sections with one actor or statement changed; errors are those of `Article.with_changes`."""
    model = changes.get("type", type(thing))
    if "type" in changes:
        if isinstance(thing, Actor):
            raise TypeError(f"found type= for the actor {describe(thing.id)}, expected it for a statement")
        check_model(model, STATEMENT_TYPES)
    old, new = thing.id, changes.get("id", thing.id)
    path = (_section_of(thing), sections[_section_of(thing)].index(thing))
    notes = Issues(None)
    if type(new) is str and new != old and any(new == each.id for held in sections.values() for each in held):
        message = f"{model.__name__} {describe(old)}: found {describe(new)}, expected an id that nothing else has"
        notes.note("duplicate_id", (*path, "id"), message)
        new = old  # the rest is checked as if it had not been changed
    kept = {name: getattr(thing, name) for name in definitions(type(thing)) if name in definitions(model)}
    values = {**kept, **changes, "id": new}
    values.pop("type", None)
    missing = [name for name, field in definitions(model).items() if field.required and name not in values]
    changed = thing
    try:
        changed = model(**values, **dict.fromkeys(missing, WRONG))
        changed = changed if missing else _renamed(changed, old, new)
    except ValidationError as error:
        for issue in error.issues:
            notes.note(issue.code, (*path, *issue.path), issue.message)
        notes.count += error.omitted
    for name in missing:
        message = f"{model.__name__} {describe(old)}: found no {describe(name)}, expected it in every {model.__name__}"
        notes.note("missing", (*path, name), message)
    notes.raise_if_any()
    return {
        section: [changed if each is thing else _renamed(each, old, new) for each in held]
        for section, held in sections.items()
    }


def _section_of(thing: Actor | Statement) -> str:
    return "actors" if isinstance(thing, Actor) else "statements"


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
