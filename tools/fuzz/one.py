"""Fuzz one target, guided by coverage, for some seconds: `python -m tools.fuzz.one TARGET FOLDER SECONDS`.

The folder keeps the inputs that reached something new and one that failed, so that the next run begins with them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["geoclaims"]):
    import geoclaims._rules.source as generated

    # Checks, readers and writers are generated; the code of these shows where it goes too.
    vars(generated)["compile"] = lambda *arguments: atheris.patch_code(compile(*arguments), trace_dataflow=True)
    from tools.fuzz.changes import LONGEST, changed
    from tools.fuzz.seeds import SEEDS
    from tools.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz the target that the command line names."""
    name, folder, seconds = sys.argv[1:]
    corpus = Path(folder)
    for number, seed in enumerate(SEEDS[name]()):
        Path(corpus, f"seed-{number}").write_bytes(seed)
    arguments = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=4096"]
    arguments += ["-print_final_stats=1", f"-artifact_prefix={corpus}/", str(corpus)]

    def mutate(data: bytes, largest: int, seed: int) -> bytes:
        return changed(name, data, seed, lambda part: atheris.Mutate(part, largest))[:largest]

    atheris.Setup([sys.argv[0], *arguments], TARGETS[name], custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
