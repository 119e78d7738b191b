"""Break paragraphs into the lines of a terminal, by the width of their characters."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, Self

import attrs

from geoclaims._command_line.output import is_terminal
from geoclaims._view.wrapping import broken, on_one_line

_LEAST_WIDTH: Final = 24
_MOST_WIDTH: Final = 100
_NARROW: Final = 60
_COLUMN: Final = 12
"""The width of the labels on a page that is not narrow, the longest of which is "confirmed by"."""


class Style(StrEnum):
    """The style of a piece of text, by the parameter of its escape sequence."""

    PLAIN = ""
    BOLD = "1"
    FAINT = "2"


Piece = str | tuple[str, Style]
"""A stretch of text, plain or in one style."""


def _within_reason(width: int) -> int:
    return min(max(width, _LEAST_WIDTH), _MOST_WIDTH)


@attrs.frozen
class Layout:
    """The width of a page, and whether styles are shown.

    >>> list(Layout(40, styled=False).labelled("accused", "Chinese citizens fighting for Russia"))
    ['  accused: Chinese citizens fighting for', '      Russia']
    """

    width: int = attrs.field(converter=_within_reason)
    styled: bool = attrs.field(kw_only=True)

    @classmethod
    def of_output(cls) -> Self:
        """Make the layout of standard output: as wide as `COLUMNS` or the terminal, else 80; styled on a terminal.

        Nothing is styled on a dumb terminal, nor if the user has set `NO_COLOR`.
        """
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return cls(shutil.get_terminal_size().columns, styled=is_terminal() and not plain)

    def heading(self, text: str) -> Iterator[str]:
        """Return the lines of a heading, after an empty line."""
        yield ""
        yield from self.paragraph((text.upper(), Style.BOLD))

    def paragraph(self, *pieces: Piece, indent: int = 0, hang: int = 2, keeping: bool = False) -> Iterator[str]:
        """Break a paragraph into lines, all but the first with a hanging indent; its last piece may be kept whole."""
        return self._lines(pieces, indent, indent + hang, keeping=keeping)

    def labelled(self, label: str, *pieces: Piece) -> Iterator[str]:
        """Break a detail into lines, after its label; one without a label goes on below another."""
        lead = f"{label:{_COLUMN}} " if not self._narrow else f"{label}: " if label else "  "
        return self._lines(pieces, 2 if self._narrow and label else 4, self._inner, lead)

    @property
    def _narrow(self) -> bool:
        """Report whether the page is too narrow for a column of labels."""
        return self.width < _NARROW

    @property
    def _inner(self) -> int:
        """Return the indent of details, which are to the right of their labels."""
        return 6 if self._narrow else _COLUMN + 5

    def _lines(
        self, pieces: tuple[Piece, ...], indent: int, hang: int, lead: str = "", *, keeping: bool = False
    ) -> Iterator[str]:
        styled_pieces = [(piece, Style.PLAIN) if isinstance(piece, str) else piece for piece in pieces]
        shown = [(on_one_line(text), style) for text, style in styled_pieces]
        before = " " * indent + self._painted(lead, Style.FAINT)
        kept = len(shown[-1][0]) if keeping else 0
        for line in broken(shown, self.width - indent - len(lead), self.width - hang, kept=kept):
            yield before + "".join(self._painted(text, style) for text, style in line)
            before = " " * hang

    def _painted(self, text: str, style: Style) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.styled and style and text else text
