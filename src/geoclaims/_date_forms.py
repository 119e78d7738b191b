"""Read dates as people write them in English: the forms and phrases of `PartialDate.parse`, and its refusals.

The parser of dateutil takes missing parts from today, guesses the order of numbers and shifts years of two digits. So
its names of months and weekdays are used, and its arithmetic; what may be written with them is listed here.
"""

from __future__ import annotations

import datetime
import re
from functools import partial
from typing import Final

from dateutil.parser import parserinfo
from dateutil.relativedelta import relativedelta

from geoclaims._arguments import check_order_of_dates, check_text
from geoclaims._errors import ValidationError, invalid
from geoclaims._rules.rules import IN_DIGITS

Parts = tuple[int, ...]
"""The year of a date, its month and its day, as far as its text gives them."""

_MONTHS: Final = {name.lower(): number for number, names in enumerate(parserinfo.MONTHS, 1) for name in names}
_WEEKDAYS: Final = {name.lower(): number for number, names in enumerate(parserinfo.WEEKDAYS) for name in names}
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTHS)})\.?"
_WEEKDAY: Final = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})\.?"

# Forms

_YEAR: Final = r"(?P<year>[1-9]\d{3})"
_DAY: Final = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"

# Zones such as EST are refused, since each means several offsets, and so is 24:00, which begins the next day.
_CLOCK: Final = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?"
_ZONE: Final = r"(?:z|utc|gmt|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)"
_TIME: Final = rf"(?:(?:t(?=\d\d:)|,? (?:at )?){_CLOCK}(?: ?[ap]\.?m\.?)?(?: ?{_ZONE})?)?"

_BEFORE_DAY: Final = f"(?:on )?(?:{_WEEKDAY},? )?"
_FORMS: Final = [
    re.compile(form)
    for form in (
        r"(?:in )?(?P<year>\d{4})(?:-(?P<month>\d\d))?",
        rf"(?:in )?{_MONTH},? {_YEAR}",
        rf"{_BEFORE_DAY}(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?){_TIME}",
        # From the year 1600, since month, day and year run together begin with 1231 at most.
        rf"{_BEFORE_DAY}(?P<year>(?:1[6-9]|[2-9]\d)\d\d)(?P<month>\d\d)(?P<day>\d\d){_TIME}",
        rf"{_BEFORE_DAY}(?:the )?{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?{_TIME}",
        rf"{_BEFORE_DAY}{_MONTH} {_DAY}(?:,? {_YEAR})?{_TIME}",
        rf"{_BEFORE_DAY}{_MONTH} {_DAY} {_CLOCK}(?: {_ZONE})? {_YEAR}",
        rf"{_BEFORE_DAY}{_DAY}-{_MONTH}(?:-{_YEAR})?{_TIME}",
    )
]
_ORDERS: Final = [
    re.compile(rf"(?:on )?{numbers}(?P=mark){_YEAR}{_TIME}")
    for numbers in (
        r"(?P<month>\d\d?)(?P<mark>[-/.])(?P<day>\d\d?)",
        r"(?P<day>\d\d?)(?P<mark>[-/.])(?P<month>\d\d?)",
    )
]
"""The forms of numbers with the year last, by `dayfirst`."""

# Phrases

_FIXED: Final = {
    "today": (0, "day"),
    "yesterday": (1, "day"),
    "day before yesterday": (2, "day"),
    "the day before yesterday": (2, "day"),
    "this month": (0, "month"),
    "earlier this month": (0, "month"),
    "last month": (1, "month"),
    "this year": (0, "year"),
    "earlier this year": (0, "year"),
    "last year": (1, "year"),
}
_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_UNITS: Final = {
    "day": (relativedelta(days=1), 3),
    "week": (relativedelta(weeks=1), 3),
    "month": (relativedelta(months=1), 2),
    "year": (relativedelta(years=1), 1),
}
"""The length of each unit, and how many parts a date has that is so many units ago."""

_UNIT: Final = "|".join(_UNITS)
_PHRASE: Final = re.compile(
    rf"(?P<fixed>{'|'.join(_FIXED)})|(?:a|one|1) (?P<unit>{_UNIT}) ago"
    rf"|(?P<count>{'|'.join(_NUMBERS)}|[2-9]|[1-9]\d{{1,3}}) (?P<units>{_UNIT})s ago"
    rf"|(?:last |on )?{_WEEKDAY}|(?:last |in )?{_MONTH}"
)

# Reading

_LONGEST: Final = 64
_READ: Final = (
    f"a date: {IN_DIGITS} in any language; words in English only, such as '14 January 2026' or, relative to a known "
    "day, 'yesterday' or 'last month'"
)
_NO_KNOWN_DAY: Final = (
    "a date; such words count from a day that is not given: a full date as 'published' of a draft, or relative_to"
)


