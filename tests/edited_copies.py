"""Texts of sentences that are nearly equal, and edited copies of them in which it is known where all words went."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from geoclaims import Actor, Article, Span, Statement

SPEAKERS: Final = ("The mayor", "The baker", "Ada Birch", "A docker", "The port")
CUES: Final = ("said", "denied", "claimed", "wrote")
CLAIMS: Final = (
    *("the harbour has been mined by the rebels", "it rained", "they saw nothing at all on Monday"),
    *("no ship of the north will ever enter this harbour", "the nets were cut"),
)
ADDED: Final = ("on Monday", "in a letter to all members of the union", "again")


class Part(NamedTuple):
    """Some words of a sentence; those that were in the annotated text have a number."""

    words: str
    number: int | None


Sentence = list[Part]


def sentence(chance: random.Random, first: int | None) -> Sentence:
    """Write a sentence of three annotated parts, which are numbered from `first`."""
    speaker, cue, claim = (chance.choice(words) for words in (SPEAKERS, CUES, CLAIMS))
    numbers = [None if first is None else first + index for index in range(3)]
    said = [Part(speaker, numbers[0]), Part(cue, numbers[1])]
    if chance.random() < 0.3:
        return [Part(claim, numbers[2]), Part("as", None), *said]
    return [*said, Part("that", None), Part(claim, numbers[2])]


def edited(sentences: Sequence[Sentence], chance: random.Random) -> list[Sentence]:
    """Insert, remove, change or move one to three whole sentences, or edit within them."""
    copy = list(sentences)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(copy) or 1)
        edit = chance.choice(("insert", "remove", "change", "move", "add", "leave out")) if copy else "insert"
        if edit == "insert":
            copy.insert(chance.randint(0, len(copy)), sentence(chance, None))
        elif edit == "remove":
            del copy[at]
        elif edit == "move":
            copy.insert(chance.randrange(len(copy)), copy.pop(at))
        else:
            part = chance.randrange(len(copy[at]))
            words = copy[at][part].words
            alike = next((each for each in (SPEAKERS, CUES, CLAIMS) if words in each), ("that",))
            other = chance.choice([each for each in alike if each != words] or alike)
            replaced = {"change": [Part(other, None)], "leave out": [], "add": [Part(chance.choice(ADDED), None)]}[edit]
            kept = [copy[at][part]] if edit == "add" else []
            copy[at] = [*copy[at][:part], *kept, *replaced, *copy[at][part + 1 :]]
    return [each for each in copy if each]


class Written(NamedTuple):
    """The text of some sentences, each sentence, and the places of the numbered parts."""

    text: str
    lines: list[str]
    places: dict[int, tuple[int, int]]


def laid_out(sentences: Sequence[Sentence]) -> Written:
    """Write sentences one after the other."""
    lines: list[str] = []
    places: dict[int, tuple[int, int]] = {}
    start = 0
    for parts in sentences:
        line = ""
        for words, number in parts:
            line += " " * bool(line)
            if number is not None:
                places[number] = start + len(line), start + len(line) + len(words)
            line += words
        lines.append(f"{line}.")
        start += len(line) + 2
    return Written(" ".join(lines), lines, places)


def sentences(chance: random.Random) -> list[Sentence]:
    """Write 3 to 14 sentences, whose parts are numbered."""
    return [sentence(chance, 3 * index) for index in range(chance.randint(3, 14))]


def annotated(sentences: Sequence[Sentence]) -> Article:
    """Annotate each sentence as a statement: its speaker, cue and claim."""
    text, _, places = laid_out(sentences)
    statements = [
        Statement(
            id=f"s{index}",
            speaker="x",
            content="C.",
            spans=[Span.of(text, *places[number]) for _, number in parts if number is not None],
        )
        for index, parts in enumerate(sentences)
    ]
    return Article(id="a", actors=[Actor(id="x", name="X")], statements=statements)


def outcomes(number: int) -> Counter[str]:
    """Attach one article to one edited copy, and count what became of its statements.

    `right`; `given up`, as a passage is gone; `lost` though all are there; `copied`, at a copy of the whole sentence;
    and `wrong`, put together from other places or taken away from its own.
    """
    chance = random.Random(number)
    before = sentences(chance)
    copy = laid_out(edited(before, chance))
    found: Counter[str] = Counter()
    if not copy.text:
        return found
    attached = annotated(before).with_text(copy.text, on_error=lambda _: None)
    for parts, line, statement in zip(before, laid_out(before).lines, attached.statements, strict=True):
        places = [copy.places.get(number) for _, number in parts if number is not None]
        spans = [(span.start, span.end) for span in statement.spans]
        if not spans:
            found["lost" if all(places) else "given up"] += 1
        elif spans == places:
            found["right"] += 1
        else:
            # Each sentence begins with an annotated part.
            found["copied" if copy.text.startswith(line, spans[0][0]) else "wrong"] += 1
    return found
