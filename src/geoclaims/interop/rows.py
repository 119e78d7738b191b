"""Read the rows of a CSV file, each with its place, from the top or from the beginning of any row."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import attrs

from geoclaims._errors import Issue, Issues, ValidationError, place_of
from geoclaims._messages import found, suggestion
from geoclaims.interop.cells import unguarded
from geoclaims.interop.columns import Table
from geoclaims.interop.csv_text import CutError, rows_of
from geoclaims.interop.marks import is_mark


@attrs.frozen
class CellIssue(Issue):
    """An issue in a table; its path is the name of the file, the row, the column, and the item in the cell.

    >>> print(CellIssue("wrong_ref", ("statements.csv", 4, "accused", 1), "found the id of a statement"))
    statements.csv:4, column accused, item 2: found the id of a statement [wrong_ref]
    """

    def __str__(self) -> str:
        file, row, *cell = self.path
        place = "".join(f", {kind} {_shown(part)}" for kind, part in zip(("column", "item"), cell, strict=False))
        return f"{file}:{row}{place}: {self.message} [{self.code}]"


def _shown(part: str | int) -> str:
    """Return the name of a column, or a number counted from 1 as people do."""
    if isinstance(part, int):
        return str(part + 1)
    return part if re.fullmatch("[a-z_]{1,80}", part) else found(part)


class Row(NamedTuple):
    """A row of a table."""

    number: int
    """The row number as in spreadsheet programs: the header is row 1."""
    cells: dict[str, str]
    """The cells that are not empty, by the names of their columns."""
    stray: int | None
    """The place of the first non-empty cell beyond the columns."""


class Rows:
    """A CSV file opened for reading."""

    def __init__(self, file: BinaryIO, table: Table) -> None:
        first = file.readline()
        # the separator depends on the language of the spreadsheet program, and no column name contains any of these
        self._separator = max(",;\t", key=lambda character: first.count(character.encode()))
        self._file = file
        self._names: list[str] = []
        self._end = 0
        self._state = self._current_state()
        self.table = table
        self.marks: list[str] = []
        """The marks of files that were written together: one, or none in a file made by hand."""

    def _current_state(self) -> tuple[int, int]:
        """A value that changes when somebody writes to the file."""
        status = os.fstat(self._file.fileno())
        return status.st_size, status.st_mtime_ns

    def check_unchanged(self) -> None:
        """Check that nobody has written to the file since it was opened.

        Raises:
            ValidationError: Somebody has (`encoding`).
        """
        if self._current_state() != self._state:
            message = "found a file that changed while it was read, expected an unchanged file: read it again"
            raise ValidationError([CellIssue("encoding", (self.table.file, 1), message)])

    def read_header(self, issues: Issues) -> None:
        """Read the names of the columns, and note what is wrong with them.

        Args:
            issues: The issues, to which it is added.

        Raises:
            ValidationError: The file cannot be read as CSV (`encoding`).
        """
        known = self.table.header

        def expected(name: str) -> str:
            return f"a known column{suggestion(name, known)}"

        _, _, cells = next(self._records(0, 1), (1, 0, []))
        seen = {""}
        for cell in cells:
            name = unguarded(cell)
            path = (self.table.file, 1, name)
            if is_mark(name):
                self.marks.append(name)
                name = ""  # no cell may be below it
            elif name in seen and name:
                issues.note("duplicate_key", path, f"found the column {found(name)} again, expected it once")
            elif name not in known and name:
                issues.wrong("unknown_key", place_of(path), name, expected)
            seen.add(name)
            self._names.append(name)
        for name in self.table.required:
            if name not in seen:
                issues.note("missing", (self.table.file, 1, name), f"found no column {found(name)}, expected it")

    def owners(self) -> Iterator[tuple[int, int, str]]:
        """Yield the number and offset of each row that is not blank, and the cell of its first key column, if any.

        Raises:
            ValidationError: The file cannot be read as CSV (`encoding`).
        """
        key = self._names.index(self.table.keys[0])
        for number, offset, record in self._records(self._end, 2):
            if any(record):
                yield number, offset, record[key] if key < len(record) else ""

    def after_header(self) -> Iterator[Row]:
        """Yield all rows that are not blank.

        Raises:
            ValidationError: The file cannot be read as CSV (`encoding`).
        """
        return self.since(self._end, 2)

    def since(self, offset: int, number: int) -> Iterator[Row]:
        """Yield the rows that are not blank, from the one with this offset and number.

        Raises:
            ValidationError: The file cannot be read as CSV (`encoding`).
        """
        names = self._names
        for row, _, record in self._records(offset, number):
            cells = {name: cell for name, cell in zip(names, record, strict=False) if cell}
            stray = None
            if cells.pop("", None) or any(record[len(names) :]):
                named = [*names, *[""] * len(record)]
                stray = next(index for index, cell in enumerate(record) if cell and not named[index])
            for name, cell in cells.items():
                if "'" in cell:
                    cells[name] = unguarded(cell)
            if cells or stray is not None:
                yield Row(row, cells, stray)

    def _records(self, offset: int, number: int) -> Iterator[tuple[int, int, list[str]]]:
        """Yield the rows from an offset on, each with its number and its own offset."""
        self._end = offset
        self._file.seek(offset)
        rows = rows_of(self._lines(), self._separator)
        while True:
            start = self._end
            try:
                record = next(rows, None)
            except UnicodeDecodeError as error:
                message = f"found {error.object[error.start : error.start + 1]!r}, expected UTF-8: save it as CSV UTF-8"
                raise ValidationError([CellIssue("encoding", (self.table.file, number), message)]) from None
            except CutError as error:
                message = f"found a row that is cut or wrongly quoted ({error}), expected CSV"
                raise ValidationError([CellIssue("encoding", (self.table.file, number), message)]) from None
            if record is None:
                return
            yield number, start, record
            number += 1

    def _lines(self) -> Iterator[str]:
        """Yield the lines of the file from its current position, with their ends."""
        for line in self._file:
            content = line.removeprefix(BOM_UTF8) if self._end == 0 else line
            self._end += len(line)
            yield content.decode()
