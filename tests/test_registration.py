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
from hypothesis import given, settings, strategies as st
assert "geoclaims.strategies" not in sys.modules
for name in {types}:
    @given(st.from_type(getattr(geoclaims, name)))
    @settings(max_examples=5, database=None, derandomize=True, deadline=None)
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


@pytest.mark.parametrize("imports", ["import hypothesis, geoclaims", "import geoclaims, hypothesis"])
def test_types_can_be_drawn_from_in_both_orders_of_import(imports: str) -> None:
    # whether geoclaims is installed, not only on the path
    called = any(entry.value.startswith("_geoclaims_hypothesis") for entry in entry_points(group="hypothesis"))
    if imports.endswith("hypothesis") and not called:
        pytest.skip("geoclaims is on the path without being installed")
    assert {*answer_of(imports + DRAW.format(types=TYPES)).split()} == {*TYPES}


@pytest.mark.parametrize("kind", [Statement, Allegation, Denial])
def test_statements_are_drawn_of_all_three_kinds(kind: type[Statement]) -> None:
    unshrunk = settings(max_examples=1000, database=None, phases=[Phase.generate])
    assert type(find(st.from_type(Statement), lambda drawn: type(drawn) is kind, settings=unshrunk)) is kind


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("sys.modules['hypothesis'] = None; import geoclaims; print('imported')", "imported"),
        (
            (
                "sys.modules['geoclaims'] = None; import hypothesis, _geoclaims_hypothesis as ours; ours.register(); "
                "print(sys.modules['geoclaims'])"
            ),
            "None",
        ),
        ("import hypothesis; print('geoclaims' in sys.modules)", "False"),
        ("import geoclaims; print('hypothesis' in sys.modules)", "False"),
    ],
)
def test_each_can_be_imported_where_the_other_must_not_and_loads_nothing_of_it(code: str, printed: str) -> None:
    assert answer_of(f"import sys; {code}") == printed
