"""Write lists and numbers in the cells of a table, and guard text that could be taken for a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from geoclaims._rules.rules import Flag, Rule, Whole

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
_PARTING: Final = re.compile(r"(\\[\\|;,]|\|)")
_ENOUGH_DIGITS: Final = 100


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


def joined(items: Sequence[str]) -> str:
    r"""Write a list as one cell: its items separated by `|`, with `\|` for that character and `\\` for a backslash.

    >>> print(joined(["a", "b|c", "d\\e"]))
    a|b\|c|d\\e
    """
    plain = "|".join(items)
    if "\\" not in plain and plain.count("|") == max(0, len(items) - 1):
        return plain
    return "|".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)


def parted(cell: str) -> tuple[list[str], bool]:
    r"""Return the items of a cell that holds a list, and whether each backslash in it is allowed.

    A backslash may also be before `;` and `,`, as in an address that would otherwise be taken for two.

    >>> parted(r"a|b\|c|d\\e"), parted(r"C:\temp")
    ((['a', 'b|c', 'd\\e'], True), (['C:\\temp'], False))
    """
    if "\\" not in cell:
        return cell.split("|"), True
    items: list[list[str]] = [[]]
    clean = True
    for piece in _PARTING.split(cell):
        if piece == "|":
            items.append([])
        elif len(piece) == 2 and _PARTING.fullmatch(piece):
            items[-1].append(piece[1])
        else:
            items[-1].append(piece)
            clean = clean and "\\" not in piece
    return ["".join(item) for item in items], clean


def cell_text(value: Any) -> str:
    """Write a JSON-ready value as text.

    >>> cell_text(True), cell_text(155), cell_text("state"), cell_text(None)
    ('true', '155', 'state', '')
    """
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def value_of(rule: Rule, text: str) -> Any:
    """Read a JSON-ready value from text under a rule; other text is returned as it is, for the check.

    >>> value_of(Whole(), "155"), value_of(Flag(), "TRUE"), value_of(Flag(), "yes")
    (155, True, 'yes')
    """
    match rule:
        case Flag():
            return {"true": True, "false": False}.get(text.lower(), text)
        case Whole() if re.fullmatch("-?[0-9]+", text):
            # Python refuses thousands of digits; the first hundred are enough to show that the number is out of range
            return int(text[:_ENOUGH_DIGITS])
        case _:
            return text
