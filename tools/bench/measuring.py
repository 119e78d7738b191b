"""Time several things against each other, in interleaved rounds of CPU time, and write tables in Markdown."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

_ENOUGH = 0.01
"""The seconds that a round takes at least, a hundred times what the clock tells apart."""


class Case(NamedTuple):
    """Something to be timed, and what must be done before each round of it."""

    name: str
    run: Callable[[], object]
    prepare: Callable[[], object] = tuple
    parts: int = 1
    """The number of equal parts of one run; the time of one part is reported."""


class Timing(NamedTuple):
    """Microseconds of one run: the median of the rounds, and the middle half of them."""

    low: float
    median: float
    high: float

    def cells(self, base: float) -> list[str]:
        """Write the time for a table, with its ratio to another."""
        return [number(self.median), f"{number(self.low)} – {number(self.high)}", number(self.median / base)]


def measured(cases: Sequence[Case], rounds: int) -> dict[str, Timing]:
    """Time all cases in turn, round after round, so that whatever slows the machine slows all of them.

    Each round begins with another case, and runs each for at least a hundredth of a second. Garbage is collected
    between the rounds and not within them, since its cost depends on all else that a process holds.
    """
    numbers = {case.name: _enough(case) for case in cases}
    found: dict[str, list[float]] = {case.name: [] for case in cases}
    for round_ in range(rounds):
        first = round_ % len(cases)
        for case in (*cases[first:], *cases[:first]):
            case.prepare()
            gc.collect()
            found[case.name].append(_seconds(case, numbers[case.name]) / numbers[case.name] / case.parts * 1e6)
    return {name: Timing(*statistics.quantiles(values, n=4)) for name, values in found.items()}


def _enough(case: Case) -> int:
    """Find the number of runs that take long enough for the clock."""
    case.prepare()
    case.run()  # what is made on first use is not measured
    runs = 1
    while (seconds := _seconds(case, runs)) < _ENOUGH:
        runs = max(runs + 1, round(runs * min(10, 1.2 * _ENOUGH / max(seconds, 1e-6))))
    return runs


def _seconds(case: Case, runs: int) -> float:
    run = case.run
    gc.disable()
    before = time.process_time()
    for _ in range(runs):
        run()
    spent = time.process_time() - before
    gc.enable()
    return spent


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table in Markdown; columns of numbers, except the first, are aligned to the right."""
    columns = []
    for index, (title, *cells) in enumerate(zip(head, *rows, strict=True)):
        width = max(map(len, (title, *cells)))
        is_right = index > 0 and set("0123456789.,– ").issuperset("".join(cells))
        rule = "-" * (width - 1) + ("-", ":")[is_right]
        columns.append([cell.rjust(width) if is_right else cell.ljust(width) for cell in (title, rule, *cells)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in zip(*columns, strict=True))


def number(value: float) -> str:
    """Write a number with three significant digits."""
    if value >= 100:
        return f"{value:,.0f}".replace(",", " ")
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
