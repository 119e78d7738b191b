"""Make HTML for notebooks: escaped, and readable in light and dark, since all colours are those of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final

from geoclaims._display import visible

# The styles of notebooks differ; grey lines can be seen on white and on black.
_CELL: Final = (
    "text-align: left; vertical-align: top; overflow-wrap: anywhere; padding: 0.3em 0.6em; "
    "border-top: 1px solid rgba(128, 128, 128, 0.5); white-space: "
)
_HEAD: Final = f'style="{_CELL}nowrap"'
_BODY: Final = f'style="{_CELL}normal"'
_TABLE: Final = 'style="border-collapse: collapse"'

# XML has no place for these, and browsers show nothing for them.
_NO_CHARACTERS: Final = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


def page(html: str) -> str:
    """Wrap what a notebook shows, so that dollar signs and backslashes in it stay what they are.

    Notebooks typeset formulas in whatever they show. MathJax 3, as in JupyterLab, passes over the one class, and
    MathJax 2, as in pages that nbconvert makes, over the other.

    >>> page("Costs $5 and $6")
    '<div class="tex2jax_ignore mathjax_ignore">Costs $5 and $6</div>'
    """
    return f'<div class="tex2jax_ignore mathjax_ignore">{html}</div>'


def plain(value: object) -> str:
    r"""Turn a value into text that can stand in a page or a picture, with escapes for what disturbs or hides.

    >>> plain("a\u202eb\ufffe")
    'a\\u202eb\ufffd'
    """
    return visible(str(value)).translate(_NO_CHARACTERS)


def text(value: object) -> str:
    """Turn plain text into HTML, and keep its writing direction from what stands beside it.

    >>> text("<b>")
    '<bdi>&lt;b&gt;</bdi>'
    """
    return f"<bdi>{escape(plain(value))}</bdi>"


def table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Make a table of cells that are HTML already."""
    top = "".join(f'<th scope="col" {_HEAD}>{title}</th>' for title in head)
    body = "".join(f"<tr>{''.join(f'<td {_BODY}>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table {_TABLE}><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def table_of_fields(title: str, fields: Iterable[tuple[str, Any]]) -> str:
    """Make a table of the names and values of an object's fields."""
    rows = (f'<tr><th scope="row" {_HEAD}>{name}</th><td {_BODY}>{_value(value)}</td></tr>' for name, value in fields)
    return page(f"<table {_TABLE}><caption {_BODY}><b>{title}</b></caption><tbody>{''.join(rows)}</tbody></table>")


def _value(value: object) -> str:
    return "<br>".join(map(text, value)) if isinstance(value, tuple) else text(value)
