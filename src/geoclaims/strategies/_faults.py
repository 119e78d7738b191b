"""Make the faults of invalid documents, by the code of the issue that follows.

A fault is a function that adds to a valid document what it needs, so that it can be made in every document, and returns
the one change that makes the document invalid.
"""

from __future__ import annotations

import copy
import datetime
import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain, count
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._errors import Path
from geoclaims._json.format import DROPPED, OF_ARTICLES, head_of, tag_of
from geoclaims._rules import rules
from geoclaims._rules.fields import definitions
from geoclaims._rules.patterns import SPACES
from geoclaims._rules.rules import LARGEST_NUMBER, Form, Many, Reference, Rule, Text, Whole
from geoclaims._spans import Span
from geoclaims._statements import STATEMENT_TYPES, Allegation, Denial, Quantity, Statement
from geoclaims.strategies._fields import concatenated, forbidden, ids, is_allowed, texts, texts_under, values

T = TypeVar("T")
Document = dict[str, Any]
Fault = Callable[[DrawFn, Document], tuple[Path, Any]]
"""A function that returns the path of one place in a document, and the value that is to be there, or `MISSING`."""
Value = Callable[[DrawFn, Document, Document], Any]
"""A function that returns the wrong value for an object of a document."""

CODES: Final = (
    *("version", "missing", "unknown_key", "type", "tag", "enum", "empty", "id", "text", "url", "country", "language"),
    *("date", "range", "duplicate_id", "duplicate", "dangling_ref", "wrong_ref", "self_ref", "cycle", "span"),
)
# A text that ends in a space is invalid for every string with a pattern.
_MISTAKES: Final[Mapping[str, Sequence[str]]] = {
    "version": ("1", "1.1", "2.0", "0.9", "1.0.0", "v1.0", "latest"),
    "tag": ("Denial", "claim", "statements"),
    "enum": ("Person", "OUTRIGHT", "other", "none"),
    "id": ("-", "a b", "a/b", "é", "#a", "a" * 101, "a\n"),
    "url": ("a", "a.example", "//a.example", "http:", "http:///", "ftp://a.example", "mailto:a@a.example", "http://["),
    "country": ("DE", "deu", "XXX", "EUR", "Kosovo"),
    "language": ("e", "en_US", "en-", "-en", "en--US", "Ukrainian", "en; uk"),
    "date": ("0000", "25", "2025-4", "2025-00", "2025-13", "2025-02-29", "2025-04-31", "20250409", "2025-04-09T00:00Z"),
    "span": ("1", "1:1", "1:0:e3b0c44298fc1c14", "2:1:5feceb66ffc86f38", "1:01:5feceb66ffc86f38", "1:1:5FECEB"),
}
_CODE_OF: Final[Mapping[type[Any], str]] = {
    rules.Choice: "enum",
    rules.Country: "country",
    rules.Date: "date",
    Reference: "id",
}
# The version and the type are strings with a pattern too, but are not declared as fields.
_HEADS: Final = {"schema_version": Form("version", "", ""), "type": Form("tag", "", "")}
_THINGS: Final[tuple[type[Any], ...]] = (Actor, *STATEMENT_TYPES)
_TYPES: Final = {tag_of(model): model for model in STATEMENT_TYPES}
_PARTS: Final = {"quantities": Quantity, "spans": Span}
# A fingerprint that no text has: no single character has a hash that begins like this.
_UNFIT: Final = {"fingerprint": "1:1:0000000000000000"}


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


@cache
def faults() -> Mapping[str, Sequence[Fault]]:
    """Return all faults, by the code of the issue that follows."""
    by_code: dict[str, list[Fault]] = {code: [] for code in CODES}
    for model in OF_ARTICLES:
        by_code["unknown_key"].append(partial(_add_key, model, _unknown_keys(model)))
        for name, rule in _keys(model).items():
            for code, fault in _faults_of(model, name, rule):
                by_code[code].append(fault)
    by_code["duplicate_id"] += [partial(_repeat_id, model) for model in _THINGS]
    by_code["missing"].append(partial(_put, Quantity, None, _without_bounds))
    by_code["range"] += [partial(_put, model, None, _with_event_that_ends_early) for model in STATEMENT_TYPES]
    by_code["range"] += [partial(_put, Quantity, None, _with_swapped_bounds)]
    by_code["range"] += [partial(_put, Span, None, _without_length)]
    by_code["span"] += [_repeat_span, _leave_text]
    return by_code


