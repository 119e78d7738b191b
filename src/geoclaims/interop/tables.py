"""Articles as three CSV files that spreadsheet programs read and write, and back."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import attrs

from geoclaims._display import found
from geoclaims._errors import AnchorError, Issue, Issues, ValidationError, invalid
from geoclaims._json.documents import from_dict, to_dict
from geoclaims._json.files import FilePath, path_of
from geoclaims._json.format import CURRENT
from geoclaims._json.lines import only_articles, settled
from geoclaims._json.replacing import replacing_together
from geoclaims._models.actors import Actor
from geoclaims._models.articles import Article
from geoclaims.interop.cells import guarded
from geoclaims.interop.columns import Table, actors_table, articles_table, statements_table
from geoclaims.interop.drafts import PARTS, article_of, draft_of
from geoclaims.interop.marks import MarkedFile, mark_together
from geoclaims.interop.rows import CellIssue, Row, Rows

_BELOW_THE_MARK: Final = ""


def write_csv(folder: FilePath, articles: Iterable[Article], *, passages: bool = False) -> int:
    """Write articles to the files `articles.csv`, `actors.csv` and `statements.csv`, and return how many.

    The files are in UTF-8 with a byte order mark, by which Excel knows it, and every cell is quoted. A cell that a
    spreadsheet program would take for a formula begins with an apostrophe, which `read_csv` takes away. The
    documentation lists the columns, and what to choose in a spreadsheet program so that it leaves cells as they are.
    The files take their names only when all is written, and a failure leaves older ones as they were. The name of their
    last column, which has no cells, is the same in all three, by which `read_csv` tells that they belong together.
    Memory is needed for one article and the ids of all.

    Args:
        folder: Where the files go; it is made where there is none.
        articles: The articles, from anything that yields them; no two with the same id.
        passages: Whether to quote passages, in place of spans, as drafts do; the texts are then left out.

    Raises:
        ValidationError: Something among them is no article (`type`) or has the id of another (`duplicate_id`).
        AnchorError: Passages are to be quoted, and an article has no text (`span`).
        OSError: A file cannot be written.
        TypeError: `articles` is nothing to iterate over, such as one article by itself.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(folder, [Article(id="example")])
    1
    """
    checked = only_articles(articles)
    folder = path_of(folder)
    folder.mkdir(exist_ok=True)
    seen: set[str] = set()
    tables = _tables(passages=passages)
    paths = [folder / table.file for table in tables]
    with replacing_together(paths) as files:
        marked = [MarkedFile(file, table.header) for file, table in zip(files, tables, strict=True)]
        of_articles, of_actors, of_statements = map(_Writer, marked, tables)
        for article in checked:
            if article.id in seen:
                raise invalid("duplicate_id", (len(seen), "id"), article.id, "an id that no article before it has")
            seen.add(article.id)
            document = draft_of(article) if passages else to_dict(article)
            of_articles.write(document, Article)
            for actor in document.get("actors", ()):
                of_actors.write(actor, Actor, article.id)
            for statement, written in zip(article.statements, document.get("statements", ()), strict=True):
                of_statements.write(written, type(statement), article.id)
        mark_together(dict(zip(paths, marked, strict=True)))
    return len(seen)


class _Writer:
    """A table that is being written."""

    def __init__(self, file: MarkedFile, table: Table) -> None:
        self._table = table
        self._csv = csv.writer(file, quoting=csv.QUOTE_ALL)

    def write(self, document: Mapping[str, Any], model: type[Any], *keys: str) -> None:
        self._csv.writerow([*keys, *map(guarded, self._table.cells(document, model)), _BELOW_THE_MARK])


def read_csv(
    folder: FilePath,
    *,
    texts: Mapping[str, str] | None = None,
    on_error: Callable[[Any], object] | None = None,
) -> Iterator[Article]:
    """Read the articles of a folder that holds `articles.csv`, `actors.csv` and `statements.csv`.

    The files are as `write_csv` writes them and spreadsheet programs save them: columns may stand in any order, those
    that need not be filled may be missing, rows may be short or blank, and cells may be separated by comma, semicolon
    or tab. Files that `write_csv` did not write together are an error; those that were made by hand have no mark of it
    and are read. The order of an article's actors and statements is that of their rows. Memory is needed for one
    article, and the ids and places of all. Other files in the folder are not read.

    Every row of `statements.csv` is taken for a claim. What somebody "did not say" or "denied saying" is no statement
    of it: leave such rows out, as nothing here can tell them from others.

    Args:
        folder: Where the files are.
        texts: The texts, by the ids of their articles, where statements quote their passages in place of having spans,
            as drafts do; they are attached.
        on_error: Called with the error of each article that is wrong, and of rows that belong to none, after which
            reading goes on; without it the error is raised. An article with nothing wrong but passages comes in all
            the same, without the spans of their statements, and its error is an `AnchorError`.

    Raises:
        ValidationError: An article breaks a rule, a row belongs to no article (`missing`, `dangling_ref`), a column is
            not there, there twice or not known (`missing`, `duplicate_key`, `unknown_key`), files were not written
            together (`missing`), or a file is no CSV in UTF-8 or changes while it is read (`encoding`). Paths are the
            name of a file, the row, the column, and the item in a list.
        OSError: A file cannot be read.
        TypeError: `on_error` is no function, or `texts` no mapping.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     count = write_csv(folder, [Article(id="example", actors=[Actor(id="china", name="China")])])
    ...     [article.actors for article in read_csv(folder)]
    [(Actor(id='china', name='China'),)]
    """
    folder = path_of(folder)
    if not (texts is None or isinstance(texts, Mapping)):
        raise TypeError(f"found {found(texts)} as texts, expected a mapping of ids to texts, or None")
    articles = settled(_articles(folder, texts, tolerant=on_error is not None), on_error)
    for table in _tables():
        (folder / table.file).stat()  # a file that is missing is an error of the call, not of the first step
    return articles


def _tables(*, passages: bool = False) -> tuple[Table, Table, Table]:
    return articles_table(), actors_table(), statements_table(passages=passages)


def _articles(
    folder: Path, texts: Mapping[str, str] | None, *, tolerant: bool
) -> Generator[Article | ValidationError | AnchorError]:
    """The articles of a folder, in each one's place the error that tells what is wrong with it."""
    with ExitStack() as stack:
        files = [
            Rows(stack.enter_context((folder / table.file).open("rb")), table)
            for table in _tables(passages=texts is not None)
        ]
        try:
            for result in _unchanged(files, _results(*files, texts=texts, tolerant=tolerant)):
                if not isinstance(result, Article):
                    result.location = str(folder)
                yield result
        except ValidationError as error:  # nothing can be read after it
            error.location = str(folder)
            yield error


