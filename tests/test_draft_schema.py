from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, strategies as st
from jsonschema import Draft202012Validator

from geoclaims import Article, ValidationError, json_schema
from geoclaims.annotation import draft_schema, read_draft, to_draft
from geoclaims.strategies import articles

DIALECTS = ("full", "portable", "structured_output")
VALIDATORS = {dialect: Draft202012Validator(draft_schema(dialect=dialect)) for dialect in DIALECTS}  # type: ignore[arg-type]
CLAIM = {"type": "statement", "id": "s1", "speaker": "navy", "content": "It laid no mines."}
DRAFT = {"id": "example", "actors": [{"id": "navy", "name": "the navy"}], "statements": [CLAIM]}


def with_nulls(document: Any, schema: Any, root: Any) -> Any:
    """A draft as a service writes it that demands every key of a schema."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        options = [root["$defs"][each["$ref"].rpartition("/")[2]] for each in schema["anyOf"] if "$ref" in each]
        if isinstance(document, dict):
            tagged = [
                each for each in options if each["properties"].get("type", {}).get("const") == document.get("type")
            ]
            return with_nulls(document, tagged[0], root)
        return document
    if isinstance(document, list):
        return [with_nulls(each, schema["items"], root) for each in document]
    if isinstance(document, dict):
        keys = schema["properties"]
        return {key: with_nulls(document.get(key), keys[key], root) for key in keys}
    return document


def parts_of(schema: object) -> Iterator[dict[str, Any]]:
    """The schema and all that stands in it."""
    if isinstance(schema, dict):
        yield schema
    for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts_of(each)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_schema_of_drafts_is_a_schema_with_an_id_of_its_own(dialect: Any) -> None:
    schema = draft_schema(dialect=dialect)
    Draft202012Validator.check_schema(schema)
    others = [draft_schema(dialect=other)["$id"] for other in DIALECTS if other != dialect]  # type: ignore[arg-type]
    assert schema["$id"].startswith("urn:uuid:")
    assert schema["$id"] not in [*others, json_schema()["$id"]]
    assert schema == draft_schema(dialect=dialect)


@given(articles(text=st.text(min_size=1, max_size=40).filter(lambda text: "\0" not in text and not text.isspace())))
def test_every_draft_of_an_article_is_accepted_in_every_dialect(article: Article) -> None:
    draft = to_draft(article)
    assert VALIDATORS["full"].is_valid(draft)
    assert VALIDATORS["portable"].is_valid(draft)
    schema = draft_schema(dialect="structured_output")
    filled = with_nulls(draft, schema, schema)
    assert VALIDATORS["structured_output"].is_valid(filled)
    assert read_draft(filled, str(article.text)) == article


@pytest.mark.parametrize("dialect", ["full", "portable"])
@pytest.mark.parametrize(
    "draft",
    [
        DRAFT,
        {**DRAFT, "$schema": "draft.json", "schema_version": "1.0", "published": "on 14 May 2031"},
        {**DRAFT, "$schema": None, "schema_version": None, "text": None, "title": None, "published": None},
        {**DRAFT, "statements": [{**CLAIM, "passages": ["No\nship", {"exact": " ", "start": 5}], "date": "yesterday"}]},
        {
            **DRAFT,
            "statements": [{**CLAIM, "passages": None, "spans": None, "accused": None, "kind": None, "cue": None}],
        },
        {**DRAFT, "statements": [{**CLAIM, "passages": [{"exact": "a", "prefix": "", "suffix": None, "start": None}]}]},
        {**DRAFT, "statements": [{**CLAIM, "type": "allegation", "accused": ["navy"], "denies": None}]},
        {**DRAFT, "actors": [{"id": "navy", "name": "the navy", "kind": None, "country": None, "aliases": None}]},
    ],
)
def test_what_only_a_draft_may_hold_is_accepted(dialect: str, draft: Any) -> None:
    assert VALIDATORS[dialect].is_valid(draft)


@pytest.mark.parametrize(
    "draft",
    [
        [],
        {"actors": []},
        {**DRAFT, "text": "No ship sank."},
        {**DRAFT, "titel": None},
        {**DRAFT, "statements": [{**CLAIM, "spans": []}]},
        {**DRAFT, "statements": [{**CLAIM, "type": "denial"}]},
        {**DRAFT, "statements": [{**CLAIM, "type": None}]},
        {**DRAFT, "statements": [{**CLAIM, "speaker": None}]},
        {**DRAFT, "statements": [{**CLAIM, "accused": ["navy"]}]},
        {**DRAFT, "statements": [{**CLAIM, "passages": [5]}]},
        {**DRAFT, "statements": [{**CLAIM, "passages": [{"prefix": "a"}]}]},
        {**DRAFT, "statements": [{**CLAIM, "passages": [{"exact": "a", "end": 5}]}]},
    ],
)
def test_what_has_another_shape_is_refused(draft: Any) -> None:
    assert [dialect for dialect in DIALECTS if VALIDATORS[dialect].is_valid(draft)] == []


@pytest.mark.parametrize(
    "claim",
    [{"passages": [""]}, {"passages": ["a\0"]}, {"passages": [{"exact": "a", "start": -1}]}, {"date": "y" * 65}],
)
def test_values_that_break_their_rule_are_refused_where_a_schema_can_say_so(claim: Any) -> None:
    assert not VALIDATORS["full"].is_valid({**DRAFT, "statements": [{**CLAIM, **claim}]})
    assert not VALIDATORS["portable"].is_valid({**DRAFT, "statements": [{**CLAIM, **claim}]})


@pytest.mark.parametrize(
    "claim",
    [
        {**CLAIM, "accused": None, "denies": None, "kind": None},
        {**CLAIM, "type": "allegation", "accused": ["navy"], "denies": None, "kind": None},
        {**CLAIM, "type": "denial", "denies": ["s2"], "accused": None},
    ],
)
def test_a_service_may_write_null_under_the_keys_of_another_kind_of_statement(claim: dict[str, Any]) -> None:
    schema = draft_schema(dialect="structured_output")
    second = {**CLAIM, "id": "s2"}
    filled = with_nulls({**DRAFT, "statements": [claim, second]}, schema, schema)
    assert filled["statements"][0].keys() == filled["statements"][1].keys() > claim.keys()
    assert VALIDATORS["structured_output"].is_valid(filled)
    assert read_draft(filled, "A text.") == read_draft({**DRAFT, "statements": [claim, second]}, "A text.")


def test_structured_output_has_only_what_services_enforce() -> None:
    schema = draft_schema(dialect="structured_output")
    assert schema["type"] == "object"
    for part in parts_of(schema):
        assert not part.keys() & {"not", "if", "allOf", "uniqueItems", "pattern", "default", "oneOf", "$schema_version"}
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert part["required"] == list(part["properties"])
            assert not part["properties"].keys() & {"schema_version", "$schema", "text", "spans"}


def test_structured_output_says_the_type_of_a_statement_also_to_services_that_pass_over_const() -> None:
    parts = draft_schema(dialect="structured_output")["$defs"]
    for name in ("Statement", "Allegation", "Denial"):
        assert parts[name]["properties"]["type"]["enum"] == [parts[name]["properties"]["type"]["const"]]


def test_another_dialect_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        draft_schema(dialect="strict")  # type: ignore[arg-type]
    assert str(caught.value).startswith("$.dialect: found 'strict', expected 'full', 'portable' or 'structured_output'")
    with pytest.raises(TypeError, match="expected 'full'"):
        draft_schema(dialect=[])  # type: ignore[arg-type]
