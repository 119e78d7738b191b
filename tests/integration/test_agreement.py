"""What a published implementation makes of the same annotations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from geoclaims.annotation import alpha
from tests.test_alpha import UNITS, of_words


def test_alpha_is_what_the_package_krippendorff_computes(library: Callable[[str], Any]) -> None:
    krippendorff = library("krippendorff")

    @given(UNITS)
    def check(units: list[list[int]]) -> None:
        annotators = list(zip(*units, strict=True))
        ours = alpha(map(of_words, annotators))
        if ours is None:
            assert len({value for values in units for value in values}) == 1
            return
        theirs = krippendorff.alpha([list(map(float, values)) for values in annotators], level_of_measurement="nominal")
        assert ours == pytest.approx(theirs)

    check()
