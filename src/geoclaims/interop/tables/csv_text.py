"""Read and write CSV as spreadsheet programs do: cells of any length, none of which they take for a formula."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec, module_from_spec
from itertools import chain
from typing import Any, Final

_BYTE_ORDER_MARK: Final = "\ufeff"  # by which Excel recognises UTF-8
_LONGEST_CELL: Final = (1 << 31) - 1  # the largest limit on every platform

# Characters that a spreadsheet program takes for the beginning of a formula, in both widths.
_SIGN: Final = "[=+\\-@＝＋－＠]"
# White space may come before them: it is ignored, and some programs drop tabs and line ends.
_AT_START: Final = re.compile(rf"'*(?:[^\S\t\r\n]*{_SIGN}|[\t\r\n])")
# A program that splits at semicolons or tabs treats the quotation marks of a cell as part of it, so another cell or row
# may begin in the middle of it.
_SPLITS: Final = ";\t\r\n"
_SPLIT: Final = re.compile(f"[{_SPLITS}]")
_INSIDE: Final = re.compile(rf"""([{_SPLITS}])(?=(?:['"]|[^\S{_SPLITS}])*+{_SIGN})""")
_INSIDE_GUARDED: Final = re.compile(rf"""([{_SPLITS}])'(?=(?:['"]|[^\S{_SPLITS}])*+{_SIGN})""")


class NotCsvError(ValueError):
    """What was found in place of a row of CSV in UTF-8, and what was expected."""


@cache
def _own_csv() -> Any:
    """Load an instance of the C module behind `csv` that no other code uses.

    The module refuses cells of more than 131,072 characters, and the text of an article may be longer. The limit
    belongs to the instance, so that of `csv` itself, which all code of the process shares, stays as it is.
    """
    spec: Any = find_spec("_csv")
    module: Any = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.field_size_limit(_LONGEST_CELL)
    return module


def rows_of(lines: Iterable[bytes]) -> Iterator[list[str]]:
    r"""Yield the cells of each row, as they were before they were guarded; a blank row has no cells.

    Args:
        lines: The lines of a file, each with its end. The first holds the names of the columns: the comma, semicolon or
            tab that it has most of is between cells everywhere.

    Raises:
        NotCsvError: A row is not UTF-8, ends within quotes, or has text beside quotes.

    >>> list(rows_of([b'a;"b\n', b'""c"";d"\r\n', b'\n', b'"\'=1";""\n']))
    [['a', 'b\n"c";d'], [], ['=1', '']]
    """
    csv = _own_csv()
    rest = iter(lines)
    first = next(rest, b"").removeprefix(BOM_UTF8)
    # the separator depends on the language of the spreadsheet program, and no column name contains any of these
    separator = max(",;\t", key=lambda character: first.count(character.encode()))
    text = (line.decode() for line in chain([first], rest))
    try:
        for cells in csv.reader(text, delimiter=separator, strict=True):
            yield [unguarded(cell) if "'" in cell else cell for cell in cells]
    except UnicodeDecodeError as error:
        found = error.object[error.start : error.start + 1]
        raise NotCsvError(f"found {found!r}, expected UTF-8: save it as CSV UTF-8") from None
    except csv.Error as error:
        # what follows is advice to programmers, which differs between versions of Python
        reason = str(error).partition(" - ")[0]
        raise NotCsvError(f"found a row that is cut or wrongly quoted ({reason}), expected CSV") from None


def csv_lines(rows: Iterable[Iterable[str]], end: str = "\r\n") -> Iterator[str]:
    r"""Write a table as CSV: a byte order mark, then a line for each row.

    >>> list(csv_lines([["id", "name"]], end="\n"))
    ['\ufeff', '"id","name"\n']
    """
    yield _BYTE_ORDER_MARK
    for cells in rows:
        yield csv_line(cells, end)


def csv_line(cells: Iterable[str], end: str = "\r\n") -> str:
    """Write a row as a line of CSV, with every cell quoted, and guarded so that it cannot become a formula.

    >>> print(csv_line(["a", "the 'navy'", "=1"], end=""))
    "a","the 'navy'","'=1"
    """
    between = '","'.join([guarded(cell).replace('"', '""') for cell in cells])
    return f'"{between}"{end}'


def guarded(cell: str) -> str:
    """Guard a cell so that no spreadsheet program finds a formula in it, wherever it splits.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("1+1"), guarded("'tis"), guarded("x;=1+1;y")
    ("'=1+1", "''=1+1", '1+1', "'tis", "x;'=1+1;y")
    """
    if not cell:
        return cell
    if _SPLIT.search(cell):  # a fast test, which few cells pass
        cell = _INSIDE.sub(r"\1'", cell)
    return f"'{cell}" if not cell[:1].isalnum() and _AT_START.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell as it was before it was guarded.

    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("1+1"), unguarded("'tis"), unguarded("x;'=1+1;y")
    ('=1+1', "'=1+1", '1+1', "'tis", 'x;=1+1;y')
    """
    if cell.startswith("'") and _AT_START.match(cell):
        cell = cell[1:]
    return _INSIDE_GUARDED.sub(r"\1", cell)
