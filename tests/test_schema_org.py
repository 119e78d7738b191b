"""What the golden graph does not show: the domains of properties, addresses, and JSON for pages."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from geoclaims import Actor, ActorKind, Article, load_article
from geoclaims.interop import to_jsonld, to_jsonld_text
from geoclaims.strategies import articles
from tests.places import ARTICLE

TERMS = "urn:uuid:57ed6279-9e77-4b27-a65c-cb046acb8f9d#"
# Where schema.org 30.0 says a property belongs, and what it says its values are, each with the classes below it.
CREATIVE_WORKS = {"CreativeWork", "NewsArticle", "Claim", "Quotation"}
AUTHORS = {"Person", "Organization", "GovernmentOrganization"}
ACTORS = AUTHORS | {"Country", "Thing"}
THINGS = ACTORS | CREATIVE_WORKS | {"QuantitativeValue", "Place"}
VOCABULARY: dict[str, tuple[set[str], set[str]]] = {
    "about": (CREATIVE_WORKS, THINGS),
    "alternateName": (THINGS, {"Text"}),
    "appearance": ({"Claim"}, CREATIVE_WORKS),
    "archivedAt": (CREATIVE_WORKS, {"URL"}),
    "articleBody": ({"NewsArticle"}, {"Text"}),
    "author": (CREATIVE_WORKS, AUTHORS),
    "citation": (CREATIVE_WORKS, CREATIVE_WORKS | {"Text"}),
    "contentLocation": (CREATIVE_WORKS, {"Place", "Country"}),
    "creator": (CREATIVE_WORKS, AUTHORS),
    "datePublished": (CREATIVE_WORKS, {"Date"}),
    "hasPart": (CREATIVE_WORKS, CREATIVE_WORKS),
    "headline": (CREATIVE_WORKS, {"Text"}),
    "identifier": (THINGS, {"Text", "URL"}),
    "inLanguage": (CREATIVE_WORKS, {"Text"}),
    "jobTitle": ({"Person"}, {"Text"}),
    "keywords": (CREATIVE_WORKS | AUTHORS, {"Text", "URL"}),
    "maxValue": ({"QuantitativeValue"}, {"Number"}),
    "mentions": (CREATIVE_WORKS, THINGS),
    "minValue": ({"QuantitativeValue"}, {"Number"}),
    "name": (THINGS, {"Text"}),
    "publisher": (CREATIVE_WORKS, AUTHORS),
    "sameAs": (THINGS, {"URL"}),
    "sdPublisher": (CREATIVE_WORKS, AUTHORS | {"Text"}),  # a text where a thing is expected is what schema.org allows
    "temporalCoverage": (CREATIVE_WORKS, {"Text", "URL"}),
    "text": (CREATIVE_WORKS, {"Text"}),
    "unitText": ({"QuantitativeValue"}, {"Text"}),
    "url": (THINGS, {"URL"}),
    "worksFor": ({"Person"}, {"Organization", "GovernmentOrganization"}),
}


def test_the_name_of_an_article_is_no_name_of_what_is_in_it() -> None:
    first, second = to_jsonld(Article(id="same", actors=[Actor(id="same", name="A")]))["@graph"]
    assert first["@id"] != second["@id"]


def test_a_person_works_for_a_group_an_organization_or_a_state_and_only_acts_on_behalf_of_others() -> None:
    employers = {ActorKind.GROUP, ActorKind.ORGANIZATION, ActorKind.STATE}
    for kind, other in product(ActorKind, ActorKind):
        actors = [Actor(id="a", name="A", kind=kind, on_behalf_of="b"), Actor(id="b", name="B", kind=other)]
        _, proxy, principal = to_jsonld(Article(id="x", actors=actors))["@graph"]
        assert proxy["geoclaims:onBehalfOf"] == {"@id": principal["@id"]}
        assert ("worksFor" in proxy) == (kind is ActorKind.PERSON and other in employers)
        assert proxy.get("worksFor") in (None, proxy["geoclaims:onBehalfOf"])


@pytest.mark.parametrize("indent", [None, 2])
def test_the_text_is_the_same_json_without_markup(indent: int | None) -> None:
    article = Article(id="example", title="</script><script>alert(1)</script>", publisher="<!-- <b> &lt;")
    text = to_jsonld_text([article, ARTICLE], indent=indent)
    assert json.loads(text) == to_jsonld([article, ARTICLE])
    assert not set(text) & set("<>&")
    assert text.startswith('{"@context":["https://schema.org",{"geoclaims":"') == (indent is None)


def test_every_term_of_our_own_is_defined_in_a_namespace_that_is_no_address() -> None:
    assert to_jsonld([])["@context"] == ["https://schema.org", {"geoclaims": TERMS}]
    page = Path(__file__).parents[1] / "docs" / "reference" / "interop.md"
    defined = set(re.findall("^\\| `(geoclaims:[A-Za-z]+)`", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert defined == set(re.findall('"(geoclaims:[A-Za-z]+)"', to_jsonld_text(ARTICLE)))
    assert TERMS in page.read_text(encoding="utf-8")


def types_of(node: dict[str, Any]) -> set[str]:
    return {node["@type"]} if isinstance(node["@type"], str) else set(node["@type"])


def misfits(article: Article) -> list[tuple[str, str]]:
    """The places where a property is not where schema.org has it, or has not the values that it should."""
    found = to_jsonld(article)["@graph"]
    by_iri = {node["@id"]: node for node in found}
    wrong: list[tuple[str, str]] = []
    for node in found:
        inner = [value for values in node.values() for value in (values if isinstance(values, list) else [values])]
        found += [value for value in inner if isinstance(value, dict) and "@type" in value]
        for name, values in node.items():
            if name.startswith(("@", "geoclaims:")):
                continue
            domain, values_of = VOCABULARY[name]
            if not types_of(node) & domain:
                wrong.append((name, "domain"))
            for value in values if isinstance(values, list) else [values]:
                if isinstance(value, dict):
                    kinds = types_of(by_iri[value["@id"]] if "@id" in value else value)
                else:
                    kinds = {"Number"} if isinstance(value, int) else {"Text", "URL", "Date"}
                if not kinds & (values_of | {"Thing"}):  # of an unknown actor nothing more is said
                    wrong.append((name, "range"))
    return wrong


@given(articles())
def test_properties_stand_where_schema_org_has_them(article: Article) -> None:
    assert misfits(article) == misfits(ARTICLE) == misfits(load_article()) == []
