from __future__ import annotations

import uuid
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
    Statement,
    ValidationError,
)
from geoclaims.interop import to_stix


def full_article(**fields: Any) -> Article:
    actors = [
        Actor(
            id="lee",
            name="Lee",
            kind=ActorKind.PERSON,
            role="spokesman",
            on_behalf_of="sudria",
            country="SDN",
            aliases=["Mr Lee", "L."],
            same_as=["https://example.org/lee"],
        ),
        Actor(id="sudria", name="Sudria", kind=ActorKind.STATE),
        Actor(id="witness", name="a witness", anonymous=True),
    ]
    statements = [
        Allegation(
            id="s1", speaker="witness", content="Sudria sent drones.", accused=["sudria"], about=["lee"], labels=["air"]
        ),
        Denial(id="s2", speaker="lee", content="Sudria sent none.", quotes=["None."], denies=["s1"], labels=["air"]),
        Statement(id="s3", speaker="witness", content="Sudria’s denial is known.", about=["s2", "sudria"]),
        Denial(id="s4", speaker="witness", content="It did.", denies=["s2", "s3"], kind=DenialKind.OUTRIGHT),
        Statement(id="s5", speaker="witness", content="It was cold."),
        Denial(id="s6", speaker="sudria", content="Nobody saw it.", denies=["s1"], confirms=["s2", "s3"]),
        Statement(id="s7", speaker="lee", content="Ours.", confirms=["s6"], appearances=["https://example.org/é"]),
    ]
    return Article(id="example", actors=actors, statements=statements, **fields)


def objects(article: Article) -> dict[str, dict[str, Any]]:
    """The objects of a bundle by the ids that they have in the article."""
    bundle = to_stix(article)
    return {thing["external_references"][0]["external_id"]: thing for thing in bundle["objects"] if references(thing)}


def references(thing: dict[str, Any]) -> bool:
    return any(reference["source_name"] == "geoclaims" for reference in thing.get("external_references", ()))


def test_an_actor_is_an_identity() -> None:
    lee = objects(full_article())["lee"]
    assert lee["type"] == "identity"
    assert (lee["name"], lee["identity_class"], lee["roles"]) == ("Lee", "individual", ["spokesman"])
    assert lee["description"] == "Also called: Mr Lee; L.\nCountry: SDN"
    assert lee["external_references"][1:] == [{"source_name": "same as", "url": "https://example.org/lee"}]


def test_an_unnamed_actor_is_described_as_such() -> None:
    witness = objects(full_article())["witness"]
    assert (witness["description"], witness["identity_class"]) == ("Not named in the article", "unknown")


def test_an_allegation_is_a_note_by_its_speaker_on_the_accused() -> None:
    found = objects(full_article())
    note = found["s1"]
    assert note["type"] == "note"
    assert (note["content"], note["authors"]) == ("Sudria sent drones.", ["a witness"])
    assert note["created_by_ref"] == found["witness"]["id"]
    assert note["object_refs"] == [found["sudria"]["id"], found["example"]["id"]]
    assert note["labels"] == ["geoclaims:type=allegation", "air"]


def test_a_denial_is_an_opinion_by_the_denier_on_what_it_denies() -> None:
    found = objects(full_article())
    opinion = found["s2"]
    assert opinion["type"] == "opinion"
    assert (opinion["explanation"], opinion["authors"]) == ("Sudria sent none.", ["Lee"])
    assert opinion["created_by_ref"] == found["lee"]["id"]
    assert opinion["object_refs"] == [found["s1"]["id"]]
    assert opinion["labels"] == ["geoclaims:type=denial", "geoclaims:kind=unspecified", "air"]
    assert opinion["external_references"][1:] == [{"source_name": "quotation", "description": "None."}]


def test_an_outright_denial_disagrees_strongly_and_any_other_disagrees() -> None:
    found = objects(full_article())
    assert (found["s2"]["opinion"], found["s4"]["opinion"]) == ("disagree", "strongly-disagree")


