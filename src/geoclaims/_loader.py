"""The article that ships with the library, annotated in full."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geoclaims._errors import Issue, ValidationError, invalid

if TYPE_CHECKING:
    from geoclaims._models.articles import Article


def load_article(*, text_path: str | os.PathLike[str] | None = None) -> Article:
    """The annotated article that ships with geoclaims: what its speakers allege, deny and say.

    The article's text is not ours and does not ship. With a copy of it, every passage of the annotation is found in
    that copy, however it is wrapped, quoted or encoded in UTF-8.

    Args:
        text_path: A file that holds a copy of the article's text.

    Raises:
        AnchorError: A passage does not stand in the copy; the issues name every statement concerned (`span`).
        ValidationError: The file is not UTF-8 text (`encoding`, `text`), holds nothing (`empty`), or is a JSON
            document (`json`).
        OSError: The file cannot be read.

    >>> article = load_article()
    >>> len(article.denials) > 0
    True
    """
    article = _bundled()
    if text_path is None:
        return article
    return article.with_text(_read_text(Path(text_path)))


@cache
def _bundled() -> Article:
    from importlib.resources import files

    from geoclaims._json.documents import from_json

    return from_json(files("geoclaims").joinpath("data", "article.json").read_bytes())
