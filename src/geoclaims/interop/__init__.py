"""Other people's formats: tables and Arrow."""

from geoclaims.interop.arrow import from_arrow, to_arrow, to_arrow_batches
from geoclaims.interop.records import to_records
from geoclaims.interop.tables import read_csv, write_csv

__all__ = [
    "from_arrow",
    "read_csv",
    "to_arrow",
    "to_arrow_batches",
    "to_records",
    "write_csv",
]
