"""Draw the values of fields by their rules: text, ids, dates, and strings with a pattern."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy  # noqa: TC002 - tools that read signatures resolve them

from geoclaims._dates import PartialDate
from geoclaims._rules import rules
from geoclaims._rules.countries import COUNTRY_CODES
from geoclaims._rules.patterns import none_of
from geoclaims._rules.rules import FINGERPRINT, IDENTIFIER, LANGUAGE, LARGEST_NUMBER, NAME, REFERENCE, URL

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
_LETTERS_AND_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_IDS: Final = ("0", "a", "A", "0_.:-", "_", "null", "a" * 100)
_SITE: Final = "http://a.example/"
_URLS: Final = (
    *("https://a.example/", "HTTPS://A.example:443/", "http://user@a.example:/", "http://a.example", "http://[::1]/"),
    *("https://пример.example/?", "http://a.example/%C3%A9#é", "https://www.a.example/Q1"),
    *("https://www.wikidata.org/wiki/Q148", "http://www.wikidata.org/entity/Q148"),
)
_LANGUAGES: Final = (
    *("en", "EN", "uk", "zh-yue", "zh-Hant-TW", "sr-latn", "es-419", "de-CH-1901", "sl-rozaj-biske"),
    *("de-u-co-phonebk", "en-a-bbb-x-c", "qaa-Qaaa-QM-x-southern", "x-private", "i-klingon", "en-GB-oed"),
)
_MOST_ELEMENTS: Final = 4
_ORDINARY_YEAR: Final = 2000  # examples shrink towards it

# Strategies are made once: making them costs more than drawing from them.
_YEARS: Final = st.integers(1 - _ORDINARY_YEAR, 9999 - _ORDINARY_YEAR)
_PRECISIONS: Final = st.integers(1, 3)
_MONTHS: Final = st.integers(1, 12)
_DAYS: Final = st.integers(1, 31)


def texts() -> SearchStrategy[str]:
    """Draw text that every field for text accepts.

    Much of it breaks programs: combining, invisible and astral characters, text
    from right to left, quotation marks, white space at its ends.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import texts
    >>> len(find(texts(), str.isalpha))
    1
    """
    return texts_under(NAME)


def ids() -> SearchStrategy[str]:
    """Draw ids, as articles, actors and statements have them.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import ids
    >>> find(ids(), lambda id: id.isalpha())
    'A'
    """
    any_id = st.text(f"{_LETTERS_AND_DIGITS}_.:-", min_size=1, max_size=100).filter(lambda id: id[0] not in ".:-")
    return any_id | st.sampled_from(_IDS)


def partial_dates() -> SearchStrategy[PartialDate]:
    """Draw dates: years alone, months of a year, and days.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import partial_dates
    >>> find(partial_dates(), lambda date: date.month is not None)
    PartialDate(2000, 1)
    """
    return _partial_dates()


@st.composite
def _partial_dates(draw: DrawFn) -> PartialDate:
    # All parts are always drawn, so that shrinking can leave one out without a change of the draws that follow.
    precision, year, month, day = draw(_PRECISIONS), _ORDINARY_YEAR + draw(_YEARS), draw(_MONTHS), draw(_DAYS)
    if precision == 1:
        return PartialDate(year)
    return PartialDate(year, month, min(day, calendar.monthrange(year, month)[1]) if precision > 2 else None)


def values(
    rule: rules.Rule, references: SearchStrategy[Any], parts: Mapping[type[Any], Callable[[], SearchStrategy[Any]]]
) -> SearchStrategy[Any]:
    """Return a strategy of values that keep a rule.

    The strategies of references and of models that are parts of others do not follow from a rule, so they are given.
    """
    match rule:
        case rules.Text():
            return texts_under(rule)
        case rules.Form():
            return _forms()[rule]
        case rules.Reference():
            return references
        case rules.Country():
            return st.sampled_from([*sorted(COUNTRY_CODES), *["XKX"] * 50])  # the one that is not in the standard
        case rules.Flag():
            return st.sampled_from([True])  # false is the default, which is left out
        case rules.Whole():
            return st.integers(0, LARGEST_NUMBER) | st.sampled_from((0, 1, 2, LARGEST_NUMBER))
        case rules.Choice(enum):
            return st.sampled_from(enum)
        case rules.Date():
            return partial_dates()
        case rules.Nested(models):
            return st.one_of([parts[model]() for model in models])
        case _:
            items = values(rule.item, references, parts)
            return one_or_up_to(_MOST_ELEMENTS, items)


def one_or_up_to(most: int, items: SearchStrategy[Any]) -> SearchStrategy[Sequence[Any]]:
    """Draw lists of one element as often as lists of some."""
    # Not by `st.tuples`, here or elsewhere: of a failing example, Hypothesis would vary each element of each tuple a
    # hundred times, to say in a comment whether it matters, although no tuple is printed.
    return st.lists(items, min_size=1, max_size=1) | st.lists(items, min_size=1, max_size=most)


def is_allowed(text: str, rule: rules.Text) -> bool:
    """Report whether a rule allows all characters of a text."""
    return not _outside(rule).search(text)


@cache
def _outside(rule: rules.Text) -> re.Pattern[str]:
    return re.compile(none_of(rule.allowed))


def forbidden(rule: rules.Text) -> list[str]:
    """List the control characters that a rule does not allow."""
    return [character for character in map(chr, range(0xA0)) if not is_allowed(character, rule)]


@cache
def texts_under(rule: rules.Text) -> SearchStrategy[str]:
    """Draw text that keeps a rule: anything first, since examples shrink towards it, then text that breaks programs."""
    characters = st.characters(exclude_characters=forbidden(rule), exclude_categories=["Cs"])
    traps = [trap for trap in _TRAPS if is_allowed(trap, rule)]
    few = [st.sampled_from(traps) for _ in range(3)]  # separate strategies, since a repeated one counts once
    separated = [_joined(_SEPARATORS, rule) for _ in range(2)]
    return st.one_of(st.text(characters).filter(str.strip), *few, *separated, _joined(_SHIFTS, rule))


def long_texts_under(rule: rules.Text) -> SearchStrategy[str]:
    """Draw text that keeps a rule, of some length, in which offsets shift if they are counted in another unit.

    Quotes are words of it, so it has what splits lists, too.
    """
    return concatenated(*(_joined(pieces, rule) for pieces in (_SHIFTS, _SEPARATORS, _SHIFTS)))


def _joined(pieces: Sequence[str], rule: rules.Text) -> SearchStrategy[str]:
    """Draw strings of some pieces; each piece is drawn as a letter, which is faster than a list and shrinks as well."""
    allowed = [piece for piece in pieces if is_allowed(piece, rule)]
    table = str.maketrans(dict(zip(_LETTERS_AND_DIGITS, allowed, strict=False)))

    def translated(letters: str) -> str:
        text = letters.translate(table)
        return text if text.strip() else f"{text}0"

    return _made(translated, st.text(_LETTERS_AND_DIGITS[: len(allowed)]))


def _fingerprint(number: int) -> str:
    length, hash_ = divmod(number, 2**64)
    return f"1:{length + 1}:{hash_:016x}"


@st.composite
def concatenated(draw: DrawFn, *strategies: SearchStrategy[str]) -> str:
    """Draw strings and put them together."""
    return "".join(map(draw, strategies))


@st.composite
def _made(draw: DrawFn, make: Callable[[Any], str], strategy: SearchStrategy[Any]) -> str:
    """Draw what a function makes; of `map`, Hypothesis might print the call instead of the value."""
    return make(draw(strategy))


@cache
def _forms() -> Mapping[rules.Form, SearchStrategy[str]]:
    """Return a strategy for each pattern that a string may have."""
    tails = st.text(f"{_LETTERS_AND_DIGITS}-._~%é漢\U00010330")
    return {
        IDENTIFIER: ids(),
        REFERENCE: concatenated(ids(), st.just("/"), ids()),
        URL: concatenated(st.just(_SITE), tails) | st.sampled_from(_URLS),
        LANGUAGE: st.sampled_from(_LANGUAGES),
        FINGERPRINT: _made(_fingerprint, st.integers(0, (10**19 - 1) * 2**64 - 1)),
    }
