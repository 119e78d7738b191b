"""Move the spans of statements to their passages in another copy of the text, and look their quotes up in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._arguments import check_handler, check_whole_text
from geoclaims._errors import MOST_ISSUES, AnchorError, Issue
from geoclaims._messages import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geoclaims._errors import Path
    from geoclaims._passages.unchanged import Range
    from geoclaims._statements import Statement

# Of so many passages or more, fewer than one in five are in another text.
_FEW: Final = 3
_LEAST_FOUND: Final = 5


def attached(
    statements: Sequence[Statement],
    old: str | None,
    text: str,
    on_error: Callable[[AnchorError], object] | None,
    *,
    with_quotes: bool = True,
) -> list[Statement]:
    """Return the statements of an article with every span moved from its old text, if it has one, to another.

    Errors are those of `Article.with_text`. Without `with_quotes`, quotes stay whether or not the text has them.
    """
    check_handler(on_error)
    check_whole_text(text)
    from geoclaims._passages.anchoring import find_again
    from geoclaims._passages.quoting import QuotedText

    members = [[(span.start, span.end, span.fingerprint) for span in statement.spans] for statement in statements]
    found = find_again(text, members, old)
    quoted = QuotedText(text)
    moved: list[Statement] = []
    problems: list[tuple[Path, Statement, Callable[[], str]]] = []
    for number, (statement, places) in enumerate(zip(statements, found, strict=True)):
        lost, there = (places, []) if isinstance(places, dict) else ({}, places)
        quotes = statement.quotes if with_quotes else ()
        gone = {index for index, quote in enumerate(quotes) if quoted.place_of(quote, there) is None}
        for index in sorted(gone):
            reason = partial(quoted.missing_quote, quotes[index])
            problems.append((("statements", number, "quotes", index), statement, reason))
        for index, passage in lost.items():
            problems.append((("statements", number, "spans", index), statement, passage.reason))
        moved.append(_moved(statement, there, gone))
    if problems:
        count = sum(map(len, members))
        missing = sum(not each.is_there for places in found if isinstance(places, dict) for each in places.values())
        issues_of_all = [Issue("span", (), another)] if (another := another_text(count - missing, count)) else []
        kept = problems[: MOST_ISSUES - len(issues_of_all)]
        named = [Issue("span", path, f"statement {describe(one.id)}: {reason()}") for path, one, reason in kept]
        error = AnchorError([*issues_of_all, *named], omitted=len(problems) - len(kept))
        if on_error is None:
            raise error
        on_error(error)
    return moved


def another_text(found: int, count: int) -> str:
    """Say that a text is another one than the annotated one, if nearly no passage is in it; otherwise nothing."""
    if count < _FEW or found * _LEAST_FOUND >= count:
        return ""
    return f"found {found} of {count} passages, expected the text that was annotated: this is another text"


def _moved(statement: Statement, places: Sequence[Range], gone: set[int]) -> Statement:
    """Return a statement with its spans at their places, none if it is lost, and without the quotes that are gone."""
    spans = [
        attrs.evolve(span, start=start, end=end) for span, (start, end) in zip(statement.spans, places, strict=False)
    ]
    quotes = [quote for index, quote in enumerate(statement.quotes) if index not in gone]
    return attrs.evolve(statement, spans=spans, quotes=quotes) if statement.spans or gone else statement
