"""What does not follow from the declaration of a field: each test fails for a new one until somebody has decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from pathlib import Path
from types import GenericAlias
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest

from geoclaims import Actor, Article, Quantity, Span, to_json
from geoclaims._rules import (
    Choice,
    Country,
    Date,
    Flag,
    Form,
    Many,
    Nested,
    Reference,
    Rule,
    Text,
    Whole,
    definitions,
)
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.interop import to_html

if TYPE_CHECKING:
    from tests.conftest import Run

CODEBOOK = Path(__file__).parents[1] / "docs" / "annotate" / "codebook.md"
THINGS: tuple[type[Any], ...] = (Actor, *STATEMENT_TYPES)
SECTIONS: dict[str, tuple[type[Any], ...]] = {
    "Article": (Article,),
    "Actor": (Actor,),
    "Statement": STATEMENT_TYPES,
}
MODELS: tuple[type[Any], ...] = (Article, Actor, *STATEMENT_TYPES, Quantity, Span)

# What a view leaves out on purpose. Whoever wants all has the JSON.
NOT_SHOWN: dict[str, set[str]] = {
    "show": {"same_as"},
    "notebook": set(),
    "page": set(),
}


OPTIONAL = {
    (section, definition.name)
    for section, models in SECTIONS.items()
    for model in models
    for definition in definitions(model).values()
    if not definition.required and definition.name not in {"actors", "statements"}
}


@pytest.mark.parametrize("view", NOT_SHOWN)
def test_people_are_shown_every_field_but_those_left_out_on_purpose(
    view: str, golden: Article, without: Callable[[str, str], Sequence[Article]], tmp_path: Path, run: Run
) -> None:
    def shown(article: Article) -> str:
        match view:
            case "notebook":
                return article._repr_html_()
            case "page":
                return to_html(article)
        (file := tmp_path / "article.json").write_text(to_json(article), encoding="utf-8")
        return str(run("show", file).out)

    for section, name in sorted(OPTIONAL - {("Statement", "cue")}):  # "said" stands where there is no cue
        is_shown = any(shown(other) != shown(golden) for other in without(section, name))
        assert is_shown == (name not in NOT_SHOWN[view]), name


def test_the_codebook_says_when_to_fill_in_every_field() -> None:
    rules, _, _ = CODEBOOK.read_text(encoding="utf-8").partition("## Cases by word")
    assert [name for model in THINGS for name in definitions(model) if f"`{name}`" not in rules] == []


def type_of(rule: Rule) -> Any:
    """The type that a value under a rule has in Python."""
    match rule:
        case Text() | Form() | Reference() | Country():
            return str
        case Flag():
            return bool
        case Whole():
            return int
        case Choice(enum):
            return enum
        case Date(model):
            return model
        case Nested(models):
            return reduce(or_, models)
        case Many(item):
            return GenericAlias(tuple, (type_of(item), ...))


@pytest.mark.parametrize("model", MODELS)
def test_every_field_has_the_type_that_its_rule_says(model: type[Any]) -> None:
    types = {name: type_of(definition.rule) for name, definition in definitions(model).items()}
    hints = get_type_hints(model)
    expected = {name: type | None if definitions(model)[name].optional else type for name, type in types.items()}
    assert {name: hints[name] for name in expected} == expected
