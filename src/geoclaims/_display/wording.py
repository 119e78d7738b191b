"""How messages are worded: a value that was found, as text that is short and safe to print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeGuard, TypeVar

T = TypeVar("T")

LONGEST_VALUE: Final = 80
"""A value quoted in a message is cut to this many characters."""


def found(value: Any) -> str:
    r"""A value as messages show it: in JSON's words, shortened, and safe to print. Nothing is asked of the value.

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
        # Python refuses to print integers of more than some thousand digits
        return cut(str(value)) if value.bit_length() < 1024 else f"an integer of {value.bit_length()} bits"
    if kind is float:
        return repr(value)
    for container, noun in _CONTAINERS.items():
        if is_a(value, container):
            size = container.__len__(value)
            return f"{indefinite(noun)} of {size}" if size else f"an empty {noun}"
    return printable(f"a value of type {cut(_name_of_type(kind))}")


_CONTAINERS: Final[dict[type[Any], str]] = {dict: "object", list: "array", tuple: "tuple"}
_name_of_type: Final = type.__dict__["__name__"].__get__


def printable(text: str) -> str:
    """Text in which control, bidirectional and other invisible characters are written as escapes."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def listed(words: Iterable[str]) -> str:
    """Words of which one is expected, as people list them.

    >>> listed(["a", "b", "c"])
    'a, b or c'
    """
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def indefinite(noun: str) -> str:
    """A noun with its article.

    >>> indefinite("actor"), indefinite("Span")
    ('an actor', 'a Span')
    """
    return f"{'an' if noun[0] in 'aeiouAEIOU' else 'a'} {noun}"


def _quoted(text: str) -> str:
    """A string in quotation marks, with invisible characters as escapes; of a long one the start and the length."""
    shown = text[:LONGEST_VALUE]
    while len(repr(shown)) > LONGEST_VALUE + len("''"):
        shown = shown[:-1]
    return repr(shown) if shown == text else f"{repr(shown)[:-1]}…{repr(shown)[-1]} ({len(text)} characters)"


def cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def is_a(value: object, kind: type[T]) -> TypeGuard[T]:
    """Whether a value is an instance of a type, without asking the value, which may lie or raise."""
    return issubclass(type(value), kind)
