"""Mutation testing: `python -m mutation`, where the project and what its tests need are installed."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase
from functools import cache
from hashlib import sha256
from itertools import filterfalse
from math import inf
from pathlib import Path
from typing import Final, NamedTuple

from mutation.mutants import Mutant, core, mutants_of
from mutation.trials import (
    PACKAGE,
    Recording,
    Session,
    Swapping,
    Test,
    forgetting,
    freeze,
    import_libraries,
    import_with,
    in_copies,
    record,
    with_tests,
)

EDGES: Final = ("strategies", "interop", "annotation", "_html", "_command_line", "__main__")
LEAST: Final = 0.96
"""The part of mutants that tests must notice."""
FEW: Final = 20
"""So many tests are collected before all are."""
PATIENCE: Final = "count a mutant as a survivor after so many seconds of its tests; never unless given"
FOLDER: Final = Path(".mutation")
KILLED, SURVIVED, NO_PYTHON = "killed", "survived", "no Python"


class Verdict(NamedTuple):
    """What came of a mutant."""

    mutant: str
    outcome: str
    by: str
    """The test that failed, or what else went wrong."""
    seconds: float


class Verdicts:
    """Keeps the verdicts of runs in a file, so that one that was stopped can go on."""

    def __init__(self, file: Path, state: str) -> None:
        """Read what is known; survivors are tried again when anything has changed."""
        self._file = file
        self._state = state
        self.known: dict[str, Verdict] = {}
        for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            at, *fields = json.loads(line)
            verdict = Verdict(*fields)
            self.known.pop(verdict.mutant, None)
            if at == state or verdict.outcome != "survived":
                self.known[verdict.mutant] = verdict

    def add(self, verdict: Verdict) -> None:
        """Keep a verdict."""
        self.known[verdict.mutant] = verdict
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps([self._state, *verdict]) + "\n")


class Trials:
    """Tries mutants with the tests that may notice them."""

    def __init__(self, recording: Recording, verdicts: Verdicts, workers: int, patience: float) -> None:
        self._verdicts = verdicts
        self._workers = workers
        self._patience = patience
        self._noticed: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """How many mutants each test has noticed, by the names of `neighbourhoods`."""
        for verdict in verdicts.known.values():
            self._note(verdict)
        self._reaching: defaultdict[str, list[Test]] = defaultdict(list)
        """The tests that reach a function, by its place; one of a class or module, by its name; by no name, all."""
        for test in sorted(recording.tests, key=cost_of):
            around = {place.rpartition(mark)[0] for place in test.reached for mark in ".:"}
            for place in {*test.reached, *around, ""} if test.passes else ():
                self._reaching[place].append(test)
        self._imports = frozenset(recording.imports)

    def is_of_imports(self, mutant: Mutant) -> bool:
        """Report whether a mutant has its effect when the package is imported, and not only when a test runs."""
        return not mutant.function or mutant.place in self._imports

    def of_imports(self, mutants: Iterable[Mutant]) -> None:
        """Try mutants of what runs on import: each is imported, and tests collected, in a copy of its own."""

        def first_failing(tests: Sequence[Test], files: Iterable[str]) -> str | None:
            found: str | None = "collection"

            def run(session: Session) -> None:
                nonlocal found
                present = (test for test in tests if test.name in session.items)
                found = session.first_failing(present, self._patience)

            with_tests(run, files)
            return found

        def failing(mutant: Mutant) -> str | None:
            tests = self._tests(mutant)
            import_with(mutant)
            # Collecting all tests takes some seconds; the likeliest, or those of a few files, are mostly enough.
            likeliest, few, rest = tests[:1], tests[1:FEW], tests[FEW:]
            return (
                first_failing(likeliest, files_of(likeliest))
                or first_failing(few, files_of(few))
                or first_failing(rest, ["tests"])
            )

        self._try(mutants, failing)

    def of_functions(self, mutants: Iterable[Mutant]) -> None:
        """Try mutants of functions: the tests are collected once, and copies of this process swap a function's code."""

        def run(session: Session) -> None:
            forget()
            swapping = Swapping()
            freeze()

            def failing(mutant: Mutant) -> str | None:
                swapping.swap(mutant)
                return session.first_failing(self._tests(mutant), self._patience)

            self._try(mutants, failing)

        forget = forgetting()
        with_tests(run)

    def _tests(self, mutant: Mutant) -> list[Test]:
        """Choose the tests that may notice a mutant: first those that noticed others of its function, or its imports.

        The next are those that are quick, reach little else and noticed others of the module. Of imports any test may
        notice one: those come before that reach what the change concerns, then those around the module.
        """
        here, around = (self._noticed[name] for name in neighbourhoods(mutant.name))

        def likely(test: Test) -> float:
            return (1 + around[test.name]) / cost_of(test)

        if not self.is_of_imports(mutant):
            return sorted(self._reaching[mutant.place], key=lambda test: (-here[test.name], -likely(test)))
        concerned = [f"{mutant.module}:{name}" for name in mutant.concerned()]
        closest = {test.name for place in concerned for test in self._reaching.get(place, ())}
        # A test of a table may reach no function, and stands in a file with those that do.
        near = set(files_of(self._reaching[mutant.module]))

        def distance(test: Test) -> int:
            return 0 if test.name in closest else 1 if file_of(test.name) in near else 2

        return sorted(self._reaching[""], key=lambda test: (-here[test.name], distance(test), -likely(test)))

    def _note(self, verdict: Verdict) -> None:
        for name in neighbourhoods(verdict.mutant):
            self._noticed[name][verdict.by] += 1

    def _try(self, mutants: Iterable[Mutant], failing: Callable[[Mutant], str | None]) -> None:
        def judge(mutant: Mutant) -> tuple[str, str]:
            try:
                found = failing(mutant)
            except SyntaxError:
                return NO_PYTHON, ""
            except Exception:  # noqa: BLE001 - what could not be tried was not noticed
                return SURVIVED, traceback.format_exc()
            return (KILLED, found) if found else (SURVIVED, "")

        todo = [mutant for mutant in mutants if mutant.name not in self._verdicts.known]
        start = time.monotonic()
        for number, (mutant, answer, seconds) in enumerate(in_copies(todo, judge, self._workers), 1):
            outcome, by = answer or (KILLED, "no end")
            verdict = Verdict(mutant.name, outcome, by, round(seconds, 2))
            self._note(verdict)
            self._verdicts.add(verdict)
            if number % 100 == 0 or number == len(todo):
                say(f"{number} of {len(todo)} tried in {time.monotonic() - start:.0f} seconds")


