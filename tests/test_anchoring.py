from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from html.entities import codepoint2name
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import pytest
from hypothesis import assume, example, given, settings, strategies as st

from geoclaims import Actor, AnchorError, Article, Span, Statement, ValidationError, from_dict, load_article, to_dict
from geoclaims.annotation import read_draft
from tests.conftest import Work
from tests.edited_copies import article_of

# An article of our own, in which words are said again and marks of all kinds stand.
TEXT = """\
The harbour of Port Alder was closed on Monday — for the third time this year. “We saw nothing,” he said. The \
mayor’s office counted 155 boats, at least 12 of them foreign…
Officials of the Coast Union denied it. “It is not our fleet,” the union’s spokeswoman Ada Birch said – twice – \
on state radio, “and it never was.” He said no more.
In a two- and three-year dispute, both sides have accused each other of cutting long-line nets. The government \
denied it. ‘That’s a fable’, a fisherman told café owners in the zürich-born engineer’s bar.
The government denied it. Between 3.5 and 4.0 million crowns were paid, the paper “Alder Post” wrote; nobody \
at the ministry was able to say by whom. “We saw nothing,” he said. The mayor did not comment.
“Never,” Birch said. The Coast Union has no ships there, she added, citing radar logs (see below). He said no."""


def places_of(text: str, words: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(re.escape(words), text)]


def spans_of(article: Article) -> list[tuple[int, int]]:
    return [(span.start, span.end) for statement in article.statements for span in statement.spans]


def problems(article: Article, text: str) -> dict[str, str]:
    """The places of the spans that cannot be found in a text, and the messages."""
    with pytest.raises(AnchorError) as caught:
        article.with_text(text)
    assert {issue.code for issue in caught.value.issues} == {"span"}
    return {issue.json_path: issue.message for issue in caught.value.issues}


# Copies: the same text as others typeset it, and where each of its characters has gone.


class Copy(NamedTuple):
    text: str
    places: list[tuple[int, int]]

    def place(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start][0], self.places[end - 1][1]


STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
KINDS = [
    *("straight", "typed", "dashes", "spaces", "wrapped", "crlf", "bom", "invisible", "nfd", "references", "nested"),
    "page",
]


def typeset(text: str, kinds: set[str], chance: random.Random) -> Copy:
    """A copy that differs in some ways; what is drawn at random is how."""
    pieces = ["\ufeff" if "bom" in kinds else "", "Home | News | 🌍 Monde\n\n" if "page" in kinds else ""]
    length = sum(map(len, pieces))
    places = []
    for index, sign in enumerate(text):
        before = chance.choice("\xad\u200b\u2060\u202a\ufeff") if "invisible" in kinds and chance.random() < 0.1 else ""
        image = set_in_type(sign, text[index + 1 : index + 2], kinds, chance)
        between = ""
        if sign == "\n" and "page" in kinds:
            between = chance.choice(
                ["", "ADVERTISEMENT\n\n", "Read more: The government denied it. 📰\r\n", "🎉 50% off!\n"]
            )
        places.append((length + len(before), length + len(before) + len(image)))
        pieces += before, image, between
        length += len(before + image + between)
    return Copy("".join([*pieces, "\n© Imprint | We saw nothing" if "page" in kinds else ""]), places)


def set_in_type(sign: str, following: str, kinds: set[str], chance: random.Random) -> str:
    image = sign
    if "straight" in kinds:
        image = STRAIGHT.get(image, image)
    if "typed" in kinds:
        image = {"“": "``", "”": "''", "‘": "`", "’": "'"}.get(image, image)
    if "dashes" in kinds:
        choices = {"—": ["--", "–", "-"], "–": ["-", "—", "\u2212"], "-": ["\u2010", "\u2011"], "…": ["..."]}
        image = chance.choice(choices.get(image, [image]))
    if "wrapped" in kinds and sign == "-" and following.isalpha():
        image += "\n"
    if "spaces" in kinds and sign == " ":
        image = chance.choice([" ", "\xa0", "  ", "\n", "\u2009", " \t"])
    if sign == "\n" and {"spaces", "wrapped"} & kinds:
        image = chance.choice(["\n", "\n\n", " ", "\n   "])
    if "crlf" in kinds:
        image = image.replace("\n", "\r\n")
    if "nfd" in kinds:
        image = unicodedata.normalize("NFD", image)
    if "references" in kinds and not sign.isspace() and (sign in "&<>\"'" or not sign.isascii()):
        name = codepoint2name.get(ord(sign))
        image = chance.choice([f"&#{ord(sign)};", f"&#x{ord(sign):X};", f"&{name};" if name else f"&#{ord(sign)};"])
        image = image.replace("&", "&amp;") if "nested" in kinds else image
    return image


