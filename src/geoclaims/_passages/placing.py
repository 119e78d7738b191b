"""Find many passages again in another copy of their text, by their fingerprints and their old places.

A fingerprint holds no words, so a passage is looked for by hashing every stretch of the copy that is as long as it and
cuts no word. Long passages that stand once are sure: the heaviest chain of them that kept their order. The others are
placed between those, where they kept their distance to a neighbour or where only something new was put in between. What
that leaves open is an error, never a guess.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._display import found
from geoclaims._passages.copies import Copy
from geoclaims._passages.neighbours import EVERYWHERE, SHORT, Around, Limits, Passage, Wanted, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# How much may be hashed, in bytes: so much in any text, and so much more for each of its characters. Another text
# altogether is given up after a second or two; all passages of an article up to 100,000 characters are looked for
# everywhere.
_LEAST_WORK: Final = 4e8
_WORK_A_CHARACTER: Final = 1000
# With how many of the sure passages before it each is compared: so many false ones in a row would break the chain. Five
# do as well on news.
_CHAIN: Final = 20
# Words that stand more often than this say nothing of how far a text has moved.
_MOST_VOTES: Final = 20
# How much text may have been put between two neighbours for a passage to stand between the two places that they expect:
# with 5 instead 13 passages of 55,516 are lost, with 80 ten more found.
_FEW: Final = 20
# So long a passage is no name or cue that could as well stand elsewhere between its neighbours: with 40 instead three
# passages are lost, with 10 six are gained and none is wrong; names of so many letters are common, so it is not less.
_NAME: Final = 20
# How likely it may be that a passage is as far from a neighbour as it stood by chance: with 0.1 instead 80 passages of
# 55,516 are lost, with 2.5 two more are wrong.
_RISK: Final = 0.5
# How much of the text the places of words that stand once may take up around the one expected: with 0.004 instead 26
# passages are lost, with 0.1 none are gained.
_ONCE: Final = 0.02
# By how much one place must be likelier than another: with 50 instead of 10 seven passages were lost, with 2 four were
# gained.
_CLEARLY: Final = 5
# How far apart passages of a group stand, and how long they must be together: a name and a cue. A least length of 30
# loses 82 passages.
_CLOSE: Final = 20
_LEAST_GROUP: Final = 9
# How far apart passages of a statement stand that are of one sentence, so that nothing is put in between them; 30 and
# 300 do as well.
_SENTENCE: Final = 100
# How far at most the nearer neighbour stands of a passage that may cut a word; further away two changes of the text may
# make up for each other, and "said" was found in "saids".
_FRAME: Final = 50
# How many places near a neighbour are tried for a passage that begins or ends with a space.
_MOST_NEAR: Final = 50
# How many passages that cannot be looked for everywhere are looked for around their old places.
_PROBES: Final = 16
# What is shorter than this was cut off, and what stood at its end is not taken to have moved: with 0.5 instead one more
# passage is wrong.
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
        """The reason why the passage has no place, and the nearest match."""
        return self._placing.why_lost(self._passage)


def place(text: str, statements: Sequence[Sequence[Wanted]]) -> list[list[tuple[int, int] | Lost]]:
    """Find the places of the passages of statements in a text; those without a place can say why.

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
    """Return the places of all passages if all moved by the same distance; otherwise none."""
    places: Places = {}
    for start, end, fingerprint in wanted:
        if not copy.fits(start + move, end + move, fingerprint):
            return {}
        places[start, end, fingerprint] = start + move, end + move
    # In a copy, text inserted before the first passage or after the last may have changed its word.
    edges = [edge + move for start, end, _ in wanted for edge in (start, end)]
    return {} if move and _cuts_word(copy, edges) else places


def _cuts_word(copy: Copy, edges: Sequence[int]) -> bool:
    """Report whether the first or last of some positions in a copy is within a word."""
    return copy.cuts_word(copy.form.position(min(edges)), copy.form.position(max(edges)))


