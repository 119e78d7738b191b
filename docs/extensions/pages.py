"""Add to pages what browsers, search engines, phones and screen readers need, such as descriptions and levels."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

AFTER_FURO = 900
"""Furo, whose priorities are the usual 500, puts each table into a container and makes the tree of pages first."""

WIDTH_OF_A_PHONE = 36
"""Characters that fit on a line of a narrow phone."""

BETWEEN_COLUMNS = 2
"""The space between two columns of a table, in characters."""

DESCRIPTION = 200
"""Characters of a description that search engines show."""


class StackTables(SphinxPostTransform):
    """Mark the tables that are wider than a phone, so that the style sheet stacks their cells there."""

    default_priority = AFTER_FURO
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Mark tables, and give each cell the title of its column, which is shown where cells are stacked."""
        for table in self.document.findall(nodes.table):
            columns = columns_of(table)
            narrowest = sum(BETWEEN_COLUMNS + max(map(longest_word, column)) for column in columns)
            is_prose = any(len(text) > WIDTH_OF_A_PHONE for text in columns[-1])
            if narrowest > WIDTH_OF_A_PHONE or (is_prose and len(columns) > 2):
                table["classes"].append("stacks")
                if len(columns) > 2:
                    label_cells(table, [title for title, *_ in columns])


def columns_of(table: nodes.table) -> list[tuple[str, ...]]:
    """Return the texts in each column of a table, the title first."""
    rows = [[entry.astext() for entry in row.findall(nodes.entry)] for row in table.findall(nodes.row)]
    return list(zip(*rows, strict=False))


def longest_word(text: str) -> int:
    """Return the length of the longest word, which a column cannot be narrower than."""
    return max(map(len, text.split()), default=0)


def label_cells(table: nodes.table, titles: list[str]) -> None:
    """Put the title of its column before the content of each cell but the first of a row."""
    for body in table.findall(nodes.tbody):
        for row in body.findall(nodes.row):
            for title, cell in list(zip(titles, row.findall(nodes.entry), strict=True))[1:]:
                if cell.children and title:
                    cell.children[0].insert(0, nodes.inline("", f"{title}: ", classes=["column"]))


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
    """Give headings their level, which Sphinx does not do."""
    for part in ("body", "furo_navigation_tree"):
        if html := context.get(part):
            context[part] = html.replace('role="heading">', 'role="heading" aria-level="2">')


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension; Sphinx calls this."""
    app.add_config_value("description", "", "html")
    app.add_post_transform(StackTables)
    app.connect("html-page-context", describe)
    app.connect("html-page-context", make_accessible, priority=AFTER_FURO)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
