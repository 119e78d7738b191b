"""The pages of the reference, as they are read in the repository: without Sphinx."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

from geoclaims._rules import IDENTIFIER, NAME, PROSE, URL

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "tools" / "write_reference.py"
README = ROOT / "README.md"
PAGES = ROOT / "docs" / "reference"
PUBLIC_MODULES = ("geoclaims", "geoclaims.annotation", "geoclaims.interop", "geoclaims.strategies")


def test_the_pages_say_what_docstrings_and_declarations_say() -> None:
    checked = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_every_public_name_has_one_entry() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.md")))
    names = [f"{module}.{name}" for module in PUBLIC_MODULES for name in importlib.import_module(module).__all__]
    assert sorted(re.findall(r"<!-- entry: (\S+) -->", pages)) == sorted(names)


def linked_pages() -> set[Path]:
    """The pages to which the README leads, and those of the reference."""
    links = re.findall(r"\]\((docs/[^)#]*\.md)", README.read_text(encoding="utf-8"))
    return {*PAGES.glob("*.md"), *(ROOT / link for link in links)}


def test_the_pages_to_which_the_readme_leads_have_no_directives() -> None:
    directives = {
        str(page.relative_to(ROOT)): found
        for page in linked_pages()
        if (found := re.findall(r"^(?:```|:::)\{.*", page.read_text(encoding="utf-8"), flags=re.MULTILINE))
    }
    assert directives == {}


def headings(page: Path) -> set[str]:
    """The anchors of the headings of a page, as GitHub makes them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    }


def test_links_to_headings_lead_somewhere_without_sphinx() -> None:
    broken = []
    for page in (README, *sorted((ROOT / "docs").rglob("*.md"))):
        for file, anchor in re.findall(r"\]\(([^)#\s:]*)#([^)]*)\)", page.read_text(encoding="utf-8")):
            target = page.parent / file if file else page
            if target.suffix == ".md" and anchor not in headings(target):
                broken.append(f"{page.relative_to(ROOT)}: {file}#{anchor}")
    assert broken == []


def test_every_term_of_a_field_leads_to_its_source() -> None:
    terms = re.findall(r"\*Term:\* (.*?)\. \|", (PAGES / "models.md").read_text(encoding="utf-8"))
    assert len(terms) > 15
    assert [term for term in terms if "](bibliography.md#" not in term] == []


def test_the_forms_that_recur_are_explained_in_the_words_of_messages() -> None:
    page = (PAGES / "models.md").read_text(encoding="utf-8")
    texts = {"a line": NAME.expected, "prose": PROSE.expected, "a URL": URL.expected}
    for form, expected in {"an id": IDENTIFIER.expected.removeprefix("an id: "), **texts}.items():
        assert f"*Form:* {form}." in page
        assert f"| {form} | {expected} |" in page
