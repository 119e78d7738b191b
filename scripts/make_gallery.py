"""Draw the pictures of the documentation: those of the bundled article, and what a browser shows of pages.

    python scripts/make_gallery.py                  writes docs/_static/article-*.svg and docs/_static/gallery/*.png

It needs Chromium and the package `playwright`. The SVGs are the same on every machine, and a test compares them; the
screenshots have the fonts of the machine.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal, NamedTuple

from playwright.sync_api import sync_playwright

from geoclaims import Article, from_json, load_article
from geoclaims.interop import to_html, to_svg

DOCS: Final = Path(__file__).parents[1] / "docs"
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


class Shot(NamedTuple):
    """What to show: an article in a window of some size, scrolled to an element, with another pointed at."""

    name: str
    article: Article
    width: int
    height: int
    top: str
    pointed_at: str = ""


BUNDLED: Final = load_article()
INVENTED: Final = from_json((DOCS / "gallery" / "harbour.json").read_bytes())

SHOTS: Final = (
    Shot("bundled", BUNDLED, 1200, 860, "h1"),
    Shot("statements", BUNDLED, 1200, 860, "h2"),
    Shot("invented", INVENTED, 1200, 860, "h2", ".text .number[data-statement='in-base']"),
    Shot("phone", INVENTED, 390, 844, ".text", ".text .number[data-statement='no-mines']"),
)


def main() -> None:
    """Draw all of them."""
    for scheme in SCHEMES:
        for name, width in (("article", 888), ("article-phone", 360)):
            picture = to_svg(BUNDLED, width=width, scheme=scheme)
            (DOCS / "_static" / f"{name}-{scheme}.svg").write_text(picture, encoding="utf-8", newline="\n")
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for shot in SHOTS:
            file = Path(folder, f"{shot.name}.html")
            file.write_text(to_html(shot.article), encoding="utf-8")
            for scheme in SCHEMES:
                page = browser.new_page(
                    viewport={"width": shot.width, "height": shot.height},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                    device_scale_factor=2 if shot.width < 500 else 1,
                )
                page.goto(file.as_uri())
                page.locator(shot.top).first.evaluate("e => scrollTo(0, scrollY + e.getBoundingClientRect().top - 16)")
                if shot.pointed_at:
                    page.locator(shot.pointed_at).hover()
                page.screenshot(path=DOCS / "_static" / "gallery" / f"{shot.name}-{scheme}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
