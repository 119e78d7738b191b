"""What people read when something is wrong: every message is pinned in `data/messages.txt`, and nowhere else.

Each line there that begins with `>>> ` is an expression; what is raised stands below it. To add a case, write the
expression and run `python -m tests.test_messages`, which writes all that is raised anew; then read the difference.
"""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import attrs

import geoclaims
from geoclaims import Actor, Article, Issue, Span, Statement, ValidationError, annotation, from_dict, from_json
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import read_csv, write_csv
from tests.documents import Items, Members

FILE = Path(__file__).parent / "data" / "messages.txt"
SUITE = Path(__file__).parent / "conformance" / "1.0" / "invalid"
MOST = 600
"""No line of a message is longer than this."""

SAID = {"type": "statement", "id": "s1", "speaker": "north", "content": "x"}
DENIED = {"type": "denial", "id": "s2", "speaker": "north", "content": "x"}
HOLT = {"id": "holt", "name": "the mayor", "aliases": ["Holt"]}
NORTH = {"id": "north", "name": "N"}
NESTED: list[Any] = []
NESTED.append(NESTED)


@attrs.frozen(kw_only=True)
class Retraction(Statement):
    """A user's own type of statement."""

    reason: str


def document(*statements: Any, actor: Any = None, **fields: Any) -> dict[str, Any]:
    """An article of one actor."""
    actors = [NORTH | (actor or {})]
    return {"schema_version": "1.0", "id": "a", "actors": actors, "statements": list(statements), **fields}


def said(**fields: Any) -> dict[str, Any]:
    """The same with one statement."""
    return document(SAID | fields)


def without(key: str) -> dict[str, Any]:
    """The same without a key of the article."""
    return with_fields(document(), **{key: ...})


