"""Text as messages, terminals, pages and pictures show it: what hides is an escape, and words stay whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, Allegation, Article, Issue, ValidationError, interop, to_json
from geoclaims._messages import describe, printable, visible, visible_address
from geoclaims.annotation import compare

if TYPE_CHECKING:
    from tests.conftest import Run

# Each with an escape for what cannot be seen.
HIDDEN = [
    ("pay\u034fpal", r"pay\u034fpal"), ("\u115f", r"\u115f"), ("\u1160", r"\u1160"), ("\u115f\u1160", r"\u115f\u1160"),
    ("Kh\u17b4\u17b5", r"Kh\u17b4\u17b5"), ("Name\u3164", r"Name\u3164"), ("\uffa0", r"\uffa0"),
    ("a\u2800b", r"a\u2800b"), ("\ufe0f", r"\ufe0f"), ("a \ufe0f", r"a \ufe0f"),
    ("a\ufe0f", r"a\ufe0f"),
    ("中\ufe0f\ufe0e", "中\ufe0f" + r"\ufe0e"), ("\u3164\ufe00", r"\u3164\ufe00"), ("\U000e0100", r"\U000e0100"),
    ("a\u180b", r"a\u180b"), ("\U0001d159", r"\U0001d159"), ("a\u202eb", r"a\u202eb"), ("a\u200bb", r"a\u200bb"),
    ("a\u2028b", r"a\u2028b"), ("a\u2029b", r"a\u2029b"), ("a\x9bb", r"a\x9bb"), ("a\ud800b", r"a\ud800b"),
]  # fmt: skip
# Syllables of old Korean that lack a letter, emoji, an ideograph and a letter of Mongolian in a certain shape,
# braille of two words, Hebrew whose marks keep their order, and letters, marks and signs of other scripts.
WHOLE = [
    *("\u115f\u1161", "\u1100\u1160", "☺\ufe0f", "1\ufe0f\u20e3", "葛\U000e0100", "\u1820\u180b", "⠓⠊\u2800⠽⠕⠥"),
    *("יְרוּשָׁלַ\u034fִם", "e\u0301", "नमस्ते", "وزارة الخارجية", "中国", "ភាសាខ្មែរ", "한국어"),
]

# Default_Ignorable_Code_Point, of DerivedCoreProperties.txt.
IGNORABLE = {
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
    *(*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
    *(*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)),
    *range(0xE0000, 0xE1000),
}
# One of each kind: format characters, fillers, selectors, tags, blanks, and what is not assigned.
NOTHING = (
    "\u200d\u200b\u00ad\u180e\ufeff\u3164\u115f\ufe0f\u034f"
    "\u2800\ufff9\ufffc\u2065\ufff0\ufffe\u0378\U000e0080\U000e0100"
)


def test_a_number_is_written_out_unless_it_has_1024_bits_or_more() -> None:
    assert describe(2**1023 - 1).startswith("8988465674311579538")
    assert describe(2**1023) == "an integer of 1024 bits"
    assert describe(-(2**1023)) == "an integer of 1024 bits"


@pytest.mark.parametrize(("text", "escaped"), HIDDEN)
def test_what_cannot_be_seen_is_an_escape(text: str, escaped: str) -> None:
    assert visible(text) == printable(text) == escaped
    assert describe(text) == f"'{escaped}'"


@pytest.mark.parametrize("text", WHOLE)
def test_what_a_script_needs_stays(text: str) -> None:
    assert visible(text) == printable(text) == text
    assert describe(text) == f"'{text}'"


@pytest.mark.parametrize(
    "text",
    [
        *("می\u200cخواهم", "PDF\u200cها", "न्\u200dय", "ന്\u200d", "👩\u200d🚀", "❤\ufe0f\u200d🔥", "ᠬᠡᠯᠡᠨ\u180eᠡ"),
        *("Donau\u00addampf", "รัฐบาล\u200bไทย", "រដ្ឋ\u200bកម្ពុជា"),
    ],
)
def test_joiners_stay_where_text_is_shown_and_are_escapes_where_it_is_complained_of(text: str) -> None:
    assert visible(text) == text
    assert printable(text) != text
    assert printable(text).isprintable()


@pytest.mark.parametrize("first", range(0, 0x110000, 0x11000))
def test_a_name_of_nothing_but_what_shows_nothing_is_visible(first: int) -> None:
    for code in range(first, first + 0x11000):
        character = chr(code)
        if code in IGNORABLE or (code % 7 == 0 and unicodedata.category(character) == "Cn"):
            assert visible(character) == visible(visible(character)) == ascii(character)[1:-1]
            assert visible(character * 3) == printable(character * 3) == ascii(character)[1:-1] * 3
            assert visible_address(f"https://{character}") == f"https://{quote(character)}"


SHOWN: dict[str, Callable[[Article], str]] = {
    "page": interop.to_html,
    "picture": interop.to_svg,
    "mermaid": interop.to_mermaid,
    "dot": interop.to_dot,
    "notebook": lambda article: article._repr_html_(),
    "comparison": lambda article: str(compare(article, article.with_changes("a", name="A"))),
    "message": lambda article: describe(article.actors[0].name),
}


@pytest.mark.parametrize("output", SHOWN)
@given(character=st.sampled_from(NOTHING))
def test_every_output_shows_a_name_of_what_shows_nothing(output: str, character: str) -> None:
    claim = Allegation(id="s", speaker="a", content="c", accused=["a"])
    shown = SHOWN[output](Article(id="x", actors=[Actor(id="a", name=character * 2)], statements=[claim]))
    assert character not in shown
    assert ascii(character)[2:-1] in shown


def test_messages_paths_and_pages_show_what_hides_as_escapes(tmp_path: Path, run: Run) -> None:
    actor = Actor(id="a", name="A\u3164")
    (tmp_path / "a.json").write_text(to_json(Article(id="x", actors=[actor])), encoding="utf-8")
    assert "\n  A\\u3164 [a]\n" in run("show", tmp_path / "a.json").out
    assert r"A\u3164" in actor._repr_html_()
    assert Issue("unknown_key", ("a\u3164",), "…").json_path == r"$['a\u3164']"
    with pytest.raises(ValidationError, match=r"found 'A\\u3164', expected"):
        Actor(id="A\u3164", name="A")


blank = st.sampled_from("\u034f\u115f\u1160\u2800\u3164\ufe0f\U000e0100\u202e'\\\"a é한")


@given(st.text(blank, max_size=200))
def test_a_message_quotes_no_more_of_a_text_than_80_characters(text: str) -> None:
    shown, _, length = describe(text).partition(" (")
    assert len(shown) <= 80 + len("''…")
    assert length in {"", f"{len(text)} characters)"}
