"""Match the statements of two annotations of one text, by their passages."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Final

from geoclaims.annotation._actors import namesakes_of
from geoclaims.annotation._assignment import Competitors, Likeness, best_pairs
from geoclaims.annotation._overlaps import characters_of, overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from geoclaims._article import Article
    from geoclaims._statements import Statement
    from geoclaims.annotation._assignment import Pair

# Shares are added up over their common denominator, so that equal sums are equal. Where it is larger than this, as with
# a hundred passages of different lengths in one place, shares are rounded at this fraction.
_FINEST: Final = 1 << 256


def matched_statements(one: Article, other: Article, least: Fraction) -> dict[Pair, int]:
    """Match the statements of two articles by their passages, and the rest by id if either has no passages.

    Args:
        one: An annotation of a text.
        other: Another, with offsets in the same text.
        least: The share of their characters that two statements must have in common.

    Returns:
        The pairs, by their numbers and in order, and for each the number of characters that both have.

    Raises:
        ValidationError: Too many passages overlap, or too many actors have one name (`range`).
    """
    table = overlaps(one.statements, other.statements, least)
    sizes, other_sizes = ([characters_of(each) for each in article.statements] for article in (one, other))
    numbers, other_numbers = (
        {actor.id: number for number, actor in enumerate(article.actors)} for article in (one, other)
    )
    namesakes = namesakes_of(one.actors, other.actors)

    def likeness_of(competitors: Competitors) -> Likeness:
        unions = {
            sizes[row] + other_sizes[column] - both for row in competitors.rows for column, both in table[row].items()
        }
        scale = _common_multiple(unions)

        def likeness(row: int, column: int) -> Sequence[int]:
            both = table[row][column]
            first, second = one.statements[row], other.statements[column]
            return (
                both * scale // (sizes[row] + other_sizes[column] - both),
                type(first) is type(second),
                other_numbers[second.speaker] in namesakes[numbers[first.speaker]],
                first.cue == second.cue,
                getattr(first, "kind", None) == getattr(second, "kind", None),
                first.content == second.content,
            )

        return Likeness((scale, 1, 1, 1, 1, 1), likeness)

    by_passages = best_pairs("statements", table, likeness_of)
    by_id = _by_id(one.statements, other.statements, by_passages)
    return {(row, column): table.get(row, {}).get(column, 0) for row, column in sorted([*by_passages, *by_id])}


def _common_multiple(numbers: set[int]) -> int:
    """Find the least common multiple of some numbers, or `_FINEST` if it is larger."""
    multiple = 1
    for number in numbers:
        multiple = lcm(multiple, number)
        if multiple > _FINEST:
            return _FINEST
    return multiple


def _by_id(one: Sequence[Statement], other: Sequence[Statement], pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Match the remaining statements by id if either has no passages."""
    rows, columns = ({pair[side] for pair in pairs} for side in (0, 1))
    column_of = {statement.id: column for column, statement in enumerate(other) if column not in columns}
    for row, statement in enumerate(one):
        column = column_of.get(statement.id)
        if row not in rows and column is not None and not (statement.spans and other[column].spans):
            yield row, column
