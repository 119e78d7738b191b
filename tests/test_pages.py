from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings, strategies as st

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    PartialDate,
    Quantity,
    Span,
    Statement,
    from_json,
    load_article,
    strategies,
)
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.interop import to_html

BUNDLED = load_article()
HARBOUR = from_json((Path(__file__).parents[1] / "docs" / "gallery" / "harbour.json").read_bytes())
A = Actor(id="a", name="A")


def parsed(html: str) -> Tag:
    """The elements of HTML; of an attribute there may be only one."""

    def twice(_: object, name: str, __: object) -> None:
        pytest.fail(f"twice: {name}")

    given: Any = {"multi_valued_attributes": None, "on_duplicate_attribute": twice, "preserve_whitespace_tags": {"div"}}
    return BeautifulSoup(html, "html.parser", **given)


def page(articles: Any) -> Tag:
    return parsed(to_html(articles))


def one(within: Tag, selector: str) -> Tag:
    (found,) = within.select(selector)
    return found


def texts(within: Tag, selector: str) -> list[str]:
    return [element.text for element in within.select(selector)]


def values(within: Tag, selector: str, attribute: str) -> list[Any]:
    return [element.get(attribute) for element in within.select(selector)]


def text_of(article: Article) -> Tag:
    """The text with its marks, as pages and notebooks show it; a notebook's output is shorter."""
    return one(parsed(article._repr_html_()), "div.text")


def with_passages(text: str, *spans: Sequence[tuple[int, int]]) -> Article:
    """An article whose statements have passages in a text."""
    statements = [
        Statement(id=f"s{n}", speaker="a", content="It is so.", spans=[Span.of(text, *span) for span in several])
        for n, several in enumerate(spans)
    ]
    return Article(id="x", actors=[A], statements=statements, text=text)


def passages(length: int) -> st.SearchStrategy[tuple[int, int]]:
    """Passages in a text of this length."""
    return st.integers(0, length - 1).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, length)))


# The text and its passages.


@given(
    text=st.text(st.sampled_from("ab\n <&>\"'\u202eא\u0301漢\t\r"), min_size=1, max_size=30).filter(str.strip),
    data=st.data(),
)
def test_any_text_stays_itself_character_for_character_and_is_marked_where_passages_are(
    text: str, data: st.DataObject
) -> None:
    places = data.draw(st.lists(passages(len(text)), max_size=4))
    article = with_passages(text, *([(a, b)] for a, b in places if any(map(str.isalnum, text[a:b]))))
    shown, seen = text_of(article), text.replace("\u202e", "\ufffd")
    assert shown.text == seen
    for statement in article.statements:
        (span,) = statement.spans
        assert "".join(texts(shown, f"mark[data-statements~={statement.id}]")) == seen[span.start : span.end]


def test_what_would_disturb_a_page_does_not_reach_it() -> None:
    harmful = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
    text = f"a{harmful}b\x01\x0b\x1b\x7f\x85\r\n\rc"
    claim = Statement(id="s", speaker="a", content=f"C{harmful}", basis=harmful)
    actor = Actor(id="a", name=f"A{harmful}")
    html = to_html(Article(id="x", title=f"T{harmful}", actors=[actor], statements=[claim], text=text))
    assert not {*harmful, "\r"} & set(html)  # a browser would make a line feed of it
    assert one(parsed(html), "div.text").text == "a" + 11 * "\ufffd" + "b" + 5 * "\ufffd" + "\r\n\rc"


