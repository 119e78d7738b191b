"""Add to pages what browsers, search engines and screen readers need: descriptions, levels, regions that scroll.

If a table with explanations does not fit, its cells are stacked. Other tables and drawings scroll sideways.
A region that scrolls has a name and can be focused, so that the arrow keys move it. `geoclaims.css` draws a shadow at
each edge with more content beyond it.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

AFTER_FURO = 900
"""Furo, whose priorities are the usual 500, puts each table into a container and makes the tree of pages first."""

WIDTH_OF_A_PHONE = 36
"""Characters that fit on a line of a narrow phone."""

WIDTH_OF_A_PAGE = 72
"""Characters of code that fit on a line where nothing stacks."""

BETWEEN_COLUMNS = 2
"""The space between two columns of a table, in characters."""

DESCRIPTION = 200
"""Characters of a description that search engines show."""

PARAMETERS = re.compile(
    r'<dl>\s*(<dd><em class="sig-param">.*?</dd>)\s*</dl>(?=\s*<span class="sig-paren">)', re.DOTALL
)


class scrolling(nodes.container):  # noqa: N801  # nodes have lower case names, from which visitors get theirs
    """A region that scrolls sideways if it does not fit."""


def visit_scrolling(writer: HTML5Translator, node: scrolling) -> None:
    """Begin a region that can be focused and has a name."""
    attributes = {"role": "group", "tabindex": "0", "aria-label": node["label"]}
    writer.body.append(writer.starttag(node, "div", CLASS="scrolling", **attributes))


def depart_scrolling(writer: HTML5Translator, _: scrolling) -> None:
    """End the region."""
    writer.body.append("</div>\n")


class MakeRoom(SphinxPostTransform):
    """Lets what may be wider than a phone stack or scroll: tables, and text that is drawn with characters."""

    default_priority = AFTER_FURO
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Mark tables that stack, and put what scrolls into regions."""
        for table in list(self.document.findall(nodes.table)):
            columns = columns_of(table)
            narrowest = sum(BETWEEN_COLUMNS + max(map(longest_word, column)) for column in columns)
            is_prose = any(len(text) > WIDTH_OF_A_PHONE for text in columns[-1])
            stacks = is_prose and (len(columns) == 3 or (len(columns) == 2 and narrowest > WIDTH_OF_A_PHONE))
            if stacks:
                table["classes"].append("stacks")
            if narrowest > (WIDTH_OF_A_PAGE if stacks else WIDTH_OF_A_PHONE):
                wrap(table.parent, table, "Table")
        for block in list(self.document.findall(nodes.literal_block)):
            longest = max(map(len, block.astext().splitlines()), default=0)
            if block.get("language") == "text" and longest > WIDTH_OF_A_PHONE:
                wrap(block, block, "Text")


def columns_of(table: nodes.table) -> list[tuple[str, ...]]:
    """Return the texts in each column of a table."""
    rows = [[entry.astext() for entry in row.findall(nodes.entry)] for row in table.findall(nodes.row)]
    return list(zip(*rows, strict=False))


def longest_word(text: str) -> int:
    """Return the length of the longest word, which a column cannot be narrower than."""
    return max(map(len, text.split()), default=0)


def wrap(old: nodes.Element, content: nodes.Element, kind: str) -> None:
    """Put content into a region that is named after the section it stands in."""
    section = old.parent
    while not isinstance(section, nodes.section) and section.parent is not None:
        section = section.parent
    title = section.next_node(nodes.title)
    region = scrolling(label=f"{kind}: {title.astext()}" if title else kind)
    old.replace_self(region)
    region += content


def first_words(page: nodes.document | None) -> str | None:
    """Return the whole sentences with which a page begins, as far as a description is long."""
    paragraph = page and page.next_node(nodes.paragraph)
    if not paragraph:
        return None
    text = " ".join(paragraph.astext().split()).rstrip(":")
    if len(text) <= DESCRIPTION:
        return text
    end = text.rfind(". ", 0, DESCRIPTION) + 1
    return text[:end] if end else text[: text.rfind(" ", 0, DESCRIPTION)] + " …"


def describe(app: Sphinx, _: str, __: str, context: dict[str, Any], page: nodes.document | None) -> None:
    """Give a page its description, and the title under which others link to it. Neither names a host."""
    description = first_words(page) or app.config.description
    title = re.sub(r"<[^>]+>", "", context.get("title") or app.config.project)
    context["metatags"] = context.get("metatags", "") + "".join(
        f'\n    <meta {kind}="{name}" content="{escape(content)}">'
        for kind, name, content in (
            ("name", "description", description),
            ("property", "og:title", title),
            ("property", "og:description", description),
            ("property", "og:type", "website"),
            ("property", "og:site_name", app.config.project),
        )
    )


def make_accessible(_: Sphinx, __: str, ___: str, context: dict[str, Any], ____: nodes.document | None) -> None:
    """Give headings their level, and remove list markup from signatures, which are not lists: Sphinx does neither."""
    for part in ("body", "furo_navigation_tree"):
        if html := context.get(part):
            html = html.replace('role="heading">', 'role="heading" aria-level="2">')
            context[part] = PARAMETERS.sub(as_lines, html)


def as_lines(parameters: re.Match[str]) -> str:
    """Return the parameters of a signature as lines."""
    lines = parameters[1].replace("<dd>", "<div>").replace("</dd>", "</div>")
    return f'<div class="sig-params">{lines}</div>'


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension; Sphinx calls this."""
    app.add_config_value("description", "", "html")
    app.add_node(scrolling, html=(visit_scrolling, depart_scrolling))
    app.add_post_transform(MakeRoom)
    app.connect("html-page-context", describe)
    app.connect("html-page-context", make_accessible, priority=AFTER_FURO)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
