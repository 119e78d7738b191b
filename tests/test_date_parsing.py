from __future__ import annotations

import datetime
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dateutil.parser
import pytest
from hypothesis import example, given, strategies as st

from geoclaims import PartialDate, ValidationError, from_dict

MONTHS = {
    1: ("January", "Jan", "Jan."),
    2: ("February", "Feb", "Feb."),
    3: ("March", "Mar", "Mar."),
    4: ("April", "Apr", "Apr."),
    5: ("May",),
    6: ("June", "Jun", "Jun."),
    7: ("July", "Jul", "Jul."),
    8: ("August", "Aug", "Aug."),
    9: ("September", "Sept", "Sept.", "Sep", "Sep."),
    10: ("October", "Oct", "Oct."),
    11: ("November", "Nov", "Nov."),
    12: ("December", "Dec", "Dec."),
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEDNESDAY = datetime.date(2025, 4, 9)

days = st.dates()
days_of_four_digit_years = st.dates(min_value=datetime.date(1000, 1, 1))
orders = st.fixed_dictionaries({"dayfirst": st.sampled_from([None, False, True])})
arguments = st.fixed_dictionaries({"dayfirst": st.sampled_from([None, False, True]), "relative_to": st.none() | days})
casings = st.sampled_from([str.title, str.upper, str.lower])
forms_of_a_day = st.sampled_from(
    [
        "{day} {month} {year}", "{day:02} {month} {year}", "{day} {month}, {year}", "{ordinal} {month} {year}",
        "{ordinal} of {month}, {year}", "{month} {day}, {year}", "{month} {day} {year}", "{month} {day:02} {year}",
        "{month} {ordinal}, {year}", "{month}  {day},   {year}", "{day}-{month}-{year}",
        "{weekday}, {month} {day}, {year}", "{weekday} {day} {month} {year}", "{weekday}, {ordinal} of {month} {year}",
        "{short_weekday} {month} {ordinal} {year}", "{short_weekday}., {day} {month} {year}",
    ]
)  # fmt: skip
times = st.sampled_from(
    [
        " 10:36", " 0:00", " 23:59:59", ", 10:36:28.578", " 10:36:28,5", " at 9:05", ", at 9:05 am", " 12:01:02 PM",
        " 9:05pm", " 12:00 a.m.", " 10:36Z", " 10:36 UTC", " at 11:59 p.m. GMT", " 23:30:00 +0000", " 23:30 -05:00",
        " 00:30+14",
    ]
)  # fmt: skip


def ordinal(number: int) -> str:
    suffix = "th" if number in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def written(form: str, day: datetime.date, month: str) -> str:
    weekday = WEEKDAYS[day.weekday()]
    return form.format(
        year=day.year, month=month, day=day.day, ordinal=ordinal(day.day), weekday=weekday, short_weekday=weekday[:3]
    )


@st.composite
def days_in_words(draw: st.DrawFn) -> tuple[datetime.date, str]:
    """A day and one of the ways to write it."""
    day = draw(days_of_four_digit_years)
    month = draw(casings)(draw(st.sampled_from(MONTHS[day.month])))
    return day, written(draw(forms_of_a_day), day, month)


def refusal(text: Any, **arguments: Any) -> str:
    """The message with which a text is refused, for nothing but being no date."""
    with pytest.raises(ValidationError) as caught:
        PartialDate.parse(text, **arguments)
    (issue,) = caught.value.issues
    assert (issue.code, issue.path) == ("date", ())
    return issue.message


def read(text: str, **arguments: Any) -> PartialDate | None:
    """What is read, or None where it is refused as no date."""
    try:
        return PartialDate.parse(text, **arguments)
    except ValidationError:
        refusal(text, **arguments)
        return None


def dates() -> st.SearchStrategy[PartialDate]:
    def cut(day: datetime.date, precision: int) -> PartialDate:
        return PartialDate(*(day.year, day.month, day.day)[:precision])

    return st.builds(cut, days, st.integers(1, 3))


# What is read


@given(dates(), arguments)
@example(PartialDate(1), {})
@example(PartialDate(25, 4), {"dayfirst": True})
@example(PartialDate(2025, 4, 5), {"dayfirst": True})
@example(PartialDate(9999, 12, 31), {})
def test_what_a_date_prints_is_read_back_whatever_the_arguments(date: PartialDate, arguments: dict[str, Any]) -> None:
    assert PartialDate.parse(str(date), **arguments) == date


@given(days_in_words(), st.just("") | times, arguments)
def test_a_day_in_words_is_read_whatever_its_form_the_time_and_the_arguments(
    day_in_words: tuple[datetime.date, str], time_of_day: str, arguments: dict[str, Any]
) -> None:
    day, text = day_in_words
    assert PartialDate.parse(text + time_of_day, **arguments) == PartialDate.of(day)


@given(days_of_four_digit_years, casings, arguments)
def test_a_month_and_a_year_are_read_and_no_day_is_added(
    day: datetime.date, casing: Callable[[str], str], arguments: dict[str, Any]
) -> None:
    for name in MONTHS[day.month]:
        for text in (f"{casing(name)} {day.year}", f"{casing(name)}, {day.year}"):
            assert PartialDate.parse(text, **arguments) == PartialDate(day.year, day.month)


@given(
    days,
    st.sampled_from(
        ["T10:36", "T00:00:00", "T23:59:59.123456789", "T10:36:28,5Z", "T23:30-05:00", "T00:30:00+1400", "T10:36+05"]
    )
    | times,
    orders,
)
def test_the_day_of_a_timestamp_is_the_one_it_names_in_whatever_zone(
    day: datetime.date, time_of_day: str, order: dict[str, Any]
) -> None:
    assert PartialDate.parse(f"{day}{time_of_day}", **order) == PartialDate.of(day)


@given(days_of_four_digit_years, st.sampled_from(["", " UTC", " +0000", " -0500"]), st.data())
def test_a_clock_may_stand_before_the_year(day: datetime.date, zone: str, data: st.DataObject) -> None:
    month = data.draw(st.sampled_from(MONTHS[day.month]))
    text = f"{WEEKDAYS[day.weekday()][:3]} {month} {day.day:2} 10:36:28{zone} {day.year}"
    assert PartialDate.parse(text) == PartialDate.of(day)


@given(
    st.dates(min_value=datetime.date(1600, 1, 1)),
    st.sampled_from(
        ["{0.year}/{0.month:02}/{0.day:02}", "{0.year}/{0.month}/{0.day}", "{0.year}-{0.month}-{0.day}",
         "{0.year}.{0.month:02}.{0.day:02}", "{0.year}{0.month:02}{0.day:02}"]
    ),
    st.just("") | times,
    arguments,
)  # fmt: skip
@example(datetime.date(2020, 2, 7), "{0.year}/{0.month:02}/{0.day:02}", "", {"dayfirst": True})
@example(datetime.date(2011, 10, 12), "{0.year}{0.month:02}{0.day:02}", "", {"dayfirst": True})
def test_numbers_with_the_year_first_have_one_meaning_whatever_the_arguments(
    day: datetime.date, form: str, time_of_day: str, arguments: dict[str, Any]
) -> None:
    assert PartialDate.parse(form.format(day) + time_of_day, **arguments) == PartialDate.of(day)


def test_eight_digits_that_could_end_in_a_year_are_refused() -> None:
    refusal("12251012")  # 12 October 1225, or Christmas 1012
    assert PartialDate.parse("16001231") == PartialDate(1600, 12, 31)
    assert PartialDate.parse("19991231") == PartialDate(1999, 12, 31)


@given(dates(), st.sampled_from(["in", "on", "In", "ON"]), arguments)
@example(PartialDate(2022), "in", {})
def test_a_month_or_a_year_may_stand_after_in_and_a_day_after_on(
    date: PartialDate, preposition: str, arguments: dict[str, Any]
) -> None:
    text = f"{preposition} {date}"
    if (preposition.lower() == "on") == (date.day is not None):
        assert PartialDate.parse(text, **arguments) == date
    else:
        assert refusal(text, **arguments).endswith("expected 'on' before a day, or 'in' before a month or a year")


@given(days_in_words(), st.just("") | times)
def test_on_may_stand_before_a_day_in_words(day_in_words: tuple[datetime.date, str], time_of_day: str) -> None:
    day, text = day_in_words
    assert PartialDate.parse(f"on {text}{time_of_day}") == PartialDate.of(day)
    refusal(f"in {text}{time_of_day}")
    refusal(f"on on {text}{time_of_day}")


def test_in_may_stand_before_a_month_in_words() -> None:
    assert PartialDate.parse("in April 2025") == PartialDate(2025, 4)
    refusal("on April 2025")


def test_on_may_stand_before_numbers_and_does_not_make_them_less_ambiguous() -> None:
    assert PartialDate.parse("on 2020/2/7") == PartialDate(2020, 2, 7)
    assert PartialDate.parse("on 04/05/2025", dayfirst=True) == PartialDate(2025, 5, 4)
    assert "2025-05-04 (day first)" in refusal("on 04/05/2025")


@given(days_in_words(), st.sampled_from(["{0.year}/{0.month}/{0.day}", "{0.year}{0.month:02}{0.day:02}", "on {0}"]))
def test_json_takes_none_of_these_forms(day_in_words: tuple[datetime.date, str], form: str) -> None:
    day, text = day_in_words
    for date in (text, form.format(day)):
        with pytest.raises(ValidationError) as caught:
            from_dict({"schema_version": "1.0", "id": "a", "published": date})
        assert [(issue.code, issue.json_path) for issue in caught.value.issues] == [("date", "$.published")]


# What has several meanings


def candidates(first: int, second: int, year: int) -> dict[bool, PartialDate]:
    """The dates that two numbers and a year may be, by whether the day is first."""
    possible = {}
    for dayfirst, month, day in ((False, first, second), (True, second, first)):
        try:
            possible[dayfirst] = PartialDate(year, month, day)
        except ValidationError:
            continue
    return possible


@given(
    st.integers(0, 32),
    st.integers(0, 32),
    st.integers(1000, 9999),
    st.sampled_from(["{}/{}/{}", "{:02}/{:02}/{}", "{}.{}.{}", "{:02}.{:02}.{}", "{}-{}-{}"]),
    st.just("") | times,
)
@example(4, 5, 2025, "{:02}/{:02}/{}", "")
@example(29, 2, 2024, "{:02}/{:02}/{}", "")
@example(31, 4, 2025, "{}.{}.{}", "")
def test_numbers_are_read_where_they_mean_one_day_and_otherwise_the_candidates_are_named(
    first: int, second: int, year: int, form: str, time_of_day: str
) -> None:
    text = form.format(first, second, year) + time_of_day
    possible = candidates(first, second, year)
    distinct = set(possible.values())
    if len(distinct) == 1:
        assert {PartialDate.parse(text)} == distinct
    else:
        message = refusal(text)
        assert all(str(date) in message for date in distinct)
    for dayfirst in (False, True):
        assert read(text, dayfirst=dayfirst) == possible.get(dayfirst)


def test_the_message_of_an_ambiguous_date_says_which_order_gives_which_date() -> None:
    assert refusal("04/05/2025") == (
        "found '04/05/2025', expected a date with one meaning, "
        "either 2025-04-05 (month first) or 2025-05-04 (day first)"
    )


@pytest.mark.parametrize(
    ("text", "dayfirst", "expected"), [("13/05/2025", False, "the month first"), ("05/13/2025", True, "the day first")]
)
def test_numbers_in_another_order_than_dayfirst_says_are_refused(text: str, *, dayfirst: bool, expected: str) -> None:
    assert f"expected {expected}, since dayfirst is {dayfirst}" in refusal(text, dayfirst=dayfirst)


@given(days_of_four_digit_years, forms_of_a_day.filter(lambda form: "weekday" in form), st.integers(1, 6), st.data())
def test_a_weekday_that_does_not_agree_is_refused_and_the_right_one_named(
    day: datetime.date, form: str, off: int, data: st.DataObject
) -> None:
    right = WEEKDAYS[day.weekday()]
    wrong = WEEKDAYS[(day.weekday() + off) % 7]
    month = data.draw(st.sampled_from(MONTHS[day.month]))
    text = written(form, day, month).replace(right, wrong).replace(right[:3], wrong[:3])
    assert refusal(text).endswith(f"expected {right}, the weekday of {day}")


# What is refused


REFUSED = (
    "", " ", "9", "90", "999", "20250", "20251304", "20250431", "2025/13/04", "2025/04/31", "2025/04-09", "2025/04",
    "2025/4", "0025/4/9", "2025/4/9/", "in", "in ", "on 2025", "in 9 April 2025", "at 9 April 2025", "in  in 2025",
    "on the 9th of April 2025", "202504", "20250409T103600", "1e3", "2025.0", "+2025", "-2025", "0000",
    "0000-01-01", "10000", "10000-01-01", "2025-00", "2025-13", "2025-04-00", "2025-02-29", "2025-W15-3",
    "2025-W15", "2025-099", "2025 04 09", "09 04 2025", "20/04-2025", "04/2025", "9/4/25", "9 April 25",
    "9 April '25", "9 April 0025", "April 0012", "31 April 2025", "29 February 2025", "0 April 2025",
    "32 April 2025", "9nd April 2025", "11st April 2025", "09th April 2025", "9 of April 2025",
    "the 9th of April 2025", "9 Avril 2025", "9 Aprils 2025", "9 May. 2025", "9 Apr.. 2025", "9 April", "April 9",
    "Wed April 2025", "Wednesday 2025", "Wed, 2025-04-09", "April of 2025", "2025 April 9", "9th of 4 2025",
    "9 April 2025 AD", "44 BC", "9 April 2025.", "9April2025", "09APR2025", "10:36", "10:36:28 UTC", "10 am",
    "10:36 on April 9, 2025", "2025-04 10:36", "April 2025 10:36", "2025T10:36", "2025-04-09T", "2025-04-09T10",
    "2025-04-09T9:36", "2025-04-09t10:36", "2025-04-09T10:36z", "2025-04-09T10:36 Z", "2025-04-09T10:60",
    "2025-04-09T24:00", "2025-04-09T25:00", "2025-04-09 23:59:60", "2025-04-09 10:36+15:00",
    "2025-04-09 10:36+14:01", "2025-04-09 10:36+05:60", "2025-04-09 10:36 EST", "2025-04-09 10:36 CEST",
    "2025-04-09 10:36 GMT+3", "2025-04-09 10:36 (UTC)", "2025-04-09 10:36 Europe/Berlin", "April 9, 2025 13:00 pm",
    "April 9, 2025 0:30 am", "April 9, 2025, 10 a.m.", "Wed Apr 9 10:36:28 EST 2025", "Apr 9 10:36 2025 10:36",
    "2025/2026", "2025-04-09/2025-04-10", "2025/..", "/2025", "2025?", "2025-04~", "2025-21", "2025-XX", "202X",
    "Y17E7", "[2024, 2025]", "spring 2025", "late April 2025", "April-May 2025", "9-10 April 2025", "2024-25",
    "1990s", "ca. 2025", " 2025-04-09", "2025-04-09 ", "9 April 2025\n", "9\tApril 2025", "9\nApril 2025",
    "9\u00a0April 2025", "9 April 2025\u200b", "9 April\x002025", "\u0662\u0660\u0662\u0665", "２０２５-０４-０９",
    "9 April ２０２５", "9 Au\u0261ust 2025", "wee\u212a ago", "9 Augu\u017ft 2025", "\ud800", "1." * 32, "9 " * 32,
)  # fmt: skip


@pytest.mark.parametrize("relative_to", [None, WEDNESDAY])
def test_what_is_not_certainly_a_date_is_refused(relative_to: datetime.date | None) -> None:
    assert [text for text in REFUSED if read(text, relative_to=relative_to)] == []


@pytest.mark.parametrize(
    "text",
    [
        *("2025", "2025-04", "2025-04-09", "2025-04-09T10:36:28.5+02:00", "2025/4/9", "20250409", "25/12/2025"),
        *("9 April 2025", "9th of April 2025", "April 9, 2025", "Wed, 09 Apr 2025 10:36:28 +0200", "9-Apr-2025"),
        *("April 9, 2025 at 10:36 p.m.", "Apr 9 10:36:28 2025", "April 2025", "21 days ago", "1 day ago"),
    ],
)
def test_a_digit_of_another_script_is_refused_wherever_it_stands(text: str) -> None:
    PartialDate.parse(text, relative_to=WEDNESDAY)
    for place, digit in enumerate(text):
        if digit.isdecimal():
            for zero in (0x660, 0x966, 0xFF10):
                refusal(f"{text[:place]}{chr(zero + int(digit))}{text[place + 1 :]}", relative_to=WEDNESDAY)


@pytest.mark.parametrize("text", ["9 April 2025".ljust(65), "1." * 500_000, "2025-04-09T10:36:28." + "1" * 45])
def test_more_than_64_characters_are_refused_and_the_message_stays_short(text: str) -> None:
    message = refusal(text)
    assert message.endswith("expected at most 64 characters")
    assert len(message) < 200


def test_64_characters_are_read() -> None:
    text = "9 April" + "2025".rjust(57)
    assert len(text) == 64
    assert PartialDate.parse(text) == PartialDate(2025, 4, 9)


words = st.sampled_from(
    "0 1 4 9 09 10 12 13 31 32 99 2025 0031 - / . , : + ~ 10:36 24:00 Z UTC EST am p.m. st th of at "  # noqa: SIM905
    "on in last this earlier ago a two days week months years today yesterday the day before "
    "May Sept. march Mon Tuesday, 9th 21st 2025-04 04/05/2025 13.05.2025 9-Apr-2025 2025/4/9 20250409".split()
)
texts = (
    st.text(alphabet="0123456789 -/.:,+TZapmWXY?~%'()\u0663\uff11\u00a0\n", max_size=64)
    | st.lists(words, max_size=10).map(" ".join)
    | st.text(max_size=70)
)


@given(texts, orders, st.none() | days)
def test_any_text_is_read_or_refused_and_a_date_without_a_phrase_stands_in_the_text(
    text: str, order: dict[str, Any], relative_to: datetime.date | None
) -> None:
    read(text, **order, relative_to=relative_to)
    date = read(text, **order)
    if date is not None:
        text = re.sub(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)", r"\1-\2-\3", text)  # eight digits are three parts
        assert f"{date.year:04}" in text
        assert date.month is None or re.search(f"{date.month}|{'|'.join(MONTHS[date.month])}", text, re.IGNORECASE)
        assert date.day is None or re.search(rf"(?<!\d)0?{date.day}(?!\d)", text)


class Text(str):
    """A string that is not exactly a string."""

    __slots__ = ()


class Day(datetime.date):
    """A day that is not exactly a `datetime.date`, as those of pandas are."""

    __slots__ = ()


@pytest.mark.parametrize("text", [None, 2025, 2025.0, True, b"2025", ["2025"], datetime.date(2025, 4, 9), Text("2025")])
def test_what_is_not_a_string_is_an_error_of_type(text: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        PartialDate.parse(text)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("type", ())]


@pytest.mark.parametrize("dayfirst", [0, 1, "yes", ()])
def test_a_dayfirst_that_is_not_true_false_or_none_is_an_error_of_type(dayfirst: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        PartialDate.parse("2025", dayfirst=dayfirst)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("type", ())]


@pytest.mark.parametrize(
    "relative_to",
    [Day(2025, 4, 9), datetime.datetime(2025, 4, 9), "2025-04-09", 2025],  # noqa: DTZ001 - it is refused
)
def test_what_is_not_exactly_a_day_to_count_from_is_an_error_of_type(relative_to: Any) -> None:
    for text in ("today", "2025"):
        with pytest.raises(ValidationError) as caught:
            PartialDate.parse(text, relative_to=relative_to)
        assert [(issue.code, issue.path) for issue in caught.value.issues] == [("type", ())]


# Phrases


def months_before(day: datetime.date, count: int) -> PartialDate:
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return PartialDate(year, month + 1)


late_enough = st.dates(min_value=datetime.date(30, 1, 1))
NUMBERS = (
    ("a", 1), ("one", 1), ("1", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7),
    ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12), ("2", 2), ("12", 12), ("29", 29),
)  # fmt: skip


