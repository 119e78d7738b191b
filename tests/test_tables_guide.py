"""The recipes of the guide to tables, on other articles than the one that it shows."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import attrs
import pytest
from accusations import accusations, items
from hypothesis import given, settings, strategies as st
from outlets import story

from geoclaims import Actor, Allegation, Article, Denial
from geoclaims.interop import to_arrow, to_records
from geoclaims.strategies import articles

GUIDE = Path(__file__).parents[1] / "docs" / "study" / "tables.md"

# Ids that patterns and comparisons without case take for each other, one name for two actors, and `|` in it.
SIMILAR = [
    Article(
        id=f"similar-{number}",
        actors=[Actor(id="a_b", name="A|B\\", same_as=["https://a.example/x|y"]), Actor(id="aXb", name="A|B\\")],
        statements=[
            Allegation(id="s_1", speaker="a_b", content="One.\nAnd |.", accused=["aXb", "a_b"], about=["sx1"]),
            Allegation(id="sx1", speaker="a_b", content="Two\n\\|", accused=["aXb"], about=["s_1", "a_b"]),
            Allegation(id="S_1", speaker="a_b", content="Three.", accused=["a_b"]),
            Denial(id="d", speaker="aXb", content="No.", denies=["sx1", "S_1"]),
            Denial(id="D", speaker="aXb", content="No.", denies=["S_1"]),
        ],
    )
    for number in (1, 2)
]


def corpora() -> st.SearchStrategy[list[Article]]:
    """Articles with ids of their own, among them those whose parts are similar."""
    some = st.lists(articles(max_actors=4, max_statements=6), max_size=2)
    return some.map(lambda drawn: list({article.id: article for article in [*SIMILAR, *drawn]}.values()))


@given(corpus=corpora())
def test_the_query_counts_what_denials_of_returns(corpus: list[Article]) -> None:
    (query,) = re.findall(r'query = """(.*?)"""', GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    records = [tuple(record.values()) for record in to_records(corpus)]
    marks = ", ".join("?" * len(records[0]))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"create table said ({', '.join(next(to_records(corpus)))})")
        connection.executemany(f"insert into said values ({marks})", records)  # noqa: S608
        found = connection.execute(re.sub(r"^\.\.\.|limit 2", "", query, flags=re.MULTILINE)).fetchall()
    counts = [(one.id, len(article.denials_of(one))) for article in corpus for one in article.allegations]
    assert sorted(found) == sorted(counts)


@settings(max_examples=10)  # an example takes a fifth of a second
@given(corpus=corpora())
def test_the_query_for_duckdb_counts_what_denials_of_returns(corpus: list[Article]) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    (query,) = re.findall(r'duckdb\.sql\("""(.*?)"""\)', GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    counts = [(one.id, len(article.denials_of(one))) for article in corpus for one in article.allegations]
    with duckdb.connect() as connection:
        connection.register("claims", to_arrow(corpus))
        found = connection.sql(re.sub(r"^\.\.\.|limit 2", "", query, flags=re.MULTILINE)).fetchall()
    assert sorted(found) == sorted(counts)


@given(corpus=corpora())
def test_the_rows_of_accusations_say_who_accuses_whom_by_address_or_else_by_article_and_id(
    corpus: list[Article],
) -> None:
    def known_as(article: Article, id: str) -> str:
        actor = article.actor(id)
        return next((url for url in actor.same_as[:1] if len(url) <= 200), f"{article.id}/{id}")

    found = [(row["article"], row["id"], row["accuser"], row["accused"]) for row in accusations(corpus)]
    assert found == [
        (article.id, claim.id, known_as(article, claim.speaker), known_as(article, accused))
        for article in corpus
        for claim in article.allegations
        for accused in claim.accused
    ]


@given(corpus=corpora())
def test_lists_of_names_and_addresses_are_split_where_their_ids_are(corpus: list[Article]) -> None:
    for record in to_records(corpus):
        for name in ("about", "reported_by", "accused", "denied"):
            ids, names, addresses = (items(record[f"{name}{end}"]) for end in ("", "_names", "_same_as"))
            assert len(ids) == len(names)
            assert len(addresses) in {0, len(ids)}


def test_the_story_of_a_party_has_what_each_outlet_reports_against_it_with_its_denials() -> None:
    party = "https://a.example/x|y"
    rows = [list(row.values()) for row in story([attrs.evolve(SIMILAR[0], publisher="Courier"), SIMILAR[1]], party)]
    assert rows[:2] == [
        ["Courier", party, "One.\nAnd |.", []],
        ["Courier", party, "Three.", ["A|B\\", "A|B\\"]],
    ]
    assert [row[0] for row in rows] == ["Courier", "Courier", "similar-2", "similar-2"]
    assert list(story(SIMILAR, "https://a.example/other")) == []
