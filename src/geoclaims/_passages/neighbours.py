"""Passages that are looked for, and what the places of some say about the places of others.

Places are places in the normal form of the copy, where its typography is of no matter. How far passages stood apart is
known in characters of the annotated text, which was not in normal form: hence the slack.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from typing import Final

import attrs

Wanted = tuple[int, int, str]
"""Where a passage stood in the annotated text, and its fingerprint."""

Limits = tuple[int, int]
"""The first and the last place at which something can begin."""

EVERYWHERE: Final[Limits] = (0, sys.maxsize)

# Passages shorter than this, names and cues, often stand more than once in a text. The contract fixes the number.
SHORT: Final = 30
# All further numbers here and in `placing` were measured on 19 kinds of copies of news articles, 64 to 103 out of 515
# at a time: typeset anew, with advertisements, repeated sentences or the text of others put in, with paragraphs or
# sentences removed, moved or shuffled, cut, with 5 % of the words changed or misspelt, or with several of these; and
# then checked on 491 others.

# How far beyond what typography explains a hit is looked at: with 0 three of 30,000 statements are lost, 10 and 40 do
# as well.
NEAR: Final = 20


@attrs.define(eq=False)
class Words:
    """What one fingerprint stands for: the passages that consist of these words, and where the words stand."""

    length: int
    digest: bytes
    passages: list[Passage] = attrs.field(factory=list)
    hits: list[int] = attrs.field(factory=list)
    taken: set[int] = attrs.field(factory=set)
    """The hits at which one of the passages was placed."""
    sought: bool = False
    """Whether they were looked for everywhere."""

    def free(self, limits: Limits, most: int = 1) -> list[int]:
        """List the first hits within limits at which none of the passages was placed."""
        found: list[int] = []
        for index in range(bisect_left(self.hits, limits[0]), bisect_right(self.hits, limits[1])):
            if self.hits[index] not in self.taken:
                found.append(self.hits[index])
                if len(found) == most:
                    break
        return found


@attrs.define(eq=False)
class Passage:
    """A passage that is looked for, and its place once that is known."""

    number: int
    """Which it is in the order of the annotated text."""
    start: int
    end: int
    fingerprint: str
    words: Words
    same: int
    """Which it is among the passages of the same words."""
    place: int = -1
    source: tuple[int, int] | None = None
    """Where it stands in the copy itself."""
    sure: bool = False
    """Whether it has its place by itself, and not by its neighbours."""
    sentence: list[Passage] = attrs.field(factory=list)
    """The passages of the same statements that stood close to it."""
    looked_near: list[Limits] = attrs.field(factory=list)
    """Where it was looked for last because its neighbours stand there."""

    @property
    def wanted(self) -> Wanted:
        """What was asked for."""
        return self.start, self.end, self.fingerprint

    @property
    def size(self) -> int:
        """How long it is, as annotated."""
        return self.end - self.start

    @property
    def is_short(self) -> bool:
        """Whether it is so short that the same words may well stand elsewhere."""
        return self.size < SHORT

    def gap(self, other: Passage) -> int:
        """Give how much text stood between this passage and another; of passages that overlap, between their starts."""
        if self.start >= other.end:
            return self.start - other.end
        if self.end <= other.start:
            return other.start - self.end
        return abs(self.start - other.start)

    def moved_with(self, other: Passage) -> int:
        """Give the place at which this passage stands if it kept its distance to another."""
        if self.start >= other.end:
            return other.place + other.words.length + self.gap(other)
        if self.end <= other.start:
            return other.place - self.gap(other) - self.words.length
        return other.place + self.start - other.start

    def near(self, other: Passage, more: int = 0) -> Limits:
        """Give the places at which this passage can stand if it kept its distance to another, or some more around them.

        Line breaks, dashes and ellipses change a distance by one or two, a few times in a paragraph.
        """
        place, slack = self.moved_with(other), _slack(self.gap(other)) + more
        return place - slack, place + slack

    def strayed(self, other: Passage, place: int) -> int:
        """Tell by how much a distance to another differs from the one it had, beyond what typography makes of it."""
        return max(abs(place - self.moved_with(other)) - _slack(self.gap(other)), 0)

    def kept_distance(self, other: Passage) -> bool:
        """Tell whether this passage and another, both with a place, stand as far apart as they stood."""
        first, last = self.near(other)
        return first <= self.place <= last

    @property
    def is_torn(self) -> bool:
        """Whether it is apart from all passages of its sentence that have a place. Two long ones may change places."""
        moves = [
            (self.gap(other), self.place - self.moved_with(other))
            for other in self.sentence
            if other.source and (self.is_short or other.is_short)
        ]
        return bool(moves) and all(abs(move) > 3 + gap for gap, move in moves)


@attrs.frozen(eq=False)
class Around:
    """The passages with a place that stood next before and next after one."""

    before: Passage | None
    after: Passage | None

    @property
    def neighbours(self) -> list[Passage]:
        """The neighbours that there are."""
        return [neighbour for neighbour in (self.before, self.after) if neighbour]

    @property
    def limits(self) -> Limits:
        """The places between the neighbours; all places where these did not keep their order."""
        first = self.before.place if self.before else EVERYWHERE[0]
        last = self.after.place if self.after else EVERYWHERE[1]
        return (first, last) if first <= last else EVERYWHERE

    def within(self, limits: Limits) -> Limits:
        """Give what of some limits lies between the neighbours."""
        return max(limits[0], self.limits[0]), min(limits[1], self.limits[1])

    @property
    def kept_distance(self) -> bool:
        """Whether nothing was put between the neighbours or taken away."""
        return bool(self.before and self.after and self.after.kept_distance(self.before))

    def agreed(self, passage: Passage) -> Limits | None:
        """Give the places about the two that the neighbours expect of a passage, if these are hardly apart."""
        if not (self.before and self.after):
            return None
        first, last = sorted(map(passage.moved_with, self.neighbours))
        return (2 * first - last - 1, 2 * last - first + 1) if last - first <= NEAR else None

    def window(self, passage: Passage) -> Limits | None:
        """Give the places of a passage if nothing was taken away, though something may have been put in.

        There are none where something was taken away between the neighbours, or where it is not known since nothing
        after the passage has a place. Before the first neighbour the text itself begins.
        """
        if not self.after:
            return None
        first = passage.start - _slack(passage.start)
        if self.before:
            first = max(self.before.place, passage.near(self.before)[0])
        last = min(self.after.place, passage.near(self.after)[1])
        return (first, last) if first <= last else None


def _slack(gap: int) -> int:
    # Three for what a quotation mark, a dash or a line break makes of itself, and one for each line: of 50,821 passages
    # one instead of three loses nine, and eight places three wrongly.
    return 3 + gap // 50
