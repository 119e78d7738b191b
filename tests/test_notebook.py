from __future__ import annotations

import re
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, ActorKind, Allegation, Article, Denial, DenialKind, Quantity, Span, Statement, load_article

BUNDLED = load_article()
TAGS = {
    *("b", "bdi", "br", "caption", "code", "details", "div", "p", "small", "summary"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
ATTRIBUTES = {"class", "open", "scope", "style"}


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
        if tag in {"td", "th", "summary", "caption", "p"}:
            self.cells.append("")
        elif tag in {"br", "div"} and self.cells:
            self.cells[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.cells[-1] += data

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")


def shown(thing: object) -> Page:
    """What a notebook shows of an object."""
    return Page(thing._repr_html_())  # type: ignore[attr-defined]


def test_an_article_shows_each_allegation_with_its_speaker_the_accused_and_those_who_deny_it() -> None:
    cells = shown(BUNDLED).cells
    for allegation in BUNDLED.allegations:
        place = next(number for number, cell in enumerate(cells) if cell.startswith(allegation.content))
        _, speaker, accused, denied = cells[place : place + 4]
        assert speaker.startswith(BUNDLED.actor(allegation.speaker).name)
        assert all(BUNDLED.actor(id).name in accused for id in allegation.accused)
        assert (denied == "nobody in this article") == (not BUNDLED.denials_of(allegation))
        for denial in BUNDLED.denials_of(allegation):
            assert f"{str(denial.kind).replace('_', '-')} denial\n{denial.content}" in denied


def test_an_article_shows_every_statement_and_actor() -> None:
    cells = shown(BUNDLED).cells
    contents = {cell.partition("\n")[0] for cell in cells}
    assert [statement.id for statement in BUNDLED.statements if statement.content not in contents] == []
    assert [actor.id for actor in BUNDLED.actors if actor.id not in cells] == []


def test_an_article_is_shown_by_allegations_other_statements_and_actors() -> None:
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
            Allegation(id="s2", speaker="eye", content="They left.", accused=["state"]),
            Statement(id="s3", speaker="eye", content="It was dark.", basis="his words", confirms=["s2"]),
            Denial(id="s4", speaker="lin", content="No.", denies=["s1", "s3"], kind=DenialKind.NO_EVIDENCE),
            Denial(id="s5", speaker="office", content="Never.", denies=["s1"]),
        ],
    )
    page = shown(article)
    lin = "Lin (spokesman, for Press, for Desk, for Office, …)"
    assert page.cells == [
        "harbour",
        "2 allegations",
        *("Statement", "Speaker", "Accused", "Denied by"),
        *("They came.\n“We saw”", "a witness (unnamed)", "A State\nDesk (for Office, for A State)"),
        f"{lin}: no-evidence denial\nNo.\nOffice (for A State): denial\nNever.",
        *("They left.\nconfirmed by a witness (unnamed)", "a witness (unnamed)", "A State", "nobody in this article"),
        "3 other statements",
        *("Statement", "Speaker", "Denied by"),
        *("It was dark.\nbasis: his words", "a witness (unnamed)", f"{lin}: no-evidence denial\nNo."),
        *("No.", lin, ""),
        *("Never.", "Office (for A State)", ""),
        "6 actors",
        *("Actor", "What else is told", "Id"),
        *("A State", "state, CHN, also “The Capital”, “PRC”", "state"),
        *("Office (for A State)", "", "office"),
        *("Desk (for Office, for A State)", "", "desk"),
        *("Press (for Desk, for Office, for A State)", "", "press"),
        *(lin, "", "lin"),
        *("a witness (unnamed)", "", "eye"),
    ]
    assert article._repr_html_().count("<details open>") == 1
    assert "<details open><summary>2 allegations" in article._repr_html_()


def test_an_article_is_called_by_its_title_and_otherwise_by_its_id() -> None:
    assert shown(Article(id="empty")).cells == ["empty", "0 allegations", "0 other statements", "0 actors"]
    assert shown(Article(id="empty", title="A title")).cells[0] == "A title"


def test_a_claim_shows_its_quotes_numbers_and_basis() -> None:
    claim = Statement(
        id="s", speaker="a", content="C.", quotes=["Q"], quantities=[Quantity(minimum=1, unit="x")], basis="photographs"
    )
    article = Article(id="a1", actors=[Actor(id="a", name="A")], statements=[claim])
    cells = shown(article).cells
    assert "C.\n“Q”\nat least 1 x\nbasis: photographs" in cells
    assert {"0 allegations", "1 other statement", "1 actor"} <= set(cells)


def test_of_very_many_things_the_first_hundred_are_shown_and_the_rest_is_counted() -> None:
    actors = [Actor(id=f"a{number}", name=f"Name {number}") for number in range(105)]
    cells = shown(Article(id="many", actors=actors)).cells
    assert "105 actors" in cells
    assert "Name 99" in cells
    assert "Name 100" not in cells
    assert cells[-1] == "and 5 more"
    assert shown(Article(id="many", actors=actors[:101])).cells[-1] == "and 1 more"
    assert shown(Article(id="many", actors=actors[:100])).cells[-1] == "a99"


@pytest.mark.parametrize(
    "thing",
    [
        BUNDLED.actors[0],
        BUNDLED.allegations[0],
        BUNDLED.denials[0],
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
    assert html.startswith('<div class="tex2jax_ignore mathjax_ignore">')
    ends = [place.end() for place in re.finditer("</?div", html)]
    depth = [html.count("<div", 0, end) - html.count("</div", 0, end) for end in ends]
    assert min(depth[:-1]) == 1
    assert depth[-1] == 0
    assert html.endswith("</div>")
    assert shown(thing).attributes["class"] == {"tex2jax_ignore mathjax_ignore"}


def test_all_colours_are_those_of_the_page() -> None:
    things = (BUNDLED, BUNDLED.actors[0])
    styles = {style for thing in things for style in shown(thing).attributes["style"]}
    properties = {part.partition(":")[0].strip() for style in styles for part in style.split(";")}
    assert not {name for name in properties if "color" in name or "background" in name}
    assert all("border-top: 1px solid rgba(128, 128, 128, 0.5)" in style for style in styles if "border-top" in style)


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
