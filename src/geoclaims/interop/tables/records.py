"""Convert statements to flat rows, for data frames."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from geoclaims._article import Article
from geoclaims._json.documents import to_dict
from geoclaims._rules.fields import definitions, once_for_each_model
from geoclaims._rules.rules import Reference, Text
from geoclaims._statements import denied_in
from geoclaims._view.wording import repeated
from geoclaims.corpus._corpus import Corpus, articles_of
from geoclaims.interop.ids import repeated_url
from geoclaims.interop.tables.columns import Column, joined, tables

Record = dict[str, str | None]
"""A row: text or None by the name of the column."""

_BESIDE_DENIED: Final = ("denied_names", "denied_same_as")


def to_records(articles: Article | Iterable[Article] | Corpus) -> Iterator[Record]:
    """Turn each statement of one article or many into one flat row.

    Every row has the same keys: the columns of a table of statements, and the
    fields of the article but its text. Names, addresses and contents stand
    beside ids, cut at 200 characters; a longer address is left out. A value is
    text or None; a list is one text, as in `write_csv`. Values may look like
    formulas: for a spreadsheet use `write_csv`.

    Raises:
        TypeError: `articles` are not articles.

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import to_records
    >>> records = {row["id"]: row for row in to_records([load_article()])}
    >>> record = records["arsenal-enlarged"]
    >>> record["speaker_name"], record["accused"], record["accused_names"]
    ('United States', 'china', 'China')
    """
    return _records(articles_of(articles))


def _records(articles: Iterable[Article]) -> Iterator[Record]:
    for article in articles:
        document = to_dict(article)
        source: Record = {}
        for column in _columns_of_article():
            cell = column.cell(document)
            # what is not text, such as an address, would be another if it were cut
            kept = repeated(cell) if isinstance(column.rule, Text) else repeated_url(cell)
            source[f"article_{column.name}"] = kept or None
        words = {actor.id: repeated(actor.name) for actor in article.actors}
        words |= {statement.id: repeated(statement.content) for statement in article.statements}
        addresses = dict.fromkeys(words, "")
        addresses |= {actor.id: repeated_url(actor.same_as[0]) or "" for actor in article.actors if actor.same_as}
        speakers = {statement.id: statement.speaker for statement in article.statements}
        for statement, written in zip(article.statements, document.get("statements", ()), strict=True):
            record = {"article": article.id} | _blank(type(statement))
            for field, value in written.items():  # fields at their default are left out
                for column, beside in _columns()[field]:
                    record[column.name] = column.cell(written) or None
                    if beside:
                        ids = value if column.many else (value,)
                        record |= _beside_ids(beside, ids, words, addresses, many=column.many)
            if denied := [speakers[id] for id in denied_in(statement)]:
                record["denied"] = joined(denied)
                record |= _beside_ids(_BESIDE_DENIED, denied, words, addresses, many=True)
            yield record | source


def _beside_ids(
    names: Sequence[str], ids: Sequence[str], words: Mapping[str, str], addresses: Mapping[str, str], *, many: bool
) -> Record:
    """Return the cells beside one of ids: the words for each, and in a second column the addresses, if any."""
    lists = ([source[id] for id in ids] for source in (words, addresses))
    return {
        name: (joined(items) if many else items[0]) if any(items) else None
        for name, items in zip(names, lists, strict=False)
    }


def _columns_of_article() -> list[Column]:
    """Return the columns of an article that every row repeats."""
    articles, *_ = tables()
    return [column for column in articles.columns if column.name not in ("id", "text")]


@cache
def _columns() -> Mapping[str, Sequence[tuple[Column, Sequence[str]]]]:
    """Return the columns of a statement by field, each with the names of the columns beside it."""
    columns: dict[str, list[tuple[Column, Sequence[str]]]] = {}
    *_, statements = tables()
    for column in statements.columns:
        columns.setdefault(column.field, []).append((column, _beside(column)))
    return columns


@once_for_each_model
def _blank(model: type[Any]) -> Record:
    """Return the row of a statement with all fields at their defaults, in the order of the columns."""
    record: Record = {}
    for column, beside in itertools.chain.from_iterable(_columns().values()):
        record[column.name] = column.cell({}) or None if column.field in definitions(model) else None
        record |= dict.fromkeys(beside)
        if column.name == "denies":
            record |= dict.fromkeys(("denied", *_BESIDE_DENIED))
    return record


def _beside(column: Column) -> Sequence[str]:
    """Return the names of the columns beside a column of ids: contents, or names and addresses."""
    if not isinstance(column.rule, Reference):
        return ()
    if column.rule.to == "statement":
        return (f"{column.name}_contents",)
    return f"{column.name}_name{'s' if column.many else ''}", f"{column.name}_same_as"