kinds = st.one_of(st.sampled_from(KINDS).map(lambda kind: {kind}), st.sets(st.sampled_from(KINDS)), st.just(set(KINDS)))
chances = st.integers(0, 2**32).map(random.Random)
tokens = [match.span() for match in re.finditer(r"\S+", TEXT)]


@st.composite
def passages(draw: st.DrawFn) -> tuple[int, int]:
    """From one word of the text to another in the same paragraph, with the marks around them or without."""
    first = draw(st.integers(0, len(tokens) - 1))
    last = draw(st.integers(first, min(first + 25, len(tokens) - 1)))
    start, end = tokens[first][0], tokens[last][1]
    if draw(st.booleans()):
        start = end - len(TEXT[start:end].lstrip("“‘("))
    if draw(st.booleans()):
        end = start + len(TEXT[start:end].rstrip("”’).,…"))
    paragraph = TEXT.find("\n", start)
    end = min(end, paragraph) if paragraph >= 0 else end
    assume(end - start >= 5 and TEXT[start - 2 : start] != "- ")  # behind a hyphen no passage begins
    return start, end


@st.composite
def annotated(draw: st.DrawFn) -> list[list[tuple[int, int]]]:
    """Statements with passages, interrupted ones and nested ones too; the first and the last are always the same."""
    drawn = [[place] for place in draw(st.lists(passages(), max_size=15))]
    interrupted = draw(st.lists(passages(), max_size=6))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(interrupted):
        # Where a sentence ends so soon between two passages, only the very same distance keeps them together.
        if not apart or start > apart[-1][1] + 20 or TEXT[apart[-1][1] : start].isspace():
            apart.append((start, end))
    return [places_of(TEXT, "The harbour"), *drawn, *([apart] if apart else []), places_of(TEXT, "radar logs")]


@settings(max_examples=50)
@given(annotated(), kinds, chances)
def test_typography_alone_never_costs_a_passage_of_five_characters_or_more(
    annotation: list[list[tuple[int, int]]], kinds: set[str], chance: random.Random
) -> None:
    copy = typeset(TEXT, kinds - {"page"}, chance)
    article = article_of(TEXT, *annotation).with_text(copy.text)
    assert spans_of(article) == [copy.place(*place) for places in annotation for place in places]
    assert article.text == copy.text
    for statement, places in zip(article.statements, annotation, strict=True):
        found = [copy.text[slice(*copy.place(*place))] for place in places]
        assert article.excerpts(statement) == tuple(found)


@settings(max_examples=50)
@given(annotated(), kinds, chances)
# The page puts in as many characters as lie between two places of "said.".
@example([[(0, 11)], [(0, 11), (761, 766)], [(821, 831)]], {"straight"}, random.Random(1))
def test_in_a_page_every_passage_is_found_or_said_to_stand_more_than_once(
    annotation: list[list[tuple[int, int]]], kinds: set[str], chance: random.Random
) -> None:
    # What a page puts in between may hold the same words, just as far from a neighbour as they stood.
    assume(not any(TEXT[start:end] in "The government denied it" for start, end in chain(*annotation)))
    copy = typeset(TEXT, kinds | {"page"}, chance)
    article = article_of(TEXT, *annotation)
    try:
        assert spans_of(article.with_text(copy.text)) == [
            copy.place(*place) for places in annotation for place in places
        ]
    except AnchorError as error:
        for issue in error.issues:
            number, index = (part for part in issue.path if isinstance(part, int))
            words = TEXT[slice(*annotation[number][index])]
            # Two sentences begin with the same thirty characters; between passages of one statement, none may end.
            is_alone = len(annotation[number]) == 1
            assert not is_alone or len(words) < 30 or TEXT.count(words) > 1, "a long one that stands once"


@settings(max_examples=50)
@given(st.data(), kinds, chances)
def test_a_passage_in_which_a_word_changed_is_not_found_and_all_others_are(
    data: st.DataObject, kinds: set[str], chance: random.Random
) -> None:
    sentences = [match.span() for match in re.finditer(r"\w(?:[^\n.…]|\.\d){29,}", TEXT)]
    unique = [place for place in sentences if len(places_of(TEXT, TEXT[slice(*place)])) == 1]
    start, end = data.draw(st.sampled_from(unique))
    words = [match.span() for match in re.finditer(r"\w+", TEXT[start:end])]
    first, last = data.draw(st.sampled_from(words))
    word = TEXT[start + first : start + last]
    changes = [f"un{word}", f"not {word} not", "", f"1{word}", f"{word}5", "another", f"{word}n't"]
    change = data.draw(st.sampled_from(changes))
    before, after = TEXT[: start + first], TEXT[start + last :]
    copy = typeset(before + change + after, kinds, chance)
    others = [place for place in sentences if place != (start, end)]
    article = article_of(TEXT, [(start, end)], *([place] for place in others))
    assert list(problems(article, copy.text)) == ["$.statements[0].spans[0]"]


