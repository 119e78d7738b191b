from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, ActorKind, Allegation, Article, Denial, DenialKind, Quantity, Span, Statement, load_article
from geoclaims.annotation import compare

BUNDLED = load_article()
TAGS = {
    "a", "article", "b", "bdi", "blockquote", "br", "caption", "code", "dd", "details", "div", "dl", "dt", "li", "mark",
    "p", "span", "style", "summary", "table", "tbody", "td", "th", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    *("aria-label", "class", "data-actors", "data-answers", "data-number", "data-statement", "data-statements", "dir"),
    *("href", "lang", "open", "rel", "scope"),
}


@pytest.fixture(autouse=True)
def only_what_this_test_makes() -> Iterator[None]:
    """Keep statements from looking for their article among all that other tests hold."""
    gc.freeze()
    yield
    gc.unfreeze()


class Page(HTMLParser):
    """What a browser makes of HTML: elements that are closed in order, their attributes, and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.attributes: dict[str, set[str]] = {}
        self.cells: list[str] = []
        self.feed(html)
        self.close()
        assert self.opened == []
        self.cells = [cell.strip("\n") for cell in self.cells]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")
        if tag != "br":
            self.opened.append(tag)
        if tag in {"blockquote", "caption", "dd", "dt", "li", "p", "summary", "td", "th"}:
            self.cells.append("")
        elif tag == "br" or (tag == "span" and self.opened[-2] == "dd"):
            self.cells[-1] += "\n"
        elif tag == "div" and "text" in (dict(attrs).get("class") or ""):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.opened[-1] != "style":
            self.cells[-1] += data

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")


def shown(thing: object) -> Page:
    """What a notebook shows of an object."""
    return Page(thing._repr_html_())  # type: ignore[attr-defined]


def cards(article: Article) -> dict[str, list[str]]:
    """What the card of each statement shows, by its content."""
    cells = shown(article).cells
    heads = [
        place for place, cell in enumerate(cells) if re.fullmatch("[0-9]+ .*(Allegation|[Dd]enial|Statement)", cell)
    ]
    contents = {cells[head + 1]: cells[head:end] for head, end in zip(heads, [*heads[1:], len(cells)], strict=True)}
    return {
        s.content: card for s in article.statements for claim, card in contents.items() if claim.endswith(s.content)
    }


def test_an_article_shows_each_allegation_with_its_speaker_the_accused_and_those_who_deny_it() -> None:
    shown_on = cards(BUNDLED)
    for allegation in BUNDLED.allegations:
        head, claim, *more = shown_on[allegation.content]
        assert head.endswith(" Allegation")
        assert BUNDLED.actor(allegation.speaker).name.casefold() in claim.casefold().partition(":")[0]
        accused = more[more.index("accused") + 1].split("\n")
        assert accused == [BUNDLED.actor(id).name for id in allegation.accused]
        denied = more[more.index("denied by") + 1]
        assert (denied == "– (no denial linked)") == (not BUNDLED.denials_of(allegation))
        for denial in BUNDLED.denials_of(allegation):
            assert f"{str(denial.kind).replace('_', '-')} denial: {denial.content}" in denied


def test_an_article_shows_every_statement_and_actor() -> None:
    cells = shown(BUNDLED).cells
    assert [
        statement.id
        for statement in BUNDLED.statements
        if not any(cell.endswith(f": {statement.content}") for cell in cells)
    ] == []
    assert [actor.id for actor in BUNDLED.actors if not any(cell.endswith(f" {actor.id}") for cell in cells)] == []


def test_an_article_is_shown_by_allegations_denials_other_statements_and_actors() -> None:
    article = Article(
        id="harbour",
        actors=[
            Actor(id="state", name="A State", kind=ActorKind.STATE, country="CHN", aliases=["The Capital", "PRC"]),
            Actor(id="office", name="Office", on_behalf_of="state"),
            Actor(id="desk", name="Desk", on_behalf_of="office"),
            Actor(id="press", name="Press", on_behalf_of="desk"),
            Actor(id="lin", name="Lin", role="spokesman", on_behalf_of="press"),
            Actor(id="eye", name="a witness", anonymous=True),
        ],
        statements=[
            Allegation(id="s1", speaker="eye", content="They came.", accused=["state", "desk"], quotes=["We saw"]),
            Allegation(id="s2", speaker="eye", content="They left.", accused=["state"], reported_by=["lin"]),
            Statement(id="s3", speaker="eye", content="It was dark.", basis="his words", confirms=["s2"]),
            Denial(id="s4", speaker="lin", content="No.", denies=["s1", "s3"], kind=DenialKind.NO_EVIDENCE),
            Denial(id="s5", speaker="office", content="Never.", denies=["s1"], cue="swore"),
        ],
    )
    page = shown(article)
    lin = "Lin (spokesman, for Press, for Desk, for Office, …)"
    counts = "6 actors, 2 allegations, 2 denials, 1 other statement."
    assert page.cells == [
        *("Untitled report", "id", "harbour"),
        f"{counts} This shows who is reported to have said what, not what is true.",
        "2 allegations",
        *("1 Allegation", "A witness (unnamed) accused: They came.", "“We saw”"),
        *("accused", "A State\nDesk"),
        *("denied by", "4 Lin, no-evidence denial: No.\n5 Office, denial: Never."),
        *("2 Allegation", "A witness (unnamed) accused: They left.", "accused", "A State", "via", "Lin"),
        *("denied by", "– (no denial linked)", "confirmed by", "3 a witness: It was dark."),
        "2 denials",
        *("4 No-evidence denial", f"{lin} denied it: No."),
        *("denies", "1 a witness: They came.\n3 a witness: It was dark."),
        *("5 Denial", "Office (for A State) swore: Never.", "denies", "1 a witness: They came."),
        "1 other statement",
        *("3 Statement", "A witness (unnamed) said: It was dark."),
        *("confirms", "2 a witness: They left.", "denied by", "4 Lin, no-evidence denial: No.", "basis", "his words"),
        "6 actors",
        "A State — state, CHN, also “The Capital”, “PRC” state",
        "Office (for A State) office",
        "Desk (for Office, for A State) desk",
        "Press (for Desk, for Office, for A State) press",
        f"{lin} lin",
        "a witness (unnamed) eye",
    ]
    assert article._repr_html_().count("<details open>") == 1
    assert "<details open><summary>2 allegations" in article._repr_html_()


def test_the_text_of_an_article_is_shown_with_its_passages_marked() -> None:
    text = "It rained, said Lin."
    claim = Statement(id="s", speaker="lin", content="It rained.", spans=[Span.of(text, 0, 9)])
    article = Article(id="x", actors=[Actor(id="lin", name="Lin")], statements=[claim], text=text)
    cells = shown(article).cells
    assert cells[cells.index("Text") + 1] == text
    html = article._repr_html_()
    assert (
        '<span class="number statement" data-number="1" data-statement="s" aria-label="1, Statement: Lin said"></span>'
        '<mark class="l1s" data-statements="s">It rained</mark>' in html
    )
    assert "<details open><summary>Text</summary>" in html


def test_nothing_is_linked_within_a_notebook_which_may_hold_many_articles() -> None:
    assert " id=" not in BUNDLED._repr_html_()
    assert 'href="#' not in BUNDLED._repr_html_()


def test_a_comparison_is_shown_as_its_page_in_which_text_is_nothing_but_text() -> None:
    one = Article(id="x", actors=[Actor(id="a", name="A")], statements=[Statement(id="s", speaker="a", content="<b>")])
    comparison = compare(one, Article(id="x"))
    html = comparison._repr_html_()
    assert html == f"<pre>{escape(str(comparison))}</pre>"
    assert "&lt;b&gt;" in html


def test_an_article_is_called_by_its_title_or_else_untitled() -> None:
    empty = ["0 allegations", "0 denials", "0 other statements", "0 actors"]
    assert [cell for cell in shown(Article(id="empty")).cells if "." not in cell] == [
        "Untitled report",
        *("id", "empty"),
        *empty,
    ]
    assert shown(Article(id="empty", title="A title")).cells[0] == "A title"


def test_a_claim_shows_its_quotes_numbers_and_basis() -> None:
    claim = Statement(
        id="s", speaker="a", content="C.", quotes=["Q"], quantities=[Quantity(minimum=1, unit="x")], basis="photographs"
    )
    article = Article(id="a1", actors=[Actor(id="a", name="A")], statements=[claim])
    assert cards(article)["C."][2:7] == ["“Q”", "number", "at least 1 x", "basis", "photographs"]
    assert {"0 allegations", "1 other statement", "1 actor"} <= set(shown(article).cells)


def test_of_very_many_things_the_first_hundred_are_shown_and_the_rest_is_counted() -> None:
    actors = [Actor(id=f"a{number}", name=f"Name {number}") for number in range(105)]
    cells = shown(Article(id="many", actors=actors)).cells
    assert "105 actors" in cells
    assert "Name 99 a99" in cells
    assert "Name 100 a100" not in cells
    assert cells[-1] == "and 5 more"
    assert shown(Article(id="many", actors=actors[:101])).cells[-1] == "and 1 more"
    assert shown(Article(id="many", actors=actors[:100])).cells[-1] == "Name 99 a99"


def test_a_statement_alone_names_people_instead_of_ids_if_its_article_is_in_use() -> None:
    claim = Allegation(id="s", speaker="a", content="They came.", accused=["b"], reported_by=["a"])
    fields = shown(claim).cells
    assert fields[0] == "Allegation"
    assert fields[fields.index("speaker") + 1] == "a"
    others = (claim, "no article")
    article = Article(id="x", actors=[Actor(id="a", name="Ann"), Actor(id="b", name="Bo")], statements=[claim])
    card = [
        "1 Allegation",
        "Ann accused: They came.",
        "accused",
        "Bo",
        "via",
        "Ann",
        "denied by",
        "– (no denial linked)",
    ]
    assert shown(article.statements[0]).cells == card
    renamed = article.with_changes("a", name="Anna")  # it shares the statement, and nothing says which is meant
    assert shown(renamed.statements[0]).cells == fields
    equal = attrs.evolve(claim)
    assert shown(equal).cells == fields
    del article, renamed
    assert shown(others[0]).cells == fields


@pytest.mark.parametrize(
    "thing",
    [
        BUNDLED.actors[0],
        attrs.evolve(BUNDLED.allegations[0]),
        attrs.evolve(BUNDLED.denials[0]),
        Statement(id="s", speaker="a", content="C."),
        Quantity(minimum=1, unit="x"),
        Span(0, 3, "1:3:0123456789abcdef"),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_every_type_shows_the_fields_that_are_given(thing: Actor | Statement | Quantity | Span) -> None:
    cells = shown(thing).cells
    assert cells[0] == type(thing).__name__
    fields = dict(zip(cells[1::2], cells[2::2], strict=True))
    for field in attrs.fields(type(thing)):
        value = getattr(thing, field.name)
        if field.default is attrs.NOTHING or value != field.default:
            assert fields.pop(field.name) == "\n".join(map(str, value if isinstance(value, tuple) else [value]))
    assert fields == {}


@pytest.mark.parametrize(
    "thing", [BUNDLED, BUNDLED.actors[0], BUNDLED.statements[0], Quantity(minimum=1, unit="$x$")], ids=type
)
def test_mathjax_of_either_version_passes_over_all_of_it(thing: object) -> None:
    html = thing._repr_html_()  # type: ignore[attr-defined]
    assert html.startswith('<div class="geoclaims tex2jax_ignore mathjax_ignore">')
    ends = [place.end() for place in re.finditer("</?div", html)]
    depth = [html.count("<div", 0, end) - html.count("</div", 0, end) for end in ends]
    assert min(depth[:-1]) == 1
    assert depth[-1] == 0
    assert html.endswith("</div>")
    assert not any("process" in name for name in shown(thing).attributes["class"])


def test_text_has_the_colour_of_the_page_and_what_is_drawn_can_be_seen_on_white_and_on_black() -> None:
    (style,) = re.findall("<style>(.*?)</style>", BUNDLED._repr_html_(), re.DOTALL)
    texts = set(map(str.strip, re.findall(r"(?<![-\w])color: ([^;}]+)", style)))
    assert texts == {"inherit", "var(--faint)"}
    assert "--faint: currentColor" in style
    colours = re.findall(r"--(?:allegation|denial|statement): (#\w{6})", style)
    assert len(colours) == 3
    for colour in colours:
        assert contrast(colour, "#ffffff") >= 3
        assert contrast(colour, "#111111") >= 3


def contrast(one: str, other: str) -> float:
    """How much two colours differ, as the guidelines for accessible content reckon it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("thing", [BUNDLED, BUNDLED.actors[0]], ids=["article", "actor"])
