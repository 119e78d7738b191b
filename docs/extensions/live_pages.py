"""Make the pages that the gallery and the first page show in frames: those of `to_html`, from this version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geoclaims import from_json, load_article
from geoclaims.interop import to_html

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HARBOUR = Path(__file__).parents[1] / "gallery" / "harbour.json"


def write_pages(app: Sphinx, error: Exception | None) -> None:
    """Write the pages beside those of the documentation."""
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir, "live")
    folder.mkdir(exist_ok=True)
    for name, article in (("bundled", load_article()), ("harbour", from_json(HARBOUR.read_bytes()))):
        (folder / f"{name}.html").write_text(to_html(article), encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension; Sphinx calls this."""
    app.connect("build-finished", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
