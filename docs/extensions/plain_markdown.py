"""Show more on the site than plain Markdown does, from what both have.

- The pages that an `index.md` lists are its children.
- A paragraph that is only a link to an example shows the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

EXAMPLE = re.compile(r"^\[(\w+\.(py|sql))\]\((\.\./examples/\1)\)$", re.MULTILINE)
LISTED = re.compile(r"^(?:- |\| )\[[^]]*\]\(((?:\.\./)?[\w/-]+)\.md\)", re.MULTILINE)


def read(_: Sphinx, docname: str, source: list[str]) -> None:
    """Change the text of a page before it is parsed."""
    text = EXAMPLE.sub(r"```{literalinclude} \3\n:caption: \1\n:language: \2\n```", source[0])
    if docname.endswith("/index") and (pages := LISTED.findall(text)):
        text += "\n".join(["", "```{toctree}", ":hidden:", "", *pages, "```", ""])
    source[0] = text


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension; Sphinx calls this."""
    app.connect("source-read", read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
