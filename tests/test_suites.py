"""Suites that others have written, read where they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geoclaims import Allegation, Article, Denial, Statement, ValidationError, from_dict, from_json, to_json

# Why a file that may be read or not is no JSON here; those not listed are.
REASONS = {
    "i_number_huge_exp.json": "json",
    "i_number_neg_int_huge_exp.json": "json",
    "i_number_pos_double_huge_exp.json": "json",
    "i_number_real_neg_overflow.json": "json",
    "i_number_real_pos_overflow.json": "json",
    "i_structure_500_nested_arrays.json": "depth",
    "i_string_UTF-16LE_with_BOM.json": "encoding",
    "i_string_UTF-8_invalid_sequence.json": "encoding",
    "i_string_UTF8_surrogate_U+D800.json": "encoding",
    "i_string_invalid_utf-8.json": "encoding",
    "i_string_iso_latin_1.json": "encoding",
    "i_string_lone_utf8_continuation_byte.json": "encoding",
    "i_string_not_in_unicode_range.json": "encoding",
    "i_string_overlong_sequence_2_bytes.json": "encoding",
    "i_string_overlong_sequence_6_bytes.json": "encoding",
    "i_string_overlong_sequence_6_bytes_null.json": "encoding",
    "i_string_truncated-utf-8.json": "encoding",
    "i_string_utf16BE_no_BOM.json": "encoding",
    "i_string_utf16LE_no_BOM.json": "encoding",
    "string_1_invalid_codepoint.json": "encoding",
    "string_2_invalid_codepoints.json": "encoding",
    "string_3_invalid_codepoints.json": "encoding",
}
NO_JSON = {"json", "encoding", "depth"}


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    return shared / "corpora" / "hostile-strings"


def codes(text: bytes, type: type[Any] = Article) -> set[str]:
    """The codes of all that is wrong with a text; no text of the suite is an article."""
    with pytest.raises(ValidationError) as caught:
        from_json(text, type)
    assert str(caught.value).encode()
    return {issue.code for issue in caught.value.issues}


def test_every_file_of_jsontestsuite_that_is_no_json_is_refused_as_such(corpus: Path) -> None:
    files = sorted(corpus.glob("test_parsing/n_*.json"))
    assert len(files) > 180
    for file in files:
        for model in (Article, Statement):
            assert len(found := codes(file.read_bytes(), model)) == 1, file.name
            assert found <= NO_JSON, file.name


def test_every_file_of_jsontestsuite_that_is_json_is_read_and_found_to_be_no_article(corpus: Path) -> None:
    files = sorted(corpus.glob("test_parsing/y_*.json"))
    assert len(files) > 90
    for file in files:
        assert codes(file.read_bytes()) & NO_JSON == set(), file.name
    assert "duplicate_key" in codes((corpus / "test_parsing" / "y_object_duplicated_key.json").read_bytes())


def test_every_file_of_jsontestsuite_that_may_be_read_or_not_gets_the_answer_that_is_known(corpus: Path) -> None:
    files = sorted([*corpus.glob("test_parsing/i_*.json"), *corpus.glob("test_transform/*.json")])
    assert len(files) > 50
    for file in files:
        found = codes(file.read_bytes())
        if file.name in REASONS:
            assert found == {REASONS[file.name]}, file.name
        else:
            assert found & NO_JSON == set(), file.name


def holds_control_characters(text: str, but: str = "") -> bool:
    return any(character < " " or "\x7f" <= character <= "\x9f" for character in text if character not in but)


def test_every_naughty_string_survives_unchanged_or_is_refused_by_the_rule_for_text(corpus: Path) -> None:
    naughty = json.loads((corpus / "blns.json").read_text(encoding="utf-8"))
    assert len(naughty) > 500
    for text in naughty:
        document = {
            "schema_version": "1.0",
            "id": "naughty",
            "title": text,
            "actors": [{"id": "a", "name": text, "aliases": [text]}],
            "statements": [
                {"type": "statement", "id": "s1", "speaker": "a", "content": text, "quotes": [text], "basis": text},
                {"type": "allegation", "id": "s2", "speaker": "a", "content": text, "accused": ["a"], "cue": text},
                {"type": "denial", "id": "s3", "speaker": "a", "content": text, "denies": ["s2"], "labels": [text]},
            ],
            "text": text,
        }
        expected = None
        if not text.strip():
            expected = "empty"
        elif holds_control_characters(text):
            expected = "text"
        if expected is None:
            article = from_dict(document)
            assert from_json(to_json(article)) == article
            assert {article.title, article.text, article.actors[0].name, *article.actors[0].aliases} == {text}
            assert {statement.content for statement in article.statements} == {text}
            assert [type(statement) for statement in article.statements] == [Statement, Allegation, Denial]
        else:
            with pytest.raises(ValidationError) as caught:
                from_dict(document)
            assert {issue.code for issue in caught.value.issues} == {expected}, repr(text)


def test_every_naughty_string_that_may_stand_in_prose_survives_there(corpus: Path) -> None:
    for text in json.loads((corpus / "blns.json").read_text(encoding="utf-8")):
        if text.strip() and not holds_control_characters(text, but="\t\n"):
            statement = Statement(id="s", speaker="a", content=text, quotes=[text], basis=text)
            assert from_json(to_json(statement), Statement) == statement
