from __future__ import annotations

import random
import re
import unicodedata
from functools import partial
from html.entities import codepoint2name
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import assume, example, given, settings, strategies as st

from geoclaims import (
    Actor,
    AnchorError,
    Article,
    Span,
    Statement,
    ValidationError,
    from_dict,
    load_article,
    to_dict,
)
from geoclaims.annotation import read_draft

if TYPE_CHECKING:
    from tests.conftest import Work

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


def article_of(text: str, *statements: list[tuple[int, int]]) -> Article:
    """An article without its text, each of whose statements is carried by some passages of it."""
    return Article(
        id="a",
        actors=[Actor(id="x", name="X")],
        statements=[
            Statement(id=f"s{number}", speaker="x", content="C.", spans=[Span.of(text, *place) for place in places])
            for number, places in enumerate(statements)
        ],
    )


def places_of(text: str, words: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(re.escape(words), text)]


def spans_of(article: Article) -> list[tuple[int, int]]:
    return [(span.start, span.end) for statement in article.statements for span in statement.spans]


def found_in(text: str, passage: str, start: int) -> list[tuple[int, int]]:
    """Where a short passage is found that stood at the same offset in a text with another passage, which is gone."""
    annotated = f"{' ' * start}{passage}. Another passage."
    article = article_of(annotated, [(start, start + len(passage))], places_of(annotated, "Another passage"))
    return spans_of(article.with_text(text, on_error=lambda _: None))


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
    assume(end - start >= 5)
    return start, end


@st.composite
def annotated(draw: st.DrawFn) -> list[list[tuple[int, int]]]:
    """Statements with passages, interrupted ones and nested ones too; the first and the last are always the same."""
    drawn = [[place] for place in draw(st.lists(passages(), max_size=15))]
    interrupted = draw(st.lists(passages(), max_size=6))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(interrupted):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return [places_of(TEXT, "The harbour"), *drawn, *([apart] if apart else []), places_of(TEXT, "radar logs")]


@settings(max_examples=150)
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


@settings(max_examples=150)
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
            match issue.path:
                case ("statements", int(number), "spans", int(index)):
                    words = TEXT[slice(*annotation[number][index])]
                    assert "expected one place" in issue.message
                    # Two sentences of the text begin with the same thirty characters or more.
                    is_alone = len(annotation[number]) == 1  # between two of a statement, no other sentence may end
                    assert not is_alone or len(words) < 30 or TEXT.count(words) > 1, "a long one that stands once"
                case _:
                    pytest.fail(issue.json_path)


@settings(max_examples=150)
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
    change = data.draw(
        st.sampled_from([f"un{word}", f"not {word} not", "", f"1{word}", f"{word}5", "another", f"{word}n't"])
    )
    before, after = TEXT[: start + first], TEXT[start + last :]
    copy = typeset(before + change + after, kinds, chance)
    others = [place for place in sentences if place != (start, end)]
    article = article_of(TEXT, [(start, end)], *([place] for place in others))
    assert list(problems(article, copy.text)) == ["$.statements[0].spans[0]"]


# One passage


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("She said: “It’s not — ever — true…” twice.", '"It\'s not -- ever -- true..."'),
        ('She said: "It\'s not - ever - true..." twice.', "“It’s not — ever — true…”"),
        ("A soft\xadware\u200b\u202a firm\ufeff in Zu\u0308rich", "software firm in Zürich"),
        ("AT&amp;T&nbsp;said &ldquo;no&rdquo;", "AT&T said “no”"),
        ("a two-\r\nyear, two- and\r\n\r\nthree-year  row", "two-year, two- and three-year row"),
        ("Smoke 😀🏴\U000e0067\U000e0062\U000e007f rose, he said 😀.", "rose, he said"),
    ],
)
def test_a_passage_is_found_however_it_and_the_text_are_typeset(text: str, passage: str) -> None:
    span = Span.find(text, passage)
    assert span.fingerprint == Span.of(passage, 0, len(passage)).fingerprint
    assert span == Span.of(text, span.start, span.end)


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


@pytest.mark.parametrize(
    ("text", "passage", "words"),
    [
        ("He met the ministers.", "‘the ministers’", "the ministers"),
        ("He met the ministers.", "He met ‘the ministers’", None),
        ("He met the ministers.", "the ministers’", None),
        ("It is the ministers’.", "“the ministers’", "the ministers’"),
        ("They sent em home.", "’em home", None),
        ("They sent 'em home.", "“’em home”", "'em home"),
        ("‘We left in the 90s,’ he said", "’90s", None),
        ("A mast of 12 metres", "A mast of 12′", None),
        ("It was so in 1994. He left", "It was so in 1994”", "It was so in 1994"),
        ("He said: We have 12. He left", "“We have 12”", "We have 12"),
        ("We asked them. We denied it.", "“We deny it.”", None),
        ("We asked them. We denied it.", "“we denied it.”", None),
        ("We asked them. We denied it.", "“We asked them, …", None),
        ("155 boats, they say", "“55 boats…", None),
        ("They say “no”, and no again", "“no…”", None),
        ("No comment", "“…”", None),
    ],
)
def test_a_mark_that_may_belong_to_a_word_and_every_letter_and_digit_are_kept(
    text: str, passage: str, words: str | None
) -> None:
    if words is None:
        with pytest.raises(AnchorError):
            Span.find(text, passage)
    else:
        span = Span.find(text, passage)
        assert text[span.start : span.end] == words


def test_words_that_an_ellipsis_leaves_out_are_not_looked_past_and_two_passages_are_advised() -> None:
    text = "“We saw no boats at all on that day,” she said… and left."
    with pytest.raises(AnchorError, match="make two passages, of what is before the ellipsis and what is after it"):
        Span.find(text, "“We saw no boats […] on that day”")
    with pytest.raises(AnchorError) as caught:
        Span.find(text, "he said... and left")
    assert "ellipsis" not in str(caught.value)


def test_offsets_count_code_points_and_not_utf_16_units() -> None:
    assert Span.find("😀😀 no", "no") == Span.of("😀😀 no", 3, 5)


def test_white_space_around_a_passage_is_not_part_of_what_is_found() -> None:
    span = Span.find("One.\n\n Two words. Three.", "\u200b\n Two  words.\t")
    assert (span.start, span.end) == (7, 17)


