"""What outputs for people show is kept in files; the gallery shows it in both colour schemes, and says it in words."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import NamedTuple

import pytest

from geoclaims import from_json

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


class Image(NamedTuple):
    """An image as the page asks for it."""

    classes: str
    alt: str
    source: str


@pytest.fixture(scope="module")
def images() -> list[Image]:
    text = (DOCS / "gallery.md").read_text(encoding="utf-8")
    pattern = re.compile(r'<img class="([^"]*)" loading="lazy" alt="([^"]*)"\s+src="([^"]*)">')
    found = [Image(*match) for match in pattern.findall(text)]
    assert len(found) == text.count("<img") > 1
    return found


def test_what_is_kept_is_what_is_shown_now() -> None:
    """`nox -s generate` writes it again."""
    made = list(runpy.run_path(str(ROOT / "tools" / "make_gallery.py"))["made"]())
    assert [path.name for path, text in made if path.read_text(encoding="utf-8") != text] == []


def test_every_picture_has_both_colour_schemes_and_words_of_its_own(images: list[Image]) -> None:
    for light, dark in zip(images[::2], images[1::2], strict=True):
        assert re.fullmatch(r"_static/.*-light\.(png|svg)#gh-light-mode-only", light.source)
        assert "only-light" in light.classes
        assert dark == Image(light.classes.replace("light", "dark"), light.alt, light.source.replace("light", "dark"))
        assert (DOCS / light.source.partition("#")[0]).exists()
    words = {image.alt for image in images}
    assert len(words) == len(images) // 2
    assert [alt for alt in words if len(alt.split()) < 15] == []


@pytest.mark.parametrize("page", ["gallery.md", "index.md"])
def test_a_live_page_is_shown_in_a_frame_with_a_name(page: str) -> None:
    frames = re.findall(
        r'<iframe class="live" loading="lazy" src="live/(\w+)\.html" title="([^"]{40,})"></iframe>',
        (DOCS / page).read_text("utf-8"),
    )
    pages = (DOCS / "extensions" / "live_pages.py").read_text("utf-8")
    assert {name for name, _ in frames} <= set(re.findall(r'\("(\w+)", (?:load_article|from_json)', pages))
    assert frames


def test_the_article_to_download_is_one() -> None:
    assert from_json((DOCS / "gallery" / "harbour.json").read_bytes()).text
