"""The examples in Markdown are run as tests: each block of Python, and what it is said to print."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser(), SkipParser()], patterns=["*.md"]).pytest()

# A machine that is busy for a moment breaks no example; the tests load a profile of their own after this one.
settings.register_profile("documentation", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("documentation")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share the tests among processes one by one.

    The examples of a page stay together, since each goes on from those before it, and so do the tests of a file that
    start a program by others.
    """
    from xdist.scheduler import LoadScopeScheduling

    def scope(test: str) -> str:
        file, _, _ = test.partition("::")
        return file if file.endswith(".md") or "/integration/" in file else test

    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = scope  # noqa: SLF001 - what subclasses override
    return scheduler
