"""Write the reference from declarations and docstrings: `python tools/write_reference.py`.

The pages of the reference get an entry for each public name, between the marks `<!-- entry: NAME -->` and
`<!-- end -->`, as Markdown that reads well without Sphinx; `docs/extensions/plain_markdown.py` makes directives of the
signatures. With `--check` nothing is written, and outdated files are an error.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import groupby
from pathlib import Path
from types import GenericAlias, UnionType
from typing import Annotated, Any, Literal, assert_never, get_origin, get_overloads

import geoclaims
import geoclaims.strategies
from geoclaims import _rules as rules
from geoclaims._model import Model
from geoclaims._rules.meanings import meanings_of_fields

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "reference"
WIDTH = 80  # terminals show docstrings without wrapping them

ENTRY = re.compile(r"<!-- entry: (\S+) -->\n.*?<!-- end -->\n", re.DOTALL)
ITEM = re.compile(r"(\w+)(?: \((.*?)\))?: (.*)")
SOURCES = re.findall(r"^### (.+)$", (PAGES / "bibliography.md").read_text(encoding="utf-8"), re.MULTILINE)
FORMS = {rules.IDENTIFIER: "an id", rules.URL: "a URL", rules.NAME: "a line", rules.PROSE: "prose"}
"""Names of the forms that recur, which the page of the models explains."""
RESULTS = {"Comparison", "Difference", "InvalidDocument"}
ALIASES = (UnionType, GenericAlias, type(Literal[""]))
KINDS = {property: "property", classmethod: "classmethod", type(lambda: None): "method"}


class Verbatim(str):
    """Text that a signature shows as it is."""

    __slots__ = ()
    __repr__ = str.__str__


def main() -> None:
    """Write the files that are outdated, or name them."""
    check = "--check" in sys.argv[1:]
    outdated = []
    for file, text in written_pages():
        if file.read_text(encoding="utf-8") != text:
            outdated.append(str(file.relative_to(ROOT)))
            if not check:
                file.write_text(text, encoding="utf-8")
    if check and outdated:
        sys.exit(f"not current: {', '.join(outdated)}; run python tools/write_reference.py")


def written_pages() -> Iterator[tuple[Path, str]]:
    """Yield each page, and its text with the current entries."""
    texts = {page: page.read_text(encoding="utf-8") for page in sorted(PAGES.glob("*.md"))}
    # Strategies have the names of fields, which are no links.
    pages = {
        name.rpartition(".")[2]: page.name
        for page, text in texts.items()
        for name in ENTRY.findall(text)
        if ".strategies." not in name
    }
    for page, text in texts.items():

        def current(match: re.Match[str], page: Path = page) -> str:
            blocks = "\n\n".join(entry(match[1]))
            return f"<!-- entry: {match[1]} -->\n{linked(blocks, match[1], page.name, pages)}\n<!-- end -->\n"

        yield page, ENTRY.sub(current, text)


def linked(text: str, own: str, page: str, pages: Mapping[str, str]) -> str:
    """Make links of the public names in backticks, except in the entry of the name itself."""

    def link(match: re.Match[str]) -> str:
        name, member = match[1], match[2] or ""
        if name not in pages or name == own.rpartition(".")[2]:
            return match[0]
        anchor = f"{name}{member[1:]}".lower()
        return f"[{match[0]}]({'' if pages[name] == page else pages[name]}#{anchor})"

    return re.sub(r"`(?:geoclaims\.)?(\w+)(\.[a-z]\w*)?(?:\(\))?`", link, text)


def entry(full_name: str) -> Iterator[str]:
    """Write a public name and its members as blocks of Markdown."""
    module, _, name = full_name.rpartition(".")
    thing = getattr(importlib.import_module(module), name)
    if not inspect.isclass(thing):
        yield from described(thing, "data" if isinstance(thing, Enum) else "function", module, name, "###")
        return
    yield from described(thing, "exception" if issubclass(thing, Exception) else "class", module, name, "###")
    for key, member in vars(thing).items():
        if not key.startswith("_") and type(member) in KINDS:
            bound = member if isinstance(member, property) else getattr(thing, key)
            yield from described(bound, KINDS[type(member)], module, f"{name}.{key}", "####")


def described(thing: Any, kind: str, module: str, name: str, level: str) -> Iterator[str]:
    """Write the heading, the signature and the docstring of a name."""
    yield f"{level} `{name}`"
    yield f"<!-- {kind}: {module} {name} -->\n```python3\n{signature(name, thing)}\n```"
    for block in re.split(r"\n\n(?! )", inspect.getdoc(thing) or ""):
        yield markdown(block, thing)


def markdown(block: str, thing: Any) -> str:
    """Write a block of a docstring in Google's style as Markdown."""
    first, _, rest = block.partition("\n")
    if first.startswith(">>> "):
        return f"```python\n{block}\n```"
    if first not in {"Args:", "Attributes:", "Raises:", "Returns:"}:
        return block
    rest = textwrap.dedent(rest)
    if first == "Returns:":
        return f"**Returns:** {' '.join(rest.splitlines())}"
    items = [" ".join(item.split()) for item in re.split(r"\n(?! )", rest)]
    parts = [match.groups() for item in items if (match := ITEM.fullmatch(item))]
    if len(parts) < len(items):
        raise ValueError(f"found {items!r}, expected a name, a colon and a text in each")
    if first != "Attributes:":
        listed = "\n".join(f"- `{name}`: {text}" for name, _, text in parts)
        return f"**{'Arguments' if first == 'Args:' else 'Errors'}**\n\n{listed}"
    if issubclass(thing, Model):  # the signature has the types and defaults
        rows = [f"| `{name}` | {described_field(thing, name)} |" for name, *_ in parts]
        return "\n".join(["| field | meaning |", "|---|---|", *rows])
    head = "| member | value | meaning |" if issubclass(thing, Enum) else "| field | type | meaning |"
    rows = [f"| `{name}` | `{type_.replace('|', chr(92) + '|')}` | {text} |" for name, type_, text in parts]
    return "\n".join([head, "|---|---|---|", *rows])


