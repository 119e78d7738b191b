"""Attach another copy of its text to an article, and move each span to its passage there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._arguments import check_handler, check_whole_text
from geoclaims._errors import MOST_ISSUES, AnchorError, Issue
from geoclaims._messages import describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoclaims._article import Article
    from geoclaims._passages.anchoring import Lost
    from geoclaims._passages.unchanged import Range
    from geoclaims._statements import Statement

# Of so many passages or more, fewer than one in five are in another text.
_FEW: Final = 3
_LEAST_FOUND: Final = 5


def attached(article: Article, text: str, on_error: Callable[[AnchorError], object] | None) -> Article:
    """Return an article with the text attached and every span moved; all else is as of `Article.with_text`."""
    check_handler(on_error)
    check_whole_text(text)
    from geoclaims._passages.anchoring import find_again

    members = [
        [(span.start, span.end, span.fingerprint) for span in statement.spans] for statement in article.statements
    ]
    found = find_again(text, members, article.text)
    problems = [
        (number, index, statement, lost)
        for number, statement in enumerate(article.statements)
        if isinstance(places := found[number], dict)
        for index, lost in places.items()
    ]
    if problems:
        count = sum(len(statement.spans) for statement in article.statements)
        there = count - sum(not lost.is_there for *_, lost in problems)
        issues_of_all = [Issue("span", (), another)] if (another := another_text(there, count)) else []
        kept = problems[: MOST_ISSUES - len(issues_of_all)]
        named = [
            Issue(
                "span",
                ("statements", number, "spans", index),
                f"statement {describe(statement.id)}: {lost.reason()}",
            )
            for number, index, statement, lost in kept
        ]
        error = AnchorError([*issues_of_all, *named], omitted=len(problems) - len(kept))
        if on_error is None:
            raise error
        on_error(error)
    statements = [_moved(statement, places) for statement, places in zip(article.statements, found, strict=True)]
    return attrs.evolve(article, statements=statements, text=text)


def another_text(found: int, count: int) -> str:
    """Say that a text is another one than the annotated one, if nearly no passage is in it; otherwise nothing."""
    if count < _FEW or found * _LEAST_FOUND >= count:
        return ""
    return f"found {found} of {count} passages, expected the text that was annotated: this is another text"


def _moved(statement: Statement, places: list[Range] | dict[int, Lost]) -> Statement:
    """Return a statement with its spans at their places; without spans if it is lost."""
    if isinstance(places, dict):
        return attrs.evolve(statement, spans=())
    moved = [
        attrs.evolve(span, start=start, end=end) for span, (start, end) in zip(statement.spans, places, strict=True)
    ]
    return attrs.evolve(statement, spans=moved) if moved else statement