def test_a_passage_that_stands_more_than_once_is_an_error_that_gives_all_places() -> None:
    with pytest.raises(AnchorError) as caught:
        Span.find("They said no. Later ‘they said  no’ again.", "said no")
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("span", ())] * 2
    assert str(caught.value).splitlines() == [
        "$: found it at 5 to 12: 'They said no. Later ‘they said  ', expected it once [span]",
        "$: found it at 26 to 34: 'aid no. Later ‘they said  no’ again.', expected it once [span]",
    ]


def test_places_that_overlap_are_several() -> None:
    with pytest.raises(AnchorError) as caught:
        Span.find("哈哈哈。", "哈哈")
    assert [issue.message[:18] for issue in caught.value.issues] == ["found it at 0 to 2", "found it at 1 to 3"]


def test_of_very_many_places_the_first_are_given_and_it_is_said_that_there_are_more() -> None:
    with pytest.raises(AnchorError) as caught:
        Span.find("no " * 1000, "no")
    *_, before, last = caught.value.issues
    assert (len(caught.value.issues), caught.value.omitted) == (100, 0)
    assert before.message.startswith("found it at 294 to 296")
    assert last.message == "found it more than 100 times, expected it once"


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("They are unhappy with it.", "happy with it"),
        ("He saw 155 boats.", "55 boats"),
        ("He saw 155 boats.", "He saw 15"),
        ("He saw 1,155 boats.", "155 boats"),
        ("He saw 15.5 boats.", "He saw 15"),
        ("In 2024-25 they paid.", "25 they paid"),
        ("They didn’t see it.", "They did"),
        ("They can’t see it.", "They can"),
        ("Twenty-five boats came.", "five boats"),
        ("He sent non-lethal help.", "lethal help"),
    ],
)
def test_no_passage_is_found_within_a_longer_word_or_number(text: str, passage: str) -> None:
    with pytest.raises(AnchorError, match="only within a longer word"):
        Span.find(text, passage)
    article = article_of(passage, [(0, len(passage))])
    assert "expected a passage" in problems(article, f"Heading. {text}")["$.statements[0].spans[0]"]


@pytest.mark.parametrize(
    ("text", "passage", "start"),
    [
        ("The party likes art.", "art", 16),
        ("Ukraine’s ships", "Ukraine", 0),
        ("the long-line nets", "line nets", 9),
        ("it costs $10 (or 9)", "10", 10),
        ("他说中国没有参与。", "中国没有参与", 2),
        ("เขาบอกว่าไม่ใช่", "ไม่ใช่", 9),
        ("한국은 부인했다", "한국", 0),
        ("_no_ comment", "no", 1),
        ("Agent X left", "X left", 6),
    ],
)
def test_a_passage_is_found_where_it_cuts_no_word(text: str, passage: str, start: int) -> None:
    assert Span.find(text, passage).start == start
    assert found_in(text, passage, start) == [(start, start + len(passage))]


def test_a_passage_whose_edge_depends_on_what_stands_beside_it_is_found_to_the_letter() -> None:
    assert Span.find("a word- he said", "- he said").start == 6


@pytest.mark.parametrize(
    ("text", "passage"),
    [("e\u0301 a", "e"), ("It was e\u0301a.", "e"), ("Black&amp;white", "amp"), ("a word- hers", "- he")],
)
def test_to_the_letter_no_part_of_a_character_or_word_is_found(text: str, passage: str) -> None:
    with pytest.raises(AnchorError, match="found it nowhere"):
        Span.find(text, passage)


def test_a_passage_that_stands_to_the_letter_more_than_once_is_an_error_that_gives_all_places() -> None:
    with pytest.raises(AnchorError) as caught:
        Span.find("a word- he said, a word- he said", "- he said")
    assert [issue.message[:20] for issue in caught.value.issues] == ["found it at 6 to 15:", "found it at 23 to 32"]
    with pytest.raises(AnchorError) as caught:
        Span.find("a word- he said, " * 150, "- he said")
    assert caught.value.issues[-1].message == "found it more than 100 times, expected it once"


def test_what_is_not_there_is_an_error_that_names_the_nearest_place() -> None:
    other = "The union added that nobody cut the trees."
    text = f"{'Something else. ' * 5000}The union denied that its boats cut the nets. {other} {'And more. ' * 5000}"
    with pytest.raises(AnchorError) as caught:
        Span.find(text, "The union denied that its ships cut the nets.")
    (issue,) = caught.value.issues
    assert issue.message == (
        "found it nowhere; nearest is 'The union denied that its boats cut the nets.' at 80000, "
        "expected 'The union denied that its ships cut the nets.'"
    )


@pytest.mark.parametrize(
    ("text", "passage", "place", "words"),
    [
        ("The mayor left early. Others came.", "The mayor left late.", 0, "The mayor left early"),
        ("He said no. Nobody in it saw us.", "Anybody in it saw us.", 11, " Nobody in it saw us."),
        (
            "Harbour one. Harbour two. Harbour ten closed at noon.",
            "Harbour six closed at noon",
            26,
            "Harbour ten closed at noon",
        ),
        ("a ship, a ship, and the small ship sank", "the large ship sank", 20, "the small ship sank"),
    ],
)
def test_the_nearest_place_is_where_most_of_a_passage_stands(text: str, passage: str, place: int, words: str) -> None:
    with pytest.raises(AnchorError) as caught:
        Span.find(text, passage)
    assert str(caught.value) == f"$: found it nowhere; nearest is {words!r} at {place}, expected {passage!r} [span]"


def test_the_words_in_which_a_long_passage_differs_are_named_however_far_they_are_from_its_beginning() -> None:
    boats = "".join(f"Boat {number} left the harbour at noon. " for number in range(1000))
    with pytest.raises(AnchorError, match=r" at 0, with 'harbours at noon\.' for 'harbour at noon\.', expected '"):
        Span.find(f"{boats}It came to two harbours at noon.", f"{boats}It came to two harbour at noon.")


