"""How long it takes to find the passages of an article in a copy of its text: `python -m bench.anchoring`.

The text and its copies are made by rule. Each line gives a text's length, the number of passages, and the seconds of
CPU time that `Article.with_text` takes for the text itself, for it under a heading, for a page in which it is set
anew with advertisements between the paragraphs, for that with one passage in twenty changed, and for another text.
"""

from __future__ import annotations

import random
import time
from contextlib import suppress

from geoclaims import Actor, AnchorError, Article, Span, Statement

SIZES = ((10_000, 30), (100_000, 100), (1_000_000, 1_000))
LEAST, MOST = 4, 40  # words of a passage
COPIES = ("itself", "moved", "a page", "changed", "another")


def main() -> None:
    print(f"{'characters':>10} {'passages':>8}", *(f"{name:>8}" for name in COPIES))
    for length, count in SIZES:
        text = made(length, seed=1)
        article = annotated(text, count)
        page = set_anew(text)
        changed = annotated(text, count, every=20)
        runs = [(article, text), (article, f"A heading\n\n{text}"), (article, page), (changed, page)]
        runs.append((article, made(length, seed=2)))
        print(f"{length:>10} {count:>8}", *(f"{seconds(*run):>8.3f}" for run in runs))


def made(length: int, *, seed: int) -> str:
    """A text of made-up words, as long as a text is to be, whose words are as frequent as those of a language."""
    chance = random.Random(seed)
    words = ["".join(chance.choices("aeioulnrstmkd", k=chance.randint(2, 10))) for _ in range(5_000)]
    weights = [1 / rank for rank in range(1, 5_001)]
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < length:
        sentences = [" ".join(chance.choices(words, weights, k=chance.randint(8, 30))) for _ in range(4)]
        paragraphs.append(". ".join(sentences) + ".")
    return "\n".join(paragraphs)[:length]


def annotated(text: str, count: int, *, every: int = 0) -> Article:
    """An article with passages of the text, a statement each; every so many of them were changed since."""
    chance = random.Random(count)
    starts = [0, *(index + 1 for index, sign in enumerate(text) if sign in " \n")]
    statements: list[Statement] = []
    while (number := len(statements)) < count:
        first = chance.randrange(len(starts) - MOST - 1)
        span = Span.of(text, starts[first], starts[first + chance.randint(LEAST, MOST)] - 1)
        if "\n" in text[span.start : span.end]:
            continue
        if every and number % every == 0:
            span = Span(span.start, span.end, span.fingerprint[:-16] + "0" * 16)
        statements.append(Statement(id=f"s{number}", speaker="x", content="C.", spans=[span]))
    return Article(id="a", actors=[Actor(id="x", name="X")], statements=statements)


def set_anew(text: str) -> str:
    chance = random.Random(3)
    spaces = [" ", " ", " ", "\n", "\xa0", "  "]
    paragraphs = (
        "".join(chance.choice(spaces) if sign == " " else sign for sign in paragraph)
        + chance.choice(["\r\n\r\n", "\r\n\r\nADVERTISEMENT 🎉\r\n\r\n"])
        for paragraph in text.split("\n")
    )
    return "\ufeffHome | News\r\n\r\n" + "".join(paragraphs)


def seconds(article: Article, text: str) -> float:
    start = time.process_time()
    with suppress(AnchorError):
        article.with_text(text)
    return time.process_time() - start


if __name__ == "__main__":
    main()
