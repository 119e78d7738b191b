from __future__ import annotations

import csv
import pickle
import random
import re
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    Issue,
    Quantity,
    Span,
    Statement,
    ValidationError,
    load_article,
)
from geoclaims.interop import read_csv, to_records, write_csv
from tests.places import ARTICLE
from tests.tables import Table, edit, load, put, save

ARTICLES = (Article(id="empty"), ARTICLE, attrs.evolve(ARTICLE, id="again", text=None), load_article())
NAMES = ("articles.csv", "actors.csv", "statements.csv")


def errors(folder: Path) -> list[ValidationError]:
    found: list[ValidationError] = []
    assert {type(article) for article in read_csv(folder, on_error=found.append)} <= {Article}
    return found


def issues(folder: Path) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(issue.code, issue.path) for error in errors(folder) for issue in error.issues]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the tables of some articles."""
    write_csv(tmp_path / "claims", ARTICLES)
    return tmp_path / "claims"


@pytest.fixture
def single(tmp_path: Path) -> Path:
    """A folder with the tables of one article in which every field holds something."""
    write_csv(tmp_path / "claims", [ARTICLE])
    return tmp_path / "claims"


# Writing, and reading what was written.


def test_articles_come_back_equal_and_in_order_and_each_statement_is_one_record(tmp_path: Path) -> None:
    assert write_csv(tmp_path, iter(ARTICLES)) == len(ARTICLES)
    assert list(read_csv(tmp_path)) == list(ARTICLES)
    records = list(to_records(ARTICLES))
    ids = [(record["article"], record["id"], record["content"]) for record in records]
    assert ids == [(article.id, said.id, said.content) for article in ARTICLES for said in article.statements]
    assert {tuple(record) for record in records} == {tuple(next(to_records([ARTICLE])))}  # all have the same keys
    assert {type(value) for record in records for value in record.values()} == {str, type(None)}


awkward = st.text("=+-@'|\\\"\t\n,; a＝", min_size=1).filter(str.strip)
awkward_line = st.text("=+-@'|\\\", ;a＝\u00a0", min_size=1).filter(str.strip)
addresses = st.text(";,|\\hH", max_size=9).map(
    lambda end: f"https://a.example/{end.replace('h', 'https://b').replace('H', 'HTTP://c')}"
)


@given(awkward, st.lists(awkward), st.lists(awkward_line, unique=True), st.lists(addresses, unique=True))
def test_text_that_looks_like_formulas_lists_or_quoting_comes_back(
    content: str, quotes: list[str], aliases: list[str], same_as: list[str]
) -> None:
    actor = Actor(id="a", name="A", aliases=aliases, same_as=same_as)
    statement = Statement(id="s", speaker="a", content=content, quotes=quotes, basis=content, labels=aliases)
    article = Article(id="x", actors=[actor], statements=[statement])
    with tempfile.TemporaryDirectory() as folder:
        write_csv(folder, [article])
        assert list(read_csv(folder)) == [article]


SIGNS = tuple(chr(ord(sign) + wider) for sign in "=+-@" for wider in (0, 0xFEE0))
SPACES = [space for space in map(chr, range(0x3001)) if space.isspace()]


def test_no_cell_is_a_formula_at_whatever_it_is_split_and_all_others_are_written_as_they_are(tmp_path: Path) -> None:
    starts = ["", "'", "''", *SPACES, *(f"'{space}" for space in SPACES), " \u3000"]
    starts += [f"x{split}{before}" for split in ";\t\r\n" for before in ("", '"', "'", "'\"'", *SPACES, "\" '\u00a0")]
    texts = [f"{start}{sign}" for start in starts for sign in (*SIGNS, "1")]
    some = [Article(id=f"a{number}", text=text) for number, text in enumerate(texts)]
    write_csv(tmp_path, some)
    cells = [row[-1] for row in load(tmp_path / "articles.csv")[1:]]
    for text, cell in zip(texts, cells, strict=True):
        parts = re.split("[;\t\r\n]", cell)
        assert not [part for part in parts if re.sub(r'["\s]', "", part).startswith(SIGNS)]
        assert cell[0] not in "\t\r\n"
        assert cell == text or text.endswith(SIGNS) or text[0] in "\t\r\n'"
    assert list(read_csv(tmp_path)) == some


def test_texts_of_any_characters_and_longer_than_the_csv_module_allows_by_itself_come_back(tmp_path: Path) -> None:
    usual = csv.field_size_limit()
    texts = ["a\rb\r\nc\x01d\x85e\u2028f\n\ufeffg\U0010ffff", "x, " * 50_000]
    some = [Article(id=f"a{number}", text=text) for number, text in enumerate(texts)]
    write_csv(tmp_path, some)
    assert list(read_csv(tmp_path)) == some
    assert csv.field_size_limit() == usual < len(texts[1])


def test_files_without_articles_hold_their_columns(tmp_path: Path) -> None:
    assert write_csv(tmp_path, []) == 0
    assert list(read_csv(tmp_path)) == []
    assert [len(load(tmp_path / name)) for name in NAMES] == [1, 1, 1]


def test_two_annotations_of_one_article_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as caught:
        write_csv(tmp_path, [Article(id="a", annotator="1"), Article(id="a", annotator="2")])
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("duplicate_id", (1, "id"))]


def memory(work: Callable[[], object]) -> int:
    """How much memory some work takes at most."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_writing_takes_articles_one_at_a_time(tmp_path: Path) -> None:
    arriving = (Article(id=f"a{number}", text="x" * 20_000) for number in range(100))
    assert memory(lambda: write_csv(tmp_path, arriving)) < 500_000
    assert (tmp_path / "articles.csv").stat().st_size > 2_000_000


