"""Keep the output for an article in proportion to its size, however often it refers to a long text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from geoclaims._model import Model, fields_given

if TYPE_CHECKING:
    from geoclaims._article import Article

WHOLE: Final = sys.maxsize
"""The length if texts need not be cut."""

_SHORT: Final = 40
# Articles written by people repeat less than their own size, in every format.
_MOST_REPEATED: Final = 10
_LEAST_MEMBER: Final = len('{"id":"a","name":"A"}')


def longest_repeated(article: Article, repeated: int) -> int:
    """Find the length to which a text is cut wherever the output repeats it.

    Args:
        article: The article.
        repeated: How many characters would be repeated in all.

    Returns:
        `WHOLE`, or a small number if the repeated characters would be more than ten times the article.

    >>> from geoclaims import Article
    >>> longest_repeated(Article(id="example"), 100) == WHOLE, longest_repeated(Article(id="example"), 1000)
    (True, 40)
    """
    # This test is nearly always enough; counting everything takes longer than many exports.
    least = _LEAST_MEMBER * (len(article.actors) + len(article.statements))
    return WHOLE if repeated <= _MOST_REPEATED * least or repeated <= _MOST_REPEATED * size(article) else _SHORT


def size(value: object) -> int:
    """Estimate the characters of a value in JSON, never more than there are."""
    if isinstance(value, str):
        return len(value) + 3
    if isinstance(value, tuple):
        return sum(map(size, value))
    if isinstance(value, Model):
        return sum(len(name) + 3 + size(each) for name, each in fields_given(value))
    return 1
