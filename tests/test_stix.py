"""What the golden bundle does not show: dates, ids, labels, several articles, and articles that lack something."""

from __future__ import annotations

import uuid
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from geoclaims import Actor, Article, Denial, DenialKind, PartialDate, Statement, load_article, to_json
from geoclaims.interop import to_stix

if TYPE_CHECKING:
    from tests.conftest import Run

FULL = load_article(Path(__file__).with_name("goldens") / "article.json")
ACTOR = Actor(id="a", name="A")


def objects(article: Article) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = to_stix(article)["objects"]
    return found


def test_a_label_of_the_user_stays_and_cannot_be_taken_for_one_of_ours() -> None:
    ours = "geoclaims:"
    parts = (
        ["", " ", "\u00a0\u3000", "x"],
        [ours, "GEOCLAIMS:", "geoclaims", f"{ours}label={ours}"],
        ["", "type=x", " "],
    )
    labels = ["".join(each) for each in product(*parts)]
    said = Statement(id="s", speaker="a", content="x", labels=labels)
    first, *others = objects(Article(id="x", actors=[ACTOR], statements=[said]))[-1]["labels"]
    assert first == "geoclaims:type=statement"
    for label, written in zip(labels, others, strict=True):
        is_like_ours = label.strip().lower().startswith(ours)
        assert written == (f"{ours}label={label}" if is_like_ours else label)


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
    things = objects(attrs.evolve(FULL, published=published, language=None))
    assert {thing["created"] for thing in things} == {thing["modified"] for thing in things} == {moment}
    assert (things[0]["published"], things[0].get("labels")) == (moment, labels)


def test_a_report_without_title_is_called_so() -> None:
    report = objects(attrs.evolve(FULL, title=None, published=None, url=None, archived_at=None))[0]
    assert report["name"] == f"{FULL.id}, The Esk Times"
    assert report["external_references"][1:] == [{"source_name": "article", "description": "The Esk Times"}]
    bare = objects(Article(id="x", actors=[ACTOR]))[0]
    assert (bare["name"], len(bare["external_references"])) == ("x", 1)


def test_an_article_with_actors_only_is_a_report_on_them_and_one_without_is_left_out_which_is_said(
    tmp_path: Path, run: Run
) -> None:
    some, none = Article(id="example", actors=[ACTOR]), Article(id="nobody", title="Nothing")
    report, identity = objects(some)
    assert (report["type"], identity["type"], report["object_refs"]) == ("report", "identity", [identity["id"]])
    assert set(to_stix(none)) == {"type", "id"}
    (tmp_path / "a.jsonl").write_text(f"{to_json(none)}\n{to_json(some)}\n", encoding="utf-8")
    said = run("export", "--to", "stix", "-o", tmp_path / "a.stix", tmp_path / "a.jsonl").err
    assert said == "1 article written; 1 left out, with neither actors nor statements\n"


@pytest.mark.parametrize("kind", DenialKind)
def test_a_denial_of_any_kind_is_an_opinion_with_a_note_of_the_same_words_about_the_same(kind: DenialKind) -> None:
    claims = [Statement(id=id, speaker="a", content="x") for id in ("s1", "s2")]
    denial = Denial(id="s3", speaker="a", content="No.", denies=["s1", "s2"], kind=kind)
    report, *_, opinion, note = objects(Article(id="x", actors=[ACTOR], statements=[*claims, denial]))
    assert (opinion["type"], note["type"], note["labels"][1]) == ("opinion", "note", "geoclaims:by=s3")
    assert opinion["explanation"] == note["content"] == "No."
    assert [*opinion["object_refs"], report["id"]] == note["object_refs"]
    assert (opinion["opinion"] == "strongly-disagree") == (kind is DenialKind.OUTRIGHT)


def test_ids_are_the_same_each_time_and_differ_between_articles_of_another_address() -> None:
    bundles = [FULL, FULL, attrs.evolve(FULL, url="https://example.org/2")]
    first, again, other = [[thing["id"] for thing in objects(article)] for article in bundles]
    assert first == again
    assert not set(first) & set(other)
    assert {uuid.UUID(id.partition("--")[2]).version for id in first} == {5}


def test_two_annotations_of_one_article_share_their_ids_and_differ_in_the_annotator() -> None:
    one, other = (objects(attrs.evolve(FULL, annotator=name)) for name in ("Ada", "Bo"))
    assert {each["id"] for each in one} ^ {each["id"] for each in other} == {one[1]["id"], other[1]["id"]}


def test_the_id_of_a_bundle_follows_from_its_articles() -> None:
    other, nobody = attrs.evolve(FULL, url="https://example.org/"), Article(id="nobody")
    bundles = [[FULL], [other], [FULL, other], [FULL, nobody, other], [nobody], []]
    assert len({to_stix(some)["id"] for some in bundles}) == len(bundles)
    assert to_stix([FULL, FULL]) == to_stix(FULL)
