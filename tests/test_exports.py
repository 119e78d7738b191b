from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest
from hypothesis import given

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    from_json,
    interop,
    json_schema,
    strategies,
    to_dict,
    to_json,
)
from geoclaims._command_line.formats import FORMATS
from geoclaims.annotation import compare, draft_schema, to_draft
from geoclaims.interop import to_html, to_jsonld, to_jsonld_text, to_svg

RESULTS: list[Callable[[Article], Any]] = [
    to_dict,
    to_jsonld,
    to_jsonld_text,
    to_svg,
    to_html,
    lambda article: {} if article.text is None else to_draft(article),
    lambda article: list(interop.to_records([article])),
    lambda article: compare(article, article).to_dict(),
]
SCHEMAS: list[Callable[[], Any]] = [
    json_schema,
    partial(json_schema, dialect="portable"),
    draft_schema,
    partial(draft_schema, dialect="structured_output"),
]


def emptied(value: Any) -> None:
    """Take everything out of a result."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            emptied(inner)
        value.clear()


@given(strategies.articles())
def test_equal_articles_give_equal_results_whatever_is_done_to_one_of_these(article: Article) -> None:
    again = from_json(to_json(article))
    for result in RESULTS:
        before = json.dumps(result(article))
        emptied(result(article))
        assert json.dumps(result(again)) == json.dumps(result(article)) == before


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_is_the_same_whatever_is_done_to_another(schema: Callable[[], Any]) -> None:
    before = json.dumps(schema())
    emptied(schema())
    assert json.dumps(schema()) == before


@given(strategies.articles())
def test_every_iri_in_a_graph_leads_to_an_object_in_it(article: Article) -> None:
    graph = to_jsonld(article)["@graph"]
    nodes = {node["@id"] for node in graph}
    assert len(nodes) == len(graph) == 1 + len(article.actors) + len(article.statements)
    assert set(references(graph)) <= nodes


def references(value: Any) -> list[str]:
    """All IRIs that refer to a node."""
    if isinstance(value, dict):
        return [value["@id"]] if set(value) == {"@id"} else references(list(value.values()))
    return [iri for inner in value for iri in references(inner)] if isinstance(value, list) else []


LONG = "Ж" * 1_000
URL = f"https://example.org/{'Щ' * 180}"


def repeating(url: str = URL) -> Article:
    """An article that repeats one long name, one long content and a long title."""
    lin, state = "l" * 100, "s" * 100
    claim = Allegation(id="c" * 100, speaker=lin, content=LONG, quotes=[LONG, "q"], accused=[lin, state])
    denial = Denial(id="d" * 100, speaker=state, content="No.", denies=[claim.id], about=[claim.id], reported_by=[lin])
    actors = [Actor(id=lin, name=LONG, on_behalf_of=state), Actor(id=state, name="A state")]
    return Article(id="a" * 100, title=LONG, url=url, archived_at=url, actors=actors, statements=[claim, denial])


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "parquet"])
def test_what_is_repeated_from_another_object_is_cut_at_200_characters(
    name: str, exported: Callable[[str, Article], Mapping[str, str]]
) -> None:
    article = repeating()
    runs = re.findall("Ж+…?", "".join(exported(name, article).values()))
    assert [run for run in runs if run != LONG and len(run) > (300 if name in {"svg", "html"} else 200)] == []
    # the title, the name, the content and a quotation, each where the object itself is written
    assert runs.count(LONG) <= {"records": 2, "svg": 1, "html": 5}.get(name, 4)


@pytest.mark.parametrize("name", ["csv", "records", "jsonld", "json", "jsonl"])
def test_neither_the_words_of_a_statement_nor_ids_are_cut(
    name: str, exported: Callable[[str, Article], Mapping[str, str]]
) -> None:
    written = "".join(exported(name, repeating()).values())
    assert written.count(LONG) >= 2
    assert [each for each in "aldcs"[: 5 if name != "records" else 3] if each * 100 not in written] == []


def test_an_address_of_more_than_200_characters_is_left_out_where_it_is_repeated() -> None:
    for url, kept in ((URL[:200], True), (f"{URL}1", False)):
        assert len(url) <= 201
        article = repeating(url)
        record, _ = interop.to_records([article])
        assert (record["article_url"], record["article_archived_at"]) == ((url, url) if kept else (None, None))