def _keys(model: type[Any]) -> dict[str, Rule]:
    """Return the keys of a model in JSON with their rules: its version or type, and its fields."""
    head = head_of(model)
    first: dict[str, Rule] = {head[0]: _HEADS[head[0]]} if head else {}
    return first | {name: definition.rule for name, definition in definitions(model).items()}


def _faults_of(model: type[Any], name: str, rule: Rule) -> Iterator[tuple[str, Fault]]:
    """Yield all faults of a key of a model, each with the code of the issue that follows."""
    definition = definitions(model).get(name)
    if not definition or definition.required:
        yield "missing", partial(_put, model, name, lambda *_: MISSING)
    for code, wrong in _wrong(rule, optional=bool(definition and definition.optional)):
        yield code, partial(_put, model, name, _drawn_from(wrong))
    put: Callable[[Value], Fault] = partial(partial, _put, model, name, each=isinstance(rule, Many))
    if isinstance(rule, Many):
        for code, wrong in _wrong(rule.item, optional=False):
            yield code, put(_drawn_from(wrong))
        if rule.unique:
            yield "duplicate", partial(_repeat, model, name, rule.item)
        rule = rule.item
    if isinstance(rule, Reference):
        yield "dangling_ref", put(lambda draw, document, _: _unused_id(document, draw(ids())))
        if rule.to != "actor or statement":
            others = STATEMENT_TYPES if rule.to == "actor" else (Actor,)
            yield "wrong_ref", put(lambda draw, document, _: _one_of(draw, document, *others)[0]["id"])
        if not rule.itself:
            yield "self_ref", put(lambda _, __, owner: owner["id"])
        if rule.acyclic:
            yield "cycle", partial(_close_cycle, model, name)


# --- Wrong values -----------------------------------------------------------------------------------------------------


def _wrong(rule: Rule, *, optional: bool) -> Iterator[tuple[str, SearchStrategy[Any]]]:
    """Yield strategies of values that break a rule, each with the code of the issue that follows."""
    yield "type", _of_another_type(rule, optional=optional)
    if code := rule.code if isinstance(rule, Form) else _CODE_OF.get(type(rule)):
        yield code, st.sampled_from(("", *_MISTAKES[code])) | texts().map(lambda text: f"{text} ")
    if isinstance(rule, Text):
        around = st.just("") | texts_under(rule)
        yield "text", concatenated(around, st.sampled_from([*forbidden(rule), "\ud800"]), around)
        spaces = [chr(point) for first, last in SPACES for point in range(first, last + 1)]
        yield "empty", st.text([space for space in spaces if is_allowed(space, rule)], max_size=3)
    if isinstance(rule, Whole):
        yield "range", st.integers(max_value=-1) | st.integers(min_value=LARGEST_NUMBER + 1)
    if isinstance(rule, Many) and rule.least:
        yield "empty", st.builds(list)


