"""Turn public names in backticks, and the types in signatures, into links.

A name that looks public but is not documented is a warning, so that no page mentions names that were removed. Links to
the documentation of other projects follow a rule for each project; nothing of theirs is fetched or kept here.
"""

from __future__ import annotations

import collections.abc
import re
import typing
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

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
ELSEWHERE: Final = {
    "cattrs": "https://catt.rs/en/stable/cattrs.html#{name}",
    "hypothesis": "https://hypothesis.readthedocs.io/en/latest/reference/strategies.html#{name}",
    "pyarrow": "https://arrow.apache.org/docs/python/generated/{name}.html",
    **dict.fromkeys(
        ("collections", "datetime", "os", "typing"), "https://docs.python.org/3/library/{module}.html#{name}"
    ),
}
"""Where other projects document their names, by the package."""
NO_LINK_WITHIN = (nodes.title, nodes.reference, addnodes.pending_xref, addnodes.desc_signature)


def public_name(code: str) -> str | None:
    """Return the full name of what a piece of code names, if it is public or a member of something public."""
    name = re.sub(r"^geoclaims(\._\w+)*\.", "", code).removesuffix("()")
    if not re.fullmatch(r"\w+(\.\w+)*", name):
        return None
    for package in (geoclaims.annotation, geoclaims.interop):
        if name in package.__all__:  # public names need no prefix
            return f"{package.__name__}.{name}"
    first, second = name.split(".")[0], ".".join(name.split(".")[:2])
    return f"geoclaims.{name}" if first in PUBLIC or second in PUBLIC else None


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


def resolve(
    app: Sphinx, env: BuildEnvironment, link: addnodes.pending_xref, content: nodes.TextElement
) -> nodes.Node | None:
    """Resolve a name that Sphinx does not know in this form."""
    if link.get("refdomain") != "py":
        return None
    if entry := env.domains.python_domain.objects.get(public_name(link["reftarget"]) or ""):
        return make_refnode(app.builder, link["refdoc"], entry.docname, entry.node_id, content)
    if address := elsewhere(link["reftarget"]):
        return nodes.reference("", "", content, internal=False, refuri=address)
    return None


def elsewhere(name: str) -> str | None:
    """Return the address at which other projects document a name, as it is written in signatures."""
    if name in collections.abc.__all__:
        name = f"collections.abc.{name}"
    elif name in typing.__all__:
        name = f"typing.{name}"
    elif name == "SearchStrategy":
        name = f"hypothesis.strategies.{name}"
    pattern = ELSEWHERE.get(name.partition(".")[0])
    return pattern and pattern.format(name=name, module=name.rpartition(".")[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension; Sphinx calls this."""
    app.connect("doctree-read", link_names)
    app.connect("missing-reference", resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
