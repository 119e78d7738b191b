"""Read dates as people write them in English: the forms and phrases of `PartialDate.parse`, and its refusals.

dateutil alone reads nearly anything: it takes missing parts from today, guesses the order of numbers, shifts two-digit
years and uses the machine's time zones. Here it gets only dates in a form with one meaning, and never a time: times are
matched and dropped. Phrases that name a date relative to a given day are a closed list.
"""

from __future__ import annotations

import datetime
import re
from typing import Final, NoReturn

from dateutil import parser
from dateutil.relativedelta import relativedelta

from geoclaims._errors import invalid

# Phrases, and the words that forms share with them.

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


def lacks_year(text: str) -> bool:
    """Report whether a text is a day and a month without a year.

    >>> lacks_year("on June 11"), lacks_year("June 2025")
    (True, False)
    """
    if len(text) > _LONGEST:
        return False
    words = re.sub(" +", " ", text)
    preposition = _PREPOSITION.match(words)
    return _WITHOUT_YEAR.fullmatch(words, preposition.end() if preposition else 0) is not None


def without_year(text: str, *, has_year: bool) -> str:
    """Say what is expected of a day and month without a year; empty if it is something else, or the year is known.

    Args:
        text: The date.
        has_year: Whether the year in which the text was written is known.

    >>> without_year("on June 11", has_year=False)
    'a year too; where the article gives none, leave this empty'
    """
    return "" if has_year or not lacks_year(text) else "a year too; where the article gives none, leave this empty"


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


# Forms.

_LONGEST: Final = 64
_READ: Final = (
    "a date with a year of four digits, such as '2025', 'April 2025', '9 April 2025', 'April 9, 2025', "
    "'2025-04-09', '2025/4/9' or '13/04/2025', also after 'in' or 'on'; or, relative to a known day, a phrase such as "
    "'yesterday', '3 days ago', 'last month', 'this year', 'on Monday' or 'in March'"
)
_THAT_EXISTS: Final = "a date that exists, in the years 1 to 9999"

_YEAR: Final = r"[1-9]\d{3}"
_NUMBER: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL: Final = r"(?:[23]?1st|2?2nd|2?3rd|(?:[4-9]|1\d|2[04-9]|30)th)"

# Not read: names such as EST, which mean several offsets, and 24:00, which ends one day and begins the next.
_ZONE: Final = r"(?:Z|UTC|GMT|[+-](?:(?:0\d|1[0-3])(?::?[0-5]\d)?|14(?::?00)?))"
_MINUTES: Final = r":[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?"
_ISO_TIME: Final = rf"(?:[01]\d|2[0-3]){_MINUTES}{_ZONE}?"
_CLOCK: Final = rf"(?:\d|[01]\d|2[0-3]){_MINUTES}"
_HALF_DAY_CLOCK: Final = rf"(?:0?[1-9]|1[0-2]){_MINUTES} ?(?i:[ap]m|[ap]\.m\.)"
_TIME: Final = rf"(?:,? (?:at )?(?:{_HALF_DAY_CLOCK}|{_CLOCK})(?: ?{_ZONE})?)?"

_ISO: Final = re.compile(
    rf"(?P<year>\d{{4}})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T{_ISO_TIME}|{_TIME}))?)?", re.ASCII
)
_YEAR_FIRST: Final = re.compile(
    rf"(?P<year>{_YEAR})(?P<mark>[-/.])(?P<month>{_NUMBER})(?P=mark)(?P<day>{_NUMBER}){_TIME}", re.ASCII
)
# From the year 1600, since month, day and year run together begin with 1231 at most.
_EIGHT_DIGITS: Final = re.compile(rf"(?P<year>(?:1[6-9]|[2-9]\d)\d\d)(?P<month>\d\d)(?P<day>\d\d){_TIME}", re.ASCII)
_YEAR_LAST: Final = re.compile(
    rf"(?P<date>(?P<first>{_NUMBER})(?P<mark>[-/.]){_NUMBER}(?P=mark){_YEAR}){_TIME}", re.ASCII
)
_DAY_AND_MONTH: Final = rf"(?:{_NUMBER}|{_ORDINAL}(?: of)?) {MONTH}"
_MONTH_AND_DAY: Final = rf"{MONTH} (?:{_NUMBER}|{_ORDINAL})"
_WRITTEN: Final = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY}),? )?"
    rf"(?P<date>(?:{_DAY_AND_MONTH}|{_MONTH_AND_DAY}),? {_YEAR}|{_NUMBER}-{MONTH}-{_YEAR}){_TIME}",
    re.ASCII,
)
_CLOCK_BEFORE_YEAR: Final = re.compile(
    rf"(?P<day>(?:{WEEKDAY},? )?{MONTH} {_NUMBER}) {_CLOCK}(?: {_ZONE})?(?P<year> {_YEAR})", re.ASCII
)
_MONTH_AND_YEAR: Final = re.compile(rf"{MONTH},? {_YEAR}", re.ASCII)
_WITHOUT_YEAR: Final = re.compile(
    rf"(?:{WEEKDAY},? )?(?:the )?(?:{_DAY_AND_MONTH}|{_MONTH_AND_DAY}|{_NUMBER}-{MONTH}){_TIME}", re.ASCII
)
_PREPOSITION: Final = re.compile(r"(?:in|on) ", re.IGNORECASE)