def test_a_confirmation_is_one_more_opinion_by_its_speaker_that_agrees_with_what_is_confirmed() -> None:
    article = full_article()
    found = objects(article)
    opinions = [thing for thing in to_stix(article)["objects"] if thing.get("opinion") == "agree"]
    assert [opinion["object_refs"] for opinion in opinions] == [
        [found["s2"]["id"], found["s3"]["id"]],
        [found["s6"]["id"]],
    ]
    first, second = opinions
    assert (first["explanation"], first["authors"]) == ("Nobody saw it.", ["Sudria"])
    assert first["created_by_ref"] == found["sudria"]["id"]
    assert first["labels"] == ["geoclaims:type=confirmation", "geoclaims:by=s6"]
    assert (found["s6"]["type"], found["s6"]["opinion"], found["s7"]["type"]) == ("opinion", "disagree", "note")
    assert second["labels"] == ["geoclaims:type=confirmation", "geoclaims:by=s7"]


def test_where_a_statement_can_be_seen_is_an_external_reference() -> None:
    appearance = {"source_name": "appearance", "url": "https://example.org/%C3%A9"}
    assert objects(full_article())["s7"]["external_references"][1:] == [appearance]


def test_a_rebuttal_refers_to_an_opinion() -> None:
    found = objects(full_article())
    assert found["s4"]["object_refs"] == [found["s2"]["id"], found["s3"]["id"]]
    assert found["s4"]["object_refs"][0].startswith("opinion--")


def test_a_statement_is_a_note_on_what_it_is_about_or_else_on_its_speaker() -> None:
    found = objects(full_article())
    report = found["example"]["id"]
    assert found["s3"]["object_refs"] == [found["s2"]["id"], found["sudria"]["id"], report]
    assert found["s5"]["object_refs"] == [found["witness"]["id"], report]


def test_beside_the_opinion_of_a_denial_stands_a_note_with_its_words_on_what_it_denies_and_the_report() -> None:
    article = full_article()
    article = article.with_changes("s2", content=(words := "None, he said. " * 100), denies=["s1"])
    found = objects(article)
    notes = [thing for thing in to_stix(article)["objects"] if "geoclaims:type=denial-note" in thing.get("labels", ())]
    assert [note["labels"][1] for note in notes] == ["geoclaims:by=s2", "geoclaims:by=s4", "geoclaims:by=s6"]
    assert (notes[0]["type"], notes[0]["content"], notes[0]["authors"]) == ("note", words, ["Lee"])
    assert notes[0]["created_by_ref"] == found["lee"]["id"]
    for note in notes:
        opinion = found[note["labels"][1].removeprefix("geoclaims:by=")]
        assert note["object_refs"] == [*opinion["object_refs"], found["example"]["id"]]
        assert note["content"] == opinion["explanation"]


def test_the_report_stands_in_every_note_and_in_no_opinion() -> None:
    report, *things = to_stix(full_article())["objects"]
    on_report = {
        kind: {report["id"] in thing["object_refs"] for thing in things if thing["type"] == kind}
        for kind in ("note", "opinion")
    }
    assert on_report == {"note": {True}, "opinion": {False}}


def test_whoever_acts_on_behalf_of_another_has_a_relationship_to_them() -> None:
    article = full_article()
    found = objects(article)
    (relationship,) = [thing for thing in to_stix(article)["objects"] if thing["type"] == "relationship"]
    assert relationship["relationship_type"] == "acts-on-behalf-of"
    assert (relationship["source_ref"], relationship["target_ref"]) == (found["lee"]["id"], found["sudria"]["id"])


def test_the_report_holds_all_and_is_made_by_the_annotator() -> None:
    article = full_article(
        title="Drones",
        publisher="The Esk Times",
        annotator="A. Reader",
        url="https://example.org/1",
        archived_at="https://example.org/archive/1",
        language="en",
    )
    report, annotator, *others = to_stix(article)["objects"]
    assert report["name"] == "Drones"
    assert report["labels"] == ["geoclaims:published=unknown", "geoclaims:language=en"]
    assert report["object_refs"] == [thing["id"] for thing in others]
    assert report["external_references"][1:] == [
        {"source_name": "article", "description": "The Esk Times", "url": "https://example.org/1"},
        {"source_name": "archived copy", "url": "https://example.org/archive/1"},
    ]
    assert (annotator["name"], annotator["identity_class"]) == ("A. Reader", "unknown")
    assert report["created_by_ref"] == annotator["id"]
    assert "created_by_ref" not in annotator


