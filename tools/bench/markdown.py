"""Write tables in Markdown, with aligned columns, so that they are readable as plain text."""

from __future__ import annotations

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table; columns of numbers, except the first, are aligned to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    numeric = [column > 0 and all(_is_number(row[column]) for row in rows) for column in range(len(head))]
    rule = [
        "-" * (width + 1) + ":" if right else "-" * (width + 2) for width, right in zip(widths, numeric, strict=True)
    ]
    return "\n".join(
        [_line(head, widths, numeric), f"|{'|'.join(rule)}|", *(_line(row, widths, numeric) for row in rows)]
    )


def number(value: float) -> str:
    """Write a number with three significant digits."""
    if value >= 100:
        return f"{value:,.0f}".replace(",", " ")
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _is_number(cell: str) -> bool:
    return not cell.strip("0123456789.,–× ")


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, numeric, strict=True)
    ]
    return f"| {' | '.join(padded)} |"
