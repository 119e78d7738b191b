"""Measure reading, writing, constructing and converting, beside other libraries."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import orjson

import geoclaims
from geoclaims import interop
from geoclaims._json import text as parsers
from tools.bench import plain_models, pydantic_models
from tools.bench.corpus import STATEMENTS, corpus, text
from tools.bench.measuring import Case, measured, table

PYDANTIC = "pydantic v2, strict"


class Library(NamedTuple):
    """A library, as it reads and writes an article."""

    read: Callable[[bytes], Any]
    write: Callable[[Any], Any]
    skips: str = "nothing"
    prepare: Callable[[], object] = tuple


def _finding(module: Any) -> Callable[[], None]:
    """Return what lets geoclaims find orjson, or hides it."""

    def find() -> None:
        sys.modules["orjson"] = module
        for value in vars(parsers).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()

    return find


LIBRARIES = {
    "geoclaims": Library(geoclaims.from_json, geoclaims.to_json, prepare=_finding(orjson)),
    "geoclaims without orjson": Library(geoclaims.from_json, geoclaims.to_json, prepare=_finding(None)),
    PYDANTIC: Library(pydantic_models.read, pydantic_models.write, "repeated keys"),
    "msgspec": Library(plain_models.read_msgspec, plain_models.write_msgspec, "all but types and keys"),
    "cattrs": Library(plain_models.read_cattrs, plain_models.write_cattrs, "all but keys, and makes text of anything"),
    "orjson, to dictionaries": Library(orjson.loads, orjson.dumps, "everything"),
}


def decoding(rounds: int) -> str:
    """Read the corpus and the article that ships, from bytes to checked objects."""
    return _compared(lambda library, texts: (library.read, texts), rounds)


def encoding(rounds: int) -> str:
    """Write the corpus and the article that ships, from objects to JSON."""
    return _compared(lambda library, texts: (library.write, [library.read(data) for data in texts]), rounds)


def _compared(task: Callable[[Library, list[bytes]], tuple[Callable[[Any], object], list[Any]]], rounds: int) -> str:
    """Compare libraries on a corpus and on the article that ships, with the time of one document."""
    _agree()
    different = [text(each) for each in corpus()]
    shipped = geoclaims.to_json(geoclaims.load_article()).encode()
    subjects = {
        f"A corpus of {len(different)} different articles of {STATEMENTS} statements": different,
        "The article that ships with geoclaims, again and again": [shipped],
    }
    parts = []
    for what, texts in subjects.items():
        cases = []
        for name, library in LIBRARIES.items():
            function, values = task(library, texts)
            cases.append(Case(name, partial(_each, function, values), library.prepare, len(values)))
        timings = measured(cases, rounds)
        rows = [
            [name, *timing.cells(timings[PYDANTIC].median), LIBRARIES[name].skips]
            for name, timing in sorted(timings.items(), key=lambda item: item[1].median)
        ]
        head = ["library", "µs a document", "middle half", "× pydantic", "skips"]
        parts.append(f"{what}, {sum(map(len, texts)) // len(texts):,} bytes each:\n\n{table(head, rows)}")
    LIBRARIES["geoclaims"].prepare()
    return "\n\n".join(parts)


def _each(function: Callable[[Any], object], values: list[Any]) -> None:
    for value in values:
        function(value)


def _agree() -> None:
    """Check that the libraries write what they read; otherwise the comparison is meaningless."""
    for data in corpus(50):
        for name, library in LIBRARIES.items():
            library.prepare()
            if json.loads(library.write(library.read(text(data)))) != data:
                raise AssertionError(f"{name} writes something else than it has read")


def constructing(rounds: int) -> str:
    """Make an allegation with a quantity, a span and dates from values in Python."""
    common: dict[str, Any] = {
        "id": "s0",
        "speaker": "state-0",
        "content": "At least 20 shipments crossed the border near the northern town in the week before.",
        "cue": "said",
        "event_place": "the northern town",
        "basis": "the papers of each of them",
        "accused": ("ministry-1",),
    }

    def making(models: Any, **kind: str) -> Callable[[], object]:
        parts = {
            "quantities": (models.Quantity(minimum=0, unit="shipments"),),
            "spans": (models.Span(start=0, end=120, fingerprint="1:120:0000000000000000"),),
            "date": models.PartialDate(2016, 1, 1),
            "event_date": models.PartialDate(2016, 1),
        }
        return partial(models.Allegation, **kind, **common, **parts)

    cases = [Case("geoclaims", making(geoclaims)), Case(PYDANTIC, making(pydantic_models, type="allegation"))]
    timings = measured(cases, rounds)
    rows = [[name, *timing.cells(timings[PYDANTIC].median)] for name, timing in timings.items()]
    return table(["library", "µs", "middle half", "× pydantic"], rows)


def exporting(rounds: int) -> str:
    """Make tables and Arrow of a corpus, and read them again, beside JSON."""
    documents = [text(each) for each in corpus()]
    articles = [geoclaims.from_json(data) for data in documents]
    arrow = interop.to_arrow(articles)
    with tempfile.TemporaryDirectory() as folder:
        interop.write_csv(folder, articles)
        tasks: dict[str, Callable[[], object]] = {
            "`from_json`": lambda: list(map(geoclaims.from_json, documents)),
            "`to_json`": lambda: list(map(geoclaims.to_json, articles)),
            "`to_records`": lambda: list(interop.to_records(articles)),
            "`write_csv`": lambda: interop.write_csv(folder, articles),
            "`read_csv`": lambda: list(interop.read_csv(folder)),
            "`to_arrow`": partial(interop.to_arrow, articles),
            "`from_arrow`": lambda: list(interop.from_arrow(arrow)),
        }
        timings = measured([Case(name, run, parts=len(articles)) for name, run in tasks.items()], rounds)
    base = timings["`from_json`"].median
    rows = [[name, *timing.cells(base)] for name, timing in timings.items()]
    return table(["function", "µs an article", "middle half", "× `from_json`"], rows)
