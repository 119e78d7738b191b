"""Load an article from a file, or the one that ships with the library, annotated in full."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from functools import cache
from typing import TYPE_CHECKING

import attrs

from geoclaims._errors import AnchorError, Issue, ValidationError, check_handler
from geoclaims._files import FilePath, open_lines, read_to_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoclaims._article import Article


def load_article(
    path: FilePath | None = None,
    /,
    *,
    text_path: FilePath | None = None,
    on_error: Callable[[AnchorError], object] | None = None,
) -> Article:
    """Load an article from a JSON file, or the one that ships with geoclaims.

    Args:
        path: The file; it is gzip if its name ends in `.gz`, in any case.
            Without it, the annotated article that ships is loaded.
        text_path: A file in UTF-8 that holds a copy of the article's text.
        on_error: As for `Article.with_text`.

    Raises:
        AnchorError: A passage is not in the copy (`span`).
        ValidationError: The file does not hold an article; or that of the text
            is not UTF-8 text (`encoding`, `text`), holds nothing (`empty`), or
            is a JSON document (`json`).
        OSError: A file cannot be read.
        TypeError: A path is not one, or `on_error` is not a function.

    >>> from geoclaims import load_article
    >>> load_article().statement("troops-sent").content
    'China has sent troops in support of Russia.'
    """
    check_handler(on_error)
    article = _bundled() if path is None else _article_in(path)
    if text_path is None:
        return article
    text = decoded_text(_content_of(text_path), "; geoclaims.from_json reads JSON")
    return article.with_text(text, on_error=on_error)


def _article_in(path: FilePath) -> Article:
    from geoclaims._json.documents import from_json

    data = b""
    try:
        data = _content_of(path)
        return from_json(data)
    except ValidationError as error:
        issues = error.issues
        if issues[0].code == "json" and not data.removeprefix(BOM_UTF8).lstrip().startswith((b"{", b"[")):
            message = f"{issues[0].message}; load_article takes the text of an article as text_path"
            issues = (attrs.evolve(issues[0], message=message),)
        raise ValidationError(issues, omitted=error.omitted, location=os.fspath(path)) from None


def _content_of(path: FilePath) -> bytes:
    with open_lines(path) as lines:
        return read_to_end(lines, os.fspath(path))


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
