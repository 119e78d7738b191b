"""What other libraries do with the types of geoclaims is what the documentation says."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import cattrs
import pytest

from geoclaims import Actor, Allegation, Article, Denial, Statement, from_dict, to_dict
from tests.places import ARTICLE, DOCUMENT

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "python" / "your-own-classes.md").read_text(encoding="utf-8").partition("## What other ")[2]
LIST = re.compile(r"^(Right|Refused|Loses)\b.*:\n\n((?:[- ].*\n)+)", re.MULTILINE)
WRITING, READING = (
    [
        (call, outcome.lower(), said)
        for outcome, lines in LIST.findall(part)
        for call, said in re.findall(r"^- `(.+?)`(?:: (.+))?$", lines, re.MULTILINE)
    ]
    for part in PAGE.split("### Reading")
)
ROWS = [*WRITING, *READING]
DATES = {"date", "event_date", "event_end"}
CLAIM = {key: value for key, value in to_dict(ARTICLE.allegations[0]).items() if key not in DATES}
ACTOR = to_dict(ARTICLE.actors[0])
OBJECTS = [ARTICLE, from_dict(CLAIM, Allegation), from_dict(ACTOR, Actor)]


@pytest.fixture
def names(library: Callable[[str], Any]) -> dict[str, Any]:
    """What the calls of the lists know."""
    for module in ("mashumaro.codecs.basic", "serde.json"):
        library(module)
    others = ("msgspec", "dacite", "dataclasses_json", "mashumaro", "serde")
    return {
        **{name: library(name) for name in others},
        **{module.__name__: module for module in (attrs, cattrs, copy, dataclasses, json, library("orjson"), pickle)},
        **{model.__name__: model for model in (Actor, Allegation, Article, Denial, Statement)},
        "Dossier": dataclasses.make_dataclass("Dossier", [("article", Article)]),
        "article": ARTICLE,
        "document": DOCUMENT,
        "claim": CLAIM,
        "actor": ACTOR,
    }


def test_the_lists_have_calls_of_every_outcome() -> None:
    assert {outcome for _, outcome, _ in ROWS} == {"right", "refused", "loses"}
    assert len(ROWS) == len(re.findall(r"^- `", PAGE, re.MULTILINE)) > 30


@pytest.mark.parametrize(("call", "outcome", "said"), ROWS, ids=[call for call, _, _ in ROWS])
def test_a_call_has_the_outcome_that_the_list_says(names: dict[str, Any], call: str, outcome: str, said: str) -> None:
    try:
        result = eval(call, names)  # noqa: S307 - calls of the documentation
    except Exception as error:  # noqa: BLE001 - in any way it likes
        result = error
    expected = [ARTICLE, DOCUMENT] if (call, outcome, said) in WRITING else OBJECTS
    right = any(type(result) is type(each) and result == each for each in expected)
    assert outcome == ("right" if right else "refused" if isinstance(result, Exception) else "loses"), result
    assert said or outcome != "loses"


def test_whatever_reads_an_object_keeps_the_rules_of_geoclaims(names: dict[str, Any]) -> None:
    wrong = {**ACTOR, "id": "no id"}
    for read in (cattrs.structure, names["msgspec"].convert):
        with pytest.raises(Exception, match=r"no id|structuring Actor"):
            read(wrong, Actor)
