"""Phrases that name a date by its distance from a given day: a closed list, in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta

from geoclaims._issues import invalid
from geoclaims._values.date_words import MONTH, WEEKDAY, Parts, month_number, weekday_number

if TYPE_CHECKING:
    import datetime

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
    rf"|(?:(?P<last>last) |on (?={WEEKDAY})|in (?={MONTH}))?(?:(?P<weekday>{WEEKDAY})|(?P<month>{MONTH}))"
    r"|(?:earlier )?this (?P<this>month|year)",
    re.ASCII | re.IGNORECASE,
)
"""The whole list, and beside it "last" with a weekday or month, which has two meanings and is refused."""


def resolve(phrase: re.Match[str], today: datetime.date) -> Parts:
    """The year, month and day that a phrase means on a day, as far as the phrase is precise.

    Raises:
        ValidationError: The phrase has two meanings, or means a date before the year 1 (`date`).
    """
    match {name: value.lower() for name, value in phrase.groupdict().items() if value}:
        case {"yesterday": _}:
            return _parts(_before(today, _UNITS["day"], phrase), "day")
        case {"eve": _}:
            return _parts(_before(today, _UNITS["day"] * 2, phrase), "day")
        case {"unit": unit}:
            return _parts(_before(today, _UNITS[unit], phrase), unit)
        case {"many": many, "units": unit}:
            count = int(many) if many.isdecimal() else _NUMBERS.index(many) + 2
            return _parts(_before(today, _UNITS[unit] * count, phrase), unit)
        case {"weekday": name}:
            # One to seven days back: a day is not before itself, nor is the month of the day below.
            back = (today.weekday() - weekday_number(name) - 1) % 7 + 1
            return _latest(_before(today, _UNITS["day"] * back, phrase), "week", "day", phrase)
        case {"month": name}:
            back = (today.month - month_number(name) - 1) % 12 + 1
            return _latest(_before(today, _UNITS["month"] * back, phrase), "year", "month", phrase)
        case {"this": unit}:
            return _parts(today, unit)
        case _:
            return _parts(today, "day")


def _latest(latest: datetime.date, cycle: str, precision: str, phrase: re.Match[str]) -> Parts:
    """The latest weekday or month of a name, unless the phrase may mean the one before it."""
    if phrase["last"]:
        either, other = (
            "-".join(f"{part:02}" for part in _parts(day, precision) if part is not None)
            for day in (latest, _before(latest, _UNITS[cycle], phrase))
        )
        raise invalid("date", (), phrase.string, f"one date, either {either} or {other}")
    return _parts(latest, precision)


def _before(day: datetime.date, distance: relativedelta, phrase: re.Match[str]) -> datetime.date:
    try:
        return day - distance
    except (OverflowError, ValueError):
        raise invalid("date", (), phrase.string, "a phrase for a date in the year 1 or later") from None


def _parts(day: datetime.date, precision: str) -> Parts:
    month = None if precision == "year" else day.month
    return day.year, month, day.day if precision in {"day", "week"} else None