# One passage


@pytest.mark.parametrize("start", ["", "“", "''", "»", "&ldquo;", "…", "[...] ", "“…"])
def test_quotation_marks_and_ellipses_at_the_ends_that_the_text_does_not_have_are_taken_off(start: str) -> None:
    text = "“It was like this,” he said: we saw no boats. “We were here."
    statement = {"type": "statement", "id": "s", "speaker": "he", "content": "C."}
    ends = ["", "“", "”", "''", "’’", "«", "&quot;", "…", "....", ". . .", "[…]", "( ... )", "”…", " ’ "]
    for words, end in product(("we saw no boats", "we saw no boats.", "It was like this"), ends):
        span = Span.find(text, f"{start}{words}{end}")
        assert text[span.start : span.end].strip("“”.,") == words.strip(".")
        passages = [f"{start}{words}{end}"]
        draft = {"id": "a", "actors": [{"id": "he", "name": "he"}], "statements": [statement | {"passages": passages}]}
        assert read_draft(draft, text).statements[0].spans == (span,)


WORDS = [
    # A mark that may belong to a word, and every letter and digit, are kept.
    ("He met the ministers.", "‘the ministers’", "the ministers"),
    ("He met the ministers.", "He met ‘the ministers’", None),
    ("He met the ministers.", "the ministers’", None),
    ("It is the ministers’.", "“the ministers’", "the ministers’"),
    ("They sent em home.", "’em home", None),
    ("They sent 'em home.", "“’em home”", "'em home"),
    ("‘We left in the 90s,’ he said", "’90s", None),
    ("A mast of 12 metres", "A mast of 12′", None),
    ("We asked them. We denied it.", "“We deny it.”", None),
    ("We asked them. We denied it.", "“We asked them, …", "We asked them"),
    ("155 boats, they say", "“55 boats…", None),
    ("No comment", "“…”", None),
    # White space around a passage is not part of it; offsets count code points.
    ("One.\n\n Two words. Three.", "\u200b\n Two  words.\t", "Two words."),
    ("😀😀 no", "no", "no"),
    # An edge that depends on what stands beside it is found to the letter, and no part of a character or word is.
    ("a word- he said", "- he said", "- he said"),
    ("e\u0301 a", "e", None),
    ("Black&amp;white", "amp", None),
    # The search looks past optional marks, tatweel, presentation forms and scripts of digits.
    ("قَالَ الوَزِيرُ لا.", "قال الوزير", "قَالَ الوَزِيرُ"),
    ("قال الوزير لا.", "قَالَ الوَزِيرُ", "قال الوزير"),
    ("قـــال الوزير لا.", "قال الوزير", "قـــال الوزير"),
    ("قال الوزير \ufefb شيء.", "لا شيء", "\ufefb شيء"),
    ("هناك ١٥٥ مواطنا.", "155 مواطنا", "١٥٥ مواطنا"),
    ("שָׁלוֹם לכולם.", "שלום לכולם", "שָׁלוֹם לכולם"),
    # An ellipsis in the middle is not looked past.
    ("“We saw no boats at all on that day,” she said…", "“We saw no boats […] on that day”", None),
]


@pytest.mark.parametrize(("text", "passage", "words"), WORDS)
def test_of_a_passage_only_typography_may_differ(text: str, passage: str, words: str | None) -> None:
    if words is None:
        with pytest.raises(AnchorError):
            Span.find(text, passage)
    else:
        span = Span.find(text, passage)
        assert text[span.start : span.end] == words
        assert span == Span.of(text, span.start, span.end)


