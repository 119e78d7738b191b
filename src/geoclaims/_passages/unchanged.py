"""Find the statements of an article that are unchanged in another copy of its text."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from geoclaims._passages.normal_form import NormalForm
from geoclaims._passages.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    CutEdges = Callable[[int, int], set[str]]
    """Names the edges of a range that cut a word or number of a text."""

Range = tuple[int, int]
Wanted = tuple[int, int, str]
"""The place of a passage in the annotated text, and its fingerprint."""

# So far around the place where two texts begin to differ, and on to the next space, a word may have grown.
_BESIDE: Final = 100


def unchanged_in(text: str, statements: Sequence[Sequence[Wanted]], annotated: str) -> dict[int, list[Range]]:
    """Find the statements that lie within the beginning or the end that two texts share.

    A statement is not unchanged if a word at an edge of a passage has grown: "They did" in "They didn't".

    Returns:
        The places of the passages in the text, by the numbers of their statements.
    """
    beginning = _shared(annotated, text)
    # An insertion may repeat what stood before it: the end is what is shared with the rest of the new text.
    end = _shared(annotated[::-1], text[beginning:][::-1])
    moved = len(text) - len(annotated)
    unchanged: dict[int, list[Range]] = {}
    for seam, move, from_end in ((beginning, 0, False), (len(annotated) - end, moved, True)):
        were_cut, are_cut = _cutting_near(annotated, seam), _cutting_near(text, seam + move)
        for number, statement in enumerate(statements):
            first, last = (statement[0][0], statement[-1][1]) if statement else (0, 0)
            is_shared = first >= seam if from_end else last <= seam
            # A cut that was there before does no harm.
            if is_shared and not any(
                are_cut(start + move, end + move) - were_cut(start, end) for start, end, _ in statement
            ):
                unchanged.setdefault(number, [(start + move, end + move) for start, end, _ in statement])
    return dict(sorted(unchanged.items()))


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts both begin with."""
    most = min(len(one), len(other))
    return bisect_left(range(most), x=True, key=lambda length: one[: length + 1] != other[: length + 1])


def _cutting_near(text: str, seam: int) -> CutEdges:
    """Make the function that names the edges of a range that cut a word or number near a place of a text."""
    first = text.rfind(" ", 0, max(seam - _BESIDE, 0)) + 1
    last = text.find(" ", seam + _BESIDE)
    return cutting(text, first, len(text) if last < 0 else last)


def cutting(text: str, first: int, last: int) -> CutEdges:
    """Make the function that names the edges of a range that cut a word or number between two places of a text."""
    form = NormalForm.of(text[first:last])
    words = Words.of(form.joined)

    def edges_cut(start: int, end: int) -> set[str]:
        edges = (("start", start, words.begins_within), ("end", end, words.ends_within))
        return {
            name
            for name, edge, is_within in edges
            if first < edge < last and (is_within(form.position(edge - first)) or form.divides(edge - first))
        }

    return edges_cut
