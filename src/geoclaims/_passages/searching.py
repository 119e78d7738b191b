"""Look for words in a copy by their hashes, as long as enough may still be hashed."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._passages.copies import LEAST_WEIGHT, Copy
from geoclaims._passages.neighbours import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geoclaims._passages.neighbours import Around, Limits, Passage, Words

# How much may be hashed, in bytes: so much in any text, and so much more for each of its characters. Another text
# altogether is given up after a second or two; all passages of an article up to 100,000 characters are looked for
# everywhere.
_LEAST_WORK: Final = 4e8
_WORK_A_CHARACTER: Final = 1000
# How many passages that cannot be looked for everywhere are looked for around their old places.
_PROBES: Final = 16
# How many places near a neighbour are tried for a passage that begins or ends with a space.
_MOST_NEAR: Final = 50
# What it costs to list a place in vain, in bytes hashed.
_LISTING: Final = 70


@attrs.define
class Search:
    """The search in one copy."""

    copy: Copy
    work: float
    """The number of bytes that may still be hashed; each hash counts as some hundred more."""

    @classmethod
    def of(cls, copy: Copy) -> Search:
        """Prepare to search a copy."""
        return cls(copy, _LEAST_WORK + _WORK_A_CHARACTER * len(copy.form.text))

    def everywhere(self, all_words: Iterable[Words]) -> None:
        """Find where words stand: what is cheapest to find first, with a third of the work kept for what is left.

        What would take too long to look for everywhere is looked for where clauses begin and end.
        """
        by_length: defaultdict[int, list[Words]] = defaultdict(list)
        for words in all_words:
            by_length[words.length].append(words)
        costs = {length: self.copy.cost(length, EVERYWHERE) for length in by_length}
        kept = self.work / 3
        for group in sorted(by_length.values(), key=lambda group: costs[group[0].length] / len(group)):
            sought = self._look(group, EVERYWHERE, (self.work - kept) / 2)
            if not sought:
                self._look(group, EVERYWHERE, self.work - kept, clauses=True)
            for words in group:
                words.sought = sought

    def where_they_stood(self, passages: Iterable[Passage]) -> None:
        """Look for some passages that were not looked for everywhere as far from their old places as there is time."""
        unsought = [passage for passage in passages if not passage.words.sought]
        share = self.work / _PROBES
        for passage in unsought[:: 1 + len(unsought) // _PROBES]:
            reach = int(share / 2 / max(self.copy.cost(passage.words.length, EVERYWHERE), 1) * len(self.copy.form.text))
            self._look([passage.words], (passage.start - reach, passage.start + reach), share)

    def near(self, passage: Passage, around: Around) -> None:
        """Search for a passage near its neighbours, then between them, unless the whole text was searched."""
        if passage.words.sought or passage.sought_between or not around.neighbours:
            return
        for limits in (*map(passage.near, around.neighbours), around.limits):
            if not passage.words.is_free(limits):
                self._look([passage.words], limits, self.work)
            if passage.words.is_free(limits):
                return
        passage.sought_between = True

    def beside_space(self, words: Words, limits: Limits) -> set[int]:
        """Find words that begin or end with a space, within narrow limits: all other searches pass them by."""
        last = min(limits[1], len(self.copy.form.text) - words.length)
        starts = [
            start
            for start in range(max(limits[0], 0), last + 1)
            if last - limits[0] < _MOST_NEAR and not self.copy.cuts_word(start, start + words.length)
        ]
        cost = self.copy.weight(starts, words.length)
        if cost > self.work:
            return set()
        self.work -= cost
        return {start for start in starts if self.copy.digest(start, start + words.length) == words.digest}

    def _look(self, group: Sequence[Words], limits: Limits, most: float, *, clauses: bool = False) -> bool:
        """Note where words stand, all of one length, that begin within limits.

        Returns:
            Whether that takes no more than a number of bytes hashed. Otherwise nothing is done.
        """
        length = group[0].length
        if self.copy.cost(length, limits, clauses=clauses) > most:
            return False
        # The estimate may be wrong by far.
        starts = list(islice(self.copy.windows(length, limits, clauses=clauses), int(most / LEAST_WEIGHT) + 1))
        cost = self.copy.weight(starts, length)
        if cost > most:
            self.work -= _LISTING * len(starts)
            return False
        self.work -= cost
        by_digest = {words.digest: words for words in group}
        for start in starts:
            if words := by_digest.get(self.copy.digest(start, start + length)):
                words.hits.append(start)
        for words in group:
            words.hits = sorted(set(words.hits))
        return True
