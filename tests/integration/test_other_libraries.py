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

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    Statement,
    ValidationError,
    configure_converter,
    from_dict,
    from_json,
    load_article,
    to_dict,
)

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
ARTICLE = from_json((ROOT / "tests" / "data" / "golden-1.0.json").read_bytes())
DOCUMENT = to_dict(ARTICLE)
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


def test_what_is_written_without_our_help_lacks_the_kinds_and_the_version(names: dict[str, Any]) -> None:
    msgspec = names["msgspec"]
    written = [
        attrs.asdict(ARTICLE),
        cattrs.unstructure(ARTICLE),
        msgspec.to_builtins(ARTICLE),
        json.loads(msgspec.json.encode(ARTICLE)),
    ]
    for document in written:
        assert "schema_version" not in document
        assert document["published"] == {"year": 2025, "month": 4, "day": 9}
        assert all("type" not in statement for statement in document["statements"])
        kinds = [[key for key in ("accused", "denies") if key in statement] for statement in document["statements"]]
        expected: dict[type[Statement], list[str]] = {Allegation: ["accused"], Denial: ["denies"], Statement: []}
        assert kinds == [expected[type(statement)] for statement in ARTICLE.statements]
        with pytest.raises(ValidationError):
            from_dict(document)


def test_the_converter_of_cattrs_for_msgspec_uses_hooks_in_a_dataclass_only_if_its_annotations_are_no_text(
    names: dict[str, Any],
) -> None:
    assert names["msgspec"]
    from cattrs.preconf.msgspec import make_converter

    converter = make_converter()
    configure_converter(converter)
    for annotation, document in ((Article, DOCUMENT), ("Article", None)):
        dossier = dataclasses.make_dataclass("Dossier", [("article", annotation)])
        written = converter.unstructure(dossier(ARTICLE))["article"]
        assert (written == DOCUMENT) is (document is not None)


def test_text_that_shows_an_article_as_code_is_no_document() -> None:
    assert json.loads(json.dumps(ARTICLE, default=str)) == repr(ARTICLE)


def test_a_kind_that_is_read_as_a_plain_statement_is_lost(names: dict[str, Any]) -> None:
    for read in (cattrs.structure, names["msgspec"].convert):
        found = read(CLAIM, Statement)
        assert type(found) is Statement
        assert found.id == CLAIM["id"]


def test_cattrs_without_our_hooks_passes_over_what_is_wrong_and_msgspec_over_unknown_keys(
    names: dict[str, Any],
) -> None:
    assert cattrs.structure({**ACTOR, "name": 5, "x": 1}, Actor) == from_dict({**ACTOR, "name": "5"}, Actor)
    assert names["msgspec"].convert({**ACTOR, "x": 1}, Actor) == from_dict(ACTOR, Actor)


def test_an_article_without_dates_is_read_right_by_cattrs() -> None:
    article = load_article()
    assert cattrs.structure(to_dict(article), Article) == article


def test_msgspec_refuses_every_union_of_kinds_and_every_date(names: dict[str, Any]) -> None:
    msgspec = names["msgspec"]
    for union in (Statement | Allegation | Denial, Allegation | Denial):
        with pytest.raises(TypeError, match="more than one"):
            msgspec.convert(CLAIM, union)
    with pytest.raises(msgspec.ValidationError, match="date"):
        msgspec.convert({**CLAIM, "date": "2025"}, Allegation)


def test_dataclasses_json_leaves_a_dictionary_unchecked(names: dict[str, Any]) -> None:
    reader = names["dataclasses_json"].dataclass_json(names["Dossier"])
    assert reader.from_dict({"article": {"no": "article"}}).article == {"no": "article"}


def test_whatever_reads_an_object_keeps_the_rules_of_geoclaims(names: dict[str, Any]) -> None:
    wrong = {**ACTOR, "id": "no id"}
    for read in (cattrs.structure, names["msgspec"].convert):
        with pytest.raises(Exception, match=r"no id|structuring Actor"):
            read(wrong, Actor)
