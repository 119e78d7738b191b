"""Run tests in copies of this process: to record which functions they reach, and to try mutants."""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from importlib.machinery import SourceFileLoader
from itertools import islice
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple, NoReturn, TypeVar

import pytest

from mutation.mutants import Mutant

T = TypeVar("T")

PACKAGE = "geoclaims"
OPTIONS = ["-pno:cacheprovider", "-pno:xdist", "--capture=sys", "--tb=no", "-qq", "--ignore=tests/integration"]
# Nothing is shrunk here, so that these fail in any case, and take a fifth of the time of all tests to do so.
OPTIONS.append("--ignore=tests/test_minimal_examples.py")
# What is imported beforehand cannot be rewritten, and need not.
OPTIONS.append("-Wignore::pytest.PytestAssertRewriteWarning")

# A mutant may run for ever, or take all memory. A test may take so many times as long as it took when it was recorded,
# and some seconds of the processor more; on the clock it gets so many times that, since others may use the processor as
# well. A test that waits for what never comes uses no processor at all.
SLOWER, SECONDS, CLOCK = 10, 5, 20
MEMORY = 8 * 2**30


class Test(NamedTuple):
    """A test, and what it did without a change."""

    name: str
    seconds: float
    reached: Sequence[str]
    """The functions that it runs, each as `module:name`."""
    state: str
    """A digest of the sources and of its file when this was recorded."""
    passes: bool


class Recording(NamedTuple):
    """What the tests do without a change."""

    tests: Sequence[Test]
    imports: Sequence[str]
    """The functions that importing the package runs."""
    libraries: Sequence[str]
    """The modules by others that all this imports."""


class Session:
    """A plugin of pytest that hands over the tests once they are collected, in place of running them."""

    def __init__(self, use: Callable[[Session], None]) -> None:
        self._use = use
        self._failed = False
        self.items: Mapping[str, pytest.Item] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if not session.testsfailed:
            self.items = {item.nodeid: item for item in session.items}
            self._use(self)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._failed |= report.failed

    def passes(self, name: str) -> bool:
        """Run a test, with fixtures made for it alone, and tell whether it passes."""
        self._failed = False
        item = self.items[name]
        try:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        except BaseException:  # noqa: BLE001 - pytest lets some pass, such as an interrupt
            return False
        return not self._failed

    def first_failing(self, tests: Iterable[Test], patience: float) -> str | None:
        """Run tests until one fails, and return its name; begin none once this copy took some seconds."""
        for test in tests:
            if time.process_time() > patience:
                break
            most = SECONDS + SLOWER * test.seconds
            signal.setitimer(signal.ITIMER_PROF, most)
            signal.setitimer(signal.ITIMER_REAL, CLOCK * most)
            if not self.passes(test.name):
                return test.name
        return None


def with_tests(use: Callable[[Session], None], files: Iterable[str] = ("tests",)) -> None:
    """Collect the tests of some files and use them, unless they cannot be collected."""
    pytest.main([*OPTIONS, *files], plugins=[Session(use)])


def in_copies(tasks: Iterable[T], work: Callable[[T], Any], workers: int) -> Iterator[tuple[T, Any, float]]:
    """Do each task in a copy of this process; yield its result, if it came to an end, and the seconds that it took."""
    running: dict[int, tuple[T, Path]] = {}
    waiting = iter(tasks)
    try:
        while True:
            for task in islice(waiting, workers - len(running)):
                folder = Path(tempfile.mkdtemp(prefix="mutation-"))
                pid = os.fork()
                if not pid:
                    _end_with(work, task, folder)
                running[pid] = task, folder
            if not running:
                return
            pid, _, usage = os.wait3(0)
            task, folder = running.pop(pid)
            yield task, _end_of(pid, folder), usage.ru_utime + usage.ru_stime
    finally:
        for pid, (_, folder) in running.items():
            _end_of(pid, folder)


