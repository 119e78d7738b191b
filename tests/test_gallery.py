"""What the gallery offers to download."""

from __future__ import annotations

from pathlib import Path

from geoclaims import from_json

DOCS = Path(__file__).parents[1] / "docs"


def test_the_article_to_download_is_one() -> None:
    assert from_json((DOCS / "gallery" / "harbour.json").read_bytes()).text
