"""Follows every link of the built site, and looks that no page asks anything of another machine.

    python docs/check_links.py docs/_build/html

Sphinx checks the references that it makes itself. This looks at the pages as a browser gets them: also at what stands
in raw HTML, in pictures and in style sheets.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADS = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("object", "data"),
}


class Page(HTMLParser):
    """The places and the links of one page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element's places and links."""
        for name, value in attrs:
            if name in {"id", "name"} and value:
                self.anchors.add(value)
            elif (tag, name) in LOADS and value:
                self.loads.append(value)
            elif name in {"href", "xlink:href"} and value:
                self.links.append(value)


def broken(site: Path) -> Iterator[str]:
    """What leads nowhere, or elsewhere than to this site where a page would load it by itself."""
    pages = {path: Page(path) for path in site.rglob("*.html")}
    for path, page in pages.items():
        name = path.relative_to(site)
        yield from (f"{name}: loads {load}" for load in page.loads if urlsplit(load).netloc)
        for link in (*page.links, *page.loads):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                yield f"{name}: {link} leads to no file"
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
                yield f"{name}: {link} leads to no place in its page"
    for sheet in site.rglob("*.css"):
        for url in re.findall(r"url\(\s*[\"']?(?!data:)([^\"')]+)|@import\s+[\"']([^\"']+)", sheet.read_text("utf-8")):
            if urlsplit(url := "".join(url)).netloc:
                yield f"{sheet.relative_to(site)}: loads {url}"


def main() -> None:
    """Print what is broken, and fail if anything is."""
    found = sorted(set(broken(Path(sys.argv[1]).resolve())))
    print("\n".join(found) or "every link leads somewhere, and nothing is loaded from elsewhere")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
