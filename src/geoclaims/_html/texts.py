"""Show the text of an article with its passages marked."""

from __future__ import annotations

from collections.abc import Iterator

from geoclaims._article import Article
from geoclaims._html.cards import Sheet, type_in_words, type_of
from geoclaims._html.elements import attribute, passage
from geoclaims._html.passages import Piece, pieces
from geoclaims._messages import cut
from geoclaims._statements import Statement
from geoclaims._wording import quoted


def marked(sheet: Sheet, whole: str) -> str:
    """Show a text with every passage marked; the element contains no other text.

    After the last passage of a statement there is a link to its card; the style sheet adds its number.
    """
    found = list(pieces(whole, sheet.article.statements))
    depth = max((number for piece in found for number, _ in _taken(piece)), default=0)
    parts = (_part(sheet, passage(whole[piece.start : piece.end]), piece) for piece in found)
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
    said = [cut(sheet.article.actor(statement.speaker).name, sheet.longest)]
    said += [quoted(cut(statement.cue, sheet.longest))] if statement.cue else []
    label = f"{number}, {type_in_words(statement)}: {', '.join(said)}"
    attributes = (
        f'{sheet.named("t", number)} class="number {type_of(statement)}" data-number="{number}" '
        f"data-statement={attribute(statement.id)} aria-label={attribute(label)}"
    )
    return sheet.linked("s", number, "", attributes)


def _language(article: Article) -> str:
    return f' lang="{article.language}"' if article.language else ""
