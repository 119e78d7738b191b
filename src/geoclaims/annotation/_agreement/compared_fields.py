"""List what is compared of statements: one entry for each score, with the kind of its differences."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal

import attrs

from geoclaims._json.format import tag_of
from geoclaims._passages.normal_form import folded
from geoclaims._statements import Statement

if TYPE_CHECKING:
    from collections.abc import Collection

    from geoclaims.annotation._agreement.matching import Matches

DifferenceKind = Literal[
    "actor",
    "statement",
    "type",
    "speaker",
    "accused",
    "denies",
    "confirms",
    "denial_kind",
    "about",
    "reported_by",
    "quotes",
    "dates",
    "quantities",
    "passages",
]

DifferenceValue = str | tuple[str, ...] | None


@attrs.frozen
class ComparedField:
    """What one score counts, and one kind of difference shows.

    Attributes:
        score: The name of the score.
        difference: The kind of its differences.
        values: Take the value or the values from a statement; `None` if its type has none.
        refers: Whether values are ids; all else is compared without typography and capitals.
        of_all: Whether the values of all statements count, not only of the matched ones.
    """

    score: str
    difference: DifferenceKind
    values: Callable[[Statement], DifferenceValue]
    refers: bool = False
    of_all: bool = False

    def number_in(self, statement: Statement) -> int:
        """Count the values of a statement."""
        return len(_listed(self.values(statement)) or ())

    def compared(
        self, matches: Matches, one: Statement, other: Statement
    ) -> tuple[Collection[str | None], Collection[str | None]]:
        """Return the values of two matched statements as sets, those of the first as the second would have them.

        Both are empty if the type of either statement has no such field.
        """
        values, other_values = (_listed(self.values(statement)) for statement in (one, other))
        if values is None or other_values is None:
            return frozenset(), frozenset()
        if self.refers:
            return {matches.same.get(id) for id in values}, set(other_values)
        return set(map(folded, values)), set(map(folded, other_values))


def _listed(value: DifferenceValue) -> tuple[str, ...] | None:
    return (value,) if isinstance(value, str) else value


def _ids_in(field: str) -> Callable[[Statement], tuple[str, ...] | None]:
    """Take the ids from a field that only some types may have."""
    return lambda statement: getattr(statement, field, None)


def _kind(statement: Statement) -> str | None:
    kind = getattr(statement, "kind", None)
    return None if kind is None else str(kind)


def _dates(statement: Statement) -> tuple[str, ...]:
    dates = {name: getattr(statement, name) for name in ("date", "event_date", "event_end")}
    return tuple(f"{name} {date}" for name, date in dates.items() if date is not None)


COMPARED_FIELDS: Final = (
    ComparedField("types", "type", lambda statement: tag_of(type(statement))),
    ComparedField("speakers", "speaker", attrgetter("speaker"), refers=True),
    ComparedField("accused", "accused", _ids_in("accused"), refers=True, of_all=True),
    ComparedField("denies", "denies", _ids_in("denies"), refers=True, of_all=True),
    ComparedField("confirms", "confirms", _ids_in("confirms"), refers=True, of_all=True),
    ComparedField("denial_kinds", "denial_kind", _kind),
    ComparedField("about", "about", _ids_in("about"), refers=True, of_all=True),
    ComparedField("reported_by", "reported_by", _ids_in("reported_by"), refers=True, of_all=True),
    ComparedField("quotes", "quotes", attrgetter("quotes")),
    ComparedField("dates", "dates", _dates),
    ComparedField("quantities", "quantities", lambda statement: tuple(map(str, statement.quantities))),
)
