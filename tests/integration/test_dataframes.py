"""Data frames and databases, by the libraries that people use; and the examples of the guide to tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from sybil import Document
from sybil.parsers.myst import PythonCodeBlockParser

from geoclaims import Actor, Allegation, Article, Denial, PartialDate, Quantity, Statement, load_article
from geoclaims.interop import to_arrow, to_arrow_batches, to_records

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = DOCS / "study" / "tables.md"
ARTICLES = (
    Article(id="empty"),
    load_article(),
    attrs.evolve(load_article(), id="again"),
    Article(
        id="large",
        published=PartialDate(2025, 4),
        actors=[Actor(id="a", name="=1+1"), Actor(id="b", name="B|b", aliases=["x", "y"])],
        statements=[
            Statement(id="s1", speaker="a", content="Many.", quantities=[Quantity(maximum=2**63 - 1, unit="x")]),
            Allegation(id="s2", speaker="a", content="They did.", accused=["b", "a"]),
            Denial(id="s3", speaker="b", content="They did not.", denies=["s2", "s1"]),
        ],
        text="one\r\ntwo 🙂 \x01",
    ),
)
PAIRS = {
    (article.id, denial.id, denied) for article in ARTICLES for denial in article.denials for denied in denial.denies
}

Library = Callable[[str], Any]


@pytest.mark.parametrize("name", ["tables", "large-corpora"])
def test_the_examples_of_a_guide_print_what_they_say(
    name: str, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for needed in ("pandas", "polars", "duckdb", "pyarrow"):
        library(needed)
    monkeypatch.chdir(DOCS / "examples")
    # What is marked py needs more than geoclaims itself; other tests run the rest alone.
    guide = tmp_path / "guide.md"
    text = (DOCS / "study" / f"{name}.md").read_text(encoding="utf-8")
    guide.write_text(text.replace("```py\n", "```python\n"), encoding="utf-8")
    for example in Document.parse(str(guide), PythonCodeBlockParser()).examples():
        example.evaluate()


def test_pandas_takes_records(library: Library) -> None:
    frame = library("pandas").DataFrame(to_records(ARTICLES))
    records = list(to_records(ARTICLES))
    assert list(frame.columns) == list(records[0])
    assert frame.astype(object).where(frame.notna(), None).to_dict("records") == records


def test_polars_takes_records(library: Library) -> None:
    records = list(to_records(ARTICLES))
    assert library("polars").DataFrame(to_records(ARTICLES), infer_schema_length=None).to_dicts() == records


def test_polars_takes_arrow(library: Library) -> None:
    polars = library("polars")
    for frame in (polars.from_arrow(to_arrow(ARTICLES)), polars.DataFrame(to_arrow_batches(ARTICLES))):
        assert frame.to_dicts() == to_arrow(ARTICLES).to_pylist()
    said = polars.DataFrame(to_arrow(ARTICLES)).select(polars.col("id").alias("article"), "statements")
    denials = said.explode("statements").drop_nulls().unnest("statements").explode("denies").drop_nulls("denies")
    assert set(denials.select("article", "id", "denies").rows()) == PAIRS


def test_duckdb_takes_arrow(library: Library) -> None:
    duckdb = library("duckdb")
    with duckdb.connect() as connection:
        connection.register("claims", to_arrow(ARTICLES))
        connection.execute("create table kept as from claims")
        assert connection.sql("from kept").to_arrow_table().to_pylist() == to_arrow(ARTICLES).to_pylist()
        query = "with said as (select id as article, unnest(statements) as it from kept) "
        query += "select article, it.id, unnest(it.denies) from said"
        assert set(connection.sql(query).fetchall()) == PAIRS
        connection.register("arriving", to_arrow_batches(ARTICLES))
        count = sum(len(article.statements) for article in ARTICLES)
        assert connection.sql("select sum(len(statements)) from arriving").fetchall() == [(count,)]
