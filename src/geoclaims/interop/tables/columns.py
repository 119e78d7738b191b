"""Define the columns of the tables of articles, actors, statements and links, and how cells hold values.

The columns follow from the declarations of fields. A list is one cell. Each part of quantities and spans has a column
of its own, and their cells are lists of the same length. An empty cell is a field at its default.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._errors import Path
from geoclaims._links import Link
from geoclaims._rules.fields import Definition, definitions
from geoclaims._rules.rules import NAME, URL, Flag, Many, Nested, Rule, Whole
from geoclaims._statements import STATEMENT_TYPES

# People write several addresses with a semicolon or comma between them. Within one address it has a backslash before.
_ONE_ADDRESS: Final = re.compile("[;,](?=https?://)", re.IGNORECASE)
_SEVERAL_ADDRESSES: Final = re.compile(rf"(?<!\\){_ONE_ADDRESS.pattern}", re.IGNORECASE)
_PARTING: Final = re.compile(r"(\\[\\|;,]|\|)")
_ENOUGH_DIGITS: Final = 100


@attrs.frozen(eq=False)
class Column:
    """A column of a table: its name, and what its cells hold."""

    name: str
    field: str
    part: str | None
    """The field of the quantities or spans in the field, if the column is for one."""
    rule: Rule
    """The rule for one value."""
    many: bool
    """Whether a cell holds a list."""
    default: str
    """The cell for a field at its default."""
    required: bool
    """Whether every row must have a value."""

    def cell(self, document: Mapping[str, Any]) -> str:
        """Return the text for the field of a JSON-ready object, or for the part of it."""
        value = document.get(self.field)
        if self.part is not None:
            texts = [cell_text(one[self.part]) if self.part in one else self.default for one in value or ()]
            return joined(texts) if any(texts) else ""
        if value is None:
            return self.default
        if not self.many:
            return cell_text(value)
        return _ONE_ADDRESS.sub(r"\\\g<0>", joined(value)) if self.rule is URL else joined(value)


Mistake = tuple[str, str, str]
"""A fault of a cell that is found before its value is checked: the name of the column, a code and a message."""


@attrs.frozen(eq=False)
class Table:
    """A table: of articles, of the actors or statements in them, or of links."""

    name: str
    columns: Sequence[Column]
    keys: Sequence[str] = ()
    """The first columns, which are not fields but identify the article of the row."""

    file: str = attrs.field(default=attrs.Factory(lambda self: f"{self.name}.csv", takes_self=True))
    """The name of the file that holds the table."""

    by_name: Mapping[str, Column] = attrs.field(
        init=False,
        default=attrs.Factory(lambda self: {column.name: column for column in self.columns}, takes_self=True),
    )

    @property
    def header(self) -> list[str]:
        """The names of all columns."""
        return [*self.keys, *(column.name for column in self.columns)]

    @property
    def required(self) -> list[str]:
        """The names of the columns in which every row must have a value."""
        return [*self.keys, *(column.name for column in self.columns if column.required)]

    def cells(self, document: Mapping[str, Any], model: type[Any]) -> list[str]:
        """Return the cells for the fields of a JSON-ready object; cells for fields that its model lacks are empty."""
        fields = definitions(model)
        return [c.cell(document) if c.field in fields or c.field in document else "" for c in self.columns]

    def document(self, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Mistake]]:
        """Return the JSON-ready object of a row, and the faults of its cells.

        Args:
            cells: The cells that are not empty, by the names of their columns.
        """
        document: dict[str, Any] = {}
        mistakes: list[Mistake] = []
        parts: dict[str, dict[Column, list[str]]] = {}
        for name, cell in cells.items():
            if (column := self.by_name.get(name)) is None:
                continue
            if not column.many:
                document[column.field] = value_of(column.rule, cell)
                continue
            # White space, which no address may have, makes two of them without `|` an error.
            items, clean = parted(_SEVERAL_ADDRESSES.sub(r"\g<0> ", cell) if column.rule is URL else cell)
            if not clean:
                message = "found a backslash before something else, expected | or another backslash after each"
                mistakes.append((column.name, "text", message))
            if column.part is None:
                document[column.field] = items
            else:
                parts.setdefault(column.field, {})[column] = items
        for field, lists in parts.items():
            longest = max(lists, key=lambda column: len(lists[column]))
            length = len(lists[longest])
            for column, items in lists.items():
                if len(items) < length:
                    message = f"found a list of {len(items)}, expected {length}, as many as in {longest.name}"
                    mistakes.append((column.name, "missing", message))
            if all(len(items) == length for items in lists.values()):
                document[field] = [_object(lists, index) for index in range(length)]
        return document, mistakes

    def place(self, path: Path) -> Path:
        """Return the column, and the item in its cell, for a path into an object of the table; the row has neither."""
        if not path:
            return ()
        field, *rest = path
        parts = {column.part: column.name for column in self.columns if column.field == field and column.part}
        if not parts:
            return path
        index, *part = rest
        return parts[str(part[0])] if part else next(iter(parts.values())), index


def _object(lists: Mapping[Column, Sequence[str]], index: int) -> dict[str, Any]:
    """Return the JSON-ready quantity or span from the parts at one place of several lists."""
    return {c.part or "": value_of(c.rule, items[index]) for c, items in lists.items() if items[index]}


@cache
def tables() -> tuple[Table, Table, Table]:
    """Return the tables of articles, and of actors and of statements of all types, each with the id of its article."""
    kind = Column("type", "type", None, NAME, many=False, default="", required=True)
    return (
        Table("articles", tuple(_columns([Article]))),
        Table("actors", tuple(_columns([Actor])), ("article",)),
        Table("statements", (kind, *_columns(STATEMENT_TYPES)), ("article",)),
    )


@cache
def table_of_links() -> Table:
    """Return the table of links, which belong to no article."""
    return Table("links", tuple(_columns([Link])))


def fields_of(models: Sequence[type[Any]]) -> list[tuple[Definition, bool]]:
    """Return the fields that an object of any of some models may have, in order, and whether all models have them."""
    fields: dict[str, Definition] = {}
    for model in models:
        fields |= definitions(model)
    return [(field, all(field.name in definitions(model) for model in models)) for field in fields.values()]


def _columns(models: Sequence[type[Any]]) -> Iterator[Column]:
    """Return the columns for the fields of some models; those that only some models have may be empty."""
    for definition, shared in fields_of(models):
        match definition.rule:
            case Many(Nested((model, *_))):
                if "id" not in definitions(model):  # objects with an id have a table of their own
                    yield from (_column(part, definition.name) for part in definitions(model).values())
            case _:
                yield _column(definition, None, required=definition.required and shared)


def _column(definition: Definition, field: str | None, *, required: bool = False) -> Column:
    return Column(
        name=definition.name if field is None else f"{field}_{definition.name}",
        field=definition.name if field is None else field,
        part=None if field is None else definition.name,
        rule=definition.item,
        many=field is not None or isinstance(definition.rule, Many),
        default="" if definition.required or definition.default == () else cell_text(definition.default),
        required=required,
    )


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
