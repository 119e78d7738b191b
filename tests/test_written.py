"""What programs write into the tree is what they would write now; `nox -s generate` writes it anew."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.conftest import imported
from tools.write import WRITERS


@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_is_what_its_program_writes_now(writer: str) -> None:
    if writer == "tools.write_formats":
        imported("pyarrow")
    for path, text in import_module(writer).made():
        # Git may check a file out with the line ends of the system.
        assert path.read_bytes().decode().replace("\r\n", "\n") == text.replace("\r\n", "\n"), (
            f"{path} is out of date: `python -m tools.write {writer}` writes it anew"
        )
