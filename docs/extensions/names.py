"""Turn public names in backticks into links to the reference: to headings, and to the rows of fields in tables.

A name that looks public but is not documented is a warning, so that no page mentions names that were removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from tools.write_reference import MODULES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ALONE = MODULES[:4]
"""The modules whose names are linked without a prefix; those of strategies are common words."""
PREFIXED = {f"{module.__name__}.{name}" for module in MODULES[1:] for name in module.__all__}
NO_LINK_WITHIN = (nodes.title, nodes.reference, addnodes.pending_xref)


def public_name(code: str) -> str | None:
    """Return the full name of what a piece of code names, if it is public or a member of something public."""
    name = re.sub(r"^geoclaims(\._\w+)*\.", "", code).removesuffix("()")
    if not re.fullmatch(r"\w+(\.\w+)*", name):
        return None
    if found := full_name(name, ALONE):
        return found
    return f"geoclaims.{name}" if ".".join(f"geoclaims.{name}".split(".")[:3]) in PREFIXED else None


def full_name(name: str, modules: tuple[ModuleType, ...] = MODULES) -> str | None:
    """Return the name of something public, or of a member of it, with that of its module."""
    found = [module.__name__ for module in modules if name.partition(".")[0] in module.__all__]
    return f"{found[0]}.{name}" if found else None


class NoteNames(SphinxTransform):
    """Note the headings of public names, and the rows of their fields, as places to which links lead."""

    default_priority = 800
    """Before Sphinx collects the entries of its index."""

    def apply(self, **_: Any) -> None:
        """Look at a page of the reference."""
        if not self.env.current_document.docname.startswith("reference/"):
            return
        for section in self.document.findall(nodes.section):
            code = code_in(section[0]) or ""
            # On the second level, files have the names of strategies: `actors.csv`.
            if isinstance(section.parent.parent, nodes.section) and (name := full_name(code)):
                self.note(name, section)
                section.insert(1, addnodes.index(entries=[("single", code, name, "", None)]))
                for table in (child for child in section.children if isinstance(child, nodes.table)):
                    for row in table.findall(nodes.row):
                        if (field := code_in(row[0]) or "").isidentifier():
                            self.note(f"{name}.{field}", row)

    def note(self, name: str, place: nodes.Element) -> None:
        """Note where a name is documented."""
        place["ids"].append(name)
        self.env.domains.python_domain.note_object(name, "data", name, location=place)


def code_in(element: nodes.Element) -> str | None:
    """Return the code that is all of an element, such as a heading."""
    text = element.astext()
    return text if [node.astext() for node in element.findall(nodes.literal)] == [text] else None


def link_names(app: Sphinx, page: nodes.document) -> None:
    """Turn each public name in code on a page into a link."""
    for literal in list(page.findall(nodes.literal)):
        name = public_name(literal.astext())
        if name is None or any(isinstance(above, NO_LINK_WITHIN) for above in ancestors(literal)):
            continue
        docname = app.env.current_document.docname
        link = addnodes.pending_xref("", refdomain="py", reftype="obj", reftarget=name, refdoc=docname, refwarn=True)
        literal.replace_self(link)
        link += literal


def ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    """Iterate over the parents of a node, the nearest first."""
    while (node := node.parent) is not None:
        yield node


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension; Sphinx calls this."""
    app.add_transform(NoteNames)
    app.connect("doctree-read", link_names)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
