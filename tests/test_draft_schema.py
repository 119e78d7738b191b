from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from geoclaims import Actor, Allegation, Article, Denial, Quantity, ValidationError, json_schema
from geoclaims.annotation import draft_schema, read_draft, to_draft
from geoclaims.strategies import articles, texts

DIALECTS = ("full", "structured_output")
VALIDATORS = {dialect: Draft202012Validator(draft_schema(dialect=dialect)) for dialect in DIALECTS}  # type: ignore[arg-type]
CLAIM = {"type": "statement", "id": "s1", "speaker": "navy", "content": "It laid no mines."}
DRAFT = {"id": "example", "actors": [{"id": "navy", "name": "the navy"}], "statements": [CLAIM]}


def saying(**changes: Any) -> dict[str, Any]:
    """A draft whose statement has other keys."""
    return {**DRAFT, "statements": [{**CLAIM, **changes}]}


def nothing(model: type[Any], without: Iterable[str] = ()) -> dict[str, None]:
    """Null for each field of a model that need not be given."""
    names = [field.name for field in attrs.fields(model) if field.default is not attrs.NOTHING]
    return dict.fromkeys(name for name in names if name not in without)


def parts_of(schema: object) -> Iterator[dict[str, Any]]:
    """The schema and all that stands in it."""
    if isinstance(schema, dict):
        yield schema
    for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts_of(each)


def test_the_schemas_of_drafts_are_schemas_with_ids_of_their_own() -> None:
    schemas: list[dict[str, Any]] = [draft_schema(dialect=dialect) for dialect in DIALECTS]  # type: ignore[arg-type]
    for schema in schemas:
        Draft202012Validator.check_schema(schema)
    assert schemas == [validator.schema for validator in VALIDATORS.values()]
    assert json_schema()["$id"] != schemas[0]["$id"]


@given(articles(text=texts(), min_statements=1, max_statements=4, max_actors=3))
def test_the_draft_of_an_article_with_a_text_fits_the_schema(article: Article) -> None:
    assert VALIDATORS["full"].is_valid(to_draft(article))


@pytest.mark.parametrize(
    "draft",
    [
        DRAFT,
        {**DRAFT, "$schema": "draft.json", "schema_version": "1.0", "published": "on 14 May 2031"},
        {**DRAFT, "$schema": None, "schema_version": None, **nothing(Article, without={"actors", "statements"})},
        {**DRAFT, "actors": [{"id": "navy", "name": "the navy", **nothing(Actor)}]},
        saying(passages=["No\nship", {"exact": " ", "start": 0}], date="yesterday"),
        saying(passages=[{"exact": "a", "prefix": "", "suffix": None, "start": None}]),
        saying(passages=None, accused=None, denies=None, **nothing(Denial)),
        saying(type="allegation", accused=["navy"], denies=None),
    ],
)
def test_what_only_a_draft_may_hold_is_accepted(draft: Any) -> None:
    assert [dialect for dialect in DIALECTS if VALIDATORS[dialect].is_valid(draft)] == ["full"]


KEYS: list[Any] = [{"spans": []}, {"type": "denial"}, {"type": None}, {"speaker": None}, {"accused": ["navy"]}]
PASSAGES = (5, "", "a\0", *({"exact": "a", **more} for more in ({"end": 5}, {"start": -1})), {"prefix": "a"})


@pytest.mark.parametrize(
    "draft",
    [
        *([], {"actors": []}, {**DRAFT, "text": "No ship sank."}, {**DRAFT, "titel": None}),
        *(saying(**keys) for keys in [*KEYS, {"date": "y" * 65}]),
        *(saying(passages=[passage]) for passage in PASSAGES),
    ],
)
def test_what_has_another_shape_or_breaks_a_rule_that_a_schema_can_say_is_refused(draft: Any) -> None:
    assert [dialect for dialect in DIALECTS if VALIDATORS[dialect].is_valid(draft)] == []


NOTHING = {"accused": [], "denies": [], "kind": "unknown"}


@pytest.mark.parametrize("kind", ["unknown", "unspecified"])
def test_what_says_nothing_is_absent_under_the_keys_of_another_kind_of_statement(kind: str) -> None:
    second = {**CLAIM, "id": "s2"}
    for own in ({}, {"type": "allegation", "accused": ["navy"]}, {"type": "denial", "denies": ["s2"]}):
        filled = {**CLAIM, **NOTHING, "kind": kind, **own}
        read = [read_draft({**DRAFT, "statements": [claim, second]}, "A text.") for claim in ({**CLAIM, **own}, filled)]
        assert read[0] == read[1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"accused": ["navy"]}, "unknown_key"),
        ({"denies": {}}, "unknown_key"),
        ({"kind": "outright"}, "unknown_key"),
        ({"type": "denial", "denies": [], "kind": "unknown"}, "empty"),
        ({"type": "allegation", "accused": []}, "empty"),
        ({"type": "denial", "denies": ["s2"], "kind": "none"}, "enum"),
    ],
)
def test_what_says_something_is_checked_under_every_key(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read_draft({**DRAFT, "statements": [{**CLAIM, **changes}, {**CLAIM, "id": "s2"}]}, "A text.")
    assert [issue.code for issue in caught.value.issues] == [code]


def test_structured_output_has_only_what_services_enforce_and_their_clients_read() -> None:
    schema = draft_schema(dialect="structured_output")
    parts = list(parts_of(schema))
    refused = {"const", "not", "if", "allOf", "oneOf", "uniqueItems", "pattern", "default", "minItems", "maxLength"}
    refused |= {"$schema", "$id"}
    assert [part for part in parts if isinstance(part.get("type"), list) or part.keys() & refused] == []
    objects = [part for part in parts if part.get("type") == "object"]
    assert [part for part in objects if part["additionalProperties"] is not False] == []
    assert [part for part in objects if part["required"] != list(part["properties"])] == []
    assert sum("anyOf" in part for part in parts) <= 16
    assert schema["required"] == ["actors", "statements"]
    kinds: dict[str, list[Any]] = {"Actor": [Actor], "Quantity": [Quantity], "Statement": [Allegation, Denial]}
    for name, models in kinds.items():
        asked = schema["$defs"][name]["properties"].keys() - {"type", "passages"}
        assert asked == {field.name for model in models for field in attrs.fields(model)} - {"spans"}


def test_another_dialect_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        draft_schema(dialect="portable")  # type: ignore[arg-type]
    assert str(caught.value) == "$.dialect: found 'portable', expected 'full' or 'structured_output' [enum]"
    with pytest.raises(TypeError, match="dialect"):
        draft_schema(dialect=[])  # type: ignore[arg-type]
