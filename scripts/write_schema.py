"""Write the JSON Schema that ships with geoclaims: `python scripts/write_schema.py`."""

from __future__ import annotations

import json
from pathlib import Path

import geoclaims

FOLDER = Path(__file__).parents[1] / "src" / "geoclaims" / "data"


def main() -> None:
    schema = geoclaims.json_schema()
    version = schema["properties"]["schema_version"]["const"]
    # in ASCII, since the patterns name characters that nobody can see
    text = json.dumps(schema, indent=2) + "\n"
    FOLDER.joinpath(f"geoclaims-{version}.schema.json").write_text(text, encoding="ascii")


if __name__ == "__main__":
    main()
