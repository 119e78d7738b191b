"""The examples of the documentation and the keys of the practice texts obey the rules that programs can check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from sybil import Document
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

from geoclaims import Article, from_json
from geoclaims.annotation import lint, read_draft

DOCS = Path(__file__).parents[1] / "docs"
PRACTICE = DOCS / "annotate" / "practice"
TEXTS = sorted(PRACTICE.glob("*.txt"))
GALLERY = [from_json(path.read_bytes()) for path in sorted((DOCS / "gallery").glob("*.json"))]
CODEBOOK = (DOCS / "annotate" / "codebook.md").read_text(encoding="utf-8")
REASONS = (PRACTICE / "keys" / "reasons.md").read_text(encoding="utf-8")
INDEX = (PRACTICE / "index.md").read_text(encoding="utf-8")
BY_OTHERS = ("codebook", "import")  # annotations by other rules
PAGES = [
    page
    for folder in ("annotate", "python", "study")
    for page in sorted((DOCS / folder).glob("*.md"))
    if page.stem not in BY_OTHERS and re.search(r"text=text|read_draft\(|annotated\(", page.read_text(encoding="utf-8"))
]


def key(text: Path) -> Article:
    """The key of a text."""
    return from_json((PRACTICE / "keys" / f"{text.stem}.json").read_bytes())


def of_the_codebook() -> Article:
    """The example that the codebook works out."""
    section = CODEBOOK.partition("## A worked example")[2].partition("\n## ")[0]
    (text,) = re.findall(r"(?<=```text\n).*?(?=```)", section, re.DOTALL)
    (draft,) = re.findall(r"(?<=```json\n).*?(?=```)", section, re.DOTALL)
    return read_draft(draft, text)


def reasons(text: Path) -> list[str]:
    """The reasons for the key of a text."""
    return REASONS.partition(f"\n## {text.stem}\n")[2].partition("\n## ")[0].split("\n- ")[1:]


def test_every_text_has_a_key_with_reasons_and_a_row_of_the_page_that_counts_its_words_and_statements() -> None:
    names = {text.stem for text in TEXTS}
    assert names
    assert {file.stem for file in (PRACTICE / "keys").glob("*.json")} == names
    assert set(re.findall(r"^## (.+)$", REASONS, re.MULTILINE)) == names
    rows = re.findall(r"^\| \[(\w+)\]\(\1\.txt\) \| (\d+) \| (\d+) \|", INDEX, re.MULTILINE)
    assert {name: (int(words), int(statements)) for name, words, statements in rows} == {
        text.stem: (len(text.read_text(encoding="utf-8").split()), len(key(text).statements)) for text in TEXTS
    }


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_a_key_has_its_text_no_warning_and_nobody_in_their_own_chain(text: Path) -> None:
    article = key(text)
    assert (article.id, article.text) == (text.stem, text.read_text(encoding="utf-8"))
    assert lint(article) == ()
    assert not [said.id for said in article.statements if said.speaker in said.reported_by]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_every_reason_begins_with_statements_of_its_key_and_names_no_others(text: Path) -> None:
    ids = {statement.id for statement in key(text).statements}
    for reason in reasons(text):
        decided = re.findall(r"`([a-z0-9-]+)`", reason.partition(":")[0])
        mentioned = re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", reason)
        assert decided, reason
        assert {*decided, *mentioned} <= ids, reason


def test_a_part_of_a_passage_begins_anew_only_behind_another_statement_or_the_end_of_a_sentence() -> None:
    for article in (*map(key, TEXTS), *GALLERY, of_the_codebook()):
        text = article.text or ""
        for statement in article.statements:
            others = [span for other in article.statements if other is not statement for span in other.spans]
            for part, following in pairwise(statement.spans):
                between = text[part.end : following.start]
                told = any(span.start < following.start and part.end < span.end for span in others)
                assert told or re.search("[.?!]", between.rstrip()[1:]), (article.id, statement.id, between)


def test_the_example_of_the_codebook_is_a_draft_without_a_warning_as_are_the_articles_of_the_gallery() -> None:
    article = of_the_codebook()
    assert [lint(each) for each in (article, *GALLERY)] == [(), (), ()]
    assert [(denial.id, denial.denies) for denial in article.denials] == [
        ("nothing-flown", ("drones-sent",)),
        ("buying-denied", ("drones-bought",)),
    ]


def articles_in(value: object) -> Iterator[Article]:
    """The articles in a value, also in lists and tuples."""
    if isinstance(value, Article):
        yield value
    for member in value if isinstance(value, list | tuple) else ():
        yield from articles_in(member)


def articles_of(page: Path) -> list[Article]:
    """The articles that the code of a page makes."""
    document = Document.parse(str(page), PythonCodeBlockParser(), SkipParser())
    for example in document.examples():
        example.evaluate()
    return [article for value in document.namespace.values() for article in articles_in(value)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_articles_that_a_page_annotates_have_no_warning(page: Path) -> None:
    with_text = [article for article in articles_of(page) if article.text]
    assert with_text
    for article in with_text:
        assert lint(attrs.evolve(article, language="en")) == ()
