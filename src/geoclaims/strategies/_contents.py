"""Find objects in a document, and add one if there is none of a model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count
from typing import TYPE_CHECKING, Any, Final, TypeVar

from hypothesis import strategies as st

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._errors import Path
from geoclaims._json.format import tag_of
from geoclaims._rules import Many, definitions, references_of
from geoclaims._spans import Span
from geoclaims._statements import Quantity, Statement

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

T = TypeVar("T")
Document = dict[str, Any]

UNFIT: Final = "1:1:0000000000000000"
"""A fingerprint that no text has: no single character has a hash that begins like this."""

_PARTS: Final = {Quantity: "quantities", Span: "spans"}


def chosen(draw: DrawFn, options: Sequence[T]) -> T:
    """Draw one of some options; examples shrink towards the first."""
    return options[draw(st.integers(0, len(options) - 1))]


def all_of(document: Document, model: type[Any]) -> list[tuple[Document, Path]]:
    """Return all objects of a model in a document, with their paths."""
    if model is Article:
        return [(document, ())]
    if model is Actor:
        return [(actor, ("actors", index)) for index, actor in enumerate(document.get("actors", ()))]
    if issubclass(model, Statement):
        return [(statement, path) for statement, path in statements_in(document) if statement["type"] == tag_of(model)]
    name = _PARTS[model]
    return [
        (part, (*path, name, index))
        for statement, path in statements_in(document)
        for index, part in enumerate(statement.get(name, ()))
    ]


def statements_in(document: Document) -> list[tuple[Document, Path]]:
    """Return all statements in a document, of all three types, with their paths."""
    return [(statement, ("statements", index)) for index, statement in enumerate(document.get("statements", ()))]


def things_in(document: Document) -> list[tuple[Document, Path]]:
    """Return all objects with an id that others can refer to."""
    return all_of(document, Actor) + statements_in(document)


def one_of(draw: DrawFn, document: Document, model: type[Any]) -> tuple[Document, Path]:
    """Draw one object of a model in a document, which is added if there is none."""
    if not all_of(document, model):
        add(draw, document, model)
    return chosen(draw, all_of(document, model))


def any_statement(draw: DrawFn, document: Document) -> tuple[Document, Path]:
    """Draw one statement in a document, of any type, which is added if there is none."""
    if not statements_in(document):
        add(draw, document, Statement)
    return chosen(draw, statements_in(document))


def add(draw: DrawFn, document: Document, model: type[Any], **given: Any) -> Document:
    """Add the smallest object of a model, with some given fields, after all others."""
    if model is Actor:
        added = {"id": unused_id(document, "a1"), "name": "0", **given}
        document.setdefault("actors", []).append(added)
        return added
    if issubclass(model, Statement):
        speaker = one_of(draw, document, Actor)[0]["id"]
        own: Document = {}
        for name, rule in references_of(model).items():
            if definitions(model)[name].required and name != "speaker" and name not in given:
                target = add(draw, document, Statement)["id"] if rule.to == "statement" else speaker
                own[name] = [target] if isinstance(definitions(model)[name].rule, Many) else target
        id = unused_id(document, "s1")
        added = {"type": tag_of(model), "id": id, "speaker": speaker, "content": "0", **own, **given}
        document.setdefault("statements", []).append(added)
        return added
    if model is Span:
        document.pop("text", None)  # not needed without spans; then the new one need not fit it
    added = {"minimum": 0, "unit": "0"} if model is Quantity else {"start": 0, "end": 1, "fingerprint": UNFIT}
    statement, _ = any_statement(draw, document)
    statement.setdefault(_PARTS[model], []).append(added)
    return added


def unused_id(document: Document, wanted: str) -> str:
    """Return the wanted id, or else one that nothing in a document has."""
    taken = {thing["id"] for thing, _ in things_in(document)}
    return next(id for id in chain((wanted,), (f"{wanted[0]}{n}" for n in count(1))) if id not in taken)
