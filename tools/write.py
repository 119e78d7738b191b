"""Write every file of the tree that a program writes, or those of the writers that the command line names."""

import sys
from importlib import import_module

WRITERS = (
    "tools.write_schema",
    "tools.write_reference",
    "tools.write_columns",
    "tools.write_formats",
    "tools.make_gallery",
    "tests.golden_files",
    "tests.test_conformance",
)
"""The modules whose `made` yields files with what they should hold, after those whose files they read. Add yours."""

if __name__ == "__main__":
    for name in sys.argv[1:] or WRITERS:
        for path, text in import_module(name).made():
            path.write_text(text, encoding="utf-8", newline="")
