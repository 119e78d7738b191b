"""Where an issue is, for people: the line and column of the text, and the actor or statement that has it."""

from __future__ import annotations

import codecs
import copy
import gzip
import json
import pickle
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    Issue,
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    from_dict,
    from_json,
    load_article,
    make_converter,
    read_jsonl,
    to_dict,
    to_json,
)
from geoclaims.interop import read_csv, write_csv
from geoclaims.strategies import articles, invalid_documents
from tests.random_documents import Items, Members, changed

Place = tuple[str | int, ...]
Position = tuple[int, int]


def error(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> ValidationError:
    """The error that a function raises."""
    with pytest.raises(ValidationError) as caught:
        function(*arguments, **keywords)
    return caught.value


# Lines and columns

HEAD = '{\n"schema_version": "1.0",\n"id": "a",\n'
ACTORS = '"actors": [\n{"id": "north",\n"name": "N"}\n],\n'
CLAIM = '"type": "statement",\n"id": "s1",\n"speaker": "north",\n"content": "x"'
DENIAL = '"type": "denial",\n"id": "s2",\n"speaker": "north",\n"content": "x"'


def said(*statements: str, end: str = "") -> str:
    """An article with statements, written line by line."""
    return f"{HEAD}{ACTORS}{end}" + '"statements": [\n' + ",\n".join(f"{{\n{each}}}" for each in statements) + "\n]\n}"


# By code, texts that have one issue. `▶` stands where the issue begins; it is left out.
TEXTS: list[tuple[str, str]] = [
    ("json", HEAD + '"title": ▶nothing\n}'),
    ("json", HEAD + '"title":\n▶'),
    ("json", HEAD + '"title": "x"\n}\n▶{}'),
    ("json", HEAD + '"title":\n[▶NaN,\n1]}'),
    ("json", HEAD + '"title": "a▶\nb"}'),
    ("depth", HEAD + '"title":\n' + "[\n" * 63 + "▶[" + "]\n" * 64 + "}"),
    ("duplicate_key", HEAD + '▶"id": "b"\n}'),
    ("duplicate_key", HEAD + '"title": "x",\n▶"t\\u0069tle"\n:\n"y"\n}'),
    ("duplicate_key", said(f'{CLAIM},\n"quantities": [\n{{"minimum": 1,\n"unit": "x",\n▶"unit"\n: "y"}}]')),
    ("version", HEAD.replace('"1.0"', '\n▶"9.0"') + '"title": 5\n}'),
    ("missing", '\n▶{\n"schema_version":\n"1.0"}'),
    ("missing", f'{HEAD}"actors":\n[\n▶{{\n"name": "x"\n}}]}}'),
    ("missing", said(f'{CLAIM},\n"quantities": [\n{{"minimum": 1, "unit": "x"}},\n▶{{\n"minimum":\n1}}]')),
    ("missing", said(f'{CLAIM},\n"quantities": [\n▶{{\n"unit":\n"x"}}]')),
    ("unknown_key", HEAD + '"title": null,\n▶"titel"\n:\n"x"\n}'),
    ("unknown_key", said(f'{CLAIM},\n"cue": "x",\n▶"accused":\n[\n]')),
    ("type", HEAD + '"title":\n▶5\n}'),
    ("type", said(f'{CLAIM},\n"quotes": [\n"x",\n"y",\n▶{{\n}}\n]')),
    ("type", "\n\n▶[\n]"),
    ("tag", said(CLAIM.replace('"statement"', '\n▶"sentence"'))),
    ("enum", said(f'{DENIAL},\n"kind":\n▶"no",\n"denies": ["s1"]', CLAIM)),
    ("empty", said(f'{CLAIM},\n"cue":\n▶""')),
    ("empty", said(f'{DENIAL},\n"denies":\n▶[\n]')),
    ("id", HEAD.replace('"a"', '\n▶"a b"') + '"title": "x"}'),
    ("text", said(f'{CLAIM},\n"labels": ["a",\n▶"\\u0000"\n]')),
    ("url", HEAD + '"url":\n▶"x"\n}'),
    ("country", said(CLAIM).replace('"N"', '"N", "country":\n▶"UK"')),
    ("language", HEAD + '"language":\n\n▶"en_GB"\n}'),
    ("date", HEAD + '"published":\n▶"2025-02-30"\n}'),
    ("range", said(f'{CLAIM},\n"quantities": [\n{{"minimum":\n▶-1,\n"unit": "x"}}]')),
    ("range", said(f'{CLAIM},\n"quantities": [\n▶{{"minimum":\n2, "maximum":\n1,\n"unit": "x"}}]')),
    ("duplicate_id", said(CLAIM, CLAIM.replace('"s1"', '\n▶"s1"'))),
    ("duplicate", said(f'{CLAIM},\n"labels": ["a",\n"b",\n▶"a",\n"c"\n]')),
    ("dangling_ref", said(CLAIM.replace('"north"', '\n▶"nobody"'))),
    ("dangling_ref", said(f'{CLAIM},\n"about": [\n"north",\n▶"nobody"]')),
    ("wrong_ref", said(CLAIM.replace('"north"', '\n▶"s1"'))),
    ("self_ref", said(f'{DENIAL},\n"denies": [\n"s1",\n▶"s2"\n]', CLAIM)),
    ("self_ref", said(CLAIM).replace('"N"', '"N", "on_behalf_of":\n▶"north"')),
    (
        "cycle",
        said(f'{DENIAL},\n"denies": [\n"s1"]', f'{DENIAL},\n"denies":[\n▶"s2"]'.replace('id": "s2"', 'id": "s1"')),
    ),
    ("span", said(f'{CLAIM},\n"spans": [\n{{"start": 0, "end": 1,\n"fingerprint":\n▶"x"}}]')),
    (
        "span",
        said(
            f'{CLAIM},\n"spans": [\n▶{{\n"start": 0, "end": 1,\n"fingerprint": "1:1:0000000000000000"}}]',
            end='"text": "abc",',
        ),
    ),
]


def after(text: str) -> Position:
    """The line and column of what follows a text."""
    *lines, line = text.split("\n")
    return len(lines) + 1, len(line) + 1


@pytest.mark.parametrize(("code", "text"), TEXTS, ids=[f"{code}-{n}" for n, (code, _) in enumerate(TEXTS)])
def test_an_issue_has_the_line_and_column_at_which_it_begins(code: str, text: str) -> None:
    before, _, rest = text.partition("▶")
    for form in (before + rest, (before + rest).encode(), bytearray(codecs.BOM_UTF8 + (before + rest).encode())):
        (issue,) = error(from_json, form).issues
        assert (issue.code, issue.line, issue.column) == (code, *after(before))


@pytest.mark.parametrize(
    ("before", "wrong"), [("", b"\xff"), ('{\n"id":\n"🚢', b"\xc3"), ('\n\n"\r\n', b"\xed\xa0\x80")]
)
def test_bytes_that_are_not_utf_8_have_the_place_of_the_first(before: str, wrong: bytes) -> None:
    for mark in (b"", codecs.BOM_UTF8):
        (issue,) = error(from_json, mark + before.encode() + wrong + b'\n"').issues
        assert (issue.code, issue.line, issue.column) == ("encoding", *after(before))


def test_bytes_in_another_encoding_have_the_place_of_the_start() -> None:
    (issue,) = error(from_json, "\n\n{}".encode("utf-16")).issues
    assert (issue.code, issue.line, issue.column) == ("encoding", 1, 1)


def test_every_issue_of_a_text_has_a_line_and_those_of_one_object_may_have_several() -> None:
    found = error(from_json, '\ufeff{\n"title": 5,\n"x": 1, "y":\n1,\n"title": 6,\n"actors": [{},\n{}]}')
    assert [(issue.code, issue.json_path, issue.line) for issue in found.issues] == [
        ("type", "$.title", 2),
        ("duplicate_key", "$.title", 5),
        ("unknown_key", "$.x", 3),
        ("unknown_key", "$.y", 3),
        ("missing", "$.actors[0].id", 6),
        ("missing", "$.actors[0].name", 6),
        ("missing", "$.actors[1].id", 7),
        ("missing", "$.actors[1].name", 7),
        ("missing", "$.schema_version", 1),
        ("missing", "$.id", 1),
    ]


def test_a_key_that_comes_three_times_has_the_lines_of_the_second_and_third() -> None:
    text = HEAD + '"title": "x",\n"title":\n"y",\n"title": [{"a":\n1,\n"a": 2}]}'
    assert [(issue.json_path, issue.line) for issue in error(from_json, text).issues] == [
        ("$.title", 5),
        ("$.title", 7),
    ]


def test_the_first_value_of_a_repeated_key_is_the_one_that_is_told_of() -> None:
    text = HEAD + '"actors": [{"id": "n", "name":\n5}],\n"actors": [{"id": "n", "name": "x",\n"y": 1}]}'
    assert [(issue.code, issue.line) for issue in error(from_json, text).issues] == [("duplicate_key", 6), ("type", 5)]


class Writer:
    """Writes JSON with white space and escapes at random, and remembers where each value and key begins."""

    def __init__(self, random: Random) -> None:
        self.text = ""
        self.values: dict[Place, Position] = {}
        self.keys: dict[Place, Position] = {}
        self._random = random

    def write(self, value: Any, path: Place = ()) -> None:
        """Write a value, and white space around it."""
        self._space()
        self.values[path] = after(self.text)
        if isinstance(value, dict):
            self._write_all("{", value.items(), path, "}")
        elif isinstance(value, list):
            self._write_all("[", enumerate(value), path, "]")
        else:
            self._scalar(value)
        self._space()

    def _write_all(self, start: str, members: Iterable[tuple[str | int, Any]], path: Place, end: str) -> None:
        self.text += start
        for number, (step, member) in enumerate(members):
            self.text += "," if number else ""
            if start == "{":
                self._space()
                self.keys[(*path, step)] = after(self.text)
                self._scalar(step)
                self._space()
                self.text += ":"
            self.write(member, (*path, step))
        self._space()
        self.text += end

    def _scalar(self, value: Any) -> None:
        escaped = self._random.random() < 0.5 or not encodable(value)
        self.text += json.dumps(value, ensure_ascii=escaped)

    def _space(self) -> None:
        self.text += "".join(self._random.choices([" ", "\t", "\n", "\r\n", "\r"], k=self._random.choice([0, 0, 1, 3])))


def encodable(value: Any) -> bool:
    """Whether a scalar has no lone surrogate, which UTF-8 cannot hold."""
    return not (isinstance(value, str) and re.search("[\ud800-\udfff]", value))


DOCUMENTS: st.SearchStrategy[dict[str, Any]] = invalid_documents().map(lambda each: each.document) | st.builds(
    lambda article, seed: changed(to_dict(article), Random(seed)), articles(), st.integers(0, 2**32)
)


@settings(max_examples=100)
@given(document=DOCUMENTS, seed=st.integers(0, 2**32))
def test_the_place_of_an_issue_is_that_of_its_value_its_wrong_key_or_what_lacks_it(document: Any, seed: int) -> None:
    written = Writer(Random(seed))
    written.write({"🚢": "🚢", **document} if type(document) is dict else document)
    try:
        from_json(written.text.encode())
    except ValidationError as wrong:
        for issue in wrong.issues:
            places = written.keys if issue.code == "unknown_key" and issue.path in written.keys else written.values
            assert (issue.line, issue.column) == places[issue.path if issue.path in places else issue.path[:-1]]


def test_neither_an_escape_nor_a_carriage_return_nor_a_separator_of_unicode_begins_a_line() -> None:
    text = '{"schema_version": "1.0",\r\n"id": "a",\r"title": "a\u2028\x85\\nb\\\\n\\"\\n",\n"text": 5}'
    assert [(issue.json_path, issue.line, issue.column) for issue in error(from_json, text).issues] == [
        ("$.title", 2, 21),
        ("$.text", 3, 9),
    ]


def test_in_json_lines_the_line_is_that_of_the_file_and_the_column_that_in_it(tmp_path: Path) -> None:
    good = to_json(load_article())
    path = tmp_path / "a.jsonl"
    lines = [good, "", '{"schema_version":"1.0","id":"a","title":5}', "  ", "{", good, "[" * 65, "[]"]
    path.write_bytes(codecs.BOM_UTF8 + "\n".join(lines).encode() + b'\n"\xff"\n')
    errors: list[ValidationError] = []
    assert len(list(read_jsonl(path, on_error=errors.append))) == 2
    assert [(issue.code, issue.line, issue.column) for each in errors for issue in each.issues] == [
        ("type", 3, 42),
        ("json", 5, 2),
        ("depth", 7, 65),
        ("type", 8, 1),
        ("encoding", 9, 2),
    ]
    assert [str(each).splitlines() for each in errors[:1]] == [
        [f"{path}:3: $.title: found 5, expected a string [type]"]
    ]


def test_a_gzip_stream_that_breaks_off_has_the_place_after_the_last_whole_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n\n" + to_json(load_article()).encode() * 2)[:-20])
    (issue,) = error(list, read_jsonl(path)).issues
    assert (issue.code, issue.line, issue.column) == ("encoding", 3, 1)


def test_where_there_is_no_text_there_is_no_place(tmp_path: Path) -> None:
    document = to_dict(load_article()) | {"title": 5, "x": 1}
    write_csv(tmp_path, [load_article()])
    for table in ("articles.csv", "actors.csv", "statements.csv"):
        content = (tmp_path / table).read_bytes()
        (tmp_path / table).write_bytes(content.replace(b"http", b"ftp").replace(b'"type"', b'"tpye"'))
    for wrong in (
        error(from_dict, document),
        error(Quantity, minimum=-1, unit=""),
        error(make_converter().structure, document, Article),
        error(list, read_csv(tmp_path)),
    ):
        assert {(issue.line, issue.column) for issue in wrong.issues} == {(None, None)}


def test_an_error_tells_the_line_of_each_issue_unless_the_text_has_only_one() -> None:
    text = HEAD + '"title": 5,\n"x": 1}'
    assert str(error(from_json, text)).splitlines() == [
        "line 4: $.title: found 5, expected a string [type]",
        "line 5: $.x: found the key 'x', expected one that an article has [unknown_key]",
    ]
    assert str(error(from_json, text.replace("\n", " "))).splitlines() == [
        "$.title: found 5, expected a string [type]",
        "$.x: found the key 'x', expected one that an article has [unknown_key]",
    ]
    one_of_two = '{"schema_version": "1.0", "title": 5,\n"id": "a b"}'
    assert [line[:7] for line in str(error(from_json, one_of_two)).splitlines()] == ["line 1:", "line 2:"]


def test_the_number_of_the_rest_has_no_line() -> None:
    text = HEAD + '"actors": [' + ",\n".join("5" * 150) + "]}"
    lines = str(error(from_json, text)).splitlines()
    assert lines[0].startswith("line 4: $.actors[0]: ")
    assert lines[99].startswith("line 103: $.actors[99]: ")
    assert lines[100:] == ["and 50 more issues"]


def test_the_place_of_an_issue_in_a_text_is_no_part_of_its_value() -> None:
    issue = Issue("type", ("a", 0), "x", line=3, column=5)
    assert issue == Issue("type", ("a", 0), "x", line=4, column=5) == Issue("type", ("a", 0), "x")
    assert hash(issue) == hash(Issue("type", ("a", 0), "x"))
    evolved = attrs.evolve(issue, code="x")
    assert (evolved.line, evolved.column) == (3, 5)
    with pytest.raises(TypeError):
        Issue("type", (), "x", 3)  # type: ignore[call-arg]


@pytest.mark.parametrize("again", [lambda each: pickle.loads(pickle.dumps(each)), copy.copy, copy.deepcopy])  # noqa: S301
def test_the_place_of_an_issue_survives_pickle(again: Callable[[Any], Any]) -> None:
    original = error(from_json, HEAD + '"title": 5,\n"x": 1}')
    assert [(issue.line, issue.column) for issue in again(original).issues] == [(4, 10), (5, 1)]
    assert str(again(original)) == str(original)


# Owners

NORTH = {"id": "north", "name": "N"}
SAID = {"type": "statement", "id": "s1", "speaker": "north", "content": "x"}
UNREADABLE: list[Any] = [5, None, "", True, ["s1"], {}, Items("a")]


def document(*statements: Any, **fields: Any) -> dict[str, Any]:
    """An article of one actor."""
    return {"schema_version": "1.0", "id": "a", "actors": [NORTH], "statements": list(statements), **fields}


def with_fields(base: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A statement or actor with other fields, and without those that are `...`."""
    return {key: value for key, value in (base | fields).items() if value is not ...}


NAMED: list[tuple[Any, Any, str]] = [
    (Article, document(with_fields(SAID, cue=5)), "statement 's1'"),
    (Article, document(with_fields(SAID, type="allegation", accused=5)), "allegation 's1'"),
    (Article, document(with_fields(SAID, type="denial", denies=5)), "denial 's1'"),
    (Article, document(with_fields(SAID, type="retraction")), "statement 's1'"),
    (Article, document(with_fields(SAID, type="a\u202eb")), "statement 's1'"),
    (Article, document(with_fields(SAID, type="no word")), "statement 's1'"),
    (Article, document(with_fields(SAID, type=...)), "statement 's1'"),
    (Article, document(with_fields(SAID, type=5)), "statement 's1'"),
    (Article, document(with_fields(SAID, type="x" * 80)), "statement 's1'"),
    (Article, document(with_fields(SAID, quantities=[{"unit": "x"}])), "statement 's1'"),
    (Article, document(with_fields(SAID, about=["north", "north"])), "statement 's1'"),
    (Article, document(with_fields(SAID, speaker="nobody")), "statement 's1'"),
    (Article, document(with_fields(SAID, content=...)), "statement 's1'"),
    (Article, document(with_fields(SAID, x=1)), "statement 's1'"),
    (Article, document(with_fields(SAID, id="not one")), "statement 'not one'"),
    (Article, document(with_fields(SAID, id="a\x1b\n")), "statement 'a\\x1b\\n'"),
    (Article, document(with_fields(SAID, id="x" * 200)), f"statement '{'x' * 80}…' (200 characters)"),
    (Article, document(Members(with_fields(SAID, cue=5))), "statement 's1'"),
    (Article, document(SAID, SAID), "statement 's1'"),
    (Article, document(actors=[with_fields(NORTH, kind="x")]), "actor 'north'"),
    (Article, document(actors=[NORTH, with_fields(NORTH, id="south", name=...)]), "actor 'south'"),
    (Article, document(actors=Items([Members(with_fields(NORTH, aliases=[5]))])), "actor 'north'"),
    (Actor, with_fields(NORTH, role=5), "actor 'north'"),
    (Statement, with_fields(SAID, cue=5), "statement 's1'"),
    (Statement, with_fields(SAID, type="denial", denies=5), "denial 's1'"),
    (Allegation, with_fields(SAID, type="allegation", accused=[]), "allegation 's1'"),
    (Denial, with_fields(SAID, type="denial", denies=["s1"]), "denial 's1'"),
]
UNNAMED: list[tuple[Any, Any]] = [
    *((Article, document(with_fields(SAID, id=id))) for id in UNREADABLE),
    *((Article, document(actors=[with_fields(NORTH, id=id)])) for id in UNREADABLE),
    *((Actor, with_fields(NORTH, id=id)) for id in UNREADABLE),
    *((Statement, with_fields(SAID, id=id)) for id in UNREADABLE),
    (Article, document(with_fields(SAID, id=...))),
    (Article, document(5)),
    (Article, document(5, title=5, x=1)),
    (Article, document(statements="s1")),
    (Article, document(x=[{"id": "s1"}])),
    (Quantity, {"unit": "x"}),
    (Span, {"start": 1, "end": 1, "fingerprint": "1:1:0000000000000000"}),
    (Actor, 5),
    (Statement, "s1"),
]


@pytest.mark.parametrize(("model", "data", "owner"), NAMED, ids=range(len(NAMED)))
def test_a_message_begins_with_the_actor_or_statement_that_it_is_about(model: Any, data: Any, owner: str) -> None:
    (issue,) = error(from_dict, data, model).issues
    assert issue.message.startswith(f"{owner}: found ")
    assert issue.message.isprintable()


@pytest.mark.parametrize(("model", "data"), UNNAMED, ids=range(len(UNNAMED)))
def test_what_has_no_id_that_can_be_read_and_no_owner_is_not_named(model: Any, data: Any) -> None:
    assert all(issue.message.startswith("found ") for issue in error(from_dict, data, model).issues)


@pytest.mark.parametrize(("model", "data", "owner"), NAMED, ids=range(len(NAMED)))
def test_json_and_converters_name_whom_builtins_name(model: Any, data: Any, owner: str) -> None:
    text = json.dumps(data)
    (issue,) = error(from_json, text, model).issues
    assert issue.message.startswith(f"{owner}: found ")
    (converted,) = error(make_converter().structure, data, model).issues
    assert converted.message == issue.message


def test_a_repeated_key_is_told_with_the_object_that_has_it() -> None:
    text = json.dumps(document(SAID)).replace('"id": "s1"', '"id": "s1", "id": "s2"')
    assert [issue.message for issue in error(from_json, text).issues] == [
        "statement 's1': found the key 'id' again, expected it once"
    ]


def test_a_line_of_a_file_names_whom_it_is_about_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(document(with_fields(SAID, cue=5))), encoding="utf-8")
    message = "statement 's1': found 5, expected a string [type]"
    assert str(error(list, read_jsonl(path))) == f"{path}:1: $.statements[0].cue: {message}"


ANSWER: dict[str, Any] = {"id": "s2", "speaker": "north", "content": "x"}
MADE: list[tuple[Callable[[], Any], str]] = [
    (lambda: Actor(id="north", name=""), "Actor 'north'"),
    (lambda: Actor(id="north", name="N", kind=ActorKind.STATE, on_behalf_of="north"), "Actor 'north'"),
    (lambda: Actor(id="not one", name="N"), "Actor 'not one'"),
    (lambda: Actor(id="x" * 200, name="N"), f"Actor '{'x' * 80}…' (200 characters)"),
    (lambda: Actor(id="", name="N"), "Actor"),
    (lambda: Actor(id=5, name="N"), "Actor"),  # type: ignore[arg-type]
    (lambda: Statement(**ANSWER, cue=" "), "Statement 's2'"),
    (lambda: Allegation(**ANSWER, accused=[]), "Allegation 's2'"),
    (lambda: Denial(**ANSWER, denies=["s2"]), "Denial 's2'"),
    (lambda: Denial(**ANSWER, denies=["s1"], quantities=[5]), "Denial 's2'"),  # type: ignore[list-item]
    (lambda: Quantity(unit="x"), "Quantity"),
    (lambda: Quantity(minimum=2, maximum=1, unit="x"), "Quantity"),
    (lambda: Span(2, 1, "1:1:0000000000000000"), "Span"),
    (lambda: Span(1, 2, "x"), "Span"),
    (lambda: PartialDate(0), "PartialDate"),
    (lambda: PartialDate(2025, 2, 30), "PartialDate"),
    (lambda: Article(id="x", url="x"), "Article 'x'"),
    (lambda: Article(id="", url=None), "Article"),
    (lambda: Article(id="x", actors=[Actor(id="a", name="A")] * 2), "Article 'x', Actor 'a'"),
    (lambda: Article(id="x", statements=[Statement(**ANSWER)]), "Article 'x', Statement 's2'"),
    (
        lambda: Article(id="x", actors=[Actor(id="north", name="N")], statements=[Denial(**ANSWER, denies=["s1"])]),
        "Article 'x', Denial 's2'",
    ),
    (lambda: Article(id="x", statements=[5]), "Article 'x'"),  # type: ignore[list-item]
    (lambda: Article(id="x", actors=[{"id": "a"}]), "Article 'x', actor 'a'"),  # type: ignore[list-item]
    (lambda: attrs.evolve(Actor(id="north", name="N"), name=""), "Actor 'north'"),
]


@pytest.mark.parametrize(("make", "owner"), MADE, ids=range(len(MADE)))
def test_a_constructor_names_the_class_and_the_id_of_what_is_made(make: Callable[[], Any], owner: str) -> None:
    (issue,) = error(make).issues
    assert issue.message.startswith(f"{owner}: found ")


@attrs.frozen(kw_only=True)
class Retraction(Statement):
    """A user's own kind of statement, with a field by which cattrs can tell it apart."""

    reason: str


def test_a_constructor_of_a_users_subclass_names_that_class() -> None:
    (issue,) = error(Retraction, id="s1", speaker="a", content="", reason="doubt").issues
    assert issue.message.startswith("Retraction 's1': found ''")
