from __future__ import annotations

import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from html.entities import html5
from itertools import chain, combinations, pairwise
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import example, given, strategies as st

from geoclaims import AnchorError, Span
from geoclaims._passages import newer
from geoclaims._passages.composing import SINCE_3_2, composed
from geoclaims._passages.copies import LEAST_WEIGHT, Copy, fingerprints
from geoclaims._passages.edges import Edges
from geoclaims._passages.newer import newer_in, without_newer
from geoclaims._passages.normal_form import (
    DASHES,
    DOUBLE_QUOTES,
    INVISIBLE,
    OPTIONAL_MARKS,
    PRESENTATION_FORMS,
    SINGLE_QUOTES,
    NormalForm,
    fingerprint,
    normalize,
)
from geoclaims._rules import SPACES, Ranges

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
    *[
        "\u0640",
        "\ufefb",
        "\ufdfa",
        "\ufe9f",
        "\ufb20",
        "\u0f71\u0f75",
        "\U00011131\U00011127",
        "\u1b05\u1b35",
        "\ufa70",
    ],
    *["\U0001e08f", "\U0001e08f\u0301", "e\U0001e08f\u0323", "\u1dc2\u0301\u0323", "\u05e9\u05bc\u05c1"],
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
    step = PAGE.read_text(encoding="utf-8").split("4. **Presentation forms**")[1].split("5. **NFC**")[0]
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


@given(texts)
@example("&amp;#38;&AMP;#X26;quot;")
@example("a- \u2014b")
def test_the_page_says_all_that_another_program_needs(text: str) -> None:
    assert normalize(text) == by_the_page(text)


@pytest.mark.slow
def test_the_table_on_the_page_is_whole() -> None:
    table = table_of_the_page()
    assert set(table.values()) == {"", "'", '"', "-", " "}
    for point in (*range(0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE1000)):
        kind: Literal["NFC", "NFKC"] = "NFKC" if chr(point) in forms_of_the_page() else "NFC"
        composed = unicodedata.normalize(kind, chr(point))
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
        # Unicode 16 has new scripts whose letters are composed
        if parts != character and not "\U000113c5" <= character <= "\U000113c8" and ord(character) >> 4 != 0x16D6:
            assert NormalForm.of(f"{parts}|").text == f"{normalize(character)}|", hex(ord(character))


@pytest.mark.skipif(unicodedata.unidata_version > "15.1.0", reason="NEWER lists what Unicode 15.1 has")
def test_the_table_of_newer_characters_has_all_that_composing_concerns_and_ends_with_them() -> None:
    decomposed = {chr(point): unicodedata.normalize("NFD", chr(point)) for point in range(0x300, 0x30000)}
    parts = {part for sign, whole in decomposed.items() if whole != sign for part in whole}
    later = {sign: whole for sign, whole in decomposed.items() if unicodedata.ucd_3_2_0.category(sign) == "Cn"}
    concerned = {
        ord(sign) for sign, whole in later.items() if unicodedata.combining(sign) or whole != sign or sign in parts
    }
    listed = {point for first, last in SINCE_3_2 for point in range(first, last + 1)}
    assert concerned - set(map(ord, NEWER)) <= listed
    assert concerned.issuperset(chain.from_iterable(SINCE_3_2))


def test_no_character_stands_in_two_tables() -> None:
    tables = (INVISIBLE, SINGLE_QUOTES, DOUBLE_QUOTES, DASHES, OPTIONAL_MARKS, PRESENTATION_FORMS)
    points = [point for table in tables for first, last in table for point in range(first, last + 1)]
    assert len(points) == len(set(points))


def test_the_search_leaves_out_every_mark_of_arabic_and_hebrew_but_those_that_make_another_letter() -> None:
    for point in range(0x590, 0x700):
        sign = chr(point)
        is_mark = unicodedata.category(sign) == "Mn" and point not in {0x653, 0x654, 0x655}  # madda and hamza
        left_out = is_mark or table_of_the_page().get(sign) == ""
        assert (NormalForm.for_search(f"a{sign}b").text == "ab") == left_out, hex(point)


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
    assert sha256("\n".join(map(normalize, strings)).encode()).hexdigest() == GOLDEN


GOLDEN = "da5562ab34432d87e78baf5946a766e6b8a2a6dc6b16e460b7270cb47c4e98b3"


