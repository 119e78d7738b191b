"""Measure in separate processes: the cost of importing, and memory."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def milliseconds_of_importing(statements: Mapping[str, str], rounds: int) -> dict[str, list[float]]:
    """Measure the CPU time of fresh processes that run a statement, less that of the bare interpreter, in rounds."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPYCACHEPREFIX": cache}  # all start without bytecode
        found: dict[str, list[float]] = {name: [] for name in ("", *statements)}
        for number in range(rounds + 1):
            for name, statement in ({"": "pass"} | dict(statements)).items():
                before = _time_of_children()
                subprocess.run([sys.executable, "-c", statement], cwd=ROOT, env=environment, check=True)
                if number:  # the first round has left the bytecode
                    found[name].append((_time_of_children() - before) * 1e3)
    bare = statistics.median(found.pop(""))
    return {name: [value - bare for value in values] for name, values in found.items()}


def _time_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def in_process(task: str, *arguments: str) -> Any:
    """Run a task of `tools.bench.tasks` in a fresh process, and return what it finds."""
    command = [sys.executable, "-m", "tools.bench.tasks", task, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def memory(names: Sequence[str] = ("VmRSS", "VmHWM")) -> dict[str, int]:
    """Return the current and peak resident memory of this process in bytes, as Linux reports them."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    sizes = {line.partition(":")[0]: line.split() for line in lines}
    return {name: int(sizes[name][1]) * 1024 for name in names}
