from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from geoclaims import PartialDate, ValidationError

NAMES_OF_MONTHS = (
    *("January Jan Jan.", "February Feb", "March Mar", "April Apr.", "May", "June Jun", "July Jul", "August Aug"),
    *("September Sept. Sept Sep", "October Oct", "November Nov.", "December Dec"),
)
MONTHS = {number: names.split() for number, names in enumerate(NAMES_OF_MONTHS, 1)}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEDNESDAY = datetime.date(2025, 4, 9)
Written = tuple[datetime.date, str]

FORMS_OF_A_DAY = (
    *("{day} {month} {year}", "{day:02} {month} {year}", "{day} {month}, {year}", "{ordinal} {month} {year}"),
    *("{ordinal} of {month}, {year}", "the {ordinal} of {month} {year}", "{month} {day}, {year}"),
    *("{month} {day:02} {year}", "{month} {ordinal}, {year}", "{month}  {day},   {year}", "{day}-{month}-{year}"),
    *("{weekday}, {month} {day}, {year}", "{weekday} {day} {month} {year}", "{short}., {ordinal} of {month} {year}"),
    "on {weekday}, {month} {ordinal}, {year}",
)
FORMS_WITH_A_CLOCK = ("{short} {month} {day} 10:36:28 {year}", "{month} {day:02} 10:36:28 +0000 {year}")
FORMS_WITH_THE_YEAR_FIRST = (
    *("{year}-{number:02}-{day:02}", "{year}/{number:02}/{day:02}", "{year}/{number}/{day}", "{year}-{number}-{day}"),
    *("{year}.{number:02}.{day:02}", "{year}{number:02}{day:02}", "on {year}-{number}-{day}"),
)
TIMES = (
    *("", " 10:36", " 0:00", " 23:59:59", ", 10:36:28.578", " 10:36:28,5", " at 9:05", ", at 9:05 am", " 12:01:02 PM"),
    *(" 9:05pm", " 12:00 a.m.", " 10:36Z", " 10:36 UTC", " at 11:59 p.m. GMT", " 23:30:00 +0000", " 23:30 -05:00"),
    *("T10:36", "T23:59:59.123456789", "T10:36:28,5Z", "T23:30-05:00", "T00:30:00+1400", "T10:36+05"),
)
DATES_AND_WORDS = (
    "0 1 4 9 09 10 12 13 31 32 99 2025 0031 - / . , : + ~ 10:36 24:00 Z UTC EST am p.m. st th of at "  # noqa: SIM905
    "on in last this earlier ago a two days week months years today yesterday the day before "
    "May Sept. march Mon Tuesday, 9th 21st 2025-04 04/05/2025 13.05.2025 9-Apr-2025 2025/4/9 20250409".split()
)

days = st.dates()
orders = st.sampled_from([None, False, True])
times = st.sampled_from(TIMES)
arguments = st.fixed_dictionaries({"dayfirst": orders, "relative_to": st.none() | days})
casings = st.sampled_from([str.title, str.upper, str.lower])
texts = (
    st.text(alphabet="0123456789 -/.:,+TZapmWXY?~%'()\u0663\uff11\u00a0\n", max_size=64)
    | st.lists(st.sampled_from(DATES_AND_WORDS), max_size=10).map(" ".join)
    | st.text(max_size=70)
)


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(days)
    return PartialDate(*(day.year, day.month, day.day)[: draw(st.integers(1, 3))])


@st.composite
def days_in_words(
    draw: st.DrawFn, forms: tuple[str, ...] = FORMS_OF_A_DAY, since: int = 1000
) -> tuple[datetime.date, str]:
    """A day and one of the ways to write it."""
    day = draw(st.dates(min_value=datetime.date(since, 1, 1)))
    ending = "th" if day.day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    weekday, month = WEEKDAYS[day.weekday()], draw(st.sampled_from(MONTHS[day.month]))
    parts = {"year": day.year, "number": day.month, "month": month, "day": day.day, "ordinal": f"{day.day}{ending}"}
    text = draw(st.sampled_from(forms)).format(**parts, weekday=weekday, short=weekday[:3])
    return day, draw(casings)(text)


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


