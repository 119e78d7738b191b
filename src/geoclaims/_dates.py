"""Model dates as precise as their source."""

import datetime
from collections.abc import Iterator
from typing import Any, Self, final

import attrs

from geoclaims._arguments import is_a
from geoclaims._errors import invalid, wrong_type
from geoclaims._issues import Issues
from geoclaims._model import InPydantic


@final
@attrs.frozen(order=True)
class PartialDate(InPydantic):
    """A date as precise as its source: a year, a month of a year, or a day.

    One without a part comes before all that have it. As text, it is ISO 8601.

    Attributes:
        year (int): 1 to 9999, in the Gregorian calendar.
        month (int | None): 1 to 12, or None.
        day (int | None): A day that the month has, or None; only where there is
            a month.

    Raises:
        ValidationError: A part is not a whole number (`type`), or there is no
            such date (`date`).

    >>> from geoclaims import PartialDate
    >>> str(PartialDate(2025, 4)), PartialDate(2025) < PartialDate(2025, 1)
    ('2025-04', True)
    """

    year: int
    month: int | None = attrs.field(default=None, order=lambda month: month or 0)
    day: int | None = attrs.field(default=None, order=lambda day: day or 0)

    def __attrs_post_init__(self) -> None:
        issues = Issues(self)
        for name, value, last in (("year", self.year, 9999), ("month", self.month, 12), ("day", self.day, 31)):
            if type(value) is not int:
                if value is not None or name == "year":
                    hint = "; PartialDate.parse reads a text" if is_a(value, str) else ""
                    issues.wrong("type", ((), name), value, f"a whole number{hint}")
            elif not 1 <= value <= last:
                issues.wrong("date", ((), name), value, f"a {name} from 1 to {last}")
            elif name == "day" and self.month is None:
                issues.wrong("date", ((), name), value, "no day where there is no month")
        if not issues.count and self.day and self.month and self.day > (last := _days(self.year, self.month)):
            issues.wrong("date", ((), "day"), self.day, f"a day from 1 to {last} in {self.year:04}-{self.month:02}")
        issues.raise_if_any()

    @property
    def earliest(self) -> datetime.date:
        """The first day that the date may mean.

        >>> from geoclaims import PartialDate
        >>> PartialDate(2024, 2).earliest
        datetime.date(2024, 2, 1)
        """
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> datetime.date:
        """The last day that the date may mean.

        >>> from geoclaims import PartialDate
        >>> PartialDate(2024, 2).latest
        datetime.date(2024, 2, 29)
        """
        month = self.month or 12
        return datetime.date(self.year, month, self.day or _days(self.year, month))

    @classmethod
    def of(cls, date: datetime.date) -> Self:
        """Make the partial date of a day.

        Raises:
            TypeError: `date` is not a `datetime.date`, or is a subclass such
                as `datetime.datetime`.

        >>> import datetime
        >>> from geoclaims import PartialDate
        >>> PartialDate.of(datetime.date(2025, 4, 9))
        PartialDate(2025, 4, 9)
        """
        if type(date) is not datetime.date:
            raise wrong_type(date, "a datetime.date, such as the .date() of a datetime")
        return cls(date.year, date.month, date.day)

    @classmethod
    def parse(
        cls, text: str, *, dayfirst: bool | None = None, relative_to: "datetime.date | PartialDate | None" = None
    ) -> Self:
        """Read a date as people write it in English; nothing is guessed.

        Args:
            text: The date, at most 64 characters.
            dayfirst: Whether `04/05/2025` is the fourth of May; without it such
                a date is refused.
            relative_to: The day on which phrases such as "yesterday" were
                written; without it they are refused.

        Raises:
            ValidationError: The text is not a date that can be read with
                certainty (`date`).
            TypeError: An argument has another type.

        >>> from geoclaims import PartialDate
        >>> day = PartialDate.parse("Wednesday, April 9, 2025")
        >>> PartialDate.parse("two months ago", relative_to=day)
        PartialDate(2025, 2)
        """
        from geoclaims import _date_forms

        if type(relative_to) is PartialDate:
            if relative_to.day is None:
                raise invalid("date", (), str(relative_to), "a full date that the text is relative to")
            relative_to = relative_to.earliest
        if relative_to is not None and type(relative_to) is not datetime.date:
            raise wrong_type(relative_to, "a datetime.date or a PartialDate", "relative_to")
        return cls(*_date_forms.parse(text, dayfirst=dayfirst, relative_to=relative_to))

    def __str__(self) -> str:
        return f"{self.year:04}" + "".join(f"-{part:02}" for part in (self.month, self.day) if part is not None)

    def __format__(self, specification: str) -> str:
        return format(str(self), specification)

    def __repr__(self) -> str:
        given = [str(part) for part in (self.year, self.month, self.day) if part is not None]
        return f"PartialDate({', '.join(given)})"

    def _repr_pretty_(self, printer: Any, cycle: object) -> None:
        """Print the date for IPython and Hypothesis as its `repr` does."""
        del cycle  # no object contains itself
        printer.text(repr(self))

    def __rich_repr__(self) -> Iterator[int]:
        """Yield the parts of what rich shows."""
        yield from (part for part in (self.year, self.month, self.day) if part is not None)


def _days(year: int, month: int) -> int:
    import calendar

    return calendar.monthrange(year, month)[1]
