"""Choose pairs of things on two sides with the largest sum of likeness: the assignment problem.

See H. W. Kuhn, "The Hungarian method for the assignment problem", 1955, and for the shortest paths N. Tomizawa, "On
some techniques useful for solution of transportation network problems", 1971.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Final

from geoclaims._errors import Issue, ValidationError

Table = Mapping[int, Mapping[int, int]]
"""By the number of a thing on the one side and that of one on the other, what the two have in common."""

Pair = tuple[int, int]
"""The number of a thing on the one side, and that of one on the other."""

Likeness = Callable[[int, int], Sequence[int]]
"""How alike a pair is, as non-negative numbers: the first decides, and the next one if sums are equal."""

# Pairs that are looked at in one article: 2,000 statements with one passage, which take 15 seconds (CPython 3.11).
MOST_PAIRS: Final = 4_000_000

# Rows that compete, times their pairs: 450 rows and as many columns, which take some 20 seconds at worst.
_MOST_STEPS: Final = 100_000_000


def too_many(field: str, what: str) -> ValidationError:
    """Make the error for an article with too many possible pairs."""
    message = f"found more {what} than can be matched, expected an article in which fewer stand in one place"
    return ValidationError([Issue("range", (field,), message)])


def best_pairs(field: str, table: Table, most: Sequence[int], likeness: Likeness) -> list[Pair]:
    """Choose the pairs with the largest sum of likeness, so that each thing is in at most one pair.

    Where sums are equal, the choice is taken that keeps the order of things best. Each connected component is solved
    by itself, and a pair without competitors is chosen at once.

    Args:
        field: The field of an article that has the things, for errors.
        table: The pairs that may be chosen.
        most: The largest value of each number of a likeness.
        likeness: Give the likeness of a pair.

    Returns:
        The pairs, in order.

    Raises:
        ValidationError: Too many pairs compete (`range`).

    >>> table = {0: {0: 5, 1: 3}, 1: {0: 3}}
    >>> best_pairs("statements", table, [5], lambda row, column: [table[row][column]])
    [(0, 1), (1, 0)]
    """
    chosen: list[Pair] = []
    for rows, columns in _components(table):
        if len(rows) == len(columns) == 1:
            chosen.append((rows[0], columns[0]))
            continue
        if len(rows) * sum(len(table[row]) for row in rows) > _MOST_STEPS:
            raise too_many(field, f"{field} that may be the same")
        column_of = _assigned(_weights(rows, columns, table, most, likeness))
        chosen += [(rows[row], columns[column]) for row, column in column_of.items() if column >= 0]
    return sorted(chosen)


def _components(table: Table) -> Iterator[tuple[list[int], list[int]]]:
    """Split the pairs into connected components, whose choices cannot affect each other; yield rows and columns."""
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, members in table.items():
        for column in members:
            rows_of[column].append(row)
    seen: set[int] = set()
    for first in table:
        if first in seen:
            continue
        seen.add(first)
        rows, columns = [first], set[int]()
        for row in rows:  # grows as it goes
            for column in table[row].keys() - columns:
                columns.add(column)
                neighbours = [neighbour for neighbour in rows_of[column] if neighbour not in seen]
                seen.update(neighbours)
                rows += neighbours
        if columns:
            yield sorted(rows), sorted(columns)


def _weights(
    rows: Sequence[int], columns: Sequence[int], table: Table, most: Sequence[int], likeness: Likeness
) -> Iterator[dict[int, int]]:
    """Write the likeness of the pairs of each row as positive numbers, by the ranks of their columns."""
    farthest = max(len(rows), len(columns)) ** 2
    # Larger than any sum over the pairs, so that a number outweighs all that come after it.
    bases = [number * min(len(rows), len(columns)) + 1 for number in (*most, farthest)]
    ranks = {column: rank for rank, column in enumerate(columns)}
    for rank, row in enumerate(rows):
        of_row: dict[int, int] = {}
        for column in sorted(table[row]):  # so that the order of a table never decides
            weight = 0
            # A square, so that two pairs that cross are further out of order than the same things uncrossed.
            for base, number in zip(
                bases, (*likeness(row, column), farthest - (rank - ranks[column]) ** 2), strict=True
            ):
                weight = weight * base + number
            of_row[ranks[column]] = weight
        yield of_row


def _assigned(weights: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """Assign rows to columns with the largest sum of weights, by the Hungarian method.

    Each row and column has a price, and no weight is larger than the prices of its row and column added up; those of
    chosen pairs equal them. A row is added by the shortest path that exchanges partners and ends at a free column.

    Args:
        weights: The positive weights of each row, by column.

    Returns:
        The column of each row, below 0 if it has no partner.
    """
    # Each row has a column of its own, without weight, for the case that it has no partner.
    edges = [{**of_row, ~row: 0} for row, of_row in enumerate(weights)]
    row_prices = [max(of_row.values()) for of_row in edges]
    column_prices: dict[int, int] = defaultdict(int)
    column_of: dict[int, int] = {}
    row_of: dict[int, int] = {}
    for root in range(len(edges)):
        distances: dict[int, int] = {}
        came_from: dict[int, int] = {}
        waiting: list[tuple[int, int]] = []
        reached: dict[int, int] = {}
        row, distance = root, 0
        bound = row_prices[root] + 1  # longer paths than to a free column are of no use
        while True:
            start = distance + row_prices[row]
            for column, weight in edges[row].items():
                length = start + column_prices[column] - weight
                if length < bound and length < distances.get(column, bound):
                    distances[column], came_from[column] = length, row
                    heappush(waiting, (length, column))
                    if column not in row_of:
                        bound = length
            distance, column = heappop(waiting)
            while column in reached:
                distance, column = heappop(waiting)
            if column not in row_of:
                break
            reached[column] = distance
            row = row_of[column]
        row_prices[root] -= distance
        for other, length in reached.items():
            column_prices[other] += distance - length
            row_prices[row_of[other]] -= distance - length
        while True:  # from the end of the path to its root, each row takes the next column
            row = came_from[column]
            row_of[column] = row
            column_of[row], column = column, column_of.get(row, column)
            if row == root:
                break
    return column_of
