"""Make the JSON Schema of drafts from that of articles, in each dialect."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal, get_args

from geoclaims._actors import Actor
from geoclaims._arguments import check_choice
from geoclaims._article import Article
from geoclaims._json.format import ANSWERED, CURRENT, NAMESPACE, PASSAGES, tag_of
from geoclaims._json.schema import HEADS, PARTS, Schema, json_schema
from geoclaims._rules.fields import Definition, definitions, meaning_of, meanings_of_fields
from geoclaims._rules.patterns import DOCUMENT, one_of
from geoclaims._rules.rules import LARGEST_NUMBER, Choice, Country, Date, Flag, Many, Nested, Whole
from geoclaims._statements import STATEMENT_TYPES, Quantity, Statement
from geoclaims.annotation._drafts.passages import CONTEXT, EXACT, START

_STRUCTURED: Final = "structured_output"
DraftDialect = Literal["full", "structured_output"]
_DRAFT_DIALECTS: Final[tuple[str, ...]] = get_args(DraftDialect)

_PASSAGE: Final = "Passage"
_LONGEST_DATE: Final = 64
_PASSAGES: Final = "The passages of the text that carry it, in any order."
_MEANINGS: Final = {
    EXACT: "The words of the passage, as the text has them. Term: W3C TextQuoteSelector exact.",
    "prefix": "What stands before it, where the words stand in several places. Term: W3C TextQuoteSelector prefix.",
    "suffix": "What stands after it, where the words stand in several places. Term: W3C TextQuoteSelector suffix.",
    START: "The code point at which it begins, if its words are not enough. Term: W3C TextPositionSelector start.",
}
_FORMS: Final[Mapping[type[Any], str]] = {
    Country: "An ISO 3166-1 alpha-3 code.",
    Date: "Such as 2031-05-07, 2031-05 or 2031, or as the article has it, such as yesterday.",
}
"""What the forms of values are where a description has to say so."""


def draft_schema(*, dialect: DraftDialect = "full") -> Schema:
    """Make the JSON Schema (2020-12) of the drafts that `read_draft` reads.

    Only `read_draft` checks references and passages.

    Args:
        dialect: `full`, as for `json_schema`; or `structured_output`, to which
            services keep language models: every key is required, one type holds
            every kind of statement, and the article's metadata is left out.

    Raises:
        ValidationError: There is no such dialect (`enum`).
        TypeError: `dialect` is not a string.

    >>> from geoclaims.annotation import draft_schema
    >>> draft_schema(dialect="structured_output")["required"]
    ['actors', 'statements']
    """
    check_choice(dialect, _DRAFT_DIALECTS, "dialect")
    if dialect == _STRUCTURED:
        return _structured_output()
    schema = json_schema(Article)
    parts = schema["$defs"]
    del parts["Span"]
    schema |= {"$id": _id(), "title": "Draft", "description": "An annotation that quotes its passages."}
    version = schema["properties"]["schema_version"]
    version["enum"] = [version.pop("const"), None]
    version["type"] = ["string", "null"]
    schema["required"] = [*(name for name in schema["required"] if name != "schema_version"), *ANSWERED]
    for model in STATEMENT_TYPES:
        _quote_passages(parts[model.__name__]["properties"])
    schema["properties"]["text"] = {"description": "Not in a draft: it is given beside it.", "type": "null"}
    for part in (schema, *parts.values()):
        for name, value in part.get("properties", {}).items():
            if name in _dates() and value.pop("pattern", None):
                value["maxLength"] = _LONGEST_DATE
            if name not in part["required"]:
                _allow_null(value)
    parts[_PASSAGE] = _passage()
    return schema


def _quote_passages(properties: Schema) -> None:
    """Replace spans by passages, and add the keys of other kinds of statements, which may be null."""
    for name in [name for model in STATEMENT_TYPES for name in definitions(model)]:
        properties.setdefault(name, {"description": "Only another kind of statement has it.", "type": "null"})
    words = {"type": "string", "minLength": 1, "pattern": _pattern("+")}
    properties["spans"] = {"description": "Not in a draft: it has passages.", "type": "null"}
    properties[PASSAGES] = {
        "description": _PASSAGES,
        "type": "array",
        "items": {"anyOf": [words, {"$ref": f"{PARTS}{_PASSAGE}"}]},
    }


@cache
def _dates() -> frozenset[str]:
    """List the fields that hold dates."""
    models: tuple[type[Any], ...] = (Article, *STATEMENT_TYPES)
    fields = [field for model in models for field in definitions(model).values()]
    return frozenset(field.name for field in fields if isinstance(field.rule, Date))


def _id() -> str:
    """Name the schema of drafts by a URI that is stable and unique."""
    return uuid.uuid5(uuid.UUID(NAMESPACE), json.dumps(["schema", CURRENT, "Draft", "full"])).urn


def _pattern(times: str) -> str:
    return f"^{one_of(DOCUMENT)}{times}$"


def _allow_null(schema: Schema) -> None:
    if isinstance(schema["type"], str) and schema["type"] != "null":
        schema["type"] = [schema["type"], "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]


def _passage() -> Schema:
    properties: Schema = {EXACT: {"type": "string", "minLength": 1, "pattern": _pattern("+")}}
    properties |= {name: {"type": ["string", "null"], "pattern": _pattern("*")} for name in CONTEXT}
    properties[START] = {"type": ["integer", "null"], "minimum": 0, "maximum": LARGEST_NUMBER}
    return {
        "title": _PASSAGE,
        "description": "A passage of the text, by its words and what stands beside them.",
        "type": "object",
        "properties": {name: {"description": _MEANINGS[name], **value} for name, value in properties.items()},
        "required": [EXACT],
        "additionalProperties": False,
    }


def _structured_output() -> Schema:
    """Make the schema for services; the clients of some read no lists of types, `const`, `$id`, and few unions."""
    article, context = definitions(Article), (EXACT, *CONTEXT)
    words = {name: {"description": _MEANINGS[name], "type": "string"} for name in context}
    return {
        **_closed("Draft", "The claims of an article.", {name: _answer(Article, article[name]) for name in ANSWERED}),
        "$defs": {
            Actor.__name__: _answered(Actor),
            Statement.__name__: _answered(*STATEMENT_TYPES),
            Quantity.__name__: _answered(Quantity),
            _PASSAGE: _closed(_PASSAGE, "A passage whose words are in several places.", words),
        },
    }


def _answered(model: type[Any], *others: type[Any]) -> Schema:
    """Describe an object of one of some models, which has the keys of all."""
    properties: Schema = {}
    if others:
        tags = [tag_of(each) for each in (model, *others)]
        properties["type"] = {"description": HEADS["type"], "type": "string", "enum": tags}
    properties |= {name: _answer(model, field) for name, field in definitions(model).items() if name != "spans"}
    for other in others:
        for name, field in definitions(other).items():
            if name not in definitions(model):
                properties[name] = _answer(other, field, f"Only where type is {tag_of(other)}.")
    if others:
        properties[PASSAGES] = {
            "description": _PASSAGES,
            "type": "array",
            "items": {"anyOf": [{"type": "string"}, {"$ref": f"{PARTS}{_PASSAGE}"}]},
        }
    return _closed(model.__name__, meaning_of(model), properties)


def _answer(model: type[Any], field: Definition, *notes: str) -> Schema:
    """Describe the value of a field; null stands only where no other value says that there is none."""
    match field.rule:
        case Many(item):
            schema: Schema = {"type": "array", "items": _item(item)}
        case Choice() | Flag() | Whole() as rule:
            schema = {key: value for key, value in rule.schema(portable=False).items() if key in ("type", "enum")}
        case rule:
            schema = {"type": "string"}
            notes = *notes, *(note for kind, note in _FORMS.items() if isinstance(rule, kind))
    if field.optional:
        schema = {"anyOf": [schema, {"type": "null"}]}
    meaning = meanings_of_fields(model).get(field.name)  # none under `python -OO`, which strips docstrings
    return {"description": " ".join([*([meaning.text] if meaning else []), *notes]), **schema}


def _item(rule: object) -> Schema:
    return {"$ref": f"{PARTS}{rule.models[0].__name__}"} if isinstance(rule, Nested) else {"type": "string"}


def _closed(title: str, description: str, properties: Schema) -> Schema:
    """Describe an object that has exactly some keys."""
    head: Schema = {"title": title, "description": description, "type": "object", "properties": properties}
    return {**head, "required": list(properties), "additionalProperties": False}
