"""Find all passages of an article again in another copy of its text, by their fingerprints and old offsets.

A fingerprint holds no words, so a passage is searched by hashing every range of the copy that is as long and cuts no
word. The functions are in the order of the steps. What they leave open has no place: nothing is guessed.

Offsets in the copy are those of its normal form, in which typography does not matter. Distances in the annotated text
were counted before normalising, so they are compared with some slack.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from itertools import islice, pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._messages import describe
from geoclaims._passages.normal_form import Fingerprints, digest
from geoclaims._passages.words import Words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

Range = tuple[int, int]
Wanted = tuple[int, int, str]
"""The place of a passage in the annotated text, and its fingerprint."""


@attrs.frozen
class Lost:
    """A passage without a place."""

    reason: Callable[[], str]
    """Says why it has none."""
    is_there: bool
    """Whether its words are in the copy all the same, in several places."""


SHORT: Final = 30
"""Passages shorter than this, names and cues, often occur more than once in a text. The contract fixes the number."""

# How many characters the search may hash: so many, and so many for each character of the text. All passages of an
# ordinary article are searched everywhere; in a text of a million characters, some dozens of different lengths are.
_LEAST_HASHED: Final = 200_000_000
_HASHED_A_CHARACTER: Final = 700
# What it costs to hash a range, beside its length, and to look at a start: hashing took 0.4 µs and 700 characters more.
_HASH: Final = 700
_LOOK: Final = 60
# If a passage is expected within fewer offsets than this, it is found there though it begins or ends with a space.
_NARROW: Final = 50
# Words that occur more often than this within some limits decide nothing there, so that the work grows with the text.
_MOST_OCCURRENCES: Final = 20
_MOST_NAMED: Final = 5

# These numbers were measured on copies of 258 news articles with 16 kinds of edits, such as a paragraph removed, the
# last third cut, 5 % of the words changed or advertisements inserted: dense, with all of their statements (98,640 in
# all copies), and sparse, with four statements each (48,624).

# So long a passage is no pronoun or "said" that could as well occur elsewhere between its neighbours: with 20 instead
# 4 dense and 241 sparse statements are lost, with 5 one dense and nine sparse ones more are wrong.
_NAME: Final = 10
# How far apart the passages of a group are at most: with 10 instead three dense statements are lost, with 40 thirteen;
# without groups 650 dense and 1,069 sparse ones.
_CLOSE: Final = 20


def _slack(gap: int) -> int:
    # Three for a quotation mark, a dash or a line break that has another length in the copy, and one for each line of
    # text: one instead of three loses ten dense statements and makes two wrong, eight makes seven more passages wrong.
    return 3 + gap // 50


@attrs.define(eq=False)
class _Content:
    """The words behind one fingerprint: the passages that have it, and where the words occur in the copy."""

    length: int
    digest: bytes
    passages: list[_Passage] = attrs.field(factory=list)
    occurrences: list[int] = attrs.field(factory=list)
    """The offsets at which the words occur, in order, as far as they were searched."""
    taken: set[int] = attrs.field(factory=set)
    """The occurrences at which one of the passages was placed."""

    @property
    def is_unique(self) -> bool:
        """Report whether one passage has the words, and they occur once."""
        return len(self.passages) == len(self.occurrences) == 1

    def free(self, first: int, last: int) -> Iterator[int]:
        """Yield the occurrences between two offsets that no passage has taken."""
        low, high = bisect_left(self.occurrences, first), bisect_right(self.occurrences, last)
        return (self.occurrences[n] for n in range(low, high) if self.occurrences[n] not in self.taken)

    def few(self, first: int, last: int) -> list[int]:
        """List these occurrences; none if the words occur often between the two offsets."""
        low, high = bisect_left(self.occurrences, first), bisect_right(self.occurrences, last)
        return list(self.free(first, last)) if high - low <= _MOST_OCCURRENCES else []


@attrs.define(eq=False)
class _Passage:
    """A passage to find, and its place once it has one."""

    number: int
    """Its number in the order of the annotated text."""
    start: int
    end: int
    fingerprint: str
    content: _Content
    offset: int = 0
    """Its offset in the normal form of the copy."""
    place: Range | None = None
    """Its place in the copy."""

    @property
    def size(self) -> int:
        """Return the length, as annotated."""
        return self.end - self.start

    def gap(self, other: _Passage) -> int:
        """Return the length of the text between this passage and another; if they overlap, between their starts."""
        if self.start >= other.end:
            return self.start - other.end
        if self.end <= other.start:
            return other.start - self.end
        return abs(self.start - other.start)

    def expected_offset(self, other: _Passage) -> int:
        """Return the offset of this passage if it kept its distance to another that has an offset."""
        if self.start >= other.end:
            return other.offset + other.content.length + self.gap(other)
        if self.end <= other.start:
            return other.offset - self.gap(other) - self.content.length
        return other.offset + self.start - other.start

    def near(self, other: _Passage) -> Range:
        """Return the first and the last offset of this passage if it kept its distance to another."""
        expected, slack = self.expected_offset(other), _slack(self.gap(other))
        return expected - slack, expected + slack

    def kept_distance(self, other: _Passage) -> bool:
        """Report whether this passage and another, both with an offset, kept their distance."""
        first, last = self.near(other)
        return first <= self.offset <= last

    def is_isolated_from(self, after: _Passage) -> bool:
        """Report whether this passage and one after it are farther apart than twice before, or changed their order."""
        return abs(after.offset - after.expected_offset(self)) > 3 + self.gap(after)


@attrs.frozen
class _Around:
    """The neighbours of a passage: the nearest passages before and after it, in the annotated text, with a place."""

    before: _Passage | None
    after: _Passage | None

    @property
    def neighbours(self) -> list[_Passage]:
        """List the existing neighbours, at most two."""
        return [neighbour for neighbour in (self.before, self.after) if neighbour]

    @property
    def limits(self) -> Range:
        """Return the offsets between the neighbours; all offsets if the neighbours are out of order."""
        first = self.before.offset if self.before else 0
        last = self.after.offset if self.after else sys.maxsize
        return (first, last) if first <= last else (0, sys.maxsize)


@attrs.define
class _Search:
    """A copy, and the passages to find in it."""

    copy: Fingerprints
    words: Words
    passages: list[_Passage]
    """The passages, in the order of the annotated text."""
    contents: list[_Content]
    placed: list[int] = attrs.field(factory=list)
    """The numbers of the passages with a place, in order."""
    left: int = 0
    """How many characters the search may still hash."""

    @classmethod
    def of(cls, copy: Fingerprints, wanted: Iterable[Wanted]) -> _Search:
        """Prepare to find some passages, given in order."""
        passages: list[_Passage] = []
        contents: dict[str, _Content] = {}
        for number, (start, end, mark) in enumerate(wanted):
            _, length, hashed = mark.split(":")
            content = contents.setdefault(mark, _Content(int(length), bytes.fromhex(hashed)))
            passages.append(_Passage(number, start, end, mark, content))
            content.passages.append(passages[-1])
        return cls(copy, Words.of(copy.form.text), passages, list(contents.values()))

    def around(self, passage: _Passage, among: Sequence[int] | None = None) -> _Around:
        """Find the neighbours of a passage, among all with a place or among some, given by their numbers."""
        placed = self.placed if among is None else among
        before, after = bisect_left(placed, passage.number), bisect_right(placed, passage.number)
        return _Around(
            self.passages[placed[before - 1]] if before else None,
            self.passages[placed[after]] if after < len(placed) else None,
        )

    def put(self, passage: _Passage, offset: int, place: Range | None = None) -> None:
        """Place a passage if its fingerprint fits: an edge of the normal form can depend on the text beside it."""
        place = place or self.copy.form.source(offset, offset + passage.content.length)
        passage.content.taken.add(offset)
        if self.copy.fits(*place, passage.fingerprint):
            passage.offset, passage.place = offset, place
            insort(self.placed, passage.number)

    def take_back(self, numbers: Container[int]) -> None:
        """Take their places from passages."""
        for passage in [self.passages[number] for number in self.placed if number in numbers]:
            # Passages that differ in typography alone can share a place.
            passage.content.taken.discard(passage.offset)
            passage.place = None
        self.placed = [number for number in self.placed if number not in numbers]

    def cuts_word(self, start: int, end: int) -> bool:
        """Report whether a range of the copy begins or ends within a word."""
        return self.words.are_cut(self.copy.form.position(start), self.copy.form.position(end))


def find_again(text: str, statements: Sequence[Sequence[Wanted]]) -> list[list[Range | Lost]]:
    """Find the places of the passages of statements in a text; for those without a place, return the reason.

    >>> from geoclaims._passages.normal_form import fingerprint
    >>> find_again("Ad. He said “no”.", [[(0, 7, fingerprint("He said"))], [(8, 12, fingerprint('"no"'))]])
    [[(4, 11)], [(12, 16)]]
    """
    copy = Fingerprints.of(text)
    wanted = sorted({passage for statement in statements for passage in statement})
    if all(copy.fits(*passage) for passage in wanted):
        return [[(start, end) for start, end, _ in statement] for statement in statements]
    search = _Search.of(copy, wanted)
    by_wanted = dict(zip(wanted, search.passages, strict=True))
    members = [[by_wanted[passage] for passage in statement] for statement in statements]
    _search_everywhere(search)
    _place_unique(search)
    if not _move_together(search):
        # From the end first: most names and cues come directly before what is said.
        _place_between(search, search.passages[::-1])
        _place_groups(search)
        _place_between(search, search.passages)
        search.take_back(_isolated(search, members))
        search.take_back(_doubtful(search, members))
    return [[passage.place or _lost(search, passage) for passage in own] for own in members]


def _search_everywhere(search: _Search) -> None:
    """Find where the words of passages occur, one length after the other: first those of the most passages."""
    by_length: defaultdict[int, list[_Content]] = defaultdict(list)
    for content in search.contents:
        by_length[content.length].append(content)
    words, size = search.words, len(search.copy.form.text)
    allowed = search.left = _LEAST_HASHED + _HASHED_A_CHARACTER * size
    for length, contents in sorted(by_length.items(), key=lambda item: (-len(item[1]), item[0])):
        if search.left > 0:
            search.left -= _LOOK * len(words.starts)
            _search(search, contents, list(words.windows(length, 0, size)))
    search.left = allowed


def _search_near(search: _Search, passage: _Passage, neighbour: _Passage) -> None:
    """Find where the words of a passage occur at their old distance to a neighbour."""
    words, length = search.words, passage.content.length
    first, last = passage.near(neighbour)
    first, last = max(first, 0), min(last, len(search.copy.form.text) - length)
    starts = range(first, last + 1) if last - first < _NARROW else words.windows(length, first, last)
    _search(search, [passage.content], [start for start in starts if not words.are_cut(start, start + length)])


def _search(search: _Search, contents: Sequence[_Content], starts: Sequence[int]) -> None:
    """Note which words of one length begin at some offsets; skip what would hash too much."""
    normal, length = search.copy.form.text, contents[0].length
    # Text that is not ASCII is first encoded, and in more bytes.
    cost = len(starts) * (_HASH + length * (1 if normal.isascii() else 4))
    if cost > search.left:
        return
    search.left -= cost
    by_digest = {content.digest: content for content in contents}
    for start in starts:
        if content := by_digest.get(digest(normal[start : start + length])):
            content.occurrences.append(start)
    for content in contents:
        content.occurrences = sorted(set(content.occurrences))


def _place_unique(search: _Search) -> None:
    """Place the long passages that occur once; without these, the short ones that do and kept their order.

    Without any of these, passages are placed together, as one group.
    """
    unique = [content.passages[0] for content in search.contents if content.is_unique]
    for passage in [passage for passage in unique if passage.size >= SHORT] or _in_order(unique):
        search.put(passage, passage.content.occurrences[0])
    if not search.placed:
        _place_group(search, [passage for passage in search.passages if passage.content.occurrences])


def _in_order(passages: Iterable[_Passage]) -> list[_Passage]:
    """Choose the longest run of unique passages that kept their order."""
    # For each length of a run, the last passage of the run that ends first; for each passage, the one before it.
    offsets: list[int] = []
    last: list[_Passage] = []
    before: dict[int, _Passage | None] = {}
    for passage in sorted(passages, key=attrgetter("number")):
        offset = passage.content.occurrences[0]
        length = bisect_right(offsets, offset)
        before[passage.number] = last[length - 1] if length else None
        offsets[length : length + 1] = [offset]
        last[length : length + 1] = [passage]
    run: list[_Passage] = []
    passage_before = last[-1] if last else None
    while passage_before:
        run.append(passage_before)
        passage_before = before[passage_before.number]
    return run


def _move_together(search: _Search) -> bool:
    """Place all passages if all of them fit after the move that most of those with a place made."""
    moves = Counter(passage.place[0] - passage.start for passage in search.passages if passage.place)
    for move, _ in moves.most_common(1):
        moved = [(passage.start + move, passage.end + move) for passage in search.passages]
        if all(search.copy.fits(*new, old.fingerprint) for new, old in zip(moved, search.passages, strict=True)):
            # In a copy, text inserted before the first passage or after the last may have changed its word.
            if search.cuts_word(moved[0][0], max(end for _, end in moved)):
                return False
            for passage, place in zip(search.passages, moved, strict=True):
                passage.place = place
            return True
    return False


def _place_between(search: _Search, passages: Iterable[_Passage]) -> None:
    """Place passages by their neighbours, one after the other: those placed before help to place those after."""
    for passage in passages:
        if passage.place:
            continue
        around = search.around(passage)
        if not passage.content.occurrences:
            for neighbour in around.neighbours:
                _search_near(search, passage, neighbour)
        offset = _inserted_between(passage, around)
        if offset is None:
            offset = _at_old_distance(passage, around)
        if offset is None or _is_disputed(search, passage, around, offset):
            _place_to_the_letter(search, passage, around)
        else:
            search.put(passage, offset)


def _inserted_between(passage: _Passage, around: _Around) -> int | None:
    """Return the one offset of a passage between its neighbours if text was only inserted there, and none removed.

    Before the first neighbour, the beginning of the text counts as one.
    """
    if not around.after:
        return None
    first = passage.start - _slack(passage.start)
    if around.before:
        first = max(around.before.offset, passage.near(around.before)[0])
    between = passage.content.few(first, min(around.after.offset, passage.near(around.after)[1]))
    if len(between) != 1:
        return None
    first, last = passage.near(min(around.neighbours, key=passage.gap))
    return between[0] if passage.size >= _NAME or first <= between[0] <= last else None


def _at_old_distance(passage: _Passage, around: _Around) -> int | None:
    """Return the one offset at which a passage kept its distance to a neighbour, if no other is nearly as good."""
    first, last = around.limits
    near = [
        (abs(offset - passage.expected_offset(neighbour)), offset, neighbour)
        for neighbour in around.neighbours
        for offset in passage.content.few(*passage.near(neighbour))
        if first <= offset <= last
    ]
    if not near:
        return None
    change, offset, neighbour = min(near, key=itemgetter(0))
    if any(other_change <= 2 * change for other_change, other, _ in near if other != offset):
        return None
    if passage.content.is_unique or [other for _, other, _ in near].count(offset) > 1:
        return offset
    # If the words also occur between the neighbour and the passage, they may all have moved by one occurrence.
    gap = passage.gap(neighbour)
    limits = (offset + 1, offset + gap) if neighbour.start < passage.start else (offset - gap, offset - 1)
    return None if any(True for _ in passage.content.free(*limits)) else offset


def _is_disputed(search: _Search, passage: _Passage, around: _Around, offset: int) -> bool:
    """Report whether a passage of the same words between the same neighbours is as likely to be at an offset.

    If one of two equal sentences was left out, nothing tells which.
    """
    same = passage.content.passages
    index = bisect_left(same, passage.number, key=attrgetter("number"))
    beside = [rival for rival in same[max(index - 1, 0) : index + 2] if rival is not passage and not rival.place]
    rivals = [rival for rival in beside if search.around(rival) == around]
    ranges = [rival.near(neighbour) for rival in rivals for neighbour in around.neighbours]
    return any(first <= offset <= last for first, last in ranges)


def _place_to_the_letter(search: _Search, passage: _Passage, around: _Around) -> None:
    """Place a passage whose neighbours moved by exactly the same distance; it may cut a word, as it may have before."""
    moves = {neighbour.place[0] - neighbour.start for neighbour in around.neighbours if neighbour.place}
    if len(moves) != 1 or len(around.neighbours) != 2:
        return
    move = moves.pop()
    place = passage.start + move, passage.end + move
    if not search.copy.fits(*place, passage.fingerprint):
        return
    edges = [*place, *(edge for neighbour in around.neighbours for edge in neighbour.place or ())]
    # Words that occur elsewhere are not found within a longer word.
    if not search.cuts_word(*place if passage.content.occurrences else (min(edges), max(edges))):
        search.put(passage, search.copy.form.position(place[0]), place)


def _place_groups(search: _Search) -> None:
    """Place groups of passages that were close together as if each group were one passage."""
    group: list[_Passage] = []
    end = 0
    for passage in search.passages if search.placed else ():
        if passage.start - end > _CLOSE:
            _place_group(search, group)
            group = []
        end = max(end, passage.end)
        if not passage.place and passage.content.occurrences:
            group.append(passage)
    _place_group(search, group)


def _place_group(search: _Search, group: Sequence[_Passage]) -> None:
    """Place a group where more of its words occur together than anywhere else: long, or between its neighbours."""
    if not group:
        return
    leader = min(group, key=lambda member: len(member.content.occurrences))  # with the fewest offsets to look at
    at = group.index(leader)
    together: dict[int, dict[_Passage, int]] = {}
    for offset in leader.content.few(0, sys.maxsize):
        together[offset] = {leader: offset}
        leader.offset = offset
        used = {(leader.content, offset)}  # two passages of the same words are not in one place
        # Beyond a passage that is not where it should be, others are there by chance.
        for others in (group[at + 1 :], group[:at][::-1]):
            for member in others:
                content = member.content
                beside = next((n for n in content.free(*member.near(leader)) if (content, n) not in used), None)
                if beside is None:
                    break
                together[offset][member] = beside
                used.add((content, beside))
    sizes = {offset: sum(member.size for member in members) for offset, members in together.items()}
    best = max(sizes, key=sizes.__getitem__, default=0)
    members = together.get(best, {})
    if len({member.content for member in members}) < 2:
        return
    if any(2 * size > sizes[best] for offset, size in sizes.items() if offset != best):
        return
    around = search.around(leader)
    first, last = around.limits
    if sizes[best] >= SHORT or (around.neighbours and first <= min(members.values()) <= last):
        for member, offset in members.items():
            search.put(member, offset)


def _isolated(search: _Search, statements: Sequence[Sequence[_Passage]]) -> set[int]:
    """Number the passages that are isolated from those beside them in their statement: the same words elsewhere.

    Of the long ones, only those that changed their order with their neighbours, while others of their statement stayed
    together: taking these back removes a fifth of what is wrong, and loses 106 of 61,491 passages where a paragraph
    moved.
    """
    isolated: set[int] = set()
    for statement in statements:
        members = [passage for passage in statement if passage.place]
        apart = [before.is_isolated_from(after) for before, after in pairwise(members)]
        for index, passage in enumerate(members):
            beside = apart[max(index - 1, 0) : index + 1]
            if beside and all(beside) and (passage.size < SHORT or not all(apart)):
                around = search.around(passage)
                offsets = [each.offset for each in (around.before, passage, around.after) if each]
                if passage.size < SHORT or offsets != sorted(offsets):
                    isolated.add(passage.number)
    return isolated


def _doubtful(search: _Search, statements: Sequence[Sequence[_Passage]]) -> set[int]:
    """Number the short passages of incomplete statements that kept their distance to no neighbour that is certain.

    The whole statement may be gone, and the same name or cue may occur elsewhere.
    """
    complete = {passage.number for own in statements if all(member.place for member in own) for passage in own}
    is_certain = {n: n in complete or search.passages[n].size >= SHORT for n in search.placed}
    certain = [number for number in search.placed if is_certain[number]]
    doubtful = [search.passages[number] for number in search.placed if not is_certain[number]]
    return {
        passage.number
        for passage in doubtful
        if not any(map(passage.kept_distance, search.around(passage, certain).neighbours))
    }


def _lost(search: _Search, passage: _Passage) -> Lost:
    return Lost(partial(_reason, search, passage), is_there=len(passage.content.occurrences) > 1)


def _reason(search: _Search, passage: _Passage) -> str:
    """Say why a passage has no place: where its words occur, or what is at the place where they are expected."""
    around, count = search.around(passage), len(search.passages) - 1
    others = f" ({len(search.placed)} of {count} other passages have a place)" if count else ""
    if offsets := _named(search, passage.content.free(*around.limits)):
        return f"found it at {offsets}, expected one place that those around it agree on{others}"
    expected = f"expected a passage with fingerprint {passage.fingerprint}"
    if not around.neighbours:
        return f"found it nowhere, {expected}{others}"
    # A change within the passage itself moved the neighbour after it, but not the one before.
    neighbour = min(around.neighbours, key=passage.gap)
    if around.before and around.after and around.after.kept_distance(around.before):
        neighbour = around.before
    offset = passage.expected_offset(neighbour)
    there = "the end of the text"
    if offset < len(search.copy.form.text):
        start = _source(search, offset)
        there = f"{describe(search.copy.text[start : start + passage.size])} at {start}"
    offsets = _named(search, passage.content.free(0, sys.maxsize))
    elsewhere = f" and its words only at {offsets}" if offsets else ""
    return f"found {there}{elsewhere}, {expected} near there{others}"


def _named(search: _Search, offsets: Iterable[int]) -> str:
    """List the first of some offsets, as offsets in the text."""
    first = [str(_source(search, offset)) for offset in islice(offsets, _MOST_NAMED + 1)]
    return ", ".join(first[:_MOST_NAMED]) + " and more" * (len(first) > _MOST_NAMED)


def _source(search: _Search, offset: int) -> int:
    """Map an offset in the normal form, or the nearest valid one, to the offset in the text."""
    form = search.copy.form
    offset = min(max(offset, 0), len(form.text) - 1)
    return form.source(offset, offset + 1)[0]