@given(late_enough, casings)
def test_today_and_the_days_before_it_are_days(day: datetime.date, casing: Callable[[str], str]) -> None:
    for phrase, back in (("today", 0), ("yesterday", 1), ("day before yesterday", 2), ("the day before yesterday", 2)):
        expected = PartialDate.of(day - datetime.timedelta(days=back))
        assert PartialDate.parse(casing(phrase), relative_to=day) == expected


@pytest.mark.parametrize(("word", "count"), NUMBERS)
@given(late_enough, casings)
def test_a_number_of_units_ago_is_as_precise_as_a_day_a_month_or_a_year(
    word: str, count: int, day: datetime.date, casing: Callable[[str], str]
) -> None:
    s = "s" if count > 1 else ""

    def ago(unit: str) -> PartialDate:
        return PartialDate.parse(casing(f"{word} {unit}{s} ago"), relative_to=day)

    assert ago("day") == PartialDate.of(day - datetime.timedelta(days=count))
    assert ago("week") == PartialDate.of(day - datetime.timedelta(weeks=count))
    assert ago("month") == months_before(day, count)
    assert ago("year") == PartialDate(day.year - count)


@pytest.mark.parametrize("weekday", range(7))
@given(late_enough, st.sampled_from(["", "on "]), casings)
@example(WEDNESDAY, "on ", str.title)
def test_a_weekday_is_the_latest_strictly_before_and_that_of_the_day_itself_is_refused_with_both_meanings(
    weekday: int, day: datetime.date, preposition: str, casing: Callable[[str], str]
) -> None:
    for name in (WEEKDAYS[weekday], WEEKDAYS[weekday][:3]):
        text = casing(f"{preposition}{name}")
        if weekday == day.weekday():
            either = f"either {day} or {day - datetime.timedelta(days=7)}"
            assert refusal(text, relative_to=day).endswith(f"expected one date, {either}")
            continue
        date = PartialDate.parse(text, relative_to=day)
        assert date.day is not None
        assert date.earliest.weekday() == weekday
        assert 1 <= (day - date.earliest).days <= 6


