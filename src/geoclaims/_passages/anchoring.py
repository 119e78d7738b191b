"""Find all statements of an article again in another copy of its text.

What is unchanged stays: if the annotated text is at hand, a statement in the beginning or end that both texts share
keeps its place there. All else is found by fingerprints and old offsets.

A fingerprint holds no words, so a passage is searched by hashing every range of the copy that is as long and cuts no
word. Names, cues and whole claims are said more than once. So what is placed is never a passage, but a *statement*: the
distances between its passages only change if its own sentence was edited. Each way to place a statement, or a part of
it, is a *placement*.

Distances between statements change with every edit, but rarely many of them. A *chain* takes at most one placement of
each statement. It gains the characters that it places, and loses some for every distance that changed. A placement is
accepted if the best chain through it gains clearly more than the best chain without it. Nothing else is guessed.

The thresholds were measured on copies of a hundred news articles, edited in thirteen ways, on the same articles with a
claim that is said again or taken back and made by another, and on made-up texts of few names, cues and claims.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property, partial
from heapq import nlargest
from itertools import chain as joined, islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._passages.explaining import missing
from geoclaims._passages.normal_form import NormalForm, PreparedText, digest
from geoclaims._passages.unchanged import Range, Wanted, cutting, unchanged_in
from geoclaims._passages.words import Words, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoclaims._passages.unchanged import CutEdges


@attrs.frozen
class Lost:
    """A passage without a place."""

    reason: Callable[[], str]
    """Says why it has none."""
    is_there: bool
    """Whether its words are in the copy all the same."""


# What a chain loses for a distance that changed, in characters: as much as it changed, but at most this; and twice that
# if the order changed. So a sentence that moved alone is found if it has 40 characters.
_EDIT: Final = 10
# By how much the chain through a placement must gain more than any other. With more than one edit instead, 60 of 22,000
# statements of one passage are lost.
_CLEARLY: Final = 10
# What words count for, however short they are: enough to be found between two texts that were inserted.
_LEAST: Final = 20
# By so many characters a mark or line break changes its length in a copy.
_TYPOGRAPHY: Final = 3
_LINE: Final = 50
_MOST_TYPOGRAPHY: Final = 25
# What stands further apart than this is not in one sentence, and the words between are not compared.
_LONGEST_SENTENCE: Final = 1_000
_END_OF_SENTENCE: Final = re.compile(r"[.!?…؟।۔][^\w\s]*\s|[。！？]")

# How many characters the search may hash: so many, and so many for each character of the text. All passages of an
# ordinary article are searched everywhere; in a text of a million characters, some dozens of different lengths are.
_LEAST_HASHED: Final = 200_000_000
_HASHED_A_CHARACTER: Final = 700
# What it costs to hash a range, beside its length, and to look at a start: hashing took 0.4 µs and 700 characters more.
_HASH: Final = 700
_LOOK: Final = 60
# Of words that occur more often, and of chains, only so many are looked at, so that the work grows with the text.
_MOST_LOOKED_AT: Final = 20
_MOST_NAMED: Final = 5


@attrs.frozen(eq=False)
class _Passage:
    """A passage to find."""

    start: int
    end: int
    fingerprint: str
    length: int
    """Its length in normal form."""
    offsets: list[int]
    """Where its words occur in the normal form of the copy, in order; one list for all passages of the same words."""

    def facing_ends(self, other: _Passage) -> tuple[bool, bool]:
        """Report of this passage and another whether the end of each faces the other; if they overlap, starts do."""
        return other.start >= self.end, other.end <= self.start

    def distance(self, other: _Passage) -> int:
        """Return the length of the annotated text from the passage to another, negative if the other is before it."""
        end, other_end = self.facing_ends(other)
        return (other.end if other_end else other.start) - (self.end if end else self.start)


@attrs.frozen
class _Place:
    """A passage at one of its places: its offset in the normal form of the copy, and its range in the copy."""

    passage: _Passage
    offset: int
    start: int
    end: int

    @property
    def is_unchanged(self) -> bool:
        """Report whether the passage stands where it stood in the annotated text."""
        return (self.start, self.end) == (self.passage.start, self.passage.end)

    def slack(self, other: _Passage) -> int:
        """Return by how much the distance to another passage may change by typography alone."""
        return min(_TYPOGRAPHY + abs(self.passage.distance(other)) // _LINE, _MOST_TYPOGRAPHY)

    def expected(self, other: _Passage) -> int:
        """Return the offset of another passage if it kept its distance."""
        end, other_end = self.passage.facing_ends(other)
        from_edge = self.offset + end * self.passage.length
        return from_edge + self.passage.distance(other) - other_end * other.length

    def change(self, other: _Place) -> int:
        """Return by how much the distance to another place changed: in the text, or in its normal form if less."""
        end, other_end = self.passage.facing_ends(other.passage)
        distance = (other.end if other_end else other.start) - (self.end if end else self.start)
        changed = distance - self.passage.distance(other.passage)
        return min(abs(changed), abs(other.offset - self.expected(other.passage)))


@attrs.frozen(eq=False)
class _Placement:
    """One way to place a statement."""

    places: list[_Place]
    """The places of its passages, in order, as far as they have one."""
    gain: int
    """How many characters it places, less an edit for each passage that is missing."""
    is_whole: bool

    def cost(self, following: _Placement) -> int:
        """Return what a chain loses where another placement follows."""
        after = following.places[0]
        before = next(
            (place for place in reversed(self.places) if place.passage.start <= after.passage.start), self.places[0]
        )
        if before.end <= after.start or after.passage.start < before.passage.end:
            return min(before.change(after), _EDIT)
        # Text that changed its order was taken out and put in again; two passages of the same words are not one.
        return 2 * _EDIT if after.end <= before.start else 3 * _EDIT


_BEGINNING: Final = _Place(_Passage(0, 0, "", 0, []), 0, 0, 0)
_Found = list[Range] | dict[int, Lost]
"""The places of the passages of a statement; or of a lost statement the passages that are lost, by their numbers."""


def find_again(text: str, statements: Sequence[Sequence[Wanted]], annotated: str | None = None) -> list[_Found]:
    """Find the places of all passages of each statement in a text, or say which are lost.

    Args:
        text: The copy in which they are looked for.
        statements: The passages of each statement.
        annotated: The text in which the passages stand at their places, if it is at hand.

    >>> from geoclaims._passages.normal_form import fingerprint
    >>> find_again("Ad. He said “no”.", [[(0, 7, fingerprint("He said"))], [(8, 12, fingerprint('"no"'))]])
    [[(4, 11)], [(12, 16)]]
    """
    unchanged = {} if annotated is None else unchanged_in(text, statements, annotated)
    if len(unchanged) == len(statements):
        return [*unchanged.values()]
    prepared = PreparedText.of(text)
    if annotated is None and all(prepared.fits(*passage) for passage in {*joined.from_iterable(statements)}):
        return [[(start, end) for start, end, _ in statement] for statement in statements]
    copy = _Copy.of(prepared, annotated, statements, unchanged)
    members = [[copy.passages[passage] for passage in statement] for statement in statements]
    chosen = _chosen([copy.unchanged.get(number) or list(copy.placements(own)) for number, own in enumerate(members)])
    found: list[_Found] = []
    for number, statement in enumerate(members):
        if number in unchanged:
            found.append(unchanged[number])
        elif placement := chosen.get(number):
            found.append([(place.start, place.end) for place in placement.places])
        else:
            reasons = [partial(_reason, copy, passage, statement) for passage in statement]
            are_there = [bool(passage.offsets) for passage in statement]
            found.append(dict(enumerate(map(Lost, reasons, are_there))))
    return found


@attrs.define(slots=False)
class _Copy:
    """A copy of the text, and the passages to find in it."""

    prepared: PreparedText
    words: Words
    annotated: str | None
    """The text in which the passages stand at their old places, if it is at hand."""
    passages: dict[Wanted, _Passage]
    left: int
    """How many characters the search may still hash."""
    unchanged: dict[int, list[_Placement]] = attrs.field(factory=dict)
    """The one placement of each statement that is unchanged, by its number."""
    anchors: list[_Place] = attrs.field(factory=list)
    """The beginning, the unchanged passages and those that occur once: they show where others are expected."""

    @classmethod
    def of(
        cls,
        prepared: PreparedText,
        annotated: str | None,
        statements: Sequence[Sequence[Wanted]],
        unchanged: dict[int, list[Range]],
    ) -> _Copy:
        """Search a copy for the passages of the statements that changed."""
        offsets: defaultdict[str, list[int]] = defaultdict(list)
        wanted = sorted({*joined.from_iterable(statements)})
        passages = {each: _Passage(*each, int(each[2].split(":")[1]), offsets[each[2]]) for each in wanted}
        changed = {each for number, own in enumerate(statements) if number not in unchanged for each in own}
        open_passages = [passage for each, passage in passages.items() if each in changed]
        allowed = _LEAST_HASHED + _HASHED_A_CHARACTER * len(prepared.form.text)
        copy = cls(prepared, Words.of(prepared.form.joined), annotated, passages, allowed)
        copy._search_everywhere(open_passages)
        copy.left = allowed
        for number, ranges in unchanged.items():
            if ranges:
                places = [
                    _Place(passages[each], prepared.form.position(place[0]), *place)
                    for each, place in zip(statements[number], ranges, strict=True)
                ]
                gain = sum(place.passage.length for place in places)
                copy.unchanged[number] = [_Placement(places, gain, is_whole=True)]
        times = Counter(passage.fingerprint for passage in passages.values())
        unique = [each for each in open_passages if times[each.fingerprint] == len(each.offsets) == 1]
        copy.anchors = [_BEGINNING, *(place for each in unique for place in copy.places(each, each.offsets))]
        copy.anchors += (place for (placement,) in copy.unchanged.values() for place in placement.places)
        copy.anchors.sort(key=lambda anchor: anchor.passage.start)
        for passage in open_passages:
            if not passage.offsets:
                passage.offsets.extend(copy._search_near(passage, copy._around(passage)))
        return copy

    @cached_property
    def search_form(self) -> NormalForm:
        """Normalise the copy as for a search by words."""
        return NormalForm.for_search(self.prepared.text)

    def _search_everywhere(self, wanted: Iterable[_Passage]) -> None:
        """Find where passages occur, one length after the other: first that of the most passages."""
        by_length: defaultdict[int, dict[str, _Passage]] = defaultdict(dict)
        for passage in wanted:
            by_length[passage.length][passage.fingerprint] = passage
        for length, passages in sorted(by_length.items(), key=lambda item: (-len(item[1]), item[0])):
            if self.left > 0:
                self.left -= _LOOK * len(self.words.starts)
                starts = list(self.words.windows(length))
                for passage, offset in self._hashed(list(passages.values()), starts):
                    passage.offsets.append(offset)

    def _search_near(self, passage: _Passage, around: Sequence[_Place]) -> list[int]:
        """Find where a passage occurs at its old distance to others, even if it begins or ends with a space.

        It may cut a word if those before and after it both moved by exactly as much, and if the annotated text, where
        it is at hand, shows that it did before.
        """
        size = len(self.prepared.form.text) - passage.length
        near: set[int] = set()
        for place in around:
            expected, slack = place.expected(passage), place.slack(passage)
            near.update(range(max(expected - slack, 0), min(expected + slack, size) + 1))
        whole = [offset for offset in sorted(near) if not self.words.are_cut(offset, offset + passage.length)]
        if hashed := self._hashed([passage], whole):
            return [offset for _, offset in hashed]
        move, *others = {place.start - place.passage.start for place in around}
        if len(around) == 2 and not others:
            start, end = passage.start + move, passage.end + move
            if self.prepared.fits(start, end, passage.fingerprint) and not self._has_grown(passage, start, end):
                return [self.prepared.form.position(start)]
        return []

    def _has_grown(self, passage: _Passage, start: int, end: int) -> bool:
        """Report whether a passage cuts a word of the copy at some place, and none of the annotated text."""
        if self.annotated is None:
            return False
        were_cut, are_cut = self._cuts
        return bool(are_cut(start, end) - were_cut(passage.start, passage.end))

    @cached_property
    def _cuts(self) -> tuple[CutEdges, CutEdges]:
        """Return the functions that name the edges that cut a word of the annotated text, and of the copy."""
        were_cut, are_cut = (cutting(text, 0, len(text)) for text in (self.annotated or "", self.prepared.text))
        return were_cut, are_cut

    def _hashed(self, passages: Sequence[_Passage], starts: Sequence[int]) -> Iterable[tuple[_Passage, int]]:
        """Find which passages of one length begin at some offsets; skip what would hash too much."""
        normal, length = self.prepared.form.text, passages[0].length
        # Text that is not ASCII is first encoded, and in more bytes.
        cost = len(starts) * (_HASH + length * (1 if normal.isascii() else 4))
        if cost > self.left:
            return []
        self.left -= cost
        by_digest = {bytes.fromhex(passage.fingerprint.split(":")[2]): passage for passage in passages}
        found = ((by_digest.get(digest(normal[start : start + length])), start) for start in starts)
        return [(passage, start) for passage, start in found if passage]

    def _around(self, passage: _Passage) -> list[_Place]:
        """List the anchors nearest to a passage, before and after it."""
        after = bisect_right(self.anchors, passage.start, key=lambda anchor: anchor.passage.start)
        return self.anchors[max(after - 1, 0) : after + 1]

    def places(self, passage: _Passage, offsets: Iterable[int]) -> Iterator[_Place]:
        """Yield the places of a passage at some offsets."""
        for offset in offsets:
            start, end = self.prepared.form.source(offset, offset + passage.length)
            # An edge of the normal form can depend on the text beside it.
            if self.prepared.fits(start, end, passage.fingerprint):
                yield _Place(passage, offset, start, end)

    def placements(self, statement: Sequence[_Passage]) -> Iterator[_Placement]:
        """Yield the placements of a statement: one for each occurrence of the passage that occurs least often."""
        occurring = [passage for passage in statement if passage.offsets]
        if not occurring:
            return
        rarest = min(occurring, key=lambda passage: (len(passage.offsets), -passage.length))
        offsets = rarest.offsets
        if len(offsets) > _MOST_LOOKED_AT:
            expected = [anchor.expected(rarest) for anchor in [_BEGINNING, *self._around(rarest)]]
            offsets = sorted({offset for each in expected for offset in _nearest(offsets, each)})
        index = statement.index(rarest)
        for place in self.places(rarest, offsets):
            found, costs = [place], [0]
            for others in (statement[index + 1 :], statement[:index][::-1]):
                beside = place
                for other in others:
                    there, cost = self._beside(beside, other, is_alone=len(offsets) == 1)
                    costs.append(cost)
                    if there:
                        found.append(there)
                        beside = there
            length = sum(each.passage.length for each in found)
            gain = max(length, _LEAST) - sum(costs)
            found.sort(key=attrgetter("start"))
            yield _Placement(found, gain, len(found) == len(statement))

    def _beside(self, place: _Place, other: _Passage, *, is_alone: bool) -> tuple[_Place | None, int]:
        """Find another passage of a statement from the place of one; return what the text between costs the placement.

        It must have kept its distance. Of two places that are nearly as good, none is.
        """
        offsets = _nearest(other.offsets, place.expected(other)) if other.offsets else self._search_near(other, [place])
        places = list(self.places(other, offsets))
        costs = ((there, self._cost_between(place, there, is_alone=is_alone)) for there in places)
        found = [(place.change(there), there, cost) for there, cost in costs if cost is not None]
        found.sort(key=itemgetter(0))
        if not found:
            return None, _EDIT
        change, there, cost = found[0]
        if len(found) > 1 and found[1][0] <= 2 * change + (change and _EDIT):
            return None, _EDIT
        # What a page puts in between may move another occurrence nearly to where this one is expected.
        if change > _TYPOGRAPHY and any(
            anchor.change(rival) < change for anchor in self._around(other) for rival in places if rival is not there
        ):
            return None, _EDIT
        return there, cost

    def _cost_between(self, one: _Place, other: _Place, *, is_alone: bool) -> int | None:
        """Return what the text between two places costs a placement; None if their distance changed, or the words.

        A sentence that ends between them may not have ended there: ". As " for " as " joins two. So within a gap no
        longer than two edits, no change is forgiven; and a placement that is not alone has no place behind it.
        """
        before, after = sorted((one, other), key=attrgetter("passage.start"))
        if before.end > after.start:
            return None
        start = before.offset + before.passage.length
        ends = _END_OF_SENTENCE.search(self.prepared.form.text, start, min(after.offset, start + _LONGEST_SENTENCE))
        is_joined = ends and before.passage.distance(after.passage) <= 2 * _EDIT
        change = one.change(other)
        is_kept = change <= (0 if is_joined else one.slack(other.passage)) and (is_alone or not ends)
        is_far = after.start - before.end > _LONGEST_SENTENCE
        if not is_kept or not (is_far or self._has_same_words(before, after)):
            return None
        return min(change, _EDIT - 1)

    def _has_same_words(self, before: _Place, after: _Place) -> bool:
        """Report whether the words between two places are those between their passages in the annotated text."""
        if self.annotated is None:
            return True
        was = self.annotated[before.passage.end : after.passage.start]
        now = self.prepared.text[before.end : after.start]
        return was == now or words_in(was) == words_in(now)


def _nearest(offsets: Sequence[int], expected: int) -> Sequence[int]:
    """Return the offsets nearest to an expected one, two on each side."""
    index = bisect_left(offsets, expected)
    return offsets[max(index - 2, 0) : index + 2]


_Chains = list[tuple[int, _Placement | None]]
"""The best chains up to a statement, or from one on: what each gains, and its placement beside the statement."""


def _best(chains: _Chains) -> _Chains:
    """Drop the chains that can never be the best, as the best one gains more whatever it loses next."""
    most = max(gain for gain, _ in chains)
    kept = [one for one in chains if one[0] > most - 3 * _EDIT]
    return sorted(kept, key=itemgetter(0), reverse=True)[:_MOST_LOOKED_AT]


def _gain(before: tuple[int, _Placement | None], after: tuple[int, _Placement | None]) -> int:
    """Return what two chains gain together."""
    (gain, last), (more, first) = before, after
    return gain + more - (last.cost(first) if last and first else 0)


def _leads(placements: Sequence[Sequence[_Placement]]) -> dict[int, list[tuple[int, _Placement]]]:
    """Find by how much the best chain through each placement gains more than any chain without it.

    The best chains up to each statement are found from the first on, those after it from the last on.
    """
    order = [number for number, own in enumerate(placements) if own]
    order.sort(key=lambda number: placements[number][0].places[0].passage.start)
    beginning = _Placement([_BEGINNING], 0, is_whole=False)
    chains: _Chains = [(0, beginning)]
    before: dict[int, _Chains] = {}
    for number in order:
        before[number] = chains
        ended = [(max(_gain(one, (own.gain, own)) for one in chains), own) for own in placements[number]]
        chains = _best([*chains, *ended])
    chains = [(0, None)]
    leads: dict[int, list[tuple[int, _Placement]]] = {}
    for number in reversed(order):
        unplaced = max(_gain(one, other) for one in before[number] for other in chains)
        begun = [(max(_gain((own.gain, own), one) for one in chains), own) for own in placements[number]]
        through = [max(_gain(one, own) for one in before[number]) for own in begun]
        # Below a new heading, the first claim and a copy of it further down each keep one distance.
        more = int(before[number][0][1] is beginning)
        leads[number] = [
            (gain - max([unplaced, *(rival + more for rival in through[:index] + through[index + 1 :])]), own)
            for index, (gain, own) in enumerate(zip(through, placements[number], strict=True))
        ]
        chains = _best([*chains, *begun])
    return leads


def _chosen(placements: Sequence[Sequence[_Placement]]) -> dict[int, _Placement]:
    """Choose the placements that gain clearly more than all others, by the numbers of their statements.

    A placement that nothing moved is chosen unless another gains more. Statements that had two places never share one.
    """
    leads = _leads(placements)
    claims: defaultdict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for lead, placement in joined.from_iterable(leads.values()):
        for place in placement.places if placement.is_whole else ():
            by_start = claims[place.passage.fingerprint, place.offset]
            by_start[place.passage.start] = max(lead, by_start.get(place.passage.start, lead))
    # Of all that claim a place, the best two are enough: many statements may share one passage.
    best = {place: nlargest(2, by_start.items(), key=itemgetter(1)) for place, by_start in claims.items()}
    chosen: dict[int, _Placement] = {}
    for number, own in leads.items():
        for lead, placement in own:
            is_clear = lead >= _CLEARLY or (lead >= -1 and all(place.is_unchanged for place in placement.places))
            is_claimed = any(
                start != place.passage.start and rival > lead - _CLEARLY
                for place in placement.places
                for start, rival in best.get((place.passage.fingerprint, place.offset), ())
            )
            if placement.is_whole and is_clear and not is_claimed:
                chosen[number] = placement
    return chosen


def _reason(copy: _Copy, passage: _Passage, statement: Sequence[_Passage]) -> str:
    """Say why a passage has no place: where its words occur, or what is nearest to them if they do not."""
    if first := [str(place.start) for place in islice(copy.places(passage, passage.offsets), _MOST_NAMED + 1)]:
        offsets = ", ".join(first[:_MOST_NAMED]) + " and more" * (len(first) > _MOST_NAMED)
        whose = "the other passages of its statement" if len(statement) > 1 else "those around it"
        whose += ", with the same words between" if len(statement) > 1 and copy.annotated is not None else ""
        return f"found it at {offsets}, expected one place at its distance to {whose}"
    if copy.annotated is not None:
        return missing(copy.prepared.text, copy.search_form, copy.annotated[passage.start : passage.end])
    was = f"which was at {passage.start} to {passage.end}"
    return f"found it nowhere, expected a passage with fingerprint {passage.fingerprint}, {was}"