def test_reading_takes_hardly_more_memory_than_the_guide_says(tmp_path: Path) -> None:
    write_csv(tmp_path, [attrs.evolve(load_article(), id=f"a{number}") for number in range(20)])
    size = sum((tmp_path / name).stat().st_size for name in NAMES)
    assert memory(lambda: sum(1 for _ in read_csv(tmp_path))) < 6 * size


@pytest.mark.parametrize("text", [";" + "'" * 50_000, "x;" + "\"'" * 25_000 + "=1", "'" * 50_000 + "="])
def test_a_cell_of_quotes_takes_no_more_memory_than_others(tmp_path: Path, text: str) -> None:
    def written_and_read(name: str) -> None:
        article = Article(id="a", actors=[Actor(id="a", name=name)])
        write_csv(tmp_path, [article])
        assert list(read_csv(tmp_path)) == [article]

    assert memory(lambda: written_and_read(text)) < 2 * memory(lambda: written_and_read("x" * len(text)))


# Reading what others have written.


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_are_read_as_other_programs_save_them_and_other_files_are_not(folder: Path, separator: str) -> None:
    (folder / "notes.csv").write_text("id\nanother\n", encoding="utf-8")
    for name in NAMES:
        header, *rows = load(folder / name)
        order = list(range(len(header)))
        random.Random(1).shuffle(order)
        moved = [[row[index] for index in order] for row in [header, *rows]]
        padded = [*([*row, "", ""] for row in moved), [], [""] * 30]
        capital = [[cell.upper() if cell in ("true", "false") else cell for cell in row] for row in padded]
        save(folder / name, capital, separator)
    assert list(read_csv(folder)) == list(ARTICLES)


def test_empty_cells_at_the_end_of_a_row_may_be_missing_as_excel_saves_them(folder: Path) -> None:
    for name in NAMES:
        table = load(folder / name)
        for row in table:
            while not row[-1]:
                row.pop()
        save(folder / name, table)
    assert len({len(row) for row in load(folder / "statements.csv")}) > 3
    assert list(read_csv(folder)) == list(ARTICLES)


