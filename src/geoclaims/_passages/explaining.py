"""Say why a passage has no place in a copy, and how near anything came."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._messages import found
from geoclaims._passages.neighbours import EVERYWHERE, Passage
from geoclaims._passages.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_PLACES_NAMED: Final = 5


@attrs.frozen
class Lost:
    """A passage that has no place in a copy."""

    _places: Places
    _passage: Passage

    @property
    def message(self) -> str:
        """The reason why the passage has no place, and the nearest match."""
        places, passage = self._places, self._passage
        around = places.around(passage)
        count = len(places.passages) - 1
        others = f" ({len(places.placed)} of {count} other passages have a place)" if count else ""
        limits = around.limits
        if around.kept_distance:
            first, last = around.window(passage) or limits
            limits = first - passage.words.length, last + passage.words.length
        if offsets := self._named(passage.words.free(limits)):
            return f"found it at {offsets}, expected one place that those around it agree on{others}"
        expected = f"expected a passage with fingerprint {passage.fingerprint}"
        if not around.neighbours:
            return f"found it nowhere, {expected}{others}"
        # A change within the passage itself moved the neighbour after it, but not the one before.
        usable = around.neighbours[:1] if around.kept_distance else around.neighbours
        place = passage.moved_with(min(usable, key=passage.gap))
        there = "the end of the text"
        if place < len(places.copy.form.text):
            start = self._offset(place)
            there = f"{found(places.copy.text[start : start + passage.size])} at {start}"
        offsets = self._named(passage.words.free(EVERYWHERE))
        elsewhere = f" and its words only at {offsets}" if offsets else ""
        return f"found {there}{elsewhere}, {expected} near there{others}"

    def _named(self, places: Iterator[int]) -> str:
        """List the first of some places as offsets in the text."""
        offsets = ", ".join(str(self._offset(place)) for place in islice(places, _MOST_PLACES_NAMED))
        return offsets if next(places, None) is None else f"{offsets} and more"

    def _offset(self, place: int) -> int:
        """Map a position in the normal form, or the nearest valid one, to the offset in the text."""
        form = self._places.copy.form
        place = min(max(place, 0), len(form.text) - 1)
        return form.source(place, place + 1)[0]