@pytest.mark.parametrize("before", ["", "Others had left. "])
def test_if_messages_cut_a_passage_before_it_differs_from_the_nearest_place_the_words_there_are_named(
    before: str,
) -> None:
    start = "The union of the harbour workers of the north said that none of its many members, old or young"
    text = f"{before}{start}, had ever cut a net of the fleet. Nobody else had."
    with pytest.raises(AnchorError) as caught:
        Span.find(text, f"{start}, has ever cut a net of the fleet.")
    assert f"at {len(before)}, with 'had ever cut a net o' for 'has ever cut a net o', expected '" in str(caught.value)
    with pytest.raises(AnchorError) as caught:
        Span.find(text, f"{start.replace('none', 'no one')}, had ever cut a net of the fleet.")
    assert "none of" in str(caught.value)
    assert "no one of" in str(caught.value)
    assert ", with " not in str(caught.value)


def test_of_two_places_that_are_as_near_the_first_is_named() -> None:
    line = "The union denied that its boats cut the nets."
    text = f"{line} {'x' * (318 - len(line))} {line} {'x' * 20}"
    with pytest.raises(AnchorError, match=r"nearest is 'The union denied that its boats cut the nets\.' at 0,"):
        Span.find(text, line.replace("boats", "ships"))


def test_the_nearest_place_has_more_than_the_first_word_of_a_passage() -> None:
    text = f"{'Harbours are far away. ' * 8}Harbours of the north were closed to all."
    with pytest.raises(AnchorError, match="nearest is 'Harbours of the north were closed to all' at 184"):
        Span.find(text, "Harbours of the north are closed to all.")


def test_where_nothing_is_like_a_passage_no_place_is_named() -> None:
    with pytest.raises(AnchorError) as caught:
        Span.find("The harbour was closed. Boats came.", "Nobody wrote that the boats of the other fleet were gone")
    assert str(caught.value).startswith("$: found it nowhere, expected 'Nobody wrote that")
    assert caught.value.omitted == 0


