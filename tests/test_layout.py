"""Paragraphs are broken into lines by the columns of a terminal, at words, or between signs, without a loss."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, Allegation, Article
from geoclaims._command_line.layout import Layout, Style
from geoclaims.interop import to_svg

WIDTHS = st.integers(24, 100)
# words and characters of scripts that take one column, two, or none
WORDS = st.text(st.characters(codec="utf-8"), max_size=8)
SIGNS = ["中", "が", "か\u3099", "e\u0301", "a\u20dd", "👩\u200d🚀", "👨\u200d👩\u200d👧", "\u263a\ufe0f", "x"]
SIGNS += ["👋🏽", "👋🏻", "👋🏿"]
TEXTS = st.lists(
    WORDS | st.sampled_from([*SIGNS, "中国否认", "\uff21\uff22" * 20, "a" * 150, "한국", "soft\u00adhyphen"])
).map(" ".join)


def columns_of(line: str) -> int:
    """The columns that a line takes, counted anew."""
    none = [c for c in line if unicodedata.category(c) in {"Mn", "Me", "Cf"} and c != "\u00ad"]
    wide = [c for c in line if unicodedata.east_asian_width(c) in {"W", "F"} and c not in none]
    return len(line) + len(wide) - len(none)


@given(TEXTS, WIDTHS, st.sampled_from(["", "at", "speaker", "denied by", "confirmed by"]))
def test_no_line_is_wider_than_asked_and_nothing_but_white_space_is_lost(text: str, width: int, label: str) -> None:
    layout, wide = Layout(width, styled=False), Layout(100_000, styled=False)
    for lines, whole in (
        (list(layout.paragraph((text, Style.BOLD), text, indent=2)), wide.paragraph(text + text)),
        (list(layout.labelled(label, text)), wide.labelled(label, text)),
    ):
        assert [line for line in lines if columns_of(line.rstrip(" ")) > width] == []
        expected = "".join("".join(whole).split())
        assert "".join("".join(lines).split()) in {
            expected,
            expected.replace(label.replace(" ", ""), f"{label.replace(' ', '')}:", 1),
        }


@given(st.text(st.characters(codec="utf-8")), WIDTHS)
def test_no_line_holds_what_could_disturb_a_terminal(text: str, width: int) -> None:
    for line in Layout(width, styled=False).paragraph(text):
        kinds = {unicodedata.category(c) for c in line if c not in "\u00ad\u200c\u200d"}
        assert kinds & {"Cc", "Cf", "Zl", "Zp"} == set()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("China denies that it has sent troops.", ["China denies that it has", "sent troops."]),
        ("Letters fill a line up to its end", ["Letters fill a line up", "to its end"]),
        ("x" * 24 + " y", ["x" * 24, "y"]),
        ("x" * 24 + " ", ["x" * 24 + " "]),
        ("https://example.org/a/long/path", ["https://example.org/a/lo", "ng/path"]),
        ("中国否认向乌克兰派兵并呼吁和平。", ["中国否认向乌克兰派兵并呼", "吁和平。"]),
        (f"{'中' * 11}letters", ["中" * 11, "letters"]),
        ("한국" * 6 + "은 없다", ["한국" * 6, "은 없다"]),
        (f"xy{'中' * 9}letters中", [f"xy{'中' * 9}", "letters中"]),
        ("👩\u200d" * 13 + "🚀", ["👩\u200d" * 12, "👩\u200d🚀"]),
    ],
)
def test_a_line_ends_after_a_word_or_at_an_ideograph_and_else_where_it_is_full(text: str, lines: list[str]) -> None:
    assert [line.removeprefix("  ") for line in Layout(24, styled=False).paragraph(text)] == lines


@given(st.lists(st.text("가나다라마한국", min_size=1, max_size=10), min_size=2, max_size=30), WIDTHS)
def test_korean_is_broken_between_words_alone(words: list[str], width: int) -> None:
    text = " ".join(words)
    actor = Actor(id="a", name="한국")
    said = Allegation(id="s", speaker="a", content=text, accused=["a"])
    drawn = re.findall(r"<text.*?>(.*)</text>", to_svg(Article(id="x", actors=[actor], statements=[said]), width=640))
    lines = [line.strip() for line in Layout(width, styled=False).paragraph(text)]
    assert " ".join(lines) == text
    assert text in " ".join(re.sub("<.*?>|[\u2066-\u2069]", "", line).strip() for line in drawn)


@given(st.lists(st.sampled_from(SIGNS), min_size=10, max_size=80), WIDTHS)
def test_a_sign_of_several_characters_is_not_broken_and_lines_are_filled(signs: list[str], width: int) -> None:
    lines = [line.removeprefix("  ") for line in Layout(width, styled=False).paragraph("".join(signs))]
    whole = re.compile("|".join(sorted(SIGNS, key=len, reverse=True)))
    assert [sign for line in lines for sign in whole.findall(line)] == signs
    assert "".join(lines) == "".join(signs)


def test_a_line_is_filled_in_scripts_without_spaces_also_where_others_stand_among_them() -> None:
    lines = list(Layout(24, styled=False).paragraph("中x" * 40))
    assert {columns_of(line) for line in lines[:-1]} <= {23, 24}


CLAUSES = [
    "中国，",
    "「否认」",
    "（北京）",
    "“不”。",
    "没有、",
    "word, ",
    "(a) ",
    "« non » ",
    "सच। ",
    "نعم، ",
    "3 % ",
    "a&b ",
]


@given(st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=60).map("".join), WIDTHS)
def test_no_line_begins_with_a_mark_that_closes_or_ends_with_one_that_opens(text: str, width: int) -> None:
    actor = Actor(id="a", name=text)
    picture = to_svg(
        Article(id="x", actors=[actor], statements=[Allegation(id="s", speaker="a", content=text, accused=["a"])]),
        width=width * 16,
    )
    drawn = re.findall(r"<text.*?>(.*)</text>", picture)
    for line in (
        *Layout(width, styled=False).paragraph(text),
        *(re.sub("<.*?>|[\u2066-\u2069]", "", x) for x in drawn),
    ):
        assert re.match(r"[\w(（「“« %]", line), line
        assert not re.search("[(（「“«]$", line.rstrip()), line


def test_a_last_piece_that_fits_on_a_line_is_kept_whole() -> None:
    for cue in ("(says so)", "(非難した)"):
        assert list(Layout(24, styled=False).paragraph("It rains today,", f" {cue}", hang=0, keeping=True))[1] == cue


def test_a_label_and_each_style_end_with_their_line() -> None:
    pieces = ("intelligence reports", Style.BOLD), " [x]"
    assert list(Layout(24, styled=True).labelled("basis", *pieces)) == [
        "  \x1b[2mbasis: \x1b[0m\x1b[1mintelligence\x1b[0m",
        "      \x1b[1mreports\x1b[0m [x]",
    ]
    assert list(Layout(1, styled=False).labelled("", *pieces)) == ["      intelligence", "      reports [x]"]
    assert list(Layout(60, styled=False).labelled("confirmed by", "a")) == ["    confirmed by a"]
    assert list(Layout(60, styled=False).labelled("", "a")) == ["                 a"]
