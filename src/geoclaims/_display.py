"""Show values to people: short, and safe to print in a message, a terminal or a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeGuard, TypeVar

T = TypeVar("T")

LONGEST_VALUE: Final = 80
"""Messages cut a quoted value to this many characters."""

_CONTAINERS: Final[dict[type[Any], str]] = {dict: "object", list: "array", tuple: "tuple"}
_name_of_type: Final = type.__dict__["__name__"].__get__

_HARMFUL: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")
# These join letters in words of many languages and in emoji, divide a word, or lay out text.
_HARMLESS: Final = "\t\n\u00ad\u200c\u200d"


def found(value: Any) -> str:
    r"""Describe a value in a message: in JSON's words, shortened, and safe to print. Call no method of the value.

    >>> found("a\u202eb"), found(True), found(None), found([1, 2]), found({})
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
            size = container.__len__(value)
            return f"{indefinite(noun)} of {size}" if size else f"an empty {noun}"
    return printable(f"a value of type {cut(_name_of_type(kind))}")


def printable(text: str) -> str:
    """Write control, bidirectional and other invisible characters of a text as escapes."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def visible(text: str) -> str:
    r"""Write the characters that disturb a terminal or page, or hide, as escapes; keep those that words need.

    Letters, marks, signs and spaces of every script stay, and so do tabs, line feeds and joiners.

    >>> visible("a\x1b[2J\u202eb\u2028c")
    'a\\x1b[2J\\u202eb\\u2028c'
    """
    return text if text.isprintable() else "".join(map(_shown, text))


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


def cut(text: str, longest: int = LONGEST_VALUE) -> str:
    """Cut a text to a length, by default to that which messages show.

    >>> cut("China sends troops.", 10)
    'China sen…'
    """
    return text if len(text) <= longest else text[: longest - 1] + "…"


def is_a(value: object, kind: type[T]) -> TypeGuard[T]:
    """Tell whether the type of a value is, or extends, another, whatever the value says of itself."""
    return issubclass(type(value), kind)


def _quoted(text: str) -> str:
    """Quote a string with escapes for invisible characters; of a long one, the beginning and its length."""
    shown = text[:LONGEST_VALUE]
    while len(repr(shown)) > LONGEST_VALUE + len("''"):
        shown = shown[:-1]
    return repr(shown) if shown == text else f"{repr(shown)[:-1]}…{repr(shown)[-1]} ({len(text)} characters)"


def _shown(character: str) -> str:
    import unicodedata

    if character in _HARMLESS or unicodedata.category(character) not in _HARMFUL:
        return character
    return repr(character)[1:-1]
