"""The bibliography has every source that geoclaims names, and every source in it is used somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

from geoclaims import Actor, Allegation, Article, Denial, Quantity, Span, Statement
from geoclaims._model import Model
from geoclaims._rules.meanings import meanings_of_fields

DOCS = Path(__file__).parents[1] / "docs"
MODELS: tuple[type[Model], ...] = (Actor, Statement, Allegation, Denial, Article, Quantity, Span)


@attrs.frozen
class Source:
    """An entry of the bibliography."""

    name: str
    text: str


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    page = (DOCS / "reference" / "bibliography.md").read_text(encoding="utf-8")
    sections = re.split(r"^#{2,3} (.+)\n", page, flags=re.MULTILINE)[1:]
    return [Source(name, text) for name, text in zip(sections[::2], sections[1::2], strict=True) if text.strip()]


def test_every_term_of_a_field_has_its_source_in_the_bibliography(sources: list[Source]) -> None:
    names = [source.name.removesuffix(" Web Annotation") for source in sources]
    terms = {one.term for model in MODELS for one in meanings_of_fields(model).values() if one.term is not None}
    assert len(terms) > 15
    assert [term for term in sorted(terms) if not any(name in term for name in names)] == []


def test_every_rfc_and_standard_that_the_documentation_names_is_in_the_bibliography(sources: list[Source]) -> None:
    cited = "\n".join(source.name + source.text for source in sources)
    named = re.compile(r"\bRFC [0-9]+|\bISO [0-9]+|\bBCP [0-9]+")
    pages = [page for page in DOCS.rglob("*.md") if page.name != "bibliography.md"]
    found = {name for page in pages for name in named.findall(page.read_text(encoding="utf-8"))}
    assert {"RFC 6901", "RFC 9535", "BCP 47"} <= found
    assert [name for name in sorted(found) if name not in cited] == []


def test_every_source_says_where_it_can_be_found_and_what_it_is_used_for(sources: list[Source]) -> None:
    assert len(sources) > 25
    for source in sources:
        assert re.search(r"<https?://|\]\(https?://|\*Public Relations|\*Journal of", source.text), source.name
        assert source.text.count("\n*Used for:* ") == 1, source.name


def test_the_links_of_the_glossary_lead_to_sources(sources: list[Source]) -> None:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    places = {re.sub(r"[^\w\- ]", "", source.name.lower()).replace(" ", "-") for source in sources}
    links = set(re.findall(r"reference/bibliography\.md#([^)]*)\)", glossary))
    assert len(links) > 10
    assert links <= places
