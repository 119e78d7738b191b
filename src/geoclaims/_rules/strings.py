"""Define the rules of values that are strings in Python and in JSON: text, strings with a pattern, ids of others.

Each rule of a single value, here and in `values`, is a class with two methods: `breaks` lists the ways in which a value
breaks it, in Python or in JSON, and `schema` describes its JSON. If a value has another form in JSON, the functions
`decode` and `encode` at the end of `values` convert it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal, NamedTuple

from geoclaims._hints import name_for_id
from geoclaims._issues import WRONG, Issues, Place, Wrong, path_of
from geoclaims._messages import unexpected
from geoclaims._rules.countries import COUNTRY_CODES
from geoclaims._rules.patterns import (
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
from geoclaims._rules.source import Break, Source, decoding


class Text(NamedTuple):
    """A string of allowed characters that is not only white space."""

    allowed: Ranges = LINE
    expected: str = "text without control characters or surrogates"

    def breaks(self, value: str, source: Source) -> list[Break]:
        unfit = source.constant(self._pattern().search, "unfit")
        # A printable string has no such character, and `isprintable` is faster than the search.
        is_fit = f"(clean or {value}.isprintable())" if source.in_json else f"{value}.isprintable()"
        return [
            not_a_string(value),
            Break(f"not {is_fit} and {unfit}({value})", "text", self._where),
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
        return [not_a_string(value), Break(f"not {matches}({value})", self.code, self.expected)]

    def matcher(self) -> Callable[[str], object]:
        """Make the function that matches a whole string."""
        return re.compile(possessive(self.pattern)).fullmatch

    def schema(self, *, portable: bool) -> dict[str, Any]:
        return string_schema(self.pattern, portable=portable)


class Country(NamedTuple):
    """An ISO 3166-1 alpha-3 code, or XKX."""

    expected: str = "a country code of three capital letters that ISO 3166-1 alpha-3 has, such as 'NOR'"

    def breaks(self, value: str, source: Source) -> list[Break]:
        unknown = f"{value} not in {source.constant(COUNTRY_CODES, 'countries')}"
        return [not_a_string(value), Break(unknown, "country", self.expected)]

    def schema(self, *, portable: bool) -> dict[str, Any]:
        return enumeration("Country", sorted(COUNTRY_CODES), portable=portable)


class Reference(NamedTuple):
    """The id of an actor, of a statement, or of either, in the same article."""

    to: Literal["actor", "statement", "actor or statement"]
    acyclic: bool = False
    """Whether the references of this field must not form a cycle."""
    itself: bool = True
    """Whether an object may refer to itself."""

    def breaks(self, value: str, source: Source) -> list[Break]:
        """List the ways to break the rule as such; whether the id exists is a question to the article."""
        _, *of_ids = IDENTIFIER.breaks(value, source)
        return [not_a_string(value, "an id"), *of_ids]

    def decode(self, value: str, place: str, source: Source) -> Iterator[str]:
        """Write the lines that read an id, and take the string that the object with this id has, to keep it once."""
        known = " or ".join(f"{kind}s.get({value})" for kind in self.to.split(" or "))
        yield from decoding([not_a_string(value, "an id")], value, place, source)
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


def _note_no_id(notes: Issues, place: Place, value: str) -> Wrong:
    """Note that a reference is not an id, but possibly the name of an actor."""

    def message(issues: Issues) -> str:
        id = issues.id_of(value)
        return name_for_id(value, id) if id else unexpected(value, IDENTIFIER.expected, issues.vocabulary)

    notes.note("id", path_of(place), message)
    return WRONG


def not_a_string(value: str, expected: str = "a string") -> Break:
    """Make the check that a value is a string."""
    return Break(f"type({value}) is not str", "type", expected)


def string_schema(pattern: str, *, portable: bool) -> dict[str, Any]:
    """Make the schema of strings that match a pattern."""
    if portable:
        return {"type": "string", "pattern": f"^{pattern.removeprefix(NOT_YEAR_ZERO)}$"}
    # in some dialects a dollar sign also matches before a newline at the end
    return {"type": "string", "pattern": f"^{pattern}(?!\\n)$"}


def enumeration(name: str, values: list[str], *, portable: bool) -> dict[str, Any]:
    """Make the schema of one of some strings."""
    return {**({"title": name} if portable else {}), "type": "string", "enum": values}


IDENTIFIER: Final = Form(
    "id", ID_PATTERN, "an id without spaces: a letter, digit or _, then at most 99 letters, digits or _ . : -"
)
URL: Final = Form("url", URL_PATTERN, "an http or https URL with a host and without white space")
LANGUAGE: Final = Form("language", LANGUAGE_PATTERN, "a well-formed BCP 47 language tag")
FINGERPRINT: Final = Form("span", FINGERPRINT_PATTERN, "a fingerprint: 1:LENGTH:HASH")

NAME: Final = Text()
PROSE: Final = Text(LINES, "text without surrogates, or control characters other than tab and newline")
WHOLE_TEXT: Final = Text(DOCUMENT, "text without NUL or surrogates")
