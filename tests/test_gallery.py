"""What outputs for people show is kept in files, which the gallery shows."""

from __future__ import annotations

import runpy
from pathlib import Path

from geoclaims import from_json

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def test_what_is_kept_is_what_is_shown_now() -> None:
    """`nox -s generate` writes it again."""
    made = list(runpy.run_path(str(ROOT / "tools" / "make_gallery.py"))["made"]())
    assert [path.name for path, text in made if path.read_text(encoding="utf-8") != text] == []


def test_the_article_to_download_is_one() -> None:
    assert from_json((DOCS / "gallery" / "harbour.json").read_bytes()).text
