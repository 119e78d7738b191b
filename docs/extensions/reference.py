"""Write the reference from declarations and docstrings while Sphinx reads its pages.

A page of `docs/reference` has a heading of the third level for each public name, such as ``### `Article` ``. The entry
of the name follows it: its signature, its docstring, and the same of its members. The docstrings are the only source.

A row of a table in the entry of a class, whose first cell is the name of a field, is where links to that field lead.
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
from typing import TYPE_CHECKING, Annotated, Any, Literal, assert_never, get_origin, get_overloads

from docutils import nodes
from sphinx import addnodes

import geoclaims
import geoclaims.annotation
import geoclaims.corpus
import geoclaims.interop
import geoclaims.strategies
from geoclaims._model import Model
from geoclaims._rules import rules
from geoclaims._rules.fields import definitions, meanings_of_fields

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MODULES: tuple[ModuleType, ...] = (
    geoclaims,
    geoclaims.annotation,
    geoclaims.corpus,
    geoclaims.interop,
    geoclaims.strategies,
)
HEADING = re.compile(r"^### `(\w+)`\n", re.MULTILINE)
BIBLIOGRAPHY = Path(__file__).parents[1] / "reference" / "bibliography.md"
ITEM = re.compile(r"(\w+)(?: \((.*?)\))?: (.*)")
FORMS = {rules.IDENTIFIER: "an id", rules.URL: "a URL", rules.NAME: "a line", rules.PROSE: "prose"}
"""Names of the forms that recur, which the page of the models explains."""
RESULTS = {"Comparison", "Difference", "InvalidDocument"}
ALIASES = (UnionType, GenericAlias, type(Literal[""]))
KINDS = {property: "property", classmethod: "classmethod", FunctionType: "method"}


class Verbatim(str):
    """Text that a signature shows as it is."""

    __slots__ = ()
    __repr__ = str.__str__


def add_entries(_: Sphinx, docname: str, source: list[str]) -> None:
    """Add to each heading of a public name its entry, before the page is parsed."""
    if docname.startswith("reference/"):
        source[0] = HEADING.sub(with_entry, source[0])


def with_entry(heading: re.Match[str]) -> str:
    """Return a heading with the entry below it; as it is if it is not that of a public name."""
    found = [module for module in MODULES if heading[1] in module.__all__]
    return heading[0] + entry(found[0], heading[1]) if found else heading[0]


def entry(module: ModuleType, name: str) -> str:
    """Write the signature, the docstring and the members of a public name as MyST Markdown."""
    thing = getattr(module, name)
    if not inspect.isclass(thing):
        blocks = described(thing, "data" if isinstance(thing, Enum) else "function", module, name)
        return "\n" + "\n\n".join(blocks) + "\n"
    blocks = [*described(thing, "exception" if issubclass(thing, Exception) else "class", module, name)]
    for key, member in vars(thing).items():
        if not key.startswith("_") and type(member) in KINDS:
            bound = member if isinstance(member, property) else getattr(thing, key)
            blocks += [f"#### `{name}.{key}`", *described(bound, KINDS[type(member)], module, f"{name}.{key}")]
    return "\n" + "\n\n".join(blocks) + "\n"


def described(thing: Any, kind: str, module: ModuleType, name: str) -> Iterator[str]:
    """Write the directive with the signature of a name, and its docstring."""
    written = signature(name, thing)
    options = [f":module: {module.__name__}"]
    if kind == "property":
        written, _, type_ = written.partition(": ")
        options.append(f":type: {type_}")
    elif kind == "classmethod":
        kind = "method"
        options.append(":classmethod:")
    yield "\n".join([f"```{{py:{kind}}} {written}", *options, "```"])
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
    field, meaning = definitions(model)[name], meanings_of_fields(model)[name]
    text = "**Required.** " if field.required else ""
    text += f"{meaning.text} *Form:* {form(field.rule)}."
    if meaning.term:
        text += f" *Term:* {re.sub('|'.join(sources()), linked_source, meaning.term)}."
    return text


@cache
def sources() -> dict[str, str]:
    """Return where the bibliography has each source, by the name that fields give it."""
    titles = re.findall(r"^### (.+)$", BIBLIOGRAPHY.read_text(encoding="utf-8"), re.MULTILINE)
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
    return f"{name}({', '.join(pieces)}){returned}"


def plain(annotation: str, names: Mapping[str, object]) -> Verbatim:
    """Write out the names that a module gives to types, which users cannot import."""

    def meant(match: re.Match[str]) -> str:
        value = names.get(match[0])
        known = isinstance(value, (*ALIASES, Verbatim))
        return re.sub(r"\b(typing|collections\.abc)\.", "", repr(value)) if known else match[0]

    return Verbatim(re.sub(r"\b[A-Z]\w*", meant, annotation))


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
    """Yield the full names of the classes whose signatures are in a section itself."""
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
    found = getattr(sys.modules[module], owner, None) if owner else None
    return found.__module__ if isinstance(getattr(found, member, None), property) else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension; Sphinx calls this."""
    app.connect("source-read", add_entries)
    app.connect("doctree-read", note_fields)
    app.connect("viewcode-follow-imported", module_of)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
