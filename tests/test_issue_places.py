"""Where an issue is in its text: the line and column of a value, a wrong key, or what lacks one."""

from __future__ import annotations

import codecs
import copy
import csv
import gzip
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from geoclaims import (
    Actor,
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
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import read_csv, write_csv
from geoclaims.strategies import InvalidDocument, invalid_documents
from tests.places import ARTICLE, Place, error
from tests.tables import load, save
from tools.fuzz import inputs

Position = tuple[int, int]


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


@given(document=inputs.documents(*inputs.ARTICLES), seed=st.integers(0, 2**32))
def test_the_place_of_an_issue_is_that_of_its_value_its_wrong_key_or_what_lacks_it(document: Any, seed: int) -> None:
    written = Writer(Random(seed))
    written.write({"🚢": "🚢", **document} if type(document) is dict else document)
    assume(not re.search("NaN|Infinity", written.text))  # which is no JSON
    try:
        from_json(written.text.encode())
    except ValidationError as wrong:
        for issue in wrong.issues:
            places = written.keys if issue.code == "unknown_key" and issue.path in written.keys else written.values
            assert (issue.line, issue.column) == places[issue.path if issue.path in places else issue.path[:-1]]


EMPTY = Article(id="a", actors=[Actor(id="b", name="c")])
ODD_LINES = ("", " \t", "{", "[" * 65, "[]", '"\xff"')


@given(st.lists(invalid_documents(articles=st.just(EMPTY)) | st.sampled_from([*ODD_LINES, EMPTY]), max_size=8))
def test_each_bad_line_of_json_lines_is_told_with_its_place_in_the_file_and_each_right_one_is_read(
    tmp_path_factory: pytest.TempPathFactory, lines: list[InvalidDocument | str | Article]
) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    written = [
        each if isinstance(each, str) else json.dumps(to_dict(each) if isinstance(each, Article) else each.document)
        for each in lines
    ]
    data = [line.encode("latin-1") for line in written]
    path.write_bytes(codecs.BOM_UTF8 + b"\n".join(data))
    errors: list[ValidationError] = []
    assert list(read_jsonl(path, on_error=errors.append)) == [EMPTY] * lines.count(EMPTY)
    bad = {number: text for number, text in enumerate(data, 1) if text.strip() and lines[number - 1] is not EMPTY}
    assert [each.location for each in errors] == [f"{path}:{number}" for number in bad]
    for (number, text), found in zip(bad.items(), errors, strict=True):
        expected = error(from_json, text).issues
        assert [(each.code, each.path, each.column) for each in found.issues] == [
            (each.code, each.path, each.column) for each in expected
        ]
        assert {each.line for each in found.issues} == {number}
        assert str(found).splitlines() == [f"{path}:{number}: {issue}" for issue in found.issues]


def test_a_wrong_cell_of_a_table_is_told_and_what_has_none_is_read(tmp_path: Path) -> None:
    chance = Random(5)
    held = [attrs.evolve(ARTICLE, id=f"g{number}") for number in range(2)]
    ends = ("g0/TRUE", "g1/s4"), ("g0/s2", "g1/s2")
    links = [Link(kind=LinkKind.SAME, source=one, target=other, annotator="x", basis="y") for one, other in ends]
    write_csv(tmp_path, Corpus(articles=held, links=links))
    for path in sorted(tmp_path.iterdir()):
        content = path.read_bytes()
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        rows.insert(chance.randrange(len(rows)), [""] * len(header))  # blank, and counted
        for column, name in enumerate(header):
            parts = name.startswith(("quantities", "spans"))
            filled = [number for number, row in enumerate(rows) if any(row) and (row[column] or not parts)]
            number = chance.choice(filled)
            items = re.split(r"(?<!\\)\|", rows[number][column])
            item = chance.randrange(len(items))
            wrong = [*rows[number]]
            wrong[column] = "|".join([*items[:item], "\0" if name == "text" else "\a", *items[item + 1 :]])
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([header, *rows[:number], wrong, *rows[number + 1 :]])
            errors: list[ValidationError] = []
            if path.name == "links.csv":
                assert list(read_csv(tmp_path, Link, on_error=errors.append)) == links[number < 2 :][:1]
            else:
                own = rows[number][0]
                read = [
                    each for each in read_csv(tmp_path, on_error=errors.append) if name != "article" or each.id != own
                ]
                assert read == [each for each in held if each.id != own]
            found = [issue for each in errors for issue in each.issues]
            places = [issue.path for issue in found if issue.code != "dangling_ref" or issue.path[2] == "article"][:1]
            cell = (path.name, number + 2, name)
            assert places in ([cell], [(*cell, item)])
        path.write_bytes(content)
    path = tmp_path / "articles.csv"
    table = load(path)
    save(path, [*table, *table[1:]])
    errors = []
    assert list(read_csv(tmp_path, on_error=errors.append)) == held
    assert [issue.path for each in errors for issue in each.issues] == [("articles.csv", row, "id") for row in (4, 5)]


SMALL = {
    "schema_version": "1.0",
    "actors": [{"id": "n", "name": "N"}],
    "statements": [
        {"type": "statement", "id": "s1", "speaker": "n", "content": "x"},
        {"type": "statement", "id": "s2", "speaker": "n", "content": "x"},
        {"type": "denial", "id": "s3", "speaker": "n", "content": "x", "denies": ["s2", "s1"]},
    ],
}
LINKS = {  # each with what is wrong with it, and at which end; of two that are one, with the second
    "same a/s1 b/s1": "",
    "denies c/s3 a/s1": "",
    "confirms b/s2 c/s1": "",
    "same a/zz b/s2": "dangling_ref source",
    "confirms a/s2 zz/s2": "dangling_ref target",
    "denies a/s1 b/s1": "wrong_ref source",
    "same a/n b/s1": "wrong_ref target",
    "distinct a/s1 b/s1": "self_ref target",
    "same b/s1 a/s1": "duplicate",
}


@given(order=st.permutations([*LINKS]), ids=st.permutations("abcddd"))
def test_whichever_link_or_article_of_a_corpus_is_wrong_is_told_at_its_place(order: list[str], ids: list[str]) -> None:
    held = [from_dict(SMALL | {"id": id}) for id in ids]
    first, second = sorted(order.index(f"same {ends}") for ends in ("a/s1 b/s1", "b/s1 a/s1"))
    wrong = {number: LINKS[each].split() for number, each in enumerate(order)}
    wrong |= {first: [], second: ["duplicate"]}
    links = [Link(kind=LinkKind(kind), source=one, target=other) for kind, one, other in map(str.split, order)]
    found = error(Corpus, articles=held, links=links).issues
    assert [(issue.code, issue.path) for issue in found] == [
        *(("duplicate_id", ("articles", at, "id")) for at in [n for n, id in enumerate(ids) if id == "d"][1:]),
        *((told[0], ("links", number, *told[1:])) for number, told in sorted(wrong.items()) if told),
    ]

    same = Link(kind=LinkKind.SAME, source="a/s3", target="a/s1")
    field = ("articles", ids.index("a"), "statements", 2, "denies", 1)
    assert field in [issue.path for issue in error(Corpus, articles=held, links=[same]).issues]


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
    assert {Issue("type", ("a", 0), "x"): 1}[copy.deepcopy(issue)] == 1
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        issue.code = "x"  # type: ignore[misc]
    evolved = attrs.evolve(issue, code="x")
    assert (evolved.line, evolved.column) == (3, 5)
    with pytest.raises(TypeError):
        Issue("type", (), "x", 3)  # type: ignore[call-arg]
