"""Quote passages with changes, and count which libraries find them: `python -m tools.bench.quotations`.

The texts are those of the project: the practice texts, and the invented article of the gallery. Each
passage is quoted with each change that makes it another string. A harmless change should be found, a changed word
refused.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterator
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, Final, NamedTuple

from geoclaims import AnchorError, Span, from_json
from tools.bench.measuring import table

_DOCS: Final = Path(__file__).parents[2] / "docs"
_PRACTICE: Final = ("leak", "lighthouse", "strait", "well")

Change = Callable[[str], str]


def _replaced(old: str, new: str, count: int = 0) -> Change:
    return lambda passage: re.sub(old, new, passage, count=count)


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
    "lines wrapped": _replaced(" ", "\n", 3),
    "no-break spaces": _replaced(" ", "\u00a0"),
    "two spaces": _replaced(" ", "  ", 2),
    "soft hyphens": _middle(lambda word: f"{word[:3]}\u00ad{word[3:]}"),
    "character references": _replaced("’", "&rsquo;"),
    "within quotation marks": lambda passage: f"“{passage}”",
    "a quotation mark at the end": lambda passage: f"{passage}”",
    "ellipses at the ends": lambda passage: f"… {passage} …",
}
CHANGED: Final[dict[str, Change]] = {
    "another digit": lambda passage: re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), passage, count=1),
    "*not* left out": _replaced(r" (not|never|no)\b|n[’']t\b", "", 1),
    "*not* put in": _replaced(r"\b(was|were|is|are|had|has|have|did)\b", r"\1 not", 1),
    "another word": _middle(lambda _: "otherwise"),
    "a word left out": _middle(lambda _: ""),
    "a word put in": _middle(lambda word: f"allegedly {word}"),
    "another letter": _middle(lambda word: word[:1] + ("e" if word[1] != "e" else "a") + word[2:]),
    "a letter more": _middle(lambda word: f"{word}s"),
    "two words in another order": _replaced(r"\b(\w+) (\w+)\b(?=\W*$)", r"\2 \1"),
    "words left out at an ellipsis": _replaced(r"^(\S+ \S+) \S+ \S+ ", r"\1 … "),
    "another capital": lambda passage: passage[0].swapcase() + passage[1:],
}


class Found(NamedTuple):
    """What a library found, and whether it calls it exact."""

    words: str
    is_exact: bool


Finder = Callable[[str, str], Found | None]


def _geoclaims(text: str, passage: str) -> Found | None:
    try:
        span = Span.find(text, passage)
    except AnchorError:
        return None
    return Found(text[span.start : span.end], is_exact=True)


def _langextract() -> Finder:
    data: Any = import_module("langextract.data")
    resolver = import_module("langextract.resolver").Resolver()

    def find(text: str, passage: str) -> Found | None:
        extraction = data.Extraction(extraction_class="claim", extraction_text=passage)
        (aligned,) = resolver.align([extraction], text, token_offset=0, char_offset=0)
        if not (place := aligned.char_interval) or place.start_pos is None:
            return None
        is_exact = aligned.alignment_status == data.AlignmentStatus.MATCH_EXACT
        return Found(text[place.start_pos : place.end_pos], is_exact)

    return find


def _instructor() -> Finder:
    mixin: Any = import_module("instructor").CitationMixin

    def find(text: str, passage: str) -> Found | None:
        checked = mixin.model_validate({"substring_quotes": [passage]}, context={"context": text})
        return Found(checked.substring_quotes[0], is_exact=False) if checked.substring_quotes else None

    return find


def _passages() -> Iterator[tuple[str, str]]:
    """Yield each annotated passage that stands once in its text, and the text."""
    practice = _DOCS / "annotate/practice"
    articles = [from_json((_DOCS / "gallery/harbour.json").read_bytes())]
    for name in _PRACTICE:
        key = from_json((practice / f"keys/{name}.json").read_bytes())
        articles.append(key.with_text((practice / f"{name}.txt").read_text(encoding="utf-8")))
    for article in articles:
        text = article.text or ""
        for statement in article.statements:
            for words in article.excerpts(statement.id):
                if " ".join(text.split()).count(" ".join(words.split())) == 1:
                    yield text, words


def _is_whole(found: Found, passage: str) -> bool:
    """Report whether what was found has all the words of a passage and no others."""
    return re.findall(r"\w+", found.words) == re.findall(r"\w+", passage)


def _counted(changes: dict[str, Change], finders: dict[str, Finder], *, only_whole: bool) -> list[list[str]]:
    """Count for each change the passages that each library finds, and of those of LangExtract what it calls exact."""
    rows = []
    for name, change in changes.items():
        quoted = [(text, words, change(words)) for text, words in _passages() if change(words) != words]
        row = [name, str(len(quoted))]
        for library, find in finders.items():
            found = [(find(text, passage), words) for text, words, passage in quoted]
            kept = [one for one, words in found if one and (_is_whole(one, words) or not only_whole)]
            row.append(str(len(kept)))
            if library == "langextract":
                row.append(str(sum(one.is_exact for one in kept)))
        rows.append(row)
    return rows


def quotations() -> str:
    """Count the passages that each library finds whole after a harmless change, and accepts with a changed word."""
    finders = {"geoclaims": _geoclaims, "langextract": _langextract(), "instructor": _instructor()}
    versions = [f"{name} {metadata.version(name)}" for name in finders]
    python = f"{platform.python_implementation()} {platform.python_version()}"
    columns = ["passages", "geoclaims", "langextract", "as exact", "instructor"]
    harmless = table(["found whole", *columns], _counted(HARMLESS, finders, only_whole=True))
    changed = table(["accepted", *columns], _counted(CHANGED, finders, only_whole=False))
    return "\n\n".join([", ".join([python, *versions]), harmless, changed])


if __name__ == "__main__":
    print(quotations())
