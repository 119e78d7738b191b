"""Navigate JSON-LD as people publish it: values with their places, and references between nodes.

Contexts are ignored: names of schema.org are plain, have the prefix `schema:`, or are full addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeGuard

import attrs

from geoclaims._errors import Path
from geoclaims._json.text import DEEPEST
from geoclaims._messages import is_a

_PREFIXES: Final = ("", "schema:", "https://schema.org/", "http://schema.org/")
_OF_SEVERAL: Final = ("@list", "@set")
_OF_A_REFERENCE: Final = frozenset({"@id", "@type", "type"})

# Reading follows each reference anew, so a node costs as often as it is used. A value without references is read two or
# three times; shared nodes at most doubled this in thousands of published reviews.
_TIMES: Final = 10
_ALWAYS: Final = 100_000
_OF_A_VALUE: Final = 10
"""The cost of a value in addition to its characters."""


class SpentError(Exception):
    """Raised if references repeat so much of the data that reading costs more than a document of this size may."""


@attrs.frozen
class Placed:
    """A value in the data, and its path."""

    value: Any
    path: Path


class Document:
    """Data that may refer to its own parts, and the remaining budget for reading it."""

    def __init__(self, data: object) -> None:
        """Measure the data, and list the nodes that others may refer to by their `@id`."""
        self.root: Final = Placed(as_builtins(data), ())
        self._data: Final = data  # visited objects are known by their ids in memory, so none may be freed
        self._nodes: Final[dict[str, Placed]] = {}
        size = 0
        for place, _ in self.containers():
            value = place.value
            for key, member in _members(value):
                size += _OF_A_VALUE + sum(len(text) for text in (key, member) if type(text) is str)
            if type(value) is dict and type(id := value.get("@id")) is str and not value.keys() <= _OF_A_REFERENCE:
                self._nodes.setdefault(id, place)
        self._left = _ALWAYS + _TIMES * size

    def containers(self, stops: Callable[[Placed], bool] = lambda _: False) -> Iterator[tuple[Placed, bool]]:
        """Iterate over the objects and arrays in document order, each once.

        Args:
            stops: A function that returns whether the walk stops at one of them. It always stops at the first one
                beyond the deepest nesting allowed, which no JSON text that was read exceeds.

        Returns:
            Each with its place, and whether the walk stopped there.
        """
        visited: set[int] = set()
        waiting: list[tuple[Any, Path]] = [(self._data, ())]
        while waiting:
            value, path = waiting.pop()
            if id(value) in visited or not (is_a(value, dict) or is_a(value, list)):
                continue
            visited.add(id(value))
            place = Placed(as_builtins(value), path)
            stopped = len(path) >= DEEPEST or stops(place)
            yield place, stopped
            if stopped:
                continue
            members = _members(place.value)
            waiting.extend(reversed([(member, (*path, step)) for step, member in members]))

    def spend(self, cost: int) -> None:
        """Subtract from the budget, which is counted in characters.

        Raises:
            SpentError: It is used up.
        """
        self._left -= cost
        if self._left < 0:
            raise SpentError

    def values(self, place: Placed, name: str) -> list[Placed]:
        """Find the values of a key of an object; null and white space are ignored, and references are resolved.

        Raises:
            SpentError: The budget is spent.
        """
        return [value for value in self._values(place, name) if not is_blank(value.value)]

    def blanks(self, place: Placed, name: str) -> list[Placed]:
        """Find the values of a key of an object that are white space."""
        return [value for value in self._values(place, name) if is_blank(value.value)]

    def types(self, place: Placed) -> list[str]:
        """Find the names of the types of a node, without the address of the vocabulary."""
        types = self.values(place, "@type") or self.values(place, "type")
        return [type.value.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for type in types if is_text(type.value)]

    def is_reference(self, place: Placed) -> bool:
        """Report whether an object is only a reference to a node elsewhere."""
        value = place.value
        return value.keys() <= _OF_A_REFERENCE and is_text(value.get("@id")) and value["@id"] in self._nodes

    def _values(self, place: Placed, name: str) -> list[Placed]:
        members = place.value
        keys = [prefix + name for prefix in _PREFIXES if prefix + name in members]
        return [self._meant(each) for key in keys for each in _elements(as_builtins(members[key]), (*place.path, key))]

    def _meant(self, place: Placed) -> Placed:
        """Resolve an object that stands for a plain value or for a node elsewhere."""
        if type(place.value) is dict:
            if "@value" in place.value:
                place = Placed(place.value["@value"], (*place.path, "@value"))
            elif self.is_reference(place):
                place = self._nodes[place.value["@id"]]
        self.spend(_OF_A_VALUE + (len(place.value) if is_text(place.value) else 0))
        return place


def _members(value: dict[Any, Any] | list[Any]) -> Iterable[tuple[str | int, Any]]:
    """List the members of an object or array, each with its step."""
    return value.items() if type(value) is dict else enumerate(value)


def _elements(value: Any, path: Path) -> list[Placed]:
    """List a single value, or the elements of an array, JSON-LD list or set, without null."""
    for key in _OF_SEVERAL:
        if type(value) is dict and key in value:
            value, path = as_builtins(value[key]), (*path, key)
    if type(value) is not list:
        return [] if value is None else [Placed(value, path)]
    elements = [Placed(as_builtins(element), (*path, index)) for index, element in enumerate(value)]
    return [element for element in elements if element.value is not None]


def as_builtins(value: Any) -> Any:
    """Read the items of a subclass of dict or list."""
    if is_a(value, dict):
        return {key: member for key, member in value.items() if type(key) is str}  # JSON has no other keys
    return list(value) if is_a(value, list) else value


def is_text(value: object) -> TypeGuard[str]:
    """Report whether a value is a string, and not of a subclass."""
    return type(value) is str


def is_blank(value: object) -> bool:
    """Report whether a value is a string that is empty or only white space."""
    return type(value) is str and re.fullmatch(r"(?:\s|&(?:nbsp|#160|#[xX][aA]0);)*+", value) is not None
