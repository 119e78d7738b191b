"""Define the libraries that are compared: how each reads and writes an article, and which rules it skips."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
import stix2  # type: ignore[import-untyped]

import geoclaims
from geoclaims import interop
from geoclaims._json import text as parsers
from tools.bench.measuring import nothing
from tools.bench.peers import cattrs_models, mashumaro_models, msgspec_models, pydantic_models

_KEYS = "repeated keys"


@dataclass(frozen=True)
class Library:
    """A library, as it reads and writes an article."""

    name: str
    read: Callable[[bytes], Any]
    write: Callable[[Any], object] | None = None
    prepare: Callable[[], None] = nothing
    skips: str = "nothing"


def with_orjson() -> None:
    """Let geoclaims find orjson."""
    sys.modules["orjson"] = orjson
    _look_again()


def without_orjson() -> None:
    """Hide orjson from geoclaims."""
    sys.modules["orjson"] = None  # type: ignore[assignment]
    _look_again()


def _look_again() -> None:
    for value in vars(parsers).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def as_stix(text: bytes) -> bytes:
    """Convert the article of a document to a bundle of STIX."""
    return json.dumps(interop.to_stix(geoclaims.from_json(text))).encode()


def _read_stix(text: bytes) -> Any:
    return stix2.parse(text.decode())


GEOCLAIMS = Library("geoclaims", geoclaims.from_json, geoclaims.to_json, with_orjson)
PYDANTIC = Library("pydantic v2, strict", pydantic_models.read, pydantic_models.write, skips=_KEYS)
MSGSPEC = Library("msgspec Structs", msgspec_models.read, msgspec_models.write, skips=_KEYS)
CATTRS = Library(
    "cattrs as it comes, same models",
    cattrs_models.read,
    cattrs_models.write,
    with_orjson,
    f"{_KEYS}; types, which it converts",
)
MASHUMARO = Library(
    "mashumaro", mashumaro_models.read, mashumaro_models.write, skips=f"{_KEYS}; types, which it converts"
)
STIX = Library("stix2, same content", _read_stix, lambda bundle: bundle.serialize(), skips="has rules of its own")
TYPES = Library("floor: msgspec Structs, types alone", msgspec_models.read_types, skips="all rules but types and keys")
ORJSON = Library("floor: orjson, dictionaries", orjson.loads, orjson.dumps, skips="everything")
JSON = Library(
    "floor: json, dictionaries",
    json.loads,
    lambda data: json.dumps(data, ensure_ascii=False, separators=(",", ":")),
    skips="everything",
)
BARE = Library("geoclaims without orjson", geoclaims.from_json, geoclaims.to_json, without_orjson)

LIBRARIES = (GEOCLAIMS, BARE, MSGSPEC, PYDANTIC, MASHUMARO, CATTRS, STIX, TYPES, ORJSON, JSON)