@pytest.mark.parametrize("month", range(1, 13))
@given(late_enough, st.sampled_from(["", "in "]), casings)
@example(WEDNESDAY, "in ", str.title)
@example(datetime.date(1000, 1, 31), "", str.title)
def test_a_month_is_the_latest_strictly_before_and_that_of_the_day_itself_is_refused_with_both_meanings(
    month: int, day: datetime.date, preposition: str, casing: Callable[[str], str]
) -> None:
    for name in MONTHS[month]:
        text = casing(f"{preposition}{name}")
        if month == day.month:
            either = f"either {months_before(day, 0)} or {months_before(day, 12)}"
            assert refusal(text, relative_to=day).endswith(f"expected one date, {either}")
            continue
        date = PartialDate.parse(text, relative_to=day)
        assert (date.month, date.day) == (month, None)
        assert months_before(day, 11) <= date <= months_before(day, 1)


@given(days, st.sampled_from(["", "earlier "]), casings)
def test_this_month_and_this_year_are_a_month_and_a_year(
    day: datetime.date, earlier: str, casing: Callable[[str], str]
) -> None:
    assert PartialDate.parse(casing(f"{earlier}this month"), relative_to=day) == PartialDate(day.year, day.month)
    assert PartialDate.parse(casing(f"{earlier}this year"), relative_to=day) == PartialDate(day.year)


