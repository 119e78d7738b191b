"""Describe the fields of models, from the declarations that the library uses for its checks."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, assert_never

import attrs
from reference.sources import with_sources

import geoclaims
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

WIDTH = 80
"""Terminals show docstrings without wrapping them."""


@cache
def models() -> dict[Path, list[type[Any]]]:
    """List the models by the files that declare them."""
    found: dict[Path, list[type[Any]]] = {}
    for name in geoclaims.__all__:
        thing = getattr(geoclaims, name)
        if inspect.isclass(thing) and issubclass(thing, Model):
            found.setdefault(Path(inspect.getfile(thing)), []).append(thing)
    return found


def own_fields(model: type[Any]) -> Iterator[tuple[Definition, str]]:
    """Iterate over the fields that a model does not inherit, with their types as they are written."""
    known = definitions(model)
    for attribute in attrs.fields(model):
        if attribute.name in known and not attribute.inherited:
            yield known[attribute.name], attribute.type


def docstring_lines(model: type[Any]) -> Iterator[str]:
    """Write the fields of a model for its docstring."""
    for definition, type_ in own_fields(model):
        yield from textwrap.wrap(
            f"{definition.name} ({type_}): {definition.description}",
            WIDTH,
            initial_indent=" " * 8,
            subsequent_indent=" " * 12,
            break_on_hyphens=False,
        )


def table_of_fields(model: type[Any]) -> Iterator[Sequence[str]]:
    """Write the rows of the table of a model's fields: name, type, meaning."""
    for definition, type_ in own_fields(model):
        required = "**Required.** " if definition.required else ""
        default = "" if definition.required or definition.default in (None, ()) else f" = `{definition.default!r}`"
        term = f" *Term:* {with_sources(definition.term)}." if definition.term else ""
        meaning = f"{definition.meaning[0].upper()}{definition.meaning[1:]}."
        text = f"{required}{meaning} *Form:* {form(definition.rule)}.{term}"
        yield (f"`{definition.name}`", f"`{type_}`{default}", text)


def form(rule: Rule) -> str:
    """Describe what a value under a rule must be."""
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
