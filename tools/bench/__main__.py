"""Run the benchmark and print its tables in Markdown: `python -m tools.bench`, or some parts of it by name."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
from collections.abc import Callable, Mapping
from importlib import metadata

from tools.bench import costs, speed
from tools.bench.anchoring import anchoring
from tools.bench.exporting import exporting
from tools.bench.libraries import CATTRS, GEOCLAIMS, PYDANTIC, STIX, Library
from tools.bench.markdown import number, table
from tools.bench.measuring import Timing
from tools.bench.write_constants import FILE, constants

PACKAGES = ("attrs", "cattrs", "mashumaro", "msgspec", "orjson", "pyarrow", "pydantic", "stix2")
IN_FULL = {"rounds": 21, "kept": 20_000, "streamed": 1_000_000, "exported": 1_000}
IN_BRIEF = {"rounds": 5, "kept": 1_000, "streamed": 20_000, "exported": 100}


class Report:
    """The measurements, and how they compare with the bounds."""

    def __init__(self) -> None:
        self.bounds: list[list[str]] = []

    def part(self, title: str, body: str) -> None:
        print(f"\n## {title}\n\n{body}", flush=True)

    def ratio(self, what: str, timings: Mapping[str, Timing], peer: Library, below: float, aim: float) -> None:
        self.bound(what, timings[GEOCLAIMS.name].median / timings[peer.name].median, below, aim)

    def bound(self, what: str, found: float, below: float, aim: float) -> None:
        verdict = "reaches the aim" if found <= aim else "within the bound" if found <= below else "BEYOND THE BOUND"
        self.bounds.append([what, number(found), number(below), number(aim), verdict])

    def decoding(self, rounds: int) -> None:
        body, timings = speed.decoding(rounds)
        self.part("Reading: from bytes to checked objects", body)
        self.ratio("`from_json` of a corpus, against pydantic v2 strict", timings["corpus"], PYDANTIC, 1.0, 0.9)
        self.ratio("`from_json` of the bundled article, against pydantic", timings["shipped"], PYDANTIC, 1.0, 1.0)
        self.ratio("`from_json` of a corpus, against stock cattrs", timings["corpus"], CATTRS, 0.5, 0.4)
        self.ratio("`from_json` of a corpus, against stix2", timings["corpus"], STIX, 1 / 25, 1 / 35)

    def sizes(self, rounds: int) -> None:
        self.part("Reading: documents of all sizes", speed.sizes(rounds))

    def encoding(self, rounds: int) -> None:
        body, timings = speed.encoding(rounds)
        self.part("Writing: from objects to JSON", body)
        what = "`to_json` of a corpus, against `model_dump_json(exclude_defaults=True)`"
        self.ratio(what, timings["corpus"], PYDANTIC, 0.6, 0.55)

    def constructing(self, rounds: int) -> None:
        body, timings = speed.constructing(rounds)
        self.part("Constructing an allegation in Python", body)
        ratio = timings[GEOCLAIMS.name].median / timings[PYDANTIC.name].median
        self.bound("constructing an `Allegation`, against pydantic's constructor", ratio, 0.85, 0.85)

    def importing(self, rounds: int) -> None:
        body, medians = costs.importing(rounds)
        self.part("Importing", body)
        ratio = medians["geoclaims"] / medians["the same models in pydantic"]
        self.bound("importing the models, against the same models in pydantic", ratio, 0.45, 0.45)

    def keeping(self, articles: int) -> None:
        body, sizes = costs.keeping(articles)
        self.part("Memory of articles that are kept", body)
        ratio = sizes["geoclaims"] / sizes[PYDANTIC.name]
        self.bound("memory of a kept article, against pydantic", ratio, 0.45, 0.45)

    def streaming(self, statements: int) -> None:
        body, above = costs.streaming(statements)
        self.part("Streaming JSON Lines", body)
        self.bound(f"{statements:,} statements streamed: MiB above a bare start", above["reading"], 60, 40)

    def anchoring(self) -> None:
        self.part("Finding passages in another copy of the text", anchoring())

    def exporting(self, articles: int) -> None:
        self.part("Tables and Arrow, beside JSON", exporting(articles))

    def summary(self) -> None:
        if self.bounds:
            self.part("Bounds", table(["ratio", "found", "at most", "aim", ""], self.bounds))


def _machine() -> str:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    system = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    return f"{datetime.datetime.now(tz=datetime.UTC).date()}: {python}, {system}; {versions}."


def main() -> None:
    """Measure the parts that are asked for."""
    if FILE.read_text(encoding="utf-8") != constants():
        raise SystemExit("the rules have changed: run `python -m tools.bench.write_constants`, and look at the peers")
    report = Report()
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--brief", action="store_true", help="measure less, to see that everything works")
    options, names = parser.parse_known_args()
    size = IN_BRIEF if options.brief else IN_FULL
    parts: dict[str, Callable[[], None]] = {
        "decoding": lambda: report.decoding(size["rounds"]),
        "sizes": lambda: report.sizes(size["rounds"]),
        "encoding": lambda: report.encoding(size["rounds"]),
        "constructing": lambda: report.constructing(size["rounds"]),
        "importing": lambda: report.importing(size["rounds"]),
        "keeping": lambda: report.keeping(size["kept"]),
        "streaming": lambda: report.streaming(size["streamed"]),
        "anchoring": report.anchoring,
        "exporting": lambda: report.exporting(size["exported"]),
    }
    if unknown := set(names) - parts.keys():
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
    speed.agree()
    print(_machine())
    for name in names or parts:
        parts[name]()
    report.summary()


if __name__ == "__main__":
    main()
