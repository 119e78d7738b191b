from __future__ import annotations

import csv
import io
import itertools
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, Article, Statement, ValidationError
from geoclaims.interop import read_csv, write_csv
from geoclaims.interop.tables.csv_text import CutError, rows_of
from geoclaims.strategies import articles

NAMES = ("articles.csv", "actors.csv", "statements.csv")
OLD = Article(
    id="a", actors=[Actor(id="x", name="Old")], statements=[Statement(id="s", speaker="x", content="Old.")], title="Old"
)
# What hangs together by its ids, so that nothing but the mark tells the files apart.
NEW = attrs.evolve(
    OLD, title="New", actors=[Actor(id="x", name="New")], statements=[Statement(id="s", speaker="x", content="New.")]
)
# Each differs from it in one table only.
SAME_BUT_ONE = [
    attrs.evolve(OLD, title="New"),
    attrs.evolve(OLD, actors=NEW.actors),
    attrs.evolve(OLD, statements=NEW.statements),
]
MIXTURES = [mixture for mixture in itertools.product((False, True), repeat=3) if len(set(mixture)) == 2]


def load(path: Path, separator: str = ",") -> list[list[str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file, delimiter=separator))


def save(path: Path, table: list[list[str]], separator: str = ",") -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=separator).writerows(table)


def without_mark(folder: Path) -> None:
    for name in NAMES:
        save(folder / name, [row[:-1] for row in load(folder / name)])


def edited(folder: Path) -> None:
    """Save the tables as a spreadsheet program does, in which somebody has changed a word and moved a column."""
    for name in NAMES:
        table = [[cell.replace("Old", "Edited") for cell in row] for row in load(folder / name)]
        save(folder / name, [[row[-1], *row[:-1]] for row in table], ";")


def mixed(one: Path, other: Path, of_other: tuple[bool, ...], folder: Path) -> Path:
    """Put together a folder of the files of two others."""
    folder.mkdir()
    for name, which in zip(NAMES, of_other, strict=True):
        (folder / name).write_bytes(((other if which else one) / name).read_bytes())
    return folder


def refused(folder: Path) -> set[tuple[str, str]]:
    """The codes and files of what is wrong in a folder of which nothing is read."""
    errors: list[ValidationError] = []
    assert list(read_csv(folder, on_error=errors.append)) == []
    return {(issue.code, str(issue.path[0])) for error in errors for issue in error.issues}


