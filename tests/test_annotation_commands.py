"""`geoclaims new` and `anchor`: a draft with every key that may be filled in, and the article made of it."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, Article, Issue, Span, Statement, ValidationError, from_json, to_json
from geoclaims.annotation import draft_schema, read_draft
from tests.conftest import Run

TEXT = "The navy said that mines lay in the port.\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A file with a text, as Windows writes it."""
    (path := tmp_path / "text.txt").write_bytes(TEXT.replace("\n", "\r\n").encode("utf-8-sig"))
    return path


def test_a_new_draft_has_every_key_and_something_at_those_that_it_needs(text: Path, run: Run) -> None:
    draft, schema = json.loads(run("new", text).out), draft_schema()
    for made, part in (
        (draft, schema),
        (draft["actors"][0], schema["$defs"]["Actor"]),
        (draft["statements"][0], schema["$defs"]["Denial"]),
    ):
        assert made.keys() == part["properties"].keys() - {"schema_version", "text", "spans"}
        assert [name for name in set(part["required"]) - {"denies"} if not made[name]] == []


def test_a_draft_that_is_filled_in_becomes_an_article_with_the_text_as_it_is_read(
    text: Path, tmp_path: Path, run: Run
) -> None:
    draft = json.loads(run("new", text).out)
    draft["actors"][0] |= {"id": "navy", "name": "The navy"}
    draft["statements"][0] |= {"type": "statement", "id": "mines", "speaker": "navy", "content": "Mines lie there."}
    draft["statements"][0]["passages"] = ["mines lay in the port"]
    (file := tmp_path / "draft.json.gz").write_bytes(gzip.compress(json.dumps(draft).encode()))
    assert from_json(run("anchor", text, file).out) == read_draft(draft, TEXT)


def test_an_article_is_written_with_a_warning_of_the_number_that_its_passage_now_cuts(tmp_path: Path, run: Run) -> None:
    said = Statement(id="s", speaker="navy", content="!", spans=[Span.find("They laid 12.", "They laid 12")])
    article = Article(id="a", actors=[Actor(id="navy", name="navy", anonymous=True)], statements=[said])
    (file := tmp_path / "article.json").write_text(to_json(article))
    (text := tmp_path / "text.txt").write_text("They laid 1200.")
    out, err = run("anchor", text, file)
    assert from_json(out).statements == article.statements
    assert "lint_cut" in err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        *((b"\xff", "UTF-8"), (b"a\x00b", "NUL"), (b"  \n", "empty"), (b'{"id": "a"}', "JSON")),
        *(("Grün".encode(name), name.upper()) for name in ("utf-16", "utf-16-le", "utf-32-be")),
        ("東京".encode("iso2022_jp"), "ISO-2022-JP"),
    ],
)
@pytest.mark.parametrize("command", [["new"], ["anchor"]])
def test_what_no_text_may_hold_is_named(command: list[str], data: bytes, said: str, text: Path, run: Run) -> None:
    text.write_bytes(data)
    out, err = run(*command, text, *(["--bundled"] if command == ["anchor"] else []), code=1)
    assert out == ""
    assert re.match(rf"{re.escape(str(text))}(:1:1)?: \$: .*{said}", err)


def refused(**fields: object) -> list[Issue]:
    """The issues of a draft with an allegation that has some fields."""
    said = {"type": "allegation", "id": "s", "speaker": "navy", "content": "It.", "accused": ["navy"], **fields}
    draft = {"id": "a", "actors": [{"id": "navy", "name": "The navy"}], "statements": [said]}
    with pytest.raises(ValidationError) as error:
        read_draft(draft, TEXT)
    return list(error.value.issues)


@pytest.mark.parametrize("key", ["accused", "about", "quotes", "passages"])
def test_a_placeholder_that_was_copied_into_a_list_is_still_to_be_filled_in(key: str) -> None:
    assert [(issue.code, issue.path[2:]) for issue in refused(**{key: ["<id of an actor>"]})] == [("empty", (key, 0))]


@given(st.sampled_from(["content", "basis"]), st.text(max_size=9), st.text(max_size=9))
def test_a_placeholder_with_words_around_it_is_still_to_be_filled_in(key: str, before: str, after: str) -> None:
    value = f"{before}<the claim, in one sentence of your own>{after}"
    assert [(issue.code, issue.path[2:]) for issue in refused(**{key: value})] == [("empty", (key,))]


def test_to_a_key_of_another_language_the_keys_are_named_that_a_draft_may_still_have() -> None:
    (issue,) = refused(线索="said", basis="Pictures.", passages=["mines lay in the port"])
    assert {"cue", "date", "quotes"} <= {*re.findall("'([a-z_]+)'", issue.message)}
    assert {"basis", "accused", "passages", "spans"}.isdisjoint(re.findall("'([a-z_]+)'", issue.message))


@pytest.mark.parametrize("command", ["lint", "validate"])
def test_whoever_checks_a_text_is_told_how_to_begin_a_draft(command: str, text: Path, run: Run) -> None:
    assert "geoclaims new" in "".join(run(command, text, code=1))


def test_the_id_of_a_draft_is_made_from_the_name_of_the_text_and_printed(tmp_path: Path, run: Run) -> None:
    for name, id in (("Port of Esk, 1.txt", "port-of-esk-1"), ("x" * 120, "x" * 100)):
        (tmp_path / name).write_text(TEXT)
        out, err = run("new", tmp_path / name)
        assert Article(id=json.loads(out)["id"]).id == id
        assert err == f"the id of the article is {id}; --id sets another\n"
    assert run("new", tmp_path / "Port of Esk, 1.txt", "--id", "port").err == ""


def test_where_nothing_is_left_of_a_name_the_id_is_made_from_the_text(tmp_path: Path, run: Run) -> None:
    ids = []
    for name, text in (("港口.txt", TEXT), ("Порт.txt", f"{TEXT}!"), ("ميناء.txt", TEXT)):
        (tmp_path / name).write_text(text)
        ids.append(Article(id=json.loads(run("new", tmp_path / name).out)["id"]).id)
    assert ids[0] == ids[2] != ids[1]
