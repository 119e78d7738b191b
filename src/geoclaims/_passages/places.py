"""The places of passages in a copy, as far as they are known."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from geoclaims._passages.copies import Copy
from geoclaims._passages.neighbours import Around, Passage, Wanted, Words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence


@attrs.define
class Places:
    """A copy and the passages to find in it, in the order of the annotated text."""

    copy: Copy
    passages: list[Passage]
    words: list[Words]
    placed: list[int] = attrs.field(factory=list)
    """The numbers of the passages with a place, in order."""

    @classmethod
    def of(cls, copy: Copy, wanted: Iterable[Wanted]) -> Places:
        """Prepare to look for some passages, given in order."""
        passages: list[Passage] = []
        words: dict[str, Words] = {}
        for number, (start, end, fingerprint) in enumerate(wanted):
            _, length, digest = fingerprint.split(":")
            own = words.setdefault(fingerprint, Words(int(length), bytes.fromhex(digest)))
            own.passages.append(Passage(number, start, end, fingerprint, own, len(own.passages)))
            passages.append(own.passages[-1])
        return cls(copy, passages, list(words.values()))

    def around(self, passage: Passage) -> Around:
        """Find the neighbours of a passage without a place."""
        index = bisect_left(self.placed, passage.number)
        before = self.passages[self.placed[index - 1]] if index else None
        after = self.passages[self.placed[index]] if index < len(self.placed) else None
        return Around(before, after)

    def is_out_of_order(self, passage: Passage) -> bool:
        """Report whether a passage with a place and the nearest ones around it have changed their order."""
        index = bisect_left(self.placed, passage.number)
        around = [self.passages[number] for number in self.placed[max(index - 1, 0) : index + 2]]
        return any(before.place > after.place for before, after in pairwise(around))

    def settle(self, passage: Passage, place: int, source: tuple[int, int] | None = None) -> None:
        """Place a passage if its fingerprint fits: an edge of the normal form can depend on the text beside it."""
        source = source or self.copy.form.source(place, place + passage.words.length)
        passage.words.taken.add(place)
        if self.copy.fits(*source, passage.fingerprint):
            passage.place, passage.source = place, source
            insort(self.placed, passage.number)

    def take_back(self, numbers: Container[int]) -> None:
        """Take their places from passages."""
        for number in self.placed:
            if number in numbers:
                passage = self.passages[number]
                # Passages that differ in typography alone can share a place.
                passage.words.taken.discard(passage.place)
                passage.source = None
        self.placed = [number for number in self.placed if number not in numbers]

    def cuts_word(self, edges: Sequence[int]) -> bool:
        """Report whether the first or the last of some edges in the copy is within a word."""
        return self.copy.cuts_word(self.copy.form.position(min(edges)), self.copy.form.position(max(edges)))