def test_columns_that_need_not_be_filled_may_be_missing(tmp_path: Path) -> None:
    save(tmp_path / "articles.csv", [["id"], ["a"]])
    save(tmp_path / "actors.csv", [["name", "id", "article"], ["Lin", "lin", "a"]])
    header = ["content", "speaker", "type", "id", "article"]
    save(tmp_path / "statements.csv", [header, ["No.", "lin", "statement", "s", "a"]])
    statement = Statement(id="s", speaker="lin", content="No.")
    assert list(read_csv(tmp_path)) == [Article(id="a", actors=[Actor(id="lin", name="Lin")], statements=[statement])]


def test_rows_may_be_in_any_order_of_articles_and_keep_theirs_within_each(folder: Path) -> None:
    for name, seed in (("actors.csv", 1), ("statements.csv", 2)):
        header, *rows = load(folder / name)
        queues = {row[0]: iter([other for other in rows if other[0] == row[0]]) for row in rows}
        shuffled = [row[0] for row in rows]
        random.Random(seed).shuffle(shuffled)
        save(folder / name, [header, *(next(queues[article]) for article in shuffled)])
    first, second = read_csv(folder), read_csv(str(folder))
    assert [next(first), next(second)] == [ARTICLES[0]] * 2  # each reads by itself
    assert list(first) == list(second) == list(ARTICLES[1:])


# What is wrong.


