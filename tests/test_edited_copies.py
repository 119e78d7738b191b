"""Texts in which the same few names, cues and claims are said again and again, and copies that somebody edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from tests.edited_copies import DOUBTFUL, outcomes


@pytest.mark.parametrize(
    "numbers", [range(100), pytest.param(range(100, 1_000), marks=pytest.mark.slow)], ids=["few copies", "many copies"]
)
def test_no_statement_is_put_together_from_others_or_taken_away_from_its_place(numbers: Sequence[int]) -> None:
    for has_text in (False, True):
        found = sum((outcomes(number, has_text=has_text) for number in numbers), Counter[str]())
        assert found["wrong"] == sum(outcomes(number, has_text=has_text)["wrong"] for number in DOUBTFUL) == 0
        assert found["lost"] < (0.01 if has_text else 0.02) * found["right"]
