"""Show the text of an article with its passages marked: cut at their ends, with a lane for each that overlaps."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from geoclaims._article import Article
from geoclaims._messages import cut
from geoclaims._page.cards import LONGEST_ON_CARD, Sheet, type_in_words, type_of
from geoclaims._page.elements import attribute, verbatim
from geoclaims._statements import Statement
from geoclaims._wording import quoted

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


@attrs.frozen
class _Passage:
    start: int
    end: int
    statement: Statement


def marked(sheet: Sheet, whole: str) -> str:
    """Show a text with every passage marked; the element contains no other text.

    After the last passage of a statement there is a link to its card; the style sheet adds its number.
    """
    found = list(pieces(whole, sheet.article.statements))
    depth = max((number for piece in found for number, _ in _taken(piece)), default=0)
    parts = (_part(sheet, verbatim(whole[piece.start : piece.end]), piece) for piece in found)
    return f'<div class="text depth{depth}"{_language(sheet.article)} dir="auto">{"".join(parts)}</div>'


def _part(sheet: Sheet, inner: str, piece: Piece) -> str:
    links = "".join(_number(sheet, statement) for statement in piece.ending)
    if not piece.statements and not piece.more:
        return f"{inner}{links}"
    # the types of statements begin with different letters
    lanes = " ".join(f"l{number}{type_of(statement)[0]}" for number, statement in _taken(piece))
    ids = " ".join(statement.id for statement in piece.statements)
    more = f' data-more="+{piece.more}"' if piece.more else ""
    return f'<mark class="{lanes}" data-statements={attribute(ids)}{more}>{inner}</mark>{links}'


def _taken(piece: Piece) -> Iterator[tuple[int, Statement]]:
    """Number the occupied lanes."""
    return ((number, statement) for number, statement in enumerate(piece.lanes, 1) if statement is not None)


def _number(sheet: Sheet, statement: Statement) -> str:
    number = sheet.numbers[statement.id]
    said = [cut(sheet.article.actor(statement.speaker).name, LONGEST_ON_CARD)]
    said += [quoted(cut(statement.cue, LONGEST_ON_CARD))] if statement.cue else []
    label = f"{number}, {type_in_words(statement)}: {', '.join(said)}"
    attributes = (
        f'{sheet.named("t", number)} class="number {type_of(statement)}" data-number="{number}" '
        f"data-statement={attribute(statement.id)} aria-label={attribute(label)}"
    )
    return sheet.linked("s", number, "", attributes)


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
    last = {statement.id: statement.spans[-1].end for statement in statements if statement.spans}
    beginning: dict[int, list[_Passage]] = {}
    ending: dict[int, list[_Passage]] = {}
    for passage in passages:
        beginning.setdefault(passage.start, []).append(passage)
        ending.setdefault(passage.end, []).append(passage)
    lanes: list[_Passage | None] = [None] * LANES
    waiting: deque[_Passage] = deque()
    start, covering = 0, 0
    for end in sorted({*beginning, *ending, len(text)}):
        ended = [passage.statement for passage in ending.get(end, ()) if last[passage.statement.id] == end]
        if end > start:
            taken = tuple(None if held is None else held.statement for held in lanes)
            yield Piece(start, end, taken, covering - LANES + taken.count(None), ended)
        covering += len(beginning.get(end, ())) - len(ending.get(end, ()))
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