# What is read


@given(partial_dates(), arguments)
@example(PartialDate(1), {})
@example(PartialDate(25, 4), {"dayfirst": True})
@example(PartialDate(2025, 4, 5), {"dayfirst": True})
def test_what_a_date_prints_is_read_back_whatever_the_arguments(date: PartialDate, arguments: dict[str, Any]) -> None:
    assert PartialDate.parse(str(date), **arguments) == date


@given(
    st.tuples(days_in_words(), days_in_words(FORMS_WITH_THE_YEAR_FIRST, since=1600)),
    days_in_words(FORMS_WITH_A_CLOCK),
    days_in_words(("{month} {year}", "{month}, {year}", "in {month} {year}")),
    times,
    arguments,
)
def test_a_day_or_month_with_one_meaning_is_read_whatever_its_form_the_time_and_the_arguments(
    days: tuple[Written, Written], with_a_clock: Written, month: Written, time_of_day: str, arguments: Any
) -> None:
    for day, text in (*((day, text + time_of_day) for day, text in days), with_a_clock):
        assert PartialDate.parse(text, **arguments) == PartialDate.of(day)
    assert PartialDate.parse(month[1], **arguments) == PartialDate(month[0].year, month[0].month)


@given(partial_dates(), arguments)
@example(PartialDate(2022), {})
def test_in_may_stand_before_a_year_or_a_month_and_on_before_a_day(date: PartialDate, arguments: Any) -> None:
    right, wrong = ("on", "in") if date.day else ("in", "on")
    assert PartialDate.parse(f"{right} {date}", **arguments) == date
    refusal(f"{wrong} {date}", **arguments)


def test_64_characters_are_read_and_more_are_refused_with_a_short_message() -> None:
    assert PartialDate.parse("9 April" + "2025".rjust(57)) == PartialDate(2025, 4, 9)
    for text in ("9 April" + "2025".rjust(58), "1." * 500_000):
        message = refusal(text)
        assert " 64 " in message
        assert len(message) < 200


@given(texts, orders, st.none() | days)
def test_any_text_is_read_or_refused_and_a_date_without_a_phrase_stands_in_the_text(
    text: str, dayfirst: Any, relative_to: datetime.date | None
) -> None:
    read(text, dayfirst=dayfirst, relative_to=relative_to)
    date = read(text, dayfirst=dayfirst)
    if date is not None:
        text = re.sub(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)", r"\1-\2-\3", text)  # eight digits are three parts
        assert f"{date.year:04}" in text
        assert date.month is None or re.search(f"{date.month}|{'|'.join(MONTHS[date.month])}", text, re.IGNORECASE)
        assert date.day is None or re.search(rf"(?<!\d)0?{date.day}(?!\d)", text)


# What has several meanings


@given(
    st.integers(0, 32),
    st.integers(0, 32),
    st.integers(1000, 9999),
    st.sampled_from(["{}/{}/{}", "{:02}/{:02}/{}", "{}.{}.{}", "{:02}.{:02}.{}", "{}-{}-{}", "on {}/{}/{}"]),
    times,
)
@example(4, 5, 2025, "{:02}/{:02}/{}", "")
@example(29, 2, 2024, "{:02}/{:02}/{}", "")
@example(31, 4, 2025, "{}.{}.{}", "")
def test_numbers_are_read_where_they_mean_one_day_and_otherwise_the_candidates_are_named(
    first: int, second: int, year: int, form: str, time_of_day: str
) -> None:
    text = form.format(first, second, year) + time_of_day
    possible = {}
    for dayfirst, month, day in ((False, first, second), (True, second, first)):
        try:
            possible[dayfirst] = PartialDate(year, month, day)
        except ValidationError:
            assert f"dayfirst is {dayfirst}" in refusal(text, dayfirst=dayfirst)
        else:
            assert PartialDate.parse(text, dayfirst=dayfirst) == possible[dayfirst]
    if len(set(possible.values())) == 1:
        assert PartialDate.parse(text) in possible.values()
    else:
        message = refusal(text)
        named = [f"{date} ({'day' if order else 'month'} first)" for order, date in possible.items()]
        assert [each for each in named if each not in message] == []


