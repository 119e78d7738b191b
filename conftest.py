"""The examples in Markdown are run as tests: each block of Python, and what it is said to print."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterable

import pytest
from hypothesis import HealthCheck, Phase, settings
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser(), SkipParser()], patterns=["*.md"]).pytest()

settings.register_profile(
    "documentation",
    deadline=None,  # a machine that is busy for a moment breaks no example
    suppress_health_check=[HealthCheck.too_slow],
    phases=[phase for phase in Phase if phase is not Phase.explain],  # nobody reads why an example fails
)
settings.load_profile("documentation")  # the tests load a profile of their own after this one


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the transcripts of the command line anew."""
    parser.addoption("--rewrite-transcripts", action="store_true", help="write tests/transcripts/ from what is printed")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests of a file in one process, for the examples of a page go on from those before."""
    if config.getoption("dist", "no") == "load":  # what pytest-xdist does where nothing else is asked for
        config.option.dist, config.option.loadscopereorder = "loadfile", False  # small files come last


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while thousands of tests are collected: nearly all of it stays."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()  # classes that attrs made anew are still subclasses of their bases
        gc.enable()


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Mark the page that draws a thousand articles as slow."""
    for item in items:
        if item.path.name == "property-tests.md":
            item.add_marker(pytest.mark.slow)
