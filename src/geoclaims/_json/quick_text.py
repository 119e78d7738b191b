"""The fast path from JSON text to models: a quick parser, and a count that finds out repeated keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final, NamedTuple

from geoclaims._json.compiled import read_quickly


def read_text_quickly(model: type[Any], text: str | bytes) -> Any | None:
    """The object that a JSON text stands for, or None where that is for the plain path to say."""
    if type(text) is not str and type(text) is not bytes:
        return None
    keys: list[int] = []
    try:
        instance = read_quickly(model, quick_loads()(text), keys.append)
    except Exception:  # noqa: BLE001 - whatever it is, the plain path finds it and names it
        return None
    return instance if sum(keys) == _count_of_keys(text) else None


def _count_of_keys(text: str | bytes) -> int:
    """How many keys a JSON text writes out, or -1 where that is not easily told.

    A key ends in a quotation mark and a colon, unless there is white space between the two. Within a string the mark
    is escaped, and no known key ends in a backslash.
    """
    marks: Any = _IN_TEXT if isinstance(text, str) else _IN_BYTES
    if text.find(marks.space_and_colon) >= 0:  # `in` takes twice as long with bytes
        return -1
    for space, space_and_colon in marks.rare:  # one character is sought many times as fast as two
        if text.find(space) >= 0 and text.find(space_and_colon) >= 0:
            return -1
    escaped = text.count(marks.escaped_end_of_key) if text.find(marks.backslash) >= 0 else 0
    return text.count(marks.end_of_key) - escaped


class _Marks(NamedTuple):
    end_of_key: str | bytes
    backslash: str | bytes
    escaped_end_of_key: str | bytes
    space_and_colon: str | bytes
    rare: tuple[tuple[str | bytes, str | bytes], ...]


_IN_TEXT: Final = _Marks('":', "\\", '\\":', " :", (("\t", "\t:"), ("\n", "\n:"), ("\r", "\r:")))
_IN_BYTES: Final = _Marks(b'":', b"\\", b'\\":', b" :", ((b"\t", b"\t:"), (b"\n", b"\n:"), (b"\r", b"\r:")))


@cache
def quick_loads() -> Callable[[str | bytes], Any]:
    """The quickest parser there is; what it misreads, the count or the definitions of the fields refuse."""
    try:
        import orjson
    except ImportError:
        import json

        return lambda text: json.loads(text if isinstance(text, str) else text.decode())
    return orjson.loads


@cache
def quick_dumps() -> Callable[[Any], bytes] | None:
    """The quickest writer of compact JSON, where it is installed; its bytes are those of the standard library."""
    try:
        import orjson
    except ImportError:
        return None
    return orjson.dumps
