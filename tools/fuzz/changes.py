"""Change inputs of the fuzzer according to their kind: a JSON value, a table cell, a line, a word, or else bytes."""

from __future__ import annotations

import copy
import csv
import gzip
import io
import json
import random
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from tools.fuzz.seeds import BETWEEN, DATE_WORDS, DATES, KEYS, LETTERS

MANY: Final = 300
VALUES: Final[Sequence[Any]] = (
    *(None, True, False, 0, 1, -1, 2**63 - 1, 2**63, 10**400, 0.5, 1.0, 1e400, float("nan")),
    *("", " ", "a", "\x00", "\ud800", "\u202e", "a\n", "1.0", "2.0", "x" * 101, "2025", "2025-02-30", "0000", "en"),
    *("UKR", "http://a", "http://", "statement", "allegation", "denial", "state", "outright", "1:4:0123456789abcdef"),
    *("last Monday", "04/05/2025", "#review", "ClaimReview", "=1+1", "'", "a|b", "\\|"),
    *([], {}, [[]], [{}], ["a", "a"], {"": 1}, {"@id": "#review"}),
)
TYPOGRAPHY: Final = ((" ", "\n"), ("\n", " "), (" ", "\xa0"), ("“", '"'), ("e", "e\u0301"), ("-", "—"))
"""What one copy of a text may have where another has something else."""

OfBytes = Callable[[bytes], bytes]
"""A change of bytes that knows nothing of what they stand for."""
Change = Callable[[bytes, random.Random, OfBytes], bytes]
"""A change of an input, by chance."""


