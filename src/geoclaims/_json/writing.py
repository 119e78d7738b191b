"""Convert objects to JSON-ready builtins and to JSON text, by functions generated from the declarations of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import takewhile
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from geoclaims._json.format import MODELS, head_of
from geoclaims._rules.fields import Definition, definitions
from geoclaims._rules.rules import Choice, Country, Date, Flag, Form, Many, Nested, Reference, Rule, Whole, encode
from geoclaims._rules.source import Source

Writers = Mapping[type[Any], Callable[[Any], dict[str, Any]]]


@cache
def writers(*, tuples: bool = False) -> Writers:
    """Make the functions that write each model, once.

    Args:
        tuples: Whether arrays stay tuples, which every JSON writer takes; copying them into lists takes time.
    """
    made: dict[type[Any], Callable[[Any], Any]] = {}
    for model in reversed(MODELS):  # parts come after the models that hold them
        made[model] = _writer(model, _Target(Source(f"write {model.__name__}", "instance"), made, tuples))
    return made


class _Target(NamedTuple):
    """The function that is being generated, the writers of parts, and whether arrays stay tuples."""

    source: Source
    parts: Writers
    tuples: bool


def _writer(model: type[Any], target: _Target) -> Callable[[Any], dict[str, Any]]:
    fields = list(definitions(model).values())
    leading = list(takewhile(lambda field: field.required, fields))
    head = head_of(model)
    members = [f"{head[0]!r}: {head[1]!r}"] if head else []
    members += [f"{field.name!r}: {_encoded(field.rule, f'instance.{field.name}', target)}" for field in leading]
    lines = [f"document = {{{', '.join(members)}}}"]
    for field in fields[len(leading) :]:
        lines += _member(field, target)
    return target.source.function([*lines, "return document"])


def _member(field: Definition, target: _Target) -> Iterator[str]:
    """Write a field, unless it is at its default. Defaults are singletons, so they are compared by identity."""
    written = f"document[{field.name!r}] = {_encoded(field.rule, 'value', target)}"
    yield f"value = instance.{field.name}"
    if field.required:
        yield written
    elif field.default in ((), False):  # all other values are true
        yield f"if value: {written}"
    else:
        yield f"if value is not {target.source.constant(field.default, 'default')}: {written}"


def _encoded(rule: Rule, value: str, target: _Target) -> str:
    """Return the expression for the JSON form of a value."""
    source, parts, tuples = target
    match rule:
        case Many(Nested((model,))):
            return f"[{source.constant(parts[model], model.__name__)}(item) for item in {value}]"
        case Many(Nested(models)):
            by_type = source.constant({model: parts[model] for model in models}, "by_type")
            return f"[{by_type}[type(item)](item) for item in {value}]"
        case Many():
            return value if tuples else f"[*{value}]"
        case _:
            return encode(rule, value, source)


@cache
def text_writers() -> Mapping[type[Any], Callable[[Any], str]]:
    """Make the functions that write each model as compact JSON text, once, as the standard library would write it.

    Each writes its object as one f-string, which takes two thirds of the time of dictionaries and `json.dumps`.
    """
    made: dict[type[Any], Callable[[Any], str]] = {}
    for model in reversed(MODELS):
        title = f"write {model.__name__} as text"
        source = Source(title, "instance", escaped=encode_basestring, comma=",", marks='","')
        members = [f',"{head[0]}":"{head[1]}"' for head in [head_of(model)] if head]
        lines: list[str] = []
        for field in definitions(model).values():
            value = f"{field.name}_"
            member = f',"{field.name}":{_as_text(field.rule, value, source, made)}'
            lines.append(f"{value} = instance.{field.name}")
            if not field.required:
                default = source.constant(field.default, "default")
                lines.append(f"{value} = '' if {value} is {default} else f'{member}'")
            members.append(member if field.required else f"{{{value}}}")
        lines += [f"members = f'{''.join(members)}'", "return f'{{{members[1:]}}}'"]
        made[model] = source.function(lines)
    return made


def _as_text(rule: Rule, value: str, source: Source, parts: Mapping[type[Any], Callable[[Any], str]]) -> str:
    """Return the part of an f-string for the JSON form of a value; its expressions have neither quotes nor backslashes.

    What a pattern or a table keeps from quotation marks and backslashes needs no escaping.
    """
    match rule:
        case Many(Nested(models)):
            by_type = source.constant({model: parts[model] for model in models}, "by_type")
            return f"[{{comma.join([{by_type}[type(item)](item) for item in {value}])}}]"
        case Many(Reference()):
            return f'["{{marks.join({value})}}"]'
        case Many():
            return f"[{{comma.join(map(escaped, {value}))}}]"
        case Flag():
            return f"{{repr({value}).lower()}}"
        case Whole():
            return f"{{{value}}}"
        case Choice() | Country() | Date() | Reference() | Form("id" | "language" | "span"):
            return f'"{{{encode(rule, value, source)}}}"'
        case _:
            return f"{{escaped({value})}}"
