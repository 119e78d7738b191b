"""What STIX's own validator and library, and the converter of MISP, make of a bundle."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from geoclaims import Article, Denial, strategies
from geoclaims._view.wording import repeated
from geoclaims.interop import to_stix

# What the validator remarks, and why it is left as it is.
ALLOWED_WARNINGS = {
    "103": "ids are UUIDs of version 5, so that they are the same each time",
    "202": "STIX has no word of its own for acting on behalf of another, and permits others",
    "302": "nobody has fetched the pages that are referred to, so their hashes are not known",
}

HOSTILE: list[str] = json.loads(Path(__file__).parents[1].joinpath("hostile_labels.json").read_text(encoding="utf-8"))
ARTICLES = strategies.articles(max_actors=4, max_statements=6)


def check(article: Article, library: Callable[[str], Any]) -> None:
    validator, stix2 = library("stix2validator"), library("stix2")
    bundle = to_stix(article)
    result = validator.validate_parsed_json(bundle, validator.ValidationOptions(version="2.1", silent=True))
    assert not [str(error) for error in getattr(result, "errors", None) or ()]
    warnings = [str(warning) for warning in getattr(result, "warnings", None) or ()]
    assert not [warning for warning in warnings if warning.partition("{")[2][:3] not in ALLOWED_WARNINGS]

    things = stix2.parse(bundle, version="2.1").get("objects", [])
    assert [thing.id for thing in things] == [thing["id"] for thing in bundle.get("objects", ())]
    agreeing, disagreeing = (
        [(thing.explanation, len(thing.object_refs)) for thing in things if thing.get("opinion") in opinions]
        for opinions in (("agree",), ("disagree", "strongly-disagree"))
    )
    denials = [one for one in article.statements if isinstance(one, Denial)]
    assert disagreeing == [(denial.content, len(denial.denies)) for denial in denials]
    assert agreeing == [(one.content, len(one.confirms)) for one in article.statements if one.confirms]
    notes = [thing for thing in things if thing.type == "note" and "geoclaims:type=denial-note" in thing.labels]
    assert [(note.content, len(note.object_refs)) for note in notes] == [
        (denial.content, len(denial.denies) + 1) for denial in denials
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES)
def test_any_article_is_valid_stix(article: Article, library: Callable[[str], Any]) -> None:
    check(article, library)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_stix2_finds_every_text_as_it_is(
    text: str, dressed: Callable[..., Article], library: Callable[[str], Any]
) -> None:
    bundle = to_stix(dressed(text, text, text, ""))
    read = json.loads(library("stix2").parse(bundle, version="2.1").serialize())
    (report, *things), (report_read, *things_read) = bundle["objects"], read["objects"]
    assert things_read == things
    assert report_read == report | {"published": "1970-01-01T00:00:00Z"}  # without the milliseconds


def kept_by_misp(article: Article, library: Callable[[str], Any]) -> list[tuple[str, str]]:
    """The authors and words of all notes on the event that MISP's own converter makes of an article."""
    bundle = library("stix2").parse(to_stix(article), version="2.1")
    parser = library("misp_stix_converter").ExternalSTIX2toMISPParser()
    parser.load_stix_bundle(bundle)
    parser.parse_stix_bundle(single_event=True)
    event = json.loads(parser.misp_event.to_json())
    return sorted((note["authors"], note["note"]) for note in event.get("Note", ()))


def said_in(article: Article) -> list[tuple[str, str]]:
    """The speaker and words of each statement, denials too; MISP trims them."""
    return sorted(
        (repeated(article.actor(one.speaker).name).strip(), one.content.strip()) for one in article.statements
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=ARTICLES.filter(lambda article: article.actors))
def test_misp_keeps_every_statement_and_denial_of_any_article(article: Article, library: Callable[[str], Any]) -> None:
    assert kept_by_misp(article, library) == said_in(article)
