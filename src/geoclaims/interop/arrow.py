"""Convert articles to Arrow tables, one row per article."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from geoclaims._article import Article
from geoclaims._json.documents import to_dict
from geoclaims._json.format import head_of, tag_of
from geoclaims._rules.fields import definitions
from geoclaims._rules.rules import Flag, Many, Nested, Rule, Whole
from geoclaims.corpus._corpus import Corpus, articles_of
from geoclaims.interop.tables.columns import fields_of

if TYPE_CHECKING:
    import pyarrow

_MOST_ROWS: Final = 1_000
_MOST_CHARACTERS: Final = 10_000_000


def to_arrow(articles: Article | Iterable[Article] | Corpus) -> pyarrow.Table:
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


def to_arrow_batches(articles: Article | Iterable[Article] | Corpus) -> pyarrow.RecordBatchReader:
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
    checked = articles_of(articles)
    arrow = _pyarrow()
    schema = arrow.schema(_fields([Article]))
    batches = (arrow.RecordBatch.from_pylist(rows, schema=schema) for rows in _batches(checked))
    reader: pyarrow.RecordBatchReader = arrow.RecordBatchReader.from_batches(schema, batches)
    return reader


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
