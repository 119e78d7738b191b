"""A spreadsheet program reads the tables, keeps them in its own formats, and saves them again."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from geoclaims import Actor, Allegation, Article, Denial, PartialDate, Quantity, Span, Statement, load_article
from geoclaims.interop import read_csv, write_csv

# The options of LibreOffice's text filter: comma, quotation mark, UTF-8, from row 1; then, for reading, "Format quoted
# field as text" and no detection of special numbers, and for writing, quotes around all text, and cells as shown.
TEXT = "44,34,76,1,,0,true,false"
AS_IT_COMES = "44,34,76,1"
AT_SEMICOLONS = "59,34,76,1"
SAVED = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false"

PASSAGES = "He said: “we deny it”.\n\nThey said\tso. 🙂"
# What programs like to take for numbers, dates, truth values, times, amounts and formulas.
SUSPICIOUS = (
    *("1e5", "007", "TRUE", "false", "2025-04", "2025-04-09", "4/9/2025", "12:30", "1.0", "50%", "$5", "1,000", "(5)"),
    *("+49", "@SUM(A1)", "'=1+1", "'tis", "＝1+1", "=1+1", "-5 degrees", " =1", "x;=1+1;y", 'x;"=1+1;y', "x; -1;y"),
    *('=HYPERLINK("https://example.org";"x")', "a|b", "a\\b", 'say "no"', "semi;colon", "9223372036854775807"),
    *("\u202eabc", "a\u0301", "日本語", "\u00a0x"),
)
ACTORS = [Actor(id="1e5", name="TRUE", aliases=SUSPICIOUS)]
ACTORS += [Actor(id=f"00{number}", name=name, role=name) for number, name in enumerate(SUSPICIOUS)]
STATEMENTS = [
    Statement(
        id="2025-04-09",
        speaker="1e5",
        content="Two\nlines,\tand a tab.",
        quotes=("=1+1\n=2", *SUSPICIOUS),
        date=PartialDate(2025),
        event_date=PartialDate(2025, 4),
        quantities=(Quantity(minimum=0, maximum=2**63 - 1, unit="1e5"),),
        labels=SUSPICIOUS,
        spans=(Span.of(PASSAGES, 0, 7), Span.of(PASSAGES, 9, 21)),
    ),
    Allegation(id="1.0", speaker="1e5", content="=cmd|' /C calc'!A0", accused=("000", "001")),
    Denial(id="12", speaker="000", content="\t=1+1", date=PartialDate(2025, 4, 9), denies=("1.0", "2025-04-09")),
]
ARTICLES = (
    Article(
        id="TRUE", title="=1+1", published=PartialDate(2025, 4), actors=ACTORS, statements=STATEMENTS, text=PASSAGES
    ),
    Article(id="empty"),
    load_article(),
    attrs.evolve(load_article(), id="2025-04"),
)

Convert = Callable[[Path, str, str, Path], Path]


@pytest.fixture(scope="module")
def convert(program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """What lets LibreOffice open all files of a folder, with options for text, and save them in another format."""
    soffice = program("soffice")
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def run(folder: Path, options: str, form: str, target: Path) -> Path:
        files = sorted(folder.iterdir())
        opening = [f"--infilter=CSV:{options}"] if files[0].suffix == ".csv" else []
        command = [soffice, f"-env:UserInstallation={profile}", "--headless", *opening, "--convert-to", form]
        subprocess.run([*command, "--outdir", target, *files], check=True, capture_output=True, timeout=120)
        return target

    return run


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tables of the articles."""
    folder = tmp_path_factory.mktemp("written")
    write_csv(folder, ARTICLES)
    return folder


@pytest.mark.parametrize("form", ["ods", "xlsx"])
def test_tables_that_a_spreadsheet_program_took_as_text_and_saved_again_are_the_same_articles(
    written: Path, convert: Convert, form: str, tmp_path: Path
) -> None:
    saved = convert(convert(written, TEXT, form, tmp_path / form), TEXT, SAVED, tmp_path / "saved")
    assert [file for file in written.iterdir() if (saved / file.name).read_bytes() == file.read_bytes()] == []
    assert tuple(read_csv(saved)) == ARTICLES


@pytest.mark.parametrize("options", [AS_IT_COMES, AT_SEMICOLONS], ids=["as it comes", "split at semicolons"])
def test_no_cell_or_part_of_one_becomes_a_formula_that_would_become_one_without_a_guard(
    written: Path, convert: Convert, options: str, tmp_path: Path
) -> None:
    tables = shutil.copytree(written, tmp_path / "tables")
    with (tables / "bare.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(["=1+1", "x;=1+1;y"])
    sheets = convert(tables, options, "fods", tmp_path / "sheets").iterdir()
    with_formulas = [sheet.name for sheet in sheets if "table:formula" in sheet.read_text(encoding="utf-8")]
    assert with_formulas == ["bare.fods"]
