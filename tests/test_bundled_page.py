from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from geoclaims import load_article

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "scripts" / "write_bundled_page.py"
CODEBOOK = ROOT / "docs" / "codebook.md"


@pytest.mark.skipif(not SCRIPT.exists(), reason="the scripts are in the repository only")
def test_the_page_of_the_bundled_article_is_what_the_script_writes() -> None:
    specification = importlib.util.spec_from_file_location(SCRIPT.stem, SCRIPT)
    assert specification is not None
    assert specification.loader is not None
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    assert script.PAGE.read_text(encoding="utf-8") == script.page(load_article())


def test_the_cases_of_the_codebook_lead_to_what_they_name() -> None:
    article = load_article()
    ids = {actor.id for actor in article.actors} | {statement.id for statement in article.statements}
    cases = CODEBOOK.read_text(encoding="utf-8").partition("\n## Borderline cases\n")[2].partition("\n## ")[0]
    links = re.findall(r"\[`([^`]*)`\]\(reference/bundled-article\.md#([^)]*)\)", cases)
    assert len(links) > 20
    assert [(name, target) for name, target in links if name != target or name not in ids] == []
    bare = re.findall(r"(?<!\[)`([a-z0-9]+(?:-[a-z0-9]+)+)`", cases)
    assert bare == []
