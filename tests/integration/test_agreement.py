"""What a published implementation makes of the same annotations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st

from geoclaims.annotation._alpha import _nominal

UNITS = st.integers(2, 5).flatmap(
    lambda annotators: st.lists(
        st.lists(st.integers(0, 7), min_size=annotators, max_size=annotators), min_size=1, max_size=40
    )
)


def test_alpha_is_what_the_package_krippendorff_computes(library: Callable[[str], Any]) -> None:
    krippendorff = library("krippendorff")

    @given(UNITS)
    def check(units: list[list[int]]) -> None:
        alpha = _nominal(units)
        if alpha is None:
            assert len({value for values in units for value in values}) == 1
            return
        by_annotator = [list(map(float, values)) for values in zip(*units, strict=True)]
        assert alpha == pytest.approx(krippendorff.alpha(by_annotator, level_of_measurement="nominal"))

    check()
