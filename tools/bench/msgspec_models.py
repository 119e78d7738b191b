"""The fields of the portable schema as Structs of msgspec, which checks types and keys, and no rule."""

from __future__ import annotations

import functools
import operator
import types
from typing import Any, Final

import msgspec

from tools.bench.pydantic_models import KINDS, SCHEMA

_STRUCTS: Final[dict[str, Any]] = {}
_TYPES: Final = {"string": str, "integer": int, "boolean": bool, "null": None}


def _type(part: dict[str, Any]) -> Any:
    """Return the type of a field by its part of the schema."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return _STRUCTS[name] if name in _STRUCTS else functools.reduce(operator.or_, map(_STRUCTS.get, KINDS))
    if "items" in part:
        return types.GenericAlias(tuple, (_type(part["items"]), ...))
    names = part["type"] if isinstance(part["type"], list) else [part["type"]]
    return functools.reduce(operator.or_, map(_TYPES.get, names))


def _make(name: str, part: dict[str, Any]) -> None:
    fields: list[Any] = []
    for key, each in part["properties"].items():
        default = [() if "items" in each else each["default"]] if "default" in each else []
        if key not in {"$schema", "type"}:
            fields.append((key, _type(each), *default))
    options: dict[str, Any] = {"tag": name.lower()} if name in KINDS else {}
    options |= {"frozen": True, "kw_only": True, "forbid_unknown_fields": True, "omit_defaults": True}
    _STRUCTS[name] = msgspec.defstruct(name, fields, **options)


for _name in ("Quantity", "Span", "Actor", *KINDS):
    _make(_name, SCHEMA["$defs"][_name])
_make("Article", SCHEMA)

read = msgspec.json.Decoder(_STRUCTS["Article"]).decode
write = msgspec.json.Encoder().encode
