from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from geoclaims import Actor, Allegation, Article, load_article

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "scripts" / "draw_article.py"
SVG = "{http://www.w3.org/2000/svg}"
ARTICLE = load_article()


@pytest.fixture(scope="module")
def script() -> ModuleType:
    if not SCRIPT.exists():
        pytest.skip("the scripts are in the repository only")
    specification = importlib.util.spec_from_file_location(SCRIPT.stem, SCRIPT)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def drawn(script: ModuleType, article: Article) -> ElementTree.Element:
    return ElementTree.fromstring(script.draw(article))  # noqa: S314 - it is our own


def test_the_picture_in_the_documentation_is_what_the_script_draws(script: ModuleType) -> None:
    picture = (ROOT / "docs" / "_static" / "article.svg").read_text(encoding="utf-8")
    assert picture == script.draw(ARTICLE), "python scripts/draw_article.py draws it again"


def test_every_link_from_a_denial_is_an_arrow(script: ModuleType) -> None:
    arrows = [path for path in drawn(script, ARTICLE).iter(f"{SVG}path") if path.get("class") == "line"]
    assert len(arrows) == sum(len(denial.denies) for denial in ARTICLE.denials)


def test_every_allegation_and_denial_is_drawn_once(script: ModuleType) -> None:
    cards = Counter(rect.get("class") for rect in drawn(script, ARTICLE).iter(f"{SVG}rect"))
    assert cards["allegation"] == len(ARTICLE.allegations)
    assert cards["denial"] == len(ARTICLE.denials)


def test_no_name_breaks_out_of_the_picture(script: ModuleType) -> None:
    name = "</text><script>alert(1)</script> & \"quotes\" 'more'"
    claim = Allegation(id="s1", speaker="a", content=name, accused=["a"])
    picture = drawn(script, Article(id="x", actors=[Actor(id="a", name=name)], statements=[claim]))
    assert picture.find(f".//{SVG}script") is None
    assert name in "".join(picture.itertext())
