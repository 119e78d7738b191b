"""Write the codebook of tables, `docs/reference/columns.md`, from declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from geoclaims import Actor, Allegation, Article, Denial, Quantity, Span, load_article
from geoclaims._json.format import tag_of
from geoclaims._json.schema import HEADS
from geoclaims._rules.fields import definitions, meanings_of_fields
from geoclaims._rules.rules import REFERENCE, URL, Choice, Date, Flag, Reference, Whole
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.corpus import Link
from geoclaims.interop import to_records
from geoclaims.interop.tables.columns import Column, Table, table_of_links, tables

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "columns.md"
HEAD = """\
# Columns of tables

<!-- Written by tools/write_columns.py. -->
What each column of [`write_csv` and `to_records`](../study/tables.md) holds. An empty cell is a field without a value.
A list has `|` between its items; a date is `2031`, `2031-05` or `2031-05-08`; an id is that of an actor or statement
of the same article; a reference is the id of an article, a slash and an id in it. The cells of columns that begin alike
(`quantities_`, `spans_`) are lists of the same length.
"""
RECORDS = """\

## `to_records`, and `export --to records`

One row for each statement, with the columns of `statements.csv` and these, cut at 200 characters:

| columns | what they hold |
|---|---|
"""
BESIDE = {
    "names?": "the name of each actor, or the content of each statement, in the column of ids that is called so",
    "same_as": "the first address of each actor in that column, if it has one",
    "contents": "the content of each statement in that column",
    "denied": "the ids of the speakers of the statements that are denied",
    "article_.*": "the fields of the article",
}
"""What columns of records hold, by the ends of their names."""

MODELS = {"articles": (Article,), "actors": (Actor,), "statements": (Allegation, Denial), "links": (Link,)}
PARTS = {"quantities": Quantity, "spans": Span}


def made() -> Iterator[tuple[Path, str]]:
    """Yield the page with what it should hold."""
    yield PAGE, "".join(lines())


def lines() -> Iterator[str]:
    """Yield the lines of the page."""
    yield HEAD
    for table in (*tables(), table_of_links()):
        yield f"\n## `{table.file}`\n\n| column | holds | meaning |\n|---|---|---|\n"
        yield from (f"| `{key}` | id | the {key} of the row |\n" for key in table.keys)
        yield from (f"| `{column.name}` | {form(column)} | {meaning(table, column)} |\n" for column in table.columns)
    yield RECORDS
    of_statements = tables()[2].header
    names = [name for name in next(to_records(load_article())) if name not in of_statements]
    for end, holds in BESIDE.items():
        columns = ", ".join(f"`{name}`" for name in names if re.fullmatch(f"(?!article_)(.*_)?{end}|{end}", name))
        yield f"| {columns} | {holds} |\n"


def form(column: Column) -> str:
    """Describe the cells of a column."""
    match column.rule:
        case _ if column.name == "type":
            kind = ", ".join(f"`{tag_of(model)}`" for model in STATEMENT_TYPES)
        case Flag():
            kind = "`true`, `false`"
        case Whole():
            kind = "number"
        case Reference(to):
            kind = f"id of {to}"
        case Choice(members):
            kind = ", ".join(f"`{member}`" for member in members)
        case Date():
            kind = "date"
        case rule:
            kind = "address" if rule is URL else "reference" if rule is REFERENCE else "text"
    return f"list: {kind}" if column.many else kind


def meaning(table: Table, column: Column) -> str:
    """Return what the docstring of its class says of the field of a column."""
    models = (PARTS[column.field],) if column.part else MODELS[table.name]
    name = column.part or column.name
    found = [str(meanings_of_fields(model)[name]) for model in models if name in definitions(model)]
    return [*found, HEADS.get(name, "")][0].replace("|", "\\|")
