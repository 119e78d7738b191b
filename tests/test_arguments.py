from __future__ import annotations

import inspect
import io
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import NoneType
from typing import Any

import pytest
from hypothesis.errors import InvalidArgument

import geoclaims
from geoclaims import AnchorError, Article, UnknownIdError, ValidationError, annotation, interop, strategies, to_dict
from tests.conftest import imported

ARTICLE = geoclaims.load_article()
ODD: list[Any] = [None, True, 5, -1, 1.5, float("nan"), 10**30, "", "x", "\ud800", "a\0b", b"x", [], [None], [[]], {}]
ODD.extend([{1: 2}, {1}, object(), int, Article, list[Article], ARTICLE, ARTICLE.actors[0], Path("x"), io.StringIO()])
RIGHT: dict[str, tuple[Any, ...]] = {
    "collect_issues": (ValueError(),),
    "from_dict": (to_dict(ARTICLE),),
    "from_json": ("{}",),
    "read_csv": ("nowhere",),
    "read_draft": ({"id": "x", "actors": [], "statements": []}, "No."),
    "read_jsonl": ("nowhere",),
    "write_csv": ("folder", ARTICLE),
    "write_jsonl": ("lines", ARTICLE),
}
"""The right arguments of the functions that take more than articles, into which wrong ones are put one at a time."""
AS_DATA = {
    "from_dict": ["data"],
    "read_draft": ["draft"],
    "Quantity.of": ["number", "unit", "approximate"],
}
"""The arguments that are data whatever their type."""
FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: function
    for module in (geoclaims, annotation, interop, strategies)
    for name in module.__all__
    if inspect.isfunction(function := getattr(module, name))
}
METHODS: dict[str, Callable[..., Any]] = {
    f"{type(owner).__name__}.{name}": getattr(owner, name)
    for owner, names in (
        (ARTICLE, "actor statement resolve denials_of confirmations_of by against"),
        (ARTICLE, "excerpts with_text with_added with_changes without"),
        (geoclaims.Span(0, 1, "1:1:0000000000000000"), "of find"),
        (geoclaims.Quantity.of(6, "x"), "of"),
        (geoclaims.PartialDate(2000), "of parse"),
    )
    for name in names.split()
}  # fmt: skip


def calls(name: str, odd: object) -> Iterator[tuple[str, Callable[[], Any]]]:
    """The calls of a function with something odd as one argument, by that argument; the rest are right, or as odd."""
    function = {**FUNCTIONS, **METHODS}[name]
    parameters = inspect.signature(function).parameters.values()
    needed = [each.name for each in parameters if each.default is each.empty and each.kind < each.VAR_POSITIONAL]
    right = dict(zip(needed, RIGHT.get(name, (odd,) * len(needed)), strict=True))
    for each in parameters:
        if each.name in right:
            yield each.name, partial(function, *(right | {each.name: odd}).values())
        elif each.kind in {each.POSITIONAL_ONLY, each.VAR_POSITIONAL}:
            yield each.name, partial(function, odd)
        elif each.kind is not each.VAR_KEYWORD:
            yield each.name, partial(function, *right.values(), **{each.name: odd})


def error_of(call: Callable[[], Any]) -> Exception | None:
    """What is raised, at once or when something is asked of a result that is made step by step."""
    try:
        result = call()
        if inspect.isgenerator(result):
            list(result)
    except Exception as error:  # noqa: BLE001 - the test says which may be raised
        return error
    return None


@pytest.mark.parametrize("name", [*FUNCTIONS, *METHODS])
def test_a_wrong_argument_is_a_type_error_and_wrong_data_a_validation_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "arrow" in name:
        imported("pyarrow")
    monkeypatch.chdir(tmp_path)
    wrong: tuple[type[Exception], ...] = (ValidationError, AnchorError, UnknownIdError, OSError)
    if name in strategies.__all__:  # what it is given is for Hypothesis to refuse
        wrong = (InvalidArgument,)
    for odd in ODD:
        errors = {argument: error_of(call) for argument, call in calls(name, odd)}
        assert [each for each in errors.items() if not isinstance(each[1], (NoneType, TypeError, *wrong))] == []
    errors = {argument: error_of(call) for argument, call in calls(name, object())}
    blamed = [argument for argument, error in errors.items() if isinstance(error, ValidationError | AnchorError)]
    assert blamed == AS_DATA.get(name, [])


@pytest.mark.parametrize("enum", [geoclaims.ActorKind, geoclaims.DenialKind])
def test_a_word_that_is_no_member_is_a_value_error_as_with_every_enumeration(enum: type[StrEnum]) -> None:
    with pytest.raises(ValueError, match="nothing"):
        enum("nothing")
