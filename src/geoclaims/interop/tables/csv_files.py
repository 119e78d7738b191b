"""Convert articles and links to CSV files that spreadsheet programs read and write, and back."""

from __future__ import annotations

import errno
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar, overload

import attrs

from geoclaims._actors import Actor
from geoclaims._arguments import check_model, with_handled_errors
from geoclaims._article import Article
from geoclaims._errors import ValidationError, invalid
from geoclaims._files import FilePath, file_path, new_folder, writing
from geoclaims._issues import Issues
from geoclaims._json.documents import to_dict
from geoclaims._links import Link
from geoclaims._messages import describe
from geoclaims.corpus._corpus import Corpus, articles_of
from geoclaims.interop.tables.columns import Table, table_of_links, tables
from geoclaims.interop.tables.csv_text import csv_line, csv_lines
from geoclaims.interop.tables.rows import CellIssue, Row, RowNumbers, object_of, row_numbers, rows_in

T = TypeVar("T")

_ARE_TABLES: Final = "a folder is read as three tables: name other files one by one, as in FOLDER/*.json"
_OTHER_LINKS: Final = "Links of other articles may be here: delete them, or name another folder"


def write_csv(folder: FilePath, articles: Article | Iterable[Article] | Corpus) -> int:
    """Write one article or many to a folder of CSV files, and return how many.

    The files are `articles.csv`, `actors.csv` and `statements.csv`, and of a
    corpus with links `links.csv`, in UTF-8 with a byte order mark. Every cell
    is quoted. One that a spreadsheet program would take for a formula begins
    with an apostrophe, which `read_csv` removes. Older files are replaced only
    when all are complete; a failure while they are replaced can leave old files
    beside new ones. Memory holds one article and the ids of all.

    Args:
        folder: The folder, which is created if it does not exist.
        articles: The articles, each with its own id, or a corpus.

    Raises:
        ValidationError: Two articles have the same id (`duplicate_id`).
        FileExistsError: There are no links to write, but the folder has a
            `links.csv`, which may be of other articles.
        OSError: A file cannot be written.
        TypeError: `articles` are not articles.

    >>> import tempfile
    >>> from geoclaims import Article
    >>> from geoclaims.interop import write_csv
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(folder, [Article(id="example")])
    1
    """
    checked = articles_of(articles)
    folder = file_path(folder)
    links = articles.links if isinstance(articles, Corpus) else ()
    written = (*tables(), *([table_of_links()] if links else ()))
    if not links and (path := folder / table_of_links().file).exists():
        raise FileExistsError(errno.EEXIST, _OTHER_LINKS, str(path))
    seen: set[str] = set()
    with new_folder(folder), writing([folder / table.file for table in written]) as files:
        of_articles, of_actors, of_statements, *of_links = map(_Writer, files, written)
        for article in checked:
            if article.id in seen:
                expected = "an id that no article before it has: keep one of them, or give each an id of its own"
                raise invalid("duplicate_id", (len(seen), "id"), article.id, expected)
            seen.add(article.id)
            document = to_dict(article)
            of_articles.write(document, Article)
            for actor in document.get("actors", ()):
                of_actors.write(actor, Actor, article.id)
            for statement, said in zip(article.statements, document.get("statements", ()), strict=True):
                of_statements.write(said, type(statement), article.id)
        for writer in of_links:
            for link in links:
                writer.write(to_dict(link), Link)
    return len(seen)


class _Writer:
    """A table that is being written, after its header."""

    def __init__(self, file: BinaryIO, table: Table) -> None:
        self._file = file
        self._table = table
        file.write("".join(csv_lines([table.header])).encode())

    def write(self, document: Mapping[str, Any], model: type[Any], *keys: str) -> None:
        self._file.write(csv_line([*keys, *self._table.cells(document, model)]).encode())


@overload
def read_csv(
    folder: FilePath, type: type[Article] = Article, *, on_error: Callable[[ValidationError], object] | None = None
) -> Iterator[Article]: ...
@overload
def read_csv(
    folder: FilePath, type: type[Link], *, on_error: Callable[[ValidationError], object] | None = None
) -> Iterator[Link]: ...
def read_csv(
    folder: FilePath, type: type[Any] = Article, *, on_error: Callable[[ValidationError], object] | None = None
) -> Iterator[Article] | Iterator[Link]:
    """Read the articles of a folder of CSV files, or the links between them.

    It reads the files of `write_csv`, also after a spreadsheet program has
    saved them, and files made by hand: columns may be in any order, optional
    columns may be missing, rows may be blank, and cells may be separated by
    comma, semicolon or tab. A row may lack empty cells at its end, which Excel
    leaves out. Other files are ignored, also `links.csv` where articles are
    read. Memory holds the rows of all tables.

    What somebody "did not say" or "denied saying" is not a claim: remove such
    rows first.

    Args:
        folder: The folder of the files.
        type: `Article`, or `Link` to read `links.csv`.
        on_error: Called with the error of each wrong article or link, and of
            rows that belong to no article, after which reading goes on:
            articles are returned without such rows. After an error in the
            columns, or in a file that is not CSV, there are no articles or
            links. Without it, the error is raised.

    Raises:
        ValidationError: An article or link breaks a rule, a row belongs to no
            article (`missing`, `dangling_ref`), has more cells than the first
            row (`unknown_key`) or lacks one that must be filled (`missing`), a
            column is missing, repeated or unknown (`missing`, `duplicate_key`,
            `unknown_key`), or a file is not CSV in UTF-8 (`encoding`). A path
            is the name of a file, the row, the column, and the item in a list.
        OSError: A file cannot be read.
        TypeError: `type` is another class, or `on_error` is not a function.

    >>> import tempfile
    >>> from geoclaims import Actor, Article
    >>> from geoclaims.interop import read_csv, write_csv
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     navy = Actor(id="navy", name="the navy")
    ...     count = write_csv(folder, [Article(id="example", actors=[navy])])
    ...     [article.actors for article in read_csv(folder)]
    [(Actor(id='navy', name='the navy'),)]
    """
    check_model(type, (Article, Link))
    if type is Link:
        path = file_path(folder) / table_of_links().file
        return (link for link, _ in links_in(path.read_bytes(), path.name, str(path.parent), on_error=on_error))
    return (article for article, _ in articles_in(folder, on_error=on_error))


