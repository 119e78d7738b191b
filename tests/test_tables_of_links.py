"""The links of a corpus are a fourth table, which is read by itself."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, Article, ValidationError
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import read_csv, write_csv
from geoclaims.strategies import corpora
from tests.conftest import Run
from tests.tables import load, save

LINK = Link(kind=LinkKind.SAME, source="monday/navy", target="friday/fleet", annotator="=Ann", basis="one;-two")
ARTICLES = [
    Article(id="monday", actors=[Actor(id="navy", name="The navy")]),
    Article(id="friday", actors=[Actor(id="fleet", name="The fleet")]),
]
CORPUS = Corpus(articles=ARTICLES, links=[LINK])
FILE = "links.csv"
HEADER = [field.name for field in attrs.fields(Link)]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@given(corpora(), st.permutations(HEADER), st.sampled_from(",;\t"))
def test_a_corpus_comes_back_from_its_tables_also_as_other_programs_save_them(
    corpus: Corpus, order: list[str], separator: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        assert write_csv(name, corpus) == len(corpus.articles)
        assert list(read_csv(name)) == list(corpus.articles)
        folder = Path(name)
        assert (folder / "links.csv").exists() == bool(corpus.links)
        if corpus.links:
            assert list(read_csv(name, Link)) == list(corpus.links)
            header, *rows = load(folder / FILE)
            moved = [[row[header.index(column)] for column in order] for row in rows]
            save(folder / FILE, [order, *moved, [], ["", ""]], separator)
            assert tuple(read_csv(folder, type=Link)) == corpus.links


def test_the_columns_are_the_fields_of_a_link_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    write_csv(tmp_path, CORPUS)
    assert load(tmp_path / FILE) == [HEADER, ["same", "monday/navy", "friday/fleet", "'=Ann", "one;'-two"]]
    save(tmp_path / FILE, [HEADER[:3], ["same", "monday/navy", "friday/fleet"]])  # the others may be missing
    assert list(read_csv(tmp_path, Link)) == [attrs.evolve(LINK, annotator=None, basis=None)]


def test_a_folder_with_links_is_refused_where_none_are_written_and_stays_as_it_is(tmp_path: Path, run: Run) -> None:
    write_csv(tmp_path, CORPUS)
    before = contents(tmp_path)
    for some in (ARTICLES, ARTICLES[0], Corpus(articles=ARTICLES)):
        with pytest.raises(FileExistsError, match=r"name another folder: '.*links\.csv'"):
            write_csv(tmp_path, some)
    assert str(tmp_path / "links.csv") in run("export", "--to", "csv", "--bundled", "-o", tmp_path, code=1).err
    assert contents(tmp_path) == before
    assert write_csv(tmp_path, attrs.evolve(CORPUS, links=[LINK, attrs.evolve(LINK, annotator="Bo")])) == 2
    assert len(load(tmp_path / FILE)) == 3


def test_where_only_articles_can_be_read_a_folder_with_links_is_read_as_one_without(tmp_path: Path, run: Run) -> None:
    write_csv(tmp_path, CORPUS)
    commands = (["lint"], ["export", "--to", "jsonl"])
    read = [run(*command, tmp_path) for command in commands]
    (tmp_path / "links.csv").unlink()
    assert read == [run(*command, tmp_path) for command in commands]


MISTAKES: list[tuple[list[str], list[tuple[str, tuple[str | int, ...]]]]] = [
    (["sam", "a/b", "a/c", "", ""], [("enum", ("kind",))]),
    (["", "a", "b c", "", ""], [("missing", ("kind",)), ("id", ("source",)), ("id", ("target",))]),
    (["same", "a/b", "a/b", "", ""], [("self_ref", ("target",))]),
    (["same", "a/b", "a/c", "x\x01", " "], [("text", ("annotator",)), ("empty", ("basis",))]),
    (["same", "a/b"], [("missing", ())]),
    (["same", "a/b", "a/c", "x", "x", "x"], [("unknown_key", ())]),
]


@pytest.mark.parametrize(("row", "expected"), MISTAKES)
def test_what_is_wrong_with_a_link_says_file_row_and_column_and_the_others_come(
    tmp_path: Path, row: list[str], expected: list[tuple[str, tuple[str | int, ...]]]
) -> None:
    good = ["distinct", "a/b", "c/d", "", ""]
    save(tmp_path / FILE, [HEADER, good, row, good])
    found: list[ValidationError] = []
    link = Link(kind=LinkKind.DISTINCT, source="a/b", target="c/d")
    assert list(read_csv(tmp_path, Link, on_error=found.append)) == [link, link]
    (error,) = found
    assert [(issue.code, issue.path) for issue in error.issues] == [
        (code, ("links.csv", 3, *cell)) for code, cell in expected
    ]
    assert str(error).startswith(f"{tmp_path}: links.csv:3")
    reading = read_csv(tmp_path, Link)
    assert next(reading) == link
    with pytest.raises(ValidationError, match=r"links\.csv:3"):
        next(reading)


def test_of_a_table_with_wrong_columns_no_link_is_read(tmp_path: Path) -> None:
    save(tmp_path / FILE, [["kind", "source", "article"], ["same", "a/b", "a/c"]])
    found: list[ValidationError] = []
    assert list(read_csv(tmp_path, Link, on_error=found.append)) == []
    assert [(issue.code, issue.path) for error in found for issue in error.issues] == [
        ("unknown_key", ("links.csv", 1, "article")),
        ("missing", ("links.csv", 1, "target")),
    ]
    (tmp_path / "links.csv").write_bytes(b'kind,source,target\n"same')
    with pytest.raises(ValidationError, match="encoding"):
        list(read_csv(tmp_path, Link))


def test_links_that_are_not_there_are_a_missing_file_and_other_types_a_type_error(tmp_path: Path) -> None:
    write_csv(tmp_path, ARTICLES)
    with pytest.raises(FileNotFoundError, match=r"links\.csv"):
        read_csv(tmp_path, Link)
    other: Any
    for other in (Actor, LinkKind, list[Link], "Link", None):
        with pytest.raises(TypeError, match="expected Article or Link"):
            read_csv(tmp_path, other)
