"""Run the benchmark and print its tables in Markdown: `python -m tools.bench`, or some parts of it by name."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
from collections.abc import Callable
from importlib import metadata

from tools.bench import costs, speed
from tools.bench.anchoring import anchoring, statements
from tools.bench.libraries import GEOCLAIMS, PYDANTIC, STIX, Library
from tools.bench.measuring import Timing, number, table
from tools.bench.write_constants import write_constants

PACKAGES = ("attrs", "cattrs", "msgspec", "orjson", "pyarrow", "pydantic", "stix2")
ROUNDS, KEPT, STREAMED, COPIES = 21, 20_000, 1_000_000, 16_000
IN_BRIEF = 5, 1_000, 20_000, 200

Bound = tuple[str, float, float]
"""What is measured, the value found, and the highest that is accepted."""


def _ratio(what: str, timings: dict[str, Timing], peer: Library, bound: float) -> Bound:
    return what, timings[GEOCLAIMS.name].median / timings[peer.name].median, bound


def decoding(rounds: int) -> tuple[str, list[Bound]]:
    """Measure reading."""
    body, timings = speed.decoding(rounds)
    return body, [
        _ratio("`from_json` of a corpus, against pydantic v2 strict", timings["corpus"], PYDANTIC, 1.0),
        _ratio("`from_json` of the bundled article, against pydantic", timings["shipped"], PYDANTIC, 1.0),
        _ratio("`from_json` of a corpus, against stix2", timings["corpus"], STIX, 1 / 25),
    ]


def encoding(rounds: int) -> tuple[str, list[Bound]]:
    """Measure writing."""
    body, timings = speed.encoding(rounds)
    what = "`to_json` of a corpus, against `model_dump_json(exclude_defaults=True)`"
    return body, [_ratio(what, timings["corpus"], PYDANTIC, 0.6)]


def _bounded(measured: tuple[str, float], what: str, bound: float) -> tuple[str, list[Bound]]:
    body, found = measured
    return body, [(what, found, bound)]


def _machine() -> str:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    system = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    return f"{datetime.datetime.now(tz=datetime.UTC).date()}: {python}, {system}; {versions}."


def main() -> None:
    """Measure the parts that are asked for."""
    if write_constants():
        raise SystemExit("the rules of geoclaims have changed: look at the models of the others, and start again")
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--brief", action="store_true", help="measure less, to see that everything works")
    options, names = parser.parse_known_args()
    rounds, kept, streamed, copies = IN_BRIEF if options.brief else (ROUNDS, KEPT, STREAMED, COPIES)
    constructed = "constructing an `Allegation`, against pydantic's constructor"
    imported = "importing the models, against the same models in pydantic"
    held = "memory of a kept article, against pydantic"
    above = f"{streamed:,} statements streamed: MiB above a bare start"
    parts: dict[str, tuple[str, Callable[[], tuple[str, list[Bound]]]]] = {
        "decoding": ("Reading: from bytes to checked objects", lambda: decoding(rounds)),
        "sizes": ("Reading: documents of all sizes", lambda: (speed.sizes(rounds), [])),
        "encoding": ("Writing: from objects to JSON", lambda: encoding(rounds)),
        "constructing": (
            "Constructing an allegation in Python",
            lambda: _bounded(speed.constructing(rounds), constructed, 0.85),
        ),
        "importing": ("Importing", lambda: _bounded(costs.importing(rounds), imported, 0.45)),
        "keeping": ("Memory of articles that are kept", lambda: _bounded(costs.keeping(kept), held, 0.45)),
        "streaming": ("Streaming JSON Lines", lambda: _bounded(costs.streaming(streamed), above, 60)),
        "anchoring": ("Finding passages in another copy of the text", lambda: (anchoring(), [])),
        "statements": ("What becomes of statements in edited copies", lambda: (statements(copies), [])),
        "exporting": ("Tables and Arrow, beside JSON", lambda: (speed.exporting(min(rounds, 7)), [])),
    }
    if unknown := set(names) - parts.keys():
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
    speed.agree()
    print(_machine())
    bounds: list[Bound] = []
    for name in names or parts:
        title, measure = parts[name]
        body, found = measure()
        print(f"\n## {title}\n\n{body}", flush=True)
        bounds += found
    rows = [[what, number(found), number(most), "" if found <= most else "BEYOND"] for what, found, most in bounds]
    if rows:
        print(f"\n## Bounds\n\n{table(['ratio', 'found', 'at most', ''], rows)}")


if __name__ == "__main__":
    main()