# dateutil fills a missing part from this date, not from today; in the forms above, only the day can be missing.
_FILLING: Final = datetime.datetime(1, 1, 1)  # noqa: DTZ001 - it is never given a time


def parse(text: object, *, dayfirst: object, relative_to: datetime.date | None) -> Parts:
    """Read the year, month and day that a text names.

    Args:
        text: The date.
        dayfirst: Whether a date in numbers, the year last, has the day before the month; None if that is not known.
        relative_to: The day on which phrases such as "yesterday" were written; None if unknown.

    Raises:
        ValidationError: The text is not one certain date (`date`), or an argument has the wrong type (`type`).
    """
    if type(text) is not str:
        raise invalid("type", (), text, "a string")
    if dayfirst is not None and type(dayfirst) is not bool:
        raise invalid("type", (), dayfirst, "True, False or None for dayfirst")
    if len(text) > _LONGEST:
        raise invalid("date", (), text, f"at most {_LONGEST} characters")
    words = re.sub(" +", " ", text)
    if phrase := PHRASE.fullmatch(words):
        if relative_to is None:
            raise invalid("date", (), text, "a date; a phrase such as this counts from relative_to, which is not given")
        return resolve(phrase, relative_to)
    preposition = _PREPOSITION.match(words)
    parts = _read(words[preposition.end() :] if preposition else words, text, dayfirst=dayfirst)
    if preposition and (preposition[0].lower() == "on ") != (parts[2] is not None):
        raise invalid("date", (), text, "'on' before a day, or 'in' before a month or a year")
    return parts


def _read(words: str, text: str, *, dayfirst: bool | None) -> Parts:
    """Read a date that is not a phrase, without its preposition."""
    if clock := _CLOCK_BEFORE_YEAR.fullmatch(words):
        words = clock["day"] + clock["year"]
    for form in (_ISO, _YEAR_FIRST, _EIGHT_DIGITS):
        if numbers := form.fullmatch(words):
            return _read_year_first(numbers, text)
    if numbers := _YEAR_LAST.fullmatch(words):
        return _read_year_last(numbers, text, dayfirst=dayfirst)
    if written := _WRITTEN.fullmatch(words):
        return _read_written(written, text)
    if _MONTH_AND_YEAR.fullmatch(words):
        month = _read_with_dateutil(words, text)
        return month.year, month.month, None
    if _WITHOUT_YEAR.fullmatch(words):
        raise invalid("date", (), text, "a year too: add it, as in '9 April 2025'")
    raise invalid("date", (), text, _READ)


def _read_year_first(numbers: re.Match[str], text: str) -> Parts:
    year = int(numbers["year"])
    month = int(numbers["month"]) if numbers["month"] else None
    day = int(numbers["day"]) if numbers["day"] else None
    try:
        datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise invalid("date", (), text, _THAT_EXISTS) from None
    return year, month, day


def _read_year_last(numbers: re.Match[str], text: str, *, dayfirst: bool | None) -> Parts:
    month_first = _read_with_dateutil(numbers["date"], text)
    day_first = _read_with_dateutil(numbers["date"], text, dayfirst=True)
    if dayfirst is None and month_first != day_first:
        candidates = f"{month_first} (month first) or {day_first} (day first)"
        raise invalid("date", (), text, f"a date with one meaning, either {candidates}")
    date = day_first if dayfirst else month_first
    # dateutil falls back to the other order if the one asked for gives no date.
    if dayfirst is not None and int(numbers["first"]) != (date.day if dayfirst else date.month):
        raise invalid("date", (), text, f"the {'day' if dayfirst else 'month'} first, since dayfirst is {dayfirst}")
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
    except (ArithmeticError, TypeError, ValueError):  # everything that dateutil is known to raise
        raise invalid("date", (), text, _THAT_EXISTS) from None
