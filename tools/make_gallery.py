"""Draw the pictures of the documentation, those of the bundled article and the pages of the gallery.

    python tools/make_gallery.py                  draws the pictures that are out of date
    python tools/make_gallery.py --all            draws all of them
    python tools/make_gallery.py --check          names those that are out of date, and needs no other program

The SVGs are the same on every machine, and a test compares them. The screenshots have the fonts of the machine; each
keeps a hash of its source, which shows whether it is out of date. Drawing them needs Chromium and the packages of the
dependency group `gallery`. The screenshots of a terminal, a notebook and a spreadsheet are taken by hand.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal, NamedTuple

from geoclaims import from_json, load_article
from geoclaims.interop import to_html, to_svg

DOCS: Final = Path(__file__).parents[1] / "docs"
GALLERY: Final = DOCS / "_static" / "gallery"
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
HARBOUR: Final = DOCS / "gallery" / "harbour.json"

COLOURS: Final = 64
"""How many colours a screenshot keeps, the most different ones: enough for letters with smooth edges in each colour."""


class Window(NamedTuple):
    """The window of a browser: its size, the element that it is scrolled to, and the one that is pointed at."""

    width: int
    height: int
    top: str = "body"
    pointed_at: str = ""
    sharpness: float = 1


class Picture(NamedTuple):
    """A screenshot of a page, taken in both schemes."""

    name: str
    page: str
    window: Window


def drawn(picture: Picture, browser: Any, scheme: str) -> bytes:
    """Show a page in a browser that cannot reach the network, and take a picture."""
    window = picture.window
    with TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_text(picture.page, encoding="utf-8")
        tab = browser.new_page(
            viewport={"width": window.width, "height": window.height},
            color_scheme=scheme,
            reduced_motion="reduce",
            device_scale_factor=window.sharpness,
        )
        tab.route("**/*", lambda route: route.continue_() if route.request.url == file.as_uri() else route.abort())
        tab.goto(file.as_uri(), wait_until="domcontentloaded")
        tab.locator(window.top).first.evaluate("e => scrollTo(0, scrollY + e.getBoundingClientRect().top - 16)")
        if window.pointed_at:
            tab.locator(window.pointed_at).hover()
        screenshot: bytes = tab.screenshot()
        tab.close()
    return screenshot


def pictures() -> list[Picture]:
    """Plan all pictures."""
    bundled, invented = to_html(load_article()), to_html(from_json(HARBOUR.read_bytes()))
    return [
        Picture("bundled", bundled, Window(960, 800, "h1")),
        Picture("statements", bundled, Window(960, 620, "h2")),
        Picture("invented", invented, Window(960, 800, "h2", ".text .number[data-statement='no-mines']")),
        Picture("phone", invented, Window(390, 700, ".text", ".text .number[data-statement='no-mines']", 1.5)),
    ]


def digest(picture: Picture) -> str:
    """Hash what a picture is drawn from."""
    return sha256(f"{picture.page}{picture.window}".encode()).hexdigest()


def out_of_date(picture: Picture) -> bool:
    """Report whether a picture is missing in a scheme, or was drawn from something else."""
    files = [GALLERY / f"{picture.name}-{scheme}.png" for scheme in SCHEMES]
    return not all(file.is_file() and digest(picture).encode() in file.read_bytes() for file in files)


def draw_screenshots(wanted: list[Picture]) -> None:
    """Draw pictures in both schemes, with few colours, so that they are small."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for picture in wanted:
            notes = PngInfo()
            notes.add_text("Source", digest(picture))
            for scheme in SCHEMES:
                image = Image.open(BytesIO(drawn(picture, browser, scheme))).convert("RGB")
                small = image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
                small.save(GALLERY / f"{picture.name}-{scheme}.png", optimize=True, pnginfo=notes)
        browser.close()


def draw_svgs() -> None:
    """Draw the bundled article for wide and narrow pages, in both schemes."""
    for scheme in SCHEMES:
        for name, width in (("article", 888), ("article-phone", 360)):
            picture = to_svg(load_article(), width=width, scheme=scheme)
            (DOCS / "_static" / f"{name}-{scheme}.svg").write_text(picture, encoding="utf-8", newline="\n")


def main() -> None:
    """Draw the pictures that are asked for, or list those that are out of date."""
    parser = argparse.ArgumentParser(description="Draw the pictures of the documentation.")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--all", action="store_true", help="draw all screenshots, also those that are current")
    what.add_argument("--check", action="store_true", help="name the screenshots that are out of date, and draw none")
    arguments = parser.parse_args()
    wanted = [picture for picture in pictures() if arguments.all or out_of_date(picture)]
    if arguments.check:
        print("\n".join(picture.name for picture in wanted) or "all screenshots are current")
        sys.exit(bool(wanted))
    draw_svgs()
    draw_screenshots(wanted)


if __name__ == "__main__":
    main()