@pytest.mark.parametrize("newer", [NEW, *SAME_BUT_ONE], ids=["in all", "in articles", "in actors", "in statements"])
@pytest.mark.parametrize("change", [None, edited, without_mark], ids=["as written", "edited", "made by hand"])
def test_every_mixture_of_old_and_new_files_is_an_error(
    tmp_path: Path, newer: Article, change: Callable[[Path], None] | None
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    write_csv(old, [OLD])
    write_csv(new, [newer])
    if change:
        change(old)
    for number, of_new in enumerate(MIXTURES):
        codes = {code for code, _ in refused(mixed(old, new, of_new, tmp_path / f"mixed {number}"))}
        assert codes == {"missing"}


@pytest.mark.parametrize("of_new", MIXTURES)
@pytest.mark.parametrize("again", [1, 2])
def test_edited_files_and_the_same_articles_written_over_them_are_told_apart(
    tmp_path: Path, of_new: tuple[bool, ...], again: int
) -> None:
    folder, before = tmp_path / "folder", tmp_path
    write_csv(folder, [OLD])
    for number in range(again):
        edited(folder)
        before = mixed(folder, folder, (False, False, False), tmp_path / f"edited {number}")
        write_csv(folder, [OLD])
    assert list(read_csv(folder)) == [OLD]
    assert {code for code, _ in refused(mixed(before, folder, of_new, tmp_path / "mixed"))} == {"missing"}


def test_the_message_names_both_marks_and_says_what_to_do(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    write_csv(old, [OLD])
    write_csv(new, [NEW])
    folder = mixed(old, new, (False, True, False), tmp_path / "mixed")
    of_old, of_new = load(folder / "articles.csv")[0][-1], load(folder / "actors.csv")[0][-1]
    with pytest.raises(ValidationError) as caught:
        list(read_csv(folder))
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("missing", ("actors.csv", 1, of_old))]
    assert str(caught.value) == (
        f"{folder}: actors.csv:1, column '{of_old}': found '{of_new}', expected '{of_old}' as in articles.csv: these "
        "files were not written together; write them again, or delete this column in each of them if they belong "
        "together anyway [missing]"
    )


def test_edited_files_are_read_and_so_are_files_without_a_mark(tmp_path: Path) -> None:
    write_csv(tmp_path, [OLD])
    edited(tmp_path)
    (article,) = read_csv(tmp_path)
    assert (article.title, article.actors[0].name, article.statements[0].content) == ("Edited", "Edited", "Edited.")
    for name in NAMES:
        save(tmp_path / name, [row[1:] for row in load(tmp_path / name, ";")])
    assert list(read_csv(tmp_path)) == [article]


@given(st.lists(articles(), max_size=2, unique_by=lambda article: article.id))
def test_the_same_articles_give_the_same_bytes_over_older_files_too(
    tmp_path_factory: pytest.TempPathFactory, some: list[Article]
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    contents = []
    for written in (some, [OLD], some, some):
        write_csv(folder, written)
        contents.append([(folder / name).read_bytes() for name in NAMES])
    assert contents[0] == contents[2] == contents[3]


def test_nothing_may_stand_in_the_column_of_the_mark(tmp_path: Path) -> None:
    write_csv(tmp_path, [OLD])
    table = load(tmp_path / "actors.csv")
    table[1][-1] = "a note"
    save(tmp_path / "actors.csv", table)
    with pytest.raises(
        ValidationError, match="found a cell beyond the last column, expected no more cells than columns"
    ) as caught:
        list(read_csv(tmp_path))
    assert caught.value.issues[0].path == ("actors.csv", 2, len(table[0]) - 1)


def test_two_marks_in_one_file_are_an_error(tmp_path: Path) -> None:
    write_csv(tmp_path, [OLD])
    table = load(tmp_path / "actors.csv")
    table[0].append("written_together_" + "0" * 16)
    save(tmp_path / "actors.csv", table)
    assert refused(tmp_path) == {("missing", "actors.csv")}
    with pytest.raises(ValidationError, match="found 2 such columns, expected 'written_together_"):
        next(read_csv(tmp_path))


def test_what_only_looks_like_a_mark_is_a_column_that_is_not_known(tmp_path: Path) -> None:
    write_csv(tmp_path, [OLD])
    for name in ("written_together_", "written_together_" + "G" * 16, "written_together_" + "0" * 17):
        table = load(tmp_path / "actors.csv")
        table[0][-1] = name
        save(tmp_path / "actors.csv", table)
        assert ("unknown_key", "actors.csv") in refused(tmp_path)


WRITER = """
import sys
from geoclaims import Actor, Article, Statement
from geoclaims.interop import write_csv

def generation(number):
    for article in range(40):
        word = f"{sys.argv[2]} {number}"
        actors = [Actor(id="x", name=word)]
        statements = [Statement(id="s", speaker="x", content=word)]
        yield Article(id=f"a{article}", title=word, actors=actors, statements=statements)

print("ready", flush=True)
for number in range(30):
    write_csv(sys.argv[1], generation(number))
"""


def test_beside_several_writers_a_reader_sees_one_writing_or_an_error(tmp_path: Path) -> None:
    write_csv(tmp_path, [OLD])
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name], stdout=subprocess.PIPE) for name in "ab"
    ]
    seen = 0
    try:
        while any(writer.poll() is None for writer in writers):
            errors: list[ValidationError] = []
            words: set[str] = set()
            for article in read_csv(tmp_path, on_error=errors.append):
                words |= {str(article.title), article.actors[0].name, article.statements[0].content.rstrip(".")}
            assert {issue.code for error in errors for issue in error.issues} <= {"missing"}
            assert len(words) == (0 if errors else 1)
            seen += not errors
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    assert seen
    write_csv(tmp_path, [NEW])
    assert list(read_csv(tmp_path)) == [NEW]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_to_which_somebody_writes_while_it_is_read_ends_the_reading(tmp_path: Path, name: str) -> None:
    write_csv(tmp_path, [attrs.evolve(OLD, id=f"a{number}") for number in range(3)])
    reading = read_csv(tmp_path)
    assert next(reading).id == "a0"
    path = tmp_path / name
    path.write_bytes(path.read_bytes().replace(b"Old", b"New") + b"\r\n")
    with pytest.raises(ValidationError) as caught:
        list(reading)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("encoding", (name, 1))]
    assert f"{name}:1: found a file that changed while it was read" in str(caught.value)


