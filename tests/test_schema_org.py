from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    DenialKind,
    PartialDate,
    Quantity,
    Statement,
    ValidationError,
    load_article,
)
from geoclaims.interop import to_jsonld, to_jsonld_text

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


def full_article() -> Article:
    actors = [
        Actor(id="sudria", name="Sudria", kind=ActorKind.STATE, country="SDN", aliases=["the south"], role="state"),
        Actor(id="ministry", name="The ministry", kind=ActorKind.ORGANIZATION, on_behalf_of="sudria"),
        Actor(
            id="lee",
            name="Lee",
            kind=ActorKind.PERSON,
            role="spokesman",
            on_behalf_of="ministry",
            same_as=["https://example.org/lee", "https://example.org/ü{}"],
        ),
        Actor(id="aide", name="an aide", kind=ActorKind.PERSON, on_behalf_of="lee", anonymous=True),
        Actor(id="crowd", name="The crowd", kind=ActorKind.GROUP),
        Actor(id="club", name="The club", kind=ActorKind.ORGANIZATION, on_behalf_of="crowd"),
        Actor(id="someone", name="someone", on_behalf_of="club"),
    ]
    statements: list[Statement] = [
        Allegation(
            id="s1",
            speaker="someone",
            content="Sudria sent drones.",
            quotes=["drones", "drones"],
            cue="claimed",
            date=PartialDate(2031, 5, 6),
            event_date=PartialDate(2031, 4),
            event_end=PartialDate(2031, 5, 1),
            event_place="Esk",
            about=["lee"],
            reported_by=["crowd", "aide"],
            quantities=[Quantity(minimum=0, maximum=0, unit="people"), Quantity(maximum=9, unit="m", approximate=True)],
            basis="pictures",
            appearances=["https://example.org/posts/ü"],
            labels=["air", "b,c"],
            accused=["sudria", "club"],
        ),
        Denial(id="s2", speaker="lee", content="No.", denies=["s1"], kind=DenialKind.BLAME_SHIFT, about=["s1"]),
        Denial(id="s3", speaker="aide", content="No!", denies=["s1", "s2"], event_end=PartialDate(2031)),
        Statement(id="s4", speaker="crowd", content="Drones came.", confirms=["s1"], event_date=PartialDate(2031, 4)),
    ]
    return Article(
        id="example",
        title="Drones </script>",
        publisher="The Esk Times",
        annotator="A. Reader",
        url="https://example.org/1",
        archived_at="https://example.org/archive/1",
        published=PartialDate(2031, 5, 8),
        language="en",
        actors=actors,
        statements=statements,
        text="The text & more.",
    )


def nodes(article: Article) -> dict[str, dict[str, Any]]:
    """The nodes of the graph by the ids that they have in the article."""
    return {node["identifier"]: node for node in to_jsonld(article)["@graph"]}


def test_the_article_is_a_news_article() -> None:
    assert {name: value for name, value in nodes(full_article())["example"].items() if name != "@id"} == {
        "@type": "NewsArticle",
        "identifier": "example",
        "headline": "Drones </script>",
        "url": "https://example.org/1",
        "archivedAt": "https://example.org/archive/1",
        "publisher": {"@type": "Organization", "name": "The Esk Times"},
        "datePublished": "2031-05-08",
        "inLanguage": "en",
        "sdPublisher": "A. Reader",
        "articleBody": "The text & more.",
    }


def test_actors_have_the_types_of_schema_org_that_come_nearest() -> None:
    assert {
        id: node["@type"] for id, node in nodes(full_article()).items() if not id.startswith(("s1", "s2", "s3", "s4"))
    } == {
        "example": "NewsArticle",
        "sudria": ["Country", "GovernmentOrganization"],
        "ministry": "GovernmentOrganization",
        "lee": "Person",
        "aide": "Person",
        "crowd": "Organization",
        "club": "Organization",
        "someone": "Thing",
    }


def test_an_actor_keeps_its_names_and_links() -> None:
    found = nodes(full_article())
    assert {name: value for name, value in found["lee"].items() if name not in ("@id", "@type", "identifier")} == {
        "name": "Lee",
        "jobTitle": "spokesman",
        "worksFor": {"@id": found["ministry"]["@id"]},
        "sameAs": ["https://example.org/lee", "https://example.org/%C3%BC%7B%7D"],
        "geoclaims:onBehalfOf": {"@id": found["ministry"]["@id"]},
    }
    assert found["sudria"]["alternateName"] == ["the south"]
    assert (found["sudria"]["geoclaims:country"], found["sudria"]["geoclaims:role"]) == ("SDN", "state")
    assert found["aide"]["geoclaims:anonymous"] is True


def test_only_a_person_works_for_another_who_is_no_person() -> None:
    assert {id for id, node in nodes(full_article()).items() if "worksFor" in node} == {"lee"}


