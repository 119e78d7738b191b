"""What does not follow from the declaration of a field or a format: a test says what a new one lacks, and where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import attrs
import pytest
from pydantic import TypeAdapter

from geoclaims import Actor, Allegation, Article, Denial, PartialDate, Quantity, Span, Statement, interop
from tests.places import ARTICLE

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


THINGS: list[Any] = [ARTICLE, *ARTICLE.actors, *ARTICLE.statements]
THINGS += [part for each in ARTICLE.statements for part in (*each.quantities, *each.spans)]
FIELDS = [
    pytest.param(model, field, id=f"{model.__name__}.{field.name}") for model in MODELS for field in attrs.fields(model)
]


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_the_article_for_tests_has_every_field_in_every_form(model: type[Any], field: Any) -> None:
    values = [getattr(thing, field.name) for thing in THINGS if isinstance(thing, model)]
    filled = [thing for thing in THINGS if type(thing) is model][: 1 if issubclass(model, Statement) else None]
    forms = {"a value": any(getattr(thing, field.name) != field.default for thing in filled)}
    if model is not Article and not field.inherited:
        hint = get_type_hints(model)[field.name]
        if field.default is not attrs.NOTHING:
            forms["no value"] = field.default in values
        if get_origin(hint) is tuple:
            forms |= {"one value": 1 in map(len, values), "several values": max(map(len, values)) > 1}
        if PartialDate in get_args(hint):
            precisions = [str(value).count("-") for value in values if value]
            forms |= {f"a date to the {part}": n in precisions for n, part in enumerate(("year", "month", "day"))}
        members: dict[str, Any] = getattr(hint, "__members__", {})
        forms |= {f"the value {member}": member in values for member in members.values()}
    missing = " and ".join(form for form, is_there in forms.items() if not is_there)
    assert not missing, f"Add to tests/goldens/article.json some {model.__name__} with {missing} as `{field.name}`."


@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_every_field_has_the_type_of_what_it_holds(model: type[Any], field: Any) -> None:
    hint = get_type_hints(model)[field.name]
    assert (type(None) in get_args(hint)) == (field.default is None)
    adapter: TypeAdapter[Any] = TypeAdapter(hint)
    for value in [getattr(thing, field.name) for thing in THINGS if isinstance(thing, model)]:
        assert adapter.validate_python(value, strict=True) == value
        assert hint is not str or type(value) is str, repr(value)
