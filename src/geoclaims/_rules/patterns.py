"""Write regular expressions that all dialects read alike: of ranges of characters, ids, addresses and languages."""

from __future__ import annotations

import re
import sys
from typing import Final

Ranges = tuple[tuple[int, int], ...]
"""Code points, as the first and the last of each range."""

# What str.isspace() calls white space, as ranges of code points; a test compares the two.
SPACES: Final[Ranges] = (
    (0x09, 0x0D), (0x1C, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A),
    (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
)  # fmt: skip
# All of Unicode but surrogates and category Cc.
LINE: Final[Ranges] = ((0x20, 0x7E), (0xA0, 0xD7FF), (0xE000, 0x10FFFF))
LINES: Final[Ranges] = ((0x09, 0x0A), *LINE)
DOCUMENT: Final[Ranges] = ((0x01, 0xD7FF), (0xE000, 0x10FFFF))


def one_of(allowed: Ranges) -> str:
    r"""Make the pattern of one character inside the ranges.

    >>> one_of(((0x30, 0x39), (0x5D, 0x5D)))
    '[0-9\\]]'
    """
    return f"[{_class_of(allowed)}]"


def none_of(allowed: Ranges) -> str:
    r"""Make the pattern of one character outside the ranges.

    It names what is outside: Python compiles a class of few characters in a tenth of the time that its opposite takes.

    >>> none_of(((0x00, 0x60), (0x62, 0x10FFFF)))
    '[a]'
    """
    return one_of(minus(((0, sys.maxunicode),), allowed))


def _class_of(ranges: Ranges) -> str:
    """Write the inside of a character class that all regular expression dialects read alike."""
    parts = []
    for first, last in ranges:
        ends = [f"\\{c}" if c in "\\[]^-" else c for c in map(chr, (first, last))]
        parts.append(ends[0] if first == last else "-".join(ends))
    return "".join(parts)


def minus(ranges: Ranges, excluded: Ranges) -> Ranges:
    """Cut excluded ranges out of others.

    >>> minus(((1, 9),), ((3, 4), (9, 12)))
    ((1, 2), (5, 8))
    """
    rest = list(ranges)
    for low, high in excluded:
        cut = [[(first, min(last, low - 1)), (max(first, high + 1), last)] for first, last in rest]
        rest = [(first, last) for pair in cut for first, last in pair if first <= last]
    return tuple(rest)


def _characters(text: str) -> Ranges:
    return tuple((ord(c), ord(c)) for c in text)


def _url_pattern() -> str:
    solid = minus(LINE, SPACES)
    user = one_of(minus(solid, _characters("/?#@\\")))
    host = one_of(minus(solid, _characters('/?#@\\:[]<>"^`{|}')))
    address = "\\[[0-9A-Fa-f:.]+\\]"
    return f"[Hh][Tt][Tt][Pp][Ss]?://({user}*@)?({host}+|{address})(:[0-9]*)?([/?#]{one_of(solid)}*)?"


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


ID_PATTERN: Final = "[A-Za-z0-9_][A-Za-z0-9_.:-]{0,99}"
URL_PATTERN: Final = _url_pattern()
LANGUAGE_PATTERN: Final = _language_pattern()
FINGERPRINT_PATTERN: Final = "1:[1-9][0-9]{0,18}:[0-9a-f]{16}"
NOT_YEAR_ZERO: Final = "(?!0000)"
DATE_PATTERN: Final = NOT_YEAR_ZERO + "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"


def possessive(pattern: str) -> str:
    """Make the repetitions of a pattern possessive, for Python's `re` only, so that they never backtrack.

    Matching a language tag of millions of subtags with the plain pattern takes gigabytes.
    """
    return re.sub(r"(?<=[])])[*+]", r"\g<0>+", pattern)