def cost_of(test: Test) -> float:
    """Estimate what a test costs: it is cheap if it is quick and reaches little."""
    return (test.seconds + 0.01) * (1 + len(test.reached))


def file_of(test: str) -> str:
    """Name the file that holds a test."""
    return test.partition("::")[0]


def files_of(tests: Iterable[Test]) -> list[str]:
    """Name the files that hold some tests."""
    return sorted({file_of(test.name) for test in tests})


def neighbourhoods(name: str) -> tuple[str, str]:
    """Name what a mutant shares with those most like it, the function, and with others: the module, or the imports."""
    module, function, _ = name.split(":")
    return f"{module}:{function}", "imports" if function == "import" else module


def main() -> int:
    """Try what the command line asks for."""
    options = read_options()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that no copy is left behind
    spec = importlib.util.find_spec(PACKAGE)
    assert spec, f"{PACKAGE} is not installed"
    package = Path(str(spec.origin)).parent
    modules = core(package, EDGES)
    every = [mutant for name, file in modules.items() for mutant in mutants_of(name, file)]
    mutants = [mutant for mutant in every if any(fnmatchcase(mutant.name, f"{name}*") for name in options.names)]
    if options.sample:
        mutants = random.Random(options.seed).sample(mutants, min(options.sample, len(mutants)))
    say(f"{len(mutants)} of {len(every)} mutants of {len(modules)} modules")

    FOLDER.mkdir(exist_ok=True)
    recording = recorded(package)
    failing = [test.name for test in recording.tests if not test.passes]
    say(f"of {len(recording.tests)} tests, these fail without a change and are left out:", *failing)
    state = f"{digest([*package.rglob('*.py'), *Path('tests').rglob('*.py')])}-{options.patience}"
    verdicts = Verdicts(FOLDER / "verdicts.jsonl", state)
    if not options.report:
        import_libraries(recording)
        trials = Trials(recording, verdicts, options.workers, options.patience)
        trials.of_imports(filter(trials.is_of_imports, mutants))
        trials.of_functions(filterfalse(trials.is_of_imports, mutants))
    return report(mutants, verdicts)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m mutation", description="See which changes to the core no test notices."
    )
    parser.add_argument("names", nargs="*", default=[""], help="only of these modules or functions")
    parser.add_argument("--sample", type=int, metavar="N", help="only N mutants, the same for each seed")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="which sample; 0 unless given")
    parser.add_argument("--patience", type=float, default=inf, metavar="SECONDS", help=PATIENCE)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many at a time")
    parser.add_argument("--report", action="store_true", help="try none, and print what earlier runs have found")
    return parser.parse_args()


def recorded(package: Path) -> Recording:
    """Record what the tests do; those are run again whose file has changed, and all if the sources have."""
    file = FOLDER / "recording.json"
    sources = digest([*package.rglob("*.py"), Path("conftest.py"), Path("tests/conftest.py")])
    state_of = cache(lambda name: f"{sources}-{digest([Path(name)])}")
    known = read_recording(file) if file.exists() else Recording([], [], [])
    say("recording which functions each test reaches")
    for _, recording, _ in in_copies([known], lambda known: record(known, state_of), workers=1):
        file.write_text(json.dumps(recording), encoding="utf-8")
    return read_recording(file)


def read_recording(file: Path) -> Recording:
    """Read what tests did from a file."""
    tests, *rest = json.loads(file.read_bytes())
    return Recording([Test(*test) for test in tests], *rest)


def digest(files: Iterable[Path]) -> str:
    """Compute a short name for what stands in files."""
    return sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()[:16]


def report(mutants: Sequence[Mutant], verdicts: Verdicts) -> int:
    """Print the survivors and the score of each module; return the exit code."""
    outcomes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mutant in sorted(mutants, key=lambda mutant: (mutant.module, mutant.line)):
        verdict = verdicts.known.get(mutant.name)
        if verdict and verdict.outcome != NO_PYTHON:
            for group in (mutant.module, "all"):
                outcomes[group][verdict.outcome] += 1
            if verdict.outcome == SURVIVED:
                say(f"\n{mutant.file}:{mutant.line} {mutant.name}\n{mutant.difference()}\n{verdict.by}")
    score = 0.0
    for group, counts in sorted(outcomes.items(), key=lambda item: item[0] == "all"):
        score = counts[KILLED] / counts.total()
        say(f"{counts[KILLED]:6} of {counts.total():6} {score:7.1%}  {group}")
    return 0 if score >= LEAST else 1


def say(*lines: str) -> None:
    """Print lines at once."""
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
