"""The gallery shows pages live, and each picture in both colour schemes, and says in words what is on it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from geoclaims import from_json

if TYPE_CHECKING:
    from tests.conftest import Run

DOCS = Path(__file__).parents[1] / "docs"


class Image(NamedTuple):
    """An image as the page asks for it."""

    classes: str
    alt: str
    source: str

    @property
    def file(self) -> Path:
        return DOCS / self.source.partition("#")[0]


@pytest.fixture(scope="module")
def images() -> list[Image]:
    text = (DOCS / "gallery.md").read_text(encoding="utf-8")
    pattern = re.compile(r'<img class="([^"]*)" loading="lazy" alt="([^"]*)"\s+src="([^"]*)">')
    found = [Image(*match) for match in pattern.findall(text)]
    assert len(found) == text.count("<img") > 1
    return found


def test_every_picture_is_there_in_both_colour_schemes_with_the_same_words(images: list[Image]) -> None:
    for light, dark in zip(images[::2], images[1::2], strict=True):
        assert re.fullmatch(r"_static/.*-light\.(png|svg)#gh-light-mode-only", light.source)
        assert "only-light" in light.classes
        assert dark == Image(light.classes.replace("light", "dark"), light.alt, light.source.replace("light", "dark"))
        assert light.file.read_bytes() != dark.file.read_bytes()


def test_every_picture_has_words_of_its_own_for_those_who_do_not_see_it(images: list[Image]) -> None:
    words = {image.alt for image in images}
    assert len(words) == len(images) // 2
    assert [alt for alt in words if len(alt.split()) < 15] == []


def test_the_gallery_shows_what_a_narrow_terminal_does(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = run("show", str(DOCS / "gallery" / "harbour.json")).out
    (block,) = re.findall(r"(?<=```text\n).*?(?=```)", (DOCS / "gallery.md").read_text("utf-8"), re.DOTALL)
    assert shown.startswith(block.rstrip("\n"))


@pytest.mark.parametrize("page", ["gallery.md", "index.md"])
def test_a_live_page_is_shown_in_a_frame_with_a_name(page: str) -> None:
    frames = re.findall(
        r'<iframe class="live" loading="lazy" src="live/(\w+)\.html" title="([^"]{40,})"></iframe>',
        (DOCS / page).read_text("utf-8"),
    )
    made = re.findall(
        r'\("(\w+)", (?:load_article|from_json)', (DOCS / "extensions" / "live_pages.py").read_text("utf-8")
    )
    assert frames
    assert {name for name, _ in frames} <= set(made)


def test_the_article_to_download_is_one() -> None:
    assert from_json((DOCS / "gallery" / "harbour.json").read_bytes()).text
