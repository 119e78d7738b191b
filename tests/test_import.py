from __future__ import annotations

import gzip
import io
import json
import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geoclaims import from_json, to_json
from geoclaims._command_line import main
from geoclaims.interop import read_claim_reviews

if TYPE_CHECKING:
    from tests.conftest import Work

RAIN = {"@type": "ClaimReview", "claimReviewed": "It rains.", "url": "https://checks.example.org/rain"}
SNOW = {"@type": "ClaimReview", "claimReviewed": "It snows.", "url": "TBD"}
PAGE = {"@type": "WebPage", "mainEntity": [RAIN, SNOW]}


def taken(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    """The exit code, what is claimed in the articles that were written, and what was said."""
    code = main(["import", "--from", "claim-review", *arguments])
    out, said = capsys.readouterr()
    return code, [from_json(line).statements[0].content for line in out.splitlines()], said


@pytest.fixture
def page(tmp_path: Path) -> str:
    file = tmp_path / "page.json"
    file.write_text(json.dumps(PAGE, indent=1))
    return str(file)


def test_what_is_right_comes_in_and_what_is_wrong_is_listed_with_its_line(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, contents, said = taken(capsys, page)
    assert (code, contents) == (1, ["It rains.", "It snows."])
    issue, summary = said.splitlines()
    assert re.fullmatch(rf"{re.escape(page)}:12:11: \$\.mainEntity\[1\]\.url: .* \[url\]", issue)
    assert summary == "2 articles written, 1 error"


def test_the_articles_are_those_of_the_function(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rain.json"
    file.write_text(json.dumps(RAIN))
    assert main(["import", "--from", "claim-review", str(file)]) == 0
    out, said = capsys.readouterr()
    assert out.splitlines() == [to_json(article) for article in read_claim_reviews(RAIN)]
    assert said == "1 article written, 0 errors\n"


def test_json_json_lines_gzip_and_standard_input_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = f"{json.dumps(RAIN)}\n\n{json.dumps(PAGE)}\n".encode()
    for name, data in [
        ("a.jsonl", lines),
        ("a.jsonl.gz", gzip.compress(lines, mtime=0)),
        ("a.json.gz", gzip.compress(json.dumps([RAIN, PAGE, SNOW]).encode(), mtime=0)),
        ("a", lines),
    ]:
        (tmp_path / name).write_bytes(data)
        code, contents, said = taken(capsys, str(tmp_path / name))
        assert (code, contents[0], contents[-1]) == (1, "It rains.", "It snows.")
        assert f"{name}:{1 if 'json.gz' in name else 3}:" in said
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    code, contents, said = taken(capsys, "-")
    assert contents == ["It rains.", "It snows."]
    assert said.endswith("2 articles written, 1 dropped as equal to an earlier one, 1 error\n")
    assert said.startswith("<stdin>:3:")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.json", b"{", "a.json:1:2: $: found the end at line 1, column 2"),
        ("a.json", b"7", "a.json:1:1: $: found 7, expected an object or array"),
        ("a.html", b"<!DOCTYPE html>", "a.html:1:1: $: found '<!DOCTYPE html>' at line 1, column 1"),
        ("a.json", b'{"a": 1,\n "a": 2}', "a.json:2:2: $.a: found the key 'a' again, expected it once [duplicate_key]"),
        ("a.json", b'"\xff"', "a.json:1:2: $: found b'\\xff' at byte 1, expected UTF-8"),
        ("a.jsonl", b"{}\n[\n", "a.jsonl:2:2: $: found the end"),
        ("a.json.gz", b"no", "a.json.gz: $: found a gzip stream that is cut or damaged (Not a gzipped file (b'no'))"),
        (
            "a.jsonl.gz",
            gzip.compress(b'{"a":1}\n', mtime=0)[:-4],
            "a.jsonl.gz:2:1: $: found a gzip stream that is cut or damaged",
        ),
    ],
)
def test_what_is_no_json_is_reported(
    name: str, data: bytes, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    code, contents, said = taken(capsys, str(tmp_path / name))
    assert (code, contents) == (1, [])
    assert expected in said


def test_a_file_that_is_not_there_is_named_and_nothing_is_written(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (older := tmp_path / "older.jsonl").write_text("older")
    code, contents, said = taken(capsys, page, str(tmp_path / "none.json"), "-o", str(older))
    assert (code, contents, older.read_text()) == (1, [], "older")
    assert "none.json: No such file or directory" in said


def test_json_lines_without_a_line_are_an_error_unless_others_are_read(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (empty := tmp_path / "empty.jsonl").write_text("\n")
    code, contents, said = taken(capsys, str(empty))
    assert (code, contents) == (1, [])
    assert re.fullmatch(rf"{re.escape(str(empty))}: \$: .* \[json\]\n0 articles written, 1 error\n", said)
    assert str(empty) not in taken(capsys, str(empty), page)[2]


def test_ambiguous_dates_are_read_as_the_command_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rain.json"
    file.write_text(json.dumps(RAIN | {"datePublished": "04/05/2025"}))
    days = []
    for argument in ("--dayfirst", "--monthfirst"):
        assert main(["import", "--from", "claim-review", argument, str(file)]) == 0
        days.append(str(from_json(capsys.readouterr().out).published))
    assert days == ["2025-05-04", "2025-04-05"]
    assert taken(capsys, str(file))[0] == 1


def test_an_article_that_equals_an_earlier_one_is_dropped_and_one_that_differs_is_written_and_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rain, other = tmp_path / "rain.json", tmp_path / "other.jsonl"
    rain.write_text(json.dumps(RAIN))
    dated = RAIN | {"itemReviewed": {"datePublished": "2031-05"}}
    other.write_text("".join(f"{json.dumps(each)}\n" for each in (RAIN, dated, dated)))
    code, contents, said = taken(capsys, str(rain), str(rain))
    assert (code, contents) == (0, ["It rains."])
    assert said == "1 article written, 1 dropped as equal to an earlier one, 0 errors\n"
    code, contents, said = taken(capsys, str(rain), str(other))
    assert (code, contents) == (1, 2 * ["It rains."])
    (issue, summary) = said.splitlines()
    assert issue.startswith(f"{other}:2: $.id: ")
    assert issue.endswith("[duplicate_id]")
    assert str(rain) in issue
    assert summary == "2 articles written, 2 dropped as equal to an earlier one, 1 error"


def test_a_report_is_in_proportion_to_the_data_also_where_all_that_is_wrong_is_below_one_long_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "page.json"
    file.write_text(json.dumps({100_000 * "k": 1000 * [SNOW]}, indent=1))
    code, _, said = taken(capsys, str(file))
    assert code == 1
    assert said.count("'TBD'") == 1000
    assert len(said) < 10 * len(file.read_text())


def test_articles_can_go_to_a_file(page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "articles.jsonl"
    assert taken(capsys, "--output", str(file), page)[:2] == (1, [])
    assert len(file.read_text().splitlines()) == 2


def test_an_output_that_fails_is_no_fault_of_the_input(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for output in (tmp_path / "none" / "a", "/dev/full"):
        code, contents, said = taken(capsys, "--output", str(output), page)
        assert (code, contents) == (1, [])
        assert f"geoclaims: {output}: " in said or "No space left on device" in said


def test_the_article_of_geoclaims_is_not_imported(capsys: pytest.CaptureFixture[str]) -> None:
    code, contents, said = taken(capsys, "--bundled")
    assert (code, contents) == (2, [])
    assert "need not be imported" in said


def test_without_a_file_it_is_offered_what_can_be_imported(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    code, contents, said = taken(capsys)
    assert (code, contents) == (2, [])
    assert said.endswith("nothing to read: give a FILE, or - for standard input\n")


def test_the_lines_of_all_errors_are_found_in_proportion_to_the_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], work: Work
) -> None:
    calls = []
    for number in (50, 200):
        (file := tmp_path / "page.json").write_text(json.dumps([SNOW] * number, indent=1), encoding="utf-8")
        (_, _, said), counted = work(partial(taken, capsys, str(file)))
        assert said.count(f"{file}:") == number
        calls.append(counted)
    assert calls[1] <= 5 * calls[0]
