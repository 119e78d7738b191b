"""Texts in which the same few claims are said again and again, and edited copies in which it is known where words went.

`nox -s bench -- statements` counts what becomes of more than a hundred thousand statements.
"""

from __future__ import annotations

import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from typing import Final, NamedTuple

import attrs

from geoclaims import Actor, AnchorError, Article, Span, Statement

# Few words, which make nearly equal sentences, and more, which make them as different as in an article.
SPEAKERS: Final = (
    *("The mayor", "The baker", "Ada Birch", "A docker", "The port"),
    *("The Coast Union", "A fisherman", "The ministry of the north", "An official", "Port Alder"),
)
CUES: Final = ("said", "denied", "claimed", "wrote", "told reporters", "insisted", "added")
CLAIMS: Final = (
    *("the harbour has been mined by the rebels", "it rained", "they saw nothing at all on Monday"),
    *("no ship of the north will ever enter this harbour", "the nets were cut", "that is a fable", "it never was"),
    *("at least 155 boats were counted off the coast", "the wall was built without a permit", "nobody knows"),
    *("radar logs show no boat within ten miles of the wall", "both sides have paid for it since the spring"),
)
FILLERS: Final = ("It rained all day", "The harbour was closed", "Nobody was able to say by whom", "He said no more")
ADDED: Final = ("on Monday", "in a letter to all members of the union", "again", ", he said,", ". Then")
# What a sentence ends with; the last is cut out of pages.
ENDS: Final = (".", ".", ".", "!", ".”", ".\n\n", ".\n\nADVERTISEMENT\n\n")
# Copies in which sentences were joined, or the same was said again beside a statement, that were once read wrongly.
DOUBTFUL: Final = [
    *(1217, 1301, 1393, 1483, 3326, 3939, 4729, 4814, 6370, 8317, 8945, 9376, 9385, 9441, 9457, 9970),
    *(10000, 10170, 11338, 11431, 11536, 12657, 13690, 14030, 15354),
]


class Part(NamedTuple):
    """Some words of a sentence; those that were in the annotated text have a number."""

    words: str
    number: int | None


Sentence = list[Part]


class Words(NamedTuple):
    """The words that the sentences of a text are made of."""

    speakers: Sequence[str]
    cues: Sequence[str]
    claims: Sequence[str]


def sentence(chance: random.Random, words: Words, numbers: Iterator[int] | None) -> Sentence:
    """Write a sentence: with annotated parts, which get the next numbers, or without."""
    number = None if numbers is None else next(numbers)
    speaker, cue, claim = (Part(chance.choice(each), None if numbers is None else next(numbers)) for each in words)
    other = Part(chance.choice(words.claims), number)
    that, end = Part("that", None), Part(chance.choice(ENDS), None)
    return chance.choice(
        (
            [speaker, cue, that, claim, end],
            [speaker, cue, that, claim, end],
            [claim, Part("as", None), speaker, cue, end],
            [claim, Part(",", None), speaker, cue, Part(", and", None), other, end],
            [Part("According to what", None), speaker, cue, Part("on Monday,", None), claim, end],
        )
    )


def sentences(chance: random.Random) -> tuple[Words, list[Sentence]]:
    """Write 3 to 14 sentences of few or more words; all are annotated, or some of them."""
    few = chance.random() < 0.6
    words = Words(SPEAKERS[:5], CUES[:4], CLAIMS[:5]) if few else Words(SPEAKERS, CUES, CLAIMS)
    annotated = chance.choice((0.4, 1.0, 1.0))
    numbers = count()
    written = []
    for _ in range(chance.randint(3, 14)):
        if annotated < 1 and chance.random() < 0.3:
            written.append([Part(chance.choice(FILLERS), None), Part(chance.choice(ENDS), None)])
        else:
            written.append(sentence(chance, words, numbers if chance.random() < annotated else None))
    return words, written


def edited(words: Words, sentences: Sequence[Sentence], chance: random.Random) -> list[Sentence]:
    """Insert, remove, or move one to three whole sentences, edit within them, or let others say the same."""
    copy = list(sentences)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(copy) or 1)
        edits = ("insert", "remove", "move", "change", "add", "leave out", "say again", "hand over")
        edit = chance.choice(edits) if copy else "insert"
        if edit == "insert":
            copy.insert(chance.randint(0, len(copy)), sentence(chance, words, None))
        elif edit == "remove":
            del copy[at]
        elif edit == "move":
            copy.insert(chance.randrange(len(copy)), copy.pop(at))
        else:
            claims = [index for index, part in enumerate(copy[at]) if part.words in words.claims]
            is_said_again = bool(claims) and edit in {"say again", "hand over"}
            part = chance.choice(claims) if is_said_again else chance.randrange(len(copy[at]))
            own = copy[at][part]
            alike = next((each for each in words if own.words in each), ("that",))
            other = [Part(chance.choice([each for each in alike if each != own.words] or alike), None)]
            if own.words in ENDS:  # two sentences become one
                other = [Part(", and", None)]
            new = {
                "change": other,
                "add": [own, Part(chance.choice(ADDED), None)],
                "leave out": other if own.words in ENDS else [],
                "say again": [own],
                "hand over": [Part("nothing", None)],
            }
            speakers = [each for each in words.speakers if each not in {part.words for part in copy[at]}]
            copy[at] = [*copy[at][:part], *new[edit], *copy[at][part + 1 :]]
            if is_said_again:
                said = [chance.choice(speakers), chance.choice(words.cues), "that", own.words, "."]
                copy.insert(chance.randint(0, len(copy)), [Part(each, None) for each in said])
    return [each for each in copy if each]


