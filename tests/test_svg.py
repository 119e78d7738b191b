from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    DenialKind,
    PartialDate,
    Statement,
    ValidationError,
    load_article,
    strategies,
)
from geoclaims.interop import to_mermaid, to_svg

STATIC = Path(__file__).parents[1] / "docs" / "_static"
SVG = "{http://www.w3.org/2000/svg}"
BUNDLED = load_article()
KINDS = list(DenialKind)
KEY = ("allegation", "denial", "otherstatement", "denies", "confirms")
TRUTH = "This shows who is reported to have said what, not what is true."


def drawn(article: Article, width: int = 888) -> ElementTree.Element:
    return ElementTree.fromstring(to_svg(article, width=width))  # noqa: S314 - it is our own


def disputed() -> Article:
    """An article in which everything is answered: by hearsay, by a denial of a denial, by confirmations."""
    actors = [
        Actor(id="port", name="the port"),
        Actor(id="fleet", name="Fleet", on_behalf_of="navy"),
        Actor(id="navy", name="Navy", on_behalf_of="south"),
        Actor(id="south", name="Southland"),
        Actor(id="minister", name="שר החוץ"),
    ]
    statements: list[Statement] = [
        Statement(id="s1", speaker="port", content="It is closed."),
        Allegation(id="s2", speaker="port", content="The fleet laid mines.", accused=["fleet", "navy"]),
        Allegation(id="s3", speaker="south", content="So say we.", accused=["fleet"], confirms=["s2"]),
        Denial(id="s4", speaker="fleet", content="No.", denies=["s2", "s3"], reported_by=["port", "south"]),
        Denial(id="s5", speaker="port", content="They did.", denies=["s4"], kind=DenialKind.NO_EVIDENCE),
        Statement(id="s6", speaker="minister", content="ראינו אותם.", confirms=["s2"]),
        Statement(id="s7", speaker="minister", content="It rained."),
        Denial(id="s8", speaker="fleet", content="It did not.", denies=["s7"], confirms=["s4"]),
    ]
    return Article(id="harbour", actors=actors, statements=statements)


def description(article: Article) -> str:
    return str(drawn(article).findtext(f"{SVG}desc"))


def notes(article: Article) -> dict[int, str]:
    """What the picture says of each statement, by its number."""
    sentences = re.split(r"(?<=[.]) (?=[0-9]+[.] )", description(article))
    return {int(sentence.partition(".")[0]): sentence for sentence in sentences}


def test_the_pictures_in_the_documentation_are_those_of_the_bundled_article() -> None:
    schemes: tuple[Any, ...] = ("light", "dark")
    for scheme in schemes:
        for name, width in (("article", 888), ("article-phone", 360)):
            picture = (STATIC / f"{name}-{scheme}.svg").read_text(encoding="utf-8")
            drawn_now = to_svg(BUNDLED, width=width, scheme=scheme)
            assert picture == drawn_now, "python tools/make_gallery.py draws it again"


def test_a_picture_says_in_words_who_accuses_denies_confirms_and_by_whom_it_was_told() -> None:
    assert notes(disputed()) == {
        2: "2. The port accused Fleet and Navy: The fleet laid mines. Denied by Fleet (4). "
        "Confirmed by Southland (3) and \u2068שר החוץ\u2069 (6).",
        3: "3. Southland accused Fleet: So say we. Confirms 2. Denied by Fleet (4).",
        4: "4. Fleet (for Navy, for Southland) denied it: No. Via the port and Southland. Denies 2 and 3. "
        "Denied by the port (5). Confirmed by Fleet (8).",
        5: "5. The port denied that anything supports it: They did. Denies 4.",
        6: "6. \u2068שר החוץ\u2069 confirmed it: ראינו אותם. Confirms 2.",
        7: "7. \u2068שר החוץ\u2069 said: It rained. Denied by Fleet (8).",
        8: "8. Fleet (for Navy, for Southland) denied it: It did not. Denies 7. Confirms 4. "
        "1 other statement with no denial or confirmation linked, not drawn.",
    }


