"""The quick check of objects, compiled from the definitions of their fields.

It knows only yes and perhaps: what it does not accept, the plain check looks at and explains. So it may only accept
what the plain check accepts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

import attrs

from geoclaims._rules.countries import country_codes
from geoclaims._rules.rules import (
    IDENTIFIER,
    LARGEST_NUMBER,
    Choice,
    Country,
    Date,
    Flag,
    Form,
    Nested,
    Reference,
    Rule,
    Text,
    Whole,
    definitions,
    once_for_each_model,
    together,
    unwanted,
)


@attrs.define
class Scope:
    """The values that a compiled function refers to, by the names that they have in it."""

    names: dict[str, Any] = attrs.field(factory=dict)
    _number: Iterable[int] = attrs.field(factory=count)

    def named(self, value: object) -> str:
        """The name of a value; None and False stand for themselves."""
        if value is None or value is False:
            return repr(value)
        name = f"_{next(iter(self._number))}"
        self.names[name] = value
        return name

    def function(self, lines: Iterable[str]) -> Callable[..., Any]:
        """The function that some lines define under the name `compiled`."""
        exec("\n".join(lines), self.names)  # noqa: S102 - as attrs and cattrs do; the lines come from our definitions
        return self.names["compiled"]  # type: ignore[no-any-return]


def accepting(rule: Rule, value: str, scope: Scope) -> str:
    """The expression that is true of what the plain check accepts as one value of an object."""
    match rule:
        case Text() | Form() | Country() | Reference():
            return f"type({value}) is str and {accepting_text(rule, value, scope)}"
        case Flag():
            return f"type({value}) is bool"
        case Whole():
            return f"type({value}) is int and 0 <= {value} <= {LARGEST_NUMBER}"
        case Choice(type_) | Date(type_):
            return f"type({value}) is {scope.named(type_)}"
        case Nested((model,)):
            return f"type({value}) is {scope.named(model)}"
        case Nested(models):
            return f"type({value}) in {scope.named(models)}"
        case _:
            each = f"all([{accepting(rule.item, 'item', scope)} for item in {value}])"
            once = f" and (len({value}) < 2 or len(set({value})) == len({value}))" if rule.unique else ""
            return f"type({value}) is tuple and len({value}) >= {rule.least} and {each}{once}"


def accepting_text(rule: Text | Form | Country | Reference, value: str, scope: Scope, *, clean: str = "False") -> str:
    """The expression that is true of a string that the plain check accepts; of other builtins it is false, or raises.

    Args:
        rule: What is checked.
        value: The expression for the value.
        scope: Where the names in the expression are defined.
        clean: The expression that is true where no string is known to have a control character or surrogate.
    """
    match rule:
        case Text(allowed):
            unfit = scope.named(re.compile(unwanted(allowed)).search)
            # what is printable has none either, and this is known sooner
            return f"{value} and not {value}.isspace() and ({clean} or {value}.isprintable() or not {unfit}({value}))"
        case Form():
            return f"{scope.named(re.compile(rule.possessive).fullmatch)}({value})"
        case Reference():
            return accepting_text(IDENTIFIER, value, scope)
        case _:
            return f"{value} in {scope.named(country_codes())}"


@once_for_each_model
def quick_check(model: type[Any]) -> Callable[[Any], bool]:
    """A function that is true of an object of a model only if the plain check finds nothing wrong with it."""
    scope = Scope()
    lines = ["def compiled(instance):"]
    for name, definition in definitions(model).items():
        lines.append(f"    value = instance.{name}")
        # a default is right; those that an object may have are all single objects
        unless = "" if definition.required else f"value is not {scope.named(definition.default)} and "
        lines.append(f"    if {unless}not ({accepting(definition.rule, 'value', scope)}): return False")
    joint = together(model)
    values = ", ".join(f"instance.{name}" for name in joint.fields)
    lines.append(f"    return {scope.named(joint.fit)}({values})")
    return scope.function(lines)
