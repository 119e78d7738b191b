from __future__ import annotations

import re
from html import escape
from typing import Any

import attrs
import pytest
from bs4 import BeautifulSoup, Tag

from geoclaims import Actor, Article, Quantity, Span, Statement, load_article
from geoclaims.annotation import compare

BUNDLED = load_article()
A = Actor(id="a", name="A")
# What a notebook's own cleaning of HTML lets through.
TAGS = {
    "a", "article", "b", "bdi", "blockquote", "br", "caption", "code", "dd", "details", "div", "dl", "dt", "i", "li",
    "mark", "p", "span", "style", "summary", "table", "tbody", "td", "th", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    *("aria-label", "class", "data-actors", "data-answers", "data-number", "data-statement", "data-statements", "dir"),
    *("href", "lang", "open", "rel", "scope"),
}


def shown(thing: Any) -> Tag:
    """What a notebook shows of an object: one element, of what is allowed."""
    root = BeautifulSoup(thing._repr_html_(), "html.parser", multi_valued_attributes=None)
    assert {element.name for element in root.find_all()} <= TAGS
    assert {name for element in root.find_all() for name in element.attrs} <= ATTRIBUTES
    assert root.select("a[href^='#']") == []  # nor an id: a notebook may hold many articles
    (whole,) = root.children
    assert isinstance(whole, Tag)
    return whole


def texts(within: Tag, selector: str) -> list[str]:
    return [element.get_text("\n" if element.br else "") for element in within.select(selector)]


def rows(thing: Any) -> dict[str, str]:
    """The table of fields that stands for an object by itself, the name of its type first."""
    table = shown(thing)
    return dict(zip(texts(table, "caption, th"), ["", *texts(table, "td")], strict=True))


@pytest.mark.parametrize(("number", "last"), [(100, []), (101, ["and 1 more"]), (105, ["and 5 more"])])
def test_of_very_many_things_the_first_hundred_are_shown_and_the_rest_is_counted(number: int, last: list[str]) -> None:
    root = shown(Article(id="many", actors=[Actor(id=f"a{n}", name=f"Name {n}") for n in range(number)]))
    assert texts(root, "summary")[-1] == f"{number} actors"
    assert texts(root, ".actors code") == [f"a{n}" for n in range(100)]
    assert texts(root, "details > p") == last


def test_a_comparison_is_shown_as_its_page_in_which_text_is_nothing_but_text() -> None:
    one = Article(id="x", actors=[A], statements=[Statement(id="s", speaker="a", content="<b>")])
    comparison = compare(one, Article(id="x"))
    assert comparison._repr_html_() == f"<pre>{escape(str(comparison))}</pre>"


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
def test_every_type_shows_the_fields_that_are_given_and_links_addresses(thing: Any) -> None:
    given = {
        field.name: value
        for field in attrs.fields(type(thing))
        if (value := getattr(thing, field.name)) != field.default or field.default is attrs.NOTHING
    }
    assert rows(thing) == {type(thing).__name__: ""} | {
        name: "\n".join(map(str, value if isinstance(value, tuple) else [value])) for name, value in given.items()
    }
    assert [link["href"] for link in shown(thing).select("a")] == list(given.get("same_as", ()))


@pytest.mark.parametrize("thing", [BUNDLED, BUNDLED.actors[0], Quantity(minimum=1, unit="$x$")], ids=type)
def test_mathjax_of_either_version_passes_over_all_of_it(thing: object) -> None:
    root = shown(thing)
    assert root["class"] == "geoclaims tex2jax_ignore mathjax_ignore"
    assert [element for element in root.find_all() if "process" in str(element.get("class"))] == []


def luminance(colour: str) -> float:
    """How bright a colour is, as the guidelines for accessible content reckon it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_has_the_colour_of_the_page_and_what_is_drawn_can_be_seen_on_white_and_on_black() -> None:
    style = BUNDLED._repr_html_().partition("</style>")[0]
    assert set(re.findall(r"(?<![-\w])color: ([^;}]+?)(?: }|;)", style)) == {"inherit", "var(--faint)"}
    assert "--faint: color-mix(in srgb, currentColor 68%" in style
    colours = re.findall(r"--(?:allegation|denial|statement): (#\w{6})", style)
    assert len(colours) == 3
    for colour in map(luminance, colours):
        assert 1.05 / (colour + 0.05) >= 3
        assert (colour + 0.05) / (luminance("#111111") + 0.05) >= 3
