"""Measure in fresh processes: importing geoclaims, keeping articles in memory, streaming many.

`python -m tools.bench.costs TASK ARGUMENT …` runs a task in its process and prints what it measured as JSON.
"""

from __future__ import annotations

import gc
import importlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tools.bench.corpus import STATEMENTS, article, corpus, text
from tools.bench.measuring import compared, number, table

ROOT = Path(__file__).parents[2]
SMALLEST = '{"schema_version":"1.0","id":"a"}'
IMPORTS = {
    "": "pass",
    "attrs": "import attrs",
    "geoclaims": "import geoclaims",
    "geoclaims, and the first load_article()": "import geoclaims; geoclaims.load_article()",
    "geoclaims, and the first reading": (READING := f"import geoclaims; geoclaims.from_json({SMALLEST!r})"),
    "geoclaims without orjson, and the first reading": f"import sys; sys.modules['orjson'] = None; {READING}",
    "geoclaims, and cattrs with its hooks": "import geoclaims; geoclaims.make_converter()",
    "pydantic": "import tools.bench.pydantic_models",
}
READERS = {
    "geoclaims": ("geoclaims", "from_json"),
    "pydantic": ("tools.bench.pydantic_models", "read"),
    "msgspec, types alone": ("tools.bench.msgspec_models", "read"),
    "orjson, dictionaries": ("orjson", "loads"),
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
    return compared("import of", "ms", medians, "pydantic")


def keeping(articles: int) -> str:
    """Read articles and keep them all: resident memory of each."""
    found = {name: _in_process("keep", *reader, str(articles)) for name, reader in READERS.items()}
    return compared(f"{articles} articles kept", "KiB an article", found, "pydantic")


def streaming(statements: int) -> str:
    """Write and read a file of JSON Lines: the most memory above a bare start."""
    bare = _in_process("start")
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "articles.jsonl"))
        tasks = {
            "write_jsonl": ("write_stream", path, str(-(-statements // STATEMENTS))),
            "read_jsonl": ("read_stream", path),
        }
        rows = [[name, number((_in_process(*task) - bare) / 1024)] for name, task in tasks.items()]
    return table([f"{statements} statements", "MiB above a bare start"], rows)


def _in_process(task: str, *arguments: str) -> float:
    """Run a task in a fresh process."""
    command = [sys.executable, "-m", "tools.bench.costs", task, *arguments]
    return float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def _memory(name: str) -> int:
    """Return the current (VmRSS) or peak (VmHWM) resident memory of this process in KiB, as Linux reports it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def start() -> float:
    """Measure a process that only starts."""
    return _memory("VmHWM")


def keep(module: str, function: str, articles: str) -> float:
    """Read articles and keep them all; return the memory of each."""
    read: Callable[[bytes], Any] = getattr(importlib.import_module(module), function)
    count = int(articles)
    for index in range(20):  # do not count what is made on first use
        read(text(article(count + index)))
    gc.collect()
    resident = _memory("VmRSS")
    kept = [read(text(article(index))) for index in range(count)]
    gc.collect()
    return (_memory("VmRSS") - resident) / len(kept)


def write_stream(path: str, articles: str) -> float:
    """Write articles to JSON Lines, each read from JSON anew."""
    from geoclaims import from_json, write_jsonl

    write_jsonl(path, map(from_json, islice(cycle(map(text, corpus())), int(articles))))
    return _memory("VmHWM")


def read_stream(path: str) -> float:
    """Read articles from JSON Lines, one at a time."""
    from geoclaims import read_jsonl

    for _ in read_jsonl(path):
        pass
    return _memory("VmHWM")


if __name__ == "__main__":
    print(globals()[sys.argv[1]](*sys.argv[2:]))
