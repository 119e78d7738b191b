from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    Quantity,
    Span,
    Statement,
    ValidationError,
    load_article,
    write_jsonl,
)
from geoclaims.interop import from_arrow, to_arrow, to_arrow_batches
from geoclaims.strategies import articles

if TYPE_CHECKING:
    import pyarrow

    from tests.conftest import Run
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


EMPTY = to_arrow([])


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


@given(st.lists(articles(), max_size=2))
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


def test_a_parquet_file_has_the_rows_of_the_table(tmp_path: Path, run: Run) -> None:
    from pyarrow import parquet

    write_jsonl(tmp_path / "articles.jsonl", ARTICLES)
    assert run("export", "--to", "parquet", "-o", tmp_path / "a.parquet", tmp_path / "articles.jsonl").out == ""
    table = parquet.read_table(tmp_path / "a.parquet")
    assert table.schema == to_arrow([]).schema
    assert tuple(from_arrow(table)) == ARTICLES
    command = [sys.executable, "-m", "geoclaims", "export", "--to", "parquet", str(tmp_path / "articles.jsonl")]
    assert subprocess.run(command, check=True, capture_output=True).stdout == (tmp_path / "a.parquet").read_bytes()


def test_parquet_does_not_go_to_a_terminal_or_a_closed_output(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    refused = run("export", "--to", "parquet", "--bundled", code=2).err
    assert "--to parquet is not for a terminal: name its file with" in refused
    monkeypatch.setattr("sys.stdout", None)
    assert run("export", "--to", "parquet", "--bundled", code=1).err == "geoclaims: standard output is closed\n"


def test_the_schema_has_a_column_for_each_field_and_the_version() -> None:
    schema = to_arrow([]).schema
    statement = schema.field("statements").type.value_type
    fields = dict.fromkeys(field.name for kind in (Statement, Allegation, Denial) for field in attrs.fields(kind))
    assert schema.names == ["schema_version", *(field.name for field in attrs.fields(Article))]
    assert [field.name for field in statement] == ["type", *fields]
    assert [field.name for field in schema.field("actors").type.value_type] == [f.name for f in attrs.fields(Actor)]
    assert [field.name for field in statement.field("spans").type.value_type] == [f.name for f in attrs.fields(Span)]
    assert statement.field("quantities").type.value_type.field("maximum").type == pyarrow.int64()
    assert statement.field("date").type == pyarrow.string()
    nullable = [statement.field(name).nullable for name in ("content", "cue", "about", "accused")]
    assert nullable == [False, True, False, True]
    (row,) = to_arrow(ARTICLES[2:]).to_pylist()  # in which only what may be None is null
    assert (row["title"], row["actors"][0]["anonymous"], row["actors"][0]["kind"]) == (None, False, "unknown")
    assert row["statements"][0]["quotes"] == []
    assert [statement["accused"] for statement in row["statements"]] == [None, ["a"], None]
    assert [statement["kind"] for statement in row["statements"]] == [None, None, "unspecified"]


def test_batches_are_made_while_they_are_read_and_small_if_there_is_much_text() -> None:
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
    long = Article(id="long", text="x" * 6_000_000)
    assert [batch.num_rows for batch in to_arrow_batches([long, long, long])] == [2, 1]
    assert [batch.num_rows for batch in to_arrow_batches([long, long])] == [2]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ((1, "id"), "a b", "id"),
        ((1, "schema_version"), "9.0", "version"),
        ((1, "schema_version"), None, "missing"),
        ((1, "published"), "April", "date"),
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


def test_an_error_is_raised_where_nobody_takes_it_and_else_reading_goes_on() -> None:
    table = changed((1, "id"), "a b")
    reading = from_arrow(table)
    assert next(reading) == ARTICLES[0]
    with pytest.raises(ValidationError, match=r"^\$\[1\]\.id: "):
        next(reading)
    found: list[ValidationError] = []
    assert list(from_arrow(table, on_error=found.append)) == [ARTICLES[0], ARTICLES[2]]
    assert len(found) == 1
    with pytest.raises(TypeError, match="on_error"):
        from_arrow(table, on_error=3)  # type: ignore[arg-type]


def test_values_are_taken_as_they_are_and_not_converted() -> None:
    for values in ([1, 2, 3], [True] * 3, [b"a"] * 3):
        table = to_arrow(ARTICLES).set_column(1, "id", pyarrow.array(values))
        assert [error.issues[0].code for error in errors(table)] == ["type"] * 3


def test_a_value_that_python_cannot_hold_is_an_issue_at_its_column_and_the_other_rows_are_read() -> None:
    text = pyarrow.array(["fine", "bad!", None])
    spoilt = pyarrow.Array.from_buffers(
        pyarrow.string(), 3, [text.buffers()[0], text.buffers()[1], pyarrow.py_buffer(b"fine\xff\xff\xff\xff")]
    )
    table = to_arrow(ARTICLES).set_column(1, "id", spoilt)
    found: list[ValidationError] = []
    read = list(from_arrow(table, on_error=found.append))
    assert [article.id for article in read] == ["fine"]
    assert [error.issues[0].path for error in found] == [(1, "id"), (2, "id")]
    assert [error.issues[0].code for error in found] == ["type", "missing"]


def test_all_that_is_wrong_with_a_row_is_said_though_python_cannot_hold_a_part_of_it() -> None:
    table = to_arrow([Article(id="example")]).set_column(9, "actors", pyarrow.array([["navy", None]]))
    (error,) = errors(table)
    assert [(issue.code, issue.path[1:]) for issue in error.issues] == [("type", ("actors", i)) for i in (0, 1)]
    late = pyarrow.array([2**62] * 3, pyarrow.timestamp("s"))
    table = changed((1, "id"), "a b")
    table = table.set_column(table.schema.get_field_index("published"), "published", late)
    assert [[(issue.code, issue.path) for issue in error.issues] for error in errors(table)] == [
        [("type", (0, "published"))],
        [("id", (1, "id")), ("type", (1, "published"))],
        [("type", (2, "published"))],
    ]


TEXTS = pyarrow.array(["a", None, "б" * 20, "", "ccc", "a"])


RUN_ENDS: Any = pyarrow.RunEndEncodedArray  # whose stubs know no lists
STRUCTS = pyarrow.array([{"id": "a", "anonymous": True}, {"id": "bb", "anonymous": None}])
OF_OTHER_TYPES: dict[str, Any] = {
    "part of a dictionary": TEXTS.dictionary_encode()[1:4],
    "part of runs": RUN_ENDS.from_arrays([2, 3, 7, 10], ["xx", None, "y", "zzz"])[1:6],
    "nulls": pyarrow.nulls(5),
    "lists of structs": pyarrow.ListArray.from_arrays([0, 1, 2], STRUCTS),
    "maps": pyarrow.array([[("a", 1)], [("b", 2), ("c", 3)]], pyarrow.map_(pyarrow.string(), pyarrow.int64())),
}


@pytest.mark.parametrize("kind", OF_OTHER_TYPES)
def test_data_of_any_type_are_looked_at_row_by_row(kind: str) -> None:
    array = OF_OTHER_TYPES[kind]
    assert [error.issues[0].path[0] for error in errors(pyarrow.table({"title": array}))] == list(range(len(array)))


def test_rows_are_taken_out_of_a_batch_so_few_at_a_time_that_they_take_little_memory() -> None:
    columns = {
        "schema_version": ["1.0"] * 5_000,
        "id": [f"a{number}" for number in range(5_000)],
        "title": [f"{number} {'x' * 1_000}" for number in range(5_000)],
    }
    reading = from_arrow(pyarrow.record_batch({name: pyarrow.array(cells) for name, cells in columns.items()}))
    next(reading)  # after which whatever is imported or made once is there
    tracemalloc.start()
    try:
        assert sum(1 for _ in reading) == 4_999
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000


def test_columns_that_are_not_known_or_come_twice_are_one_error_in_place_of_all_rows() -> None:
    table = to_arrow(ARTICLES)
    table = table.append_column("id", table.column("id")).append_column("titel", pyarrow.nulls(3))
    for each in (table, table[:0]):
        (error,) = errors(each)
        assert [(issue.code, issue.path) for issue in error.issues] == [
            ("duplicate_key", ("id",)),
            ("unknown_key", ("titel",)),
        ]
        with pytest.raises(ValidationError):
            next(from_arrow(each))


@pytest.mark.parametrize("other", [5, None, [ARTICLES[0]], {"id": ["a"]}, pyarrow.chunked_array([[1, 2], [3]])])
def test_what_is_no_table_of_arrow_is_a_type_error(other: Any) -> None:
    with pytest.raises(TypeError, match="Arrow"):
        from_arrow(other)


@pytest.mark.parametrize("call", [lambda: to_arrow([]), lambda: to_arrow_batches([]), lambda: from_arrow(EMPTY)])
def test_where_pyarrow_is_missing_the_error_names_what_to_install(
    call: Any, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"geoclaims\[arrow\]"):
        call()
    refused = run("export", "--to", "parquet", "-o", tmp_path / "a.parquet", "--bundled", code=2).err
    assert "geoclaims[arrow]" in refused
    assert list(tmp_path.iterdir()) == []
