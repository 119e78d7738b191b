"""Paragraphs broken into the lines of a terminal, by the columns that characters take there."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from typing import Final, Self

import attrs

from geoclaims._command_line.streams import is_terminal
from geoclaims._display.visible import visible

_LEAST_WIDTH: Final = 24
_MOST_WIDTH: Final = 100
_LEAST_ROOM: Final = 8
_NARROW: Final = 60
_SOFT_HYPHEN: Final = "\u00ad"


class Style(StrEnum):
    """How a piece of text looks, by the parameter of the terminal's sequence for it."""

    PLAIN = ""
    BOLD = "1"
    FAINT = "2"


Piece = str | tuple[str, Style]
"""A stretch of text, plain or in one style."""


def _within_reason(width: int) -> int:
    return min(max(width, _LEAST_WIDTH), _MOST_WIDTH)


@attrs.frozen
class Layout:
    """How wide a page is, and whether a terminal shows styles.

    >>> list(Layout(40, styled=False).labelled("accused", "Chinese citizens fighting for Russia"))
    ['    accused: Chinese citizens fighting', '      for Russia']
    """

    width: int = attrs.field(converter=_within_reason)
    styled: bool = attrs.field(kw_only=True)

    @classmethod
    def of_output(cls) -> Self:
        """The width of the terminal or of `COLUMNS`, else 80; styles on a terminal, unless it or the user has none."""
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return cls(shutil.get_terminal_size().columns, styled=is_terminal() and not plain)

    def heading(self, text: str) -> Iterator[str]:
        """The lines of a heading, with one to keep it apart from what comes before."""
        yield ""
        yield from self.paragraph((text.upper(), Style.BOLD))

    def paragraph(self, *pieces: Piece, indent: int = 0, hang: int = 2) -> Iterator[str]:
        """The lines of a paragraph, all after the first moved further in."""
        return self._lines(pieces, " " * indent, indent + hang)

    def labelled(self, label: str, *pieces: Piece) -> Iterator[str]:
        """The lines of a detail, after a word that says what it is."""
        lead = f"{label}: " if self._narrow else f"{label:10} "
        return self._lines(pieces, "    " + self._painted(lead, Style.FAINT), self._inner)

    def beneath(self, *pieces: Piece) -> Iterator[str]:
        """The lines of what belongs to the detail before."""
        return self._lines(pieces, " " * self._inner, self._inner)

    @property
    def _narrow(self) -> bool:
        """Whether there is no room for a column of labels."""
        return self.width < _NARROW

    @property
    def _inner(self) -> int:
        """Where details stand, to the right of their labels."""
        return 6 if self._narrow else 15

    def _lines(self, pieces: tuple[Piece, ...], lead: str, hang: int) -> Iterator[str]:
        styled_pieces = [(piece, Style.PLAIN) if isinstance(piece, str) else piece for piece in pieces]
        shown = [(re.sub(r"[ \t\n]+", " ", visible(text)), style) for text, style in styled_pieces]
        text = "".join(piece for piece, _ in shown)
        styles = [style for piece, style in shown for _ in piece]
        unstyled_lead = re.sub("\x1b\\[[0-9]*m", "", lead)
        for start, end in _breaks(text, self.width - len(unstyled_lead), self.width - hang):
            runs = groupby(range(start, end), key=styles.__getitem__)
            yield lead + "".join(self._painted("".join(text[i] for i in run), style) for style, run in runs)
            lead = " " * hang

    def _painted(self, text: str, style: Style) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.styled and style else text


def _breaks(text: str, first: int, rest: int) -> Iterator[tuple[int, int]]:
    """Where lines begin and end, of which the first has other room than the rest."""
    start, room = 0, first
    while True:
        end, start_of_next = _turn(text, start, room)
        yield start, end
        if end == len(text):
            return
        start, room = start_of_next, rest


def _turn(text: str, start: int, room: int) -> tuple[int, int]:
    """Where a line ends and the next begins: after a word, or a character of a script without spaces."""
    used = 0
    turn: tuple[int, int] | None = None
    for place in range(start, len(text)):
        needed = columns(text[place])
        if text[place] == " ":
            turn = (place, place + 1)
        elif used + needed > max(room, _LEAST_ROOM):
            return turn or (place, place)
        elif needed == 2:
            turn = (place + 1, place + 1)
        used += needed
    return len(text), len(text)


def columns(character: str) -> int:
    """How many columns of a terminal a character takes.

    >>> columns("a"), columns("\u4e2d"), columns("\u0301")
    (1, 2, 0)
    """
    if character.isascii() or character == _SOFT_HYPHEN:
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