@given(length=st.integers(1, 20), data=st.data())
def test_the_text_is_cut_into_marks_at_the_ends_of_passages(length: int, data: st.DataObject) -> None:
    article = with_passages("x" * length, *([each] for each in data.draw(st.lists(passages(length), max_size=14))))
    spans = {statement.id: statement.spans[0] for statement in article.statements}
    place = 0
    lanes: dict[str, set[str]] = {}
    numbers: list[tuple[int, Any]] = []
    for child in text_of(article).children:
        if isinstance(child, Tag) and child.name != "mark":
            numbers.append((place, child["data-statement"]))
            assert child["data-number"] == str(len(numbers))  # in reading order
            continue
        end = place + len(child.text)
        covering = {id for id, span in spans.items() if span.start < end and place < span.end}
        ids = str(child["data-statements"]).split() if isinstance(child, Tag) else []
        if isinstance(child, Tag):
            assert len(ids) + int(str(child.get("data-more", "0"))) == len(covering)
            for lane, id in zip(str(child["class"]).split(), ids, strict=True):
                lanes.setdefault(id, set()).add(lane)
        assert set(ids) <= covering
        assert [id for id in covering if spans[id].start > place or end > spans[id].end] == []
        assert bool(covering) == isinstance(child, Tag)
        place = end
    assert place == length
    assert [several for several in lanes.values() if len(several) != 1] == []  # a passage stays in its lane
    in_order = sorted(spans, key=lambda id: (spans[id].start, spans[id].end))
    assert numbers == [(spans[id].start, id) for id in in_order]


def test_up_to_eight_passages_in_one_place_have_lanes_and_the_rest_waits_and_is_counted() -> None:
    shown = one(page(with_passages("abcdefghijklmnop", *([(n, 16)] for n in range(10)))), "div.text")
    fullest = shown.select("mark")[7]
    assert shown["class"] == "text depth8"
    assert fullest["class"] == "l1s l2s l3s l4s l5s l6s l7s l8s"
    assert fullest["data-statements"] == "s0 s1 s2 s3 s4 s5 s6 s7"
    assert values(shown, "mark", "data-more") == [None] * 8 + ["+1", "+2"]
    nested = page(with_passages("abcd", [(0, 2)], [(0, 4)]))
    assert values(nested, "mark", "data-statements") == ["s1 s0", "s1"]  # the longest comes first
    waiting = page(with_passages("abcdefgh", *([(0, 4)] for _ in range(8)), [(1, 8)], [(1, 3)]))
    assert values(waiting, "mark", "data-more") == [None, "+2", "+1", None]
    assert (waiting.select("mark")[-1].text, waiting.select("mark")[-1]["data-statements"]) == ("efgh", "s8")


def test_a_number_stands_before_each_passage_tells_type_and_speaker_and_leads_to_the_card_and_back() -> None:
    shown = one(page(with_passages("one two three", [(0, 3), (8, 13)], [(4, 7)])), "div.text")
    assert values(shown, "a", "id") == ["-a1-t1", "-a1-t2", None]
    assert values(shown, "a", "data-number") == ["1", "2", "1"]
    assert [child.text for child in shown.children] == ["", "one", " ", "", "two", " ", "", "three"]
    root = page(HARBOUR)
    number = one(root, "div.text a.number[data-number='7']")
    assert (number["aria-label"], number["href"]) == ("7, Outright denial: a navy spokesman", "#no-mines")
    assert one(root, "#no-mines h3.head a")["href"] == "#-a1-t7"
    lanes = {
        id: lane[-1]
        for mark in root.select("mark")
        for id, lane in zip(str(mark["data-statements"]).split(), str(mark["class"]).split(), strict=True)
    }
    assert lanes == {statement.id: type(statement).__name__[0].lower() for statement in HARBOUR.statements}


def test_a_text_without_passages_is_shown_without_marks_in_its_language() -> None:
    shown = one(page(Article(id="x", text="Nothing is said.", language="en-GB")), "div.text")
    assert shown.decode_contents() == "Nothing is said."
    assert shown["lang"] == "en-GB"


# Addresses.