def _unchanged(
    files: Sequence[Rows], results: Iterable[Article | ValidationError | AnchorError]
) -> Iterator[Article | ValidationError | AnchorError]:
    """The results that come of files to which nobody wrote meanwhile.

    Raises:
        ValidationError: Somebody did (`encoding`).
    """
    for result in itertools.chain(results, [None]):
        for rows in files:
            rows.check_unchanged()
        if result is not None:
            yield result


def _note_marks(files: Sequence[Rows], issues: Issues) -> None:
    """Note the files that were not written together with the first that has a mark."""
    for mark, first in [(mark, rows.table.file) for rows in files for mark in rows.marks][:1]:
        for rows in files:
            if rows.marks != [mark]:
                message = (
                    f"found {_of_marks(rows.marks)}, expected {found(mark)} as in {first}: these files were not "
                    "written together; write them again, or delete this column in each of them if they belong together "
                    "all the same"
                )
                issues.note("missing", (rows.table.file, 1, mark), message)


def _of_marks(marks: Sequence[str]) -> str:
    match marks:
        case []:
            return "no such column"
        case [mark]:
            return found(mark)
        case _:
            return f"{len(marks)} such columns"


def _results(
    of_articles: Rows, of_actors: Rows, of_statements: Rows, *, texts: Mapping[str, str] | None, tolerant: bool
) -> Iterator[Article | ValidationError | AnchorError]:
    issues = Issues(None)
    for rows in (of_articles, of_actors, of_statements):
        rows.read_header(issues)
    if not issues.count:
        _note_marks((of_articles, of_actors, of_statements), issues)
    if issues.count:
        raise _error(issues)
    issues = Issues(None)
    members = [(rows, _runs(rows, issues)) for rows in (of_actors, of_statements)]
    if issues.count:
        yield _error(issues)
    seen: set[str] = set()
    for row in of_articles.after_header():
        id = row.cells.get("id", "")
        if id in seen:
            path = (of_articles.table.file, row.number, "id")
            message = f"found {found(id)}, expected an id that no article before it has"
            yield ValidationError([CellIssue("duplicate_id", path, message)])
            continue
        seen.add(id)
        parts = {rows.table: list(_rows_of(rows, runs.pop(id, ()))) for rows, runs in members}
        yield from _article({of_articles.table: [row], **parts}, texts, tolerant=tolerant)
    issues = Issues(None)
    for rows, runs in members:
        for id, (first, *_) in runs.items():
            path = (rows.table.file, first.number, "article")
            issues.add("dangling_ref", path, id, f"the id of an article in {of_articles.table.file}")
    if issues.count:
        yield _error(issues)


