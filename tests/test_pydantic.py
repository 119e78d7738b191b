"""In models of pydantic the types of geoclaims are read, written and described as by geoclaims itself."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Literal

import attrs
import jsonschema
import pydantic
import pytest
from hypothesis import given, settings, strategies as st
from pydantic import BaseModel, TypeAdapter
from pydantic_core import PydanticSerializationError

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    from_dict,
    json_schema,
    load_article,
    strategies,
    to_dict,
    to_json,
)
from geoclaims.corpus import Link

TYPES: dict[Any, st.SearchStrategy[Any]] = {
    Article: strategies.articles(),
    Actor: strategies.actors(),
    Statement: st.one_of(strategies.statements(), strategies.allegations(), strategies.denials()),
    Allegation: strategies.allegations(),
    Denial: strategies.denials(),
    Quantity: strategies.quantities(),
    Span: strategies.spans(),
    Link: strategies.links(),
    PartialDate: strategies.partial_dates(),
}
MODELS = [type_ for type_ in TYPES if type_ is not PartialDate]
DOCUMENT = to_dict(load_article())

Error = dict[str, Any]


@cache
def adapter_of(type_: Any) -> TypeAdapter[Any]:
    return TypeAdapter(type_)


class Dossier(BaseModel):
    """A model of a user, with types of geoclaims."""

    article: Article
    open: list[Allegation | Denial] = []
    first: Statement | None = None
    due: PartialDate | None = None


def errors(type_: Any, data: Any) -> list[Error]:
    """What pydantic says is wrong, as those who answer with it in JSON need it."""
    with pytest.raises(pydantic.ValidationError) as caught:
        TypeAdapter(type_).validate_python(data)
    found: Any = caught.value.errors(include_url=False)
    json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    assert str(caught.value).encode()
    return found  # type: ignore[no-any-return]


def places(found: list[Error]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(error["type"], error["loc"]) for error in found]


@pytest.mark.parametrize("type_", TYPES)
@settings(max_examples=12)
@given(data=st.data())
def test_an_instance_or_its_json_form_goes_in_and_the_json_form_comes_out(type_: Any, data: st.DataObject) -> None:
    value, adapter = data.draw(TYPES[type_]), adapter_of(type_)
    is_date = type_ is PartialDate
    document, text = (str(value), f'"{value}"') if is_date else (to_dict(value), to_json(value))
    assert adapter.validate_python(value) is value
    assert adapter.validate_python(document) == value
    assert adapter.validate_python(document, strict=True) == value
    assert adapter.validate_json(text) == value
    assert adapter.dump_python(value) is value
    assert adapter.dump_python(value, mode="json") == document
    assert adapter.dump_json(value) == text.encode()


def test_the_types_stand_in_a_model_like_any_other_and_its_schema_accepts_what_it_accepts() -> None:
    article = load_article()
    dossier = Dossier(article=article, open=list(article.denials), first=article.statements[0], due=PartialDate(2031))
    document = dossier.model_dump(mode="json")
    assert document["article"] == DOCUMENT
    assert (document["open"], document["due"]) == (list(map(to_dict, article.denials)), "2031")
    assert Dossier.model_validate(document) == dossier
    assert Dossier.model_validate_json(dossier.model_dump_json()) == dossier
    assert Dossier.model_validate(dossier.model_dump()) == dossier
    assert Dossier(article=DOCUMENT).first is None  # type: ignore[arg-type]
    validator = jsonschema.Draft202012Validator(Dossier.model_json_schema())
    validator.check_schema(validator.schema)
    assert validator.is_valid(document)
    assert not validator.is_valid({"article": {**DOCUMENT, "titel": 1}})
    assert places(errors(Denial, to_dict(article.allegations[0])))[0] == ("tag", ("type",))
    assert places(errors(Denial, article.allegations[0])) == [("type", ())]


@given(strategies.invalid_documents(articles=strategies.articles(max_actors=2, max_statements=2)))
def test_each_issue_is_an_error_of_pydantic_with_its_code_place_and_message(invalid: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict(invalid.document)
    found = errors(Article, invalid.document)
    issues = caught.value.issues
    assert [(error["type"], error["msg"]) for error in found] == [(issue.code, issue.message) for issue in issues]
    for error, issue in zip(found, issues, strict=True):
        assert [str(step).encode(errors="backslashreplace").decode() for step in issue.path] == [
            str(step) for step in error["loc"]
        ]


def test_the_place_of_an_issue_stands_behind_that_of_the_field() -> None:
    document = json.loads(json.dumps(DOCUMENT))
    document["statements"][0]["accused"] = ["nobody"]
    document["titel"] = "x"
    found = errors(Dossier, {"article": document, "due": "2031-13", "first": 5})
    assert places(found) == [
        ("dangling_ref", ("article", "statements", 0, "accused", 0)),
        ("unknown_key", ("article", "titel")),
        ("type", ("first",)),
        ("date", ("due",)),
    ]
    assert [error["input"] for error in found] == ["nobody", "x", 5, "2031-13"]


def nested(depth: int) -> Any:
    """Arrays within arrays."""
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("\ud800", None), (["a", {"\udfff": 1}], None), (float("nan"), None), ({"a": [float("-inf")]}, None),
        (10**5000, None), ({1, 2}, None), ({(): 1}, None), (nested(100_000), None), (nested(64), None),
        (nested(63), nested(63)), (Actor(id="a", name="A"), None), (b"bytes", None), (5, 5), (None, None),
        ("\u2028\x00", "\u2028\x00"), ({"a": [1.5, True, "é"]}, {"a": [1.5, True, "é"]}),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_the_input_of_an_error_is_the_value_there_where_json_can_hold_it(value: Any, shown: Any) -> None:
    assert errors(Article, {**DOCUMENT, "extra": value})[0]["input"] == shown
    assert errors(PartialDate, value)[0]["input"] == shown


def test_what_is_missing_has_no_input_and_odd_keys_are_escaped_or_an_error_of_the_object() -> None:
    found = errors(Article, {"actors": [{"id": "a"}], "statements": [{"quotes": "x"}]})
    assert {error["type"] for error in found} == {"missing", "type"}
    assert {error["input"] for error in found if error["type"] == "missing"} == {None}
    assert places(errors(Actor, {"id": "a", "name": "A", "a\ud800": 1})) == [("unknown_key", ("a\\ud800",))]
    assert places(errors(Article, {**DOCUMENT, 5: "five"})) == [("type", ())]


def test_issues_beyond_the_first_hundred_are_counted_in_the_last_message() -> None:
    document = {"schema_version": "1.0", "id": "x", "actors": [{"id": str(n), "name": ""} for n in range(250)]}
    found = errors(Article, document)
    assert len(found) == 100
    assert found[-1]["msg"] == f"{found[-2]['msg'].replace('98', '99')} (and 150 more that are not shown)"
    assert "more" not in found[-2]["msg"]
    del document["actors"][100:]  # type: ignore[attr-defined]
    assert "more" not in errors(Article, document)[-1]["msg"]


def renamed(schema: Any) -> Any:
    """A portable schema of ours with the names that its parts have among the definitions of pydantic."""
    if isinstance(schema, dict):
        return {key: renamed(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return list(map(renamed, schema))
    return schema.replace("#/$defs/", "#/$defs/geoclaims_") if isinstance(schema, str) else schema


@pytest.mark.parametrize("mode", ["validation", "serialization"])
@pytest.mark.parametrize("type_", MODELS)
def test_the_schema_is_the_portable_one_with_its_parts_among_the_definitions_of_pydantic(type_: Any, mode: Any) -> None:
    expected = renamed(json_schema(type_, dialect="portable"))
    del expected["$id"], expected["$schema"]
    if "$defs" in expected:
        expected["$defs"] = {f"geoclaims_{name}": part for name, part in expected["$defs"].items()}
    assert adapter_of(type_).json_schema(mode=mode) == expected


def test_a_date_has_a_schema_too() -> None:
    schema = adapter_of(PartialDate).json_schema()
    assert schema["title"] == "PartialDate"
    assert schema["description"] == "A date as precise as its source: YYYY, YYYY-MM or YYYY-MM-DD."
    assert schema["pattern"] == json_schema(Article, dialect="portable")["properties"]["published"]["pattern"]
    for text, right in (("2031", True), ("2031-02-01", True), ("2031-13", False), (2031, False)):
        assert jsonschema.Draft202012Validator(schema).is_valid(text) == right


def test_a_class_of_the_users_own_keeps_its_name_beside_ours() -> None:
    own = pydantic.create_model("Article", number=(int, ...))
    both = pydantic.create_model("Both", own=(own, ...), ours=(list[Article], ...), any=(Statement, ...))
    modes: tuple[Literal["validation", "serialization"], ...] = ("validation", "serialization")
    for mode in modes:
        schema = both.model_json_schema(mode=mode)
        assert schema["$defs"]["Article"]["properties"] == {"number": {"title": "Number", "type": "integer"}}
        assert set(schema["$defs"]) == {
            "Article",
            *("geoclaims_Article", "geoclaims_Actor", "geoclaims_AnyStatement", "geoclaims_Statement"),
            *("geoclaims_Allegation", "geoclaims_Denial", "geoclaims_Quantity", "geoclaims_Span"),
        }
        assert schema["properties"]["ours"]["items"] == {"$ref": "#/$defs/geoclaims_Article"}
        assert schema["properties"]["any"]["$ref"] == "#/$defs/geoclaims_AnyStatement"


def test_what_is_no_instance_is_not_written_and_no_subclass_is_a_type_of_a_field() -> None:
    with pytest.raises(PydanticSerializationError, match="expected an Article"):
        Dossier.model_construct(article="x").model_dump(mode="json")
    with pytest.raises(TypeError, match="expected Article, Actor, Statement"):
        TypeAdapter(attrs.make_class("Longer", {"more": attrs.field(default="")}, bases=(Statement,), frozen=True))
