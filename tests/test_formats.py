"""Wherever formats are listed, a new one is asked for: each test here takes the formats from their one table."""

from __future__ import annotations

from pathlib import Path

import pytest

import geoclaims
from geoclaims import interop
from geoclaims._command_line.formats import FORMATS

ROOT = Path(__file__).parents[1]
FUNCTIONS = {name: form.function.partition(":")[2] for name, form in FORMATS.items()}
# Variants of a format.
NO_FORMATS = {"to_jsonld", "to_arrow"}


def page(name: str) -> str:
    path = ROOT / name
    if not path.exists():
        pytest.skip("the documentation is in the repository only")
    return path.read_text(encoding="utf-8")


def test_every_function_that_writes_articles_in_a_format_of_others_is_one_of_a_format() -> None:
    writers = {name for name in interop.__all__ if name.startswith(("to_", "write_"))}
    assert writers - NO_FORMATS == {*FUNCTIONS.values()} - {"to_json"}


@pytest.mark.parametrize("name", FORMATS)
def test_the_function_of_a_format_is_public(name: str) -> None:
    module = geoclaims if FUNCTIONS[name] in geoclaims.__all__ else interop
    assert FORMATS[name].load() is getattr(module, FUNCTIONS[name])
