from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path

from geoclaims import Actor, Statement, from_json, load_article
from geoclaims._rules import definitions
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.annotation import alpha, compare, lint

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "tools" / "write_bundled_page.py"
CODEBOOK = ROOT / "docs" / "annotate" / "codebook.md"
CARD = ROOT / "docs" / "study" / "data-card.md"
SECOND = from_json((ROOT / "docs" / "study" / "second-annotation.json").read_bytes())
TWICE = CARD.read_text(encoding="utf-8").partition("\n## Annotated twice\n")[2].partition("\n## ")[0]


def test_the_page_of_the_bundled_article_is_what_the_script_writes() -> None:
    specification = importlib.util.spec_from_file_location(SCRIPT.stem, SCRIPT)
    assert specification is not None
    assert specification.loader is not None
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    assert script.PAGE.read_text(encoding="utf-8") == script.page(load_article())


def test_the_page_of_the_bundled_article_says_everything_that_the_article_says() -> None:
    page = (ROOT / "docs" / "study" / "bundled-article.md").read_text(encoding="utf-8")
    things: list[Actor | Statement] = [*load_article().actors, *load_article().statements]
    for thing in things:
        _, _, rest = page.partition(f"\n### {thing.id}\n")
        section = rest.partition("\n### ")[0]
        assert section, thing.id
        for definition in definitions(type(thing)).values():
            value = getattr(thing, definition.name)
            if definition.name == "id" or value is True or (not definition.required and value == definition.default):
                continue
            shown = [str(one) for one in value] if isinstance(value, tuple) else [str(value)]
            if definition.name == "spans":
                shown = [f"{span.start} to {span.end}" for span in value]
            assert [one for one in shown if one not in section] == [], (thing.id, definition.name)


def test_the_data_card_counts_what_is_in_the_bundled_article() -> None:
    article = load_article()
    denials, allegations = article.denials, article.allegations
    counts = {
        "statements": len(article.statements),
        "allegations among them": len(allegations),
        "denials among them": len(denials),
        "plain statements among them": len(article.statements) - len(allegations) - len(denials),
        "links from a denial to what it denies": sum(len(denial.denies) for denial in denials),
        "allegations that nobody in the report denies": sum(not article.denials_of(one) for one in allegations),
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


def test_the_data_card_shows_the_scores_of_the_two_annotations() -> None:
    (table,) = re.findall(r"(?<=```text\n).*?(?=\n```)", TWICE, re.DOTALL)
    assert table in str(compare(load_article(), SECOND))


def test_the_data_card_decides_each_statement_in_which_the_two_annotations_differ() -> None:
    article = load_article()
    decided = {id for row in re.findall(r"^\| (`[^|]+) \|", TWICE, re.MULTILINE) for id in re.findall("`(.+?)`", row)}
    differ = {each.one for each in compare(article, SECOND).differences if each.kind != "actor"}
    assert differ <= decided <= {statement.id for statement in article.statements}


def test_both_annotations_are_of_the_text_without_a_warning_and_have_the_alpha_of_the_data_card(shared: Path) -> None:
    path = shared / "article.txt"
    annotations = [load_article(text_path=path), SECOND.with_text(path.read_text(encoding="utf-8"))]
    assert [lint(article) for article in annotations] == [(), ()]
    (stated,) = re.findall(r";\salpha, ([0-9.]+), needs the text", TWICE)
    assert f"{alpha(annotations):.3f}" == stated
    assert SECOND.text is None
