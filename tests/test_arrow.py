from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, Allegation, Article, Denial, Quantity, Span, Statement, ValidationError, load_article
from geoclaims._models.statements import STATEMENT_TYPES
from geoclaims.interop import from_arrow, to_arrow, to_arrow_batches
from geoclaims.strategies import articles

if TYPE_CHECKING:
    import pyarrow
else:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")

ARTICLES = (
    Article(id="empty"),
    load_article(),
    Article(
        id="numbers",
        actors=[Actor(id="a", name="A")],
        statements=[
            Statement(id="s1", speaker="a", content="Many.", quantities=[Quantity(maximum=2**63 - 1, unit="x")]),
            Allegation(id="s2", speaker="a", content="They did.", accused=["a"]),
            Denial(id="s3", speaker="a", content="They did not.", denies=["s2"]),
        ],
        text="a\r\nb\x01",
    ),
)

NOTHING: Any = None


def changed(path: tuple[str | int, ...], value: object) -> pyarrow.Table:
    """The table of some articles with one value changed, and types that follow from the values."""
    rows = to_arrow(ARTICLES).to_pylist()
    here: Any = rows
    for part in path[:-1]:
        here = here[part]
    here[path[-1]] = value
    return pyarrow.Table.from_pylist(rows)


def errors(table: Any) -> list[ValidationError]:
    found: list[ValidationError] = []
    assert all(isinstance(article, Article) for article in from_arrow(table, on_error=found.append))
    return found


@given(st.lists(articles(), max_size=3))
def test_articles_come_back_equal_from_arrow(some: list[Article]) -> None:
    table = to_arrow(iter(some))
    assert list(from_arrow(table)) == some
    assert table.schema == to_arrow([]).schema
    table.validate(full=True)


def test_tables_batches_and_readers_of_arrow_are_read() -> None:
    table = to_arrow(ARTICLES)
    assert tuple(from_arrow(table)) == ARTICLES
    assert tuple(from_arrow(table.to_batches()[0])) == ARTICLES
    assert tuple(from_arrow(to_arrow_batches(ARTICLES))) == ARTICLES
    assert tuple(from_arrow(table.to_reader(max_chunksize=1))) == ARTICLES


def test_the_schema_has_a_column_for_each_field_and_the_version() -> None:
    schema = to_arrow([]).schema
    statement = schema.field("statements").type.value_type
    kinds = STATEMENT_TYPES
    fields = dict.fromkeys(field.name for kind in kinds for field in attrs.fields(kind))
    assert schema.names == ["schema_version", *(field.name for field in attrs.fields(Article))]
    assert [field.name for field in statement] == ["type", *fields]
    assert [field.name for field in schema.field("actors").type.value_type] == [f.name for f in attrs.fields(Actor)]
    assert [field.name for field in statement.field("spans").type.value_type] == [f.name for f in attrs.fields(Span)]
    assert statement.field("quantities").type.value_type.field("maximum").type == pyarrow.int64()
    assert statement.field("date").type == pyarrow.string()
    assert [statement.field(name).nullable for name in ("content", "cue", "about", "accused")] == [
        False,
        True,
        False,
        True,
    ]


def test_only_what_may_be_none_is_null() -> None:
    (row,) = to_arrow(ARTICLES[2:]).to_pylist()
    assert (row["title"], row["actors"][0]["anonymous"], row["actors"][0]["kind"]) == (None, False, "unknown")
    assert row["statements"][0]["quotes"] == []
    assert [statement["accused"] for statement in row["statements"]] == [None, ["a"], None]
    assert [statement["kind"] for statement in row["statements"]] == [None, None, "unspecified"]


def test_batches_are_made_while_they_are_read() -> None:
    def arriving() -> Iterator[Article]:
        for number in range(2_500):
            taken.append(number)
            yield Article(id=f"a{number}")

    taken: list[int] = []
    reader = to_arrow_batches(arriving())
    assert taken == []
    sizes = []
    for batch in reader:
        sizes.append(batch.num_rows)
        assert len(taken) == sum(sizes)
    assert sizes == [1_000, 1_000, 500]


def test_articles_with_much_text_make_small_batches() -> None:
    long = Article(id="long", text="x" * 6_000_000)
    assert [batch.num_rows for batch in to_arrow_batches([long, long, long])] == [2, 1]
    assert [batch.num_rows for batch in to_arrow_batches([long, long])] == [2]


