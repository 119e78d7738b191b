"""What a published implementation makes of the same annotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, Allegation, Article, Denial, Span, Statement
from geoclaims.annotation import alpha

UNITS = st.integers(2, 5).flatmap(
    lambda annotators: st.lists(
        st.lists(st.integers(0, 7), min_size=annotators, max_size=annotators), min_size=1, max_size=40
    )
)


def of_words(values: Sequence[int]) -> Article:
    """An annotation of a text of so many words, each claimed by the types that the bits of its value say."""
    text = "word " * len(values)

    def spans(bit: int) -> list[Span]:
        return [Span.of(text, 5 * place, 5 * place + 4) for place, value in enumerate(values) if value & bit]

    statements = [
        Statement(id="s", speaker="it", content="It.", spans=spans(1)),
        Allegation(id="a", speaker="it", content="It.", accused=["it"], spans=spans(2)),
        Denial(id="d", speaker="it", content="It.", denies=["s"], spans=spans(4)),
    ]
    return Article(id="a", actors=[Actor(id="it", name="it")], statements=statements, text=text)


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
