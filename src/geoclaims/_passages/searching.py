"""Find where the words of passages stand in a copy, by hashing stretches of it, within a budget.

A fingerprint holds no words, so every stretch is hashed that is as long as a passage and cuts no word. What is cheapest
to find comes first. What would take too long is looked for where clauses begin and end, and later near neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._passages.copies import Copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoclaims._passages.neighbours import Limits, Passage, Words

# How much may be hashed, in bytes: so much in any text, and so much more for each of its characters. Another text
# altogether is given up after a second or two; all passages of an article up to 100,000 characters are looked for
# everywhere.
_LEAST_WORK: Final = 4e8
_WORK_A_CHARACTER: Final = 1000
# How much of the budget is kept for looking near neighbours; only the longest texts come to it.
_KEPT: Final = 1 / 3
# At most so many places near a neighbour are tried where no word begins; a passage that begins with a space is found
# at none else. That is a neighbour within 1,000 characters.
_MOST_NEAR: Final = 100
# So many passages that cannot be looked for everywhere are looked for around their old places.
_PROBES: Final = 16


@attrs.define(eq=False)
class Search:
    """A copy of a text, and how much may be hashed to find passages in it."""

    copy: Copy
    budget: float

    @classmethod
    def of(cls, copy: Copy) -> Search:
        """Prepare to search a copy."""
        return cls(copy, copy.hashed + _LEAST_WORK + _WORK_A_CHARACTER * len(copy.form.text))

    @property
    def left(self) -> float:
        """How much more may be hashed."""
        return self.budget - self.copy.hashed

    def look_everywhere(self, all_words: Iterable[Words]) -> None:
        """Note where words stand, and which of them were looked for everywhere."""
        by_length: defaultdict[int, list[Words]] = defaultdict(list)
        for words in all_words:
            by_length[words.length].append(words)
        costs = {length: self.copy.cost(length) for length in by_length}
        kept = self.left * _KEPT
        for length, group in sorted(by_length.items(), key=lambda item: costs[item[0]] / len(item[1])):
            whole = costs[length] <= (self.left - kept) / 2
            if whole or self.copy.cost(length, clauses=True) <= self.left - kept:
                starts = self.copy.windows(length, (0, len(self.copy.form.text)), clauses=not whole)
                complete = self.look(group, starts, self.left - kept)
                for words in group:
                    words.sought = whole and complete

    def look_where_they_stood(self, passages: Iterable[Passage]) -> None:
        """Look for some passages that were not looked for everywhere as far from their old places as there is time."""
        unsought = [passage for passage in passages if not passage.words.sought]
        for passage in unsought[:: 1 + len(unsought) // _PROBES]:
            length = passage.words.length
            share = self.left / (4 * _PROBES)
            reach = int(share / max(self.copy.cost(length), 1) * len(self.copy.form.text))
            starts = self.copy.windows(length, (passage.start - reach, passage.start + reach))
            # As far on both sides, and half as much again where more words begin than on average.
            self.look([passage.words], starts, 3 * share)

    def look_near(self, passage: Passage, near: list[Limits], between: Limits) -> None:
        """Look for a passage near its neighbours and then between them, unless it was looked for everywhere.

        What stands nowhere may begin with a space, so near its neighbours all places are tried.
        """
        words, size = passage.words, len(self.copy.form.text)
        if passage.looked_near == near or any(words.free(limits) for limits in near):
            return
        passage.looked_near = near
        for first, last in () if words.sought else (*near, between):
            if not words.free((first, last)):
                share = max(min(last, size) - max(first, 0), 0) / size
                if self.copy.cost(words.length) * share <= self.left:
                    self.look([words], self.copy.windows(words.length, (first, last)), self.left)
        for first, last in () if words.hits else near:
            starts = range(max(first, 0), min(last, size - words.length) + 1)
            if len(starts) <= _MOST_NEAR:
                starts_of_words = [at for at in starts if not self.copy.cuts_word(at, at + words.length)]
                self.look([words], starts_of_words, self.left)

    def look(self, group: Sequence[Words], starts: Sequence[int], most: float) -> bool:
        """Note which stretches, all of one length, are words of a group, unless that takes more work than it may."""
        by_digest = {words.digest: words for words in group}
        length = group[0].length
        if self.copy.cost_of_windows(length, len(starts)) > most:
            return False
        hits: defaultdict[bytes, list[int]] = defaultdict(list)
        for start in starts:
            if (digest := self.copy.digest(start, start + length)) in by_digest:
                hits[digest].append(start)
        for digest, found in hits.items():
            by_digest[digest].hits = sorted({*by_digest[digest].hits, *found})
        return True