def test_words_are_broken_only_where_one_is_longer_than_its_line(thing: Article | Actor) -> None:
    (style,) = re.findall("<style>(.*?)</style>", thing._repr_html_(), re.DOTALL)
    assert "overflow-wrap: break-word" in style
    assert "word-break" not in style


texts = (
    st.text(min_size=1)
    .filter(lambda text: not text.isspace())
    .map(lambda text: "".join(c for c in text if c >= " " and not "\x7f" <= c <= "\x9f") or "x")
)
markup = st.sampled_from(["<script>alert(1)</script>", "</td><!--", '"onload="x', "&lt;", "\u202e", "\u2066", "\u2028"])


@given(st.lists(texts | markup, min_size=1).map(lambda parts: "x" + "".join(parts)))
def test_no_text_is_anything_but_text(text: str) -> None:
    article = Article(
        id="hostile",
        title=text,
        actors=[Actor(id="a", name=text, role=text, aliases=[text])],
        statements=[
            Allegation(id="s", speaker="a", accused=["a"], content=text, quotes=[text], basis=text),
            Denial(id="d", speaker="a", denies=["s"], content=text, kind=DenialKind.OUTRIGHT),
        ],
    )
    for thing in (article, *article.actors, *article.statements):
        page = shown(thing)
        assert set(page.attributes) <= ATTRIBUTES
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u200f\u061c") & set(
            "".join(page.cells)
        )


def test_quotation_marks_are_not_doubled_where_a_name_or_quote_brings_its_own() -> None:
    kim = Actor(id="kim", name="Kim", aliases=['"The Fox"', "the General", "Old Kim, “Foxy”"])
    said = Statement(id="said", speaker="kim", content="It is.", quotes=["“It is,”", "indeed"])
    cells = "\n".join(shown(Article(id="a", actors=[kim], statements=[said])).cells)
    assert 'also "The Fox", “the General”, Old Kim, “Foxy”' in cells
    assert "“It is,”\n“indeed”" in cells


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "👩\u200d🚒", "Donau\u00addampfschiff", "10\u00a0000\u202f€", "one\ttwo"]
)
def test_signs_and_spaces_that_words_need_are_shown_as_they_are(text: str) -> None:
    assert text in Statement(id="s", speaker="a", content=text)._repr_html_()
