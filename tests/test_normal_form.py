"""The page on the normal form says all that another program needs, and fingerprints are made by it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html.entities import html5
from itertools import combinations
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import assume, example, given, strategies as st

from geoclaims import Actor, AnchorError, Article, Span, Statement, ValidationError

PAGE = Path(__file__).parents[1] / "docs" / "internals" / "normal-form.md"

# What the normal form is about; in text that Hypothesis makes by itself each of these is rare.
SIGNS = [
    *"aZ1é .,;&#'\"`´-‐–—…‘’“”„«»‹›″\t\n\r\x0b\x85\xa0\xad\u034f\u200b\u200d\u202a\u2028\u2029\u3000\ufeff\ufe0f",
    *["''", "``", "...", "--", " - ", "- ", "  ", "\r\n", "e\u0301", "u\u0308\u0304", "\u1100\u1161\u11a8", "\u0344"],
    *"&amp; &amp;amp; &quot; &#8217; &#x2019; &#146; &nbsp; &shy; &hellip; &#38; &#x26;".split(),  # noqa: SIM905
    *["\u0640", "\ufefb", "\ufdfa", "\ufe9f", "\ufb20", "\u0f71\u0f75", "\U00011131\U00011127", "\u1b05\u1b35"],
    "\ufa70",
    *["\U0001e08f", "\U0001e08f\u0301", "e\U0001e08f\u0323", "\u1dc2\u0301\u0323", "\u05e9\u05bc\u05c1"],
    *["\ufb01", "\ufb05", "o\ufb03ce"],
    *["&nGt;", "&bogus;", "&copy", "&#0;", "&#xD800;", "&#99999999;", "&#x1f600;", "&#129;", "\u1fef", "\u037e"],
]
texts = st.lists(st.one_of(st.sampled_from(SIGNS), st.text(max_size=3)), max_size=30).map("".join)


# The normal form as somebody writes it who has read the page and nothing else.


@cache
def table_of_the_page() -> dict[str, str]:
    """What each code point becomes that is in the page's table."""
    rows = re.findall(r"^\| (nothing|\S+ U\+\w+) \| (U\+.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    table = {}
    for kind, points in rows:
        for part in points.split(", "):
            first, _, last = part.replace("U+", "").partition("–")
            for point in range(int(first, 16), int(last or first, 16) + 1):
                table[chr(point)] = "" if kind == "nothing" else chr(int(kind.rpartition("+")[2], 16))
    return table


@cache
def forms_of_the_page() -> frozenset[str]:
    """The presentation forms that step 4 of the page lists."""
    step = PAGE.read_text(encoding="utf-8").split("4. **Ligatures**")[1].split("5. **NFC**")[0]
    ranges = re.findall(r"U\+([0-9A-F]{4})–U\+([0-9A-F]{4})", step)
    return frozenset(chr(point) for first, last in ranges for point in range(int(first, 16), int(last, 16) + 1))


# Marks that some interpreter knows and Unicode 14.0 does not have.
NEWER = "".join(map(chr, (*range(0x10EFC, 0x10F00), 0x11F41, 0x11F42, 0x1E08F, *range(0x1E4EC, 0x1E4F0))))


def by_the_page(text: str) -> str:
    table = table_of_the_page()
    text = "".join(sign for sign in text if table.get(sign) != "")
    ampersands = "&(?:(?:amp|AMP|#0{0,3}38|#[xX]0{0,3}26);)*"
    text = re.sub(f"{ampersands}(#[0-9]{{1,8}};|#[xX][0-9a-fA-F]{{1,8}};|[A-Za-z][A-Za-z0-9]*;)?", referenced, text)
    text = "".join(sign for sign in text if table.get(sign) != "")
    text = "".join(unicodedata.normalize("NFKC", sign) if sign in forms_of_the_page() else sign for sign in text)
    text = "".join(unicodedata.normalize("NFC", part) for part in re.split(f"([{NEWER}])", text))
    text = "".join(table.get(sign, sign) for sign in text)
    text = re.sub("''|…|-( *-)+| {2,}", lambda run: {"'": '"', "…": "...", "-": "-", " ": " "}[run[0][0]], text)
    return re.sub("(?<=[^ ]-) ", "", text)


def referenced(match: re.Match[str]) -> str:
    name = match[1] or ""
    if not name.startswith("#"):
        return html5.get(name, "&" + name)
    number = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
    if 128 <= number <= 159:
        return bytes([number]).decode("cp1252", "ignore") or chr(number)
    return chr(number) if 0 < number < 0xD800 or 0xE000 <= number <= 0x10FFFF else "\ufffd"


def mark(normal: str) -> str:
    """The fingerprint of a passage with a normal form: version, length and hash."""
    return f"1:{len(normal)}:{sha256(normal.encode()).hexdigest()[:16]}"


def fingerprint(text: str) -> str:
    return Span.of(text, 0, len(text)).fingerprint


@given(texts)
@example("&amp;#38;&AMP;#X26;quot;")
@example("a- \u2014b")
def test_the_page_says_all_that_another_program_needs(text: str) -> None:
    assume(not re.search("[\0\ud800-\udfff]", text))
    if normal := by_the_page(text):
        assert fingerprint(text) == mark(normal)
    else:
        with pytest.raises(ValidationError):
            fingerprint(text)


def blocks() -> Iterator[list[str]]:
    """All characters that texts may have, in blocks."""
    for first in (*range(0, 0x20000, 0x800), 0xE0000, 0xE0800):
        if not 0xD800 <= first < 0xE000:
            yield [chr(point) for point in range(max(1, first), first + 0x800)]


def test_the_table_on_the_page_is_whole_and_what_it_was_when_it_was_published() -> None:
    table = table_of_the_page()
    for block in blocks():
        normal = []
        for sign in block:
            kind: Literal["NFC", "NFKC"] = "NFKC" if sign in forms_of_the_page() else "NFC"
            composed = unicodedata.normalize(kind, sign)
            normal.append(table.get(composed, composed.replace("…", "...")))
        assert fingerprint("|".join(["", *block, ""])) == mark("|".join(["", *normal, ""])), hex(ord(block[-1]))
    pinned = [sorted(table.items()), sorted(forms_of_the_page())]
    assert sha256(json.dumps(pinned).encode()).hexdigest()[:16] == "c32479cc90b216f5"


def test_whatever_unicode_composes_is_composed() -> None:
    # Unicode 16 composes letters of Kirat Rai with others that are no marks.
    signs = [sign for block in blocks() for sign in block if ord(sign) >> 4 != 0x16D6]
    pairs = [(sign, apart) for sign in signs if (apart := unicodedata.normalize("NFD", sign)) != sign]
    for start in range(0, len(pairs), 500):
        composed, apart = ("|".join(column) for column in zip(*pairs[start : start + 500], strict=True))
        assert fingerprint(apart) == fingerprint(composed), hex(ord(composed[0]))


def test_the_search_leaves_out_every_mark_of_arabic_and_hebrew_but_those_that_make_another_letter() -> None:
    for point in range(0x590, 0x700):
        sign = chr(point)
        is_mark = unicodedata.category(sign) == "Mn" and point not in {0x653, 0x654, 0x655}  # madda and hamza
        try:
            is_found = bool(Span.find(f"x a{sign}b x", "ab"))
        except AnchorError:
            is_found = False
        assert is_found == (is_mark or table_of_the_page().get(sign) == ""), hex(point)


# What composing concerns: marks, what is composed of them, and marks that are too new.
CONCERNED = [
    *map(chr, (*range(0x300, 0x370), *range(0x591, 0x5BE), *range(0x610, 0x61B), *range(0x64B, 0x660), 0x670)),
    *map(chr, (*range(0x8D3, 0x900), *range(0xF71, 0xF85), *range(0x1100, 0x1110), *range(0x1161, 0x1176))),
    *map(chr, (*range(0x11A8, 0x11C3), *range(0x1AB0, 0x1ACF), *range(0x1B05, 0x1B45), *range(0x1DC0, 0x1E00))),
    *map(chr, (*range(0x1E00, 0x1F00), *range(0x1F00, 0x1FFF), *range(0x20D0, 0x20F1), *range(0xFA2E, 0xFADA))),
    *map(chr, (*range(0x11127, 0x11135), *range(0x114B0, 0x114C4), *range(0x1D15E, 0x1D170), *range(0x2F800, 0x2F900))),
    *("a", "e", "\u09c7", "\u09be", "\u0bc6", "\uac00", "\u05e9", "\u0627", "\u0644", *NEWER),
]


def numbered_strings(number: int) -> list[str]:
    """Strings of what composing concerns, the same on every interpreter."""
    numbers = iter(b"".join(sha256(str(seed).encode()).digest() for seed in range(number)))
    pairs = zip(numbers, numbers, strict=True)
    signs = [CONCERNED[(256 * high + low) % len(CONCERNED)] for high, low in pairs]
    return ["".join(signs[start : start + 16]) for start in range(0, len(signs), 16)]


def test_the_normal_form_is_the_same_on_every_interpreter() -> None:
    strings = numbered_strings(5000)
    texts = ["|".join(strings[start : start + 50]) for start in range(0, len(strings), 50)]
    assert sha256("".join(map(fingerprint, texts)).encode()).hexdigest() == GOLDEN


GOLDEN = "d2fbb2c4b61a27cc9158c9f7b1aa0e009a59652e66febf669906db273cf31117"


def test_the_passages_of_normal_form_1_have_for_ever_the_fingerprints_that_were_once_published() -> None:
    published = json.loads((Path(__file__).parent / "data" / "golden-normal-form-1.json").read_text(encoding="utf-8"))
    passages = [each["passage"] for each in published]
    assert [by_the_page(passage) for passage in passages] == [each["normal_form"] for each in published]
    assert list(map(fingerprint, passages)) == [each["fingerprint"] for each in published]


@pytest.mark.parametrize("marks", ["\u0301", "\u0301\u0327", "\u0345\u0301\u0327"])
def test_of_a_longer_run_of_marks_than_any_language_writes_each_thirty_are_sorted(marks: str) -> None:
    below = "\u0323"  # which belongs before all of these
    thirty = (marks * 30)[:29]
    for text in (f"a{thirty}{below}", f"a{below}{thirty}"):
        assert fingerprint(text) == mark(unicodedata.normalize("NFC", text))
    late = f"a{thirty}{marks[0]}{below}"
    assert fingerprint(late) != mark(unicodedata.normalize("NFC", late))
    assert int(fingerprint("a" + marks * 10_000).split(":")[1]) > 9_000


@given(texts)
def test_copies_in_both_forms_of_unicode_have_one_fingerprint(text: str) -> None:
    text = "a" + re.sub(f"[{NEWER}\0\ud800-\udfff]|&", "", text)
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert fingerprint(forms[0]) == fingerprint(forms[1])


ACTOR = Actor(id="a", name="A")


def expect_each_by_itself(text: str, places: list[tuple[int, int]]) -> None:
    """Fail unless an article takes passages of its text with the fingerprint of each by itself, and no other."""
    passages = [(start, end, text[start:end]) for start, end in places if by_the_page(text[start:end])]
    statements = [
        Statement(id=f"s{n}", speaker="a", content="c", spans=[Span(start, end, fingerprint(passage))])
        for n, (start, end, passage) in enumerate(passages)
    ]
    if statements:
        assert Article(id="x", actors=[ACTOR], statements=statements, text=text).text == text


@given(st.lists(texts, min_size=1, max_size=4).map(" ".join), st.data())
def test_fingerprints_of_many_stretches_are_those_of_each_by_itself(text: str, data: st.DataObject) -> None:
    text = re.sub("[\0\ud800-\udfff]", "", text)
    assume(by_the_page(text).strip())
    offsets = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(offsets, offsets).map(sorted), min_size=4))
    expect_each_by_itself(text, [*((start, end) for start, end in drawn), *[(0, len(text))] * 2])


