"""Write the entry of a public name: its signature, purpose, fields or arguments, errors and an example.

A signature is a block of code under a comment that says what it is; where Sphinx builds the pages,
`plain_markdown.py` of its extensions makes a directive of the two.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from reference.docstrings import markdown, sections, table
from reference.fields import table_of_fields
from reference.signatures import returned_by, signature

import geoclaims
from geoclaims._model import Model

SOURCE = Path(geoclaims.__path__[0])


def thing_named(name: str) -> tuple[Any, str]:
    """Look up a public name, and the module from which one imports it."""
    module, _, short = name.rpartition(".")
    return getattr(importlib.import_module(module), short), module


def entry(name: str, level: int, pages: Mapping[str, str], page: str) -> str:
    """Write the entry of a public name under a heading of a level."""
    thing, module = thing_named(name)
    short = name.rpartition(".")[2]
    if isinstance(thing, Enum):
        lines = list(entry_of_value(thing, short, module, level))
    else:
        lines = list((entry_of_class if inspect.isclass(thing) else entry_of_function)(thing, short, module, level))
    return linked("\n".join(lines).rstrip("\n") + "\n", pages, page, name)


def entry_of_value(value: Enum, short: str, module: str, level: int) -> Iterator[str]:
    """Write the entry of a value that is the only one of its type."""
    yield from (f"{'#' * level} `{short}`", "")
    yield from directive("data", short, module, short)
    yield from (source(type(value)), "")
    yield from documented(type(value))


def entry_of_function(function: Any, short: str, module: str, level: int) -> Iterator[str]:
    """Write the entry of a function."""
    yield from (f"{'#' * level} `{short}`", "")
    yield from directive("function", short, module, signature(short, function))
    yield from (source(function), "")
    yield from documented(function)


def entry_of_class(thing: type[Any], name: str, module: str, level: int) -> Iterator[str]:
    """Write the entry of a class and its members."""
    yield from (f"{'#' * level} `{name}`", "")
    kind = "exception" if issubclass(thing, Exception) else "class"
    # Users do not construct errors and members of enumerations.
    yield from directive(kind, name, module, name if issubclass(thing, Exception | Enum) else signature(name, thing))
    yield from (bases(thing) + source(thing), "")
    if issubclass(thing, Model):
        for section in sections(thing):
            if section.heading == "Attributes":
                yield from (*table(("field", "type", "meaning"), list(table_of_fields(thing))), "")
            else:
                yield from (*markdown(section), "")
    else:
        for section in sections(thing):
            head = ("member", "value", "meaning") if issubclass(thing, Enum) else ("attribute", "type", "meaning")
            yield from (*markdown(section, head), "")
    for key, member in vars(thing).items():
        if key.startswith("_") or inspect.ismemberdescriptor(member):
            continue
        full = f"{name}.{key}"
        if isinstance(member, property):
            assert member.fget is not None
            yield from (f"{'#' * (level + 1)} `{full}`", "")
            yield from directive("property", full, module, f"{full}: {returned_by(member.fget)}")
            yield from documented(member)
        elif isinstance(member, classmethod) or inspect.isfunction(member):
            yield from (f"{'#' * (level + 1)} `{full}`", "")
            kind = "classmethod" if isinstance(member, classmethod) else "method"
            yield from directive(kind, full, module, signature(full, getattr(thing, key), name))
            yield from documented(member)


def documented(thing: object) -> Iterator[str]:
    """Write a docstring as Markdown."""
    for section in sections(thing):
        yield from (*markdown(section), "")


def directive(kind: str, name: str, module: str, signature: str) -> Iterator[str]:
    """Write a signature, with the name of its owner for Sphinx."""
    yield from (f"<!-- {kind}: {module} {name} -->", "```python3", signature, "```", "")


def bases(thing: type[Any]) -> str:
    """List the public classes and errors of Python that a class extends."""
    ours = [each for each in thing.__mro__ if each.__module__.startswith("geoclaims")]
    found = [
        base.__name__
        for each in ours
        for base in each.__bases__
        if base.__name__ in geoclaims.__all__ or (base.__module__ == "builtins" and base not in Exception.__mro__)
    ]
    return f"Extends {' and '.join(f'`{name}`' for name in dict.fromkeys(found))}. " if found else ""


def source(thing: Any) -> str:
    """Write a link to the file that has the source."""
    file = Path(inspect.getfile(thing)).relative_to(SOURCE.parent)
    return f"[Source](../../src/{file.as_posix()})"


def linked(text: str, pages: Mapping[str, str], page: str, own: str) -> str:
    """Turn public names in backticks into links, except in code, headings, and the entry of the name itself."""
    # The names of strategies are also those of fields, and need their module before them.
    targets = {name.removeprefix("geoclaims."): name for name in pages}
    targets |= {name.rpartition(".")[2]: name for name in pages if ".strategies." not in name}

    def link(match: re.Match[str]) -> str:
        name = match[1].removeprefix("geoclaims.")
        base, _, member = name.partition(".")
        full = targets.get(name) or targets.get(base)
        if full in {None, own}:
            return match[0]
        anchor = full.rpartition(".")[2]
        if full != targets.get(name):
            found = inspect.getattr_static(thing_named(full)[0], member, None)
            has_heading = isinstance(found, property | classmethod) or inspect.isfunction(found)
            anchor += member if has_heading else ""
        return f"[{match[0]}]({'' if pages[full] == page else pages[full]}#{anchor.lower()})"

    # Code, headings, and the names of fields in their tables stay as they are.
    parts = re.split(r"(^```.*?^```$|^#.*?$|^\| `\w+` \|)", text, flags=re.MULTILINE | re.DOTALL)
    parts[::2] = [re.sub(r"`([\w.]+)(?:\(\))?`", link, part) for part in parts[::2]]
    return "".join(parts)
