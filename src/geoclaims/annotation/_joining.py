"""Join two annotated corpora by the ids of their articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

import attrs

from geoclaims._article import Article
from geoclaims._errors import Issue, Path, ValidationError, invalid
from geoclaims._messages import found

_SIDES: Final = ("one", "other")
"""How issues name the two that are compared."""

_Numbered = tuple[int, Article]
"""An article, and its number in its corpus."""


@attrs.frozen
class Joint:
    """An article as two corpora have it."""

    articles: tuple[Article, Article]
    """Its two annotations; one without anything stands for an article that a corpus lacks."""
    paths: tuple[Path, Path] = (_SIDES[:1], _SIDES[1:])
    """How issues name the two."""
    place: tuple[int, int] = (0, 0)
    """Its place among the others: in the order of the first corpus, then what only the second has."""
    has: tuple[bool, bool] = (True, True)
    """Which of the corpora have it."""


def joined(one: object, other: object) -> Iterator[Joint]:
    """Join two corpora; memory holds all ids, and the articles whose counterpart has not been read yet.

    Raises:
        ValidationError: Something is not an article (`type`), or an id stands twice in a corpus (`duplicate_id`).
    """
    waiting: tuple[dict[str, _Numbered], dict[str, _Numbered]] = ({}, {})
    met: tuple[set[str], set[str]] = (set(), set())
    sides = dict(zip(_SIDES, (one, other), strict=True))
    for name, corpus in sides.items():
        if not isinstance(corpus, Article | Iterable):
            raise invalid("type", (name,), corpus, "articles, or an Article on both sides")
    corpora = [_articles_of(corpus, name) for name, corpus in sides.items()]
    for number, articles in enumerate(zip_longest(*corpora)):
        for side, article in enumerate(articles):
            if article is None:  # this corpus has ended
                continue
            if article.id in met[side]:
                message = f"found {found(article.id)} again, expected an id that no article before it has"
                raise ValidationError([Issue("duplicate_id", (_SIDES[side], number, "id"), message)])
            met[side].add(article.id)
            partner = waiting[1 - side].pop(article.id, None)
            if partner is None:
                waiting[side][article.id] = number, article
            else:
                yield _joint((partner, (number, article)) if side else ((number, article), partner))
    for side, left in enumerate(waiting):
        for number, article in left.values():
            missing = number, Article(id=article.id)
            yield _joint((missing, (number, article)) if side else ((number, article), missing), only=side)


def _joint(numbered: Sequence[_Numbered], only: int | None = None) -> Joint:
    (number, one), (other_number, other) = numbered
    return Joint(
        articles=(one, other),
        paths=((_SIDES[0], number), (_SIDES[1], other_number)),
        place=(only or 0, number),
        has=(only != 1, only != 0),
    )


def _articles_of(corpus: object, name: str) -> Iterator[Article]:
    """Iterate over a corpus, all of whose elements must be articles."""
    if not isinstance(corpus, Iterable):
        raise invalid("type", (name,), corpus, "articles, or an Article on both sides")
    for number, article in enumerate(corpus):
        if type(article) is not Article:
            raise invalid("type", (name, number), article, "an Article")
        yield article
