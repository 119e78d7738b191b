"""Read the rows of a CSV file, make articles from the rows of three tables, and find the cell of each issue."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, BinaryIO, NamedTuple

import attrs

from geoclaims._article import Article
from geoclaims._errors import AnchorError, Issue, Path, ValidationError
from geoclaims._hints import suggestion
from geoclaims._issues import Issues, place_of
from geoclaims._json.format import CURRENT, PASSAGES, tag_of
from geoclaims._json.reading import TAGS, Notes, read_object
from geoclaims._messages import TABLE, describe, indefinite, listed
from geoclaims._rules.fields import definitions
from geoclaims._rules.rules import Reference
from geoclaims._statements import STATEMENT_TYPES
from geoclaims._view.wording import counted
from geoclaims.interop.tables.cells import parted, unguarded
from geoclaims.interop.tables.columns import Column, Table, statements_table, tables
from geoclaims.interop.tables.csv_text import NotCsvError, rows_of
from geoclaims.interop.tables.drafts import PARTS, TEXTS, article_of


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


RowNumbers = Mapping[Table, Sequence[int]]
"""The rows of an article in each table, the one in the table of articles first."""


class Row(NamedTuple):
    """A row of a table."""

    number: int
    """The row number as in spreadsheet programs: the header is row 1."""
    cells: dict[str, str]
    """The cells that are not empty, by the names of their columns."""
    fault: CellIssue | None
    """What is wrong with the row as a whole."""
    is_short: bool
    """Whether that is only that cells of optional columns are missing at its end, which need not be an error."""


class Rows:
    """A CSV file opened for reading."""

    def __init__(self, file: BinaryIO, table: Table) -> None:
        first = file.readline()
        # the separator depends on the language of the spreadsheet program, and no column name contains any of these
        self._separator = max(",;\t", key=lambda character: first.count(character.encode()))
        self._file = file
        self._names: list[str] = []
        self._end = 0
        self.table = table
        self.required: frozenset[str] = frozenset(table.required)

    def read_header(self, issues: Issues) -> None:
        """Read the names of the columns, and note what is wrong with them.

        Args:
            issues: The issues, to which it is added.

        Raises:
            ValidationError: The file cannot be read as CSV (`encoding`).
        """
        known = self.table.header

        def expected(name: str) -> str:
            if PASSAGES in known and name in statements_table().header:
                return f"none in tables that are a draft: quote the passages under {PASSAGES!r}"
            if any(name == column for column, _ in PARTS.values()):
                return "a known column; with texts, read_csv reads drafts"
            files = [table.file for table in tables() if name in table.header]
            return f"a known column; {files[0]} has it" if files else f"a known column{suggestion(name, known)}"

        _, _, cells = next(self._records(0, 1), (1, 0, []))
        seen = {""}
        for cell in cells:
            name = unguarded(cell)
            path = (self.table.file, 1, name)
            if name in seen and name:
                issues.note("duplicate_key", path, f"found the column {describe(name)} again, expected it once")
            elif name not in known and name:
                issues.wrong("unknown_key", place_of(path), name, expected)
            seen.add(name)
            self._names.append(name)
        for name in self.table.required:
            if name not in seen:
                issues.note("missing", (self.table.file, 1, name), f"found no column {describe(name)}, expected it")

    def owners(self, issues: Issues) -> Iterator[tuple[int, int, str]]:
        """Yield the number and offset of each row that is not blank, and its first key, empty in a row without one.

        Args:
            issues: The issues, to which such rows are added.

        Raises:
            ValidationError: The file cannot be read as CSV (`encoding`).
        """
        (key, *_) = self.table.keys
        place = self._names.index(key)
        for number, offset, record in self._records(self._end, 2):
            if not any(record):
                continue
            owner = record[place] if place < len(record) else ""
            if not owner:
                path, message = (self.table.file, number, key), "found nothing, expected the id of the row's article"
                for issue in filter(None, (self._fault(number, record), CellIssue("missing", path, message))):
                    issues.note(issue.code, issue.path, issue.message)
            yield number, offset, owner

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
        for row, _, record in self._records(offset, number):
            if any(record):
                pairs = zip(self._names, record, strict=False)
                cells = {name: unguarded(cell) if "'" in cell else cell for name, cell in pairs if cell and name}
                is_short = len(record) < len(self._names) and self.required.isdisjoint(self._names[len(record) :])
                yield Row(row, cells, self._fault(row, record), is_short)

    def _fault(self, number: int, record: Sequence[str]) -> CellIssue | None:
        """Say what is wrong with a row that has another number of cells than the header, or a cell below no name."""
        expected = len(self._names)
        if len(record) != expected:
            code = "missing" if len(record) < expected else "unknown_key"
            message = f"found {counted(len(record), 'cell')}, expected {expected}, as many as row 1 has"
        elif any(cell for name, cell in zip(self._names, record, strict=True) if not name):
            code, message = "unknown_key", "found a cell in a column without a name, expected it empty"
        else:
            return None
        return CellIssue(code, (self.table.file, number), message)

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
            except NotCsvError as error:
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


def articles_of(
    rows: Mapping[Table, Sequence[Row]], texts: Mapping[str, str] | None, *, tolerant: bool
) -> Iterator[Article | ValidationError | AnchorError]:
    """Yield the article of some rows of each table, or the error that says what is wrong in them.

    Rows that do not fit the header are the whole error, since cells in the wrong column have errors of their own. A row
    without empty cells at its end, as Excel saves some, fits it; but if something else is wrong in it, its length is
    reported too, since a cell before may be missing. An error about nothing but passages comes before the article.

    Args:
        rows: The one row of the article, and those of its actors and statements.
        texts: The texts, if the rows quote passages.
        tolerant: Whether the article is wanted also if passages have no place.
    """
    if issues := [row.fault for some in rows.values() for row in some if row.fault and not row.is_short]:
        yield ValidationError(issues)
        return
    documents = {table.name: [_document(table, row, issues) for row in some] for table, some in rows.items()}
    (document,) = documents.pop("articles")
    document = {"schema_version": CURRENT, **document, **documents}
    notes = Notes(document, tags=TAGS, vocabulary=TABLE, instead=partial(_of_cell, rows))
    lost: list[AnchorError] = []
    try:
        if texts is None:
            article = read_object((Article,), document, notes=notes)
        else:
            article = article_of(document, texts, lost=lost if tolerant and not issues else None, notes=notes)
    except ValidationError as error:
        if error.issues[0].path[:1] == (TEXTS,):  # which is not an error in the tables
            yield error
            return
        issues += [in_cell(issue, row_numbers(rows)) for issue in error.issues]
        yield ValidationError(sorted([*issues, *_lengths(rows, issues)], key=_position), omitted=error.omitted)
        return
    for each in lost:
        yield AnchorError([in_cell(issue, row_numbers(rows)) for issue in each.issues], omitted=each.omitted)
    yield ValidationError(sorted([*issues, *_lengths(rows, issues)], key=_position)) if issues else article


def _lengths(rows: Mapping[Table, Sequence[Row]], issues: Iterable[CellIssue]) -> list[CellIssue]:
    """Return what is wrong with the lengths of the rows that have an issue."""
    wrong = {issue.path[:2] for issue in issues}
    faults = [row.fault for some in rows.values() for row in some]
    return [fault for fault in faults if fault and fault.path in wrong]


def _document(table: Table, row: Row, issues: list[CellIssue]) -> dict[str, Any]:
    """Return the JSON-ready object of a row, and add what is wrong with its cells to the issues."""
    document, mistakes = table.document(row.cells)
    for column, code, message in mistakes:
        issues.append(CellIssue(code, (table.file, row.number, column), message))
    return document


def row_numbers(rows: Mapping[Table, Sequence[Row]]) -> RowNumbers:
    """Return the numbers of the rows of an article."""
    return {table: [row.number for row in some] for table, some in rows.items()}


def in_cell(issue: Issue, rows: RowNumbers) -> CellIssue:
    """Convert an issue with an article that was read from tables to one with the cell that it comes from."""
    table, index, place = _cell_at(issue.path, rows)
    return CellIssue(issue.code, (table.file, rows[table][index], *place), issue.message)


def _cell_at(path: Path, all_tables: Iterable[Table]) -> tuple[Table, int, Path]:
    """Find the table for a path into an article, which of its rows there, the column, and the item in its cell."""
    of_articles, *members = all_tables
    for table in members:
        if path[:1] == (table.name,) and path[1:]:
            return table, int(path[1]), table.place(path[2:])
    return of_articles, 0, of_articles.place(path)


def _of_cell(rows: Mapping[Table, Sequence[Row]], code: str, path: Path, issues: Issues) -> str:
    """Say what is wrong where people often write something else in a cell; nothing if the usual message does."""
    from geoclaims._date_forms import without_year

    table, index, place = _cell_at(path, rows)
    row = rows[table][index]
    column = table.by_name.get(str(place[0])) if place else None
    if column is None or column.name not in row.cells:
        return ""
    cell, expected = row.cells[column.name], ""
    if code == "unknown_key":
        owners = [indefinite(tag_of(model)) for model in STATEMENT_TYPES if column.field in definitions(model)]
        only = f": only {listed(owners)} has it" if owners else ""
        return f"found {describe(cell)}, expected an empty cell{only}"
    text = parted(cell)[0][int(place[1])] if place[1:] else cell
    if code == "date":
        (of_article,) = next(iter(rows.values()))
        expected = without_year(text, has_year="published" in of_article.cells)
    elif code in {"id", "url"} and issues.id_of(text) is None:
        expected = _several(column, text)
    return f"found {describe(text)}, expected {expected}" if expected else ""


def _several(column: Column, text: str) -> str:
    """Say how several ids or addresses are written, if a text may hold several; otherwise nothing."""
    items = [item.strip() for item in re.split("[,;|\n]", text) if item and not item.isspace()]
    if len(items) < 2:
        return ""
    if column.many:
        return f"| between the items of a list, as in {describe('|'.join(items))}"
    return "one id; several who act together are one group" if isinstance(column.rule, Reference) else ""


def _position(issue: Issue) -> tuple[int, ...]:
    """Return the position of an issue among the cells of all tables, to sort by."""
    file, row, *cell = issue.path
    (number,) = [number for number, table in enumerate(tables()) if table.file == file]
    header = [*tables()[number].header, *(name for name, _ in PARTS.values())]
    places = [header.index(column) if column in header else len(header) for column in cell[:1]]
    return (number, int(row), *places, *map(int, cell[1:]))
