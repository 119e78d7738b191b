"""List the mutants of modules: those that mutmut's operators make, also within source that is generated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

# Not run, only read by type checkers, or without effect on results: how many of them are remembered.
NEVER = m.Annotation() | m.If(test=m.Name("TYPE_CHECKING")) | m.Call(m.Name("lru_cache"))
# Names for types, on the level of modules.
TYPES = m.Assign(value=m.Subscript() | m.BinaryOperation(operator=m.BitOr()) | m.Call(m.Name("TypeVar")))

# Of some calls a part is for type checkers, for tracebacks, or a check of what is so in any case.
CALLED = m.Attribute(attr=m.Name("named")) | m.Name("cast") | m.Name("zip")


# What a statement of a module makes: a function, a class or a value, and its name.
_MADE: Final = re.compile(r"^(def |class |)(\w+)(?:: [^=\n]+)?(?: = |[(:])", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Mutant:
    """A module in which one node of the syntax tree is another."""

    name: str
    """The module, the function, and a hash of its source and the change: it stays while the function stays as it is."""
    file: Path
    module: str
    function: str
    """The qualified name of the outermost function that holds the change; empty if it runs on import."""
    scope: str
    """The qualified name of the innermost function or class that holds it, also where it runs on import."""
    line: int
    pieces: Sequence[str]
    """The source of the module, cut between its statements."""
    number: int
    """Which of them holds the change."""
    statement: cst.CSTNode
    old: cst.CSTNode
    new: cst.CSTNode

    @property
    def place(self) -> str:
        """The module and the function."""
        return f"{self.module}:{self.function}"

    def concerned(self) -> set[str]:
        """Name the functions and classes that a change on import concerns: its own, or those that use what it makes."""
        if self.scope:
            return {self.scope}
        made = {found[2]: (found[1], piece) for piece in self.pieces if (found := _MADE.search(piece))}
        found = _MADE.search(self.pieces[self.number])
        concerned: set[str] = set()
        more = {found[2]} if found else set()
        while more:
            concerned |= more
            values = re.compile("|".join(rf"\b{name}\b" for name in more if not made[name][0]) or "(?!)")
            more = {name for name, (_, piece) in made.items() if values.search(piece)} - concerned
        return concerned

    def source(self) -> str:
        """Write the module with the change."""
        # Only the statement is walked and written anew, for that takes most of the time.
        changed = self.statement.deep_replace(self.old, self.new)
        assert isinstance(changed, cst.CSTNode)
        return "".join([*self.pieces[: self.number], _written(changed), *self.pieces[self.number + 1 :]])

    def difference(self) -> str:
        """Show the change."""
        before, after = "".join(self.pieces).splitlines(), self.source().splitlines()
        return "\n".join(list(unified_diff(before, after, lineterm="", n=1))[2:])


def mutants_of(module: str, file: Path) -> Iterator[Mutant]:
    """List the mutants of a module."""
    wrapper = MetadataWrapper(cst.parse_module(file.read_text(encoding="utf-8")))
    positions = wrapper.resolve(PositionProvider)
    names: Counter[str] = Counter()
    written = cache(_written)
    pieces = [_written(part) for part in wrapper.module.children]
    for number, statement in enumerate(wrapper.module.children):
        for node, scope, function, owner in _walk(statement):
            start = positions[node if node in positions else owner].start
            place = start.line - positions[owner].start.line, start.column
            for new in _changed(node):
                change = f"{written(owner)}{place}{_written(new)}"
                name = f"{module}:{function or 'import'}:{sha256(change.encode()).hexdigest()[:12]}"
                names[name] += 1
                name += f"-{names[name]}" * (names[name] > 1)
                yield Mutant(name, file, module, function, scope, start.line, pieces, number, statement, node, new)


def _written(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)


def _walk(
    node: cst.CSTNode, names: tuple[str, ...] = (), function: str = "", owner: cst.CSTNode | None = None
) -> Iterator[tuple[cst.CSTNode, str, str, cst.CSTNode]]:
    """Iterate over nodes, each with its scope, its outermost function, and that function or the statement around it."""
    if m.matches(node, NEVER) or (not names and m.matches(node, TYPES)):
        return
    if not function and isinstance(node, cst.BaseSmallStatement | cst.BaseCompoundStatement):
        owner = node
    children = node.children
    if isinstance(node, cst.Call) and m.matches(node.func, CALLED):
        ignored = {"named": node.args[1:], "cast": node.args[:1], "zip": [arg for arg in node.args if arg.keyword]}
        last = node.func.attr if isinstance(node.func, cst.Attribute) else cst.ensure_type(node.func, cst.Name)
        children = [child for child in children if child not in ignored[last.value]]
    else:
        yield node, ".".join(names), function, owner or node
    if isinstance(node, cst.FunctionDef | cst.ClassDef):
        names = (*names, node.name.value)
    for child in children:
        # Defaults and decorators run on import, as what stands in classes does.
        inside = isinstance(node, cst.FunctionDef) and child is node.body
        yield from _walk(child, names, function or ".".join(names) * inside, owner)


def _changed(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, cst.FormattedString):
        yield from _changed_pattern(node)
    elif isinstance(node, cst.SimpleString) and re.search("[A-Za-z].* |^ .*[A-Za-z]", node.raw_value):
        # Text of several words is generated source, or is for people and its wording free.
        for text in _changed_source(node.raw_value):
            yield node.with_changes(value=f"{node.prefix}{node.quote}{text}{node.quote}")
    else:
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                # The case of the hexadecimal digits of an escape changes nothing.
                yield from (new for new in operator(node) if _with_small_digits(new) != _with_small_digits(node))


def _with_small_digits(node: cst.CSTNode) -> str:
    escape = r"(?<=\\x)[0-9A-Fa-f]{2}|(?<=\\u)[0-9A-Fa-f]{4}|(?<=\\U)[0-9A-Fa-f]{8}"
    return re.sub(escape, lambda digits: digits[0].lower(), _written(node))


def _changed_pattern(node: cst.FormattedString) -> Iterator[cst.CSTNode]:
    """Change a formatted string as source in which names stand for what is to be filled in."""
    text = "".join(
        part.value.replace("{{", "{").replace("}}", "}") if isinstance(part, cst.FormattedStringText) else f"_{number}_"
        for number, part in enumerate(node.parts)
    )
    for changed in _changed_source(text):
        pieces = re.split("_([0-9]+)_", changed.replace("{", "{{").replace("}", "}}"))
        parts = [
            node.parts[int(piece)] if index % 2 else cst.FormattedStringText(piece)
            for index, piece in enumerate(pieces)
        ]
        yield node.with_changes(parts=parts)


def _changed_source(text: str) -> Iterator[str]:
    """Change a line of source, which may be one clause of a statement; text that is no source has no changes."""
    line = text.strip()
    before = "try: pass\n" if line.startswith("except") else "if x: pass\n" if line.startswith("el") else ""
    after = f"{' pass' * line.endswith(':')}{chr(10)}{'finally: pass' * line.startswith('try')}"
    try:
        tree = cst.parse_module(before + line + after)
    except cst.ParserSyntaxError:
        return
    for node, *_ in _walk(tree):
        for new in _changed(node):
            changed = tree.deep_replace(node, new)
            assert isinstance(changed, cst.Module)
            yield text.replace(line, changed.code.removeprefix(before).removesuffix(after))


def core(package: Path, edges: Iterable[str]) -> dict[str, Path]:
    """Find the modules of a package that are not at its edge, by name."""
    found = {}
    for file in sorted(package.rglob("*.py")):
        parts = [package.name, *file.relative_to(package).with_suffix("").parts]
        if not set(parts) & set(edges):
            found[".".join(parts).removesuffix(".__init__")] = file
    return found
