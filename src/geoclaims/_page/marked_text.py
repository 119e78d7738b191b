"""Show the text of an article with its passages marked: cut at their ends, with a lane for each that overlaps."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from geoclaims._article import Article
from geoclaims._messages import cut
from geoclaims._page.cards import LONGEST_ON_CARD, Sheet, type_in_words, type_of
from geoclaims._page.elements import attribute, verbatim
from geoclaims._statements import Statement
from geoclaims._view.words import attribution, capitalized

LANES: Final = 8
"""If more passages than this overlap, the rest is only counted: naming all could take n² names."""


@attrs.frozen
class Piece:
    """A part of a text that is covered by the same passages throughout.

    Attributes:
        start: Where it begins, in code points.
        end: Where it ends.
        lanes: The statement whose passage takes each lane, from the first; None where a lane is free.
        more: How many more passages cover it.
        beginning: The statements with a passage that begins with it.
    """

    start: int
    end: int
    lanes: Sequence[Statement | None]
    more: int
    beginning: Sequence[Statement]

    @property
    def statements(self) -> Sequence[Statement]:
        """The statements in the lanes."""
        return [statement for statement in self.lanes if statement is not None]


@attrs.frozen
class _Passage:
    start: int
    end: int
    statement: Statement


def marked(sheet: Sheet, whole: str) -> str:
    """Show a text with every passage marked; the element contains no other text.

    Before each passage of a statement there is a link to its card; the style sheet adds its number.
    """
    found = list(pieces(whole, sheet.article.statements))
    depth = max((number for piece in found for number, _ in _taken(piece)), default=0)
    # made once: a statement may have many passages, and a long cue
    labels = {statement.id: _label(sheet, statement) for statement in sheet.statements if statement.spans}
    parts = (_part(sheet, verbatim(whole[piece.start : piece.end]), piece, labels) for piece in found)
    return f'<div class="text depth{depth}"{_language(sheet.article)} dir="auto">{"".join(parts)}</div>'


def _part(sheet: Sheet, inner: str, piece: Piece, labels: Mapping[str, str]) -> str:
    links = "".join(_number(sheet, statement, piece.start, labels[statement.id]) for statement in piece.beginning)
    if not piece.statements and not piece.more:
        return inner
    # the types of statements begin with different letters
    lanes = " ".join(f"l{number}{type_of(statement)[0]}" for number, statement in _taken(piece))
    ids = " ".join(statement.id for statement in piece.statements)
    more = f' data-more="+{piece.more}"' if piece.more else ""
    return f'{links}<mark class="{lanes}" data-statements={attribute(ids)}{more}>{inner}</mark>'


def _taken(piece: Piece) -> Iterator[tuple[int, Statement]]:
    """Number the occupied lanes."""
    return ((number, statement) for number, statement in enumerate(piece.lanes, 1) if statement is not None)


def _label(sheet: Sheet, statement: Statement) -> str:
    """Say in words what a number leads to, as an attribute."""
    speaker = sheet.article.actor(statement.speaker)
    before, after = attribution(speaker, statement)
    said = f"{cut(before, LONGEST_ON_CARD)}{cut(speaker.name, LONGEST_ON_CARD)}{cut(after, LONGEST_ON_CARD)}"
    return attribute(f"{sheet.numbers[statement.id]}, {type_in_words(statement)}: {capitalized(said)}")


def _number(sheet: Sheet, statement: Statement, start: int, label: str) -> str:
    number = sheet.numbers[statement.id]
    named = sheet.named("t", number) if start == statement.spans[0].start else ""
    attributes = (
        f'{named} class="number {type_of(statement)}" data-number="{number}" '
        f"data-statement={attribute(statement.id)} aria-label={label}"
    )
    return sheet.link(statement, "", attributes)


def _language(article: Article) -> str:
    return f' lang="{article.language}"' if article.language else ""


def pieces(text: str, statements: Sequence[Statement]) -> Iterator[Piece]:
    """Cut a whole text into pieces.

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
    beginning: dict[int, list[_Passage]] = {}
    ends: dict[int, int] = {}
    for passage in passages:
        beginning.setdefault(passage.start, []).append(passage)
        ends[passage.end] = ends.get(passage.end, 0) + 1
    lanes: list[_Passage | None] = [None] * LANES
    waiting: deque[_Passage] = deque()
    start, covering = 0, 0
    for end in sorted({*beginning, *ends, len(text)}):
        if end > start:
            taken = tuple(None if held is None else held.statement for held in lanes)
            begun = [passage.statement for passage in beginning.get(start, ())]
            yield Piece(start, end, taken, covering - LANES + taken.count(None), begun)
        covering += len(beginning.get(end, ())) - ends.get(end, 0)
        waiting.extend(beginning.get(end, ()))
        for lane, held in enumerate(lanes):
            if held is None or held.end <= end:
                lanes[lane] = _next(waiting, end)
        start = end


def _next(waiting: deque[_Passage], place: int) -> _Passage | None:
    """Return the first passage that waits for a lane and does not end before it gets one."""
    while waiting:
        if (passage := waiting.popleft()).end > place:
            return passage
    return None
