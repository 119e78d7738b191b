"""Write signatures for readers: with the types of annotations, and without private names for types."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable
from types import GenericAlias, UnionType
from typing import Any, get_overloads

LONGEST = 80
INDENT = "    "
ALIASES = (UnionType, GenericAlias, type(Callable[[], Any]))


class Verbatim(str):
    """Text that a signature shows as it is."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class WithoutAliases(ast.NodeTransformer):
    """Writes out the names that a module gives to types, and `Self`."""

    def __init__(self, module: str, owner: str) -> None:
        self.names = vars(sys.modules[module])
        self.owner = owner

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Write out a name."""
        value = self.names.get(node.id)
        if node.id == "Self":
            return ast.Name(self.owner)
        if isinstance(value, ALIASES) or type(value).__name__ == "_LiteralGenericAlias":
            return ast.parse(repr(value).replace("typing.", ""), mode="eval").body
        return node


def written(annotation: Any, module: str, owner: str) -> Any:
    """Write an annotation, which is a string in every module of the library."""
    if not isinstance(annotation, str):
        return annotation
    tree = ast.parse(annotation, mode="eval")
    return Verbatim(ast.unparse(WithoutAliases(module, owner).visit(tree)))


def signature(name: str, function: Callable[..., Any], owner: str = "") -> str:
    """Write how a function or method is called, or a class, whose table has the types of its arguments."""
    of_class = inspect.isclass(function)
    found = inspect.signature(function)
    typed = inspect.signature(overloads[-1]) if (overloads := get_overloads(function)) else found
    parameters = [parameter for parameter in found.parameters.values() if not (owner and parameter.name == "self")]
    pieces = []
    for parameter in parameters:
        changes: dict[str, Any] = {"annotation": parameter.empty}
        if not of_class:
            changes["annotation"] = written(typed.parameters[parameter.name].annotation, function.__module__, owner)
        if inspect.isclass(parameter.default) and parameter.default is not parameter.empty:
            changes["default"] = Verbatim(parameter.default.__name__)
        pieces.append(str(parameter.replace(**changes)))
    kinds = [parameter.kind for parameter in parameters]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        pieces.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    if inspect.Parameter.POSITIONAL_ONLY in kinds:
        pieces.insert(kinds.count(inspect.Parameter.POSITIONAL_ONLY), "/")
    returned = "" if of_class else f" -> {written(typed.return_annotation, function.__module__, owner)}"
    line = f"{name}({', '.join(pieces)}){returned}"
    if len(line) <= LONGEST:
        return line
    if of_class:
        arguments = textwrap.fill(", ".join(pieces), LONGEST, initial_indent=INDENT, subsequent_indent=INDENT)
        return f"{name}(\n{arguments}\n)"
    return "\n".join([f"{name}(", *(f"{INDENT}{piece}," for piece in pieces), f"){returned}"])


def returned_by(function: Callable[..., Any]) -> str:
    """Write the type that a property has."""
    return str(written(inspect.signature(function).return_annotation, function.__module__, ""))
