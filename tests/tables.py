"""Read and write tables as other programs do."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

Table = list[list[str]]


def load(path: Path) -> Table:
    """The cells of a file, as any program reads them."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))


def save(path: Path, table: Table, delimiter: str = ",") -> None:
    """Write cells as other programs do: without a byte order mark, quoted only where it must be."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(table)


def edit(folder: Path, name: str, *changes: Callable[[Table], object]) -> None:
    table = load(folder / name)
    for change in changes:
        change(table)
    save(folder / name, table)


def put(row: int, column: str, value: str) -> Callable[[Table], None]:
    """What writes a value into a cell; rows count as in a spreadsheet program."""

    def change(table: Table) -> None:
        table[row - 1][table[0].index(column)] = value

    return change
