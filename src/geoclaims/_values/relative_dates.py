"""Resolve phrases that name a date relative to a given day: a closed list in English, with weekdays and months."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from dateutil.relativedelta import relativedelta

from geoclaims._errors import invalid

if TYPE_CHECKING:
    import datetime

Parts = tuple[int, int | None, int | None]
"""Year, month and day of a date; None for a part that its text does not give."""

MONTH: Final = (
    r"(?i:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|jun(?:e|\.)?|jul(?:y|\.)?|aug(?:ust|\.)?"
    r"|sep(?:tember|t?\.?)|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
"""The pattern of a month's name: in full or as its first letters, in any case."""

WEEKDAY: Final = (
    r"(?i:mon(?:day|\.)?|tue(?:sday|\.)?|wed(?:nesday|\.)?|thu(?:rsday|\.)?|fri(?:day|\.)?|sat(?:urday|\.)?"
    r"|sun(?:day|\.)?)"
)
"""The pattern of a weekday's name: in full or as its first letters, in any case."""

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The weekdays in the order in which `datetime.date.weekday` counts them."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS: Final = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "year": relativedelta(years=1),
}
_UNIT: Final = "|".join(_UNITS)
_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MANY: Final = "|".join((*_NUMBERS, "[2-9]", r"[1-9]\d{1,3}"))

PHRASE: Final = re.compile(
    r"today|(?P<yesterday>yesterday)|(?P<eve>(?:the )?day before yesterday)"
    rf"|(?:(?:a|one|1) (?P<unit>{_UNIT})|(?P<many>{_MANY}) (?P<units>{_UNIT})s) ago"
    r"|last (?P<previous>month|year)|(?:earlier )?this (?P<this>month|year)"
    rf"|(?:(?P<last>last) |on (?={WEEKDAY})|in (?={MONTH}))?(?:(?P<weekday>{WEEKDAY})|(?P<month>{MONTH}))",
    re.ASCII | re.IGNORECASE,
)
"""The whole list, and "last" before a weekday or month, which has two meanings and is refused."""


def is_phrase(text: str) -> bool:
    """Report whether a text is one of these phrases.

    >>> is_phrase("two  weeks ago"), is_phrase("2025")
    (True, False)
    """
    return PHRASE.fullmatch(re.sub(" +", " ", text)) is not None


def weekday_number(name: str) -> int:
    """Return the number of a weekday; Monday is 0.

    >>> weekday_number("WED")
    2
    """
    return [weekday[:3] for weekday in WEEKDAYS].index(name[:3].title())


def month_number(name: str) -> int:
    """Return the number of a month; January is 1.

    >>> month_number("Sept.")
    9
    """
    return _MONTHS.index(name[:3].lower()) + 1


def resolve(phrase: re.Match[str], today: datetime.date) -> Parts:
    """Resolve a phrase that was written on a day; the result is as precise as the phrase.

    Raises:
        ValidationError: The phrase has two meanings, or means a date before the year 1 (`date`).
    """
    match {name: value.lower() for name, value in phrase.groupdict().items() if value}:
        case {"yesterday": _}:
            return _before(today, 1, "day", phrase)
        case {"eve": _}:
            return _before(today, 2, "day", phrase)
        case {"unit": unit} | {"previous": unit}:
            return _before(today, 1, unit, phrase)
        case {"many": many, "units": unit}:
            count = int(many) if many.isdecimal() else _NUMBERS.index(many) + 2
            return _before(today, count, unit, phrase)
        case {"this": unit}:
            return _as_precise_as(unit, today)
        case {"weekday": name}:
            return _latest(today, today.weekday() - weekday_number(name), "day", 7, phrase)
        case {"month": name}:
            return _latest(today, today.month - month_number(name), "month", 12, phrase)
        case _:
            return _as_precise_as("day", today)


def _latest(today: datetime.date, distance: int, unit: str, cycle: int, phrase: re.Match[str]) -> Parts:
    """Find the latest weekday or month with a name strictly before today; refuse a name with two readings.

    Args:
        today: The day on which the phrase was written.
        distance: The number of days or months from the named one to today, up to whole cycles.
        unit: What is counted, "day" or "month".
        cycle: The number of units after which the same name returns.
        phrase: The phrase.
    """
    back = distance % cycle or cycle
    latest = _before(today, back, unit, phrase)
    if phrase["last"]:  # some mean by "last Tuesday" the one just past, others that of the week before
        _refuse(latest, _before(today, back + cycle, unit, phrase), phrase)
    if back == cycle:  # "on Tuesday", written on a Tuesday: newspapers mean that day, others a week before
        _refuse(_as_precise_as(unit, today), latest, phrase)
    return latest


def _refuse(one: Parts, other: Parts, phrase: re.Match[str]) -> NoReturn:
    raise invalid("date", (), phrase.string, f"one date, either {_as_text(one)} or {_as_text(other)}")


def _as_text(parts: Parts) -> str:
    year, *rest = parts
    return f"{year:04}" + "".join(f"-{part:02}" for part in rest if part is not None)


def _before(today: datetime.date, count: int, unit: str, phrase: re.Match[str]) -> Parts:
    """Go back a number of units; the result is as precise as the unit."""
    try:
        return _as_precise_as(unit, today - _UNITS[unit] * count)
    except (OverflowError, ValueError):
        raise invalid("date", (), phrase.string, "a phrase for a date in the year 1 or later") from None


def _as_precise_as(unit: str, day: datetime.date) -> Parts:
    """Leave out the day if the unit is a month, and the month too if it is a year."""
    month = None if unit == "year" else day.month
    return day.year, month, day.day if unit in {"day", "week"} else None
