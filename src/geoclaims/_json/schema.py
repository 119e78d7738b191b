"""Make the JSON Schema of the format from the declarations of the fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, get_args

from geoclaims._arguments import check_choice, check_model
from geoclaims._article import Article
from geoclaims._dates import PartialDate
from geoclaims._json.format import CURRENT, DROPPED, MODELS, NAMESPACE, head_of, tag_of
from geoclaims._rules.fields import Definition, definitions, meaning_of, meanings_of_fields
from geoclaims._rules.patterns import one_of
from geoclaims._rules.rules import WHOLE_TEXT, Date, Many, Nested, Rule, string_schema
from geoclaims._statements import STATEMENT_TYPES, Quantity, Statement

Schema = dict[str, Any]

Dialect = Literal["full", "portable"]

DIALECTS: Final[tuple[str, ...]] = get_args(Dialect)
"""The dialects of schemas; the first has every rule that a schema can express."""

DIALECT_OF_JSON_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"

PARTS: Final = "#/$defs/"
"""The beginning of a reference to a part of a schema."""
ANY_STATEMENT: Final = "AnyStatement"
"""The name of the part for a statement of any type."""

HEADS: Final = {
    "type": "The kind of statement.",
    "link": "Says that this is a link.",
    "schema_version": "The version of the format.",
}


def json_schema(type: type[Any] = Article, *, dialect: Dialect = "full") -> Schema:
    """Make the JSON Schema (draft 2020-12) of what `from_dict` reads.

    The schemas of articles also ship in the package, in `geoclaims/data`. Where
    Python strips docstrings (`-OO`), types and fields have no description.

    Args:
        type: The model; the schema of `Statement` covers all three types.
        dialect: `full`, with every rule that a schema can express, or
            `portable`, which code generators and regular expressions in Rust
            understand. It accepts all that the full one accepts, and more.

    Raises:
        TypeError: `type` is not a model, or `dialect` not a string.
        ValidationError: There is no such dialect (`enum`).

    >>> from geoclaims import Quantity, json_schema
    >>> json_schema(Quantity)["properties"]["approximate"]["description"]
    'Whether the bounds are said to be approximate.'
    """
    check_model(type, MODELS)
    check_choice(dialect, DIALECTS, "dialect")
    portable = dialect == "portable"
    root = _any_statement(portable=portable) if type is Statement else _object(type, portable=portable)
    available = {ANY_STATEMENT: _any_statement(portable=portable)}
    available |= {model.__name__: _object(model, portable=portable) for model in MODELS if model is not Article}
    reached = set(_reached(root, available))
    parts = {name: part for name, part in available.items() if name in reached}
    return {"$schema": DIALECT_OF_JSON_SCHEMA, "$id": _id(type, dialect), **root, **({"$defs": parts} if parts else {})}


def schema_of_date() -> Schema:
    """Make the portable schema of a date, which is only used inside other schemas."""
    return {
        "title": PartialDate.__name__,
        "description": "A date as precise as its source: YYYY, YYYY-MM or YYYY-MM-DD.",
        **_value(Date(PartialDate), portable=True),
    }


def _id(model: type[Any], dialect: str) -> str:
    """Name the schema of a model in a dialect by a URI that is stable and unique."""
    import json
    import uuid

    return uuid.uuid5(uuid.UUID(NAMESPACE), json.dumps(["schema", CURRENT, model.__name__, dialect])).urn


def _reached(schema: object, available: Mapping[str, Schema]) -> Iterator[str]:
    """Find the names of the parts that a schema refers to, directly or through another."""
    if isinstance(schema, list):
        for value in schema:
            yield from _reached(value, available)
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$ref":
                name = value.removeprefix(PARTS)
                yield name
                yield from _reached(available[name], available)
            yield from _reached(value, available)


def _any_statement(*, portable: bool) -> Schema:
    """Make the schema of statements of all types."""
    tags = {tag_of(model): model for model in STATEMENT_TYPES}
    schema: Schema = {
        "title": ANY_STATEMENT if portable else "Statement of any kind",
        "description": "A statement of one of the kinds, as its type says.",
    }
    if portable:
        return {**schema, "anyOf": [{"$ref": PARTS + model.__name__} for model in STATEMENT_TYPES]}
    # `if`/`then` by type instead of `anyOf`, so that validators name the exact place.
    return {
        **schema,
        "type": "object",
        "properties": {"type": {"description": HEADS["type"], "type": "string", "enum": list(tags)}},
        "required": ["type"],
        "allOf": [
            {
                "if": {"type": "object", "properties": {"type": {"const": tag}}, "required": ["type"]},
                "then": {"$ref": PARTS + model.__name__},
            }
            for tag, model in tags.items()
        ],
    }


def _object(model: type[Any], *, portable: bool) -> Schema:
    properties: Schema = {}
    required: list[str] = []
    meanings = meanings_of_fields(model)
    for key, meaning in DROPPED.get(model, {}).items():
        pattern = f"{one_of(WHOLE_TEXT.allowed)}*"
        properties[key] = {"description": meaning, **string_schema(pattern, portable=portable)}
    if head := head_of(model):
        key, value = head
        properties[key] = {"description": HEADS.get(value, HEADS[key]), "type": "string", "const": value}
        required.append(key)
    for name, field in definitions(model).items():
        properties[name] = {**_description(str(meanings.get(name, ""))), **_field(field, portable=portable)}
        if field.required:
            required.append(name)
    schema: Schema = {
        "title": model.__name__,
        **_description(meaning_of(model)),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    if model is Quantity and not portable:
        given = {"not": {"type": "null"}}
        schema["anyOf"] = [
            {"type": "object", "properties": {bound: given}, "required": [bound]} for bound in ("minimum", "maximum")
        ]
    return schema


def _description(text: str) -> Schema:
    """Make the key of a description; none under `python -OO`, which strips docstrings."""
    return {"description": text} if text else {}


def _field(field: Definition, *, portable: bool) -> Schema:
    schema = _value(field.rule, portable=portable)
    if field.optional:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    if not field.required:
        schema["default"] = list(field.default) if isinstance(field.default, tuple) else field.default
    return schema


def _value(rule: Rule, *, portable: bool) -> Schema:
    match rule:
        case Nested(models):
            return {"$ref": PARTS + (models[0].__name__ if len(models) == 1 else ANY_STATEMENT)}
        case Many():
            schema: Schema = {"type": "array", "items": _value(rule.item, portable=portable)}
            if rule.unique:
                schema["uniqueItems"] = True
            if rule.least:
                schema["minItems"] = rule.least
            return schema
        case _:
            return rule.schema(portable=portable)
