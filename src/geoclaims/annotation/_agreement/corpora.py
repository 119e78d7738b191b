"""Bring annotations together that are to be compared.

Two corpora are joined by the ids of their articles, and one copy of a text is attached to all annotations of it, so
that their offsets can be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import Final

import attrs

from geoclaims._article import Article
from geoclaims._errors import AnchorError, Issue, Path, ValidationError, wrong_type
from geoclaims._messages import PYTHON, describe
from geoclaims._passages.anchoring import SHORT

_SIDES: Final = ("one", "other")
"""How issues name the two that are compared."""

_Numbered = tuple[int, Article]
"""An article, and its number in its corpus."""


@attrs.frozen
class ArticlePair:
    """An article as two corpora have it."""

    articles: tuple[Article, Article]
    """Its two annotations; one without anything stands for an article that a corpus lacks."""
    paths: tuple[Path, Path] = (_SIDES[:1], _SIDES[1:])
    """How issues name the two."""
    place: tuple[int, int] = (0, 0)
    """Its place among the others: in the order of the first corpus, then what only the second has."""
    has: tuple[bool, bool] = (True, True)
    """Which of the corpora have it."""


def join_corpora(one: object, other: object) -> Iterator[ArticlePair]:
    """Join two corpora; memory holds all ids, and the articles whose counterpart has not been read yet.

    Raises:
        ValidationError: An id is repeated in a corpus (`duplicate_id`).
        TypeError: Something is not an article.
    """
    if type(one) is Article or type(other) is Article:
        found = f"{describe(one, PYTHON)} as one and {describe(other, PYTHON)} as other"
        raise TypeError(f"found {found}, expected two articles, or two lists or other iterables of articles")
    waiting: tuple[dict[str, _Numbered], dict[str, _Numbered]] = ({}, {})
    met: tuple[set[str], set[str]] = (set(), set())
    corpora = [_articles_of(corpus, name) for name, corpus in zip(_SIDES, (one, other), strict=True)]
    for number, articles in enumerate(zip_longest(*corpora)):
        for side, article in enumerate(articles):
            if article is None:  # this corpus has ended
                continue
            if article.id in met[side]:
                message = f"found {describe(article.id)} again, expected an id that no article before it has"
                raise ValidationError([Issue("duplicate_id", (_SIDES[side], number, "id"), message)])
            met[side].add(article.id)
            partner = waiting[1 - side].pop(article.id, None)
            if partner is None:
                waiting[side][article.id] = number, article
            else:
                yield _pair_of((partner, (number, article)) if side else ((number, article), partner))
    for side, left in enumerate(waiting):
        for number, article in left.values():
            missing = number, Article(id=article.id)
            yield _pair_of((missing, (number, article)) if side else ((number, article), missing), only=side)


def _pair_of(numbered: Sequence[_Numbered], only: int | None = None) -> ArticlePair:
    (number, one), (other_number, other) = numbered
    return ArticlePair(
        articles=(one, other),
        paths=((_SIDES[0], number), (_SIDES[1], other_number)),
        place=(only or 0, number),
        has=(only != 1, only != 0),
    )


def _articles_of(corpus: object, name: str) -> Iterator[Article]:
    """Iterate over a corpus, all of whose elements must be articles; a corpus that is none is refused at once."""
    if not isinstance(corpus, Iterable):
        raise wrong_type(corpus, "articles", name)
    return map(partial(_checked, name), corpus)


def _checked(name: str, article: object) -> Article:
    if type(article) is not Article:
        raise TypeError(f"found {describe(article, PYTHON)} in {name}, expected an Article")
    return article


def on_one_text(articles: Sequence[Article], paths: Sequence[Path]) -> list[Article]:
    """Return annotations of one text, all with the same copy of it.

    Where copies of the text differ, or some annotations have none, the longest copy is attached to all.

    Args:
        articles: The annotations.
        paths: How issues name each.

    Raises:
        AnchorError: It does not have all passages (`span`). If nearly none is in it, it says that this is another text,
            and whether the ids of the articles differ too.
    """
    texts = [article.text for article in articles if article.text is not None]
    if not texts:
        return list(articles)
    text = max(texts, key=lambda text: (len(text), text))  # whatever the order of the articles
    try:
        return [_attached(article, text, path) for article, path in zip(articles, paths, strict=True)]
    except AnchorError as error:
        raise _with_ids(error, articles, paths) from None


def _with_ids(error: AnchorError, articles: Sequence[Article], paths: Sequence[Path]) -> AnchorError:
    """Add to what says that a text is another one that the ids of the articles differ too."""
    first, *others = error.issues
    ids = list(dict.fromkeys(describe(article.id) for article in articles))
    if first.path in paths and len(ids) > 1:
        first = attrs.evolve(first, message=f"{first.message}; the ids differ too: {ids[0]} and {ids[1]}")
    return AnchorError([first, *others], omitted=error.omitted)


def _attached(article: Article, text: str, path: Path) -> Article:
    if article.text == text:
        return article
    try:
        return article.with_text(text)
    except AnchorError as error:
        issues = [attrs.evolve(issue, path=(*path, *issue.path)) for issue in error.issues]
        raise AnchorError(issues, omitted=error.omitted) from None


def refuse_moved(one: Article, other: Article, path: Path) -> None:
    """Refuse two annotations without a text if most long passages that both have stand elsewhere in the other.

    Their offsets are then those of different copies.

    Args:
        one: An annotation.
        other: Another.
        path: How issues name the other.

    Raises:
        AnchorError: More long passages moved than stayed (`span`).
    """
    places, other_places = _places_of(one), _places_of(other)
    both = places.keys() & other_places.keys()
    moved = sum(places[fingerprint].isdisjoint(other_places[fingerprint]) for fingerprint in both)
    if 2 * moved > len(both):
        message = (
            f"found {moved} of {len(both)} passages at other offsets than in the other annotation, expected offsets in "
            "one copy of the text: attach one to both, with Article.with_text or `geoclaims anchor`"
        )
        raise AnchorError([Issue("span", path, message)])


def _places_of(article: Article) -> dict[str, set[tuple[int, int]]]:
    """Find the places of the long passages of an article, by their fingerprints."""
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for statement in article.statements:
        for span in statement.spans:
            if int(span.fingerprint.split(":")[1]) >= SHORT:  # others may stand in a text twice
                places[span.fingerprint].add((span.start, span.end))
    return places
