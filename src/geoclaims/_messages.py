"""Show values to people: short, and safe to print in a message, a terminal or a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any, Final, NamedTuple, TypeGuard, TypeVar

T = TypeVar("T")

LONGEST_VALUE: Final = 80
"""Messages cut a quoted value to this many characters."""

MOST_COMPARED: Final = 500
"""Among more words than these none is suggested: comparing 500 ids of 100 letters takes up to a quarter of a second."""

# Default_Ignorable_Code_Point, from DerivedCoreProperties.txt of Unicode 17.0: where a program has no use for such a
# character, it shows nothing.
_IGNORABLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# These show nothing either: the blank cell of braille, the marks of annotations between lines and of objects, the
# controls of hieroglyphs, and the null note head.
_BLANK: Final = "\u2800\ufff9-\ufffc\U00013430-\U0001343f\U0001d159"
_INVISIBLE: Final = _IGNORABLE + _BLANK
_WITHOUT_SPACES: Final = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff"  # Thai, Lao, Burmese and Khmer

# Controls, surrogates, separators of lines and paragraphs, and what is not assigned.
_HARMFUL: Final = ("Cc", "Cs", "Zl", "Zp", "Cn")


class Words(NamedTuple):
    """What the people who wrote something call the values that have no name of their own."""

    nothing: str
    true: str
    false: str
    object: str
    array: str
    any_array: str
    """An array where one is expected."""
    no_key: str = "no key {}"
    """The place of a value that is missing, with the name of its key."""


JSON: Final = Words("null", "true", "false", "object", "array", "an array")
DRAFT: Final = JSON._replace(array="list", any_array="a list in square brackets")
"""The words for annotators, most of whom do not program."""
TABLE: Final = JSON._replace(no_key="an empty cell")
PYTHON: Final = Words("None", "True", "False", "dict", "list", "a list")


def describe(value: Any, words: Words = JSON) -> str:
    r"""Describe a value in a message: shortened, and safe to print.

    >>> describe("a\u202eb"), describe(True), describe(None), describe([1, 2]), describe({})
    ("'a\\u202eb'", 'true', 'null', 'an array of 2', 'an empty object')
    >>> describe(True, PYTHON), describe(None, PYTHON), describe([1, 2], PYTHON), describe({}, PYTHON)
    ('True', 'None', 'a list of 2', 'an empty dict')
    """
    if value is None:
        return words.nothing
    kind = type(value)
    if kind is bool:
        return words.true if value else words.false
    if kind is str:
        return _quoted(value)
    if kind is int:
        # Python refuses to print integers of more than some thousand digits.
        return cut(str(value)) if value.bit_length() < 1024 else f"an integer of {value.bit_length()} bits"
    if kind is float:
        return repr(value)
    for container, noun in ((dict, words.object), (list, words.array), (tuple, "tuple")):
        if is_a(value, container):
            size = len(value)
            return f"{indefinite(noun)} of {size}" if size else f"an empty {noun}"
    return printable(f"a value of type {cut(type(value).__name__)}")


def printable(text: str) -> str:
    r"""Write what does not print, and what is invisible, as escapes: for messages, which are one line.

    >>> print(printable("a\u202eb\n\u3164"))
    a\u202eb\n\u3164
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() else _escaped(c) for c in text)
    return without_invisible(text)


def visible(text: str) -> str:
    r"""Write the characters that disturb a terminal or page, or hide, as escapes; keep those that words need.

    Letters, marks, signs and spaces of every script stay, and so do tabs and line feeds.

    >>> visible("a\x1b[2J\u202eb\u2028c")
    'a\\x1b[2J\\u202eb\\u2028c'
    """
    return without_invisible(_without_harmful(text, _escaped))


def visible_address(url: str) -> str:
    r"""Percent-encode the invisible characters of an address, so that what is shown leads to the same host.

    An escape would not do: to a browser, its backslash ends the host.

    >>> visible_address("https://evil.example\u200b.trusted.example/")
    'https://evil.example%E2%80%8B.trusted.example/'
    """
    from urllib.parse import quote

    return _invisible().sub(lambda found: quote(found[0]), _without_harmful(url, quote))


def without_invisible(text: str) -> str:
    r"""Write invisible characters as escapes, except where the characters beside them need them.

    >>> print(without_invisible("a\u3164"), without_invisible("\u263a\ufe0f") == "\u263a\ufe0f")
    a\u3164 True
    """
    if not has_invisible(text):
        return text
    return _not_needed().sub(lambda found: _escaped(found[0]), text)


def has_invisible(text: str) -> bool:
    """Report whether a text has characters that show nothing, needed or not."""
    return not text.isascii() and _invisible().search(text) is not None


@cache
def _invisible() -> re.Pattern[str]:
    """Compile the pattern of characters that show nothing; few texts have any, and this is the fastest test."""
    return re.compile(f"[{_INVISIBLE}]")


@cache
def _not_needed() -> re.Pattern[str]:
    """Compile the pattern of invisible characters that their neighbours do not need."""
    shown = rf"[^\x00-\x7f\s{_INVISIBLE}]"
    letter = rf"[^\W\d_{_INVISIBLE}]"
    needed = (
        # A selector chooses the shape of a sign, and joiners join or part letters, or the signs of an emoji. In words
        # of ASCII they have no use. A space of no width parts words in scripts of South-East Asia.
        rf"(?<={shown})[\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]",
        rf"[\u200c\u200d](?={shown})",
        rf"(?<=[{_WITHOUT_SPACES}])\u200b(?=[{_WITHOUT_SPACES}])",
        rf"(?<={shown}[\ufe00-\ufe0f])\u200d",
        r"(?<=[#*0-9])\ufe0f(?=\u20e3)",
        r"(?<=[\u1820-\u18aa])[\u180b-\u180f]",
        rf"(?<={letter})\u00ad(?={letter})",
        # A filler stands for the letter that a Korean syllable lacks, a blank cell parts words in braille, and a
        # grapheme joiner keeps the order of marks, which Hebrew needs.
        r"\u115f(?=[\u1161-\u11a7])|(?<=[\u1100-\u115e])\u1160",
        r"(?<=[\u2801-\u28ff])\u2800|\u2800(?=[\u2801-\u28ff])",
        r"\u034f(?=[\u0300-\u034e\u0350-\u036f\u0591-\u05c7])",
    )
    return re.compile(f"(?=[{_INVISIBLE}])(?!{'|'.join(needed)}).")


def represented(text: str) -> str:
    r"""Represent a string as Python does, with invisible characters as escapes.

    >>> print(represented("a\u3164"))
    'a\u3164'
    """
    shown = repr(text)
    return f"{shown[0]}{without_invisible(shown[1:-1])}{shown[-1]}"


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


def _without_harmful(text: str, escape: Callable[[str], str]) -> str:
    """Escape the characters that disturb a terminal or page, and those that are not assigned."""
    if text.isprintable():
        return text
    import unicodedata

    return "".join(escape(c) if unicodedata.category(c) in _HARMFUL and c not in "\t\n" else c for c in text)


def _escaped(character: str) -> str:
    """Write a character as Python escapes it."""
    return ascii(character)[1:-1]
