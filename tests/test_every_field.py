"""What does not follow from the declaration of a field or a format: a test says what a new one lacks, and where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import attrs
import pytest
from pydantic import TypeAdapter

from geoclaims import Actor, Allegation, Article, Denial, Quantity, Span, Statement, interop

ROOT = Path(__file__).parents[1]
MODELS: tuple[type[Any], ...] = (Actor, Statement, Allegation, Denial, Article, Quantity, Span)


def test_the_codebook_says_when_to_fill_in_every_field() -> None:
    rules, _, _ = (ROOT / "docs/annotate/codebook.md").read_text(encoding="utf-8").partition("## What is left open")
    for model in MODELS[:4]:
        missing = [each.name for each in attrs.fields(model) if f"`{each.name}`" not in rules]
        assert not missing, f"docs/annotate/codebook.md has no rule for {missing} of {model.__name__}"


@pytest.mark.parametrize("name", interop.__all__)
def test_a_format_has_a_test_of_its_own_and_a_line_in_the_changelog(name: str) -> None:
    tests = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").glob("test_*.py"))
    is_tested = re.search(rf"^from geoclaims.interop import (\([^)]*|[^(\n]*)\b{name}\b", tests, re.MULTILINE)
    assert is_tested, f"tests: no file imports {name} from geoclaims.interop, to say what it writes or reads"
    assert f"`{name}`" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), f"CHANGELOG.md has no line on {name}"


@pytest.mark.parametrize("model", MODELS)
def test_every_field_has_the_type_of_what_it_holds(model: type[Any], golden: Article) -> None:
    things = [golden, *golden.actors, *golden.statements]
    things += [part for each in golden.statements for part in (*each.quantities, *each.spans)]
    hints = get_type_hints(model)
    for field in attrs.fields(model):
        assert (type(None) in get_args(hints[field.name])) == (field.default is None), field.name
        adapter: TypeAdapter[Any] = TypeAdapter(hints[field.name])
        for thing in things:
            if isinstance(thing, model):
                value = getattr(thing, field.name)
                assert adapter.validate_python(value, strict=True) == value
                assert hints[field.name] is not str or type(value) is str
