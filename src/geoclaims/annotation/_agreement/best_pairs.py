"""Choose pairs of things on two sides with the largest sum of likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Final

import attrs

from geoclaims._errors import Issue, ValidationError

Table = Mapping[int, Mapping[int, int]]
"""By the number of a thing on the one side and that of one on the other, what the two have in common."""

Pair = tuple[int, int]
"""The number of a thing on the one side, and that of one on the other."""

# Pairs that are looked at in one article: 2,000 statements with one passage, which take 15 seconds (CPython 3.11).
MOST_PAIRS: Final = 4_000_000

# Steps of all assignments of one article, which take some 20 seconds: more than 450 rows and columns can need.
_MOST_STEPS: Final = 50_000_000


@attrs.frozen
class Competitors:
    """A connected component of the possible pairs: each choice may affect all others in it."""

    rows: Sequence[int]
    """Those on the one side, in order."""
    columns: Sequence[int]
    """Those on the other side, in order."""
    table: Table


@attrs.frozen
class Likeness:
    """How alike pairs are, as non-negative numbers: the first decides, and the next one if sums are equal."""

    most: Sequence[int]
    """The largest value of each number."""
    of: Callable[[int, int], Sequence[int]]
    """The numbers of a pair."""


def too_many(field: str, what: str) -> ValidationError:
    """Make the error for an article with too many possible pairs."""
    message = f"found more {what} than can be matched, expected an article in which fewer stand in one place"
    return ValidationError([Issue("range", (field,), message)])


def best_pairs(field: str, table: Table, likeness_of: Callable[[Competitors], Likeness]) -> list[Pair]:
    """Choose the pairs with the largest sum of likeness, so that each thing is in at most one pair.

    Where sums are equal, the choice is taken that keeps the order of things best. Each connected component is solved
    by itself, and a pair without competitors is chosen at once.

    Args:
        field: The field of an article that has the things, for errors.
        table: The pairs that may be chosen.
        likeness_of: Give the likeness of pairs that compete.

    Returns:
        The pairs, in order.

    Raises:
        ValidationError: Too many pairs compete (`range`).

    >>> table = {0: {0: 5, 1: 3}, 1: {0: 3}}
    >>> best_pairs("statements", table, lambda _: Likeness((5,), lambda row, column: (table[row][column],)))
    [(0, 1), (1, 0)]
    """
    chosen: list[Pair] = []
    budget = _Budget(field)
    for competitors in _components(table):
        if len(competitors.rows) == len(competitors.columns) == 1:
            chosen.append((competitors.rows[0], competitors.columns[0]))
        else:
            chosen += _best_of(competitors, likeness_of(competitors), budget)
    return sorted(chosen)


def _components(table: Table) -> Iterator[Competitors]:
    """Split the pairs into connected components."""
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
            for column in table[row]:
                if column in columns:
                    continue
                columns.add(column)
                for neighbour in rows_of[column]:
                    if neighbour not in seen:
                        seen.add(neighbour)
                        rows.append(neighbour)
        if columns:
            yield Competitors(sorted(rows), sorted(columns), table)


def _best_of(competitors: Competitors, likeness: Likeness, budget: _Budget) -> Iterator[Pair]:
    """Choose among pairs that compete."""
    rows, columns = competitors.rows, competitors.columns
    least = min(len(rows), len(columns))
    farthest = max(len(rows), len(columns)) ** 2
    # Larger than any sum over the pairs, so that a number outweighs all that come after it.
    bases = [most * least + 1 for most in (*likeness.most, farthest)]
    rank_of = {column: rank for rank, column in enumerate(columns)}
    weights: list[dict[int, int]] = []
    for rank, row in enumerate(rows):
        of_row: dict[int, int] = {}
        for column in sorted(competitors.table[row]):  # so that the order of a table never decides
            other = rank_of[column]
            # A square, so that two pairs that cross are further out of order than the same things uncrossed.
            numbers = (*likeness.of(row, column), farthest - (rank - other) ** 2)
            weight = 0
            for base, number in zip(bases, numbers, strict=True):
                weight = weight * base + number
            of_row[other] = weight
        weights.append(of_row)
    return ((rows[row], columns[column]) for row, column in _Assignment.of(weights, budget).column_of.items())


@attrs.define
class _Budget:
    """The steps that are left for an article."""

    field: str
    left: int = attrs.field(factory=lambda: _MOST_STEPS)

    def spend(self, steps: int) -> None:
        """Spend steps, or raise `ValidationError` (`range`) if too few are left."""
        self.left -= steps
        if self.left < 0:
            raise too_many(self.field, f"{self.field} that may be the same")


@attrs.define
class _Assignment:
    """An assignment of rows to columns of largest weight, by the Hungarian method.

    Each row and column has a price: no weight is above the prices of its row and column added up, those of chosen
    pairs equal them, and what has no partner costs nothing. A row is added by the cheapest path that exchanges partners
    and ends at a column that had none, or leaves a row without. See H. W. Kuhn, "The Hungarian method for the
    assignment problem", 1955, and for the paths N. Tomizawa, "On some techniques useful for solution of transportation
    network problems", 1971.
    """

    weights: Sequence[Mapping[int, int]]
    budget: _Budget
    row_prices: list[int]
    column_prices: dict[int, int] = attrs.field(factory=lambda: defaultdict(int))
    column_of: dict[int, int] = attrs.field(factory=dict)
    row_of: dict[int, int] = attrs.field(factory=dict)

    @classmethod
    def of(cls, weights: Sequence[Mapping[int, int]], budget: _Budget) -> _Assignment:
        """Assign all rows."""
        assignment = cls(weights, budget, [0] * len(weights))
        for row in range(len(weights)):
            assignment.add(row)
        return assignment

    def add(self, root: int) -> None:
        """Assign one more row."""
        prices = self.column_prices
        self.row_prices[root] = max(weight - prices[column] for column, weight in self.weights[root].items())
        rows, columns, came_from = {root: 0}, dict[int, int](), dict[int, int]()
        distances: dict[int, int] = {}
        waiting: list[tuple[int, int]] = []
        row, reached = root, 0
        cheapest, end, leaves = self.row_prices[root], root, True
        while True:
            self.budget.spend(len(self.weights[row]))
            start = reached + self.row_prices[row]
            for column, weight in self.weights[row].items():
                distance = start + prices[column] - weight
                if distance < cheapest and distance < distances.get(column, cheapest):
                    distances[column], came_from[column] = distance, row
                    if column in self.row_of:
                        heappush(waiting, (distance, column))
                    else:
                        cheapest, end, leaves = distance, column, False
            while waiting and waiting[0][1] in columns:
                heappop(waiting)
            if not waiting or waiting[0][0] >= cheapest:
                break
            reached, column = heappop(waiting)
            columns[column] = reached
            row = self.row_of[column]
            rows[row] = reached
            if reached + self.row_prices[row] < cheapest:
                cheapest, end, leaves = reached + self.row_prices[row], row, True
        for row, distance in rows.items():
            self.row_prices[row] -= cheapest - distance
        for column, distance in columns.items():
            prices[column] += cheapest - distance
        self._exchange(came_from, root, self.column_of.pop(end, None) if leaves else end)

    def _exchange(self, came_from: Mapping[int, int], root: int, column: int | None) -> None:
        """Give each row on a path, from its end to its root, the next column instead of the previous one."""
        while column is not None:
            row = came_from[column]
            before = self.column_of.get(row)
            self.column_of[row], self.row_of[column] = column, row
            column = None if row == root else before
