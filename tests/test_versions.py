"""The promise about `schema_version`: what was written once can be read for ever, and a newer version is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from geoclaims import (
    ActorKind,
    Allegation,
    Denial,
    DenialKind,
    PartialDate,
    Statement,
    ValidationError,
    from_dict,
    json_schema,
    to_dict,
    to_json,
)

GOLDEN = Path(__file__).parent / "data" / "golden-1.0.json"
DOCUMENT = json.loads(GOLDEN.read_bytes())
ARTICLE = from_dict(DOCUMENT)


def expect(value: Any, written: Any) -> None:
    """Fail unless each key is the field of its name, and each field without a key is at its default."""
    if isinstance(written, dict):
        keys = {key: part for key, part in written.items() if key not in {"type", "schema_version"}}
        assert written.get("type") in {type(value).__name__.lower(), None}
        assert {a.name: a.default for a in attrs.fields(type(value))} | {key: getattr(value, key) for key in keys} == {
            a.name: getattr(value, a.name) for a in attrs.fields(type(value))
        }
        for key, part in keys.items():
            expect(getattr(value, key), part)
    elif isinstance(written, list):
        for one, part in zip(value, written, strict=True):
            expect(one, part)
    else:
        assert (str(value) if isinstance(value, PartialDate) else value) == written


def test_each_key_of_the_golden_document_of_version_1_0_is_the_field_of_its_name() -> None:
    expect(ARTICLE, DOCUMENT)


def test_the_golden_document_of_version_1_0_is_written_byte_for_byte() -> None:
    assert (to_json(ARTICLE, indent=2) + "\n").encode() == GOLDEN.read_bytes()


NEW = "what format 1.0 does not have belongs to a later one: see Versions in docs/architecture.md"


def test_the_golden_document_uses_every_key_and_every_member_that_the_format_has() -> None:
    schema = json_schema()
    statements: dict[str, set[str]] = {}
    for statement in DOCUMENT["statements"]:
        statements.setdefault(statement["type"], set()).update(statement)
    assert {"$schema", *DOCUMENT} == set(schema["properties"]), NEW  # which editors ask for, and which is not written
    assert {key for actor in DOCUMENT["actors"] for key in actor} == set(schema["$defs"]["Actor"]["properties"]), NEW
    assert statements["allegation"] == set(schema["$defs"]["Allegation"]["properties"]), NEW
    for model in (Statement, Allegation, Denial):
        keys = set(schema["$defs"][model.__name__]["properties"])
        assert keys - set(schema["$defs"]["Statement"]["properties"]) <= statements[model.__name__.lower()], NEW
    quantities = {key for quantity in DOCUMENT["statements"][1]["quantities"] for key in quantity}
    assert quantities == set(schema["$defs"]["Quantity"]["properties"]), NEW
    assert {actor.kind for actor in ARTICLE.actors} == set(ActorKind), NEW
    assert {denial.kind for denial in ARTICLE.denials} == set(DenialKind), NEW


def issues(document: Any) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        from_dict(document)
    return [(issue.code, issue.json_path) for issue in caught.value.issues]


NEWER = ["1.1", "1.10", "2.0", "10.0", "2.17", f"{10**16}.0", f"1.{10**16}"]
UNKNOWN = [
    *("", "0.9", "1", "1.", ".1", "1.0.0", "01.0", "1,0", "v1.0", "X1.0", " 1.0", "１.０", "9" * 99, f"{10**17}.0"),
    *(f"1.{10**17}", "1.0\n"),
]


@pytest.mark.parametrize("version", [*NEWER, *UNKNOWN])
def test_another_version_is_refused_alone_with_a_message_that_says_if_it_is_newer(version: str) -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict({"schema_version": version, "id": 5, "what": "is new"})
    (issue,) = caught.value.issues
    assert (issue.code, issue.path) == ("version", ("schema_version",))
    assert ("newer" in issue.message) == (version in NEWER)


@pytest.mark.parametrize("version", [1.0, 1, None, True, ["1.0"], {"1": "0"}])
def test_a_version_that_is_missing_or_no_string_is_wrong_and_the_rest_is_read(version: object) -> None:
    assert issues({"schema_version": version, "id": 5}) == [("type", "$.schema_version"), ("type", "$.id")]
    assert issues({"id": 5}) == [("type", "$.id"), ("missing", "$.schema_version")]


def test_what_is_not_an_article_has_no_version() -> None:
    for instance in (ARTICLE.actors[0], *ARTICLE.statements[:3]):
        assert "schema_version" not in to_dict(instance)
        with pytest.raises(ValidationError, match="unknown_key"):
            from_dict({**to_dict(instance), "schema_version": "1.0"}, type(instance))
