"""Read and write the text of CSV files, and mark files that are written together.

The module `csv` has one limit for the length of cells in the whole process, which a library must not change. Rows are
therefore read here, as that module reads them in strict mode, with cells of any length.

The mark is an extra column without cells, whose name the files share. Spreadsheet programs keep it, other readers can
ignore it, and files made by hand have none. The name is a hash of what was written, so the same articles give the same
files.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from geoclaims.interop.tables.cells import guarded

LINE_END: Final = "\r\n"

_IN_QUOTES: Final = re.compile('[^"]*+(?:""[^"]*+)*+')
_BYTE_ORDER_MARK: Final = "\ufeff"  # by which Excel recognises UTF-8
_NAME: Final = "written_together_"
_DIGITS: Final = 16
_NOT_YET: Final = "0" * _DIGITS
_BLOCK: Final = 1 << 20


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


def csv_lines(rows: Iterable[Iterable[str]], end: str = LINE_END) -> Iterator[str]:
    r"""Write a table as CSV: a byte order mark, then a line for each row.

    >>> list(csv_lines([["id", "name"]], end="\n"))
    ['\ufeff', '"id","name"\n']
    """
    yield _BYTE_ORDER_MARK
    for cells in rows:
        yield csv_line(cells, end)


def csv_line(cells: Iterable[str], end: str = LINE_END) -> str:
    """Write a row as a line of CSV, with every cell quoted, and guarded so that it cannot become a formula.

    >>> print(csv_line(["a", "the 'navy'", "=1"], end=""))
    "a","the 'navy'","'=1"
    """
    between = '","'.join([guarded(cell).replace('"', '""') for cell in cells])
    return f'"{between}"{end}'


def is_mark(name: str) -> bool:
    """Report whether the name of a column is a mark.

    >>> is_mark("written_together_0123456789abcdef"), is_mark("id")
    (True, False)
    """
    return re.fullmatch(f"{_NAME}[0-9a-f]{{{_DIGITS}}}", name) is not None


class MarkedFile:
    """A table that is being written; its mark is known, and filled in, only when all tables are written."""

    def __init__(self, file: BinaryIO, names: Sequence[str]) -> None:
        """Write the names of the columns.

        Raises:
            OSError: Nothing can be filled in later, as in a pipe.
        """
        self._file = file
        self._digest = hashlib.sha256()
        self.write("".join(csv_lines([[*names, _NAME + _NOT_YET]])))
        self._place = file.tell() - len(LINE_END) - len('"') - _DIGITS

    def write(self, text: str) -> None:
        """Write a text."""
        data = text.encode()
        self._digest.update(data)
        self._file.write(data)

    def digest(self) -> bytes:
        """The digest of what was written."""
        return self._digest.digest()

    def put(self, digits: str) -> None:
        """Fill in the mark."""
        self._file.seek(self._place)
        self._file.write(digits.encode())


def mark_together(files: Mapping[Path, MarkedFile]) -> None:
    """Fill in a mark in new files that none of the files at some paths has, which they replace.

    A replaced file may have the same mark if it is identical to its replacement. So neither old and new files, nor
    edited files and their originals, can be mistaken for files that were written together.
    """
    digests = {path: file.digest() for path, file in files.items()}
    marks = (hashlib.sha256(b"".join(digests.values()) + b"%d" % n).hexdigest()[:_DIGITS] for n in itertools.count())
    mark = next(mark for mark in marks if not any(_is_another(path, mark, own) for path, own in digests.items()))
    for file in files.values():
        file.put(mark)


def _is_another(path: Path, mark: str, digest: bytes) -> bool:
    """Report whether a file has a mark but other contents than those of a digest."""
    try:
        with path.open("rb") as file:
            first = file.readline()
            if mark.encode() not in first:
                return False
            of_file = hashlib.sha256(first.replace(mark.encode(), _NOT_YET.encode()))
            for block in iter(partial(file.read, _BLOCK), b""):
                of_file.update(block)
    except OSError:  # no file has the name yet
        return False
    return of_file.digest() != digest
