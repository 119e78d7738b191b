"""Find the statements of an article that are unchanged in another copy of its text."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from geoclaims._passages.normal_form import NormalForm
from geoclaims._passages.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Range = tuple[int, int]
Wanted = tuple[int, int, str]
"""The place of a passage in the annotated text, and its fingerprint."""

# So far around the place where two texts begin to differ, and on to the next space, a word may have grown.
_BESIDE: Final = 100


def unchanged_in(text: str, statements: Sequence[Sequence[Wanted]], annotated: str) -> dict[int, list[Range]]:
    """Find the statements that lie within the beginning or the end that two texts share, by their numbers."""
    beginning = _shared(annotated, text)
    # An insertion may repeat what stood before it: the end is what is shared with the rest of the new text.
    end = _shared(annotated[::-1], text[beginning:][::-1])
    moved = len(text) - len(annotated)
    unchanged: dict[int, list[Range]] = {}
    for seam, move, from_end in ((beginning, 0, False), (len(annotated) - end, moved, True)):
        was_cut, is_cut = _cutting(annotated, seam), _cutting(text, seam + move)
        for number, statement in enumerate(statements):
            first, last = (statement[0][0], statement[-1][1]) if statement else (0, 0)
            if number not in unchanged and (first >= seam if from_end else last <= seam):
                places = [(start + move, end + move) for start, end, _ in statement]
                before = [edge for start, end, _ in statement for edge in was_cut(start, end)]
                now = [edge for place in places for edge in is_cut(*place)]
                # Of "They did" in "They didn't" a word has grown; a cut that was there before does no harm.
                if not any(cut and not was for cut, was in zip(now, before, strict=True)):
                    unchanged[number] = places
    return dict(sorted(unchanged.items()))


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts both begin with."""
    most = min(len(one), len(other))
    return bisect_left(range(most), x=True, key=lambda length: one[: length + 1] != other[: length + 1])


def _cutting(text: str, seam: int) -> Callable[[int, int], tuple[bool, bool]]:
    """Make the function that reports whether the edges of a range cut a word or number beside a place of a text."""
    first = text.rfind(" ", 0, max(seam - _BESIDE, 0)) + 1
    last = text.find(" ", seam + _BESIDE)
    last = len(text) if last < 0 else last
    form = NormalForm.of(text[first:last])
    words = Words.of(form.joined)

    def are_cut(start: int, end: int) -> tuple[bool, bool]:
        begins, ends = (
            first < edge < last and (is_within(form.position(edge - first)) or form.divides(edge - first))
            for edge, is_within in ((start, words.begins_within), (end, words.ends_within))
        )
        return begins, ends

    return are_cut
