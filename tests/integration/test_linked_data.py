"""What processors of JSON-LD, and the types of schema.org, make of an article in the words of schema.org."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from geoclaims import Article, load_article, strategies
from geoclaims.interop import to_jsonld

# rdflib warns of a class that it uses itself
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SCHEMA = "http://schema.org/"
TERMS = to_jsonld(Article(id="a"))["@context"][1]["geoclaims"]

# As much of schema.org's context as concerns the terms that are used.
CONTEXT = {
    "@vocab": SCHEMA,
    "type": "@type",
    "id": "@id",
    "archivedAt": {"@id": f"{SCHEMA}archivedAt", "@type": "@id"},
    "datePublished": {"@id": f"{SCHEMA}datePublished", "@type": "Date"},
    "sameAs": {"@id": f"{SCHEMA}sameAs", "@type": "@id"},
    "url": {"@id": f"{SCHEMA}url", "@type": "@id"},
}

HOSTILE: list[str] = json.loads(Path(__file__).parents[1].joinpath("hostile_labels.json").read_text(encoding="utf-8"))
ARTICLES = strategies.articles(max_actors=4, max_statements=6)


def graphs(article: Article, library: Callable[[str], Any]) -> tuple[Any, Any]:
    """The RDF that rdflib and pyld each make of an article."""
    rdflib, pyld = library("rdflib"), library("pyld")
    document = json.dumps(to_jsonld(article) | {"@context": [CONTEXT, {"geoclaims": TERMS}]})
    quads = pyld.jsonld.to_rdf(json.loads(document), {"format": "application/n-quads"})
    return rdflib.Graph().parse(data=document, format="json-ld"), rdflib.Graph().parse(data=quads, format="nt")


def triples_of(node: dict[str, Any]) -> int:
    """How many triples of RDF a node of JSON-LD stands for: one for each value of each property."""
    count = 0
    for name, value in node.items():
        for each in value if isinstance(value, list) else [value]:
            count += name != "@id"
            count += triples_of(each) if isinstance(each, dict) else 0
    return count


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES)
def test_rdflib_and_pyld_find_every_link_and_every_value(article: Article, library: Callable[[str], Any]) -> None:
    _, *nodes = to_jsonld(article)["@graph"]
    iris = {node["identifier"]: node["@id"] for node in nodes}
    expected = {
        term: {(iris[s.id], iris[id]) for s in article.statements for id in getattr(s, field, ())}
        for term, field in (
            (f"{TERMS}denies", "denies"),
            (f"{TERMS}confirms", "confirms"),
            (f"{TERMS}accuses", "accused"),
            (f"{TERMS}reportedBy", "reported_by"),
            (f"{SCHEMA}about", "about"),
        )
    }
    expected[f"{SCHEMA}author"] = {(iris[s.id], iris[s.speaker]) for s in article.statements}
    for graph in graphs(article, library):
        for term, links in expected.items():
            found = graph.subject_objects(library("rdflib").URIRef(term))
            assert {(str(source), str(target)) for source, target in found} == links
        assert len(graph) == sum(map(triples_of, to_jsonld(article)["@graph"]))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_rdflib_and_pyld_find_every_text_as_it_is(
    text: str, dressed: Callable[..., Article], library: Callable[[str], Any]
) -> None:
    plain, hostile = (graphs(dressed(word, word, word, ""), library) for word in ("Zqx", text))
    for one, other in zip(plain, hostile, strict=True):
        words, texts = (
            {str(value) for value in graph.objects() if isinstance(value, library("rdflib").Literal)}
            for graph in (one, other)
        )
        assert texts == {word.replace("Zqx", text) for word in words}


def test_rdflib_and_pyld_read_the_bundled_article_alike(library: Callable[[str], Any]) -> None:
    assert library("rdflib.compare").isomorphic(*graphs(load_article(), library))


def in_schema_org_alone(value: Any) -> Any:
    """A part of the document without the terms of our own."""
    if isinstance(value, dict):
        return {name: in_schema_org_alone(inner) for name, inner in value.items() if not name.startswith("geoclaims:")}
    return list(map(in_schema_org_alone, value)) if isinstance(value, list) else value


def complaints(folder: Path, node_modules: Path, *graphs: list[Any]) -> str:
    """What TypeScript says of graphs under the types that are made from schema.org's vocabulary, each a file."""
    (folder / "node_modules").symlink_to(node_modules)
    for number, graph in enumerate(graphs):
        (folder / f"document{number}.ts").write_text(
            'import type { CountryLeaf, GovernmentOrganizationLeaf, MergeLeafTypes, Thing } from "schema-dts";\n'
            "type State = MergeLeafTypes<[CountryLeaf, GovernmentOrganizationLeaf]>;\n"
            f"export const graph: readonly (Thing | State)[] = {json.dumps(in_schema_org_alone(graph), indent=1)};\n",
            encoding="utf-8",
        )
    command = ["node_modules/.bin/tsc", "--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler"]
    files = sorted(file.name for file in folder.glob("*.ts"))
    checked = subprocess.run([*command, *files], cwd=folder, capture_output=True, text=True, check=False)
    return checked.stdout + checked.stderr


def some_articles() -> list[Article]:
    """The bundled article, and many others."""
    found = [load_article()]

    @settings(max_examples=40, database=None, derandomize=True, phases=[Phase.generate])
    @given(ARTICLES)
    def collect(article: Article) -> None:
        found.append(article)

    collect()
    return found


def test_the_types_of_schema_org_find_mistakes_and_none_in_articles(tmp_path: Path, node_modules: Path) -> None:
    right = [node for article in some_articles() for node in to_jsonld(article)["@graph"]]
    mistakes = [
        {"@type": "Claim", "txt": "a property that there is not"},
        {"@type": "Claim", "author": {"@type": "Place", "name": "no author"}},
        {"@type": "Claimed", "text": "a type that there is not"},
        {"@type": "Person", "denies": "a property of no person"},
    ]
    said = complaints(tmp_path, node_modules, right, *([mistake] for mistake in mistakes))
    wrong = set(re.findall(r"^([^(\n]*)\([0-9].* error TS", said, re.MULTILINE))
    assert wrong == {f"document{number}.ts" for number in (1, 2, 3, 4)}, said