def with_fields(base: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An object with other fields, and without those that are `...`."""
    return {key: value for key, value in (base | fields).items() if value is not ...}


def made(**fields: Any) -> Statement:
    """A statement by the mayor."""
    return Statement(**({"id": "s1", "speaker": "holt", "content": "x"} | fields))


def mayor(fields: dict[str, Any]) -> dict[str, Any]:
    """The JSON of an article of the mayor with a statement."""
    return said(**({"speaker": "holt"} | fields)) | {"actors": [HOLT]}


def speaks(speaker: str, *ids: str) -> Article:
    """An article of actors with these ids, and one statement."""
    return from_dict(document(SAID | {"speaker": speaker}, actors=[{"id": id, "name": "A"} for id in ids]))


def ring(ids: list[str]) -> Article:
    """An article of denials that each deny the next, and the last the first."""
    denied = zip(ids, [*ids[1:], *ids[:1]], strict=True)
    return from_dict(document(*(DENIED | {"id": id, "denies": [other]} for id, other in denied)))


def quoting(*passages: Any) -> dict[str, Any]:
    """A draft of a statement that has these passages."""
    return said(passages=list(passages))


def annotated(text: str) -> Article:
    """An article without its text, of which each statement has one of the passages in brackets."""
    passages = re.findall(r"\[(.*?)\]", text)
    spans = [Span.find(re.sub(r"[\[\]]", "", text), passage) for passage in passages]
    statements = [Statement(id=f"s{n}", speaker="north", content="x", spans=[span]) for n, span in enumerate(spans)]
    return Article(id="a", actors=[Actor(id="north", name="N")], statements=statements)


def in_tables(*articles: Article) -> int:
    """Write articles as tables, and forget these."""
    with tempfile.TemporaryDirectory() as folder:
        return write_csv(folder, articles)


def table(cells: dict[str, str]) -> NoReturn:
    """Raise all that is said of tables in which a statement has other cells."""
    tables: dict[str, list[dict[str, str]]] = {
        "articles": [{"id": "a"}],
        "actors": [{"article": "a", "id": "holt", "name": "the mayor", "aliases": "Mayor|Holt|found x; y"}],
        "statements": [{"article": "a", **SAID, "id": "s0", "speaker": "holt"}],
    }
    tables["statements"].append({**tables["statements"][0], "id": "s1", **cells})
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in tables.items():
            with Path(folder, f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[-1])
                writer.writeheader()
                writer.writerows(rows)
        found: list[Issue] = []
        list(read_csv(folder, on_error=lambda error: found.extend(error.issues)))
    raise ValidationError(found)


NAMES: dict[str, Any] = {
    **{name: getattr(geoclaims, name) for name in geoclaims.__all__},
    **{name: getattr(annotation, name) for name in annotation.__all__},
    **{each.__name__: each for each in (Items, Members, Path, Retraction, document, made, mayor, ring, said, speaks)},
    **{each.__name__: each for each in (annotated, in_tables, quoting, table, with_fields, without)},
    "attrs": attrs,
    "datetime": datetime,
    "gzip": gzip,
    "io": io,
    "json": json,
    "SAID": SAID,
    "DENIED": DENIED,
    "HOLT": HOLT,
    "NORTH": NORTH,
    "NESTED": NESTED,
    "DAY": datetime.date(2025, 4, 9),
    "MARK": "1:1:0000000000000000",
    "MANY": tuple(map(str, range(400))),
    "LONG": "x" * 1000,
    "TEXT": "Ships wait. “We mined\nnothing,” the navy said on Monday. "
    "The port said: “The navy mined it.” No ship sank.",
    "HE": "He said no. She said no. He said no. He said no.",
    "IT_IS": "It is 1 &amp; 2.",
    "EMPTY": Actor.__new__(Actor),
    "THE_MAYOR": Actor(id="holt", name="the mayor", aliases=["Holt"]),
    "ANSWER": {"id": "s2", "speaker": "north", "content": "x"},
    "ARTICLE": Article(
        id="a", actors=[Actor(id="north", name="N")], statements=[Statement(id="s1", speaker="north", content="x")]
    ),
    "Corpus": Corpus,
    "Link": Link,
    "LINKED": lambda kind, source, target: Link(kind=LinkKind(kind), source=source, target=target),
    "REPORTS": [from_dict(document(SAID, DENIED | {"denies": ["s1"]}) | {"id": id}) for id in "ab"],
    "suite": lambda name: from_json((SUITE / f"{name}.json").read_bytes()),
}


def raised_by(line: str) -> Exception | None:
    """What the expression of a line raises; None for a line without one."""
    if not line.startswith(">>> "):
        return None
    try:
        eval(line.removeprefix(">>> "), dict(NAMES))  # noqa: S307 - our own expressions
    except (ValueError, TypeError, KeyError) as error:
        return error
    raise AssertionError(line)


@cache
def answers() -> list[tuple[str, Exception | None]]:
    """The lines of the file that are not written anew, each with what its expression raises."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [(line, raised_by(line)) for line in lines if not line or line.startswith((">>> ", "# "))]


def transcript() -> str:
    """The file as it should be."""
    lines: list[str] = []
    for line, error in answers():
        lines.append(line)
        if error is not None:
            message = str(error).replace(type(Path()).__name__, "PosixPath")  # which has another name elsewhere
            lines.append(f"{type(error).__name__}: {message}")
    return "\n".join(lines) + "\n"


def test_every_message_is_the_one_that_is_pinned() -> None:
    assert transcript() == FILE.read_text(encoding="utf-8")


def test_every_message_is_short_can_be_printed_and_says_what_was_found_and_expected() -> None:
    for line, error in answers():
        for part in str(error).splitlines() if error is not None else ():
            assert len(part) <= MOST, line
            assert part.isprintable(), line
            assert "found " in part or "missing" in part, line
            assert "expected " in part or "missing" in part, line


if __name__ == "__main__":
    FILE.write_text(transcript(), encoding="utf-8")
