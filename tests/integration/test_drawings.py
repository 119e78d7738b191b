"""Graphviz, and Mermaid in a browser, draw the pictures, and take no text for more than a label."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

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
from geoclaims._messages import visible
from geoclaims.interop.graphs import edges, to_dot, to_mermaid

OURS = Path(__file__).parents[1] / "hostile_labels.json"
THEIRS = Path("corpora", "hostile-strings", "blns.json")
SVG = "{http://www.w3.org/2000/svg}"


def named(name: str) -> Article:
    """An article in which a text stands wherever one can stand."""
    actors = [Actor(id="a", name=name), Actor(id="b", name="B", role=name, on_behalf_of="a")]
    statements: list[Statement] = [
        Allegation(id="s1", speaker="a", content=name, accused=["b"]),
        Denial(id="s2", speaker="b", content="No.", denies=["s1"]),
    ]
    return Article(id="example", actors=actors, statements=statements)


def hostile(*files: Path) -> list[Article]:
    """Articles with texts that are known to break programs."""
    found = []
    for text in chain.from_iterable(json.loads(file.read_text(encoding="utf-8")) for file in files):
        try:
            found.append(named(text))
        except ValidationError:  # not all of them are names
            continue
    return found


def any_articles() -> list[Article]:
    found: list[Article] = []

    @settings(max_examples=30, database=None, derandomize=True, phases=[Phase.generate])
    @given(strategies.articles(max_actors=4, max_statements=6))
    def collect(article: Article) -> None:
        found.append(article)

    collect()
    return found


def shown(article: Article) -> list[str]:
    """The texts in the boxes of the picture of an article, without white space."""
    labels = []
    for id in dict.fromkeys(id for edge in edges(article) for id in (edge.source, edge.target)):
        thing = article.resolve(id)
        if isinstance(thing, Statement):
            paragraphs = [thing.content]
        else:
            principal = [] if thing.on_behalf_of is None else ["for", article.actor(thing.on_behalf_of).name]
            paragraphs = [thing.name, " ".join([*([thing.role] if thing.role else []), *principal])]
        texts = [visible(" ".join(paragraph.split())) for paragraph in paragraphs]
        labels.append(", ".join(text if len(text) <= 200 else text[:199] + "…" for text in texts if text))
    return list(map(without_spaces, labels))


def without_spaces(text: str) -> str:
    return "".join(text.split())


def drawn_by_graphviz(articles: Sequence[Article], dot: str) -> list[list[str]]:
    """The texts in the boxes of the pictures that Graphviz draws, without white space."""
    source = "".join(map(to_dot, articles))
    drawing = subprocess.run([dot, "-Tsvg"], input=source.encode(), capture_output=True, check=True, timeout=100)
    assert drawing.stderr == b""
    documents = drawing.stdout.decode().split("<?xml ")[1:]
    return [list(texts_in(ElementTree.fromstring(f"<?xml {document}"))) for document in documents]  # noqa: S314


def texts_in(drawing: ElementTree.Element) -> Iterator[str]:
    """The texts in the boxes of an SVG, in the order of their numbers; there may be nothing but what we draw in it."""
    assert {part.tag.removeprefix(SVG) for part in drawing.iter()} <= {"svg", "g", "title", "polygon", "path", "text"}
    boxes = [group for group in drawing.iter(f"{SVG}g") if group.get("class") == "node"]
    for box in sorted(boxes, key=lambda box: int(box.findtext(f"{SVG}title", "").removeprefix("n"))):
        yield without_spaces("".join("".join(text.itertext()) for text in box.iter(f"{SVG}text")))


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


@pytest.mark.parametrize("article", pictured(), ids=lambda article: article.id)
def test_graphviz_draws_no_label_over_another(article: Article, program: Callable[[str], str]) -> None:
    command = [program("dot"), "-Tjson"]
    drawing = subprocess.run(command, input=to_dot(article).encode(), capture_output=True, check=True, timeout=100)
    graph = json.loads(drawing.stdout)
    boxes = []
    for node in graph["objects"]:
        x, y = map(float, node["pos"].split(","))
        width, height = float(node["width"]) * 36, float(node["height"]) * 36  # half of it, in points
        boxes.append((x - width, y - height, x + width, y + height))
    for edge in graph["edges"]:
        lines = [one for one in edge["_ldraw_"] if one["op"] == "T"]
        x, y = lines[0]["pt"][0], sum(line["pt"][1] for line in lines) / len(lines)
        width, height = max(line["width"] for line in lines) / 2, 5 * len(lines)
        boxes.append((x - width, y - height, x + width, y + height))
    assert covering(boxes) == []


def test_mermaid_draws_no_label_over_another(program: Callable[[str], str], node_modules: Path, tmp_path: Path) -> None:
    sources = list(map(to_mermaid, pictured()))
    drawings, _ = drawn_by_mermaid(sources, tmp_path, node_modules, program("chromium"))
    for article, drawing in zip(pictured(), drawings, strict=True):
        names = {id for edge in edges(article) for id in (edge.source, edge.target)}
        assert len(drawing["boxes"]) == len(names) + len(edges(article))
        assert covering(drawing["boxes"]) == []


def test_graphviz_shows_every_text_as_it_is(program: Callable[[str], str], shared: Path) -> None:
    articles = [load_article(), *hostile(OURS, shared / THEIRS), *any_articles()]
    # where Mermaid has a comma between name and office, Graphviz has a new line
    drawn = [[label.replace(",", "") for label in labels] for labels in drawn_by_graphviz(articles, program("dot"))]
    assert drawn == [[label.replace(",", "") for label in shown(article)] for article in articles]


PAGE = """<!doctype html>
<meta charset="utf-8">
<script>
let alerts = 0;
window.alert = window.confirm = window.prompt = () => { alerts += 1; };
</script>
<script src="mermaid.js"></script>
<body>
<div id="drawing"></div>
<script type="module">
const sources = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob("SOURCES"), c => c.charCodeAt(0))));
mermaid.initialize({ startOnLoad: false, securityLevel: "LEVEL" });
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
const result = document.createElement("pre");
result.id = "result";
const bytes = new TextEncoder().encode(JSON.stringify({ results, alerts }));
for (let i = 0; i < bytes.length; i += 30000)
  result.append(btoa(String.fromCharCode(...bytes.slice(i, i + 30000))));
