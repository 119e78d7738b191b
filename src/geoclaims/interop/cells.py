"""How a cell of a table holds lists and numbers, and how text in it is kept from being taken for a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from geoclaims._rules import Flag, Rule, Whole

# What a spreadsheet program takes for the beginning of a formula, in both widths.
_SIGN: Final = "[=+\\-@＝＋－＠]"
# A cell may begin so: white space before it does not count, and some programs drop tabs and line ends.
_AT_START: Final = re.compile(rf"'*(?:[^\S\t\r\n]*{_SIGN}|[\t\r\n])")
# A program that splits at semicolons or tabs takes the quotation marks of a cell for a part of it, so that another cell
# or row may begin in the middle of it.
_SPLITS: Final = ";\t\r\n"
_SPLIT: Final = re.compile(f"[{_SPLITS}]")
_INSIDE: Final = re.compile(rf"""([{_SPLITS}])(?=(?:['"]|[^\S{_SPLITS}])*{_SIGN})""")
_INSIDE_GUARDED: Final = re.compile(rf"""([{_SPLITS}])'(?=(?:['"]|[^\S{_SPLITS}])*{_SIGN})""")
_ENOUGH_DIGITS: Final = 100


def guarded(cell: str) -> str:
    """A cell in which no spreadsheet program finds a formula, wherever it splits.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("1+1"), guarded("'tis"), guarded("x;=1+1;y")
    ("'=1+1", "''=1+1", '1+1', "'tis", "x;'=1+1;y")
    """
    if not cell:
        return cell
    if _SPLIT.search(cell):  # which is quicker, and few cells hold any
        cell = _INSIDE.sub(r"\1'", cell)
    return f"'{cell}" if not cell[:1].isalnum() and _AT_START.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that was guarded.

    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("1+1"), unguarded("'tis"), unguarded("x;'=1+1;y")
    ('=1+1', "'=1+1", '1+1', "'tis", 'x;=1+1;y')
    """
    if cell.startswith("'") and _AT_START.match(cell):
        cell = cell[1:]
    return _INSIDE_GUARDED.sub(r"\1", cell)


def joined(items: Sequence[str]) -> str:
    r"""A list as one cell: its items with `|` between them, where `\|` is that character and `\\` a backslash.

    >>> print(joined(["a", "b|c", "d\\e"]))
    a|b\|c|d\\e
    """
    plain = "|".join(items)
    if "\\" not in plain and plain.count("|") == max(0, len(items) - 1):
        return plain
    return "|".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)


def parted(cell: str) -> tuple[list[str], bool]:
    r"""The items of a cell that holds a list, and whether each backslash in it stands where one may.

    >>> parted(r"a|b\|c|d\\e"), parted(r"C:\temp")
    ((['a', 'b|c', 'd\\e'], True), (['C:\\temp'], False))
    """
    if "\\" not in cell:
        return cell.split("|"), True
    items: list[list[str]] = [[]]
    clean = True
    for piece in re.split(r"(\\[\\|]|\|)", cell):
        if piece == "|":
            items.append([])
        elif piece in ("\\\\", "\\|"):
            items[-1].append(piece[1])
        else:
            items[-1].append(piece)
            clean = clean and "\\" not in piece
    return ["".join(item) for item in items], clean


def text_of(value: Any) -> str:
    """The text that stands for a JSON-ready value.

    >>> text_of(True), text_of(155), text_of("state"), text_of(None)
    ('true', '155', 'state', '')
    """
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def value_of(rule: Rule, text: str) -> Any:
    """The JSON-ready value that a text stands for under a rule; text that stands for none is left for the check.

    >>> value_of(Whole(), "155"), value_of(Flag(), "TRUE"), value_of(Flag(), "yes")
    (155, True, 'yes')
    """
    match rule:
        case Flag():
            return {"true": True, "false": False}.get(text.lower(), text)
        case Whole() if re.fullmatch("-?[0-9]+", text):
            # Python refuses thousands of digits; the first hundred tell as well that the number is out of range
            return int(text[:_ENOUGH_DIGITS])
        case _:
            return text
