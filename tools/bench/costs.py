"""Measure the costs of geoclaims other than speed: importing it, keeping articles in memory, streaming many."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tools.bench.markdown import number, table
from tools.bench.processes import in_process, milliseconds_of_importing

IMPORTS = {
    "attrs": "import attrs",
    "geoclaims": "import geoclaims",
    "geoclaims, and cattrs with its hooks": "import geoclaims; geoclaims.make_converter()",
    "the same models in msgspec": "import tools.bench.peers.msgspec_models",
    "the same models in mashumaro": "import tools.bench.peers.mashumaro_models",
    "the same models in pydantic": "import tools.bench.peers.pydantic_models",
    "stix2": "import stix2",
}
KEPT = {
    "geoclaims": "geoclaims",
    "dictionaries (orjson)": "dict",
    "msgspec Structs": "msgspec_models",
    "mashumaro": "mashumaro_models",
    "pydantic v2, strict": "pydantic_models",
}
STATEMENTS_OF_EACH = 11
MEBIBYTE = 2**20


def importing(rounds: int) -> tuple[str, dict[str, float]]:
    """Import in a fresh process: CPU time above that of the bare interpreter, bytecode at hand."""
    found = milliseconds_of_importing(IMPORTS, rounds)
    medians = {name: statistics.median(values) for name, values in found.items()}
    pydantic = medians["the same models in pydantic"]
    rows = [
        [
            name,
            number(medians[name]),
            f"{number(min(values))} – {number(max(values))}",
            number(medians[name] / pydantic),
        ]
        for name, values in found.items()
    ]
    return table(["import of", "ms", "from – to", "× pydantic"], rows), medians


def keeping(articles: int) -> tuple[str, dict[str, float]]:
    """Read a corpus and keep all of it: resident memory for each, and the time with it."""
    found = {name: in_process("keep", module, str(articles)) for name, module in KEPT.items()}
    sizes = {name: result["bytes"] for name, result in found.items()}
    pydantic = sizes["pydantic v2, strict"]
    rows = [
        [name, number(size / 1024), number(size / pydantic), number(found[name]["microseconds"])]
        for name, size in sorted(sizes.items(), key=lambda item: item[1])
    ]
    return table([f"{articles:,} articles kept", "KiB an article", "× pydantic", "µs to read one"], rows), sizes


def streaming(statements: int) -> tuple[str, dict[str, float]]:
    """Write and read a file of JSON Lines: the most memory above a bare start, and the time."""
    bare = in_process("bare")["highest"]
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "articles.jsonl"))
        written = in_process("write_stream", path, str(-(-statements // STATEMENTS_OF_EACH)))
        read = in_process("read_stream", path)
    above = {"reading": (read["highest"] - bare) / MEBIBYTE, "writing": (written["highest"] - bare) / MEBIBYTE}
    rows = [
        ["write_jsonl", number(above["writing"]), number(written["seconds"]), ""],
        ["read_jsonl", number(above["reading"]), number(read["seconds"]), f"{read['size'] / MEBIBYTE:,.0f} MiB"],
    ]
    head = [f"{read['statements']:,} statements", "MiB above a bare start", "s, with all that makes them", "file"]
    return table(head, rows), above
