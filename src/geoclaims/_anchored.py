"""Find the spans of an article again in a copy of its text, and check them against the attached text."""

from __future__ import annotations

from functools import partial
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import attrs

from geoclaims._checks import checked
from geoclaims._errors import MOST_ISSUES, AnchorError, Finding, Issue, Issues, check_handler
from geoclaims._messages import describe
from geoclaims._rules import definitions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geoclaims._article import Article
    from geoclaims._passages.anchoring import Range, Reason
    from geoclaims._spans import Span
    from geoclaims._statements import Statement

    Spans = Sequence[Sequence[Span]]
    """The spans of each statement."""


def anchored(article: Article, text: str, on_error: Callable[[AnchorError], object] | None) -> Article:
    """Return the article with the text attached and every span moved to its passage in that text.

    Args:
        article: The article.
        text: The text, which is not changed.
        on_error: Called with the error that names all passages without a place; their statements then have no spans.

    Raises:
        AnchorError: A passage is not in the text, or may be in several places of it (`span`).
        ValidationError: The text is not a string (`type`), has a forbidden character (`text`) or is empty (`empty`).
        TypeError: `on_error` is not a function.
    """
    check_handler(on_error)
    issues = Issues(None)
    checked(definitions(type(article))["text"].rule, text, ("text",), issues)
    issues.raise_if_any()
    places = _places([statement.spans for statement in article.statements], text)
    problems = [
        (number, index, statement.id, lost)
        for number, statement in enumerate(article.statements)
        for index, lost in enumerate(places[number])
        if not isinstance(lost, tuple)
    ]
    if problems:
        named = [
            Issue("span", ("statements", number, "spans", index), f"statement {describe(id)}: {lost()}")
            for number, index, id, lost in problems[:MOST_ISSUES]
        ]
        error = AnchorError(named, omitted=len(problems) - len(named))
        if on_error is None:
            raise error
        on_error(error)
    statements = [_moved(statement, found) for statement, found in zip(article.statements, places, strict=True)]
    return attrs.evolve(article, statements=statements, text=text)


def _places(spans: Spans, text: str) -> list[list[Range | Reason]]:
    """Find the place of each span, or why it has none; if two would overlap, the later one has none."""
    from geoclaims._passages.anchoring import find_again

    places = find_again(text, [[(span.start, span.end, span.fingerprint) for span in members] for members in spans])
    for members in places:
        # Passages may have another order in a copy.
        placed = sorted((place, index) for index, place in enumerate(members) if isinstance(place, tuple))
        for (before, _), (after, index) in pairwise(placed):
            if after[0] < before[1]:
                message = f"found it at {after[0]}, expected no overlap with the passage that ends at {before[1]}"
                members[index] = message.__str__
    return places


def _moved(statement: Statement, places: Sequence[object]) -> Statement:
    """Return a statement with its spans at their places, in order; without spans if one of them has no place."""
    if not statement.spans:
        return statement
    moved = [
        attrs.evolve(span, start=place[0], end=place[1])
        for span, place in zip(statement.spans, places, strict=True)
        if isinstance(place, tuple)
    ]
    whole = len(moved) == len(statement.spans)
    return attrs.evolve(statement, spans=sorted(moved, key=lambda span: span.start) if whole else ())


# Check the spans against the text that is attached.


def misplaced(spans: Spans, text: str) -> Iterator[Finding]:
    """Find the first span of each statement that does not fit the text."""
    misfits = _misfits(spans, text)
    places: list[list[Range | Reason]] = []

    def message(number: int, index: int) -> str:
        if not places:
            places.extend(_places(spans, text))
        return _differs(spans[number][index], places[number][index], text)

    for number, index in [(number, members[0]) for number, members in enumerate(misfits) if members]:
        yield "span", ("statements", number, "spans", index), partial(message, number, index)


def _misfits(spans: Spans, text: str) -> list[list[int]]:
    """List for each statement the numbers of its spans that do not fit a text."""
    from geoclaims._passages.normal_form import fingerprints

    within = [span for span in chain.from_iterable(spans) if span.end <= len(text)]
    marks = iter(fingerprints(text, [(span.start, span.end) for span in within]))
    return [
        [index for index, span in enumerate(members) if span.end > len(text) or next(marks) != span.fingerprint]
        for members in spans
    ]


def _differs(span: Span, place: object, text: str) -> str:
    """Report that a text is not the annotated one, the words at the span, and where the passage is now."""
    there = (
        f"{describe(text[span.start : span.end])} at {span.start}" if span.start < len(text) else "the end of the text"
    )
    now = f"; it is now at {place[0]} to {place[1]}" if isinstance(place, tuple) else ""
    return (
        f"found {there}, expected a passage with fingerprint {span.fingerprint}{now}: the text differs from the one "
        "that was annotated; Article.with_text and `geoclaims attach` find passages again"
    )