def parse(text: str, *, dayfirst: bool | None, relative_to: datetime.date | None, may_lie_ahead: bool = False) -> Parts:
    """Read a date; the other arguments and the errors are those of `PartialDate.parse`.

    With `may_lie_ahead`, a weekday or month alone is refused, since it may mean the one after `relative_to` as well.
    """
    check_text(text, "text")
    check_order_of_dates(dayfirst)
    if len(text) > _LONGEST:
        raise _refusal(text, f"at most {_LONGEST} characters")
    words = _words(text)
    if phrase := _PHRASE.fullmatch(words):
        if relative_to is None:
            raise _refusal(text, _NO_KNOWN_DAY)
        return _resolve(phrase, text, relative_to, may_lie_ahead=may_lie_ahead)
    forms = _match_forms(words)
    if not forms:
        raise _refusal(text, _READ)
    if forms[0]["year"] is None:
        raise _refusal(text, "a year too: add it, as in '9 April 2025'")
    order = ""
    if len(forms) > 1 and dayfirst is not None:
        forms = [forms[dayfirst]]
        order = f"; dayfirst is {dayfirst}"
    dates = dict.fromkeys(filter(None, map(_date_of, forms)))
    if not dates:
        raise _refusal(text, f"a date that exists, in the years 1 to 9999{order}")
    date, *others = dates
    if others:
        either = f"{_iso(date)} (month first) or {_iso(others[0])} (day first)"
        raise _refusal(text, f"a date with one meaning: write {either}, which need no dayfirst")
    if named := forms[0].groupdict().get("weekday"):
        weekday = datetime.date(*date).weekday()
        if weekday != _WEEKDAYS[named]:
            raise _refusal(text, f"{parserinfo.WEEKDAYS[weekday][1]}, the weekday of {_iso(date)}")
    return date


def _words(text: str) -> str:
    """Normalize case and spaces; return nothing for a text that is not ASCII, since no date is."""
    return re.sub(" +", " ", text).lower() if text.isascii() else ""


def _match_forms(words: str) -> list[re.Match[str]]:
    """Match words with their form; numbers with the year last have two, the month first and the day first."""
    for form in _FORMS:
        if match := form.fullmatch(words):
            return [match]
    return [match for order in _ORDERS if (match := order.fullmatch(words))]


def _date_of(form: re.Match[str]) -> Parts | None:
    """Read the date that a form means; None if there is no such date."""
    groups = form.groupdict()
    given = [part for name in ("year", "month", "day") if (part := groups.get(name))]
    date = tuple(_MONTHS.get(part) or int(part) for part in given)
    try:
        datetime.date(*(*date, 1, 1)[:3])
    except ValueError:
        return None
    return date


def _resolve(phrase: re.Match[str], text: str, today: datetime.date, *, may_lie_ahead: bool) -> Parts:
    """Count from the day on which a phrase was written; the result is as precise as the phrase."""
    distances = partial(_distances, is_last=phrase[0].startswith("last "), may_lie_ahead=may_lie_ahead)
    match {name: value for name, value in phrase.groupdict().items() if value}:
        case {"weekday": name}:
            counts, unit = distances((today.weekday() - _WEEKDAYS[name]) % 7, 7), "day"
        case {"month": name}:
            counts, unit = distances((today.month - _MONTHS[name]) % 12, 12), "month"
        case {"unit": unit}:
            counts = [1]
        case {"count": number, "units": unit}:
            counts = [int(number) if number.isdecimal() else _NUMBERS.index(number) + 2]
        case groups:
            count, unit = _FIXED[groups["fixed"]]
            counts = [count]
    length, precision = _UNITS[unit]
    try:
        days = [today - length * count for count in counts]
    except (OverflowError, ValueError):
        raise _refusal(text, "a phrase for a date in the years 1 to 9999") from None
    date, *others = [(day.year, day.month, day.day)[:precision] for day in days]
    if others:
        raise _refusal(text, f"the one that is meant, in digits: {' or '.join(map(_iso, (date, *others)))}")
    return date


def _distances(back: int, cycle: int, *, is_last: bool, may_lie_ahead: bool) -> list[int]:
    """List how many units before today a name may mean, the earliest first.

    Args:
        back: How many units ago it was the name of today, or 0 if it still is.
        cycle: After how many units the name returns.
        is_last: Whether "last" stands before the name.
        may_lie_ahead: Whether the name may mean the next one.
    """
    if is_last:  # some mean by "last Tuesday" the one just past, others that of the week before
        return [(back or cycle) + cycle, back or cycle]
    # "on Tuesday", written on a Tuesday: newspapers mean that day, others a week before
    before = [back] if back else [cycle, 0]
    return [*before, back - cycle] if may_lie_ahead else before


def _refusal(text: str, expected: str) -> ValidationError:
    return invalid("date", (), text, expected)


def _iso(date: Parts) -> str:
    return f"{date[0]:04}" + "".join(f"-{part:02}" for part in date[1:])
