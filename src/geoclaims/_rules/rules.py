"""What a field may hold: the vocabulary in which each field of each model is defined, once.

A model names a rule for each of its fields in the field's metadata. The check of a constructed object, the reading of
JSON, the JSON Schema, the Hypothesis strategies and the tables in the documentation all come from these definitions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, Final, Literal, NamedTuple, TypeVar, cast

import attrs

from geoclaims._display.wording import is_a
from geoclaims._errors import Path
from geoclaims._issues import Issues

T = TypeVar("T")
Ranges = tuple[tuple[int, int], ...]

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
    """Text that says something: characters of some ranges, not white space alone."""

    allowed: Ranges = LINE
    expected: str = "text without control characters or surrogates"


class Form(NamedTuple):
    """A string that has a form of its own, and one code of error for whatever departs from it."""

    code: str
    pattern: str
    expected: str

    @property
    def possessive(self) -> str:
        """The pattern for Python alone: as nothing that repeats needs to give back what it took, it need not remember.

        Of a language tag of millions of subtags the plain pattern would remember gigabytes.
        """
        return re.sub(r"(?<=[])])[*+]", r"\g<0>+", self.pattern)


class Reference(NamedTuple):
    """The id of an actor, of a statement, or of either, in the same article."""

    to: Literal["actor", "statement", "actor or statement"]


class Country(NamedTuple):
    """A country code."""

    expected: str = "an ISO 3166-1 alpha-3 code, in capitals"


class Flag(NamedTuple):
    """True or false."""


class Whole(NamedTuple):
    """A whole number from zero to the largest that a signed 64-bit integer holds."""


class Choice(NamedTuple):
    """A member of an enumeration."""

    enum: type[StrEnum]


class Date(NamedTuple):
    """A partial date, an instance of its class."""

    model: type[Any]


class Nested(NamedTuple):
    """An instance of exactly one of some models."""

    models: tuple[type[Any], ...]


class Many(NamedTuple):
    """A tuple of values under one rule."""

    item: Text | Form | Reference | Nested
    unique: bool = False
    least: int = 0


Rule = Text | Form | Reference | Country | Flag | Whole | Choice | Date | Nested | Many


def wanted(allowed: Ranges) -> str:
    r"""The pattern of one character inside the ranges.

    >>> wanted(((0x30, 0x39), (0x5D, 0x5D)))
    '[0-9\\]]'
    """
    return f"[{_class_of(allowed)}]"


@cache
def unwanted(allowed: Ranges) -> str:
    """The pattern of one character outside the ranges."""
    return f"[^{_class_of(allowed)}]"


def _class_of(ranges: Ranges) -> str:
    """The inside of a character class; all regular expression dialects read it alike."""
    parts = []
    for first, last in ranges:
        ends = [f"\\{c}" if c in "\\[]^-" else c for c in map(chr, (first, last))]
        parts.append(ends[0] if first == last else "-".join(ends))
    return "".join(parts)


def without(ranges: Ranges, excluded: Ranges) -> Ranges:
    """The ranges without what the excluded ones hold."""
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
    """The grammar of RFC 5646, section 2.1, and the tags that it grandfathers."""
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
    "[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}",
    "an id: a letter or digit, then at most 99 letters, digits or _ . : -",
)
URL: Final = Form("url", _url_pattern(), "an http or https URL with a host and without white space")
LANGUAGE: Final = Form("language", _language_pattern(), "a well-formed BCP 47 language tag")
FINGERPRINT: Final = Form("span", "1:[1-9][0-9]{0,18}:[0-9a-f]{16}", "a fingerprint: 1:LENGTH:HASH")
DATE_PATTERN: Final = "(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"

NAME: Final = Text()
PROSE: Final = Text(LINES, "text without surrogates, or control characters other than tab and newline")
WHOLE_TEXT: Final = Text(DOCUMENT, "text without NUL or surrogates")


class Definition(NamedTuple):
    """All that is known of one field of one model."""

    name: str
    rule: Rule
    default: Any
    """What an object has where nothing is given; `attrs.NOTHING` where something must be."""
    meaning: str
    term: str | None
    """Whose term the field is, where it is not ours."""

    @property
    def required(self) -> bool:
        """Whether the field must be given."""
        return self.default is attrs.NOTHING

    @property
    def optional(self) -> bool:
        """Whether the field may be None."""
        return self.default is None


class Together(NamedTuple):
    """What some fields of a model must keep between them."""

    fields: tuple[str, ...]
    fit: Callable[..., bool]
    """Whether the values of these fields, each right by itself, fit each other: whether nothing would be noted."""

    note: Callable[[Mapping[str, Any], Path, Issues], None]
    """Note what does not fit, told of all values of the model, or of `WRONG` where one is not right by itself."""


def together(model: type[Any]) -> Together:
    """What the fields of a model must keep between them."""
    found: Together = model._together  # noqa: SLF001 - no name for users
    return found


def holds(rule: Rule, meaning: str, *, term: str | None = None) -> dict[str, object]:
    """The metadata of a field: its rule, what it means, and whose term it is."""
    return {"geoclaims": (rule, meaning, term)}


def once_for_each_model(function: Callable[[type[Any]], T]) -> Callable[[type[Any]], T]:
    """Make a function of a model remember its answers."""
    return cast("Callable[[type[Any]], T]", cache(function))


@once_for_each_model
def definitions(model: type[Any]) -> Mapping[str, Definition]:
    """The fields of a model by name, in the order of its table."""
    found: dict[str, Definition] = {}
    for attribute in attrs.fields(model):
        if "geoclaims" not in attribute.metadata:
            continue  # what a user's subclass has added is the user's to check
        rule, meaning, term = attribute.metadata["geoclaims"]
        found[attribute.name] = Definition(attribute.name, rule, attribute.default, meaning, term)
    return found


def texts(value: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """A list or tuple of strings, as a tuple."""
    return as_tuple(value)


def as_tuple(value: Sequence[T]) -> tuple[T, ...]:
    """A list or tuple as a tuple; anything else is left for the check to name."""
    if type(value) is tuple:
        return value
    if type(value) is list:
        return tuple(value)
    if is_a(value, list):  # a subclass, which may do anything when asked for its elements
        return tuple(list.__iter__(value))
    return tuple(tuple.__iter__(value)) if is_a(value, tuple) else value  # type: ignore[return-value]