def test_an_allegation_without_denials_says_that_none_is_linked() -> None:
    claim = Allegation(id="s1", speaker="a", content="B did.", accused=["a"])
    article = Article(id="x", actors=[Actor(id="a", name="A")], statements=[claim])
    assert description(article) == "1. A accused A: B did. No denial linked."


@given(article=strategies.articles())
def test_the_title_and_the_description_say_all_that_the_picture_shows(article: Article) -> None:
    article = attrs.evolve(article, title="Rain", publisher=None, url=None)
    picture = drawn(article)
    title, description = (
        picture.find(f"*[@id='{picture.get(name)}']") for name in ("aria-labelledby", "aria-describedby")
    )
    assert title is not None
    assert description is not None
    assert title.text == "Who accuses whom, and who denies or confirms it"
    said = "".join(str(description.text).split())
    lines = ["".join("".join(text.itertext()).split()) for text in picture.iter(f"{SVG}text")]
    # the description is of the statements; what stands around them is text of the picture
    around = {"Allegations,andwhatelseisanswered", "Denialsandconfirmations", *KEY}
    frame = f"Rain{article.published}{''.join(TRUTH.split())}"
    # a number stands before its full stop in words, and a content behind a colon
    unmarked = re.sub("[.:]", "", f"{said}{frame}")
    assert [line for line in lines if line not in around and re.sub("[.:]", "", line) not in unmarked] == []


def texts(picture: ElementTree.Element) -> str:
    return " ".join(" ".join("".join(text.itertext()).split()) for text in picture.iter(f"{SVG}text"))


@pytest.mark.parametrize("width", [320, 360, 699, 700, 888, 1400])
def test_every_allegation_and_denial_is_drawn_once_at_every_width(width: int) -> None:
    picture = drawn(BUNDLED, width)
    assert picture.get("width") == str(width)
    shown = texts(picture)
    for statement in (*BUNDLED.allegations, *BUNDLED.denials):
        assert shown.count(statement.content) == 1
    bars = [str(path.get("class")) for path in picture.iter(f"{SVG}path") if "bar" in str(path.get("class"))]
    assert bars.count("bar allegation-line") == len(BUNDLED.allegations)
    assert bars.count("bar denial-line") == len(BUNDLED.denials)


def arrows(article: Article, width: int = 888) -> list[ElementTree.Element]:
    return [path for path in drawn(article, width).iter(f"{SVG}path") if "line " in str(path.get("class"))[:5]]


def test_every_link_is_an_arrow_with_the_end_and_the_dashes_of_its_kind() -> None:
    denials = [Denial(id=f"d{kind}", speaker="a", content="No.", denies=["s"], kind=kind) for kind in KINDS]
    statements: list[Statement] = [
        Statement(id="s", speaker="a", content="Yes."),
        *denials,
        Statement(id="c", speaker="a", content="Yes indeed.", confirms=["s"]),
    ]
    article = Article(id="x", actors=[Actor(id="a", name="A")], statements=statements)
    *denied, confirmed = arrows(article)
    assert {arrow.get("marker-end") for arrow in denied} == {"url(#claims-denial)"}
    assert len({arrow.get("stroke-dasharray") for arrow in denied}) == len(KINDS)
    assert confirmed.get("marker-end") == "url(#claims-statement)"
    assert len(arrows(BUNDLED)) == sum(len(denial.denies) for denial in BUNDLED.denials)
    links = sum(len(getattr(s, "denies", ())) + len(s.confirms) for s in disputed().statements)
    assert len(arrows(disputed())) == links


def ends(arrow: ElementTree.Element) -> tuple[float, float]:
    """Where an arrow begins and ends, from left to right."""
    numbers = list(map(float, re.findall(r"[0-9.]+", str(arrow.get("d")))))
    return numbers[0], numbers[-2]


