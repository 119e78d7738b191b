"""The fast path of writing: functions compiled from the definitions of the fields, with the plain path's result."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import takewhile
from typing import Any

from geoclaims._json.heads import head_of
from geoclaims._rules.compiling import Scope
from geoclaims._rules.rules import Choice, Date, Definition, Many, Nested, Rule, definitions, once_for_each_model
from geoclaims._values.dates import PartialDate


@once_for_each_model
def compiled_writer(model: type[Any]) -> Callable[[Any], dict[str, Any]]:
    """The function that writes an object of a model as builtins."""
    scope = Scope()
    fields = list(definitions(model).values())
    leading = list(takewhile(lambda field: field.required, fields))
    members = [f"{field.name!r}: {_writing(field.rule, f'instance.{field.name}', scope)}" for field in leading]
    if (head := head_of(model)) is not None:
        members.insert(0, "{!r}: {!r}".format(*head))
    lines = ["def compiled(instance):", f"    document = {{{', '.join(members)}}}"]
    lines += [f"    {_member(field, scope)}" for field in fields[len(leading) :]]
    lines.append("    return document")
    return scope.function(lines)


def _member(field: Definition, scope: Scope) -> str:
    """The line that writes a field, unless it is at its default, in which case nothing is written."""
    written = f"document[{field.name!r}] = {_writing(field.rule, 'value', scope)}"
    if field.required:
        return f"value = instance.{field.name}; {written}"
    # all defaults are single objects; the only ones that equal them are they themselves
    return f"if (value := instance.{field.name}) is not {scope.named(field.default)}: {written}"


def _writing(rule: Rule, value: str, scope: Scope) -> str:
    """The expression for JSON's form of a value."""
    match rule:
        case Many(Nested((model,))):
            return f"[{scope.named(compiled_writer(model))}(item) for item in {value}]"
        case Many(Nested(models)):
            writers = scope.named({model: compiled_writer(model) for model in models})
            return f"[{writers}[type(item)](item) for item in {value}]"
        case Many():
            return f"list({value})"
        case Choice():
            return f"{value}._value_"
        case Date():
            return f"{scope.named(_date)}({value}.year, {value}.month, {value}.day)"
        case _:
            return value


@lru_cache(maxsize=1024)
def _date(year: int, month: int | None, day: int | None) -> str:
    return str(PartialDate(year, month, day))
