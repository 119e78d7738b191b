"""Suites that others have written, read where they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geoclaims import Article, Statement, ValidationError, from_json, to_json

NOT_JSON = {"json", "depth", "encoding"}
# Of the files that may be read or not, what those have in their names that are not JSON here though they are text.
BEYOND = ("huge_exp", "overflow", "500_nested")


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    return shared / "corpora" / "hostile-strings"


def codes(text: bytes, type: type[Any] = Article) -> set[str]:
    """The codes of all that is wrong with a text; no text of the suite is an article."""
    with pytest.raises(ValidationError) as caught:
        from_json(text, type)
    assert str(caught.value).encode()
    return {issue.code for issue in caught.value.issues}


def test_every_file_of_jsontestsuite_that_is_not_json_is_refused_as_such(corpus: Path) -> None:
    files = sorted(corpus.glob("test_parsing/n_*.json"))
    assert len(files) > 180
    for file in files:
        for model in (Article, Statement):
            found = codes(file.read_bytes(), model)
            assert len(found) == 1, file.name
            assert found <= NOT_JSON, file.name


def test_every_other_file_of_jsontestsuite_is_read_unless_it_is_no_text_or_beyond_a_limit(corpus: Path) -> None:
    tests = [*corpus.glob("test_parsing/[yi]_*.json"), *corpus.glob("test_transform/*.json")]
    assert len(tests) > 140
    for file in tests:
        found = codes(file.read_bytes()) & NOT_JSON
        is_beyond = any(name in file.name for name in BEYOND)
        no_text = file.read_bytes().decode(errors="ignore").encode() != file.read_bytes()
        assert (found == {"encoding"}, bool(found)) == (no_text, no_text or is_beyond), file.name
    assert "duplicate_key" in codes((corpus / "test_parsing" / "y_object_duplicated_key.json").read_bytes())


def error_in(text: str, allowed: str = "") -> set[str]:
    """The code of what is wrong with a naughty string, none if it is right."""
    if not text.strip():
        return {"empty"}
    rest = text.translate(dict.fromkeys(map(ord, allowed)))
    return {"text"} if any(character < " " or "\x7f" <= character <= "\x9f" for character in rest) else set()


def test_every_naughty_string_survives_unchanged_or_is_refused_by_the_rule_for_text(
    corpus: Path, dressed: Callable[..., Article]
) -> None:
    naughty = json.loads((corpus / "blns.json").read_text(encoding="utf-8"))
    assert len(naughty) > 500
    for text in naughty:
        for line, expected in ((text, error_in(text)), ("line", error_in(text, "\t\n"))):
            if expected:
                with pytest.raises(ValidationError) as caught:
                    dressed(line, text, "text", "")
                assert {issue.code for issue in caught.value.issues} == expected, repr(text)
                continue
            article = dressed(line, text, text, "")
            assert from_json(to_json(article)) == article
            assert {article.title, *(name for actor in article.actors for name in (actor.name, actor.role))} == {line}
            assert {article.text, *(each.content for each in article.statements)} == {text}
