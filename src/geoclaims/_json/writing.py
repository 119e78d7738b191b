"""Convert objects to JSON-ready builtins, by functions that are generated from the declarations of the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import takewhile
from typing import Any, Final

from geoclaims._checking import Source
from geoclaims._json.format import MODELS, head_of
from geoclaims._rules import Choice, Date, Definition, Flag, Many, Nested, Rule, Whole, definitions
from geoclaims._values.dates import iso

Hooks = Mapping[type[Any], Callable[[Any], Any]]
"""Functions that write a type instead of geoclaims: the hooks that a user has registered on a converter."""

Writers = Mapping[type[Any], Callable[[Any], Any]]

_BUILTINS: Final[Mapping[type[Any], type[Any]]] = {Flag: bool, Whole: int}


def writers(hooks: Hooks) -> Writers:
    """Make the functions that write each model, with a user's hooks for nested types."""
    made: dict[type[Any], Callable[[Any], Any]] = {}
    for model in reversed(MODELS):  # parts come after the models that hold them
        made[model] = _writer(model, {**made, **hooks}, hooks)
    return made


@cache
def own_writers() -> Writers:
    """Make the functions that write each model, once."""
    return writers({})


def _writer(model: type[Any], parts: Writers, hooks: Hooks) -> Callable[[Any], dict[str, Any]]:
    source = Source(f"write {model.__name__}", "instance")
    fields = list(definitions(model).values())
    leading = list(takewhile(lambda field: field.required, fields))
    head = head_of(model)
    members = [f"{head[0]!r}: {head[1]!r}"] if head else []
    values = [_written(field.rule, f"instance.{field.name}", source, parts, hooks) for field in leading]
    members += [f"{field.name!r}: {value}" for field, value in zip(leading, values, strict=True)]
    lines = [f"document = {{{', '.join(members)}}}"]
    for field in fields[len(leading) :]:
        lines += _member(field, source, parts, hooks)
    return source.function([*lines, "return document"])


def _member(field: Definition, source: Source, parts: Writers, hooks: Hooks) -> Iterator[str]:
    """Write a field, unless it is at its default. Defaults are singletons, so they are compared by identity."""
    written = f"document[{field.name!r}] = {_written(field.rule, 'value', source, parts, hooks)}"
    yield f"value = instance.{field.name}"
    yield written if field.required else f"if value is not {source.named(field.default, 'default')}: {written}"


def _written(rule: Rule, value: str, source: Source, parts: Writers, hooks: Hooks) -> str:
    """Return the expression for the JSON form of a value."""
    match rule:
        case Many(Nested((model,))):
            return f"[{source.named(parts[model], model.__name__)}(item) for item in {value}]"
        case Many(Nested(models)):
            by_type = source.named({model: parts[model] for model in models}, "by_type")
            return f"[{by_type}[type(item)](item) for item in {value}]"
        case Many(item) if str in hooks:
            return f"[{_written(item, 'item', source, parts, hooks)} for item in {value}]"
        case Many():
            return f"[*{value}]"
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
