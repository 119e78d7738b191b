from __future__ import annotations

import cProfile
import gc
import importlib
import os
import re
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from geoclaims import Actor, Allegation, Article, Denial, Issue, Quantity, Statement
from geoclaims._command_line import main
from tools.write_formats import written

# How long an example takes says more of the machine than of the code; in CI, every run tries the same examples.
settings.register_profile(
    "geoclaims",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
    # A run for every change must be short, and most errors show in the first few examples; at night 200 are tried.
    max_examples=int(os.environ.get("GEOCLAIMS_EXAMPLES", "10")),
)
settings.load_profile("geoclaims")

# Where a shell starts the tests in the background, they and the programs that they start would ignore interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# The extras of geoclaims that bring a package. The group `integration` brings all others.
EXTRAS = {"pyarrow": "arrow", "orjson": "fast"}


def lacking(what: str, how: str) -> NoReturn:
    """Skip the test and say how to get what it needs; fail where nothing may be missing."""
    reason = f"needs {what}: {how}"
    if os.environ.get("GEOCLAIMS_REQUIRE_PROGRAMS"):
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)


def imported(name: str) -> Any:
    """Import a package that not everybody has who runs the tests; where it is missing, the test is skipped."""
    try:
        return importlib.import_module(name)
    except ImportError:
        extra = EXTRAS.get(name)
        lacking(name, f"pip install '.[{extra}]'" if extra else "pip install --group integration")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of articles and corpora by others beside the repository: read in place, never copied."""
    folder = Path(os.environ.get("GEOCLAIMS_SHARED") or Path(__file__).parents[2] / "shared")
    if folder.is_dir():
        return folder
    reason = f"no folder {folder}; GEOCLAIMS_SHARED may name another"
    if os.environ.get("GEOCLAIMS_REQUIRE_SHARED", os.environ.get("CI")) in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def open_files() -> Iterator[Callable[[], int]]:
    """How many files this process has open, to ask before and after; what others left open is not closed meanwhile."""
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        pytest.skip("this system does not tell which files a process has open")
    gc.disable()
    yield lambda: len(list(folder.iterdir()))
    gc.enable()


@pytest.fixture
def full_disk() -> Iterator[None]:
    """Lets no file grow over 50,000 bytes."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    signal.signal(signal.SIGXFSZ, handler)


Work = Callable[[Callable[[], Any]], tuple[Any, int]]


@pytest.fixture(scope="session")
def work() -> Work:
    """What a function gives, and how much work it is: the calls of functions, of Python or not. No clock is needed."""

    def counted(function: Callable[[], Any]) -> tuple[Any, int]:
        profile = cProfile.Profile()
        gc.disable()  # whoever asked to be told of a collection would be counted
        try:
            result = profile.runcall(function)
        finally:
            gc.enable()
        return result, sum(entry.callcount for entry in profile.getstats())

    return counted


Run = Callable[..., Any]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command that ends with an exit code, and returns what it writes as `out` and `err`."""

    def run(*arguments: str | Path, code: int = 0) -> Any:
        assert main([str(argument) for argument in arguments]) == code
        return capsys.readouterr()

    return run


@pytest.fixture(scope="session")
def exported() -> Callable[[str, Article], Mapping[str, str]]:
    """What `geoclaims export` writes of an article in a format: texts by the names of files, or of the format."""

    return lambda name, article: {file: data.decode() for file, data in written(name, article).items()}


@pytest.fixture(scope="session")
def dressed() -> Callable[[str, str, str, str], Article]:
    """What makes an article of a text for its lines, its prose, its own text and the ends of its addresses."""

    def dressed_in(line: str, prose: str, text: str, address: str) -> Article:
        url = f"https://example.org/{address}"
        actors = [
            Actor(id="end", name=line, role=line, aliases=[line, f"2{line}"], same_as=[url, f"{url}2"], country="CHN"),
            Actor(id="node", name=line, role=line, on_behalf_of="end"),
        ]
        said: dict[str, Any] = {"quotes": [prose, prose], "cue": f"{line}s", "basis": prose, "event_place": line}
        said |= {"labels": [line, f"2{line}"], "appearances": [url, f"{url}2"], "reported_by": ["node"]}
        said |= {"quantities": [Quantity(minimum=1, unit=line), Quantity(maximum=2, unit=line)]}
        statements: list[Statement] = [
            Allegation(id="graph", speaker="end", content=prose, accused=["node", "end"], about=["end", "no"], **said),
            Denial(id="no", speaker="node", content=prose, denies=["graph"], **said),
            Statement(id="subgraph", speaker="node", content=prose, confirms=["graph", "no"], about=["end"], **said),
        ]
        facts: dict[str, Any] = {"title": line, "publisher": line, "annotator": line, "url": url, "archived_at": url}
        return Article(id="null", language="en", actors=actors, statements=statements, text=text, **facts)

    return dressed_in


# By code, whether a JSON Schema cannot say that a value is wrong with that code; docs/reference/json.md has the list.
UNSAID: dict[str, Callable[[Any], bool]] = {
    "duplicate_id": lambda _: True,
    "dangling_ref": lambda _: True,
    "wrong_ref": lambda _: True,
    "self_ref": lambda _: True,
    "cycle": lambda _: True,
    "range": lambda value: isinstance(value, dict),  # the order of bounds, and not a number out of range
    "span": lambda value: isinstance(value, dict),  # the order of spans and their fit, and not a malformed fingerprint
    "date": lambda value: bool(
        re.fullmatch("(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(29|30|31)", value)
    ),  # a day that the month lacks
    # a whole number with a fraction of zero, within the bounds
    "type": lambda value: isinstance(value, float) and value.is_integer() and 0 <= value < 2**63,
}


@pytest.fixture(scope="session")
def unsaid() -> Callable[[Issue, Any], bool]:
    """Whether an issue that reading has found in a document is one that a JSON Schema cannot say."""

    def cannot_be_said(issue: Issue, document: Any) -> bool:
        value = document
        for part in issue.path:
            value = value.get(part) if isinstance(value, dict) else value[part]
        whole_number = issue.path and issue.path[-1] in {"minimum", "maximum", "start", "end"}
        if issue.code == "type" and not whole_number:
            return False
        return issue.code in UNSAID and UNSAID[issue.code](value)

    return cannot_be_said


@pytest.fixture(scope="session")
def unsaid_codes() -> set[str]:
    """The codes of what a JSON Schema cannot say."""
    return set(UNSAID)