def described_field(model: type[Any], name: str) -> str:
    """Describe a field of a model: its meaning, its form and its term."""
    field, meaning = rules.definitions(model)[name], meanings_of_fields(model)[name]
    text = "**Required.** " if field.required else ""
    text += f"{meaning.text} *Form:* {form(field.rule)}."
    if meaning.term:
        # Fields name the maker of this source, and not its title.
        names = {name.removesuffix(" Web Annotation"): name.lower().replace(" ", "-") for name in SOURCES}
        link = rf"\b({'|'.join(map(re.escape, names))})\b"
        term = re.sub(
            link, lambda name: f"[{name[1]}](bibliography.md#{names[name[1]].replace('.', '')})", meaning.term
        )
        text += f" *Term:* {term}."
    return text


def form(rule: rules.Rule) -> str:
    """Describe what a value under a rule must be."""
    match rule:
        case rules.Text() | rules.Form() | rules.Country():
            return FORMS.get(rule, rule.expected)
        case rules.Reference(to, itself=itself):
            kind = ("a " if to == "statement" else "an ") if itself else "another "
            return f"the id of {kind}{to}"
        case rules.Flag():
            return "true or false"
        case rules.Whole():
            return "a whole number from 0 to 2⁶³ − 1"
        case rules.Choice(enum):
            return f"a member of `{enum.__name__}`, in JSON its value"
        case rules.Date(model):
            return f"a `{model.__name__}`"
        case rules.Nested(models):
            return " or ".join(f"`{model.__name__}`" for model in models)
        case rules.Many(item, unique, least):
            return (f"{least} or more, " if least else "") + f"each {form(item)}" + ("; none twice" if unique else "")
        case _:
            assert_never(rule)


def signature(name: str, thing: Any) -> str:
    """Write how a function, method or class is called, or of what type a property is."""
    is_named_alone = name in RESULTS or get_origin(thing) is Annotated or isinstance(thing, Enum)
    if is_named_alone or (inspect.isclass(thing) and issubclass(thing, Exception | Enum)):
        return name  # users do not make it
    function: Any = thing.fget if isinstance(thing, property) else thing
    found = inspect.signature(function)
    typed = inspect.signature(overloads[-1]) if (overloads := get_overloads(function)) else found
    names = {**vars(sys.modules[function.__module__]), "Self": Verbatim(name.partition(".")[0])}
    if isinstance(thing, property):
        return f"{name}: {plain(found.return_annotation, names)}"
    parameters = {key: each for key, each in found.parameters.items() if key != "self"}
    shared = inspect.signature(geoclaims.strategies.statements).parameters.keys()
    own = {key: each for key, each in parameters.items() if not (key in shared < parameters.keys())}
    pieces: list[str] = []
    for kind, group in groupby(own.values(), key=lambda each: each.kind):
        pieces += ["*"] * (kind is inspect.Parameter.KEYWORD_ONLY)
        pieces += ["..."] * (len(own) < len(parameters))  # a type of statement, with the arguments of all statements
        for each in group:
            piece = str(each.replace(annotation=plain(typed.parameters[each.name].annotation, names)))
            pieces.append(re.sub(r"<class '.*\.(\w+)'>", r"\1", piece))
        pieces += ["/"] * (kind is inspect.Parameter.POSITIONAL_ONLY)
    returned = "" if inspect.isclass(thing) else f" -> {plain(typed.return_annotation, names)}"
    line = f"{name}({', '.join(pieces)}){returned}"
    return line if len(line) <= WIDTH else "\n".join([f"{name}(", *(f"    {each}," for each in pieces), f"){returned}"])


def plain(annotation: str, names: Mapping[str, object]) -> Verbatim:
    """Write out the names that a module gives to types, which users cannot import."""

    def meant(match: re.Match[str]) -> str:
        value = names.get(match[0])
        known = isinstance(value, (*ALIASES, Verbatim))
        return re.sub(r"\b(typing|collections\.abc)\.", "", repr(value)) if known else match[0]

    return Verbatim(re.sub(r"\b[A-Z]\w*", meant, annotation))


if __name__ == "__main__":
    main()
