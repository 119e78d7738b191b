from __future__ import annotations

import pytest

from bench.planted_bugs import BUGS, reached


@pytest.mark.slow
def test_generated_articles_reach_the_usual_bugs_of_consumers() -> None:
    met = [reached(seed, BUGS) for seed in range(4)]  # a hundred articles each; `python -m bench.planted_bugs` has more
    assert set().union(*met) == set(BUGS)
    assert min(map(len, met)) > len(BUGS) // 2
