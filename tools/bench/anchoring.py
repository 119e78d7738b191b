"""Find the passages of generated articles in other copies of their texts: how many correctly, and how fast."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence

from geoclaims import Actor, AnchorError, Article, Span, Statement
from tools.bench.markdown import number, table

_SIZES = (250_000, 500_000, 1_000_000)
_ARTICLES = 40
_WORDS = (
    *("the", "of", "to", "and", "ministry", "border", "trade", "north", "report", "claim", "denied", "(draft)"),
    *("soldiers", "river", "week", "officials", "“never”", "government", "paper—signed", "it’s", "talks;", "agreement"),
    *("village,", "police.", "company", "court", "minister", "spokesman", "of", "the", "a", "in", "on", "for", "has"),
)
_NAMES = ("Birch", "the mayor", "she", "he", "the union", "Ada Birch", "officials")
_CUES = ("said", "denied", "claimed", "told reporters")

_Place = tuple[int, int]
_Kept = list[int | None]
"""The place of each character of a text in a copy; None if it was left out."""


def anchoring() -> str:
    """Attach copies of articles, and measure long texts of one, two and four times a length."""
    return f"{_rightly()}\n\n{_in_time()}\n\n{_one_passage()}"


# How many are found correctly, in articles whose statements have a name, a cue and a sentence.


def _rightly() -> str:
    kinds: dict[str, Callable[[str, random.Random], tuple[str, _Kept]]] = {
        "nothing": lambda text, _: (text, list(range(len(text)))),
        "typography": _typeset,
        "a heading and advertisements": _with_advertisements,
        "a paragraph removed": _without_paragraph,
        "the last third cut off": _cut,
        "5 % of the words changed": _changed,
    }
    rows = []
    for name, change in kinds.items():
        right = wrong = refused = part = 0
        for seed in range(_ARTICLES):
            text, places = _made(seed)
            article = _annotated(text, places)
            copy, kept = change(text, random.Random(seed))
            attached = article.with_text(copy, on_error=lambda _: None)
            part += any(statement.spans for statement in attached.statements)
            for statement, own in zip(attached.statements, places, strict=True):
                if not statement.spans:
                    refused += len(own)
                for span, (start, _) in zip(statement.spans, own, strict=bool(statement.spans)):
                    right += span.start == kept[start]
                    wrong += span.start != kept[start]
        rows.append([name, *map(str, (right, wrong, refused)), f"{part} of {_ARTICLES}"])
    return table(["the copy differs by", "right", "wrong", "refused", "attached in part"], rows)


def _made(seed: int) -> tuple[str, list[list[_Place]]]:
    """Make an article of paragraphs of statements, and list the places of their passages."""
    chance = random.Random(seed)
    text, places = "", []
    for _ in range(12):
        for _ in range(3):
            own = []
            for words in (chance.choice(_NAMES), chance.choice(_CUES), _sentence(chance)):
                own.append((len(text), len(text) + len(words)))
                text += words + " "
            places.append(own)
        text = text.rstrip() + ".\n\n"
    return text, places


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(6, 16)))


def _annotated(text: str, places: Sequence[Sequence[_Place]]) -> Article:
    statements = [
        Statement(id=f"s{index}", speaker="x", content="C.", spans=[Span.of(text, *place) for place in own])
        for index, own in enumerate(places)
    ]
    return Article(id="made", actors=[Actor(id="x", name="X")], statements=statements)


def _edited(text: str, edits: Sequence[tuple[int, int, str | None]]) -> tuple[str, _Kept]:
    """Replace some stretches by new text; the replacement of one character is its image."""
    copy, kept, done = "", list[int | None](), 0
    for start, end, new in [*edits, (len(text), len(text), "")]:
        kept += range(len(copy), len(copy) + start - done)
        copy += text[done:start]
        kept += [len(copy) if end - start == 1 and new else None] * (end - start)
        copy += new or ""
        done = end
    return copy, kept


def _typeset(text: str, chance: random.Random) -> tuple[str, _Kept]:
    images = {"“": ['"'], "”": ['"'], "’": ["'"], "—": ["--", "-"], " ": [" ", " ", "\n", "\xa0", "  "]}
    signs = [(match.start(), match.end(), chance.choice(images[match[0]])) for match in re.finditer("[“”’— ]", text)]
    return _edited(text, signs)


def _with_advertisements(text: str, chance: random.Random) -> tuple[str, _Kept]:
    advertisements = ["", "", "Buy now!\n", "Read more: officials said\n\n", "She said\n"]
    ends = [(match.end(), match.end(), chance.choice(advertisements)) for match in re.finditer("\n\n", text)]
    return _edited(text, [(0, 0, "Home | News | Sport, he said\n\n"), *ends])


def _without_paragraph(text: str, chance: random.Random) -> tuple[str, _Kept]:
    return _edited(text, [(*chance.choice([match.span() for match in re.finditer("[^\n]+\n\n", text)]), None)])


def _cut(text: str, chance: random.Random) -> tuple[str, _Kept]:
    del chance
    return _edited(text, [(2 * len(text) // 3, len(text), None)])


def _changed(text: str, chance: random.Random) -> tuple[str, _Kept]:
    words = [match.span() for match in re.finditer(r"\w\w+", text) if chance.random() < 0.05]
    return _edited(text, [(*place, chance.choice(["another", "something", ""])) for place in words])


# How long it takes: each row of a kind should take twice as long as the one before.


def _in_time() -> str:
    rows = []
    for name, make in (
        ("passages in another copy", _copied),
        ("passages of another text", _foreign),
        ("long passages that overlap", _long),
        ("passages of the same words", _same),
        ("an invented passage of half the text", _invented),
    ):
        for length in _SIZES:
            article, copy = make(length)
            before = time.process_time()
            try:
                article.with_text(copy)
                found = "all"
            except AnchorError as error:
                found = f"all but {len(error.issues) + error.omitted}"
            spans = sum(len(statement.spans) for statement in article.statements)
            seconds = time.process_time() - before
            rows.append([name, f"{length:,}".replace(",", " "), str(spans), found, number(seconds * 1e3)])
    return table(["what is looked for", "characters", "spans", "found", "ms"], rows)


def _one_passage() -> str:
    """Find one passage with `Span.find`, in texts as long as an article and in long ones."""
    kinds: dict[str, Callable[[int], tuple[str, str]]] = {
        "a sentence that stands once": lambda length: (_around("Nobody saw it come", length), "Nobody saw it come"),
        "the same, set otherwise": lambda length: (_around("“Nobody” saw it", length), '"Nobody" saw it'),
        "a sentence that stands nowhere": lambda length: (_text(length), f"{_text(length)[:100]} and nobody saw it"),
        "a word that stands often": lambda length: (_text(length), "border"),
        "half of a text of one character": lambda length: ("\u54c8" * length, "\u54c8" * (length // 2)),
    }
    rows = []
    for name, make in kinds.items():
        for length in (5_000, 10_000, 20_000, *_SIZES):
            text, passage = make(length)
            rounds = max(1, 100_000 // length)
            found = _found(text, passage)
            before = time.process_time()
            for _ in range(rounds):
                _found(text, passage)
            seconds = (time.process_time() - before) / rounds
            rows.append([name, f"{len(text):,}".replace(",", " "), found, number(seconds * 1e3)])
    return table(["`Span.find` looks for", "characters", "found", "ms"], rows)


def _around(words: str, length: int) -> str:
    half = _text(length // 2)
    return f"{half}. {words}. {half}"


def _found(text: str, passage: str) -> str:
    try:
        Span.find(text, passage)
    except AnchorError as error:
        count = len(error.issues) + error.omitted
        return f"{count} times" if count > 1 else "nowhere"
    return "once"


def _text(length: int, seed: int = 0) -> str:
    chance = random.Random(length + seed)
    words: list[str] = []
    size = 0
    while size < length:
        words.append(chance.choice(_WORDS))
        size += len(words[-1]) + 1
    return " ".join(words)[:length]


def _spread(text: str, spans: int, size: Callable[[int], int]) -> Article:
    step = len(text) * 9 // 10 // spans
    starts = [text.index(" ", index * step) + 1 for index in range(spans)]
    places = [(start, text.index(" ", start + size(index))) for index, start in enumerate(starts)]
    return _annotated(text, [[place] for place in places])


def _typeset_plainly(text: str) -> str:
    plain = text.translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2014: "-"})
    wrapped = plain.replace(". ", ".\n\n")
    return f"Home | News | Sport\n\n{wrapped}\n\nSubscribe to our newsletter"


def _copied(length: int) -> tuple[Article, str]:
    text = _text(length)
    return _spread(text, length // 1000, lambda _: 80), _typeset_plainly(text)


def _foreign(length: int) -> tuple[Article, str]:
    return _spread(_text(length), length // 1000, lambda index: 40 + index % 200), _text(length, 1)


def _long(length: int) -> tuple[Article, str]:
    text = _text(length)
    return _spread(text, 500, lambda index: length // 20 + 7 * index), _typeset_plainly(text)


def _same(length: int) -> tuple[Article, str]:
    text = _text(length)
    pieces = [f"{text[start : start + 500]} They deny it. " for start in range(0, length, 500)]
    whole = "".join(pieces)
    places = [match.span() for match in re.finditer("They deny it", whole)]
    return _annotated(whole, [[place] for place in places]), _typeset_plainly(whole).replace("They deny it", "They", 1)


def _invented(length: int) -> tuple[Article, str]:
    text = "".join(chr(0x4E00 + random.Random(index).randrange(900)) for index in range(length // 4))
    span = Span(0, len(text) // 2, f"1:{len(text) // 2}:0123456789abcdef")
    statement = Statement(id="s", speaker="x", content="C.", spans=[span])
    return Article(id="made", actors=[Actor(id="x", name="X")], statements=[statement]), text
