"""What is unchanged stays: an article with its text gets another copy, and untouched statements keep their places."""

from __future__ import annotations

import random

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from geoclaims import Article
from tests.edited_copies import Sentence, annotated, edited, laid_out, sentences
from tests.test_anchoring import expect

HEAD = (
    "Dorn said that they want changes: [1:voter participation]. [2:Sanders] said [2:closed primaries deny the vote]. "
)
SAME = "Dorn said that they want changes: voter participation. Jones said closed primaries deny the vote. "

CASES = [
    ("another says the same before the end", f"{HEAD}[1:Campaign funding too].",
     f"{HEAD.replace('[1:voter participation]', 'voter participation')}{SAME}Campaign funding too."),
    ("a passage that cuts a word", "It rained. The [1:Ukrain]ian ships came. It snowed.",
     "It rained. The [1:Ukrain]ian ships came. It hailed and snowed."),
    ("a passage that ends in a space", "[1:He said ] [1:that it rained]. It snowed.",
     "[1:He said ] [1:that it rained]. It hailed."),
    ("an insertion repeats what stood before it", "He spoke. [1:She left]. He spoke.",
     "He spoke. [1:She left]. He spoke. She left. He spoke."),
    ("one that stands in both stays at the beginning", "[1:It rained]. [2:It rained]. ", "[1:It rained]. "),
    ("the end is measured on what the beginning leaves", "It [1:rained] and it snowed.", "It snowed."),
    ("the text goes on where it ends", "No. No. [1:No]", "No. No. [1:No]. No. No."),
    ("the text begins with it", "[1:No]. So it was. No", "Ad. No. [1:No]. So it was. No"),
    ("a word grows in its second passage", "[1:They] said [1:they did].", "They said they didn't."),
    ("a short passage beside equal ones", "No. [1:No]. No.", "Yes. No. [1:No]. No."),
    ("a word grows at its end", "[1:They did].", "They didn't."),
    ("a word grows behind a mark", "He paid [1:3]. So it was.", "He paid 3.5. So it was."),
    ("a number grows at its beginning", "So: [1:55 boats] sank.", "Of all, 155 boats sank."),
    ("a number grows by a space that does not break", "So: [1:600 boats] sank.", "In all 1\xa0600 boats sank."),
    ("a word grows in the place of others", "[1:They did] so. [2:It rained].", "They didn't. [2:It rained]."),
    ("a word that was cut stands between insertions", "[1:The] [2:Ukrain]ian [3:ships came].",
     "Ad. [1:The] [2:Ukrain]ian [3:ships came]. Ad."),
    ("a letter gets a mark", "The word [1:e]", "The word e\u0301 and more"),
    ("a word before it is joined", "[1:lethal help] came.", "non-lethal help came."),
    ("a word between changed", "[1:The docker] said [1:that it rained]. [2:It snowed].",
     "The docker denied that it rained. [2:It snowed]."),
    ("words between were added", "[1:The docker said] [1:that it rained]. [2:It snowed].",
     "The docker said no; Bo said that it rained. [2:It snowed]."),
    ("words between were left out", "[1:The docker] of the port said [1:that it rained]. [2:It snowed].",
     "The docker said that it rained. [2:It snowed]."),
    ("only marks between changed", "[1:The docker said], “[1:that it rained]”. [2:It snowed].",
     'Ad. [1:The docker said]: "[1:that it rained]". [2:It snowed]. Ad.'),
    ("all is as long as before", "[1:The docker] said [1:it rained]. She [2:left].",
     "The docker knew it rained. She [2:left]."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [pytest.param(*texts, id=sentence) for sentence, *texts in CASES])
def test_a_statement_that_is_unchanged_stays_and_one_whose_words_grew_or_changed_does_not(
    before: str, after: str
) -> None:
    expect(before, after, has_text=True)


@given(st.integers(0, 2**32))
def test_a_statement_up_to_which_nothing_changed_stays_whatever_came_went_or_was_said_again(seed: int) -> None:
    chance = random.Random(seed)
    words, before = sentences(chance)
    number = chance.randint(1, len(before))
    others = chance.choice([edited(words, before[number:], chance), before, before[number:] * 2])
    article = with_its_text(before)
    found = article.with_text(laid_out([*before[:number], *others]).text, on_error=lambda _: None)
    assert found.statements[:number] == article.statements[:number]


@given(st.integers(0, 2**32))
def test_a_statement_from_which_on_nothing_changed_moves_with_the_end_of_the_text(seed: int) -> None:
    chance = random.Random(seed)
    words, before = sentences(chance)
    number = chance.randrange(len(before))
    others = chance.choice([edited(words, before[:number], chance), before, before[:number] * 2])
    article = with_its_text(before)
    copy = laid_out([*others, *before[number:]]).text
    old = article.text or ""
    moved = len(copy) - len(old)
    start = laid_out(before).lines[number][0]
    # The beginning comes first, and takes its part of a text that repeats itself.
    assume(old[: min(start, start + moved) + 1] != copy[: min(start, start + moved) + 1])
    found = article.with_text(copy, on_error=lambda _: None)
    for was, now in zip(article.statements[number:], found.statements[number:], strict=True):
        assert [(span.start - moved, span.end - moved) for span in now.spans] == [
            (span.start, span.end) for span in was.spans
        ]


@given(st.integers(0, 2**32))
def test_a_passage_whose_first_or_last_character_changed_is_gone_or_at_the_same_words_elsewhere(seed: int) -> None:
    chance = random.Random(seed)
    article = with_its_text(sentences(chance)[1])
    old = article.text or ""
    spans = [span for statement in article.statements for span in statement.spans]
    assume(spans)
    edge = chance.choice([place for span in spans for place in (span.start, span.end - 1)])
    copy = f"{old[:edge]}{'x' if old[edge] != 'x' else 'z'}{old[edge + 1 :]}"
    found = article.with_text(copy, on_error=lambda _: None)
    for was, now in zip(article.statements, found.statements, strict=True):
        words = [[text[span.start : span.end] for span in of.spans] for text, of in ((old, was), (copy, now))]
        assert words[1] in ([], words[0])


def with_its_text(before: list[Sentence]) -> Article:
    return attrs.evolve(annotated(before), text=laid_out(before).text)
