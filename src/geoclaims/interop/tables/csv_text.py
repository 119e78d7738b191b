"""Read and write the text of CSV files, with cells of any length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec, module_from_spec
from typing import Any, Final

from geoclaims.interop.tables.cells import guarded

_BYTE_ORDER_MARK: Final = "\ufeff"  # by which Excel recognises UTF-8
_LONGEST_CELL: Final = (1 << 31) - 1  # the largest limit on every platform


class NotCsvError(ValueError):
    """A row that is cut or wrongly quoted."""


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


def rows_of(lines: Iterable[str], separator: str) -> Iterator[list[str]]:
    r"""Yield the cells of each row, and take no more lines than it needs; a blank row has no cells.

    Args:
        lines: The lines, each with its end.
        separator: The character between cells.

    Raises:
        NotCsvError: A row ends within quotes, or there is text beside quotes.

    >>> list(rows_of(['a,"b\n', '""c"",d"\r\n', '\n', '"x",""\n'], ","))
    [['a', 'b\n"c",d'], [], ['x', '']]
    """
    csv = _own_csv()
    try:
        yield from csv.reader(lines, delimiter=separator, strict=True)
    except csv.Error as error:
        # what follows is advice to programmers, which differs between versions of Python
        raise NotCsvError(str(error).partition(" - ")[0]) from None


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
