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
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tools.bench.corpus import STATEMENTS, article, corpus, text
from tools.bench.measuring import number, table

ROOT = Path(__file__).parents[2]
PYDANTIC = "the same models in pydantic"
IMPORTS = {
    "": "pass",
    "attrs": "import attrs",
    "cattrs": "import cattrs",
    "msgspec": "import msgspec",
    "geoclaims": "import geoclaims",
    "geoclaims, and cattrs with its hooks": "import geoclaims; geoclaims.make_converter()",
    PYDANTIC: "import tools.bench.pydantic_models",
}
READERS = {
    "geoclaims": ("geoclaims", "from_json"),
    "dictionaries (orjson)": ("orjson", "loads"),
    "msgspec": ("tools.bench.plain_models", "read_msgspec"),
    "cattrs": ("tools.bench.plain_models", "read_cattrs"),
    PYDANTIC: ("tools.bench.pydantic_models", "read"),
}


def importing(rounds: int) -> str:
    """Import in a fresh process: CPU time above that of the bare interpreter, bytecode at hand."""
    found: dict[str, list[float]] = {name: [] for name in IMPORTS}
    with tempfile.TemporaryDirectory() as cache:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPYCACHEPREFIX": cache}  # all start without bytecode
        for round_ in range(rounds + 1):
            for name, statement in IMPORTS.items():
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                subprocess.run([sys.executable, "-c", statement], cwd=ROOT, env=environment, check=True)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                if round_:  # the first round has left the bytecode
                    found[name].append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3)
    bare = statistics.median(found.pop(""))
    medians = {name: statistics.median(values) - bare for name, values in found.items()}
    rows = [[name, number(median), number(median / medians[PYDANTIC])] for name, median in medians.items()]
    return table(["import of", "ms", "× pydantic"], rows)


def keeping(articles: int) -> str:
    """Read articles and keep them all: resident memory for each, and the time with it."""
    found = {name: _in_process("keep", *reader, str(articles)) for name, reader in READERS.items()}
    rows = [
        [name, *map(number, (kept["KiB"], kept["KiB"] / found[PYDANTIC]["KiB"], kept["microseconds"]))]
        for name, kept in sorted(found.items(), key=lambda item: item[1]["KiB"])
    ]
    return table([f"{articles:,} articles kept", "KiB an article", "× pydantic", "µs to read one"], rows)


def streaming(statements: int) -> str:
    """Write and read a file of JSON Lines: the most memory above a bare start, and the time."""
    bare = _in_process("start")["highest"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        done = {
            "write_jsonl": _in_process("write_stream", str(path), str(-(-statements // STATEMENTS))),
            "read_jsonl": _in_process("read_stream", str(path)),
        }
        size = path.stat().st_size / 2**20
    rows = [[name, number((each["highest"] - bare) / 1024), number(each["seconds"])] for name, each in done.items()]
    return table([f"{statements:,} statements, {size:,.0f} MiB", "MiB above a bare start", "s"], rows)


def _in_process(task: str, *arguments: str) -> dict[str, float]:
    """Run a task in a fresh process."""
    command = [sys.executable, "-m", "tools.bench.costs", task, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _memory(name: str) -> int:
    """Return the current (VmRSS) or peak (VmHWM) resident memory of this process in KiB, as Linux reports it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def _streamed(run: Callable[[], object]) -> dict[str, float]:
    before = time.process_time()
    run()
    return {"highest": _memory("VmHWM"), "seconds": time.process_time() - before}


def start() -> dict[str, float]:
    """Measure a process that only starts."""
    return _streamed(tuple)


def keep(module: str, function: str, articles: str) -> dict[str, float]:
    """Read articles and keep them all: memory of each, and how long it took."""
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
    return {"KiB": (_memory("VmRSS") - resident) / count, "microseconds": spent / len(kept) * 1e6}


def write_stream(path: str, articles: str) -> dict[str, float]:
    """Write articles to JSON Lines, each read from JSON anew."""
    from geoclaims import from_json, write_jsonl

    made = map(from_json, islice(cycle(map(text, corpus())), int(articles)))
    return _streamed(lambda: write_jsonl(path, made))


def read_stream(path: str) -> dict[str, float]:
    """Read articles from JSON Lines, one at a time."""
    from geoclaims import read_jsonl

    return _streamed(lambda: sum(1 for _ in read_jsonl(path)))


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
