"""The words of dates in English: the names of months and weekdays, in full or as three letters, in any case."""

from __future__ import annotations

from typing import Final

Parts = tuple[int, int | None, int | None]
"""Year, month and day of a date; None for what its text leaves open."""

MONTH: Final = (
    r"(?i:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|jun(?:e|\.)?|jul(?:y|\.)?|aug(?:ust|\.)?"
    r"|sep(?:tember|t?\.?)|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
"""The pattern of a month's name."""

WEEKDAY: Final = (
    r"(?i:mon(?:day|\.)?|tue(?:sday|\.)?|wed(?:nesday|\.)?|thu(?:rsday|\.)?|fri(?:day|\.)?|sat(?:urday|\.)?"
    r"|sun(?:day|\.)?)"
)
"""The pattern of a weekday's name."""

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The weekdays in the order in which `datetime.date.weekday` counts them."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def month_number(name: str) -> int:
    """The number of a month, January being 1.

    >>> month_number("Sept.")
    9
    """
    return _MONTHS.index(name[:3].lower()) + 1


def weekday_number(name: str) -> int:
    """The number of a weekday, Monday being 0.

    >>> weekday_number("WED")
    2
    """
    return [weekday[:3] for weekday in WEEKDAYS].index(name[:3].title())
