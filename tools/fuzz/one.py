"""Fuzz one reader, guided by coverage, for some seconds: `python -m tools.fuzz.one READER FOLDER SECONDS`.

The folder keeps the inputs that reached something new, so that the next run begins with them. What fails is kept in
the database of Hypothesis, and fails in `tests/test_fuzz_targets.py` until it is mended.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["geoclaims"]):
    import geoclaims._rules.source as generated

    # Checks, readers and writers are generated; the code of these shows where it goes too.
    vars(generated)["compile"] = lambda *arguments: atheris.patch_code(compile(*arguments), trace_dataflow=True)
    from tools.fuzz.readers import READERS

LONGEST = 4096
"""The bytes that Hypothesis draws an input from."""


def main() -> None:
    """Fuzz the reader that the command line names."""
    name, folder, seconds = sys.argv[1:]
    for number in range(20):
        Path(folder, f"seed-{number}").write_bytes(random.Random(number).randbytes(LONGEST))
    arguments = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=4096"]
    arguments += ["-print_final_stats=1", f"-artifact_prefix={folder}/", folder]
    run = READERS[name].hypothesis.fuzz_one_input

    def target(data: bytes) -> None:
        run(data)

    atheris.Setup([sys.argv[0], *arguments], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
