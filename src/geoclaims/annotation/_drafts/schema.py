"""Make the JSON Schema of drafts from that of articles, in each dialect."""

from __future__ import annotations

import json
import uuid
from functools import cache
from typing import Any, Final, Literal, cast, get_args

from geoclaims._article import Article
from geoclaims._errors import check_choice
from geoclaims._json.format import CURRENT, DROPPED, NAMESPACE, PASSAGES
from geoclaims._json.schema import DIALECTS, Dialect, Schema, json_schema
from geoclaims._rules import DOCUMENT, LARGEST_NUMBER, Date, definitions, wanted
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.annotation._drafts.passages import CONTEXT, EXACT, START

_STRUCTURED: Final = "structured_output"
DraftDialect = Literal["full", "portable", "structured_output"]
DRAFT_DIALECTS: Final[tuple[str, ...]] = get_args(DraftDialect)
"""The ways to write the schema of drafts; the first says all that a schema can say."""

_PASSAGE: Final = "Passage"
_LONGEST_DATE: Final = 64
_MEANINGS: Final = {
    EXACT: "The words of the passage, as the text has them. Term: W3C TextQuoteSelector exact.",
    "prefix": "What stands before it, where the words stand in several places. Term: W3C TextQuoteSelector prefix.",
    "suffix": "What stands after it, where the words stand in several places. Term: W3C TextQuoteSelector suffix.",
    START: "The code point at which it begins, if its words are not enough. Term: W3C TextPositionSelector start.",
}
# What services that make language models keep to a schema do not take, or take in part only.
_NOT_ENFORCED: Final = frozenset({"default", "maximum", "maxLength", "minimum", "minLength", "pattern", "uniqueItems"})
_NOT_WRITTEN: Final = frozenset({*DROPPED[Article], "schema_version", "spans", "text"})


def draft_schema(*, dialect: DraftDialect = "full") -> Schema:
    """Make the JSON Schema (2020-12) of the drafts that `read_draft` reads.

    Only `read_draft` checks references and passages.

    Args:
        dialect: `full` or `portable`, as for `json_schema`; or
            `structured_output`, for services that keep language models to a
            schema: it requires every key, has null for what would be left out,
            and no patterns, bounds or unique items.

    Raises:
        ValidationError: There is no such dialect (`enum`).
        TypeError: `dialect` is not a string.

    >>> from geoclaims.annotation import draft_schema
    >>> schema = draft_schema(dialect="structured_output")
    >>> schema["required"][:3]
    ['id', 'title', 'publisher']
    """
    check_choice(dialect, DRAFT_DIALECTS, "dialect")
    schema = json_schema(Article, dialect=cast("Dialect", dialect if dialect in DIALECTS else "portable"))
    parts = schema["$defs"]
    del parts["Span"]
    schema |= {"$id": _id(dialect), "title": "Draft", "description": "An annotation that quotes its passages."}
    version = schema["properties"]["schema_version"]
    version["enum"] = [version.pop("const"), None]
    version["type"] = ["string", "null"]
    schema["required"].remove("schema_version")
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
    return cast("Schema", _enforced(schema)) if dialect == _STRUCTURED else schema


def _quote_passages(properties: Schema) -> None:
    """Replace spans by passages, and add the keys of other kinds of statements, which may be null."""
    for name in [name for model in STATEMENT_TYPES for name in definitions(model)]:
        properties.setdefault(name, {"description": "Only another kind of statement has it.", "type": "null"})
    words = {"type": "string", "minLength": 1, "pattern": _pattern("+")}
    properties["spans"] = {"description": "Not in a draft: it has passages.", "type": "null"}
    properties[PASSAGES] = {
        "description": "The passages of the text that carry it, in any order.",
        "type": "array",
        "items": {"anyOf": [words, {"$ref": f"#/$defs/{_PASSAGE}"}]},
    }


@cache
def _dates() -> frozenset[str]:
    """List the fields that hold dates."""
    models: tuple[type[Any], ...] = (Article, *STATEMENT_TYPES)
    fields = [field for model in models for field in definitions(model).values()]
    return frozenset(field.name for field in fields if isinstance(field.rule, Date))


def _id(dialect: str) -> str:
    """Name the schema of drafts in a dialect by a URI that is stable and unique."""
    return uuid.uuid5(uuid.UUID(NAMESPACE), json.dumps(["schema", CURRENT, "Draft", dialect])).urn


def _pattern(times: str) -> str:
    return f"^{wanted(DOCUMENT)}{times}$"


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


def _enforced(schema: Any) -> Any:
    """Reduce a schema to the subset that services enforce, and require every key."""
    if isinstance(schema, list):
        return [_enforced(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept: Schema = {}
    for key, value in schema.items():
        if key == "properties":
            kept[key] = {name: _enforced(each) for name, each in value.items() if name not in _NOT_WRITTEN}
        elif key == "required":
            kept[key] = list(kept["properties"])
        elif key not in _NOT_ENFORCED:
            kept[key] = _enforced(value)
    if "const" in schema:  # which some services pass over
        kept["enum"] = [schema["const"]]
    return kept
