from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_page_names_only_files_that_exist() -> None:
    named = re.findall(r"`((?:tools|tests|docs)/[\w./-]+|(?:_\w+|interop|strategies)/(?:\w+/)*\w+\.py|_\w+\.py)`", PAGE)
    assert len(named) > 20
    assert [
        name for name in named if not any((folder / name).exists() for folder in (ROOT, ROOT / "src/geoclaims"))
    ] == []


def test_the_layers_on_the_page_are_those_of_the_import_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (c for c in project["tool"]["importlinter"]["contracts"] if c["id"] == "layers")
    layers = [re.findall(r"geoclaims\.(\w+)", layer) for layer in contract["layers"]]
    screen = PAGE.partition("```text\n")[2].partition("```")[0]
    assert [line.partition("  ")[0].split(", ") for line in screen.splitlines()] == layers
