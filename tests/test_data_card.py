from __future__ import annotations

import re
from pathlib import Path

from geoclaims import load_article
from geoclaims.annotation import lint

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


def test_the_bundled_article_has_no_warning_beside_its_text(shared: Path) -> None:
    assert lint(load_article(text_path=shared / "article.txt")) == ()