@given(days_in_words(tuple(form for form in FORMS_OF_A_DAY if "weekday" in form)), st.integers(1, 6))
@example((datetime.date(2025, 5, 4), "Sunday, 2025-05-04"), 1)
def test_a_weekday_that_does_not_agree_is_refused_and_the_right_one_named(day_in_words: Written, off: int) -> None:
    day, text = day_in_words
    right, wrong = WEEKDAYS[day.weekday()], WEEKDAYS[(day.weekday() + off) % 7]
    assert PartialDate.parse(text) == PartialDate.of(day)
    assert f"{right}, the weekday of {day}" in refusal(re.sub(right, wrong, text, flags=re.IGNORECASE))


# What is refused


REFUSED = (
    # incomplete, or not of four digits
    *("", " ", "9", "999", "20250", "202504", "1e3", "2025.0", "+2025", "10000", "2025/04", "2025/4"),
    # in eight digits that could end in a year
    "12251012",
    *("04/2025", "9/4/25", "9 April 25", "9 April '25", "9 April 0025", "9/4/0025", "10:36", "10:36:28 UTC", "10 am"),
    # not in the calendar
    *("0000", "0000-01-01", "2025-00", "2025-13", "2025-04-00", "2025-02-29", "20251304", "20250431", "2025/13/04"),
    *("31 April 2025", "29 February 2025", "0 April 2025", "32 April 2025"),
    # another notation
    *("2025-W15-3", "2025-099", "2025-21", "2025?", "202X", "Y17E7", "[2024, 2025]", "2025/2026", "2025/..", "1990s"),
    *("spring 2025", "late April 2025", "9-10 April 2025", "ca. 2025", "44 BC", "9 April 2025 AD", "9 Avril 2025"),
    # other marks, spaces and order
    *("2025/04-09", "20/04-2025", "2025 04 09", "2025 April 9", "9April2025", "9 Apr.. 2025", "Wednesday 2025", "in"),
    # with a weekday that would have to decide
    *("Tuesday, 13/05/2025", "Saturday, 04/05/2025"),
    *(" 2025-04-09", "2025-04-09 ", "9 April 2025\n", "9\tApril 2025", "9\u00a0April 2025", "9 April 2025\u200b"),
    *("9 April\x002025", "\ud800", "at 9 April 2025", "on on 9 April 2025", "on April 2025", "in 9 April 2025"),
    # times that do not exist, have no day, or are in a zone of several meanings
    *("2025-04 10:36", "April 2025 10:36", "2025-04-09T", "2025-04-09T10", "2025-04-09T9:36", "2025-04-09T10:60"),
    *("2025-04-09T24:00", "2025-04-09T25:00", "2025-04-09 23:59:60", "2025-04-09 10:36+15:00", "2025-04-09 10:36 EST"),
    *("2025-04-09 10:36 GMT+3", "2025-04-09 10:36 Europe/Berlin", "10:36 on April 9, 2025", "20250409T103600"),
)


@pytest.mark.parametrize("relative_to", [None, WEDNESDAY])
def test_what_is_not_certainly_a_date_is_refused(relative_to: datetime.date | None) -> None:
    assert [text for text in REFUSED if read(text, relative_to=relative_to)] == []