def test_an_allegation_is_a_claim_with_all_that_it_claims() -> None:
    found = nodes(full_article())

    def link(id: str) -> dict[str, str]:
        return {"@id": found[id]["@id"]}

    quotation = {"@type": "Quotation", "text": "drones", "creator": link("someone")}
    assert {name: value for name, value in found["s1"].items() if name not in ("@id", "identifier")} == {
        "@type": "Claim",
        "text": "Sudria sent drones.",
        "author": link("someone"),
        "appearance": [link("example"), {"@type": "CreativeWork", "url": "https://example.org/posts/%C3%BC"}],
        "datePublished": "2031-05-06",
        "temporalCoverage": "2031-04/2031-05-01",
        "contentLocation": {"@type": "Place", "name": "Esk"},
        "about": [link("lee")],
        "hasPart": [quotation, quotation],
        "mentions": [
            {"@type": "QuantitativeValue", "minValue": 0, "maxValue": 0, "unitText": "people"},
            {"@type": "QuantitativeValue", "maxValue": 9, "unitText": "m", "geoclaims:approximate": True},
        ],
        "citation": "pictures",
        "keywords": ["air", "b,c"],
        "geoclaims:cue": "claimed",
        "geoclaims:reportedBy": [link("crowd"), link("aide")],
        "geoclaims:accuses": [link("sudria"), link("club")],
    }


def test_a_denial_is_a_claim_that_points_at_what_it_denies() -> None:
    found = nodes(full_article())
    assert found["s3"]["geoclaims:denies"] == [{"@id": found["s1"]["@id"]}, {"@id": found["s2"]["@id"]}]
    assert (found["s2"]["geoclaims:denialKind"], found["s3"]["geoclaims:denialKind"]) == ("blame_shift", "unspecified")


def test_a_claim_points_at_what_it_confirms() -> None:
    found = nodes(full_article())
    assert found["s4"]["geoclaims:confirms"] == [{"@id": found["s1"]["@id"]}]


def test_an_event_is_a_date_or_an_interval_whose_beginning_may_be_open() -> None:
    found = nodes(full_article())
    assert (found["s3"]["temporalCoverage"], found["s4"]["temporalCoverage"]) == ("../2031", "2031-04")


def test_no_claim_is_rated() -> None:
    assert "Review" not in to_jsonld_text(load_article())


def test_the_name_of_an_article_is_no_name_of_what_is_in_it() -> None:
    article = Article(id="same", actors=[Actor(id="same", name="A")])
    first, second = to_jsonld(article)["@graph"]
    assert first["@id"] != second["@id"]


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
        ("HTTP://[::1]:80", "HTTP://[::1]:80"),
        ("https://[1::2::3]/", "https://%5B1%3A%3A2%3A%3A3%5D/"),
        ("https://example.org/50%/%41", "https://example.org/50%25/%41"),
        ("https://例.example", "https://%E4%BE%8B.example"),
    ],
)
def test_addresses_are_uris(url: str, uri: str) -> None:
    assert nodes(Article(id="example", url=url))["example"]["url"] == uri


@pytest.mark.parametrize("indent", [None, 2])
def test_the_text_is_the_same_json_without_markup(indent: int | None) -> None:
    article = Article(id="example", title="</script><script>alert(1)</script>", publisher="<!-- <b> &lt;")
    text = to_jsonld_text(article, indent=indent)
    assert json.loads(text) == to_jsonld(article)
    assert not set(text) & set("<>&")


def test_terms_of_our_own_have_a_namespace_that_is_no_address() -> None:
    assert to_jsonld(Article(id="example"))["@context"] == ["https://schema.org", {"geoclaims": TERMS}]


def test_every_term_of_our_own_is_defined() -> None:
    page = Path(__file__).parents[1] / "docs" / "internals" / "namespace.md"
    defined = set(re.findall("^\\| `(geoclaims:[A-Za-z]+)`", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert defined == set(re.findall('"(geoclaims:[A-Za-z]+)"', to_jsonld_text(full_article())))
    assert TERMS in page.read_text(encoding="utf-8")


def test_compact_text_has_no_white_space_between_its_tokens() -> None:
    assert to_jsonld_text(Article(id="example")).startswith('{"@context":["https://schema.org",{"geoclaims":"')


def test_several_articles_are_one_graph_with_every_node_once() -> None:
    one, other = full_article(), Article(id="other")
    document = to_jsonld(iter([one, other, one]))
    assert document["@graph"] == [*to_jsonld(one)["@graph"], *to_jsonld(other)["@graph"]]
    assert json.loads(to_jsonld_text([one, other])) == document
    assert to_jsonld([])["@graph"] == []
    with pytest.raises(ValidationError, match="duplicate_id"):
        to_jsonld([other, Article(id="other", title="Another")])


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


ARTICLES = pytest.mark.parametrize("article", [load_article(), full_article()], ids=["bundled", "full"])


@ARTICLES
def test_properties_stand_where_schema_org_has_them(article: Article) -> None:
    assert misfits(article) == []