def test_the_passages_of_normal_form_1_have_for_ever_the_fingerprints_that_were_once_published() -> None:
    published = json.loads((Path(__file__).parent / "data" / "golden-normal-form-1.json").read_text(encoding="utf-8"))
    passages = [each["passage"] for each in published]
    assert [normalize(passage) for passage in passages] == [each["normal_form"] for each in published]
    made = [Span.of(passage, 0, len(passage)).fingerprint for passage in passages]
    assert made == [each["fingerprint"] for each in published]


def test_text_of_unicode_14_is_composed_as_unicode_composes_it() -> None:
    for text in numbered_strings(1000):
        parts = re.split(f"([{NEWER}])", text)
        assert "".join(apply(text, composed(text))) == "".join(unicodedata.normalize("NFC", part) for part in parts)


def apply(text: str, changes: Iterable[tuple[int, int, str]]) -> Iterator[str]:
    done = 0
    for start, end, new in changes:
        yield text[done:start]
        yield new
        done = end
    yield text[done:]


@given(texts)
def test_copies_in_both_forms_of_unicode_have_one_fingerprint(text: str) -> None:
    text = re.sub(f"[{NEWER}]|&", "", text)
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert fingerprint(forms[0]) == fingerprint(forms[1])


@pytest.mark.parametrize(
    "marks",
    [
        "\u0301\u0323",
        "\u0323\u0301",
        "\u0345\u0301\u0327",
        "\u0323\u0301\u0300",
        "\u0301\u0323\u09be",
        "\U0001e08f\u0323",
    ],
)
def test_of_a_long_run_of_marks_none_is_moved_past_many_others(marks: str, monkeypatch: pytest.MonkeyPatch) -> None:
    moves = 0
    plain = unicodedata.normalize

    def counting(form: Literal["NFC", "NFD"], text: str) -> str:
        nonlocal moves
        classes = [unicodedata.combining(sign) for sign in plain("NFD", text)] if len(text) > 1 else []
        moves += len(text) + sum(0 < after < before for before, after in pairwise(classes)) * len(text)
        return plain(form, text)

    monkeypatch.setattr("geoclaims._passages.composing.unicodedata.normalize", counting)
    text = "a" + marks * 10_000
    normal = normalize(text)
    assert moves <= 4 * len(text)
    monkeypatch.undo()
    parts = re.split(f"([{NEWER}])", text[:2001])
    assert normalize(text[:2001]) == "".join(plain("NFC", part) for part in parts)
    assert len(normal) > len(text) // 2


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("\u0645\u062d\u0640\u0640\u0645\u062f", "\u0645\u062d\u0645\u062f"),
        ("\ufefb \ufef7 \ufee3\u062d\ufee4\u062f", "\u0644\u0627 \u0644\u0623 \u0645\u062d\u0645\u062f"),
        ("\ufb2a\ufb4f", "\u05e9\u05c1\u05d0\u05dc"),
        ("\u0643\u064e\u062a\u064e\u0628 \u05e9\u05c1\u05dc", "\u0643\u064e\u062a\u064e\u0628 \u05e9\u05c1\u05dc"),
        ("\u0661\u0665\u0665 \u096a \u06f1", "\u0661\u0665\u0665 \u096a \u06f1"),
        ("\ufdfc \ufe76 \ufd3e", "\ufdfc \ufe76 \ufd3e"),
    ],
    ids=["tatweel", "Arabic forms", "Hebrew forms", "diacritics stay", "digits stay", "signs stay"],
)
def test_how_letters_of_arabic_and_hebrew_are_set_is_typography(text: str, normal: str) -> None:
    assert normalize(text) == normal


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


@given(st.lists(texts, min_size=1, max_size=4).map(" ".join), st.data())
def test_fingerprints_of_many_stretches_are_those_of_each_by_itself(text: str, data: st.DataObject) -> None:
    offsets = st.integers(0, len(text) + 2)
    drawn = data.draw(st.lists(st.tuples(offsets, offsets).map(sorted), min_size=4))
    places = [(start, end) for start, end in drawn]
    every = [*places, *[(0, len(text))] * 2]
    assert fingerprints(text, every) == [fingerprint(text[start:end]) for start, end in every]


@pytest.mark.parametrize(
    "text",
    [
        "a\x7fb\x80c\u07ffd\u0800e\uffffg\U00010000h",
        "he said ''no'' - `no´ -- no- no … no",
        "&amp;lt; & &#39;#39 e\u0301\u0323o \u0640\ufefb\u200b.",
    ],
)
def test_fingerprints_of_all_stretches_of_a_text_are_those_of_each_by_itself(text: str) -> None:
    every = [*combinations(range(len(text) + 1), 2)]
    assert fingerprints(text, every) == [fingerprint(text[start:end]) for start, end in every]


