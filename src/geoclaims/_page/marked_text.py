"""Show the text of an article with its passages marked: cut at their ends, with a lane for each that overlaps."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final

import attrs

from geoclaims._page.cards import Sheet
from geoclaims._page.elements import attribute, verbatim
from geoclaims._view.article import StatementView
from geoclaims._view.wording import shown_again

_LANES: Final = 8
"""If more passages than this overlap, the rest is only counted: naming all could take n² names."""


@attrs.frozen
class Piece:
    """A part of a text that is covered by the same passages throughout.

    Attributes:
        start: Where it begins, in code points.
        end: Where it ends.
        taken: The statements whose passages cover it, each with the number of its lane, from 1.
        more: How many more passages cover it.
        beginning: The statements with a passage that begins with it, in reading order.
    """

    start: int
    end: int
    taken: Sequence[tuple[int, StatementView]]
    more: int
    beginning: Sequence[StatementView]


_Passage = tuple[int, int, StatementView]
"""Where a passage begins, where it ends, and its statement."""


def marked(sheet: Sheet) -> str:
    """Show the text of an article with every passage marked; the element contains no other text.

    Before each passage of a statement there is a link to its card; the style sheet adds its number.
    """
    view, whole = sheet.view, sheet.view.text or ""
    found = list(pieces(whole, view.statements))
    depth = max((lane for piece in found for lane, _ in piece.taken), default=0)
    # made once: a statement may have many passages, and a long cue
    labels = {
        each.id: attribute(shown_again(f"{each.number}, {each.heading}: {each.saying.speaker}"))
        for each in view.statements
        if each.spans
    }
    parts = (_part(sheet, verbatim(whole[piece.start : piece.end]), piece, labels) for piece in found)
    return f'<div class="text depth{depth}" lang="{view.language}">{"".join(parts)}</div>'


def _part(sheet: Sheet, inner: str, piece: Piece, labels: Mapping[str, str]) -> str:
    links = "".join(_number(sheet, statement, piece.start, labels[statement.id]) for statement in piece.beginning)
    if not piece.taken and not piece.more:
        return inner
    # the types of statements begin with different letters
    lanes = " ".join(f"l{lane}{statement.type[0]}" for lane, statement in piece.taken)
    ids = " ".join(statement.id for _, statement in piece.taken)
    more = f' data-more="+{piece.more}"' if piece.more else ""
    return f'{links}<mark class="{lanes}" data-statements={attribute(ids)}{more}>{inner}</mark>'


def _number(sheet: Sheet, statement: StatementView, start: int, label: str) -> str:
    named = sheet.named(sheet.passage(statement)) if start == statement.spans[0].start else ""
    attributes = (
        f'{named} class="number {statement.type}" data-number="{statement.number}" lang="en" '
        f"data-statement={attribute(statement.id)} aria-label={label}"
    )
    return sheet.linked(sheet.card(statement), "", attributes)


def pieces(text: str, statements: Sequence[StatementView]) -> Iterator[Piece]:
    """Cut a whole text into pieces.

    >>> from geoclaims import Actor, Article, Span, Statement
    >>> from geoclaims._view.article import view_of
    >>> text = "It rained, she said."
    >>> claims = [Statement(id=f"s{end}", speaker="a", content="…", spans=[Span.of(text, 0, end)]) for end in (9, 20)]
    >>> article = Article(id="x", actors=[Actor(id="a", name="She")], statements=claims, text=text)
    >>> for piece in pieces(text, view_of(article).statements):
    ...     print(piece.start, piece.end, [(lane, claim.id) for lane, claim in piece.taken])
    0 9 [(1, 's20'), (2, 's9')]
    9 20 [(1, 's20')]
    """
    passages = [(span.start, span.end, statement) for statement in statements for span in statement.spans]
    passages.sort(key=lambda passage: (passage[0], -passage[1]))
    beginning: dict[int, list[_Passage]] = {}
    ends: dict[int, int] = {}
    for first, last, statement in passages:
        beginning.setdefault(first, []).append((first, last, statement))
        ends[last] = ends.get(last, 0) + 1
    lanes: list[_Passage | None] = [None] * _LANES
    waiting: deque[_Passage] = deque()
    start, covering = 0, 0
    for end in sorted({*beginning, *ends, len(text)}):
        if end > start:
            taken = [(lane, held[2]) for lane, held in enumerate(lanes, 1) if held is not None]
            begun = sorted((statement for *_, statement in beginning.get(start, ())), key=attrgetter("number"))
            yield Piece(start, end, taken, covering - len(taken), begun)
        covering += len(beginning.get(end, ())) - ends.get(end, 0)
        waiting.extend(beginning.get(end, ()))
        for lane, held in enumerate(lanes):
            if held is None or held[1] <= end:
                lanes[lane] = _next(waiting, end)
        start = end


def _next(waiting: deque[_Passage], place: int) -> _Passage | None:
    """Return the first passage that waits for a lane and does not end before it gets one."""
    while waiting:
        if (passage := waiting.popleft())[1] > place:
            return passage
    return None
