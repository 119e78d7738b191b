"""Passages that are looked for, and what the places of some say about the places of others.

All places are places in the normal form of the copy, where its typography is of no matter. How far passages stood
apart is known in characters of the annotated text, which was not in normal form: hence the slack.
"""

from __future__ import annotations

import sys
from typing import Final

import attrs

Wanted = tuple[int, int, str]
"""Where a passage stood in the annotated text, and its fingerprint."""

Limits = tuple[int, int]
"""From where to where something begins."""

EVERYWHERE: Final[Limits] = (0, sys.maxsize)

_FEW: Final = 20


@attrs.define(eq=False)
class Words:
    """What one fingerprint stands for."""

    length: int
    digest: bytes
    passages: list[Passage] = attrs.field(factory=list)
    """The passages that consist of these words, in the order of the annotated text."""
    hits: list[int] = attrs.field(factory=list)
    """Where the words stand and no passage was placed yet, in order, as far as was looked."""
    sought_everywhere: bool = False


@attrs.define(eq=False)
class Passage:
    """A passage that is looked for."""

    number: int
    """Which it is in the order of the annotated text."""
    start: int
    end: int
    fingerprint: str
    words: Words
    place: int = -1
    """Where it stands, once that is known."""
    source: tuple[int, int] | None = None
    """Where that is in the copy itself."""

    @property
    def wanted(self) -> Wanted:
        """What was asked for."""
        return self.start, self.end, self.fingerprint

    @property
    def move(self) -> int:
        """By how many characters of the text it has moved, once it has a place."""
        return self.source[0] - self.start if self.source else 0

    def moved_with(self, other: Passage) -> int:
        """Where this passage stands if it kept its distance to another."""
        return self.start + other.place - other.start

    def slack(self, other: Passage) -> int:
        """How much the distance to another may differ though nothing was put in between or taken away."""
        return 3 + abs(self.start - other.start) // 50

    def near(self, other: Passage) -> Limits:
        """Where this passage stands if it kept its distance to another, more or less."""
        place, slack = self.moved_with(other), self.slack(other)
        return place - slack, place + slack


@attrs.frozen(eq=False)
class Surroundings:
    """A passage and the passages with a place that stood next before and next after it."""

    passage: Passage
    before: Passage | None
    after: Passage | None

    @property
    def neighbours(self) -> list[Passage]:
        """The neighbours that there are."""
        return [neighbour for neighbour in (self.before, self.after) if neighbour]

    @property
    def bracket(self) -> Limits | None:
        """Where the passage stands if it and its neighbours kept their order; None where the neighbours did not."""
        first = self.before.place if self.before else EVERYWHERE[0]
        last = self.after.place if self.after else EVERYWHERE[1]
        return (first, last) if first <= last else None

    @property
    def expected_exactly(self) -> Limits | None:
        """Where it stands if its neighbours kept their distance but for a few characters."""
        if not (self.before and self.after):
            return None
        first, last = sorted(self.passage.moved_with(neighbour) for neighbour in self.neighbours)
        difference = last - first
        return (first - difference - 1, last + difference + 1) if difference <= _FEW else None

    @property
    def expected(self) -> Limits | None:
        """Where it stands if nothing was taken away between its neighbours, though something may have been put in."""
        if not (self.before and self.after and self.bracket):
            return None
        near = [self.passage.near(neighbour) for neighbour in self.neighbours]
        first, last = min(first for first, _ in near), max(last for _, last in near)
        return max(first, self.before.place), min(last, self.after.place)

    @property
    def overlapping(self) -> Limits:
        """Where what stands there would overlap with what is expected."""
        first, last = self.expected or EVERYWHERE
        return first - self.passage.words.length, last + self.passage.words.length

    @property
    def tight(self) -> bool:
        """Whether the neighbours kept their distance, so that nothing was put in between or taken away."""
        if not (self.before and self.after):
            return False
        first, last = self.after.near(self.before)
        return first <= self.after.place <= last
