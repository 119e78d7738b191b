"""Text as messages, terminals, pages and pictures show it: what hides is an escape, and words stay whole."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import example, given, strategies as st

from geoclaims import Article
from geoclaims._messages import describe, printable, visible, visible_address
from geoclaims.annotation import compare, lint

# One of each kind: controls, surrogates, what ends a line, what reorders text, tags, and what is not assigned.
HIDDEN = "\x1b\x9b\ud800\u2028\u2029\u202e\u2066\u200f\ufeff\ufff9\u2065\ufffe\u0378\U000e0041\U000e0080"


def test_a_number_is_written_out_unless_it_has_1024_bits_or_more() -> None:
    assert describe(2**1023 - 1).startswith("8988465674311579538")
    assert describe(2**1023) == "an integer of 1024 bits"
    assert describe(-(2**1023)) == "an integer of 1024 bits"


@given(st.text())
def test_a_message_escapes_what_does_not_print_and_nothing_else(text: str) -> None:
    assert printable(text).isprintable()
    assert printable(text) == "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


@given(st.text())
@example(HIDDEN)
def test_what_is_shown_is_as_in_a_message_but_for_what_words_need(text: str) -> None:
    assert printable(visible(text)) == printable(text)
    for hidden in HIDDEN:
        assert hidden not in visible(text)


@pytest.mark.parametrize(
    "text",
    [
        *("می\u200cخواهم", "PDF\u200cها", "न्\u200dय", "ന്\u200d", "👩\u200d🚀", "❤\ufe0f\u200d🔥", "ᠬᠡᠯᠡᠨ\u180eᠡ"),
        *("Donau\u00addampf", "รัฐบาล\u200bไทย", "រដ្ឋ\u200bកម្ពុជា", "«\u202fNon\u202f»", "1\u00a0000", "a\tb\nc"),
    ],
)
def test_joiners_and_white_space_stay_where_text_is_shown_and_are_escapes_in_messages(text: str) -> None:
    assert visible(text) == text
    assert printable(text) != text


def test_an_address_is_shown_percent_encoded_where_it_does_not_print() -> None:
    for hidden in set(HIDDEN) - {"\ud800"}:
        assert visible_address(f"https://{hidden}/é") == f"https://{quote(hidden)}/é"


SHOWN: dict[str, Callable[[Article, Article], str]] = {
    "comparison": lambda _, hostile: str(compare(hostile, hostile.with_changes("end", name="Lin"))),
    "its differences": lambda plain, hostile: str(compare(plain, hostile)),
    "lint": lambda _, hostile: "\n".join(map(str, lint(hostile))),
    "message": lambda _, hostile: describe(hostile.actors[0].name),
    "repr": lambda _, hostile: repr(hostile.actors[0]),
}


@pytest.mark.parametrize("output", SHOWN)
@given(character=st.characters(categories=["Cf", "Cn", "Co"], exclude_characters="\u00ad\u180e\u200b\u200c\u200d"))
def test_every_report_shows_what_does_not_print_as_escapes(
    output: str, character: str, dressed: Callable[..., Article]
) -> None:
    plain, hostile = (dressed(f"A {each}", f"B {each}", "A text.", each) for each in ("x", character * 2))
    shown = SHOWN[output](plain, hostile)
    assert character not in shown
    assert ascii(character)[2:-1] in shown


blank = st.sampled_from("\u2066\u200d\U000e0001\u202e'\\\"a é한")


@given(st.text(blank, max_size=200))
def test_a_message_quotes_no_more_of_a_text_than_80_characters(text: str) -> None:
    shown, _, length = describe(text).partition(" (")
    assert len(shown) <= 80 + len("''…")
    assert length in {"", f"{len(text)} characters)"}
