"""Other people's formats: tables and Arrow, schema.org, CAMEO events, STIX 2.1, pages, pictures, and fact checks.

What is not an article raises a `ValidationError` (`type`). One article where several are expected, and anything else
that cannot be iterated over, raises a `TypeError`.
"""

from geoclaims.interop.arrow.articles import from_arrow, to_arrow, to_arrow_batches
from geoclaims.interop.cameo import to_events
from geoclaims.interop.fact_checks.claim_review import from_claim_review, read_claim_reviews
from geoclaims.interop.graphs import to_dot, to_mermaid
from geoclaims.interop.pages import to_html
from geoclaims.interop.schema_org import to_jsonld, to_jsonld_text
from geoclaims.interop.stix import to_stix
from geoclaims.interop.svg.drawing import to_svg
from geoclaims.interop.tables.csv_files import read_csv, write_csv
from geoclaims.interop.tables.records import to_records

__all__ = [
    "from_arrow",
    "from_claim_review",
    "read_claim_reviews",
    "read_csv",
    "to_arrow",
    "to_arrow_batches",
    "to_dot",
    "to_events",
    "to_html",
    "to_jsonld",
    "to_jsonld_text",
    "to_mermaid",
    "to_records",
    "to_stix",
    "to_svg",
    "write_csv",
]


def __dir__() -> list[str]:
    """List the public names; the modules behind them are loaded here too, and are not for users."""
    return __all__
