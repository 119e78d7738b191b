"""Pictures show who accuses whom and who answers; whole ones are kept in files that `nox -s generate` writes."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
from geoclaims.interop import to_svg

SVG = "{http://www.w3.org/2000/svg}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BUNDLED = load_article()
TRUTH = "This shows who is reported to have said what, not what is true."
A, B = Actor(id="a", name="A"), Actor(id="b", name="B")


def drawn(article: Article, width: int = 888) -> ElementTree.Element:
    return ElementTree.fromstring(to_svg(article, width=width))  # noqa: S314 - it is our own


def of(*statements: Statement, actors: Sequence[Actor] = (A, B), **fields: Any) -> Article:
    return Article(id="x", actors=actors, statements=statements, **fields)


def unmarked(text: ElementTree.Element) -> str:
    """The words of a text, without the characters that isolate them in their direction."""
    return re.sub("[\u2066\u2067\u2069]", "", "".join(text.itertext()))


def texts(picture: ElementTree.Element) -> str:
    return " ".join(" ".join(unmarked(text).split()) for text in picture.iter(f"{SVG}text"))


def said(picture: ElementTree.Element) -> str:
    """The description of a picture."""
    return " ".join(str(picture.findtext(f"{SVG}desc")).split())


def arrows(article: Article, width: int = 888) -> list[ElementTree.Element]:
    return [path for path in drawn(article, width).iter(f"{SVG}path") if str(path.get("class")).startswith("line ")]


def boxes(picture: ElementTree.Element) -> list[list[float]]:
    """Where cards begin and end, from left to right and from top to bottom."""
    sizes = [
        [float(str(rect.get(name))) for name in ("x", "y", "width", "height")] for rect in picture.iter(f"{SVG}rect")
    ]
    return [[x, x + width, y, y + height] for x, y, width, height in sizes]


@given(strategies.articles(), st.sampled_from([320, 699, 700, 888]))
def test_the_description_says_all_that_is_shown_each_statement_is_drawn_once_and_no_two_cards_cover_each_other(
    article: Article, width: int
) -> None:
    article = attrs.evolve(article, title="Rain", publisher=None, url=None, published=None, annotator=None)
    picture = drawn(article, width)
    title, description = (
        str(picture.findtext(f"*[@id='{picture.get(name)}']")) for name in ("aria-labelledby", "aria-describedby")
    )
    assert title == "Who accuses whom, who answers"
    shown = texts(picture)
    assert shown.startswith("Rain ")
    assert shown.endswith(TRUTH)
    # a number and a heading end with a full stop in words, and have lines of their own in the picture
    said = "".join(description.split()).replace(".", "")
    lines = ["".join(unmarked(text).split()).replace(".", "") for text in picture.iter(f"{SVG}text")]
    frame = {"Rain", "denies", "confirms", "allegation", "denial", "otherstatement", "Whoaccuseswhom", "Whoanswers"}
    frame |= {"Whoaccuseswhom,whoanswers", "Allegationswithnoanswerlinked"}
    assert [line for line in lines if line not in frame and line not in said + TRUTH.replace(" ", "")] == []
    linked = {id for each in article.statements for id in (*getattr(each, "denies", ()), *each.confirms)}
    expected = sum(
        type(each) is not Statement or bool(each.confirms) or each.id in linked for each in article.statements
    )
    cards = boxes(picture)
    assert len(cards) == expected or 23 <= len(cards) <= 24
    for number, (left, right, top, bottom) in enumerate(cards):
        over = [(a, b, c, d) for a, b, c, d in cards[:number] if a < right and left < b and c < bottom and top < d]
        assert over == []


def cards(picture: ElementTree.Element) -> dict[int, list[float]]:
    """Where the cards are, by their numbers, in the order in which they are drawn."""
    heads = [text.find(f"{SVG}tspan") for text in picture.iter(f"{SVG}text")]
    found = [str(head.text) for head in heads if head is not None and head.get("class") == "faint"]
    return dict(zip([int(head) for head in found if head.isdecimal()], boxes(picture), strict=True))


def left_edges(article: Article, width: int) -> list[tuple[int, float]]:
    return [(number, box[0]) for number, box in cards(drawn(article, width)).items()]


@given(st.lists(st.sets(st.integers(1, 6), max_size=3), max_size=40), st.sampled_from([390, 888]))
def test_every_answer_stands_under_what_it_answers_and_no_card_names_one_that_is_not_drawn(
    rows: list[set[int]], width: int
) -> None:
    answered = {number: {number - back for back in row if back < number} for number, row in enumerate(rows, 1)}
    statements: list[Statement] = []
    for number, targets in answered.items():
        fields: dict[str, Any] = {"id": f"s{number}", "speaker": "a", "content": "C."}
        ids = [f"s{target}" for target in targets]
        fields |= {"denies": ids} if number % 3 and ids else {"accused": ["b"], "confirms": ids}
        statements.append((Denial if "denies" in fields else Allegation)(**fields))
    picture = drawn(of(*statements), width)
    places = cards(picture)
    assert len(places) <= 24
    for number, (left, _, top, _) in places.items():
        answers = {other for other, targets in answered.items() if number in targets}
        assert answered[number] or not answers or answers & {*places}  # no claim looks as if it had no answer
        if answered[number]:
            assert min(places[other][2] for other in answered[number] if other in places) <= top
            if width == 390:  # the last above with a smaller indent, while indents grow
                above = [other for other, box in places.items() if box[2] < top and box[0] < left]
                assert above[-1] in answered[number] or left == 12 + 3 * 18
    links = re.findall("(?:denies|confirms|ed by)([0-9, and]+)", re.sub("[0-9]+ statements? not", "", said(picture)))
    assert {int(number) for number in re.findall("[0-9]+", " ".join(links))} <= {*places}


def test_below_700_pixels_a_list_has_answers_beneath_and_above_they_stand_beside() -> None:
    claims = [Allegation(id=id, speaker="a", content="C.", accused=["b"]) for id in ("c1", "c2")]
    denials = [
        Denial(id="d3", speaker="b", content="D.", denies=["c2"]),
        Denial(id="d4", speaker="b", content="D.", denies=["c1", "c2"]),
        Denial(id="d5", speaker="a", content="D.", denies=["d4"]),
        Statement(id="c6", speaker="a", content="D.", confirms=["c2"]),
    ]
    article = of(*claims, *denials)
    assert left_edges(article, 699) == [(1, 12), (4, 30), (5, 48), (2, 12), (3, 30), (6, 30)]
    assert arrows(article, 699) == []
    assert left_edges(article, 700) == [(1, 12), (4, 429), (5, 447), (2, 12), (3, 429), (6, 429)]
    assert "Who accuses whom Who answers" in texts(drawn(article, 700))
    assert "Who accuses whom, who answers" in texts(drawn(article, 699))


def test_claims_with_a_common_answer_stand_together() -> None:
    claims = [Allegation(id=f"c{n}", speaker="a", content="C.", accused=["b"]) for n in range(4)]
    answers = [
        Denial(id=f"d{n}", speaker="b", content="D.", denies=ids)
        for n, ids in enumerate((["c0", "c3"], ["c1"], ["c2"]))
    ]
    assert [*cards(drawn(of(*claims, *answers)))] == [1, 5, 4, 2, 6, 3, 7]


def test_the_key_names_what_is_drawn_and_nothing_else() -> None:
    claim = Allegation(id="s", speaker="a", content="C.", accused=["b"])
    assert texts(drawn(of(claim, title="T"))).startswith("T allegation Allegations with")
    denied = of(claim, Denial(id="d", speaker="b", content="D.", denies=["s"]), title="T")
    assert texts(drawn(denied)).startswith("T allegation denial denies Who accuses")
    assert texts(drawn(denied, 400)).startswith("T allegation denial Who accuses")
    confirmed = of(
        Statement(id="s", speaker="a", content="C."), Statement(id="t", speaker="b", content="D.", confirms=["s"])
    )
    assert texts(drawn(confirmed)).startswith("x other statement confirms Who accuses")


def test_a_claim_begins_at_the_height_of_its_first_answer() -> None:
    claims = [Allegation(id=f"c{n}", speaker="a", content="C.", accused=["b"]) for n in range(2)]
    denials = [Denial(id=f"d{n}", speaker="b", content="D.", denies=[f"c{n // 3}"]) for n in range(6)]
    places = cards(drawn(of(*claims, *denials)))
    assert [places[number][2] for number in (1, 2)] == [places[number][2] for number in (3, 6)]


def test_allegations_without_an_answer_follow_in_two_columns() -> None:
    claims = [Allegation(id=f"c{n}", speaker="a", content="C.", accused=["b"]) for n in range(4)]
    article = of(*claims, Denial(id="d", speaker="b", content="D.", denies=["c2"]))
    assert left_edges(article, 888) == [(3, 12), (5, 545), (1, 12), (2, 545), (4, 12)]
    assert "Allegations with no answer linked" in texts(drawn(article))
    assert "Who answers" not in texts(drawn(of(*claims)))


def test_every_link_is_an_arrow_with_the_end_of_its_kind_through_the_gap() -> None:
    kinds = list(DenialKind)
    claim = Statement(id="s", speaker="a", content="Yes.")
    denials = [Denial(id=f"d{kind}", speaker="a", content="No.", denies=["s"], kind=kind) for kind in kinds]
    rebuttal = Denial(id="r", speaker="a", content="No.", denies=["doutright"], kind=kinds[0])
    article = of(claim, *denials, rebuttal, Statement(id="c", speaker="a", content="Yes.", confirms=["s"]))
    *denied, _, confirmed = arrows(article)
    assert {arrow.get("marker-end") for arrow in denied} == {"url(#claims-denial)"}
    assert confirmed.get("marker-end") == "url(#claims-statement)"
    (_, left, *_), *others = boxes(drawn(article))
    for arrow in arrows(article):
        first, *bends, last = [float(x) for x in re.findall(r"[MC ]([0-9.]+) [0-9.]+", str(arrow.get("d")))]
        assert {first, last} <= {left + 1, *(right - 1 for right, *_ in others)}
        assert [x for x in bends if not left < x < max(first, last)] == []


@pytest.mark.parametrize("statements", [[], [Statement(id="s", speaker="a", content="It rains.")]])
def test_where_nothing_is_alleged_or_answered_the_picture_says_so(statements: Sequence[Statement]) -> None:
    picture = drawn(of(*statements))
    assert "x No allegation, denial or confirmation is annotated. " in texts(picture)
    assert "is annotated" in str(picture.findtext(f"{SVG}desc"))


def crowd(number: int) -> Article:
    statements: list[Statement] = []
    for n in range(number):
        statements += [
            Allegation(id=f"a{n}", speaker="a", content="B did.", accused=["b"]),
            Denial(id=f"d{n}", speaker="b", content="No.", denies=[f"a{m}" for m in range(n + 1)]),
        ]
    return of(*statements)


def test_what_has_no_room_is_counted() -> None:
    assert "Not drawn" not in texts(drawn(crowd(12)))
    assert len(boxes(drawn(crowd(14)))) == 24
    assert texts(drawn(crowd(14))).endswith(f"Not drawn: 4 allegations. {TRUTH}")
    assert "Not drawn: 1 other statement. " in texts(drawn(of(Statement(id="s", speaker="a", content="C."))))
    alone = [Allegation(id=f"c{n}", speaker="a", content="C.", accused=["b"]) for n in range(12)]
    assert [*cards(drawn(of(*alone, *crowd(1).statements), 400))][:3] == [13, 14, 1]
    assert f"Denied by {', '.join(str(n) for n in range(2, 46, 2))}, 46 and 7 statements not drawn." in said(
        drawn(crowd(30))
    )
    actors = [Actor(id=f"a{n}", name=f"N{n}") for n in range(22)]
    claim = Allegation(id="s", speaker="a0", content="They did.", accused=[actor.id for actor in actors])
    assert (
        texts(drawn(of(claim, actors=actors), 10_000)).count(f"{', '.join(f'N{n}' for n in range(20))} and 2 more") == 1
    )


def test_a_picture_by_itself_names_title_and_source_and_shrinks_where_there_is_less_room() -> None:
    source: dict[str, Any] = {"publisher": "The Courier", "published": PartialDate(2031, 5, 6)}
    picture = drawn(of(title="Rain", url="https://courier.example/rain", annotator="Bo", **source))
    assert texts(picture).startswith("Rain The Courier, 6 May 2031, https://courier.example/rain No allegation")
    assert texts(picture).endswith(f"Annotated by Bo. {TRUTH}")
    assert picture.get("style") == "max-width: 100%; height: auto"
    assert texts(drawn(of(**source))).startswith("x, The Courier, 6 May 2031 No allegation")
    assert "o" * 201 not in texts(drawn(of(publisher="o" * 201))).replace(" ", "")
    assert "o" * 200 in texts(drawn(of(title="T", publisher="o" * 200))).replace(" ", "")


LETTERS = st.sampled_from(["a", "W", "i", "Ä", "ш", "漢", "e\u0301"])
PHRASES = st.lists(st.tuples(LETTERS, st.integers(1, 60)).map(lambda one: one[0] * one[1]), min_size=1, max_size=9)


def lines_of_content(content: str, width: int = 888) -> list[str]:
    said = Denial(id="s", speaker="a", content=content, denies=["t"])
    spans = drawn(of(said, Statement(id="t", speaker="a", content="T.")), width).iter(f"{SVG}tspan")
    looks = (span for span in spans if span.get("class") == "ink" and span.get(LANG) != "en")
    return [str(span.text) for span in looks if span.text != "T."]


@given(PHRASES, st.sampled_from([320, 888]))
def test_a_content_is_broken_into_lines_and_nothing_of_it_is_lost(phrase: list[str], width: int) -> None:
    assert "".join(lines_of_content(" ".join(phrase), width)).replace(" ", "") == "".join(phrase)


@given(PHRASES, st.sampled_from(["wies es … zurück", "非難した", "said"]))
def test_a_cue_that_fits_on_a_line_stands_on_one(phrase: list[str], cue: str) -> None:
    claim = Allegation(id="s", speaker="a", content=" ".join(phrase), cue=cue, accused=["b"])
    assert f"“{cue}”" in [span.text for span in drawn(of(claim), 320).iter(f"{SVG}tspan")]


@pytest.mark.parametrize(("one", "other"), [("W", "a"), ("a", "i"), ("漢", "a"), ("ш", "a"), ("a", "\u0301")])
def test_fewer_wide_letters_fit_on_a_line_than_narrow_ones(one: str, other: str) -> None:
    assert len(lines_of_content("x" + one * 290)[0]) < len(lines_of_content("x" + other * 290)[0])


RIGHT_TO_LEFT = st.sampled_from(["שלום", "صور (155) 7", "Union (ISU)", "155", "a", "מים, «לחם»"])
PIECES = st.lists(RIGHT_TO_LEFT, min_size=1, max_size=30).map(" ".join)


@given(st.tuples(*[PIECES] * 5), st.sampled_from([320, 699, 888]))
def test_each_piece_of_data_is_isolated_in_its_direction_by_itself_on_each_line(pieces: list[str], width: int) -> None:
    name, role, cue, content, title = pieces
    actors = [Actor(id="a", name=name, role=role, on_behalf_of="b"), Actor(id="b", name="שר")]
    claim = Allegation(id="s", speaker="a", content=content, cue=cue, accused=["a"], reported_by=["b", "a"])
    for text in drawn(of(claim, actors=actors, title=title), width).iter(f"{SVG}text"):
        runs_back = re.search(r"[\u0590-\u06ff]", "".join(text.itertext()))
        for span in text:
            isolated = re.fullmatch("[\u2066\u2067](.+)\u2069", str(span.text))
            assert not {"\u2066", "\u2067", "\u2069"} & set(isolated[1] if isolated else str(span.text))
            assert isolated or span.get(LANG) == "en" or not runs_back


@pytest.mark.parametrize("width", [330, 888])
def test_a_picture_that_runs_from_right_to_left_is_a_mirror_image(width: int) -> None:
    from_left, from_right = (
        drawn(
            of(
                Allegation(id="s", speaker="a", content=letter * 90, accused=["a"]),
                Denial(id="t", speaker="b", content=letter, denies=["s"]),
                Statement(id="u", speaker="b", content=letter, confirms=["s"]),
                actors=[Actor(id="a", name=letter * 9), Actor(id="b", name=letter)],
                title=letter,
            ),
            width,
        )
        for letter in "шש"
    )
    assert boxes(from_right) == [[width - right, width - left, *rows] for left, right, *rows in boxes(from_left)]
    texts, turned = ([*picture.iter(f"{SVG}text")] for picture in (from_left, from_right))
    assert [(text.get("direction"), text.get("x")) for text in turned] == [
        ("rtl", str(width - int(str(text.get("x"))))) for text in texts
    ]


@pytest.mark.parametrize("title", ["Дождь", None])
def test_what_comes_from_the_article_is_in_its_language_and_our_own_words_are_english(title: str | None) -> None:
    actors = [Actor(id="a", name="Анна", role="мэр", on_behalf_of="b"), Actor(id="b", name="Нева")]
    claim = Allegation(id="s", speaker="a", content="Дождь.", cue="сказала", accused=["a", "b"], reported_by=["b"])
    denial = Denial(id="t", speaker="b", content="Нет.", denies=["s"])
    article = of(claim, denial, actors=actors, title=title, publisher="Берег", language="ru")
    picture = drawn(attrs.evolve(article, published=PartialDate(2031, 5)))
    assert picture.get(LANG) == "ru"
    assert drawn(of()).get(LANG) == ""
    assert [part.get(LANG) for part in picture if part.get("id")] == ["en", "en"]
    for span in picture.iter(f"{SVG}tspan"):
        assert bool(re.search("[А-я]", str(span.text))) == (span.get(LANG) is None), span.text


@pytest.mark.parametrize(
    ("name", "content", "language"),
    [
        ("Marsh", "It rains.", None),
        ("林", "雨だ。", None),
        ("林", "It rains.", ""),
        ("Lin", "下雨。", ""),
        ("7", "7.", None),
    ],
)
def test_a_content_in_another_script_than_the_names_is_in_no_language_that_is_known(
    name: str, content: str, language: str | None
) -> None:
    claim = Allegation(id="s", speaker="a", content=content, accused=["a"])
    picture = drawn(of(claim, actors=[Actor(id="a", name=name)], language="ja"))
    assert [span.get(LANG) for span in picture.iter(f"{SVG}tspan") if span.text == content] == [language]


def test_a_scheme_has_the_colours_of_a_light_or_a_dark_page_or_of_both() -> None:
    schemes: tuple[Any, ...] = ("light", "dark", "auto")
    light, dark, auto = (set(re.findall("#[0-9a-f]{6}", to_svg(BUNDLED, scheme=scheme))) for scheme in schemes)
    assert light.isdisjoint(dark)
    assert auto == light | dark
    assert "prefers-color-scheme:dark" in to_svg(BUNDLED)
    assert "prefers-color-scheme" not in to_svg(BUNDLED, scheme="dark")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [({"width": 319}, "$.width: "), ({"width": 10_001}, "$.width: "), ({"scheme": "sepia"}, "$.scheme: ")],
)
def test_what_cannot_be_drawn_is_refused_at_its_argument(arguments: Any, expected: str) -> None:
    with pytest.raises(ValidationError) as caught:
        to_svg(BUNDLED, **arguments)
    assert str(caught.value).startswith(expected)


def test_the_widths_at_the_bounds_are_drawn() -> None:
    assert [drawn(BUNDLED, width).get("width") for width in (320, 10_000)] == ["320", "10000"]
