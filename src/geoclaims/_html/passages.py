"""Cut a text at the ends of all passages, and give each passage that overlaps another a lane of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from geoclaims._models.statements import Statement

LANES: Final = 8
"""Where more passages than this overlap, the rest is counted: to name them all there could take n² names."""


@attrs.frozen
class Piece:
    """A part of a text that the same passages cover all along.

    Attributes:
        start: Where it begins, in code points.
        end: Where it ends.
        lanes: The statement whose passage takes each lane, from the first; None where a lane is free.
        more: How many passages cover it that have no lane.
        ending: The statements whose last passage ends with it.
    """

    start: int
    end: int
    lanes: Sequence[Statement | None]
    more: int
    ending: Sequence[Statement]

    @property
    def statements(self) -> Sequence[Statement]:
        """The statements in the lanes."""
        return [statement for statement in self.lanes if statement is not None]


@attrs.define
class _Passage:
    start: int
    end: int
    statement: Statement
    lane: int | None = None


def pieces(text: str, statements: Sequence[Statement]) -> Iterator[Piece]:
    """Cut a text, all of it, into pieces.

    >>> from geoclaims import Span, Statement
    >>> text = "It rained, she said."
    >>> claims = [Statement(id=f"s{end}", speaker="a", content="…", spans=[Span.of(text, 0, end)]) for end in (9, 20)]
    >>> for piece in pieces(text, claims):
    ...     print(piece.start, piece.end, [claim.id for claim in piece.statements])
    0 9 ['s20', 's9']
    9 20 ['s20']
    """
    passages = [_Passage(span.start, span.end, statement) for statement in statements for span in statement.spans]
    passages.sort(key=lambda passage: (passage.start, -passage.end))
    _give_lanes(passages)
    last = {statement.id: statement.spans[-1].end for statement in statements if statement.spans}
    beginning: dict[int, list[_Passage]] = {}
    ending: dict[int, list[_Passage]] = {}
    for passage in passages:
        beginning.setdefault(passage.start, []).append(passage)
        ending.setdefault(passage.end, []).append(passage)
    lanes: list[Statement | None] = [None] * LANES
    start, more = 0, 0
    for end in sorted({*beginning, *ending, len(text)}):
        ended = [passage.statement for passage in ending.get(end, ()) if last[passage.statement.id] == end]
        if end > start:
            yield Piece(start, end, tuple(lanes), more, ended)
        for those, number in ((ending.get(end, ()), -1), (beginning.get(end, ()), 1)):
            for passage in those:
                if passage.lane is None:
                    more += number
                else:
                    lanes[passage.lane] = passage.statement if number == 1 else None
        start = end


def _give_lanes(passages: Sequence[_Passage]) -> None:
    """Give each passage the first lane that is free where it begins, and none if all are taken."""
    free_from = [0] * LANES
    for passage in passages:
        lane = next((lane for lane, free in enumerate(free_from) if free <= passage.start), None)
        if lane is not None:
            passage.lane = lane
            free_from[lane] = passage.end