def test_arrows_lead_through_the_gap_between_the_columns() -> None:
    picture = drawn(disputed())
    cards = [(float(str(rect.get("x"))), float(str(rect.get("width")))) for rect in picture.iter(f"{SVG}rect")]
    left = max(x + width for x, width in cards if x < 100)
    right = min(x for x, _ in cards if x > 100)
    for arrow in arrows(disputed()):
        assert {min(abs(x - left), abs(x - right)) for x in ends(arrow)} <= {0, 1}
        assert all(left <= float(x) <= right for x in re.findall(r"[MC ]([0-9.]+) [0-9.]+", str(arrow.get("d"))))


def test_no_two_cards_cover_each_other() -> None:
    for width in (360, 888):
        boxes = [
            tuple(float(str(rect.get(name))) for name in ("x", "y", "width", "height"))
            for rect in drawn(disputed(), width).iter(f"{SVG}rect")
        ]
        assert len(boxes) == 7
        for number, (x, y, w, h) in enumerate(boxes):
            assert all(x + w <= a or a + c <= x or y + h <= b or b + d <= y for a, b, c, d in boxes[:number])


@pytest.mark.parametrize("statements", [[], [Statement(id="s", speaker="a", content="It rains.")]])
def test_where_nothing_is_alleged_or_answered_the_picture_says_so(statements: Sequence[Statement]) -> None:
    picture = drawn(Article(id="x", actors=[Actor(id="a", name="A")], statements=statements))
    assert "other statement No allegation, denial or confirmation is annotated. " in texts(picture)
    assert "is annotated" in "".join(picture.find(f"{SVG}desc").itertext())  # type: ignore[union-attr]


def test_in_one_column_there_are_no_arrows_and_the_numbers_tell() -> None:
    assert arrows(disputed(), 699) == []
    assert "Denies 2 and 3." in texts(drawn(disputed(), 699))
    assert "Denials and confirmations" in texts(drawn(disputed(), 699))


def crowd(number: int) -> Article:
    statements: list[Statement] = []
    for n in range(number):
        statements += [
            Allegation(id=f"a{n}", speaker="a", content="B did.", accused=["b"]),
            Denial(id=f"d{n}", speaker="b", content="No.", denies=[f"a{m}" for m in range(n + 1)]),
        ]
    return Article(id="x", actors=[Actor(id="a", name="A"), Actor(id="b", name="B")], statements=statements)


def test_what_has_no_room_is_counted() -> None:
    picture = drawn(crowd(62))
    assert len(list(picture.iter(f"{SVG}rect"))) == 120
    assert texts(picture).endswith(f"2 more claims, not drawn. 2 more answers, not drawn. {TRUTH}")
    assert "2 more claims, not drawn." in str(picture.find(f"{SVG}desc").text)  # type: ignore[union-attr]
    assert "not drawn" not in texts(drawn(crowd(60)))
    assert "1 more claim, not drawn. 1 more answer, not drawn." in texts(drawn(crowd(61)))


def test_of_many_links_the_first_twenty_are_drawn_and_the_rest_is_counted() -> None:
    assert len(arrows(crowd(21))) == 20 * 21 // 2 + 20
    said = description(crowd(21))
    assert f"Denies {', '.join(str(n) for n in range(1, 38, 2))} and 39. 42. " in said
    assert said.endswith(f"Denies {', '.join(str(n) for n in range(1, 40, 2))} and 1 more.")
    assert f"Denied by {', '.join(f'B ({n})' for n in range(2, 42, 2))} and 1 more. 3. " in said


def test_of_many_accused_the_first_twenty_are_named_and_the_rest_is_counted() -> None:
    actors = [Actor(id=f"a{n}", name=f"N{n}") for n in range(22)]
    claim = Allegation(id="s", speaker="a0", content="They did.", accused=[actor.id for actor in actors])
    shown = description(Article(id="x", actors=actors, statements=[claim]))
    assert shown.startswith(f"1. N0 accused {', '.join(f'N{n}' for n in range(20))} and 2 more: They did.")


def test_names_are_cut_and_contents_are_not() -> None:
    claim = Allegation(id="s", speaker="a", content="y" * 2000, accused=["a"])
    actor = Actor(id="a", name="n" * 201)
    picture = texts(drawn(Article(id="x", actors=[actor], statements=[claim]))).replace(" ", "")
    assert "y" * 2000 in picture
    assert "n" * 199 + "…" in picture
    assert "n" * 200 not in picture


