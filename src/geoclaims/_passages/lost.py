"""What to say of a passage that has no place in a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._display import found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoclaims._passages.copies import Copy
    from geoclaims._passages.passages import Surroundings

MOST_PLACES_NAMED: Final = 5


@attrs.frozen
class Lost:
    """Why a passage has no place in a copy."""

    message: str


def lost(copy: Copy, around: Surroundings, possible: Sequence[int], others: str) -> Lost:
    """Why a passage has no place, and how near anything came.

    Args:
        copy: The copy.
        around: The passage and its neighbours.
        possible: Where it could stand; no more of these are needed than are named, and one.
        others: What there is to say of the other passages.
    """
    passage = around.passage
    if possible:
        return Lost(f"found it at {_named(copy, possible)}, expected one place that those around it agree on{others}")
    expected = f"expected a passage with fingerprint {passage.fingerprint}"
    if not around.neighbours:
        return Lost(f"found it nowhere, {expected}{others}")
    # What was changed in the passage itself has moved the one after it, but not the one before.
    usable = around.neighbours[:1] if around.tight else around.neighbours
    place = passage.moved_with(min(usable, key=passage.slack))
    if place < len(copy.form.text):
        start = _offset(copy, place)
        there = f"{found(copy.text[start : start + passage.end - passage.start])} at {start}"
    else:
        there = "the end of the text"
    hits = passage.words.hits
    elsewhere = f" and its words only at {_named(copy, hits)}" if hits else ""
    return Lost(f"found {there}{elsewhere}, {expected} near there{others}")


def _named(copy: Copy, places: Sequence[int]) -> str:
    offsets = [str(_offset(copy, place)) for place in places[:MOST_PLACES_NAMED]]
    return ", ".join(offsets) + (" and more" if len(places) > MOST_PLACES_NAMED else "")


def _offset(copy: Copy, place: int) -> int:
    """Where in the text that begins which is at a place, or at the nearest place that there is."""
    place = min(max(place, 0), len(copy.form.text) - 1)
    return copy.form.source(place, place + 1)[0]