@given(late_enough, casings)
def test_last_month_and_last_year_are_the_month_and_the_year_before(
    day: datetime.date, casing: Callable[[str], str]
) -> None:
    assert PartialDate.parse(casing("last month"), relative_to=day) == months_before(day, 1)
    assert PartialDate.parse(casing("last year"), relative_to=day) == PartialDate(day.year - 1)


@pytest.mark.parametrize("text", ["yesterday", "two weeks ago", "on Monday", "Monday", "March", "last Tuesday"])
def test_a_phrase_needs_a_day_from_which_it_counts(text: str) -> None:
    assert refusal(text).endswith("expected a date; a phrase such as this counts from relative_to, which is not given")


def test_a_phrase_may_count_from_a_partial_date_of_a_full_day() -> None:
    assert PartialDate.parse("two weeks ago", relative_to=PartialDate(2025, 4, 9)) == PartialDate(2025, 3, 26)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("last Tuesday", "one date, either 2025-04-08 or 2025-04-01"),
        ("last Wednesday", "one date, either 2025-04-02 or 2025-03-26"),
        ("LAST MARCH", "one date, either 2025-03 or 2024-03"),
        ("last April", "one date, either 2024-04 or 2023-04"),
    ],
)
def test_last_with_a_weekday_or_month_is_ambiguous_and_both_dates_are_named(text: str, expected: str) -> None:
    assert refusal(text, relative_to=WEDNESDAY) == f"found {text!r}, expected {expected}"