def test_a_picture_by_itself_names_title_source_and_key_and_says_what_it_leaves_out() -> None:
    article = Article(
        id="x",
        title="Rain over the port",
        publisher="The Courier",
        published=PartialDate(2031, 5, 6),
        url="https://courier.example/rain",
        actors=[Actor(id="a", name="the port")],
        statements=[
            Statement(id="s1", speaker="a", content="It rains."),
            Allegation(id="s2", speaker="a", content="We did it.", accused=["a"]),
        ],
    )
    for width in (320, 888):
        shown = texts(drawn(article, width))
        assert shown.startswith("Rain over the port The Courier, 2031-05-06, https://courier.example/rain allegation ")
        assert shown.endswith(f"1 other statement with no denial or confirmation linked, not drawn. {TRUTH}")
    assert texts(drawn(Article(id="x", publisher="The Courier"))).startswith("Untitled report, The Courier ")
    right = drawn(Article(id="x", title="שלום"))
    assert [text.get("x") for text in right.iter(f"{SVG}text") if text.get("direction") == "rtl"] == ["886"]


def test_a_picture_becomes_smaller_where_there_is_less_room() -> None:
    assert drawn(BUNDLED).get("style") == "max-width: 100%; height: auto"


@given(strategies.articles())
def test_the_statements_have_one_order_at_all_widths(article: Article) -> None:
    without_source = attrs.evolve(article, title="Title", publisher=None, url=None)

    def numbers(width: int) -> list[str]:
        first = (text.find(f"{SVG}tspan") for text in drawn(without_source, width).iter(f"{SVG}text"))
        numbers = (span for span in first if span is not None and span.get("class") == "faint")
        return [str(span.text) for span in numbers if str(span.text).isdecimal()]

    assert numbers(340) == numbers(888)


@pytest.mark.parametrize(
    ("cue", "by_port", "by_master"),
    [
        (None, "The port said", "Its master (for the port) said"),
        ("threatened", "The port threatened", "Its master (for the port) threatened"),
        ("accusations", "Accusations by the port", "Accusations by its master (for the port)"),
        ("expressed doubt", "The port expressed doubt", "Its master (for the port) expressed doubt"),
        ("insisting", "The port, insisting", "Its master (for the port), insisting"),
        ("according to", "According to the port", "According to its master (for the port)"),
    ],
)
def test_a_cue_stands_in_place_of_said(cue: str | None, by_port: str, by_master: str) -> None:
    actors = [Actor(id="port", name="the port"), Actor(id="master", name="its master", on_behalf_of="port")]
    for speaker, said in (("port", by_port), ("master", by_master)):
        claim = Statement(id="s1", speaker=speaker, content="It is closed.", cue=cue)
        denial = Denial(id="s2", speaker="port", content="No.", denies=["s1"])
        article = Article(id="x", actors=actors, statements=[claim, denial])
        assert notes(article)[1] == f"1. {said}: It is closed. Denied by the port (2)."


def test_a_kind_of_denial_that_is_new_is_named_and_has_an_arrow() -> None:
    kind = str.__new__(DenialKind, "new_kind")
    kind._name_, kind._value_ = "NEW_KIND", "new_kind"
    denial = Denial(id="d", speaker="a", content="No.", denies=["s"], kind=kind)
    claim = Allegation(id="s", speaker="a", content="Yes.", accused=["a"])
    article = Article(id="x", actors=[Actor(id="a", name="A")], statements=[claim, denial])
    assert "2. A denied it (new kind): No." in description(article)
    assert len(arrows(article)) == 1
    assert '|"denied it #40;new kind#41;"|' in to_mermaid(article)


LETTERS = st.sampled_from(["a", "W", "i", "Ä", "ш", "漢", "e\u0301"])
PHRASES = st.lists(st.tuples(LETTERS, st.integers(1, 60)).map(lambda one: one[0] * one[1]), min_size=1, max_size=9)


