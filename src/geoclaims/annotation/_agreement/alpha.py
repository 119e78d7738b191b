"""Measure the agreement of several annotators of one text by Krippendorff's alpha."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from geoclaims._arguments import each_of
from geoclaims._article import Article
from geoclaims._errors import AnchorError, Issue, invalid
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.annotation._agreement.corpora import on_one_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def alpha(articles: Iterable[Article]) -> float | None:
    """Compute Krippendorff's alpha of two or more annotators of one text.

    It is 1 if they agree on where the text has claims of which types, and 0 if
    they agree as often as by chance.

    Args:
        articles: The annotations, of which one at least has the text.

    Returns:
        Alpha, or `None` if all values are the same.

    Raises:
        ValidationError: Something is not an article (`type`), or there are
            fewer than two (`range`).
        AnchorError: No article has its text, or the longest copy of it lacks
            passages (`span`).
        TypeError: `articles` cannot be iterated over.

    >>> from geoclaims import Actor, Article, Span, Statement
    >>> from geoclaims.annotation import alpha
    >>> text = "The harbour is open, its master said."
    >>> he = Actor(id="he", name="he")
    >>> spans = [Span.of(text, 0, 19)]
    >>> said = Statement(id="s1", speaker="he", content="!", spans=spans)
    >>> one = Article(id="port", actors=[he], statements=[said], text=text)
    >>> round(alpha([one, one, Article(id="port")]), 3)
    0.316
    """
    annotations = list(each_of(articles, Article))
    if len(annotations) < 2:
        raise invalid("range", (), annotations, "the articles of two annotators at least")
    annotations = on_one_text(annotations, [(number,) for number in range(len(annotations))])
    text = annotations[0].text
    if text is None:
        message = "found no text, expected one article at least with its text attached: see Article.with_text"
        raise AnchorError([Issue("span", (0, "text"), message)])
    tokens = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    return _nominal(list(zip(*(_values(article, tokens) for article in annotations), strict=True)))


def _values(article: Article, tokens: Sequence[tuple[int, int]]) -> list[int]:
    """Return the set of types of each token, as a bit mask."""
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    values = [0] * len(tokens)
    for number, model in enumerate(STATEMENT_TYPES):
        steps = [0] * (len(tokens) + 1)
        for statement in article.statements:
            for span in statement.spans if type(statement) is model else ():
                steps[bisect_right(ends, span.start)] += 1
                steps[bisect_left(starts, span.end)] -= 1
        depths = accumulate(steps[:-1])
        values = [value + (depth > 0 and 2**number) for value, depth in zip(values, depths, strict=True)]
    return values


def _nominal(units: Sequence[Sequence[int]]) -> float | None:
    """Compute alpha of units that all annotators have valued, rounding only at the end.

    See K. Krippendorff, "Computing Krippendorff's alpha-reliability", 2011.
    """
    annotators = len(units[0])
    totals: Counter[int] = Counter()
    differing = 0
    for values in units:
        counts = Counter(values)
        totals.update(counts)
        differing += sum(count * (annotators - count) for count in counts.values())
    number = totals.total()
    expected = sum(count * (number - count) for count in totals.values())
    if not expected:
        return None
    return float(1 - Fraction(differing * (number - 1), (annotators - 1) * expected))
