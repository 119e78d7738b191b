"""The reference names every public name once, its links lead somewhere in a clone too, and it has every source."""

from __future__ import annotations

import re
from pathlib import Path

from geoclaims._json.format import MODELS
from geoclaims._rules.fields import meanings_of_fields
from geoclaims._rules.rules import IDENTIFIER, NAME, PROSE, URL
from tools.write_reference import MODULES

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = sorted((ROOT / "docs").rglob("*.md"))
REFERENCE = [page for page in DOCS if page.parent.name == "reference"]


def test_every_public_name_has_one_heading_with_its_docstring_below() -> None:
    entry = re.compile(r"^### `(\w+)`\n\n<!-- docstring -->\n(?!<!-- end -->)", re.MULTILINE)
    headings = [name for page in REFERENCE for name in entry.findall(page.read_text("utf-8"))]
    names = [name for module in MODULES for name in module.__all__]
    wrong = [name for name in names if headings.count(name) != 1]
    assert not wrong, f"docs/reference: no page has one heading, with a docstring below, of {wrong}"


def test_the_pages_to_which_the_readme_leads_have_no_directives() -> None:
    linked = {ROOT / link for link in re.findall(r"\]\((docs/[^)#]*\.md)", README.read_text("utf-8"))}
    for page in {*linked, *REFERENCE}:
        assert re.findall(r"^(?:```|:::)\{.*", page.read_text("utf-8"), re.MULTILINE) == [], page


def headings(page: Path) -> set[str]:
    """The anchors of the headings of a page, as GitHub makes them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }


def test_links_lead_to_files_and_headings_without_sphinx_too() -> None:
    for page in (README, *DOCS):
        for file, anchor in re.findall(r"\]\((?!\w+:)([^)#\s]*)#?([^)\s]*)\)", page.read_text("utf-8")):
            target = page.parent / file if file else page
            assert target.is_file(), (page, file)
            assert not anchor or anchor in headings(target), (page, file, anchor)


def test_the_forms_that_recur_are_explained_in_the_words_of_messages() -> None:
    page = (ROOT / "docs" / "reference" / "models.md").read_text("utf-8")
    texts = {"a line": NAME.expected, "prose": PROSE.expected, "a URL": URL.expected}
    for form, expected in {"an id": IDENTIFIER.expected.partition(": ")[2], **texts}.items():
        assert f"| {form} | {expected} |" in page


BIBLIOGRAPHY = (ROOT / "docs" / "reference" / "bibliography.md").read_text(encoding="utf-8")
SOURCES = dict(re.findall(r"^### (.+)\n\n((?:(?!#).*\n)+)", BIBLIOGRAPHY, re.MULTILINE))


def test_every_term_of_a_field_has_its_source_in_the_bibliography() -> None:
    names = [source.removesuffix(" Web Annotation") for source in SOURCES]
    terms = {one.term for model in MODELS for one in meanings_of_fields(model).values() if one.term is not None}
    assert len(terms) > 15
    assert [term for term in sorted(terms) if not any(name in term for name in names)] == []


def test_every_rfc_and_standard_that_the_documentation_names_is_in_the_bibliography() -> None:
    named = re.compile(r"\bRFC [0-9]+|\bISO [0-9]+|\bBCP [0-9]+")
    found = {name for page in DOCS for name in named.findall(page.read_text(encoding="utf-8"))}
    assert {"RFC 6901", "RFC 9535", "BCP 47"} <= found <= set(named.findall(BIBLIOGRAPHY))


def test_every_source_says_where_it_can_be_found_and_what_it_is_used_for() -> None:
    assert len(SOURCES) > 25
    for name, text in SOURCES.items():
        assert re.search(r"<https?://|\]\(https?://|\*Public Relations", text), name
        assert text.count("*Used for:* ") == 1, name
