"""Convert objects to JSON-ready builtins, by functions that are generated from the declarations of the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import takewhile
from typing import Any, Final, NamedTuple

from geoclaims._checks import Source
from geoclaims._dates import iso
from geoclaims._json.format import MODELS, head_of
from geoclaims._rules import Choice, Date, Definition, Flag, Many, Nested, Rule, Whole, definitions

Hooks = Mapping[type[Any], Callable[[Any], Any]]
"""Functions that write a type instead of geoclaims: the hooks that a user has registered on a converter."""

Writers = Mapping[type[Any], Callable[[Any], Any]]

_BUILTINS: Final[Mapping[type[Any], type[Any]]] = {Flag: bool, Whole: int}


class _Target(NamedTuple):
    """What the function that is being generated refers to, and how it writes arrays."""

    source: Source
    parts: Writers
    hooks: Hooks
    tuples: bool
    """Whether arrays stay tuples, which every JSON writer takes; otherwise they become lists."""


def writers(hooks: Hooks, *, tuples: bool = False) -> Writers:
    """Make the functions that write each model, with a user's hooks for nested types."""
    made: dict[type[Any], Callable[[Any], Any]] = {}
    for model in reversed(MODELS):  # parts come after the models that hold them
        source = Source(f"write {model.__name__}", "instance")
        made[model] = _writer(model, _Target(source, {**made, **hooks}, hooks, tuples))
    return made


@cache
def own_writers() -> Writers:
    """Make the functions that write each model, once."""
    return writers({})


@cache
def own_writers_of_text() -> Writers:
    """Make the functions that write each model for a JSON writer, once: without the time that copying tuples takes."""
    return writers({}, tuples=True)


def _writer(model: type[Any], target: _Target) -> Callable[[Any], dict[str, Any]]:
    fields = list(definitions(model).values())
    leading = list(takewhile(lambda field: field.required, fields))
    head = head_of(model)
    members = [f"{head[0]!r}: {head[1]!r}"] if head else []
    members += [f"{field.name!r}: {_written(field.rule, f'instance.{field.name}', target)}" for field in leading]
    lines = [f"document = {{{', '.join(members)}}}"]
    for field in fields[len(leading) :]:
        lines += _member(field, target)
    return target.source.function([*lines, "return document"])


def _member(field: Definition, target: _Target) -> Iterator[str]:
    """Write a field, unless it is at its default. Defaults are singletons, so they are compared by identity."""
    written = f"document[{field.name!r}] = {_written(field.rule, 'value', target)}"
    yield f"value = instance.{field.name}"
    if field.required:
        yield written
    elif field.default in ((), False):  # all other values are true
        yield f"if value: {written}"
    else:
        yield f"if value is not {target.source.named(field.default, 'default')}: {written}"


def _written(rule: Rule, value: str, target: _Target) -> str:
    """Return the expression for the JSON form of a value."""
    source, parts, hooks, tuples = target
    match rule:
        case Many(Nested((model,))):
            return f"[{source.named(parts[model], model.__name__)}(item) for item in {value}]"
        case Many(Nested(models)):
            by_type = source.named({model: parts[model] for model in models}, "by_type")
            return f"[{by_type}[type(item)](item) for item in {value}]"
        case Many(item) if str in hooks:
            return f"[{_written(item, 'item', target)} for item in {value}]"
        case Many():
            return value if tuples else f"[*{value}]"
        case Choice(type_) | Date(type_) if type_ in hooks:
            return f"{source.named(hooks[type_], 'hook')}({value})"
        case Choice():
            return f"{value}._value_"
        case Date():
            return f"{source.named(_date, 'date')}({value}.year, {value}.month, {value}.day)"
        case _:
            builtin = _BUILTINS.get(type(rule), str)
            return f"{source.named(hooks[builtin], 'hook')}({value})" if builtin in hooks else value


# The number of cached dates: the days of 22 years, in about a megabyte.
_date = lru_cache(maxsize=8_192)(iso)
