"""Fuzz the public readers one after another: `python -m tools.fuzz [SECONDS] [TARGET …]`; atheris must be installed."""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

from tools.fuzz.seeds import SEEDS

FOLDER: Final = Path(".fuzz")
"""Keeps the inputs of each target, and what the fuzzer says."""
SECONDS: Final = 60
LAST_LINES: Final = 60


class Run(NamedTuple):
    """What came of fuzzing a target."""

    target: str
    executions: int
    failed: bool


def main() -> None:
    """Fuzz targets, and say how often each was run; end with an error where one failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument(
        "seconds", nargs="?", type=int, default=SECONDS, help=f"for each target; {SECONDS} if not given"
    )
    parser.add_argument("targets", nargs="*", metavar="target", help=f"all if none is given: {', '.join(SEEDS)}")
    options = parser.parse_args()
    if unknown := set(options.targets) - set(SEEDS):
        parser.error(f"found {', '.join(sorted(unknown))}, expected some of {', '.join(SEEDS)}")
    runs = [_run(target, options.seconds) for target in options.targets or SEEDS]
    where = f"CPython {platform.python_version()}, atheris {metadata.version('atheris')}"
    print(f"\nFuzzed for {options.seconds} s each ({where}):\n\n| target | executions | |\n|---|---:|---|")
    for run in runs:
        print(f"| {run.target} | {run.executions:,} | {'FAILED' if run.failed else 'nothing found'} |")
    print(f"| all | {sum(run.executions for run in runs):,} | |", flush=True)
    sys.exit(any(run.failed for run in runs))


def _run(target: str, seconds: int) -> Run:
    """Fuzz a target in a process of its own; show how it ended if it failed."""
    corpus = FOLDER / target
    corpus.mkdir(parents=True, exist_ok=True)
    log = FOLDER / f"{target}.log"
    print(f"{target}: {seconds} s, see {log}", flush=True)
    with tempfile.TemporaryDirectory() as scratch, log.open("wb") as output:
        command = [sys.executable, "-m", "tools.fuzz.one", target, str(corpus), str(seconds)]
        environment = {**os.environ, "TMPDIR": scratch}
        code = subprocess.run(command, stdout=output, stderr=output, env=environment, check=False).returncode
    text = log.read_text(encoding="utf-8", errors="replace")
    if code:
        print("\n".join(text.splitlines()[-LAST_LINES:]), flush=True)
    counts = re.findall(r"number_of_executed_units: *([0-9]+)", text) or re.findall(r"^#([0-9]+)", text, re.MULTILINE)
    return Run(target, int(counts[-1]) if counts else 0, code != 0)


if __name__ == "__main__":
    main()
