from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

from geoclaims import (
    Allegation,
    Article,
    Denial,
    Statement,
    load_article,
    write_jsonl,
)
from geoclaims.interop import to_arrow, to_arrow_batches
from tests.conftest import Run, imported
from tests.places import ARTICLE

if TYPE_CHECKING:
    import pyarrow
else:
    pyarrow = imported("pyarrow")

ARTICLES = (Article(id="empty"), load_article(), ARTICLE)


def test_a_parquet_file_has_the_rows_of_the_table(tmp_path: Path, run: Run) -> None:
    from pyarrow import parquet

    write_jsonl(tmp_path / "articles.jsonl", ARTICLES)
    assert run("export", "--to", "parquet", "-o", tmp_path / "a.parquet", tmp_path / "articles.jsonl").out == ""
    table = parquet.read_table(tmp_path / "a.parquet")
    assert table == to_arrow(iter(ARTICLES)) == to_arrow_batches(ARTICLES).read_all()
    table.validate(full=True)
    command = [sys.executable, "-m", "geoclaims", "export", "--to", "parquet", str(tmp_path / "articles.jsonl")]
    assert subprocess.run(command, check=True, capture_output=True).stdout == (tmp_path / "a.parquet").read_bytes()


def test_parquet_does_not_go_to_a_closed_output(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    assert run("export", "--to", "parquet", "--bundled", code=1).err == "geoclaims: standard output is closed\n"


def test_the_schema_has_a_column_for_each_field_and_the_version_and_only_what_may_be_none_is_null() -> None:
    schema, table = to_arrow([]).schema, to_arrow([ARTICLES[0], ARTICLE])
    statement = schema.field("statements").type.value_type
    fields = dict.fromkeys(field.name for kind in (Statement, Allegation, Denial) for field in attrs.fields(kind))
    assert schema == table.schema
    assert schema.names == ["schema_version", *(field.name for field in attrs.fields(Article))]
    assert [field.name for field in statement] == ["type", *fields]
    assert statement.field("quantities").type.value_type.field("maximum").type == pyarrow.int64()
    assert statement.field("date").type == pyarrow.string()
    nullable = {field.name for kind in (Allegation, Denial) for field in attrs.fields(kind) if field.default is None}
    assert {field.name for field in statement if field.nullable} == nullable | {"accused", "denies", "kind"}
    empty, row = table.to_pylist()
    assert (empty["title"], empty["actors"]) == (None, [])
    assert (row["actors"][0]["anonymous"], row["actors"][-1]["kind"]) == (False, "unknown")
    for statement, written in zip(ARTICLE.statements, row["statements"], strict=True):
        assert written["quotes"] == list(statement.quotes)
        assert [written[name] is None for name in ("accused", "denies", "kind")] == [
            not hasattr(statement, name) for name in ("accused", "denies", "kind")
        ]


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
    assert [batch.num_rows for batch in to_arrow_batches([long] * 5)] == [2, 2, 1]
    assert [batch.num_rows for batch in to_arrow_batches([long, long])] == [2]


def test_where_pyarrow_is_missing_the_error_names_what_to_install(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for convert in (to_arrow, to_arrow_batches):
        with pytest.raises(ImportError, match=r"geoclaims\[arrow\]"):
            convert([])
    refused = run("export", "--to", "parquet", "-o", tmp_path / "a.parquet", "--bundled", code=2).err
    assert "geoclaims[arrow]" in refused
    assert list(tmp_path.iterdir()) == []
