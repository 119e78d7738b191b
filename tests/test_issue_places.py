"""Where an issue is, for people: the line of the text, and the actor or statement that has it."""

from __future__ import annotations

import copy
import gzip
import json
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

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
from geoclaims.strategies import articles
from tests.random_documents import Items, Members, changed

Place = tuple[str | int, ...]


def error(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> ValidationError:
    """The error that a function raises."""
    with pytest.raises(ValidationError) as caught:
        function(*arguments, **keywords)
    return caught.value


# Lines

HEAD = '{\n"schema_version": "1.0",\n"id": "a",\n'
ACTORS = '"actors": [\n{"id": "north",\n"name": "N"}\n],\n'
CLAIM = '"type": "statement",\n"id": "s1",\n"speaker": "north",\n"content": "x"'
DENIAL = '"type": "denial",\n"id": "s2",\n"speaker": "north",\n"content": "x"'


def said(*statements: str, end: str = "") -> str:
    """An article with statements, written line by line."""
    return f"{HEAD}{ACTORS}{end}" + '"statements": [\n' + ",\n".join(f"{{\n{each}}}" for each in statements) + "\n]\n}"


# By code, texts that have one issue. `▶` stands before what begins on the line that is expected; it is left out.
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


def unmarked(text: str) -> tuple[str, int]:
    """A text without its mark, and the line on which the mark stood."""
    before, mark, after = text.partition("▶")
    assert mark
    return before + after, before.count("\n") + 1


@pytest.mark.parametrize(("code", "text"), TEXTS, ids=[f"{code}-{n}" for n, (code, _) in enumerate(TEXTS)])
def test_an_issue_has_the_line_on_which_it_begins(code: str, text: str) -> None:
    text, line = unmarked(text)
    for form in (text, text.encode(), bytearray(text.encode())):
        (issue,) = error(from_json, form).issues
        assert (issue.code, issue.line) == (code, line)


def test_the_line_of_an_issue_is_not_compared_and_given_by_its_name_alone() -> None:
    issue = Issue("id", ("id",), "found ''", line=3)
    assert issue == Issue("id", ("id",), "found ''")
    assert hash(issue) == hash(Issue("id", ("id",), "found ''", line=4))
    with pytest.raises(TypeError):
        Issue("id", ("id",), "found ''", 3)  # type: ignore[call-arg]


@pytest.mark.parametrize(("before", "wrong"), [("", b"\xff"), ('{\n"id":\n"', b"\xc3"), ('\n\n"\r\n', b"\xed\xa0\x80")])
def test_bytes_that_are_not_utf_8_have_the_line_of_the_first(before: str, wrong: bytes) -> None:
    (issue,) = error(from_json, before.encode() + wrong + b'\n"').issues
    assert (issue.code, issue.line) == ("encoding", before.count("\n") + 1)


def test_bytes_in_another_encoding_have_the_first_line() -> None:
    (issue,) = error(from_json, "\n\n{}".encode("utf-16")).issues
    assert (issue.code, issue.line) == ("encoding", 1)


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


def lines_of(value: Any, path: Place = (), line: int = 1) -> Iterator[tuple[Place | None, int]]:
    """The places in a document, and their lines in JSON with an indent; at the end the last line."""
    yield path, line
    if isinstance(value, dict | list) and value:
        for step, member in value.items() if isinstance(value, dict) else enumerate(value):
            for place, at in lines_of(member, (*path, step), line + 1):
                line = at
                if place is not None:
                    yield place, at
        line += 1
    yield None, line


@given(article=articles(), seed=st.integers(0, 2**32))
def test_the_line_of_an_issue_is_that_of_its_place_or_of_what_lacks_it(article: Article, seed: int) -> None:
    data = changed(to_dict(article), Random(seed))
    lines = dict(lines_of(data))
    try:
        from_json(json.dumps(data, indent=1))
    except ValidationError as wrong:
        for issue in wrong.issues:
            place = issue.path if issue.path in lines else issue.path[:-1]
            assert issue.line == lines[place]


def test_a_line_feed_in_a_string_and_a_carriage_return_begin_no_line() -> None:
    text = '{"schema_version": "1.0",\r\n"id": "a",\r"title": "a\\nb\\\\n\\"\\n",\n"text": 5}'
    assert [(issue.json_path, issue.line) for issue in error(from_json, text).issues] == [
        ("$.title", 2),
        ("$.text", 3),
    ]


def test_in_json_lines_the_line_is_that_of_the_file(tmp_path: Path) -> None:
    good = to_json(load_article())
    path = tmp_path / "a.jsonl"
    lines = [good, "", '{"schema_version":"1.0","id":"a","title":5}', "  ", "{", good, "[" * 65, "[]"]
    path.write_bytes("\n".join(lines).encode() + b'\n"\xff"\n')
    errors: list[ValidationError] = []
    assert len(list(read_jsonl(path, on_error=errors.append))) == 2
    assert [(issue.code, issue.line) for each in errors for issue in each.issues] == [
        ("type", 3),
        ("json", 5),
        ("depth", 7),
        ("type", 8),
        ("encoding", 9),
    ]
    assert [str(each).splitlines() for each in errors[:1]] == [
        [f"{path}:3: $.title: found 5, expected a string [type]"]
    ]


def test_a_gzip_stream_that_breaks_off_has_the_line_after_the_last_whole_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n\n" + to_json(load_article()).encode() * 2)[:-20])
    (issue,) = error(list, read_jsonl(path)).issues
    assert (issue.code, issue.line) == ("encoding", 3)


def test_where_there_is_no_text_there_is_no_line() -> None:
    article = to_dict(load_article())
    assert {issue.line for issue in error(from_dict, article | {"title": 5, "x": 1}).issues} == {None}
    assert {issue.line for issue in error(Quantity, minimum=-1, unit="").issues} == {None}
    assert {issue.line for issue in error(from_json, 5).issues} == {None}
    converted = error(make_converter().structure, article | {"title": 5}, Article)
    assert {issue.line for issue in converted.issues} == {None}


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


def test_the_line_of_an_issue_is_no_part_of_its_value() -> None:
    issue = Issue("type", ("a", 0), "x", line=3)
    assert issue == Issue("type", ("a", 0), "x", line=4) == Issue("type", ("a", 0), "x")
    assert hash(issue) == hash(Issue("type", ("a", 0), "x"))
    assert attrs.evolve(issue, code="x").line == 3
    with pytest.raises(TypeError):
        Issue("type", (), "x", 3)  # type: ignore[call-arg]


@pytest.mark.parametrize("again", [lambda each: pickle.loads(pickle.dumps(each)), copy.copy, copy.deepcopy])  # noqa: S301
def test_the_line_of_an_issue_survives_pickle(again: Callable[[Any], Any]) -> None:
    original = error(from_json, HEAD + '"title": 5,\n"x": 1}')
    assert [issue.line for issue in again(original).issues] == [4, 5]
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