@given(st.sampled_from(NAMES), st.data(), st.text())
def test_whatever_stands_in_a_cell_has_documented_errors_alone(name: str, data: st.DataObject, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_csv(folder, ARTICLES)
        table = load(Path(folder, name))
        row, column = (data.draw(st.integers(0, len(each) - 1)) for each in (table, table[0]))
        table[row][column] = text.replace("\0", "")
        save(Path(folder, name), table)
        found = errors(Path(folder))
        assert {issue.path[:1] for error in found for issue in error.issues} <= {(name,) for name in NAMES}
        if found:
            with pytest.raises(ValidationError) as caught:
                list(read_csv(folder))
            assert caught.value.issues == found[0].issues


# each row: a file, a change to a cell in it, and the code and place of what that makes wrong
Mistake = tuple[str, int, str, str, str, tuple[str | int, ...]]
MISTAKES: list[Mistake] = [
    ("articles.csv", 2, "text", "Cut", "span", ()),
    ("actors.csv", 3, "id", "", "missing", ("id",)),
    ("actors.csv", 2, "aliases", "a|a", "duplicate", ("aliases", 1)),
    ("actors.csv", 2, "aliases", "a||b", "empty", ("aliases", 1)),
    ("actors.csv", 2, "aliases", "a|C:\\temp", "text", ("aliases",)),
    ("actors.csv", 5, "on_behalf_of", "aide", "self_ref", ("on_behalf_of",)),
    ("actors.csv", 4, "id", "sudria", "duplicate_id", ("id",)),
    ("statements.csv", 2, "type", "", "missing", ("type",)),
    ("statements.csv", 2, "accused", "lee|stat", "dangling_ref", ("accused", 1)),
    ("statements.csv", 2, "accused", "", "missing", ("accused",)),
    ("statements.csv", 4, "accused", "lee", "unknown_key", ("accused",)),
    ("statements.csv", 2, "quantities_minimum", "-1|2|3|", "range", ("quantities_minimum", 0)),
    ("statements.csv", 2, "quantities_minimum", f"{'9' * 9_000}|2|3|", "range", ("quantities_minimum", 0)),
    ("statements.csv", 2, "quantities_minimum", "5", "missing", ("quantities_minimum",)),
    ("statements.csv", 2, "quantities_unit", "a|||", "missing", ("quantities_unit", 1)),
    ("statements.csv", 5, "quantities_maximum", "5", "missing", ("quantities_unit", 0)),
]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_an_issue_says_file_row_and_column(single: Path, mistake: Mistake) -> None:
    file, row, column, value, code, cell = mistake
    edit(single, file, put(row, column, value))
    if column == "text":  # whose spans are wrong then
        file, row, cell = "statements.csv", 2, ("spans_start", 0)
    first, *others = errors(single)
    assert (code, (file, row, *cell)) in [
        (issue.code, issue.path) for each in (first, *others) for issue in each.issues
    ]
    assert first.location == str(single)
    assert f"{single}: {file}:{row}, column {cell[0]}" in str(first)


LISTS = {field.name for model in (Actor, Allegation, Denial) for field in attrs.fields(model) if field.converter}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_wrong_in_any_cell_is_found_at_its_row_column_and_item(single: Path, name: str) -> None:
    header, *rows = load(single / name)
    for number, column in enumerate(header):
        expected, table = set[tuple[str | int, ...]](), [header]
        for row, cells in enumerate(rows, 2):
            items = re.split(r"(?<!\\)\|", cells[number])
            item = row % len(items)
            in_list = {column, column.partition("_")[0]} & LISTS
            if cells[number] and column != "text":  # where that character is allowed
                expected.add((name, row, column, item) if in_list else (name, row, column))
                items[item:] = [f"\x01{row}", *items[item + 1 :]]
            table.append([*cells[:number], "|".join(items) if in_list else items[item], *cells[number + 1 :]])
        save(single / name, table)
        assert expected <= {path for _, path in issues(single)}, column
    save(single / name, [header, *rows])


@pytest.mark.parametrize("item", range(3))
@pytest.mark.parametrize(("column", "value"), [("quantities_minimum", "9"), ("spans_end", "0")])
def test_what_does_not_fit_within_a_quantity_or_a_span_is_told_at_that_item(
    tmp_path: Path, column: str, value: str, item: int
) -> None:
    quantities = [Quantity(unit=unit, minimum=1, maximum=5) for unit in ("boats", "mines", "crews")]
    spans = [Span.of("one two six", start, start + 3) for start in (0, 4, 8)]
    said = Statement(id="s", speaker="a", content="It is.", quantities=quantities, spans=spans)
    write_csv(tmp_path, [Article(id="x", actors=[Actor(id="a", name="A")], statements=[said])])
    header, row = load(tmp_path / "statements.csv")
    cells = row[header.index(column)].split("|")
    edit(tmp_path, "statements.csv", put(2, column, "|".join([*cells[:item], value, *cells[item + 1 :]])))
    ((code, path),) = issues(tmp_path)
    assert (code, path[:2], path[3]) == ("range", ("statements.csv", 2), item)


def test_all_issues_of_an_article_come_at_once_in_the_order_of_the_tables_and_can_be_pickled(single: Path) -> None:
    edit(single, "statements.csv", put(5, "date", "4/9/2025"), put(2, "event_date", "2032"), put(2, "cue", " "))
    edit(single, "actors.csv", put(2, "aliases", "\\a|"))
    edit(single, "articles.csv", put(2, "url", "x"))
    expected = [
        ("url", ("articles.csv", 2, "url")),
        ("text", ("actors.csv", 2, "aliases")),
        ("empty", ("actors.csv", 2, "aliases", 1)),
        ("range", ("statements.csv", 2)),  # of the whole row
        ("empty", ("statements.csv", 2, "cue")),
        ("date", ("statements.csv", 5, "date")),
    ]
    (error,) = errors(single)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - of our own making
    assert issues(single) == [(issue.code, issue.path) for issue in copy.issues] == expected
    assert str(copy) == str(error)
    assert isinstance(copy.issues[0], Issue)
    assert f"{single}: statements.csv:2: allegation 'TRUE': " in str(error)
    assert error.issues[2].json_path == "$['actors.csv'][2].aliases[1]"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda table: table[2].insert(3, "one"), [("unknown_key", 3)]),
        (lambda table: table[2].__delitem__(slice(4, None)), [("missing", 3)]),
        # those behind it stand in wrong columns
        (lambda table: table[2].__delitem__(3), [("missing", 3), ("dangling_ref", 3)]),
        (lambda table: table[5].append("x"), [("unknown_key", 6)]),
    ],
)
def test_a_row_that_does_not_fit_its_header_is_named_as_that_once(
    single: Path, change: Callable[[Table], object], expected: list[tuple[str, int]]
) -> None:
    edit(single, "statements.csv", change)
    found = [issue for error in errors(single) for issue in error.issues]
    assert [(issue.code, issue.path[1]) for issue in found][: len(expected)] == expected
    assert (len(found) == 1) == (len(expected) == 1)
    (message,) = (issue.message for issue in found if len(issue.path) == 2)
    header, *rows = (len(row) for row in load(single / "statements.csv"))
    assert re.findall("[0-9]+", message)[:2] == [str(*{*rows} - {header}), str(header)]


