"""The fast path from JSON text to models: a quick parser, and a count that finds out repeated keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from geoclaims._json.compiled import read_quickly


def read_text_quickly(model: type[Any], text: str | bytes) -> Any | None:
    """The object that a JSON text stands for, or None where that is for the plain path to say."""
    if type(text) is not str and type(text) is not bytes:
        return None
    objects: list[dict[Any, Any]] = []
    try:
        data = text.encode() if isinstance(text, str) else text
        instance = read_quickly(model, quick_loads()(data), objects.append, clean=_is_clean(data))
    except Exception:  # noqa: BLE001 - whatever it is, the plain path finds it and names it
        return None
    return instance if sum(map(len, objects)) == _count_of_keys(data) else None


def _count_of_keys(text: bytes) -> int:
    """How many keys a JSON text writes out, or -1 where that is not easily told.

    A key ends in a quotation mark and a colon, unless there is white space between the two. Within a string the mark
    is escaped, and no known key ends in a backslash. A string that begins with a colon is counted too, so that the
    number is then too high.
    """
    if _may_have_space_before_colon(text) and any(
        not text.endswith(b"\\", 0, space.start()) for space in re.finditer(rb'"[ \t\n\r]+:', text)
    ):
        return -1
    return text.count(b'":') - (text.count(b'\\":') if _has(b"\\", text) else 0)


def _may_have_space_before_colon(text: bytes) -> bool:
    if _has(b" :", text):
        return True
    # one character is sought many times as fast as two
    return any(_has(space, text) and _has(space + b":", text) for space in (b"\t", b"\n", b"\r"))


def _is_clean(text: bytes) -> bool:
    """Whether no string in a JSON text is known to have a control character or surrogate.

    Those below the space are escaped, or it would be no JSON; so are surrogates, or it would be no UTF-8. A quotation
    mark may be the only thing escaped. The others are U+007F, and U+0080 to U+009F, which all begin with the byte C2.
    """
    if _has(b"\x7f", text) or _has(b"\xc2", text):
        return False
    return not _has(b"\\", text) or text.count(b"\\") == text.count(b'\\"')


def _has(part: bytes, text: bytes) -> bool:
    return text.find(part) >= 0  # `in` takes twice as long


@cache
def quick_loads() -> Callable[[bytes], Any]:
    """The quickest parser there is; what it misreads, the count or the definitions of the fields refuse."""
    try:
        import orjson
    except ImportError:
        import json

        return lambda text: json.loads(text.decode())
    return orjson.loads


@cache
def quick_dumps() -> Callable[[Any], bytes] | None:
    """The quickest writer of compact JSON, where it is installed; its bytes are those of the standard library."""
    try:
        import orjson
    except ImportError:
        return None
    return orjson.dumps