NOT_ON_THE_LIST = (
    "tomorrow", "now", "tonight", "this morning", "next Monday", "this Monday", "on last Tuesday", "in Monday",
    "on March", "last week", "last day", "last two months", "this week", "earlier today", "on today",
    "in last month", "the last year", "on Mondays", "Monday morning", "late March", "days ago", "a few days ago",
    "0 days ago",
    "01 days ago", "-2 days ago", "2.5 days ago", "10000 days ago", "an week ago", "a weeks ago", "two week ago",
    "1 days ago", "thirteen days ago", "some weeks ago", "about two weeks ago", "two weeks", "in two weeks",
    "two weeks from now", "two hours ago", "a decade ago", "yesterday 10:36", "yesterday,", " yesterday",
    "the yesterday", "the day before", "on the 9th", "9 April", "two\u00a0weeks ago", "２ weeks ago",
)  # fmt: skip


def test_a_phrase_that_is_not_on_the_list_is_refused() -> None:
    assert [text for text in NOT_ON_THE_LIST if read(text, relative_to=WEDNESDAY)] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday", datetime.date(1, 1, 1)),
        ("the day before yesterday", datetime.date(1, 1, 2)),
        ("two weeks ago", datetime.date(1, 1, 14)),
        ("9999 months ago", datetime.date(100, 1, 1)),
        ("9999 years ago", datetime.date(9999, 12, 31)),
        ("last month", datetime.date(1, 1, 31)),
        ("last year", datetime.date(1, 12, 31)),
        ("on Monday", datetime.date(1, 1, 1)),
        ("in January", datetime.date(1, 1, 31)),
        ("last Monday", datetime.date(1, 1, 2)),
    ],
)
def test_a_phrase_for_a_date_before_the_year_1_is_refused(text: str, day: datetime.date) -> None:
    assert refusal(text, relative_to=day).endswith("expected a phrase for a date in the year 1 or later")


