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
from geoclaims._rules.fields import definitions, meanings_of_fields
from tests.conftest import imported
from tools.write_reference import MODULES as PUBLIC_MODULES

COLUMNS = 80  # of a terminal
MODULES = [module.name for module in pkgutil.walk_packages(geoclaims.__path__, "geoclaims.")]


def public_things() -> Iterator[tuple[str, Any]]:
    """All public functions, classes and members of these, by their names."""
    for module in PUBLIC_MODULES:
        for name in module.__all__:
            thing = getattr(module, name)
            yield f"{module.__name__}.{name}", thing
            for key, member in vars(thing).items() if inspect.isclass(thing) else ():
                is_documented = isinstance(member, property | classmethod) or inspect.isfunction(member)
                if is_documented and not key.startswith("_"):
                    yield f"{module.__name__}.{name}.{key}", member


PUBLIC = dict(public_things())


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_has_an_example_that_imports_what_it_uses(name: str) -> None:
    example = doctest.DocTestParser().get_doctest(inspect.getdoc(PUBLIC[name]) or "", {}, name, None, None)
    assert example.examples
    if "arrow" in name:
        imported("pyarrow")
    expect_as_printed(example)


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_the_other_examples_in_docstrings_print_what_they_say(name: str) -> None:
    for example in doctest.DocTestFinder().find(importlib.import_module(name)):
        if example.docstring not in {thing.__doc__ for thing in PUBLIC.values()}:
            expect_as_printed(example)


def expect_as_printed(example: doctest.DocTest) -> None:
    report: list[str] = []
    assert doctest.DocTestRunner().run(example, out=report.append).failed == 0, "".join(report)


def test_help_on_a_public_name_fits_a_terminal_and_names_no_inner_module() -> None:
    for name, thing in PUBLIC.items():
        indent = 8 if name.rpartition(".")[0] in PUBLIC else 4  # help indents the members of a class once more
        text = inspect.getdoc(thing) or ""
        assert [line for line in text.splitlines() if indent + len(line) > COLUMNS] == [], name
        assert "geoclaims._" not in text, name


@pytest.mark.parametrize("model", MODELS)
def test_a_docstring_says_of_every_field_what_it_means_in_the_order_of_the_table(model: type[Any]) -> None:
    meanings = meanings_of_fields(model)
    assert list(meanings) == list(definitions(model))
    assert [name for name, each in meanings.items() if not re.fullmatch(r"[A-Z].{5,}\.", each.text)] == []


@pytest.mark.parametrize("model", [*MODELS, geoclaims.PartialDate, geoclaims.Issue])
def test_the_types_of_the_fields_of_a_model_can_be_looked_up(model: type[Any]) -> None:
    assert get_type_hints(model).keys() >= {field.name for field in attrs.fields(model)}


ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(\w*)\n((?s:.*?))^```$", re.MULTILINE)


def typed(block: str) -> list[str]:
    """The lines that somebody types: all, or those with a prompt and those that go on."""
    lines = re.findall(r"^(?:(?:>>>|\.\.\.|\$) (?:.*\\\n)*.*)$", block, re.MULTILINE)
    return "\n".join(lines).splitlines() if lines else block.splitlines()


@pytest.mark.parametrize("page", [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))], ids=str)
def test_code_can_be_read_without_scrolling(page: Path) -> None:
    lines = [line for _, block in BLOCK.findall(page.read_text("utf-8")) for line in typed(block)]
    # A string of JSON has no place to break it.
    assert [line for line in lines if len(line) > COLUMNS and not re.fullmatch(r'\s*"(\\.|[^"\\])*",?', line)] == []
