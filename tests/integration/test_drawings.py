"""Mermaid, in a browser, draws the picture, and takes no text for more than a label."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    Statement,
    ValidationError,
    from_json,
    load_article,
    strategies,
)
from geoclaims.interop import to_mermaid

OURS = Path(__file__).parents[1] / "hostile_labels.json"
THEIRS = Path("corpora", "hostile-strings", "blns.json")


def named(*names: str) -> Article:
    """An article in which texts stand wherever one can stand."""
    actors = [Actor(id=f"a{n}", name=name, role=name) for n, name in enumerate(names)]
    claims = [Allegation(id=f"s{n}", speaker=f"a{n}", content=name, accused=[f"a{n}"]) for n, name in enumerate(names)]
    return Article(id="example", actors=actors, statements=claims)


def hostile(*files: Path) -> list[Article]:
    """Articles with texts that are known to break programs, 25 in each."""
    found = []
    for text in chain.from_iterable(json.loads(file.read_text(encoding="utf-8")) for file in files):
        try:
            named(text)
        except ValidationError:  # not all of them are names
            continue
        found.append(text)
    return [named(*found[start : start + 25]) for start in range(0, len(found), 25)]


def any_articles() -> list[Article]:
    found: list[Article] = []

    @settings(max_examples=15, database=None, derandomize=True, phases=[Phase.generate])
    @given(strategies.articles(max_actors=4, max_statements=6))
    def collect(article: Article) -> None:
        found.append(article)

    collect()
    return found


def shown(article: Article) -> list[str]:
    """The texts in the boxes of the picture of an article, without white space."""
    labels = re.findall(r'^ +n[0-9]+\(?\["(.*)"\]\)?$', to_mermaid(article), re.MULTILINE)
    return [without_spaces(re.sub("#([0-9]+);", lambda number: chr(int(number[1])), label)) for label in labels]


def without_spaces(text: str) -> str:
    return "".join(text.split())


def covering(boxes: Sequence[Sequence[float]]) -> list[tuple[Sequence[float], Sequence[float]]]:
    """The boxes that cover each other."""
    return [
        (one, other)
        for one, other in combinations(boxes, 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


def pictured() -> list[Article]:
    """Articles in which much is denied, confirmed and reported by others, also between the same two."""
    invented = Path(__file__).parents[2] / "docs" / "gallery" / "harbour.json"
    actors = [Actor(id="a", name="A"), Actor(id="b", name="B", role="minister", on_behalf_of="a")]
    statements: list[Statement] = [
        Allegation(id="s1", speaker="a", content="We did.", accused=["a", "b"], reported_by=["a"]),
        Denial(id="s2", speaker="b", content="No.", denies=["s1"], reported_by=["b", "a"]),
        Denial(id="s3", speaker="b", content="Yes and no.", denies=["s1", "s2"], confirms=["s1", "s2"]),
    ]
    own = Article(id="own", actors=actors, statements=statements)
    return [load_article(), from_json(invented.read_bytes()), own]


PAGE = """<!doctype html>
<meta charset="utf-8">
<script>
let alerts = 0;
window.alert = window.confirm = window.prompt = () => { alerts += 1; };
</script>
<script src="mermaid.js"></script>
<body>
<div id="drawing"></div>
"""
DRAW = """async ([sources, securityLevel]) => {
  mermaid.initialize({ startOnLoad: false, securityLevel });
  const drawing = document.getElementById("drawing");
  const results = [];
  for (const [number, source] of sources.entries()) {
    try {
      const { svg } = await mermaid.render("picture" + number, source);
      drawing.innerHTML = svg;
      results.push({
        boxes: [...drawing.querySelectorAll(".node, .edgeLabel .label")].map(box => {
          const { left, top, right, bottom } = box.getBoundingClientRect();
          return [left, top, right, bottom];
        }).filter(([left, , right]) => right > left),
        labels: [...drawing.querySelectorAll(".node .nodeLabel")].map(label => label.textContent),
        elements: [...new Set([...drawing.querySelectorAll("*")].map(element => element.localName))],
        handlers: [...drawing.querySelectorAll("*")].flatMap(element => element.getAttributeNames())
          .filter(name => name.startsWith("on") || name.endsWith("href")),
      });
    } catch (error) {
      results.push({ error: String(error), source });
    }
  }
  return [results, alerts];
}"""
Draw = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def draw(browser: Any, node_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Draw]:
    """What a browser has after it drew each article with Mermaid, in which nothing called for attention."""
    file = tmp_path_factory.mktemp("mermaid") / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    file.with_name("mermaid.js").symlink_to(node_modules.absolute() / "mermaid" / "dist" / "mermaid.min.js")
    page = browser.new_page()
    page.goto(file.as_uri())

    def drawn(articles: Sequence[Article], level: str = "strict") -> list[dict[str, Any]]:
        drawings, alerts = page.evaluate(DRAW, [list(map(to_mermaid, articles)), level])
        assert alerts == 0
        return list(drawings)

    yield drawn
    page.close()


def test_mermaid_draws_no_label_over_another(draw: Draw) -> None:
    for article, drawing in zip(pictured(), draw(pictured()), strict=True):
        assert len(drawing["boxes"]) == len(shown(article)) + to_mermaid(article).count('>|"')
        assert covering(drawing["boxes"]) == []


def check_drawings(articles: Sequence[Article], drawings: Sequence[dict[str, Any]]) -> None:
    allowed = {"svg", "style", "g", "marker", "path", "circle", "rect", "line", "defs", "linearGradient", "stop"}
    allowed |= {"filter", "feDropShadow", "foreignObject", "div", "span", "p", "br", "text", "tspan", "polygon"}
    assert not [drawing for drawing in drawings if "error" in drawing]
    labels = [[without_spaces(label) for label in drawing["labels"]] for drawing in drawings]
    assert labels == list(map(shown, articles))
    for drawing in drawings:
        assert set(drawing["elements"]) <= allowed
        assert drawing["handlers"] == []


def test_mermaid_shows_every_text_as_it_is(draw: Draw, shared: Path) -> None:
    articles = [load_article(), *hostile(OURS, shared / THEIRS), *any_articles()]
    check_drawings(articles, draw(articles))


def test_no_text_gets_out_of_its_label_where_mermaid_trusts_its_source(draw: Draw) -> None:
    check_drawings(hostile(OURS), draw(hostile(OURS), level="loose"))