def lines_of_content(content: str, width: int = 888) -> list[str]:
    claim = Allegation(id="s", speaker="a", content=content, accused=["a"])
    picture = drawn(Article(id="x", actors=[Actor(id="a", name="A")], statements=[claim]), width)
    return [str(span.text) for span in picture.iter(f"{SVG}tspan") if span.get("class") == "ink"]


@given(PHRASES, st.sampled_from([320, 888]))
def test_a_content_is_broken_into_lines_and_nothing_of_it_is_lost(phrase: list[str], width: int) -> None:
    lines = lines_of_content(" ".join(phrase), width)
    assert "".join(lines).replace(" ", "") == "".join(phrase)


@pytest.mark.parametrize(("one", "other"), [("W", "a"), ("a", "i"), ("漢", "a"), ("ш", "a"), ("a", "\u0301")])
def test_fewer_wide_letters_fit_on_a_line_than_narrow_ones(one: str, other: str) -> None:
    assert len(lines_of_content("x" + one * 290)[0]) < len(lines_of_content("x" + other * 290)[0])


def test_what_is_written_from_right_to_left_begins_at_the_right() -> None:
    right, *others = (text for text in drawn(disputed()).iter(f"{SVG}text") if text.get("direction") == "rtl")
    assert "".join(right.itertext()) == "ראינו אותם."
    assert others == []
    assert float(str(right.get("x"))) > 800
    assert texts(drawn(disputed())).count("\u2068שר החוץ\u2069") == 3


def test_no_text_breaks_out_of_the_picture() -> None:
    name = "</text><script>alert(1)</script> & \"quotes\" 'more' \u202e \ufffe \uffff"
    claim = Allegation(id="s1", speaker="a", content=name, accused=["a"])
    picture = drawn(Article(id="x", actors=[Actor(id="a", name=name)], statements=[claim]))
    assert picture.find(f".//{SVG}script") is None
    shown = "".join("".join(picture.itertext()).split())
    assert "</text><script>alert(1)</script>&\"quotes\"'more'\\u202e\\ufffe\\uffff" in shown
    assert not {"\u202e", "\ufffe", "\uffff"} & set(shown)


@given(article=strategies.articles())
def test_a_picture_is_the_same_each_time(article: Article) -> None:
    assert to_svg(article) == to_svg(article)


def test_a_scheme_has_the_colours_of_a_light_or_a_dark_page_or_of_both() -> None:
    schemes: tuple[Any, ...] = ("light", "dark", "auto")
    light, dark, auto = (set(re.findall("#[0-9a-f]{6}", to_svg(BUNDLED, scheme=scheme))) for scheme in schemes)
    assert light.isdisjoint(dark)
    assert auto == light | dark
    assert "prefers-color-scheme:dark" in to_svg(BUNDLED)
    assert "prefers-color-scheme" not in to_svg(BUNDLED, scheme="dark")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"width": 319}, "$.width: found 319, expected from 320 to 10000 pixels [range]"),
        ({"width": 10_001}, "$.width: found 10001, expected from 320 to 10000 pixels [range]"),
        ({"scheme": "sepia"}, "$.scheme: found 'sepia', expected 'auto', 'light' or 'dark' [enum]"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_its_argument(arguments: Any, expected: str) -> None:
    with pytest.raises(ValidationError) as caught:
        to_svg(BUNDLED, **arguments)
    assert str(caught.value) == expected


@pytest.mark.parametrize("arguments", [{"width": 800.0}, {"width": True}, {"scheme": ["dark"]}])
def test_an_argument_of_a_wrong_type_is_refused(arguments: Any) -> None:
    with pytest.raises(TypeError):
        to_svg(BUNDLED, **arguments)


def test_only_an_article_is_drawn() -> None:
    with pytest.raises(TypeError, match="expected an Article"):
        to_svg("x")  # type: ignore[arg-type]


def test_the_widths_at_the_bounds_are_drawn() -> None:
    assert drawn(BUNDLED, 320).get("width") == "320"
    assert drawn(BUNDLED, 10_000).get("width") == "10000"
