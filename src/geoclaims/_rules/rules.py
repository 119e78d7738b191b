"""Define the rules: text, strings with a pattern, ids of others, numbers, dates, enumerations, parts, tuples of these.

Each rule of a single value is a class with two methods: `breaks` lists the ways in which a value breaks it, in Python
or in JSON, and `schema` describes its JSON. If a value has another form in JSON, `decode` and `encode` below
`Rule` convert it. A new rule is such a class, and is named in `Rule`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, Final, Literal, NamedTuple

from geoclaims._errors import ValidationError
from geoclaims._issues import WRONG, Issues, Place, Wrong, path_of
from geoclaims._messages import (
    JSON,
    PYTHON,
    describe,
    indefinite,
    listed,
    member_for_string,
    name_for_id,
    unexpected,
    value_like,
)
from geoclaims._rules.countries import COUNTRY_CODES
from geoclaims._rules.patterns import (
    DATE_PATTERN,
    DOCUMENT,
    FINGERPRINT_PATTERN,
    ID_PATTERN,
    LANGUAGE_PATTERN,
    LINE,
    LINES,
    NOT_YEAR_ZERO,
    SPACES,
    URL_PATTERN,
    Ranges,
    minus,
    none_of,
    one_of,
    possessive,
)
from geoclaims._rules.source import Break, Source, noting

LARGEST_NUMBER: Final = 2**63 - 1

IN_DIGITS: Final = "2026-01-14, 2026-01 or 2026"
"""How messages show a date in digits, which people of every language read alike."""

_MOST_DATES: Final = 8_192
"""So many dates are cached on reading, and on writing: the days of 22 years, in about three megabytes together."""


class Text(NamedTuple):
    """A string of allowed characters that is not only white space."""

    allowed: Ranges = LINE
    expected: str = "text without control characters or surrogates"

    def breaks(self, value: str, source: Source) -> list[Break]:
        unfit = source.constant(self._pattern().search, "unfit")
        # No printable string has such a character; one that does not print, such as a soft hyphen, may still be right.
        return [
            _not_a_string(value),
            Break(f"not {value}.isprintable() and {unfit}({value})", "text", self._where),
            Break(f"not {value} or {value}.isspace()", "empty", "text that is not empty or only white space"),
        ]

    def _pattern(self) -> re.Pattern[str]:
        """Compile the pattern of a forbidden character."""
        return re.compile(none_of(self.allowed))

    def _where(self, value: str) -> str:
        """Name the first forbidden character of a text, and its position."""
        unfit = next(self._pattern().finditer(value))
        return f"{self.expected}; U+{ord(unfit[0]):04X} is at position {unfit.start()}"

    def schema(self, *, portable: bool) -> dict[str, Any]:
        """Describe its JSON by a pattern that is fast on every text: white space, another character, anything."""
        solid = minus(self.allowed, SPACES)
        blank = minus(self.allowed, solid)
        return string_schema(f"{one_of(blank)}*{one_of(solid)}{one_of(self.allowed)}*", portable=portable)


class Form(NamedTuple):
    """A string that matches a pattern; any other string has one error code, also the empty one."""

    code: str
    pattern: str
    expected: str

    def breaks(self, value: str, source: Source) -> list[Break]:
        matches = source.constant(self.matcher(), "matches")
        return [_not_a_string(value), Break(f"not {matches}({value})", self.code, self.expected)]

    def matcher(self) -> Callable[[str], object]:
        """Make the function that matches a whole string."""
        return re.compile(possessive(self.pattern)).fullmatch

    def schema(self, *, portable: bool) -> dict[str, Any]:
        return string_schema(self.pattern, portable=portable)


IDENTIFIER: Final = Form(
    "id",
    ID_PATTERN,
    "an id in ASCII without spaces: a letter a to z or A to Z, a digit or _, then at most 99 of these or . : -",
)
REFERENCE: Final = Form(
    "id", f"{ID_PATTERN}/{ID_PATTERN}", "a reference: the id of an article, a slash, and the id of what is in it"
)
URL: Final = Form("url", URL_PATTERN, "an http:// or https:// URL with a host and without white space")
LANGUAGE: Final = Form("language", LANGUAGE_PATTERN, "a BCP 47 language tag, such as 'de' or 'zh-Hant'")
FINGERPRINT: Final = Form("span", FINGERPRINT_PATTERN, "a fingerprint: 1:LENGTH:HASH")

NAME: Final = Text()
PROSE: Final = Text(LINES, "text without surrogates, or control characters other than tab and newline")
WHOLE_TEXT: Final = Text(DOCUMENT, "text without NUL or surrogates")


class Country(NamedTuple):
    """An ISO 3166-1 alpha-3 code, or XKX."""

    expected: str = "a country code of three capital letters that ISO 3166-1 alpha-3 has, such as 'NOR'"

    def breaks(self, value: str, source: Source) -> list[Break]:
        unknown = f"{value} not in {source.constant(COUNTRY_CODES, 'countries')}"
        return [_not_a_string(value), Break(unknown, "country", self.expected)]

    def schema(self, *, portable: bool) -> dict[str, Any]:
        return _enumeration("Country", sorted(COUNTRY_CODES), portable=portable)


class Reference(NamedTuple):
    """The id of an actor, of a statement, or of either, in the same article."""

    to: Literal["actor", "statement", "actor or statement"]
    acyclic: bool = False
    """Whether the references of this field must not form a cycle."""
    itself: bool = True
    """Whether an object may refer to itself."""

    def breaks(self, value: str, source: Source) -> list[Break]:
        """List the ways to break the rule as such; whether the id exists is a question to the article."""
        _, no_id = IDENTIFIER.breaks(value, source)
        return [_not_a_string(value, "an id"), no_id._replace(expected=_expected_id)]

    def decode(self, value: str, place: str, source: Source) -> Iterator[str]:
        """Write the lines that read an id, and take the string that the object with this id has, to keep it once."""
        known = " or ".join(f"{kind}s.get({value})" for kind in self.to.split(" or "))
        yield from noting([_not_a_string(value, "an id")], value, place, source)
        yield f"elif (target := {known}) is not None: {value} = target"
        yield f"elif {source.constant(IDENTIFIER.matcher(), 'is_id')}({value}): notes.unresolved = True"
        yield f"else: {value} = {source.constant(_note_no_id, 'note_no_id')}(notes, {place}, {value})"

    def schema(self, *, portable: bool) -> dict[str, Any]:
        return IDENTIFIER.schema(portable=portable)

    def checks_of_owner(self, value: str, place: str, notes: str, source: Source, *, many: bool) -> Iterator[str]:
        """Write the check that the references in a field do not lead to their owner, if the rule forbids that."""
        if not self.itself:
            note = source.constant(_note_self_references, "note_self_references")
            yield f"if id_ {'in' if many else '=='} {value}: {note}({notes}, {place}, id_, {value})"


def _note_self_references(notes: Issues, place: Place, id: object, references: object) -> None:
    """Note each reference in a field, single or several, that leads to its own object."""
    if type(id) is not str:
        return
    if references == id:
        notes.wrong("self_ref", place, references, "the id of something else")
    for index, reference in enumerate(references if isinstance(references, list | tuple) else ()):
        if reference == id:
            notes.wrong("self_ref", (place, index), reference, "the id of something else")


def _expected_id(value: str) -> str:
    """Say what is expected for what is no id: of one in another article, what joins it."""
    is_in_another = re.fullmatch(REFERENCE.pattern, value)
    return "an id of the same article; a Link joins what another has" if is_in_another else IDENTIFIER.expected


def _note_no_id(notes: Issues, place: Place, value: str) -> Wrong:
    """Note that a reference is not an id, but possibly the name of an actor."""

    def message(issues: Issues) -> str:
        id = issues.id_of(value)
        return name_for_id(value, id) if id else unexpected(value, _expected_id, issues.vocabulary)

    notes.note("id", path_of(place), message)
    return WRONG


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
            return [_not_a_string(value), Break(unknown, "enum", value_like(members))]
        wrong_type = f"type({value}) is not {source.constant(self.enum, self.enum.__name__)}"
        return [Break(wrong_type, "type", member_for_string(self.enum))]

    def encode(self, value: str, source: Source) -> str:
        return f"{value}._value_"

    def schema(self, *, portable: bool) -> dict[str, Any]:
        return _enumeration(self.enum.__name__, [str(member) for member in self.enum], portable=portable)


class Date(NamedTuple):
    """A partial date, an instance of its class; in JSON a string in ISO 8601."""

    model: type[Any]

    def breaks(self, value: str, source: Source) -> list[Break]:
        """List the ways to break the rule; in JSON, the last names the date `found`."""
        if source.in_json:
            cached, read_date = _cached_dates(self)
            dates, read = source.constant(cached, "dates"), source.constant(read_date, "read_date")
            no_date = f"(found := {dates}.get({value}) or {read}({value})) is None"
            return [_not_a_string(value), Break(no_date, "date", self._expected)]
        wrong_type = f"type({value}) is not {source.constant(self.model, self.model.__name__)}"
        name = self.model.__name__
        expected = f"{indefinite(name)}, which {name}.parse makes of a text, and {name}.of of a datetime.date"
        return [Break(wrong_type, "type", expected)]

    def _expected(self, value: str) -> str:
        """Say how JSON writes dates, and what reads those that people write."""
        in_words = any(character.isalpha() for character in value)
        hint = f"; {self.model.__name__}.parse reads other forms" if in_words else ""
        return f"a date that exists, written as {IN_DIGITS}{hint}"

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
            # A list, as JSON and most callers have it, also where a constructor has made a tuple of it.
            empty = f"{notes}.wrong('empty', {place}, list({values}), 'at least {self.least}')"
            yield f"if len({values}) < {self.least}: {empty}"
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
    return noting(rule.breaks(value, source), value, place, source, otherwise=otherwise)


def encode(rule: Rule, value: str, source: Source) -> str:
    """Write the expression for the JSON of a single value."""
    return rule.encode(value, source) if isinstance(rule, Choice | Date) else value


def _not_a_string(value: str, expected: str = "a string") -> Break:
    """Make the check that a value is a string."""
    return Break(f"type({value}) is not str", "type", expected)


def string_schema(pattern: str, *, portable: bool) -> dict[str, Any]:
    """Make the schema of strings that match a pattern."""
    if portable:
        return {"type": "string", "pattern": f"^{pattern.removeprefix(NOT_YEAR_ZERO)}$"}
    # in some dialects a dollar sign also matches before a newline at the end
    return {"type": "string", "pattern": f"^{pattern}(?!\\n)$"}


def _enumeration(name: str, values: list[str], *, portable: bool) -> dict[str, Any]:
    """Make the schema of one of some strings."""
    return {**({"title": name} if portable else {}), "type": "string", "enum": values}
