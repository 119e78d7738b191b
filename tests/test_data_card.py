from __future__ import annotations

import re
from pathlib import Path

from geoclaims import from_json, load_article
from geoclaims._rules.fields import definitions
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.annotation import compare, lint

DOCS = Path(__file__).parents[1] / "docs"
CARD = (DOCS / "study" / "data-card.md").read_text(encoding="utf-8")


def test_the_data_card_counts_what_is_in_the_bundled_article() -> None:
    article = load_article()
    said, denials, allegations = article.statements, article.denials, article.allegations
    counts = {
        "statements": len(said),
        "allegations among them": len(allegations),
        "denials among them": len(denials),
        "plain statements among them": len(said) - len(allegations) - len(denials),
        "links from a denial to what it denies": sum(len(denial.denies) for denial in denials),
        "allegations without a linked denial": sum(not article.denials_of(one) for one in allegations),
        "statements with a quotation": sum(bool(one.quotes) for one in said),
        "statements with a number": sum(bool(one.quantities) for one in said),
        "statements that reached the report through another actor": sum(bool(one.reported_by) for one in said),
        "statements that confirm another": sum(bool(one.confirms) for one in said),
        "passages": sum(len(one.spans) for one in said),
        "actors": len(article.actors),
        "actors without a name in the report": sum(actor.anonymous for actor in article.actors),
        "actors with an address in Wikidata": sum("wikidata.org" in " ".join(a.same_as) for a in article.actors),
    }
    assert dict(re.findall(r"^\| (.+) \| ([0-9]+) \|$", CARD, re.MULTILINE)) == {k: str(v) for k, v in counts.items()}


def test_the_bundled_article_lacks_what_the_data_card_says() -> None:
    article = load_article()
    names = {name for model in STATEMENT_TYPES for name in definitions(model)}
    empty = {name for name in names if not any(getattr(one, name, None) for one in article.statements)}
    said = {"date", "event_date", "event_end", "confirms", "appearances", "labels"}
    assert empty == said, f"docs/study/data-card.md: what it says of {empty ^ said} is not so"
    assert all(one.speaker and one.content and one.cue and one.spans for one in article.statements)
    assert (article.title, article.publisher, article.url, article.published, article.text) == (None,) * 5


def test_the_data_card_names_the_article_and_the_version_of_the_codebook() -> None:
    (version,) = re.findall(
        r"^Version ([0-9.]+), for", (DOCS / "annotate/codebook.md").read_text("utf-8"), re.MULTILINE
    )
    assert f"by version {version} of the" in CARD
    assert f"`{load_article().id}`" in CARD


def test_the_bundled_article_has_no_warning_beside_its_text(shared: Path) -> None:
    assert lint(load_article(text_path=shared / "article.txt")) == ()


def test_the_two_annotators_agree_as_far_as_the_data_card_says() -> None:
    one, other = (from_json((DOCS / "study/agreement" / f"{name}.json").read_bytes()) for name in ("one", "two"))
    names = ("statements", "types", "speakers", "accused", "denies", "about")
    pairs = {"one and the other": (one, other)}
    pairs |= {f"{name} and these data": (each, load_article()) for name, each in (("one", one), ("the other", other))}
    rows = {what: [f"{getattr(compare(*pair), name).f1:.2f}" for name in names] for what, pair in pairs.items()}
    found = re.findall(r"^\| (.* and .*?) \| ((?:[01]\.\d\d \| )+[01]\.\d\d) \|$", CARD, re.MULTILINE)
    assert {what: scores.split(" | ") for what, scores in found} == rows


def test_the_headline_claim_has_no_denial_linked_by_any_annotator() -> None:
    for path in (DOCS / "study/agreement").glob("*.json"):
        article = from_json(path.read_bytes())
        assert (article.text, lint(article)) == (None, ())
        assert article.denials_of(article.statements[0]) == ()
    assert load_article().denials_of("at-least-155") == ()
