from __future__ import annotations

import copy
import datetime
import pickle
from typing import Any

import pytest
from hypothesis import given, strategies as st

from geoclaims import PartialDate, Quantity, ValidationError

dates = st.dates().map(PartialDate.of)
partial_dates = st.one_of(
    dates,
    dates.map(lambda date: PartialDate(date.year, date.month)),
    dates.map(lambda date: PartialDate(date.year)),
)


def codes(function: Any, *arguments: Any, **keywords: Any) -> list[tuple[str, str]]:
    """The codes and places of all that is wrong with a call."""
    with pytest.raises(ValidationError) as caught:
        function(*arguments, **keywords)
    return [(issue.code, issue.json_path) for issue in caught.value.issues]


# Quantity


@pytest.mark.parametrize(
    ("keywords", "text"),
    [
        ({"minimum": 155}, "at least 155 x"),
        ({"maximum": 6}, "at most 6 x"),
        ({"minimum": 3, "maximum": 6}, "3 to 6 x"),
        ({"minimum": 6, "maximum": 6}, "6 x"),
        ({"minimum": 40, "maximum": 40, "approximate": True}, "about 40 x"),
        ({"minimum": 40, "approximate": True}, "at least about 40 x"),
        ({"maximum": 40, "approximate": True}, "at most about 40 x"),
        ({"minimum": 30, "maximum": 40, "approximate": True}, "about 30 to 40 x"),
        ({"minimum": 0}, "at least 0 x"),
        ({"maximum": 0}, "at most 0 x"),
        ({"minimum": 0, "maximum": 0}, "0 x"),
        ({"minimum": 13_000, "maximum": 13_000, "approximate": True}, "about 13,000 x"),
        ({"minimum": 1000, "maximum": 2_000_000}, "1,000 to 2,000,000 x"),
        ({"minimum": 1000}, "at least 1,000 x"),
        ({"maximum": 1000}, "at most 1,000 x"),
    ],
)
def test_a_quantity_as_text_says_its_bounds(keywords: dict[str, Any], text: str) -> None:
    assert str(Quantity(**keywords, unit="x")) == text


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_a_minimum_is_never_above_the_maximum(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert Quantity(minimum=low, maximum=high, unit="x").maximum == high
    if low != high:
        assert codes(Quantity, minimum=high, maximum=low, unit="x") == [("range", "$")]


@given(st.one_of(st.integers(max_value=-1), st.integers(min_value=2**63)))
def test_a_bound_lies_from_zero_to_the_largest_64_bit_number(number: int) -> None:
    assert codes(Quantity, minimum=number, unit="x") == [("range", "$.minimum")]


def test_a_quantity_without_a_bound_lacks_one() -> None:
    assert codes(Quantity, unit="x") == [("missing", "$")]


@pytest.mark.parametrize("bound", ["3", 3.0, True, b"3", (3,)])
def test_a_bound_is_a_whole_number_and_nothing_that_looks_like_one(bound: object) -> None:
    assert codes(Quantity, minimum=bound, unit="x") == [("type", "$.minimum")]


def test_all_that_is_wrong_with_a_quantity_is_told_at_once() -> None:
    wrong = {"minimum": -1, "maximum": "3", "unit": " ", "approximate": 1}
    found = [("range", "$.minimum"), ("type", "$.maximum"), ("empty", "$.unit"), ("type", "$.approximate")]
    assert codes(Quantity, **wrong) == found


# PartialDate


@given(partial_dates)
def test_a_date_as_text_is_iso_8601(date: PartialDate) -> None:
    parts = [date.year, date.month, date.day]
    widths = [4, 2, 2]
    assert str(date) == "-".join(f"{p:0{w}}" for p, w in zip(parts, widths, strict=True) if p is not None)


@given(partial_dates, st.sampled_from(["", ">12", "*^20", "s", ".4"]))
def test_a_date_is_formatted_as_its_text(date: PartialDate, specification: str) -> None:
    assert format(date, specification) == format(str(date), specification)


def test_a_date_is_not_formatted_as_a_number() -> None:
    with pytest.raises(ValueError, match="Unknown format code 'd'"):
        format(PartialDate(2025), "d")


@given(partial_dates, partial_dates)
def test_the_order_of_dates_is_that_of_year_month_or_0_and_day_or_0(one: PartialDate, other: PartialDate) -> None:
    def key(date: PartialDate) -> tuple[int, int, int]:
        return date.year, date.month or 0, date.day or 0

    assert (one < other) == (key(one) < key(other))
    assert (one <= other) == (key(one) <= key(other))
    assert (one == other) == (key(one) == key(other))


@given(partial_dates)
def test_the_earliest_and_latest_day_are_those_that_the_date_may_mean(date: PartialDate) -> None:
    assert date.earliest <= date.latest
    for day in (date.earliest, date.latest):
        assert (day.year, date.month or day.month, date.day or day.day) == (day.year, day.month, day.day)
        assert day.year == date.year
    for outside in (date.earliest.toordinal() - 1, date.latest.toordinal() + 1):
        if 1 <= outside <= datetime.date.max.toordinal():
            day = datetime.date.fromordinal(outside)
            parts = (day.year, day.month if date.month else None, day.day if date.day else None)
            assert PartialDate(*parts) != date


@given(st.dates())
def test_the_partial_date_of_a_day_is_that_day(day: datetime.date) -> None:
    assert PartialDate.of(day).earliest == PartialDate.of(day).latest == day


@given(st.integers(0, 2**63 - 1), st.booleans())
def test_a_quantity_of_a_number_has_both_bounds_at_it(number: int, approximate: bool) -> None:  # noqa: FBT001
    quantity = Quantity.of(number, "ships", approximate=approximate)
    assert quantity == Quantity(minimum=number, maximum=number, unit="ships", approximate=approximate)


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        (-1, "x", [("range", "$.minimum")]),
        ("6", "", [("type", "$.minimum"), ("empty", "$.unit")]),
        (None, "x", [("missing", "$")]),
    ],
)
def test_a_number_that_is_wrong_is_one_issue(number: Any, unit: str, expected: list[tuple[str, str]]) -> None:
    assert codes(Quantity.of, number, unit) == expected


