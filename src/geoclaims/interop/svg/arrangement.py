"""Arrange the statements of a picture in two columns, or in one if there is no room for two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from geoclaims.interop.svg.outline import Node, Outline, wishes
from geoclaims.interop.svg.typesetting import Line, broken, words

NARROW: Final = 700
"""Below this width in pixels there is only one column."""

FONT_SIZE: Final = 14
LINE_HEIGHT: Final = 19
EDGE: Final = 2
HEADING: Final = 36
PADDING: Final = 12
INDENT: Final = 18
GAP: Final = 12
GUTTER: Final = 0.13
"""The share of the width for the arrows."""

_LEFT: Final = 0.56
"""The share of the remaining width for claims."""


@attrs.frozen
class Card:
    """A statement and its place."""

    node: Node
    lines: Sequence[Line]
    x: float
    top: float
    width: float

    @property
    def height(self) -> float:
        """The height that it takes."""
        return len(self.lines) * LINE_HEIGHT + 2 * PADDING

    @property
    def bottom(self) -> float:
        """The position of its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.top + self.height / 2

    @property
    def is_left(self) -> bool:
        """Report whether it is at the left edge."""
        return self.x == EDGE

    def on_side(self, number: int, of: int) -> float:
        """Return the height at which one of several arrows meets the side."""
        return self.top + self.height * (number + 1) / (of + 1)


@attrs.frozen
class Arrangement:
    """All cards and their places: the claims, the answers, and whether they are side by side."""

    claims: Sequence[Card]
    answers: Sequence[Card]
    side_by_side: bool

    @property
    def cards(self) -> Sequence[Card]:
        """All cards."""
        return [*self.claims, *self.answers]

    @property
    def bottom(self) -> float:
        """The lower edge of the last card."""
        return max((card.bottom for card in self.cards), default=0)


def arranged(outline: Outline, width: int, top: float) -> Arrangement:
    """Arrange the statements of an outline below some height."""
    claims, answers = outline.claims.nodes, outline.answers.nodes
    top += HEADING
    if not has_two_columns(outline, width):
        above = list(_stacked(claims, EDGE, width - 2 * EDGE, top))
        top = above[-1].bottom + GAP + HEADING if above else top
        return Arrangement(above, list(_stacked(answers, EDGE, width - 2 * EDGE, top)), side_by_side=False)
    gutter = round(width * GUTTER)
    left_width = round((width - gutter) * _LEFT) - EDGE
    left = list(_stacked(claims, EDGE, left_width, top))
    wished = wishes({card.node.number: card.middle for card in left}, answers)
    x = EDGE + left_width + gutter
    return Arrangement(left, list(_stacked(answers, x, width - EDGE - x, top, wished)), side_by_side=True)


def has_two_columns(outline: Outline, width: int) -> bool:
    """Report whether claims and answers stand side by side."""
    return width >= NARROW and bool(outline.claims.nodes and outline.answers.nodes)


def _stacked(
    nodes: Iterable[Node], x: float, width: float, top: float, wished: Mapping[int, float] | None = None
) -> Iterator[Card]:
    """Put statements one below another, each with its middle at the wished height, or lower if there is no room."""
    free = top
    for node in nodes:
        card = Card(node, list(_lines(node, width)), x, free, width)
        if wished is not None:
            card = attrs.evolve(card, top=max(free, round(wished[node.number] - card.height / 2)))
        yield card
        free = card.bottom + GAP


def _lines(node: Node, width: float) -> Iterator[Line]:
    room = width - INDENT - PADDING
    head = [*words(f"{node.number}", "faint"), *node.head]
    for line in (head, words(node.content, "ink said"), *node.notes):
        yield from broken(line, room, FONT_SIZE)
