"""Make random documents, valid and invalid: generated, changed and written as JSON at random."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from enum import StrEnum
from random import Random
from typing import Any

import geoclaims
from tests.documents import document

_IDS = ("a", "b", "c", "s0", "s1", "A", "a.b:c-d_e", "0", "x" * 100)
_TEXTS = (
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
_DATES = ("2025", "2025-04", "2025-04-09", "2024-02-29", "0001-01-01", "9999-12-31")
_URLS = ("https://news.example/a?b=c#d", "http://[::1]:80/", "HTTPS://user@host.example", "http://bücher.example/")
_MARKS = ("1:120:0123456789abcdef", "1:9999999999999999999:0000000000000000")
_PAGE = "HesaidthatChinahasnothingtodowith\n\tit, \u201cnever\u201d:and\u00a0denied\u007feverything."
_NUMBERS = (0, 1, 155, 2**31, 2**53 + 1, 2**63 - 1)

ODD_STRINGS = (
    *(
        "",
        " ",
        "\t",
        "\n",
        "\u3000",
        "\x00",
        "a\x00",
        "\x1f",
        "a\x7f",
        "\x80b",
        "\x85",
        "\x9f",
        "\u2028",
        "\ud800",
        "x\udfff",
    ),
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


def made(chance: Random) -> dict[str, Any]:
    """Make a valid document."""
    if chance.random() < 0.2:
        return document(chance.choice((1, 2, 5, 11)), number=chance.randrange(50))
    actors = chance.sample(_IDS, chance.randrange(1, 5))
    others = [id for id in _IDS if id not in actors]
    statements = chance.sample(others, chance.randrange(len(others)))
    article: dict[str, Any] = {"schema_version": "1.0", "id": chance.choice(_IDS)}
    _maybe(article, chance, "title", lambda: _text(chance))
    _maybe(article, chance, "publisher", lambda: _text(chance))
    _maybe(article, chance, "annotator", lambda: _text(chance))
    _maybe(article, chance, "url", lambda: chance.choice(_URLS))
    _maybe(article, chance, "archived_at", lambda: chance.choice(_URLS))
    _maybe(article, chance, "published", lambda: chance.choice(_DATES))
    _maybe(article, chance, "language", lambda: chance.choice(("en", "zh-Hant-TW", "i-klingon", "x-a")))
    if actors or chance.random() < 0.5:
        article["actors"] = [_actor(chance, id, actors[:index]) for index, id in enumerate(actors)]
    if statements or chance.random() < 0.5:
        article["statements"] = [
            _statement(chance, id, actors, statements[:index]) for index, id in enumerate(statements)
        ]
    if chance.random() < 0.2:
        article["text"] = _PAGE
        for statement in article.get("statements", ()):
            statement["spans"] = [_passage(span["start"], span["end"]) for span in statement.get("spans", ())]
    if chance.random() < 0.3:
        for thing in ("actors", "statements"):
            chance.shuffle(article.get(thing, []))
    return article


def _actor(chance: Random, id: str, others: Sequence[str]) -> dict[str, Any]:
    actor: dict[str, Any] = {"id": id, "name": _text(chance)}
    _maybe(
        actor,
        chance,
        "kind",
        lambda: chance.choice(("person", "group", "organization", "state", "unknown")),
        optional=False,
    )
    _maybe(actor, chance, "role", lambda: _text(chance))
    if others:
        _maybe(actor, chance, "on_behalf_of", lambda: chance.choice(others))
    _maybe(actor, chance, "country", lambda: chance.choice(("NOR", "CHN", "XKX")))
    _maybe(actor, chance, "anonymous", lambda: chance.random() < 0.5, optional=False)
    _maybe(actor, chance, "aliases", lambda: chance.sample(_TEXTS, chance.randrange(3)), optional=False)
    _maybe(actor, chance, "same_as", lambda: chance.sample(_URLS, chance.randrange(3)), optional=False)
    return actor


def _statement(chance: Random, id: str, actors: Sequence[str], before: Sequence[str]) -> dict[str, Any]:
    kind = (
        chance.choice(("statement", "allegation", "denial")) if before else chance.choice(("statement", "allegation"))
    )
    statement: dict[str, Any] = {"type": kind, "id": id, "speaker": chance.choice(actors), "content": _text(chance)}
    _maybe(statement, chance, "quotes", lambda: chance.choices(_TEXTS, k=chance.randrange(3)), optional=False)
    _maybe(statement, chance, "cue", lambda: _text(chance))
    _maybe(statement, chance, "date", lambda: chance.choice(_DATES))
    _maybe(statement, chance, "event_date", lambda: chance.choice(_DATES))
    _maybe(statement, chance, "event_place", lambda: _text(chance))
    _maybe(statement, chance, "about", lambda: _some(chance, [*actors, *before]), optional=False)
    _maybe(statement, chance, "reported_by", lambda: _some(chance, actors), optional=False)
    _maybe(
        statement, chance, "quantities", lambda: [_quantity(chance) for _ in range(chance.randrange(3))], optional=False
    )
    _maybe(statement, chance, "basis", lambda: _text(chance))
    _maybe(statement, chance, "labels", lambda: _some(chance, ["x", "y", "Z 1"]), optional=False)
    _maybe(statement, chance, "spans", lambda: _spans(chance), optional=False)
    if kind == "allegation":
        statement["accused"] = _some(chance, actors) or [actors[0]]
    if kind == "denial":
        statement["denies"] = _some(chance, before) or [before[0]]
        _maybe(
            statement, chance, "kind", lambda: chance.choice(("outright", "no_evidence", "unspecified")), optional=False
        )
    return statement


def _quantity(chance: Random) -> dict[str, Any]:
    low, high = sorted(chance.choices(_NUMBERS, k=2))
    quantity: dict[str, Any] = {"unit": _text(chance)}
    bounds = chance.choice(({"minimum": low}, {"maximum": high}, {"minimum": low, "maximum": high}))
    _maybe(quantity, chance, "approximate", lambda: chance.random() < 0.5, optional=False)
    return quantity | bounds


def _spans(chance: Random) -> list[dict[str, Any]]:
    ends = sorted(chance.sample(range(40), 2 * chance.randrange(3)))
    return [
        {"start": start, "end": end, "fingerprint": chance.choice(_MARKS)}
        for start, end in zip(ends[::2], ends[1::2], strict=True)
    ]


def _passage(start: int, end: int) -> dict[str, Any]:
    """Make the span of a passage of the text."""
    return geoclaims.to_dict(geoclaims.Span.of(_PAGE, start, end))


def _text(chance: Random) -> str:
    return chance.choice(_TEXTS)


def _some(chance: Random, ids: Sequence[str]) -> list[str]:
    return chance.sample(ids, chance.randrange(min(3, len(ids)) + 1))


def _maybe(thing: dict[str, Any], chance: Random, key: str, make: Callable[[], Any], *, optional: bool = True) -> None:
    """Add a member to an object or leave it out, or sometimes write an explicit null if that is allowed."""
    if chance.random() < 0.4:
        thing[key] = None if optional and chance.random() < 0.1 else make()


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
