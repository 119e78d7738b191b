"""Break words into lines without measuring a font: the estimated widths are enough for any common font."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs

_NARROW: Final = frozenset(" .,’'“”:;!|()iljtfrI")
_BROAD: Final = frozenset("mwMW@%")
_STRONG: Final = 1.15
"""How much wider bold letters are."""


@attrs.frozen
class Word:
    """A word, and the classes that define its look."""

    text: str
    look: str


Line = Sequence[Word]


def words(phrase: str, look: str) -> list[Word]:
    """Split a phrase into words of one look."""
    return [Word(word, look) for word in phrase.split()]


def broken(line: Iterable[Word], width: float, size: float) -> Iterator[Line]:
    """Break words into lines; a word that is too long for a line is broken too.

    Args:
        line: The words, at least one.
        width: The room in a line, in pixels.
        size: The size of the font, in pixels.

    >>> [[word.text for word in line] for line in broken(words("one two three", ""), 70, 14)]
    [['one', 'two'], ['three']]
    """
    row: list[Word] = []
    room = width
    for word in line:
        for number, piece in enumerate(_pieces(word, width, size)):
            extent = _extent(piece, size)
            space = _extent(Word(" ", word.look), size)
            if row and (number or room < extent + space):
                yield row
                row, room = [], width
            row.append(piece)
            room -= extent + space
    yield row


def _pieces(word: Word, width: float, size: float) -> Iterator[Word]:
    """Cut a word into pieces that each fit on a line."""
    if _extent(word, size) <= width:
        yield word
        return
    start, room = 0, width
    for place, character in enumerate(word.text):
        extent = _extent(Word(character, word.look), size)
        if extent > room and place > start:
            yield Word(word.text[start:place], word.look)
            start, room = place, width
        room -= extent
    yield Word(word.text[start:], word.look)


def extent_of(text: str, size: float) -> float:
    """Estimate the width of a text in a wide font.

    >>> extent_of("Wide", 10) > extent_of("thin", 10)
    True
    """
    return sum(map(_ems, text)) * size


def _extent(word: Word, size: float) -> float:
    return extent_of(word.text, size) * (_STRONG if "strong" in word.look.split() else 1)


def _ems(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _BROAD:
        return 0.95
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.05
    return 0.7 if character.isupper() or character > "\u024f" else 0.6
