"""Make articles from the rows of three tables, and find the cell that each issue comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geoclaims._article import Article
from geoclaims._errors import AnchorError, Issue, ValidationError
from geoclaims._json.documents import from_dict
from geoclaims._json.format import CURRENT
from geoclaims._messages import found
from geoclaims.interop.columns import Table, actors_table, articles_table, statements_table
from geoclaims.interop.drafts import PARTS, TEXTS, article_of
from geoclaims.interop.rows import CellIssue, Row


def tables(*, passages: bool = False) -> tuple[Table, Table, Table]:
    """Return the tables of articles, actors and statements, which quote their passages or have spans."""
    return articles_table(), actors_table(), statements_table(passages=passages)


def articles_of(
    rows: Mapping[Table, Sequence[Row]], texts: Mapping[str, str] | None, *, tolerant: bool
) -> Iterator[Article | ValidationError | AnchorError]:
    """Yield the article of some rows of each table, or the error that says what is wrong in them.

    An error about nothing but passages comes before the article.
    """
    issues: list[CellIssue] = []
    documents = {table.name: [_document(table, row, issues) for row in some] for table, some in rows.items()}
    (document,) = documents.pop("articles")
    document = {"schema_version": CURRENT, **document, **documents}
    lost: list[AnchorError] = []
    try:
        if texts is None:
            article = from_dict(document)
        else:
            article = article_of(document, texts, lost=lost if tolerant and not issues else None)
    except ValidationError as error:
        if error.issues[0].path[0] == TEXTS:  # which is not an error in the tables
            yield error
            return
        issues += [_in_cell(issue, rows) for issue in error.issues]
        yield ValidationError(sorted(issues, key=_position), omitted=error.omitted)
        return
    for each in lost:
        yield AnchorError([_in_cell(issue, rows) for issue in each.issues], omitted=each.omitted)
    yield ValidationError(sorted(issues, key=_position)) if issues else article


def _document(table: Table, row: Row, issues: list[CellIssue]) -> dict[str, Any]:
    """Return the JSON-ready object of a row."""
    document, mistakes = table.document(row.cells)
    for column, code, message in mistakes:
        issues.append(CellIssue(code, (table.file, row.number, column), message))
    if row.stray is not None:
        message = "found a cell beyond the last column, expected no more cells than columns"
        issues.append(CellIssue("unknown_key", (table.file, row.number, row.stray), message))
    return document


def _in_cell(issue: Issue, rows: Mapping[Table, Sequence[Row]]) -> CellIssue:
    """Convert an issue with a JSON-ready article to one with the cell that the wrong value comes from."""
    of_articles, *members = rows
    table = {table.name: table for table in members}.get(str(issue.path[0]), of_articles)
    index, *path = (0, *issue.path) if table is of_articles else issue.path[1:]
    row = rows[table][int(index)]
    message = issue.message
    if issue.code == "missing" and isinstance(path[-1], str):
        owner, _, expected = message.rpartition(f"found no key {found(path[-1])}, ")
        message = f"{owner}found an empty cell, {expected}"
    elif issue.code == "unknown_key":
        message = f"found {found(row.cells[str(path[0])])}, expected nothing in a row of this type"
    return CellIssue(issue.code, (table.file, row.number, *table.place(tuple(path))), message)


def _position(issue: Issue) -> tuple[int, ...]:
    """Return the position of an issue among the cells of all tables, to sort by."""
    file, row, column, *item = issue.path
    (number,) = [number for number, table in enumerate(tables()) if table.file == file]
    header = [*tables()[number].header, *(name for name, _ in PARTS.values())]
    return (number, int(row), header.index(column) if column in header else len(header), *map(int, item))
