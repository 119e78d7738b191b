from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, Allegation, AnchorError, Article, Denial, Span, Statement, ValidationError
from geoclaims.annotation import alpha

TEXT = "“We laid none,” it said. Ships wait."
ACTORS = (Actor(id="it", name="it"),)


def annotated(*places: tuple[type[Statement], int, int]) -> Article:
    statements: list[Statement] = [Statement(id="claim", speaker="it", content="It.")]
    for number, (model, start, end) in enumerate(places):
        more: dict[str, Any] = {Allegation: {"accused": ["it"]}, Denial: {"denies": ["claim"]}}.get(model, {})
        spans = [Span.of(TEXT, start, end)]
        statements.append(model(id=f"s{number}", speaker="it", content="It.", spans=spans, **more))
    return Article(id="a", actors=ACTORS, statements=statements, text=TEXT)


NOTHING = annotated()
DENIAL = annotated((Denial, 0, 23))


def by_pairs(units: Sequence[Sequence[int | str]]) -> float | None:
    """Alpha by its definition: over all pairs of values, within units and among all."""
    within = [(a, b) for unit in units for i, a in enumerate(unit) for j, b in enumerate(unit) if i != j]
    values = [value for unit in units for value in unit]
    among = [(a, b) for i, a in enumerate(values) for j, b in enumerate(values) if i != j]
    differing = sum(a != b for a, b in among)
    if not differing:
        return None
    return 1 - (sum(a != b for a, b in within) / len(within)) / (differing / len(among))


def of_words(values: Sequence[int]) -> Article:
    """An annotation of a text of so many words, each claimed by the types that the bits of its value say."""
    text = "word " * len(values)
    spans = [
        [Span.of(text, 5 * place, 5 * place + 4) for place, value in enumerate(values) if value & bit]
        for bit in (1, 2, 4)
    ]
    statements = [
        Statement(id="s", speaker="it", content="It.", spans=spans[0]),
        Allegation(id="a", speaker="it", content="It.", accused=["it"], spans=spans[1]),
        Denial(id="d", speaker="it", content="It.", denies=["s"], spans=spans[2]),
    ]
    return Article(id="a", actors=ACTORS, statements=statements, text=text)


UNITS = st.integers(2, 4).flatmap(
    lambda m: st.lists(st.lists(st.integers(0, 7), min_size=m, max_size=m), min_size=1, max_size=9)
)


@given(UNITS)
def test_alpha_is_one_less_the_disagreement_within_units_by_that_among_all(units: list[list[int]]) -> None:
    expected = by_pairs(units)
    annotations = [of_words(values) for values in zip(*units, strict=True)]
    assert alpha(annotations) == (expected if expected is None else pytest.approx(expected))


def test_annotators_who_agree_have_an_alpha_of_one_and_those_without_claims_none() -> None:
    assert alpha(iter([DENIAL, DENIAL, DENIAL])) == 1.0
    assert alpha([NOTHING, NOTHING]) is None


def test_the_value_of_a_token_is_the_set_of_types_whose_passages_touch_it() -> None:
    # Tokens: “ We laid none , ” it said . Ships wait .
    touching = annotated((Denial, 3, 10), (Allegation, 10, 12), (Statement, 15, 16))
    units = [["", ""], ["", ""], ["d", ""], ["da", ""], *[["", ""]] * 8]
    assert alpha([touching, NOTHING]) == pytest.approx(by_pairs(units))
    both = annotated((Denial, 3, 10), (Denial, 1, 10))
    units = [["", ""], ["d", ""], ["d", "d"], ["d", "da"], *[["", ""]] * 8]
    assert alpha([both, touching]) == pytest.approx(by_pairs(units))


def test_copies_that_differ_are_attached_first() -> None:
    copy = attrs.evolve(DENIAL, text=None).with_text(TEXT.replace("“", '"').replace("”", '"').replace(" ", "  "))
    assert alpha([DENIAL, copy, attrs.evolve(DENIAL, text=None)]) == 1.0


def test_of_many_copies_the_longest_is_attached() -> None:
    texts = ["Ships wait.", f"Once. {TEXT}", longest := f"Once upon a time. {TEXT}"]
    others = [Article(id="a", actors=ACTORS, text=text) for text in texts]
    moved = attrs.evolve(DENIAL, text=None).with_text(longest)
    assert alpha([DENIAL, *others]) == alpha([moved, *(attrs.evolve(each, text=longest) for each in others)])
    with pytest.raises(AnchorError, match=r"^\$\[0\]\.statements\[1\]\.spans\[0\]: statement 's0': "):
        alpha([DENIAL, *others, Article(id="a", actors=ACTORS, text="Ships wait. " * 10)])


def test_alpha_needs_the_text_and_two_articles() -> None:
    with pytest.raises(AnchorError, match=r"^\$\[0\]\.text: "):
        alpha([attrs.evolve(DENIAL, text=None)] * 2)
    with pytest.raises(ValidationError, match=r"^\$: "):
        alpha([DENIAL])
    with pytest.raises(TypeError, match="Article"):
        alpha([DENIAL, None])  # type: ignore[list-item]


def test_alpha_takes_time_in_proportion_to_the_text_however_many_passages_cover_it() -> None:
    text = "word " * 5_000
    spans = [Span(0, len(text), Span.of(text, 0, len(text)).fingerprint)]
    claims = [Statement(id=f"s{number}", speaker="it", content="It.", spans=spans) for number in range(400)]
    article = attrs.evolve(Article(id="a", actors=ACTORS, statements=claims), text=text)
    assert alpha([article, Article(id="a", text=text)]) == pytest.approx(-1, abs=1e-3)
