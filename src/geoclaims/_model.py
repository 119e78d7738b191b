"""Define the base of all models: they are checked when made, and shown as Python expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar, Final

from geoclaims._checks import check_of
from geoclaims._rules.fields import Invariant, definitions

ABOVE: Final[dict[str, Callable[[Any], Any]]] = {}
"""The two functions of upper layers that models call; `geoclaims/__init__.py` enters them once, when it is imported.

`schema_for_pydantic` is called with a class, `view_in_notebook` with an object.
"""


class InPydantic:
    """The base of all types that can be the type of a field in pydantic; those that are final have no subclasses."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        for base in cls.__bases__:
            if "__final__" in vars(base):
                raise TypeError(f"{base.__name__} cannot have subclasses: hold it in a field of {cls.__name__} instead")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> Any:
        """Tell pydantic how to read, write and describe the class."""
        return ABOVE["schema_for_pydantic"](cls)


class Model(InPydantic):
    """The base of all models."""

    # Here, and not in each model, so that an unfrozen class can have the memory layout of a model: see `_json.reading`.
    __slots__ = ("__weakref__",)
    _invariant: ClassVar[Invariant | None] = None

    def __attrs_post_init__(self) -> None:
        check_of(type(self))(self)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in fields_given(self))
        return f"{type(self).__name__}({given})"

    def __rich_repr__(self) -> Iterator[Any]:
        """Yield the parts of what rich shows."""
        return fields_given(self)

    @property
    def _repr_pretty_(self) -> Callable[[Any, bool], None]:
        """Print the whole expression for Hypothesis, so that a failing example can be made again.

        IPython looks for a method of the class, does not find one, and shows the `repr`.
        """
        return partial(print_expression, type(self).__name__, fields_given(self))

    def _repr_html_(self) -> str:
        """Show the object in a notebook."""
        view: str = ABOVE["view_in_notebook"](self)
        return view


class Kind(StrEnum):
    """The base of enumerations: members have their Python names as their representation."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"


def print_expression(name: str, fields: Iterable[tuple[str, Any]], printer: Any, cycle: object) -> None:
    """Print the expression that makes an object, by a pretty printer as Hypothesis and IPython have it."""
    del cycle  # values contain no cycles
    with printer.group(4, f"{name}(", ")"):
        for index, (field, value) in enumerate(fields):
            printer.text("," if index else "")
            printer.breakable(" " if index else "")
            printer.text(f"{field}=")
            printer.pretty(value)


def fields_given(instance: object) -> Iterator[tuple[str, Any]]:
    """Iterate over the names and values of the fields that differ from their defaults, in order."""
    for name, definition in definitions(type(instance)).items():
        value = getattr(instance, name)
        if definition.required or value != definition.default:
            yield name, value
