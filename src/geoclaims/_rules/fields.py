"""Look up the fields of models, which are declared with their rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar, cast

import attrs

from geoclaims._issues import Finding
from geoclaims._rules.strings import Reference
from geoclaims._rules.values import Many, Rule

T = TypeVar("T")

RULE: Final = "geoclaims"
"""The key of a field's rule in its metadata. What the field means is said in the docstring of its class."""


class Definition(NamedTuple):
    """The specification of one field of one model."""

    name: str
    rule: Rule
    default: Any
    """The default; `attrs.NOTHING` if the field is required."""

    @property
    def required(self) -> bool:
        """Report whether the field must be given."""
        return self.default is attrs.NOTHING

    @property
    def optional(self) -> bool:
        """Report whether the field may be None."""
        return self.default is None


class Invariant(NamedTuple):
    """An invariant: a rule about several fields of a model together."""

    fields: tuple[str, ...]
    broken: Callable[..., Iterable[Finding]]
    """Find what is wrong with the values of these fields together; an empty tuple if nothing is.

    An invalid value or element is passed as `WRONG`, or as an `Incomplete` of its valid values.
    """


def once_for_each_model(function: Callable[[type[Any]], T]) -> Callable[[type[Any]], T]:
    """Cache the results of a function of a model."""
    return cast("Callable[[type[Any]], T]", cache(function))


@once_for_each_model
def definitions(model: type[Any]) -> Mapping[str, Definition]:
    """Look up the fields of a model by name, in the order of its table."""
    return {
        attribute.name: Definition(attribute.name, attribute.metadata[RULE], attribute.default)
        for attribute in attrs.fields(model)
        if RULE in attribute.metadata  # fields added by a user's subclass are not checked here
    }


@once_for_each_model
def references_of(model: type[Any]) -> Mapping[str, Reference]:
    """Look up the fields of a model that hold one or many references, by name."""
    rules = {name: definition.rule for name, definition in definitions(model).items()}
    items = {name: rule.item if isinstance(rule, Many) else rule for name, rule in rules.items()}
    return {name: item for name, item in items.items() if isinstance(item, Reference)}


def as_texts(value: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Make a tuple of a list or tuple of strings."""
    # Each type of element has such a converter, since mypy does not infer what a generic one takes. Statements have ten
    # of them: without a second call for a tuple, constructing is a tenth faster.
    return value if type(value) is tuple else as_tuple(value)


def as_tuple(value: Sequence[T]) -> tuple[T, ...]:
    """Make a tuple of a list or tuple; leave anything else for the check to name."""
    if type(value) is tuple:
        return value
    return tuple(value) if issubclass(type(value), list | tuple) else value  # type: ignore[return-value]
