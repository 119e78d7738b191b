"""Parse JSON text strictly: every deviation from the standard is an error that names its place.

A fast parser goes first. It misreads some texts, such as those that repeat a key, so its result is used only if the
number of strings shows that none was lost; every other text is parsed again by the strict parser, which reports errors.
The lines and columns at which issues begin are found only then.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import Any, Final, TypedDict, TypeVar

import attrs

from geoclaims._arguments import is_a
from geoclaims._errors import AnchorError, Issue, Path, ValidationError, wrong_type
from geoclaims._messages import describe, printable

_DEEPEST: Final = 64
"""The largest number of containers that may be open at once.

An article opens five. Python's parser gives up at a few hundred or thousand, by version, and so do those of other
languages, at their own: this many all of them read.
"""

# What stands in a string. Possessive, since otherwise a string with millions of escapes would take gigabytes to match.
_CHARACTERS: Final = r'[^"\\]*+(?:\\(?s:.)[^"\\]*+)*+'
_LEXEME: Final = rf'"{_CHARACTERS}"?|[\[\]{{}}]|NaN|-?Infinity|-?[0-9][0-9.eE+-]*'
_TOKEN: Final = rf'"{_CHARACTERS}"|[\[\]{{}}]|[^\s\[\]{{}}:,"]++|\n'
_ENOUGH_DIGITS: Final = 100
"""Python refuses to read thousands of digits. So many are enough to show that a number is out of range."""

_BACKSLASH: Final = ord("\\")
_UTF_8: Final = "UTF-8: save it as UTF-8"
_COMMA: Final = "a comma, or the end of the array or object"
_KEY: Final = "a key in double quotes"
_VALUE: Final = "a value"
_LAST_COMMA: Final = re.compile(r",[ \t\n\r]*[\]}]")
_FENCE: Final = "```"
_OTHER_MARKS: Final = "'`‘’‚“”„«»「」『』＂"
"""What word processors, and other notations than JSON, have for a quotation mark."""

# How a message of Python's parser begins, and what was expected where it points.
_FAULTS: Final = (
    ("Expecting value", _VALUE),
    ("Expecting property name", _KEY),
    ("Expecting ':'", "a colon after the key"),
    ("Expecting ','", _COMMA),
    ("Extra data", "nothing after the end of the document; read_jsonl and files named .jsonl have one on each line"),
    ("Unterminated string", "a closing quotation mark to this string"),
    ("Invalid control character", "a string on one line, without tabs: \\n and \\t mean them, or a space in a passage"),
    ("Invalid \\u", "four hexadecimal digits after \\u"),
    ("Invalid \\", 'one of " \\ / b f n r t u after a backslash'),
    ("No number", "a number that JSON can hold: neither infinite nor NaN"),
)


class Position(TypedDict):
    """Where something begins in a file: the line, and the code point of that line, both from 1."""

    line: int
    column: int


_AnyError = TypeVar("_AnyError", bound=ValidationError | AnchorError)


class Repeated(dict[str, Any]):
    """An object with repeated keys; it holds the first value of each.

    If a document contains one anywhere, its root is one too, so that other documents need not be searched.
    """

    __slots__ = ("again",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__()
        self.again: Final[Counter[str | int]] = Counter()
        """How often each repeated key occurred after the first time."""
        for key, value in pairs:
            if key in self:
                self.again[key] += 1
            else:
                self[key] = value


def decoded(text: object, first_line: int) -> str:
    """Decode a JSON text, and drop a byte order mark.

    Args:
        text: JSON, in UTF-8 where it is bytes.
        first_line: The line of its file on which the text begins.

    Raises:
        ValidationError: The bytes are not UTF-8 (`encoding`).
        TypeError: The value is neither text nor bytes.
    """
    if is_a(text, str):
        return text.removeprefix("\ufeff")
    if not is_a(text, bytes):
        raise wrong_type(text, "a JSON text, as str or bytes")
    return decoded_utf_8(bytes(text), first_line)


def decoded_utf_8(data: bytes, first_line: int = 1) -> str:
    """Decode UTF-8, and drop a byte order mark.

    Raises:
        ValidationError: The bytes are not UTF-8 (`encoding`).
    """
    encoding = json.detect_encoding(data)  # by a byte order mark, or by NUL, which neither JSON nor a text has
    if not encoding.startswith("utf-8"):
        message = f"found bytes in {encoding.upper()}, expected {_UTF_8}"
        raise ValidationError([Issue("encoding", (), message, line=first_line, column=1)])
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        found = f"{data[error.start : error.start + 1]!r} at byte {error.start}"
        message = f"found {found}, expected {_UTF_8}"
        position = _position_after(data[: error.start].decode().removeprefix("\ufeff"), first_line)
        raise ValidationError([Issue("encoding", (), message, **position)]) from None


def parse(text: str, *, first_line: int = 1) -> Any:
    """Parse a JSON text into builtins; an object that repeats a key, or contains one that does, is a `Repeated`.

    Args:
        text: JSON, without a byte order mark.
        first_line: The line of its file on which the text begins.

    Raises:
        ValidationError: The text opens too many containers (`depth`) or is not JSON (`json`), whichever comes first.
    """
    may_be_too_deep = text.count("[") + text.count("{") > _DEEPEST
    too_deep = _place_too_deep(text) if may_be_too_deep else None
    try:
        return _parse(text[:too_deep])
    except json.JSONDecodeError as error:
        # The text is cut before the container that is too many, so parsing fails there at the latest.
        if too_deep is not None and error.pos >= len(text[:too_deep].rstrip(" \t\n\r")):
            limit = f"no more than {_DEEPEST} open arrays and objects"
            raise _stopped("depth", text, first_line, too_deep, limit) from None
        place, expected = _fault(text, error)
        raise _stopped("json", text, first_line, place, expected) from None


def repeated_keys(data: Any, path: Path = ()) -> Iterator[tuple[str, Path, str]]:
    """Find the keys that a document from `parse` repeats, in document order: the code, path and message of each."""
    again: Mapping[str | int, int] = data.again if isinstance(data, Repeated) else {}
    members: Iterable[tuple[str | int, Any]] = enumerate(data) if isinstance(data, list) else ()
    for step, value in data.items() if isinstance(data, dict) else members:
        for _ in range(again.get(step, 0)):
            yield "duplicate_key", (*path, step), f"found the key {describe(step)} again, expected it once"
        yield from repeated_keys(value, (*path, step))


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
        place = next(m.start() for m in re.finditer(_LEXEME, text) if m[0].startswith(token))
        raise json.JSONDecodeError("No number of JSON", text, place)

    def number(token: str) -> float:
        value = float(token)
        return value if math.isfinite(value) else fail(token)

    data = json.loads(text, object_pairs_hook=members, parse_int=_integer, parse_float=number, parse_constant=fail)
    return Repeated(list(data.items())) if repeating and type(data) is dict else data


def _integer(token: str) -> int:
    return int(token[:_ENOUGH_DIGITS])


def _fault(text: str, error: json.JSONDecodeError) -> tuple[int, str]:
    """Find where a text that is not JSON is wrong, and what was expected there; as any version of Python says it."""
    before, here = text[: error.pos].rstrip(" \t\n\r"), text[error.pos : error.pos + 1]
    # Python 3.13 points to a comma that is too many, older ones behind it
    comma = error.pos if error.msg.startswith("Illegal trailing comma") else len(before) - 1
    if _LAST_COMMA.match(text, comma):
        return comma, "no comma before the end of an array or object"
    expected = next((what for start, what in _FAULTS if error.msg.startswith(start)), f"JSON ({error.msg})")
    if expected == _VALUE and not before:
        expected = "a JSON document"
    closing = before.rstrip('":, ]}')[-1:] if error.msg.startswith(("Invalid control", "Expecting ':'")) else ""
    if text.startswith(_FENCE, error.pos):
        expected += f", without the lines of {_FENCE} around it"
    elif {here, closing} & {*_OTHER_MARKS}:
        expected += '; JSON has straight double quotation marks: "'
    elif expected == _KEY and here == "{":  # after a comma, or as what an object begins with
        expected += ", or a } before this object"
    elif expected == _COMMA and here != ":" and text[error.pos - 1] == '"':  # the text goes on where a string has ended
        expected += '; a string ends at a straight quotation mark, and one within it is written \\"'
    if not (here.isascii() or here.isalpha() or here in _OTHER_MARKS):
        expected += "; JSON has only ASCII marks, digits and spaces"
    return error.pos, expected


def _place_too_deep(text: str) -> int | None:
    """Find where the first container opens that exceeds the limit."""
    depth = 0
    for token in re.finditer(_LEXEME, text):
        if token[0] in ("[", "{"):
            depth += 1
            if depth > _DEEPEST:
                return token.start()
        elif token[0] in ("]", "}"):
            depth -= 1
    return None


def _stopped(code: str, text: str, first_line: int, place: int, expected: str) -> ValidationError:
    """Make the error that names the place where reading ended."""
    position = _position_after(text[:place], first_line)
    here = printable(repr(text[place : place + 20])) if place < len(text) else "the end"
    message = f"found {here} at line {position['line']}, column {position['column']}, expected {expected}"
    return ValidationError([Issue(code, (), message, **position)])


def _position_after(text: str, first_line: int) -> Position:
    """Return the position of what follows a text; only a line feed ends a line."""
    return Position(line=first_line + text.count("\n"), column=len(text) - text.rfind("\n"))


@cache
def quick() -> ModuleType | None:
    """Find the fast parser and writer of JSON, if it is installed.

    It writes the same bytes as the standard library, but misreads some texts.
    """
    try:
        import orjson
    except ImportError:
        return None
    return orjson


def strings_in(text: bytes) -> int:
    """Count the strings in a JSON text, keys included: each has two quotation marks besides those that are escaped."""
    if _BACKSLASH in text:
        text = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    return text.count(b'"') // 2


def with_positions(errors: Sequence[_AnyError], text: str, first_line: int = 1) -> Sequence[_AnyError]:
    """Add to each issue of some errors the position of its value, its wrong key, or the object that lacks a key.

    Args:
        errors: The errors of a document; the document is walked through once for all of them.
        text: The document; the strict parser has read it.
        first_line: The line of its file on which the text begins.
    """
    wanted: set[Path] = set()
    for error in errors:
        for issue in error.issues:
            for length in range(len(issue.path) + 1):
                wanted.add(issue.path[:length])
    values: dict[Path, Position] = {}
    keys: dict[Path, list[Position]] = {}
    for path, line, column, is_key in _beginnings(text, first_line):
        if path in wanted and is_key:
            keys.setdefault(path, []).append(Position(line=line, column=column))
        elif path in wanted:  # the first value of a repeated key is the one that was read
            values.setdefault(path, Position(line=line, column=column))
    return [_with_positions(error, values, keys) for error in errors]


def _with_positions(
    error: _AnyError, values: Mapping[Path, Position], keys: Mapping[Path, Sequence[Position]]
) -> _AnyError:
    """Add the positions to the issues of one error, from those of the values and keys of its document."""
    repetitions: Counter[Path] = Counter()
    issues: list[Issue] = []
    for issue in error.issues:
        path = issue.path
        if issue.code == "duplicate_key":
            repetitions[path] += 1
            position = keys[path][repetitions[path]]
        elif issue.code == "unknown_key" and path in keys:
            position = keys[path][0]
        else:  # a missing key has the position of the object that lacks it
            while path not in values:
                path = path[:-1]
            position = values[path]
        issues.append(attrs.evolve(issue, **position))
    return type(error)(issues, omitted=error.omitted)


def _beginnings(text: str, line: int) -> Iterator[tuple[Path, int, int, bool]]:
    """Iterate over where keys and values begin: the path, the line, the column, and whether it is a key."""
    before_line = -1  # the place of the line feed before the line
    path: list[Any] = []
    key_is_next = False
    for match in re.finditer(_TOKEN, text):
        lexeme = match[0]
        if lexeme == "\n":
            line += 1
            before_line = match.start()
        elif key_is_next and lexeme != "}":
            path[-1] = json.loads(lexeme) if "\\" in lexeme else lexeme[1:-1]
            yield tuple(path), line, match.start() - before_line, True
            key_is_next = False
        else:
            if lexeme in {"]", "}"}:
                path.pop()
            else:
                yield tuple(path), line, match.start() - before_line, False
            if lexeme in {"[", "{"}:
                path.append(0)  # of an object, until its first key is read
                key_is_next = lexeme == "{"
            else:
                key_is_next = bool(path) and type(path[-1]) is str
                if path and type(path[-1]) is int:
                    path[-1] += 1
