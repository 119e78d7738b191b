from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, strategies as st

from geoclaims._command_line.layout import Layout, Style
from geoclaims._view.lines import columns

WIDTHS = st.integers(24, 100)
# words and characters of scripts that take one column, two, or none
WORDS = st.text(st.characters(codec="utf-8"), max_size=8)
TEXTS = st.lists(
    WORDS | st.sampled_from(["中国否认", "\uff21\uff22" * 20, "e\u0301", "a" * 150, "한국", "👩\u200d🚀"])
).map(" ".join)


def columns_of(line: str) -> int:
    """The columns that a line takes, counted anew."""
    wide = sum(unicodedata.east_asian_width(c) in {"W", "F"} for c in line)
    none = sum(unicodedata.category(c) in {"Mn", "Me", "Cf"} and c != "\u00ad" for c in line)
    return len(line) + wide - none


@given(TEXTS, WIDTHS, st.sampled_from(["at", "speaker", "denied by"]))
def test_no_line_is_wider_than_asked(text: str, width: int, label: str) -> None:
    layout = Layout(width, styled=False)
    for line in (*layout.paragraph(text, indent=2), *layout.labelled(label, text), *layout.beneath(text)):
        assert columns_of(line.rstrip(" ")) <= width


@given(TEXTS, TEXTS, WIDTHS)
def test_nothing_but_white_space_is_lost_between_lines(text: str, more: str, width: int) -> None:
    lines = Layout(width, styled=False).paragraph((text, Style.BOLD), more)
    whole = "".join(Layout(100_000, styled=False).paragraph(text + more))
    assert "".join("".join(lines).split()) == "".join(whole.split())


@given(st.text(st.characters(codec="utf-8")), WIDTHS)
def test_no_line_holds_what_could_disturb_a_terminal(text: str, width: int) -> None:
    for line in Layout(width, styled=False).paragraph(text):
        assert {unicodedata.category(c) for c in line if c not in "\u00ad\u200c\u200d"} & {
            "Cc",
            "Cf",
            "Zl",
            "Zp",
        } == set()


def test_words_stay_whole_where_they_can() -> None:
    layout = Layout(24, styled=False)
    assert list(layout.paragraph("China denies that it has sent troops.")) == [
        "China denies that it has",
        "  sent troops.",
    ]
    assert list(layout.paragraph("中国否认向乌克兰派兵并呼吁和平。")) == ["中国否认向乌克兰派兵并呼", "  吁和平。"]
    assert list(layout.paragraph("https://example.org/a/long/path")) == ["https://example.org/a/lo", "  ng/path"]


SIGNS = [
    "中", "が", "か\u3099", "e\u0301", "👩\u200d🚀", "👨\u200d👩\u200d👧", "👋🏽", "👋🏻", "👋🏿", "\u263a\ufe0f", "x",
]  # fmt: skip


@given(st.lists(st.sampled_from(SIGNS), min_size=10, max_size=80), WIDTHS)
def test_a_sign_of_several_characters_is_not_broken(signs: list[str], width: int) -> None:
    lines = [line.removeprefix("  ") for line in Layout(width, styled=False).paragraph("".join(signs))]
    whole = re.compile("|".join(sorted(SIGNS, key=len, reverse=True)))
    assert [sign for line in lines for sign in whole.findall(line)] == signs
    assert "".join(lines) == "".join(signs)


@pytest.mark.parametrize("sign", ["👩\u200d🚀", "か\u3099", "a\u20dd", "👋🏻", "👋🏿"])
def test_a_sign_at_the_end_of_a_line_is_not_broken_either(sign: str) -> None:
    for before in range(25):
        *_, last = Layout(24, styled=False).paragraph("x" * before + sign)
        assert sign in last


def test_a_line_is_filled_in_scripts_without_spaces_also_where_others_stand_among_them() -> None:
    lines = list(Layout(24, styled=False).paragraph("中x" * 40))
    assert {columns_of(line) for line in lines[:-1]} <= {23, 24}


def test_a_line_may_end_between_an_ideograph_and_a_word_of_letters() -> None:
    for number in (10, 11, 12):
        lines = list(Layout(24, styled=False).paragraph(f"{'中' * number}letters"))
        assert lines == ["中" * number, "  letters"]
    assert list(Layout(24, styled=False).paragraph(f"xy{'中' * 9}letters中")) == [f"xy{'中' * 9}", "  letters中"]


def test_a_soft_hyphen_takes_a_column_as_terminals_show_it() -> None:
    assert [columns(character) for character in "\u00ad\u200d\u0301a中"] == [1, 0, 0, 1, 2]


def test_a_sign_longer_than_a_line_is_broken() -> None:
    lines = list(Layout(24, styled=False).paragraph("👩\u200d" * 20 + "🚀"))
    assert [columns_of(line) for line in lines] == [24, 20]


def test_styles_end_with_their_line() -> None:
    layout = Layout(24, styled=True)
    assert list(layout.labelled("basis", ("intelligence reports", Style.BOLD), " [x]")) == [
        "    \x1b[2mbasis: \x1b[0m\x1b[1mintelligence\x1b[0m",
        "      \x1b[1mreports\x1b[0m [x]",
    ]
