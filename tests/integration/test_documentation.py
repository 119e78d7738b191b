"""The documentation as a browser shows it: to the eye, to the keyboard, to whoever cannot see, and to who searches."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ["404", "genindex", "search", *(str(page.relative_to(DOCS).with_suffix("")) for page in DOCS.rglob("*.md"))]
COLOURED = {"404", "gallery", "index", "reference/command-line", "reference/models", "search"}
"""Pages that have, together, whatever has a colour: text, links, tables, signatures, and code in many languages."""

FOLDER = "/docs/en/"
"""Where the server keeps the site; the site does not know it."""


class Server(SimpleHTTPRequestHandler):
    """Serves the site from a folder, and its page 404 for what is not there, as servers of documentation do."""

    def translate_path(self, path: str) -> str:
        """The file of an address."""
        return super().translate_path("/" + path.removeprefix(FOLDER) if path.startswith(FOLDER) else "/nowhere")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the page of the site."""
        self.error_message_format = Path(self.directory, "404.html").read_text("utf-8").replace("%", "%%")
        super().send_error(code, message, explain)

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def site(library: Callable[[str], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the documentation is served, built from its sources."""
    for name in ("sphinx", "furo", "myst_parser", "sphinx_copybutton"):
        library(name)
    folder = tmp_path_factory.mktemp("site")
    subprocess.run([sys.executable, "-m", "sphinx", "-q", DOCS, folder], check=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{FOLDER}"
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser: Any, site: str) -> Iterator[Any]:
    """An empty page, which must ask nothing of any other machine."""
    context = browser.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    yield context.new_page()
    context.close()
    assert [url for url in requests if not url.startswith((site.removesuffix(FOLDER), "data:"))] == []


SCROLLS = """[...document.querySelectorAll('article *')].filter(element =>
    element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX)
).map(element => element.outerHTML.slice(0, 80))"""


def test_nothing_of_a_page_scrolls_sideways_on_a_phone_and_axe_finds_nothing_wrong(page: Any, axe: str) -> None:
    wrong: list[Any] = []
    for name in PAGES:
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(f"{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        wrong += [(name, element) for element in page.evaluate(SCROLLS)]
        page.evaluate(axe)
        # The sidebar, which is the same on every page, is looked at on one; colours are, on those that have them all.
        context = "document" if name == "index" else "{exclude: ['.sidebar-drawer']}"
        rules = f"rules: {{'color-contrast': {{enabled: {str(name in COLOURED).lower()}}}}}"
        for width, scheme in ((390, "light"), (1280, "dark"))[: 2 if name in COLOURED else 1]:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(f"axe.run({context}, {{resultTypes: ['violations'], {rules}}})")["violations"]
            wrong += [(name, scheme, rule["id"], node["html"]) for rule in found for node in rule["nodes"]]
        page.emulate_media(color_scheme="light")
    assert wrong == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("highlight", "reference/interop"),
        ("visualise", "reference/interop"),
        ("Jupyter", "reference/interop"),
        ("kappa", "study/compare-two-annotators"),
        ("pandas", "study/tables"),
        ("dataset", "study/data-card"),
        ("license", "questions"),
        ("offline", "install"),
        ("truth", "why/index"),
        ("with_text", "reference/models"),
    ],
)
def test_the_search_finds_the_page_for_a_word_that_people_look_for(word: str, expected: str, page: Any) -> None:
    page.goto(f"search.html?q={word}")
    page.locator(".search-summary").get_by_text("Search finished").wait_for()
    links = [link.get_attribute("href") for link in page.locator("ul.search > li > a").all()]
    assert [link for link in links if link.startswith(f"{expected}.html")]


@pytest.mark.parametrize("address", ["nothing.html", "study/nothing.html", "no/such/folder/"])
def test_the_page_for_what_is_not_there_leads_into_the_documentation(address: str, page: Any, site: str) -> None:
    assert page.goto(address).status == 404
    page.wait_for_function("document.baseURI !== location.href")
    page.get_by_role("link", name="its first page").click()
    page.wait_for_url(f"{site}index.html")
    assert page.title().startswith("geoclaims")