# Each with the address that is followed.
LINKS = {
    "https://example.org:8080/a?b#c": "https://example.org:8080/a?b#c",
    "HTTPS://[2001:db8::1]/": "HTTPS://[2001:db8::1]/",
    "http://xn--e1afmkfd.example": "http://xn--e1afmkfd.example",
    "http://192.0.2.7:80/": "http://192.0.2.7:80/",
    "http://1.example./": "http://1.example./",
    "https://пример.example/ü": "https://пример.example/ü",
    "https://हिन्दी.example/": "https://हिन्दी.example/",
    "https://example.org?a": "https://example.org?a",
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
    # Browsers show an IP address in place of these.
    *("https://2130706433/", "https://1.0x7f/", "http://0300.0.0.1/", "http://192.0.2.7./", "http://a.0X7F000001/"),
)


def test_an_address_is_a_link_if_its_host_is_what_it_seems_and_tells_nobody_whence_one_came() -> None:
    articles = []
    for number, url in enumerate([*LINKS, *NO_LINKS]):
        claim = Statement(id="s", speaker="a", content="c", appearances=[url])
        articles.append(
            Article(id=f"x{number}", url=url, actors=[Actor(id="a", name="A", same_as=[url])], statements=[claim])
        )
    for shown in (page(articles).select("section"), [parsed(article._repr_html_()) for article in articles]):
        for url, within in zip([*LINKS, *NO_LINKS], shown, strict=True):
            links = within.select("a:not([href^='#'])")
            expected = [(LINKS.get(url), "noreferrer")] * 3 * (url in LINKS)
            assert [(link["href"], link["rel"]) for link in links] == expected
            for link in links:  # whole, or its host alone
                host = str(link["href"]).split("/")[2].partition("?")[0].partition(":80")[0]
                assert link.text in {link["href"], host}


def test_no_address_is_shown_with_a_backslash_which_would_end_its_host() -> None:
    url = "https://evil.example\u200b.trusted.example/"
    actor = Actor(id="a", name="A", same_as=[url])
    article = Article(id="x", url=url, archived_at=f"{url}2", actors=[actor])
    for html, times in ((to_html(article), 3), (article._repr_html_(), 3), (actor._repr_html_(), 1)):
        assert html.count("https://evil.example%E2%80%8B.trusted.example/") == times


# Cards.