@pytest.mark.parametrize("sign", ["a", "é", "中", "𝒜"])
@pytest.mark.parametrize("length", [40, 400])
@pytest.mark.parametrize("limits", [(0, 100_000), (0, 5_000), (7_000, 12_000), (-50, 3_000)])
def test_a_search_costs_about_what_it_was_estimated_to_cost(sign: str, length: int, limits: tuple[int, int]) -> None:
    chance = random.Random(1)
    copy = Copy.of(" ".join(sign * chance.randrange(1, 12) for _ in range(3_000)))
    cost = copy.weight([*copy.windows(length, limits)], length)
    assert 0.8 * cost <= copy.cost(length, limits) <= 1.25 * cost


@pytest.mark.parametrize("limits", [(900, 900), (30, 35), (-9, -1), (10_000, 20_000)])
def test_a_search_in_hardly_any_text_is_estimated_to_cost_hardly_anything(limits: tuple[int, int]) -> None:
    copy = Copy.of("a bc " * 1_000)
    places = max(0, min(limits[1], 4_990) - max(limits[0], 0) + 1)
    assert copy.cost(10, limits) <= places * (LEAST_WEIGHT + 10)


@pytest.mark.parametrize("text", ["no mark at all", "A mark, and no more", "“Marks.”"])
def test_a_clause_can_be_the_whole_of_a_text(text: str) -> None:
    edges = Edges.of_words(text).clauses(text)
    assert 0 in edges.windows(len(text), 0, len(text))
    assert [start for start in edges.windows(2, 0, len(text)) if text[start : start + 2] == "no"] == []


def test_a_clause_ends_before_a_mark_and_the_space_before_it() -> None:
    text = 'He left - she said no , "not yet" (so far).'
    edges = Edges.of_words(text).clauses(text)
    clauses = ["He left", "she said no", "not yet", '"not yet"', "so far", "(so far)", "He left - she said no"]
    for clause in clauses:
        assert text.index(clause) in edges.windows(len(clause), 0, len(text)), clause
    for part in ("left", "she said", "said no", "yet", "far"):
        assert text.index(part) not in edges.windows(len(part), 0, len(text)), part


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


# The same on every interpreter


QUOTES = (SINGLE_QUOTES, DOUBLE_QUOTES)
TABLES = (INVISIBLE, *QUOTES, DASHES, SPACES, PRESENTATION_FORMS, OPTIONAL_MARKS, SINCE_3_2)


@pytest.mark.parametrize(
    ("tables", "digest"),
    [(TABLES, "c11add68289252ff"), ((newer.NEWER,), "787f59c4911f58ae")],
    ids=["of the form", "of newer characters"],
)
def test_the_tables_of_normal_form_1_are_on_every_interpreter_what_they_were_when_it_was_published(
    tables: tuple[Ranges, ...], digest: str
) -> None:
    assert sha256(repr(tables).encode()).hexdigest()[:16] == digest


def test_what_counts_as_a_letter_or_digit_is_the_same_on_every_interpreter() -> None:
    signs = "".join(map(chr, (*range(0xD800), *range(0xE000, sys.maxunicode + 1))))
    letters = re.sub(r"\W", "", without_newer(signs))
    assert (len(letters), sha256(letters.encode()).hexdigest()[:16]) == (133548, "fad7ecbbe89c705e")
    assert sum(sign.isdecimal() for sign in set(signs) - newer_in(signs)) == 660


@pytest.mark.skipif(unicodedata.unidata_version != "14.0.0", reason="only Unicode 14.0 says what it has left free")
def test_the_ranges_of_newer_characters_are_as_wide_as_unicode_14_leaves_them_free() -> None:
    def is_free(point: int) -> bool:
        return unicodedata.category(chr(point)) == "Cn"

    for first, last in newer.NEWER:
        assert is_free(first), hex(first)
        assert is_free(last), hex(last)
        assert not is_free(first - 1), hex(first)
        assert not is_free(last + 1) or last == 0x3FFFF, hex(last)


def test_a_letter_that_is_newer_than_unicode_14_is_a_mark_that_passages_may_begin_and_end_beside() -> None:
    # U+11F04, a letter of Kawi, came with Unicode 15.0
    assert list(Edges.of_words("a\U00011f04b").starts) == [0, 1, 2]
    assert Span.find("no\U00011f04", "no").end == 2
    with pytest.raises(AnchorError, match="nowhere"):
        Span.find("\U00011f51 boats", "1 boats")
