"""Derive the possible places of a passage from the places of its neighbours.

Places are places in the normal form of the copy, where its typography is of no matter. How far passages stood apart is
known in characters of the annotated text, which was not in normal form: hence the slack.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator

Wanted = tuple[int, int, str]
"""The place of a passage in the annotated text, and its fingerprint."""

Limits = tuple[int, int]
"""The first and the last place at which something can begin."""

EVERYWHERE: Final[Limits] = (0, sys.maxsize)

# Passages shorter than this, names and cues, often stand more than once in a text. The contract fixes the number.
SHORT: Final = 30

# All further numbers here and in the modules above were measured on copies of 258 news articles with 16 kinds of edits,
# such as a paragraph removed, the last third cut, 5 % of the words changed or advertisements put in: dense, with all of
# their statements (98,640 in all copies), and sparse, with four statements each (48,624). Then they were checked on all
# 1,006 articles.


@attrs.define(eq=False)
class Words:
    """The words behind one fingerprint: the passages that have it, and the places of the words in the copy."""

    length: int
    digest: bytes
    passages: list[Passage] = attrs.field(factory=list)
    hits: list[int] = attrs.field(factory=list)
    taken: set[int] = attrs.field(factory=set)
    """The hits at which one of the passages was placed."""
    sought: bool = False
    """Whether they were looked for everywhere."""

    def free(self, limits: Limits) -> Iterator[int]:
        """Yield the hits within limits at which none of the passages was placed."""
        within = range(bisect_left(self.hits, limits[0]), bisect_right(self.hits, limits[1]))
        return (self.hits[index] for index in within if self.hits[index] not in self.taken)

    def is_free(self, limits: Limits) -> bool:
        """Report whether there is such a hit."""
        return next(self.free(limits), None) is not None


@attrs.define(eq=False)
class Passage:
    """A passage to find, and its place once it is known."""

    number: int
    """Its number in the order of the annotated text."""
    start: int
    end: int
    fingerprint: str
    words: Words
    same: int
    """Its number among the passages of the same words."""
    place: int = attrs.field(init=False)
    """The place in the normal form of the copy, if it has one."""
    source: tuple[int, int] | None = None
    """The place in the original text of the copy."""
    sought_between: bool = False
    """Whether it was looked for between its neighbours."""

    @property
    def wanted(self) -> Wanted:
        """The place and fingerprint by which the passage is found."""
        return self.start, self.end, self.fingerprint

    @property
    def size(self) -> int:
        """The length, as annotated."""
        return self.end - self.start

    @property
    def is_short(self) -> bool:
        """Report whether the passage is so short that the same words are likely to occur elsewhere."""
        return self.size < SHORT

    def gap(self, other: Passage) -> int:
        """Return the length of the text between this passage and another; if they overlap, between their starts."""
        if self.start >= other.end:
            return self.start - other.end
        if self.end <= other.start:
            return other.start - self.end
        return abs(self.start - other.start)

    def moved_with(self, other: Passage) -> int:
        """Return the place of this passage if it kept its distance to another."""
        if self.start >= other.end:
            return other.place + other.words.length + self.gap(other)
        if self.end <= other.start:
            return other.place - self.gap(other) - self.words.length
        return other.place + self.start - other.start

    def near(self, other: Passage) -> Limits:
        """Return the possible places of this passage if it kept its distance to another.

        Line breaks, dashes and ellipses change a distance by one or two, a few times in a paragraph.
        """
        place, slack = self.moved_with(other), _slack(self.gap(other))
        return place - slack, place + slack

    def kept_distance(self, other: Passage) -> bool:
        """Report whether this passage and another, both with a place, kept their distance."""
        first, last = self.near(other)
        return first <= self.place <= last

    def is_torn_from(self, after: Passage) -> bool:
        """Report whether this passage and one after it are farther apart than twice before, or changed their order."""
        gap = self.gap(after)
        return abs(after.place - after.moved_with(self)) > 3 + gap


@attrs.frozen
class Around:
    """The nearest passages with a place before and after a passage, in the annotated text."""

    before: Passage | None
    after: Passage | None

    @property
    def neighbours(self) -> list[Passage]:
        """The existing neighbours, at most two."""
        return [neighbour for neighbour in (self.before, self.after) if neighbour]

    @property
    def limits(self) -> Limits:
        """The places between the neighbours; all places if the neighbours are out of order."""
        first = self.before.place if self.before else EVERYWHERE[0]
        last = self.after.place if self.after else EVERYWHERE[1]
        return (first, last) if first <= last else EVERYWHERE

    @property
    def kept_distance(self) -> bool:
        """Report whether nothing was inserted or removed between the neighbours."""
        return bool(self.before and self.after and self.after.kept_distance(self.before))

    def window(self, passage: Passage) -> Limits | None:
        """Return the possible places of a passage if text was inserted between the neighbours, but none removed.

        The last comes before the first where something was taken away between the neighbours. Nothing is known where
        nothing after the passage has a place. Before the first neighbour the text itself begins.
        """
        if not self.after:
            return None
        first = passage.start - _slack(passage.start)
        if self.before:
            first = max(self.before.place, passage.near(self.before)[0])
        last = min(self.after.place, passage.near(self.after)[1])
        return first, last


def _slack(gap: int) -> int:
    # Three for what a quotation mark, a dash or a line break makes of itself, and one for each line: one instead of
    # three loses ten dense statements and makes two wrong, eight makes seven more passages wrong.
    return 3 + gap // 50
