from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest

from geoclaims import Actor, Article, Quantity, Span, load_article
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.interop import to_dot, to_events, to_jsonld, to_mermaid, to_records, to_stix, to_svg

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


def tables(page: str) -> dict[str, list[list[str]]]:
    """The rows of the tables on a page, by the heading that they stand under."""
    path = REFERENCE / page
    sections = re.split("^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {
        section.partition("\n")[0]: [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in section.splitlines()
            if line.startswith("| ") and not line.startswith("| field")
        ]
        for section in sections
    }


def code(cells: list[str]) -> set[str]:
    return {word for cell in cells for word in re.findall("`([^`]+)`", cell)}


@pytest.mark.parametrize(
    ("section", "models"),
    [
        ("Article", [Article]),
        ("Actor", [Actor]),
        ("Statement", STATEMENT_TYPES),
        ("Quantity and span", [Quantity, Span]),
    ],
)
def test_the_page_says_of_every_field_what_becomes_of_it(section: str, models: Sequence[Any]) -> None:
    rows = tables("formats-side-by-side.md")[section]
    fields = {field.name for model in models for field in attrs.fields(model)}
    assert code([row[0] for row in rows]) == fields
    assert {len(row) for row in rows} == {6}
    assert all(all(row) for row in rows)


# An output for each column of the page.
EXPORTS: dict[str, Callable[[Article], Any]] = {
    "records": lambda article: list(to_records([article])),
    "schema.org": to_jsonld,
    "CAMEO events": lambda article: to_events([article], code=lambda statement: "1124" if statement.labels else None),
    "STIX 2.1": to_stix,
    "pictures": lambda article: (to_mermaid(article), to_dot(article), to_svg(article)),
}
REQUIRED = {"id", "actors", "statements", "name", "speaker", "content", "accused", "denies"}


@pytest.mark.parametrize("section", ["Article", "Actor", "Statement"])
def test_a_dash_on_the_page_says_that_a_field_is_lost_and_anything_else_that_it_is_not(
    section: str, golden: Article, without: Callable[[str, str], Sequence[Article]]
) -> None:
    for row in tables("formats-side-by-side.md")[section]:
        for name in code([row[0]]) - REQUIRED:
            for (export, function), cell in zip(EXPORTS.items(), row[1:], strict=True):
                kept = any(function(article) != function(golden) for article in without(section, name))
                assert kept == (cell != "—"), f"{name} in {export}"


def test_what_the_page_names_is_in_the_exports() -> None:
    rows = [row for section in tables("formats-side-by-side.md").values() for row in section]
    article = load_article()
    records = {key for record in to_records([article]) for key in record}
    assert code([row[1] for row in rows]) <= records
    columns = {key for row in to_events([article]) for key in row}
    assert code([row[3] for row in rows]) - {"GOV"} <= columns