def test_a_row_of_no_article_that_does_not_fit_its_header_is_named_as_both(single: Path) -> None:
    edit(single, "actors.csv", lambda table: table[3].pop(0), lambda table: table.append(["", "x"]))
    found = issues(single)
    assert found[:2] == [("missing", ("actors.csv", 9)), ("missing", ("actors.csv", 9, "article"))]
    assert found[-2:] == [("missing", ("actors.csv", 4)), ("dangling_ref", ("actors.csv", 4, "article"))]


def test_a_cell_in_a_column_without_a_name_is_an_error(single: Path) -> None:
    table = load(single / "actors.csv")
    save(single / "actors.csv", [[*row, "note" if row is table[3] else ""] for row in table])
    assert issues(single) == [("unknown_key", ("actors.csv", 4))]


def test_addresses_without_a_bar_between_them_are_an_error_that_says_how_to_write_them(single: Path) -> None:
    edit(single, "actors.csv", put(2, "same_as", "https://a.example|https://b.example;https://c.example"))
    (error,) = errors(single)
    assert [(issue.code, issue.path) for issue in error.issues] == [("url", ("actors.csv", 2, "same_as", 1))]
    assert "'https://b.example|https://c.example'" in str(error)


def test_an_error_nobody_takes_is_raised_and_keeps_no_file_open(folder: Path, open_files: Callable[[], int]) -> None:
    edit(folder, "articles.csv", put(3, "url", "x"))
    before = open_files()
    reading = read_csv(folder)
    assert next(reading) == ARTICLES[0]
    with pytest.raises(ValidationError, match=r"articles\.csv:3, column url") as caught:
        next(reading)
    assert open_files() == before
    assert caught.value.issues[0].code == "url"
    found: list[ValidationError] = []
    assert list(read_csv(folder, on_error=found.append)) == [ARTICLES[0], *ARTICLES[2:]]
    assert len(found) == 1
    with pytest.raises(TypeError, match="on_error"):
        read_csv(folder, on_error=3)  # type: ignore[call-overload]


def test_no_more_than_a_hundred_issues_are_kept_and_the_rest_counted(tmp_path: Path) -> None:
    save(tmp_path / "articles.csv", [["id"], ["a"]])
    save(tmp_path / "statements.csv", [["article", "type", "id", "speaker", "content"]])
    for article, name in (("a", " "), ("", "X")):
        rows = [[article, f"x{number}", name] for number in range(150)]
        save(tmp_path / "actors.csv", [["article", "id", "name"], *rows])
        (error,) = errors(tmp_path)
        assert (len(error.issues), error.omitted) == (100, 50)


def test_rows_that_belong_to_no_article_are_named_and_so_is_an_article_whose_id_comes_again(folder: Path) -> None:
    edit(folder, "actors.csv", put(2, "article", ""), put(3, "article", "ful"))
    edit(folder, "statements.csv", put(6, "article", "lost"), put(7, "article", "lost"))
    edit(folder, "articles.csv", put(4, "id", "full"), lambda table: table.extend([["", "x", *table[1][2:]]] * 2))
    found = issues(folder)
    assert [issue for issue in found if issue[1][0] == "articles.csv"] == [
        ("duplicate_id", ("articles.csv", 4, "id")),
        *(("missing", ("articles.csv", number, "id")) for number in (6, 7)),
    ]
    assert found[0] == ("missing", ("actors.csv", 2, "article"))
    assert ("dangling_ref", ("actors.csv", 3, "article")) in found
    assert [path[1] for code, path in found if (code, path[0]) == ("dangling_ref", "statements.csv")][-2:] == [6, 11]


