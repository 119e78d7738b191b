"""Attach one copy of a text to all annotations of it, so that their offsets can be compared."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import attrs

from geoclaims._errors import AnchorError, Issue
from geoclaims._messages import found
from geoclaims._passages.neighbours import SHORT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoclaims._article import Article
    from geoclaims._errors import Path


def on_one_text(articles: Sequence[Article], paths: Sequence[Path]) -> list[Article]:
    """Return annotations of one text, all with the same copy of it.

    Where copies of the text differ, or some annotations have none, one copy is attached to all: the shortest that has
    all passages, so that the order of the annotations is of no matter. Where none has a text they are taken to have
    offsets in one, unless their fingerprints show that they have not.

    Args:
        articles: The annotations.
        paths: How issues name each.

    Raises:
        AnchorError: No copy has all passages, or passages moved and there is no copy to find them in (`span`).
    """
    texts = {article.text for article in articles if article.text is not None}
    if not texts:
        _refuse_moved(articles, paths)
    errors: list[AnchorError] = []
    for text in sorted(texts, key=lambda text: (len(text), text)):
        try:
            return [_attached(article, text, path) for article, path in zip(articles, paths, strict=True)]
        except AnchorError as error:
            errors.append(error)
    if errors:
        raise errors[0]
    return list(articles)


def _attached(article: Article, text: str, path: Path) -> Article:
    if article.text == text:
        return article
    try:
        return article.with_text(text)
    except AnchorError as error:
        issues = [attrs.evolve(issue, path=(*path, *issue.path)) for issue in error.issues]
        raise AnchorError(issues, omitted=error.omitted) from None


def _refuse_moved(articles: Sequence[Article], paths: Sequence[Path]) -> None:
    """Refuse annotations without a text if more of their long passages moved than stayed.

    Raises:
        AnchorError: More long passages moved than stayed (`span`).
    """
    for (one, _), (other, path) in combinations(zip(articles, paths, strict=True), 2):
        places = _places_of(one)
        moved: dict[str, Issue] = {}
        same: set[str] = set()
        for number, statement in enumerate(other.statements):
            for index, span in enumerate(statement.spans):
                there = places.get(span.fingerprint, ())
                if (span.start, span.end) in there:
                    same.add(span.fingerprint)
                elif there and span.fingerprint not in moved:
                    start, end = min(there)
                    message = (
                        f"statement {found(statement.id)}: found it at {span.start} to {span.end}, expected it at "
                        f"{start} to {end}, as in the other annotation: their copies of the text differ; attach one "
                        "copy to both, with Article.with_text or `geoclaims attach`"
                    )
                    moved[span.fingerprint] = Issue("span", (*path, "statements", number, "spans", index), message)
        issues = [issue for fingerprint, issue in moved.items() if fingerprint not in same]
        if len(issues) > len(same):
            raise AnchorError(issues)


def _places_of(article: Article) -> dict[str, set[tuple[int, int]]]:
    """Find the places of the long passages of an article, by their fingerprints."""
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for statement in article.statements:
        for span in statement.spans:
            if int(span.fingerprint.split(":")[1]) >= SHORT:  # others may stand in a text twice
                places[span.fingerprint].add((span.start, span.end))
    return places
