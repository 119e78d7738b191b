"""What geoclaims says to a language model has the rules of the codebook, and every key of the schema."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from geoclaims import DenialKind
from geoclaims.annotation import draft_schema

PROMPT = files("geoclaims").joinpath("data/prompt.md").read_text("utf-8")
ANNOTATE = Path(__file__).parents[1] / "docs" / "annotate"


def test_it_has_the_rules_of_the_sheet_and_the_version_of_the_codebook() -> None:
    sheet = (ANNOTATE / "practice" / "sheet.md").read_text("utf-8")
    assert sheet[sheet.index("1. **") :].rstrip() in PROMPT
    (version,) = re.findall(r"version ([0-9.]+[0-9])", (ANNOTATE / "codebook.md").read_text("utf-8"), re.IGNORECASE)[:1]
    assert f"codebook, version {version}." in PROMPT
    assert f"(../codebook.md), version {version}, on one page" in sheet


def test_it_names_every_key_and_every_value_of_the_schema() -> None:
    schema = draft_schema(dialect="structured_output")
    parts = list(schema["$defs"].values())
    keys = {key for part in parts for key in part["properties"]}
    values = {value for part in parts for key in part["properties"].values() for value in key.get("enum", ())}
    missing = [f"`{key}`" for key in sorted(keys) if f"`{key}`" not in PROMPT]
    missing += [value for value in sorted(values) if value not in PROMPT.lower()]
    assert not missing, f"src/geoclaims/data/prompt.md does not name {missing}"


@pytest.mark.parametrize("page", ["codebook.md", "practice/sheet.md"])
def test_the_codebook_and_the_sheet_decide_between_all_kinds_of_denials(page: str) -> None:
    text = (ANNOTATE / page).read_text("utf-8")
    assert [kind for kind in DenialKind if f"`{kind}`" not in text] == []


def test_it_names_the_rules_that_only_reading_checks() -> None:
    for rule in ("ISO 3166-1", "outermost first", "at least one", "2031-05-07", "never lead back"):
        assert rule in PROMPT


def test_it_is_short() -> None:
    assert len(PROMPT.split()) < 800
