"""Split docstrings in Google's style into sections, and write them as Markdown."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

HEADING = re.compile(r"(Args|Attributes|Returns|Yields|Raises):")
ITEM = re.compile(r"([\w.*]+)(?: \((.*?)\))?: (.*)")
LISTS = {"Args": "Arguments", "Raises": "Errors"}


class Section(NamedTuple):
    """A paragraph, an example, or the text under a heading."""

    heading: str
    """A heading of Google's style, `Example`, or nothing for a paragraph."""
    lines: Sequence[str]


class Item(NamedTuple):
    """One of the things that a section lists."""

    name: str
    type: str
    text: str


def sections(thing: object) -> Iterator[Section]:
    """Split a docstring into sections."""
    for block in re.split(r"\n\n(?! )", inspect.getdoc(thing) or ""):
        first, *rest = block.splitlines()
        if HEADING.fullmatch(first):
            yield Section(first.removesuffix(":"), inspect.cleandoc("\n".join(["", *rest])).splitlines())
        else:
            yield Section("Example" if first.startswith(">>> ") else "", [first, *rest])


def items(section: Section) -> Iterator[Item]:
    """Split a section that lists things."""
    for item in re.split(r"\n(?! )", "\n".join(section.lines)):
        if not (match := ITEM.fullmatch(" ".join(line.strip() for line in item.splitlines()))):
            raise ValueError(f"found {item!r}, expected a name, a colon and a text")
        yield Item(match[1], match[2] or "", match[3])


def markdown(section: Section, head: Sequence[str] = ()) -> Iterator[str]:
    """Write a section as lines of Markdown; attributes as a table with this head."""
    match section.heading:
        case "":
            yield from section.lines
        case "Example":
            yield from ("```python", *section.lines, "```")
        case "Attributes":
            rows = [(f"`{name}`", f"`{type_}`", text) for name, type_, text in items(section)]
            yield from table(head, rows)
        case "Args" | "Raises":
            yield from (f"**{LISTS[section.heading]}**", "")
            for name, _, text in items(section):
                yield f"- `{name}`: {text}"
        case _:
            yield f"**{section.heading}:** {' '.join(section.lines)}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Write a table."""
    yield row(head)
    yield "|" + "---|" * len(head)
    yield from map(row, rows)


def row(cells: Sequence[str]) -> str:
    """Write a row of a table."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
