"""What people read when something is wrong: where it is, what was found, and the sentences that help them further.

The wording is promised to nobody. `data/messages.txt` has what guides somebody, below who that is.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import tempfile
from ast import literal_eval
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import attrs
import pytest
from hypothesis import given, strategies as st

import geoclaims
from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    Issue,
    Quantity,
    Span,
    Statement,
    ValidationError,
    from_dict,
    from_json,
    to_dict,
)
from geoclaims.annotation import read_draft
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import read_csv, write_csv
from tests.places import ARTICLE, at

FILE = Path(__file__).parent / "data" / "messages.txt"
SUITE = Path(__file__).parent / "conformance" / "1.0" / "invalid"
MOST = 600
"""No message is longer than this."""

SAID = {"type": "statement", "id": "s1", "speaker": "north", "content": "x"}
DENIED = {"type": "denial", "id": "s2", "speaker": "north", "content": "x"}
NORTH = {"id": "north", "name": "N"}
MAYOR = {"id": "holt", "name": "the mayor", "aliases": ["Holt"]}


def document(*statements: Any, actor: Any = None, **fields: Any) -> dict[str, Any]:
    """An article of one actor."""
    actors = [NORTH | (actor or {})]
    return {"schema_version": "1.0", "id": "a", "actors": actors, "statements": list(statements), **fields}


def said(**fields: Any) -> dict[str, Any]:
    """The same with one statement."""
    return document(SAID | fields)


def made(**fields: Any) -> Statement:
    """A statement by the mayor."""
    return Statement(**({"id": "s1", "speaker": "holt", "content": "x"} | fields))


def mayor(**fields: Any) -> dict[str, Any]:
    """The JSON of an article of the mayor with a statement."""
    return said(**({"speaker": "holt"} | fields)) | {"actors": [MAYOR]}


def speaks(speaker: str, *ids: str) -> Article:
    """An article of actors with these ids, and one statement."""
    return from_dict(document(SAID | {"speaker": speaker}, actors=[{"id": id, "name": "A"} for id in ids]))


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
    **{each.__name__: each for each in (Corpus, Link, annotated, document, in_tables, made, mayor, quoting)},
    **{each.__name__: each for each in (read_draft, said, speaks, table)},
    "io": io,
    "SAID": SAID,
    "DENIED": DENIED,
    "NORTH": NORTH,
    "DAY": datetime.date(2025, 4, 9),
    "MARK": "1:1:0000000000000000",
    "TEXT": "Ships wait. “We mined\nnothing,” the navy said on Monday. "
    "The port said: “The navy mined it.” No ship sank.",
    "THE_MAYOR": from_dict(MAYOR, Actor),
    "ARTICLE": from_dict(said()),
    "LINKED": lambda kind, source, target: Link(kind=LinkKind(kind), source=source, target=target),
    "REPORTS": [from_dict(document(SAID, DENIED | {"denies": ["s1"]}) | {"id": id}) for id in "ab"],
}


def raised(function: Any, *arguments: Any, **keywords: Any) -> Any:
    """The error that a function raises."""
    with pytest.raises((ValueError, TypeError, KeyError)) as caught:
        function(*arguments, **keywords)
    return caught.value


@pytest.mark.parametrize("case", FILE.read_text(encoding="utf-8").split("\n>>> ")[1:])
def test_a_message_says_where_something_is_wrong_and_what_helps(case: str) -> None:
    expression, *lines = case.partition("\n\n")[0].splitlines()
    error = raised(eval, expression, dict(NAMES))  # our own expressions
    found = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
    assert re.fullmatch("\n".join(".*".join(map(re.escape, line.split("…"))) for line in lines), found), found


def shown(value: Any, words: Sequence[str] = ("null", "true", "false", "array", "object")) -> str:
    """A value as a message shows it, in the words of JSON or others."""
    nothing, true, false, *nouns = words
    if isinstance(value, list | dict):
        noun = nouns[isinstance(value, dict)]
        return f"{'an' if noun[0] in 'ao' else 'a'} {noun} of {len(value)}" if value else f"an empty {noun}"
    return nothing if value is None else repr(value) if type(value) is not bool else true if value else false


@pytest.mark.parametrize("path", sorted(SUITE.glob("*.issues.json")), ids=lambda path: path.stem)
def test_a_message_names_the_actor_or_statement_and_says_what_was_found_and_expected(path: Path) -> None:
    data = path.with_name(path.name.replace(".issues", "")).read_bytes()
    for issue in raised(from_json, data).issues:
        assert issue.message.isprintable()
        assert len(issue.message) <= MOST
        assert ", expected " in issue.message
        if issue.code in {"json", "encoding", "depth"}:
            continue
        document = json.loads(data, object_pairs_hook=lambda pairs: dict(reversed(pairs)))  # the first of each key
        found = {"missing": "no ", "cycle": "a cycle of ", "unknown_key": "the key ", "duplicate_key": "the key "}
        if (told := found.get(issue.code)) is None:
            value = at(issue.path, document)
            told = "" if isinstance(value, dict) else shown(value)
        owner = ""
        if issue.path[1:] and isinstance(here := document[issue.path[0]][issue.path[1]], dict):
            kind = here.get("type") if issue.path[0] == "statements" else "actor"
            kind = kind if kind in {"actor", "statement", "allegation", "denial"} else "statement"
            owner = f"{kind} {here['id']!r}: " if type(here.get("id")) is str and here["id"] else ""
        assert issue.message.startswith(f"{owner}found {told}") or len(told) > len("''") + 80


@pytest.mark.parametrize("value", [None, True, False, [], [1, 2], {}, {"a": 1}, -5, 10**79, 0.5, 1e16])
def test_a_value_is_shown_in_the_words_of_those_who_wrote_it(value: Any) -> None:
    document = {"id": "a", "name": value}
    assert f"found {shown(value)}, expected" in str(raised(from_dict, document, Actor))
    in_python = ("None", "True", "False", "list", "dict")
    assert f"found {shown(value, in_python)}, expected" in str(raised(Actor, **document))
    if value is not None:  # which stands for a key that is left out
        in_a_draft = ("null", "true", "false", "list", "object")
        assert f"found {shown(value, in_a_draft)}, expected" in str(
            raised(read_draft, {"id": "x", "actors": [document]}, "x")
        )


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (10**5000, "an integer of 16610 bits"),
        *((each, f"a value of type {type(each).__name__}") for each in (b"x", datetime.date(2025, 4, 9), SUITE)),
        (type("x" * 1000, (), {})(), f"a value of type {'x' * 79}…"),
        (type("a\u202eb", (), {})(), r"a value of type a\u202eb"),
    ],
    ids=range(6),
)
def test_of_what_is_no_json_the_type_is_shown(value: Any, told: str) -> None:
    for error in (raised(from_dict, {"id": "a", "name": value}, Actor), raised(Actor, id="a", name=value)):
        assert f"found {told}, expected" in str(error)


@given(st.text(min_size=1) | st.text(st.sampled_from("a'\"\\\n\u202e"), min_size=70, max_size=90))
def test_a_text_is_shown_as_python_writes_it_and_cut_to_eighty_characters(text: str) -> None:
    (issue,) = raised(Article, id="a", language=f"!{text}").issues
    told = issue.message.partition(": found ")[2].partition(", expected a BCP 47")[0]
    *_, length = re.findall(r" \((\d+) characters\)$", told) or [""]
    whole = literal_eval(told.removesuffix(f" ({length} characters)"))
    assert len(told) <= 80 + len("''… (1000000 characters)")
    assert whole == f"!{text}" if not length else f"!{text}".startswith(whole.removesuffix("…"))
    assert int(length or len(text) + 1) == len(text) + 1
    assert bool(length) == (len(repr(f"!{text}")) > 80 + len("''"))


@pytest.mark.parametrize("model", [Article, Actor, Statement, Allegation, Denial, Quantity, Span, Link])
def test_a_mistyped_key_is_told_which_key_is_near(model: type[Any]) -> None:
    for field in attrs.fields(model):
        for key in (field.name.upper(), f"{field.name}x"):
            (message,) = (each.message for each in raised(from_dict, {key: 1}, model).issues if each.path == (key,))
            assert message.endswith(f"; did you mean {field.name!r}?")


def test_an_id_that_is_proposed_for_a_wrong_reference_is_right_there_unless_it_closes_a_cycle() -> None:
    document = to_dict(ARTICLE)
    things = [*document["actors"], *document["statements"]]
    for number, actor in enumerate(document["actors"]):
        actor["name"] = f"Name{number}"
    wrong = [*(f"{each['id']}x" for each in things), *(f"nAME{number}" for number in range(len(document["actors"])))]
    fields = {"actor": ["on_behalf_of"], "denial": ["denies"], "statement": ["confirms", "about"]}
    proposals = 0
    codes: set[str] = set()
    for thing in things:
        for field in fields.get(thing.get("type", "actor"), ()):
            as_given = dict(thing)
            for id in wrong:
                thing[field] = id if field == "on_behalf_of" else [id]
                for proposed in re.findall("(?:of the actor|did you mean) '(.*?)'", str(raised(from_dict, document))):
                    thing[field] = proposed if field == "on_behalf_of" else [proposed]
                    try:
                        read = from_dict(document)
                    except ValidationError as error:
                        codes |= {issue.code for issue in error.issues}
                    else:
                        assert to_dict(read) == document
                    proposals += 1
            thing.clear()
            thing.update(as_given)
    assert proposals > len(things)
    assert codes == {"cycle"}