@pytest.mark.parametrize(
    "text", ["2025-04-09T10:36:28.5+02:00", "20250409", "25/12/2025", "9 August 2025", "21 weeks ago"]
)
def test_a_digit_or_letter_of_another_script_is_refused_wherever_it_stands(text: str) -> None:
    PartialDate.parse(text, relative_to=WEDNESDAY)
    others = {"k": "\u212a", "s": "\u017f"} | {str(digit): chr(0xFF10 + digit) for digit in range(10)}
    for place, character in enumerate(text):
        if character in others:
            refusal(f"{text[:place]}{others[character]}{text[place + 1 :]}", relative_to=WEDNESDAY)


WITHOUT_YEAR = (
    *("{day} {month}", "{month} {day}", "{ordinal} {month}", "the {ordinal} of {month}", "{day}-{month}"),
    *("{weekday}, {day} {month}", "on {month} {day}", "on {ordinal} {month}"),
)


@given(days_in_words(WITHOUT_YEAR), times, arguments)
def test_a_day_and_month_without_a_year_are_refused_with_the_advice_to_add_the_year(
    day_in_words: Written, time_of_day: str, arguments: dict[str, Any]
) -> None:
    assert " year " in refusal(day_in_words[1] + time_of_day, **arguments)


@pytest.mark.parametrize("text", ["am Montag", "2026年1月5日", "5 января 2026", "２０２６-０１-０５"])
def test_a_refusal_says_in_short_which_forms_and_phrases_are_read(text: str) -> None:
    message = refusal(text)
    forms, _, phrases = message.partition(", expected ")[2].partition("relative to a known day")
    for said, relative_to in ((forms, None), (phrases, WEDNESDAY)):
        found = ["".join(form) for form in re.findall(r"'([^']+)'|(\d{4}[\d-]*)", said)]
        assert len({len(str(PartialDate.parse(form, relative_to=relative_to))) for form in found}) > 1
    assert len(message) < 220


# A string that is not exactly a string, and a day that is not exactly a `datetime.date`, as those of pandas.
TEXT, DAY = type("Text", (str,), {})("2025"), type("Day", (datetime.date,), {})(2025, 4, 9)


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        *((text, {}) for text in (None, 2025, True, b"2025", ["2025"], WEDNESDAY, TEXT)),
        *(("2025", {"dayfirst": dayfirst}) for dayfirst in (0, 1, "yes", ())),
        *(("2025", {"relative_to": day}) for day in (DAY, "2025-04-09", 2025)),
        ("today", {"relative_to": datetime.datetime(2025, 4, 9)}),  # noqa: DTZ001 - it is refused
    ],
)
def test_an_argument_of_another_type_is_a_type_error(text: Any, arguments: Any) -> None:
    with pytest.raises(TypeError, match=r"text|dayfirst|relative_to"):
        PartialDate.parse(text, **arguments)


# Phrases


def months_before(day: datetime.date, count: int) -> PartialDate:
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return PartialDate(year, month + 1)


late_enough = st.dates(min_value=datetime.date(30, 1, 1))
NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
COUNTS = [("a", 1), *((word, count) for count, word in enumerate(NUMBERS, 1)), *((str(n), n) for n in (1, 2, 12, 29))]


@given(late_enough, st.sampled_from(COUNTS), casings)
def test_a_phrase_is_as_precise_as_a_day_a_month_or_a_year(
    day: datetime.date, number: tuple[str, int], casing: Callable[[str], str]
) -> None:
    def before(days: int) -> PartialDate:
        return PartialDate.of(day - datetime.timedelta(days))

    word, count = number
    expected = {
        "today": before(0),
        "yesterday": before(1),
        "last month": months_before(day, 1),
        "last year": PartialDate(day.year - 1),
        **dict.fromkeys(("day before yesterday", "the day before yesterday"), before(2)),
        **dict.fromkeys(("this month", "earlier this month"), PartialDate(day.year, day.month)),
        **dict.fromkeys(("this year", "earlier this year"), PartialDate(day.year)),
    }
    ago = {"day": before(count), "week": before(7 * count)}
    ago |= {"month": months_before(day, count), "year": PartialDate(day.year - count)}
    for unit, date in ago.items():
        right, wrong = (f"{unit}s", unit) if count > 1 else (unit, f"{unit}s")
        expected[f"{word} {right} ago"] = date
        refusal(f"{word} {wrong} ago", relative_to=day)
    assert {text: PartialDate.parse(casing(text), relative_to=day) for text in expected} == expected


