from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import attrs
import pytest

from geoclaims import Actor, Allegation, Article, Denial, Quantity, Span, Statement, load_article
from geoclaims.interop import to_events, to_records

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


def tables(page: str) -> dict[str, list[list[str]]]:
    """The rows of the tables on a page, by the heading that they stand under."""
    path = REFERENCE / page
    if not path.exists():
        pytest.skip("the documentation is in the repository only")
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
        ("Statement", [Statement, Allegation, Denial]),
        ("Quantity and span", [Quantity, Span]),
    ],
)
def test_the_page_says_of_every_field_what_becomes_of_it(section: str, models: list[Any]) -> None:
    rows = tables("formats-side-by-side.md")[section]
    fields = {field.name for model in models for field in attrs.fields(model)}
    assert code([row[0] for row in rows]) == fields
    assert {len(row) for row in rows} == {6}
    assert all(all(row) for row in rows)


def test_what_the_page_names_is_in_the_exports() -> None:
    rows = [row for section in tables("formats-side-by-side.md").values() for row in section]
    article = load_article()
    records = {key for record in to_records([article]) for key in record}
    assert code([row[1] for row in rows]) <= records
    columns = {key for row in to_events([article]) for key in row}
    assert code([row[3] for row in rows]) - {"GOV"} <= columns
