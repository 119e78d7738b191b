from __future__ import annotations

import gzip
import io
import json
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoclaims import from_json, to_json
from geoclaims.interop import read_claim_reviews

if TYPE_CHECKING:
    from tests.conftest import Run, Work

RAIN = {"@type": "ClaimReview", "claimReviewed": "It rains.", "url": "https://checks.example.org/rain"}
SNOW = {"@type": "ClaimReview", "claimReviewed": "It snows.", "url": "TBD"}
PAGE = {"@type": "WebPage", "mainEntity": [RAIN, SNOW]}

Taken = Callable[..., tuple[list[str], str]]


@pytest.fixture
def taken(run: Run) -> Taken:
    """Imports, and returns what is claimed in the articles that were written, and what was said."""

    def taken(*arguments: str | Path, code: int = 1) -> tuple[list[str], str]:
        out, said = run("import", "--from", "claim-review", *arguments, code=code)
        return [from_json(line).statements[0].content for line in out.splitlines()], said

    return taken


def write(file: Path, *documents: Any, indent: int | None = None) -> Path:
    file.write_text("".join(f"{json.dumps(each, indent=indent)}\n" for each in documents))
    return file


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return write(tmp_path / "page.json", PAGE, indent=1)


def test_json_lines_gzip_and_standard_input_are_read(
    tmp_path: Path, taken: Taken, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = f"{json.dumps(RAIN)}\n\n{json.dumps(PAGE)}\n".encode()
    for name, data, line in [
        ("a.jsonl", lines, 3),
        ("a.jsonl.gz", gzip.compress(lines, mtime=0), 3),
        ("a.json.gz", gzip.compress(json.dumps([RAIN, PAGE, SNOW]).encode(), mtime=0), 1),
        ("a", lines, 3),
    ]:
        (tmp_path / name).write_bytes(data)
        contents, said = taken(tmp_path / name)
        assert (contents[0], contents[-1]) == ("It rains.", "It snows.")
        assert f"{name}:{line}:" in said
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    contents, said = taken("-")
    assert contents == ["It rains.", "It snows."]
    assert said.endswith("2 articles written, 1 dropped as equal to an earlier one, 1 error\n")
    assert said.startswith("<stdin>:3:")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"{", "a.json:1:2: $ [json]"),
        (b"7", "a.json:1:1: $ [type]"),
        (b'{"a": 1,\n "a": 2}', "a.json:2:2: $.a [duplicate_key]"),
        (b'"\xff"', "a.json:1:2: $ [encoding]"),
        (b"{}\n[\n", "a.jsonl:2:2: $ [json]"),
        (b"no", "a.json.gz: $ [encoding]"),
        (gzip.compress(b'{"a":1}\n', mtime=0)[:-4], "a.jsonl.gz:2:1: $ [encoding]"),
    ],
)
def test_what_is_no_json_is_named_with_its_place(data: bytes, expected: str, tmp_path: Path, taken: Taken) -> None:
    (file := tmp_path / expected.partition(":")[0]).write_bytes(data)
    contents, said = taken(file)
    assert contents == []
    assert f"{tmp_path}/{expected}" in [re.sub(r": found.* \[", " [", line) for line in said.splitlines()]


def test_a_file_that_is_not_there_is_named_and_nothing_is_written(page: Path, tmp_path: Path, taken: Taken) -> None:
    (older := tmp_path / "older.jsonl").write_text("older")
    contents, said = taken(page, tmp_path / "none.json", "-o", older)
    assert (contents, older.read_text()) == ([], "older")
    assert "none.json: No such file or directory" in said


def test_json_lines_without_a_line_are_an_error_if_no_others_are_read(page: Path, tmp_path: Path, taken: Taken) -> None:
    empty = write(tmp_path / "empty.jsonl", *[])
    contents, said = taken(empty)
    assert contents == []
    assert re.fullmatch(rf"{re.escape(str(empty))}: \$: .* \[json\]\n0 articles written, 1 error\n", said)
    assert str(empty) not in taken(empty, page)[1]


def test_the_articles_of_the_function_can_go_to_a_file_and_one_that_fails_is_no_fault_of_the_input(
    page: Path, tmp_path: Path, taken: Taken
) -> None:
    file = tmp_path / "articles.jsonl"
    assert taken("--output", file, page)[0] == []
    articles = read_claim_reviews(PAGE, on_error=lambda _: None)
    assert file.read_text().splitlines() == [to_json(article) for article in articles]
    contents, said = taken("--output", tmp_path / "none" / "a", page)
    assert contents == []
    assert f"geoclaims: {tmp_path / 'none' / 'a'}: " in said


def test_a_report_and_its_work_are_in_proportion_to_the_data_also_below_one_long_key(
    tmp_path: Path, taken: Taken, work: Work
) -> None:
    calls = []
    for number in (50, 200):
        file = write(tmp_path / "page.json", {10_000 * "k": [SNOW] * number}, indent=1)
        (_, said), counted = work(partial(taken, file))
        assert said.count("'TBD'") == said.count(f"{file}:") == number
        assert len(said) < 10 * file.stat().st_size
        calls.append(counted)
    assert calls[1] <= 5 * calls[0]