# What a refusal advises


@given(
    st.integers(1, 31),
    st.sampled_from([name for names in MONTHS.values() for name in names]),
    st.sampled_from(
        [
            *("{0} {1}", "{1} {0}", "{2} {1}", "{2} of {1}", "the {2} of {1}", "{1} {2}", "{0}-{1}", "Wed, {0} {1}"),
            "on {1} {0}",
        ]
    ),
    st.just("") | times,
    arguments,
)
def test_a_day_and_month_without_a_year_are_refused_with_the_advice_to_add_the_year(
    day: int, month: str, form: str, time_of_day: str, arguments: dict[str, Any]
) -> None:
    text = form.format(day, month, ordinal(day)) + time_of_day
    assert refusal(text, **arguments).endswith("expected a year too: add it, as in '9 April 2025'")


FORM = re.compile("'([^']+)'")


@pytest.mark.parametrize("arguments", [{}, {"dayfirst": True}, {"relative_to": WEDNESDAY}])
def test_a_refusal_lists_what_is_read_and_what_would_help(arguments: dict[str, Any]) -> None:
    either = ", also after 'in' or 'on'; or, relative to a known day, "
    forms, mark, phrases = refusal("soon", **arguments).partition(either)
    assert mark
    for text in FORM.findall(forms)[1:]:
        PartialDate.parse(text)
    for text in FORM.findall(phrases):
        PartialDate.parse(text, relative_to=WEDNESDAY)


