"""Score how much two annotations of one text have in common: what is compared, and by which numbers."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Final, final

import attrs

from geoclaims._dates import PartialDate
from geoclaims._json.format import tag_of
from geoclaims._model import fields_given
from geoclaims._passages.normal_form import folded
from geoclaims._statements import Denial, Statement
from geoclaims.annotation._agreement.matching import Matches, characters_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Counts = tuple[int, int, int]
"""How much both have, how much only the first has, and how much only the second."""

Value = str | tuple[str, ...] | None
"""What a difference shows of one side."""


@final
@attrs.frozen
class Score:
    """How much two annotations have in common; the first is the reference.

    Attributes:
        matched (int): How many both have.
        only_one (int): How many only the first has.
        only_other (int): How many only the second has.

    >>> from geoclaims.annotation import Score
    >>> Score(matched=2, only_one=1, only_other=0).f1
    0.8
    """

    matched: int
    only_one: int
    only_other: int

    @property
    def precision(self) -> float | None:
        """The share of what the second has that both have; `None` of nothing.

        >>> from geoclaims.annotation import Score
        >>> Score(1, only_one=3, only_other=1).precision
        0.5
        """
        return _share(self.matched, self.only_other)

    @property
    def recall(self) -> float | None:
        """The share of what the first has that both have; `None` of nothing.

        >>> from geoclaims.annotation import Score
        >>> Score(1, only_one=3, only_other=1).recall
        0.25
        """
        return _share(self.matched, self.only_one)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; `None` of nothing.

        >>> from geoclaims.annotation import Score
        >>> Score(1, only_one=1, only_other=1).f1
        0.5
        """
        return _share(2 * self.matched, self.only_one + self.only_other)

    def to_dict(self) -> dict[str, int | float | None]:
        """Return the shares and counts as builtins for JSON.

        >>> from geoclaims.annotation import Score
        >>> Score(1, 0, 1).to_dict()["recall"]
        1.0
        """
        return {name: getattr(self, name) for name in _SCORE_KEYS}


_SCORE_KEYS: Final = ("precision", "recall", "f1", "matched", "only_one", "only_other")


def _share(matched: int, others: int) -> float | None:
    return matched / (matched + others) if matched or others else None


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
    difference: str
    values: Callable[[Statement], Value]
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


def _listed(value: Value) -> tuple[str, ...] | None:
    return (value,) if isinstance(value, str) else value


def _ids_in(field: str) -> Callable[[Statement], tuple[str, ...] | None]:
    """Take the ids from a field that only some types may have."""
    return lambda statement: getattr(statement, field, None)


def _kind(statement: Statement) -> str | None:
    return str(statement.kind) if isinstance(statement, Denial) else None


def _dates(statement: Statement) -> tuple[str, ...]:
    return tuple(f"{name} {date}" for name, date in fields_given(statement) if isinstance(date, PartialDate))


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


def counts_of(matches: Matches) -> dict[str, Counts]:
    """Count what two annotations have in common, by the name of the score."""
    articles = matches.one, matches.other
    return {
        "statements": _parted(len(matches.statements), [len(article.statements) for article in articles]),
        **{field.score: _counted(matches, field) for field in COMPARED_FIELDS},
        "passages": _parted(matches.common, [sum(map(characters_of, article.statements)) for article in articles]),
    }


def _parted(both: int, totals: Sequence[int]) -> Counts:
    one, other = totals
    return both, one - both, other - both


def _counted(matches: Matches, field: ComparedField) -> Counts:
    """Count the values of a field; a value that is an id is in both if what it refers to is matched."""
    pairs = [field.compared(matches, one, other) for one, other in matches.statements]
    both = sum(len(set(values).intersection(other_values)) for values, other_values in pairs)
    if field.of_all:
        return _parted(both, [sum(map(field.number_in, each.statements)) for each in (matches.one, matches.other)])
    return _parted(both, [sum(len(pair[side]) for pair in pairs) for side in (0, 1)])
