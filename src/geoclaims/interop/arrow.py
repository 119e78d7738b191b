"""Convert articles to Arrow tables, one row per article, and back.

A few bytes of Arrow can stand for any number of values, so only data of people whom one trusts should be read.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from geoclaims._arguments import each_of, with_handled_errors
from geoclaims._article import Article
from geoclaims._errors import Issue, ValidationError, wrong_type
from geoclaims._hints import suggestion
from geoclaims._issues import Issues
from geoclaims._json.documents import to_dict
from geoclaims._json.format import head_of, tag_of
from geoclaims._json.reading import read_object
from geoclaims._messages import describe
from geoclaims._rules.fields import definitions
from geoclaims._rules.rules import Flag, Many, Nested, Rule, Whole
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.interop.tables.columns import fields_of

if TYPE_CHECKING:
    import pyarrow

_MOST_ROWS: Final = 1_000
_MOST_CHARACTERS: Final = 10_000_000


class ArrowStream(Protocol):
    """An object that exports Arrow data in batches: tables and readers of Arrow, and data frames of other libraries."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the stream, by the Arrow PyCapsule interface."""


def to_arrow(articles: Article | Iterable[Article]) -> pyarrow.Table:
    """Make an Arrow table of one article or many, one row for each.

    The columns are the keys of the JSON, always all of them; actors and
    statements are lists of structs, dates and kinds strings. A field that is
    None, or of another type of statement, is null.

    Raises:
        ImportError: pyarrow (the extra `arrow`) is not installed.
        TypeError: `articles` are not articles.

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import to_arrow
    >>> table = to_arrow([load_article()])
    >>> table.num_rows, table.column_names[:3]
    (1, ['schema_version', 'id', 'title'])
    """
    return to_arrow_batches(articles).read_all()


def to_arrow_batches(articles: Article | Iterable[Article]) -> pyarrow.RecordBatchReader:
    """Make the rows of `to_arrow` in batches, in constant memory.

    What is not an article is an error once its batch is read.

    Raises:
        ImportError: pyarrow (the extra `arrow`) is not installed.
        TypeError: `articles` are not articles.

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import to_arrow_batches
    >>> [batch.num_rows for batch in to_arrow_batches([load_article()])]
    [1]
    """
    checked = each_of(articles, Article)
    arrow = _pyarrow()
    schema = arrow.schema(_fields([Article]))
    batches = (arrow.RecordBatch.from_pylist(rows, schema=schema) for rows in _batches(checked))
    reader: pyarrow.RecordBatchReader = arrow.RecordBatchReader.from_batches(schema, batches)
    return reader


def from_arrow(
    table: ArrowStream | pyarrow.RecordBatch, *, on_error: Callable[[ValidationError], object] | None = None
) -> Iterator[Article]:
    """Read the articles of an Arrow table, one at a time.

    Read only data of people whom you trust: a small file can stand for more
    values than memory holds.

    What somebody "did not say" or "denied saying" is not a claim: remove it
    first.

    Args:
        table: A table, batch or reader of Arrow with the columns of `to_arrow`,
            or anything that exports a stream of Arrow data, as data frames do.
            A null stands for the default of its field.
        on_error: Called with the error of each bad row, after which reading
            goes on; without it the error is raised. After an error in the
            columns there are no rows.

    Raises:
        ValidationError: A row is not an article; paths begin with its number,
            from 0. Or the table has two columns with one name
            (`duplicate_key`) or an unknown column (`unknown_key`).
        ImportError: pyarrow (the extra `arrow`) is not installed.
        TypeError: `table` is not Arrow data, or `on_error` is not a function.

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import from_arrow, to_arrow
    >>> list(from_arrow(to_arrow([load_article()]))) == [load_article()]
    True
    """
    arrow = _pyarrow()
    if isinstance(table, arrow.RecordBatch):
        table = arrow.Table.from_batches([table])
    try:
        reader = arrow.RecordBatchReader.from_stream(table)
    except (TypeError, arrow.ArrowInvalid) as error:  # the second if it has no columns, as an array of numbers
        raise wrong_type(table, "an Arrow table, or what exports one") from error
    return with_handled_errors(_read(reader), on_error)


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        message = 'the functions for Arrow need pyarrow, which is not installed: pip install "geoclaims[arrow]"'
        raise ImportError(message) from error
    return pyarrow


def _batches(articles: Iterable[Article]) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of the articles, as many at a time as fit in a batch: one of its columns holds 2 GiB of text."""
    rows: list[dict[str, Any]] = []
    characters = 0
    empty = True
    for article in articles:
        rows.append(_filled(Article, to_dict(article)))
        characters += len(article.text or "")
        if len(rows) == _MOST_ROWS or characters > _MOST_CHARACTERS:
            yield rows
            rows, characters, empty = [], 0, False
    if rows or empty:  # some programs cannot read a table without any batch
        yield rows


def _filled(model: type[Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a JSON-ready object with all fields of its model."""
    defaults, nested = _layout(cast("Hashable", model))
    row = {**defaults, **document}
    for name, models in nested.items():
        row[name] = [_filled(models.get(one.get("type"), models[None]), one) for one in row[name]]
    return row


