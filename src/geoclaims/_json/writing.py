"""The plain path of writing: from models to builtins that JSON can hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geoclaims._json.heads import head_of
from geoclaims._rules.model import Model
from geoclaims._rules.rules import (
    Choice,
    Date,
    Many,
    Nested,
    Rule,
    definitions,
)

Hooks = Mapping[type[Any], Callable[[Any], Any]]
"""What writes a type in place of geoclaims: the hooks that a user has registered on a converter."""


def write(instance: Model, hooks: Hooks) -> dict[str, Any]:
    """The builtins that stand for an object: what names its type or version, then the fields not at their defaults."""
    model = type(instance)
    head = head_of(model)
    document: dict[str, Any] = {} if head is None else dict((head,))
    for name, definition in definitions(model).items():
        value = getattr(instance, name)
        if definition.required or value != definition.default:
            document[name] = None if value is None else _write(definition.rule, value, hooks)
    return document


def _write(rule: Rule, value: Any, hooks: Hooks) -> Any:
    match rule:
        case Many(item):
            return [_write(item, element, hooks) for element in value]
        case Nested():
            hook = hooks.get(type(value))
            return write(value, hooks) if hook is None else hook(value)
        case Date() | Choice():
            return hooks.get(type(value), str)(value)
        case _:
            hook = hooks.get(type(value))
            return value if hook is None else hook(value)