# Independence of the day and the place


TEXTS = (
    "2025", "2025-04", "2025/4/9", "20250409", "in 2025", "April 2025",
    "9 April 2025", "13/05/2025", "9-Apr-2025", "Wed Apr  9 10:36:28 2025",
    "2025-04-09T23:30Z", "April", "9 April", "9 April 25", "9/4/25", "Wednesday", "10:36", "90", "today", "yesterday",
)  # fmt: skip


def readings(relative_to: datetime.date | None) -> list[PartialDate | None]:
    return [read(text, relative_to=relative_to) for text in TEXTS]


@pytest.mark.parametrize("relative_to", [None, WEDNESDAY])
@pytest.mark.parametrize("today", [datetime.datetime(1987, 6, 5), datetime.datetime(2093, 12, 31)])  # noqa: DTZ001
def test_the_same_text_is_the_same_date_on_another_day(
    today: datetime.datetime, relative_to: datetime.date | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = readings(relative_to)

    class OtherDay(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> OtherDay:
            return cls(today.year, today.month, today.day, tzinfo=tz)

    monkeypatch.setattr("datetime.datetime", OtherDay)
    monkeypatch.setattr("dateutil.parser._parser.DEFAULTPARSER.info._year", today.year)
    monkeypatch.setattr("dateutil.parser._parser.DEFAULTPARSER.info._century", today.year // 100 * 100)
    assert dateutil.parser.parse("10:36").date() == today.date()
    assert readings(relative_to) == before


@pytest.fixture
def eastern(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands in a zone whose names are EST and EDT."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of the process cannot be set here")
    monkeypatch.setenv("TZ", "EST5EDT")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("eastern")
def test_the_zone_of_the_machine_does_not_matter() -> None:
    assert time.tzname == ("EST", "EDT")
    refusal("2025-04-09 10:36 EST")
    assert PartialDate.parse("2025-04-09 23:30 +0000") == PartialDate(2025, 4, 9)


# Strings that other projects test with


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Any:
    return json.loads((shared / "corpora/dates/dates.json").read_text("utf-8"))


def test_of_the_strings_of_edtf_validate_none_is_read_as_they_are_intervals_or_invalid(corpus: Any) -> None:
    strings = [text for group in corpus["edtf_validate"].values() for text in group]
    assert len(strings) == 157
    for dayfirst in (None, False, True):
        assert [text for text in strings if read(text, dayfirst=dayfirst)] == []


def test_of_the_examples_of_python_edtf_those_without_doubt_or_extent_are_read_as_it_says(corpus: Any) -> None:
    count = 0
    for name, case in corpus["python_edtf_examples"]:
        text, expected = case if isinstance(case, list) else (case, [])
        date = read(text) if text is not None else None
        if date is None:
            continue
        count += 1
        match name:
            case "EXAMPLES":
                assert [str(date.earliest), str(date.latest)] in (expected, expected * 2)
            case "APPROXIMATE_UNCERTAIN_EXAMPLES":
                assert expected == [False, False, False]
            case _:
                assert name == "BENCHMARK_EXAMPLES"
    assert (count, len(corpus["python_edtf_examples"])) == (13, 144)


@pytest.mark.parametrize(("order", "expected"), [({}, 4), ({"dayfirst": False}, 5)])
def test_of_the_phrases_of_python_edtf_those_that_are_dates_are_read_as_it_says(
    corpus: Any, order: dict[str, Any], expected: int
) -> None:
    pairs = [(read(text, **order), edtf) for text, edtf in corpus["python_edtf_natlang"]]
    right = [str(date) == edtf for date, edtf in pairs if date]
    assert all(right)
    assert (len(right), len(pairs)) == (expected, 147)


@pytest.mark.parametrize("order", [{}, {"dayfirst": False}])
def test_of_the_strings_of_dateutil_those_with_one_meaning_are_read_as_it_says(
    corpus: Any, order: dict[str, Any]
) -> None:
    pairs = [(read(text, **order), iso) for text, iso in corpus["dateutil_parser_cases"]]
    right = [iso.startswith(str(date)) for date, iso in pairs if date]
    assert all(right)
    assert (len(right), len(pairs)) == (30, 104)
