"""The bibliography has every source that geoclaims names."""

from __future__ import annotations

import re
from pathlib import Path

from geoclaims._json.format import MODELS
from geoclaims._rules.fields import meanings_of_fields

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "reference" / "bibliography.md").read_text(encoding="utf-8")
SOURCES = dict(re.findall(r"^### (.+)\n\n((?:(?!#).*\n)+)", PAGE, re.MULTILINE))


def test_every_term_of_a_field_has_its_source_in_the_bibliography() -> None:
    names = [source.removesuffix(" Web Annotation") for source in SOURCES]
    terms = {one.term for model in MODELS for one in meanings_of_fields(model).values() if one.term is not None}
    assert len(terms) > 15
    assert [term for term in sorted(terms) if not any(name in term for name in names)] == []


def test_every_rfc_and_standard_that_the_documentation_names_is_in_the_bibliography() -> None:
    named = re.compile(r"\bRFC [0-9]+|\bISO [0-9]+|\bBCP [0-9]+")
    found = {name for page in DOCS.rglob("*.md") for name in named.findall(page.read_text(encoding="utf-8"))}
    assert {"RFC 6901", "RFC 9535", "BCP 47"} <= found <= set(named.findall(PAGE))


def test_every_source_says_where_it_can_be_found_and_what_it_is_used_for() -> None:
    assert len(SOURCES) > 25
    for name, text in SOURCES.items():
        assert re.search(r"<https?://|\]\(https?://|\*Public Relations", text), name
        assert text.count("*Used for:* ") == 1, name