@pytest.mark.parametrize(
    "text",
    [
        "a\x7fb\x80c\u07ffd\u0800e\uffffg\U00010000h",
        "he said ''no'' - `no´ -- no- no … no",
        "&amp;lt; & &#39;#39 e\u0301\u0323o \u0640\ufefb\u200b.",
    ],
)
def test_fingerprints_of_all_stretches_of_a_text_are_those_of_each_by_itself(text: str) -> None:
    expect_each_by_itself(text, [*combinations(range(len(text) + 1), 2)])


# The way back


@given(st.lists(st.tuples(st.sampled_from(SIGNS), st.sampled_from(["word", "zürich", "e\u0301te\u0301", "155"]))))
def test_a_word_is_found_in_the_text_where_it_stands_in_normal_form(parts: list[tuple[str, str]]) -> None:
    text, words = "", []
    for number, (sign, word) in enumerate(parts):
        text += f"{sign} | "
        words.append((len(text), len(text) + len(word) + len(str(number)), f"{word}{number}"))
        text += f"{word}{number} | "
    for start, end, word in words:
        if not any(other[-1] != word and word in other[-1] for other in words):
            found = Span.find(text, unicodedata.normalize("NFC", word))
            assert (found.start, found.end) == (start, end)


@given(texts, texts)
def test_what_stands_beside_a_passage_between_spaces_does_not_change_it(before: str, after: str) -> None:
    before, after = (re.sub("[\0\ud800-\udfff]", "", text) for text in (before, after))
    passage = "“It’s … true,” she — said"
    found = Span.find(f"{before} | {passage} | {after}", '"It\'s ... true," she - said')
    assert (found.start, found.end) == (len(before) + 3, len(before) + 3 + len(passage))