class Strict(HTMLParser):
    """What fails on an element that is not closed in order, and on a comment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.feed(html)
        self.close()
        assert self.opened == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.opened += [tag] * (tag not in {"br", "input", "meta"})

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")


pages = settings(max_examples=settings().max_examples // 2)


@pages
@given(strategies.articles())
def test_elements_are_closed_in_order_nothing_is_fetched_and_every_statement_and_actor_has_its_place(
    article: Article,
) -> None:
    Strict(html := to_html(article))
    root = parsed(html)
    for element in root.find_all():
        assert not {name for name in element.attrs if name.startswith("on")}
        assert not {"style", "src", "srcset", "action"} & set(element.attrs)
        assert element.name not in {"img", "link", "iframe", "object", "base", "image", "use"}
    ordered = sorted(
        article.statements, key=lambda s: (not s.spans, *((s.spans[0].start, s.spans[-1].end) if s.spans else ()))
    )
    assert values(root, "article", "id") == values(root, "article", "data-statement") == [s.id for s in ordered]
    assert texts(root, "article h3 a") == [str(number) for number in range(1, len(ordered) + 1)]
    assert values(root, "article", "class") == [f"card {type(s).__name__.lower()}" for s in ordered]
    for card, statement in zip(root.select("article"), ordered, strict=True):
        answered = [*getattr(statement, "denies", ()), *statement.confirms]
        assert {*str(card.get("data-answers", "")).split()} == {*answered}
    assert texts(root, "ul.actors code") == [actor.id for actor in article.actors]
    assert {id[0] for id in values(root, ":not(article)[id]", "id")} == {"-"}  # no statement's id begins with it


@pages
@given(strategies.articles(max_actors=3, max_statements=4), strategies.articles(max_actors=3, max_statements=4))
def test_every_link_within_a_page_leads_somewhere_and_no_id_is_there_twice(one: Article, other: Article) -> None:
    root = page([one, other, one])
    ids = values(root, "[id]", "id")
    assert len(set(ids)) == len(ids)
    assert {link.removeprefix("#") for link in values(root, "a[href^='#']", "href")} <= set(ids)
    for name in ("aria-labelledby", "aria-describedby", "for"):
        assert {id for value in values(root, f"[{name}]", name) for id in value.split()} <= set(ids)


@pages
@given(strategies.corpora())
def test_a_link_of_a_corpus_is_on_the_page_at_both_ends_with_its_reference_and_leads_to_the_other(
    corpus: Corpus,
) -> None:
    Strict(html := to_html(corpus))
    root = parsed(html)
    cards = {str(card["id"]): card for card in root.select("article")}
    assert {link.removeprefix("#") for link in values(root, "a[href^='#']", "href")} <= {*values(root, "[id]", "id")}
    for link in corpus.links:
        if link.source in cards and link.kind is not LinkKind.DISTINCT:  # actors have no cards
            for here, there in ((link.source, link.target), (link.target, link.source)):
                leading = [a for a in cards[here].select("dl a") if a["href"] == f"#{there}"]
                assert leading
                elsewhere = here.partition("/")[0] != there.partition("/")[0]
                assert [a for a in leading if (f"({there})" in (a.find_parent("span") or a).text) != elsewhere] == []
    for article in corpus.articles:
        before = f"{article.id}/" if len(corpus.articles) > 1 else ""
        ids = {statement.id for statement in article.statements}
        for statement in article.statements:
            card = cards[f"{before}{statement.id}"]
            assert {
                *str(card.get("data-answers", "")).split()
            } <= ids  # by which the script lights up cards of a section
            answered = bool(corpus.denials_of(f"{article.id}/{statement.id}"))
            assert ("no denial linked" in card.text) == (isinstance(statement, Allegation) and not answered)


def test_of_several_articles_the_first_with_an_id_has_the_anchors_of_its_statements() -> None:
    article = with_passages("one two", [(0, 3)])
    root = page([article, BUNDLED, article])
    first, *others, last = values(root, "article", "id")
    assert (first, last) == ("x/s0", "-a3-s1")
    assert sorted(others) == sorted(f"{BUNDLED.id}/{statement.id}" for statement in BUNDLED.statements)
    assert values(root, "a[data-statement=s0]", "href") == ["#x/s0", "#-a3-s1"]


def test_linked_contents_are_cut_and_links_beyond_twenty_are_counted() -> None:
    content = "It is as it has always been in this place. " * 7
    claims = [Statement(id=f"s{n}", speaker="a", content=content) for n in range(21)]
    for number, last in ((20, f"20 A: {content[:199]}…"), (21, "and 1 more")):
        denied = [claim.id for claim in claims[:number]]
        denial = Denial(id="d", speaker="a", content=content, denies=denied)
        told = texts(page(Article(id="x", actors=[A], statements=[*claims, denial])), "#d .denies dd > span")
        assert (len(told), told[0], told[-1]) == (number, f"1 A: {content[:199]}…", last)


def test_what_is_written_from_right_to_left_begins_at_the_right() -> None:
    said = Statement(id="s", speaker="a", content="أغلق الميناء.", quotes=["أغلق"], cue="قال")
    other = Statement(id="t", speaker="a", content="It is closed.", quotes=["Closed"])
    actors = [Actor(id="a", name="صياد", on_behalf_of="b"), Actor(id="b", name="البحرية")]
    source: dict[str, Any] = {"publisher": "البريد", "published": PartialDate(2031, 5, 7)}
    root = page(Article(id="x", title="الميناء", language="ar", actors=actors, statements=[said, other], **source))
    assert texts(root, "h1 bdi, .source bdi") == ["الميناء", "البريد", "7 May 2031"]
    assert values(root, "section, article", "dir") == ["rtl", "rtl", "ltr"]
    assert texts(root, "blockquote") == ["”أغلق“", "”Closed“"]
    assert values(root, "blockquote", "dir") == ["rtl", "ltr"]
    assert texts(root, "p.claim")[0] == "صياد (for البحرية): أغلق الميناء. (”قال“)"
    # the space stands before what is isolated; within it, it would stand at the other side of an English word
    assert texts(root.select("p.claim")[0], "bdi") == ["صياد", "البحرية", "أغلق الميناء.", "”قال“"]
    assert texts(root.select("p.claim")[0], ".pair") == ["for البحرية"]


# The page around them.


def test_an_article_without_a_title_has_its_source_once() -> None:
    courier: dict[str, Any] = {"publisher": "The Courier", "published": PartialDate(2031, 5, 7)}
    for known, heading, source in (
        ({}, "x", "Publisher and date not given"),
        (courier, "x, The Courier, 7 May 2031", ""),
    ):
        article = Article(id="x", text="First line.", **known)
        root = page(article)
        assert (one(root, "h1").text, one(root, ".source").text) == (heading, source)
        contents = one(page([article, HARBOUR]), "nav")
        assert texts(contents, "a") == ["x", HARBOUR.title]
        assert texts(contents, "p")[0].startswith("The Courier · 7 May 2031 · 0 actors, " if known else "0 actors, ")
    archived = page(Article(id="x", title="T", publisher="P", archived_at="https://example.org/x"))
    assert one(archived, ".source").text == "P · archived at example.org"


def test_who_receives_a_link_to_several_articles_is_told_their_titles_and_a_long_one_is_cut() -> None:
    several = page([HARBOUR, BUNDLED])
    assert values(several, "meta[property='og:title']", "content") == ["2 articles"]
    (described,) = values(several, "meta[name=description]", "content")
    assert described.startswith(f"{HARBOUR.title}; {BUNDLED.id} This shows")
    (title,) = values(page(Article(id="x", title="t" * 999)), "meta[property='og:title']", "content")
    assert len(title) == 200


def test_the_text_comes_first_with_the_statements_beside_it_and_then_the_actors() -> None:
    root = page(HARBOUR)
    assert texts(root, "h2") == texts(page(BUNDLED), "h2") == ["Statements", "Actors"]
    assert len(root.select("style")) == 1
    pane = one(root, "div.cards")
    assert (pane["tabindex"], pane["role"]) == ("0", "region")
    assert pane["aria-label"] == "Statements of"
    assert pane["aria-labelledby"] == f"{pane['id']} {one(root, 'h1')['id']}"
    assert one(page(BUNDLED), "div.cards").attrs == {"class": "cards"}


def test_of_several_articles_there_is_an_index_and_a_section_each() -> None:
    long = Article(id="x", title="t" * 201)
    root = page([BUNDLED, HARBOUR, long])
    assert one(root, "h1").text == "3 articles"
    assert values(root, "nav a", "href") == ["#-a1", "#-a2", "#-a3"]
    assert texts(root, "nav a")[1:] == [HARBOUR.title, "t" * 199 + "…"]
    assert values(root, "section", "id") == ["-a1", "-a2", "-a3"]
    assert values(root, "section", "aria-labelledby") == values(root, "h2", "id")[:3]
    assert texts(root, "h2")[1:] == [HARBOUR.title, long.title]
    assert len(root.select("h4.head")) == len(root.select("article"))
    assert page(iter([BUNDLED])).select("nav") == []
    assert one(page([]), "h1").text == "0 articles"


def test_a_page_of_joined_reports_says_who_joined_them() -> None:
    first, second = (
        Article(id=id, actors=[A], statements=[Statement(id="s", speaker="a", content="c")]) for id in "xy"
    )
    for annotators, told in (((), None), ((None,), "an annotator"), (("Bo", None, "Ada"), "Ada, Bo")):
        links = [Link(kind=LinkKind.SAME, source="x/s", target="y/s", annotator=each) for each in annotators]
        joined = texts(page(Corpus(articles=[first, second], links=links)), "header > p")
        assert joined == ([f"What is joined across reports (↗) was decided by {told}."] if told else [])


def test_the_filters_offer_the_types_there_are_and_the_actors_and_are_put_away_without_the_script() -> None:
    actors = [Actor(id="a", name="n" * 61), Actor(id="b", name="m" * 60, on_behalf_of="a")]
    claim = Allegation(id="s", speaker="a", accused=["b"], content="c")
    form = one(page(Article(id="x", actors=actors, statements=[claim])), "form")
    assert values(form, "input[hidden]", "value") == ["allegation"]
    assert values(page(HARBOUR), "input[hidden]", "value") == ["allegation", "denial", "statement"]
    assert texts(form, "label.actor[hidden] option") == ["anyone", "n" * 59 + "…", "m" * 60]
    assert values(form, "option", "value") == ["", "a", "b"]
    assert values(form, "option", "data-for") == [None, None, "a"]


def test_the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else() -> None:
    root = page(BUNDLED)
    style, script = (
        f"'sha256-{b64encode(sha256(one(root, name).text.encode()).digest()).decode()}'" for name in ("style", "script")
    )
    assert one(root, "meta[http-equiv=Content-Security-Policy]")["content"] == (
        f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
    )


# In which language a page says that each text is. Every word of the articles says whose it is.


OWN = {"zh": "港", "ar": "ميناء", "hi": "बंदर", "en-GB": "Port", "": "Port"}


def in_language(tag: str) -> Article:
    """An article in which every text but the second content is in its own language."""
    own = OWN[tag]
    actors = [
        Actor(id="a", name=f"{own}1", role=f"{own}2", aliases=[f"{own}3", f"{own}4"], on_behalf_of="b"),
        Actor(id="b", name=f"{own}5"),
    ]
    fields: dict[str, Any] = {"cue": own, "quotes": [own], "event_place": own, "reported_by": ["b"]}
    claim = Allegation(
        id="s", speaker="a", accused=["b"], content=own, basis=own, quantities=[Quantity.of(6, own)], **fields
    )
    denial = Denial(id="d", speaker="b", denies=["s"], content="Порт", labels=[own], spans=[Span.of(own, 0, len(own))])
    title = {"title": own} if tag != "hi" else {}
    return Article(
        id=f"r{tag}", language=tag or None, publisher=own, annotator="Порт", text=own, actors=actors, **title,
        statements=[claim, denial], published=PartialDate(2031, 5),
    )  # fmt: skip


def said_in(root: Tag) -> list[tuple[str, str]]:
    """Each text that people read, attributes too, and the language that it is said to be in."""
    told = [
        (str(text), element)
        for element in root.find_all()
        for text in (*element.find_all(string=True, recursive=False), *map(element.get, ("aria-label", "content")))
        if text and element.get("name") != "viewport" and "http-equiv" not in element.attrs
    ]
    return [
        (text, next(str(each["lang"]) for each in (element, *element.parents) if each.get("lang") is not None))
        for text, element in told
        if any(map(str.isalpha, text)) and element.name not in {"style", "script"}
    ]


def test_every_text_of_an_article_is_in_its_language_another_script_in_none_and_our_own_words_are_english() -> None:
    reports = [in_language(tag) for tag in OWN]
    links = [Link(kind=LinkKind.SAME, source="rzh/s", target=f"{each.id}/s") for each in reports[1:]]
    pages = [page(Corpus(articles=reports, links=links)), *map(page, reports)]
    for root in [*pages, *(parsed(f"<div>{each._repr_html_()}</div>") for each in reports)]:
        for text, language in said_in(root):
            whose = {tag for tag, own in OWN.items() if own in text}
            ours = {"en", *whose} if ", " in text or "; " in text else whose  # a string that has both
            assert language in (ours or {"" if "Порт" in text else "en"}), text


def test_the_label_of_a_number_is_english_whatever_the_language_of_the_text() -> None:
    assert values(page(in_language("zh")), "a.number[aria-label]", "lang") == ["en"]
