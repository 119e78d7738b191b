"""Define the base of all models: they are checked when made, and shown as Python expressions."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from geoclaims._checks import check_of
from geoclaims._messages import cut, represented
from geoclaims._rules import Invariant, definitions

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEW: Final = 5

ABOVE: Final[dict[str, Callable[[Any], Any]]] = {}
"""The two functions of upper layers that models call; `geoclaims/__init__.py` enters them once, when it is imported.

`schema_for_pydantic` is called with a class, `view_in_notebook` with an object.
"""


class _Pretty:
    """Define how IPython and Hypothesis print an object, and how Hypothesis prints the class."""

    def __get__(self, instance: Model | None, model: type[Model]) -> Callable[..., None]:
        return partial(_print, model) if instance is None else partial(_print, model, instance)


class InPydantic:
    """The base of all types that can be the type of a field in pydantic."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> Any:
        """Tell pydantic how to read, write and describe the class."""
        return ABOVE["schema_for_pydantic"](cls)


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
        view: str = ABOVE["view_in_notebook"](self)
        return view


class Kind(StrEnum):
    """The base of enumerations: members have their Python names as their representation."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"


def _print(model: type[Model], *arguments: Any) -> None:
    """Print an instance as the expression that makes it; without an instance, print the name of the model.

    Hypothesis prints it in full, so that a failing example can be made again, and IPython as briefly as Python does.
    """
    *instances, printer, _ = arguments  # the last is for objects that contain themselves, which no model can
    if not instances:
        printer.text(model.__name__)
    for instance in instances:
        if not type(printer).__module__.startswith("hypothesis."):
            printer.text(repr(instance))
            continue
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
    """Represent a value briefly: cut a long text, and show only the first element of a long tuple and its length."""
    if type(value) is str:
        return represented(cut(value))
    if isinstance(value, tuple):
        shown = ", ".join(map(_brief, value[:1] if len(value) > _FEW else value))
        if len(value) > _FEW:
            return f"({shown}, … {len(value)} in all)"
        return f"({shown},)" if len(value) == 1 else f"({shown})"
    return repr(value)
