"""The promise about `schema_version`: what was written once can be read for ever, and a newer version is refused."""

from __future__ import annotations

import json
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
    Span,
    Statement,
    ValidationError,
    from_dict,
    from_json,
    json_schema,
    to_dict,
    to_json,
)

GOLDEN = Path(__file__).parent / "data" / "golden-1.0.json"

TEXT = "The harbour was shelled on Monday, the north said. “Six ships burned.”\n\nThe south: “We fired\tnothing.” 🙂\n"


def span(passage: str) -> Span:
    return Span.of(TEXT, TEXT.index(passage), TEXT.index(passage) + len(passage))


ARTICLE = Article(
    id="golden-1.0",
    title="Who shelled the harbour?",
    publisher="An agency",
    annotator="an annotator",
    url="https://example.org/articles/1?page=2#top",
    archived_at="http://archive.example.org/2025/https://example.org/articles/1",
    published=PartialDate(2025, 4, 9),
    language="en-GB",
    actors=[
        Actor(
            id="north",
            name="the north",
            kind=ActorKind.STATE,
            role="party to the conflict",
            country="ATA",
            aliases=["North", "the Northern side"],
            same_as=["http://example.org/things/north", "https://example.org/north"],
        ),
        Actor(id="north.army", name="the army of the north", kind=ActorKind.ORGANIZATION, on_behalf_of="north"),
        Actor(id="south", name="the south", kind=ActorKind.STATE, country="BVT"),
        Actor(id="Official_1", name="an official", kind=ActorKind.PERSON, on_behalf_of="south", anonymous=True),
        Actor(id="sailors", name="sailors", kind=ActorKind.GROUP),
        Actor(id="press:1", name="the press"),
    ],
    statements=[
        Statement(id="s0", speaker="sailors", content="The harbour burns.", about=["north", "s1"]),
        Allegation(
            id="s1",
            speaker="north",
            content="The south has shelled the harbour,\nand six ships burned.",
            quotes=["Six ships burned."],
            cue="said",
            date=PartialDate(2025, 4, 8),
            event_date=PartialDate(2025, 4),
            event_end=PartialDate(2025, 4, 7),
            event_place="the harbour",
            about=["south"],
            confirms=["s0"],
            reported_by=["press:1", "sailors"],
            quantities=[
                Quantity(minimum=6, maximum=6, unit="ships"),
                Quantity(minimum=0, unit="sailors"),
                Quantity(maximum=2**63 - 1, unit="shells", approximate=True),
            ],
            basis="pictures from above",
            appearances=["https://example.org/posts/7?a=b", "http://video.example.org/1"],
            labels=["190", "harbour attack"],
            spans=[span("The harbour was shelled on Monday"), span("“Six ships burned.”")],
            accused=["south", "Official_1"],
        ),
        Denial(
            id="s2",
            speaker="south",
            content="The south did not shell the harbour.",
            quotes=["We fired\tnothing."],
            date=PartialDate(2025),
            spans=[span("The south: “We fired\tnothing.” 🙂")],
            denies=["s1"],
            kind=DenialKind.OUTRIGHT,
        ),
        Denial(
            id="s3", speaker="Official_1", content="Nobody knows.", denies=["s0", "s1"], kind=DenialKind.NO_EVIDENCE
        ),
        Denial(id="s4", speaker="sailors", content="It was not us.", denies=["s0"], kind=DenialKind.NON_INVOLVEMENT),
        Denial(id="s5", speaker="south", content="It was the north.", denies=["s1"], kind=DenialKind.BLAME_SHIFT),
        Denial(id="s6", speaker="north.army", content="The denial is false.", denies=["s2"]),
    ],
    text=TEXT,
)


def test_the_golden_document_of_version_1_0_is_read_as_it_was_meant() -> None:
    assert from_json(GOLDEN.read_bytes()) == ARTICLE


def test_the_golden_document_of_version_1_0_is_written_byte_for_byte() -> None:
    assert (to_json(ARTICLE, indent=2) + "\n").encode() == GOLDEN.read_bytes()


def test_the_golden_document_uses_every_key_and_every_member_that_the_format_has() -> None:
    document = json.loads(GOLDEN.read_text(encoding="utf-8"))
    schema = json_schema()
    statements: dict[str, set[str]] = {}
    for statement in document["statements"]:
        statements.setdefault(statement["type"], set()).update(statement)
    assert {"$schema", *document} == set(schema["properties"])  # which editors ask for, and which is not written
    assert {key for actor in document["actors"] for key in actor} == set(schema["$defs"]["Actor"]["properties"])
    assert statements["allegation"] == set(schema["$defs"]["Allegation"]["properties"])
    for model in (Statement, Allegation, Denial):
        keys = set(schema["$defs"][model.__name__]["properties"])
        assert keys - set(schema["$defs"]["Statement"]["properties"]) <= statements[model.__name__.lower()]
    quantities = {key for quantity in document["statements"][1]["quantities"] for key in quantity}
    assert quantities == set(schema["$defs"]["Quantity"]["properties"])
    assert {actor.kind for actor in ARTICLE.actors} == set(ActorKind)
    assert {denial.kind for denial in ARTICLE.denials} == set(DenialKind)


def issues(document: Any) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        from_dict(document)
    return [(issue.code, issue.json_path) for issue in caught.value.issues]


NEWER = ["1.1", "1.10", "2.0", "10.0", "2.17", f"{10**16}.0", f"1.{10**16}"]
UNKNOWN = [
    *("", "0.9", "1", "1.", ".1", "1.0.0", "01.0", "1,0", "v1.0", "X1.0", " 1.0", "１.０", "9" * 99, f"{10**17}.0"),
    *(f"1.{10**17}", "1.0\n"),
]


@pytest.mark.parametrize("version", [*NEWER, *UNKNOWN])
def test_another_version_is_refused_alone_with_a_message_that_says_if_it_is_newer(version: str) -> None:
    with pytest.raises(ValidationError) as caught:
        from_dict({"schema_version": version, "id": 5, "what": "is new"})
    (issue,) = caught.value.issues
    assert (issue.code, issue.path) == ("version", ("schema_version",))
    assert ("newer" in issue.message) == (version in NEWER)


@pytest.mark.parametrize("version", [1.0, 1, None, True, ["1.0"], {"1": "0"}])
def test_a_version_that_is_no_string_is_of_the_wrong_type_and_the_rest_is_read(version: object) -> None:
    assert issues({"schema_version": version, "id": 5}) == [("type", "$.schema_version"), ("type", "$.id")]


def test_a_missing_version_is_missing_and_the_rest_is_read() -> None:
    assert issues({"id": 5}) == [("type", "$.id"), ("missing", "$.schema_version")]


def test_what_is_not_an_article_has_no_version() -> None:
    for instance in (ARTICLE.actors[0], *ARTICLE.statements[:3]):
        assert "schema_version" not in to_dict(instance)
        with pytest.raises(ValidationError, match="unknown_key"):
            from_dict({**to_dict(instance), "schema_version": "1.0"}, type(instance))
