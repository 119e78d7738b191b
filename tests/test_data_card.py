from __future__ import annotations

import re
import tomllib
from pathlib import Path

from geoclaims import load_article
from geoclaims._rules import definitions
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.annotation import lint

ROOT = Path(__file__).parents[1]
CODEBOOK = ROOT / "docs" / "annotate" / "codebook.md"
CARD = ROOT / "docs" / "study" / "data-card.md"


def test_the_data_card_counts_what_is_in_the_bundled_article() -> None:
    article = load_article()
    denials, allegations = article.denials, article.allegations
    counts = {
        "statements": len(article.statements),
        "allegations among them": len(allegations),
        "denials among them": len(denials),
        "plain statements among them": len(article.statements) - len(allegations) - len(denials),
        "links from a denial to what it denies": sum(len(denial.denies) for denial in denials),
        "allegations without a linked denial": sum(not article.denials_of(one) for one in allegations),
        "statements with a quotation": sum(bool(statement.quotes) for statement in article.statements),
        "statements with a number": sum(bool(statement.quantities) for statement in article.statements),
        "statements that reached the report through another actor": sum(
            bool(statement.reported_by) for statement in article.statements
        ),
        "statements that confirm another": sum(bool(statement.confirms) for statement in article.statements),
        "passages": sum(len(statement.spans) for statement in article.statements),
        "actors": len(article.actors),
        "actors without a name in the report": sum(actor.anonymous for actor in article.actors),
        "actors with an address in Wikidata": sum(
            any("wikidata.org" in address for address in actor.same_as) for actor in article.actors
        ),
    }
    table = CARD.read_text(encoding="utf-8").partition("\n| what | number |\n|---|---|\n")[2].partition("\n\n")[0]
    assert table == "\n".join(f"| {what} | {number} |" for what, number in counts.items())


def test_the_data_card_names_the_fields_that_are_empty_in_every_statement() -> None:
    article = load_article()
    names = {name for model in STATEMENT_TYPES for name in definitions(model)}
    empty = {name for name in names if not any(getattr(one, name, None) for one in article.statements)}
    assert empty == {"date", "event_date", "event_end", "confirms", "appearances", "labels"}
    assert all(one.speaker and one.content and one.cue and one.spans for one in article.statements)
    assert (article.title, article.publisher, article.url, article.published, article.text) == (None,) * 5
    text = " ".join(CARD.read_text(encoding="utf-8").split())
    assert "dates of any kind, `event_end`, `confirms`, `appearances`. `labels` is for users" in text


def test_the_data_card_names_the_version_of_now_and_a_version_of_the_codebook() -> None:
    card = CARD.read_text(encoding="utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    codebook = CODEBOOK.read_text(encoding="utf-8")
    versions = re.findall(r"^\| ([0-9]+\.[0-9]+) \|", codebook.partition("\n## Versions\n")[2], re.MULTILINE)
    assert f"\nVersion {versions[0]}, for documents of schema version 1.0.\n" in codebook
    assert card.count(f"geoclaims, version {version}") == 2
    assert re.findall(r"by version ([0-9.]+) of the", card) == versions[:1]
    assert f"`{load_article().id}`" in card


def test_the_bundled_article_has_no_warning_beside_its_text(shared: Path) -> None:
    assert lint(load_article(text_path=shared / "article.txt")) == ()