NAMES = [
    *((f"on {name}", f"last {name}", name) for weekday in WEEKDAYS for name in (weekday, weekday[:3])),
    *((f"in {name}", f"last {name}", name) for names in MONTHS.values() for name in names),
]


def dates_named(name: str, day: datetime.date) -> list[PartialDate]:
    """The latest days or months of a name, from that of a day on; three if it has the name itself, else two."""
    if name[:3] in {weekday[:3] for weekday in WEEKDAYS}:
        back = [day - datetime.timedelta(days=count) for count in range(15)]
        return [PartialDate.of(one) for one in back if WEEKDAYS[one.weekday()].startswith(name[:3])]
    return [one for count in range(25) if name in MONTHS[(one := months_before(day, count)).month or 0]]


@given(late_enough, st.sampled_from(NAMES), casings)
@example(WEDNESDAY, ("on Wednesday", "last Wednesday", "Wednesday"), str.title)
@example(WEDNESDAY, ("in April", "last April", "April"), str.title)
@example(datetime.date(1000, 1, 31), ("in January", "last January", "January"), str.title)
def test_a_weekday_or_month_is_the_latest_strictly_before_and_that_of_the_day_itself_is_refused_with_both_meanings(
    day: datetime.date, phrases: tuple[str, str, str], casing: Callable[[str], str]
) -> None:
    with_preposition, with_last, name = phrases
    *same, past, before = dates_named(name, day)
    for text in (casing(with_preposition), casing(name)):
        if same:
            assert refusal(text, relative_to=day).endswith(f"in digits: {past} or {same[0]}")
        else:
            assert PartialDate.parse(text, relative_to=day) == past
    assert refusal(casing(with_last), relative_to=day).endswith(f"in digits: {before} or {past}")


@pytest.mark.parametrize("text", ["yesterday", "two weeks ago", "on Monday", "Monday", "March", "last Tuesday"])
def test_a_phrase_needs_a_full_day_from_which_it_counts(text: str) -> None:
    assert "relative_to" in refusal(text)
    refusal(text, relative_to=PartialDate(2025, 4))
    full = PartialDate(2025, 4, 9)
    assert read(text, relative_to=full) == read(text, relative_to=WEDNESDAY)


NOT_ON_THE_LIST = (
    *("tomorrow", "now", "tonight", "this morning", "next Monday", "this Monday", "on last Tuesday", "in Monday"),
    *("on March", "last week", "last day", "last two months", "this week", "earlier today", "on today", "late March"),
    *("Monday morning", "days ago", "a few days ago", "0 days ago", "01 days ago", "-2 days ago", "2.5 days ago"),
    *("10000 days ago", "an week ago", "thirteen days ago", "about two weeks ago", "in two weeks", "two hours ago"),
    *("yesterday 10:36", "yesterday,", " yesterday", "the yesterday", "on the 9th", "two\u00a0weeks ago", "2 weeks"),
)


def test_a_phrase_that_is_not_on_the_list_is_refused() -> None:
    assert [text for text in NOT_ON_THE_LIST if read(text, relative_to=WEDNESDAY)] == []


@pytest.mark.parametrize(
    "text",
    ["yesterday", "9999 days ago", "9999 months ago", "9999 years ago", "last year", "on Sunday", "last January"],
)
def test_a_phrase_for_a_date_before_the_year_1_is_refused(text: str) -> None:
    assert "the years 1 to 9999" in refusal(text, relative_to=datetime.date(1, 1, 1))