@pytest.mark.parametrize("day", [datetime.datetime(2025, 4, 9, tzinfo=datetime.UTC), "2025-04-09", None, 2025])
def test_only_a_date_is_the_day_of_a_partial_date(day: Any) -> None:
    with pytest.raises(TypeError, match=r"expected a datetime\.date"):
        PartialDate.of(day)


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ((0,), "$.year"),
        ((10000,), "$.year"),
        ((2025, 0), "$.month"),
        ((2025, 13), "$.month"),
        ((2025, 2, 29), "$.day"),
        ((2025, 4, 31), "$.day"),
        ((2025, 4, 0), "$.day"),
        ((2025, None, 9), "$.day"),
    ],
)
def test_a_date_that_does_not_exist_is_refused_at_its_part(arguments: tuple[Any, ...], place: str) -> None:
    assert codes(PartialDate, *arguments) == [("date", place)]


@pytest.mark.parametrize(
    ("arguments", "places"),
    [
        (("2025",), ["$.year"]),
        ((None,), ["$.year"]),
        ((True, 4.0), ["$.year", "$.month"]),
        ((2025, "4", "9"), ["$.month", "$.day"]),
    ],
)
def test_the_parts_of_a_date_are_whole_numbers(arguments: tuple[Any, ...], places: list[str]) -> None:
    assert codes(PartialDate, *arguments) == [("type", place) for place in places]


def test_a_leap_day_is_a_day_of_leap_years() -> None:
    assert PartialDate(2024, 2, 29).latest == datetime.date(2024, 2, 29)
    assert PartialDate(2000, 2).latest == datetime.date(2000, 2, 29)
    assert PartialDate(1900, 2).latest == datetime.date(1900, 2, 28)


def test_a_date_is_matched_by_position() -> None:
    match PartialDate(2025, 4):
        case PartialDate(year, month, None):
            assert (year, month) == (2025, 4)
        case _:
            pytest.fail("the pattern should match")


def test_the_repr_of_a_date_makes_it_again() -> None:
    for date in (PartialDate(2025), PartialDate(2025, 4), PartialDate(2025, 4, 9)):
        assert eval(repr(date)) == date  # noqa: S307 - the repr is ours


def test_relative_to_takes_a_whole_partial_date_and_no_datetime() -> None:
    assert PartialDate.parse("yesterday", relative_to=PartialDate(2025, 4, 9)) == PartialDate(2025, 4, 8)
    assert codes(PartialDate.parse, "yesterday", relative_to=PartialDate(2025, 4)) == [("date", "$")]
    moment: Any = datetime.datetime(2025, 4, 9, tzinfo=datetime.UTC)
    with pytest.raises(TypeError, match="as relative_to"):
        PartialDate.parse("yesterday", relative_to=moment)


@given(partial_dates)
def test_dates_are_hashable_picklable_and_copyable(date: PartialDate) -> None:
    for twin in (pickle.loads(pickle.dumps(date)), copy.copy(date), copy.deepcopy(date)):  # noqa: S301 - our own bytes
        assert twin == date
        assert hash(twin) == hash(date)