def test_a_report_without_title_is_called_so() -> None:
    report = to_stix(full_article(publisher="The Esk Times"))["objects"][0]
    assert report["name"] == "Untitled report, The Esk Times"
    assert report["external_references"][1:] == [{"source_name": "article", "description": "The Esk Times"}]


@pytest.mark.parametrize(
    ("published", "moment", "labels"),
    [
        (None, "1970-01-01T00:00:00.000Z", ["geoclaims:published=unknown"]),
        (PartialDate(987), "0987-01-01T00:00:00.000Z", ["geoclaims:published=0987"]),
        (PartialDate(2024, 2), "2024-02-01T00:00:00.000Z", ["geoclaims:published=2024-02"]),
        (PartialDate(2024, 2, 29), "2024-02-29T00:00:00.000Z", None),
    ],
)
def test_timestamps_are_the_first_moment_that_the_date_may_mean_and_a_label_tells_how_precise_it_is(
    published: PartialDate | None, moment: str, labels: list[str] | None
) -> None:
    things = to_stix(full_article(published=published))["objects"]
    assert {thing["created"] for thing in things} == {thing["modified"] for thing in things} == {moment}
    assert (things[0]["published"], things[0].get("labels")) == (moment, labels)


def test_an_article_in_which_nobody_is_gives_a_bundle_without_objects() -> None:
    bundle = to_stix(Article(id="example", title="Nothing"))
    assert set(bundle) == {"type", "id"}


def test_ids_are_the_same_each_time_and_differ_between_articles_of_another_address() -> None:
    bundles = [to_stix(full_article()), to_stix(full_article()), to_stix(full_article(url="https://example.org/2"))]
    first, again, other = [[thing["id"] for thing in bundle["objects"]] for bundle in bundles]
    assert first == again
    assert not set(first) & set(other)
    assert len(set(first)) == len(first)
    assert {uuid.UUID(id.partition("--")[2]).version for id in first} == {5}


def test_two_annotations_of_one_article_share_their_ids_and_differ_in_the_annotator() -> None:
    one, other = (to_stix(full_article(annotator=name))["objects"] for name in ("Ada", "Bo"))
    assert {each["id"] for each in one} ^ {each["id"] for each in other} == {one[1]["id"], other[1]["id"]}
    assert (one[1]["name"], other[1]["name"]) == ("Ada", "Bo")


def test_addresses_are_uris() -> None:
    report = to_stix(full_article(url="https://é@ü.example:80/[a]?b=|#c#d%"))["objects"][0]
    address = "https://%C3%A9@%C3%BC.example:80/%5Ba%5D?b=%7C#c%23d%25"
    assert report["external_references"][1:] == [{"source_name": "article", "url": address}]


def test_several_articles_are_one_bundle_with_a_report_on_each_and_every_object_once() -> None:
    one, other = full_article(), full_article(url="https://example.org/")
    nobody = Article(id="nobody")
    bundle = to_stix([one, nobody, other, one])
    assert bundle["objects"] == [*to_stix(one)["objects"], *to_stix(other)["objects"]]
    assert len({thing["id"] for thing in bundle["objects"]}) == len(bundle["objects"])
    assert bundle["id"] == to_stix(iter([one, nobody, other]))["id"] != to_stix([one, other])["id"]
    assert to_stix([one, one]) == to_stix(one)
    assert list(to_stix([])) == ["type", "id"]


def test_an_article_with_actors_only_is_a_report_on_them() -> None:
    article = Article(id="example", actors=[Actor(id="a", name="A")])
    report, identity = to_stix(article)["objects"]
    assert (report["type"], identity["type"], report["object_refs"]) == ("report", "identity", [identity["id"]])


def test_different_articles_with_one_id_and_address_are_refused_since_their_objects_would_have_the_same_ids() -> None:
    with pytest.raises(ValidationError, match=r"\$\[1\]\.id: found 'example'.*\[duplicate_id\]"):
        to_stix([full_article(), full_article(annotator="Bo")])
