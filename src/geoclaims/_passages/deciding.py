"""Decide where a passage stands by the places of its neighbours: what that leaves open stays open."""

from __future__ import annotations

from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geoclaims._passages.neighbours import Around, Passage
    from geoclaims._passages.places import Places
    from geoclaims._passages.searching import Search

# So long a passage is no pronoun or "said" that could as well stand elsewhere between its neighbours: with 20 instead
# 4 dense and 241 sparse statements are lost, with 5 one dense and nine sparse ones more are wrong.
_NAME: Final = 10
# How likely it may be that a passage is as far from a neighbour as it stood by chance: with 0.2 instead 41 dense
# statements are lost, with 1 four more passages are wrong.
_RISK: Final = 0.5
# By how much one place must be likelier than another: with 5 instead four dense and two sparse statements more are
# wrong, with 100 20 dense and 11 sparse ones are lost.
_CLEARLY: Final = 20
# A neighbour says nothing where the words stand more often than this about as far from it, so that the work grows with
# the text: with 2 instead six sparse statements are lost.
_MOST_HITS: Final = 20


def place_by_neighbours(places: Places, search: Search, passage: Passage) -> None:
    """Place a passage where its neighbours indicate."""
    around = places.around(passage)
    search.near(passage, around)
    if passage.words.hits:
        place = _only_place(passage, around, len(places.copy.form.text))
    else:
        found = {place for one in around.neighbours for place in search.beside_space(passage.words, passage.near(one))}
        place = found.pop() if len(found) == 1 else None
    if place is not None and not _is_contested(places, passage, place):
        places.settle(passage, place)
    else:
        _keep_distance_to_the_letter(places, passage, around)


def _only_place(passage: Passage, around: Around, size: int) -> int | None:
    """Give the one place where a passage can stand in a text of some size, as far as its neighbours say."""
    window = around.window(passage)
    hits = [*islice(passage.words.free(window), 2)] if window else []
    if len(hits) == 1:
        first, last = passage.near(min(around.neighbours, key=passage.gap))
        if passage.size >= _NAME or first <= hits[0] <= last:
            return hits[0]
    return _place_near_one(passage, around, size)


def _place_near_one(passage: Passage, around: Around, size: int) -> int | None:
    """Return the only place at which a passage kept its distance to a neighbour, unless this may be chance.

    Between a passage and a neighbour something new stands every some hundred characters, and the wrong hit may be
    just as far from the neighbour as the right one was: the product of both chances, times that number.
    """
    words = passage.words
    near: list[tuple[int, int, Passage]] = []
    for neighbour in around.neighbours:
        limits = passage.near(neighbour)
        within = max(limits[0], around.limits[0]), min(limits[1], around.limits[1])
        hits = [*islice(words.free(within), _MOST_HITS + 1)]
        for hit in hits if len(hits) <= _MOST_HITS else ():
            risk = passage.gap(neighbour) * (1 + 2 * abs(hit - passage.moved_with(neighbour)))
            near.append((risk, hit, neighbour))
    if not near:
        return None
    risk, place, neighbour = min(near, key=itemgetter(0))
    if any(other <= _CLEARLY * risk for other, hit, _ in near if hit != place):
        return None
    stands_once = len(words.hits) == len(words.passages) == 1
    is_near_both = [hit for _, hit, _ in near].count(place) > 1
    is_chance = risk * len(words.hits) > _RISK * size or _may_be_between(passage, neighbour, place)
    return place if stands_once or is_near_both or not is_chance else None


def _may_be_between(passage: Passage, neighbour: Passage, place: int) -> bool:
    """Report whether the words at a place may have stood between a neighbour and the passage, which is farther away.

    What was put in between the two may be just as long as the same words stood apart.
    """
    gap = passage.gap(neighbour)
    limits = (place + 1, place + gap) if neighbour.start < passage.start else (place - gap, place - 1)
    return passage.words.is_free(limits)


def _is_contested(places: Places, passage: Passage, place: int) -> bool:
    """Report whether a place can as well be that of the next of the same words, which has none."""
    same = passage.words.passages
    for rival in same[max(passage.same - 1, 0) : passage.same + 2]:
        if rival is not passage and not rival.source:
            around = places.around(rival)
            ranges = [*map(rival.near, around.neighbours), around.window(rival)]
            if any(limits and limits[0] <= place <= limits[1] for limits in ranges):
                return True
    return False


def _keep_distance_to_the_letter(places: Places, passage: Passage, around: Around) -> None:
    """Place a passage whose neighbours moved by the same distance; it may cut a word, as it may have before."""
    moves = {neighbour.source[0] - neighbour.start for neighbour in around.neighbours if neighbour.source}
    if len(moves) != 1 or len(around.neighbours) != 2:
        return
    move = moves.pop()
    source = passage.start + move, passage.end + move
    if not places.copy.fits(*source, passage.fingerprint):
        return
    edges = [*source, *(edge for neighbour in around.neighbours for edge in neighbour.source or ())]
    # What stands elsewhere as a word of its own is not found within another.
    if not places.cuts_word(source if passage.words.hits else edges):
        places.settle(passage, places.copy.form.position(source[0]), source)
