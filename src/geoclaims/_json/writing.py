"""Convert objects to JSON-ready builtins, by functions that are generated from the declarations of the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

from geoclaims._json.format import MODELS, head_of
from geoclaims._rules.fields import Definition, definitions
from geoclaims._rules.rules import Many, Nested, Rule, encode
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
