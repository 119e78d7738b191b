"""Draw the values of fields by their rules: text, ids, dates, and strings with a pattern."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy  # noqa: TC002 - tools that read signatures resolve them

from geoclaims._countries import country_codes
from geoclaims._dates import PartialDate
from geoclaims._rules import (
    FINGERPRINT,
    IDENTIFIER,
    LANGUAGE,
    LARGEST_NUMBER,
    NAME,
    URL,
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
    unwanted,
)

# Text that is known to break programs, the simplest first, since examples shrink towards it: case, accents, one letter
# written in two ways, scripts from right to left, characters beyond 16 bits, invisible ones, line ends, white space at
# an end, and characters with a meaning in other formats.
_TRAPS: Final = (
    *("0", "a", "A", "é", "e\u0301", "u\u0308", "ß", "ẞ", "İ", "א", "ا", "漢", "\U00010330", "\U0001f1fa\U0001f1e6"),
    *("a\nb", "a\tb", "a\r\nb", "a\rb", "a\u2028b", "\u200b", "\u202e", "\ufeffa", "\x1b[0m", " a ", "\xa0a"),
    *("'", '"', "”", "\\", "/", "<a>", "&amp;", ",", ";", "|", "=0", "#", "{", "null", "nan", "a" * 300),
)
# Characters that split lists in one cell, or shift offsets in a text: one string often has several of them.
_SEPARATORS: Final = ("0", ",", ";", "|", "\n", ",;|")
_SHIFTS: Final = ("0", " ", "\r\n", "e\u0301", "\U00010330", "u\u0308", "\n", "a")
_PARTS_OF_A_LONG_TEXT: Final = 3
_MOST_ELEMENTS: Final = 4
_LETTERS_AND_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_IDS: Final = ("0", "a", "A", "0_.:-", "_", "null", "a" * 100)
_SITES: Final = (
    *("http://a.example/", "https://a.example/", "HTTPS://A.example:443/", "http://user@a.example:/"),
    *("http://[::1]/", "https://пример.example/?", "https://www.wikidata.org/entity/Q", "http://a.example"),
)
_LANGUAGES: Final = (
    *("en", "EN", "uk", "zh-yue", "zh-Hant-TW", "sr-latn", "es-419", "de-CH-1901", "sl-rozaj-biske"),
    *("de-u-co-phonebk", "en-a-bbb-x-c", "qaa-Qaaa-QM-x-southern", "x-private", "i-klingon", "en-GB-oed"),
)

# Strategies are made once: making them costs more than drawing from them.
_MIDDLE_YEAR: Final = 2000  # examples shrink towards an ordinary year
_YEARS: Final = st.integers(1 - _MIDDLE_YEAR, 9999 - _MIDDLE_YEAR)
_PRECISIONS: Final = st.integers(1, 3)
_MONTHS: Final = st.integers(1, 12)
_DAYS: Final = st.integers(1, 31)


def texts() -> SearchStrategy[str]:
    """Draw text that every field for text accepts.

    Much of it breaks programs: combining, invisible and astral characters, text
    from right to left, quotation marks, white space at its ends.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import texts
    >>> find(texts(), str.isalpha)
    'a'
    """
    return texts_under(NAME)


def ids() -> SearchStrategy[str]:
    """Draw ids, as articles, actors and statements have them.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import ids
    >>> find(ids(), lambda id: id.isalpha())
    'a'
    """
    return _ids(_few_or_longer(_IDS, [st.text(f"{_LETTERS_AND_DIGITS}_.:-", max_size=100)]))


def partial_dates() -> SearchStrategy[PartialDate]:
    """Draw dates: years alone, months of a year, and days.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import partial_dates
    >>> find(partial_dates(), lambda date: date.month is not None)
    PartialDate(2000, 1)
    """
    return _partial_dates()


def values(
    rule: Rule, references: SearchStrategy[Any], instances: Callable[[type[Any]], SearchStrategy[Any]]
) -> list[SearchStrategy[Any]]:
    """Return strategies of values that keep a rule, to choose between.

    References and the instances of other models do not follow from a rule; their strategies are given.
    """
    match rule:
        case Text():
            return [texts_under(rule)]
        case Form():
            return [_forms()[rule]]
        case Reference():
            return [references]
        case Country():
            return [st.sampled_from([*sorted(country_codes()), *["XKX"] * 50])]  # the one that is not in the standard
        case Flag():
            return [st.sampled_from([True])]  # false is the default, which is left out
        case Whole():
            return [st.sampled_from((0, 1, 2, LARGEST_NUMBER)) | st.integers(0, LARGEST_NUMBER)]
        case Choice(enum):
            return [st.sampled_from(enum)]
        case Date():
            return [partial_dates()]
        case Nested(models):
            return [instances(model) for model in models]
        case _:
            items = st.one_of(values(rule.item, references, instances))
            # Splitting at separators is the most frequent bug with lists of text.
            weight = 2 if isinstance(rule.item, Text) else 1
            return [st.tuples(items), st.lists(items, min_size=1, max_size=_MOST_ELEMENTS)] * weight


@cache
def texts_under(rule: Text) -> SearchStrategy[str]:
    """Draw text that keeps a rule."""
    traps = _allowed(_TRAPS, rule)
    separated, shifting = (_joined(_allowed(pieces, rule)) for pieces in (_SEPARATORS, _SHIFTS))
    longer = [st.text(_alphabet(rule)), st.text("".join(traps)), *[separated] * 3, *[shifting] * 2]
    return _texts(_few_or_longer(traps, longer))


def long_texts_under(rule: Text) -> SearchStrategy[str]:
    """Draw text that keeps a rule, of some length, in which offsets shift if they are counted in another unit."""
    return _long_texts(_joined(_allowed(_SHIFTS, rule)))


def _allowed(pieces: Sequence[str], rule: Text) -> list[str]:
    return [piece for piece in pieces if not re.search(unwanted(rule.allowed), piece)]


def _visible(text: str) -> str:
    return text + "0" if not text or text.isspace() else text


def _joined(pieces: Sequence[str]) -> SearchStrategy[str]:
    """Draw strings of some pieces; each piece is drawn as a letter, which is faster than a list and shrinks as well."""
    letters = _LETTERS_AND_DIGITS[: len(pieces)]
    table = str.maketrans(dict(zip(letters, pieces, strict=True)))
    return st.text(letters).map(lambda text: text.translate(table))


def _alphabet(rule: Text) -> SearchStrategy[str]:
    """Draw characters that a rule allows: from its first to its last, except surrogates and the gaps between ranges."""
    gaps = [range(before + 1, after) for (_, before), (after, _) in zip(rule.allowed, rule.allowed[1:], strict=False)]
    excluded = [chr(point) for gap in gaps for point in gap if not 0xD800 <= point <= 0xDFFF]
    (first, _), (_, last) = rule.allowed[0], rule.allowed[-1]
    return st.characters(
        min_codepoint=first, max_codepoint=last, exclude_characters=excluded, exclude_categories=["Cs"]
    )


def _few_or_longer(few: Sequence[str], strategies: Sequence[SearchStrategy[str]]) -> Callable[[DrawFn], str]:
    """Return a function that draws strings half of the time from a few, and otherwise from strategies."""
    longer = [strategy for strategy in strategies for _ in range(len(few) // len(strategies))]
    options: list[str | SearchStrategy[str]] = [*few, *longer]
    places = st.integers(0, len(options) - 1)

    def draw_string(draw: DrawFn) -> str:
        option = options[draw(places)]
        return option if isinstance(option, str) else draw(option)

    return draw_string


# Each kind of string has a function of its own: where Hypothesis repeats a value to find bugs, it repeats what the same
# function drew. Mapped strategies would be shorter, and take a tenth longer to draw.


@st.composite
def _texts(draw: DrawFn, draw_string: Callable[[DrawFn], str]) -> str:
    return _visible(draw_string(draw))


@st.composite
def _long_texts(draw: DrawFn, part: SearchStrategy[str]) -> str:
    return _visible("".join([draw(part) for _ in range(_PARTS_OF_A_LONG_TEXT)]))


@st.composite
def _ids(draw: DrawFn, draw_string: Callable[[DrawFn], str]) -> str:
    id = draw_string(draw)
    return id if id[:1] not in ".:-" else f"0{id[:99]}"


@st.composite
def _partial_dates(draw: DrawFn) -> PartialDate:
    precision, year = draw(_PRECISIONS), _MIDDLE_YEAR + draw(_YEARS)
    if precision == 1:
        return PartialDate(year)
    month = draw(_MONTHS)
    if precision == 2:
        return PartialDate(year, month)
    return PartialDate(year, month, min(draw(_DAYS), calendar.monthrange(year, month)[1]))


@st.composite
def _urls(draw: DrawFn, sites: SearchStrategy[str], tails: SearchStrategy[str]) -> str:
    return draw(sites) + draw(tails)


@st.composite
def _fingerprints(draw: DrawFn, numbers: SearchStrategy[int]) -> str:
    length, hash_ = divmod(draw(numbers), 2**64)
    return f"1:{length + 1}:{hash_:016x}"


@cache
def _forms() -> Mapping[Form, SearchStrategy[str]]:
    """Return a strategy for each pattern that a string may have."""
    return {
        IDENTIFIER: ids(),
        URL: _urls(st.sampled_from(_SITES), st.just("") | st.text(f"{_LETTERS_AND_DIGITS}-._~%é漢\U00010330")),
        LANGUAGE: st.sampled_from(_LANGUAGES),
        FINGERPRINT: _fingerprints(st.integers(0, (10**19 - 1) * 2**64 - 1)),
    }
