"""Draw the pictures of the documentation, and write what outputs for people are.

The pictures are of the bundled article, for pages of the documentation and for phones, light and dark. In
`tests/data/shown` are an article and what a terminal and pictures show of it. A test compares all with what is written
now. The live pages are made when the documentation is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from geoclaims import Article, load_article
from geoclaims._command_line.layout import Layout
from geoclaims._command_line.show import page
from geoclaims.interop import to_svg

ROOT: Final = Path(__file__).parents[1]
SHOWN: Final = ROOT / "tests" / "data" / "shown"
SCHEMES: Final[Any] = ("light", "dark")


def made() -> Iterator[tuple[Path, str]]:
    """Yield each file with what it should hold."""
    bundled = load_article()
    disputed = load_article(SHOWN / "disputed.json")
    for scheme in SCHEMES:
        for name, width in (("article", 736), ("article-phone", 360)):
            yield ROOT / "docs" / "_static" / f"{name}-{scheme}.svg", to_svg(bundled, width=width, scheme=scheme)
    for width in (320, 888):
        yield SHOWN / f"disputed-{width}.svg", to_svg(disputed, width=width, scheme="light")
    yield SHOWN / "disputed.txt", terminal(disputed)
    yield with_block(ROOT / "README.md", terminal(bundled), "  2 Allegation", "  3 Allegation")


def terminal(article: Article) -> str:
    """Write what a terminal shows."""
    return "".join(f"{line}\n" for line in page(article, Layout(80, styled=False)))


def with_block(file: Path, shown: str, first: str, end: str) -> tuple[Path, str]:
    """Put what is shown, from the first text to before the other, into the only block of text of a page."""
    block = shown[shown.index(first) : shown.index(end)].rstrip()
    text = file.read_text(encoding="utf-8")
    return file, re.sub(r"(?<=```text\n).*?(?=\n```)", lambda _: block, text, count=1, flags=re.DOTALL)
