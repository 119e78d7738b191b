"""Run the benchmark and print its tables in Markdown: `python -m tools.bench`, or some parts of it by name."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from tools.bench import anchoring, costs, speed

PACKAGES = ("attrs", "cattrs", "msgspec", "orjson", "pydantic")

PARTS: dict[str, tuple[Callable[[int], str], int, int]] = {
    "reading": (speed.reading, 21, 3),
    "many": (speed.many, 10_000, 300),
    "writing": (speed.writing, 21, 3),
    "constructing": (speed.constructing, 21, 3),
    "importing": (costs.importing, 21, 3),
    "keeping": (costs.keeping, 20_000, 500),
    "streaming": (costs.streaming, 1_000_000, 10_000),
    "anchoring": (anchoring.anchoring, 1_000_000, 50_000),
    "statements": (anchoring.statements, 16_000, 100),
    "thresholds": (anchoring.thresholds, 150, 1),
}
"""What measures each part, how much of it, and how much in brief."""


def main() -> None:
    """Measure the parts that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--brief", action="store_true", help="measure less, to see that everything works")
    parser.add_argument("parts", nargs="*", help=f"all if none is given: {', '.join(PARTS)}")
    options = parser.parse_args()
    if unknown := set(options.parts) - PARTS.keys():
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    system = f"{platform.system()} on {_processor()}, {os.cpu_count()} cores"
    print(f"{datetime.datetime.now(tz=datetime.UTC).date()}: {python}, {system}; {versions}.")
    for name in options.parts or PARTS:
        measure, size, in_brief = PARTS[name]
        found = measure(in_brief if options.brief else size)
        print(f"\n## {(measure.__doc__ or '').strip()}\n\n{found}", flush=True)


def _processor() -> str:
    """Name the processor, as Linux does, or at least its architecture."""
    described = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", described.read_text(encoding="utf-8") if described.exists() else "")
    return found[1] if found else platform.machine()


if __name__ == "__main__":
    main()
