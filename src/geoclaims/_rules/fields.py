"""Look up the fields of models, which are declared with their rules, and what they mean.

The meanings are those in the docstrings of the classes: the descriptions in schemas, the tables of the reference and
what `geoclaims new` says of a key come from there. Under `python -OO` there are no docstrings, and so no meanings.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar, cast

import attrs

from geoclaims._issues import Finding
from geoclaims._rules.rules import Many, Reference, Rule

T = TypeVar("T")

RULE: Final = "geoclaims"
"""The key of a field's rule in its metadata. What the field means is said in the docstring of its class."""

_FIELDS: Final = re.compile(r"^Attributes:\n((?: .*\n?)+)", re.MULTILINE)
_FIELD: Final = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


class Definition(NamedTuple):
    """A field of a model: its name, its rule and its default."""

    name: str
    rule: Rule
    default: Any
    """The default; `attrs.NOTHING` if the field is required."""

    @property
    def item(self) -> Rule:
        """Return the rule for one value, also where the field holds many."""
        return self.rule.item if isinstance(self.rule, Many) else self.rule

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
    suspect: str = "True"
    """An expression of these fields, `start_` for the field `start`, that is false only for what is certainly right.

    Nothing is called for a valid object that is not suspect.
    """

    def lines(self, broken: str, is_wrong: str, note: str) -> list[str]:
        """Write the lines that find what is wrong with a function, unless nothing can be, and note it."""
        arguments = ", ".join(f"{name}_" for name in self.fields)
        return [f"if {is_wrong} or {self.suspect}:", f"    for code, path, message in {broken}({arguments}): {note}"]


def once_for_each_model(function: Callable[[type[Any]], T]) -> Callable[[type[Any]], T]:
    """Cache the results of a function of a model; to type checkers, `functools.cache` takes no classes."""
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
    items = ((name, definition.item) for name, definition in definitions(model).items())
    return {name: item for name, item in items if isinstance(item, Reference)}


class Meaning(NamedTuple):
    """What a field means, as sentences, and the source of its term, if it is not ours."""

    text: str
    term: str | None

    def __str__(self) -> str:
        return f"{self.text} Term: {self.term}." if self.term else self.text


def meaning_of(model: type[Any]) -> str:
    """Return the sentence with which the docstring of a class begins; an empty string if it has none."""
    return _words(_docstring(model).partition("\n\n")[0])


@once_for_each_model
def meanings_of_fields(model: type[Any]) -> Mapping[str, Meaning]:
    """Look up the meanings of the fields of a class, by name; inherited fields have those of the base."""
    found: dict[str, Meaning] = {}
    for base in reversed(model.__mro__):
        section = _FIELDS.search(_docstring(base))
        for name, description in _FIELD.findall(section[1]) if section else ():
            text, _, term = _words(description).partition(" Term: ")
            found[name] = Meaning(text, term.removesuffix(".") or None)
    return found


def _docstring(model: type[Any]) -> str:
    return inspect.cleandoc(vars(model)["__doc__"] or "")


def _words(text: str) -> str:
    return " ".join(text.split())


def as_texts(value: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Make a tuple of a list or tuple of strings."""
    # Each type of element has such a converter, since mypy does not infer what a generic one takes.
    return as_tuple(value)


def as_tuple(value: Sequence[T]) -> tuple[T, ...]:
    """Make a tuple of a list or tuple; leave anything else for the check to name."""
    if type(value) is tuple:
        return value
    return tuple(value) if issubclass(type(value), list | tuple) else value  # type: ignore[return-value]
