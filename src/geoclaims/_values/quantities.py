"""Model the numbers that a statement claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, final

import attrs

from geoclaims._errors import WRONG, Finding
from geoclaims._model import Model
from geoclaims._rules import NAME, Flag, Invariant, Whole, explained, holds


def _bounds_that_do_not_fit(minimum: Any, maximum: Any) -> Sequence[Finding]:
    """Report that there is no bound, or that the minimum is above the maximum."""
    if minimum is None or maximum is None:
        no_bound = ("missing", (), "found no bound, expected a minimum, a maximum or both")
        return [no_bound] if minimum is maximum else ()
    if minimum is WRONG or maximum is WRONG or minimum <= maximum:
        return ()
    return [("range", (), f"found minimum {minimum} above maximum {maximum}, expected minimum ≤ maximum")]


@final
@explained
@attrs.frozen(kw_only=True, repr=False)
class Quantity(Model):
    """A number of something, with the bounds that are claimed for it.

    "At least 155 citizens" has only a minimum, "six soldiers" has both bounds
    at 6.

    Attributes:
        minimum (int | None): The smallest number that is claimed.
        maximum (int | None): The largest number that is claimed.
        unit (str): What is counted or measured, such as citizens.
        approximate (bool): Whether the bounds are said to be approximate.

    Raises:
        ValidationError: A bound is not a whole number (`type`) from 0 to 2⁶³ −
            1 or the minimum is above the maximum (`range`), neither is given
            (`missing`), or the unit is not text (`type`, `text`, `empty`).

    >>> from geoclaims import Quantity
    >>> str(Quantity(minimum=155, unit="citizens"))
    'at least 155 citizens'
    >>> str(Quantity(minimum=6, maximum=6, unit="soldiers"))
    '6 soldiers'
    """

    _invariant: ClassVar[Invariant | None] = Invariant(("minimum", "maximum"), _bounds_that_do_not_fit)

    minimum: int | None = attrs.field(default=None, metadata=holds(Whole(), "the smallest number that is claimed"))
    maximum: int | None = attrs.field(default=None, metadata=holds(Whole(), "the largest number that is claimed"))
    unit: str = attrs.field(metadata=holds(NAME, "what is counted or measured, such as citizens"))
    approximate: bool = attrs.field(
        default=False, metadata=holds(Flag(), "whether the bounds are said to be approximate")
    )

    def __str__(self) -> str:
        about = "about " if self.approximate else ""
        if self.maximum is None:
            return f"at least {about}{self.minimum} {self.unit}"
        if self.minimum is None:
            return f"at most {about}{self.maximum} {self.unit}"
        if self.minimum == self.maximum:
            return f"{about}{self.minimum} {self.unit}"
        return f"{about}{self.minimum} to {self.maximum} {self.unit}"
