"""Find all passages of an article again in another copy of its text, by their fingerprints and by where they stood.

1. The words of all passages are looked for everywhere, by their hashes: their hits.
2. Long passages that stand once are sure: the longest chain of them that kept their order, and those that moved.
3. Short passages have their place where one hit is as far from a placed neighbour as they stood, unless that may be
   chance: first those where chance is least likely.
4. Short passages without such a neighbour have it where several that stood close together stand together once.
5. What that leaves open is an error, never a guess; and so is what was torn from its sentence, or is a name or a cue of
   a lost statement without a neighbour that is certain.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._display import found
from geoclaims._passages.copies import Copy
from geoclaims._passages.neighbours import EVERYWHERE, NEAR, SHORT, Around, Limits, Passage, Wanted, Words
from geoclaims._passages.searching import Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Where the thresholds were measured, `neighbours` says; each by itself, while the others stood as they are.
# How likely it may be that a hit is as far from a neighbour as the passage stood by chance, in the first round and in
# the last. The first takes what is sure before anything else. With 0.5 for the last a few are lost; with 1 and 4 no
# more are right.
_RISKS: Final = (0.02, 2)
# What stands for the distance to a neighbour where something new was put in. 50, 100 and 500 do as well.
_NEW: Final = 200
# By how much one hit must be less likely to be chance than the next: with 5 two of 30,000 are wrong that are not with
# 20, in sentences that the copy repeats as a headline; with 20 two places a line apart, far from a neighbour, tie.
_CLEARLY: Final = 10
# So long a passage is no name or cue that could as well stand elsewhere between its neighbours: without this two are
# lost, and names of ten letters are common.
_NAME: Final = 20
# How far apart passages of a group stand, how long they must be together, and how many hits of one are tried, which
# bounds the work. With 50, and with 4 or 16, one or two statements more or fewer are right; without groups at least
# seventy are lost.
_CLOSE: Final = 20
_LEAST_GROUP: Final = 9
_MOST_HITS: Final = 20
# How far apart passages of a statement stand that are of one sentence: without sentences fourteen are lost and four
# more are wrong.
_SENTENCE: Final = 100
# How far at most the nearer neighbour stands of a passage that may cut a word; further away two changes of the text may
# make up for each other, and "said" was found in "saids".
_FRAME: Final = 50
# What is shorter than this was cut off, and what stood at its end is not taken to have moved. This is for a long
# passage that stands twice in a text, the second time in the part that is gone; no corpus decides on the number.
_CUT: Final = 0.95
_MOST_PLACES_NAMED: Final = 5

Places = dict[Wanted, "tuple[int, int] | Lost"]


@attrs.frozen(eq=False)
class Lost:
    """A passage that has no place in a copy."""

    _placing: _Placing
    _passage: Passage

    @property
    def message(self) -> str:
        """Why it has none, and how near anything came."""
        return self._placing.why_lost(self._passage)


def place(text: str, statements: Sequence[Sequence[Wanted]]) -> list[list[tuple[int, int] | Lost]]:
    """Find where in a text the passages of statements stand; those without a place can say why.

    >>> from geoclaims._passages.normal_form import fingerprint
    >>> place("Ad. He said “no”.", [[(0, 7, fingerprint("He said"))], [(8, 12, fingerprint('"no"'))]])
    [[(4, 11)], [(12, 16)]]
    """
    copy = Copy.of(text)
    wanted = sorted({passage for statement in statements for passage in statement})
    places = _all_moved(copy, wanted, 0)
    if not places and wanted:
        placing = _Placing.of(copy, wanted, statements)
        placing.run()
        places = {p.wanted: p.source or Lost(placing, p) for p in placing.passages}
    return [[places[passage] for passage in statement] for statement in statements]


def _all_moved(copy: Copy, wanted: Sequence[Wanted], move: int) -> Places:
    """Give the places of all passages if all have moved by the same; none if one does not stand there."""
    places: Places = {}
    for start, end, fingerprint in wanted:
        if not copy.fits(start + move, end + move, fingerprint):
            return {}
        places[start, end, fingerprint] = start + move, end + move
    # In a copy, what was put before the first passage or after the last may have changed its word.
    edges = [edge + move for start, end, _ in wanted for edge in (start, end)]
    return {} if move and _cuts_word(copy, edges) else places


def _cuts_word(copy: Copy, edges: Sequence[int]) -> bool:
    """Tell whether the first or the last of some edges in a copy is within a word."""
    return copy.cuts_word(copy.form.position(min(edges)), copy.form.position(max(edges)))


@attrs.define(eq=False)
class _Placing:
    """A copy and the passages that are looked for in it, in the order of the annotated text."""

    copy: Copy
    passages: list[Passage]
    statements: list[list[Passage]]
    words: list[Words]
    search: Search
    placed: list[int] = attrs.field(factory=list)
    """The numbers of the passages with a place, in order."""

    @classmethod
    def of(cls, copy: Copy, wanted: Iterable[Wanted], statements: Sequence[Sequence[Wanted]]) -> _Placing:
        """Prepare to look for some passages, given in order, and as the statements have them."""
        passages: dict[Wanted, Passage] = {}
        words: dict[str, Words] = {}
        for number, (start, end, fingerprint) in enumerate(wanted):
            _, length, digest = fingerprint.split(":")
            own = words.setdefault(fingerprint, Words(int(length), bytes.fromhex(digest)))
            own.passages.append(Passage(number, start, end, fingerprint, own, len(own.passages)))
            passages[start, end, fingerprint] = own.passages[-1]
        members = [[passages[passage] for passage in statement] for statement in statements]
        for one, other in (pair for statement in members for pair in pairwise(statement)):
            if one.gap(other) <= _SENTENCE:
                one.sentence.append(other)
                other.sentence.append(one)
        return cls(copy, list(passages.values()), members, list(words.values()), Search.of(copy))

    def run(self) -> None:
        """Give a place to each passage for which one is certain enough."""
        self.search.look_everywhere(self.words)
        self.search.look_where_they_stood(self.passages)
        self.place_long()
        moves = Counter(passage.source[0] - passage.start for passage in self.passages if passage.source)
        for move, _ in moves.most_common(1):
            if places := _all_moved(self.copy, [passage.wanted for passage in self.passages], move):
                for passage in self.passages:
                    passage.source = places[passage.wanted]  # type: ignore[assignment]
                return
        self.place_by_neighbours()
        self.place_groups()
        self.place_by_neighbours()
        self.take_back([p for p in self.passages if p.source and not p.sure and p.is_torn])
        self.take_back(self.doubtful())

    # Placing what is sure by itself.

    def place_long(self) -> None:
        """Place the long passages that stand once; if there are none, the short ones that kept their order."""
        once = [words.passages[0] for words in self.words if len(words.hits) == len(words.passages) == 1]
        once = sorted([p for p in once if not p.is_short] or once, key=attrgetter("number"))
        for passage in _longest_chain(once):
            passage.sure = self.settle(passage, passage.words.hits[0])
        for passage in once:
            if not (passage.source or passage.is_short) and self.may_have_moved(self.around(passage)):
                self.settle(passage, passage.words.hits[0])

    def may_have_moved(self, around: Around) -> bool:
        """Tell whether what is not between its neighbours may stand elsewhere: it was neither changed nor cut off."""
        is_cut = len(self.copy.form.text) < _CUT * max(passage.end for passage in self.passages)
        return not (around.kept_distance or (is_cut and not around.after))

    # Placing by neighbours.

    def place_by_neighbours(self) -> None:
        """Place the other passages by those around them, the surest first."""
        for risk in _RISKS:
            for passage in self.passages:
                if not passage.source:
                    around = self.around(passage)
                    place = self.only_place(passage, around, risk)
                    if place is None or self.is_contested(passage, place) or not self.settle(passage, place):
                        self.keep_distance_to_the_letter(passage, around)

    def only_place(self, passage: Passage, around: Around, most_risk: float) -> int | None:
        """Give the one place where a passage can stand, as far as its neighbours say."""
        near = [around.within(passage.near(neighbour, more=NEAR)) for neighbour in around.neighbours]
        self.search.look_near(passage, near, around.limits)
        for limits in (around.agreed(passage), around.window(passage) if passage.size >= _NAME else None):
            hits = passage.words.free(limits, most=2) if limits else []
            if len(hits) == 1:
                return hits[0]
        risks = sorted(self.risks(passage, around, near).items(), key=itemgetter(1))
        if not risks or risks[0][1] * len(passage.words.hits) > most_risk * len(self.copy.form.text):
            return None
        return None if len(risks) > 1 and risks[1][1] <= _CLEARLY * risks[0][1] else risks[0][0]

    def risks(self, passage: Passage, around: Around, near: Sequence[Limits]) -> dict[int, int]:
        """Tell of each hit near a neighbour how likely it is not the passage: another passage of the same words.

        Something new stands between a passage and a neighbour every some hundred characters, but hardly within a
        sentence, and for certain where they did not keep their distance. A wrong hit is at some distance by chance.
        """
        risks: dict[int, int] = {}
        for neighbour, limits in zip(around.neighbours, near, strict=True):
            gap = 0 if neighbour in passage.sentence else passage.gap(neighbour)
            for hit in passage.words.free(limits, most=_MOST_HITS):
                strayed = passage.strayed(neighbour, hit)
                risk = (gap + _NEW * bool(strayed)) * (1 + 2 * strayed)
                risks[hit] = min(risk, risks.get(hit, risk))
        return risks

    def is_contested(self, passage: Passage, place: int) -> bool:
        """Tell whether a place can as well be that of the next of the same words."""
        same = passage.words.passages
        rivals = [*same[max(passage.same - 1, 0) : passage.same], *same[passage.same + 1 : passage.same + 2]]
        return any(self.could_stand(rival, place) for rival in rivals if not rival.source)

    def could_stand(self, passage: Passage, place: int) -> bool:
        """Tell whether a passage without a place could stand at one, as far as its neighbours say."""
        around = self.around(passage)
        ranges = [*(passage.near(neighbour) for neighbour in around.neighbours), around.window(passage)]
        return any(limits and limits[0] <= place <= limits[1] for limits in ranges)

    def keep_distance_to_the_letter(self, passage: Passage, around: Around) -> None:
        """Place a passage whose neighbours moved by the same: so framed it may cut a word, as it may have before."""
        if not (around.before and around.after) or min(map(passage.gap, around.neighbours)) > _FRAME:
            return
        moves = {neighbour.source[0] - neighbour.start for neighbour in around.neighbours if neighbour.source}
        source = passage.start + min(moves), passage.end + min(moves)
        edges = [*source, *(edge for neighbour in around.neighbours for edge in neighbour.source or ())]
        if len(moves) > 1 or not self.copy.fits(*source, passage.fingerprint) or _cuts_word(self.copy, edges):
            return
        if not (passage.words.hits and _cuts_word(self.copy, source)):
            self.settle(passage, self.copy.form.position(source[0]), source)

    # Placing by each other.

    def place_groups(self) -> None:
        """Place passages that stood close together as if they were one, which stands once."""
        group: list[Passage] = []
        end = 0
        for passage in self.passages:
            if group and self.placed and passage.start - end > _CLOSE:
                self.place_group(group)
                group = []
            end = max(end, passage.end)
            if not passage.source and passage.words.hits:
                group.append(passage)
        self.place_group(group)

    def place_group(self, group: Sequence[Passage]) -> None:
        """Place a group where more of its words stand together than anywhere else."""
        leaders = sorted(group, key=lambda member: len(member.words.hits))[:2]
        together: dict[int, dict[Passage, int]] = {}
        for leader in leaders:
            at = group.index(leader)
            for hit in leader.words.hits[:_MOST_HITS]:
                move = hit - leader.start
                together[move] = {leader: hit}
                # Beyond a passage that does not stand where it should, others stand there by chance.
                for others in (group[at + 1 :], group[:at][::-1]):
                    for member in others:
                        hits = member.words.free((member.start + move - 3, member.start + move + 3))
                        if not hits:
                            break
                        together[move][member] = hits[0]
        sizes = {move: sum(member.size for member in members) for move, members in together.items()}
        best = max(sizes, key=sizes.__getitem__, default=0)
        members = together.get(best, {})
        if len(members) < 2 or sizes[best] < _LEAST_GROUP:
            return
        # Where another place holds nearly as much it is open which is right; with a half instead three are lost.
        if any(4 * size > 3 * sizes[best] for move, size in sizes.items() if abs(move - best) > 3):
            return
        around = self.around(group[0])
        if not around.neighbours and 3 * len(members) < 2 * len(group):
            return
        first, last = around.limits
        if first <= min(members.values()) <= last or (sizes[best] >= SHORT and self.may_have_moved(around)):
            for member, hit in members.items():
                self.settle(member, hit)

    # Taking back.

    def doubtful(self) -> list[Passage]:
        """List the short passages of lost statements that kept their distance to nothing certain.

        What stands there are the same words in another place: the statement was left out as a whole.
        """
        whole = {p.number for group in self.statements if all(p.source for p in group) for p in group}
        certain = [number for number in self.placed if number in whole or not self.passages[number].is_short]
        doubtful: list[Passage] = []
        for number in set(self.placed).difference(certain):
            index = bisect_left(certain, number)
            neighbours = [self.passages[near] for near in certain[max(index - 1, 0) : index + 1]]
            if not any(map(self.passages[number].kept_distance, neighbours)):
                doubtful.append(self.passages[number])
        return doubtful

    def take_back(self, passages: Iterable[Passage]) -> None:
        """Take their places from passages."""
        for passage in passages:
            passage.words.taken.discard(passage.place)
            passage.place, passage.source = -1, None
        self.placed = [number for number in self.placed if self.passages[number].source]

    # What the above share.

    def around(self, passage: Passage) -> Around:
        """Find the neighbours of a passage without a place."""
        index = bisect_left(self.placed, passage.number)
        before = self.passages[self.placed[index - 1]] if index else None
        after = self.passages[self.placed[index]] if index < len(self.placed) else None
        return Around(before, after)

    def settle(self, passage: Passage, place: int, source: tuple[int, int] | None = None) -> bool:
        """Give a passage its place, if it is one: in normal form an edge can depend on what stands beside it."""
        source = source or self.copy.form.source(place, place + passage.words.length)
        passage.words.taken.add(place)
        if not self.copy.fits(*source, passage.fingerprint):
            return False
        passage.place, passage.source = place, source
        insort(self.placed, passage.number)
        return True

    # Saying what is lost.

    def why_lost(self, passage: Passage) -> str:
        """Say why a passage has no place, and how near anything came."""
        around = self.around(passage)
        count = len(self.passages) - 1
        others = f" ({len(self.placed)} of {count} other passages have a place)" if count else ""
        limits = around.limits
        if around.kept_distance:
            first, last = around.window(passage) or limits
            limits = first - passage.words.length, last + passage.words.length
        if hits := passage.words.free(limits, most=_MOST_PLACES_NAMED + 1):
            return f"found it at {self.named(hits)}, expected one place that those around it agree on{others}"
        expected = f"expected a passage with fingerprint {passage.fingerprint}"
        if not around.neighbours:
            return f"found it nowhere, {expected}{others}"
        # What was changed in the passage itself has moved the one after it, but not the one before.
        usable = around.neighbours[:1] if around.kept_distance else around.neighbours
        place = passage.moved_with(min(usable, key=passage.gap))
        there = "the end of the text"
        if place < len(self.copy.form.text):
            start = self.offset(place)
            there = f"{found(self.copy.text[start : start + passage.size])} at {start}"
        hits = passage.words.free(EVERYWHERE, most=_MOST_PLACES_NAMED + 1)
        elsewhere = f" and its words only at {self.named(hits)}" if hits else ""
        return f"found {there}{elsewhere}, {expected} near there{others}"

    def named(self, places: Sequence[int]) -> str:
        """List some places as offsets in the text."""
        offsets = [str(self.offset(place)) for place in places[:_MOST_PLACES_NAMED]]
        return ", ".join(offsets) + (" and more" if len(places) > _MOST_PLACES_NAMED else "")

    def offset(self, place: int) -> int:
        """Give where in the text begins what stands at a place, or at the nearest place that there is."""
        place = min(max(place, 0), len(self.copy.form.text) - 1)
        return self.copy.form.source(place, place + 1)[0]


def _longest_chain(passages: Sequence[Passage]) -> list[Passage]:
    """Choose as many passages as there are whose only hits are in order."""
    ends: list[int] = []  # of chains of each length, the hit with which one can end first
    last: list[int] = []  # and whose it is
    previous: list[int] = []
    for index, passage in enumerate(passages):
        length = bisect_right(ends, passage.words.hits[0])
        previous.append(last[length - 1] if length else -1)
        ends[length : length + 1] = passage.words.hits
        last[length : length + 1] = [index]
    chain: list[Passage] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(passages[index])
        index = previous[index]
    return chain[::-1]
