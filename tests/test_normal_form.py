from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from hashlib import sha256
from html.entities import html5
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from geoclaims import Span
from geoclaims._passages.normal_form import NormalForm, fingerprint, normalize

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "normal-form.md"

# What the normal form is about; in text that Hypothesis makes by itself each of these is rare.
SIGNS = [
    *"aZ1é .,;&#'\"`´-‐–—…‘’“”„«»‹›″\t\n\r\x0b\x85\xa0\xad\u034f\u200b\u200d\u202a\u2028\u2029\u3000\ufeff\ufe0f",
    *["''", "``", "...", "--", " - ", "- ", "  ", "\r\n", "e\u0301", "u\u0308\u0304", "\u1100\u1161\u11a8", "\u0344"],
    *[
        "&amp;",
        "&amp;amp;",
        "&quot;",
        "&#8217;",
        "&#x2019;",
        "&#146;",
        "&nbsp;",
        "&shy;",
        "&hellip;",
        "&#38;",
        "&#x26;",
    ],
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


def by_the_page(text: str) -> str:
    table = table_of_the_page()
    text = "".join(sign for sign in text if table.get(sign) != "")
    ampersands = "&(?:(?:amp|AMP|#0{0,3}38|#[xX]0{0,3}26);)*"
    text = re.sub(f"{ampersands}(#[0-9]{{1,8}};|#[xX][0-9a-fA-F]{{1,8}};|[A-Za-z][A-Za-z0-9]*;)?", referenced, text)
    text = "".join(sign for sign in text if table.get(sign) != "")
    text = "".join(table.get(sign, sign) for sign in unicodedata.normalize("NFC", text))
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


@given(texts)
@example("&amp;#38;&AMP;#X26;quot;")
@example("a- \u2014b")
def test_the_page_says_all_that_another_program_needs(text: str) -> None:
    assert normalize(text) == by_the_page(text)


def test_the_table_on_the_page_is_whole() -> None:
    table = table_of_the_page()
    assert set(table.values()) == {"", "'", '"', "-", " "}
    for point in (*range(0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE1000)):
        composed = unicodedata.normalize("NFC", chr(point))
        assert normalize(chr(point)) == table.get(composed, composed.replace("…", "...")), hex(point)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("", ""),
        ("as it is: 3.5 (or $10.0)!", "as it is: 3.5 (or $10.0)!"),
        ("“Curly” ‘marks’", "\"Curly\" 'marks'"),
        ("``typed'' '''", '"typed" "\''),
        ("em—en–minus−figure‒bar―", "em-en-minus-figure-bar-"),
        ("one -- two --- three", "one - two - three"),
        ("a - - b -", "a - b -"),
        ("dots… and....", "dots... and...."),
        ("dual-\n use, two- and", "dual-use, two-and"),
        ("- item", "- item"),
        ("\t a\r\n\r\n\xa0b\u2009c \u200b d ", " a b c d "),
        ("s\xado\u200bf\ufefft \u202bRTL\u202c ❤\ufe0f", "soft RTL ❤"),
        ("e\u0301 \u1112\u1161\u11ab \u212b", "é 한 Å"),
        ("e\u200b\u0301", "é"),
        ("e&#769;", "é"),
        ("&lt;b&gt; &eacute; &#x27; &#39; &#146; &#x92;", "<b> é ' ' ' '"),
        ("&nbsp;&ensp;|&shy;&zwj;|&hellip;|&mdash;", " ||...|-"),
        ("&amp;amp;lt; &#38;gt; &amp;bogus; &amp;", "< > &bogus; &"),
        ("&am\xadp;", "&"),
        ("&copy &notareference; &#; &#x; &#123456789; AT&T", "&copy &notareference; &#; &#x; &#123456789; AT&T"),
        ("&#0;&#xD800;&#xDFFF;&#x110000;&#129;", "\ufffd\ufffd\ufffd\ufffd\x81"),
        ("&#127;&#128;&#159;&#161;&#X41;&#xD7FF;&#xE000;&#x10FFFF;", "\x7f€Ÿ¡A\ud7ff\ue000\U0010ffff"),
    ],
)
def test_typography_is_taken_away_and_nothing_else(text: str, normal: str) -> None:
    assert normalize(text) == normal


def test_whatever_unicode_composes_is_composed() -> None:
    characters = [chr(point) for point in (*range(0xD800), *range(0xE000, sys.maxunicode + 1))]
    for character in characters:
        parts = unicodedata.normalize("NFD", character)
        if parts != character:
            assert NormalForm.of(f"{parts}|").text == f"{normalize(character)}|", hex(ord(character))


@given(texts)
def test_text_in_normal_form_stays_as_it_is_unless_it_spells_a_reference(text: str) -> None:
    normal = normalize(text)
    if not re.search("&[#A-Za-z0-9]+;", normal):
        assert normalize(normal) == normal


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1))
def test_letters_and_digits_are_kept(text: str) -> None:
    assert normalize(text) == text


@given(texts)
def test_a_fingerprint_is_version_length_and_hash_of_the_normal_form(text: str) -> None:
    normal = by_the_page(text)
    mark = sha256(normal.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    assert fingerprint(text) == f"1:{len(normal)}:{mark}"
    if normal and not re.search("[\0\ud800-\udfff]", text):
        assert Span.of(text, 0, len(text)).fingerprint == fingerprint(text)


def test_text_that_is_no_unicode_has_a_fingerprint_all_the_same() -> None:
    assert fingerprint("\ud800").startswith("1:1:")


# The way back


@given(texts)
def test_what_stands_in_normal_form_comes_from_the_text_in_order(text: str) -> None:
    form = NormalForm.of(text)
    assert form.text == normalize(text)
    end = 0
    for place in range(len(form.text)):
        first, last = form.source(place, place + 1)
        assert 0 <= first < last <= len(text)
        # the parts of an ellipsis, of a decoded reference or of a composed character begin at one place
        assert first >= end or first == form.source(place - 1, place)[0]
        assert form.position(first) <= place
        end = last
    assert [form.position(offset) for offset in range(len(text))] == sorted(map(form.position, range(len(text))))


@given(st.lists(st.tuples(st.sampled_from(SIGNS), st.sampled_from(["word", "zürich", "e\u0301te\u0301", "155"]))))
def test_a_word_is_found_in_the_text_where_it_stands_in_normal_form(parts: list[tuple[str, str]]) -> None:
    text, words = "", []
    for sign, word in parts:
        text += f"{sign} | "
        words.append((len(text), len(text) + len(word)))
        text += f"{word} | "
    form = NormalForm.of(text)
    for start, end in words:
        normal = unicodedata.normalize("NFC", text[start:end])
        place = form.position(start)
        assert form.text[place : place + len(normal)] == normal
        assert form.source(place, place + len(normal)) == (start, end)


@given(texts, texts)
def test_what_stands_beside_a_passage_between_spaces_does_not_change_it(before: str, after: str) -> None:
    passage = "“It’s … true,” she — said"
    assert normalize(passage) in normalize(f"{before} | {passage} | {after}")
