"""Strict JSON: from text or bytes to builtins, with every deviation from the standard an error that names its place."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from geoclaims._display.wording import is_a, printable
from geoclaims._errors import Issue, Path, ValidationError
from geoclaims._issues import invalid

DEEPEST: Final = 64
"""No more containers than this may be open at once."""

# Possessive, since otherwise a string with millions of escapes takes gigabytes to match.
_STRING: Final = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
_LEXEME: Final = rf"{_STRING}|[\[\]{{}}]|NaN|-?Infinity|-?[0-9][0-9.eE+-]*"
_ENOUGH_DIGITS: Final = 100

# What Python's parser says of a fault, and what was expected there, each by how its message begins.
_FAULTS: Final = (
    ("Expecting value", "a value"),
    ("Expecting property name", "a key in double quotes"),
    ("Expecting ':'", "a colon after the key"),
    ("Expecting ','", "a comma, or the end of the array or object"),
    ("Extra data", "nothing after the end of the document"),
    ("Unterminated string", "a closing quotation mark to this string"),
    ("Invalid control character", "control characters in strings to be escaped"),
    ("Invalid \\u", "four hexadecimal digits after \\u"),
    ("Invalid \\", 'one of " \\ / b f n r t u after a backslash'),
    ("Illegal trailing comma", "no comma before the end of an array or object"),
    ("No number", "a number that JSON can hold: neither infinite nor NaN"),
)


class Repeated(dict[str, Any]):
    """An object in which keys came more than once; it holds the first value of each.

    Where one stands anywhere in a document, so does one at the root of it, and the rest need not be searched.
    """

    __slots__ = ("again",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__()
        self.again: Final[Counter[str | int]] = Counter()
        """How many times more than once each repeated key came."""
        for key, value in pairs:
            if key in self:
                self.again[key] += 1
            else:
                self[key] = value


def parse(text: str | bytes, *, first_line: int = 1) -> Any:
    """The builtins that a JSON text stands for; an object that repeats a key, or holds one that does, is a `Repeated`.

    Args:
        text: JSON, in UTF-8 where it is bytes.
        first_line: Which line of its file the text begins on, for messages.

    Raises:
        ValidationError: The text is not UTF-8 (`encoding`), opens too many containers (`depth`), or is not JSON
            (`json`), whichever comes first.
    """
    text = decoded(text)
    too_deep = _place_too_deep(text)
    try:
        return _parse(text if too_deep is None else text[:too_deep])
    except json.JSONDecodeError as error:
        # cut off before the container too many, the text goes wrong there at the latest
        if too_deep is not None and error.pos >= len(text[:too_deep].rstrip(" \t\n\r")):
            message = _at(text, first_line, too_deep, f"no more than {DEEPEST} open arrays and objects")
            raise ValidationError([Issue("depth", (), message)]) from None
        expected = next((what for start, what in _FAULTS if error.msg.startswith(start)), f"JSON ({error.msg})")
        raise ValidationError([Issue("json", (), _at(text, first_line, error.pos, expected))]) from None


def decoded(text: str | bytes) -> str:
    """A JSON text as a string, without a byte order mark.

    Raises:
        ValidationError: The bytes are not UTF-8 (`encoding`), or this is neither text nor bytes (`type`).
    """
    if is_a(text, bytes) or is_a(text, bytearray):
        data = bytes(memoryview(text))
        encoding = json.detect_encoding(data)
        if not encoding.startswith("utf-8"):
            raise ValidationError([Issue("encoding", (), f"found bytes in {encoding.upper()}, expected UTF-8")])
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            message = f"found {data[error.start : error.start + 1]!r} at byte {error.start}, expected UTF-8"
            raise ValidationError([Issue("encoding", (), f"{message} ({error.reason})")]) from None
    if not is_a(text, str):
        raise invalid("type", (), text, "a JSON text, as str or bytes")
    return str.removeprefix(text, "\ufeff")


def repeats(data: dict[str, Any] | list[Any], path: Path = ()) -> Iterator[Path]:
    """Where a document repeats a key, in document order, as told by the objects that `parse` makes."""
    again: Mapping[str | int, int] = data.again if isinstance(data, Repeated) else {}
    members: Iterable[tuple[str | int, Any]] = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in members:
        yield from again.get(step, 0) * [(*path, step)]
        if isinstance(value, dict | list):
            yield from repeats(value, (*path, step))


def _parse(text: str) -> Any:
    repeating = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeating
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        repeating = True
        return Repeated(pairs)

    def fail(token: str) -> Any:
        place = next(m.start() for m in re.finditer(_LEXEME, text, re.DOTALL) if m[0].startswith(token))
        raise json.JSONDecodeError("No number of JSON", text, place)

    def number(token: str) -> float:
        value = float(token)
        return value if math.isfinite(value) else fail(token)

    data = json.loads(text, object_pairs_hook=members, parse_int=_integer, parse_float=number, parse_constant=fail)
    return Repeated(list(data.items())) if repeating and type(data) is dict else data


def _integer(token: str) -> int:
    # Python refuses thousands of digits; the first hundred tell as well that the number is out of range
    return int(token[:_ENOUGH_DIGITS])


def _place_too_deep(text: str) -> int | None:
    """Where the first container opens that is one too many."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return None
    depth = 0
    for token in re.finditer(_LEXEME, text, re.DOTALL):
        if token[0] in ("[", "{"):
            depth += 1
            if depth > DEEPEST:
                return token.start()
        elif token[0] in ("]", "}"):
            depth -= 1
    return None


def _at(text: str, first_line: int, place: int, expected: str) -> str:
    line = first_line + text.count("\n", 0, place)
    column = place - text.rfind("\n", 0, place)
    here = printable(repr(text[place : place + 20])) if place < len(text) else "the end"
    return f"found {here} at line {line}, column {column}, expected {expected}"