# Passages, and where they start; none is found within a longer word or number.
CUTS: list[tuple[str, str, int | None]] = [
    *((f"They are {word}.", passage, None) for word, passage in (
        ("unhappy with it", "happy with it"), ("155 boats", "55 boats"), ("١٥٥ boats", "55 boats"),
        ("155 boats", "They are 15"), ("1,155 boats", "155 boats"), ("15.5 boats", "They are 15"),
        ("2024-25 seasons", "25 seasons"), ("long-line nets", "line nets"),
        ("الوزير 1", "زير"), ("الوزراء 1", "الوز"), ("مدرسة 1", "رسة"),
        ("ירושלים 1", "שלים"), ("ב2 1", "2"), ("و2 1", "2"),
    )),
    ("They didn’t see it.", "They did", None), ("They can’t see it.", "They can", None),
    ("THEY CAN’T SEE IT", "THEY CAN", None),
    ("The party likes art.", "art", 16), ("Ukraine’s ships", "Ukraine", 0),
    ("it costs $10 (or 9)", "10", 10), ("他说中国没有参与。", "中国没有参与", 2), ("เขาบอกว่าไม่ใช่", "ไม่ใช่", 9),
    ("한국은 부인했다", "한국", 0), ("_no_ comment", "no", 1), ("Agent X left", "X left", 6),
    # After letters that are written onto a word; words of one letter or with digits have none.
    ("وقال الوزير", "قال الوزير", 1), ("وقال الوزير", "الوزير", 5), ("وَقَالَ الوزير", "قَالَ الوزير", 2),
    ("من القادة", "قادة", 5), ("للوزير كلمة", "وزير كلمة", 2), ("והשר אמר", "השר אמר", 1), ("ב או ג", "או", 2),
    ("ب أو ت", "أو", 2), ("והשר אמר", "שר אמר", 2),
    *((f"1 {word} 3", word, 2) for word in ("ב2", "و2", "א", "ب", "و", "אב", "ي2")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "passage", "start"), CUTS)
def test_a_passage_is_found_where_it_cuts_no_word_or_number(text: str, passage: str, start: int | None) -> None:
    gap = " " * (start or 0)
    annotated = f"{gap}{passage}. Another passage."
    article = article_of(annotated, [(len(gap), len(gap) + len(passage))], places_of(annotated, "Another passage"))
    attached = article.with_text(text if start is not None else f"Heading. {text}", on_error=lambda _: None)
    if start is None:
        with pytest.raises(AnchorError) as caught:
            Span.find(text, passage)
        assert (len(caught.value.issues), spans_of(attached)) == (1, [])
    else:
        assert Span.find(text, passage).start == start
        assert spans_of(attached) == [(start, start + len(passage))]


@pytest.mark.parametrize(
    ("text", "passage", "number"),
    [
        ("They said no. Later ‘they said  no’ again.", "said no", 2), ("哈哈哈。", "哈哈", 2),
        ("١٥٥ boats, 155 boats", "155 boats", 2), ("no " * 1000, "no", 1000),
        ("a word- he said, a word- he said", "- he said", 2), ("a word- he said, " * 150, "- he said", 150),
        ("哈" * 5000, "哈" * 2500, 2501), ("a b " * 2500, "a b " * 1200 + "a", 1300),
        ("a" * 300 + " " + "a" * 300, "a" * 300, 2), ("哈" * 50 + "，" + "哈" * 30, "哈" * 20, 42),
        ("哈哈呵" * 40 + "哈", "哈哈呵" * 10 + "哈", 31),
    ],
)  # fmt: skip
def test_each_of_several_places_is_an_issue_and_of_very_many_the_first(text: str, passage: str, number: int) -> None:
    with pytest.raises(AnchorError) as caught:
        Span.find(text, passage)
    issues = caught.value.issues
    assert (len(issues), caught.value.omitted) == (min(number, 100), 0)
    assert {(issue.code, issue.path) for issue in issues} == {("span", ())}
    named = [tuple(map(int, re.findall(r"\d+", issue.message)[:2])) for issue in issues]
    if number > 2:
        starts = [place for place in range(len(text)) if text.startswith(passage, place)]
        places = [(start, start + len(passage)) for start in starts[:100]]
        assert named[:99] == places[:99]
        assert (named == places) == (number <= 100)  # the last says that there are more
    else:
        assert [place for place in named if not Span.of(text, *place).end] == []


def nearest(text: str, passage: str) -> str:
    """What an error says instead of a passage that is nowhere."""
    with pytest.raises(AnchorError) as caught:
        Span.find(text, passage)
    (issue,) = caught.value.issues
    return issue.message


SAID, CHANGED = (f"The union denied that its {each} cut the nets." for each in ("boats", "ships"))


def test_a_copy_with_other_digits_is_not_said_to_have_a_longer_word_and_one_with_more_is() -> None:
    text = "The navy lost 12"
    article = attrs.evolve(article_of(text, [(0, len(text))]), text=text)
    for copy, is_longer in (("The navy lost ١٢", False), ("So the navy said. The navy lost 1200", True)):
        with pytest.raises(AnchorError) as caught:
            article.with_text(copy)
        assert ("only within a longer word" in str(caught.value)) == is_longer


