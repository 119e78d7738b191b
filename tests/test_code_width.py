"""Code in the documentation can be read without scrolling: lines have 80 columns at most, what is printed excepted."""

from __future__ import annotations

import doctest
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import geoclaims
import geoclaims.annotation
import geoclaims.interop
import geoclaims.strategies

WIDTH = 80
PROMPT = len(">>> ")
ROOT = Path(__file__).parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
PACKAGES = (geoclaims, geoclaims.annotation, geoclaims.interop, geoclaims.strategies)


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
        assert [line for line in lines if len(line) > WIDTH and can_be_broken(line)] == [], page


def public(package: ModuleType) -> Iterator[Any]:
    """What users import from a package, and the members of classes among it."""
    for name in package.__all__:
        thing = getattr(package, name)
        yield thing
        if inspect.isclass(thing):
            yield from (member for member in vars(thing).values() if inspect.getdoc(member))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_code_in_public_docstrings_has_no_line_of_more_than_80_columns(package: ModuleType) -> None:
    docstrings = {inspect.getdoc(thing) or "" for thing in public(package)}
    examples = [example for docstring in docstrings for example in doctest.DocTestParser().get_examples(docstring)]
    lines = {line for example in examples for line in example.source.splitlines()}
    assert sorted(line for line in lines if PROMPT + len(line) > WIDTH) == []
