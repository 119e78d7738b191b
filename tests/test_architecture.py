from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "geoclaims"


def modules() -> set[str]:
    """Each module as the page names it: by its path, and a package by its folder."""
    paths = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py")}
    return {path.removesuffix("__init__.py") if "/" in path else path for path in paths}


def rows(part: str) -> list[str]:
    """The first cells that name modules, in the tables of a part of the page."""
    return re.findall(r"^\| (`.+?`) \|", part, re.MULTILINE)


def test_every_module_but_of_formats_and_commands_is_named_on_the_page_and_no_other() -> None:
    named = [name for row in rows(PAGE) for name in re.findall(r"`(.+?)`", row)]
    many = ("interop/", "_command_line/")
    assert {*named, *many} - {"interop/", "_command_line/"} == {name for name in modules() if not name.startswith(many)}
    assert len(named) == len(set(named))


def test_the_page_names_modules_nowhere_that_do_not_exist() -> None:
    named = set(re.findall(r"(?<![\w/.])(?:_\w+/|interop/|strategies/)(?:\w+/)*\w+\.py", PAGE))
    assert named <= modules()


def test_whatever_a_new_field_or_command_needs_besides_its_declaration_has_a_test_that_fails_until_it_is_done() -> None:
    part = PAGE.partition("## Add a field to a model")[2].partition("## Every module")[0]
    table = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    last = [cells[2] for cells in table if cells[0] != "what"]
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py"))
    assert last
    for cell in last:
        named = re.findall("`(.+?)`", cell)
        assert named or cell == "the example itself"
        assert [name for name in named if f"def {name}(" not in tests] == []


def test_the_layers_on_the_page_are_those_of_the_import_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (c for c in project["tool"]["importlinter"]["contracts"] if c["id"] == "layers")
    layers = [re.findall(r"geoclaims\.(\w+)", layer) for layer in contract["layers"]]
    screen = PAGE.partition("## On one screen")[2].partition("The way of the data")[0]
    assert [re.findall(r"(\w+)(?:/|\.py)", row) for row in rows(screen)] == layers
