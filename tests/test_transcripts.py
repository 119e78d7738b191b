"""Commands print what the transcripts show: `pytest --rewrite-transcripts tests/test_transcripts.py` writes them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.transcripts import replayed

if sys.platform == "win32":
    pytest.skip("the transcripts have the paths and messages of POSIX", allow_module_level=True)

PAGES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_print_what_their_transcript_shows(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    text = page.read_text(encoding="utf-8")
    now = replayed(text, monkeypatch, capsys)
    if request.config.getoption("--rewrite-transcripts"):
        page.write_text(now, encoding="utf-8")
    assert now == page.read_text(encoding="utf-8"), f"{page}: pytest --rewrite-transcripts writes what is printed now"
