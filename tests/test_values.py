from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from geoclaims import PartialDate, Quantity, ValidationError
from geoclaims.strategies import partial_dates


def codes(function: Any, *arguments: Any, **keywords: Any) -> list[tuple[str, str]]:
    """The codes and places of all that is wrong with a call."""
    with pytest.raises(ValidationError) as caught:
        function(*arguments, **keywords)
    return [(issue.code, issue.json_path) for issue in caught.value.issues]


BOUNDS = st.none() | st.integers(0, 3) | st.integers(0, 2**63 - 1)


@given(BOUNDS, BOUNDS, st.sampled_from(["", "about "]))
def test_a_quantity_as_text_says_its_bounds(one: int | None, other: int | None, about: str) -> None:
    if one is None:
        assume(other is not None)
        expected = f"at most {about}{other:,} x"
    elif other is None:
        expected = f"at least {about}{one:,} x"
    else:
        one, other = sorted((one, other))
        expected = f"{about}{one:,} x" if one == other else f"{about}{one:,} to {other:,} x"
    assert str(Quantity(minimum=one, maximum=other, unit="x", approximate=bool(about))) == expected


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1), st.booleans())
def test_a_minimum_is_never_above_the_maximum_and_of_one_number_both_are_it(
    one: int,
    other: int,
    approximate: bool,  # noqa: FBT001
) -> None:
    low, high = sorted((one, other))
    assert Quantity(minimum=low, maximum=high, unit="x").maximum == high
    if low != high:
        assert codes(Quantity, minimum=high, maximum=low, unit="x") == [("range", "$")]
    quantity = Quantity(minimum=low, maximum=low, unit="x", approximate=approximate)
    assert Quantity.of(low, "x", approximate=approximate) == quantity


@given(st.one_of(st.integers(max_value=-1), st.integers(min_value=2**63)))
def test_a_bound_lies_from_zero_to_the_largest_64_bit_number(number: int) -> None:
    for bound in ("minimum", "maximum"):
        assert codes(Quantity, **{bound: number}, unit="x") == [("range", f"$.{bound}")]
    assert codes(Quantity.of, number, "x") == [("range", "$.minimum")]


@pytest.mark.parametrize("bound", ["3", 3.0, True, b"3", (3,)])
def test_a_bound_is_a_whole_number_and_nothing_that_looks_like_one(bound: object) -> None:
    assert codes(Quantity, minimum=bound, unit="x") == [("type", "$.minimum")]
    assert codes(Quantity.of, bound, "") == [("type", "$.minimum"), ("empty", "$.unit")]


def test_all_that_is_wrong_with_a_quantity_is_told_at_once() -> None:
    wrong = {"minimum": -1, "maximum": "3", "unit": " ", "approximate": 1}
    found = [("range", "$.minimum"), ("type", "$.maximum"), ("empty", "$.unit"), ("type", "$.approximate")]
    assert codes(Quantity, **wrong) == found
    assert codes(Quantity, unit="x") == codes(Quantity.of, None, "x") == [("missing", "$")]


@given(partial_dates(), st.sampled_from(["", ">12", "*^20", "s", ".4"]))
def test_a_date_as_text_is_iso_8601_and_formatted_as_text(date: PartialDate, specification: str) -> None:
    parts = zip((date.year, date.month, date.day), (4, 2, 2), strict=True)
    assert str(date) == "-".join(f"{part:0{width}}" for part, width in parts if part is not None)
    assert format(date, specification) == format(str(date), specification)
    with pytest.raises(ValueError, match="Unknown format code 'd'"):
        format(date, "d")


@given(partial_dates(), partial_dates())
def test_the_order_of_dates_is_that_of_year_month_or_0_and_day_or_0(one: PartialDate, other: PartialDate) -> None:
    for second in (other, PartialDate(one.year, one.month), PartialDate(one.year)):
        key, of_second = ((date.year, date.month or 0, date.day or 0) for date in (one, second))
        assert (one < second, one <= second, one == second) == (key < of_second, key <= of_second, key == of_second)


@given(partial_dates(), st.dates())
def test_the_earliest_and_latest_day_are_those_that_the_date_may_mean(date: PartialDate, today: datetime.date) -> None:
    def means(day: datetime.date) -> bool:
        return PartialDate(day.year, date.month and day.month, date.day and day.day) == date

    assert date.earliest <= date.latest
    assert means(date.earliest)
    assert means(date.latest)
    for outside in (date.earliest.toordinal() - 1, date.latest.toordinal() + 1):
        assert not 1 <= outside <= datetime.date.max.toordinal() or not means(datetime.date.fromordinal(outside))
    assert PartialDate.of(today).earliest == PartialDate.of(today).latest == today


@pytest.mark.parametrize("day", [datetime.datetime(2025, 4, 9, tzinfo=datetime.UTC), "2025-04-09", None, 2025])
def test_only_a_date_is_the_day_of_a_partial_date(day: Any) -> None:
    with pytest.raises(TypeError, match=r"datetime\.date"):
        PartialDate.of(day)


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        *(((year,), "date year") for year in (0, 10000)),
        *(((2025, month), "date month") for month in (0, 13)),
        *((parts, "date day") for parts in ((2025, 2, 29), (2025, 4, 31), (2025, 4, 0), (1900, 2, 29), (2024, 2, 30))),
        *(((2025, None, day), "date day") for day in (9, 40)),
        *(((year,), "type year") for year in ("2025", None)),
        ((True, 4.0), "type year, type month"),
        ((0, 13, 40), "date year, date month, date day"),
        (("2025", 13, True), "type year, date month, type day"),
        ((0, None, 3), "date year, date day"),
        ((2025, "4", 0), "type month, date day"),
    ],
)
def test_all_that_is_wrong_with_a_date_is_said_at_once_at_its_parts(parts: tuple[Any, ...], wrong: str) -> None:
    assert [f"{code} {path[2:]}" for code, path in codes(PartialDate, *parts)] == wrong.split(", ")


def test_a_date_is_matched_by_position() -> None:
    match PartialDate(2025, 4):
        case PartialDate(year, month, None):
            assert (year, month) == (2025, 4)
        case _:
            pytest.fail("the pattern should match")
