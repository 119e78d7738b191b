"""Let Sphinx build pages that also read well without it: turn plain Markdown into directives.

- An entry of the reference has its signature in a block of code, under a comment that names its owner.
  Sphinx shows it with links to its types and to the source.
- A row of a table in the entry of a class, whose first cell is the name of a field, is where links to that field lead.
- The pages that an `index.md` lists are its children.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SIGNATURE = re.compile(r"<!-- (\w+): (\S+) \S+ -->\n```python3\n(.*?)\n```\n", re.DOTALL)
FOR_OTHERS = re.compile(r"<!-- (?:entry: \S+|end) -->\n")
LISTED = re.compile(r"^(?:- |\| )\[[^]]*\]\(([\w/-]+)\.md\)", re.MULTILINE)


def read(_: Sphinx, docname: str, source: list[str]) -> None:
    """Change the text of a page before it is parsed."""
    text = SIGNATURE.sub(directive, source[0])
    text = FOR_OTHERS.sub("", text)
    if docname.endswith("/index") and (pages := LISTED.findall(text)):
        text += "\n".join(["", "```{toctree}", ":hidden:", "", *pages, "```", ""])
    source[0] = text


def directive(match: re.Match[str]) -> str:
    """Make a directive of a signature."""
    kind, module, lines = match.groups()
    signature = re.sub(r"\(\n +|,?\n\)", lambda end: end[0].strip(",\n "), re.sub(r",\n +", ", ", lines))
    options = [f":module: {module}"]
    if kind == "property":
        signature, _, type_ = signature.partition(": ")
        options.append(f":type: {type_}")
    elif kind == "classmethod":
        kind = "method"
        options.append(":classmethod:")
    return "\n".join([f"```{{py:{kind}}} {signature}", *options, "```", ""])


def note_fields(app: Sphinx, page: nodes.document) -> None:
    """Let links to the fields of a class lead to their rows in its table."""
    domain = app.env.domains.python_domain
    for section in page.findall(nodes.section):
        for owner in classes_in(section):
            for table in section.children:
                for row in table.findall(nodes.row) if isinstance(table, nodes.table | nodes.container) else ():
                    if name := name_in(row):
                        row["ids"] = [f"{owner}.{name}"]
                        domain.note_object(f"{owner}.{name}", "attribute", row["ids"][0], location=row)


def classes_in(section: nodes.section) -> Iterator[str]:
    """Yield the full names of the classes whose signatures stand in a section itself."""
    for child in section.children:
        if isinstance(child, addnodes.desc) and child["objtype"] in {"class", "exception"}:
            signature = next(child.findall(addnodes.desc_signature))
            yield f"{signature['module']}.{signature['fullname']}"


def name_in(row: nodes.row) -> str | None:
    """Return the code that is all of the first cell of a row, if it is a name."""
    text = row[0].astext()
    is_code = [type(node) for node in row[0].findall(nodes.literal)] == [nodes.literal]
    return text if is_code and text.isidentifier() and not isinstance(row.parent, nodes.thead) else None


def module_of(_: Sphinx, module: str, name: str) -> str | None:
    """Link the source of a property to that of its class."""
    owner, _, member = name.rpartition(".")
    if not owner:
        return None
    found = getattr(importlib.import_module(module), owner, None)
    return found.__module__ if isinstance(getattr(found, member, None), property) else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension; Sphinx calls this."""
    app.connect("source-read", read)
    app.connect("doctree-read", note_fields)
    app.connect("viewcode-follow-imported", module_of)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
