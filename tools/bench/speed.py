"""Measure reading, writing, constructing and converting, beside other libraries."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import geoclaims
from geoclaims import interop
from tools.bench.corpus import STATEMENTS, article, corpus, text
from tools.bench.libraries import BARE, GEOCLAIMS, LIBRARIES, MSGSPEC, ORJSON, PYDANTIC, STIX, Library, with_orjson
from tools.bench.measuring import Case, Timing, measured, number, table
from tools.bench.peers import msgspec_models, pydantic_models
from tools.bench.rules import PartialDate

SIZES = (1, 11, 100, 1_000, 10_000)


def decoding(rounds: int) -> tuple[str, dict[str, dict[str, Timing]]]:
    """Read the corpus and the article that ships, from bytes to checked objects."""
    return _compared(LIBRARIES, _reading, rounds, skips=True)


def encoding(rounds: int) -> tuple[str, dict[str, dict[str, Timing]]]:
    """Write the corpus and the article that ships, from objects to JSON."""
    return _compared([library for library in LIBRARIES if library.write is not None], _writing, rounds, skips=False)


def sizes(rounds: int) -> str:
    """Read documents of one statement to ten thousand."""
    libraries = (GEOCLAIMS, BARE, MSGSPEC, PYDANTIC, ORJSON)
    columns = []
    for size in SIZES:
        data = text(article(0, size))
        timings = measured([_reading(library, [data]) for library in libraries], max(3, rounds // (1 + size // 500)))
        columns.append([number(timings[library.name].median / size) for library in libraries])
    rows = [[library.name, *cells] for library, *cells in zip(libraries, *columns, strict=True)]
    return table(["µs a statement, in documents of", *(f"{size:,}".replace(",", " ") for size in SIZES)], rows)


def _compared(
    libraries: Sequence[Library],
    case: Callable[[Library, Sequence[bytes]], Case],
    rounds: int,
    *,
    skips: bool,
) -> tuple[str, dict[str, dict[str, Timing]]]:
    """Compare libraries on a corpus and on the article that ships, with the time of one document."""
    different = [text(each) for each in corpus()]
    shipped = geoclaims.to_json(geoclaims.load_article()).encode()
    subjects = {
        f"A corpus of {len(different)} different articles of {STATEMENTS} statements": different,
        "The article that ships with geoclaims, again and again": [shipped],
    }
    parts, found = [], {}
    for name, (what, texts) in zip(("corpus", "shipped"), subjects.items(), strict=True):
        timings = found[name] = measured([case(library, texts) for library in libraries], rounds)
        rows = [
            [each.name, *timings[each.name].cells(timings[PYDANTIC.name].median), *[each.skips] * skips]
            for each in sorted(libraries, key=lambda library: timings[library.name].median)
        ]
        head = ["library", "µs a document", "middle half", "× pydantic", *["skips"] * skips]
        parts.append(f"{what}, {sum(map(len, texts)) // len(texts):,} bytes each:\n\n{table(head, rows)}")
    return "\n\n".join(parts), found


def _reading(library: Library, texts: Sequence[bytes]) -> Case:
    own = list(map(library.converted, texts))

    def read_all() -> None:
        for data in own:
            library.read(data)

    return Case(library.name, read_all, library.prepare, len(own))


def _writing(library: Library, texts: Sequence[bytes]) -> Case:
    library.prepare()
    instances = [library.read(library.converted(data)) for data in texts]
    write: Callable[[Any], object] = library.write or repr

    def write_all() -> None:
        for instance in instances:
            write(instance)

    return Case(library.name, write_all, library.prepare, len(instances))


def constructing(rounds: int) -> tuple[str, float]:
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

    def making(models: Any, date: Any, **kind: str) -> Callable[[], object]:
        quantities = (models.Quantity(minimum=0, unit="shipments"),)
        spans = (models.Span(start=0, end=120, fingerprint="1:120:0000000000000000"),)
        dates = {"date": date(2016, 1, 1), "event_date": date(2016, 1)}
        return partial(models.Allegation, **kind, **common, **dates, quantities=quantities, spans=spans)

    cases = [
        Case(GEOCLAIMS.name, making(geoclaims, geoclaims.PartialDate)),
        Case(PYDANTIC.name, making(pydantic_models, PartialDate, type="allegation")),
        Case("msgspec Structs, which skip types", making(msgspec_models.checked, PartialDate)),
    ]
    timings = measured(cases, rounds)
    base = timings[PYDANTIC.name].median
    rows = [[name, *timing.cells(base)] for name, timing in sorted(timings.items(), key=lambda item: item[1].median)]
    return table(["library", "µs", "middle half", "× pydantic"], rows), timings[GEOCLAIMS.name].median / base


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


def agree() -> None:
    """Check that the libraries write what they read; otherwise the comparison is meaningless."""
    for data in corpus(50):
        for library in LIBRARIES:
            library.prepare()
            if library is not STIX and library.write is not None:
                written: Any = library.write(library.read(text(data)))
                if json.loads(written) != data:
                    raise AssertionError(f"{library.name} writes something else than it has read")
    with_orjson()
