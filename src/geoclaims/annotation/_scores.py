"""Hold what comes of a comparison: scores, differences, and all of it for people and for programs."""

from __future__ import annotations

from typing import Any, Final, Literal, final

import attrs

from geoclaims.annotation._page import page_of

DifferenceKind = Literal[
    "actor", "statement", "type", "speaker", "accused", "denies", "confirms", "denial_kind", "passages"
]

DifferenceValue = str | tuple[str, ...] | None


@final
@attrs.frozen
class Score:
    """How much of what two annotations have they have in common.

    The first is the reference: recall is the share of what it has that the other has too, precision the share of what
    the other has that is in the reference. Whether the reference is right, no score says.

    >>> score = Score(matched=2, only_one=1, only_other=0)
    >>> score.precision, round(score.recall, 3), score.f1
    (1.0, 0.667, 0.8)
    """

    matched: int
    """How many both have."""
    only_one: int
    """How many only the first has."""
    only_other: int
    """How many only the second has."""
    macro_precision: float | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    """The mean of the precision in each article that has one."""
    macro_recall: float | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    """The mean of the recall in each article that has one."""
    macro_f1: float | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    """The mean of F1 in each article that has one."""

    @property
    def precision(self) -> float | None:
        """The share of what the second has that both have; None where it has nothing."""
        return _share(self.matched, self.only_other)

    @property
    def recall(self) -> float | None:
        """The share of what the first has that both have; None where it has nothing."""
        return _share(self.matched, self.only_one)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where neither has anything."""
        return _share(2 * self.matched, self.only_one + self.only_other)

    def to_dict(self) -> dict[str, int | float | None]:
        """Make builtins for JSON."""
        return {name: getattr(self, name) for name in _SCORE_KEYS}


_SCORE_KEYS: Final = (
    *("precision", "recall", "f1", "matched", "only_one", "only_other"),
    *("macro_precision", "macro_recall", "macro_f1"),
)


def _share(matched: int, others: int) -> float | None:
    return matched / (matched + others) if matched or others else None


@final
@attrs.frozen(kw_only=True)
class Difference:
    """One thing in which two annotations of an article differ."""

    article: str
    """The id of the article."""
    kind: DifferenceKind
    """The kind, such as a statement that only one has, a field of one that both have, or the name of an actor."""
    one: str | None
    """The id of the statement or actor in the first; None where it has none."""
    other: str | None
    """The id of the statement or actor in the second; None where it has none."""
    one_value: DifferenceValue
    """The value in the first, such as names of actors, ids of statements, or the content of a statement."""
    other_value: DifferenceValue
    """The value in the second."""
    one_passages: tuple[str, ...]
    """The passages of the statement in the first, cut to 300 characters in all; their places if there is no text."""
    other_passages: tuple[str, ...]
    """Those in the second; of an actor, the passages of the first statement that it is in."""

    def to_dict(self) -> dict[str, Any]:
        """Make builtins for JSON."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in attrs.asdict(self).items()}


@final
@attrs.frozen(kw_only=True)
class Comparison:
    """What two annotations have in common, and where they differ. It does not say who is right.

    `str()` is a page for people and `to_dict()` for programs. The documentation has the definition of each score.
    """

    least_overlap: float
    """The share of their characters that the passages of two statements must have in common."""
    articles: Score
    """Articles, by their ids."""
    statements: Score
    """Statements, matched by their passages."""
    types: Score
    """The types of the matched statements; one that differs counts on both sides."""
    speakers: Score
    """The speakers of the matched statements; one that differs counts on both sides."""
    accused: Score
    """Links from allegations to those whom they accuse."""
    denies: Score
    """Links from denials to what they deny."""
    confirms: Score
    """Links from statements to what they confirm."""
    denial_kinds: Score
    """The kinds of the matched denials; one that differs counts on both sides."""
    passages: Score
    """Characters of passages, each statement for itself."""
    differences: tuple[Difference, ...] = attrs.field(repr=lambda differences: f"({len(differences)} in all)")
    """All differences, article by article in the order of the text."""

    def to_dict(self) -> dict[str, Any]:
        """Make builtins for JSON: scores by name, and the differences."""
        scores = {name: score.to_dict() for name, score in self._scores().items()}
        differences = [difference.to_dict() for difference in self.differences]
        return {"least_overlap": self.least_overlap, **scores, "differences": differences}

    def __str__(self) -> str:
        return "\n".join(page_of(self.least_overlap, self._scores(), self.differences))

    def _scores(self) -> dict[str, Score]:
        values = {field.name: getattr(self, field.name) for field in attrs.fields(Comparison)}
        return {name: value for name, value in values.items() if isinstance(value, Score)}
