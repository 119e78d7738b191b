from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

import pytest

from geoclaims import Actor, Article, Span, Statement
from tests.edited_copies import outcomes

# Articles of our own making, in which names, cues and whole claims are said again, and copies of them that somebody
# edited. Each word is known by its number, so that it is known where it went; a word put in has no number.

SPEAKERS = ["The mayor", "Ada Birch", "The Coast Union", "A fisherman", "The ministry", "Port Alder", "An official"]
CUES = ["said", "denied", "claimed", "told reporters", "added", "wrote", "insisted"]
CLAIMS = [
    *("it is not our fleet", "they deny it", "we saw nothing", "no ship of the north will enter this harbour"),
    *("at least 155 boats were counted off the coast on Monday", "that is a fable", "the nets were cut at night"),
    *("the owners of eleven boats have been paid between 3.5 and 4.0 million crowns", "it never was"),
    *("both sides have accused each other of cutting long-line nets since the spring", "nobody knows"),
    *("radar logs show no boat within ten miles of the wall", "the harbour was closed for the third time this year"),
]
FILLERS = [
    *("It rained all day.", "The harbour was closed on Monday.", "Nobody at the ministry was able to say by whom."),
    *("The dispute has gone on for three years — and longer.", "He said no more.", "The mayor did not comment."),
]
ADVERTISEMENTS = ["Read more: the mayor denied it.", "ADVERTISEMENT", "Buy now, he said, and save 155 crowns today."]


T = TypeVar("T")


class Word(NamedTuple):
    text: str
    number: int | None
    after: str = " "
    """The white space after it."""


class Written(NamedTuple):
    words: list[Word]
    statements: list[list[tuple[int, int]]]
    """The passages of each, from one word up to another."""


def written(chance: random.Random) -> Written:
    words: list[Word] = []
    statements: list[list[tuple[int, int]]] = []
    claims = list(CLAIMS)
    annotated = pick(chance, [0.2, 0.5, 0.9])

    def add(text: str, end: str = "") -> tuple[int, int]:
        start = len(words)
        words.extend(Word(word, start + index) for index, word in enumerate((text + end).split()))
        return start, len(words)

    for _ in range(chance.randrange(3, 7)):
        for _ in range(chance.randrange(1, 5)):
            if chance.random() < 0.3:
                add(pick(chance, FILLERS))
            else:
                parts = [add(pick(chance, SPEAKERS)), add(pick(chance, CUES)), add("that")]
                text = pick(chance, claims)
                if len(text) >= 30:  # it is only short words that people say again to the letter
                    claims.remove(text)
                claim = add(text, ".")
                chosen = [part for part in (*parts[:2], claim) if part == claim or chance.random() < 0.7]
                if chance.random() < annotated:
                    statements.append(chosen)
        words[-1] = words[-1]._replace(after="\n\n")
    return Written(words, statements)


def pick(chance: random.Random, choices: Sequence[T]) -> T:
    return choices[chance.randrange(len(choices))]


def paragraphs_of(words: Sequence[Word]) -> list[list[Word]]:
    paragraphs: list[list[Word]] = [[]]
    for word in words:
        paragraphs[-1].append(word)
        if word.after == "\n\n":
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def put_in(text: str, after: str = " ") -> list[Word]:
    words = [Word(word, None) for word in text.split()]
    return [*words[:-1], words[-1]._replace(after=after)]


def below_a_heading(words: list[Word], chance: random.Random) -> list[Word]:
    return [*put_in(pick(chance, SPEAKERS) + " denied it", "\n\n"), *words]


def without_a_paragraph(words: list[Word], chance: random.Random) -> list[Word]:
    paragraphs = paragraphs_of(words)
    del paragraphs[chance.randrange(len(paragraphs))]
    return [*chain.from_iterable(paragraphs)]


