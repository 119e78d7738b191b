"""Move the spans of statements to their passages in another copy of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._arguments import check_handler, check_whole_text
from geoclaims._errors import MOST_ISSUES, AnchorError, Issue
from geoclaims._messages import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geoclaims._passages.anchoring import Lost
    from geoclaims._passages.unchanged import Range
    from geoclaims._statements import Statement

# Of so many passages or more, fewer than one in five are in another text.
_FEW: Final = 3
_LEAST_FOUND: Final = 5


def attached(
    statements: Sequence[Statement], old: str | None, text: str, on_error: Callable[[AnchorError], object] | None
) -> list[Statement]:
    """Return the statements of an article with every span moved from its old text, if it has one, to another.

    Errors are those of `Article.with_text`.
    """
    check_handler(on_error)
    check_whole_text(text)
    from geoclaims._passages.anchoring import find_again

    members = [[(span.start, span.end, span.fingerprint) for span in statement.spans] for statement in statements]
    found = find_again(text, members, old)
    lost = [
        (("statements", number, "spans", index), statement, passage)
        for number, statement in enumerate(statements)
        if isinstance(places := found[number], dict)
        for index, passage in places.items()
    ]
    if lost:
        count = sum(map(len, members))
        there = count - sum(not passage.is_there for *_, passage in lost)
        issues_of_all = [Issue("span", (), another)] if (another := another_text(there, count)) else []
        kept = lost[: MOST_ISSUES - len(issues_of_all)]
        named = [
            Issue("span", path, f"statement {describe(statement.id)}: {passage.reason()}")
            for path, statement, passage in kept
        ]
        error = AnchorError([*issues_of_all, *named], omitted=len(lost) - len(kept))
        if on_error is None:
            raise error
        on_error(error)
    return [_moved(statement, places) for statement, places in zip(statements, found, strict=True)]


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
