"""Bring annotations together that are to be compared.

Two corpora are joined by the ids of their articles, and one copy of a text is attached to all annotations of it, so
that their offsets can be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs

from geoclaims._article import Article
from geoclaims._attaching import attached
from geoclaims._errors import AnchorError, Issue, Path, ValidationError, wrong_type
from geoclaims._messages import PYTHON, describe

_SIDES: Final = ("one", "other")
"""How issues name the two that are compared."""
# Shorter passages, names and cues, often stand in a text twice.
_SHORT: Final = 30


@attrs.frozen
class ArticlePair:
    """An article as two corpora have it."""

    articles: tuple[Article, Article]
    """Its two annotations; one without anything stands for an article that a corpus lacks."""
    paths: tuple[Path, Path] = (_SIDES[:1], _SIDES[1:])
    """How issues name the two."""
    has: tuple[bool, bool] = (True, True)
    """Which of the corpora have it."""


def join_corpora(one: object, other: object) -> Iterator[ArticlePair]:
    """Join two corpora by the ids of their articles, in the order of the first; then what only the second has.

    Raises:
        ValidationError: An id is repeated in a corpus (`duplicate_id`).
        TypeError: Something is not an article.
    """
    if type(one) is Article or type(other) is Article:
        found = f"{describe(one, PYTHON)} as one and {describe(other, PYTHON)} as other"
        raise TypeError(f"found {found}, expected two articles, or two lists or other iterables of articles")
    ones, others = (_numbered(corpus, side) for side, corpus in zip(_SIDES, (one, other), strict=True))
    for id in dict.fromkeys([*ones, *others]):
        (number, first), (other_number, second) = (side.get(id, (0, Article(id=id))) for side in (ones, others))
        paths = (_SIDES[0], number), (_SIDES[1], other_number)
        yield ArticlePair((first, second), paths, (id in ones, id in others))


def _numbered(corpus: object, side: str) -> dict[str, tuple[int, Article]]:
    """Read a corpus: each article by its id, with its number."""
    if not isinstance(corpus, Iterable):
        raise wrong_type(corpus, "articles", side)
    articles: dict[str, tuple[int, Article]] = {}
    for number, article in enumerate(corpus):
        if type(article) is not Article:
            raise TypeError(f"found {describe(article, PYTHON)} in {side}, expected an Article")
        if article.id in articles:
            message = f"found {describe(article.id)} again, expected an id that no article before it has"
            raise ValidationError([Issue("duplicate_id", (side, number, "id"), message)])
        articles[article.id] = number, article
    return articles


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
        # To compare quotes, they need not be in the text.
        statements = attached(article.statements, article.text, text, None, with_quotes=False)
    except AnchorError as error:
        issues = [attrs.evolve(issue, path=(*path, *issue.path)) for issue in error.issues]
        raise AnchorError(issues, omitted=error.omitted) from None
    return attrs.evolve(article, statements=statements, text=text)


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
            if int(span.fingerprint.split(":")[1]) >= _SHORT:
                places[span.fingerprint].add((span.start, span.end))
    return places
