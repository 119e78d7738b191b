"""Time several things against each other, in interleaved rounds of CPU time, and write tables in Markdown."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

_ENOUGH = 0.01
"""The seconds that a round takes at least, a hundred times what the clock tells apart."""


class Case(NamedTuple):
    """Something to be timed, and what must be done before each round of it."""

    run: Callable[[], object]
    prepare: Callable[[], object] = tuple


def measured(cases: Mapping[str, Case], rounds: int) -> dict[str, float]:
    """Return the median of the microseconds of each case, all timed in turn, so that what slows one slows all.

    Each round begins with another case, and runs each for at least a hundredth of a second. Garbage is collected
    between the rounds and not within them, since its cost depends on all else that a process holds.
    """
    numbers = {name: _enough(case) for name, case in cases.items()}
    found: dict[str, list[float]] = {name: [] for name in cases}
    names = list(cases)
    for _ in range(rounds):
        names.append(names.pop(0))
        for name in names:
            found[name].append(_seconds(cases[name], numbers[name]) / numbers[name] * 1e6)
    return {name: statistics.median(values) for name, values in found.items()}


def _enough(case: Case) -> int:
    """Find the number of runs that take long enough for the clock."""
    _seconds(case, 1)  # what is made on first use is not measured
    runs = 1
    while (seconds := _seconds(case, runs)) < _ENOUGH:
        runs = max(runs + 1, round(runs * min(10, 1.2 * _ENOUGH / max(seconds, 1e-6))))
    return runs


def _seconds(case: Case, runs: int) -> float:
    case.prepare()
    gc.collect()
    gc.disable()
    before = time.process_time()
    for _ in range(runs):
        case.run()
    spent = time.process_time() - before
    gc.enable()
    return spent


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table in Markdown; all columns but the first are numbers, and stand to the right."""
    rule = ["---", *["--:"] * (len(head) - 1)]
    widths = [max(map(len, column)) for column in zip(head, rule, *rows, strict=True)]
    lines = []
    for first, *others in (head, rule, *rows):
        cells = [first.ljust(widths[0]), *map(str.rjust, others, widths[1:])]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def compared(what: str, unit: str, found: Mapping[str, float], base: str) -> str:
    """Write a table of what was measured, with the ratio to one of the rows."""
    rows = [[name, number(value), number(value / found[base])] for name, value in found.items()]
    return table([what, unit, f"× {base}"], rows)


def number(value: float) -> str:
    """Write a number with three significant digits."""
    if value >= 100:
        return f"{value:,.0f}".replace(",", " ")
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
