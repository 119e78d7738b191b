from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import attrs
import pytest

import geoclaims
from geoclaims._json.format import MODELS
from geoclaims._rules import definitions
from geoclaims._rules.meanings import meanings_of_fields

MODULES = [module.name for module in pkgutil.walk_packages(geoclaims.__path__, "geoclaims.")]
COLUMNS = 80  # of a terminal
PUBLIC_MODULES = ("geoclaims", "geoclaims.annotation", "geoclaims.interop", "geoclaims.strategies")


# The examples of strategies take seconds, and the next test runs those of all public ones.
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.slow if name.startswith("geoclaims.strategies.") else ())
        for name in ["geoclaims", *MODULES]
        if not name.endswith("__main__")
    ],
)
def test_the_examples_in_docstrings_print_what_they_say(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def public_things() -> Iterator[tuple[str, Any]]:
    """All public functions, classes and members of these, by their names."""
    for module in map(importlib.import_module, PUBLIC_MODULES):
        for name in module.__all__:
            thing = getattr(module, name)
            yield f"{module.__name__}.{name}", thing
            for key, member in vars(thing).items() if inspect.isclass(thing) else ():
                if not key.startswith("_") and (
                    isinstance(member, property | classmethod) or inspect.isfunction(member)
                ):
                    yield f"{module.__name__}.{name}.{key}", member


PUBLIC = dict(public_things())


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_has_an_example_that_imports_what_it_uses(name: str) -> None:
    example = doctest.DocTestParser().get_doctest(inspect.getdoc(PUBLIC[name]) or "", {}, name, None, None)
    assert example.examples
    report: list[str] = []
    assert doctest.DocTestRunner().run(example, out=report.append).failed == 0, "".join(report)


def test_help_on_a_public_name_fits_a_terminal() -> None:
    for name, thing in PUBLIC.items():
        indent = 8 if name.rpartition(".")[0] in PUBLIC else 4  # help indents the members of a class once more
        lines = (inspect.getdoc(thing) or "").splitlines()
        assert [line for line in lines if indent + len(line) > COLUMNS] == [], name


def test_docstrings_speak_of_names_as_one_imports_them() -> None:
    assert [name for name, thing in PUBLIC.items() if "geoclaims._" in (inspect.getdoc(thing) or "")] == []


@pytest.mark.parametrize("model", MODELS)
def test_a_docstring_says_of_every_field_what_it_means_in_the_order_of_the_table(model: type[Any]) -> None:
    meanings = meanings_of_fields(model)
    assert list(meanings) == list(definitions(model))
    assert [name for name, each in meanings.items() if not re.fullmatch(r"[A-Z].{5,}\.", each.text)] == []


@pytest.mark.parametrize("model", [*MODELS, geoclaims.PartialDate, geoclaims.Issue])
def test_the_types_of_the_fields_of_a_model_can_be_looked_up(model: type[Any]) -> None:
    assert get_type_hints(model).keys() >= {field.name for field in attrs.fields(model)}
    assert inspect.getmodule(model) is geoclaims


# Code can be read without scrolling: its lines have 80 columns at most, what is printed excepted.
PROMPT = len(">>> ")
ROOT = Path(__file__).parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: str) -> Iterator[list[str]]:
    """The lines of each block of code; those of directives are text or name pictures."""
    for info, block in re.findall(r"^```(\S*).*\n((?s:.*?))^```$", page, re.MULTILINE):
        if not info.startswith("{"):
            yield block.splitlines()


def code(block: list[str]) -> Iterator[str]:
    """The lines that somebody types; those without a prompt are output if others have one."""
    prompts = (">>> ", "... ", "$ ")
    prompted = any(line.startswith(prompts) for line in block)
    goes_on = False
    for line in block:
        if not prompted or goes_on or line.startswith(prompts):
            yield line
        goes_on = prompted and line.endswith("\\")


def can_be_broken(line: str) -> bool:
    """Whether a line is more than one string of JSON, which has no place to break it."""
    return re.fullmatch(r'\s*"(\\.|[^"\\])*",?', line) is None


def test_code_on_a_page_has_no_line_of_more_than_80_columns() -> None:
    for page in PAGES:
        lines = [line for block in blocks(page.read_text(encoding="utf-8")) for line in code(block)]
        assert [line for line in lines if len(line) > COLUMNS and can_be_broken(line)] == [], page


def test_code_in_public_docstrings_has_no_line_of_more_than_80_columns() -> None:
    examples = [
        example
        for thing in PUBLIC.values()
        for example in doctest.DocTestParser().get_examples(inspect.getdoc(thing) or "")
    ]
    lines = {line for example in examples for line in example.source.splitlines()}
    assert sorted(line for line in lines if PROMPT + len(line) > COLUMNS) == []
