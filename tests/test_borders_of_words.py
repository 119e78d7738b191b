"""A passage begins and ends at the borders of words and numbers, in every script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given, settings, strategies as st

from geoclaims import Actor, AnchorError, Article, Span, Statement, ValidationError
from geoclaims._passages.normal_form import DASHES
from geoclaims.annotation import lint, read_draft

# A sentence in each of seventeen scripts, and whether words stand between spaces in it.
SENTENCES = {
    "Arabic": ("قال الوزير إن السفينة غرقت قرب الميناء", True),
    "Armenian": ("Նախարարն ասաց, որ նավը խորտակվել է", True),
    "Bengali": ("মন্ত্রী বলেছেন যে জাহাজটি ডুবে গেছে", True),
    "Burmese": ("ဝန်ကြီးက သင်္ဘောနစ်မြုပ်ကြောင်း ပြောကြားခဲ့သည်", False),
    "Chinese": ("部长说船在港口附近沉没了", False),
    "Cyrillic": ("Министр сказал, что корабль й затонул", True),
    "Devanagari": ("मंत्री ने कहा कि जहाज़ बंदरगाह के पास डूब गया", True),
    "Greek": ("Ο υπουργός είπε ότι το πλοίο βυθίστηκε", True),
    "Gurmukhi": ("ਮੰਤਰੀ ਨੇ ਕਿਹਾ ਕਿ ਜਹਾਜ਼ ਡੁੱਬ ਗਿਆ", True),
    "Hebrew": ("השר אמר כי הספינה טבעה ליד הנמל", True),
    "Japanese": ("大臣は船が港の近くで沈んだと述べた", False),
    "Khmer": ("រដ្ឋមន្ត្រីបាននិយាយថានាវាបានលិច", False),
    "Korean": ("장관은 배가 항구에서 침몰했다고 말했다", True),
    "Lao": ("ລັດຖະມົນຕີກ່າວວ່າເຮືອຈົມ", False),
    "Latin": ("Le ministre a dit que le bateau a coule\u0301 e\u0331\u0301", True),
    "Tamil": ("கப்பல் மூழ்கியதாக அமைச்சர் கூறினார்", True),
    "Thai": ("รัฐมนตรีกล่าวว่าเรือจมใกล้ท่าเรือ", False),
}
FOLLOWING_VOWELS = "ะาำๅະາຳ"


def is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M" or sign in FOLLOWING_VOWELS


def is_found(text: str, passage: str) -> bool:
    try:
        return bool(Span.find(text, passage))
    except AnchorError:
        return False


@pytest.mark.parametrize("script", SENTENCES)
def test_a_passage_begins_and_ends_neither_before_a_mark_nor_between_letters_of_a_word(script: str) -> None:
    sentence, has_spaces = SENTENCES[script]
    text = unicodedata.normalize("NFC", f"— {sentence} —")
    for edge in range(3, len(text) - 2):
        before, after = text[edge - 1], text[edge]
        if " " in {before, after}:
            continue
        if is_mark(after):
            assert not is_found(text, text[edge:]), edge
            assert not is_found(text, text[:edge]), edge
        elif not has_spaces or not after.isalnum():
            assert Span.find(text, text[edge:]).start == edge
            assert Span.find(text, text[:edge]).end == edge
        elif script not in {"Arabic", "Hebrew", "Korean"}:
            assert not is_found(text, text[edge:]), edge
            assert not is_found(text, text[:edge]), edge
        else:
            assert not (is_found(text, text[edge:]) and is_found(text, text[:edge])), edge


def test_a_mark_is_not_left_out_at_the_end_of_a_passage_whatever_form_of_unicode_the_text_has() -> None:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, "Le bateau a coulé é̱ hier")
        assert is_found(text, "a coulé")
        assert not is_found(text, "a coule")
        assert not is_found(text, "coulé e")


NUMBERS = [
    "2,155", "3.5", "1’600", "1'600", "12:30", "3/4", "2·5", "2⁄3", "2024-25", "2024–25", "1\u202f600", "1\xa0600",
    "1\u2009600", "1&nbsp;600", "٢٬٥٠٠", "٣٫٥", "१,५५५", "๑๕๕", "၁၅၅", "២៥០", "155万", "1億5千万", "三百五十五", "两千",
    "兩百", "几十", "数百", "二〇二五", "两百半", "5万5", "１５５", "３，５００", "３．５",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("frame", ["They saw {} boats", "他说{}人获救", "เห็น{}คน"])
def test_no_number_is_cut(number: str, frame: str) -> None:
    text, start = frame.format(number), frame.index("{}")
    end, last = start + len(number), len(text)
    assert Span.find(text, text[start:]) == Span.of(text, start, last)
    assert Span.find(text, text[:end]) == Span.of(text, 0, end)
    for cut in range(start + 1, end):
        if text[cut].isalnum() and not text[start:cut].endswith("&"):
            assert not is_found(text, text[cut:]), text[cut:]
        if text[cut - 1].isalnum() and text[cut] not in "nbsp;":
            assert not is_found(text, text[:cut]), text[:cut]


BESIDE = {
    "what only stands beside a number is found": [
        ("They counted 3, 155 of them boats", "155 of them"), ("In 2024 600 boats came", "600 boats"),
        ("人数155", "155"), ("我们一致认为", "致认为"), ("陆一直说", "一直说"), ("第三人称", "人称"),
        ("上半30分", "30分"), ("5\xa0boats", "boats"), ("数据十分", "十分"), ("第一，十分重要", "十分重要"),
        ("It is −5 degrees", "−5 degrees"), ("A list:\n—5 boats", "5 boats"), (".5 boats", "5 boats"),
    ],
    "in scripts without spaces a passage may begin within what means something else": [
        ("不存在侵略", "存在侵略"), ("数人", "人"), ("十分之三", "三"), ("三点五", "五"),
    ],
    "in Hebrew a hyphen may join a prefix": [("הגיע ב-15 במאי", "15 במאי"), ("וה-CIA הגיב", "CIA")],
    "in Korean a passage may end before particles": [
        ("미국의 장관은 부인했다", "미국"), ("배가 항구에서는 없다", "항구"), ("배가 항구에서는 없다", "항구에서"),
        ("그는 “없다”고 말했다", "없다"), ("그는 없다고 말했다", "없다"), ("NATO가 부인했다", "NATO"),
        ("배가 왔다", "배"), ("3만은 왔다", "3만"), ("2020년만 왔다", "2020년"),
    ],
}  # fmt: skip
WITHIN = {
    "letters that run on into a number": [("张三四处看", "张三"), ("第一百货公司", "第一"), ("统一万岁", "统一")],
    "in Korean elsewhere": [
        ("미국의 장관은 부인했다", "국의 장관"), ("대통령실은 부인했다", "대통령"), ("한국인은 부인했다", "한국"),
    ],
    "a number behind its sign": [
        ("It is -5 degrees", "5 degrees"), ("(−5 degrees)", "5 degrees"), ("‑5 degrees", "5 degrees"),
    ],
    "in Korean before ten thousand": [
        ("3만 명이 왔다", "3"), ("3만은 왔다", "3"), ("3천만 명이 왔다", "3천"), ("오십만 명", "오십"),
    ],
    "too many particles": [("은은은은은은은은은은은은 왔다", "은은")],
}  # fmt: skip


@pytest.mark.parametrize("places", [*BESIDE, *WITHIN])
def test_what_borders_on_a_number_or_particle_is_found_and_what_runs_on_is_refused_aloud(places: str) -> None:
    for text, passage in BESIDE.get(places, []):
        assert is_found(text, passage), passage
    for text, passage in WITHIN.get(places, []):
        with pytest.raises(AnchorError, match="only within a longer word"):
            Span.find(text, passage)


HYPHENS = [chr(point) for first, last in DASHES for point in range(first, last + 1) if chr(point) not in "‒–—―⸺⸻︱︲﹘"]


@pytest.mark.parametrize(
    ("joints", "joins"),
    [(HYPHENS, True), ([*"‒–—―⸺⸻︱︲﹘", "--", "- -", "–-", "-–", " - ", " –", "- ", "– ", "-\n"], False)],
)
@settings(max_examples=4)
@given(data=st.data())
def test_a_hyphen_that_joins_words_or_numbers_is_a_part_of_them_and_a_dash_is_not(
    data: st.DataObject, joints: list[str], *, joins: bool
) -> None:
    words = [word.strip(",") for sentence, has_spaces in SENTENCES.values() if has_spaces for word in sentence.split()]
    one, two = (data.draw(st.sampled_from([*words, "e\u0331", "19"]).filter(lambda word: len(word) > 1)) for _ in "ab")
    assume((one, two) != ("19", "19"))
    for joint in joints:
        text = f"| {one}{joint}{two} |"
        for passage in (f"{two} |", f"| {one}"):
            assert is_found(text, passage) != joins, joint
        assert is_found(text, text[2:-2]), joint
        form = Span.of(text, 2, len(text) - 2).fingerprint
        assert (form == Span.of(f"{one}-{two}", 0, len(one) + 1 + len(two)).fingerprint) == (joint[0] != " "), joint


def test_a_draft_that_begins_behind_a_hyphen_is_told_how_to_quote_it() -> None:
    text = "It was an anti-war rally, they said."
    said = {"type": "statement", "id": "s", "speaker": "x", "content": "C."}
    draft = {"id": "a", "actors": [{"id": "x", "name": "X"}], "statements": [said | {"passages": ["war rally"]}]}
    with pytest.raises(ValidationError, match="whole words, or a prefix, suffix or start"):
        read_draft(draft, text)
    for passage in ({"prefix": "anti-"}, {"start": 15}, {"exact": "anti-war rally"}):
        draft["statements"] = [said | {"passages": [{"exact": "war rally"} | passage]}]
        assert read_draft(draft, text).statements[0].spans[0].end == 24
    draft["statements"] = [said | {"quotes": ["war rally"]}]
    with pytest.raises(ValidationError, match="within a longer word"):
        read_draft(draft, text)


def test_drafts_warnings_and_other_copies_have_the_same_borders() -> None:
    text = "प्रभात ने आरोप लगाया. 1\xa0600 boats came."
    actor = Actor(id="x", name="प्रभा")
    said = {"type": "statement", "id": "s", "speaker": "x", "content": "C.", "cue": "आर"}
    draft = {"id": "a", "actors": [{"id": "x", "name": "प्रभा"}]}
    for passage, start in (("आर", None), ("आरोप", 10), ("600 boats", None), ("1 600 boats", 22)):
        lost: list[Exception] = []
        drafted = read_draft(draft | {"statements": [said | {"passages": [passage]}]}, text, on_error=lost.append)
        assert [span.start for span in drafted.statements[0].spans] == ([] if start is None else [start])
        before = " " * (start or 0) + passage
        span = Span.of(before, start or 0, len(before))
        statement = Statement(id="s", speaker="x", content="C.", spans=[span])
        copy = text if start is not None else f"Ad. {text}"
        attached = Article(id="a", actors=[actor], statements=[statement]).with_text(copy, on_error=lost.append)
        assert [each.start for each in attached.statements[0].spans] == ([] if start is None else [start])
        assert bool(lost) == (start is None)
    whole = read_draft(draft | {"statements": [said | {"passages": ["प्रभात ने आरोप"]}]}, text)
    assert {issue.code for issue in lint(whole)} == {"lint_name", "lint_cue"}


@given(
    st.sampled_from("क ক ਕ க က ក ก ກ ب ש e а".split()),  # noqa: SIM905
    st.characters(categories=["Mn", "Mc", "Me"], exclude_characters="\u034f"),
)
def test_every_mark_belongs_to_the_letter_before_it(letter: str, sign: str) -> None:
    text = f"ab {letter}{sign} xy"
    is_compared = Span.of(text, 3, 5).fingerprint != Span.of(text, 3, 4).fingerprint
    is_optional = is_compared and is_found(f"ab {letter} xy", f"{letter}{sign}")
    assert is_found(text, f"ab {letter}") == (is_optional or not is_compared)
