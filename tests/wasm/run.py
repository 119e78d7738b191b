"""Run the tests where there are neither processes nor threads nor terminals: in a CPython that is WebAssembly."""

from __future__ import annotations

import sys
from collections.abc import Generator
from typing import Any

import pytest

# What asks for what there is not fails with one of these. No function of geoclaims asks for it, so the test does.
MISSING = ("emscripten does not support processes", "can't start new thread", "out of pty devices")

FILES = (
    # Need packages that are not written in Python alone.
    *("draft_schema", "drafted", "every_field", "pydantic", "schema"),
    *("standard_input", "terminal"),  # need pipes and terminals
    # Take long, for they count work, draw until something comes up, or shrink it.
    *("edited_copies", "invalid_documents", "minimal_examples", "proportion"),
)

# By words of their names, tests of what is not there, and of how much work something is.
WORDS = (
    # Links, pipes, modes, devices and descriptors.
    *("reads_by_any_name", "pipe_with_a_name", "umask", "nobody_reads", "that_is_standard_input"),
    *("to_arrow", "interop.arrow", "annotation.Drafted", "json_path_and_json_pointer", "odd_key"),
    *("the_work", "in_proportion"),
)

# The releases of Hypothesis in Python alone are older than Python 3.14, and misjudge its counts of references.
MISJUDGED = "ignore:It looks like `register_random` was passed an object"


class Skipping:
    """Skips tests that need what is missing."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
        """Report a test as skipped if what it lacks is missing."""
        report = yield
        if call.excinfo and report.failed and any(what in str(call.excinfo.value) for what in MISSING):
            report.outcome, report.longrepr = "skipped", (str(item.path), 0, f"Skipped: {call.excinfo.value}")
        return report


def run(arguments: list[str]) -> int:
    """Run all tests that can run, or those of them that arguments of pytest choose."""
    print(f"Python {sys.version}")
    ignored = [f"--ignore=tests/test_{name}.py" for name in FILES]
    chosen = ["--ignore=tests/integration", *ignored, "-m", "not slow", "-k", f"not ({' or '.join(WORDS)})"]
    options = ["-q", "-p", "no:cacheprovider", "-W", MISJUDGED]
    return int(pytest.main([*options, *chosen, *(arguments or ["tests"])], plugins=[Skipping()]))
