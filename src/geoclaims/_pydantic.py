"""Let pydantic read, write and describe the types of geoclaims as geoclaims does.

pydantic loads this module when it first meets one of the types; until then nothing of pydantic is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from geoclaims._arguments import is_a
from geoclaims._article import Article
from geoclaims._dates import PartialDate
from geoclaims._errors import Issue, Path, ValidationError
from geoclaims._json.documents import from_dict, to_dict
from geoclaims._json.parsing import parse
from geoclaims._json.reading import kinds_of, read_value
from geoclaims._json.schema import ANY_STATEMENT, PARTS, Schema, json_schema, schema_of_date
from geoclaims._links import Link
from geoclaims._rules.rules import Date
from geoclaims._statements import Statement

if TYPE_CHECKING:
    import pydantic_core
    from pydantic_core.core_schema import CoreSchema

_PREFIX: Final = "geoclaims_"
"""The prefix of the names of our definitions, so that a user's own class keeps its name."""


def core_schema_of(type_: type[Any]) -> CoreSchema:
    """Make the pydantic-core schema of a class, by which pydantic reads, writes and describes it.

    Raises:
        TypeError: This is a subclass of a model, which geoclaims cannot read.
    """
    from pydantic_core import core_schema

    is_date = type_ is PartialDate
    instances = (PartialDate,) if is_date else kinds_of(type_)
    read: Callable[[Any], Any] = partial(read_value, Date(PartialDate)) if is_date else partial(from_dict, type=type_)

    def validate(data: Any) -> Any:
        if type(data) in instances:
            return data
        try:
            return read(data)
        except ValidationError as error:
            raise in_pydantic(error, data, type_.__name__) from None

    # In a union, the place of an error names the tried member by this.
    validate.__name__ = type_.__name__
    name = ANY_STATEMENT if type_ is Statement else type_.__name__
    return core_schema.no_info_plain_validator_function(
        validate,
        ref=_reference(name),
        metadata=_metadata(name),
        serialization=core_schema.plain_serializer_function_ser_schema(str if is_date else to_dict, when_used="json"),
    )


def in_pydantic(
    error: ValidationError, data: Any, title: str, *, is_sent_back: bool = False
) -> pydantic_core.ValidationError:
    """Convert an error of ours to one of pydantic's, with each issue at its place, but no document to be sent back."""
    import pydantic_core

    details: list[pydantic_core.InitErrorDetails] = []
    for number, issue in enumerate(error.issues, start=1):
        code: Any = issue.code  # pydantic's types ask for literal strings
        message: Any = issue.message
        if error.omitted and number == len(error.issues):
            message += f" (and {error.omitted} more that are not shown)"
        kind = pydantic_core.PydanticCustomError(code, message)
        found = None if is_sent_back and not issue.path else _value_at(issue.path, data)
        details.append({"type": kind, "loc": _place_in_pydantic(issue), "input": found})
    return pydantic_core.ValidationError.from_exception_data(title, details)


def _place_in_pydantic(issue: Issue) -> Path:
    """Return the path of an issue, with unknown keys escaped where UTF-8 cannot encode them."""
    return tuple(
        step.encode(errors="backslashreplace").decode() if isinstance(step, str) else step for step in issue.path
    )


def _value_at(path: tuple[Any, ...], data: Any) -> Any:
    """Return the value at a path, if there is one and it can be written as JSON in UTF-8.

    Programs such as FastAPI write pydantic's errors as JSON, and would fail at a lone surrogate, NaN or a thousand
    nested arrays.
    """
    import json

    value: Any = data
    for step in path:
        is_there = step in value if is_a(value, dict) else is_a(value, list) and step in range(len(value))
        if not is_there:
            return None
        value = value[step]
    try:
        text = json.dumps(value, ensure_ascii=False)
        text.encode()
        parse(text)
    except (TypeError, ValueError, RecursionError):
        return None
    return value


@cache
def _definitions() -> Mapping[str, Schema]:
    """Make the JSON Schema of each type, by its name."""
    roots = (json_schema(model, dialect="portable") for model in (Article, Link))
    return {
        **{name: part for root in roots for name, part in parts_of(root).items()},
        PartialDate.__name__: schema_of_date(),
    }


def parts_of(schema: Schema) -> Mapping[str, Schema]:
    """Take a schema apart: its root and its parts, by their titles."""
    root = {key: value for key, value in schema.items() if key not in {"$schema", "$id", "$defs"}}
    return {root["title"]: root, **schema.get("$defs", {})}


def _reference(name: str, prefix: str = _PREFIX) -> str:
    """Name a definition for pydantic, which shows the part before the colon if no other name has the same part."""
    return f"{prefix}{name}:1"


def _metadata(
    name: str, definitions: Callable[[], Mapping[str, Schema]] = _definitions, prefix: str = _PREFIX
) -> dict[str, Any]:
    return {"pydantic_js_functions": [partial(described, name, definitions, prefix)]}


def described(
    name: str,
    definitions: Callable[[], Mapping[str, Schema]],
    prefix: str,
    _: CoreSchema,
    handler: Callable[[CoreSchema], Schema],
) -> Schema:
    """Make the JSON Schema of a type, with its parts among pydantic's definitions, whose names get a prefix."""
    from pydantic_core import core_schema

    def referring(schema: Any) -> Any:
        if isinstance(schema, list):
            return list(map(referring, schema))
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            part = schema["$ref"].removeprefix(PARTS)
            # pydantic writes the definition of the elements of a list, and returns the reference to it
            item = core_schema.any_schema(ref=_reference(part, prefix), metadata=_metadata(part, definitions, prefix))
            return handler(core_schema.list_schema(item))["items"]
        return {key: referring(value) for key, value in schema.items()}

    return referring(definitions()[name])  # type: ignore[no-any-return]
