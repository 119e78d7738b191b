"""Measure how much of their passages the statements of two annotations have in common."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from geoclaims.annotation._assignment import MOST_PAIRS, too_many

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from geoclaims._statements import Statement


def characters_of(statement: Statement) -> int:
    """Count the characters of a statement's passages."""
    return sum(span.end - span.start for span in statement.spans)


def overlaps(one: Sequence[Statement], other: Sequence[Statement], least: Fraction) -> dict[int, dict[int, int]]:
    """Count the common characters of the passages of statements on two sides.

    Passages are taken in the order in which they begin, and compared with those that have not ended yet, so that only
    pairs that overlap are looked at.

    Args:
        one: The statements of one side.
        other: Those of the other.
        least: The least share of their characters, of those that either has, that a pair must have in common.

    Returns:
        By the number of a statement in one and in other, the characters that both have.

    Raises:
        ValidationError: Too many passages overlap (`range`).

    >>> from fractions import Fraction
    >>> from geoclaims import Span, Statement
    >>> text = "The navy said that it knew."
    >>> said = Statement(id="a", speaker="n", content="It knew.", spans=[Span.of(text, 0, 26)])
    >>> knew = Statement(id="b", speaker="n", content="It knew.", spans=[Span.of(text, 9, 26)])
    >>> overlaps([said], [knew], Fraction(1, 2)), overlaps([said], [knew], Fraction(2, 3))
    ({0: {0: 17}}, {})
    """
    sides = one, other
    sizes = [[characters_of(statement) for statement in side] for side in sides]
    starts = sorted(
        (span.start, span.end, side, number)
        for side, statements in enumerate(sides)
        for number, statement in enumerate(statements)
        for span in statement.spans
    )
    common: dict[int, dict[int, int]] = defaultdict(dict)
    open_passages: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    looked_at = 0
    for start, end, side, number in starts:
        others = open_passages[1 - side]
        while others and others[0][0] <= start:
            heappop(others)
        looked_at += len(others)
        if looked_at > MOST_PAIRS:
            raise too_many("statements", "passages that overlap")
        for other_end, other_number in others:
            row, column = (other_number, number) if side else (number, other_number)
            of_row = common[row]
            of_row[column] = of_row.get(column, 0) + min(end, other_end) - start
        heappush(open_passages[side], (end, number))
    for row, members in common.items():
        for column in [column for column in members if not _is_enough(row, column, members[column], sizes, least)]:
            del members[column]
    return {row: members for row, members in common.items() if members}


def _is_enough(row: int, column: int, both: int, sizes: Sequence[Sequence[int]], least: Fraction) -> bool:
    """Report whether two statements have a share of their characters in common, without rounding it."""
    either = sizes[0][row] + sizes[1][column] - both
    return both * least.denominator >= either * least.numerator