@pytest.mark.parametrize(
    ("text", "passage", "place", "words"),
    [
        ("The mayor left early. Others came.", "The mayor left late.", 0, "The mayor left early"),
        ("“It is no lie,” the customs office replied.", "the custom office replied", 16, "the customs office replied"),
        ("Harbour one. Harbour two. Harbour ten closed.", "Harbour six closed", 26, "Harbour ten closed"),
        (f"{'Something else. ' * 5000}{SAID} The union added nobody cut. {'More. ' * 5000}", CHANGED, 80000, SAID),
    ],
)  # fmt: skip
def test_the_nearest_place_is_the_first_where_most_of_a_passage_stands_in_whole_words(
    text: str, passage: str, place: int, words: str
) -> None:
    assert re.search(rf"{re.escape(repr(words))} .*\b{place}\b", nearest(text, passage))


def test_where_nothing_is_like_a_passage_no_place_is_named_and_at_an_ellipsis_two_passages_are_advised() -> None:
    assert "nearest" not in nearest("The harbour was closed. Boats came.", "Nobody wrote of the boats that were gone")
    text = "“We saw no boats at all on that day,” she said… and left."
    assert "make two passages" in nearest(text, "“We saw no boats […] on that day”")
    assert "make two passages" not in nearest(text, "he said... and left")
    for words, is_cut in (("mined now", True), ("said mined", False), ("ined now", False), ("mined no", False)):
        assert ("other words are between" in nearest("They mined, he said, now", words)) == is_cut, words
    for full, half in (("港はＡＢＣ社だ", "ABC"), ("港（船）だ", "(船)"), ("カタカナ", "ｶﾀｶﾅ")):
        assert "full width" in nearest(full, half)
    assert "full width" not in nearest("港だ", "ABC")


def test_if_messages_cut_a_passage_before_it_differs_the_words_there_are_named() -> None:
    start = "The union of the harbour workers of the north said that none of its many members, old or young"
    for before in ("", "Others had left. "):
        text = f"{before}{start}, had ever cut a net of the fleet. Nobody else had."
        said = nearest(text, f"{start}, has ever cut a net of the fleet.")
        assert f"at {len(before)}, with 'had ever cut a net' for 'has ever cut a net'," in said
        assert ", with " not in nearest(text, f"{start.replace('none', 'no one')}, had ever cut a net of the fleet.")
    boats = "".join(f"Boat {number} left the harbour at noon. " for number in range(500))
    said = nearest(f"{boats}Two harbours at noon.", f"{boats}Two harbour at noon.")
    assert "'harbours at noon.' for 'harbour at noon.'" in said


def said_of(text: str, passage: str, copy: str) -> str:
    """What an article with its text says of a passage that is not in a copy."""
    said = Statement(id="s1", speaker="navy", content="No.", spans=[Span.of(text, text.index(passage), len(text))])
    article = Article(id="a", actors=[Actor(id="navy", name="the navy")], statements=[said], text=text)
    with pytest.raises(AnchorError) as caught:
        article.with_text(copy)
    (issue,) = caught.value.issues
    return issue.message.removeprefix("statement 's1': ")


def test_where_an_article_has_its_text_a_lost_passage_is_named_as_if_its_words_were_looked_for() -> None:
    copy = "No, they denied all."
    for passage in ("they deny it all.", " it all."):
        assert said_of("No, they deny it all.", passage, copy) == nearest(copy, passage)
    assert "longer word" not in said_of("No ", " ", "No")


UNFIT = ["\0", "a\ud800"]


@pytest.mark.parametrize(
    ("call", "code", "place"),
    [
        *((partial(Span.find, "a", passage), "empty", "$.passage") for passage in ("", " \n\u200b")),
        *((partial(Span.find, "a", passage), "text", "$.passage") for passage in UNFIT),
        *((partial(Span.of, f"He said {unfit} no.", 3, 11), "text", "$.text") for unfit in UNFIT),
        *((partial(Article(id="a").with_text, text), "empty", "$.text") for text in ("", " \n")),
        *((partial(Article(id="a").with_text, text), "text", "$.text") for text in UNFIT),
    ],
)
def test_texts_and_passages_are_text_that_is_not_empty(call: Callable[[], object], code: str, place: str) -> None:
    with pytest.raises(ValidationError) as caught:
        call()
    assert [(issue.code, issue.json_path) for issue in caught.value.issues] == [(code, place)]


def test_what_stands_outside_a_passage_is_not_looked_at() -> None:
    assert Span.of("He said \0 no.", 0, 7) == Span.of("He said", 0, 7)


