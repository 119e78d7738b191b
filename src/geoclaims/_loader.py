"""Load an article from a file, or the one that ships with the library, annotated in full."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from functools import cache
from typing import TYPE_CHECKING

import attrs

from geoclaims._arguments import check_handler
from geoclaims._errors import AnchorError, ValidationError
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
            is not UTF-8 text (`encoding`, `text`) or holds nothing (`empty`).
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
    try:
        return article.with_text(decoded_text(_content_of(text_path)), on_error=on_error)
    except ValidationError as error:
        raise ValidationError(error.issues, omitted=error.omitted, location=os.fspath(text_path)) from None


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
        return read_to_end(lines)


def decoded_text(data: bytes) -> str:
    """Decode the text of a file, drop a byte order mark, and end lines with LF."""
    from geoclaims._json.parsing import decoded_utf_8

    return decoded_utf_8(data).replace("\r\n", "\n").replace("\r", "\n")


@cache
def _bundled() -> Article:
    from pkgutil import get_data  # importlib.resources takes eight times as long to import

    from geoclaims._json.documents import from_json

    return from_json(get_data("geoclaims", "data/article.json") or b"")
