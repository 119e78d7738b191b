"""How long reading, writing and constructing take, beside other libraries."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import geoclaims
from bench.documents import document, text
from bench.libraries import (
    BARE,
    GEOCLAIMS,
    LIBRARIES,
    MSGSPEC,
    ORJSON,
    PYDANTIC,
    STIX,
    Library,
    as_stix,
    with_orjson,
)
from bench.markdown import number, table
from bench.measuring import Case, Timing, measured
from bench.peers import msgspec_models, pydantic_models
from bench.rules import PartialDate

SIZES = (1, 11, 100, 1_000, 10_000)


def decoding(rounds: int) -> tuple[str, dict[str, Timing]]:
    """Read an article of 11 statements, and the one that ships with geoclaims, from bytes to checked objects."""
    made = text(document(11))
    shipped = geoclaims.to_json(geoclaims.load_article()).encode()
    parts = []
    timings: dict[str, Timing] = {}
    for data, what in ((shipped, "the article that ships with geoclaims"), (made, "11 statements and 7 actors")):
        timings = measured([_reading(library, data) for library in LIBRARIES], rounds)
        rows = [
            [
                library.name,
                *_times(timings[library.name]),
                number(timings[library.name].median / timings[PYDANTIC.name].median),
                library.skips,
            ]
            for library in sorted(LIBRARIES, key=lambda library: timings[library.name].median)
        ]
        head = ["library", "µs", "middle half", "× pydantic", "skips"]
        parts.append(f"An article of {len(data):,} bytes, {what}:\n\n{table(head, rows)}")
    return "\n\n".join(reversed(parts)), timings


def sizes(rounds: int) -> str:
    """Read documents of one statement to ten thousand."""
    libraries = (GEOCLAIMS, BARE, MSGSPEC, PYDANTIC, ORJSON)
    columns = []
    for size in SIZES:
        data = text(document(size))
        timings = measured([_reading(library, data) for library in libraries], max(3, rounds // (1 + size // 500)))
        columns.append([number(timings[library.name].median / size) for library in libraries])
    rows = [[library.name, *cells] for library, *cells in zip(libraries, *columns, strict=True)]
    head = ["µs a statement, in documents of", *(f"{size:,}".replace(",", " ") for size in SIZES)]
    return table(head, rows)


def encoding(rounds: int) -> tuple[str, dict[str, Timing]]:
    """Write the article of 11 statements from objects to JSON."""
    data = text(document(11))
    libraries = [library for library in LIBRARIES if library.write is not None]
    timings = measured([_writing(library, data) for library in libraries], rounds)
    rows = [
        [
            library.name,
            *_times(timings[library.name]),
            number(timings[library.name].median / timings[PYDANTIC.name].median),
        ]
        for library in sorted(libraries, key=lambda library: timings[library.name].median)
    ]
    return table(["library", "µs", "middle half", "× pydantic"], rows), timings


def constructing(rounds: int) -> tuple[str, dict[str, Timing]]:
    """Make an allegation with a quantity, a span and dates from values in Python."""
    plain = document(11)["statements"][0]
    common = {key: plain[key] for key in ("id", "speaker", "content", "cue", "event_place", "basis")}
    common["accused"] = ("ministry-1",)
    mark = "1:120:" + "0" * 16
    structs = msgspec_models.checked
    makers: dict[str, Callable[[], object]] = {
        "geoclaims": partial(
            geoclaims.Allegation,
            **common,
            date=geoclaims.PartialDate(2016, 1, 1),
            event_date=geoclaims.PartialDate(2016, 1),
            quantities=(geoclaims.Quantity(minimum=0, unit="shipments"),),
            spans=(geoclaims.Span(0, 120, mark),),
        ),
        "pydantic v2, strict": partial(
            pydantic_models.Allegation,
            type="allegation",
            **common,
            date=PartialDate(2016, 1, 1),
            event_date=PartialDate(2016, 1),
            quantities=(pydantic_models.Quantity(minimum=0, unit="shipments"),),
            spans=(pydantic_models.Span(start=0, end=120, fingerprint=mark),),
        ),
        "msgspec Structs": partial(
            structs.Allegation,
            **common,
            date=PartialDate(2016, 1, 1),
            event_date=PartialDate(2016, 1),
            quantities=(structs.Quantity(minimum=0, unit="shipments"),),
            spans=(structs.Span(start=0, end=120, fingerprint=mark),),
        ),
    }
    skips = {"msgspec Structs": "types"}
    timings = measured([Case(name, make) for name, make in makers.items()], rounds)
    rows = [
        [
            name,
            *_times(timing),
            number(timing.median / timings["pydantic v2, strict"].median),
            skips.get(name, "nothing"),
        ]
        for name, timing in sorted(timings.items(), key=lambda item: item[1].median)
    ]
    return table(["library", "µs", "middle half", "× pydantic", "skips"], rows), timings


def agree() -> None:
    """Make sure that the libraries read and write the same, or the comparison says nothing."""
    data = document(11)
    for library in LIBRARIES:
        library.prepare()
        if library is not STIX and library.write is not None:
            written: Any = library.write(library.read(text(data)))
            if json.loads(written) != data:
                raise AssertionError(f"{library.name} writes something else than it has read")
    with_orjson()


def _reading(library: Library, data: bytes) -> Case:
    own = as_stix(data) if library is STIX else data
    return Case(library.name, lambda: library.read(own), library.prepare)


def _writing(library: Library, data: bytes) -> Case:
    library.prepare()
    instance = library.read(as_stix(data) if library is STIX else data)
    write: Callable[[Any], object] = library.write or repr
    return Case(library.name, lambda: write(instance), library.prepare)


def _times(timing: Timing) -> Sequence[str]:
    return number(timing.median), f"{number(timing.low)} – {number(timing.high)}"