def test_what_is_wrong_with_the_columns_of_all_files_comes_at_once_and_is_safe_to_print(folder: Path) -> None:
    edit(folder, "articles.csv", lambda table: table[0].extend(["titles", "a\u202eb\x1b", "x" * 1_000]))
    edit(folder, "actors.csv", put(1, "name", "id"))
    (folder / "statements.csv").write_bytes(b"")
    (error,) = errors(folder)
    assert [(issue.code, issue.path[0], issue.path[2]) for issue in error.issues if len(str(issue.path[2])) < 9] == [
        ("unknown_key", "articles.csv", "titles"),
        ("unknown_key", "articles.csv", "a\u202eb\x1b"),
        ("duplicate_key", "actors.csv", "id"),
        ("missing", "actors.csv", "name"),
        *(("missing", "statements.csv", name) for name in ("article", "type", "id", "speaker", "content")),
    ]
    assert "articles.csv:1, column titles: " in str(error)
    assert str(error).replace("\n", "").isprintable()
    assert len(str(error)) < 3_000


@pytest.mark.parametrize(
    ("spoil", "row"),
    [
        (lambda data: data.replace(b'"None."', b'"N\xf3."'), 3),
        (lambda data: data[: data.index(b'None."')], 3),
        (lambda data: data.replace(b'"None."', b'"N"."'), 3),
        (lambda data: data.decode("utf-8-sig").encode("utf-16"), 1),
        (lambda data: data.replace(b"\r\n", b"\r"), 1),
    ],
    ids=["latin-1", "cut", "quoting", "utf-16", "old-macintosh"],
)
def test_a_file_that_is_no_csv_in_utf_8_ends_reading(single: Path, spoil: Callable[[bytes], bytes], row: int) -> None:
    path = single / "statements.csv"
    path.write_bytes(spoil(path.read_bytes()))
    (error,) = errors(single)
    assert [(issue.code, issue.path) for issue in error.issues] == [("encoding", ("statements.csv", row))]


def test_files_that_are_no_csv_are_named_with_what_is_wrong_with_the_columns_of_others(single: Path) -> None:
    for name in ("articles.csv", "statements.csv"):
        (single / name).write_bytes((single / name).read_bytes() + b"\xff")
    edit(single, "actors.csv", lambda table: table[0].append("surname"))
    assert [(code, path[0]) for code, path in issues(single)] == [
        ("encoding", "articles.csv"),
        ("unknown_key", "actors.csv"),
        ("encoding", "statements.csv"),
    ]


@pytest.mark.parametrize("piece", [";'", ';" ', "\t;", "; ", "\n", "\\"], ids=repr)
def test_the_time_for_a_cell_grows_as_its_length_does(piece: str, tmp_path: Path) -> None:
    statement = Statement(id="s", speaker="a", content=f"{piece * 100_000}x", quotes=[f"{piece * 100_000}x"])
    article = Article(id="x", actors=[Actor(id="a", name="A")], statements=[statement])
    start = time.process_time()
    write_csv(tmp_path, [article])
    assert list(read_csv(tmp_path)) == [article]
    assert time.process_time() - start < 5  # if it grew by the square, this would take a minute


# Records.


def test_records_come_one_at_a_time_and_only_from_articles() -> None:
    some: Any = [ARTICLE, 3]
    records = to_records(iter(some))
    assert [record["id"] for record in islice(records, len(ARTICLE.statements))] == [
        said.id for said in ARTICLE.statements
    ]
    with pytest.raises(TypeError, match="Article"):
        next(records)
