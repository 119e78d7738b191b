from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"


def complaints(script: str) -> str:
    """What a script that writes a page says if the page is outdated."""
    command: list[str | Path] = [sys.executable, TOOLS / script, "--check"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def test_the_page_says_of_every_format_which_fields_it_loses() -> None:
    pytest.importorskip("pyarrow")
    assert complaints("write_formats.py") == ""


def test_the_codebook_says_of_every_column_of_tables_what_it_holds() -> None:
    assert complaints("write_columns.py") == ""
