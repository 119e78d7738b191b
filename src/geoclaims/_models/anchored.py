"""The spans of an article, found again in a copy of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoclaims._models.articles import Article


def anchored(article: Article, text: str) -> Article:
    """The same article with the text attached and every span where its passage stands in it."""
    raise NotImplementedError