def test_a_file_that_is_cut_after_its_last_article_was_read_is_an_error(tmp_path: Path) -> None:
    write_csv(tmp_path, [OLD])
    reading = read_csv(tmp_path)
    assert next(reading) == OLD
    os.truncate(tmp_path / "actors.csv", 10)
    with pytest.raises(ValidationError, match="changed while it was read"):
        next(reading)


def test_files_that_are_replaced_while_they_are_read_are_read_to_the_end(tmp_path: Path) -> None:
    some = [attrs.evolve(OLD, id=f"a{number}") for number in range(3)]
    write_csv(tmp_path, some)
    reading = read_csv(tmp_path)
    first = next(reading)
    write_csv(tmp_path, [NEW])
    assert [first, *reading] == some


def strictly(text: str, separator: str) -> list[list[str]] | None:
    """What the module `csv` reads where it is strict, or None where it reads nothing."""
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True))
    except csv.Error:
        return None


def ours(text: str, separator: str) -> list[list[str]] | None:
    try:
        return list(rows_of(iter(text.splitlines(keepends=True)), separator))
    except CutError:
        return None


pieces = st.lists(st.sampled_from(['"', '"', '""', '","', ",", ";", "\n", "\r\n", "a", " ", "'", "é"]), max_size=20)


@given(pieces, st.sampled_from(",;\t"))
def test_csv_is_read_as_the_module_csv_reads_it_where_it_is_strict(some: list[str], separator: str) -> None:
    text = "".join(some)
    assert ours(text, separator) == strictly(text, separator)


@given(st.lists(st.lists(st.text('a",;\t\n\r é', max_size=5), min_size=1)), st.sampled_from(",;\t"), st.booleans())
def test_what_the_module_csv_writes_is_read_again(table: list[list[str]], separator: str, quoted: bool) -> None:  # noqa: FBT001 - drawn
    file = io.StringIO()
    csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(table)
    text = file.getvalue()
    split = iter([f"{line}\n" for line in text.split("\n")[:-1]])
    assert list(rows_of(split, separator)) == table


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('a,"b', "the file ends within quotes"),
        ('a,"b\n', "the file ends within quotes"),
        ('"a"b,c\n', "'b' stands beside a quoted cell"),
        ("a\rb\n", "CR alone ends a line"),
        ('"a"\r"b"\n', "CR alone ends a line"),
    ],
)
def test_what_is_cut_or_wrongly_quoted_is_said(text: str, message: str) -> None:
    with pytest.raises(CutError, match=message):
        list(rows_of(iter([f"{line}\n" for line in text.split("\n")[:-1]] or [text]), ","))


def test_reading_changes_no_state_of_the_process_and_takes_longer_cells_than_it_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = Article(id="a", text='x, "\n' * 100_000)
    write_csv(tmp_path, [article])
    usual = csv.field_size_limit(10)
    monkeypatch.delattr(csv, "field_size_limit")
    try:
        assert list(read_csv(tmp_path)) == [article]
    finally:
        monkeypatch.undo()
        assert csv.field_size_limit(usual) == 10


def test_columns_in_another_order_and_a_moved_mark_are_read(tmp_path: Path) -> None:
    write_csv(tmp_path, [OLD])
    for name in NAMES:
        table = load(tmp_path / name)
        order = list(range(len(table[0])))
        random.Random(name).shuffle(order)
        save(tmp_path / name, [[row[index] for index in order] for row in table])
    assert list(read_csv(tmp_path)) == [OLD]
