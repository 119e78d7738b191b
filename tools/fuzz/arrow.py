"""Make tables of Arrow out of the bytes of a JSON text: its rows, in columns of several types."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pyarrow

from geoclaims.interop import to_arrow

TYPES = (
    *(pyarrow.large_string(), pyarrow.string_view(), pyarrow.dictionary(pyarrow.int8(), pyarrow.string())),
    *(pyarrow.binary(), pyarrow.int32(), pyarrow.float64(), pyarrow.bool_(), pyarrow.null(), pyarrow.date32()),
    *(pyarrow.timestamp("ns"), pyarrow.time64("us"), pyarrow.decimal128(38, 2), pyarrow.duration("s")),
)


def tables_of(data: bytes) -> Iterator[pyarrow.Table]:
    """Make the tables that hold the rows of a JSON array: with types that follow from the values, ours, and others."""
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError):
        return
    rows = rows if isinstance(rows, list) else [rows]
    if not all(isinstance(row, dict) for row in rows):
        return
    chance = random.Random(data)
    for schema in (None, to_arrow([]).schema):
        try:
            table = pyarrow.Table.from_pylist(rows, schema=schema)
        except (pyarrow.ArrowException, OverflowError, TypeError, ValueError):  # no table can hold this
            continue
        yield table
        yield from _of_other_types(table, chance)


def _of_other_types(table: pyarrow.Table, chance: random.Random) -> Iterator[pyarrow.Table]:
    """Make the same table in pieces and with one column of another type, where that can hold its values."""
    if not table.num_columns:
        return
    number = chance.randrange(table.num_columns)
    try:
        column = table.column(number).cast(chance.choice(TYPES), safe=False)
    except pyarrow.ArrowException:
        return
    changed = table.set_column(number, table.column_names[number], column)
    start = chance.randint(0, table.num_rows)
    yield pyarrow.concat_tables([changed.slice(start), changed.slice(0, start)])


def without_nulls(value: Any) -> Any:
    """Leave out the keys of a row whose values are null."""
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    return list(map(without_nulls, value)) if isinstance(value, list) else value
