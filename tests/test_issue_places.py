"""Where an issue is in its text: the line and column of a value, a wrong key, or what lacks one."""

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
from hypothesis import given, strategies as st

from geoclaims import (
    Article,
    Issue,
    Quantity,
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
from geoclaims.strategies import articles
from tests.documents import changed

Place = tuple[str | int, ...]
Position = tuple[int, int]


def error(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> ValidationError:
    """The error that a function raises."""
    with pytest.raises(ValidationError) as caught:
        function(*arguments, **keywords)
    return caught.value


# Lines and columns

HEAD = '{\n"schema_version": "1.0",\n"id": "a",\n'


def after(text: str) -> Position:
    """The line and column of what follows a text."""
    *lines, line = text.split("\n")
    return len(lines) + 1, len(line) + 1


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


@given(article=articles(), seed=st.integers(0, 2**32))
def test_the_place_of_an_issue_is_that_of_its_value_its_wrong_key_or_what_lacks_it(article: Any, seed: int) -> None:
    chance = Random(seed)
    for _ in range(4):
        document = changed(to_dict(article), chance)
        written = Writer(chance)
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
    assert str(errors[0]) == f"{path}:3: {errors[0].issues[0]}"


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
