"""Draw single values: text, ids, dates, and strings with a pattern."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy  # noqa: TC002 - tools that read signatures resolve them

from geoclaims._dates import PartialDate
from geoclaims._rules import FINGERPRINT, IDENTIFIER, LANGUAGE, NAME, URL, Form, Text, unwanted

# Text that is known to break programs, the simplest first, since examples shrink towards it: case, accents, one letter
# written in two ways, scripts from right to left, characters beyond 16 bits, invisible ones, line ends, white space at
# an end, and characters with a meaning in other formats.
_TRAPS: Final = (
    *("0", "a", "A", "é", "e\u0301", "u\u0308", "ß", "ẞ", "İ", "א", "ا", "漢", "\U00010330", "\U0001f1fa\U0001f1e6"),
    *("a\nb", "a\tb", "a\r\nb", "a\rb", "a\u2028b", "\u200b", "\u202e", "\ufeffa", "\x1b[0m", " a ", "\xa0a"),
    *("'", '"', "”", "\\", "/", "<a>", "&amp;", ",", ";", "|", "=0", "#", "{", "null", "nan", "a" * 300),
)
# Characters that split lists in one cell, or shift offsets in a text: one string often has several of them.
_PARTS: Final = 3
_SEPARATORS: Final = ("0", ",", ";", "|", "\n", ",;|")
_SHIFTS: Final = ("0", " ", "\r\n", "e\u0301", "\U00010330", "u\u0308", "\n", "a")
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
_MIDDLE_YEAR: Final = 2000


def texts() -> SearchStrategy[str]:
    """Draw text that every field for text accepts.

    It is not empty or white space alone, and has no control characters. Much of
    it is known to break programs: combining, invisible and astral characters,
    text from right to left, quotation marks, white space at its ends.

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
    return _ids(_Drawn(_IDS, [st.text(f"{_LETTERS_AND_DIGITS}_.:-", max_size=100)]))


def partial_dates() -> SearchStrategy[PartialDate]:
    """Draw dates: years alone, months of a year, and days.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import partial_dates
    >>> find(partial_dates(), lambda date: date.month is not None)
    PartialDate(2000, 1)
    """
    return _partial_dates()


@cache
def texts_under(rule: Text) -> SearchStrategy[str]:
    """Draw text that keeps a rule."""
    traps, separators, shifts = (
        [piece for piece in pieces if not re.search(unwanted(rule.allowed), piece)]
        for pieces in (_TRAPS, _SEPARATORS, _SHIFTS)
    )
    longer = [st.text(_alphabet(rule)), st.text("".join(traps)), *[_joined(separators)] * 3, *[_joined(shifts)] * 2]
    return _texts(_Drawn(traps, longer))


def long_texts_under(rule: Text) -> SearchStrategy[str]:
    """Draw text that keeps a rule, of some length, in which offsets shift if they are counted in another unit."""
    return _long_texts(_joined([piece for piece in _SHIFTS if not re.search(unwanted(rule.allowed), piece)]))


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


class _Drawn:
    """Draw strings half of the time from a few, and otherwise from strategies."""

    def __init__(self, few: Sequence[str], strategies: Sequence[SearchStrategy[str]]) -> None:
        longer = [strategy for strategy in strategies for _ in range(len(few) // len(strategies))]
        self._options: list[str | SearchStrategy[str]] = [*few, *longer]
        self._places = st.integers(0, len(self._options) - 1)

    def __call__(self, draw: DrawFn) -> str:
        option = self._options[draw(self._places)]
        return option if isinstance(option, str) else draw(option)


@st.composite
def _texts(draw: DrawFn, drawn: _Drawn) -> str:
    text = drawn(draw)
    return text + "0" if not text or text.isspace() else text


@st.composite
def _long_texts(draw: DrawFn, part: SearchStrategy[str]) -> str:
    text = "".join([draw(part) for _ in range(_PARTS)])
    return text + "0" if not text or text.isspace() else text


@st.composite
def _ids(draw: DrawFn, drawn: _Drawn) -> str:
    id = drawn(draw)
    return id if id[:1] not in ".:-" else f"0{id[:99]}"


# Strategies are made once: making them costs more than drawing from them.
_YEARS: Final = st.integers(1 - _MIDDLE_YEAR, 9999 - _MIDDLE_YEAR)  # examples shrink towards an ordinary year
_PRECISIONS: Final = st.integers(1, 3)
_MONTHS: Final = st.integers(1, 12)
_DAYS: Final = st.integers(1, 31)


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
def forms() -> Mapping[Form, SearchStrategy[str]]:
    """Return a strategy for each pattern that a string may have."""
    return {
        IDENTIFIER: ids(),
        URL: _urls(st.sampled_from(_SITES), st.just("") | st.text(f"{_LETTERS_AND_DIGITS}-._~%é漢\U00010330")),
        LANGUAGE: st.sampled_from(_LANGUAGES),
        FINGERPRINT: _fingerprints(st.integers(0, (10**19 - 1) * 2**64 - 1)),
    }
