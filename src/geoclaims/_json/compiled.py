"""The fast path of reading: functions compiled from the definitions of the fields.

It knows only yes and perhaps: whatever it does not accept, or cannot take at all, goes to the plain path, which alone
decides and alone writes the errors. So it may only accept what the plain path accepts, with an equal result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final

from geoclaims._json.heads import head_of, tag_of
from geoclaims._models.actors import Actor
from geoclaims._models.articles import Article, references_and_spans_fit
from geoclaims._models.references import ends
from geoclaims._models.statements import STATEMENT_TYPES, Statement
from geoclaims._rules.compiling import Scope, accepting, accepting_text
from geoclaims._rules.rules import (
    DATE_PATTERN,
    IDENTIFIER,
    Choice,
    Country,
    Date,
    Definition,
    Form,
    Many,
    Nested,
    Reference,
    Rule,
    Text,
    definitions,
    once_for_each_model,
    together,
)
from geoclaims._values.dates import PartialDate

Seen = Callable[[dict[Any, Any]], object]
"""Told of each object before it is read, to look at its keys."""

_POOLS: Final = {"actor": "actors", "statement": "statements", "actor or statement": "either"}


class NotAcceptedError(ValueError):
    """The fast path does not take this; what it is worth is for the plain path to say."""


class _AnyIdentifier(dict[str, str]):
    """Holds every well-formed id: what references are looked up in where no article says what they may lead to."""

    def __missing__(self, key: str) -> str:
        if re.fullmatch(IDENTIFIER.pattern, key):
            return key
        raise NotAcceptedError


def read_quickly(model: type[Any], data: Any, seen: Seen, *, clean: bool) -> Any:
    """The object that builtins stand for.

    Args:
        model: Any of the models; `Statement` reads all three kinds.
        data: What a JSON text stands for: objects of exactly the builtin types.
        seen: Told of each object; refuses it by raising anything.
        clean: Whether no text in the data is known to have a control character or surrogate.

    Raises:
        Exception: Of whatever type, where the data is not plainly right.
    """
    if type(data) is not dict:
        raise NotAcceptedError
    if model is Article:
        return _read_article(data, seen, clean)
    anyone = _AnyIdentifier()
    reader = _statement_readers()[data["type"]] if model is Statement else compiled_reader(model)
    return reader(data, seen, clean, anyone, anyone, anyone)


def _read_article(data: dict[Any, Any], seen: Seen, clean: bool) -> Article:  # noqa: FBT001 - as the compiled ones
    actors = _identifiers(data.get("actors", []))
    statements = _identifiers(data.get("statements", []))
    either = {**actors, **statements}
    article: Article = compiled_reader(Article)(data, seen, clean, actors, statements, either)
    if len(either) != len(article.actors) + len(article.statements):
        raise NotAcceptedError
    if article.text is not None and not references_and_spans_fit(article.actors, article.statements, article.text):
        raise NotAcceptedError
    if not ends(article.actors, article.statements):
        raise NotAcceptedError
    return article


def _identifiers(things: Any) -> dict[str, str]:
    """The ids of actors or statements; each stands for itself, so that all references are one string in memory."""
    ids = [thing["id"] for thing in things]
    lines = "\n".join(ids)
    # a line feed within an id would make two of one
    if ids and (lines.count("\n") >= len(ids) or not _lines_of_identifiers()(lines)):
        raise NotAcceptedError
    return dict(zip(ids, ids, strict=True))


@cache
def _lines_of_identifiers() -> Callable[[str], object]:
    """What matches ids, one a line: at once in half the time that one by one takes."""
    return re.compile(rf"{IDENTIFIER.pattern}(?:\n{IDENTIFIER.pattern})*+").fullmatch


@once_for_each_model
def compiled_reader(model: type[Any]) -> Callable[..., Any]:
    """The function that reads a model from builtins, told of the ids that references may lead to."""
    scope = Scope(
        {
            "NotAcceptedError": NotAcceptedError,
            "model": model,
            "new": object.__new__,
            "get_statement": _statement_readers,
        }
    )
    lines = [
        "def compiled(data, seen, clean, actors, statements, either):",
        "    seen(data)",
        *(f"    {line}" for line in _head(model)),
        "    instance = new(model)",
    ]
    fields = definitions(model)
    required = sum(definition.required for definition in fields.values()) + (head_of(model) is not None)
    lines.append(f"    known = {required}")
    for definition in fields.values():
        setter = scope.named(getattr(model, definition.name).__set__)
        lines += [f"    {line}" for line in _field(model, definition, scope)]
        lines.append(f"    {setter}(instance, {definition.name}_)")
    lines.append("    if known != len(data): raise NotAcceptedError")
    if model is not Article:  # whose references are looked up as they are read
        joint = together(model)
        values = ", ".join(f"{name}_" for name in joint.fields)
        lines.append(f"    if not {scope.named(joint.fit)}({values}): raise NotAcceptedError")
    lines.append("    return instance")
    return scope.function(lines)


def _head(model: Any) -> Iterator[str]:
    if (head := head_of(model)) is not None:
        key, expected = head
        yield f"if data[{key!r}] != {expected!r}: raise NotAcceptedError"


def _field(model: Any, definition: Definition, scope: Scope) -> Iterator[str]:
    """The lines that leave the value of a field in a variable of its name."""
    name, value = definition.name, f"{definition.name}_"
    rule = Reference(_kind(model)) if name == "id" and model is not Article else definition.rule
    reading = _reading(rule, value, scope)
    if definition.required:
        yield f"{value} = data[{name!r}]"
        yield from reading
        return
    yield f"if {name!r} in data:"
    yield "    known += 1"
    yield f"    {value} = data[{name!r}]"
    if definition.optional:
        yield f"    if {value} is not None:"
        yield from (f"        {line}" for line in reading)
    else:
        yield from (f"    {line}" for line in reading)
    yield f"else: {value} = {scope.named(definition.default)}"


def _kind(model: Any) -> Any:
    """The pool that holds the ids of a model: an id is looked up like a reference, among those found beforehand."""
    return "actor" if model is Actor else "statement"


def _reading(rule: Rule, value: str, scope: Scope) -> Iterator[str]:
    """The lines that turn JSON's value in a variable into the object's, or refuse it."""
    match rule:
        case Many(item, unique, least):
            yield f"if type({value}) is not list: raise NotAcceptedError"
            yield from _reading_many(item, value, scope)
            if unique:
                yield f"if len({value}) > 1 and len(set({value})) != len({value}): raise NotAcceptedError"
            if least:
                yield f"if len({value}) < {least}: raise NotAcceptedError"
        case Choice(enum):
            members = scope.named({str(member): member for member in enum})
            yield f"{value} = {members}[{value}]"
        case Date():
            yield f"{value} = {scope.named(_date)}({value})"
        case Reference(to):
            yield f"{value} = {_POOLS[to]}[{value}]"
        case Text() | Form() | Country():
            yield f"if not ({accepting_text(rule, value, scope, clean='clean')}): raise NotAcceptedError"
        case _:
            yield f"if not ({accepting(rule, value, scope)}): raise NotAcceptedError"


def _reading_many(item: Text | Form | Reference | Nested, value: str, scope: Scope) -> Iterator[str]:
    arguments = "item, seen, clean, actors, statements, either"
    match item:
        case Nested((model,)):
            yield f"{value} = tuple([{scope.named(compiled_reader(model))}({arguments}) for item in {value}])"
        case Nested():
            yield "readers = get_statement()"
            yield f"{value} = tuple([readers[item['type']]({arguments}) for item in {value}])"
        case Reference(to):
            yield f"{value} = tuple([{_POOLS[to]}[item] for item in {value}])"
        case _:
            fits = accepting_text(item, "item", scope, clean="clean")
            yield f"if not all([{fits} for item in {value}]): raise NotAcceptedError"
            yield f"{value} = tuple({value})"


@cache
def _statement_readers() -> Mapping[str, Callable[..., Any]]:
    return {tag_of(model): compiled_reader(model) for model in STATEMENT_TYPES}


@lru_cache(maxsize=1024)
def _date(text: str) -> PartialDate:
    if not re.fullmatch(DATE_PATTERN, text):
        raise NotAcceptedError
    return PartialDate(*map(int, text.split("-")))