@pytest.mark.parametrize("wrong", [None, b"a", 5])
def test_an_argument_of_another_type_is_a_type_error(wrong: Any) -> None:
    for call, name in (
        (partial(Article(id="a").with_text, wrong), "text"),
        (partial(Span.find, wrong, "a"), "text"),
        (partial(Span.find, "a", wrong), "passage"),
    ):
        with pytest.raises(TypeError, match=name):
            call()
    with pytest.raises(TypeError, match="on_error"):  # also where nothing is lost
        Article(id="a").with_text("Nothing of this.", on_error=3)  # type: ignore[arg-type]


# All passages of an article: [1:words] is a passage of statement 1. In a copy, a statement without any is lost.


def unmarked(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """Take the marks out of a text."""
    text, places = "", defaultdict[str, list[tuple[int, int]]](list)
    for plain, number, words in re.findall(r"(.*?)(?:\[(\d):([^]]*)\]|\Z)", marked, re.DOTALL):
        text += plain
        if number:
            places[number].append((len(text), len(text) + len(words)))
            text += words
    return text, places


def lost(marked: str, number: int) -> str:
    """Take the marks of a statement out of a text."""
    return re.sub(rf"\[{number}:([^]]*)\]", r"\1", marked)


def expect(before: str, after: str, *, has_text: bool = False) -> None:
    """Attach a copy to an annotated article, in which each statement is where it is marked, or lost."""
    (text, places), (copy, expected) = unmarked(before), unmarked(after)
    errors: list[AnchorError] = []
    article = article_of(text, *places.values())
    annotated = attrs.evolve(article, text=text) if has_text else article
    attached = annotated.with_text(copy, on_error=errors.append)
    found = [[(span.start, span.end) for span in statement.spans] for statement in attached.statements]
    assert found == [expected.get(number, []) for number in places]
    assert attached.text == copy
    named = [
        ("statements", index, "spans", span)
        for index, (number, own) in enumerate(places.items())
        for span in range(len(own))
        if number not in expected
    ]
    assert [issue.path for error in errors for issue in error.issues if issue.path] == named


QUOTE = "no ship of the north will enter this harbour"
KNEW = f"[1:{QUOTE}], the mayor of the port [1:told reporters]. [2:Then she left without another word]. So {QUOTE}."
LONG = [f"The {name} wrote a letter of many pages to the minister." for name in ("mayor", "baker", "clerk", "pilot")]
LETTERS = [f"[{number}:{line}]" for number, line in enumerate(LONG)]
CUT = "[0:Port Alder] spoke. [1:The] [2:Ukrain]ian [3:ships came]. The union [4:agreed]. [5:The end came]."
HAMM = f"{LETTERS[0]}\n{{0}}Then [4:Hamm] [4:supports] [4:Trump].{{0}}\nNothing was heard.\n{LETTERS[1]}"
NOON = "[0:The mayor of the town spoke at noon]: [0:“we know it”]. [1:The union agreed with all of it] in the end."
SUED = [
    "[1:The mayor of the town opened the new harbour at noon], [1:they deny it]. And so it went on, day after day.\n",
    "[2:The union has sued the owners of eleven boats], [2:they deny it]. And so it went on, day after day.\n",
    "[3:The court will hear all of them in the spring], [3:they deny it]. And so it went on, day after day.\n",
]
DENIED = "[0:The mayor spoke]. [1:They deny it]. [2:The union agreed]. Later they met. They deny it. [3:The end] came."


CASES = [
    ("words elsewhere instead of changed ones", DENIED, f"So: {DENIED.replace('[1:They deny it]', 'They fear it')}"),
    ("a long passage below is another's", f"It rained. She knew that {KNEW}",
     f"So: It rained. She knew that {lost(KNEW, 1).replace(QUOTE, 'nobody will', 1)}"),
    ("passages of one statement that changed places", f"[0:{LONG[0]}] [0:{LONG[1]}] [1:{LONG[2]}]",
     f"[1:{LONG[2]}] {LONG[1]} {LONG[0]}"),
    ("a passage that cuts a word moves with its neighbours", CUT,
     f"Heading 😀\n{CUT.replace('agreed].', 'agreed].  [Photo]')}"),
    ("it is lost in a longer word", CUT,
     f"Heading 😀\n{CUT.replace('[2:Ukrain]', 'proUkrain').replace('agreed].', 'agreed].  [Photo]')}"),
    ("a passage ends in white space", "[0:He said no.\n]They deny it.\n[2:The] end came.",
     "Heading\n\n[0:He  said no.\n\n\n]They  deny it.\n[2:The] end came."),
    ("edges depend on what stands beside them", "He knew [0:-he said-] no.", "So: word- he said"),
    ("short passages stand together", HAMM.format(""), HAMM.format("Buy now. Trump buys, too. Read on! ")),
    ("short passages do not move together", HAMM.format(""),
     f"{LETTERS[0]}\nThen it was late.\nNothing was heard.\n{LETTERS[1]} So Hamm supports Trump."),
    ("the same words, one left out", "".join(SUED),
     f"Ad.\n{lost(SUED[1], 2).replace(', they deny it', '')}{SUED[0]}{SUED[2]}"),
    ("one passage of a statement is lost", NOON, f"Ad. {lost(NOON, 0).replace('at noon', 'at night')}"),
    ("two passages of the same words are not put in one place", "[0:Bob] war [0:a] a [1:no], no, [0:war] said",
     "Bob a no, no, war a he navy war navy said"),
    ("a passage beyond the end of the copy", "[0:The mayor spoke]. [1:They deny it].", "[0:The mayor spoke]."),
]  # fmt: skip


def test_of_equal_words_those_are_taken_that_are_unchanged_and_without_the_annotated_text_none() -> None:
    words = "They deny it. Others say so. {}They deny it{}."
    expect(words.format("[0:", "]"), "Ad. " + words.format("", ""))
    expect(words.format("[0:", "]"), "Ad. " + words.format("[0:", "]"), has_text=True)


@pytest.mark.parametrize("has_text", [False, True], ids=["alone", "with its text"])
@pytest.mark.parametrize(("before", "after"), [pytest.param(*texts, id=sentence) for sentence, *texts in CASES])
def test_each_statement_is_where_it_is_marked_in_the_copy_or_lost(before: str, after: str, *, has_text: bool) -> None:
    expect(before, after, has_text=has_text)


def test_in_the_text_that_was_annotated_all_spans_stay_whatever_they_cut() -> None:
    for text in ("Ports were clo\u0301sed &amp; re-opened -- he said no. He said no.", "It&#39;s 1&#155;5 no &#x31;2."):
        article = article_of(text, *([(0, cut), (cut, len(text))] for cut in range(1, len(text))))
        assert article.with_text(text).statements == article.statements


@pytest.mark.parametrize("number", [0, 20, 39])
def test_of_words_that_stand_many_times_those_are_chosen_that_kept_their_distance(number: int) -> None:
    said = ["They deny it. "] * 40
    said[number] = "[2:They deny it]. "
    text = f"[1:An opening].\n{''.join(said)}\n[3:An end]."
    expect(text, f"A heading\n\n{text}")


@given(
    st.integers(0, 5), st.integers(0, 5), st.sampled_from(["They deny it", "The nets of the whole fleet have been cut"])
)
def test_of_two_nearly_equal_places_none_is_taken(nearer: int, farther: int, words: str) -> None:
    twice = f"And so {'x' * nearer} it went on. {words}. {'Nothing else. ' * 9}{words}. It {'x' * farther} went on."
    expect(
        f"{LETTERS[0]} And so it went on. [4:{words}]. It went on. {LETTERS[1]}",
        f"A heading.\n{LETTERS[0]} {twice} {LETTERS[1]}",
    )


def test_within_a_statement_none_of_two_places_nearly_at_the_old_distance_is_taken() -> None:
    text = "She has told the harbour board: I know."
    article = article_of(text, [(0, 30), *places_of(text, "I")])
    assert spans_of(article.with_text("She has told the harbour board : I know.")) == [(0, 30), (33, 34)]
    assert (
        "found it at 33, 35"
        in problems(article, "She has told the harbour board : I I know.")["$.statements[0].spans[1]"]
    )


@pytest.mark.parametrize("number", [2, 3, 4])
def test_where_nothing_tells_which_of_several_passages_of_the_same_words_was_left_out_all_are_lost(number: int) -> None:
    said = "".join(f"[{index}:He said no]. " for index in range(number))
    copy = f"[8:Opening of all] this. {'He said no. ' * (number - 1)}[9:Closing of all] this."
    expect(f"[8:Opening of all] this. {said}[9:Closing of all] this.", copy)


FEW_WORDS = st.lists(st.sampled_from(["a ", "aa", "b ", "- ", "”", "  ", "中"]), min_size=1, max_size=14).map("".join)


@settings(max_examples=150)
@given(FEW_WORDS, FEW_WORDS, st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), min_size=1, max_size=8))
def test_in_any_other_text_each_passage_has_a_place_that_fits_or_its_statement_has_none(
    text: str, copy: str, places: list[tuple[int, int]]
) -> None:
    assume(copy.strip() and text.strip())
    within = [(start, min(start + size, len(text))) for start, size in places if start < len(text)]
    article = article_of(text, *([place] for place in within))
    lost: list[AnchorError] = []
    attached = article.with_text(copy, on_error=lost.append)
    for statement, before in zip(attached.statements, article.statements, strict=True):
        found = [Span.of(copy, span.start, span.end).fingerprint for span in statement.spans]
        assert found == [span.fingerprint for span in before.spans] if found else lost


