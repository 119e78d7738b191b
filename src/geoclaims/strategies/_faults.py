"""Find changes that break a valid document in one place; what a fault needs is added first, so that it can be made."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, count
from typing import Any, Final, NamedTuple, TypeVar

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._dates import PartialDate
from geoclaims._errors import Path
from geoclaims._json.format import DROPPED, MODELS, head_of, tag_of
from geoclaims._rules import LARGEST_NUMBER, Definition, Form, Many, Reference, Rule, definitions, references_of
from geoclaims._spans import Span
from geoclaims._statements import STATEMENT_TYPES, Quantity, Statement
from geoclaims.strategies._fields import ids, texts, values
from geoclaims.strategies._models import instances

T = TypeVar("T")
Document = dict[str, Any]
Change = tuple[Path, Any]
"""The path of one place in a document, and the value that is to be there, or `MISSING`."""
Fault = Callable[[DrawFn, Document], Change]
"""A function that adds to a valid document what a fault needs, and returns the change that makes it invalid."""

THINGS: Final[tuple[type[Any], ...]] = (Actor, *STATEMENT_TYPES)
"""The models with an id that others can refer to."""

# The version and the type are strings with a pattern too, but are not declared as fields.
_HEADS: Final = {"schema_version": Form("version", "", ""), "type": Form("tag", "", "")}
_TYPES: Final = {tag_of(model): model for model in STATEMENT_TYPES}
_PARTS: Final = {Quantity: "quantities", Span: "spans"}
# A fingerprint that no text has: no single character has a hash that begins like this.
_UNFIT: Final = "1:1:0000000000000000"


class Missing(enum.Enum):
    """Stands for a value that is not there, because a key was added or removed.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import MISSING, invalid_documents
    >>> documents = invalid_documents(codes=["unknown_key"])
    >>> find(documents, lambda invalid: True).old is MISSING
    True
    """

    MISSING = enum.auto()

    def __repr__(self) -> str:
        return self.name


MISSING: Final = Missing.MISSING


class Field(NamedTuple):
    """A field of the objects of a model, or each element if it holds many."""

    model: type[Any]
    name: str
    each: bool


# --- What a document holds --------------------------------------------------------------------------------------------


def chosen(draw: DrawFn, options: Sequence[T]) -> T:
    """Draw one of some options; examples shrink towards the first."""
    return options[draw(st.integers(0, len(options) - 1))]


def keys(model: type[Any]) -> Mapping[str, Definition]:
    """Return the keys of a model in JSON: its version or type, and its fields."""
    head = head_of(model)
    first = {} if head is None else {head[0]: Definition(head[0], _HEADS[head[0]], attrs.NOTHING)}
    return {**first, **definitions(model)}


def _objects(document: Document, *models: type[Any]) -> list[tuple[Document, Path]]:
    """List the objects of some models in a document, with their paths."""
    found: list[tuple[type[Any], Document, Path]] = [(Article, document, ())]
    found += [(Actor, actor, ("actors", index)) for index, actor in enumerate(document.get("actors", ()))]
    for index, statement in enumerate(document.get("statements", ())):
        path = ("statements", index)
        found.append((_TYPES[statement["type"]], statement, path))
        for model, name in _PARTS.items():
            found += [(model, part, (*path, name, number)) for number, part in enumerate(statement.get(name, ()))]
    return [(owner, path) for model, owner, path in found if model in models]


def _one_of(draw: DrawFn, document: Document, *models: type[Any]) -> tuple[Document, Path]:
    """Draw one object of some models in a document; one of the first model is added if there is none."""
    if not _objects(document, *models):
        _add(draw, document, models[0])
    return chosen(draw, _objects(document, *models))


def _add(draw: DrawFn, document: Document, model: type[Any], **given: Any) -> Document:
    """Add the smallest object of a model, with some given fields, after all others."""
    if model is Actor:
        added = {"id": _unused_id(document, "a1"), "name": "0", **given}
        document.setdefault("actors", []).append(added)
        return added
    if model in STATEMENT_TYPES:
        speaker = _one_of(draw, document, Actor)[0]["id"]
        own: Document = {}
        for name, rule in references_of(model).items():
            if definitions(model)[name].required and name != "speaker" and name not in given:
                target = _add(draw, document, Statement)["id"] if rule.to == "statement" else speaker
                own[name] = [target] if isinstance(definitions(model)[name].rule, Many) else target
        id = _unused_id(document, "s1")
        added = {"type": tag_of(model), "id": id, "speaker": speaker, "content": "0", **own, **given}
        document.setdefault("statements", []).append(added)
        return added
    if model is Span:
        document.pop("text", None)  # not needed without spans; then the new one need not fit it
    added = {"minimum": 0, "unit": "0"} if model is Quantity else {"start": 0, "end": 1, "fingerprint": _UNFIT}
    statement, _ = _one_of(draw, document, *STATEMENT_TYPES)
    statement.setdefault(_PARTS[model], []).append(added)
    return added


def _unused_id(document: Document, wanted: str) -> str:
    """Return the wanted id, or else one that nothing in a document has."""
    taken = {thing["id"] for thing, _ in _objects(document, *THINGS)}
    return next(id for id in chain((wanted,), (f"{wanted[0]}{n}" for n in count(1))) if id not in taken)


def _put(draw: DrawFn, owner: Document, path: Path, field: Field, value: object) -> Change:
    """Put a value into a field; if the field holds many, replace one of them or add it at the end."""
    if not field.each:
        return (*path, field.name), value
    index = draw(st.integers(0, len(owner.setdefault(field.name, []))))
    return (*path, field.name, index), value


# --- Faults of values and keys ----------------------------------------------------------------------------------------


def replace(field: Field, wrong: SearchStrategy[Any], draw: DrawFn, document: Document) -> Change:
    """Put an invalid value in a field."""
    owner, path = _one_of(draw, document, field.model)
    return _put(draw, owner, path, field, draw(wrong))


def leave_out(field: Field, draw: DrawFn, document: Document) -> Change:
    """Leave out a required key."""
    _, path = _one_of(draw, document, field.model)
    return (*path, field.name), MISSING


def leave_out_bounds(draw: DrawFn, document: Document) -> Change:
    """Leave a quantity without any bound."""
    quantity, path = _one_of(draw, document, Quantity)
    return path, {key: value for key, value in quantity.items() if key not in {"minimum", "maximum"}}


def add_key(model: type[Any], draw: DrawFn, document: Document) -> Change:
    """Add an unknown key to an object: one that other objects have, or any."""
    _, path = _one_of(draw, document, model)
    known = {*keys(model), *DROPPED.get(model, ())}
    of_others = sorted({key for other in MODELS for key in keys(other)} - known)
    of_others += sorted({key for dropped in DROPPED.values() for key in dropped} - known)
    key = draw(st.sampled_from(of_others) | st.just("") | texts())
    key = f"{key}_" if key in known else key
    return (*path, key), draw(st.none() | st.booleans() | texts())


def repeat(field: Field, item: Rule, draw: DrawFn, document: Document) -> Change:
    """Repeat a value where values must be unique."""
    owner, path = _one_of(draw, document, field.model)
    elements = owner.setdefault(field.name, [])
    if not elements:
        target = ""
        if isinstance(item, Reference):  # the target is added, so that it has the right type and closes no cycle
            target = _add(draw, document, Statement if item.to == "statement" else Actor)["id"]
        elements += [draw(strategy) for strategy in values(item, st.just(target), instances)]
    first = draw(st.integers(0, len(elements) - 1))
    second = draw(st.integers(first + 1, len(elements)))
    return (*path, field.name, second), elements[first]


# --- Faults of references ---------------------------------------------------------------------------------------------


def repeat_id(model: type[Any], draw: DrawFn, document: Document) -> Change:
    """Give an actor or statement, which is added, an id that is used before it."""
    _one_of(draw, document, Actor)
    section = "actors" if model is Actor else "statements"
    before = [(thing, path) for thing, path in _objects(document, *THINGS) if path[0] in {"actors", section}]
    first, path = chosen(draw, before)
    _add(draw, document, model)
    added = document[section].pop()
    least = document[section].index(first) + 1 if path[0] == section else 0
    index = draw(st.integers(least, len(document[section])))
    document[section].insert(index, added)
    return (section, index, "id"), first["id"]


def refer_to_nothing(field: Field, draw: DrawFn, document: Document) -> Change:
    """Put an id that nothing has into a reference."""
    owner, path = _one_of(draw, document, field.model)
    return _put(draw, owner, path, field, _unused_id(document, draw(ids())))


def refer_to_another_type(field: Field, models: Sequence[type[Any]], draw: DrawFn, document: Document) -> Change:
    """Put the id of an object of some models into a reference that is not for these."""
    owner, path = _one_of(draw, document, field.model)
    return _put(draw, owner, path, field, _one_of(draw, document, *models)[0]["id"])


def refer_to_itself(field: Field, draw: DrawFn, document: Document) -> Change:
    """Put the id of the object itself into a reference."""
    owner, path = _one_of(draw, document, field.model)
    return _put(draw, owner, path, field, owner["id"])


def close_cycle(field: Field, draw: DrawFn, document: Document) -> Change:
    """Close a cycle of references by the last of them, at which the issue points."""
    owner, path = _one_of(draw, document, field.model)
    id, section = owner["id"], str(path[0])
    _, *sources = _reached(id, [(target, source) for source, target in _links(document, field.name)])
    if not sources:
        sources = [_add(draw, document, field.model, **{field.name: [id] if field.each else id})["id"]]
    source = chosen(draw, sources)
    links = _links(document, field.name)
    cycle = {*_reached(source, links)} & {*_reached(id, [(target, source) for source, target in links])} - {id}
    things = document[section]
    things.remove(owner)
    last = max(index for index, thing in enumerate(things) if thing["id"] in cycle)
    index = draw(st.integers(last + 1, len(things)))
    things.insert(index, owner)
    return _put(draw, owner, (section, index), field, source)


def _links(document: Document, name: str) -> list[tuple[str, str]]:
    """Return the ids of source and target of the references in a field, one or many."""
    links: list[tuple[str, str]] = []
    for thing, _ in _objects(document, *THINGS):
        value = thing.get(name, [])
        links += [(thing["id"], target) for target in ([value] if isinstance(value, str) else value)]
    return links


def _reached(id: str, steps: Sequence[tuple[str, str]]) -> list[str]:
    """Return an id, and all that can be reached from it."""
    found = [id]
    for reached in found:
        found += [target for source, target in steps if source == reached and target not in found]
    return found


# --- Faults of order --------------------------------------------------------------------------------------------------


def swap_bounds(draw: DrawFn, document: Document) -> Change:
    """Put the maximum of a quantity below its minimum."""
    quantity, path = _one_of(draw, document, Quantity)
    maximum = draw(st.integers(0, LARGEST_NUMBER - 1))
    return path, quantity | {"minimum": draw(st.integers(maximum + 1, LARGEST_NUMBER)), "maximum": maximum}


def swap_event(model: type[Any], draw: DrawFn, document: Document) -> Change:
    """Let an event end before it begins, with dates precise to the day, or less if they stay apart."""
    statement, path = _one_of(draw, document, model)
    end = draw(st.dates(max_value=datetime.date.max - datetime.timedelta(days=1)))
    begin = draw(st.dates(min_value=end + datetime.timedelta(days=1)))
    begins, ends = (
        [PartialDate.of(day), PartialDate(day.year, day.month), PartialDate(day.year)] for day in (begin, end)
    )
    apart = [(late, early) for late in begins for early in ends if early.latest < late.earliest]
    begins_late, ends_early = map(str, chosen(draw, apart))
    return path, statement | {"event_date": begins_late, "event_end": ends_early}


def swap_ends(draw: DrawFn, document: Document) -> Change:
    """Let a span end where it starts, or before."""
    span, path = _one_of(draw, document, Span)
    start = draw(st.integers(0, LARGEST_NUMBER))
    return path, span | {"start": start, "end": draw(st.integers(0, start))}


def repeat_span(draw: DrawFn, document: Document) -> Change:
    """Repeat a passage after itself, where only later ones are allowed."""
    span, (*path, first) = _one_of(draw, document, Span)
    statement = document["statements"][path[1]]
    return (*path, draw(st.integers(int(first) + 1, len(statement["spans"])))), span


def leave_text(draw: DrawFn, document: Document) -> Change:
    """Replace a span by one of another text than the attached one, or outside of it."""
    if "text" not in document:
        for statement, _ in _objects(document, *STATEMENT_TYPES):
            statement.pop("spans", None)  # they may not fit the added text
        document["text"] = draw(texts())
    there, is_new = _objects(document, Span), draw(st.booleans())
    if there and not is_new:
        span, path = chosen(draw, there)
        return path, span | {"fingerprint": _UNFIT}
    statement, path = _one_of(draw, document, *STATEMENT_TYPES)
    spans = statement.setdefault("spans", [])
    start = spans[-1]["end"] if spans else 0
    end = start + 1 + draw(st.integers(0, len(document["text"])))
    return (*path, "spans", len(spans)), {"start": start, "end": end, "fingerprint": _UNFIT}
