from __future__ import annotations

import inspect
import os
import subprocess
import sys
from importlib.metadata import entry_points

import pytest
from hypothesis import Phase, find, settings, strategies as st

import geoclaims
from geoclaims import Allegation, Denial, Statement

# All public types, of which the strategies draw some and Hypothesis makes out the rest from their annotations.
TYPES = sorted(name for name in geoclaims.__all__ if inspect.isclass(getattr(geoclaims, name)))
DRAW = """
import sys
import {first}
assert {second!r} not in sys.modules
import {second}
assert "geoclaims.strategies" not in sys.modules
import geoclaims
from hypothesis import given, settings, strategies as st
for name in {types}:
    @given(st.from_type(getattr(geoclaims, name)))
    @settings(max_examples=1, database=None, derandomize=True, deadline=None)
    def draw(value):
        assert isinstance(value, getattr(geoclaims, name))
        print(type(value).__name__)
    draw()
st.from_type(object).validate()
"""


def answer_of(code: str) -> str:
    """What a fresh process prints."""
    unmeasured = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    finished = subprocess.run([sys.executable, "-c", code], env=unmeasured, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.strip()


@pytest.mark.parametrize(("first", "second"), [("hypothesis", "geoclaims"), ("geoclaims", "hypothesis")])
def test_types_can_be_drawn_from_in_both_orders_of_import_and_neither_loads_the_other(first: str, second: str) -> None:
    # whether geoclaims is installed, not only on the path
    called = any(entry.value.startswith("_geoclaims_hypothesis") for entry in entry_points(group="hypothesis"))
    if first == "geoclaims" and not called:
        pytest.skip("geoclaims is on the path without being installed")
    code = DRAW.format(first=first, second=second, types=TYPES)
    assert {*answer_of(code).split()} == {*TYPES}


def test_statements_are_drawn_of_all_three_kinds() -> None:
    kinds: set[type[Statement]] = set()

    def has_all(drawn: Statement) -> bool:
        kinds.add(type(drawn))
        return kinds == {Statement, Allegation, Denial}

    find(st.from_type(Statement), has_all, settings=settings(max_examples=1000, database=None, phases=[Phase.generate]))


def test_each_can_be_imported_where_the_other_must_not() -> None:
    assert answer_of("import sys; sys.modules['hypothesis'] = None; import geoclaims; print('imported')") == "imported"
    register = "import hypothesis, _geoclaims_hypothesis as ours; ours.register(); print(sys.modules['geoclaims'])"
    assert answer_of(f"import sys; sys.modules['geoclaims'] = None; {register}") == "None"
