"""Write the JSON Schemas that ship with geoclaims."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import geoclaims
from geoclaims._json.schema import Dialect

FOLDER = Path(__file__).parents[1] / "src" / "geoclaims" / "data"
SUFFIXES: dict[Dialect, str] = {"full": ".schema.json", "portable": ".portable.schema.json"}


def made() -> Iterator[tuple[Path, str]]:
    """Yield each file with what it should hold."""
    for dialect, suffix in SUFFIXES.items():
        schema = geoclaims.json_schema(dialect=dialect)
        version = schema["properties"]["schema_version"]["const"]
        # in ASCII, since the patterns contain invisible characters
        yield FOLDER / f"geoclaims-{version}{suffix}", json.dumps(schema, indent=2) + "\n"
