"""The JSON Schema and reading give one verdict, by validators that others wrote, save for what a schema cannot say."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import jsonschema_rs
import pytest
from hypothesis import example, given, settings, strategies as st

import geoclaims
from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    Issue,
    Quantity,
    Span,
    Statement,
    ValidationError,
    from_dict,
    json_schema,
    to_dict,
)
from geoclaims.annotation import draft_schema
from geoclaims.corpus import Link
from geoclaims.strategies import InvalidDocument, articles, invalid_documents
from tests.places import DOCUMENT, Place, at, changed, places, without

MODELS = [Article, Actor, Statement, Allegation, Denial, Quantity, Span, Link]
DIALECTS: tuple[Any, ...] = ("full", "portable")
Validator = Callable[[Any], list[Place]]


def in_python(schema: dict[str, Any]) -> Validator:
    """A program that says where a document departs from a schema."""
    validator = jsonschema.Draft202012Validator(schema)
    return lambda document: [tuple(error.absolute_path) for error in validator.iter_errors(document)]


def in_rust(schema: dict[str, Any]) -> Validator:
    """Another, quick enough for thousands of documents."""
    validator = jsonschema_rs.Draft202012Validator(schema)

    def places(document: Any) -> list[Place]:
        try:
            return [tuple(error.instance_path) for error in validator.iter_errors(document)]
        except UnicodeEncodeError:  # its strings can hold no surrogate
            return [()]

    return places


VALIDATORS, PORTABLE = (
    {model: [kind(json_schema(model, dialect=dialect)) for kind in (in_python, in_rust)] for model in MODELS}
    for dialect in DIALECTS
)
QUICK = slice(1, None)


def agree(document: Any, model: Any, unsaid: Callable[[Issue, Any], bool], validators: slice = slice(None)) -> None:
    """Fail unless each validator accepts a document just where reading finds nothing that a schema can say.

    Whatever the full schema accepts, the portable one must accept.
    """
    try:
        from_dict(document, model)
    except ValidationError as error:
        told = [issue for issue in error.issues if not unsaid(issue, document)]
    else:
        told = []
    for validator in VALIDATORS[model][validators]:
        assert bool(validator(document)) == bool(told), (validator, told)
    if not told:
        for validator in PORTABLE[model][validators]:
            assert validator(document) == [], validator


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """All objects within a schema, and itself."""
    if isinstance(schema, dict):
        yield schema
    for value in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts(value)


def test_each_schema_is_one_of_draft_2020_12_with_an_id_of_its_own_and_made_anew_each_time() -> None:
    ids = set()
    for model, dialect in product(MODELS, DIALECTS):
        schema = json_schema(model, dialect=dialect)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert re.fullmatch("urn:uuid:[0-9a-f-]{36}", schema["$id"])
        ids.add(schema["$id"])
        jsonschema_rs.meta.validate(schema)
        schema["properties" if "properties" in schema else "$defs"].clear()
        assert json_schema(model, dialect=dialect) != schema
    assert len(ids) == 2 * len(MODELS)


def without_descriptions(schema: Any) -> Any:
    if isinstance(schema, list):
        return list(map(without_descriptions, schema))
    if not isinstance(schema, dict):
        return schema
    return {key: without_descriptions(each) for key, each in schema.items() if key != "description"}


def test_the_schema_is_the_same_but_for_descriptions_where_docstrings_are_stripped() -> None:
    code = (
        "import json, geoclaims, geoclaims.annotation as annotation\n"
        "print(json.dumps([geoclaims.json_schema(), annotation.draft_schema()]))"
    )
    finished = subprocess.run([sys.executable, "-OO", "-c", code], capture_output=True, text=True, check=True)
    stripped = json.loads(finished.stdout)
    assert without_descriptions(stripped) == without_descriptions([json_schema(), draft_schema()])
    assert "description" not in stripped[0]["$defs"]["Actor"]["properties"]["name"]


@pytest.mark.parametrize("model", MODELS)
def test_a_schema_is_described_as_in_the_documentation_and_has_the_fields_in_the_order_of_the_table(model: Any) -> None:
    whole = json_schema()
    described = {"Article": whole, "Link": json_schema(Link), **whole["$defs"]}[model.__name__]["description"]
    assert " ".join(model.__doc__.split()).startswith(described)
    assert re.fullmatch("[A-Z].{20,}[.]", described)
    schema = json_schema(model)
    if model is Statement:
        schema = schema["$defs"]["Statement"]
    head = (
        ["$schema", "schema_version"] if model is Article else ["type"] if issubclass(model, Statement | Link) else []
    )
    fields = attrs.fields(model)
    assert list(schema["properties"]) == [*head, *(field.name for field in fields)]
    required = [key for key in head if key != "$schema"]
    assert schema["required"] == [*required, *(field.name for field in fields if field.default is attrs.NOTHING)]
    for value in schema["properties"].values():
        assert re.fullmatch(r"[A-Z].{5,}\.", value["description"])


def test_a_part_of_the_schema_says_the_same_as_the_schema_of_that_part() -> None:
    whole = json_schema()["$defs"]
    for model in (Actor, Allegation, Denial, Quantity, Span):
        schema = json_schema(model)
        assert {key: schema[key] for key in schema if key not in {"$schema", "$id", "$defs"}} == whole[model.__name__]
    within = {name: part for name, part in whole.items() if name not in {"Actor", "AnyStatement"}}
    assert json_schema(Statement)["$defs"] == within


@pytest.mark.parametrize("model", MODELS)
def test_every_pattern_means_the_same_in_every_dialect(model: Any) -> None:
    for pattern in {part["pattern"] for part in parts(json_schema(model)) if isinstance(part.get("pattern"), str)}:
        assert pattern.startswith("^")
        assert pattern.endswith("(?!\\n)$")
        # what Python, JavaScript and Rust take differently: classes by name, and groups beyond the plain ones
        assert re.search(r"\\[a-zA-Z0-9]", pattern.removesuffix("(?!\\n)$")) is None
        assert re.findall(r"\(\?..", pattern.removesuffix("(?!\\n)$").replace("^(?!0000)", "")) == []
        re.compile(pattern)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        *(({"dialect": dialect}, ValidationError) for dialect in ("", "Full", "structured_output")),
        *(({"dialect": dialect}, TypeError) for dialect in (None, 5, ["full"])),
        *(({"type": other}, TypeError) for other in (geoclaims.PartialDate, Issue, str, None, Article(id="a"))),
    ],
)
def test_there_is_a_schema_of_models_and_in_two_dialects_only(arguments: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"expected 'full' or 'portable'|expected Article, Actor, .*, Span or Link"):
        json_schema(**arguments)


@pytest.mark.parametrize("model", MODELS)
def test_the_portable_schema_has_nothing_that_generators_of_code_do_not_understand(model: Any) -> None:
    schema = json_schema(model, dialect="portable")
    assert {key for part in parts(schema) for key in part} & {"if", "then", "else", "allOf", "oneOf", "not"} == set()
    for part in [schema, *schema.get("$defs", {}).values()]:
        assert part["title"]
    for part in parts(schema):
        if "anyOf" in part:
            references = [choice["$ref"] for choice in part["anyOf"]]
            assert part == {**part, "anyOf": [{"$ref": reference} for reference in references]}
            tags = [schema["$defs"][reference.rpartition("/")[2]]["properties"]["type"] for reference in references]
            assert [tag["const"] for tag in tags] == ["statement", "allegation", "denial"]
        if isinstance(pattern := part.get("pattern"), str):
            assert re.search(r"\(\?|\\[a-zA-Z0-9]", pattern) is None
        if isinstance(part.get("enum"), list):
            assert part["title"]


@pytest.mark.parametrize("model", MODELS)
def test_the_dialects_have_the_same_keys_and_descriptions(model: Any) -> None:
    full, portable = json_schema(model), json_schema(model, dialect="portable")
    pairs = [(full["$defs"][name], portable["$defs"][name]) for name in full.get("$defs", {})]
    for one, other in [(full, portable), *pairs]:
        if "anyOf" in other:
            assert one["description"] == other["description"]
            continue
        assert one["required"] == other["required"]
        assert list(one["properties"]) == list(other["properties"])
        for key, value in one["properties"].items():
            assert value.get("description") == other["properties"][key].get("description")


def test_the_documentation_lists_what_the_schema_cannot_say(unsaid_codes: set[str]) -> None:
    page = Path(__file__).parents[1].joinpath("docs", "reference", "json.md").read_text(encoding="utf-8")
    table = page.partition("### What it cannot say")[2].partition("| rule | code |")[2].partition("\n\n")[0]
    codes = [code for row in table.splitlines() for code in re.findall("`([a-z_]+)`", row.rpartition(" | ")[2])]
    assert sorted(codes) == sorted(unsaid_codes)


def kind_of(path: Place) -> Place:
    """A place without its numbers, but with the type of the statement, of which each has a schema of its own."""
    type_ = at(path[:2])["type"] if path[:1] == ("statements",) and path[1:] else ""
    return (type_, *(part for part in path if isinstance(part, str)))


PLACES = list({kind_of(path): path for path, _ in places()}.values())
WRONG = [5.5, 1.0, -1, 2**63, True, "", "5", "a\x00", "a\n", [], ["a", "a"], {}, None]


def test_a_document_that_is_broken_in_one_place_is_refused_by_reading_and_schema_or_by_neither(unsaid: Any) -> None:
    for path in PLACES:
        for value in WRONG:
            agree(changed(path, value), Article, unsaid, QUICK)
        agree(without(path), Article, unsaid, QUICK)
        if isinstance(at(path), dict):
            agree(changed((*path, "x"), 1), Article, unsaid, QUICK)


def test_validators_name_the_place_that_reading_names() -> None:
    for path in PLACES:
        wrong = changed(path, "" if isinstance(at(path), list | dict) else {})
        with pytest.raises(ValidationError) as caught:
            from_dict(wrong)
        assert [issue.path for issue in caught.value.issues] == [path]
        for validator in VALIDATORS[Article]:
            assert set(validator(wrong)) == {path}


@given(articles(max_actors=3, max_statements=3).map(to_dict))
@example(DOCUMENT)
def test_every_right_document_is_right_to_all(document: dict[str, Any]) -> None:
    for validator in VALIDATORS[Article]:
        assert validator(document) == []


@given(invalid_documents(articles=articles(max_actors=3, max_statements=3)))
def test_a_document_that_breaks_one_rule_is_refused_by_all_or_none(unsaid: Any, invalid: InvalidDocument) -> None:
    agree(invalid.document, Article, unsaid, QUICK)


@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_a_value_from_elsewhere_is_accepted_by_all_or_none(unsaid: Any, here: Place, there: Place) -> None:
    agree(changed(here, copy.deepcopy(at(there))), Article, unsaid, QUICK)


@given(st.data(), st.sampled_from(PLACES))
def test_any_text_is_accepted_by_all_or_none(unsaid: Any, data: st.DataObject, path: Place) -> None:
    odd = st.sampled_from(
        " \t\n\r\x00\x1c\x85\xa0\u1680\u180e\u200b\u2028\u3000\ufeff\ue000\uffff\U0010ffffaZ09-_.:/?#@[]"
    )
    text = data.draw(st.text(odd | st.characters(codec="utf-8")))
    agree(changed(path, text), Article, unsaid)
    if isinstance(old := at(path), str):
        start = data.draw(st.integers(0, len(old)))
        agree(changed(path, old[:start] + text + old[start:]), Article, unsaid)


@cache
def matching(pattern: str) -> st.SearchStrategy[str]:
    """Strings that match a pattern, without most of the characters that would only cost time."""
    for last in ("\ud7ff", "\U0010ffff"):
        pattern = re.sub(f"(.)-{last}", r"\1\1", pattern)
    return st.from_regex(pattern, alphabet=st.characters(codec="utf-8"))


class Generator:
    """Documents that a schema allows, made from nothing but the schema."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.parts = {f"#/$defs/{name}": self.values(part) for name, part in reversed(root.get("$defs", {}).items())}
        self.documents = self.values(root)

    def values(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        if "$ref" in schema:
            return st.deferred(lambda: self.parts[schema["$ref"]])
        if "allOf" in schema:
            return st.one_of(*(self.values(condition["then"]) for condition in schema["allOf"]))
        if "const" in schema:
            return st.just(schema["const"])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return st.one_of(*(self.of_type(kind, schema) for kind in kinds))

    def of_type(self, kind: str, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        match kind:
            case "null":
                return st.none()
            case "boolean":
                return st.booleans()
            case "integer":
                return st.integers(schema["minimum"], schema["maximum"])
            case "string":
                return matching(schema["pattern"]) if "pattern" in schema else st.text(max_size=3)
            case "array":
                least, unique = schema.get("minItems", 0), schema.get("uniqueItems", False)
                return st.lists(self.values(schema["items"]), min_size=least, max_size=2, unique=unique)
        values = {key: self.values(value) for key, value in schema["properties"].items()}
        required = {key: values.pop(key) for key in schema["required"]}
        return st.fixed_dictionaries(required, optional=values)


GENERATORS = {model: Generator(json_schema(model)).documents for model in MODELS}


# `Statement` stands for its two kinds, whose schemas are parts of its own.
@pytest.mark.parametrize("model", [Article, Actor, Statement, Quantity, Span, Link])
@settings(max_examples=12)
@given(data=st.data())
def test_what_is_made_from_the_schema_is_read_save_for_what_a_schema_cannot_say(
    unsaid: Any, model: Any, data: st.DataObject
) -> None:
    agree(data.draw(GENERATORS[model]), model, unsaid)
