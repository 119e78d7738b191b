"""Find many passages again in another copy of their text, by their fingerprints and by where they stood.

A fingerprint holds no words, so a passage is looked for by hashing every stretch of the copy that is as long as it and
cuts no word. Where the same words stand more than once, the passages around decide: they kept their order, and where
nothing was put in between, their distance. What they leave open is an error, never a guess.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._passages.copies import Copy
from geoclaims._passages.lost import MOST_PLACES_NAMED, Lost, lost
from geoclaims._passages.passages import EVERYWHERE, Limits, Passage, Surroundings, Wanted, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Words that stand more often than this say nothing of how far a text has moved.
_MOST_VOTES: Final = 200
# Between a passage and a neighbour something new stands every some hundred characters, and the wrong hit may be just as
# far from the neighbour as the right one was: the product of both chances, times that number of characters.
_RISK: Final = 0.5


def place(text: str, wanted: Sequence[Wanted]) -> Sequence[tuple[int, int] | Lost]:
    """Where in a text the passages of an annotation stand, or why a passage has no place in it.

    Where all passages stand at their old places, or all have moved by the same, that is their place.

    >>> from geoclaims._passages.normal_form import fingerprint
    >>> place("Ad. He said “no”.", [(0, 7, fingerprint("He said")), (8, 12, fingerprint('"no"'))])
    [(4, 11), (12, 16)]
    """
    copy = Copy.of(text)
    if moved := _moved(copy, wanted, 0):
        return moved
    placing = _Placing.of(copy, sorted(set(wanted)))
    placing.search()
    for move in sorted({placing.passages[number].move for number in placing.placed}):
        if moved := _moved(copy, wanted, move):
            return moved
    placing.drop_outliers()
    placing.decide()
    placing.drop_outliers()
    places = {passage.wanted: passage.source or placing.lost(passage) for passage in placing.passages}
    return [places[passage] for passage in wanted]


def _moved(copy: Copy, wanted: Sequence[Wanted], move: int) -> Sequence[tuple[int, int]]:
    """Where all passages stand if all have moved by the same; empty if one does not stand there."""
    places = [(start + move, end + move) for start, end, _ in wanted]
    if not all(copy.fits(*place, fingerprint) for place, (_, _, fingerprint) in zip(places, wanted, strict=True)):
        return ()
    # In a copy, what was put before the first passage or after the last may have changed its word.
    cut = move and _cuts_word(copy, [edge for place in places for edge in place])
    return () if cut else places


@attrs.frozen(eq=False)
class _Placing:
    """A copy, the passages that are looked for in it, and the numbers of those that have a place, in order."""

    copy: Copy
    passages: list[Passage]
    words: list[Words]
    placed: list[int] = attrs.field(factory=list)

    @classmethod
    def of(cls, copy: Copy, wanted: Iterable[Wanted]) -> _Placing:
        """Prepare to look for some passages, given in order."""
        passages = []
        words: dict[str, Words] = {}
        for number, (start, end, fingerprint) in enumerate(wanted):
            _, length, digest = fingerprint.split(":")
            own = words.setdefault(fingerprint, Words(int(length), bytes.fromhex(digest)))
            own.passages.append(Passage(number, start, end, fingerprint, own))
            passages.append(own.passages[-1])
        return cls(copy, passages, list(words.values()))

    # Looking: one length after the other, the most frequent first. Once some passages have a place, others are first
    # looked for between them, so that the work grows with the text and hardly with the number of passages.

    def search(self) -> None:
        """Find where the words of all passages stand, and place each passage that has one place only."""
        by_length: defaultdict[int, list[Words]] = defaultdict(list)
        for words in self.words:
            by_length[words.length].append(words)
        groups = sorted(by_length.values(), key=lambda group: (-len(group), -group[0].length))
        for group in groups:
            self._look_between_neighbours(group)
            self._look_everywhere([words for words in group if len(words.hits) < len(words.passages)])
            self._take_each_only(group)
        for group in groups:
            missing = [words for words in group if not words.hits and not any(p.source for p in words.passages)]
            self._look_between_neighbours(missing, beside_space=True)
            self._take_each_only(missing)

    def _look_between_neighbours(self, group: Sequence[Words], *, beside_space: bool = False) -> None:
        brackets: defaultdict[Limits, list[Words]] = defaultdict(list)
        for words in group:
            for passage in words.passages:
                around = self._around(passage)
                if beside_space or (around.neighbours and around.bracket):
                    brackets[around.bracket or EVERYWHERE].append(words)
        for bracket, members in brackets.items():
            self._look(members, bracket, beside_space=beside_space)

    def _look_everywhere(self, group: Sequence[Words]) -> None:
        if group:
            self._look(group, EVERYWHERE)
        for words in group:
            words.sought_everywhere = True

    def _look(self, group: Sequence[Words], limits: Limits, *, beside_space: bool = False) -> None:
        """Note where words stand, all of one length, that begin within limits."""
        by_digest = {words.digest: words for words in group}
        new: defaultdict[bytes, set[int]] = defaultdict(set)
        for digest, hit in self.copy.places(group[0].length, by_digest, *limits, beside_space=beside_space):
            new[digest].add(hit)
        for digest, hits in new.items():
            words = by_digest[digest]
            taken = {passage.place for passage in words.passages}
            words.hits = sorted((hits | set(words.hits)) - taken)

    def _take_each_only(self, group: Iterable[Words]) -> None:
        for words in group:
            for passage in words.passages:
                self._take_only(passage)

    # Deciding.

    def decide(self) -> None:
        """Place the passages whose words stand more than once, as long as those around them tell where."""
        while unplaced := [passage for passage in self.passages if not passage.source]:
            placed = sum(self._take_only(passage) or self._keep_distance(passage) for passage in unplaced)
            if not (placed or self._vote(unplaced) or sum(map(self._take_in_order, unplaced))):
                return

    def _take_only(self, passage: Passage) -> bool:
        """Place a passage for which one place is left."""
        around = self._around(passage)
        hits = _within(passage.words.hits, self._limits(around), most=2)
        if len(hits) != 1:
            return False
        # What is expected where moves on with the passages, so that only the next of the same words are rivals.
        rivals = self._same_words(around)
        index = rivals.index(passage)
        rivals = [*rivals[max(index - 1, 0) : index], *rivals[index + 1 : index + 2]]
        contested = any(_within(hits, self._limits(self._around(rival))) for rival in rivals)
        return not contested and self._settle(passage, hits[0])

    def _take_in_order(self, passage: Passage) -> bool:
        """Place passages of the same words one after the other, where as many places as passages are left."""
        if passage.source:
            return False
        around = self._around(passage)
        members = self._same_words(around)
        hits = _within(passage.words.hits, around.bracket or EVERYWHERE, most=len(members) + 1)
        return len(hits) == len(members) and sum(map(self._settle, members, hits)) > 0

    def _keep_distance(self, passage: Passage) -> bool:
        """Place a passage where it stands as far from both neighbours as it stood in the annotated text."""
        around = self._around(passage)
        if len(around.neighbours) < 2:
            return self._keep_distance_to_one(around)
        moves = {neighbour.move for neighbour in around.neighbours}
        if len(moves) == 1:
            move = moves.pop()
            source = passage.start + move, passage.end + move
            # To the letter: a passage may cut a word here, as it did in the annotated text, if its neighbours frame it.
            edges = [*source, *(edge for neighbour in around.neighbours for edge in neighbour.source or ())]
            if self.copy.fits(*source, passage.fingerprint) and not _cuts_word(self.copy, edges):
                return self._settle(passage, self.copy.form.position(source[0]), source)
        return self._keep_distance_to_one(around)

    def _keep_distance_to_one(self, around: Surroundings) -> bool:
        """Place a passage where it stands nearly as far from one neighbour as it stood, if that is no chance."""
        passage, hits = around.passage, around.passage.words.hits
        first, last = around.bracket or EVERYWHERE
        near: dict[int, int] = {}
        for neighbour in around.neighbours:
            low, high = passage.near(neighbour)
            gap = abs(passage.start - neighbour.start)
            for hit in _within(hits, (max(low, first), min(high, last)), most=2):
                risk = gap * (1 + 2 * abs(hit - passage.moved_with(neighbour)))
                near[hit] = min(risk, near.get(hit, risk))
        if len(near) != 1:
            return False
        hit, risk = near.popitem()
        number = bisect_right(hits, last) - bisect_left(hits, first)
        width = min(last, len(self.copy.form.text)) - first
        risk *= len(self._same_words(around)) * number
        bearable = risk <= _RISK * width or 100 * risk <= self._undisturbed() * width
        return bearable and self._settle(passage, hit)

    def _undisturbed(self) -> int:
        """How much text lies between the first and the last passage with a place, if all have kept their distances."""
        placed = [self.passages[number] for number in self.placed]
        if all(before.near(after)[0] <= before.place <= before.near(after)[1] for before, after in pairwise(placed)):
            return placed[-1].start - placed[0].start
        return 0

    def _vote(self, unplaced: Iterable[Passage]) -> bool:
        """Where no passage has a place yet, place those that agree on how far the text has moved, if most do."""
        voters = [passage for passage in unplaced if 0 < len(passage.words.hits) <= _MOST_VOTES]
        if self.placed or len(voters) < 2:
            return False
        source = self.copy.form.source
        for in_text in (True, False):
            votes: defaultdict[int, list[tuple[Passage, int]]] = defaultdict(list)
            for passage in voters:
                for hit in passage.words.hits:
                    votes[(source(hit, hit + 1)[0] if in_text else hit) - passage.start].append((passage, hit))
            first, *others = sorted(votes.values(), key=len, reverse=True)
            if 3 * len(first) >= 2 * len(voters) and all(len(other) < len(first) for other in others):
                return sum(self._settle(*vote) for vote in first) > 0
        return False

    def drop_outliers(self) -> None:
        """Take their places from passages that are out of line with two that frame them and kept their distance.

        What stands there are the same words in another place; the passage itself was changed or left out.
        """
        for number in tuple(self.placed):
            passage = self.passages[number]
            around = self._around(passage)
            if around.tight and not _within([passage.place], around.overlapping):
                self.placed.remove(number)
                insort(passage.words.hits, passage.place)
                passage.place, passage.source = -1, None

    # What the above share.

    def _around(self, passage: Passage) -> Surroundings:
        index = bisect_left(self.placed, passage.number)
        before = self.passages[self.placed[index - 1]] if index else None
        rest = self.placed[index : index + 2]
        after = next((self.passages[number] for number in rest if number != passage.number), None)
        return Surroundings(passage, before, after)

    def _limits(self, around: Surroundings) -> Limits:
        """Where a passage stands, as narrowly as its words stand there at all."""
        words = around.passage.words
        for limits in (around.expected_exactly, around.expected):
            if limits and _within(words.hits, limits):
                return limits
        if around.tight:
            return around.overlapping
        if around.bracket and _within(words.hits, around.bracket):
            return around.bracket
        if not words.sought_everywhere:
            self._look_everywhere([words])
        return EVERYWHERE

    def _same_words(self, around: Surroundings) -> Sequence[Passage]:
        """The passages of the same words that stood between the same neighbours, none of which has a place."""
        first = around.before.number if around.before else -1
        last = around.after.number if around.after else len(self.passages)
        return [passage for passage in around.passage.words.passages if first < passage.number < last]

    def _settle(self, passage: Passage, place: int, source: tuple[int, int] | None = None) -> bool:
        """Give a passage its place."""
        hits = passage.words.hits
        if _within(hits, (place, place)):
            hits.remove(place)
        source = source or self.copy.form.source(place, place + passage.words.length)
        if not self.copy.fits(*source, passage.fingerprint):
            # In normal form the edges of a stretch can depend on what stands beside it.
            return False
        passage.place, passage.source = place, source
        insort(self.placed, passage.number)
        return True

    def lost(self, passage: Passage) -> Lost:
        """Why a passage has no place."""
        around = self._around(passage)
        possible = _within(passage.words.hits, self._limits(around), most=MOST_PLACES_NAMED + 1)
        count = len(self.passages) - 1
        others = f" ({len(self.placed)} of {count} other passages have a place)" if count else ""
        return lost(self.copy, around, possible, others)


def _cuts_word(copy: Copy, edges: Sequence[int]) -> bool:
    """Whether the first or the last of some edges in a copy is within a word."""
    return copy.cuts_word(copy.form.position(min(edges)), copy.form.position(max(edges)))


def _within(hits: Sequence[int], limits: Limits, *, most: int = 1) -> Sequence[int]:
    """The hits within limits, but no more than some number of them."""
    first = bisect_left(hits, limits[0])
    return hits[first : min(bisect_right(hits, limits[1]), first + most)]
