"""Convert articles to three CSV files that spreadsheet programs read and write, and back."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeAlias

import attrs

from geoclaims._actors import Actor
from geoclaims._arguments import each_of, with_handled_errors
from geoclaims._article import Article
from geoclaims._errors import AnchorError, ValidationError, invalid, wrong_type
from geoclaims._files import FilePath, file_path, new_folder, writing
from geoclaims._issues import Issues
from geoclaims._json.documents import to_dict
from geoclaims._messages import describe
from geoclaims.interop.tables.columns import Table, tables
from geoclaims.interop.tables.csv_text import csv_line, csv_lines
from geoclaims.interop.tables.drafts import draft_of
from geoclaims.interop.tables.rows import CellIssue, Row, RowNumbers, Rows, articles_of, row_numbers

_Result: TypeAlias = tuple[Article, RowNumbers] | ValidationError | AnchorError
"""An article with its rows, or what is wrong."""

_ARE_TABLES: Final = "a folder is read as three tables: name other files one by one, as in FOLDER/*.json"


def write_csv(folder: FilePath, articles: Article | Iterable[Article], *, passages: bool = False) -> int:
    """Write one article or many to a folder of CSV files, and return how many.

    The files are `articles.csv`, `actors.csv` and `statements.csv`, in UTF-8
    with a byte order mark. Every cell is quoted. One that a spreadsheet program
    would take for a formula begins with an apostrophe, which `read_csv`
    removes. Older files are replaced only when all three are complete; a
    failure while they are replaced can leave old files beside new ones. Memory
    holds one article and the ids of all.

    Args:
        folder: The folder, which is created if it does not exist.
        articles: The articles, each with its own id.
        passages: Whether to quote passages, as drafts do, instead of writing
            spans; the texts are then left out.

    Raises:
        ValidationError: Two articles have the same id (`duplicate_id`).
        AnchorError: With `passages`, an article has no text (`span`).
        OSError: A file cannot be written.
        TypeError: `articles` are not articles.

    >>> import tempfile
    >>> from geoclaims import Article
    >>> from geoclaims.interop import write_csv
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(folder, [Article(id="example")])
    1
    """
    checked = each_of(articles, Article)
    folder = file_path(folder)
    seen: set[str] = set()
    all_tables = tables(passages=passages)
    with new_folder(folder), writing([folder / table.file for table in all_tables]) as files:
        of_articles, of_actors, of_statements = map(_Writer, files, all_tables)
        for article in checked:
            if article.id in seen:
                expected = "an id that no article before it has: keep one of them, or give each an id of its own"
                raise invalid("duplicate_id", (len(seen), "id"), article.id, expected)
            seen.add(article.id)
            document = draft_of(article) if passages else to_dict(article)
            of_articles.write(document, Article)
            for actor in document.get("actors", ()):
                of_actors.write(actor, Actor, article.id)
            for statement, written in zip(article.statements, document.get("statements", ()), strict=True):
                of_statements.write(written, type(statement), article.id)
    return len(seen)


class _Writer:
    """A table that is being written, after its header."""

    def __init__(self, file: BinaryIO, table: Table) -> None:
        self._file = file
        self._table = table
        file.write("".join(csv_lines([table.header])).encode())

    def write(self, document: Mapping[str, Any], model: type[Any], *keys: str) -> None:
        self._file.write(csv_line([*keys, *self._table.cells(document, model)]).encode())


def read_csv(
    folder: FilePath,
    *,
    texts: Mapping[str, str] | None = None,
    on_error: Callable[[Any], object] | None = None,
) -> Iterator[Article]:
    """Read the articles of a folder of CSV files.

    It reads the files of `write_csv`, also after a spreadsheet program has
    saved them, and files made by hand: columns may be in any order, optional
    columns may be missing, rows may be blank, and cells may be separated by
    comma, semicolon or tab. A row may lack empty cells at its end, which Excel
    leaves out. Other files are ignored. Memory holds one article, and the ids
    and places of all.

    What somebody "did not say" or "denied saying" is not a claim: remove such
    rows first.

    Args:
        folder: The folder of the files.
        texts: The texts by the ids of their articles, for statements that quote
            their passages. They are attached to the articles.
        on_error: Called with the error of each wrong article, and of rows that
            belong to no article, after which reading goes on: articles are
            returned without such rows. Without it, the error is raised. If only
            passages are wrong (`AnchorError`), the article is returned without
            the spans of their statements.

    Raises:
        ValidationError: An article breaks a rule, a row belongs to no article
            (`missing`, `dangling_ref`), has more cells than the first row
            (`unknown_key`) or lacks one that must be filled (`missing`), a
            column is missing, repeated or unknown (`missing`, `duplicate_key`,
            `unknown_key`), a file is not CSV in UTF-8 (`encoding`), or a value
            of `texts` is not text (`type`, `text`, `empty`). A path is the name
            of a file, the row, the column, and the item in a list; or `texts`
            and an id.
        OSError: A file cannot be read.
        TypeError: `on_error` is not a function, or `texts` not a mapping.

    >>> import tempfile
    >>> from geoclaims import Actor, Article
    >>> from geoclaims.interop import read_csv, write_csv
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     navy = Actor(id="navy", name="the navy")
    ...     count = write_csv(folder, [Article(id="example", actors=[navy])])
    ...     [article.actors for article in read_csv(folder)]
    [(Actor(id='navy', name='the navy'),)]
    """
    return (article for article, _ in articles_in(folder, texts=texts, on_error=on_error))


def articles_in(
    folder: FilePath,
    *,
    texts: Mapping[str, str] | None = None,
    on_error: Callable[[Any], object] | None = None,
) -> Iterator[tuple[Article, RowNumbers]]:
    """Read the articles of a folder as `read_csv` does, each with its rows.

    Args:
        folder: The folder of the files.
        texts: The texts by the ids of their articles.
        on_error: Called with each error.
    """
    folder = file_path(folder)
    if not (texts is None or isinstance(texts, Mapping)):
        raise wrong_type(texts, "a mapping of ids to texts, or None", "texts")
    articles = with_handled_errors(_articles(folder, texts, tolerant=on_error is not None), on_error)
    for table in tables():
        try:
            (folder / table.file).stat()  # a missing file is an error of the call, not of the first step
        except FileNotFoundError as error:
            raise FileNotFoundError(error.errno, f"{error.strerror}; {_ARE_TABLES}", error.filename) from None
    return articles


def _articles(folder: Path, texts: Mapping[str, str] | None, *, tolerant: bool) -> Generator[_Result]:
    """Yield the articles of a folder, or the error of an article in its place."""
    with ExitStack() as stack:
        files = [
            Rows(stack.enter_context((folder / table.file).open("rb")), table)
            for table in tables(passages=texts is not None)
        ]
        try:
            for result in _results(*files, texts=texts, tolerant=tolerant):
                if isinstance(result, ValidationError | AnchorError):
                    result.location = str(folder)
                yield result
        except ValidationError as error:  # nothing can be read after it
            error.location = str(folder)
            yield error


def _results(
    of_articles: Rows,
    of_actors: Rows,
    of_statements: Rows,
    *,
    texts: Mapping[str, str] | None,
    tolerant: bool,
) -> Iterator[_Result]:
    issues = Issues(None)
    for rows in (of_articles, of_actors, of_statements):
        rows.read_header(issues)
    if issues.count:
        raise _error(issues)
    issues = Issues(None)
    members = [(rows, _runs(rows, issues)) for rows in (of_actors, of_statements)]
    if issues.count:
        yield _error(issues)
    seen: dict[str, int] = {}
    for row in of_articles.after_header():
        id = row.cells.get("id", "")
        if id in seen:
            path = (of_articles.table.file, row.number, "id")
            expected = f"an id that no article before it has; {path[0]}:{seen[id]} has it too"
            message = f"found {describe(id)} again, expected {expected}"
            yield ValidationError([CellIssue("duplicate_id", path, message)])
            continue
        seen[id] = row.number
        parts = {rows.table: list(_rows_of(rows, runs.pop(id, ()))) for rows, runs in members}
        of_article = {of_articles.table: [row], **parts}
        for result in articles_of(of_article, texts, tolerant=tolerant):
            yield (result, row_numbers(of_article)) if isinstance(result, Article) else result
    issues = Issues(None)
    for rows, runs in members:
        for id, (first, *_) in runs.items():
            row = next(rows.since(first.offset, first.number))
            message = f"found {describe(id)}, expected the id of an article in {of_articles.table.file}"
            dangling = CellIssue("dangling_ref", (rows.table.file, row.number, "article"), message)
            for issue in filter(None, (row.fault, dangling)):
                issues.note(issue.code, issue.path, issue.message)
    if issues.count:
        yield _error(issues)


def _error(issues: Issues) -> ValidationError:
    error = issues.error()
    return ValidationError(
        [CellIssue(each.code, each.path, each.message) for each in error.issues], omitted=error.omitted
    )


@attrs.define
class _Run:
    """Consecutive rows of one article."""

    offset: int
    number: int
    count: int


def _runs(rows: Rows, issues: Issues) -> dict[str, list[_Run]]:
    """Find the rows of each article, and note rows that name no article."""
    runs: dict[str, list[_Run]] = {}
    before = ""
    for number, offset, article in rows.owners(issues):
        if article and article == before:
            runs[article][-1].count += 1
        elif article:
            runs.setdefault(article, []).append(_Run(offset, number, 1))
        before = article
    return runs


def _rows_of(rows: Rows, runs: Iterable[_Run]) -> Iterator[Row]:
    for run in runs:
        yield from itertools.islice(rows.since(run.offset, run.number), run.count)
