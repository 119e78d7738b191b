"""Make documents: of any size by rule, and from others by changes at random, in data and in text."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from copy import deepcopy
from enum import StrEnum
from random import Random
from typing import Any

TEXTS = (
    "He denies it.",
    "“Never” — said Lin Jian…",
    'a "quoted" word',
    "back\\slash",
    "ends in a backslash\\",
    'looks like a key": 1, "x":',
    "日本語 🙂 e\u0301",
    "Il dit : « non »",
    'the word "no" : so he said',
    ": begins with a colon",
    "no-break\u00a0space",
    "right\u200e-to-left \u202e mark",
    " padded ",
    "x" * 300,
)
_PROSE = {"title", "publisher", "annotator", "name", "role", "content", "cue", "event_place", "basis", "unit"}

ODD_STRINGS = (
    *("", " ", "\t", "\n", "\u3000", "\x00", "a\x00", "\x1f", "a\x7f", "\x80b", "\x85", "\x9f", "\u2028", "\ud800"),
    "x\udfff",
    *("a\n", "a\nb", "\na", "a b", "-a", "a" * 101, "ä", "s0\ns1", "a\\", 'a":', "а", "ａ", "a\u0301", "\ufeffa"),
    *("2025-02-29", "2025-13", "0000", "2025-4-9", "2025-04-09\n", "２０２５", "2025-04-31", "20250409"),
    *("ftp://a.example", "https://", "http://a b.example", "http://a.example/\u00a0", "https:///x", "http://a\n"),
    *("NOR", "XKX", "nor", "NO", "NOR ", "ZZZ", "en", "e", "en-", "i-klingon", "x-y", "zh-Hant-TW", "en_US"),
    *("state", "State", "person ", "outright", "statement", "allegation", "denial", "Denial", "1.0", "1.1", "2.0", "1"),
    *("1:0:0123456789abcdef", "1:1:0123456789ABCDEF", "2:1:0123456789abcdef", "1:1:0123456789abcdef\n", "1:01:0"),
)
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, -0.0, 1.0, 0.5, 1e16, 2**63 - 1, 2**63, 2**64, 10**30, -(2**63)),
    *([], {}, [[]], [None], [{}], {"": 1}, {"id": "a"}, ["a", "a"], ["a", 1], [["a"]], "a", "text"),
)


class Text(str):
    """A subclass of `str`."""

    __slots__ = ()


class Number(int):
    """A subclass of `int`."""


class Members(dict[Any, Any]):
    """A subclass of `dict`."""

    __slots__ = ()


class Items(list[Any]):
    """A subclass of `list`."""

    __slots__ = ()


class Word(StrEnum):
    """Members that equal strings but are not plain strings."""

    A = "a"
    S0 = "s0"
    STATE = "state"
    DENIAL = "denial"
    VERSION = "1.0"
    DATE = "2025-04-09"
    COUNTRY = "NOR"


DAY = datetime.date(2016, 1, 1)
SENTENCE = (
    "The ministry says that at least {number} shipments with parts for vehicles crossed the border near the northern "
    "town in the week before, and that its own inspectors saw the papers of each of them."
)


def text(document: dict[str, Any]) -> bytes:
    """Write a document as compact JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def document(statements: int, *, number: int = 0) -> dict[str, Any]:
    """Make an article as JSON-ready builtins: two actors for every three statements, at least seven.

    Ten articles are published on each day; their statements were made within four weeks of it.
    """
    actors = max(7, statements * 2 // 3) if statements > 1 else 2
    published = DAY + datetime.timedelta(days=number // 10)
    return {
        "schema_version": "1.0",
        "id": f"article-{number}",
        "title": "Two governments dispute shipments across the border",
        "publisher": "The Example Gazette",
        "url": f"https://news.example/articles/{number}",
        "published": published.isoformat(),
        "language": "en",
        "actors": [_actor(index) for index in range(actors)],
        "statements": [_statement(index, actors, published) for index in range(statements)],
    }


def _actor(index: int) -> dict[str, Any]:
    if index % 3 == 0:
        actor = {"id": f"state-{index}", "name": f"Northland {index}", "kind": "state", "country": "NOR"}
        return actor | {"aliases": [f"the north {index}"], "same_as": [f"https://www.wikidata.org/entity/Q{index + 1}"]}
    if index % 3 == 1:
        actor = {"id": f"ministry-{index}", "name": f"Ministry of Trade {index}", "kind": "organization"}
        return actor | {"on_behalf_of": f"state-{index - 1}", "country": "NOR"}
    actor = {"id": f"speaker-{index}", "name": f"Spokeswoman {index}", "kind": "person", "role": "spokeswoman"}
    return actor | {"on_behalf_of": f"ministry-{index - 1}"}


def _actor_id(index: int) -> str:
    return f"{('state', 'ministry', 'speaker')[index % 3]}-{index}"


def _statement(index: int, actors: int, published: datetime.date) -> dict[str, Any]:
    kind = ("allegation", "denial", "statement")[index % 3]
    start = index * 180
    statement: dict[str, Any] = {
        "type": kind,
        "id": f"s{index}",
        "speaker": _actor_id(index % actors),
        "content": SENTENCE.format(number=index),
        "cue": "said",
        "date": (published - datetime.timedelta(days=index % 28)).isoformat(),
    }
    if index % 2:
        statement["quotes"] = ["we have seen the papers", "not one of them is ours"]
    if index % 4 == 0:
        statement["event_date"] = published.isoformat()[:7]
        statement["event_place"] = "the northern border"
        statement["quantities"] = [{"minimum": index, "unit": "shipments"}]
        statement["basis"] = "reports of inspectors"
    if kind == "statement":
        statement["about"] = [_actor_id(1)]
    statement["spans"] = [{"start": start, "end": start + 120, "fingerprint": f"1:120:{index:016x}"}]
    if kind == "allegation":
        statement["accused"] = [_actor_id((index + 1) % actors)]
    if kind == "denial":
        statement["denies"] = [f"s{index - 1}"]
        statement["kind"] = "non_involvement"
    return statement


def reworded(document: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Put texts in a document that are hard to tell from JSON."""
    for key, value in document.items():
        if key in _PROSE and chance.random() < 0.5:
            document[key] = chance.choice(TEXTS)
        for part in value if isinstance(value, list) else ():
            if isinstance(part, dict):
                reworded(part, chance)
    return document


def changed(data: Any, chance: Random, odd: Sequence[Any] = ODD_VALUES) -> Any:
    """Return the same data with a few changes, most of which make it invalid."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        places = [data, *_containers(data)]
        place = chance.choice(places)
        if isinstance(place, dict):
            _change_members(place, chance, odd, places)
        elif isinstance(place, list):
            _change_items(place, chance, odd, places)
        else:
            return _other(place, chance, odd)
    return data


def _containers(data: Any) -> list[Any]:
    values = list(data.values()) if isinstance(data, dict) else data if isinstance(data, list) else []
    inside = [value for value in values if isinstance(value, dict | list)]
    return inside + [deeper for value in inside for deeper in _containers(value)]


def _change_members(members: dict[Any, Any], chance: Random, odd: Sequence[Any], places: Sequence[Any]) -> None:
    keys = list(members)
    key = chance.choice(keys) if keys else "id"
    match chance.randrange(8):
        case 0:
            members.pop(key, None)
        case 1:
            members[chance.choice(("x", "Id", "type", "text", "spans", "schema_version", "id\\", "", "a:"))] = "a"
        case 2:
            members[str(key) + chance.choice(" s\\")] = members.pop(key, "a")
        case 3:
            chance.shuffle(keys)
            members.update([(name, members.pop(name)) for name in keys])
        case 4:
            other = chance.choice(places)
            if isinstance(other, dict) and other:
                members[key] = deepcopy(other[chance.choice(list(other))] if chance.random() < 0.8 else other)
        case _:
            members[key] = _other(members.get(key), chance, odd)


def _change_items(items: list[Any], chance: Random, odd: Sequence[Any], places: Sequence[Any]) -> None:
    index = chance.randrange(len(items) + 1)
    match chance.randrange(6):
        case 0:
            del items[index : index + 1]
        case 1:
            items[index:index] = items[:1]
        case 2:
            chance.shuffle(items)
        case 3:
            items.insert(index, _other(None, chance, odd))
        case 4:
            other = chance.choice(places)
            if isinstance(other, list) and other and other is not items:
                items.insert(index, deepcopy(chance.choice(other)))
        case _:
            items[index : index + 1] = [_other(item, chance, odd) for item in items[index : index + 1]]


def _other(value: Any, chance: Random, odd: Sequence[Any]) -> Any:
    """Return a replacement for a value, often one that looks like it."""
    if isinstance(value, str) and chance.random() < 0.4:
        place = chance.randrange(len(value) + 1)
        return (
            value[:place]
            + chance.choice(("", " ", "\n", "\x7f", "\x9f", "x", '"', "\\", "\u00a0", ":"))
            + value[place:]
        )
    if type(value) is int and chance.random() < 0.5:
        return value + chance.choice((-1, 1, 2**63, -(2**63)))
    if chance.random() < 0.2:
        return [value]
    return chance.choice(ODD_STRINGS) if chance.random() < 0.5 else deepcopy(chance.choice(odd))


def written(data: Any, chance: Random) -> str:
    """Write the data as JSON, in one of many equivalent or nearly equivalent ways."""
    match chance.randrange(8):
        case 0 | 1:
            return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        case 2:
            return json.dumps(data)
        case 3:
            return json.dumps(data, indent=chance.choice((0, 2, "\t")), ensure_ascii=False)
        case 4:
            return json.dumps(data, separators=(",", chance.choice((" :", ":\t", "\n:", "\r: ", " : ", "\t:"))))
        case _:
            return _written(data, chance, chance.choice((0.0, 0.03, 0.3)), chance.choice((0.0, 0.02, 0.2)))


def _written(data: Any, chance: Random, strange: float, again: float) -> str:
    """Write the data as JSON with some strange escapes and white space, and some repeated keys."""

    def space() -> str:
        return chance.choice((" ", "\n", "\t", "\r", "  ")) if chance.random() < strange else ""

    def text(value: str) -> str:
        plain = json.dumps(value, ensure_ascii=chance.random() < 0.5)[1:-1]
        if plain.isidentifier() and chance.random() < strange:
            place = chance.randrange(len(plain))
            plain = f"{plain[:place]}\\u{ord(plain[place]):04x}{plain[place + 1 :]}"
        return f'"{plain}"'

    def member(key: Any, value: Any) -> str:
        return f"{space()}{text(str(key))}{space()}:{space()}{_written(value, chance, strange, again)}{space()}"

    if isinstance(data, dict):
        members = [member(key, value) for key, value in data.items()]
        for key in data:
            if chance.random() < again:
                value: Any = chance.choice((data[key], "a", 1, None, [], {"x": 1}))
                members.insert(chance.randrange(len(members) + 1), member(key, value))
        return f"{{{','.join(members) or space()}}}"
    if isinstance(data, list):
        return f"[{','.join(space() + _written(item, chance, strange, again) + space() for item in data)}]"
    if isinstance(data, str):
        return text(data)
    return json.dumps(data)


def damaged(text: bytes, chance: Random) -> bytes:
    """Return a JSON text with a change that makes it invalid, or a different document."""
    place, length = chance.randrange(len(text) + 1), chance.choice((0, 1, 1, 2, 20))
    inserted = chance.choice(
        (b"", b"\x00", b"\x7f", b"\xc2\x85", b"\xed\xa0\x80", b"\xff", b"\\", b'"', b":", b",", b"]", b"{", b"1", b"-0",
         b"\\u0000", b"\\ud800", b"\\ud83d\\ude42", b"NaN", b"1e999", b"\xef\xbb\xbf", b'":', b" :", b"\\/", b"//")
    )  # fmt: skip
    return text[:place] + inserted + text[place + length :]
