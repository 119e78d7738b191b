"""Convert statements to flat rows, for data frames."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from geoclaims._article import Article
from geoclaims._json.documents import to_dict
from geoclaims._json.lines import only_articles
from geoclaims._rules import Reference, Text, definitions, once_for_each_model
from geoclaims._statements import Denial
from geoclaims._wording import repeated
from geoclaims.interop.ids import repeated_url
from geoclaims.interop.tables.cells import joined
from geoclaims.interop.tables.columns import Column, articles_table, statements_table

Record = dict[str, str | None]
"""A row: text or None by the name of the column."""


def to_records(articles: Iterable[Article]) -> Iterator[Record]:
    """Turn each statement into one flat row, ready for a data frame.

    Every row has the same keys, which the documentation lists: the fields of
    the article but its text, and the columns of a table of statements. Names
    stand beside the ids of actors, contents beside the ids of statements, and
    speakers beside the statements that a denial denies. These names and
    contents and the fields of the article are cut to 200 characters, and a
    longer address of the article is left out. A value is text, or None where
    there is nothing; a list is one text as in `write_csv`. Values may look like
    formulas: for a spreadsheet use `write_csv`.

    Args:
        articles: The articles, from a list or anything else that yields them;
            rows come in their order.

    Raises:
        ValidationError: Something among them is not an article (`type`).
        TypeError: `articles` cannot be iterated over, as one article by itself
            cannot.

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import to_records
    >>> records = {row["id"]: row for row in to_records([load_article()])}
    >>> record = records["arsenal-enlarged"]
    >>> record["speaker_name"], record["accused"], record["accused_names"]
    ('United States', 'china', 'China')
    """
    return _records(only_articles(articles))


def _records(articles: Iterable[Article]) -> Iterator[Record]:
    for article in articles:
        document = to_dict(article)
        source: Record = {"article": article.id}
        for column in _columns_of_article():
            cell = column.cell(document)
            # what is not text, such as an address, would be another if it were cut
            kept = repeated(cell) if isinstance(column.rule, Text) else repeated_url(cell)
            source[f"article_{column.name}"] = kept or None
        words = {actor.id: repeated(actor.name) for actor in article.actors}
        words |= {statement.id: repeated(statement.content) for statement in article.statements}
        speakers = {statement.id: statement.speaker for statement in article.statements}
        for statement, written in zip(article.statements, document.get("statements", ()), strict=True):
            record = source | _blank(type(statement))
            for field, value in written.items():  # fields at their default are left out
                for column, beside in _columns()[field]:
                    record[column.name] = column.cell(written) or None
                    if beside:
                        record[beside] = joined([words[id] for id in value]) if column.many else words[value]
            if isinstance(statement, Denial):
                denied = [speakers[id] for id in statement.denies]
                record |= {"denied": joined(denied), "denied_names": joined([words[id] for id in denied])}
            yield record


def _columns_of_article() -> list[Column]:
    """Return the columns of an article that every row repeats."""
    return [column for column in articles_table().columns if column.name not in ("id", "text")]


@cache
def _columns() -> Mapping[str, Sequence[tuple[Column, str]]]:
    """Return the columns of a statement by field, each with the column of names beside it, if there is one."""
    columns: dict[str, list[tuple[Column, str]]] = {}
    for column in statements_table().columns:
        columns.setdefault(column.field, []).append((column, _beside(column)))
    return columns


@once_for_each_model
def _blank(model: type[Any]) -> Record:
    """Return the row of a statement with all fields at their defaults, in the order of the columns."""
    record: Record = {}
    for column, beside in itertools.chain.from_iterable(_columns().values()):
        record[column.name] = column.cell({}) or None if column.field in definitions(model) else None
        if beside:
            record[beside] = None
        if column.name == "denies":
            record |= {"denied": None, "denied_names": None}
    return record


def _beside(column: Column) -> str:
    """Return the name of the column of names or contents beside a column of ids; empty for other columns."""
    if not isinstance(column.rule, Reference):
        return ""
    if column.rule.to == "statement":
        return f"{column.name}_contents"
    return f"{column.name}_names" if column.many else f"{column.name}_name"
