from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    DenialKind,
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    from_json,
    load_article,
    strategies,
)
from geoclaims.interop import to_html

BUNDLED = load_article()
INVENTED = Path(__file__).parents[1] / "docs" / "gallery" / "harbour.json"
VOID = {"br", "input", "meta"}


@attrs.define
class Element:
    """An element of a page, with all that is in it."""

    name: str
    attributes: dict[str, str]
    inside: list[Element | str]

    def all(self, name: str = "", **attributes: str) -> list[Element]:
        """The elements within that have a name and a word in each of some attributes, in order."""
        found = []
        for child in self.inside:
            if isinstance(child, Element):
                if child.name == (name or child.name) and all(
                    value in child.attributes.get(key.rstrip("_").replace("_", "-"), "").split()
                    for key, value in attributes.items()
                ):
                    found.append(child)
                found += child.all(name, **attributes)
        return found

    def one(self, name: str = "", **attributes: str) -> Element:
        (found,) = self.all(name, **attributes)
        return found

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.inside)


class Page(HTMLParser):
    """What a browser makes of a page; every element must be closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.root = Element("", {}, [])
        self.opened = [self.root]
        self.feed(html)
        self.close()
        assert self.opened == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        element = Element(tag, {name: value or "" for name, value in attrs}, [])
        self.opened[-1].inside.append(element)
        if tag not in VOID:
            self.opened.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.opened[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")


def page(articles: Any) -> Element:
    return Page(to_html(articles)).root


def invented() -> Article:
    return from_json(INVENTED.read_bytes())


def with_passages(text: str, *spans: Sequence[tuple[int, int]]) -> Article:
    """An article whose statements have passages in a text."""
    statements = [
        Statement(id=f"s{n}", speaker="a", content="It is so.", spans=[Span.of(text, *span) for span in several])
        for n, several in enumerate(spans)
    ]
    return Article(id="x", actors=[Actor(id="a", name="A")], statements=statements, text=text)


def test_the_text_is_whole_and_has_nothing_in_it_but_itself() -> None:
    article = invented()
    assert page(article).one("div", class_="text").text == article.text


texts = st.text(st.sampled_from("ab\n <&>\"'\u202eא\u0301漢\t"), min_size=1, max_size=30).filter(
    lambda text: not text.isspace()
)


@given(st.data())
def test_any_text_stays_itself_character_for_character(data: st.DataObject) -> None:
    text = data.draw(texts)
    place = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(text)))
    )
    places = data.draw(st.lists(place, max_size=4))
    article = with_passages(text, *([(a, b)] for a, b in places if any(map(str.isalnum, text[a:b]))))
    shown = page(article).one("div", class_="text")
    assert shown.text == text.replace("\u202e", "\ufffd")
    for statement in article.statements:
        marks = shown.all("mark", data_statements=statement.id) or [
            mark for mark in shown.all("mark") if statement.id in mark.attributes["data-statements"].split()
        ]
        (span,) = statement.spans
        assert "".join(mark.text for mark in marks) == text[span.start : span.end].replace("\u202e", "\ufffd")


def test_what_would_disturb_a_page_does_not_reach_it() -> None:
    harmful = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
    text = f"a{harmful}b\x01\x0b\x1b\x7f\x85\r\n\rc"
    claim = Statement(id="s", speaker="a", content=f"C{harmful}", basis=harmful)
    article = Article(
        id="x", title=f"T{harmful}", actors=[Actor(id="a", name=f"A{harmful}")], statements=[claim], text=text
    )
    html = to_html(article)
    assert not set(harmful) & set(html)
    shown = page(article).one("div", class_="text").text
    assert shown == "a" + 11 * "\ufffd" + "b" + 5 * "\ufffd" + "\r\n\rc"


# Each with the address that is followed.
LINKS = {
    "https://example.org:8080/a?b#c": "https://example.org:8080/a?b#c",
    "HTTPS://[2001:db8::1]/": "HTTPS://[2001:db8::1]/",
    "http://xn--e1afmkfd.example": "http://xn--e1afmkfd.example",
    "https://пример.example/ü": "https://пример.example/ü",
    "https://हिन्दी.example/": "https://हिन्दी.example/",
    "https://example.org/a\u200bb\u202e\U000e0001": "https://example.org/a%E2%80%8Bb%E2%80%AE%F3%A0%80%81",
    "https://example.org/می\u200cخواهم": "https://example.org/می%E2%80%8Cخواهم",
    "https://example.org/\"'<&\\`": "https://example.org/\"'<&\\`",
}
# Their host is not what it seems: characters that a browser drops or replaces, and what only looks like a host.
NO_LINKS = (
    "https://evil.example\u200b.trusted.example/",
    "https://trusted.example@evil.example/",
    "https://trusted.example:80@evil.example/",
    "https://evil\u00ad.example/",
    "https://evil\U000e0001.example/",
    "https://ｅvil.example/",
    "https://evil。example/",
    "https://evil%2eexample/",
    "https://trusted.example\u2024evil.example/",
    "https://evil.example\u2044trusted.example/",
    "https://😀.example/",
)


@pytest.mark.parametrize("url", [*LINKS, *NO_LINKS])
def test_an_address_is_a_link_if_its_host_is_what_it_seems(url: str) -> None:
    claim = Statement(id="s", speaker="a", content="c", appearances=[url])
    article = Article(id="x", url=url, actors=[Actor(id="a", name="A", same_as=[url])], statements=[claim])
    for html in (to_html(article), article._repr_html_()):
        links = [link for link in Page(html).root.all("a") if not link.attributes["href"].startswith("#")]
        assert [link.attributes["href"] for link in links] == [LINKS[url]] * 3 if url in LINKS else not links
        assert [link.text for link in links] == [link.attributes["href"] for link in links]


def test_no_address_is_shown_with_a_backslash_which_would_end_its_host() -> None:
    url = "https://evil.example\u200b.trusted.example/"
    actor = Actor(id="a", name="A", same_as=[url])
    article = Article(id="x", url=url, archived_at=f"{url}2", actors=[actor])
    for html, times in ((to_html(article), 3), (article._repr_html_(), 3), (actor._repr_html_(), 1)):
        assert html.count("https://evil.example%E2%80%8B.trusted.example/") == times


@given(st.data())
def test_the_text_is_cut_into_marks_at_the_ends_of_passages(data: st.DataObject) -> None:
    text = "x" * data.draw(st.integers(1, 20))
    passage = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(text)))
    )
    article = with_passages(text, *([one] for one in data.draw(st.lists(passage, max_size=14))))
    spans = {statement.id: statement.spans[0] for statement in article.statements}
    place = 0
    lanes: dict[str, set[str]] = {}
    numbers: list[tuple[int, str]] = []
    for child in page(article).one("div", class_="text").inside:
        if isinstance(child, Element) and child.name == "a":
            numbers.append((place, child.attributes["data-statement"]))
            assert child.attributes["data-number"] == str(len(numbers))  # in reading order
            continue
        end = place + len(child if isinstance(child, str) else child.text)
        covering = {id for id, span in spans.items() if span.start < end and place < span.end}
        if isinstance(child, str):
            assert covering == set()
        else:
            assert all(spans[id].start <= place and end <= spans[id].end for id in covering)
            ids = child.attributes["data-statements"].split()
            assert set(ids) <= covering
            assert len(ids) + int(child.attributes.get("data-more", "0")) == len(covering)
            for lane, id in zip(child.attributes["class"].split(), ids, strict=True):
                lanes.setdefault(id, set()).add(lane)
        place = end
    assert place == len(text)
    assert all(len(several) == 1 for several in lanes.values())  # a passage stays in its lane
    longest_first = sorted(spans, key=lambda id: (spans[id].start, -spans[id].end))
    assert numbers == [(spans[id].start, id) for id in longest_first]


def test_up_to_eight_passages_in_one_place_have_lanes_and_the_rest_is_counted() -> None:
    text = "abcdefghijklmnop"
    article = with_passages(text, *([(n, 16)] for n in range(10)))
    shown = page(article).one("div", class_="text")
    marks = shown.all("mark")
    assert shown.attributes["class"] == "text depth8"
    fullest = max(marks, key=lambda mark: len(mark.attributes["class"]))
    assert fullest.attributes["class"] == "l1s l2s l3s l4s l5s l6s l7s l8s"
    assert fullest.attributes["data-statements"] == "s0 s1 s2 s3 s4 s5 s6 s7"
    assert {mark.attributes.get("data-more") for mark in marks} == {None, "+1", "+2"}


def test_a_passage_waits_for_a_lane_where_all_are_taken() -> None:
    article = with_passages("abcdefgh", *([(0, 4)] for _ in range(8)), [(1, 8)], [(1, 3)])
    first, second, third, last = page(article).one("div", class_="text").all("mark")
    assert [mark.attributes.get("data-more") for mark in (first, second, third, last)] == [None, "+2", "+1", None]
    assert (last.text, last.attributes["data-statements"]) == ("efgh", "s8")


def test_a_statement_of_several_passages_has_its_number_before_each_and_an_id_once() -> None:
    shown = page(with_passages("one two three", [(0, 3), (8, 13)], [(4, 7)])).one("div", class_="text")
    assert [link.attributes.get("id") for link in shown.all("a")] == ["-a1-t1", "-a1-t2", None]
    assert [
        child.attributes["data-number"] if child.name == "a" else child.text
        for child in shown.inside
        if isinstance(child, Element)
    ] == ["1", "one", "2", "two", "1", "three"]
    assert shown.attributes["class"] == "text depth1"


def test_the_text_comes_first_and_then_the_picture_and_the_actors() -> None:
    document = to_html(invented())
    places = [document.index(start) for start in ('<div class="text', "<figure>", '<ul class="actors">')]
    assert places == sorted(places)


def test_a_text_without_passages_is_shown_without_marks() -> None:
    shown = page(Article(id="x", text="Nothing is said.", language="en-GB")).one("div", class_="text")
    assert shown.inside == ["Nothing is said."]
    assert (shown.attributes["lang"], shown.attributes["dir"]) == ("en-GB", "auto")


def test_the_types_of_passages_are_told_by_lanes_of_their_own() -> None:
    shown = page(invented()).one("div", class_="text")
    by_id = {
        id: mark.attributes["class"].split()[place]
        for mark in shown.all("mark")
        for place, id in enumerate(mark.attributes["data-statements"].split())
    }
    for statement in invented().statements:
        assert by_id[statement.id][-1] == type(statement).__name__[0].lower()


def test_a_number_in_the_text_tells_type_speaker_and_cue_and_leads_to_the_card() -> None:
    root = page(invented())
    number = root.one("div", class_="text").one("a", data_number="2", class_="number")
    assert number.attributes["aria-label"] == "2, Allegation: Ida Brandt accused"
    assert number.attributes["href"] == "#mines-laid"
    assert root.one("article", id="mines-laid").one("h3", class_="head").one("a").attributes["href"] == "#-a1-t2"


def test_the_card_of_a_statement_has_its_id_and_everything_else_an_id_that_no_statement_has() -> None:
    for article in (BUNDLED, invented()):
        root = page(article)
        ids = {element.attributes["id"] for element in root.all() if element.attributes.get("id", "-")[0] != "-"}
        assert ids == {statement.id for statement in article.statements}
        assert [card.attributes["id"] for card in root.all("article")] == [
            card.attributes["data-statement"] for card in root.all("article")
        ]


def test_of_several_articles_the_first_with_an_id_has_the_anchors_of_its_statements() -> None:
    article = with_passages("one two", [(0, 3)])
    root = page([article, BUNDLED, article])
    cards = [card.attributes["id"] for card in root.all("article")]
    assert (cards[0], cards[-1]) == ("x/s0", "-a3-s1")
    assert sorted(cards[1:-1]) == sorted(f"{BUNDLED.id}/{statement.id}" for statement in BUNDLED.statements)
    assert [link.attributes["href"] for link in root.all("a", data_statement="s0")] == ["#x/s0", "#-a3-s1"]


def links(root: Element) -> list[str]:
    return [link.attributes["href"] for link in root.all("a") if link.attributes["href"].startswith("#")]


@given(st.lists(strategies.articles(), max_size=3).map(lambda articles: [*articles, *articles[:1]]))
def test_every_link_within_a_page_leads_somewhere_and_no_id_is_there_twice(articles: list[Article]) -> None:
    root = page(articles)
    ids = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    assert len(set(ids)) == len(ids)
    assert {link.removeprefix("#") for link in links(root)} <= set(ids)
    for element in root.all():
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set(element.attributes.get(name, "").split()) <= set(ids)


@given(strategies.articles())
def test_every_statement_has_its_card_in_the_order_of_the_passages_and_every_actor_an_entry(article: Article) -> None:
    root = page(article)
    cards = root.all("article")
    ordered = sorted(
        article.statements, key=lambda s: (not s.spans, *((s.spans[0].start, -s.spans[0].end) if s.spans else ()))
    )
    assert [card.attributes["data-statement"] for card in cards] == [s.id for s in ordered]
    for number, (card, statement) in enumerate(zip(cards, ordered, strict=True), 1):
        assert card.one("h3").one("a").text == str(number)
        assert card.attributes["class"] == f"card {type(statement).__name__.lower()}"
        answered = [*getattr(statement, "denies", ()), *statement.confirms]
        assert card.attributes.get("data-answers", "").split() == list(dict.fromkeys(answered))
    assert [entry.one("code").text for entry in root.one("ul", class_="actors").all("li")] == [
        actor.id for actor in article.actors
    ]


def details(card: Element) -> dict[str, list[str]]:
    return {
        part.one("dt").text: [value.text for value in part.one("dd").inside if isinstance(value, Element)]
        for part in card.one("dl").all("div")
    }


def test_a_card_tells_all_that_is_told_of_a_statement() -> None:
    article = Article(
        id="x",
        actors=[
            Actor(id="a", name="Ida", role="minister", on_behalf_of="n"),
            Actor(id="n", name="Norland", kind=ActorKind.STATE),
            Actor(id="m", name="Meridian"),
        ],
        statements=[
            Allegation(
                id="s1",
                speaker="a",
                content="They came.",
                accused=["n", "m"],
                cue="claimed",
                quotes=["We saw", "them"],
                reported_by=["m"],
                about=["n", "s2"],
                date=PartialDate(2031, 5, 4),
                event_date=PartialDate(2031, 5, 1),
                event_end=PartialDate(2031, 5, 2),
                event_place="the pier",
                quantities=[Quantity(minimum=1, unit="boats"), Quantity(maximum=2, unit="days")],
                basis="pictures",
                appearances=["https://example.org/a?b&c"],
                labels=["x1", "x2"],
            ),
            Denial(id="s2", speaker="n", content="No.", denies=["s1"], kind=DenialKind.BLAME_SHIFT),
            Statement(id="s3", speaker="m", content="Yes.", confirms=["s1"]),
            Allegation(id="s4", speaker="m", content="It was us.", accused=["m"]),
        ],
    )
    root = page(article)
    first, second, third, fourth = root.all("article")
    assert first.one("h3", class_="head").text == "1 Allegation"
    assert first.one("p", class_="claim").text == "Ida (minister, for Norland) claimed: They came."
    assert first.one("span", class_="content").text == "They came."
    assert [part.text for part in first.one("p", class_="claim").all("b")] == ["Ida", " claimed:"]
    assert [quote.text for quote in first.all("blockquote")] == ["“We saw”", "“them”"]
    assert details(first) == {
        "accused": ["Norland", "Meridian"],
        "via": ["Meridian"],
        "denied by": ["2 Norland, blame-shift denial: No."],
        "confirmed by": ["3 Meridian: Yes."],
        "about": ["Norland", "2 Norland, blame-shift denial: No."],
        "number": ["at least 1 boats", "at most 2 days"],
        "basis": ["pictures"],
        "said on": ["2031-05-04"],
        "happened": ["2031-05-01 to 2031-05-02"],
        "place": ["the pier"],
        "seen at": ["https://example.org/a?b&c"],
        "labels": ["x1", "x2"],
    }
    assert first.attributes["data-actors"] == "a n m"
    for end, happened in ((None, "2031-05-01"), (PartialDate(2032), "2031-05-01 to 2032")):
        only = page(article.with_changes("s1", event_end=end))
        assert details(only.all("article")[0])["happened"] == [happened]
    until = page(article.with_changes("s1", event_date=None))
    assert details(until.all("article")[0])["happened"] == ["until 2031-05-02"]
    assert second.one("h3", class_="head").text == "2 Blame-shift denial"
    assert second.one("p", class_="claim").text == "Norland denied it: No."
    long = page(article.with_changes("n", name="N" * 90))
    assert long.all("article")[0].one("p", class_="claim").text.startswith(f"Ida (minister, for {'N' * 90}) claimed: ")
    assert details(second) == {"denies": ["1 Ida: They came."], "see also": ["1 Ida: They came."]}
    assert details(third) == {"confirms": ["1 Ida: They came."]}
    assert details(fourth) == {"accused": ["Meridian"], "denied by": ["– (no denial linked)"]}
    assert "dl" not in {element.name for element in page(with_passages("a", [(0, 1)])).one("article").all()}


def test_the_head_tells_where_the_article_stands_and_counts_what_it_holds() -> None:
    root = page(invented())
    assert root.one("h1").text == "Mines off Sankt Alban: who laid them?"
    assert root.one("head").one("title").text == "Mines off Sankt Alban: who laid them?"
    facts = {part.one("dt").text: part.one("dd").text for part in root.one("dl", class_="facts").all("div")}
    assert facts == {
        "id": "mines-off-sankt-alban",
        "publisher": "The Alban Courier",
        "published": "2031-05-07",
        "source": "https://courier.example/mines-off-sankt-alban",
        "annotator": "the geoclaims maintainers",
        "language": "en",
    }
    archived = page(Article(id="x", archived_at="https://example.org/x"))
    assert archived.one("dl", class_="facts").text == "archivedhttps://example.org/xidx"
    assert root.one("p", class_="counts").text == (
        "12 actors, 2 allegations, 7 denials, 4 other statements. "
        "This shows who is reported to have said what, not what is true."
    )


def test_an_actor_is_listed_with_all_that_is_known() -> None:
    actors = [
        Actor(id="a", name="Ida", kind=ActorKind.PERSON, country="DEU", same_as=["https://example.org/ida"]),
        Actor(id="b", name="Bo", anonymous=True),
    ]
    first, second = page(Article(id="x", actors=actors)).one("ul", class_="actors").all("li")
    assert first.text == "Ida — person, DEU https://example.org/ida a"
    assert second.text == "Bo (unnamed) b"


def test_what_is_linked_outside_tells_nobody_whence_one_came() -> None:
    outside = [link for link in page(invented()).all("a") if not link.attributes["href"].startswith("#")]
    assert outside
    assert {link.attributes.get("rel") for link in outside} == {"noreferrer"}


def test_both_pictures_are_there_and_share_the_style_of_the_page() -> None:
    root = page(BUNDLED)
    assert [drawing.attributes["width"] for drawing in root.all("svg")] == ["888", "340"]
    assert len(root.all("style")) == 1


def test_of_several_articles_there_is_an_index_and_a_section_each() -> None:
    root = page([BUNDLED, invented()])
    assert root.one("h1").text == root.one("head").one("title").text == "2 articles"
    assert [link.attributes["href"] for link in root.one("nav").all("a")] == ["#-a1", "#-a2"]
    assert [section.attributes["id"] for section in root.all("section")] == ["-a1", "-a2"]
    assert [heading.text for heading in root.all("h2")] == [page(BUNDLED).one("h1").text, invented().title]
    assert page(iter([BUNDLED])).all("nav") == []
    assert page([]).one("h1").text == "0 articles"


def test_where_an_article_has_a_text_the_statements_can_be_scrolled_and_are_named() -> None:
    pane = page(invented()).one("div", class_="cards")
    assert pane.attributes["tabindex"] == "0"
    assert pane.attributes["role"] == "region"
    assert pane.attributes["aria-label"] == "Statements of Mines off Sankt Alban: who laid them?"
    assert page(BUNDLED).one("div", class_="cards").attributes == {"class": "cards"}


def test_the_text_comes_first_and_after_it_the_picture_and_the_actors() -> None:
    assert [heading.text for heading in page(invented()).all("h2")] == ["Text and statements", "Picture", "Actors"]
    assert [heading.text for heading in page(BUNDLED).all("h2")] == ["Picture", "Statements", "Actors"]
    assert [heading.name for heading in page([invented(), BUNDLED]).all(class_="head")[:1]] == ["h4"]


def test_the_filters_offer_the_types_and_the_actors_and_are_put_away_without_the_script() -> None:
    root = page(Article(id="x", actors=[Actor(id="a", name="n" * 61), Actor(id="b", name="m" * 60)]))
    form = root.one("form")
    assert [box.attributes["value"] for box in form.all("input")] == ["allegation", "denial", "statement"]
    assert all("hidden" in box.attributes for box in form.all("input"))
    assert [(option.attributes["value"], option.text) for option in form.all("option")] == [
        ("", "anyone"),
        ("a", "n" * 59 + "…"),
        ("b", "m" * 60),
    ]
    assert "hidden" in form.one("label", class_="actor").attributes


def policy(root: Element) -> dict[str, str]:
    content = root.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    return {part.split()[0]: part.split()[1] for part in content.split("; ")}


def hash_of(element: Element) -> str:
    return f"'sha256-{b64encode(sha256(element.text.encode()).digest()).decode()}'"


def test_the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else() -> None:
    root = page(BUNDLED)
    assert policy(root) == {
        "default-src": "'none'",
        "style-src": hash_of(root.one("style")),
        "script-src": hash_of(root.one("script")),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


@given(strategies.articles())
def test_nothing_is_fetched_and_no_style_or_script_stands_outside_its_place(article: Article) -> None:
    for element in page(article).all():
        assert not {name for name in element.attributes if name.startswith("on")} - {"one"}
        assert not {"style", "src", "srcset", "action"} & set(element.attributes)
        assert element.name not in {"img", "link", "iframe", "object", "base", "image", "use"}


@pytest.mark.parametrize("articles", ["x", 3, [BUNDLED, "x"], None])
def test_what_is_no_article_is_refused(articles: Any) -> None:
    with pytest.raises((ValidationError, TypeError)) as caught:
        to_html(articles)
    if isinstance(caught.value, ValidationError):
        assert [issue.code for issue in caught.value.issues] == ["type"]


def everybody_denies_everything(number: int) -> Article:
    content = "It is as it has always been in this place. " * 7
    statements: list[Statement] = []
    for n in range(number):
        denied = [f"s{m}" for m in range(number)]
        statements += [
            Statement(id=f"s{n}", speaker="a", content=content),
            Denial(id=f"d{n}", speaker="a", content=content, denies=denied),
        ]
    return Article(id="x", actors=[Actor(id="a", name="A")], statements=statements)


def test_linked_contents_are_cut_and_links_beyond_twenty_are_counted() -> None:
    article = everybody_denies_everything(21)
    card = page(article).one("article", id="d20")
    told = details(card)["denies"]
    assert len(told) == 21
    assert told[-1] == "and 1 more"
    assert told[0] == f"1 A: {article.statements[0].content[:199]}…"
    assert len(details(page(everybody_denies_everything(20)).one("article", id="d19"))["denies"]) == 20


def test_what_is_written_from_right_to_left_begins_at_the_right_and_has_the_marks_of_its_language() -> None:
    said = Statement(id="s", speaker="a", content="أغلق الميناء.", quotes=["أغلق"], cue="قال")
    other = Statement(id="t", speaker="a", content="It is closed.", quotes=["Closed"])
    third = Statement(id="u", speaker="a", content="أغلق.")
    article = Article(
        id="x", title="الميناء", language="ar", actors=[Actor(id="a", name="صياد")], statements=[said, other, third]
    )
    root = page(article)
    assert root.one("h1").attributes["dir"] == "auto"
    assert [card.attributes.get("dir") for card in root.all("article")] == ["rtl", None, "rtl"]
    assert [quote.text for quote in root.all("blockquote")] == ["«أغلق»", "«Closed»"]
    assert {quote.attributes["dir"] for quote in root.all("blockquote")} == {"auto"}
    first, _, last = root.all("p", class_="claim")
    assert first.text == "صياد قال: أغلق الميناء."
    # the space stands before what is isolated; within it, it would stand at the other side of an English word
    assert [part.text for part in last.all("bdi")] == ["صياد", "said", "أغلق."]


@pytest.mark.parametrize(
    ("language", "shown"),
    [(None, "“No”"), ("en-GB", "“No”"), ("de", "„No“"), ("FR-ca", "«No»"), ("pl", "„No”"), ("ja", "「No」")],
)
def test_a_quote_has_the_marks_of_its_language(language: str | None, shown: str) -> None:
    said = Statement(id="s", speaker="a", content="No.", quotes=["No"])
    article = Article(id="x", language=language, actors=[Actor(id="a", name="A")], statements=[said])
    assert page(article).one("blockquote").text == shown


@pytest.mark.parametrize(
    ("statement", "attribution"),
    [
        (Allegation(id="s", speaker="a", content="C.", accused=["b"]), "The navy accused: C."),
        (
            Allegation(id="s", speaker="a", content="C.", accused=["b"], cue="accusations"),
            "Accusations by the navy: C.",
        ),
        (Allegation(id="s", speaker="b", content="C.", accused=["a"], cue="claims"), "Those who saw it (“claims”): C."),
        (Allegation(id="s", speaker="b", content="C.", accused=["a"]), "Those who saw it: C."),
        (Denial(id="s", speaker="a", content="C.", denies=["t"]), "The navy denied it: C."),
        (Denial(id="s", speaker="a", content="C.", denies=["t"], cue="rejects"), "The navy rejects it: C."),
        (Denial(id="s", speaker="a", content="C.", denies=["t"], cue="a statement"), "A statement by the navy: C."),
        (Statement(id="s", speaker="a", content="C.", cue="denied"), "The navy denied: C."),
        (Statement(id="s", speaker="a", content="C.", cue="According to"), "According to the navy: C."),
        (Statement(id="s", speaker="a", content="C.", cue="warning that"), "The navy, warning that: C."),
        (Statement(id="s", speaker="a", content="C.", cue="told reporters"), "The navy told reporters: C."),
        (Statement(id="s", speaker="a", content="C.", cue="told"), "The navy said (“told”): C."),
        (Statement(id="s", speaker="a", content="C.", cue="spoke of"), "The navy said (“spoke of”): C."),
        (Statement(id="s", speaker="a", content="C.", cue="reportedly"), "The navy said (“reportedly”): C."),
        (Statement(id="s", speaker="a", content="C.", cue="the charge"), "The charge by the navy: C."),
        (Statement(id="s", speaker="a", content="C.", cue="\u2028hinted"), "The navy \\u2028hinted: C."),
        (Statement(id="s", speaker="a", content="C.", cue="findings"), "Findings by the navy: C."),
        (
            Allegation(id="s", speaker="a", content="C.", accused=["b"], cue="labeling"),
            "The navy accused (“labeling”): C.",
        ),
        (Denial(id="s", speaker="a", content="C.", denies=["t"], cue="called"), "The navy denied it (“called”): C."),
    ],
)
def test_a_content_stands_behind_its_speaker_and_cue(statement: Statement, attribution: str) -> None:
    actors = [Actor(id="a", name="the navy"), Actor(id="b", name="those who saw it", anonymous=True)]
    others: list[Statement] = [Statement(id="t", speaker="a", content="T.")]
    root = page(Article(id="x", actors=actors, statements=[statement, *others]))
    claim = root.one("article", id="s").one("p", class_="claim")
    assert claim.text.replace(" (unnamed)", "") == attribution
    assert "C." not in "".join(bold.text for bold in claim.all("b"))


def test_each_actor_of_the_filter_names_whom_it_speaks_for() -> None:
    options = page(invented()).all("option")[1:]
    assert {option.attributes["value"]: option.attributes.get("data-for") for option in options} == {
        actor.id: actor.on_behalf_of for actor in invented().actors
    }


def test_an_article_without_a_title_is_called_untitled_with_its_publisher_and_date_where_they_are_known() -> None:
    courier: dict[str, Any] = {"publisher": "The Courier", "published": PartialDate(2031, 5, 7)}
    for known, heading in (({}, "Untitled report"), (courier, "Untitled report, The Courier, 7 May 2031")):
        article = Article(id="x", text="First line.", **known)
        root = page(article)
        assert root.one("h1").text == root.one("head").one("title").text == heading
        assert root.one("dl", class_="facts").text.endswith("idx")
        assert page([article, BUNDLED]).one("nav").all("a")[0].text == heading


def test_the_index_cuts_a_long_title_and_the_heading_does_not() -> None:
    root = page([Article(id="x", title="t" * 201), BUNDLED])
    assert root.one("nav").all("a")[0].text == "t" * 199 + "…"
    assert root.all("h2")[0].text == "t" * 201