@pytest.mark.parametrize(
    ("text", "passage", "code", "path"),
    [
        ("a", "", "empty", "$.passage"),
        ("a", " \n\u200b", "empty", "$.passage"),
        ("a", "\0", "text", "$.passage"),
        ("a", "a\ud800", "text", "$.passage"),
    ],
)
def test_a_passage_is_text_that_is_not_empty(text: str, passage: str, code: str, path: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Span.find(text, passage)
    assert [(issue.code, issue.json_path) for issue in caught.value.issues] == [(code, path)]


@pytest.mark.parametrize("unfit", ["\0", "\ud800"])
def test_no_passage_holds_what_no_text_of_an_article_may_hold(unfit: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Span.of(f"He said {unfit} no.", 3, 11)
    assert str(caught.value) == (
        f"$.text: found {f'said {unfit} n'!r}, expected text without NUL or surrogates; "
        f"U+{ord(unfit):04X} is at position 5 [text]"
    )
    assert Span.of(f"He said {unfit} no.", 0, 7) == Span.of("He said", 0, 7)


# All passages of an article


def test_in_the_text_that_was_annotated_all_spans_stay_whatever_they_cut() -> None:
    text = "Harbours were clo\u0301sed &amp; re-opened -- he said no. He said no."
    article = article_of(
        text, [(3, 16), (16, 25)], [(27, 30)], [(len(text) - 11, len(text))], [(len(text) - 3, len(text))]
    )
    assert article.with_text(text).statements == article.statements


@pytest.mark.parametrize("number", [0, 1, 150, 298, 299])
@pytest.mark.parametrize("frame", ["both", "before"])
def test_of_words_that_stand_hundreds_of_times_those_are_chosen_that_moved_with_the_others(
    number: int, frame: str
) -> None:
    text = f"An opening.\n{'They deny it. ' * 300}\nAn end."
    wanted = places_of(text, "They deny it")[number]
    frames = {"before": places_of(text, "An opening"), "after": places_of(text, "An end")}
    chosen = [place for name, (place,) in frames.items() if frame in {name, "both"}]
    article = article_of(text, [wanted], *([place] for place in chosen)).with_text(f"A heading\n\n{text}")
    assert spans_of(article) == [(start + 11, end + 11) for start, end in [wanted, *chosen]]


@pytest.mark.parametrize("number", [0, 1, 150, 298, 299])
def test_of_words_that_stand_hundreds_of_times_those_are_chosen_that_kept_their_distance(number: int) -> None:
    lines = [f"Line {line}: they deny it." for line in range(300)]
    text = "\n".join(["An opening.", *lines, "An end."])
    wanted = places_of(text, "they deny it")[number]
    article = article_of(text, places_of(text, "An opening"), [wanted], places_of(text, "An end"))
    copy = "Heading\r\n\r\n" + text.replace("\n", "\r\n\r\n").replace(": ", ":\xa0 ")
    start = places_of(copy, "they deny it")[number][0]
    assert article.with_text(copy).statements[1].spans[0].start == start


def test_a_tie_is_an_error_that_names_the_places() -> None:
    text = "They deny it. Others say so. They deny it."
    article = article_of(text, [(29, 41)])
    (message,) = problems(article, f"Heading. {text}").values()
    assert message == "statement 's0': found it at 9, 38, expected one place at its distance to those around it"


def test_a_tie_of_very_many_names_the_first_places() -> None:
    article = article_of("They deny it.", [(0, 12)])
    (message,) = problems(article, "So: " + "they deny it. They deny it. " * 20).values()
    assert "found it at 18, 46, 74, 102, 130 and more, expected one place" in message
    (message,) = problems(article, "So: " + "they deny it. They deny it. " * 5).values()
    assert "found it at 18, 46, 74, 102, 130, expected one place" in message


def test_where_all_words_stand_more_than_once_the_shift_is_chosen_that_most_agree_on() -> None:
    saw = "We saw nothing of the fleet"
    text = f"They deny it. {saw}. They deny it, and so on. {saw}."
    article = article_of(text, [places_of(text, "They deny it")[0]], [places_of(text, saw)[1]])
    assert spans_of(article.with_text(f"Heading. {text}")) == [(9, 21), (77, 104)]
    copy = "Heading.\n" + text.replace(" ", "  ")
    assert spans_of(article.with_text(copy)) == [
        places_of(copy, "They  deny  it")[0],
        places_of(copy, saw.replace(" ", "  "))[1],
    ]


def test_words_that_stand_elsewhere_are_not_taken_for_a_passage_that_was_changed() -> None:
    text = "The mayor spoke. They deny it. The union agreed. Later they met. They deny it. The end came."
    wanted = [places_of(text, words)[0] for words in ("The mayor spoke", "They deny it", "The union agreed", "The end")]
    article = article_of(text, *([place] for place in wanted))
    copy = "So: " + text.replace("They deny it", "They fear it", 1)
    ((place, message),) = problems(article, copy).items()
    assert place == "$.statements[1].spans[0]"
    assert message == "statement 's1': found it at 69, expected one place at its distance to those around it"


def test_a_passage_that_would_stand_beyond_the_end_is_not_said_to_be_where_something_else_stands() -> None:
    text = "The mayor spoke. They deny it."
    article = article_of(text, places_of(text, "The mayor spoke"), places_of(text, "They deny it"))
    for copy in ("The mayor spoke.", "The mayor spoke. "):  # the second ends where it would begin
        (message,) = problems(article, copy).values()
        assert message.startswith(
            "statement 's1': found the end of the text, expected a passage with fingerprint 1:12:"
        )


def test_a_long_passage_that_was_removed_is_not_found_above_the_rest_of_its_statement_where_its_words_stand_too() -> (
    None
):
    quote = "no ship of the north will enter this harbour"
    text = (
        f"The mayor: {quote}. It rained all day. The mayor of the port told reporters that {quote}. "
        "Then she left without another word."
    )
    second = text.rindex(quote)
    parts = [
        *places_of(text, "The mayor of the port"),
        *places_of(text, "told reporters"),
        (second, second + len(quote)),
    ]
    article = article_of(
        text, parts, places_of(text, "It rained all day"), places_of(text, "Then she left without another word")
    )
    assert spans_of(article.with_text(text)) == spans_of(article)
    assert len(problems(article, text[:second] + text[second + len(quote) :])) == 3


def test_a_long_passage_that_was_removed_is_not_found_below_the_rest_of_its_statement_where_its_words_stand_too() -> (
    None
):
    quote = "no ship of the north will enter this harbour"
    closing = "Then she left without another word"
    text = f"It rained. She knew that {quote}, the mayor of the port told reporters. {closing}. So {quote}."
    parts = [place for words in (quote, "the mayor of the port", "told reporters") for place in places_of(text, words)]
    article = article_of(text, [parts[0], *parts[2:]], places_of(text, closing))
    assert spans_of(article.with_text(f"So: {text}"))
    copy = f"So: {text.replace(quote, 'nobody will', 1)}"
    messages = [*problems(article, copy).values()]
    assert len(messages) == 3
    assert f"found it at {copy.index(quote)}, expected one place at its distance to the other passages" in messages[0]


def test_a_passage_between_two_that_moved_together_may_end_beyond_the_end_of_the_copy() -> None:
    article = article_of("b c a c", [(0, 3)], [(0, 5)], [(2, 3)])
    assert list(problems(article, "b c")) == ["$.statements[1].spans[0]"]


FEW_WORDS = st.lists(st.sampled_from(["a ", "aa", "b ", "- ", "”", "  ", "中"]), min_size=1, max_size=14).map("".join)


@settings(max_examples=500)
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


@given(
    st.integers(0, 5), st.integers(0, 5), st.sampled_from(["They deny it", "The nets of the whole fleet have been cut"])
)
def test_of_two_nearly_equal_places_none_is_taken(nearer: int, farther: int, words: str) -> None:
    text = f"{LONG[0]} And so it went on. {words}. It went on. {LONG[1]}"
    article = article_of(text, *(places_of(text, each) for each in (LONG[0], words, LONG[1])))
    twice = f"And so {'x' * nearer} it went on. {words}. {'Nothing else. ' * 9}{words}. It {'x' * farther} went on."
    attached = article.with_text(f"A heading.\n{LONG[0]} {twice} {LONG[1]}", on_error=lambda _: None)
    assert [len(statement.spans) for statement in attached.statements] == [1, 0, 1]


def each_between_opening_and_closing(text: str, words: str) -> Article:
    """An article with a statement for each place where the words stand, and one for each end of its text."""
    ends = (places_of(text, "Opening of all"), places_of(text, "Closing of all"))
    return article_of(text, ends[0], *([place] for place in places_of(text, words)), ends[1])


@pytest.mark.parametrize("missing", range(4))
@pytest.mark.parametrize("between", ["Then he paused. ", "Then he paused for a long time and looked around. "])
@pytest.mark.parametrize("before", ["", "A heading. "])
def test_one_of_several_passages_of_the_same_words_that_was_left_out_never_takes_the_place_of_another(
    missing: int, between: str, before: str
) -> None:
    said = ["He said no. "] * 4
    text = f"Opening of all this. {between.join(said)}Closing of all this."
    article = each_between_opening_and_closing(text, "He said no")
    said[missing] = ""
    copy = f"{before}Opening of all this. {between.join(said)}Closing of all this."
    assert f"$.statements[{missing + 1}].spans[0]" in problems(article, copy)


@pytest.mark.parametrize("number", [2, 3, 4])
def test_where_nothing_tells_which_of_several_passages_of_the_same_words_was_left_out_all_are_named(
    number: int,
) -> None:
    text = f"Opening of all this. {'He said no. ' * number}Closing of all this."
    article = each_between_opening_and_closing(text, "He said no")
    copy = text.replace("He said no. ", "", 1)
    assert list(problems(article, copy)) == [f"$.statements[{index + 1}].spans[0]" for index in range(number)]


def test_two_passages_of_the_same_words_are_not_put_in_one_place() -> None:
    text = "Bob war a a no, no, war said"
    article = article_of(text, [(0, 3), (8, 9), (16, 19)], [(10, 11)])
    errors: list[AnchorError] = []
    copy = article.with_text("Bob a no, no, war a he navy war navy said", on_error=errors.append)
    places = [(span.start, span.end) for statement in copy.statements for span in statement.spans]
    assert len(places) == len(set(places))
    assert errors


@pytest.mark.parametrize(
    ("text", "passage", "copy", "shown"),
    [
        (
            "Opening. So they say. They deny it. Closing.",
            "They deny it",
            "Opening. So they say. They denied it. Closing.",
            "'They denied ' at 22",
        ),
        ("They deny it. Closing of it.", "They deny it", "t. Closing of it.", "'t. Closing o' at 0"),
        ("Opening of it. They deny it.", "They deny it", "Opening of it. They…", "'They…' at 15"),
    ],
    ids=["longer", "at the start", "at the end"],
)
def test_what_stands_in_place_of_a_passage_is_shown_with_its_place(
    text: str, passage: str, copy: str, shown: str
) -> None:
    around = [words for words in ("Opening", "Closing of it") if words in text]
    article = article_of(text, places_of(text, passage), *(places_of(text, words) for words in around))
    assert problems(article, copy)["$.statements[0].spans[0]"].startswith(
        f"statement 's0': found {shown}, expected a passage"
    )


def test_a_passage_that_cuts_a_word_is_found_between_others_that_moved_by_the_same() -> None:
    text = "The mayor of Port Alder spoke to us. The Ukrainian ships came. The union agreed. The end came."
    wanted = [places_of(text, words)[0] for words in ("Port Alder", "Ukrain", "ships came", "agreed", "The end came")]
    article = article_of(text, *([place] for place in wanted))
    copy = f"Heading 😀\n{text.replace('agreed.', 'agreed.  [Photo]')}"
    assert [copy[slice(*place)] for place in spans_of(article.with_text(copy))] == [
        text[slice(*place)] for place in wanted
    ]
    for changed in (copy.replace("Ukrainian", "Ukrainish"), copy.replace("Ukrain", "the Ukrain")):
        assert spans_of(article_of(text, [wanted[0]], [wanted[2]]).with_text(changed))
    assert list(problems(article, copy.replace("Ukrain", "proUkrain"))) == ["$.statements[1].spans[0]"]


@pytest.mark.parametrize(("words", "changed"), [("happy with it", "unhappy with it"), ("They did", "They didn't")])
def test_where_the_text_has_only_moved_no_word_is_lengthened_at_its_edges(words: str, changed: str) -> None:
    text = f"{words}. The union agreed." if words.startswith("happy") else f"The union agreed. {words}"
    article = article_of(text, places_of(text, words), places_of(text, "The union agreed"))
    assert list(problems(article, f"So: {text.replace(words, changed)}")) == ["$.statements[0].spans[0]"]


def test_a_passage_that_ends_in_white_space_is_found_in_another_layout() -> None:
    text = "He said no.\nThey deny it.\nThe end came."
    article = article_of(text, [(0, 12)], [(11, 25)], [(26, 29)])
    copy = "Heading\n\nHe  said no.\n\n\nThey  deny it.\nThe end came."
    assert spans_of(article.with_text(copy)) == [(9, 24), (21, 38), (39, 42)]


def test_a_statement_whose_passages_changed_their_order_is_lost() -> None:
    one, two, three = LONG[:3]
    text = f"{one} {two} {three}"
    article = article_of(text, [*places_of(text, one), *places_of(text, two)], places_of(text, three))
    assert list(problems(article, f"{three} {two} {one}")) == ["$.statements[0].spans[0]", "$.statements[0].spans[1]"]


SAW, SAW_TOO = "we saw all of it from the harbour wall", "all of it from the harbour wall at noon"


def test_passages_of_one_statement_are_not_placed_where_they_would_overlap() -> None:
    text = f"{SAW}, and nobody else did. They saw {SAW_TOO}."
    article = article_of(text, [*places_of(text, SAW), *places_of(text, SAW_TOO)])
    assert len(problems(article, f"Now {SAW} at noon.")) == 2


def test_of_passages_of_the_same_words_those_that_were_left_out_are_named() -> None:
    text = "The mayor spoke. They deny it. The union agreed. They deny it. The end came. They deny it."
    article = article_of(text, *([place] for words in ("The", "They deny it") for place in places_of(text, words)))
    copy = "So: " + text.replace("They deny it. The end", "The end")
    assert all("expected" in message for message in problems(article, copy).values())


def test_the_edges_of_a_passage_may_not_depend_on_what_stands_beside_it_in_a_copy() -> None:
    article = article_of("He knew -he said- no.", [(8, 16)])
    assert "found it nowhere" in problems(article, "So: word- he said")["$.statements[0].spans[0]"]


def test_another_text_is_an_error_that_says_so_first_and_names_every_span() -> None:
    article = article_of(TEXT, *([match.span()] for match in re.finditer(r"\w[^.…]{20,}", TEXT)))
    first, *others = problems(article, "Something else entirely.").items()
    assert first == ("$", "found 0 of 13 passages, expected the text that was annotated: this is another text")
    assert len(others) == len(article.statements) == 13


@pytest.mark.parametrize(
    ("count", "copy", "another"),
    [
        (6, "Ad. We saw boat 0 go.", "found 1 of 6 passages"),
        (5, "Ad. We saw boat 0 go.", ""),
        (3, "Nothing of this.", "found 0 of 3 passages"),
        (2, "Nothing of this.", ""),
        (6, "Ad. We saw boat 0 go. We saw boat 1 go; we saw boat 1 go.", ""),  # one that is there twice is there
    ],
)
def test_a_text_is_another_where_fewer_than_one_in_five_of_three_passages_or_more_are_in_it(
    count: int, copy: str, another: str
) -> None:
    text = " ".join(f"We saw boat {number} go." for number in range(count))
    article = article_of(text, *([match.span()] for match in re.finditer(r"We saw boat \d go", text)))
    errors: list[AnchorError] = []
    article.with_text(copy, on_error=errors.append)
    of_all = [issue.message.partition(",")[0] for issue in errors[0].issues if issue.path == ()]
    assert of_all == ([another] if another else [])


def test_an_article_without_spans_takes_any_text() -> None:
    article = article_of("", [])
    assert article.with_text("Whatever.").text == "Whatever."
    assert article.with_text("\u200b").excerpts("s0") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), (" \n", "empty"), ("a\0", "text"), ("\ud800", "text")],
)
def test_what_is_attached_is_text(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        article_of("a", [(0, 1)]).with_text(text)
    assert [(issue.code, issue.json_path) for issue in caught.value.issues] == [(code, "$.text")]


@pytest.mark.parametrize("text", [None, b"a", 5])
def test_a_text_that_is_no_string_is_a_type_error(text: str) -> None:
    with pytest.raises(TypeError, match="as text, expected a string"):
        article_of("a", [(0, 1)]).with_text(text)
    with pytest.raises(TypeError, match="as text, expected a string"):
        Span.find(text, "a")
    with pytest.raises(TypeError, match="as passage, expected a string"):
        Span.find("a", text)


# What is left where some passages are lost


def kept(article: Article, text: str) -> tuple[dict[str, list[tuple[int, int]]], list[str]]:
    """What each statement keeps where spans are attached to a text as far as possible, and which spans are named."""
    errors: list[AnchorError] = []
    attached = article.with_text(text, on_error=errors.append)
    assert attached.text == text
    with pytest.raises(AnchorError) as caught:
        article.with_text(text)
    (error,) = errors
    assert (error.issues, error.omitted) == (caught.value.issues, caught.value.omitted)
    spans = {one.id: [(span.start, span.end) for span in one.spans] for one in attached.statements}
    return spans, [issue.json_path for issue in error.issues]


def test_where_passages_are_lost_a_function_is_told_and_the_other_statements_are_attached() -> None:
    text = "The mayor of the town spoke at noon: “we know it”. The union agreed with all of it in the end."
    said, agreed = "The mayor of the town spoke at noon", "The union agreed with all of it"
    article = article_of(text, [*places_of(text, said), *places_of(text, "“we know it”")], places_of(text, agreed), [])
    copy = f"Ad. {text.replace('at noon', 'at night')}"
    spans, named = kept(article, copy)
    assert spans == {"s0": [], "s1": places_of(copy, agreed), "s2": []}
    assert named == ["$.statements[0].spans[0]", "$.statements[0].spans[1]"]
    again: list[AnchorError] = []
    assert article.with_text(f"Ad. {text}", on_error=again.append) == article.with_text(f"Ad. {text}")
    assert not again


STORY = """\
The harbour master opened the meeting and read the minutes of the week before. The union had sent two of its members.
The fleet of the union entered the closed bay in the night of Monday, Birch said. Nobody answered her at once.
All boats had been in port since the storm of last week began, the fisherman replied, and he showed his log to them.
The meeting ended without a vote and will go on next week, when the harbour master is back. Birch said she will come.
"""


def test_a_short_passage_of_a_statement_that_is_gone_takes_no_other_place() -> None:
    article = article_of(
        STORY,
        places_of(STORY, "The harbour master opened the meeting"),
        [*places_of(STORY, "The fleet of the union entered the closed bay"), places_of(STORY, "Birch said")[0]],
        places_of(STORY, "All boats had been in port since the storm"),
        places_of(STORY, "The meeting ended without a vote and will go on"),
    )
    lines = STORY.splitlines(keepends=True)
    spans, named = kept(article, "".join([lines[0], *lines[2:]]))
    assert named == ["$.statements[1].spans[0]", "$.statements[1].spans[1]"]
    assert [id for id, own in spans.items() if own] == ["s0", "s2", "s3"]


def test_what_cannot_be_called_with_errors_is_an_error_of_the_call_also_where_nothing_is_lost() -> None:
    with pytest.raises(TypeError, match="found 3 as on_error, expected a function to call with each error, or None"):
        Article(id="example").with_text("Nothing of this.", on_error=3)  # type: ignore[arg-type]


def test_of_very_many_lost_passages_the_first_hundred_are_named_and_the_rest_counted() -> None:
    text = " ".join(f"Number {number}." for number in range(150))
    article = article_of(text, *([match.span()] for match in re.finditer(r"Number \d+", text)))
    errors: list[AnchorError] = []
    attached = article.with_text("Nothing of this.", on_error=errors.append)
    assert spans_of(attached) == []
    assert [issue.path[:2] for issue in errors[0].issues] == [(), *(("statements", number) for number in range(99))]
    assert errors[0].omitted == 51


@settings(max_examples=150)
@given(st.data(), kinds, chances)
def test_what_is_kept_of_a_copy_without_a_paragraph_is_right(
    data: st.DataObject, kinds: set[str], chance: random.Random
) -> None:
    paragraphs = [match.span() for match in re.finditer(r"[^\n]+\n?", TEXT)]
    first, last = data.draw(st.sampled_from(paragraphs))
    annotation = data.draw(annotated())
    rest = typeset(TEXT[:first] + TEXT[last:], kinds, chance)
    article = article_of(TEXT, *annotation).with_text(rest.text, on_error=lambda _: None)
    for statement, places in zip(article.statements, annotation, strict=True):
        found = [(span.start, span.end) for span in statement.spans]
        assert len(found) in {0, len(places)}
        # Words that stand more than once may be found elsewhere, and so in another order.
        for start, end in (place for place in places if found and not chance_repeats(TEXT[slice(*place)])):
            assert end <= first or start >= last
            moved = 0 if end <= first else last - first
            assert rest.place(start - moved, end - moved) in found


def chance_repeats(words: str) -> bool:
    """Whether words stand more than once in the text: a copy without the annotated ones still has them."""
    return TEXT.count(words) > 1


LONG = [f"The {name} wrote a letter of many pages to the minister." for name in ("mayor", "baker", "clerk", "pilot")]


def test_a_long_passage_that_moved_to_another_end_of_the_text_is_found() -> None:
    text = "\n".join(LONG)
    article = article_of(text, *(places_of(text, words) for words in LONG))
    for order in ([3, 0, 1, 2], [1, 2, 3, 0], [2, 0, 1, 3]):
        copy = "\n".join(LONG[number] for number in order)
        assert spans_of(article.with_text(copy)) == [places_of(copy, words)[0] for words in LONG]


def test_where_the_end_of_a_text_was_cut_off_the_same_short_words_before_are_another_place() -> None:
    said = "The pilot wrote no letter."
    text = "\n".join([said, *LONG[:3], "More of it was read aloud.", said])
    article = article_of(text, *(places_of(text, words) for words in LONG[:3]), places_of(text, said)[1:])
    copy = f"Heading\n{text[: text.index('More')]}"
    assert list(problems(article, copy)) == ["$.statements[3].spans[0]"]


def test_short_passages_that_stand_together_stand_for_each_other_but_not_in_another_place() -> None:
    text = "\n".join([LONG[0], "Then Hamm supports Trump.", "Nothing else was heard.", LONG[1]])
    short = [places_of(text, words)[0] for words in ("Hamm", "supports", "Trump")]
    article = article_of(text, places_of(text, LONG[0]), short, places_of(text, LONG[1]))
    advertisement = "Buy now. Trump buys, too. Read on! "
    copy = text.replace("Then", f"{advertisement}Then").replace("\nNothing", f"{advertisement}\nNothing")
    attached = article.with_text(copy)
    assert attached.excerpts("s1") == ("Hamm", "supports", "Trump")
    moved = text.replace("Then Hamm supports Trump.", "Then it was late.") + " So Hamm supports Trump."
    assert set(kept(article, moved)[1]) <= {f"$.statements[1].spans[{index}]" for index in range(3)}
    assert len(kept(article, moved)[1]) == 3


def test_a_passage_that_begins_with_a_space_is_looked_for_near_its_neighbours_only() -> None:
    filler = "And so it went on, day after day. " * 60
    text = f"{LONG[0]} He left. {filler}{LONG[1]}"
    start = text.index(" He left")
    article = article_of(text, places_of(text, LONG[0]), [(start, start + 8)], places_of(text, LONG[1]))
    copy = f"Ad.  {text.replace('day after day', 'day  after  day')}"
    assert article.with_text(copy).excerpts("s1") == (" He left",)
    far = article_of(text, [(start, start + 8)], places_of(text, LONG[1]))
    assert list(problems(far, copy.replace("He left", "She left"))) == ["$.statements[0].spans[0]"]


def test_where_all_passages_moved_by_the_same_one_that_cuts_a_word_moves_with_them() -> None:
    text = (
        f"{LONG[0]} And so it went on, day after day, and all the Ukrainian ships came. It went on for years. {LONG[1]}"
    )
    article = article_of(text, *(places_of(text, words) for words in (LONG[0], "Ukrain", LONG[1])))
    copy = f"Heading\n{text}"
    assert spans_of(article.with_text(copy)) == [(start + 8, end + 8) for start, end in spans_of(article)]


def test_a_short_passage_stays_with_its_sentence_where_another_begins_with_the_same_word() -> None:
    lines = [LONG[0], "She has faced a number of angry people since, Birch said.", "She left in the end.", LONG[1]]
    text = "\n".join(lines)
    said = [places_of(text, "She")[0], *places_of(text, "has faced a number of angry people since")]
    article = article_of(text, places_of(text, LONG[0]), said, places_of(text, LONG[1]))
    copy = "\n".join([lines[0], *lines[2:], lines[1]])
    attached = article.with_text(copy, on_error=lambda _: None)
    assert all(span.start >= copy.index("She has") for span in attached.statements[1].spans)
    alone = article_of(text, places_of(text, LONG[0]), said[1:], said[:1], places_of(text, LONG[1]))
    assert len(spans_of(alone.with_text(copy, on_error=lambda _: None))) >= 3


def test_a_short_passage_is_not_placed_where_its_sentence_has_left_it_behind() -> None:
    said = "has faced a number of angry people since then"
    text = f"{LONG[0]}\nThe old mayor {said}.\n{LONG[1]}\n{LONG[2]}"
    article = article_of(
        text,
        places_of(text, LONG[0]),
        [*places_of(text, "The old mayor"), *places_of(text, said)],
        *(places_of(text, words) for words in LONG[1:3]),
    )
    copy = f"{LONG[0]}\nThe old mayor left.\n{LONG[1]}\n{LONG[2]}\nHe {said}."
    assert list(problems(article, copy)) == ["$.statements[1].spans[0]", "$.statements[1].spans[1]"]
    stayed = copy.replace(f"left.\n{LONG[1]}\n{LONG[2]}\nHe {said}.", f"{said}.\n{LONG[1]}\n{LONG[2]}")
    assert article.with_text(stayed).excerpts("s1") == ("The old mayor", said)


def test_the_same_short_words_stay_each_with_their_sentence_where_sentences_changed_places() -> None:
    said = [
        "The mayor of the town opened the new harbour at noon",
        "The union has sued the owners of eleven boats",
        "The court will hear all of them in the spring",
    ]
    lines = [f"{words}, they deny it. And so it went on, day after day, to the end." for words in said]
    text = "\n".join(lines)
    denials = places_of(text, "they deny it")
    article = article_of(text, *([*places_of(text, words), own] for words, own in zip(said, denials, strict=True)))
    copy = "\n".join(["Ad.", lines[1], lines[0], lines[2]])
    second, first, third = places_of(copy, "they deny it")
    attached = article.with_text(copy)
    assert [(one.spans[1].start, one.spans[1].end) for one in attached.statements] == [first, second, third]
    without = copy.replace(", they deny it", "", 1)
    spans, named = kept(article, without)
    assert "$.statements[1].spans[1]" in named
    assert spans["s2"][1] == places_of(without, "they deny it")[1]


def test_between_others_that_moved_by_the_same_words_that_stand_elsewhere_are_not_found_in_a_longer_word() -> None:
    text = "The mayor of Port Alder took no art from the town hall. The union agreed. Modern art was sold."
    parts = ("The mayor of Port Alder", "art", "from the town hall", "Modern art was sold")
    article = article_of(text, *(places_of(text, words)[:1] for words in parts))
    copy = f"Heading\n{text.replace('agreed.', 'agreed.  [Photo]')}"
    assert spans_of(article.with_text(copy))[1] == places_of(copy, "art")[0]
    assert list(problems(article, copy.replace("no art", "a part"))) == ["$.statements[1].spans[0]"]


# Other scripts


@pytest.mark.parametrize(
    ("text", "passage", "start"),
    [
        ("وقال الوزير", "قال الوزير", 1),
        ("وقال الوزير", "الوزير", 5),
        ("وَقَالَ الوزير", "قَالَ الوزير", 2),
        ("من القادة", "قادة", 5),
        ("للوزير كلمة", "وزير كلمة", 2),
        ("והשר אמר", "השר אמר", 1),
        ("ב או ג", "או", 2),
        ("ب أو ت", "أو", 2),
        ("והשר אמר", "שר אמר", 2),
    ],
)
def test_a_passage_may_begin_after_letters_that_are_written_onto_a_word(text: str, passage: str, start: int) -> None:
    assert Span.find(text, passage).start == start
    assert found_in(text, passage, start) == [(start, start + len(passage))]


@pytest.mark.parametrize("word", ["ב2", "و2", "א", "ב", "و", "אב", "ي2"])
def test_words_of_one_letter_or_with_digits_have_nothing_written_onto_them(word: str) -> None:
    assert Span.find(f"1 {word} 3", word).start == 2
    assert found_in(f"1 {word} 3", word, 2) == [(2, 2 + len(word))]


@pytest.mark.parametrize(
    ("text", "passage"),
    [("الوزير", "زير"), ("الوزراء", "الوز"), ("مدرسة", "رسة"), ("ירושלים", "שלים"), ("ב2", "2"), ("و2", "2")],
)
def test_other_parts_of_a_word_are_not_found_in_arabic_and_hebrew_either(text: str, passage: str) -> None:
    with pytest.raises(AnchorError, match="only within a longer word"):
        Span.find(f"{text} 1", passage)


@pytest.mark.parametrize(
    ("text", "passage", "found"),
    [
        ("قَالَ الوَزِيرُ لا.", "قال الوزير", "قَالَ الوَزِيرُ"),
        ("قال الوزير لا.", "قَالَ الوَزِيرُ", "قال الوزير"),
        ("قـــال الوزير لا.", "قال الوزير", "قـــال الوزير"),
        ("قال الوزير \ufefb شيء.", "لا شيء", "\ufefb شيء"),
        ("هناك ١٥٥ مواطنا.", "155 مواطنا", "١٥٥ مواطنا"),
        ("He saw ۱۵۵ boats.", "155 boats", "۱۵۵ boats"),
        ("शहर में १२ नावें", "12 नावें", "१२ नावें"),
        ("שָׁלוֹם לכולם.", "שלום לכולם", "שָׁלוֹם לכולם"),
    ],
)
def test_the_search_looks_past_optional_marks_tatweel_forms_and_scripts_of_digits(
    text: str, passage: str, found: str
) -> None:
    span = Span.find(text, passage)
    assert text[span.start : span.end] == found
    assert span == Span.of(text, span.start, span.end)


def test_what_the_search_looks_past_makes_a_passage_stand_twice() -> None:
    with pytest.raises(AnchorError) as caught:
        Span.find("١٥٥ boats, 155 boats", "155 boats")
    assert len(caught.value.issues) == 2
    with pytest.raises(AnchorError, match="only within a longer word"):
        Span.find("He saw ١٥٥ boats.", "55 boats")


# Work: what is hashed and compared grows with the text


@pytest.mark.parametrize(
    ("text", "passage", "number"),
    [
        ("哈" * 5000, "哈" * 2500, 2501),
        ("a b " * 2500, "a b " * 1200 + "a", 1300),
        ("a" * 300 + " " + "a" * 300, "a" * 300, 2),
        ("哈" * 50 + "，" + "哈" * 30, "哈" * 20, 42),
        ("哈哈呵" * 40 + "哈", "哈哈呵" * 10 + "哈", 31),
    ],
)
def test_places_that_overlap_are_all_found(text: str, passage: str, number: int) -> None:
    with pytest.raises(AnchorError) as caught:
        Span.find(text, passage)
    assert len(caught.value.issues) == min(number, 100)
    if number < 100:
        places = [place for place in range(len(text)) if text.startswith(passage, place)]
        assert [int(issue.message.split()[3]) for issue in caught.value.issues] == places


@pytest.mark.parametrize(
    "text",
    [
        "哈" * 4_000,
        "a b " * 1_000,
        "one, two, " * 400,
        "a" * 4_000,
        "".join(chr(0x4E00 + 7 * number % 900) for number in range(4_000)),
    ],
    ids=["one sign", "two words", "a rhythm", "one word", "no spaces"],
)
def test_the_work_for_another_text_grows_with_its_length(text: str, work: Work) -> None:
    counts = []
    for size in (1, 4):
        spans = [
            Span(start, start + 20 + start, f"1:{20 + start}:{start:016x}") for start in range(0, 1_000 * size, 10)
        ]
        statements = [Statement(id=f"s{span.start}", speaker="x", content="C.", spans=[span]) for span in spans]
        article = Article(id="made", actors=[Actor(id="x", name="X")], statements=statements)
        _, calls = work(partial(article.with_text, text * size, on_error=lambda _: None))
        counts.append(calls)
    assert counts[1] <= 8 * counts[0]  # sixteen times if each passage were compared with all of the text


# A text that was edited beside its spans


def test_a_text_that_was_edited_gives_one_issue_for_each_statement_and_says_what_to_do() -> None:
    text = "The mayor of the town spoke at noon, “we know it”, and left. The union agreed with all of it in the end."
    article = article_of(text, [(0, 35), (37, 49)], [(61, 97)]).with_text(text)
    edited = text.replace("The mayor", "Yesterday the mayor").replace("agreed with", "agrees with")
    document = to_dict(article) | {"text": edited}
    with pytest.raises(ValidationError) as caught:
        from_dict(document)
    first, second = caught.value.issues
    assert [(issue.code, issue.json_path) for issue in (first, second)] == [
        ("span", "$.statements[0].spans[0]"),
        ("span", "$.statements[1].spans[0]"),
    ]
    for issue in (first, second):
        assert "the text differs from the one that was annotated" in issue.message
        assert "Article.with_text and `geoclaims anchor`" in issue.message


def test_of_a_text_that_ends_before_a_passage_the_issue_says_so() -> None:
    article = article_of("They deny it. So they say.", [(0, 12)])
    with pytest.raises(ValidationError, match="found the end of the text, expected"):
        Article(id="a", actors=article.actors, statements=article_of("x " * 50, [(90, 91)]).statements, text="x x")


# The article that ships with the library


def test_the_bundled_annotation_fits_the_article_exactly(shared: Path) -> None:
    text = (shared / "article.txt").read_text(encoding="utf-8")
    article = load_article()
    assert all(statement.spans for statement in article.statements)
    assert article.with_text(text).statements == article.statements


@settings(max_examples=50)
@given(kinds=kinds, chance=chances)
def test_every_passage_of_the_article_is_found_in_any_copy(
    shared: Path, kinds: set[str], chance: random.Random
) -> None:
    copy = typeset((shared / "article.txt").read_text(encoding="utf-8"), kinds, chance)
    article = load_article()
    assert spans_of(article.with_text(copy.text)) == [copy.place(*place) for place in spans_of(article)]
