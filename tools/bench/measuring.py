"""Time several things against each other, in interleaved rounds of CPU time."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_ENOUGH = 0.01


def nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Case:
    """Something to be timed, and what must be done before each round of it."""

    name: str
    run: Callable[[], object]
    prepare: Callable[[], None] = nothing
    parts: int = 1
    """The number of equal parts of one run; the time of one part is reported."""


@dataclass(frozen=True)
class Timing:
    """Microseconds of one run: the median of the rounds, and the middle half of them."""

    median: float
    low: float
    high: float


def measured(cases: Sequence[Case], rounds: int) -> dict[str, Timing]:
    """Time all cases in turn, round after round, so that whatever slows the machine slows all of them.

    Each round begins with another case, and runs each for at least a hundredth of a second. Garbage is collected
    between the rounds and not within them, since its cost depends on all else that a process holds.
    """
    numbers = {case.name: _enough(case) for case in cases}
    found: dict[str, list[float]] = {case.name: [] for case in cases}
    for number in range(rounds):
        first = number % len(cases)
        for case in (*cases[first:], *cases[:first]):
            case.prepare()
            gc.collect()
            found[case.name].append(_seconds(case, numbers[case.name]) / numbers[case.name] / case.parts * 1e6)
    return {name: _timing(values) for name, values in found.items()}


def _enough(case: Case) -> int:
    """Find the number of runs that take long enough for the clock."""
    case.prepare()
    number = 1
    while (seconds := _seconds(case, number)) < _ENOUGH:
        number = max(number + 1, round(number * min(10, 1.2 * _ENOUGH / max(seconds, 1e-6))))
    return number


def _seconds(case: Case, number: int) -> float:
    run = case.run
    gc.disable()
    before = time.process_time()
    for _ in range(number):
        run()
    spent = time.process_time() - before
    gc.enable()
    return spent


def _timing(values: Sequence[float]) -> Timing:
    if len(values) < 2:
        return Timing(values[0], values[0], values[0])
    low, median, high = statistics.quantiles(values, n=4)
    return Timing(median, low, high)