drawing.replaceChildren();
document.body.append(result);
</script>
"""


def drawn_by_mermaid(
    sources: Sequence[str], folder: Path, node_modules: Path, chromium: str, level: str = "strict"
) -> tuple[list[dict[str, Any]], int]:
    """What a browser has after it drew each source with Mermaid, and how often something called for attention."""
    (folder / "mermaid.js").write_bytes((node_modules / "mermaid" / "dist" / "mermaid.min.js").read_bytes())
    encoded = base64.b64encode(json.dumps(list(sources)).encode()).decode()
    (folder / "page.html").write_text(PAGE.replace("SOURCES", encoded).replace("LEVEL", level), encoding="utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    command += [f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=1000000000", "--timeout=600000"]
    page = (folder / "page.html").as_uri()
    browser = subprocess.Popen(
        [*command, "--dump-dom", page], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        dom, _ = browser.communicate(timeout=600)
    finally:
        if browser.poll() is None:
            os.killpg(browser.pid, signal.SIGKILL)
    written = re.search('<pre id="result">([^<]*)</pre>', dom.decode())
    assert written, "the browser has not drawn"
    result = json.loads(base64.b64decode(written[1]))
    return result["results"], result["alerts"]


def check_drawings(articles: Sequence[Article], drawings: Sequence[dict[str, Any]]) -> None:
    allowed = {"svg", "style", "g", "marker", "path", "circle", "rect", "line", "defs", "linearGradient", "stop"}
    allowed |= {"filter", "feDropShadow", "foreignObject", "div", "span", "p", "br", "text", "tspan", "polygon"}
    assert not [drawing for drawing in drawings if "error" in drawing]
    labels = [[without_spaces(label) for label in drawing["labels"]] for drawing in drawings]
    # with this letter Mermaid marks what it encodes
    assert labels == [[label.replace("ﬂ", "fl") for label in shown(article)] for article in articles]
    for drawing in drawings:
        assert set(drawing["elements"]) <= allowed
        assert drawing["handlers"] == []


def test_mermaid_shows_every_text_as_it_is(
    program: Callable[[str], str], node_modules: Path, shared: Path, tmp_path: Path
) -> None:
    articles = [load_article(), *hostile(OURS, shared / THEIRS), *any_articles()]
    sources = list(map(to_mermaid, articles))
    drawings, alerts = drawn_by_mermaid(sources, tmp_path, node_modules, program("chromium"))
    check_drawings(articles, drawings)
    assert alerts == 0


def test_no_text_gets_out_of_its_label_where_mermaid_trusts_its_source(
    program: Callable[[str], str], node_modules: Path, tmp_path: Path
) -> None:
    articles = hostile(OURS)
    sources = list(map(to_mermaid, articles))
    drawings, alerts = drawn_by_mermaid(sources, tmp_path, node_modules, program("chromium"), level="loose")
    check_drawings(articles, drawings)
    assert alerts == 0
