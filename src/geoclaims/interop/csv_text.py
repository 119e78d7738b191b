"""Read CSV as the module `csv` does in strict mode, with cells of any length.

That module has one limit for the length of cells in the whole process, which a library must not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_IN_QUOTES = re.compile('[^"]*+(?:""[^"]*+)*+')


class CutError(ValueError):
    """A row that is cut or wrongly quoted."""


def rows_of(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    r"""Yield the cells of each row; a row may span several lines, and a blank row has no cells.

    Args:
        lines: The lines, each with its end, which is LF, CR LF or nothing.
        separator: The character between cells.

    Raises:
        CutError: A row ends within quotes, there is text beside quotes, or CR alone ends a line.

    >>> list(rows_of(iter(['a,"b\n', '""c"",d"\r\n', '\n', '"x",""\n']), ","))
    [['a', 'b\n"c",d'], [], ['x', '']]
    """
    between = f'"{separator}"'
    outside = re.compile(f"[^{separator}\r\n]*+")
    for line in lines:
        content = line.rstrip("\r\n")
        quotes = content.count('"')
        if not quotes and "\r" not in content:
            yield content.split(separator) if content else []
            continue
        cells = content[1:-1].split(between)
        # In the usual row of quoted cells there are no other quotes.
        if content[0] == content[-1] == '"' and quotes == 2 * len(cells):
            yield cells
        else:
            yield _cells(line, lines, separator, outside)


def _cells(line: str, lines: Iterator[str], separator: str, outside: re.Pattern[str]) -> list[str]:
    """Return the cells of a row that begins with a line; read more lines if it continues."""
    cells: list[str] = []
    place = 0
    while True:
        if line.startswith('"', place):
            cell, line, place = _quoted(line, lines, place + 1)
        else:
            cell = _matched(outside, line, place)
            place += len(cell)
        cells.append(cell)
        if line.startswith(separator, place):
            place += 1
            continue
        if line[place:].strip("\r\n"):
            beside = line[place]
            raise CutError("CR alone ends a line" if beside == "\r" else f"{beside!r} stands beside a quoted cell")
        return cells


def _quoted(line: str, lines: Iterator[str], place: int) -> tuple[str, str, int]:
    """Return a quoted cell, the line in which it ends, and the place after it."""
    pieces: list[str] = []
    while True:
        pieces.append(_matched(_IN_QUOTES, line, place))
        place += len(pieces[-1])
        if place < len(line):  # a single quotation mark
            return "".join(pieces).replace('""', '"'), line, place + 1
        line, place = next(lines, ""), 0
        if not line:
            raise CutError("the file ends within quotes")


def _matched(pattern: re.Pattern[str], line: str, place: int) -> str:
    """Return the match at a place of a pattern that may match the empty text."""
    match = pattern.match(line, place)
    return match.group() if match else ""
