"""Load the article that ships with the library, annotated in full."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from geoclaims._errors import AnchorError, Issue, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoclaims._article import Article


def load_article(
    *, text_path: str | os.PathLike[str] | None = None, on_error: Callable[[AnchorError], object] | None = None
) -> Article:
    """Load the annotated article that ships with geoclaims.

    Args:
        text_path: A file in UTF-8 that holds a copy of the article's text.
        on_error: As for `Article.with_text`.

    Raises:
        AnchorError: A passage is not in the copy (`span`).
        ValidationError: The file is not UTF-8 text (`encoding`, `text`), holds
            nothing (`empty`), or is a JSON document (`json`).
        OSError: The file cannot be read.

    >>> from geoclaims import load_article
    >>> load_article().statement("troops-sent").content
    'China has sent troops in support of Russia.'
    """
    article = _bundled()
    if text_path is None:
        return article
    from geoclaims._files import open_lines, read_to_end

    with open_lines(text_path) as lines:
        data = read_to_end(lines, os.fspath(text_path))
    return article.with_text(decoded_text(data, "; geoclaims.from_json reads JSON"), on_error=on_error)


def decoded_text(data: bytes, if_json: str = "") -> str:
    """Decode the text of a file, drop a byte order mark, and end lines with LF; of JSON, say what else to do."""
    from geoclaims._json.text import decoded_utf_8, is_json

    text = decoded_utf_8(data)
    if is_json(text):
        message = f"found a JSON document, expected the text of the article{if_json}"
        raise ValidationError([Issue("json", (), message)])
    return text.replace("\r\n", "\n").replace("\r", "\n")


@cache
def _bundled() -> Article:
    from importlib.resources import files

    from geoclaims._json.documents import from_json

    return from_json(files("geoclaims").joinpath("data", "article.json").read_bytes())
