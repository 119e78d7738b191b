"""Dates as people write them in English: what `PartialDate.parse` reads, and what it refuses.

dateutil alone reads nearly anything: it takes missing parts from today, guesses the order of numbers, moves years of
two digits and looks up the zones of the machine. Here it is given only dates of a form that has one meaning, and never
a time: times are matched and dropped.
"""

from __future__ import annotations

import datetime
import re
from typing import Final

from dateutil import parser

from geoclaims._issues import invalid
from geoclaims._values import relative_dates
from geoclaims._values.date_words import MONTH, WEEKDAY, WEEKDAYS, Parts, weekday_number

_LONGEST: Final = 64
_A_DATE: Final = "a date in English with a year of four digits, as '9 April 2025', 'April 2025' or '2025-04-09'"
_THAT_EXISTS: Final = "a date that exists, in the years 1 to 9999"

_YEAR: Final = r"[1-9]\d{3}"
_NUMBER: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL: Final = r"(?:[23]?1st|2?2nd|2?3rd|(?:[4-9]|1\d|2[04-9]|30)th)"

# A name such as EST stands for several offsets; 24:00 is the end of one day and the beginning of the next.
_ZONE: Final = r"(?:Z|UTC|GMT|[+-](?:(?:0\d|1[0-3])(?::?[0-5]\d)?|14(?::?00)?))"
_MINUTES: Final = r":[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?"
_ISO_TIME: Final = rf"(?:[01]\d|2[0-3]){_MINUTES}{_ZONE}?"
_CLOCK: Final = rf"(?:\d|[01]\d|2[0-3]){_MINUTES}"
_HALF_DAY_CLOCK: Final = rf"(?:0?[1-9]|1[0-2]){_MINUTES} ?(?i:[ap]m|[ap]\.m\.)"
_TIME: Final = rf"(?:,? (?:at )?(?:{_HALF_DAY_CLOCK}|{_CLOCK})(?: ?{_ZONE})?)?"

_ISO: Final = re.compile(
    rf"(?P<year>\d{{4}})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T{_ISO_TIME}|{_TIME}))?)?", re.ASCII
)
_NUMERIC: Final = re.compile(
    rf"(?P<date>(?P<first>{_NUMBER})(?P<mark>[-/.]){_NUMBER}(?P=mark){_YEAR}){_TIME}", re.ASCII
)
_WRITTEN: Final = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY}),? )?"
    rf"(?P<date>(?:{_NUMBER}|{_ORDINAL}(?: of)?) {MONTH},? {_YEAR}|{MONTH} (?:{_NUMBER}|{_ORDINAL}),? {_YEAR}"
    rf"|{_NUMBER}-{MONTH}-{_YEAR}){_TIME}",
    re.ASCII,
)
_CLOCK_BEFORE_YEAR: Final = re.compile(
    rf"(?P<day>(?:{WEEKDAY},? )?{MONTH} {_NUMBER}) {_CLOCK}(?: {_ZONE})?(?P<year> {_YEAR})", re.ASCII
)
_MONTH_AND_YEAR: Final = re.compile(rf"{MONTH},? {_YEAR}", re.ASCII)

# dateutil takes what a text leaves open from this, where else it takes it from today: of the forms above only a day.
_FILLING: Final = datetime.datetime(1, 1, 1)  # noqa: DTZ001 - it is never told a time


def parse(text: object, *, dayfirst: object, relative_to: datetime.date | None) -> Parts:
    """The year, month and day that a text names.

    Args:
        text: The date.
        dayfirst: Whether a date in numbers has the day before the month; None if that is not known.
        relative_to: The day from which phrases such as "yesterday" count; None if there is none.

    Raises:
        ValidationError: The text is not certainly one date (`date`), or an argument is of another type (`type`).
    """
    if not isinstance(text, str):
        raise invalid("type", (), text, "a string")
    if not isinstance(dayfirst, bool | None):
        raise invalid("type", (), dayfirst, "true, false or null for dayfirst")
    if len(text) > _LONGEST:
        raise invalid("date", (), text, f"at most {_LONGEST} characters")
    words = re.sub(" +", " ", text)
    if clock := _CLOCK_BEFORE_YEAR.fullmatch(words):
        words = clock["day"] + clock["year"]
    if iso := _ISO.fullmatch(words):
        return _read_iso(iso, text)
    if numeric := _NUMERIC.fullmatch(words):
        return _read_numeric(numeric, text, dayfirst=dayfirst)
    if written := _WRITTEN.fullmatch(words):
        return _read_written(written, text)
    if _MONTH_AND_YEAR.fullmatch(words):
        month = _read_with_dateutil(words, text)
        return month.year, month.month, None
    if not (phrase := relative_dates.PHRASE.fullmatch(words)):
        raise invalid("date", (), text, _A_DATE)
    if relative_to is None:
        raise invalid("date", (), text, f"{_A_DATE}; a phrase needs relative_to, the day from which it counts")
    return relative_dates.resolve(phrase, relative_to)


def _read_iso(iso: re.Match[str], text: str) -> Parts:
    year = int(iso["year"])
    month = int(iso["month"]) if iso["month"] else None
    day = int(iso["day"]) if iso["day"] else None
    try:
        datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise invalid("date", (), text, _THAT_EXISTS) from None
    return year, month, day


def _read_numeric(numeric: re.Match[str], text: str, *, dayfirst: bool | None) -> Parts:
    month_first = _read_with_dateutil(numeric["date"], text, dayfirst=False)
    day_first = _read_with_dateutil(numeric["date"], text, dayfirst=True)
    if dayfirst is None and month_first != day_first:
        candidates = f"{month_first} with dayfirst=False or {day_first} with dayfirst=True"
        raise invalid("date", (), text, f"a date with one meaning, either {candidates}")
    date = day_first if dayfirst else month_first
    # dateutil takes the other order where the one asked for gives no date.
    if dayfirst is not None and int(numeric["first"]) != (date.day if dayfirst else date.month):
        raise invalid("date", (), text, f"a {'day' if dayfirst else 'month'} first, as dayfirst={dayfirst} says")
    return date.year, date.month, date.day


def _read_written(written: re.Match[str], text: str) -> Parts:
    date = _read_with_dateutil(written["date"], text)
    weekday = WEEKDAYS[date.weekday()]
    if written["weekday"] and WEEKDAYS[weekday_number(written["weekday"])] != weekday:
        raise invalid("date", (), text, f"{weekday}, the weekday of {date}")
    return date.year, date.month, date.day


def _read_with_dateutil(date: str, text: str, *, dayfirst: bool = False) -> datetime.date:
    try:
        return parser.parse(date, default=_FILLING, dayfirst=dayfirst).date()
    except (ArithmeticError, TypeError, ValueError):  # all that dateutil is known to raise
        raise invalid("date", (), text, _THAT_EXISTS) from None