def test_no_part_of_a_character_is_a_place() -> None:
    assert list(problems(article_of("He left.", [(7, 8)]), "He left…")) == ["$.statements[0].spans[0]"]


@given(st.integers(0, 8), st.integers(0, 2), st.integers(0, 12))
@example(0, 0, 150)
def test_a_text_is_another_where_fewer_than_one_in_five_of_three_passages_or_more_are_in_it(
    once: int, twice: int, nowhere: int
) -> None:
    said = [f"We saw boat {number} go." for number in range(once + twice + nowhere)]
    text = " ".join(["Hear.", *said])
    article = article_of(text, *([match.span()] for match in re.finditer(r"We saw boat \d+ go", text)))
    there = said[: once + twice]
    copy = " ".join(["Ad. So:", *there, "And on and on they went.", *reversed(there[once:]), "So be it."])
    errors: list[AnchorError] = []
    attached = article.with_text(copy, on_error=errors.append)
    lost = [number for number, statement in enumerate(attached.statements) if not statement.spans]
    assert {*range(once + twice, len(said))} <= {*lost} <= {*range(once, len(said))}
    is_another = len(said) >= 3 and 5 * len(there) < len(said)
    paths = [()] * is_another + [("statements", number, "spans", 0) for number in lost]
    assert len(errors) == bool(lost)
    for error in errors:
        assert [issue.path for issue in error.issues] == paths[:100]
        assert error.omitted == len(paths[100:])
        with pytest.raises(AnchorError) as caught:
            article.with_text(copy)
        assert (error.issues, error.omitted) == (caught.value.issues, caught.value.omitted)


