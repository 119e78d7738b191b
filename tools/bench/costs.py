"""Measure in fresh processes: importing geoclaims, keeping articles in memory, streaming many.

`python -m tools.bench.costs TASK ARGUMENT …` runs a task in its process and prints what it measured as JSON.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tools.bench.corpus import STATEMENTS, article, corpus, text
from tools.bench.measuring import number, table

ROOT = Path(__file__).parents[2]
MEBIBYTE = 2**20
PYDANTIC = "pydantic v2, strict"
IMPORTS = {
    "attrs": "import attrs",
    "geoclaims": "import geoclaims",
    "geoclaims, and cattrs with its hooks": "import geoclaims; geoclaims.make_converter()",
    "the same models in msgspec": "import tools.bench.peers.msgspec_models",
    PYDANTIC: "import tools.bench.peers.pydantic_models",
    "stix2": "import stix2",
}
READERS = {
    "geoclaims": ("geoclaims", "from_json"),
    "dictionaries (orjson)": ("orjson", "loads"),
    "msgspec Structs": ("tools.bench.peers.msgspec_models", "read"),
    PYDANTIC: ("tools.bench.peers.pydantic_models", "read"),
}


def importing(rounds: int) -> tuple[str, float]:
    """Import in a fresh process: CPU time above that of the bare interpreter, bytecode at hand."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPYCACHEPREFIX": cache}  # all start without bytecode
        found: dict[str, list[float]] = {name: [] for name in ("", *IMPORTS)}
        for round_ in range(rounds + 1):
            for name, statement in ({"": "pass"} | IMPORTS).items():
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                subprocess.run([sys.executable, "-c", statement], cwd=ROOT, env=environment, check=True)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                if round_:  # the first round has left the bytecode
                    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                    found[name].append(spent * 1e3)
    bare = statistics.median(found.pop(""))
    medians = {name: statistics.median(values) - bare for name, values in found.items()}
    rows = [
        [
            name if name != PYDANTIC else "the same models in pydantic",
            number(medians[name]),
            f"{number(min(values) - bare)} – {number(max(values) - bare)}",
            number(medians[name] / medians[PYDANTIC]),
        ]
        for name, values in found.items()
    ]
    return table(["import of", "ms", "from – to", "× pydantic"], rows), medians["geoclaims"] / medians[PYDANTIC]


def keeping(articles: int) -> tuple[str, float]:
    """Read articles and keep them all: resident memory for each, and the time with it."""
    found = {name: _in_process("keep", *reader, str(articles)) for name, reader in READERS.items()}
    sizes = {name: result["bytes"] for name, result in found.items()}
    rows = [
        [name, number(size / 1024), number(size / sizes[PYDANTIC]), number(found[name]["microseconds"])]
        for name, size in sorted(sizes.items(), key=lambda item: item[1])
    ]
    head = [f"{articles:,} articles kept", "KiB an article", "× pydantic", "µs to read one"]
    return table(head, rows), sizes["geoclaims"] / sizes[PYDANTIC]


def streaming(statements: int) -> tuple[str, float]:
    """Write and read a file of JSON Lines: the most memory above a bare start, and the time."""
    bare = _in_process("bare")["highest"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        done = {
            "write_jsonl": _in_process("write_stream", str(path), str(-(-statements // STATEMENTS))),
            "read_jsonl": _in_process("read_stream", str(path)),
        }
        size = path.stat().st_size / MEBIBYTE
    above = {name: (result["highest"] - bare) / MEBIBYTE for name, result in done.items()}
    rows = [[name, number(above[name]), number(done[name]["seconds"])] for name in done]
    head = [f"{statements:,} statements, {size:,.0f} MiB", "MiB above a bare start", "s"]
    return table(head, rows), above["read_jsonl"]


def _in_process(task: str, *arguments: str) -> dict[str, float]:
    """Run a task in a fresh process."""
    command = [sys.executable, "-m", "tools.bench.costs", task, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _memory(name: str) -> int:
    """Return the current (VmRSS) or peak (VmHWM) resident memory of this process in bytes, as Linux reports it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def bare() -> dict[str, float]:
    """Measure a process that only starts."""
    return {"highest": _memory("VmHWM")}


def keep(module: str, function: str, articles: str) -> dict[str, float]:
    """Read articles and keep them all: bytes for each, and how long it took."""
    read: Callable[[bytes], Any] = getattr(importlib.import_module(module), function)
    count = int(articles)
    for index in range(20):  # do not count what is made on first use
        read(text(article(count + index)))
    gc.collect()
    resident = _memory("VmRSS")
    spent = 0.0
    kept = []
    for index in range(count):
        data = text(article(index))
        before = time.process_time()
        kept.append(read(data))
        spent += time.process_time() - before
    gc.collect()
    return {"bytes": (_memory("VmRSS") - resident) / count, "microseconds": spent / len(kept) * 1e6}


def write_stream(path: str, articles: str) -> dict[str, float]:
    """Write articles to JSON Lines, each read from JSON anew."""
    from geoclaims import Article, from_json, write_jsonl

    texts = list(map(text, corpus()))
    made: Iterator[Article] = map(from_json, islice(cycle(texts), int(articles)))
    before = time.process_time()
    write_jsonl(path, made)
    return {"highest": _memory("VmHWM"), "seconds": time.process_time() - before}


def read_stream(path: str) -> dict[str, float]:
    """Read articles from JSON Lines, one at a time."""
    from geoclaims import read_jsonl

    before = time.process_time()
    for _ in read_jsonl(path):
        pass
    return {"highest": _memory("VmHWM"), "seconds": time.process_time() - before}


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