def _end_of(pid: int, folder: Path) -> Any:
    """End what a copy has left running, and return its result, if there is one."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    file = folder / "result"
    result = json.loads(file.read_bytes()) if file.exists() else None
    shutil.rmtree(folder, ignore_errors=True)
    return result


def _end_with(work: Callable[[T], Any], task: T, folder: Path) -> NoReturn:
    """Do a task in the copy that this process is, and end it."""
    complaints = os.dup(2)
    try:
        os.setpgid(0, 0)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):
            os.dup2(nothing, standard)
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        result = json.dumps(work(task))
        (folder / "result").write_text(result, encoding="utf-8")
    except BaseException:  # noqa: BLE001 - whatever it is, this copy must not go on as its parent
        os.write(complaints, traceback.format_exc().encode())
    finally:
        os._exit(0)


def record(known: Recording, state_of: Callable[[str], str]) -> Recording | None:
    """Run each test by itself, unless it is known, and note which functions it reaches."""
    before = {test.name: test for test in known.tests}
    tests: list[Test] = []

    def run(session: Session) -> None:
        for name in session.items:
            state = state_of(name.partition("::")[0])
            if name in before and before[name].state == state:
                tests.append(before[name])
                continue
            forget()
            start = time.process_time()
            passed, places = noting_places(partial(session.passes, name))
            tests.append(Test(name, round(time.process_time() - start, 4), places, state, passed))

    forget, imports = noting_places(forgetting)
    with_tests(run)
    libraries = {name for name, module in list(sys.modules.items()) if _is_library(name, module)}
    return Recording(tests, imports, sorted(libraries.union(known.libraries))) if tests else None


def noting_places(work: Callable[[], T]) -> tuple[T, list[str]]:
    """Do work, and note which functions of the package it runs."""
    reached: dict[int, CodeType] = {}

    def note(frame: FrameType, _event: str, _argument: object) -> None:
        reached[id(frame.f_code)] = frame.f_code

    threading.settrace(note)
    sys.settrace(note)
    try:
        result = work()
    finally:
        sys.settrace(None)
        threading.settrace(None)
    return result, sorted({place_of(code) for code in reached.values()} - {""})


def _is_library(name: str, module: object) -> bool:
    file = getattr(module, "__file__", None) or ""
    return file.startswith((sys.prefix, sys.base_prefix)) and PACKAGE not in name


def place_of(code: CodeType) -> str:
    """Name the module and the outermost function to which code of the package belongs; other code has no name."""
    _, found, path = code.co_filename.rpartition(f"/{PACKAGE}/")
    module = f"{PACKAGE}/{path}".removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f"{module}:{code.co_qualname.partition('.<locals>')[0]}" if found and path.endswith(".py") else ""


def forgetting() -> Callable[[], None]:
    """Import the package, and make the function that empties its caches, so that no test profits from those before."""
    package = importlib.import_module(PACKAGE)
    for module in pkgutil.walk_packages(package.__path__, f"{PACKAGE}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    cached = type(lru_cache(place_of))
    caches = [thing for thing in gc.get_objects() if type(thing) is cached and thing.__module__.startswith(PACKAGE)]
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == PACKAGE]
    empty = [value for module in modules for value in vars(module).values() if type(value) is dict and not value]

    def forget() -> None:
        for cache in caches:
            cache.cache_clear()
        for remembered in empty:
            remembered.clear()

    return forget


class Swapping:
    """Puts mutants in place of functions of a package that is imported already."""

    def __init__(self) -> None:
        """Find all functions, also those within decorators and in instances."""
        self._functions = [f for f in gc.get_objects() if type(f) is FunctionType and place_of(f.__code__)]

    def swap(self, mutant: Mutant) -> None:
        """Give functions the code that they have with a mutant.

        Raises:
            LookupError: There is no such function.
        """
        place = f"{mutant.module}:{mutant.function}"
        codes = {
            (code.co_qualname, code.co_firstlineno): code
            for code in _codes(compiled(mutant))
            if place_of(code) == place
        }
        swapped = False
        for function in self._functions:
            code = function.__code__
            new = codes.get((code.co_qualname, code.co_firstlineno)) if place_of(code) == place else None
            if new and new.co_freevars == code.co_freevars:
                function.__code__ = new
                swapped = True
        if not swapped:
            raise LookupError(mutant.name)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def compiled(mutant: Mutant) -> CodeType:
    """Compile a module with a mutant in it."""
    return compile(mutant.source(), str(mutant.file), "exec", dont_inherit=True)


def import_with(mutant: Mutant) -> None:
    """Have the module of a mutant imported with it from now on."""
    get_code = SourceFileLoader.get_code
    changed = compiled(mutant)

    def get(loader: SourceFileLoader, name: str) -> CodeType | None:
        return changed if name == mutant.module else get_code(loader, name)

    SourceFileLoader.get_code = get  # type: ignore[method-assign, assignment]


def import_libraries(recording: Recording) -> None:
    """Import what the tests import, so that copies of this process need not."""
    with warnings.catch_warnings(action="ignore"):
        for name in recording.libraries:
            with suppress(Exception):
                importlib.import_module(name)
    freeze()


def freeze() -> None:
    """Keep all that there is from being looked through for garbage; a copy would write to memory that it shares."""
    gc.collect()
    gc.freeze()
