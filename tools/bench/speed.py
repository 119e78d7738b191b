"""Measure reading, writing and constructing, beside other libraries."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import geoclaims
from tests.documents import document, text
from tools.bench.corpus import STATEMENTS_OF_EACH, corpus
from tools.bench.libraries import (
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
from tools.bench.markdown import number, table
from tools.bench.measuring import Case, Timing, measured
from tools.bench.peers import msgspec_models, pydantic_models
from tools.bench.rules import PartialDate

SIZES = (1, 11, 100, 1_000, 10_000)


def decoding(rounds: int) -> tuple[str, dict[str, dict[str, Timing]]]:
    """Read the corpus and single articles, from bytes to checked objects."""
    return _compared(LIBRARIES, _reading, rounds, skips=True)


def sizes(rounds: int) -> str:
    """Read documents of one statement to ten thousand."""
    libraries = (GEOCLAIMS, BARE, MSGSPEC, PYDANTIC, ORJSON)
    columns = []
    for size in SIZES:
        data = text(document(size))
        timings = measured([_reading(library, [data]) for library in libraries], max(3, rounds // (1 + size // 500)))
        columns.append([number(timings[library.name].median / size) for library in libraries])
    rows = [[library.name, *cells] for library, *cells in zip(libraries, *columns, strict=True)]
    head = ["µs a statement, in documents of", *(f"{size:,}".replace(",", " ") for size in SIZES)]
    return table(head, rows)


def encoding(rounds: int) -> tuple[str, dict[str, dict[str, Timing]]]:
    """Write the corpus and single articles from objects to JSON."""
    return _compared([library for library in LIBRARIES if library.write is not None], _writing, rounds, skips=False)


def _compared(
    libraries: Sequence[Library],
    case: Callable[[Library, Sequence[bytes]], Case],
    rounds: int,
    *,
    skips: bool,
) -> tuple[str, dict[str, dict[str, Timing]]]:
    """Compare libraries on each subject, with the time of one document."""
    parts = []
    found = {}
    for name, (what, texts) in _subjects().items():
        timings = measured([case(library, texts) for library in libraries], rounds)
        found[name] = timings
        peer = timings[PYDANTIC.name].median
        rows = [
            [each.name, *_times(timings[each.name]), number(timings[each.name].median / peer), *[each.skips] * skips]
            for each in sorted(libraries, key=lambda library: timings[library.name].median)
        ]
        head = ["library", "µs a document", "middle half", "× pydantic", *["skips"] * skips]
        size = sum(map(len, texts)) // len(texts)
        parts.append(f"{what}, {size:,} bytes each:\n\n{table(head, rows)}")
    return "\n\n".join(parts), found


def _subjects() -> dict[str, tuple[str, list[bytes]]]:
    """Make the documents to read and write: a corpus, one article made by rule, and the one that ships."""
    different = [text(article) for article in corpus()]
    shipped = geoclaims.to_json(geoclaims.load_article()).encode()
    return {
        "corpus": (f"A corpus of {len(different)} different articles of {STATEMENTS_OF_EACH} statements", different),
        "made": ("One article of 11 statements and 7 actors, again and again", [text(document(11))]),
        "shipped": ("The article that ships with geoclaims, again and again", [shipped]),
    }


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
    """Check that the libraries read and write the same; otherwise the comparison is meaningless."""
    for data in (document(11), *corpus(50)):
        for library in LIBRARIES:
            library.prepare()
            if library is not STIX and library.write is not None:
                written: Any = library.write(library.read(text(data)))
                if json.loads(written) != data:
                    raise AssertionError(f"{library.name} writes something else than it has read")
    with_orjson()


def _reading(library: Library, texts: Sequence[bytes]) -> Case:
    own = [as_stix(data) if library is STIX else data for data in texts]

    def read_all() -> None:
        for data in own:
            library.read(data)

    return Case(library.name, read_all, library.prepare, len(own))


def _writing(library: Library, texts: Sequence[bytes]) -> Case:
    library.prepare()
    instances = [library.read(as_stix(data) if library is STIX else data) for data in texts]
    write: Callable[[Any], object] = library.write or repr

    def write_all() -> None:
        for instance in instances:
            write(instance)

    return Case(library.name, write_all, library.prepare, len(instances))


def _times(timing: Timing) -> Sequence[str]:
    return number(timing.median), f"{number(timing.low)} – {number(timing.high)}"