def test_only_articles_are_written() -> None:
    some: Any = [ARTICLES[0], 3]
    with pytest.raises(ValidationError) as caught:
        to_arrow(some)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("type", (1,))]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ((1, "id"), "a b", "id"),
        ((1, "schema_version"), "9.0", "version"),
        ((1, "schema_version"), None, "missing"),
        ((1, "published"), "April", "date"),
        ((0, "note"), "x", "unknown_key"),
        ((1, "actors", 0, "name"), None, "missing"),
        ((1, "actors", 0, "aliases"), ["a", None], "type"),
        ((1, "statements", 0, "accused", 0), "nobody", "dangling_ref"),
        ((2, "statements", 0, "kind"), "outright", "unknown_key"),
        ((2, "statements", 1, "accused"), [], "empty"),
        ((2, "statements", 0, "quantities", 0, "maximum"), -1, "range"),
    ],
)
def test_an_issue_says_row_and_place(path: tuple[str | int, ...], value: object, code: str) -> None:
    (error,) = errors(changed(path, value))
    place = (*path, 1) if value == ["a", None] else path
    assert [(issue.code, issue.path) for issue in error.issues] == [(code, place)]


def test_values_are_taken_as_they_are_and_not_converted() -> None:
    for values, found in ([1, 2, 3], "found 1"), ([True] * 3, "found true"), ([b"a"] * 3, "a value of type bytes"):
        table = to_arrow(ARTICLES).set_column(1, "id", pyarrow.array(values))
        assert [error.issues[0].code for error in errors(table)] == ["type"] * 3
        assert found in str(errors(table)[0])


def test_an_error_of_arrow_is_raised_where_nobody_takes_it_and_says_the_row() -> None:
    reading = from_arrow(changed((1, "id"), "a b"))
    assert next(reading) == ARTICLES[0]
    with pytest.raises(ValidationError, match=r"^\$\[1\]\.id: found 'a b'"):
        next(reading)


def test_reading_goes_on_after_a_bad_row() -> None:
    table = changed((1, "id"), "a b")
    found: list[ValidationError] = []
    assert list(from_arrow(table, on_error=found.append)) == [ARTICLES[0], ARTICLES[2]]
    assert len(found) == 1


def test_what_cannot_be_called_with_errors_is_an_error_of_the_call() -> None:
    with pytest.raises(TypeError, match="found 3 as on_error, expected a function"):
        from_arrow(to_arrow(ARTICLES), on_error=3)  # type: ignore[arg-type]


def test_one_article_by_itself_is_no_list_of_articles() -> None:
    with pytest.raises(TypeError, match="found a value of type Article, expected a list of articles"):
        to_arrow(ARTICLES[0])  # type: ignore[arg-type]


def test_a_row_that_python_cannot_hold_is_an_issue_and_the_others_are_read() -> None:
    text = pyarrow.array(["fine", "bad!", None])
    spoilt = pyarrow.Array.from_buffers(
        pyarrow.string(), 3, [text.buffers()[0], text.buffers()[1], pyarrow.py_buffer(b"fine\xff\xff\xff\xff")]
    )
    table = to_arrow(ARTICLES).set_column(1, "id", spoilt)
    found: list[ValidationError] = []
    read = list(from_arrow(table, on_error=found.append))
    assert [article.id for article in read] == ["fine"]
    assert [error.issues[0].path for error in found] == [(1,), (2, "id")]
    assert [error.issues[0].code for error in found] == ["type", "missing"]


def test_a_column_that_comes_twice_is_an_error() -> None:
    table = to_arrow(ARTICLES)
    with pytest.raises(ValidationError) as caught:
        from_arrow(table.append_column("id", table.column("id")))
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("duplicate_key", ("id",))]


@pytest.mark.parametrize("other", [5, None, [ARTICLES[0]], {"id": ["a"]}])
def test_what_is_no_arrow_data_is_an_error(other: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        from_arrow(other)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("type", ())]


@pytest.mark.parametrize("call", [lambda: to_arrow([]), lambda: to_arrow_batches([]), lambda: from_arrow(NOTHING)])
def test_where_pyarrow_is_missing_the_error_names_what_to_install(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r'pip install "geoclaims\[arrow\]"'):
        call()
