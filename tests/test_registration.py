from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, settings, strategies as st

import _geoclaims_hypothesis
import geoclaims
from geoclaims import Allegation, Denial, PartialDate, Statement
from geoclaims._json.format import MODELS

# All public types, of which the strategies draw some and Hypothesis makes out the rest from their annotations.
TYPES = sorted(name for name in geoclaims.__all__ if inspect.isclass(getattr(geoclaims, name)))
UNSHRUNK = settings(database=None, phases=[Phase.generate])
DRAW = """
import sys
from hypothesis import given, settings, strategies as st
assert "geoclaims.strategies" not in sys.modules
seen = set()
for name in {types}:
    @given(st.from_type(getattr(geoclaims, name)))
    @settings(max_examples={examples}, database=None, derandomize=True, deadline=None)
    def draw(value):
        assert isinstance(value, getattr(geoclaims, name))
        seen.add(type(value).__name__)
    draw()
print(*sorted(seen))
st.from_type(object).validate()
"""


def answer_of(code: str) -> str:
    """What a fresh process prints."""
    unmeasured = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    finished = subprocess.run([sys.executable, "-c", code], env=unmeasured, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.strip()


def called_by_hypothesis() -> bool:
    """Whether Hypothesis finds the entry point: whether geoclaims is installed, not only on the path."""
    from importlib.metadata import entry_points

    return any(entry.value.startswith("_geoclaims_hypothesis") for entry in entry_points(group="hypothesis"))


@pytest.mark.parametrize("imports", ["import hypothesis, geoclaims", "import geoclaims, hypothesis"])
def test_types_can_be_drawn_from_in_both_orders_of_import(imports: str) -> None:
    if imports.endswith("hypothesis") and not called_by_hypothesis():
        pytest.skip("geoclaims is on the path without being installed")
    assert answer_of(imports + DRAW.format(types=TYPES, examples=5)).split() == TYPES


@pytest.mark.parametrize("model", [*MODELS, PartialDate])
def test_every_model_can_be_drawn_from_by_its_type(model: type[Any]) -> None:
    assert type(find(st.from_type(model), lambda _: True, settings=UNSHRUNK)) is model


@pytest.mark.parametrize("kind", [Statement, Allegation, Denial])
def test_statements_are_drawn_of_all_three_kinds(kind: type[Statement]) -> None:
    assert type(find(st.from_type(Statement), lambda drawn: type(drawn) is kind, settings=UNSHRUNK)) is kind


def test_geoclaims_can_be_imported_where_hypothesis_must_not() -> None:
    assert answer_of("import sys; sys.modules['hypothesis'] = None; import geoclaims; print('imported')") == "imported"


def test_hypothesis_can_be_imported_where_geoclaims_must_not() -> None:
    code = "import sys; sys.modules['geoclaims'] = None; import hypothesis, _geoclaims_hypothesis as ours; "
    assert answer_of(f"{code}ours.register(); print(sys.modules['geoclaims'])") == "None"


def test_hypothesis_does_not_load_geoclaims_nor_geoclaims_hypothesis() -> None:
    assert answer_of("import hypothesis, sys; print('geoclaims' in sys.modules)") == "False"
    assert answer_of("import geoclaims, sys; print('hypothesis' in sys.modules)") == "False"


def test_what_hypothesis_calls_imports_nothing() -> None:
    source = Path(_geoclaims_hypothesis.__file__).read_text(encoding="utf-8")
    lines = [line for line in source.splitlines() if line.startswith(("import", "from"))]
    assert lines == ["from __future__ import annotations", "import sys"]
