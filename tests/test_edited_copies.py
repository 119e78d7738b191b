"""Texts in which the same few names, cues and claims are said again and again, and copies that somebody edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from tests.edited_copies import outcomes

# Copies in which sentences were joined, or the same was said again beside a statement, that were once read wrongly.
DOUBTFUL = [
    *(1217, 1301, 1393, 1483, 3326, 3939, 4729, 4814, 6370, 8317, 8945, 9376, 9385, 9441, 9457, 9970),
    *(10000, 10170, 11338, 11431, 11536, 12657, 13690, 14030, 15354),
]


@pytest.mark.parametrize(
    "numbers", [range(100), pytest.param(range(100, 1_000), marks=pytest.mark.slow)], ids=["few copies", "many copies"]
)
def test_no_statement_is_put_together_from_others_or_taken_away_from_its_place(numbers: Sequence[int]) -> None:
    for has_text in (False, True):
        found = sum((outcomes(number, has_text=has_text) for number in numbers), Counter[str]())
        assert found["wrong"] == sum(outcomes(number, has_text=has_text)["wrong"] for number in DOUBTFUL) == 0
        assert found["lost"] < (0.01 if has_text else 0.02) * found["right"]
