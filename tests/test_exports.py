from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from geoclaims import Article, Denial, from_json, interop, strategies, to_json
from geoclaims.interop import to_dot, to_events, to_html, to_jsonld, to_jsonld_text, to_mermaid, to_stix, to_svg


def events_of(article: Article) -> list[dict[str, str | int]]:
    return to_events([article])


EXPORTS: list[Callable[[Article], Any]] = [
    to_jsonld,
    to_jsonld_text,
    events_of,
    to_stix,
    to_mermaid,
    to_dot,
    to_svg,
    to_html,
]


@pytest.mark.parametrize("export", [interop.to_records, to_events, partial(interop.write_csv, "nowhere")])
def test_one_article_by_itself_is_no_list_of_articles(export: Callable[[Any], Any]) -> None:
    with pytest.raises(TypeError, match="found a value of type Article, expected a list of articles"):
        export(Article(id="a"))
    assert not Path("nowhere").exists()


@given(article=strategies.articles())
def test_an_article_gives_the_same_export_as_its_equal(article: Article) -> None:
    equal = from_json(to_json(article))
    for export in EXPORTS:
        exported = export(article)
        assert exported == export(equal)
        assert json.loads(json.dumps(exported)) == exported


@given(article=strategies.articles())
def test_every_id_in_a_bundle_leads_to_an_object_in_it(article: Article) -> None:
    things = to_stix(article).get("objects", [])
    ids = [thing["id"] for thing in things]
    assert len(set(ids)) == len(ids)
    named = [
        thing[name] for thing in things for name in ("created_by_ref", "source_ref", "target_ref") if name in thing
    ]
    referred = [id for thing in things for id in thing.get("object_refs", ())]
    assert set(named + referred) <= set(ids)


@given(article=strategies.articles())
def test_every_iri_in_json_ld_leads_to_a_node(article: Article) -> None:
    graph = to_jsonld(article)["@graph"]
    nodes = {node["@id"] for node in graph}
    assert len(nodes) == len(graph) == 1 + len(article.actors) + len(article.statements)
    assert set(references(graph)) <= nodes


def references(value: Any) -> list[str]:
    """All IRIs that refer to a node."""
    if isinstance(value, dict):
        return [value["@id"]] if set(value) == {"@id"} else references(list(value.values()))
    return [iri for inner in value for iri in references(inner)] if isinstance(value, list) else []


@given(article=strategies.articles())
def test_every_statement_has_its_rows(article: Article) -> None:
    rows = events_of(article)
    assert list(dict.fromkeys(row["StatementId"] for row in rows)) == [s.id for s in article.statements]
    for row in rows:
        statement = article.statement(str(row["StatementId"]))
        assert row["Actor1Name"] == article.actor(statement.speaker).name
        if isinstance(statement, Denial):
            assert row["Actor2Name"] in {article.actor(article.statement(id).speaker).name for id in statement.denies}
    assert all(isinstance(value, str) for row in rows for name, value in row.items() if name != "QuadClass")
