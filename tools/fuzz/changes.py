"""Change inputs of the fuzzer according to their kind: a JSON value, a line, a word, or else bytes."""

from __future__ import annotations

import copy
import gzip
import json
import random
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from tools.fuzz.seeds import BETWEEN, DATE_WORDS, DATES, KEYS, LETTERS

VALUES: Final[Sequence[Any]] = (
    *(None, True, False, 0, 1, -1, 2**63 - 1, 2**63, 10**400, 0.5, 1.0, 1e400, float("nan")),
    *("", " ", "a", "\x00", "\ud800", "\u202e", "a\n", "1.0", "2.0", "x" * 101, "2025", "2025-02-30", "0000", "en"),
    *("UKR", "http://a", "http://", "statement", "allegation", "denial", "state", "outright", "1:4:0123456789abcdef"),
    *("last Monday", "04/05/2025", "#review", "ClaimReview", "=1+1", "'", "a|b", "\\|"),
    *([], {}, [[]], [{}], ["a", "a"], {"": 1}, {"@id": "#review"}),
)
SIGNS: Final = (
    "|",
    "\\",
    "'",
    '"',
    "=",
    "+",
    "-",
    "@",
    " ",
    "0",
    "9",
    ";",
    ",",
    "\t",
    "\n",
    "\x85",
    "a",
    "Z",
    "ab" * 40,
)
LONGEST: Final = 40_000
"""The bytes that an input may have: enough for every seed."""

OfBytes = Callable[[bytes], bytes]
"""A change of bytes that knows nothing of what they stand for."""
Change = Callable[[bytes, random.Random, OfBytes], bytes]
"""A change of an input, by chance."""


def _members(value: Any) -> Iterator[tuple[Any, Any]]:
    """Find every member of a document, with the object or array that holds it."""
    for key in list(value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()):
        yield value, key
        yield from _members(value[key])


def _json(data: bytes, chance: random.Random, of_bytes: OfBytes) -> bytes:
    """Replace, move, repeat or leave out a value, change a text, or add or repeat a key."""
    try:
        document = json.loads(data)
        members = list(_members(document))
    except (ValueError, RecursionError):
        return of_bytes(data)
    if not members:
        return json.dumps(chance.choice(VALUES)).encode()
    holder, key = chance.choice(members)
    match chance.randrange(6):
        case 0:
            del holder[key]
        case 1:
            holder[key] = copy.deepcopy(chance.choice(VALUES))
        case 2:
            other, name = chance.choice(members)
            holder[key] = copy.deepcopy(other[name])
        case 3 if isinstance(holder, list):
            holder *= 2 if len(data) > LONGEST // 4 else chance.choice([2, 150])
        case 4 if isinstance(holder[key], str):
            text = holder[key].encode("utf-8", "surrogatepass")
            holder[key] = _text(text, chance, of_bytes).decode("utf-8", "replace")
        case _ if isinstance(holder, dict):
            holder[chance.choice([*KEYS, "x"])] = copy.deepcopy(holder[key])
    text = json.dumps(document, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.1:
        name = chance.choice(KEYS)
        text = text.replace(f'"{name}": ', f'"{name}": null, "{name}": ', 1)
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes, chance: random.Random, of_bytes: OfBytes, words: Sequence[str] = (*SIGNS, *LETTERS)) -> bytes:
    """Put a word or a stretch from elsewhere into a text, in place of a stretch that may be empty."""
    del of_bytes
    text = data.decode("utf-8", "surrogateescape")
    start, other = chance.randint(0, len(text)), chance.randint(0, len(text))
    length = chance.choice([0, 0, 1, 3, 10, 50])
    new = chance.choice([*words, text[other : other + chance.choice([1, 10, 100])], ""])
    return f"{text[:start]}{new}{text[start + length :]}".encode("utf-8", "surrogateescape")


def _lines(data: bytes, chance: random.Random, of_bytes: OfBytes, change: Change = _json) -> bytes:
    """Change a line, or repeat, move or leave out one."""
    lines = data.split(b"\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            lines.insert(to, lines[at])
        case 1:
            lines.insert(to, lines.pop(at))
        case 2:
            lines[at] = chance.choice([b"", b" \t", b"\r", b"\xef\xbb\xbf", b"null", lines[at] + b"\r"])
        case _:
            lines[at] = change(lines[at], chance, of_bytes)
    return b"\n".join(lines)


def _compressed(data: bytes, chance: random.Random, of_bytes: OfBytes) -> bytes:
    """Change what is compressed, and sometimes cut or repeat the stream."""
    try:
        changed = gzip.compress(_lines(gzip.decompress(data), chance, of_bytes), mtime=0)
    except (EOFError, OSError, zlib.error):
        return of_bytes(data)
    ends = [changed[: chance.randrange(len(changed))], changed + data, changed + b"\0\0", changed + b"x"]
    return chance.choice([*ends, changed, changed, changed, changed])


def _parts(data: bytes, chance: random.Random, of_bytes: OfBytes, changes: Sequence[Change]) -> bytes:
    """Change one of the parts of an input, or put a stretch of the first part in its place."""
    parts = data.split(BETWEEN)
    at = chance.randrange(len(parts))
    if at > 1 and chance.random() < 0.2:
        start = chance.randint(0, len(parts[0]))
        parts[at] = parts[0][start : start + chance.choice([5, 30, 100])]
    else:
        parts[at] = changes[min(at, len(changes) - 1)](parts[at], chance, of_bytes)
    return BETWEEN.join(parts)


CHANGES: Final[Mapping[str, Change]] = {
    "json": _json,
    "jsonl": _lines,
    "gzip": _compressed,
    "csv": partial(_parts, changes=[partial(_lines, change=_text)]),
    "arrow": _json,
    "fact-checks": _json,
    "drafts": partial(_parts, changes=[_json, _text]),
    "dates": partial(_text, words=(*DATE_WORDS, *DATES, *"/-.: ", *LETTERS)),
    "passages": partial(_parts, changes=[_text]),
    "text-files": _text,
}
"""By target, how its inputs are changed."""


def changed(name: str, data: bytes, seed: int, of_bytes: OfBytes) -> bytes:
    """Change an input of a target: usually as what it stands for, and else as bytes."""
    chance = random.Random(seed)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        data = of_bytes(data) if chance.random() < 0.2 else CHANGES[name](data, chance, of_bytes)
    return data
