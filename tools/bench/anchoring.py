"""Measure how long it takes to find passages in long texts, and count what becomes of statements in edited copies."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from functools import partial

from geoclaims import Actor, AnchorError, Article, Span, Statement
from tests.edited_copies import outcomes
from tools.bench.measuring import Case, measured, number, table

WORDS = (
    *("the", "of", "to", "and", "ministry", "border", "trade", "north", "report", "claim", "denied", "(draft)"),
    *("soldiers", "river", "week", "officials", "“never”", "government", "paper—signed", "it’s", "talks;", "agreement"),
    *("village,", "police.", "company", "court", "minister", "spokesman", "of", "the", "a", "in", "on", "for", "has"),
)
_OUTCOMES = ("right", "given up", "lost", "copied", "wrong")


def anchoring(length: int) -> str:
    """Attach texts to an article with a passage in every thousand characters, and look for what is not there."""
    text, other = _text(length), _text(length, seed=1)
    again = "".join(f"{text[start : start + 500]} They deny it. " for start in range(0, length, 500))
    starts = [text.index(" ", start) + 1 for start in range(0, length - 1000, 1000)]
    annotated = _annotated(text, [(start, text.index(" ", start + 80)) for start in starts])
    same = _annotated(again, [match.span() for match in re.finditer("They deny it", again)])
    tasks: dict[str, Callable[[], object]] = {
        "with_text: another copy": partial(annotated.with_text, _typeset_plainly(text)),
        "with_text: another text": partial(annotated.with_text, other),
        "with_text: passages of the same words": partial(
            same.with_text, _typeset_plainly(again).replace("They deny it", "They", 1)
        ),
        "Span.find: a sentence that stands nowhere": partial(Span.find, text, f"{text[:100]} and nobody saw it"),
    }
    timings = measured({name: Case(partial(_answer, task)) for name, task in tasks.items()}, 3)
    rows = [[name, str(_answer(tasks[name])), number(time / 1e3)] for name, time in timings.items()]
    return table([f"in a text of {length} characters", "errors", "ms"], rows)


def statements(copies: int) -> str:
    """Count what becomes of the statements of edited copies, in which the same few claims are said again and again."""
    rows = []
    for name, has_text in (("without the annotated text", False), ("with it", True)):
        each = [outcomes(number, has_text=has_text) for number in range(copies)]
        found = sum(each, Counter[str]())
        wrong = [str(number) for number, one in enumerate(each) if one["wrong"]]
        rows.append([name, *(str(found[kind]) for kind in _OUTCOMES), ", ".join(wrong) or "–"])
    return table([f"{copies} edited copies", *_OUTCOMES, "wrong in copies"], rows)


def _answer(task: Callable[[], object]) -> int:
    """Count the errors of a search."""
    try:
        task()
    except AnchorError as error:
        return len(error.issues) + error.omitted
    return 0


def _text(length: int, seed: int = 0) -> str:
    return " ".join(random.Random(length + seed).choices(WORDS, k=length // 2))[:length]


def _annotated(text: str, places: list[tuple[int, int]]) -> Article:
    statements = [
        Statement(id=f"s{index}", speaker="x", content="C.", spans=[Span.of(text, *place)])
        for index, place in enumerate(places)
    ]
    return Article(id="made", actors=[Actor(id="x", name="X")], statements=statements)


def _typeset_plainly(text: str) -> str:
    plain = text.translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2014: "-"}).replace(". ", ".\n\n")
    return f"Home | News | Sport\n\n{plain}\n\nSubscribe to our newsletter"
