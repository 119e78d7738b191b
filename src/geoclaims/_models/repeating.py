"""Keep what is made of an article in proportion to it, however often it refers to a long text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from geoclaims._model import Model, fields_given

if TYPE_CHECKING:
    from geoclaims._models.articles import Article

WHOLE: Final = sys.maxsize
"""The length to which texts are cut where none needs to be."""

_SHORT: Final = 40
# What is made of the articles of people repeats less than their own size, whatever the format.
_MOST_REPEATED: Final = 10
_LEAST_ACTOR: Final = len('{"id":"a","name":"A"}')
_LEAST_STATEMENT: Final = len('{"type":"denial","id":"d","speaker":"a","content":"c"}')


def longest_repeated(article: Article, repeated: int) -> int:
    """Find the length to which a text is cut wherever something repeats it.

    Args:
        article: The article.
        repeated: How many characters would be repeated in all.

    Returns:
        `WHOLE`; or a few characters where those repeated would be more than ten times the article.

    >>> from geoclaims import Article
    >>> longest_repeated(Article(id="example"), 100) == WHOLE, longest_repeated(Article(id="example"), 1000)
    (True, 40)
    """
    # Nearly always this is enough to know, and counting all takes longer than many exports.
    least = _LEAST_ACTOR * len(article.actors) + _LEAST_STATEMENT * len(article.statements)
    return WHOLE if repeated <= _MOST_REPEATED * least or repeated <= _MOST_REPEATED * size(article) else _SHORT


def size(value: object) -> int:
    """Count the characters of a value in JSON, roughly and never too many."""
    if isinstance(value, str):
        return len(value) + 3
    if isinstance(value, tuple):
        return sum(map(size, value))
    if isinstance(value, Model):
        return sum(len(name) + 3 + size(each) for name, each in fields_given(value))
    return 1
