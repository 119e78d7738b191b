"""Makes links of public names: between backticks in pages and docstrings, and in the types of signatures.

A name that looks public and is documented nowhere is a warning, so that no page speaks of what is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import make_refnode

import geoclaims
import geoclaims.annotation
import geoclaims.interop
import geoclaims.strategies

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

PUBLIC = {
    *geoclaims.__all__,
    *(f"annotation.{name}" for name in geoclaims.annotation.__all__),
    *(f"interop.{name}" for name in geoclaims.interop.__all__),
    *(f"strategies.{name}" for name in getattr(geoclaims.strategies, "__all__", ())),
}
NO_LINK_WITHIN = (nodes.title, nodes.reference, addnodes.pending_xref, addnodes.desc_signature)


def public_name(code: str) -> str | None:
    """The full name of what a piece of code names, if that is public or within what is."""
    name = re.sub(r"^geoclaims(\._\w+)*\.", "", code).removesuffix("()")
    if not re.fullmatch(r"\w+(\.\w+)*", name):
        return None
    for package in (geoclaims.annotation, geoclaims.interop):
        if name in package.__all__:  # whose names say enough by themselves
            return f"{package.__name__}.{name}"
    first, second = name.split(".")[0], ".".join(name.split(".")[:2])
    return f"geoclaims.{name}" if first in PUBLIC or second in PUBLIC else None


def link_names(app: Sphinx, page: nodes.document) -> None:
    """Make a link of each piece of code in a page that is a public name."""
    for literal in list(page.findall(nodes.literal)):
        name = public_name(literal.astext())
        if name is None or any(isinstance(above, NO_LINK_WITHIN) for above in ancestors(literal)):
            continue
        docname = app.env.current_document.docname
        link = addnodes.pending_xref("", refdomain="py", reftype="obj", reftarget=name, refdoc=docname, refwarn=True)
        literal.replace_self(link)
        link += literal


def ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    """What a node stands in, the nearest first."""
    while (node := node.parent) is not None:
        yield node


def resolve(
    app: Sphinx, env: BuildEnvironment, link: addnodes.pending_xref, content: nodes.TextElement
) -> nodes.Node | None:
    """Where a name leads that Sphinx does not know as it is written."""
    if link.get("refdomain") != "py":
        return None
    entry = env.domains.python_domain.objects.get(public_name(link["reftarget"]) or "")
    return entry and make_refnode(app.builder, link["refdoc"], entry.docname, entry.node_id, content)


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("doctree-read", link_names)
    app.connect("missing-reference", resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
