"""Write articles as services do that keep language models to the schema of drafts."""

from __future__ import annotations

from typing import Any

from geoclaims import Article
from geoclaims.annotation import draft_schema, to_draft

SCHEMA = draft_schema(dialect="structured_output")
METADATA = {"id": "example", "published": "2031-05-07"}
"""What is known about an article without reading it."""


def answer_of(article: Article) -> dict[str, Any]:
    """What a model answers that finds the claims of an article with a text: every key of the schema, and no other."""
    draft = to_draft(article)
    answer: dict[str, Any] = _filled({name: draft.get(name, []) for name in SCHEMA["properties"]}, SCHEMA)
    return answer


def _filled(value: Any, schema: dict[str, Any]) -> Any:
    """Fill in the keys that a draft leaves out."""
    if "anyOf" in schema and isinstance(value, dict):
        schema = next(each for each in schema["anyOf"] if "$ref" in each)
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        return [_filled(each, schema["items"]) for each in value]
    if not isinstance(value, dict):
        return value
    keys = schema["properties"]
    return {key: _filled(value[key], keys[key]) if key in value else _nothing(keys[key]) for key in keys}


def _nothing(schema: dict[str, Any]) -> Any:
    """What a model writes where nothing is given."""
    if "anyOf" in schema:
        return None
    if "enum" in schema:
        return "unknown" if "unknown" in schema["enum"] else "unspecified"
    return {"array": [], "boolean": False, "string": ""}[schema["type"]]
