"""How long it takes to find the passages of an article in a copy of its text, by the length of the text."""

from __future__ import annotations

import random
import time

from bench.markdown import number, table
from geoclaims import Actor, Article, Span, Statement

SIZES = ((10_000, 10), (100_000, 100), (1_000_000, 1_000))
_WORDS = (
    *("the", "of", "to", "and", "ministry", "border", "trade", "said", "town", "north", "report", "claim", "denied"),
    *("soldiers", "river", "week", "officials", "“never”", "government", "paper—signed", "it’s", "talks;", "agreement"),
    *("(draft)", "village,", "police.", "company", "court", "minister", "spokesman", "of", "the"),
)


def anchoring() -> str:
    """Attach another copy of the text: one wrapped anew, with straight quotes, plain dashes and a page around it."""
    rows = []
    for length, spans in SIZES:
        text = _text(length)
        before = time.process_time()
        article = _article(text, spans)
        annotated = time.process_time()
        moved = article.with_text(_copy(text))
        attached = time.process_time()
        # looks at every fingerprint again, as construction does
        assert moved == Article(id=moved.id, actors=moved.actors, statements=moved.statements, text=moved.text)
        rows.append(
            [
                f"{length:,}".replace(",", " "),
                str(spans),
                number((annotated - before) * 1e3),
                number((attached - annotated) * 1e3),
            ]
        )
    return table(["characters", "spans", "ms to annotate", "ms to find all in another copy"], rows)


def _text(length: int) -> str:
    chance = random.Random(length)
    words: list[str] = []
    size = 0
    while size < length:
        words.append(chance.choice(_WORDS))
        size += len(words[-1]) + 1
    return " ".join(words)[:length]


def _article(text: str, spans: int) -> Article:
    step = len(text) // spans
    statements = [
        Statement(
            id=f"s{index}",
            speaker="ministry",
            content="The ministry says something.",
            spans=[_passage(text, index * step)],
        )
        for index in range(spans)
    ]
    return Article(id="long", actors=[Actor(id="ministry", name="The ministry")], statements=statements)


def _passage(text: str, near: int) -> Span:
    """Some whole words."""
    start = text.index(" ", near) + 1
    return Span.of(text, start, text.index(" ", start + 80))


def _copy(text: str) -> str:
    """The text as another would print it."""
    plain = text.translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2014: "-"})
    wrapped = plain.replace(". ", ".\n\n").replace("; ", ";\n").replace(") ", ")  ")
    return f"Home | News | Sport\n\n{wrapped}\n\nSubscribe to our newsletter"
