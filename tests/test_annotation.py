from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from geoclaims import Span, load_article, to_json
from tools.annotate_article import annotate

ARTICLE = load_article()
BUNDLED = files("geoclaims").joinpath("data", "article.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    return (shared / "article.txt").read_text(encoding="utf-8")


def test_the_bundled_file_is_what_the_script_writes(text: str) -> None:
    assert to_json(annotate(text), indent=2) + "\n" == BUNDLED


def test_no_file_of_the_project_holds_eight_words_in_a_row_of_the_text(shared: Path) -> None:
    root = Path(__file__).parents[1]
    if not (root / ".git").exists():
        pytest.skip("the check reads what git keeps")
    check: list[str | Path] = [sys.executable, shared / "checks" / "no_copy.py", root]
    result = subprocess.run(check, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


def test_every_span_fits_the_text_and_no_passage_cuts_a_word_or_ends_with_white_space_or_a_comma(text: str) -> None:
    for statement in ARTICLE.statements:
        assert statement.spans
        for span in statement.spans:
            assert span == Span.of(text, span.start, span.end)
            assert re.fullmatch(r"(?s)\S|\S.*[^\s.,]", text[span.start : span.end])
            assert not re.match(r"\w", text[span.start - 1 : span.start])
            assert not re.match(r"\w", text[span.end : span.end + 1])


def test_every_quotation_is_printed_as_one_within_its_statement(text: str) -> None:
    quoted = 0
    for statement in ARTICLE.statements:
        printed = [quotation for passage in passages(statement.spans, text) for quotation in quotations(passage)]
        for quote in statement.quotes:
            assert any(quotation in {quote, quote + ".", quote + ","} for quotation in printed), quote
            quoted += 1
    assert quoted == len(quotations(text))
    assert [statement.id for statement in ARTICLE.statements if not statement.cue] == []


def passages(spans: tuple[Span, ...], text: str) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def quotations(text: str) -> list[str]:
    return re.findall("“([^”]*)”", text)
