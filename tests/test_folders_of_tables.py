"""A folder of tables is read by every command that reads articles, and its errors name file, row and column."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import attrs
import pytest

from geoclaims import Actor, Allegation, Article, Denial, Span, Statement, from_json, to_json
from geoclaims.interop import read_csv, write_csv
from tests.conftest import Run
from tests.tables import edit, put

TEXT = "The navy said that mines lay in the port. Sudria denied that it had laid any."
SAID: Any = {"id": "mined", "speaker": "navy", "content": "Sudria mined the port.", "spans": [Span.of(TEXT, 0, 40)]}
REPLY: Any = {"id": "not-mined", "speaker": "sudria", "content": "It did not.", "spans": [Span.of(TEXT, 42, 76)]}
ARTICLE = Article(
    id="port",
    actors=[Actor(id="navy", name="The navy"), Actor(id="sudria", name="Sudria")],
    statements=[Allegation(cue="said", accused=["sudria"], **SAID), Denial(cue="denied", denies=["mined"], **REPLY)],
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


def test_tables_are_read_as_the_articles_in_them_are(tables: Path, tmp_path: Path, run: Run) -> None:
    lines = tmp_path / "articles.jsonl"
    lines.write_text(f"{to_json(EMPTY)}\n{to_json(ARTICLE)}\n", encoding="utf-8")
    assert run(tables) == run("show", tables) == run("show", lines)
    assert run("validate", tables) == ("", "2 valid (1 with no statements), 0 invalid\n")
    assert run("lint", tables) == run("lint", lines)
    for form in ("jsonl", "records", "html"):
        assert run("export", "--to", form, tables) == run("export", "--to", form, lines)
    assert "0 differences" in run("compare", tables, lines).out
    assert run("export", "--to", "csv", "-o", tmp_path / "again", tables).err == "2 articles written\n"
    assert list(read_csv(tmp_path / "again")) == [EMPTY, ARTICLE]


def test_the_single_article_of_tables_can_have_its_text_attached(single: Path, tmp_path: Path, run: Run) -> None:
    edit(single, "articles.csv", put(2, "text", ""))
    (text := tmp_path / "text.txt").write_text(f"In Sudria: {TEXT}", encoding="utf-8")
    assert from_json(run("anchor", text, single).out).statements[0].spans[0].start == 11
    text.write_text("Sudria denied that it had laid any.", encoding="utf-8")
    lost = f"{single / 'statements.csv'}:2, column spans_start, item 1: statement 'mined': "
    assert run("anchor", text, single, code=1).err.startswith(lost)
    assert run("anchor", text, single, "--keep-going", code=1).err.startswith(lost)
    text.write_text("Another text.", encoding="utf-8")
    spans = [Span.of(TEXT, *place) for place in ((0, 18), (19, 40), (42, 76))]
    write_csv(single, [attrs.evolve(ARTICLE, statements=[Statement(**SAID | {"spans": spans})], text=None)])
    row = re.escape(str(single / "articles.csv"))
    assert re.fullmatch(rf"{row}:2: .* \[span\]\n", run("anchor", text, single, code=1).err)


@pytest.mark.parametrize("command", [["show"], ["validate"], ["lint"], ["export", "--to", "jsonl"]], ids=" ".join)
def test_what_is_wrong_names_file_row_and_column(command: list[str], tables: Path, run: Run) -> None:
    edit(tables, "statements.csv", put(2, "speaker", "nvy"))
    issue = f"{tables / 'statements.csv'}:2, column speaker: allegation 'mined': "
    assert issue in "".join(run(*command, tables, code=1))


def test_an_id_that_repeats_is_named_by_its_row_with_the_place_of_the_first(
    tables: Path, single: Path, tmp_path: Path, run: Run
) -> None:
    (file := tmp_path / "port.json").write_text(to_json(ARTICLE), encoding="utf-8")

    def again(second: str, first: str) -> str:
        return rf"{re.escape(second)}: .*'port'.* {re.escape(first)} .*\[duplicate_id\]\n"

    issue = again(f"{single / 'articles.csv'}:2, column id", f"{tables / 'articles.csv'}:3")
    out, err = run("validate", tables, single, code=1)
    assert re.fullmatch(issue, out)
    assert err == "2 valid (1 with no statements), 1 invalid\n"
    assert run("export", "--to", "csv", "-o", tmp_path / "both", tables, single, code=1).err == out
    assert re.fullmatch(
        again(f"{file}: $.id", f"{single / 'articles.csv'}:2"), run("validate", single, file, code=1).out
    )
    edit(tables, "articles.csv", put(2, "id", "port"))
    issue = again(f"{tables / 'articles.csv'}:3, column id", "articles.csv:2")
    assert re.search(issue, run("compare", file, tables, code=1).err)


def test_passages_that_cannot_be_compared_are_named_and_a_wrong_side_is_not_left_out(
    tables: Path, single: Path, tmp_path: Path, run: Run
) -> None:
    said = Statement(id="said", speaker="navy", content="Words.", spans=[Span.of("Another text.", 0, 7)])
    other = attrs.evolve(ARTICLE, statements=[said], text="Another text.")
    (file := tmp_path / "other.json").write_text(to_json(other), encoding="utf-8")
    assert run("compare", single, file, code=1).err.startswith(f"{file}: $.statements[0].spans[0]: statement 'said': ")
    edit(single, "statements.csv", put(3, "denies", "mined|nothing"))
    out, err = run("compare", tables, f"{single}/", code=1)
    assert out == ""
    assert err.startswith(f"{single / 'statements.csv'}:3, column denies, item 2: denial 'not-mined': ")


def test_warnings_and_a_report_in_json_name_the_row_of_the_file(tables: Path, run: Run) -> None:
    edit(tables, "statements.csv", put(3, "cue", "insists"))
    out, err = run("lint", tables)
    assert out.startswith(f"{tables / 'statements.csv'}:3, column cue: denial 2 'not-mined': ")
    assert err.startswith("1 warning in 2 articles\n")
    edit(tables, "statements.csv", put(3, "speaker", "nobody"))
    edit(tables, "actors.csv", put(2, "name", ""))
    (wrong,) = json.loads(run("validate", "--format", "json", tables, code=1).out)
    assert (wrong["file"], wrong["line"]) == (str(tables), None)
    assert [(issue["path"], issue["line"], issue["column"]) for issue in wrong["issues"]] == [
        ("$['actors.csv'][2].name", 2, None),
        ("$['statements.csv'][3].speaker", 3, None),
    ]


def test_a_folder_without_the_three_tables_or_without_an_article_is_told_as_such(tmp_path: Path, run: Run) -> None:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    for command in (["show"], ["anchor", tmp_path / "text.txt"]):
        assert run(*command, tmp_path, code=1).err == (
            f"geoclaims: {tmp_path / 'articles.csv'}: No such file or directory; "
            "a folder is read as three tables: name other files one by one, as in FOLDER/*.json\n"
        )
    write_csv(tmp_path / "none", [])
    out, err = run("show", tmp_path / "none", code=1)
    assert out == ""
    assert re.fullmatch(rf"{re.escape(str(tmp_path / 'none'))}: \$: .* \[json\]\n", err)


def test_of_a_single_table_the_folder_is_asked_for(single: Path, tmp_path: Path, run: Run) -> None:
    (text := tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    for file in sorted(single.iterdir()):
        said = f"{file}: $: found a table, expected JSON, or the folder that has all three tables of articles; --links "
        out, err = run("validate", file, code=1)
        assert (out[: len(said)], err) == (said, "0 valid, 1 invalid\n")
        assert run("anchor", text, file, code=1).err == out


def test_the_texts_can_be_left_out_of_an_export(single: Path, tmp_path: Path, run: Run) -> None:
    for form in ("jsonl", "json", "html"):
        assert TEXT[:20] in run("export", "--to", form, single).out
        assert TEXT[:20] not in run("export", "--to", form, single, "--without-text").out
    assert run("export", "--to", "csv", "-o", tmp_path / "less", "--without-text", single).out == ""
    assert [article.text for article in read_csv(tmp_path / "less")] == [None]
