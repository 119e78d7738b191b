"""What programs write into the tree is what they would write now; `nox -s generate` writes it anew."""

from __future__ import annotations

import json
import re
from importlib import import_module
from typing import Any

import pytest

from geoclaims import json_schema
from tools.write import NEEDS_NPM, WRITERS
from tools.write_typescript import DECLARATIONS


@pytest.mark.parametrize("writer", [name for name in WRITERS if name != NEEDS_NPM])
def test_a_file_is_what_its_program_writes_now(writer: str) -> None:
    if writer == "tools.write_formats":
        pytest.importorskip("pyarrow")
    for path, text in import_module(writer).made():
        # Git may check a file out with the line ends of the system.
        assert path.read_bytes().decode().replace("\r\n", "\n") == text.replace("\r\n", "\n"), (
            f"{path} is out of date: `python -m tools.write {writer}` writes it anew"
        )


def words_in(schema: Any) -> set[str]:
    """The titles, keys and strings that a schema names, but for the prose that describes them."""
    if isinstance(schema, list):
        return {word for each in schema for word in words_in(each)}
    if not isinstance(schema, dict):
        return set()
    found = {json.dumps(each) for each in (schema.get("const"), *schema.get("enum", ())) if isinstance(each, str)}
    names = {*schema.get("properties", ()), *schema.get("$defs", ())} - {"$schema"}
    return found | names | {word for each in schema.values() for word in words_in(each)}


def test_the_declarations_for_typescript_have_every_key_and_every_value_of_the_schema() -> None:
    told = set(re.findall(r'"\w[^"]*"|\w+', DECLARATIONS.read_text(encoding="utf-8")))
    assert words_in(json_schema(dialect="portable")) - told == set()
