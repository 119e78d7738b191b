"""Show a comparison to people: the scores as a table, and each difference with both sides beside each other."""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final

from geoclaims._view.wording import counted
from geoclaims._view.wrapping import broken, on_one_line, width as width_of
from geoclaims.annotation._agreement.differences import Difference, thing_of
from geoclaims.annotation._agreement.scores import Score, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LABEL: Final = 14
_GAP: Final = 2
_LEAST_WIDTH: Final = 60
_NONE: Final = "–"
"""Stands where there is nothing to score, and for a statement that one side lacks."""

_LABELS: Final = {"actor": "name", "actor_kind": "kind", "statement": "content", "passages": "places"}
"""By kind of difference, what stands before its values, where it is not the kind."""


def page_of(
    least: float,
    scores: Mapping[str, Score],
    differences: Sequence[Difference],
    headings: Mapping[str, str],
    width: int,
) -> Iterator[str]:
    """Yield the lines of a comparison, at most as wide as a terminal of 70 columns or more; ids are not broken."""
    width = max(width, _LEAST_WIDTH)
    side = (width - _LABEL - _GAP) // 2
    yield from _lines(width, f"Statements are the same if they share {least:g} of the characters of their passages.")
    yield ""
    articles = scores["articles"]
    several = articles.matched + articles.only_one + articles.only_other > 1
    yield from _table(scores if several else {name: score for name, score in scores.items() if score is not articles})
    yield ""
    number = counted(len(differences), "difference")
    yield from _lines(width, f"{number}. This shows where the two differ, not which one is right.")
    for article, of_article in groupby(differences, key=lambda difference: difference.article):
        yield ""
        yield from _lines(width, headings[article])
        yield f"{'article':{_LABEL}}{article}"
        yield from _beside(side, "", "one", "other")
        for _, members in groupby(of_article, key=lambda each: (thing_of(each.kind), each.one, each.other)):
            yield ""
            yield from _block(side, list(members))


def _table(scores: Mapping[str, Score]) -> Iterator[str]:
    yield f"{'':{_LABEL}}{'precision':>9}{'recall':>8}{'F1':>8}{'both':>9}{'only one':>10}{'only other':>12}"
    for name, score in scores.items():
        shares = [_NONE if share is None else f"{share:.3f}" for share in (score.precision, score.recall, score.f1)]
        numbers = f"{score.matched:>9}{score.only_one:>10}{score.only_other:>12}"
        yield f"{name.replace('_', ' '):{_LABEL}}{shares[0]:>9}{shares[1]:>8}{shares[2]:>8}{numbers}"


def _block(side: int, differences: Sequence[Difference]) -> Iterator[str]:
    """Yield the lines of the differences between two statements, two actors, or the data about the article."""
    first = differences[0]
    yield from _beside(side, thing_of(first.kind), first.one, first.other)
    if first.one_passages or first.other_passages:
        passages = [" … ".join(each) for each in (first.one_passages, first.other_passages)]
        yield from _beside(side, "passages", *passages)
    for difference in differences:
        label = _LABELS.get(difference.kind, difference.kind.replace("_", " "))
        yield from _beside(side, label, difference.one_value, difference.other_value)


def _beside(side: int, label: str, one: Value, other: Value) -> Iterator[str]:
    """Yield the lines of two values beside each other."""
    for here, there in zip_longest(_lines(side, one), _lines(side, other), fillvalue=""):
        padding = " " * (side - width_of(here) + _GAP)
        yield f"{label:{_LABEL}}{here}{padding}{there}".rstrip(" ")
        label = ""


def _lines(side: int, value: Value) -> list[str]:
    """Break a value into the lines of its side."""
    text = value if isinstance(value, str) else "; ".join(value or ())
    pieces = [(on_one_line(text or _NONE), None)]
    return ["".join(part for part, _ in line) for line in broken(pieces, side, side)]
