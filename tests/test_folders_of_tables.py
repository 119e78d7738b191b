"""A folder of tables is read by every command that reads articles, and its errors name file, row and column."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from geoclaims import Actor, Allegation, Article, Denial, Span, Statement, from_json, interop, to_json
from geoclaims.interop import read_csv, write_csv

if TYPE_CHECKING:
    from tests.conftest import Run

TEXT = "The navy said that mines lay in the port. Sudria denied that it had laid any."
ARTICLE = Article(
    id="port",
    actors=[Actor(id="navy", name="The navy"), Actor(id="sudria", name="Sudria")],
    statements=[
        Allegation(
            id="mined",
            speaker="navy",
            content="Sudria mined the port.",
            cue="said",
            accused=["sudria"],
            spans=[Span.of(TEXT, 0, 40)],
        ),
        Denial(
            id="not-mined",
            speaker="sudria",
            content="It did not.",
            cue="denied",
            denies=["mined"],
            spans=[Span.of(TEXT, 42, 76)],
        ),
    ],
    text=TEXT,
)
EMPTY = Article(id="empty")


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    write_csv(tmp_path / "tables", [EMPTY, ARTICLE])
    return tmp_path / "tables"


@pytest.fixture
def single(tmp_path: Path) -> Path:
    write_csv(tmp_path / "single", [ARTICLE])
    return tmp_path / "single"


def change(folder: Path, table: str, row: int, /, **cells: str) -> Path:
    """Change cells in a row of a table, counted as spreadsheet programs do."""
    with (folder / table).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[row - 2] |= cells
    with (folder / table).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_tables_are_read_as_the_articles_in_them_are(tables: Path, tmp_path: Path, run: Run) -> None:
    lines = tmp_path / "articles.jsonl"
    lines.write_text(f"{to_json(EMPTY)}\n{to_json(ARTICLE)}\n", encoding="utf-8")
    assert run(tables) == run("show", tables) == run("show", lines)
    assert run("validate", tables) == ("", "2 valid, 0 invalid\n")
    assert run("lint", tables) == run("lint", lines)
    for form in ("jsonl", "records", "html"):
        assert run("export", "--to", form, tables) == run("export", "--to", form, lines)
    assert run("compare", tables, lines).out.endswith("not which one is right.\n")
    assert "0 differences" in run("compare", tables, tables).out


def test_the_single_article_of_tables_can_be_compared_and_have_its_text_attached(
    single: Path, tmp_path: Path, run: Run
) -> None:
    change(single, "articles.csv", 2, id="mine", text="")
    for name in ("actors.csv", "statements.csv"):
        for row in (2, 3):
            change(single, name, row, article="mine")
    (text := tmp_path / "text.txt").write_text(f"In Sudria: {TEXT}", encoding="utf-8")
    (file := tmp_path / "port.json").write_text(to_json(ARTICLE), encoding="utf-8")
    assert "0 differences" in run("compare", file, single).out
    attached = from_json(run("anchor", text, single).out)
    assert (attached.id, attached.statements[0].spans[0].start) == ("mine", 11)
    text.write_text("Sudria denied that it had laid any.", encoding="utf-8")
    lost = f"{single / 'statements.csv'}:2, column spans_start, item 1: statement 'mined': "
    assert run("anchor", text, single, code=1).err.startswith(lost)
    assert run("anchor", text, single, "--keep-going", code=1).err.startswith(lost)
    (single / "articles.csv").rename(tmp_path / "articles.csv")
    assert run("anchor", text, single, code=1).err.startswith(
        f"geoclaims: {single / 'articles.csv'}: No such file or directory; "
    )


def test_no_table_that_is_read_is_replaced(single: Path, tmp_path: Path, run: Run) -> None:
    (text := tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    for command in (["anchor", text], ["export", "--to", "json"]):
        refused = run(*command, single, "-o", single / "actors.csv", code=2).err
        assert refused.endswith(f"--output would replace {single / 'actors.csv'}, which is read: name another file\n")


@pytest.mark.parametrize("command", [["show"], ["validate"], ["lint"], ["export", "--to", "jsonl"]], ids=" ".join)
def test_what_is_wrong_names_file_row_and_column(command: list[str], tables: Path, run: Run) -> None:
    change(tables, "statements.csv", 2, speaker="nvy")
    out, err = run(*command, tables, code=1)
    assert (
        f"{tables / 'statements.csv'}:2, column speaker: allegation 'mined': found 'nvy', expected the id of an actor "
        "in this article; did you mean 'navy'? [dangling_ref]\n"
    ) in out + err


def test_an_id_that_repeats_is_named_by_its_row_with_the_place_of_the_first(
    tables: Path, single: Path, tmp_path: Path, run: Run
) -> None:
    (file := tmp_path / "port.json").write_text(to_json(ARTICLE), encoding="utf-8")
    again = "column id: found 'port' again, expected an id that no article before it has;"
    issue = f"{single / 'articles.csv'}:2, {again} {tables / 'articles.csv'}:3 has it too [duplicate_id]\n"
    assert run("validate", tables, single, code=1) == (issue, "2 valid, 1 invalid\n")
    assert run("export", "--to", "csv", "-o", tmp_path / "both", tables, single, code=1).err == issue
    place = f"{single / 'articles.csv'}:2"
    assert run("validate", single, file, code=1).out.endswith(f"{place} has it too [duplicate_id]\n")
    change(tables, "articles.csv", 2, id="port")
    issue = f"{tables / 'articles.csv'}:3, {again} articles.csv:2 has it too [duplicate_id]\n"
    assert issue in run("compare", file, tables, code=1).err


def test_the_other_side_of_a_comparison_is_not_left_out_in_silence(tables: Path, single: Path, run: Run) -> None:
    change(single, "statements.csv", 3, denies="mined|nothing")
    out, err = run("compare", tables, f"{single}/", code=1)
    assert out == ""
    assert err.startswith(f"{single / 'statements.csv'}:3, column denies, item 2: denial 'not-mined': found 'not")


def test_warnings_name_the_row_and_the_column(tables: Path, run: Run) -> None:
    change(tables, "statements.csv", 3, cue="insists")
    out, err = run("lint", tables)
    assert out.startswith(f"{tables / 'statements.csv'}:3, column cue: denial 'not-mined': found 'insists'")
    assert err.startswith("1 warning in 2 articles\n")


def test_passages_that_cannot_be_compared_are_named_by_their_cells(single: Path, tmp_path: Path, run: Run) -> None:
    said = Statement(id="said", speaker="navy", content="Words.", spans=[Span.of("Another text.", 0, 7)])
    other = attrs.evolve(ARTICLE, statements=[said], text="Another text.")
    (file := tmp_path / "other.json").write_text(to_json(other), encoding="utf-8")
    assert run("compare", single, file, code=1).err.startswith(
        f"{single / 'statements.csv'}:2, column spans_start, item 1: statement 'mined': found it nowhere"
    )


def test_another_text_is_told_once(tmp_path: Path, run: Run) -> None:
    spans = [Span.of(TEXT, 0, 18), Span.of(TEXT, 19, 40), Span.of(TEXT, 42, 76)]
    said = Statement(id="said", speaker="navy", content="Words.", spans=spans)
    write_csv(folder := tmp_path / "tables", [attrs.evolve(ARTICLE, statements=[said], text=None)])
    (text := tmp_path / "text.txt").write_text("Another text.", encoding="utf-8")
    message = "found 0 of 3 passages, expected the text that was annotated: this is another text [span]"
    assert run("anchor", text, folder, code=1).err == f"{folder / 'articles.csv'}:2: {message}\n"


def test_a_report_in_json_names_the_row_of_the_file(tables: Path, run: Run) -> None:
    change(tables, "statements.csv", 3, speaker="nobody")
    change(tables, "actors.csv", 2, name="")
    (wrong,) = json.loads(run("validate", "--format", "json", tables, code=1).out)
    assert (wrong["file"], wrong["line"]) == (str(tables), None)
    assert [(issue["path"], issue["line"], issue["column"]) for issue in wrong["issues"]] == [
        ("$['actors.csv'][2].name", 2, None),
        ("$['statements.csv'][3].speaker", 3, None),
    ]


@pytest.mark.parametrize("command", [["show"], ["validate"], ["lint"], ["export", "--to", "jsonl"]], ids=" ".join)
def test_a_draft_as_tables_where_articles_belong_is_told_as_such(command: list[str], tmp_path: Path, run: Run) -> None:
    write_csv(folder := tmp_path / "draft", [ARTICLE], passages=True)
    printed = "".join(run(*command, folder, code=1))
    advice = f"this looks like a draft: `geoclaims anchor TEXT {folder} -o article.json` turns it into an article"
    assert f"{folder / 'statements.csv'}:1, column passages: found 'passages', expected a known column" in printed
    assert printed.count("[unknown_key]") == printed.count(advice) == 1


def test_a_folder_without_the_three_tables_is_told_as_such(tmp_path: Path, run: Run) -> None:
    (tmp_path / "article.json").write_text(to_json(ARTICLE), encoding="utf-8")
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    for command in (["show"], ["anchor", tmp_path / "text.txt"]):
        assert run(*command, tmp_path, code=1).err == (
            f"geoclaims: {tmp_path / 'articles.csv'}: No such file or directory; "
            "a folder is read as three tables: name other files one by one, as in FOLDER/*.json\n"
        )


def test_tables_without_an_article_are_an_error(tmp_path: Path, run: Run) -> None:
    write_csv(tmp_path / "none", [])
    message = f"{tmp_path / 'none'}: $: found no article, expected one at least [json]\n"
    assert run("show", tmp_path / "none", code=1) == ("", message)


def test_tables_go_through_tables_as_they_are(tables: Path, tmp_path: Path, run: Run) -> None:
    assert run("export", "--to", "csv", "-o", tmp_path / "again", tables).err == "2 articles written\n"
    assert list(read_csv(tmp_path / "again")) == [EMPTY, ARTICLE]
    assert run("export", "--to", "csv", "-o", tmp_path / "less", "--without-text", tables).out == ""
    assert [article.text for article in interop.read_csv(tmp_path / "less")] == [None, None]


def exported(form: str, *arguments: Any, run: Run) -> str:
    out: str = run("export", "--to", form, *arguments).out
    return out


@pytest.mark.parametrize("form", ["jsonl", "json", "html"])
def test_the_texts_can_be_left_out_of_an_export(form: str, single: Path, run: Run) -> None:
    words = TEXT[:20]
    assert words in exported(form, single, run=run)
    assert words not in exported(form, single, "--without-text", run=run)
