"""Give all models what they have in common: they check themselves when made, and show themselves as Python."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Final

from geoclaims._checking import check_of
from geoclaims._display import cut, represented
from geoclaims._rules import Invariant, definitions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FEW: Final = 5


class _Pretty:
    """Let IPython and Hypothesis print an object, and Hypothesis the class itself."""

    def __get__(self, instance: Model | None, model: type[Model]) -> Callable[..., None]:
        return partial(_print, model) if instance is None else partial(_print, model, instance)


class InPydantic:
    """The base of all that can be the type of a field in pydantic."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> Any:
        """Answer pydantic, which asks how to read, write and describe the class."""
        # By its name, since it stands above the models: it knows JSON and its schema.
        return import_module("geoclaims._pydantic").core_schema_of(cls)


class Model(InPydantic):
    """The base of all models."""

    __slots__ = ("__weakref__",)
    _invariant: ClassVar[Invariant | None] = None

    def __attrs_post_init__(self) -> None:
        check_of(type(self))(self)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={_brief(value)}" for name, value in fields_given(self))
        return f"{type(self).__name__}({given})"

    _repr_pretty_: ClassVar[_Pretty] = _Pretty()

    def _repr_html_(self) -> str:
        """Show the object in a notebook."""
        # By its name, since what shows models stands above them, and is rarely wanted.
        html: str = import_module("geoclaims._html.notebook").object_in_notebook(self)
        return html


def _print(model: type[Model], *arguments: Any) -> None:
    """Print an instance in full, as an expression that makes it again; without one, print the name of the model."""
    *instances, printer, _ = arguments  # the last is for objects that hold themselves, which none can
    if not instances:
        printer.text(model.__name__)
    for instance in instances:
        with printer.group(4, f"{type(instance).__name__}(", ")"):
            for index, (name, value) in enumerate(fields_given(instance)):
                if index:
                    printer.text(",")
                printer.breakable(" " if index else "")
                printer.text(f"{name}=")
                printer.pretty(value)


def fields_given(instance: object) -> Iterator[tuple[str, Any]]:
    """Iterate over the names and values of the fields that differ from their defaults, in order."""
    for name, definition in definitions(type(instance)).items():
        value = getattr(instance, name)
        if definition.required or value != definition.default:
            yield name, value


def _brief(value: object) -> str:
    """Represent a value in short: cut a long text, and show the first element of a long tuple and their number."""
    if type(value) is str:
        return represented(cut(value))
    if isinstance(value, tuple):
        shown = ", ".join(map(_brief, value[:1] if len(value) > _FEW else value))
        if len(value) > _FEW:
            return f"({shown}, … {len(value)} in all)"
        return f"({shown},)" if len(value) == 1 else f"({shown})"
    return repr(value)