class Written(NamedTuple):
    """The text of some sentences, the place of each without its end, and those of the numbered parts."""

    text: str
    lines: list[tuple[int, int]]
    places: dict[int, tuple[int, int]]


def laid_out(sentences: Sequence[Sentence]) -> Written:
    """Write sentences one after the other."""
    text = ""
    lines: list[tuple[int, int]] = []
    places: dict[int, tuple[int, int]] = {}
    for parts in sentences:
        starts = []
        for words, number in parts:
            text += " " * (text != "" and not text[-1].isspace() and words[0] not in ",.!")
            starts.append(len(text))
            if number is not None:
                places[number] = len(text), len(text) + len(words)
            text += words
        lines.append((starts[0], starts[-1]))
    return Written(text, lines, places)


def article_of(text: str, *statements: Sequence[tuple[int, int]]) -> Article:
    """Make an article without its text, each of whose statements is carried by some passages of it."""
    return Article(
        id="a",
        actors=[Actor(id="x", name="X")],
        statements=[
            Statement(id=f"s{number}", speaker="x", content="C.", spans=[Span.of(text, *place) for place in places])
            for number, places in enumerate(statements)
        ],
    )


def annotated(sentences: Sequence[Sentence]) -> Article:
    """Annotate each sentence that has numbered parts as a statement of these."""
    text, _, places = laid_out(sentences)
    return article_of(text, *([places[number] for _, number in parts if number is not None] for parts in sentences))


def outcomes(number: int, *, has_text: bool = False) -> Counter[str]:
    """Attach one article, alone or with its text, to one edited copy, and count what became of its statements.

    `right`; `given up`, as a passage is gone or the words between two changed; `lost` though all are there; `copied`,
    at a copy of the whole sentence, or, if its own is no more, at one sentence in which the same speaker says the same
    by the same cue; and `wrong`, put together from other places or taken away from its own.
    """
    chance = random.Random(number)
    words, before = sentences(chance)
    old, copy = laid_out(before), laid_out(edited(words, before, chance))
    found: Counter[str] = Counter()
    if not copy.text:
        return found
    said = [[number for _, number in parts if number is not None] for parts in before]
    attached = attrs.evolve(annotated(before), text=old.text if has_text else None).with_text(
        copy.text, on_error=lambda _: None
    )
    for numbers, (start, end), statement in zip(said, old.lines, attached.statements, strict=True):
        if not numbers:
            continue
        places = [copy.places.get(number) for number in numbers]
        spans = [(span.start, span.end) for span in statement.spans]
        is_whole = all(places) and all(
            old.text[old.places[one][1] : old.places[other][0]]
            == copy.text[copy.places[one][1] : copy.places[other][0]]
            for one, other in pairwise(numbers)
        )
        if not spans:
            outcome = "lost" if is_whole else "given up"
        elif spans == places:
            outcome = "right"
        else:
            line, moved = old.text[start:end], spans[0][0] - old.places[numbers[0]][0]
            starts = [first for first, _ in copy.lines]
            is_one = bisect(starts, spans[0][0]) == bisect(starts, spans[-1][0])
            is_copy = old.text.count(line) > 1 or copy.text.startswith(line, start + moved)
            outcome = "copied" if is_copy or (is_one and not all(places)) else "wrong"
        found[outcome] += 1
    return found


def nearest(number: int) -> Counter[str]:
    """Look in one edited copy for each sentence that it has no more, and count where the error says that it is nearly.

    `nearest`, at its own words; `elsewhere`; and `none`, though some of its words are there.
    """
    chance = random.Random(number)
    words, before = sentences(chance)
    old, copy = laid_out(before), laid_out(edited(words, before, chance))
    found: Counter[str] = Counter()
    for parts, (start, end) in zip(before, old.lines, strict=True):
        there = [copy.places[number] for _, number in parts if number in copy.places]
        if not there or (sentence := old.text[start:end]) in copy.text:
            continue
        try:
            Span.find(copy.text, sentence)
        except AnchorError as error:
            named = re.search(r"; nearest is .* at (\d+)", error.issues[0].message)
            own = range(min(there)[0] - (end - start), max(there)[1])
            found["none" if not named else "nearest" if int(named[1]) in own else "elsewhere"] += 1
    return found
