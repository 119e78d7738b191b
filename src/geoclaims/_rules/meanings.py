"""Take the meanings of classes and their fields from the docstrings of the classes.

The descriptions in schemas, the tables of the reference and what `geoclaims new` says of a key come from here. Under
`python -OO` there are no docstrings, and so no meanings.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from geoclaims._rules.fields import once_for_each_model

_FIELDS: Final = re.compile(r"^Attributes:\n((?: .*\n?)+)", re.MULTILINE)
_FIELD: Final = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


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
