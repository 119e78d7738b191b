"""Compare two annotations of an article, or two annotated corpora."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from html import escape
from typing import Any, Final, final

import attrs

from geoclaims._article import Article
from geoclaims._errors import ValidationError, invalid, wrong_type
from geoclaims._view.wording import heading_of
from geoclaims.annotation._agreement.corpora import ArticlePair, join_corpora, on_one_text, refuse_moved
from geoclaims.annotation._agreement.differences import Difference, differences_of
from geoclaims.annotation._agreement.matching import Matches, matches_of
from geoclaims.annotation._agreement.page import page_of
from geoclaims.annotation._agreement.scores import COMPARED_FIELDS, Counts, Score, counts_of


@final
@attrs.frozen(kw_only=True)
class Comparison:
    """What two annotations have in common, and where they differ.

    `str()` gives a page for people.

    Attributes:
        least_overlap (float): The least share of common characters.
        articles (Score): Articles, by their ids.
        statements (Score): Statements, by their passages.
        types (Score): Types of matched statements.
        speakers (Score): Their speakers.
        accused (Score): Links to the accused.
        denies (Score): Links to what is denied.
        confirms (Score): Links to what is confirmed.
        denial_kinds (Score): Kinds of matched denials.
        about (Score): Links to what statements are about.
        reported_by (Score): Links to those who passed statements on.
        quotes (Score): Quotes of matched statements.
        dates (Score): Their dates.
        quantities (Score): Their quantities.
        passages (Score): Characters of passages.
        differences (tuple[Difference, ...]): All differences.
        matches (tuple[tuple[str, str], ...]): The references (article, slash,
            id) of each matched statement or actor, in one and in other.

    >>> from geoclaims import load_article
    >>> from geoclaims.annotation import compare
    >>> compare(load_article(), load_article()).statements
    Score(matched=22, only_one=0, only_other=0)
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
    about: Score
    reported_by: Score
    quotes: Score
    dates: Score
    quantities: Score
    passages: Score
    differences: tuple[Difference, ...] = attrs.field(repr=lambda differences: f"({len(differences)} in all)")
    matches: tuple[tuple[str, str], ...] = attrs.field(repr=lambda matches: f"({len(matches)} in all)")
    _headings: Mapping[str, str] = attrs.field(factory=dict, alias="headings", repr=False, eq=False)

    def to_dict(self) -> dict[str, Any]:
        """Return scores by name, differences and matches, as builtins for JSON.

        >>> from geoclaims import load_article
        >>> from geoclaims.annotation import compare
        >>> result = compare(load_article(), load_article()).to_dict()
        >>> result["denies"]["f1"]
        1.0
        """
        scores = {name: score.to_dict() for name, score in _scores_of(self).items()}
        differences = [difference.to_dict() for difference in self.differences]
        matches = [[*pair] for pair in self.matches]
        return {"least_overlap": self.least_overlap, **scores, "differences": differences, "matches": matches}

    def __str__(self) -> str:
        return "\n".join(lines_of(self))

    def _repr_html_(self) -> str:
        """Show the page in a notebook, where its columns stay columns and nothing is typeset as a formula."""
        return f"<pre>{escape(str(self))}</pre>"


_SCORES: Final = ("articles", "statements", *(field.score for field in COMPARED_FIELDS), "passages")


def _scores_of(comparison: Comparison) -> dict[str, Score]:
    return {name: getattr(comparison, name) for name in _SCORES}


def lines_of(comparison: Comparison, width: int = 80) -> Iterator[str]:
    """Yield the lines of the page that shows a comparison, for a terminal of some width."""
    headings = comparison._headings  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    return page_of(comparison.least_overlap, _scores_of(comparison), comparison.differences, headings, width)


def compare(
    one: Article | Iterable[Article], other: Article | Iterable[Article], *, least_overlap: float = 0.5
) -> Comparison:
    """Compare two annotations of an article, or of a corpus.

    Statements are matched by the characters that their passages share.

    Args:
        one: The reference: an article, or the articles of a corpus.
        other: The other annotation; articles have the same ids.
        least_overlap: The least share, from 0 to 1, of the characters of either
            statement's passages that both must have.

    Raises:
        ValidationError: A corpus has an id twice (`duplicate_id`), or the
            number is out of bounds or too many passages overlap (`range`).
            Paths begin with `one` or `other`.
        AnchorError: The texts differ, and the longer one lacks passages
            (`span`); it says if it is another text.
        TypeError: Something is neither an article nor a number.

    >>> from geoclaims import load_article
    >>> from geoclaims.annotation import compare
    >>> one = load_article()
    >>> other = one.with_changes("troops-sent", accused=["ukraine"])
    >>> compare(one, other).accused.recall
    0.875
    """
    least = _least(least_overlap)
    if type(one) is Article and type(other) is Article:
        pairs: Iterable[ArticlePair] = [ArticlePair((one, other))]
    else:
        pairs = join_corpora(one, other)
    counts: dict[str, Counts] = dict.fromkeys(_SCORES, (0, 0, 0))
    differences: list[Difference] = []
    references: list[tuple[str, str]] = []
    headings: dict[str, str] = {}
    for pair in pairs:
        matches = _matches_of(pair, least)
        one_id, other_id = (article.id for article in pair.articles)
        references += [(f"{one_id}/{here}", f"{other_id}/{there}") for here, there in matches.same.items()]
        in_one, in_other = pair.has
        of_pair = {"articles": (in_one and in_other, not in_other, not in_one), **counts_of(matches)}
        for name, (matched, only_one, only_other) in counts.items():
            more = of_pair[name]
            counts[name] = matched + more[0], only_one + more[1], only_other + more[2]
        if found := differences_of(matches, of_articles=in_one and in_other):
            differences += found
            known = [article for article, is_there in zip(pair.articles, pair.has, strict=True) if is_there]
            titled = next((article for article in known if article.title is not None), known[0])
            headings[pair.articles[0].id] = heading_of(titled)
    scores: dict[str, Any] = {name: Score(*numbers) for name, numbers in counts.items()}
    scores |= {"differences": tuple(differences), "matches": tuple(references), "headings": headings}
    return Comparison(least_overlap=float(least_overlap), **scores)


def _least(least_overlap: object) -> Fraction:
    """Read the least share as people write it: 0.1 is a tenth, and not the binary number nearest to it."""
    if type(least_overlap) is not float and type(least_overlap) is not int:
        raise wrong_type(least_overlap, "a number from 0 to 1", "least_overlap")
    if not 0 <= least_overlap <= 1:
        raise invalid("range", ("least_overlap",), least_overlap, "a number from 0 to 1")
    return Fraction(repr(least_overlap))


def _matches_of(pair: ArticlePair, least: Fraction) -> Matches:
    """Match two annotations of an article, on one copy of its text."""
    try:
        one, other = on_one_text(pair.articles, pair.paths)
        if one.text is None:
            refuse_moved(one, other, pair.paths[1])
        return matches_of(one, other, least)
    except ValidationError as error:
        issues = [attrs.evolve(issue, path=(*pair.paths[0], *issue.path)) for issue in error.issues]
        raise ValidationError(issues) from None
