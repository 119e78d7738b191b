"""Define the libraries that are compared: how each reads and writes an article, and which rules it skips."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import orjson
import stix2  # type: ignore[import-untyped]

import geoclaims
from geoclaims import interop
from geoclaims._json import text as parsers
from tools.bench.peers import msgspec_models, pydantic_models


class Library(NamedTuple):
    """A library, as it reads and writes an article."""

    name: str
    read: Callable[[bytes], Any]
    write: Callable[[Any], object] | None = None
    skips: str = "nothing"
    prepare: Callable[[], object] = tuple
    converted: Callable[[bytes], bytes] = bytes
    """Makes a text of its own of a document."""


def _finding(module: Any) -> Callable[[], None]:
    """Return what lets geoclaims find orjson, or hides it."""

    def find() -> None:
        sys.modules["orjson"] = module
        for value in vars(parsers).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()

    return find


def _as_stix(text: bytes) -> bytes:
    return json.dumps(interop.to_stix(geoclaims.from_json(text))).encode()


with_orjson = _finding(orjson)
GEOCLAIMS = Library("geoclaims", geoclaims.from_json, geoclaims.to_json, prepare=with_orjson)
BARE = Library("geoclaims without orjson", geoclaims.from_json, geoclaims.to_json, prepare=_finding(None))
PYDANTIC = Library("pydantic v2, strict", pydantic_models.read, pydantic_models.write, "repeated keys")
MSGSPEC = Library("msgspec Structs", msgspec_models.read, msgspec_models.write, "repeated keys")
STIX = Library(
    "stix2, same content",
    lambda text: stix2.parse(text.decode()),
    lambda bundle: bundle.serialize(),
    "has rules of its own",
    converted=_as_stix,
)
TYPES = Library("floor: msgspec Structs, types alone", msgspec_models.read_types, None, "all rules but types and keys")
ORJSON = Library("floor: orjson, dictionaries", orjson.loads, orjson.dumps, "everything")
JSON = Library(
    "floor: json, dictionaries",
    json.loads,
    lambda data: json.dumps(data, ensure_ascii=False, separators=(",", ":")),
    "everything",
)

LIBRARIES = (GEOCLAIMS, BARE, MSGSPEC, PYDANTIC, STIX, TYPES, ORJSON, JSON)