def _of_another_type(rule: Rule, *, optional: bool) -> SearchStrategy[Any]:
    types: dict[type[Any], type[Any]] = {rules.Flag: bool, Whole: int, Many: list, rules.Nested: dict}
    right = types.get(type(rule), str)
    scalars = st.one_of(
        st.none(), texts(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans()
    )
    anything = scalars | st.lists(scalars, max_size=2) | st.dictionaries(texts(), scalars, max_size=2)
    return anything.filter(lambda value: type(value) is not right and (value is not None or not optional))


def _unknown_keys(model: type[Any]) -> SearchStrategy[str]:
    """Draw keys that a model does not have: those of other models, or any."""
    known, *of_others = ({*_keys(each), *DROPPED.get(each, ())} for each in (model, *OF_ARTICLES))
    others = sorted(set().union(*of_others) - known)
    return st.one_of(st.sampled_from(others), st.just(""), texts()).filter(lambda key: key not in known)


def _drawn_from(strategy: SearchStrategy[Any]) -> Value:
    return lambda draw, *_: draw(strategy)


def _without_bounds(_: DrawFn, __: Document, quantity: Document) -> Document:
    return {key: value for key, value in quantity.items() if key not in {"minimum", "maximum"}}


def _with_swapped_bounds(draw: DrawFn, _: Document, quantity: Document) -> Document:
    maximum = draw(st.integers(0, LARGEST_NUMBER - 1))
    return quantity | {"minimum": draw(st.integers(maximum + 1, LARGEST_NUMBER)), "maximum": maximum}


def _without_length(draw: DrawFn, _: Document, span: Document) -> Document:
    """Let a span end where it starts, or before."""
    start = draw(st.integers(0, LARGEST_NUMBER))
    return span | {"start": start, "end": draw(st.integers(0, start))}


def _with_event_that_ends_early(draw: DrawFn, _: Document, statement: Document) -> Document:
    """Let an event end before it begins, with dates precise to the day, or less if they stay apart."""
    early = draw(st.dates(max_value=datetime.date.max - datetime.timedelta(days=1)))
    late = draw(st.dates(min_value=early + datetime.timedelta(days=1)))
    dates = [(str(late)[:first], str(early)[:last]) for first in (10, 7, 4) for last in (10, 7, 4)]
    begin, end = chosen(draw, [(begin, end) for begin, end in dates if begin[: len(end)] > end[: len(begin)]])
    return statement | {"event_date": begin, "event_end": end}


# --- What a document holds --------------------------------------------------------------------------------------------


def chosen(draw: DrawFn, options: Sequence[T]) -> T:
    """Draw one of some options; examples shrink towards the first."""
    return options[draw(st.integers(0, len(options) - 1))]


def _objects(document: Document, *models: type[Any]) -> list[tuple[Document, Path]]:
    """List the objects of some models in a document, with their paths."""
    found: list[tuple[Document, Path, type[Any]]] = [(document, (), Article)]
    for section in ("actors", "statements"):
        for index, thing in enumerate(document.get(section, ())):
            found.append((thing, (section, index), _TYPES.get(thing.get("type"), Actor)))
    for thing, path, _ in found[1:]:
        for name, model in _PARTS.items():
            found += [(part, (*path, name, index), model) for index, part in enumerate(thing.get(name, ()))]
    return [(thing, path) for thing, path, model in found if model in models]


def _one_of(draw: DrawFn, document: Document, *models: type[Any]) -> tuple[Document, Path]:
    """Draw one object of some models in a document; one of the first model is added if there is none."""
    if not _objects(document, *models):
        _add(draw, document, models[0])
    return chosen(draw, _objects(document, *models))


def _add(draw: DrawFn, document: Document, model: type[Any]) -> Document:
    """Add the smallest object of a model, after all others."""
    added: Document
    owner, name = document, "actors" if model is Actor else "statements"
    if model is Actor:
        added = {"id": _unused_id(document, "a1"), "name": "0"}
    elif model in STATEMENT_TYPES:
        speaker = _one_of(draw, document, Actor)[0]["id"]
        added = {"type": tag_of(model), "speaker": speaker, "content": "0"}
        if model is Allegation:
            added["accused"] = [speaker]
        if model is Denial:
            added["denies"] = [_add(draw, document, Statement)["id"]]
        added["id"] = _unused_id(document, "s1")
    else:
        owner, _ = _one_of(draw, document, *STATEMENT_TYPES)
        name, added = "quantities", {"minimum": 0, "unit": "0"}
        if model is Span:
            document.pop("text", None)  # not needed without spans; then the new one need not fit it
            name, added = "spans", {"start": 0, "end": 1, **_UNFIT}
    owner.setdefault(name, []).append(added)
    return added


def _unused_id(document: Document, wanted: str) -> str:
    """Return the wanted id, or else one that nothing in a document has."""
    taken = {thing["id"] for thing, _ in _objects(document, *_THINGS)}
    return next(id for id in chain((wanted,), (f"{wanted[0]}{n}" for n in count(1))) if id not in taken)


# --- Faults -----------------------------------------------------------------------------------------------------------


def _put(
    model: type[Any], name: str | None, value: Value, draw: DrawFn, document: Document, *, each: bool = False
) -> tuple[Path, Any]:
    """Put a value in the place of an object, or into a field of it: as a whole, or among its elements."""
    owner, path = _one_of(draw, document, model)
    new = value(draw, document, owner)
    if name is None:
        return path, new
    return ((*path, name, draw(st.integers(0, len(owner.setdefault(name, []))))) if each else (*path, name)), new


def _add_key(model: type[Any], unknown: SearchStrategy[str], draw: DrawFn, document: Document) -> tuple[Path, Any]:
    """Add an unknown key to an object."""
    _, path = _one_of(draw, document, model)
    return (*path, draw(unknown)), draw(st.none() | st.booleans() | texts())


def _repeat(model: type[Any], name: str, item: Rule, draw: DrawFn, document: Document) -> tuple[Path, Any]:
    """Repeat a value where values must be unique."""
    owner, path = _one_of(draw, document, model)
    elements = owner.setdefault(name, [])
    if not elements:
        target = ""
        if isinstance(item, Reference):  # the target is added, so that it has the right type and closes no cycle
            target = _add(draw, document, Statement if item.to == "statement" else Actor)["id"]
        elements.append(draw(values(item, st.just(target), {})))
    first = draw(st.integers(0, len(elements) - 1))
    second = draw(st.integers(first + 1, len(elements)))
    return (*path, name, second), elements[first]


def _repeat_id(model: type[Any], draw: DrawFn, document: Document) -> tuple[Path, Any]:
    """Give an actor or statement, which is added, an id that is used before it."""
    _one_of(draw, document, Actor)
    section = "actors" if model is Actor else "statements"
    repeated = chosen(draw, _objects(document, *([Actor] if model is Actor else _THINGS)))[0]["id"]
    _add(draw, document, model)
    return (section, len(document[section]) - 1, "id"), repeated


def _close_cycle(model: type[Any], name: str, draw: DrawFn, document: Document) -> tuple[Path, Any]:
    """Close a cycle of references by the last of them, at which the issue points."""
    owner, path = _one_of(draw, document, model)
    sources = [owner["id"]]
    for id in sources:
        for thing, _ in _objects(document, *_THINGS):
            targets = thing.get(name, [])
            if id in ([targets] if isinstance(targets, str) else targets) and thing["id"] not in sources:
                sources.append(thing["id"])
    # The last object of the cycle is a copy of its owner, to which nothing else refers.
    last = copy.deepcopy(owner) | {"id": _unused_id(document, owner["id"])}
    section = document[str(path[0])]
    section.append(last)
    source = chosen(draw, sources)
    if name == "on_behalf_of":
        owner[name] = last["id"]
        return (path[0], len(section) - 1, name), source
    owner[name] = [last["id"]]
    return (path[0], len(section) - 1, name, draw(st.integers(0, len(last.setdefault(name, []))))), source


def _repeat_span(draw: DrawFn, document: Document) -> tuple[Path, Any]:
    """Repeat a passage after itself, where only later ones are allowed."""
    span, (*path, first) = _one_of(draw, document, Span)
    statement = document["statements"][path[1]]
    return (*path, draw(st.integers(int(first) + 1, len(statement["spans"])))), span


def _leave_text(draw: DrawFn, document: Document) -> tuple[Path, Any]:
    """Replace a span by one of another text than the attached one, or add one."""
    if "text" not in document:
        for statement, _ in _objects(document, *STATEMENT_TYPES):
            statement.pop("spans", None)  # they may not fit the added text
        document["text"] = draw(texts())
    statement, path = _one_of(draw, document, *STATEMENT_TYPES)
    spans = statement.setdefault("spans", [])
    index = draw(st.integers(0, len(spans)))
    start = spans[-1]["end"] if spans else 0
    added = {"start": start, "end": start + 1 + draw(st.integers(0, len(document["text"])))}
    return (*path, "spans", index), [*spans, added][index] | _UNFIT