def _places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Find all places in a document but the root."""
    for key, member in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(member, dict | list):
            yield from _places(member, (*path, key))


def _changed(document: Any, chance: random.Random) -> Any:
    """Change a document in one place."""
    every = list(_places(document)) if isinstance(document, dict | list) else []
    if not every:
        return copy.deepcopy(chance.choice(VALUES))
    *path, last = chance.choice(every)
    holder: Any = document
    for part in path:
        holder = holder[part]
    match chance.randrange(6):
        case 0:
            holder[last] = copy.deepcopy(chance.choice(VALUES))
        case 1:
            del holder[last]
        case 2:
            other = document
            for part in chance.choice(every):
                other = other[part]
            holder[last] = copy.deepcopy(other)
        case 3 if isinstance(holder, list):
            holder.insert(chance.randrange(len(holder) + 1), copy.deepcopy(chance.choice(holder)))
        case 4 if isinstance(holder, list) and len(every) < MANY:
            holder *= chance.choice([2, 2, 150])
        case 5 if isinstance(holder[last], str) and holder[last]:
            at = chance.randrange(len(holder[last]))
            letter = chance.choice([*"aZ09 -_.:/\n\x00\x85\u2028é\U0001f642", *LETTERS])
            holder[last] = holder[last][:at] + letter + holder[last][at:]
        case _:
            if isinstance(holder, dict):
                holder[chance.choice([*KEYS, "x"])] = copy.deepcopy(holder[last])
    return document


def _json(data: bytes, chance: random.Random, of_bytes: OfBytes) -> bytes:
    """Replace, move, repeat or leave out values, and add or repeat keys."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return of_bytes(data)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        document = _changed(document, chance)
    text = json.dumps(document, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.1:
        key = chance.choice(KEYS)
        text = text.replace(f'"{key}": ', f'"{key}": null, "{key}": ', 1)
    return text.encode("utf-8", "surrogatepass")


def _lines(data: bytes, chance: random.Random, of_bytes: OfBytes) -> bytes:
    """Change a line, or repeat, move or leave out one."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            lines.insert(chance.randrange(len(lines) + 1), lines[at])
        case 1 if len(lines) > 1:
            del lines[at]
        case 2:
            lines[at] = chance.choice([b"", b" \t", b"\r", b"\xef\xbb\xbf", b"null", lines[at] + b"\r"])
        case _:
            lines[at] = _json(lines[at], chance, of_bytes)
    return b"\n".join(lines)


def _compressed(data: bytes, chance: random.Random, of_bytes: OfBytes) -> bytes:
    """Change what is compressed, and cut, repeat or leave be the stream."""
    try:
        changed = gzip.compress(_lines(gzip.decompress(data), chance, of_bytes), mtime=0)
    except (EOFError, OSError, zlib.error):
        return of_bytes(data)
    match chance.randrange(8):
        case 0:
            return changed[: chance.randrange(len(changed) + 1)]
        case 1:
            return changed + chance.choice([data, b"\0\0", b"x", data[:20]])
        case _:
            return changed


def _tables(data: bytes, chance: random.Random, of_bytes: OfBytes) -> bytes:
    """Change cells of one of three tables, its rows or columns, or how they are written."""
    tables = data.split(BETWEEN)
    at = chance.randrange(len(tables))
    try:
        text = tables[at].decode()
        separator = max(",;\t", key=text.partition("\n")[0].count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except (UnicodeDecodeError, csv.Error):
        tables[at] = of_bytes(tables[at])
        return BETWEEN.join(tables)
    if not any(rows):
        tables[at] = chance.choice(tables)
        return BETWEEN.join(tables)
    row = chance.choice([row for row in rows if row])
    cell = chance.randrange(len(row))
    match chance.randrange(8):
        case 0:
            value = chance.choice(VALUES)
            row[cell] = value if isinstance(value, str) else json.dumps(value)[:99]
        case 1:
            row[cell] = chance.choice(chance.choice([row for row in rows if row]))
        case 2:
            place = chance.randint(0, len(row[cell]))
            letter = chance.choice([*"|\\'\"=+-@ 09;,\t\n", *LETTERS])
            row[cell] = row[cell][:place] + letter + row[cell][place:]
        case 3:
            rows.insert(chance.randint(0, len(rows)), list(row))
        case 4:
            rows.remove(row)
        case 5:
            for each in rows:  # a column, moved or left out
                moved = each.pop(cell) if cell < len(each) else ""
                if chance.random() < 0.9:
                    each.append(moved)
        case 6:
            row[:] = row[:cell] if chance.random() < 0.5 else [*row, chance.choice(row)]
        case _:
            separator = chance.choice(",;\t")
    file = io.StringIO(newline="")
    end = chance.choice(["\r\n", "\r\n", "\n"])
    quoting: Literal[0, 1] = csv.QUOTE_ALL if chance.random() < 0.5 else csv.QUOTE_MINIMAL
    csv.writer(file, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    tables[at] = file.getvalue().encode("utf-8", "surrogatepass")
    return BETWEEN.join(tables)


def _text(data: bytes, chance: random.Random, of_bytes: OfBytes) -> bytes:
    """Put letters and words into a text, or leave out, repeat or move a stretch of it."""
    text = data.decode("utf-8", "surrogateescape")
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.choice([0, 1, 3, 10, 50]))
    other = chance.randint(0, len(text))
    match chance.randrange(6):
        case 0:
            text = text[:start] + text[end:]
        case 1:
            text = text[:other] + text[start:end] + text[other:]
        case 2:
            text = text[:start] + "".join(chance.choices(LETTERS, k=chance.choice([1, 1, 2, 40]))) + text[end:]
        case 3:
            old, new = chance.choice(TYPOGRAPHY)
            text = text[:start] + text[start:].replace(old, new, chance.choice([1, 20]))
        case 4:
            text = text[:start] + text[start:end].swapcase() + text[end:]
        case _:
            return of_bytes(data)
    return text.encode("utf-8", "surrogateescape")


def _dates(data: bytes, chance: random.Random, of_bytes: OfBytes) -> bytes:
    """Make dates of words and numbers."""
    if chance.random() < 0.2:
        return _text(data, chance, of_bytes)
    words = data.decode("utf-8", "surrogateescape").split(" ")
    at = chance.randrange(len(words))
    match chance.randrange(4):
        case 0:
            words[at] = chance.choice(DATE_WORDS).strip()
        case 1:
            words[at] = chance.choice(DATES)
        case 2:
            del words[at]
        case _:
            words.insert(at, chance.choice(DATE_WORDS).strip())
    return chance.choice([" ", " ", " ", "", "/", "-"]).join(words).encode("utf-8", "surrogateescape")


def _passages(data: bytes, chance: random.Random, of_bytes: OfBytes) -> bytes:
    """Change the text, its copy or a passage; or take a passage, or a copy, out of the text."""
    found = data.split(BETWEEN)
    at = chance.randrange(len(found))
    text = found[0].decode("utf-8", "surrogateescape")
    if at and chance.random() < 0.3:
        start = chance.randint(0, len(text))
        end = start + chance.choice([1, 5, 30, 100, len(text)])
        found[at] = text[start:end].encode("utf-8", "surrogateescape")
    else:
        found[at] = _text(found[at], chance, of_bytes)
    return BETWEEN.join(found)


def _drafts(data: bytes, chance: random.Random, of_bytes: OfBytes) -> bytes:
    """Change a draft, or the text that it quotes."""
    draft, _, text = data.partition(BETWEEN)
    if chance.random() < 0.8:
        draft = _json(draft, chance, of_bytes)
    else:
        text = _text(text, chance, of_bytes)
    return BETWEEN.join([draft, text])


CHANGES: Final[Mapping[str, Change]] = {
    "json": _json,
    "jsonl": _lines,
    "gzip": _compressed,
    "csv": _tables,
    "arrow": _json,
    "fact-checks": _json,
    "drafts": _drafts,
    "dates": _dates,
    "passages": _passages,
    "text-files": _text,
}
"""By target, how its inputs are changed."""


def changed(name: str, data: bytes, seed: int, of_bytes: OfBytes) -> bytes:
    """Change an input of a target: usually as what it stands for, and else as bytes."""
    chance = random.Random(seed)
    return of_bytes(data) if chance.random() < 0.2 else CHANGES[name](data, chance, of_bytes)
