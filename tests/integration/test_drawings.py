"""Mermaid, in a browser, draws the picture, and takes no text for more than a label."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
from collections.abc import Callable, Sequence
from itertools import chain, combinations
from pathlib import Path
from typing import Any

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


def test_mermaid_draws_no_label_over_another(program: Callable[[str], str], node_modules: Path, tmp_path: Path) -> None:
    sources = list(map(to_mermaid, pictured()))
    drawings, _ = drawn_by_mermaid(sources, tmp_path, node_modules, program("chromium"))
    for article, drawing in zip(pictured(), drawings, strict=True):
        assert len(drawing["boxes"]) == len(shown(article)) + to_mermaid(article).count('>|"')
        assert covering(drawing["boxes"]) == []


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
    assert labels == list(map(shown, articles))
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
