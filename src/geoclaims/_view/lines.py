"""Break text into lines by the room that its characters take: columns of a terminal, unless told otherwise."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

Extent = Callable[[str], float] | None
_LEAST_ROOM: Final = 8
_SOFT_HYPHEN: Final = "\u00ad"
_JOINER: Final = "\u200d"


def columns(character: str) -> int:
    """Count the columns of a terminal that a character takes.

    >>> columns("a"), columns("\u4e2d"), columns("\u0301")
    (1, 2, 0)
    """
    if character.isascii() or character == _SOFT_HYPHEN:
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def breaks(text: str, first: float, rest: float, extent: Extent = None) -> Iterator[tuple[int, int]]:
    """Find the start and end of each line; the first may have another width than the rest.

    Args:
        text: The text, with at most one space in a row.
        first: The width of the first line.
        rest: The width of the other lines.
        extent: Measures a character in the unit of the widths; without it, they are columns.
    """
    start, room = 0, first
    while True:
        end, start_of_next = _turn(text, start, room, extent)
        yield start, end
        if end == len(text):
            return
        start, room = start_of_next, rest


def _turn(text: str, start: int, room: float, extent: Extent) -> tuple[int, int]:
    """Find the end of a line and the start of the next: after a word, or a character of a script without spaces."""
    end = start + int(max(room, _LEAST_ROOM))
    if extent is None and text[start : end + 2].isascii():  # a column each, the usual case
        if len(text) - text.endswith(" ") <= end:
            return len(text), len(text)
        space = text.rfind(" ", start, end + 1)
        return (end, end) if space < 0 else (space, space + 1)
    used = 0.0
    turn: tuple[int, int] | None = None
    place_of_sign, is_wide = start, False
    for place in range(start, len(text)):
        character = text[place]
        if place == start or not _continues(text, place):
            if is_wide:
                turn = (place, place)
            place_of_sign, is_wide = place, not character.isascii() and columns(character) == 2
        needed = (extent or columns)(character)
        if character == " ":
            turn = (place, place + 1)
        elif used + needed > max(room, _LEAST_ROOM):
            before_sign = place if place_of_sign == start else place_of_sign
            return turn or (before_sign, before_sign)
        used += needed
    return len(text), len(text)


def _continues(text: str, place: int) -> bool:
    """Report whether a character is part of the sign before it, as marks are, skin tones, and what a joiner joins."""
    character = text[place]
    if character.isascii():
        return False
    return columns(character) == 0 or text[place - 1] == _JOINER or "\U0001f3fb" <= character <= "\U0001f3ff"
