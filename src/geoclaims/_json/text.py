"""Strict JSON: from text or bytes to builtins, with every deviation from the standard an error that names its place."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

from geoclaims._errors import Issue, ValidationError, invalid, printable

DEEPEST: Final = 64
"""No more containers than this may be open at once."""

_LEXEME: Final = r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{]|[\]}]|NaN|-?Infinity|-?[0-9][0-9.eE+-]*'
_ENOUGH_DIGITS: Final = 100


class Repeated(dict[str, Any]):
    """An object in which some keys came more than once; it holds the first value of each."""

    __slots__ = ("again",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__()
        self.again: list[str] = []
        """The keys that came again, in order."""
        for key, value in pairs:
            if key in self:
                self.again.append(key)
            else:
                self[key] = value


def parse(text: str | bytes) -> Any:
    """The builtins that a JSON text stands for; an object with a repeated key is a `Repeated`.

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
            message = _at(text, too_deep, f"no more than {DEEPEST} open containers")
            raise ValidationError([Issue("depth", (), message)]) from None
        message = _at(text, error.pos, f"JSON: {error.msg[:1].lower()}{error.msg[1:]}")
        raise ValidationError([Issue("json", (), message)]) from None


def decoded(text: str | bytes) -> str:
    """A JSON text as a string, without a byte order mark.

    Raises:
        ValidationError: The bytes are not UTF-8 (`encoding`), or this is neither text nor bytes (`type`).
    """
    if isinstance(text, bytes | bytearray | memoryview):
        data = bytes(text)
        encoding = json.detect_encoding(data)
        if not encoding.startswith("utf-8"):
            raise ValidationError([Issue("encoding", (), f"found bytes in {encoding.upper()}, expected UTF-8")])
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            message = f"found {data[error.start : error.start + 1]!r} at byte {error.start}, expected UTF-8"
            raise ValidationError([Issue("encoding", (), f"{message} ({error.reason})")]) from None
    if not isinstance(text, str):
        raise invalid("type", (), text, "a JSON text, as str or bytes")
    return text.removeprefix("\ufeff")


def _parse(text: str) -> Any:
    def fail(token: str) -> Any:
        place = next(m.start() for m in re.finditer(_LEXEME, text, re.DOTALL) if m[0] == token)
        raise json.JSONDecodeError("No number of JSON", text, place)

    def number(token: str) -> float:
        value = float(token)
        return value if math.isfinite(value) else fail(token)

    return json.loads(text, object_pairs_hook=_object, parse_int=_integer, parse_float=number, parse_constant=fail)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    return members if len(members) == len(pairs) else Repeated(pairs)


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


def _at(text: str, place: int, expected: str) -> str:
    line = text.count("\n", 0, place) + 1
    column = place - text.rfind("\n", 0, place)
    here = printable(repr(text[place : place + 20])) if place < len(text) else "the end"
    return f"found {here} at line {line}, column {column}, expected {expected}"
