from __future__ import annotations

import pkgutil
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {each["id"]: each for each in PROJECT["tool"]["importlinter"]["contracts"] if each["type"] == "layers"}
LAYERS = {id: [re.findall(r"(\w+)(?: |$)", layer) for layer in each["layers"]] for id, each in CONTRACTS.items()}


def test_the_page_names_only_files_that_exist() -> None:
    named = re.findall(r"`((?:tools|tests|docs)/[\w./-]+|(?:_\w+|interop|strategies)/(?:\w+/)*\w+\.py|_\w+\.py)`", PAGE)
    assert len(named) > 20
    assert [
        name for name in named if not any((folder / name).exists() for folder in (ROOT, ROOT / "src/geoclaims"))
    ] == []


def test_the_layers_on_the_page_are_those_of_the_import_contract() -> None:
    screen = PAGE.partition("```text\n")[2].partition("```")[0]
    said = [line.partition("  ")[0].split(", ") for line in screen.splitlines()]
    assert said == LAYERS["layers"], "docs/architecture.md and pyproject.toml have other layers"


@pytest.mark.parametrize("id", CONTRACTS)
def test_every_module_has_its_layer(id: str) -> None:
    (package,) = CONTRACTS[id].get("containers", ["geoclaims"])
    modules = {module.name for module in pkgutil.iter_modules([f"{ROOT}/src/{package.replace('.', '/')}"])}
    missing = modules - {name for layer in LAYERS[id] for name in layer}
    assert not missing, f"pyproject.toml: the import contract {id} has no layer for {missing} of {package}"
