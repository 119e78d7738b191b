"""Break a valid document in one place; whatever the fault needs is added first, so that it is always possible."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any, Final, NamedTuple

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from geoclaims._actors import Actor
from geoclaims._dates import PartialDate
from geoclaims._errors import Path
from geoclaims._json.format import DROPPED, MODELS, head_of
from geoclaims._rules import LARGEST_NUMBER, Definition, Form, Reference, Rule, definitions
from geoclaims._spans import Span
from geoclaims._statements import Quantity, Statement
from geoclaims.strategies._contents import (
    UNFIT,
    Document,
    add,
    all_of,
    any_statement,
    chosen,
    one_of,
    statements_in,
    things_in,
    unused_id,
)
from geoclaims.strategies._fields import values
from geoclaims.strategies._leaves import ids, texts

Break = Callable[[DrawFn, Document], Path]
"""A function that breaks a valid document in one place, and returns the path of that place."""

Aim = Callable[[DrawFn, Document, Document], str]
"""A function that chooses the target of a reference in an object."""

# The version and the type are strings with a pattern too, but are not declared as fields.
_HEADS: Final = {"schema_version": Form("version", "", ""), "type": Form("tag", "", "")}


class Place(NamedTuple):
    """A field of the objects of a model, or each element if it holds many."""

    model: type[Any]
    name: str
    each: bool


def keys(model: type[Any]) -> Mapping[str, Definition]:
    """Return the keys of a model in JSON: its version or type, and its fields."""
    head = head_of(model)
    first = {} if head is None else {head[0]: Definition(head[0], _HEADS[head[0]], attrs.NOTHING, "", None)}
    return {**first, **definitions(model)}


def replace(place: Place, wrong: SearchStrategy[Any], draw: DrawFn, document: Document) -> Path:
    """Put an invalid value in a place."""
    owner, path = one_of(draw, document, place.model)
    return _put(draw, owner, path, place, draw(wrong))


def leave_out(place: Place, draw: DrawFn, document: Document) -> Path:
    """Leave out a required key."""
    owner, path = one_of(draw, document, place.model)
    del owner[place.name]
    return (*path, place.name)


def leave_out_bounds(draw: DrawFn, document: Document) -> Path:
    """Leave a quantity without any bound."""
    quantity, path = one_of(draw, document, Quantity)
    quantity.pop("minimum", None)
    quantity.pop("maximum", None)
    return path


def add_key(model: type[Any], draw: DrawFn, document: Document) -> Path:
    """Add an unknown key to an object: one that other objects have, or any."""
    owner, path = one_of(draw, document, model)
    known = {*keys(model), *DROPPED.get(model, ())}
    of_others = sorted({key for other in MODELS for key in keys(other)} - known)
    of_others += sorted({key for dropped in DROPPED.values() for key in dropped} - known)
    key = draw(st.sampled_from(of_others) | st.just("") | texts())
    key = f"{key}_" if key in known else key
    owner[key] = draw(st.none() | st.booleans() | texts())
    return (*path, key)


def repeat(place: Place, item: Rule, draw: DrawFn, document: Document) -> Path:
    """Repeat a value where values must be unique."""
    owner, path = one_of(draw, document, place.model)
    elements = owner.setdefault(place.name, [])
    if not elements:
        # the target is added, so that it has the right type and closes no cycle
        references = st.nothing()
        if isinstance(item, Reference):
            references = st.just(add(draw, document, Statement if item.to == "statement" else Actor)["id"])
        elements += [draw(strategy) for strategy in values(item, references)]
    first = draw(st.integers(0, len(elements) - 1))
    second = draw(st.integers(first + 1, len(elements)))
    elements.insert(second, elements[first])
    return (*path, place.name, second)


def repeat_id(model: type[Any], draw: DrawFn, document: Document) -> Path:
    """Add an actor or statement with an id that is used before it."""
    one_of(draw, document, Actor)
    section = "actors" if model is Actor else "statements"
    first, path = chosen(draw, [(thing, path) for thing, path in things_in(document) if path[0] in {"actors", section}])
    add(draw, document, model, id=first["id"])
    added = document[section].pop()
    least = document[section].index(first) + 1 if path[0] == section else 0
    index = draw(st.integers(least, len(document[section])))
    document[section].insert(index, added)
    return (section, index, "id")


def redirect(place: Place, aim: Aim, draw: DrawFn, document: Document) -> Path:
    """Give a reference a forbidden target."""
    owner, path = one_of(draw, document, place.model)
    return _put(draw, owner, path, place, aim(draw, document, owner))


def nobody(draw: DrawFn, document: Document, owner: Document) -> str:
    """Draw an id that nothing has."""
    del owner
    return unused_id(document, draw(ids()))


def an_actor(draw: DrawFn, document: Document, owner: Document) -> str:
    """Draw the id of an actor."""
    del owner
    return str(one_of(draw, document, Actor)[0]["id"])


def a_statement(draw: DrawFn, document: Document, owner: Document) -> str:
    """Draw the id of a statement."""
    del owner
    return str(any_statement(draw, document)[0]["id"])


def itself(draw: DrawFn, document: Document, owner: Document) -> str:
    """Return the id of the object that holds the reference."""
    del draw, document
    return str(owner["id"])


def close_cycle(place: Place, draw: DrawFn, document: Document) -> Path:
    """Close a cycle of references; the issue points at the last reference in the cycle."""
    owner, path = one_of(draw, document, place.model)
    id = owner["id"]
    sources = _reached(id, [(target, source) for source, target, _ in _links(document, place.name)])
    if not sources:
        added = add(draw, document, place.model, **{place.name: [id] if place.each else id})
        sources = [added["id"]]
    _put(draw, owner, path, place, chosen(draw, sources))
    links = _links(document, place.name)
    ahead = _reached(id, [(source, target) for source, target, _ in links])
    behind = _reached(id, [(target, source) for source, target, _ in links])
    cycle = {*ahead} & {*behind}
    return [path for source, target, path in links if source in cycle and target in cycle][-1]


def swap_bounds(draw: DrawFn, document: Document) -> Path:
    """Put the maximum of a quantity below its minimum."""
    quantity, path = one_of(draw, document, Quantity)
    quantity["maximum"] = draw(st.integers(0, LARGEST_NUMBER - 1))
    quantity["minimum"] = draw(st.integers(quantity["maximum"] + 1, LARGEST_NUMBER))
    return path


def swap_event(model: type[Any], draw: DrawFn, document: Document) -> Path:
    """Let an event end before it begins, with dates precise to the day, or less if they stay apart."""
    statement, path = one_of(draw, document, model)
    end = draw(st.dates(max_value=datetime.date.max - datetime.timedelta(days=1)))
    begin = draw(st.dates(min_value=end + datetime.timedelta(days=1)))
    begins, ends = (
        [PartialDate.of(day), PartialDate(day.year, day.month), PartialDate(day.year)] for day in (begin, end)
    )
    apart = [(late, early) for late in begins for early in ends if early.latest < late.earliest]
    statement["event_date"], statement["event_end"] = map(str, chosen(draw, apart))
    return path


def swap_ends(draw: DrawFn, document: Document) -> Path:
    """Let a span end where it starts, or before."""
    span, path = one_of(draw, document, Span)
    span["start"] = draw(st.integers(0, LARGEST_NUMBER))
    span["end"] = draw(st.integers(0, span["start"]))
    return path


def repeat_span(draw: DrawFn, document: Document) -> Path:
    """Repeat a passage after itself, where only later ones are allowed."""
    span, (*path, first) = one_of(draw, document, Span)
    statement = document["statements"][path[1]]
    index = draw(st.integers(int(first) + 1, len(statement["spans"])))
    statement["spans"].insert(index, dict(span))
    return (*path, index)


def leave_text(draw: DrawFn, document: Document) -> Path:
    """Replace a span by one of another text than the attached one, or outside of it."""
    if "text" not in document:
        for statement, _ in statements_in(document):
            statement.pop("spans", None)  # they may not fit the added text
        document["text"] = draw(texts())
    there, is_new = all_of(document, Span), draw(st.booleans())
    if there and not is_new:
        span, path = chosen(draw, there)
        span["fingerprint"] = UNFIT
        return path
    statement, path = any_statement(draw, document)
    spans = statement.setdefault("spans", [])
    start = spans[-1]["end"] if spans else 0
    spans.append({"start": start, "end": start + 1 + draw(st.integers(0, len(document["text"]))), "fingerprint": UNFIT})
    return (*path, "spans", len(spans) - 1)


def _put(draw: DrawFn, owner: Document, path: Path, place: Place, value: object) -> Path:
    """Put a value into a field; if the field holds many, replace one of them or add it at the end."""
    if not place.each:
        owner[place.name] = value
        return (*path, place.name)
    elements = owner.setdefault(place.name, [])
    index = draw(st.integers(0, len(elements)))
    elements[index : index + 1] = [value]
    return (*path, place.name, index)


def _links(document: Document, name: str) -> list[tuple[str, str, Path]]:
    """Return the references in a field, one or many: the ids of source and target, and the path."""
    links: list[tuple[str, str, Path]] = []
    for thing, path in things_in(document):
        value = thing.get(name, [])
        if isinstance(value, str):
            links.append((thing["id"], value, (*path, name)))
        else:
            links += [(thing["id"], target, (*path, name, index)) for index, target in enumerate(value)]
    return links


def _reached(id: str, steps: Iterable[tuple[str, str]]) -> list[str]:
    """Return everything that can be reached from an id; the id itself only if there is a way back to it."""
    following: dict[str, list[str]] = {}
    for source, target in steps:
        following.setdefault(source, []).append(target)
    found: list[str] = []
    for step in chain((id,), found):
        found += [target for target in dict.fromkeys(following.get(step, ())) if target not in found]
    return found
