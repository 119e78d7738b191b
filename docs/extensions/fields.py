"""Says in the reference what each field of a model means, from the definitions that the library itself checks by."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any, assert_never, get_type_hints

import attrs
from sphinx.util.typing import stringify_annotation

from geoclaims._model import Model
from geoclaims._rules import (
    Choice,
    Country,
    Date,
    Definition,
    Flag,
    Form,
    Many,
    Nested,
    Reference,
    Rule,
    Text,
    Whole,
    definitions,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

AFTER_NAPOLEON = 900
"""Napoleon, whose priority is the usual 500, makes reStructuredText of the docstring first."""


def form(rule: Rule) -> str:
    """What a value under a rule must be, in words."""
    match rule:
        case Text():
            return f"{rule.expected}, and not white space alone"
        case Form() | Country():
            return rule.expected
        case Reference(to, itself=itself):
            kind = ("a " if to == "statement" else "an ") if itself else "another "
            return f"the id of {kind}{to} in the same article"
        case Flag():
            return "true or false"
        case Whole():
            return "a whole number from 0 to 2⁶³ − 1"
        case Choice(enum):
            return f"a member of `{enum.__name__}`; in JSON its value"
        case Date(model):
            return f"a `{model.__name__}`; in JSON its ISO form"
        case Nested(models):
            return " or ".join(f"`{model.__name__}`" for model in models)
        case Many(item, unique, least):
            number = "any number" if least == 0 else f"{least} or more"
            return f"{number}, each {form(item)}" + ("; none twice" if unique else "")
        case _:
            assert_never(rule)


def described(definition: Definition, annotation: str) -> Iterator[str]:
    """The entry of one field, as reStructuredText."""
    yield f".. py:attribute:: {definition.name}"
    yield f"   :type: {annotation}"
    if not definition.required:
        yield f"   :value: {definition.default!r}"
    facts = ["*Required.*"] if definition.required else []
    facts.append(f"*Form:* {form(definition.rule)}.")
    if definition.term is not None:
        facts.append(f"*Term:* {definition.term}.")
    yield from (
        "",
        f"   {definition.meaning[0].upper()}{definition.meaning[1:]}.",
        "",
        "   .. rst-class:: facts",
        "",
        f"      {' '.join(facts)}",
        "",
    )


def own_fields(model: type[Any]) -> Iterator[tuple[Definition, str]]:
    """The fields that a model adds to what it extends, with their types as they are written."""
    known = definitions(model)
    for attribute in attrs.fields(model):
        if attribute.name in known and not attribute.inherited:
            yield known[attribute.name], attribute.type


def add_fields(_: Sphinx, what: str, __: str, subject: object, ___: object, lines: list[str]) -> None:
    """Put the fields of a model after its docstring."""
    if what == "class" and inspect.isclass(subject) and issubclass(subject, Model):
        lines.append("")
        for definition, annotation in own_fields(subject):
            lines.extend(described(definition, annotation))


def rewrite_signature(
    _: Sphinx, what: str, __: str, subject: object, ___: object, ____: object, _____: object
) -> tuple[str, None] | None:
    """Show the fields that a class takes in their order, and none where it takes keywords or is an enumeration."""
    if what != "class" or not inspect.isclass(subject):
        return None
    if issubclass(subject, Enum):
        return "", None
    if not attrs.has(subject):
        return None
    types = get_type_hints(subject)
    arguments = [
        f"{attribute.name}: {stringify_annotation(types[attribute.name], 'smart')}"
        + ("" if attribute.default is attrs.NOTHING else f" = {attribute.default!r}")
        for attribute in attrs.fields(subject)
        if not attribute.kw_only
    ]
    return (f"({', '.join(arguments)})" if arguments else ""), None


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", add_fields, priority=AFTER_NAPOLEON)
    app.connect("autodoc-process-signature", rewrite_signature)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
