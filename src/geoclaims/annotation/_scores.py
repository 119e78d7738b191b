"""Hold the result of a comparison: scores and differences, for people and for programs."""

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
    """How much two annotations have in common.

    The first annotation is the reference. No score says whether it is right.

    Attributes:
        matched (int): How many both have.
        only_one (int): How many only the first has.
        only_other (int): How many only the second has.
        macro_precision (float | None): The mean of the precision in each
            article that has one. The means are not compared: two scores are
            equal if their counts are.
        macro_recall (float | None): The mean of the recall in each article.
        macro_f1 (float | None): The mean of F1 in each article.

    >>> from geoclaims.annotation import Score
    >>> score = Score(matched=2, only_one=1, only_other=0)
    >>> score.precision, round(score.recall, 3), score.f1
    (1.0, 0.667, 0.8)
    """

    matched: int
    only_one: int
    only_other: int
    macro_precision: float | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    macro_recall: float | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)
    macro_f1: float | None = attrs.field(default=None, kw_only=True, eq=False, repr=False)

    @property
    def precision(self) -> float | None:
        """The share of what the second has that both have.

        It is `None` if the second has nothing.

        >>> from geoclaims.annotation import Score
        >>> Score(matched=1, only_one=3, only_other=1).precision
        0.5
        """
        return _share(self.matched, self.only_other)

    @property
    def recall(self) -> float | None:
        """The share of what the first has that both have.

        It is `None` if the first has nothing.

        >>> from geoclaims.annotation import Score
        >>> Score(matched=1, only_one=3, only_other=1).recall
        0.25
        """
        return _share(self.matched, self.only_one)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall.

        It is `None` if neither has anything, and the same if the two
        annotations are exchanged.

        >>> from geoclaims.annotation import Score
        >>> Score(matched=1, only_one=1, only_other=1).f1
        0.5
        """
        return _share(2 * self.matched, self.only_one + self.only_other)

    def to_dict(self) -> dict[str, int | float | None]:
        """Return the shares and counts as builtins for JSON.

        >>> from geoclaims.annotation import Score
        >>> Score(matched=1, only_one=0, only_other=1).to_dict()["recall"]
        1.0
        """
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
    """One thing in which two annotations of an article differ.

    Attributes:
        article (str): The id of the article.
        kind (str): What differs; the documentation lists the kinds.
        one (str | None): The id of the statement or actor in the first
            annotation; `None` if it has none.
        other (str | None): The id of the statement or actor in the second.
        one_value (str | tuple[str, ...] | None): The value in the first, such
            as the names of actors or the ids of statements.
        other_value (str | tuple[str, ...] | None): The value in the second.
        one_passages (tuple[str, ...]): The passages of the statement in the
            first, at most 300 characters, or their offsets if there is no
            text; of an actor, those of a statement in which it takes part.
        other_passages (tuple[str, ...]): The passages in the second.

    >>> from geoclaims import Actor, Article, Statement
    >>> from geoclaims.annotation import compare
    >>> it = Actor(id="it", name="the navy")
    >>> said = Statement(id="s1", speaker="it", content="It is open.")
    >>> gold = Article(id="port", actors=[it], statements=[said])
    >>> (difference,) = compare(gold, Article(id="port")).differences
    >>> difference.kind, difference.one, difference.one_value
    ('statement', 's1', 'It is open.')
    """

    article: str
    kind: DifferenceKind
    one: str | None
    other: str | None
    one_value: DifferenceValue
    other_value: DifferenceValue
    one_passages: tuple[str, ...]
    other_passages: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as builtins for JSON.

        >>> from geoclaims import Actor, Article, Statement
        >>> from geoclaims.annotation import compare
        >>> it = Actor(id="it", name="the navy")
        >>> said = Statement(id="s1", speaker="it", content="It is open.")
        >>> gold = Article(id="port", actors=[it], statements=[said])
        >>> (difference,) = compare(gold, Article(id="port")).differences
        >>> difference.to_dict()["kind"]
        'statement'
        """
        return {name: list(value) if isinstance(value, tuple) else value for name, value in attrs.asdict(self).items()}


@final
@attrs.frozen(kw_only=True)
class Comparison:
    """What two annotations have in common, and where they differ.

    `str()` gives a page for people. The documentation defines each score, and
    says what it does not say. None says who is right.

    Attributes:
        least_overlap (float): The share of their characters that the passages
            of two matched statements have in common at least.
        articles (Score): Articles, by their ids.
        statements (Score): Statements, matched by their passages.
        types (Score): The types of the matched statements. A type that
            differs counts on both sides.
        speakers (Score): The speakers of the matched statements, likewise.
        accused (Score): Links from allegations to the accused.
        denies (Score): Links from denials to what they deny.
        confirms (Score): Links from statements to what they confirm.
        denial_kinds (Score): The kinds of the matched denials. A kind that
            differs counts on both sides.
        passages (Score): Characters of passages, of each statement by itself.
        differences (tuple[Difference, ...]): All differences, article by
            article in the order of the text.

    >>> from geoclaims import load_article
    >>> from geoclaims.annotation import compare
    >>> comparison = compare(load_article(), load_article())
    >>> comparison.statements
    Score(matched=23, only_one=0, only_other=0)
    >>> comparison.differences
    ()
    """

    least_overlap: float
    articles: Score
    statements: Score
    types: Score
    speakers: Score
    accused: Score
    denies: Score
    confirms: Score
    denial_kinds: Score
    passages: Score
    differences: tuple[Difference, ...] = attrs.field(repr=lambda differences: f"({len(differences)} in all)")

    def to_dict(self) -> dict[str, Any]:
        """Return the scores by name, and the differences, as builtins for JSON.

        >>> from geoclaims import load_article
        >>> from geoclaims.annotation import compare
        >>> result = compare(load_article(), load_article()).to_dict()
        >>> result["denies"]["f1"]
        1.0
        """
        scores = {name: score.to_dict() for name, score in self._scores().items()}
        differences = [difference.to_dict() for difference in self.differences]
        return {"least_overlap": self.least_overlap, **scores, "differences": differences}

    def __str__(self) -> str:
        return "\n".join(page_of(self.least_overlap, self._scores(), self.differences))

    def _scores(self) -> dict[str, Score]:
        values = {field.name: getattr(self, field.name) for field in attrs.fields(Comparison)}
        return {name: value for name, value in values.items() if isinstance(value, Score)}
