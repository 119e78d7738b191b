"""Measure how long it takes to find passages, in texts of one, two and four times a length, and what is found."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from geoclaims import Actor, AnchorError, Article, Span, Statement
from tests.edited_copies import outcomes
from tools.bench.measuring import Case, measured, number, table

LENGTHS = (250_000, 500_000, 1_000_000)
WORDS = (
    *("the", "of", "to", "and", "ministry", "border", "trade", "north", "report", "claim", "denied", "(draft)"),
    *("soldiers", "river", "week", "officials", "“never”", "government", "paper—signed", "it’s", "talks;", "agreement"),
    *("village,", "police.", "company", "court", "minister", "spokesman", "of", "the", "a", "in", "on", "for", "has"),
)


def anchoring() -> str:
    """Attach texts to articles, and find single passages."""
    copies: dict[str, Callable[[int], tuple[Article, str]]] = {
        "passages in another copy": _copied,
        "passages of another text": _foreign,
        "passages of the same words": _same,
    }
    rows = []
    for name, made in copies.items():
        for length in LENGTHS:
            article, copy = made(length)
            rows.append([name, *_row(length, partial(article.with_text, copy))])
    attached = table(["what is looked for", "characters", "not found", "ms"], rows)
    passages: dict[str, Callable[[int], tuple[str, str]]] = {
        "a sentence that stands once": lambda length: (_around("Nobody saw it come", length), "Nobody saw it come"),
        "the same, set otherwise": lambda length: (_around("“Nobody” saw it", length), '"Nobody" saw it'),
        "a sentence that stands nowhere": lambda length: (_text(length), f"{_text(length)[:100]} and nobody saw it"),
        "a word that stands often": lambda length: (_text(length), "border"),
    }
    rows = []
    for name, words in passages.items():
        for length in (10_000, *LENGTHS):
            rows.append([name, *_row(length, partial(Span.find, *words(length)))])
    found = table(["`Span.find` looks for", "characters", "errors", "ms"], rows)
    return f"{attached}\n\n{found}"


def statements(copies: int) -> str:
    """Count what becomes of the statements of edited copies, in which the same few claims are said again and again."""
    kinds = ("right", "given up", "lost", "copied", "wrong")
    each = [outcomes(number) for number in range(copies)]
    found = sum(each, Counter[str]())
    counted = table(
        ["edited copies", "statements", *kinds],
        [[*map(str, (copies, found.total(), *(found[kind] for kind in kinds)))]],
    )
    wrong = ", ".join(str(number) for number, one in enumerate(each) if one["wrong"])
    return f"{counted}\n\nWrong in copies {wrong}." if wrong else counted


def _row(length: int, find: Callable[[], object]) -> list[str]:
    """Count the errors of a search, and time it."""
    errors = 0

    def search() -> None:
        nonlocal errors
        try:
            find()
        except AnchorError as error:
            errors = len(error.issues) + error.omitted

    timing = measured([Case("", search)], 3)[""]
    return [f"{length:,}".replace(",", " "), str(errors), number(timing.median / 1e3)]


def _text(length: int, seed: int = 0) -> str:
    chance = random.Random(length + seed)
    return " ".join(chance.choices(WORDS, k=length // 2))[:length]


def _around(words: str, length: int) -> str:
    half = _text(length // 2)
    return f"{half}. {words}. {half}"


def _annotated(text: str, places: Sequence[tuple[int, int]]) -> Article:
    statements = [
        Statement(id=f"s{index}", speaker="x", content="C.", spans=[Span.of(text, *place)])
        for index, place in enumerate(places)
    ]
    return Article(id="made", actors=[Actor(id="x", name="X")], statements=statements)


def _spread(text: str, size: Callable[[int], int]) -> Article:
    """Annotate a passage in every thousand characters."""
    starts = [text.index(" ", start) + 1 for start in range(0, len(text) - 1000, 1000)]
    return _annotated(text, [(start, text.index(" ", start + size(index))) for index, start in enumerate(starts)])


def _typeset_plainly(text: str) -> str:
    plain = text.translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2014: "-"}).replace(". ", ".\n\n")
    return f"Home | News | Sport\n\n{plain}\n\nSubscribe to our newsletter"


def _copied(length: int) -> tuple[Article, str]:
    text = _text(length)
    return _spread(text, lambda _: 80), _typeset_plainly(text)


def _foreign(length: int) -> tuple[Article, str]:
    return _spread(_text(length), lambda index: 40 + index % 200), _text(length, 1)


def _same(length: int) -> tuple[Article, str]:
    text = _text(length)
    whole = "".join(f"{text[start : start + 500]} They deny it. " for start in range(0, length, 500))
    places = [match.span() for match in re.finditer("They deny it", whole)]
    return _annotated(whole, places), _typeset_plainly(whole).replace("They deny it", "They", 1)
