"""Define the rules by which every model declares what its fields may hold.

The check of constructed objects, the reading and writing of JSON, the JSON Schema, the Hypothesis strategies, the
columns of tables and the reference are all made from these declarations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal, NamedTuple, TypeVar, cast

import attrs

from geoclaims._errors import Finding
from geoclaims._messages import is_a

T = TypeVar("T")
Ranges = tuple[tuple[int, int], ...]

RULE: Final = "geoclaims"
"""The key of a field's rule in its metadata. What the field means is said in the docstring of its class."""

LARGEST_NUMBER: Final = 2**63 - 1

# What str.isspace() calls white space, as ranges of code points; a test compares the two.
SPACES: Final[Ranges] = (
    (0x09, 0x0D), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
    (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
)  # fmt: skip
# All of Unicode but surrogates and category Cc.
LINE: Final[Ranges] = ((0x20, 0x7E), (0xA0, 0xD7FF), (0xE000, 0x10FFFF))
LINES: Final[Ranges] = ((0x09, 0x0A), *LINE)
DOCUMENT: Final[Ranges] = ((0x01, 0xD7FF), (0xE000, 0x10FFFF))


class Text(NamedTuple):
    """A string of allowed characters that is not only white space."""

    allowed: Ranges = LINE
    expected: str = "text without control characters or surrogates"


class Form(NamedTuple):
    """A string that matches a pattern; any other string has one error code, also the empty one."""

    code: str
    pattern: str
    expected: str

    @property
    def possessive(self) -> str:
        """The pattern for Python's `re` only, with possessive repetitions that never backtrack.

        Matching a language tag of millions of subtags with the plain pattern takes gigabytes.
        """
        return re.sub(r"(?<=[])])[*+]", r"\g<0>+", self.pattern)


class Reference(NamedTuple):
    """The id of an actor, of a statement, or of either, in the same article."""

    to: Literal["actor", "statement", "actor or statement"]
    acyclic: bool = False
    """Whether the references of this field must not form a cycle."""
    itself: bool = True
    """Whether an object may refer to itself."""


class Country(NamedTuple):
    """An ISO 3166-1 alpha-3 code, or XKX."""

    expected: str = "a country code of three capital letters, such as 'NOR' (ISO 3166-1 alpha-3)"


class Flag(NamedTuple):
    """True or false."""


class Whole(NamedTuple):
    """A non-negative integer that fits into a signed 64-bit integer."""

    otherwise: str = ""
    """What a message says of a number that is not whole."""


class Choice(NamedTuple):
    """A member of an enumeration."""

    enum: type[StrEnum]


class Date(NamedTuple):
    """A partial date, an instance of its class."""

    model: type[Any]


class Nested(NamedTuple):
    """An instance of one of some models, but not of a subclass."""

    models: tuple[type[Any], ...]


class Many(NamedTuple):
    """A tuple of values under one rule."""

    item: Text | Form | Reference | Nested
    unique: bool = False
    least: int = 0


Rule = Text | Form | Reference | Country | Flag | Whole | Choice | Date | Nested | Many


def wanted(allowed: Ranges) -> str:
    r"""Make the pattern of one character inside the ranges.

    >>> wanted(((0x30, 0x39), (0x5D, 0x5D)))
    '[0-9\\]]'
    """
    return f"[{_class_of(allowed)}]"


@cache
def unwanted(allowed: Ranges) -> str:
    """Make the pattern of one character outside the ranges."""
    return f"[^{_class_of(allowed)}]"


def _class_of(ranges: Ranges) -> str:
    """Write the inside of a character class that all regular expression dialects read alike."""
    parts = []
    for first, last in ranges:
        ends = [f"\\{c}" if c in "\\[]^-" else c for c in map(chr, (first, last))]
        parts.append(ends[0] if first == last else "-".join(ends))
    return "".join(parts)


def without(ranges: Ranges, excluded: Ranges) -> Ranges:
    """Cut excluded ranges out of others."""
    rest = list(ranges)
    for low, high in excluded:
        cut = [[(first, min(last, low - 1)), (max(first, high + 1), last)] for first, last in rest]
        rest = [(first, last) for pair in cut for first, last in pair if first <= last]
    return tuple(rest)


def _characters(text: str) -> Ranges:
    return tuple((ord(c), ord(c)) for c in text)


def _url_pattern() -> str:
    solid = without(LINE, SPACES)
    user = wanted(without(solid, _characters("/?#@\\")))
    host = wanted(without(solid, _characters('/?#@\\:[]<>"^`{|}')))
    address = "\\[[0-9A-Fa-f:.]+\\]"
    return f"[Hh][Tt][Tt][Pp][Ss]?://({user}*@)?({host}+|{address})(:[0-9]*)?([/?#]{wanted(solid)}*)?"


def _language_pattern() -> str:
    """Write the grammar of RFC 5646, section 2.1, with its grandfathered tags, as a pattern."""
    letter, digit, either = "[A-Za-z]", "[0-9]", "[0-9A-Za-z]"
    language = f"({letter}{{2,3}}(-{letter}{{3}}){{0,3}}|{letter}{{4,8}})"
    script_and_region = f"(-{letter}{{4}})?(-({letter}{{2}}|{digit}{{3}}))?"
    variants = f"(-({either}{{5,8}}|{digit}{either}{{3}}))*"
    extensions = f"(-[0-9A-WY-Za-wy-z](-{either}{{2,8}})+)*"
    private = f"[Xx](-{either}{{1,8}})+"
    irregular = (
        "en-GB-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn i-tao i-tay i-tsu "
        "sgn-BE-FR sgn-BE-NL sgn-CH-DE"
    )
    spelled = ["".join(f"[{c.upper()}{c.lower()}]" if c.isalpha() else c for c in tag) for tag in irregular.split()]
    ordinary = f"{language}{script_and_region}{variants}{extensions}(-{private})?"
    return f"({ordinary}|{private}|{'|'.join(spelled)})"


IDENTIFIER: Final = Form(
    "id",
    "[A-Za-z0-9_][A-Za-z0-9_.:-]{0,99}",
    "an id: a letter, digit or _, then at most 99 letters, digits or _ . : -",
)
URL: Final = Form("url", _url_pattern(), "an http or https URL with a host and without white space")
LANGUAGE: Final = Form("language", _language_pattern(), "a well-formed BCP 47 language tag")
FINGERPRINT: Final = Form("span", "1:[1-9][0-9]{0,18}:[0-9a-f]{16}", "a fingerprint: 1:LENGTH:HASH")
NOT_YEAR_ZERO: Final = "(?!0000)"
DATE_PATTERN: Final = NOT_YEAR_ZERO + "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"

NAME: Final = Text()
PROSE: Final = Text(LINES, "text without surrogates, or control characters other than tab and newline")
WHOLE_TEXT: Final = Text(DOCUMENT, "text without NUL or surrogates")


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

    An invalid value or element is passed as `WRONG`, or as a `Partial` of its valid values.
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


def tuple_of_texts(value: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Make a tuple of a list or tuple of strings."""
    # Statements have ten fields with tuples, nearly always given as tuples: without a second call for each of them,
    # constructing is a tenth faster. The converters of other tuples do the same.
    return value if type(value) is tuple else as_tuple(value)


def as_tuple(value: Sequence[T]) -> tuple[T, ...]:
    """Make a tuple of a list or tuple; leave anything else for the check to name."""
    if type(value) is tuple:
        return value
    return tuple(value) if is_a(value, list) or is_a(value, tuple) else value  # type: ignore[return-value]
