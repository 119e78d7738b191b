"""Make documents of any size by rule, the same in each run."""

from __future__ import annotations

import datetime
import json
from typing import Any

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
