"""Define the rules of all other values: numbers, dates, members of enumerations, parts, and tuples of these.

A new rule is a class as `strings` describes it, and is named in `Rule` below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from geoclaims._errors import ValidationError
from geoclaims._hints import member_for_string, value_like
from geoclaims._issues import WRONG, Issues, Place, path_of
from geoclaims._messages import JSON, PYTHON, describe, indefinite, listed
from geoclaims._rules.patterns import DATE_PATTERN
from geoclaims._rules.source import Break, Source, decoding
from geoclaims._rules.strings import Country, Form, Reference, Text, enumeration, not_a_string, string_schema

LARGEST_NUMBER: Final = 2**63 - 1

_MOST_DATES: Final = 8_192
"""So many dates are cached on reading, and on writing: the days of 22 years, in about three megabytes together."""


class Flag(NamedTuple):
    """True or false."""

    def breaks(self, value: str, source: Source) -> list[Break]:
        vocabulary = JSON if source.in_json else PYTHON
        words = vocabulary.true, vocabulary.false

        def expected(found: object) -> str:
            return listed(words) + ", without quotation marks" * (type(found) is str and found in words)

        return [Break(f"type({value}) is not bool", "type", expected)]

    def schema(self, *, portable: bool) -> dict[str, Any]:
        return {"type": "boolean"}


class Whole(NamedTuple):
    """A non-negative integer that fits into a signed 64-bit integer."""

    expected: str = "a whole number"

    def breaks(self, value: str, source: Source) -> list[Break]:
        outside = f"not 0 <= {value} <= {LARGEST_NUMBER}"
        return [
            Break(f"type({value}) is not int", "type", self.expected),
            Break(outside, "range", f"a number from 0 to {LARGEST_NUMBER}"),
        ]

    def schema(self, *, portable: bool) -> dict[str, Any]:
        return {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}


class Choice(NamedTuple):
    """A member of an enumeration; in JSON its value."""

    enum: type[StrEnum]

    def breaks(self, value: str, source: Source) -> list[Break]:
        """List the ways to break the rule; in JSON, the last names the member `found`."""
        if source.in_json:
            members = {str(member): member for member in self.enum}
            unknown = f"(found := {source.constant(members, 'members')}.get({value})) is None"
            return [not_a_string(value), Break(unknown, "enum", value_like(members))]
        wrong_type = f"type({value}) is not {source.constant(self.enum, self.enum.__name__)}"
        return [Break(wrong_type, "type", member_for_string(self.enum))]

    def encode(self, value: str, source: Source) -> str:
        return f"{value}._value_"

    def schema(self, *, portable: bool) -> dict[str, Any]:
        return enumeration(self.enum.__name__, [str(member) for member in self.enum], portable=portable)


class Date(NamedTuple):
    """A partial date, an instance of its class; in JSON a string in ISO 8601."""

    model: type[Any]

    def breaks(self, value: str, source: Source) -> list[Break]:
        """List the ways to break the rule; in JSON, the last names the date `found`."""
        if source.in_json:
            cached, read_date = _cached_dates(self)
            dates, read = source.constant(cached, "dates"), source.constant(read_date, "read_date")
            no_date = f"(found := {dates}.get({value}) or {read}({value})) is None"
            return [not_a_string(value), Break(no_date, "date", self._expected)]
        wrong_type = f"type({value}) is not {source.constant(self.model, self.model.__name__)}"
        name = self.model.__name__
        expected = f"{indefinite(name)}, which {name}.parse makes of a text, and {name}.of of a datetime.date"
        return [Break(wrong_type, "type", expected)]

    def _expected(self, value: str) -> str:
        """Say how JSON writes dates, and what reads those that people write."""
        in_words = any(character.isalpha() for character in value)
        hint = f"; {self.model.__name__}.parse reads other forms" if in_words else ""
        return f"a date that exists: YYYY, YYYY-MM or YYYY-MM-DD{hint}"

    def encode(self, value: str, source: Source) -> str:
        return f"{source.constant(_cached_texts(self), 'iso')}({value}.year, {value}.month, {value}.day)"

    def schema(self, *, portable: bool) -> dict[str, Any]:
        return string_schema(DATE_PATTERN, portable=portable)


@cache
def _cached_dates(rule: Date) -> tuple[Mapping[str, Any], Callable[[str], Any]]:
    """Make the cache of the dates under a rule, by their strings, and the function that reads a new one into it.

    The function returns None for a string that is not a date.
    """
    dates: dict[str, Any] = {}

    def read_date(text: str) -> Any:
        if not re.fullmatch(DATE_PATTERN, text):
            return None
        try:
            date = rule.model(*map(int, text.split("-")))
        except ValidationError:
            return None
        if len(dates) >= _MOST_DATES:
            dates.clear()
        dates[text] = date
        return date

    return dates, read_date


@cache
def _cached_texts(rule: Date) -> Callable[..., str]:
    """Make the function that writes a date of a year, a month and a day, and caches it."""
    return lru_cache(maxsize=_MOST_DATES)(lambda *parts: str(rule.model(*parts)))


class Nested(NamedTuple):
    """An instance of one of some models, but not of a subclass.

    Its JSON is read, written and described by what reads, writes and describes these models.
    """

    models: tuple[type[Any], ...]
    made: str = ""
    """How one is made, as the end of a message."""

    def breaks(self, value: str, source: Source) -> list[Break]:
        wrong_type = f"type({value}) not in {source.constant(self.models, 'models')}"
        expected = listed(indefinite(model.__name__) for model in self.models)
        return [Break(wrong_type, "type", f"{expected}{self.made}")]


class Many(NamedTuple):
    """A tuple of values under one rule."""

    item: Text | Form | Reference | Nested
    unique: bool = False
    least: int = 0

    def breaks(self, value: str, source: Source) -> list[Break]:
        """List the ways to break the rule, apart from the elements and their number."""
        return [Break(f"type({value}) is not tuple", "type", "a list or tuple")]

    def checks(self, values: str, place: str, notes: str, source: Source) -> Iterator[str]:
        """Write the checks of a sequence as a whole, once its elements are checked."""
        if self.least:
            yield f"if len({values}) < {self.least}: {notes}.wrong('empty', {place}, {values}, 'at least {self.least}')"
        if self.unique:
            unique = source.constant(_without_duplicates, "without_duplicates")
            right = f"type({values})({unique}({notes}, {place}, {values}))"
            yield f"if len({values}) > 1 and len(set({values})) != len({values}): {values} = {right}"
        if isinstance(self.item, Reference):
            yield from self.item.checks_of_owner(values, place, notes, source, many=True)


def _without_duplicates(notes: Issues, place: Place, values: Iterable[Any]) -> list[Any]:
    """Note repeated values of a tuple, and return the valid ones."""
    right: list[Any] = []
    seen: set[Any] = {WRONG}
    for index, value in enumerate(values):
        if value in seen and value is not WRONG:
            message = f"found {describe(value)} again, expected each value once"
            notes.note("duplicate", path_of((place, index)), message)
        right.append(WRONG if value in seen else value)
        seen.add(value)
    return right


Rule = Text | Form | Country | Reference | Flag | Whole | Choice | Date | Nested | Many


def decode(rule: Rule, value: str, place: str, source: Source) -> Iterator[str]:
    """Write the lines of a reader that turn the JSON of a single value, in a variable, into the value."""
    if isinstance(rule, Reference):
        return rule.decode(value, place, source)
    otherwise = f"{value} = found" if isinstance(rule, Choice | Date) else ""
    return decoding(rule.breaks(value, source), value, place, source, otherwise=otherwise)


def encode(rule: Rule, value: str, source: Source) -> str:
    """Write the expression for the JSON of a single value."""
    return rule.encode(value, source) if isinstance(rule, Choice | Date) else value
