"""Find many passages again in another copy of their text, by their fingerprints and their old places.

A fingerprint holds no words, so a passage is looked for by hashing every stretch of the copy that is as long as it and
cuts no word. Long passages that stand once are sure. The others are placed between those, where they kept their
distance to a neighbour or where only something new was put in between. What that leaves open is an error and no
guess.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import islice, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._passages.copies import Copy
from geoclaims._passages.deciding import place_by_neighbours
from geoclaims._passages.explaining import Lost
from geoclaims._passages.neighbours import EVERYWHERE, SHORT, Passage, Wanted
from geoclaims._passages.places import Places
from geoclaims._passages.searching import Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# How far apart passages of a group stand, such as a name and a cue: with 10 instead three dense statements are lost,
# with 40 thirteen; without groups 650 dense and 1,069 sparse ones.
_CLOSE: Final = 20
# At how many places where its rarest words stand a group is looked for, so that the work grows with the text; 5 and 80
# do as well.
_MOST_HITS: Final = 20

Found = dict[Wanted, "tuple[int, int] | Lost"]


def place(text: str, statements: Sequence[Sequence[Wanted]]) -> list[list[tuple[int, int] | Lost]]:
    """Find the places of the passages of statements in a text; those without a place can say why.

    >>> from geoclaims._passages.normal_form import fingerprint
    >>> place("Ad. He said “no”.", [[(0, 7, fingerprint("He said"))], [(8, 12, fingerprint('"no"'))]])
    [[(4, 11)], [(12, 16)]]
    """
    copy = Copy.of(text)
    wanted = sorted({passage for statement in statements for passage in statement})
    places = Places.of(copy, wanted)
    found = _all_moved(places, 0) or _one_by_one(places, statements)
    return [[found[passage] for passage in statement] for statement in statements]


def _all_moved(places: Places, move: int) -> Found:
    """Return the places of all passages if all moved by the same distance; otherwise none."""
    found: Found = {}
    for passage in places.passages:
        source = passage.start + move, passage.end + move
        if not places.copy.fits(*source, passage.fingerprint):
            return {}
        found[passage.wanted] = source
    # In a copy, text inserted before the first passage or after the last may have changed its word.
    edges = [edge + move for passage in places.passages for edge in (passage.start, passage.end)]
    return {} if move and places.cuts_word(edges) else found


def _one_by_one(places: Places, statements: Sequence[Sequence[Wanted]]) -> Found:
    """Give each passage the place that is certain enough, or none."""
    search = Search.of(places.copy)
    search.everywhere(places.words)
    search.where_they_stood(places.passages)
    _place_sure(places)
    moves = Counter(passage.source[0] - passage.start for passage in places.passages if passage.source)
    for move, _ in moves.most_common(1):
        if found := _all_moved(places, move):
            return found
    _place_between(places, search, places.passages)
    _place_groups(places)
    _place_between(places, search, places.passages[::-1])
    members = {passage.wanted: passage for passage in places.passages}
    in_statements = [[members[wanted] for wanted in statement] for statement in statements]
    places.take_back(_torn(places, in_statements))
    places.take_back(_doubtful(places, in_statements))
    return {passage.wanted: passage.source or Lost(places, passage) for passage in places.passages}


def _place_sure(places: Places) -> None:
    """Place the long passages that stand once; without these, the short ones that do and kept their order.

    Without any of these, passages are placed together, as one group.
    """
    once = [words.passages[0] for words in places.words if len(words.hits) == len(words.passages) == 1]
    for passage in [passage for passage in once if not passage.is_short] or _in_order(once):
        places.settle(passage, passage.words.hits[0])
    if not places.placed:
        _place_group(places, [passage for passage in places.passages if passage.words.hits])


def _in_order(passages: Sequence[Passage]) -> list[Passage]:
    """Choose as many passages as there are that stand once and kept their order, of some in the order of the text."""
    passages = sorted(passages, key=attrgetter("number"))
    # For each length of a chain, the last passage of that which ends first, and for each passage the one before it.
    ends: list[int] = []
    last: list[Passage] = []
    before: dict[int, Passage | None] = {}
    for passage in passages:
        (hit,) = passage.words.hits
        length = bisect_right(ends, hit)
        before[passage.number] = last[length - 1] if length else None
        ends[length : length + 1] = [hit]
        last[length : length + 1] = [passage]
    chain: list[Passage] = []
    passage_before = last[-1] if last else None
    while passage_before:
        chain.append(passage_before)
        passage_before = before[passage_before.number]
    return chain


def _place_between(places: Places, search: Search, passages: Iterable[Passage]) -> None:
    """Place passages by those around them, one after the other: those placed before help to place those after."""
    for passage in passages:
        if not passage.source:
            place_by_neighbours(places, search, passage)


def _place_groups(places: Places) -> None:
    """Place groups of passages that were close together as if each group were one passage."""
    group: list[Passage] = []
    end = 0
    for passage in places.passages if places.placed else ():
        if group and passage.start - end > _CLOSE:
            _place_group(places, group)
            group = []
        end = max(end, passage.end)
        if not passage.source and passage.words.hits:
            group.append(passage)
    _place_group(places, group)


def _place_group(places: Places, group: Sequence[Passage]) -> None:
    """Place a group where more of its words stand together than anywhere else: long, or between its neighbours."""
    if not group:
        return
    leader = min(group, key=lambda member: len(member.words.hits))  # with the fewest places to look at
    at = group.index(leader)
    together: dict[int, dict[Passage, int]] = {}
    for hit in islice(leader.words.free(EVERYWHERE), _MOST_HITS):
        together[hit] = {leader: hit}
        there = attrs.evolve(leader)
        there.place = hit
        # Beyond a passage that is not where it should be, others are there by chance.
        for others in (group[at + 1 :], group[:at][::-1]):
            for member in others:
                beside = next(member.words.free(member.near(there)), None)
                if beside is None:
                    break
                together[hit][member] = beside
    sizes = {hit: sum(member.size for member in members) for hit, members in together.items()}
    if not sizes:
        return
    best = max(sizes, key=sizes.__getitem__)
    members = together[best]
    different = len({member.words for member in members}) > 1
    if not different or any(2 * size > sizes[best] for hit, size in sizes.items() if hit != best):
        return
    around = places.around(leader)
    first, last = around.limits
    if sizes[best] >= SHORT or (around.neighbours and first <= min(members.values()) <= last):
        for member, hit in members.items():
            places.settle(member, hit)


def _torn(places: Places, statements: Sequence[Sequence[Passage]]) -> set[int]:
    """Number the passages that were torn from those beside them in their statement: they are other words of the same.

    Of the long ones, only those that others of their statement stayed together without, and that changed their order:
    taking these back makes a fifth of what is wrong, and loses 106 of 61,491 passages where a paragraph moved.
    """
    torn: set[int] = set()
    for statement in statements:
        members = [passage for passage in statement if passage.source]
        apart = [before.is_torn_from(after) for before, after in pairwise(members)]
        for passage, before, after in zip(members, [None, *apart], [*apart, None], strict=False):
            is_torn = True in (before, after) and False not in (before, after)
            if is_torn and (passage.is_short or (False in apart and places.is_out_of_order(passage))):
                torn.add(passage.number)
    return torn


def _doubtful(places: Places, statements: Sequence[Sequence[Passage]]) -> set[int]:
    """Number the short passages of lost statements that kept their distance to nothing certain.

    What stands there are the same words in another place: the statement was left out as a whole.
    """
    whole = {passage.number for group in statements if all(p.source for p in group) for passage in group}
    certain = [number for number in places.placed if number in whole or not places.passages[number].is_short]
    doubtful: set[int] = set()
    for number in set(places.placed).difference(certain):
        index = bisect_left(certain, number)
        neighbours = [places.passages[near] for near in certain[max(index - 1, 0) : index + 1]]
        if not any(map(places.passages[number].kept_distance, neighbours)):
            doubtful.add(number)
    return doubtful
