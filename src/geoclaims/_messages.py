"""Show values to people: short, and safe to print in a message, a terminal or a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, Final, TypeGuard, TypeVar

T = TypeVar("T")

LONGEST_VALUE: Final = 80
"""Messages cut a quoted value to this many characters."""

MOST_COMPARED: Final = 500
"""Among more words than these none is suggested: comparing 500 ids of 100 letters takes up to a quarter of a second."""

_CONTAINERS: Final[dict[type[Any], str]] = {dict: "object", list: "array", tuple: "tuple"}

_HARMFUL: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")
# These join letters in words of many languages and in emoji, divide a word, or lay out text.
_HARMLESS: Final = "\t\n\u00ad\u200c\u200d"

# Letters, marks and signs that are invisible, although Unicode counts them as printable.
_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_MONGOLIAN_SELECTORS: Final = "\u180b-\u180d\u180f"
_BLANKS: Final = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d159"


def describe(value: Any) -> str:
    r"""Describe a value in a message: in JSON's words, shortened, and safe to print.

    >>> describe("a\u202eb"), describe(True), describe(None), describe([1, 2]), describe({})
    ("'a\\u202eb'", 'true', 'null', 'an array of 2', 'an empty object')
    """
    if value is None:
        return "null"
    kind = type(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is str:
        return _quoted(value)
    if kind is int:
        # Python refuses to print integers of more than some thousand digits.
        return cut(str(value)) if value.bit_length() < 1024 else f"an integer of {value.bit_length()} bits"
    if kind is float:
        return repr(value)
    for container, noun in _CONTAINERS.items():
        if is_a(value, container):
            size = len(value)
            return f"{indefinite(noun)} of {size}" if size else f"an empty {noun}"
    return printable(f"a value of type {cut(kind.__name__)}")


def printable(text: str, keeping: str = "") -> str:
    r"""Write control, bidirectional and other invisible characters of a text as escapes, except some to keep.

    >>> print(printable("a\u202eb\u3164"), printable("a\u200cb", keeping="\u200c") == "a\u200cb")
    a\u202eb\u3164 True
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c in keeping else _escaped(c) for c in text)
    return without_blanks(text)


def visible(text: str) -> str:
    r"""Write the characters that disturb a terminal or page, or hide, as escapes; keep those that words need.

    Letters, marks, signs and spaces of every script stay, and so do tabs, line feeds and joiners.

    >>> visible("a\x1b[2J\u202eb\u2028c")
    'a\\x1b[2J\\u202eb\\u2028c'
    """
    return without_blanks(text if text.isprintable() else "".join(map(_shown, text)))


def without_blanks(text: str) -> str:
    r"""Write invisible letters, marks and signs as escapes, except where the characters beside them need them.

    >>> print(without_blanks("a\u3164"), without_blanks("\u263a\ufe0f") == "\u263a\ufe0f")
    a\u3164 True
    """
    if text.isascii() or not _blank().search(text):
        return text
    return _blank_by_itself().sub(lambda blank: _escaped(blank[0]), text)


@cache
def _blank() -> re.Pattern[str]:
    """Compile the pattern of characters that may be invisible; few texts have any, and this is the fastest test."""
    return re.compile(f"[{_SELECTORS}{_MONGOLIAN_SELECTORS}{_BLANKS}]")


@cache
def _blank_by_itself() -> re.Pattern[str]:
    """Compile the pattern of invisible characters that their neighbours do not need."""
    # A selector chooses the shape of the character before it, a filler stands for the letter that a Korean syllable
    # lacks, a blank cell parts words in braille, and a grapheme joiner keeps the order of marks, which Hebrew needs.
    return re.compile(
        rf"(?<![^\s{_SELECTORS}{_MONGOLIAN_SELECTORS}{_BLANKS}])[{_SELECTORS}]"
        rf"|(?<![\u1820-\u18aa])[{_MONGOLIAN_SELECTORS}]"
        r"|\u115f(?![\u1161-\u11a7])|(?<![\u1100-\u115e])\u1160"
        r"|(?<![\u2801-\u28ff])\u2800(?![\u2801-\u28ff])"
        r"|\u034f(?![\u0300-\u034e\u0350-\u036f\u0591-\u05c7])"
        r"|[\u17b4\u17b5\u3164\uffa0\U0001d159]"
    )


def represented(text: str) -> str:
    r"""Represent a string as Python does, with invisible characters as escapes.

    >>> print(represented("a\u3164"))
    'a\u3164'
    """
    shown = repr(text)
    return f"{shown[0]}{without_blanks(shown[1:-1])}{shown[-1]}"


def listed(words: Iterable[str]) -> str:
    """List words of which one is expected.

    >>> listed(["a", "b", "c"])
    'a, b or c'
    """
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def indefinite(noun: str) -> str:
    """Put the indefinite article before a noun.

    >>> indefinite("actor"), indefinite("Span")
    ('an actor', 'a Span')
    """
    return f"{'an' if noun[0] in 'aeiouAEIOU' else 'a'} {noun}"


def suggestion(word: str, known: Collection[str]) -> str:
    """Suggest the known word most similar to the one found, as the end of a message; empty if there is none.

    >>> suggestion("deneis", ["accused", "denies"])
    "; did you mean 'denies'?"
    """
    close = nearest(word, known)
    return "" if close is None else f"; did you mean {describe(close)}?"


def nearest(word: str, known: Collection[str]) -> str | None:
    """Find the known word most similar to another, as written or else ignoring case; none among very many words.

    >>> nearest("LIN-JAN", ["china", "lin-jian"])
    'lin-jian'
    """
    if len(known) > MOST_COMPARED:
        return None
    import difflib

    word = word[:LONGEST_VALUE]
    for fold in (str, str.casefold):
        spellings = dict(zip(map(fold, known), known, strict=True))
        for close in difflib.get_close_matches(fold(word), spellings, n=1):
            return spellings[close]
    return None


def cut(text: str, longest: int = LONGEST_VALUE) -> str:
    """Cut a text to a length, by default to the length that messages show.

    >>> cut("China sends troops.", 10)
    'China sen…'
    """
    return text if len(text) <= longest else text[: longest - 1] + "…"


def is_a(value: object, kind: type[T]) -> TypeGuard[T]:
    """Report whether the type of a value is another type or extends it; ignore `__class__`."""
    return issubclass(type(value), kind)


def _quoted(text: str) -> str:
    """Quote a string with escapes for invisible characters; cut a long one and add its length."""
    cut_text = text[:LONGEST_VALUE]
    while len(shown := represented(cut_text)) > LONGEST_VALUE + len("''"):
        cut_text = cut_text[:-1]
    return shown if cut_text == text else f"{shown[:-1]}…{shown[-1]} ({len(text)} characters)"


def _shown(character: str) -> str:
    import unicodedata

    harmless = character in _HARMLESS or unicodedata.category(character) not in _HARMFUL
    return character if harmless else _escaped(character)


def _escaped(character: str) -> str:
    """Write a character as Python escapes it."""
    return ascii(character)[1:-1]
