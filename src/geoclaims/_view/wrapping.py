"""Break text into lines by the room that its characters take: columns of a terminal, or ems of a font."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from geoclaims._messages import visible

Extent = Callable[[str], float]
"""Measures a character in the unit of a width."""

Look = TypeVar("Look")

_LEAST_ROOM: Final = 8
_SOFT_HYPHEN: Final = "\u00ad"
_JOINER: Final = "\u200d"
_OPENING: Final = frozenset({"Ps", "Pi"})
_CLOSING: Final = frozenset({"Pe", "Pf", "Po"})
_NOT_CLOSING: Final = frozenset("\"'#%&*/@\\¡¿§¶†‡•‰＂＇＃％＆＊／＠＼")
"""Other punctuation (Po) that does not close, but stands alone, or at either side of a word."""


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


def width(text: str) -> int:
    """Count the columns of a terminal that a text takes."""
    return sum(map(columns, text))


def ems(character: str) -> float:
    """Estimate the width of a character in a wide font, as a share of its size.

    >>> ems("i"), ems("W"), ems("\u4e2d")
    (0.36, 1, 1.05)
    """
    if character in " .,’'“”:;!|()iljtfrI":
        return 0.36
    if character in "mwMW@%":
        return 1
    letter = 0.7 if character.isupper() or character > "\u024f" else 0.6
    return (0, letter, 1.05)[columns(character)]


def on_one_line(text: str) -> str:
    r"""Write a text on one line, with escapes for what hides.

    >>> on_one_line("The bridge\n  is closed.")
    'The bridge is closed.'
    """
    return re.sub("[ \t\n]+", " ", visible(text))


def broken(
    pieces: Sequence[tuple[str, Look]], first: float, rest: float, extent: Extent | None = None, *, kept: int = 0
) -> Iterator[Sequence[tuple[str, Look]]]:
    """Break pieces of one text, each with a look, into lines; each line has the parts that stand on it.

    Args:
        pieces: The pieces, with at most one space in a row.
        first: The width of the first line.
        rest: The width of the other lines.
        extent: Measures a character in the unit of the widths; without it, they are columns.
        kept: So many characters at the end stay on one line, if they fit on one.

    >>> list(broken([("Ukraine:", "bold"), (" China has sent troops.", "plain")], 20, 18))
    [[('Ukraine:', 'bold'), (' China has', 'plain')], [('sent troops.', 'plain')]]
    """
    text = "".join(piece for piece, _ in pieces)
    start, room, last = 0, first, len(text) - kept
    fits = sum(map(extent or columns, text[last:])) <= rest
    while True:
        end, start_of_next = turn(text, start, room, extent)
        if fits and start < last < end < len(text):
            end, start_of_next = last, last + text.startswith(" ", last)
        line, place = [], 0
        for piece, look in pieces:
            if part := piece[max(start - place, 0) : max(end - place, 0)]:
                line.append((part, look))
            place += len(piece)
        yield line
        if end == len(text):
            return
        start, room = start_of_next, rest


def turn(text: str, start: int, room: float, extent: Extent | None) -> tuple[int, int]:
    """Find the end of a line and the start of the next: after a word, or a character of a script without spaces.

    If there is a choice, no line begins with a mark that closes, such as `，` or `」`, nor ends with one that opens.
    """
    used, is_wide = 0.0, False
    best, found = (False, False), (start, start)
    for place in range(start, len(text)):
        character = text[place]
        if place == start or not _continues(text, place):
            before = place - text.startswith(" ", place - 1) if place else place
            parts = before < place or is_wide
            if start < before and character != " " and parts >= best[0]:
                rank = parts, _may_part(text, before, place)
                if rank >= best:
                    best, found = rank, (before, place)
            is_wide = columns(character) == 2 and not "\uac00" <= character <= "\ud7a3"  # Korean has spaces
        needed = (extent or columns)(character)
        if character != " " and used + needed > max(room, _LEAST_ROOM):
            return found if found[0] > start else (place, place)
        used += needed
    return len(text), len(text)


def _may_part(text: str, end: int, start: int) -> bool:
    """Report whether a line may end at a place and the next begin at another, by the marks at both sides."""
    closes = unicodedata.category(text[start]) in _CLOSING and text[start] not in _NOT_CLOSING
    return not closes and unicodedata.category(text[end - 1]) not in _OPENING


def _continues(text: str, place: int) -> bool:
    """Report whether a character is part of the sign before it, as marks are, skin tones, and what a joiner joins."""
    character = text[place]
    if character.isascii():
        return False
    return columns(character) == 0 or text[place - 1] == _JOINER or "\U0001f3fb" <= character <= "\U0001f3ff"
