"""Write every file of the tree that a program writes, or those of the writers that the command line names."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

NEEDS_NPM = "tools.write_typescript"
WRITERS = (
    "tools.write_schema",
    NEEDS_NPM,
    "tools.write_reference",
    "tools.write_columns",
    "tools.write_formats",
    "tools.make_gallery",
    "tests.test_goldens",
    "tests.test_conformance",
)
"""The modules that write files, each later than those whose files it reads. Add yours."""


def made_by(writer: str) -> Iterator[tuple[Path, str]]:
    """Yield each file of a writer with what it should hold."""
    files: Iterator[tuple[Path, str]] = import_module(writer).made()
    return files


if __name__ == "__main__":
    for name in sys.argv[1:] or WRITERS:
        for path, text in made_by(name):
            path.write_text(text, encoding="utf-8", newline="")
