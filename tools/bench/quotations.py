"""Quote passages with changes, and count which libraries find them: `python -m tools.bench.quotations`.

The texts are those of the project: the practice texts, and the invented article of the gallery. Each
passage is quoted with each change that makes it another string. A harmless change should be found, a changed word
refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, Final

from geoclaims import AnchorError, Span, from_json
from tools.bench.measuring import table

_DOCS: Final = Path(__file__).parents[2] / "docs"

Change = Callable[[str], str]


def _middle(change: Change) -> Change:
    """Change the longest word between two others."""

    def changed(passage: str) -> str:
        words = [match.span() for match in re.finditer(r"(?<=\s)[a-z]{4,}(?=\s)", passage)]
        if not words:
            return passage
        start, end = max(words, key=lambda place: place[1] - place[0])
        return passage[:start] + change(passage[start:end]) + passage[end:]

    return changed


HARMLESS: Final[dict[str, Change]] = {
    "straight quotation marks": lambda passage: passage.translate(dict(zip(map(ord, "“”‘’"), "\"\"''", strict=True))),
    "no-break spaces": lambda passage: passage.replace(" ", "\u00a0"),
    "soft hyphens": _middle(lambda word: f"{word[:3]}\u00ad{word[3:]}"),
}
CHANGED: Final[dict[str, Change]] = {
    "another digit": lambda passage: re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), passage, count=1),
    "*not* put in": lambda passage: re.sub(r"\b(was|were|is|are|had|has|have|did)\b", r"\1 not", passage, count=1),
    "another word": _middle(lambda _: "otherwise"),
    "a word left out": _middle(lambda _: ""),
    "another letter": _middle(lambda word: word[:1] + ("e" if word[1] != "e" else "a") + word[2:]),
}
Finder = Callable[[str, str], str | None]
"""Returns the words that a library found, or nothing."""


def _geoclaims(text: str, passage: str) -> str | None:
    try:
        span = Span.find(text, passage)
    except AnchorError:
        return None
    return text[span.start : span.end]


def _langextract() -> Finder:
    data: Any = import_module("langextract.data")
    resolver = import_module("langextract.resolver").Resolver()

    def find(text: str, passage: str) -> str | None:
        extraction = data.Extraction(extraction_class="claim", extraction_text=passage)
        (aligned,) = resolver.align([extraction], text, token_offset=0, char_offset=0)
        if not (place := aligned.char_interval) or place.start_pos is None:
            return None
        return text[place.start_pos : place.end_pos]

    return find


def _instructor() -> Finder:
    mixin: Any = import_module("instructor").CitationMixin

    def find(text: str, passage: str) -> str | None:
        checked = mixin.model_validate({"substring_quotes": [passage]}, context={"context": text})
        return checked.substring_quotes[0] if checked.substring_quotes else None

    return find


def _passages() -> Iterator[tuple[str, str]]:
    """Yield each annotated passage that stands once in its text, and the text."""
    practice = _DOCS / "annotate/practice"
    articles = [from_json((_DOCS / "gallery/harbour.json").read_bytes())]
    for name in ("leak", "lighthouse", "strait", "well"):
        key = from_json((practice / f"keys/{name}.json").read_bytes())
        articles.append(key.with_text((practice / f"{name}.txt").read_text(encoding="utf-8")))
    for article in articles:
        text = article.text or ""
        for statement in article.statements:
            for words in article.excerpts(statement.id):
                if " ".join(text.split()).count(" ".join(words.split())) == 1:
                    yield text, words


def quotations() -> str:
    """Count the passages that each library finds whole after a harmless change, and accepts with a changed word."""
    finders = {"geoclaims": _geoclaims, "langextract": _langextract(), "instructor": _instructor()}
    rows = []
    for name, change in (HARMLESS | CHANGED).items():
        quoted = [(text, words, change(words)) for text, words in _passages() if change(words) != words]
        row = [f"{name}: {'found' if name in HARMLESS else 'accepted'}", str(len(quoted))]
        for find in finders.values():
            found = [(find(text, passage), words) for text, words, passage in quoted]
            # What is found of a passage that was changed harmlessly must have all its words, and no others.
            counts = [one and (name in CHANGED or _words(one) == _words(passage)) for one, passage in found]
            row.append(str(sum(map(bool, counts))))
        rows.append(row)
    libraries = [f"{name} {metadata.version(name)}" for name in finders]
    return table(["quoted with", "passages", *libraries], rows)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


if __name__ == "__main__":
    print(quotations())
