"""Write the entries of the reference, in `docs/reference`, from declarations and docstrings.

A page has a heading of the third level for each public name, such as ``### `Article` ``. The entry of the name follows
it: its signature, its docstring, and the same of its members. The docstrings are the only source, and run as tests.
"""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from itertools import groupby
from pathlib import Path
from types import FunctionType, GenericAlias, ModuleType, UnionType
from typing import Annotated, Any, Literal, assert_never, get_origin, get_overloads

import geoclaims
import geoclaims.annotation
import geoclaims.corpus
import geoclaims.interop
import geoclaims.strategies
from geoclaims._model import Model
from geoclaims._rules import rules
from geoclaims._rules.fields import definitions, meanings_of_fields

MODULES: tuple[ModuleType, ...] = (
    geoclaims,
    geoclaims.annotation,
    geoclaims.corpus,
    geoclaims.interop,
    geoclaims.strategies,
)
PAGES = Path(__file__).parents[1] / "docs" / "reference"
ENTRY = re.compile(r"^(### `(\w+)`\n)(?:\n<!-- docstring -->\n.*?<!-- end -->\n)?", re.MULTILINE | re.DOTALL)
ITEM = re.compile(r"(\w+)(?: \((.*?)\))?: (.*)")
FORMS = {rules.IDENTIFIER: "an id", rules.URL: "a URL", rules.NAME: "a line", rules.PROSE: "prose"}
"""Names of the forms that recur, which the page of the models explains."""
RESULTS = {"Comparison", "Difference", "InvalidDocument"}
ALIASES = (UnionType, GenericAlias, type(Literal[""]))
LONGEST_LINE = 80
PACKAGES = re.compile(r"\b(typing|collections\.abc|geoclaims(\.\w+)*)\.(?=[A-Z])")


class Verbatim(str):
    """Text that a signature shows as it is."""

    __slots__ = ()
    __repr__ = str.__str__


def made() -> Iterator[tuple[Path, str]]:
    """Yield each page with what it should hold."""
    for page in sorted(PAGES.glob("*.md")):
        yield page, ENTRY.sub(with_entry, page.read_text(encoding="utf-8"))


def with_entry(heading: re.Match[str]) -> str:
    """Return a heading, with the entry below it if it is that of a public name."""
    found = [module for module in MODULES if heading[2] in module.__all__]
    return heading[1] + (f"\n<!-- docstring -->\n{entry(found[0], heading[2])}\n<!-- end -->\n" if found else "")


def entry(module: ModuleType, name: str) -> str:
    """Write the signature, the docstring and the members of a public name as Markdown."""
    thing = getattr(module, name)
    blocks = [*described(thing, name)]
    for key, member in vars(thing).items() if inspect.isclass(thing) else ():
        if not key.startswith("_") and isinstance(member, FunctionType | classmethod | property):
            bound = member if isinstance(member, property) else getattr(thing, key)
            blocks += [f"#### `{name}.{key}`", *described(bound, f"{name}.{key}")]
    return "\n\n".join(blocks)


def described(thing: Any, name: str) -> Iterator[str]:
    """Write the signature of a name, if it has one, and its docstring."""
    if (written := signature(name, thing)) != name:
        yield f"```py\n{written}\n```"
    for block in re.split(r"\n\n(?! )", inspect.getdoc(thing) or ""):
        yield markdown(block, thing)


def markdown(block: str, thing: Any) -> str:
    """Write a block of a docstring in Google's style as Markdown."""
    first, _, rest = block.partition("\n")
    if first.startswith(">>> "):
        return f"```py\n{block}\n```"  # it runs as a test in the docstring, and not again here
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
    field, meaning = definitions(model)[name], meanings_of_fields(model)[name]
    text = "**Required.** " if field.required else ""
    text += f"{meaning.text} *Form:* {form(field.rule)}."
    if meaning.term:
        text += f" *Term:* {re.sub('|'.join(sources()), linked_source, meaning.term)}."
    return text


@cache
def sources() -> dict[str, str]:
    """Return where the bibliography has each source, by the name that fields give it."""
    titles = re.findall(r"^### (.+)$", (PAGES / "bibliography.md").read_text(encoding="utf-8"), re.MULTILINE)
    return {title.removesuffix(" Web Annotation"): title.lower().replace(" ", "-").replace(".", "") for title in titles}


def linked_source(name: re.Match[str]) -> str:
    """Write the name of a source as a link to the bibliography."""
    return f"[{name[0]}](bibliography.md#{sources()[name[0]]})"


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
    """Write how a function, method or class is called, a line for each overload, or of what type a property is."""
    is_named_alone = name in RESULTS or get_origin(thing) is Annotated or isinstance(thing, Enum)
    if is_named_alone or (inspect.isclass(thing) and issubclass(thing, Exception | Enum)):
        return name  # users do not make it
    if isinstance(thing, property):
        getter: Any = thing.fget
        return f"{name}: {plain(inspect.signature(getter).return_annotation, names_in(getter, name))}"
    return "\n".join(called(name, each) for each in get_overloads(thing) or [thing])


def called(name: str, function: Any) -> str:
    """Write how something is called, on one line or with a line for each argument."""
    names = names_in(function, name)
    found = inspect.signature(function)
    parameters = {key: each for key, each in found.parameters.items() if key != "self"}
    shared = inspect.signature(geoclaims.strategies.statements).parameters.keys()
    own = {key: each for key, each in parameters.items() if not (key in shared < parameters.keys())}
    pieces: list[str] = []
    for kind, group in groupby(own.values(), key=lambda each: each.kind):
        pieces += ["*"] * (kind is inspect.Parameter.KEYWORD_ONLY)
        pieces += ["..."] * (len(own) < len(parameters))  # a type of statement, with the arguments of all statements
        for each in group:
            piece = str(each.replace(annotation=plain(each.annotation, names)))
            pieces.append(re.sub(r"<class '.*\.(\w+)'>", r"\1", piece))
        pieces += ["/"] * (kind is inspect.Parameter.POSITIONAL_ONLY)
    returned = "" if inspect.isclass(function) else f" -> {plain(found.return_annotation, names)}"
    if len(written := f"{name}({', '.join(pieces)}){returned}") <= LONGEST_LINE:
        return written
    return "\n".join([f"{name}(", *(f"    {piece}," for piece in pieces), f"){returned}"])


def names_in(function: Any, name: str) -> Mapping[str, object]:
    """Return what names mean in the annotations of a function; in those of a method, `Self` is its class."""
    return {**vars(sys.modules[function.__module__]), "Self": Verbatim(name.partition(".")[0])}


def plain(annotation: Any, names: Mapping[str, object]) -> Verbatim:
    """Write a type by its public name, and write out the names that a module gives to types."""

    def meant(match: re.Match[str]) -> str:
        value = names.get(match[0])
        return PACKAGES.sub("", repr(value)) if isinstance(value, (*ALIASES, Verbatim)) else match[0]

    written = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return Verbatim(re.sub(r"\b[A-Z]\w*", meant, PACKAGES.sub("", written)))