def test_an_article_without_spans_takes_any_text() -> None:
    article = article_of("", [])
    assert article.with_text("Whatever.").text == "Whatever."
    assert article.with_text("\u200b").excerpts("s0") == ()


# Work: what is hashed and compared grows with the text


@pytest.mark.parametrize(
    "text", ["哈" * 2_000, "a b " * 500], ids=["more places for each passage than are looked at", "few"]
)
def test_the_work_for_another_text_grows_with_its_length(text: str, work: Work) -> None:
    counts = []
    for size in (1, 2):
        starts = range(0, len(text) // 4 * size, 10)
        spans = [Span(start, start + 20 + start, f"1:{20 + start}:{start:016x}") for start in starts]
        statements = [Statement(id=f"s{span.start}", speaker="x", content="C.", spans=[span]) for span in spans]
        article = Article(id="made", actors=[Actor(id="x", name="X")], statements=statements)
        _, calls = work(partial(article.with_text, text * size, on_error=lambda _: None))
        counts.append(calls)
    assert counts[1] <= 3 * counts[0]  # four times if each passage were compared with all of the text


# A text that was edited beside its spans


def test_an_article_with_a_text_that_was_edited_beside_its_spans_has_one_issue_for_each_statement() -> None:
    text = "The mayor of the town spoke at noon, “we know it”, and left. The union agreed with all of it in the end."
    article = article_of(text, [(0, 35), (37, 49)], [(61, 97)]).with_text(text)
    for edited in (text.replace("The mayor", "Yesterday the mayor").replace("agreed with", "agrees with"), "x x"):
        with pytest.raises(ValidationError) as caught:
            from_dict(to_dict(article) | {"text": edited})
        assert [(issue.code, issue.json_path) for issue in caught.value.issues][:2] == [
            ("span", "$.statements[0].spans[0]"), ("span", "$.statements[1].spans[0]"),
        ]  # fmt: skip


# The article that ships with the library


@settings(max_examples=15)
@given(kinds=kinds, chance=chances)
def test_every_passage_of_the_article_is_found_in_any_copy(
    shared: Path, kinds: set[str], chance: random.Random
) -> None:
    copy = typeset((shared / "article.txt").read_text(encoding="utf-8"), kinds, chance)
    article = load_article()
    assert spans_of(article.with_text(copy.text)) == [copy.place(*place) for place in spans_of(article)]
