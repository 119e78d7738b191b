"""Read the rows of a table, make an article or a link of its rows, and find the cell of each issue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar, cast

import attrs

from geoclaims._errors import Issue, Path, ValidationError
from geoclaims._issues import Issues, place_of
from geoclaims._json.format import head_of, tag_of
from geoclaims._json.reading import TAGS, Notes, read_object
from geoclaims._messages import TABLE, describe, indefinite, listed, suggestion, value_like
from geoclaims._rules.fields import definitions
from geoclaims._rules.rules import Reference
from geoclaims._statements import STATEMENT_TYPES
from geoclaims._view.wording import counted
from geoclaims.interop.tables.columns import Column, Table, parted, tables
from geoclaims.interop.tables.csv_text import NotCsvError, rows_of


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
    return part if re.fullmatch("[a-z_]{1,80}", part) else describe(part)


T = TypeVar("T")

RowNumbers = Mapping[Table, Sequence[int]]
"""The rows of an article or link in each table, its own row first."""


@attrs.frozen
class Row:
    """A row of a table as its file has it, which may have millions of short ones: what follows from it is not kept."""

    table: Table
    number: int
    """The row number as in spreadsheet programs: the header is row 1."""
    names: Sequence[str]
    """The names of the columns."""
    texts: Sequence[str]
    """The cells."""

    @property
    def cells(self) -> dict[str, str]:
        """The cells that are not empty, by the names of their columns."""
        return {name: text for name, text in zip(self.names, self.texts, strict=False) if text and name}

    @property
    def fault(self) -> CellIssue | None:
        """Find what is wrong with the row as a whole: more or fewer cells than the header has, or one below no name."""
        if len(self.texts) != len(self.names):
            code = "missing" if len(self.texts) < len(self.names) else "unknown_key"
            message = f"found {counted(len(self.texts), 'cell')}, expected {len(self.names)}, as many as row 1 has"
        elif "" in self.names and any(text for name, text in zip(self.names, self.texts, strict=True) if not name):
            code, message = "unknown_key", "found a cell in a column without a name, expected it empty"
        else:
            return None
        return CellIssue(code, (self.table.file, self.number), message)

    @property
    def is_short(self) -> bool:
        """Report whether only cells of optional columns are missing at its end, which need not be an error."""
        missing = self.names[len(self.texts) :]
        return bool(missing) and not {*self.table.required}.intersection(missing)


def rows_in(lines: Iterable[bytes], table: Table, issues: Issues) -> list[Row]:
    """Read the rows of a table that are not blank.

    Args:
        lines: The lines of its CSV file.
        table: The table.
        issues: The issues, to which is added what is wrong with the columns, and where the file is no CSV (`encoding`).
    """
    rows: list[Row] = []
    number = 0
    try:
        records = rows_of(lines)
        names = [name.lower() for name in next(records, [])]
        number = 1
        _check_names(names, table, issues)
        for number, texts in enumerate(records, 2):
            if any(texts):
                rows.append(Row(table, number, names, texts))
    except NotCsvError as error:
        issues.note("encoding", (table.file, number + 1), str(error))
    return rows


def _check_names(names: Sequence[str], table: Table, issues: Issues) -> None:
    """Note what is wrong with the names of the columns; a column without a name may be empty."""
    known = table.header

    def expected(name: str) -> str:
        files = [other.file for other in tables() if name in other.header]
        if table not in tables():  # but that of links, which has few columns
            return value_like(known)(name)
        return f"a known column; {files[0]} has it" if files else f"a known column{suggestion(name, known)}"

    seen: set[str] = set()
    for name in filter(None, names):
        path = (table.file, 1, name)
        if name in seen:
            issues.note("duplicate_key", path, f"found the column {describe(name)} again, expected it once")
        elif name not in known:
            issues.wrong("unknown_key", place_of(path), name, expected)
        seen.add(name)
    for name in table.required:
        if name not in seen:
            issues.note("missing", (table.file, 1, name), f"found no column {describe(name)}, expected it")


def object_of(model: type[T], rows: Mapping[Table, Sequence[Row]]) -> T:
    """Make an article or link of its rows in each table.

    Rows that do not fit the header are the whole error, since cells in the wrong column have errors of their own. A row
    without empty cells at its end, as Excel saves some, fits it; but if something else is wrong in it, its length is
    reported too, since a cell before may be missing.

    Args:
        model: `Article` or `Link`.
        rows: Its one row, and of an article those of its actors and statements.

    Raises:
        ValidationError: It breaks a rule; the issues are in the order of the tables.
    """
    if issues := [row.fault for some in rows.values() for row in some if row.fault and not row.is_short]:
        raise ValidationError(issues)
    documents = {table.name: [_document(row, issues) for row in some] for table, some in rows.items()}
    own, *_ = rows
    (document,) = documents.pop(own.name)
    document = dict([cast("tuple[str, str]", head_of(model))]) | document | documents
    notes = Notes(document, tags=TAGS, vocabulary=TABLE, instead=partial(_of_cell, rows))
    omitted = 0
    try:
        made: T = read_object((model,), document, notes=notes)
        if not issues:
            return made
    except ValidationError as error:
        issues += [in_cell(issue, row_numbers(rows)) for issue in error.issues]
        omitted = error.omitted
    in_order = sorted([*issues, *_lengths(rows, issues)], key=partial(_position, [*rows]))
    raise ValidationError(in_order, omitted=omitted)


def _lengths(rows: Mapping[Table, Sequence[Row]], issues: Iterable[CellIssue]) -> list[CellIssue]:
    """Return what is wrong with the lengths of the rows that have an issue."""
    wrong = {issue.path[:2] for issue in issues}
    faults = [row.fault for some in rows.values() for row in some]
    return [fault for fault in faults if fault and fault.path in wrong]


def _document(row: Row, issues: list[CellIssue]) -> dict[str, Any]:
    """Return the JSON-ready object of a row, and add what is wrong with its cells to the issues."""
    document, mistakes = row.table.document(row.cells)
    for column, code, message in mistakes:
        issues.append(CellIssue(code, (row.table.file, row.number, column), message))
    return document


def row_numbers(rows: Mapping[Table, Sequence[Row]]) -> RowNumbers:
    """Return the numbers of the rows of an article or link."""
    return {table: [row.number for row in some] for table, some in rows.items()}


def in_cell(issue: Issue, rows: RowNumbers) -> CellIssue:
    """Convert an issue with what was read from tables to one with the cell that it comes from."""
    table, index, place = _cell_at(issue.path, rows)
    return CellIssue(issue.code, (table.file, rows[table][index], *place), issue.message)


def _cell_at(path: Path, all_tables: Iterable[Table]) -> tuple[Table, int, Path]:
    """Find the table for a path into an object, which of its rows there, the column, and the item in its cell."""
    own, *members = all_tables
    for table in members:
        if path[:1] == (table.name,) and path[1:]:
            return table, int(path[1]), table.place(path[2:])
    return own, 0, own.place(path)


def _of_cell(rows: Mapping[Table, Sequence[Row]], code: str, path: Path, issues: Issues) -> str:
    """Say what is wrong where people often write something else in a cell; nothing if the usual message does."""
    table, index, place = _cell_at(path, rows)
    cells = rows[table][index].cells
    column = table.by_name.get(str(place[0])) if place else None
    if column is None or column.name not in cells:
        return ""
    cell = cells[column.name]
    if code == "unknown_key":
        owners = [indefinite(tag_of(model)) for model in STATEMENT_TYPES if column.field in definitions(model)]
        only = f": only {listed(owners)} has it" if owners else ""
        return f"found {describe(cell)}, expected an empty cell{only}"
    text = parted(cell)[0][int(place[1])] if place[1:] else cell
    expected = _several(column, text) if code in {"id", "url"} and issues.id_of(text) is None else ""
    return f"found {describe(text)}, expected {expected}" if expected else ""


def _several(column: Column, text: str) -> str:
    """Say how several ids or addresses are written, if a text may hold several; otherwise nothing."""
    items = [item.strip() for item in re.split("[,;|\n]", text) if item and not item.isspace()]
    if len(items) < 2:
        return ""
    if column.many:
        return f"| between the items of a list, as in {describe('|'.join(items))}"
    return "one id; several who act together are one group" if isinstance(column.rule, Reference) else ""


def _position(in_order: Sequence[Table], issue: Issue) -> tuple[int, ...]:
    """Return the position of an issue among the cells of some tables, to sort by."""
    file, row, *cell = issue.path
    number = [table.file for table in in_order].index(str(file))
    header = in_order[number].header
    places = [header.index(column) if column in header else len(header) for column in cell[:1]]
    return (number, int(row), *places, *map(int, cell[1:]))
