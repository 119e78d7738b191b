"""Where given words stand nowhere as they are, a few marks and spaces may differ, but no word, letter or digit."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import given, strategies as st

from geoclaims import AnchorError, Span, ValidationError
from geoclaims.annotation import read_draft
from tests.test_borders_of_words import SENTENCES, is_mark

FOUND = [
    # An opening mark that the text repeats at the beginning of a paragraph.
    ("He said: “One is so.\n\n“Two is so.”", "One is so. Two is so", "One is so.\n\n“Two is so"),
    ("“One.\n“Two.\n“Three.”", "One. Two. Three", "One.\n“Two.\n“Three"),
    ("(“One.\r\n\r\n“Two.”)", "“One. Two.”", "“One.\r\n\r\n“Two.”"),
    ("« Un.\n\n« Deux. »", "« Un. Deux. »", "« Un.\n\n« Deux. »"),
    ("他說：「一。\n\n「二。」", "一。 二", "一。\n\n「二"),
    ("‘One can’t.\n\n‘Two,’ he said", "One can’t. Two", "One can’t.\n\n‘Two"),
    ("«Un.\n»Deux.»", "Un. Deux", "Un.\n»Deux"),
    # A space inside quotation marks or before punctuation.
    ("Il dit : « Non ! » et part", "Il dit: «Non!» et part", "Il dit : « Non ! » et part"),
    ('He said "no" , then left .', "He said 'no', then left.", 'He said "no" , then left .'),
    ("He said “no”, then left.", "He said “ no ” , then left .", "He said “no”, then left."),
    ("‘It is,’ he said ; then left . ‘So be it.’", "is,’ he said; then left. ‘So", "is,’ he said ; then left . ‘So"),
    ("« Un.\n\n« Deux. »", "Un.\n\n«Deux. »", "Un.\n\n« Deux. »"),
    # Single marks of a pair.
    ("Sie sagte: „Wir ‚wissen es‘ nicht“", "Wir „wissen es“ nicht", "Wir ‚wissen es‘ nicht"),
    ("“He said ‘it’s so’ and left”", "He said “it’s so” and left", "He said ‘it’s so’ and left"),
    ("他說「我們『不知道』的」", "我們「不知道」的", "我們『不知道』的"),
    ("他說『5人死』了", "說「5人死」了", "說『5人死』了"),
    ("“He said ‘155 sank’ there”", "said “155 sank” there", "said ‘155 sank’ there"),
    ("« Il dit ‹ non › ici »", "dit «non» ici", "dit ‹ non › ici"),
    ("그는『뉴스』라고", "그는「뉴스」라고", "그는『뉴스』라고"),
    # The last comma or full stop.
    ("“We deny it,” he said", "“We deny it.”", "We deny it"), ("“We deny it!” he said", "We deny it,", "We deny it"),
    ("“We deny it”, he said", "We deny it.", "We deny it"), ("We deny it? No", "We deny it.", "We deny it"),
    ("「我们不知道」，他说", "我们不知道。", "我们不知道"), ("我们不知道。他说", "我们不知道，", "我们不知道"),
    ("उसने कहा। वह गया", "उसने कहा.", "उसने कहा"),
]  # fmt: skip

REFUSED = [
    ("It was “so.”\n\n“No,” she said.", "so. No"),  # the mark opens another quotation
    ("He paid 3 .5 crowns", "He paid 3.5 crowns"), ("A mast of 12′ or 12 feet", "mast of 12″ or"),
    ("The ministers’ boats", "the ministers.” boats"), ("The ministers’ boats sank", "The ministers."),
    ("We deny it all", "We deny it."), ("We deny it, and left", "We deny it."), ("We saw 3.5 boats", "We saw 3,"),
    ("“we deny it,” he said", "We deny it."), ("In the ’90s, they’re gone", "“90s, they”re gone"),
    ("We deny it", "We deny it."), ("It’s so", "Its so"), ("we can not", "we cannot"),
]  # fmt: skip


def found(text: str, passage: str) -> str | None:
    """What is found for a passage, by itself and in a draft."""
    try:
        span = Span.find(text, passage)
    except AnchorError:
        span = None
    said = {"type": "statement", "id": "s", "speaker": "x", "content": "C.", "passages": [passage]}
    draft = {"id": "a", "actors": [{"id": "x", "name": "X"}], "statements": [said]}
    spans = read_draft(draft, text, on_error=lambda _: None).statements[0].spans
    assert spans == (() if span is None else (span,))
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(("text", "passage", "words"), FOUND)
def test_marks_and_spaces_that_copies_lose_may_be_otherwise(text: str, passage: str, words: str) -> None:
    assert found(text, passage) == words


@pytest.mark.parametrize(("text", "passage"), REFUSED)
def test_nothing_else_may_be_otherwise(text: str, passage: str) -> None:
    assert found(text, passage) is None


def test_words_that_stand_as_they_are_are_not_looked_for_otherwise() -> None:
    assert found("“No” , he said. “No”, he said.", "“No”, he") == "“No”, he"


def test_words_that_stand_in_several_places_otherwise_are_not_found_and_the_places_are_named() -> None:
    text = "“We deny it,” he said. “We deny it!” she said."
    with pytest.raises(AnchorError, match=r"at 1 to 11(.|\n)*at 24 to 34"):
        Span.find(text, "We deny it.")
    assert found(text, "We deny it.") is None


def test_of_more_places_than_are_looked_at_none_is_taken() -> None:
    text = "“We deny it,” he said." + " xWe deny it," * 1_001
    assert Span.find(text[:1_000], "We deny it.").start == 1
    with pytest.raises(AnchorError, match="expected it once"):
        Span.find(text, "We deny it.")


def test_in_a_draft_the_context_decides_between_places() -> None:
    text = "“We deny it,” he said. “We deny it!” she said."
    for context, start in (({"prefix": "he said."}, 24), ({"suffix": "he said"}, 1), ({"prefix": "she said"}, None)):
        passage = {"exact": "“We deny it.”", **context}
        said = {"type": "statement", "id": "s", "speaker": "x", "content": "C.", "passages": [passage]}
        draft = {"id": "a", "actors": [{"id": "x", "name": "X"}], "statements": [said]}
        spans = read_draft(draft, text, on_error=lambda _: None).statements[0].spans
        assert [span.start for span in spans] == ([] if start is None else [start])


def test_of_words_that_stand_otherwise_and_beside_other_context_the_place_is_named() -> None:
    said = {"type": "statement", "id": "s", "speaker": "x", "content": "C."}
    passage = {"exact": "“We deny it.”", "prefix": "she said"}
    draft = {"id": "a", "actors": [{"id": "x", "name": "X"}], "statements": [said | {"passages": [passage]}]}
    with pytest.raises(ValidationError, match=r"found it at 9, in .* expected it with prefix 'she said'"):
        read_draft(draft, "He said “We deny it,” and left.")


NEARLY = [
    ("नौसेना ने बंदरगाह में बारूदी सुरंगें नहीं बिछाईं। वह गया", "नौसेना ने बंदरगाह में बारूदी सुरंग बिछाईं", 0, "बिछाईं"),
    ("उसने कहा कि बंदरगाह में सुरंगें नहीं बिछाईं", "कि बदरगाह में सुरंगें नहीं बिछाईं", 9, "बिछाईं"),
    ("وقال إن السفن لم تدخل الميناء يوم الاثنين أبدا. ثم غادر", "السفن لم تدخل الميناء أبدا", 8, "أبدا"),
    ("中方从未向该港口派遣任何舰艇，并要求立即停止散布谣言。他说", "中方从未向该港口派遣舰艇，并要求停止散布谣言", 0,
     "谣言"),
    ("The union denied its boats cut the nets. The nets were old.", "The union denied that their boats cut the nets",
     0, "cut the nets"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "passage", "start", "last"), NEARLY)
def test_the_nearest_place_ends_where_the_last_words_of_the_passage_end_and_can_be_copied(
    text: str, passage: str, start: int, last: str
) -> None:
    with pytest.raises(AnchorError) as error:
        Span.find(text, passage)
    named = re.search("nearest is '(.*)' at", str(error.value))
    assert named
    assert (text.index(named[1]), found(text, named[1])) == (start, named[1].strip())
    assert named[1].strip().endswith(last)


ZH = (
    "港口工会的发言人说，船队从来没有割断北方渔民的渔网，工会的会员也没有人看见过这样的事情，他们在码头上工作了一整夜，直到第二天早上才回家，"
    "所以这些说法都不是真的，工会要求渔民收回"
)
HI = "बंदरगाह संघ के प्रवक्ता ने कहा कि उनकी नावों ने उत्तर के मछुआरों के जाल कभी नहीं काटे और संघ का कोई सदस्य वहाँ नहीं था"


@pytest.mark.parametrize(
    ("text", "passage", "shown"),
    [
        (f"{ZH}指控。\n\n他说了别的话。", f"{ZH}指责。", "'指控。' for '指责。'"),
        (f"{HI}, संघ ने कहा। वह गया।", f"{HI}, संघ ने लिखा।", "'कहा।' for 'लिखा।'"),
    ],
)
def test_where_a_long_passage_differs_is_shown_in_whole_words_and_to_the_end_of_the_nearest_place(
    text: str, passage: str, shown: str
) -> None:
    with pytest.raises(AnchorError, match=f"with {shown}"):
        Span.find(text, passage)


# Passages of all scripts in which one word, letter, digit, mark or vowel sign is changed, set in another way.

MARKS = (
    *(", ", ". ", " — ", "; ", " “", "” ", " ‘", "’ ", ".\n\n“", "’s ", " ,", " . ", "… ", " 3.5 ", " 1 600 ", " ١٥٥ "),
)


def letters(text: str) -> list[str]:
    """The words and numbers of a text, without points of Arabic and Hebrew, and digits of any script alike."""
    signs = unicodedata.normalize("NFC", text)
    signs = re.sub("[\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u0652\u0670\xad\u200b-\u200f]", "", signs)
    kept = [str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in signs]
    return "".join(sign if sign.isalnum() or is_mark(sign) else " " for sign in kept).split()


def written(chance: random.Random) -> str:
    """Some sentences of a script, with marks between the words."""
    sentence = SENTENCES[chance.choice(list(SENTENCES))][0]
    words = [word for _ in range(3) for word in chance.sample(sentence.split(), len(sentence.split()))]
    return "".join(word + (chance.choice(MARKS) if chance.random() < 0.5 else " ") for word in words)


def changed(passage: str, chance: random.Random) -> str:
    """Change one letter, digit, mark or word of a passage."""
    places = [index for index, sign in enumerate(passage) if sign.isalnum() or is_mark(sign)]
    place = chance.choice(places)
    sign = passage[place]
    alike = list("0123456789") if sign.isdecimal() else [each for each in passage if each.isalpha() or is_mark(each)]
    other = chance.choice([*alike, ""])
    new = chance.choice([other, sign + other, f" {chance.choice(['not', '不', 'न'])} ", sign.swapcase()])
    return passage[:place] + new + passage[place + 1 :]


def set_otherwise(passage: str, chance: random.Random) -> str:
    """Set a passage in another way, as those who copy it do."""
    last = chance.choice(",.")
    changes: list[tuple[str, str]] = [
        *((r"[“”]", '"'), (r"[‘’]", "'"), (r"[‘’]", '"'), (r"\n\n“", " "), (r" (?=[,.;])", ""), (r"(?=[,.;!])", " ")),
        *((r"[,.]\Z", last), (r"\Z", last), (r"“ ?", "“ "), (" ", "\u00a0")),
    ]
    for pattern, new in chance.sample(changes, chance.randrange(4)):
        passage = re.sub(pattern, new, passage)
    return passage


def taken(seed: int) -> bool:
    """Look for a changed passage of a text, and report whether a place is taken; fail if that has other words."""
    chance = random.Random(seed)
    text = written(chance)
    start = chance.randrange(len(text) // 2)
    passage = set_otherwise(changed(text[start : start + chance.randint(8, 60)].strip() or "x", chance), chance)
    try:
        span = Span.find(text, passage)
    except AnchorError:
        return False
    assert letters(text[span.start : span.end]) == letters(passage), (seed, text, passage)
    return True


@given(st.integers(0, 2**32))
def test_no_passage_is_taken_whose_words_or_numbers_differ(seed: int) -> None:
    taken(seed)


@pytest.mark.slow
def test_of_ten_thousand_changed_passages_none_is_taken_for_other_words() -> None:
    assert sum(map(taken, range(10_000))) < 10_000
