"""What a converter must not take for a claim is said wherever claims come in."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest

from geoclaims import interop

DOCS = Path(__file__).parents[1] / "docs"
IMPORTERS = [
    function
    for function in (getattr(interop, name) for name in interop.__all__)
    if "Article" in str(inspect.signature(function).return_annotation)
]


def test_there_are_functions_that_take_claims_in() -> None:
    assert {interop.read_claim_reviews, interop.read_csv} <= set(IMPORTERS)


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.__name__)
def test_whatever_takes_claims_in_says_that_what_was_not_said_is_none(importer: Any) -> None:
    told = " ".join(importer.__doc__.split())
    assert '"did not say" or "denied saying"' in told
    assert "is not a claim: remove" in told


@pytest.mark.parametrize("page", ["annotate/annotation-tools.md", "study/import.md", "study/tables.md"])
def test_the_guides_that_bring_data_in_lead_to_what_was_not_said(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert "(../reference/interop.md#what-was-not-said)" in text
    assert "## What was not said" in (DOCS / "reference/interop.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", ["Did not say", "Denied saying"])
def test_the_codebook_decides_what_was_not_said(words: str) -> None:
    statements, _, _ = (DOCS / "annotate" / "codebook.md").read_text(encoding="utf-8").partition("## The other fields")
    assert f"*{words} that p*".lower() in statements.lower()