@attrs.define(eq=False)
class _Placing:
    """A copy and the passages to find in it, in the order of the annotated text."""

    copy: Copy
    passages: list[Passage]
    statements: list[list[Passage]]
    words: list[Words]
    work: float
    """The number of bytes that may still be hashed."""
    placed: list[int] = attrs.field(factory=list)
    """The numbers of the passages with a place, in order."""

    @classmethod
    def of(cls, copy: Copy, wanted: Iterable[Wanted], statements: Sequence[Sequence[Wanted]]) -> _Placing:
        """Prepare the search for some passages, given in order and by statement."""
        passages: dict[Wanted, Passage] = {}
        words: dict[str, Words] = {}
        for number, (start, end, fingerprint) in enumerate(wanted):
            _, length, digest = fingerprint.split(":")
            own = words.setdefault(fingerprint, Words(int(length), bytes.fromhex(digest)))
            own.passages.append(Passage(number, start, end, fingerprint, own, len(own.passages)))
            passages[start, end, fingerprint] = own.passages[-1]
        members = [[passages[passage] for passage in statement] for statement in statements]
        work = _LEAST_WORK + _WORK_A_CHARACTER * len(copy.form.text)
        return cls(copy, list(passages.values()), members, list(words.values()), work)

    def run(self) -> None:
        """Place each passage that has a sufficiently certain place."""
        self.search()
        self.look_where_they_stood()
        self.place_sure()
        moves = Counter(passage.source[0] - passage.start for passage in self.passages if passage.source)
        for move, _ in moves.most_common(1):
            if places := _all_moved(self.copy, [passage.wanted for passage in self.passages], move):
                for passage in self.passages:
                    passage.source = places[passage.wanted]  # type: ignore[assignment]
                return
        self.place_between()
        self.place_groups()
        self.place_between()
        if self.take_back_torn():
            self.place_between()
        self.take_back_doubtful()
        for words in self.words:
            words.taken = {passage.place for passage in words.passages}

    # Searching: the cheapest lengths first, until the budget for hashing is used up.

    def search(self) -> None:
        """Find the words of all passages in the copy."""
        by_length: defaultdict[int, list[Words]] = defaultdict(list)
        for words in self.words:
            by_length[words.length].append(words)
        costs = {length: self.copy.cost(length) for length in by_length}
        kept = self.work / 3  # for passages that are searched near their neighbours
        for length, group in sorted(by_length.items(), key=lambda item: costs[item[0]] / len(item[1])):
            whole = costs[length] <= (self.work - kept) / 2
            # A search of the whole text that would take too long is limited to the ends of clauses.
            cost = costs[length] if whole else self.copy.cost(length, clauses=True)
            if cost <= self.work - kept:
                self.look(group, (0, len(self.copy.form.text)), cost, clauses=not whole)
                for words in group:
                    words.sought = whole

    def look(self, group: Sequence[Words], limits: Limits, cost: float, *, clauses: bool = False) -> None:
        """Find words, all of one length, that begin within limits."""
        self.work -= cost
        by_digest = {words.digest: words for words in group}
        for digest, hit in self.copy.places(group[0].length, by_digest, *limits, clauses=clauses):
            by_digest[digest].hits.append(hit)

    def look_where_they_stood(self) -> None:
        """Search for some passages near their old places, as far as the budget allows, if not searched everywhere."""
        unsought = [passage for passage in self.passages if not passage.words.sought]
        for passage in unsought[:: 1 + len(unsought) // _PROBES]:
            share = self.work / (2 * _PROBES)
            reach = int(share / max(self.copy.cost(passage.words.length), 1) * len(self.copy.form.text))
            self.look_again(passage, (max(passage.start - reach, 0), passage.start + reach), share)

    def look_near(self, passage: Passage, around: Around) -> None:
        """Search for a passage near its neighbours, then between them, unless the whole text was searched."""
        words, size = passage.words, len(self.copy.form.text)
        if words.sought or passage.sought_between or not around.neighbours:
            return
        ranges = [*map(passage.near, around.neighbours), around.limits]
        for first, last in ranges:
            if not self.free(words, (first, last), most=1):
                cost = self.copy.cost(words.length) * max(min(last, size) - max(first, 0), 0) / size
                self.look_again(passage, (first, last), cost)
            if self.free(words, (first, last), most=1):
                return
        passage.sought_between = True

    def look_again(self, passage: Passage, limits: Limits, cost: float) -> None:
        """Search for further places of a passage, if the budget allows."""
        if cost <= self.work:
            words = passage.words
            known, words.hits = words.hits, []
            self.look([words], limits, cost)
            words.hits = sorted({*known, *words.hits})

    # Placing passages that are certain by themselves.

    def place_sure(self) -> None:
        """Place long passages that occur once and kept their order, and others that moved away alone.

        If no long passage occurs once, place the short ones that do; without these, those that agree on how far the
        text moved.
        """
        once = [words.passages[0] for words in self.words if len(words.hits) == len(words.passages) == 1]
        once = sorted([p for p in once if not p.is_short] or once, key=attrgetter("number"))
        for passage in once:
            passage.place = passage.words.hits[0]
        chain = _heaviest_chain(once)
        if once and once[0].is_short and not any(after.kept_distance(before) for before, after in pairwise(chain)):
            for passage in once:
                self.settle(passage, passage.place)
        else:
            self.place_chain(once, chain)
        if not self.placed:
            self.vote()
        for number in self.placed:
            self.passages[number].sure = True

    def place_chain(self, once: Sequence[Passage], chain: Sequence[Passage]) -> None:
        """Place a chain, and long passages outside it that no longer fit in their old place."""
        for before, passage, after in zip([None, *chain], chain, [*chain[1:], None], strict=False):
            window = Around(before, after).window(passage)
            if not window or window[0] <= passage.place <= window[1]:
                self.settle(passage, passage.place)
        for passage in once:
            if not passage.source:
                place, passage.place = passage.place, -1
                if not passage.is_short and self.may_stand(passage, place, passage.size):
                    self.settle(passage, place)

    def may_stand(self, passage: Passage, place: int, size: int) -> bool:
        """Report whether a place is in order, or so much text was removed around the passage that it may have moved."""
        around = self.around(passage)
        first, last = around.limits
        return first <= place <= last or around.has_gone(size, is_cut=self.is_cut)

    @property
    def is_cut(self) -> bool:
        """Report whether the copy is shorter than the annotated text by more than typography explains."""
        return len(self.copy.form.text) < _CUT * max(passage.end for passage in self.passages)

    def vote(self) -> None:
        """Place the passages that agree on how far the text moved, if most do."""
        voters = [passage for passage in self.passages if 0 < len(passage.words.hits) <= _MOST_VOTES]
        if len(voters) < 2:
            return
        source = self.copy.form.source
        for in_text in (True, False):
            votes: defaultdict[int, list[tuple[Passage, int]]] = defaultdict(list)
            for passage in voters:
                for hit in passage.words.hits:
                    votes[(source(hit, hit + 1)[0] if in_text else hit) - passage.start].append((passage, hit))
            first, *others = sorted(votes.values(), key=len, reverse=True)
            if 3 * len(first) >= 2 * len(voters) and all(len(other) < len(first) for other in others):
                for passage, hit in first:
                    self.settle(passage, hit)
                return

    # Placing by neighbours.

    def place_between(self) -> None:
        """Place the other passages by their neighbours, from both sides; further rounds would place no more."""
        for passages in (self.passages, self.passages[::-1]):
            for passage in passages:
                if not passage.source:
                    self.place_by_neighbours(passage)

    def place_by_neighbours(self, passage: Passage) -> None:
        """Place a passage where its neighbours indicate."""
        around = self.around(passage)
        self.look_near(passage, around)
        place = self.only_place(passage, around) if passage.words.hits else self.place_beside_space(passage, around)
        if place is not None and not self.is_contested(passage, place):
            self.settle(passage, place)
        elif not self.keep_distance_to_the_letter(passage, around):
            self.keep_order(passage, around)

    def only_place(self, passage: Passage, around: Around) -> int | None:
        """Return the only place of a passage that its neighbours allow."""
        words, window = passage.words, around.window(passage)
        hits = self.free(words, window, most=2) if window else []
        if hits and around.before:
            first, last = sorted(passage.moved_with(neighbour) for neighbour in around.neighbours)
            between = self.free(words, (2 * first - last - 1, 2 * last - first + 1), most=2)
            if last - first <= _FEW and len(between) == 1:
                return between[0]
        if len(hits) == 1:
            low, high = passage.near(min(around.neighbours, key=passage.gap))
            if passage.size >= _NAME or low <= hits[0] <= high:
                return hits[0]
        return self.place_near_one(passage, around)

    def place_near_one(self, passage: Passage, around: Around) -> int | None:
        """Return the only place at which a passage kept its distance to a neighbour, unless this may be chance.

        Text is inserted every few hundred characters, also between a passage and its neighbour, and a wrong hit may be
        at the right distance by chance. The risk is the product of both probabilities, times the number of hits.
        """
        words, size = passage.words, len(self.copy.form.text)
        first, last = around.limits
        risks: dict[int, int] = {}
        off: dict[int, int] = {}
        for neighbour in around.neighbours:
            low, high = passage.near(neighbour)
            for hit in self.free(words, (max(low, first), min(high, last)), most=2):
                distance = abs(hit - passage.moved_with(neighbour))
                off[hit] = min(distance, off.get(hit, distance))
                risk = passage.gap(neighbour) * (1 + 2 * distance)
                risks[hit] = min(risk, risks.get(hit, risk))
        if not risks:
            return None
        (hit, risk), *others = sorted(risks.items(), key=itemgetter(1))
        if any(other <= _CLEARLY * risk for _, other in others):
            return None
        stands_once = len(words.hits) == len(words.passages) == 1 and 1 + 2 * off[hit] <= _ONCE * size
        return hit if stands_once or risk * len(words.hits) <= _RISK * size else None

    def place_beside_space(self, passage: Passage, around: Around) -> int | None:
        """Return the only place near its neighbours of a passage that begins or ends with a space."""
        length = passage.words.length
        found: set[int] = set()
        for neighbour in around.neighbours:
            low, high = passage.near(neighbour)
            starts = range(max(low, 0), min(high, len(self.copy.form.text) - length) + 1)
            cost = self.copy.cost_of_windows(length, len(starts))
            if len(starts) <= _MOST_NEAR and cost <= self.work:
                self.work -= cost
                found |= {
                    start
                    for start in starts
                    if not self.copy.cuts_word(start, start + length)
                    and self.copy.digest(start, start + length) == passage.words.digest
                }
        return found.pop() if len(found) == 1 else None

    def is_contested(self, passage: Passage, place: int) -> bool:
        """Report whether a place could equally belong to the next passage with the same words."""
        same = passage.words.passages
        rivals = [*same[max(passage.same - 1, 0) : passage.same], *same[passage.same + 1 : passage.same + 2]]
        return any(self.could_stand(rival, place) for rival in rivals if not rival.source)

    def could_stand(self, passage: Passage, place: int) -> bool:
        """Report whether the neighbours of a passage without a place allow a given place."""
        around = self.around(passage)
        ranges = [*map(passage.near, around.neighbours), around.window(passage)]
        return any(limits and limits[0] <= place <= limits[1] for limits in ranges)

    def keep_order(self, passage: Passage, around: Around) -> None:
        """Place passages with the same words in order, if as many places as passages are left."""
        first = around.before.number if around.before else -1
        last = around.after.number if around.after else len(self.passages)
        same = passage.words.passages
        if passage.same and same[passage.same - 1].number > first:
            return  # asked of the first of them
        members = same[passage.same : bisect_left(same, last, key=attrgetter("number"))]
        if len(members) > 1 and (not around.neighbours or around.window(passage)):
            hits = self.free(passage.words, around.limits, most=len(members) + 1)
            if len(hits) == len(members):
                for member, hit in zip(members, hits, strict=True):
                    self.settle(member, hit)

    def keep_distance_to_the_letter(self, passage: Passage, around: Around) -> bool:
        """Place a passage whose neighbours moved by the same distance; it may cut a word, as it may have before."""
        if not (around.before and around.after) or min(map(passage.gap, around.neighbours)) > _FRAME:
            return False
        moves = {neighbour.source[0] - neighbour.start for neighbour in around.neighbours if neighbour.source}
        source = passage.start + min(moves), passage.end + min(moves)
        edges = [*source, *(edge for neighbour in around.neighbours for edge in neighbour.source or ())]
        if len(moves) > 1 or not self.copy.fits(*source, passage.fingerprint) or _cuts_word(self.copy, edges):
            return False
        if _cuts_word(self.copy, source) and passage.words.hits:
            return False
        return self.settle(passage, self.copy.form.position(source[0]), source)

    def place_groups(self) -> None:
        """Place groups of passages that were close together as if each group were one passage."""
        group: list[Passage] = []
        end = 0
        for passage in self.passages if self.placed else ():
            if group and passage.start - end > _CLOSE:
                self.place_group(group)
                group = []
            end = max(end, passage.end)
            if not passage.source and passage.words.hits:
                group.append(passage)
        self.place_group(group)

    def place_group(self, group: Sequence[Passage]) -> None:
        """Place a group where more of its words are together than anywhere else."""
        leaders = sorted(group, key=lambda member: len(member.words.hits))[:2]
        together: dict[int, dict[Passage, int]] = {}
        for leader in leaders:
            for hit in leader.words.hits[:_MOST_VOTES]:
                move = hit - leader.start
                together[move] = {leader: hit}
                at = group.index(leader)
                # Beyond a passage that is not where it should be, others are there by chance.
                for others in (group[at + 1 :], group[:at][::-1]):
                    for member in others:
                        hits = self.free(member.words, _beside(member.start + move), most=1)
                        if not hits:
                            break
                        together[move][member] = hits[0]
        sizes = {move: sum(member.size for member in members) for move, members in together.items()}
        best = max(sizes, key=sizes.__getitem__, default=0)
        members = together.get(best, {})
        if len(members) < 2 or sizes[best] < _LEAST_GROUP:
            return
        if any(2 * size > sizes[best] for move, size in sizes.items() if move not in range(best - 3, best + 4)):
            return
        around = self.around(group[0])
        first, last = around.limits
        gone = sizes[best] >= SHORT and around.has_gone(group[-1].end - group[0].start, is_cut=self.is_cut)
        if gone or first <= min(members.values()) <= last:
            for member, hit in members.items():
                self.settle(member, hit)

    # Removing places.

    def take_back_torn(self) -> bool:
        """Remove the places of short passages that were torn from their sentence; report whether there were any."""
        torn: set[int] = set()
        for statement in self.statements:
            members = [passage for passage in statement if passage.source]
            torn_apart = [None, *(_torn(*pair) for pair in pairwise(members)), None]
            for passage, sides in zip(members, pairwise(torn_apart), strict=False):
                if passage.is_short and not passage.sure and True in sides and False not in sides:
                    torn.add(passage.number)
        self.take_back(torn)
        return bool(torn)

    def take_back_doubtful(self) -> None:
        """Remove the places of short passages of lost statements that kept their distance to no certain passage.

        These are the same words elsewhere: the copy lacks the whole statement.
        """
        whole = {p.number for group in self.statements if all(p.source for p in group) for p in group}
        certain = [number for number in self.placed if number in whole or not self.passages[number].is_short]
        doubtful: set[int] = set()
        for number in set(self.placed).difference(certain):
            index = bisect_left(certain, number)
            neighbours = [self.passages[near] for near in certain[max(index - 1, 0) : index + 1]]
            if not any(map(self.passages[number].kept_distance, neighbours)):
                doubtful.add(number)
        self.take_back(doubtful)

    def take_back(self, numbers: set[int]) -> None:
        """Remove the places of passages; no other passage is placed there."""
        for number in numbers:
            self.passages[number].place, self.passages[number].source = -1, None
        self.placed = [number for number in self.placed if number not in numbers]

    # Shared by the methods above.

    def around(self, passage: Passage) -> Around:
        """Find the neighbours of a passage without a place."""
        index = bisect_left(self.placed, passage.number)
        before = self.passages[self.placed[index - 1]] if index else None
        after = self.passages[self.placed[index]] if index < len(self.placed) else None
        return Around(before, after)

    def free(self, words: Words, limits: Limits, *, most: int) -> list[int]:
        """List the unused places of words within limits, up to a number."""
        found: list[int] = []
        for index in range(bisect_left(words.hits, limits[0]), bisect_right(words.hits, limits[1])):
            if words.hits[index] not in words.taken:
                found.append(words.hits[index])
                if len(found) == most:
                    break
        return found

    def settle(self, passage: Passage, place: int, source: tuple[int, int] | None = None) -> bool:
        """Place a passage if its fingerprint fits: an edge of the normal form can depend on the text beside it."""
        source = source or self.copy.form.source(place, place + passage.words.length)
        passage.words.taken.add(place)
        if not self.copy.fits(*source, passage.fingerprint):
            return False
        passage.place, passage.source = place, source
        insort(self.placed, passage.number)
        return True

    # Explaining lost passages.

    def why_lost(self, passage: Passage) -> str:
        """Explain why a passage has no place, and describe the nearest match."""
        around = self.around(passage)
        count = len(self.passages) - 1
        others = f" ({len(self.placed)} of {count} other passages have a place)" if count else ""
        limits = around.limits
        if around.kept_distance:
            first, last = around.window(passage) or limits
            limits = first - passage.words.length, last + passage.words.length
        if hits := self.free(passage.words, limits, most=_MOST_PLACES_NAMED + 1):
            return f"found it at {self.named(hits)}, expected one place that those around it agree on{others}"
        expected = f"expected a passage with fingerprint {passage.fingerprint}"
        if not around.neighbours:
            return f"found it nowhere, {expected}{others}"
        # A change within the passage itself moved the neighbour after it, but not the one before.
        usable = around.neighbours[:1] if around.kept_distance else around.neighbours
        place = passage.moved_with(min(usable, key=passage.gap))
        there = "the end of the text"
        if place < len(self.copy.form.text):
            start = self.offset(place)
            there = f"{found(self.copy.text[start : start + passage.size])} at {start}"
        hits = self.free(passage.words, EVERYWHERE, most=_MOST_PLACES_NAMED + 1)
        elsewhere = f" and its words only at {self.named(hits)}" if hits else ""
        return f"found {there}{elsewhere}, {expected} near there{others}"

    def named(self, places: Sequence[int]) -> str:
        """List some places as offsets in the text."""
        offsets = [str(self.offset(place)) for place in places[:_MOST_PLACES_NAMED]]
        return ", ".join(offsets) + (" and more" if len(places) > _MOST_PLACES_NAMED else "")

    def offset(self, place: int) -> int:
        """Map a position in the normal form, or the nearest valid one, to the offset in the text."""
        place = min(max(place, 0), len(self.copy.form.text) - 1)
        return self.copy.form.source(place, place + 1)[0]


def _beside(place: int) -> Limits:
    return place - 3, place + 3


def _torn(before: Passage, after: Passage) -> bool | None:
    """Report whether two passages of a sentence were torn apart; None if they belong to different sentences."""
    gap = after.gap(before)
    return None if gap > _SENTENCE else abs(after.place - after.moved_with(before)) > 3 + gap


def _heaviest_chain(passages: Sequence[Passage]) -> list[Passage]:
    """Choose the most passages whose places are in order; one that kept its distance counts three times."""
    weights: list[int] = []
    previous: list[int] = []
    for index, passage in enumerate(passages):
        best, weight = -1, 1
        for earlier in range(max(0, index - _CHAIN), index):
            if passages[earlier].place <= passage.place:
                with_it = weights[earlier] + (3 if passage.kept_distance(passages[earlier]) else 1)
                if with_it > weight:
                    best, weight = earlier, with_it
        weights.append(weight)
        previous.append(best)
    chain: list[Passage] = []
    index = max(range(len(passages)), key=weights.__getitem__, default=-1)
    while index >= 0:
        chain.append(passages[index])
        index = previous[index]
    return chain[::-1]
