"""Other people's formats: tables and Arrow, schema.org, pages and pictures.

What writes takes one article or an iterable of them; `to_svg` draws one. What are no articles raise a `TypeError`. A
format is loaded when it is first asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoclaims.interop.arrow import to_arrow, to_arrow_batches
    from geoclaims.interop.html import to_html
    from geoclaims.interop.schema_org import to_jsonld, to_jsonld_text
    from geoclaims.interop.svg import to_svg
    from geoclaims.interop.tables.csv_files import read_csv, write_csv
    from geoclaims.interop.tables.records import to_records

__all__ = [
    "read_csv",
    "to_arrow",
    "to_arrow_batches",
    "to_html",
    "to_jsonld",
    "to_jsonld_text",
    "to_records",
    "to_svg",
    "write_csv",
]

_MODULES = {
    "read_csv": "tables.csv_files",
    "to_arrow": "arrow",
    "to_arrow_batches": "arrow",
    "to_html": "html",
    "to_jsonld": "schema_org",
    "to_jsonld_text": "schema_org",
    "to_records": "tables.records",
    "to_svg": "svg",
    "write_csv": "tables.csv_files",
}
"""The module that defines each name."""


if not TYPE_CHECKING:  # pragma: no branch - so that to type checkers there are no other names

    def __getattr__(name: str) -> Any:
        """Load a public name with the module that defines it."""
        from importlib import import_module

        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        return value


def __dir__() -> list[str]:
    """List the public names; the modules behind them are not for users."""
    return __all__
