from __future__ import annotations

import csv
import pickle
import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    DenialKind,
    Issue,
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    load_article,
)
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.interop import read_csv, to_records, write_csv
from geoclaims.strategies import InvalidDocument, articles, invalid_documents

TEXT = "He said: we deny it.\nThey said so."
ACTORS = (
    Actor(
        id="lin",
        name="=Lin | Jian",
        kind=ActorKind.PERSON,
        role="-speaker",
        on_behalf_of="state",
        country="CHN",
        anonymous=True,
        aliases=("Lin|J.", "a\\b", " c", "'=d"),
        same_as=("https://example.org/1", "https://example.org/2?a|b"),
    ),
    Actor(id="state", name="'tis a state"),
    Actor(id="1e5", name="@state"),
)
STATEMENTS = (
    Allegation(
        id="TRUE",
        speaker="1e5",
        content='They "did" it,\nonce; or twice',
        quotes=("=once", "or\ttwice\n"),
        cue="+said",
        date=PartialDate(2025, 4, 9),
        event_date=PartialDate(2025, 4),
        event_end=PartialDate(2025),
        event_place="Donetsk",
        about=("state", "2025-04"),
        confirms=("s3", "s4"),
        reported_by=("state", "lin"),
        quantities=(Quantity(minimum=0, unit="a|b"), Quantity(maximum=2**63 - 1, unit="x", approximate=True)),
        basis="reports",
        appearances=("https://example.org/1?a|b", "https://example.org/2"),
        labels=("1.0", "007"),
        spans=(Span.of(TEXT, 0, 2), Span.of(TEXT, 9, 19)),
        accused=("lin", "state"),
    ),
    Denial(id="2025-04", speaker="lin", content="No.", denies=("TRUE",), kind=DenialKind.NO_EVIDENCE),
    Statement(id="s3", speaker="lin", content="\tMaybe.", quantities=(Quantity(minimum=6, maximum=6, unit="x"),)),
    Denial(id="s4", speaker="state", content="No, no.", denies=("TRUE", "2025-04")),
)
FULL = Article(
    id="full",
    title="A title",
    publisher="+Publisher",
    annotator="someone",
    url="https://example.org/article",
    archived_at="https://example.org/archive",
    published=PartialDate(2025),
    language="en",
    actors=ACTORS,
    statements=STATEMENTS,
    text=TEXT,
)
ARTICLES = (Article(id="empty"), FULL, attrs.evolve(FULL, id="again", text=None), load_article())
NAMES = ("articles.csv", "actors.csv", "statements.csv")

Table = list[list[str]]


def load(path: Path) -> Table:
    """The cells of a file, as any program reads them."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))


def save(path: Path, table: Table, delimiter: str = ",") -> None:
    """Write cells as other programs do: without a byte order mark, quoted only where it must be."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(table)


def edit(folder: Path, name: str, *changes: Callable[[Table], object]) -> None:
    table = load(folder / name)
    for change in changes:
        change(table)
    save(folder / name, table)


def put(row: int, column: str, value: str) -> Callable[[Table], None]:
    """What writes a value into a cell; rows count as in a spreadsheet program."""

    def change(table: Table) -> None:
        table[row - 1][table[0].index(column)] = value

    return change


def errors(folder: Path) -> list[ValidationError]:
    found: list[ValidationError] = []
    assert all(isinstance(article, Article) for article in read_csv(folder, on_error=found.append))
    return found


def issues(folder: Path) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(issue.code, issue.path) for error in errors(folder) for issue in error.issues]


