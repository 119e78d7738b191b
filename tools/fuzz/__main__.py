"""Fuzz the public readers one after another: `python -m tools.fuzz [SECONDS] [READER …]`; atheris must be installed."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tools.fuzz.readers import READERS

FOLDER: Final = Path(".fuzz")
"""Keeps the inputs of each reader, and what the fuzzer says."""


def main() -> None:
    """Fuzz readers, and say how often each was run; end with an error where one failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("seconds", nargs="?", type=int, default=60, help="for each reader; 60 if not given")
    parser.add_argument("readers", nargs="*", help=f"all if none is given: {', '.join(READERS)}")
    options = parser.parse_args()
    if unknown := set(options.readers) - set(READERS):
        parser.error(f"found {', '.join(sorted(unknown))}, expected some of {', '.join(READERS)}")
    failed = [name for name in options.readers or READERS if not _run(name, options.seconds)]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


def _run(name: str, seconds: int) -> bool:
    """Fuzz a reader in a process of its own; say how often it ran, show how it ended if it failed."""
    corpus, log = FOLDER / name, FOLDER / f"{name}.log"
    corpus.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, log.open("wb") as output:
        command = [sys.executable, "-m", "tools.fuzz.one", name, str(corpus), str(seconds)]
        environment = {**os.environ, "TMPDIR": scratch}
        code = subprocess.run(command, stdout=output, stderr=output, env=environment, check=False).returncode
    text = log.read_text(encoding="utf-8", errors="replace")
    if code:
        print("\n".join(text.splitlines()[-60:]))
    counts = re.findall(r"number_of_executed_units: *([0-9]+)", text) or ["an unknown number of"]
    print(f"{name}: {counts[-1]} inputs in {seconds} s, {'FAILED' if code else 'nothing found'}; see {log}", flush=True)
    return code == 0


if __name__ == "__main__":
    main()