def _error(issues: Issues) -> ValidationError:
    error = issues.error()
    return ValidationError(
        [CellIssue(each.code, each.path, each.message) for each in error.issues], omitted=error.omitted
    )


@attrs.define
class _Run:
    """Rows of one article that follow each other."""

    offset: int
    number: int
    count: int


def _runs(rows: Rows, issues: Issues) -> dict[str, list[_Run]]:
    """Where the rows of each article stand; those that name none are noted."""
    runs: dict[str, list[_Run]] = {}
    before = ""
    for number, offset, article in rows.owners():
        if not article:
            path = (rows.table.file, number, "article")
            issues.note("missing", path, "found nothing, expected the id of the article that the row belongs to")
        elif article == before:
            runs[article][-1].count += 1
        else:
            runs.setdefault(article, []).append(_Run(offset, number, 1))
        before = article
    return runs


def _rows_of(rows: Rows, runs: Iterable[_Run]) -> Iterator[Row]:
    for run in runs:
        yield from itertools.islice(rows.since(run.offset, run.number), run.count)


def _article(
    rows: Mapping[Table, Sequence[Row]], texts: Mapping[str, str] | None, *, tolerant: bool
) -> Iterator[Article | ValidationError | AnchorError]:
    """The article that some rows of each table stand for, or the error that tells what is wrong in them.

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
        issues += [_in_cell(issue, rows) for issue in error.issues]
        yield ValidationError(sorted(issues, key=_position), omitted=error.omitted)
        return
    for each in lost:
        yield AnchorError([_in_cell(issue, rows) for issue in each.issues], omitted=each.omitted)
    yield ValidationError(sorted(issues, key=_position)) if issues else article


def _document(table: Table, row: Row, issues: list[CellIssue]) -> dict[str, Any]:
    """The JSON-ready object that a row stands for."""
    document, mistakes = table.document(row.cells)
    for column, code, message in mistakes:
        issues.append(CellIssue(code, (table.file, row.number, column), message))
    if row.stray is not None:
        message = "found something beside all columns, expected nothing"
        issues.append(CellIssue("unknown_key", (table.file, row.number, row.stray), message))
    return document


def _in_cell(issue: Issue, rows: Mapping[Table, Sequence[Row]]) -> CellIssue:
    """An issue with a JSON-ready article, as one with the cell from which the wrong value comes."""
    of_articles, *members = rows
    table = {table.name: table for table in members}.get(str(issue.path[0]), of_articles)
    index, *path = (0, *issue.path) if table is of_articles else issue.path[1:]
    row = rows[table][int(index)]
    message = issue.message
    if issue.code == "missing" and isinstance(path[-1], str):
        message = "found nothing, expected something"
    elif issue.code == "unknown_key":
        message = f"found {found(row.cells[str(path[0])])}, expected nothing in a row of this type"
    return CellIssue(issue.code, (table.file, row.number, *table.place(tuple(path))), message)


def _position(issue: Issue) -> tuple[int, ...]:
    """Where an issue stands among the cells of all tables."""
    file, row, column, *item = issue.path
    (number,) = [number for number, table in enumerate(_tables()) if table.file == file]
    header = [*_tables()[number].header, *(name for name, _ in PARTS.values())]
    return (number, int(row), header.index(column) if column in header else len(header), *map(int, item))
