"""The numbers that a claim claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, final

import attrs

from geoclaims._errors import Path
from geoclaims._issues import Issues
from geoclaims._rules.model import Model
from geoclaims._rules.rules import NAME, Flag, Together, Whole, holds


def _bounds_fit(minimum: int | None, maximum: int | None) -> bool:
    if minimum is None or maximum is None:
        return minimum is not maximum
    return minimum <= maximum


def _note_bounds(right: Mapping[str, Any], path: Path, issues: Issues) -> None:
    minimum, maximum = right["minimum"], right["maximum"]
    if minimum is None and maximum is None:
        issues.note("missing", path, "found no bound, expected a minimum, a maximum or both")
    elif isinstance(minimum, int) and isinstance(maximum, int) and minimum > maximum:
        issues.note("range", path, f"found minimum {minimum} above maximum {maximum}, expected minimum ≤ maximum")


@final
@attrs.frozen(kw_only=True, repr=False)
class Quantity(Model):
    """A number of something, with the bounds that are claimed for it.

    "At least 155 citizens" has only a minimum, "six soldiers" has both bounds at 6.

    Raises:
        ValidationError: A bound is not a whole number (`type`) from 0 to 2⁶³ − 1 or the minimum is above the maximum
            (`range`), neither is given (`missing`), or the unit is not text (`type`, `text`, `empty`).

    >>> str(Quantity(minimum=155, unit="citizens")), str(Quantity(minimum=6, maximum=6, unit="soldiers"))
    ('at least 155 citizens', '6 soldiers')
    """

    _together: ClassVar[Together] = Together(("minimum", "maximum"), _bounds_fit, _note_bounds)

    minimum: int | None = attrs.field(default=None, metadata=holds(Whole(), "the least that is claimed"))
    maximum: int | None = attrs.field(default=None, metadata=holds(Whole(), "the most that is claimed"))
    unit: str = attrs.field(metadata=holds(NAME, "what is counted or measured, such as citizens"))
    approximate: bool = attrs.field(default=False, metadata=holds(Flag(), "whether the bounds are said to be rough"))

    def __str__(self) -> str:
        about = "about " if self.approximate else ""
        if self.maximum is None:
            return f"at least {about}{self.minimum} {self.unit}"
        if self.minimum is None:
            return f"at most {about}{self.maximum} {self.unit}"
        if self.minimum == self.maximum:
            return f"{about}{self.minimum} {self.unit}"
        return f"{about}{self.minimum} to {self.maximum} {self.unit}"
