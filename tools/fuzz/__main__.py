"""Fuzz public readers, guided by coverage: `python -m tools.fuzz [SECONDS] [READER …]`; atheris must be installed.

Several run one after another, each in a process of its own. The folder `.fuzz` keeps the inputs that reached something
new, so that the next run begins with them, and what the fuzzer said. What fails is kept in the database of Hypothesis,
and fails in `tests/test_fuzz_targets.py` until it is mended.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["geoclaims"]):
    import geoclaims._rules.source as generated

    # Checks, readers and writers are generated; the code of these shows where it goes too.
    vars(generated)["compile"] = lambda *arguments: atheris.patch_code(compile(*arguments), trace_dataflow=True)
    from tools.fuzz.readers import READERS

FOLDER = Path(".fuzz")
LONGEST = 4096
"""The bytes that Hypothesis draws an input from."""


def main() -> None:
    """Fuzz one reader here, or each of several in a process; end with an error where one failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("seconds", nargs="?", type=int, default=60, help="for each reader; 60 if not given")
    parser.add_argument("readers", nargs="*", help=f"all if none is given: {', '.join(READERS)}")
    options = parser.parse_args()
    if unknown := set(options.readers) - set(READERS):
        parser.error(f"found {', '.join(sorted(unknown))}, expected some of {', '.join(READERS)}")
    FOLDER.mkdir(exist_ok=True)
    if len(options.readers) == 1:
        fuzz(options.readers[0], options.seconds)
    failed = [name for name in options.readers or READERS if not ran(name, options.seconds)]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


def ran(name: str, seconds: int) -> bool:
    """Fuzz a reader in a process of its own, and say how it ended."""
    log = FOLDER / f"{name}.log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "tools.fuzz", str(seconds), name]
        code = subprocess.run(command, stdout=output, stderr=output, check=False).returncode
    print(f"{name}: {'FAILED' if code else 'nothing found'} in {seconds} s; see {log}", flush=True)
    return code == 0


def fuzz(name: str, seconds: int) -> None:
    """Fuzz a reader, and end the process."""
    folder = FOLDER / name
    folder.mkdir(exist_ok=True)
    for number in range(20):
        (folder / f"seed-{number}").write_bytes(random.Random(number).randbytes(LONGEST))
    arguments = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=4096"]
    arguments += ["-verbosity=0", "-print_final_stats=1", f"-artifact_prefix={folder}/", str(folder)]
    run = READERS[name].hypothesis.fuzz_one_input

    def target(data: bytes) -> None:
        run(data)

    atheris.Setup([sys.argv[0], *arguments], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
