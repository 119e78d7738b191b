"""Measure how long it takes to find passages in long texts, and count what becomes of statements in edited copies."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from inspect import getsource
from time import process_time

from geoclaims import AnchorError, Span
from geoclaims._passages import anchoring as search, explaining, finding, unchanged, words
from tests.edited_copies import DOUBTFUL, article_of, nearest, outcomes
from tools.bench.measuring import Case, measured, number, table

WORDS = (
    *("the", "of", "to", "and", "ministry", "border", "trade", "north", "report", "claim", "denied", "(draft)"),
    *("soldiers", "river", "week", "officials", "“never”", "government", "paper—signed", "it’s", "talks;", "agreement"),
    *("village,", "police.", "company", "court", "minister", "spokesman", "of", "the", "a", "in", "on", "for", "has"),
)
# The numbers of the normal form are for ever.
_VARIED = (search, explaining, finding, unchanged, words)
_LONG = 100_000
_COUNTED = ("right", "lost", "copied", "wrong", "nearest", "none", "elsewhere")
_OUTCOMES = ("right", "given up", "lost", "copied", "wrong")


def anchoring(length: int) -> str:
    """Attach texts to an article with a passage in every thousand characters, and look for what is not there."""
    tasks = _tasks(length)
    timings = measured({name: Case(partial(_answer, task)) for name, task in tasks.items()}, 3)
    rows = [[name, str(_answer(tasks[name])), number(time / 1e3)] for name, time in timings.items()]
    return table([f"in a text of {length} characters", "errors", "ms"], rows)


def _tasks(length: int) -> dict[str, Callable[[], object]]:
    text, other = _text(length), _text(length, seed=1)
    again = "".join(f"{text[start : start + 500]} They deny it. " for start in range(0, length, 500))
    starts = [text.index(" ", start) + 1 for start in range(0, length - 1000, 1000)]
    annotated = article_of(text, *([(start, text.index(" ", start + 80))] for start in starts))
    lengths = article_of(text, *([(start, text.index(" ", start + 60 + start // 2000))] for start in starts))
    same = article_of(again, *([match.span()] for match in re.finditer("They deny it", again)))
    return {
        "with_text: another copy": partial(annotated.with_text, _typeset_plainly(text)),
        "with_text: another text": partial(annotated.with_text, other),
        "with_text: passages of many lengths": partial(lengths.with_text, other),
        "with_text: passages of the same words": partial(
            same.with_text, _typeset_plainly(again).replace("They deny it", "They", 1)
        ),
        "Span.find: a sentence that stands nowhere": partial(Span.find, text, f"{text[:100]} and nobody saw it"),
    }


def statements(copies: int) -> str:
    """Count what becomes of the statements of edited copies, in which the same few claims are said again and again."""
    rows = []
    for name, has_text in (("without the annotated text", False), ("with it", True)):
        found = sum((outcomes(number, has_text=has_text) for number in range(copies)), Counter[str]())
        rows.append([name, *(str(found[kind]) for kind in _OUTCOMES)])
    return table([f"{copies} edited copies", *_OUTCOMES], rows)


def thresholds(copies: int) -> str:
    """Halve and double each number by which passages are found, and count what edited copies and a long text lose."""
    tasks = _tasks(_LONG)
    rows = [["as they are", "", *_counted(copies, tasks)]]
    found = [(module, re.findall(r"^(\w+): Final = [\d.]", getsource(module), re.MULTILINE)) for module in _VARIED]
    for module, name in [(module, name) for module, names in found for name in names if name != "_LAST_COMBINING"]:
        value = getattr(module, name)
        for other in (value // 2 if isinstance(value, int) else value / 2, 2 * value):
            setattr(module, name, other)
            rows.append([f"{module.__name__.split('.')[-1]}.{name}: {value}", str(other), *_counted(copies, tasks)])
        setattr(module, name, value)
    return table(["number", "instead", *_COUNTED, "errors", "ms"], rows)


def _counted(copies: int, tasks: Mapping[str, Callable[[], object]]) -> list[str]:
    """Count what becomes of statements, and what is named as nearest to words that are gone; time a long text."""
    found = Counter[str]()
    for copy in {*range(copies), *DOUBTFUL}:
        found += outcomes(copy) + outcomes(copy, has_text=True) + nearest(copy)
    before = process_time()
    errors = sum(map(_answer, tasks.values()))
    spent = process_time() - before
    return [*(str(found[kind]) for kind in _COUNTED), str(errors), number(spent * 1e3)]


def _answer(task: Callable[[], object]) -> int:
    """Count the errors of a search."""
    try:
        task()
    except AnchorError as error:
        return len(error.issues) + error.omitted
    return 0


def _text(length: int, seed: int = 0) -> str:
    return " ".join(random.Random(length + seed).choices(WORDS, k=length // 2))[:length]


def _typeset_plainly(text: str) -> str:
    plain = text.translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2014: "-"}).replace(". ", ".\n\n")
    return f"Home | News | Sport\n\n{plain}\n\nSubscribe to our newsletter"
