"""Draw the pictures of the documentation: `python tools/make_gallery.py`.

They are of the bundled article, for wide and narrow pages, light and dark. A test compares them with the output of
`to_svg`. The live pages are made when the documentation is built.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from geoclaims import load_article
from geoclaims.interop import to_svg

STATIC: Final = Path(__file__).parents[1] / "docs" / "_static"
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

if __name__ == "__main__":
    for scheme in SCHEMES:
        for name, width in (("article", 888), ("article-phone", 360)):
            picture = to_svg(load_article(), width=width, scheme=scheme)
            (STATIC / f"{name}-{scheme}.svg").write_text(picture, encoding="utf-8", newline="\n")