def growth(work: Callable[[int], object], size: int) -> float:
    """How much more of the processor's time work of four times a size takes: 4 in proportion, 16 by its square."""

    def seconds(size: int) -> float:
        start = time.process_time()
        work(size)
        return time.process_time() - start

    one, four = (min(seconds(times * size) for _ in range(3)) for times in (1, 4))
    return four / one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the tables of some articles."""
    write_csv(tmp_path / "claims", ARTICLES)
    return tmp_path / "claims"


@pytest.fixture
def single(tmp_path: Path) -> Path:
    """A folder with the tables of one article in which every field holds something."""
    write_csv(tmp_path / "claims", [FULL])
    return tmp_path / "claims"


many_articles = st.lists(articles(), max_size=3, unique_by=lambda article: article.id)


@given(many_articles)
def test_articles_come_back_equal_and_in_order(some: list[Article]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert write_csv(folder, iter(some)) == len(some)
        assert list(read_csv(folder)) == some


awkward = st.text("=+-@'|\\\"\t\n,; a＝", min_size=1).filter(str.strip)
awkward_line = st.text("=+-@'|\\\", ;a＝\u00a0", min_size=1).filter(str.strip)


@given(awkward, awkward_line, st.lists(awkward), st.lists(awkward_line, unique=True))
def test_text_that_looks_like_formulas_lists_or_quoting_comes_back_unchanged(
    content: str, name: str, quotes: list[str], aliases: list[str]
) -> None:
    actor = Actor(id="a", name=name, role=name, aliases=aliases)
    statement = Statement(id="s", speaker="a", content=content, quotes=quotes, basis=content, labels=aliases)
    article = Article(id="x", title=name, actors=[actor], statements=[statement])
    with tempfile.TemporaryDirectory() as folder:
        write_csv(folder, [article])
        assert list(read_csv(folder)) == [article]


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        ("x;=1+1;y", "x;'=1+1;y"),
        ("x; -1;y", "x;' -1;y"),
        ('x;"=1+1;y', "x;'\"=1+1;y"),
        ("x;'=1+1;y", "x;''=1+1;y"),
        ("x\t@SUM(A1)", "x\t'@SUM(A1)"),
        ("x\n\n+1", "x\n\n'+1"),
        ("x;\t=1", "x;\t'=1"),
        ("x; y=1; z", "x; y=1; z"),
        ("x, =1; don't", "x, =1; don't"),
    ],
)
def test_an_apostrophe_keeps_what_is_in_a_cell_from_beginning_a_formula(
    tmp_path: Path, content: str, cell: str
) -> None:
    statement = Statement(id="s", speaker="a", content=content)
    write_csv(tmp_path, [Article(id="x", actors=[Actor(id="a", name="A")], statements=[statement])])
    header, row = load(tmp_path / "statements.csv")
    assert row[header.index("content")] == cell
    assert next(read_csv(tmp_path)).statements == (statement,)


def test_a_cell_that_no_program_takes_for_a_formula_is_written_as_it_is(single: Path) -> None:
    table = load(single / "actors.csv")
    names = [row[table[0].index("name")] for row in table[1:]]
    assert names == ["'=Lin | Jian", "'tis a state", "'@state"]


def test_each_field_has_a_column_and_each_part_of_quantities_and_spans_has_one(single: Path) -> None:
    columns = {name: load(single / name)[0] for name in NAMES}
    kept_elsewhere = {"actors", "statements"}
    parts = [
        f"{field}_{part.name}"
        for field, model in (("quantities", Quantity), ("spans", Span))
        for part in attrs.fields(model)
    ]
    assert columns["articles.csv"] == [f.name for f in attrs.fields(Article) if f.name not in kept_elsewhere]
    assert columns["actors.csv"] == ["article", *(f.name for f in attrs.fields(Actor))]
    fields = {f.name for model in STATEMENT_TYPES for f in attrs.fields(model)} - {"quantities", "spans"}
    assert sorted(columns["statements.csv"]) == sorted(["article", "type", *fields, *parts])


def test_the_tables_say_what_the_documentation_says(single: Path) -> None:
    row = dict(zip(*load(single / "statements.csv")[:2], strict=True))
    written = {
        "article": "full",
        "type": "allegation",
        "id": "TRUE",
        "speaker": "1e5",
        "content": 'They "did" it,\nonce; or twice',
        "quotes": "'=once|or\ttwice\n",
        "cue": "'+said",
        "date": "2025-04-09",
        "event_date": "2025-04",
        "event_end": "2025",
        "event_place": "Donetsk",
        "about": "state|2025-04",
        "confirms": "s3|s4",
        "reported_by": "state|lin",
        "quantities_minimum": "0|",
        "quantities_maximum": "|9223372036854775807",
        "quantities_unit": "a\\|b|x",
        "quantities_approximate": "false|true",
        "basis": "reports",
        "appearances": "https://example.org/1?a\\|b|https://example.org/2",
        "labels": "1.0|007",
        "spans_start": "0|9",
        "spans_end": "2|19",
        "spans_fingerprint": "|".join(span.fingerprint for span in STATEMENTS[0].spans),
        "accused": "lin|state",
    }
    assert {name: cell for name, cell in row.items() if cell or name in written} == written


def test_the_files_are_utf_8_with_a_mark_for_excel_and_every_cell_is_quoted(folder: Path) -> None:
    for name in NAMES:
        data = (folder / name).read_bytes()
        assert data.startswith(b'\xef\xbb\xbf"')
        assert data.endswith(b'"\r\n')


def test_the_same_articles_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_csv(tmp_path / "others", iter(ARTICLES))
    assert [(folder / name).read_bytes() for name in NAMES] == [
        (tmp_path / "others" / name).read_bytes() for name in NAMES
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_are_read_as_other_programs_save_them(folder: Path, separator: str) -> None:
    for name in NAMES:
        header, *rows = load(folder / name)
        order = list(range(len(header)))
        random.Random(1).shuffle(order)
        moved = [[row[index] for index in order] for row in [header, *rows]]
        padded = [*([*row, "", ""] for row in moved), [], [""] * 30]
        capital = [[cell.upper() if cell in ("true", "false") else cell for cell in row] for row in padded]
        save(folder / name, capital, separator)
    assert list(read_csv(folder)) == list(ARTICLES)


def test_columns_that_need_not_be_filled_may_be_missing(tmp_path: Path) -> None:
    save(tmp_path / "articles.csv", [["id"], ["a"]])
    save(tmp_path / "actors.csv", [["name", "id", "article"], ["Lin", "lin", "a"]])
    save(
        tmp_path / "statements.csv",
        [["content", "speaker", "type", "id", "article"], ["No.", "lin", "statement", "s", "a"]],
    )
    statement = Statement(id="s", speaker="lin", content="No.")
    assert list(read_csv(tmp_path)) == [Article(id="a", actors=[Actor(id="lin", name="Lin")], statements=[statement])]


def test_rows_may_be_in_any_order_of_articles_and_keep_theirs_within_each(folder: Path) -> None:
    for name, seed in (("actors.csv", 1), ("statements.csv", 2)):
        header, *rows = load(folder / name)
        queues = {row[0]: iter([other for other in rows if other[0] == row[0]]) for row in rows}
        shuffled = [row[0] for row in rows]
        random.Random(seed).shuffle(shuffled)
        save(folder / name, [header, *(next(queues[article]) for article in shuffled)])
    assert list(read_csv(folder)) == list(ARTICLES)


def test_a_cell_may_be_longer_than_the_csv_module_allows_by_itself(tmp_path: Path) -> None:
    usual = csv.field_size_limit()
    article = Article(id="a", text="x, " * 100_000)
    write_csv(tmp_path, [article])
    assert list(read_csv(tmp_path)) == [article]
    assert csv.field_size_limit() == usual


def test_every_character_that_a_text_may_hold_comes_back_from_csv(tmp_path: Path) -> None:
    article = Article(id="a", text="a\rb\r\nc\x01d\x85e\u2028f\ufeff\U0010ffff")
    write_csv(tmp_path, [article])
    assert list(read_csv(tmp_path)) == [article]


def test_files_without_articles_hold_their_columns(tmp_path: Path) -> None:
    assert write_csv(tmp_path, []) == 0
    assert list(read_csv(tmp_path)) == []
    assert [len(load(tmp_path / name)) for name in NAMES] == [1, 1, 1]


def test_reading_takes_no_more_articles_than_are_asked_for(folder: Path) -> None:
    first, second = read_csv(folder), read_csv(str(folder))
    assert [next(first), next(second), next(first), next(second)] == [
        ARTICLES[0],
        ARTICLES[0],
        ARTICLES[1],
        ARTICLES[1],
    ]


def cell(document: dict[str, Any], column: str) -> str:
    """What a table has of a value, right or wrong: lists between bars, keys of objects in columns of their own."""
    field, _, part = column.partition("_")
    value = document.get(column)
    if column not in document and isinstance(objects := document.get(field), list):
        value = [each.get(part) if isinstance(each, dict) else each for each in objects]
    if isinstance(value, list):
        return "|".join("" if each is None else str(each) for each in value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def as_tables(folder: Path, document: dict[str, Any], header: Mapping[str, list[str]]) -> None:
    """Write a document as tables, with columns for the keys that it should not have."""
    rows = {"articles.csv": [document]}
    for name in ("actors", "statements"):
        members = document.get(name)
        things = members if isinstance(members, list) else [members]
        rows[f"{name}.csv"] = [{"article": document.get("id"), **each} for each in things if isinstance(each, dict)]
    for file, objects in rows.items():
        known = {name.partition("_")[0] for name in header[file]} | {
            *header[file],
            "schema_version",
            "actors",
            "statements",
        }
        columns = [*header[file], *dict.fromkeys(key for each in objects for key in each if key not in known)]
        with (folder / file).open("w", encoding="utf-8", errors="surrogatepass", newline="") as table:
            csv.writer(table).writerows([columns, *([cell(each, column) for column in columns] for each in objects)])


@pytest.fixture(scope="module")
def header(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """The columns of each table."""
    write_csv(folder := tmp_path_factory.mktemp("header"), [])
    return {file.name: load(file)[0] for file in folder.iterdir()}


@given(invalid_documents())
def test_what_is_wrong_in_tables_is_told_by_documented_errors_alone(
    header: Mapping[str, list[str]], invalid: InvalidDocument
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        as_tables(Path(folder), invalid.document, header)
        errors: list[Any] = []
        tolerant = list(read_csv(folder, on_error=errors.append))
        assert {type(article) for article in tolerant} <= {Article}
        for error in errors:
            assert isinstance(error, ValidationError)
            assert all(issue.path[0] in {"articles.csv", "actors.csv", "statements.csv"} for issue in error.issues)
            assert str(error)
        if errors:
            with pytest.raises(ValidationError) as caught:
                list(read_csv(folder))
            assert caught.value.issues == errors[0].issues


def test_writing_takes_articles_one_at_a_time(tmp_path: Path) -> None:
    def arriving() -> Iterator[Article]:
        for number in range(500):
            yield Article(id=f"a{number}", text="x" * 20_000)

    tracemalloc.start()
    try:
        assert write_csv(tmp_path, arriving()) == 500
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "articles.csv").stat().st_size > 10_000_000
    assert peak < 2_000_000


@pytest.mark.parametrize("text", [";" + "'" * 500_000, "x;" + "\"'" * 250_000 + "=1", "'" * 500_000 + "="])
def test_a_cell_of_quotes_takes_no_more_memory_than_others(tmp_path: Path, text: str) -> None:
    peaks = []
    for each in ("x" * len(text), text):
        article = Article(id="a", actors=[Actor(id="a", name=each)])
        tracemalloc.start()
        try:
            write_csv(tmp_path, [article])
            assert list(read_csv(tmp_path)) == [article]
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]


# each row: a file, a change to a cell in it, and the code and place of what that makes wrong
Mistake = tuple[str, int, str, str, str, tuple[str | int, ...]]
MISTAKES: list[Mistake] = [
    ("articles.csv", 2, "id", "a b", "id", ("id",)),
    ("articles.csv", 2, "title", " ", "empty", ("title",)),
    ("articles.csv", 2, "title", "a\x01", "text", ("title",)),
    ("articles.csv", 2, "url", "example.org", "url", ("url",)),
    ("articles.csv", 2, "published", "Apr-25", "date", ("published",)),
    ("articles.csv", 2, "language", "english language", "language", ("language",)),
    ("articles.csv", 2, "text", "Cut", "span", ()),
    ("actors.csv", 3, "id", "", "missing", ("id",)),
    ("actors.csv", 3, "name", "", "missing", ("name",)),
    ("actors.csv", 2, "kind", "persona", "enum", ("kind",)),
    ("actors.csv", 2, "country", "CHI", "country", ("country",)),
    ("actors.csv", 2, "anonymous", "yes", "type", ("anonymous",)),
    ("actors.csv", 2, "aliases", "a|a", "duplicate", ("aliases", 1)),
    ("actors.csv", 2, "aliases", "a||b", "empty", ("aliases", 1)),
    ("actors.csv", 2, "aliases", "a|C:\\temp", "text", ("aliases",)),
    ("actors.csv", 2, "same_as", "https://example.org|example.org", "url", ("same_as", 1)),
    ("actors.csv", 2, "on_behalf_of", "lin", "self_ref", ("on_behalf_of",)),
    ("actors.csv", 3, "on_behalf_of", "lin", "cycle", ("on_behalf_of",)),
    ("actors.csv", 4, "id", "state", "duplicate_id", ("id",)),
    ("statements.csv", 2, "type", "", "missing", ("type",)),
    ("statements.csv", 2, "type", "claim", "tag", ("type",)),
    ("statements.csv", 2, "speaker", "s3", "wrong_ref", ("speaker",)),
    ("statements.csv", 2, "accused", "lin|stat", "dangling_ref", ("accused", 1)),
    ("statements.csv", 2, "accused", "", "missing", ("accused",)),
    ("statements.csv", 4, "accused", "lin", "unknown_key", ("accused",)),
    ("statements.csv", 2, "kind", "outright", "unknown_key", ("kind",)),
    ("statements.csv", 5, "kind", "Outright", "enum", ("kind",)),
    ("statements.csv", 2, "quantities_minimum", "1.5|", "type", ("quantities_minimum", 0)),
    ("statements.csv", 2, "quantities_minimum", "-1|", "range", ("quantities_minimum", 0)),
    ("statements.csv", 2, "quantities_minimum", f"{'9' * 9_000}|", "range", ("quantities_minimum", 0)),
    ("statements.csv", 2, "quantities_minimum", "5", "missing", ("quantities_minimum",)),
    ("statements.csv", 2, "quantities_unit", "a|", "missing", ("quantities_unit", 1)),
    ("statements.csv", 2, "quantities_approximate", "true|ja", "type", ("quantities_approximate", 1)),
    ("statements.csv", 4, "quantities_maximum", "5", "range", ("quantities_minimum", 0)),
    ("statements.csv", 2, "spans_end", "2|9", "range", ("spans_start", 1)),
    ("statements.csv", 2, "spans_fingerprint", "1:2:0000000000000000|x", "span", ("spans_fingerprint", 1)),
]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_an_issue_says_file_row_and_column(single: Path, mistake: Mistake) -> None:
    file, row, column, value, code, cell = mistake
    edit(single, file, put(row, column, value))
    if column == "text":  # whose spans are wrong then
        file, row, cell = "statements.csv", 2, ("spans_start", 0)
    assert (code, (file, row, *cell)) in issues(single)
    error, *_ = errors(single)
    assert error.location == str(single)
    assert f"{single}: {file}:{row}, column {cell[0]}" in str(error)


def test_an_issue_in_one_cell_is_one_issue(single: Path) -> None:
    edit(single, "statements.csv", put(2, "accused", "lin|stat"))
    (error,) = errors(single)
    message = "found 'stat', expected the id of an actor in this article; did you mean 'state'? [dangling_ref]"
    assert str(error) == f"{single}: statements.csv:2, column accused, item 2: allegation 'TRUE': {message}"
    assert error.issues[0].json_path == "$['statements.csv'][2].accused[1]"


def test_an_issue_of_a_whole_row_names_the_row_in_its_place_among_the_others(single: Path) -> None:
    edit(single, "statements.csv", put(2, "event_date", "2026"), put(2, "cue", " "), put(3, "event_end", "2020"))
    edit(single, "statements.csv", put(3, "event_date", "2021"))
    assert issues(single) == [
        ("range", ("statements.csv", 2)),
        ("empty", ("statements.csv", 2, "cue")),
        ("range", ("statements.csv", 3)),
    ]
    assert f"{single}: statements.csv:2: allegation 'TRUE': found " in str(errors(single)[0])


def test_lists_that_should_be_as_long_as_one_another_are_named(single: Path) -> None:
    edit(single, "statements.csv", put(2, "quantities_minimum", "5"))
    (error,) = errors(single)
    message = "found a list of 1, expected 2, as many as in quantities_maximum [missing]"
    assert str(error) == f"{single}: statements.csv:2, column quantities_minimum: {message}"


def test_all_issues_of_an_article_come_at_once_in_the_order_of_the_tables(single: Path) -> None:
    edit(single, "statements.csv", put(4, "date", "4/9/2025"), put(2, "cue", " "))
    edit(single, "actors.csv", put(2, "aliases", "\\a|"))
    edit(single, "articles.csv", put(2, "url", "x"))
    assert issues(single) == [
        ("url", ("articles.csv", 2, "url")),
        ("text", ("actors.csv", 2, "aliases")),
        ("empty", ("actors.csv", 2, "aliases", 1)),
        ("empty", ("statements.csv", 2, "cue")),
        ("date", ("statements.csv", 4, "date")),
    ]


@pytest.mark.parametrize(("cells", "code"), [(-1, "missing"), (-2, "missing"), (1, "unknown_key")])
def test_a_row_with_fewer_or_more_cells_than_its_header_is_named_as_that_once(
    single: Path, cells: int, code: str
) -> None:
    def shift(table: Table) -> None:
        table[2] = table[2][: 3 + min(cells, 0)] + ["one"] * cells + table[2][3:]
        width.append(len(table[2]))

    width: list[int] = []
    edit(single, "statements.csv", shift)
    assert issues(single) == [(code, ("statements.csv", 3))]
    assert f"statements.csv:3: found {width[0]} cells, expected {width[0] - cells}, as many as row 1 has" in str(
        errors(single)[0]
    )


def test_a_row_without_its_first_cell_is_named_as_that_and_not_by_what_stands_there(single: Path) -> None:
    edit(single, "actors.csv", lambda table: table[3].pop(0), lambda table: table.append(["", "x"]))
    assert issues(single)[0] == ("missing", ("actors.csv", 5))
    assert issues(single)[-1] == ("missing", ("actors.csv", 4))


def test_a_cell_in_a_column_without_a_name_is_an_error(single: Path) -> None:
    table = load(single / "actors.csv")
    save(single / "actors.csv", [[*row, "note" if row is table[3] else ""] for row in table])
    assert issues(single) == [("unknown_key", ("actors.csv", 4))]


def test_addresses_without_a_bar_between_them_are_an_error_and_one_address_may_look_like_two(tmp_path: Path) -> None:
    addresses = ["https://a.example/x;https://b.example", "https://a.example/\\,HTTP://b|c", "https://c.example"]
    article = Article(id="x", actors=[Actor(id="a", name="A", same_as=addresses)])
    write_csv(tmp_path, [article])
    assert list(read_csv(tmp_path)) == [article]
    edit(tmp_path, "actors.csv", put(2, "same_as", "https://a.example|https://b.example;https://c.example"))
    assert issues(tmp_path) == [("url", ("actors.csv", 2, "same_as", 1))]
    advice = "expected | between the items of a list, as in 'https://b.example|https://c.example'"
    assert advice in str(errors(tmp_path)[0])


def test_an_error_of_tables_can_be_pickled(single: Path) -> None:
    edit(single, "actors.csv", put(2, "kind", "x"))
    (error,) = errors(single)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - of our own making
    assert (str(copy), copy.issues) == (str(error), error.issues)
    assert isinstance(copy.issues[0], Issue)


def test_an_error_is_raised_where_nobody_takes_it(folder: Path) -> None:
    edit(folder, "articles.csv", put(3, "url", "x"))
    reading = read_csv(folder)
    assert next(reading) == ARTICLES[0]
    with pytest.raises(ValidationError, match=r"articles\.csv:3, column url"):
        next(reading)


def test_reading_goes_on_after_an_article_that_is_wrong(folder: Path) -> None:
    edit(folder, "articles.csv", put(3, "url", "x"))
    found: list[ValidationError] = []
    assert list(read_csv(folder, on_error=found.append)) == [ARTICLES[0], *ARTICLES[2:]]
    assert len(found) == 1


def test_an_error_that_somebody_keeps_keeps_no_file_open(folder: Path, open_files: Callable[[], int]) -> None:
    edit(folder, "articles.csv", put(3, "url", "x"))
    before = open_files()
    with pytest.raises(ValidationError) as caught:
        list(read_csv(folder))
    assert open_files() == before
    assert caught.value.issues[0].code == "url"


def test_what_cannot_be_called_with_errors_is_an_error_of_the_call(folder: Path) -> None:
    with pytest.raises(TypeError, match="found 3 as on_error, expected a function"):
        read_csv(folder, on_error=3)  # type: ignore[arg-type]


def test_no_more_than_a_hundred_issues_are_kept_and_the_rest_counted(tmp_path: Path) -> None:
    save(tmp_path / "articles.csv", [["id"], ["a"]])
    save(tmp_path / "actors.csv", [["article", "id", "name"], *([["a", f"x{i}", " "] for i in range(150)])])
    save(tmp_path / "statements.csv", [["article", "type", "id", "speaker", "content"]])
    (error,) = errors(tmp_path)
    assert (len(error.issues), error.omitted) == (100, 50)
    save(tmp_path / "actors.csv", [["article", "id", "name"], *([["", f"x{i}", "X"] for i in range(150)])])
    (error,) = errors(tmp_path)
    assert (len(error.issues), error.omitted) == (100, 50)


def test_rows_that_belong_to_no_article_are_named(folder: Path) -> None:
    edit(folder, "actors.csv", put(2, "article", ""), put(3, "article", "ful"))
    edit(folder, "statements.csv", put(6, "article", "lost"), put(7, "article", "lost"))
    found = issues(folder)
    assert found[0] == ("missing", ("actors.csv", 2, "article"))
    assert found[-2:] == [
        ("dangling_ref", ("actors.csv", 3, "article")),
        ("dangling_ref", ("statements.csv", 6, "article")),
    ]


def test_an_article_whose_id_comes_again_is_named(folder: Path) -> None:
    edit(folder, "articles.csv", put(4, "id", "full"))
    assert ("duplicate_id", ("articles.csv", 4, "id")) in issues(folder)


def test_what_is_wrong_with_the_columns_of_all_files_comes_at_once(folder: Path) -> None:
    edit(folder, "articles.csv", lambda table: table[0].append("titles"))
    edit(folder, "actors.csv", put(1, "name", "id"))
    (error,) = errors(folder)
    assert [(issue.code, issue.path) for issue in error.issues] == [
        ("unknown_key", ("articles.csv", 1, "titles")),
        ("duplicate_key", ("actors.csv", 1, "id")),
        ("missing", ("actors.csv", 1, "name")),
    ]
    assert "articles.csv:1, column titles: found 'titles', expected a known column; did you mean 'title'?" in str(error)


def test_the_name_of_a_column_is_safe_to_print(folder: Path) -> None:
    edit(folder, "actors.csv", lambda table: table[0].extend(["a\u202eb\x1b", "x" * 1_000]))
    (error,) = errors(folder)
    assert str(error).replace("\n", "").isprintable()
    assert len(str(error)) < 1_000


@pytest.mark.slow
@pytest.mark.parametrize("piece", [";'", ';" ', "\t;", "; ", "\n", "\\"], ids=repr)
def test_the_time_for_a_cell_grows_as_its_length_does(piece: str, tmp_path: Path) -> None:
    def written_and_read(size: int) -> None:
        statement = Statement(id="s", speaker="a", content=f"{piece * size}x", quotes=[f"{piece * size}x"])
        article = Article(id="x", actors=[Actor(id="a", name="A")], statements=[statement])
        write_csv(tmp_path, [article])
        assert list(read_csv(tmp_path)) == [article]

    assert growth(written_and_read, 40_000) < 8


@pytest.mark.slow
def test_the_time_for_columns_that_are_not_known_grows_as_their_number_does(tmp_path: Path) -> None:
    write_csv(tmp_path, [])

    def read(count: int) -> None:
        save(tmp_path / "actors.csv", [["article", "id", "name", *(f"column{number}" for number in range(count))]])
        assert errors(tmp_path)

    assert growth(read, 20_000) < 8


def test_an_empty_file_lacks_its_columns(folder: Path) -> None:
    (folder / "actors.csv").write_bytes(b"")
    paths = [path for _, path in issues(folder)]
    assert paths == [("actors.csv", 1, name) for name in ("article", "id", "name")]


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda data: data.replace(b'"No."', b'"N\xf3."'), r"statements.csv:3: found b'\xf3', expected UTF-8"),
        (lambda data: data[: data.index(b'No."')], "statements.csv:3: found a row that is cut or wrongly quoted"),
        (lambda data: data.replace(b'"No."', b'"No"."'), "statements.csv:3: found a row that is cut or wrongly quoted"),
        (lambda data: data.decode("utf-8-sig").encode("utf-16"), r"statements.csv:1: found b'\xff', expected UTF-8"),
        (lambda data: data.replace(b"\r\n", b"\r"), "(new-line character seen in unquoted field), expected CSV"),
    ],
    ids=["latin-1", "cut", "quoting", "utf-16", "old-macintosh"],
)
def test_a_file_that_is_no_csv_in_utf_8_ends_the_reading(
    folder: Path, spoil: Callable[[bytes], bytes], expected: str
) -> None:
    path = folder / "statements.csv"
    path.write_bytes(spoil(path.read_bytes()))
    (error,) = errors(folder)
    assert [issue.code for issue in error.issues] == ["encoding"]
    assert expected in str(error)


def test_a_file_that_is_missing_is_an_error_of_the_call(folder: Path) -> None:
    (folder / "actors.csv").unlink()
    with pytest.raises(FileNotFoundError):
        read_csv(folder)


@pytest.mark.parametrize(
    ("last", "error"), [(3, "found 3, expected an Article"), (FULL, r"\$\[4\]\.id: found 'full'.*\[duplicate_id\]")]
)
def test_writing_that_fails_leaves_older_files_as_they_were(folder: Path, last: Any, error: str) -> None:
    with pytest.raises((TypeError, ValidationError), match=error):
        write_csv(folder, [*ARTICLES, last])
    assert list(read_csv(folder)) == list(ARTICLES)
    assert sorted(file.name for file in folder.iterdir()) == sorted(NAMES)


def test_a_record_holds_names_beside_ids() -> None:
    allegation, denial, statement, rebuttal = to_records([FULL])
    assert (allegation["speaker"], allegation["speaker_name"]) == ("1e5", "@state")
    assert (allegation["accused"], allegation["accused_names"]) == ("lin|state", "=Lin \\| Jian|'tis a state")
    assert (allegation["reported_by"], allegation["reported_by_names"]) == ("state|lin", "'tis a state|=Lin \\| Jian")
    assert (allegation["about"], allegation["about_names"]) == ("state|2025-04", "'tis a state|No.")
    assert (allegation["denies"], allegation["denied"], allegation["denied_names"]) == (None, None, None)
    assert (allegation["confirms"], allegation["confirms_contents"]) == ("s3|s4", "\tMaybe.|No, no.")
    assert (denial["denies"], denial["denies_contents"]) == ("TRUE", 'They "did" it,\nonce; or twice')
    assert (denial["denied"], denial["denied_names"]) == ("1e5", "@state")
    assert (rebuttal["denied"], rebuttal["denied_names"]) == ("1e5|lin", "@state|=Lin \\| Jian")
    assert (denial["kind"], rebuttal["kind"], statement["kind"]) == ("no_evidence", "unspecified", None)
    assert (statement["content"], statement["cue"], statement["accused"]) == ("\tMaybe.", None, None)
    assert (statement["article"], statement["article_title"], statement["article_published"]) == (
        "full",
        "A title",
        "2025",
    )


def test_a_record_holds_the_first_address_of_each_actor_beside_its_name() -> None:
    address, other = "https://a.example/x|y", "https://b.example/"
    actors = [
        Actor(id="a", name="A|B", same_as=[address, other]),
        Actor(id="b", name="B"),
        Actor(id="c", name="C", same_as=[f"{other}{200 * 'x'}", other]),
    ]
    claim = Allegation(id="s1", speaker="a", content="Yes.", accused=["b", "a"], about=["s2", "a"], reported_by=["b"])
    denial = Denial(id="s2", speaker="b", content="No.", denies=["s1", "s3"], about=["s1", "b"])
    said, of_denial, _ = to_records(
        [Article(id="x", actors=actors, statements=[claim, denial, Statement(id="s3", speaker="c", content="So.")])]
    )
    written = address.replace("|", "\\|")
    assert (said["speaker_same_as"], said["accused_same_as"]) == (address, f"|{written}")
    assert (said["about_same_as"], said["reported_by_same_as"], said["denied_same_as"]) == (f"|{written}", None, None)
    assert (of_denial["speaker_same_as"], of_denial["about_same_as"]) == (None, None)
    assert (of_denial["denied_names"], of_denial["denied_same_as"]) == ("A\\|B|C", f"{written}|")


@pytest.mark.parametrize(("content", "shown"), [("x" * 200, "x" * 200), ("x" * 201, "x" * 199 + "…")])
def test_the_contents_of_other_statements_are_cut_to_200_characters_in_a_record(content: str, shown: str) -> None:
    claim = Statement(id="claim", speaker="a", content=content)
    denial = Denial(id="denial", speaker="a", content="No.", denies=["claim"], about=["claim"])
    article = Article(id="long", actors=[Actor(id="a", name="A")], statements=[claim, denial])
    of_claim, of_denial = to_records([article])
    assert of_claim["content"] == content
    assert (of_denial["denies_contents"], of_denial["about_names"]) == (shown, shown)


@given(many_articles)
def test_each_statement_is_one_record_and_all_records_have_the_same_keys(some: list[Article]) -> None:
    records = list(to_records(some))
    ids = [(record["article"], record["id"], record["content"]) for record in records]
    assert ids == [(article.id, said.id, said.content) for article in some for said in article.statements]
    assert {tuple(record) for record in records} <= {tuple(next(to_records([FULL])))}
    assert {type(value) for record in records for value in record.values()} <= {str, type(None)}


def test_records_come_one_at_a_time_and_only_from_articles() -> None:
    some: Any = [FULL, 3]
    records = to_records(iter(some))
    assert [record["id"] for record in islice(records, 4)] == [said.id for said in STATEMENTS]
    with pytest.raises(TypeError, match="found 3, expected an Article"):
        next(records)


def test_records_can_be_written_with_the_csv_module(tmp_path: Path) -> None:
    records = list(to_records(ARTICLES))
    with (tmp_path / "records.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(records[0]))
        writer.writeheader()
        writer.writerows(records)
    with (tmp_path / "records.csv").open(newline="", encoding="utf-8") as file:
        assert [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)] == records


def test_two_annotations_of_one_article_are_refused_with_the_advice_to_give_them_ids(tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as caught:
        write_csv(tmp_path, [Article(id="a", annotator="1"), Article(id="a", annotator="2")])
    advice = "keep one of them, or give each an id of its own"
    expected = f"$[1].id: found 'a', expected an id that no article before it has: {advice} [duplicate_id]"
    assert str(caught.value) == expected
