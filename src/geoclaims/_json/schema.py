"""Make the JSON Schema of the format from the declarations of the fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from geoclaims._countries import country_codes
from geoclaims._json.format import CURRENT, MODELS, NAMESPACE, SCHEMA_KEY, head_of, tag_of
from geoclaims._json.reading import kinds_of
from geoclaims._models.articles import Article
from geoclaims._models.statements import STATEMENT_TYPES, Statement
from geoclaims._rules import (
    DATE_PATTERN,
    IDENTIFIER,
    LARGEST_NUMBER,
    SPACES,
    Choice,
    Country,
    Date,
    Definition,
    Flag,
    Form,
    Nested,
    Ranges,
    Reference,
    Rule,
    Text,
    Whole,
    definitions,
    wanted,
    without,
)
from geoclaims._values.quantities import Quantity

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_PARTS: Final = "#/$defs/"
_ANY_STATEMENT: Final = "AnyStatement"
_KEYS: Final = {
    SCHEMA_KEY: "The address of a JSON Schema, by which editors help; it is dropped.",
    "type": "Which kind of statement it is.",
    "schema_version": "The version of the format.",
}

# `python -OO` strips docstrings, which begin with the same sentences.
_MEANINGS: Final = {
    "Actor": "One who speaks, is accused or is spoken about.",
    "Statement": "Something that an actor is reported to have said.",
    "Allegation": "A statement that blames someone for something.",
    "Denial": "A statement that rejects what another has said.",
    "Article": "An article: who is in it and what they are reported to have said.",
    "Quantity": "A number of something, with the bounds that are claimed for it.",
    "Span": "A passage of an article's text.",
}


def json_schema(type: type[Any] = Article) -> Schema:
    """Make the JSON Schema, of draft 2020-12, of the documents that `from_dict` reads.

    The documentation lists what a schema cannot say. That of articles also ships as a file in the package,
    `geoclaims/data/geoclaims-1.0.schema.json`.

    Args:
        type: Any of the models, `Quantity` or `Span`; that of `Statement` is of all three kinds.

    Raises:
        TypeError: `type` is not a model.

    >>> from geoclaims import Quantity
    >>> json_schema(Quantity)["properties"]["approximate"]
    {'description': 'Whether the bounds are said to be rough.', 'type': 'boolean', 'default': False}
    """
    kinds_of(type)  # refuses what is not a model
    root = _any_statement() if type is Statement else _object(type)
    available = {_ANY_STATEMENT: _any_statement()}
    available |= {model.__name__: _object(model) for model in MODELS if model is not Article}
    reached = set(_reached(root, available))
    parts = {name: part for name, part in available.items() if name in reached}
    return {"$schema": DIALECT, "$id": _id(type), **root, **({"$defs": parts} if parts else {})}


def _id(model: type[Any]) -> str:
    """Name the schema of a model: a URI that is always the same, and that of no other."""
    import json
    import uuid

    return uuid.uuid5(uuid.UUID(NAMESPACE), json.dumps(["schema", CURRENT, model.__name__])).urn


def _reached(schema: object, available: Mapping[str, Schema]) -> Iterator[str]:
    """Find the names of the parts to which a schema refers, directly or through another."""
    if isinstance(schema, list):
        for value in schema:
            yield from _reached(value, available)
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$ref":
                name = value.removeprefix(_PARTS)
                yield name
                yield from _reached(available[name], available)
            yield from _reached(value, available)


def _any_statement() -> Schema:
    """Make the schema of statements of all kinds: the type decides the rest, so validators name the exact place."""
    tags = {tag_of(model): model for model in STATEMENT_TYPES}
    return {
        "title": "Statement of any kind",
        "description": "A statement of one of the kinds, as its type says.",
        "type": "object",
        "properties": {"type": {"description": _KEYS["type"], "type": "string", "enum": list(tags)}},
        "required": ["type"],
        "allOf": [
            {
                "if": {"type": "object", "properties": {"type": {"const": tag}}, "required": ["type"]},
                "then": {"$ref": _PARTS + model.__name__},
            }
            for tag, model in tags.items()
        ],
    }


def _object(model: type[Any]) -> Schema:
    properties: Schema = {}
    required: list[str] = []
    if model is Article:
        properties[SCHEMA_KEY] = {"description": _KEYS[SCHEMA_KEY], "type": "string"}
    if head := head_of(model):
        key, value = head
        properties[key] = {"description": _KEYS[key], "type": "string", "const": value}
        required.append(key)
    for name, field in definitions(model).items():
        properties[name] = _field(field)
        if field.required:
            required.append(name)
    schema: Schema = {
        "title": model.__name__,
        "description": _MEANINGS[model.__name__],
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    if model is Quantity:
        given = {"not": {"type": "null"}}
        schema["anyOf"] = [
            {"type": "object", "properties": {bound: given}, "required": [bound]} for bound in ("minimum", "maximum")
        ]
    return schema


def _field(field: Definition) -> Schema:
    term = f" Term: {field.term}." if field.term else ""
    schema = {"description": f"{field.meaning[0].upper()}{field.meaning[1:]}.{term}", **_value(field.rule)}
    if field.optional:
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    if not field.required:
        schema["default"] = list(field.default) if isinstance(field.default, tuple) else field.default
    return schema


def _value(rule: Rule) -> Schema:
    match rule:
        case Text(allowed):
            return _string(_text_pattern(allowed))
        case Form():
            return _string(rule.pattern)
        case Reference():
            return _string(IDENTIFIER.pattern)
        case Date():
            return _string(DATE_PATTERN)
        case Country():
            return {"type": "string", "enum": sorted(country_codes())}
        case Choice(enum):
            return {"type": "string", "enum": [str(member) for member in enum]}
        case Flag():
            return {"type": "boolean"}
        case Whole():
            return {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}
        case Nested(models):
            return {"$ref": _PARTS + (models[0].__name__ if len(models) == 1 else _ANY_STATEMENT)}
        case _:
            schema: Schema = {"type": "array", "items": _value(rule.item)}
            if rule.unique:
                schema["uniqueItems"] = True
            if rule.least:
                schema["minItems"] = rule.least
            return schema


def _string(pattern: str) -> Schema:
    # in some dialects a dollar sign also stands before a newline at the end
    return {"type": "string", "pattern": f"^{pattern}(?!\\n)$"}


def _text_pattern(allowed: Ranges) -> str:
    """Write a pattern that no text makes slow: white space, then another character, then anything."""
    solid = without(allowed, SPACES)
    return f"{wanted(without(allowed, solid))}*{wanted(solid)}{wanted(allowed)}*"
