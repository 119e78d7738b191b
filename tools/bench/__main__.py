"""Run the benchmark and print its tables in Markdown: `python -m tools.bench`, or some parts of it by name."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
from collections.abc import Callable
from importlib import metadata
from typing import NamedTuple

from tools.bench import costs, speed
from tools.bench.anchoring import anchoring, statements

PACKAGES = ("attrs", "cattrs", "msgspec", "orjson", "pyarrow", "pydantic")


class Part(NamedTuple):
    """What is measured, by what, how much of it, and how much in brief."""

    title: str
    measure: Callable[[int], str]
    size: int
    in_brief: int


PARTS = {
    "decoding": Part("Reading: from bytes to checked objects", speed.decoding, 21, 5),
    "encoding": Part("Writing: from objects to JSON", speed.encoding, 21, 5),
    "constructing": Part("Constructing an allegation in Python", speed.constructing, 21, 5),
    "importing": Part("Importing", costs.importing, 21, 5),
    "keeping": Part("Memory of articles that are kept", costs.keeping, 20_000, 1_000),
    "streaming": Part("Streaming JSON Lines", costs.streaming, 1_000_000, 20_000),
    "anchoring": Part("Finding passages in another copy of the text", lambda _: anchoring(), 1, 1),
    "statements": Part("What becomes of statements in edited copies", statements, 16_000, 200),
    "exporting": Part("Tables and Arrow, beside JSON", speed.exporting, 7, 5),
}


def _machine() -> str:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    system = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    return f"{datetime.datetime.now(tz=datetime.UTC).date()}: {python}, {system}; {versions}."


def main() -> None:
    """Measure the parts that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--brief", action="store_true", help="measure less, to see that everything works")
    parser.add_argument("parts", nargs="*", help=f"all if none is given: {', '.join(PARTS)}")
    options = parser.parse_args()
    if unknown := set(options.parts) - PARTS.keys():
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    print(_machine())
    for name in options.parts or PARTS:
        part = PARTS[name]
        print(f"\n## {part.title}\n\n{part.measure(part.in_brief if options.brief else part.size)}", flush=True)


if __name__ == "__main__":
    main()