@cache
def _layout(model: Any) -> tuple[Mapping[str, Any], Mapping[str, Mapping[str | None, type[Any]]]]:
    """Return the values of a row for fields at their defaults, and for fields of objects the models by type."""
    defaults: dict[str, Any] = {}
    nested: dict[str, Mapping[str | None, type[Any]]] = {}
    for name, definition in definitions(model).items():
        if not definition.required:
            defaults[name] = list(definition.default) if definition.default == () else definition.default
        if isinstance(definition.rule, Many) and isinstance(definition.rule.item, Nested):
            models = definition.rule.item.models
            nested[name] = {None: models[0], **{tag_of(kind): kind for kind in models}}
    return defaults, nested


def _fields(models: Sequence[type[Any]]) -> list[pyarrow.Field[Any]]:
    """Return the fields of a struct for an object of any of some models."""
    import pyarrow

    heads = dict.fromkeys(head[0] for model in models if (head := head_of(model)))
    return [
        *(pyarrow.field(name, pyarrow.string(), nullable=False) for name in heads),
        *(
            pyarrow.field(definition.name, _type(definition.rule), nullable=definition.optional or not shared)
            for definition, shared in fields_of(models)
        ),
    ]


def _type(rule: Rule) -> pyarrow.DataType:
    import pyarrow

    match rule:
        case Many(item):
            return pyarrow.list_(pyarrow.field("item", _type(item), nullable=False))
        case Nested(models):
            return pyarrow.struct(_fields(models))
        case Flag():
            return pyarrow.bool_()
        case Whole():
            return pyarrow.int64()
        case _:
            return pyarrow.string()


def _read(reader: pyarrow.RecordBatchReader) -> Generator[Article | ValidationError]:
    """Yield the article of each row, or the error of the row; or else the error of the columns."""
    issues = Issues(None)
    known = [field.name for field in _fields([Article])]
    seen: set[str] = set()
    for name in reader.schema.names:
        if name in seen:
            issues.note("duplicate_key", (name,), f"found the column {describe(name)} again, expected it once")
        elif name not in known:
            issues.wrong("unknown_key", ((), name), name, lambda name: f"a known column{suggestion(name, known)}")
        seen.add(name)
    if issues.count:
        yield issues.error()
        return
    for number, row in enumerate(_all_rows(reader)):
        try:
            article = read_object((Article,), _without_nulls(row), plain_keys=True)
        except ValidationError as error:
            in_row = [Issue(issue.code, (number, *issue.path), issue.message) for issue in error.issues]
            yield ValidationError(in_row, omitted=error.omitted)
        else:
            yield article


def _all_rows(reader: pyarrow.RecordBatchReader) -> Iterator[object]:
    """Yield the rows of all batches, converted a thousand at a time."""
    for batch in reader:
        for start in range(0, batch.num_rows, _MOST_ROWS):
            yield from _rows(batch.slice(start, _MOST_ROWS))


def _rows(batch: pyarrow.RecordBatch) -> Sequence[object]:
    """Yield the rows of a batch as dictionaries; a value that cannot be converted is left to the check."""
    try:
        return batch.to_pylist()
    except Exception:  # noqa: BLE001 - what it raises depends on the types of the columns
        return [_row(batch.slice(index, 1)) for index in range(batch.num_rows)]


def _row(batch: pyarrow.RecordBatch) -> dict[str, object]:
    return {name: _value(column) for name, column in zip(batch.schema.names, batch.columns, strict=True)}


def _value(column: pyarrow.Array[Any]) -> object:
    """Return the one value of a column; one that cannot be converted as bytes or as Arrow has it, which are no JSON."""
    try:
        (value,) = column.to_pylist()
    except UnicodeDecodeError as error:
        return error.object
    except Exception:  # noqa: BLE001 - the same
        return column[0]
    return value


def _without_nulls(row: Any) -> Any:
    """Remove the keys with null values from an object of a row, and from the objects in it."""
    if type(row) is not dict:
        return row
    objects = _fields_of_objects()
    return {
        name: [_without_nulls(one) for one in value] if name in objects and type(value) is list else value
        for name, value in row.items()
        if value is not None
    }


@cache
def _fields_of_objects() -> frozenset[str]:
    """Return the fields that hold objects, in any model that a row has."""
    return frozenset(name for model in (Article, *STATEMENT_TYPES) for name in _layout(model)[1])
