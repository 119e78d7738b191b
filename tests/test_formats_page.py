from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest

from geoclaims import Actor, Article, Quantity, Span, load_article
from geoclaims._command_line.formats import FORMATS
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.interop import to_records

PAGE = (Path(__file__).parents[1] / "docs" / "reference" / "left-out.md").read_text(encoding="utf-8")


def tables() -> dict[str, list[list[str]]]:
    """The rows of the tables of fields on the page, by the heading that they stand under."""
    sections = re.split("^## ", PAGE, flags=re.MULTILINE)[1:]
    return {
        section.partition("\n")[0]: [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in section.splitlines()
            if line.startswith("| ") and not line.startswith("| field")
        ]
        for section in sections
        if "\n| field |" in section
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
    rows = tables()[section]
    fields = {field.name for model in models for field in attrs.fields(model)}
    assert code([row[0] for row in rows]) == fields
    assert {len(row) for row in rows} == {5}
    assert all(all(row) for row in rows)


def columns() -> dict[str, list[str]]:
    """The formats of each column of the page, and behind them those that have none."""
    rows = re.findall(r"^\| ([^|]+) \| (`[a-z]+`(?:, `[a-z]+`)*) \|$", PAGE, re.MULTILINE)
    return {column: re.findall("`(.+?)`", formats) for column, formats in rows}


def test_every_format_stands_on_the_page_once() -> None:
    header = re.search("^\\| field \\| (.*) \\|$", PAGE, re.MULTILINE)
    assert header
    *with_column, _ = columns()
    assert header[1].split(" | ") == with_column
    assert sorted(name for formats in columns().values() for name in formats) == sorted(FORMATS)


REQUIRED = {"id", "actors", "statements", "name", "speaker", "content", "accused", "denies"}


@pytest.mark.parametrize("section", ["Article", "Actor", "Statement"])
def test_a_dash_on_the_page_says_that_a_field_is_lost_and_anything_else_that_it_is_not(
    section: str,
    golden: Article,
    without: Callable[[str, str], Sequence[Article]],
    exported: Callable[[str, Article], object],
) -> None:
    for row in tables()[section]:
        for field in code([row[0]]) - REQUIRED:
            for formats, cell in zip(columns().values(), [*row[1:], "kept"], strict=True):
                changed = {
                    name
                    for name in formats
                    if not FORMATS[name].is_binary  # which needs an extra
                    and any(exported(name, article) != exported(name, golden) for article in without(section, field))
                }
                assert bool(changed) == (cell != "—"), f"{field} in {formats}"
                assert cell != "kept" or changed == {name for name in formats if not FORMATS[name].is_binary}, (
                    f"{field} in {formats}"
                )


def test_what_the_page_names_is_in_the_exports() -> None:
    rows = [row for section in tables().values() for row in section]
    article = load_article()
    records = {key for record in to_records([article]) for key in record}
    assert code([row[1] for row in rows]) <= records