def links_in(
    text: bytes, file: str, location: str, *, on_error: Callable[[ValidationError], object] | None = None
) -> Iterator[tuple[Link, RowNumbers]]:
    """Read the links of a table as `read_csv` does, each with its row; paths have the file, errors the location."""
    unreadable = Issues(None)
    rows = rows_in(BytesIO(text), attrs.evolve(table_of_links(), file=file), unreadable)
    return with_handled_errors(_located(location, map(_link_or_error, rows), unreadable), on_error)


def _link_or_error(row: Row) -> tuple[Link, RowNumbers] | ValidationError:
    of_link = {row.table: [row]}
    try:
        return object_of(Link, of_link), row_numbers(of_link)
    except ValidationError as error:
        return error


def articles_in(
    folder: FilePath, *, on_error: Callable[[ValidationError], object] | None = None
) -> Iterator[tuple[Article, RowNumbers]]:
    """Read the articles of a folder as `read_csv` does, each with its rows."""
    folder = file_path(folder)
    unreadable = Issues(None)
    rows = {table: _rows_in(folder / table.file, table, unreadable) for table in tables()}
    return with_handled_errors(_located(str(folder), _articles_of(rows), unreadable), on_error)


def _rows_in(path: Path, table: Table, issues: Issues) -> list[Row]:
    try:
        with path.open("rb") as file:
            return rows_in(file, table, issues)
    except FileNotFoundError as error:
        raise FileNotFoundError(error.errno, f"{error.strerror}; {_ARE_TABLES}", error.filename) from None


def _located(
    location: str, results: Iterable[T | ValidationError], unreadable: Issues
) -> Generator[T | ValidationError]:
    """Yield results, errors with their location; of unreadable tables, the error alone."""
    for result in [_error(unreadable)] if unreadable.count else results:
        if isinstance(result, ValidationError):
            result.location = location
        yield result


def _articles_of(rows: Mapping[Table, Sequence[Row]]) -> Iterator[tuple[Article, RowNumbers] | ValidationError]:
    of_articles, *of_members = rows
    issues = Issues(None)
    members = {table: _by_article(rows[table], issues) for table in of_members}
    if issues.count:
        yield _error(issues)
    seen: dict[str, int] = {}
    for row in rows[of_articles]:
        id = row.cells.get("id", "")
        if id and id in seen:
            path = (of_articles.file, row.number, "id")
            expected = f"an id that no article before it has; {of_articles.file}:{seen[id]} has it too"
            yield ValidationError([CellIssue("duplicate_id", path, f"found {describe(id)} again, expected {expected}")])
            continue
        seen[id] = row.number
        of_article = {of_articles: [row], **{table: some.pop(id, []) for table, some in members.items()}}
        try:
            article = object_of(Article, of_article)
        except ValidationError as error:
            yield error
        else:
            yield article, row_numbers(of_article)
    issues = Issues(None)
    for left in members.values():
        for id, (first, *_) in left.items():
            message = f"found {describe(id)}, expected the id of an article in {of_articles.file}"
            _note(issues, first, "dangling_ref", message)
    if issues.count:
        yield _error(issues)


def _by_article(rows: Iterable[Row], issues: Issues) -> dict[str, list[Row]]:
    """Return the rows of each article, and note those that name none."""
    by_article: dict[str, list[Row]] = {}
    for row in rows:
        if id := row.cells.get("article"):
            by_article.setdefault(id, []).append(row)
        else:
            _note(issues, row, "missing", "found nothing, expected the id of the row's article")
    return by_article


def _note(issues: Issues, row: Row, code: str, message: str) -> None:
    """Note that a row names no article of the folder, after what may be wrong with the row as a whole."""
    if row.fault:
        issues.note(row.fault.code, row.fault.path, row.fault.message)
    issues.note(code, (row.table.file, row.number, "article"), message)


def _error(issues: Issues) -> ValidationError:
    error = issues.error()
    in_cells = [CellIssue(each.code, each.path, each.message) for each in error.issues]
    return ValidationError(in_cells, omitted=error.omitted)