def without_its_end(words: list[Word], chance: random.Random) -> list[Word]:
    return words[: len(words) * 2 // 3 + chance.randrange(3)]


def with_words_changed(words: list[Word], chance: random.Random) -> list[Word]:
    return [word._replace(text="sixty", number=None) if chance.random() < 0.05 else word for word in words]


def with_words_put_in(words: list[Word], chance: random.Random) -> list[Word]:
    return [new for word in words for new in (*put_in("indeed") * (chance.random() < 0.04), word)]


def with_words_left_out(words: list[Word], chance: random.Random) -> list[Word]:
    return [word for word in words if chance.random() > 0.04]


def with_advertisements(words: list[Word], chance: random.Random) -> list[Word]:
    paragraphs = paragraphs_of(words)
    return [
        new
        for paragraph in paragraphs
        for new in (
            *paragraph,
            *(put_in(pick(chance, ADVERTISEMENTS), "\n\n") if chance.random() < 0.5 else []),
        )
    ]


def with_paragraphs_moved(words: list[Word], chance: random.Random) -> list[Word]:
    paragraphs = paragraphs_of(words)
    moved = paragraphs.pop(chance.randrange(len(paragraphs)))
    paragraphs.insert(chance.randrange(len(paragraphs) + 1), moved)
    return [*chain.from_iterable(paragraphs)]


def with_a_summary(words: list[Word], chance: random.Random) -> list[Word]:
    said = f"{pick(chance, SPEAKERS)} {pick(chance, CUES)} that {pick(chance, CLAIMS)}."
    return [*put_in(said, "\n\n"), *words, *put_in(said)]


def with_links(words: list[Word], chance: random.Random) -> list[Word]:
    return [
        new
        for word in words
        for new in (word, *(put_in("[1]") if word.text.endswith(".") and chance.random() < 0.3 else []))
    ]


def typeset(words: list[Word], chance: random.Random) -> list[Word]:
    """Change white space and dashes as another program does."""
    paragraph, space, dash = pick(chance, ["\n", "\n\n\n\n"]), pick(chance, [" ", "  "]), pick(chance, ["—", "---"])
    return [
        word._replace(
            text=word.text.replace("—", dash),
            after=paragraph if word.after == "\n\n" else space if word.text.endswith(".") else " ",
        )
        for word in words
    ]


def laid_out(words: Sequence[Word]) -> tuple[str, list[tuple[int, int]]]:
    """The text of some words, and the place of each."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    length = 0
    for word in words:
        places.append((length, length + len(word.text)))
        pieces += word.text, word.after
        length += len(word.text) + len(word.after)
    return "".join(pieces).rstrip(), places


class Outcome(NamedTuple):
    """How many statements were attached where their passages stand, and how many elsewhere."""

    right: int
    wrong: int


Edit = Callable[[list[Word], random.Random], list[Word]]


def attached(number: int, edit: Edit, *, has_text: bool) -> Outcome:
    """Attach one article, alone or with its text, to one copy, and count statements."""
    chance = random.Random(number)
    article = written(chance)
    text, places = laid_out(article.words)
    statements = [
        Statement(
            id=f"s{index}",
            speaker="x",
            content="C.",
            spans=[Span.of(text, places[first][0], end_of(text, places[last - 1])) for first, last in passages],
        )
        for index, passages in enumerate(article.statements)
    ]
    actors = [Actor(id="x", name="X")]
    annotated = Article(id="a", actors=actors, statements=statements, text=text if has_text else None)
    words = typeset(edit(article.words, chance), chance)
    copy, places_now = laid_out(words)
    now = {word.number: index for index, word in enumerate(words) if word.number is not None}

    def true_place(passage: tuple[int, int]) -> tuple[int, int] | None:
        first, last = passage
        start = now.get(first, -1)
        if start < 0 or [word.number for word in words[start : start + last - first]] != [*range(first, last)]:
            return None
        return places_now[start][0], end_of(copy, places_now[start + last - first - 1])

    found = annotated.with_text(copy, on_error=lambda _: None)
    right = wrong = 0
    for statement, passages in zip(found.statements, article.statements, strict=True):
        expected = [true_place(passage) for passage in passages]
        spans = [(span.start, span.end) for span in statement.spans]
        right += spans == sorted(filter(None, expected)) and None not in expected
        wrong += any(span not in expected for span in spans)
    return Outcome(right, wrong)


def end_of(text: str, place: tuple[int, int]) -> int:
    """Where a passage ends whose last word stands at a place: before its full stop."""
    return place[1] - text[slice(*place)].endswith(".")


# How many statements of 200 articles are attached to the places of their passages, and how many to others, with version
# 0.1.0, first without the annotated text, then with it: those of which the same short words stand in a place that
# nothing tells from the right one.
MEASURED = [
    (below_a_heading, (784, 0), (785, 0)),
    (without_a_paragraph, (604, 0), (606, 0)),
    (without_its_end, (483, 2), (483, 1)),
    (with_words_changed, (516, 1), (482, 0)),
    (with_words_put_in, (563, 1), (566, 0)),
    (with_words_left_out, (537, 2), (539, 1)),
    (with_advertisements, (782, 0), (783, 0)),
    (with_paragraphs_moved, (756, 0), (759, 0)),
    (with_a_summary, (782, 0), (781, 2)),
    (with_links, (786, 0), (787, 0)),
]


@pytest.mark.parametrize("has_text", [False, True], ids=["alone", "with its text"])
@pytest.mark.parametrize(
    ("edit", "measured"), [pytest.param(edit, each, id=edit.__name__.replace("_", " ")) for edit, *each in MEASURED]
)
def test_no_fewer_statements_are_attached_to_edited_copies_and_no_more_of_them_wrongly(
    edit: Edit, measured: Sequence[tuple[int, int]], *, has_text: bool
) -> None:
    outcomes = [attached(number, edit, has_text=has_text) for number in range(200)]
    right, wrong = measured[has_text]
    assert sum(outcome.right for outcome in outcomes) >= right
    assert sum(outcome.wrong for outcome in outcomes) <= wrong


# Texts in which the same few names, cues and claims are said again and again.


# Copies in which sentences were joined, or the same was said again beside a statement, that were once read wrongly.
DOUBTFUL = [1217, 1301, 1393, 1483, 3939, 6370, 9376, 9441, 9970, 10000, 11338, 12657, 14030]


@pytest.mark.parametrize(
    "numbers",
    [range(150), pytest.param(range(150, 1_000), marks=pytest.mark.slow)],
    ids=["few copies", "many copies"],
)
def test_no_statement_is_put_together_from_others_or_taken_away_from_its_place(numbers: Sequence[int]) -> None:
    for has_text in (False, True):
        found = sum((outcomes(number, has_text=has_text) for number in numbers), Counter[str]())
        assert found["wrong"] == sum(outcomes(number, has_text=has_text)["wrong"] for number in DOUBTFUL) == 0
        assert found["lost"] < (0.01 if has_text else 0.02) * found["right"]
