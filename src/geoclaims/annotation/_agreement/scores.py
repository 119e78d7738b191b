"""Score how much two annotations of one text have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

import attrs

from geoclaims.annotation._agreement.compared_fields import COMPARED_FIELDS, ComparedField
from geoclaims.annotation._agreement.matching import Matches, characters_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Counts = tuple[int, int, int]
"""How much both have, how much only the first has, and how much only the second."""


@final
@attrs.frozen
class Score:
    """How much two annotations have in common; the first is the reference.

    Attributes:
        matched (int): How many both have.
        only_one (int): How many only the first has.
        only_other (int): How many only the second has.
        macro_precision (float | None): The mean over the articles of a corpus.
            Means do not count when scores are compared.
        macro_recall (float | None): Likewise.
        macro_f1 (float | None): Likewise.

    >>> from geoclaims.annotation import Score
    >>> Score(matched=2, only_one=1, only_other=0).f1
    0.8
    """

    matched: int
    only_one: int
    only_other: int
    macro_precision: float | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    macro_recall: float | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    macro_f1: float | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)

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


_SCORE_KEYS: Final = (
    *("precision", "recall", "f1", "matched", "only_one", "only_other"),
    *("macro_precision", "macro_recall", "macro_f1"),
)


def _share(matched: int, others: int) -> float | None:
    return matched / (matched + others) if matched or others else None


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
