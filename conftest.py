"""The examples in Markdown are run as tests: each block of Python, and what it is said to print."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser(), SkipParser()], patterns=["*.md"]).pytest()

# A machine that is busy for a moment breaks no example; the tests load a profile of their own after this one.
settings.register_profile("documentation", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("documentation")
