"""Make the pages that an `index.md` lists its children, so that the list is written once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LISTED = re.compile(r"^(?:- |\| )\[[^]]*\]\(((?:\.\./)?[\w/-]+)\.md\)", re.MULTILINE)


def add_children(_: Sphinx, docname: str, source: list[str]) -> None:
    """Add a hidden tree of the pages that are listed, before the page is parsed."""
    if docname.endswith("/index") and (pages := LISTED.findall(source[0])):
        source[0] += "\n".join(["", "```{toctree}", ":hidden:", "", *pages, "```", ""])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension; Sphinx calls this."""
    app.connect("source-read", add_children)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
