"""What all models have in common: they check themselves when made, and show themselves as Python is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from geoclaims._display.wording import LONGEST_VALUE
from geoclaims._rules.checking import check_instance
from geoclaims._rules.compiling import quick_check
from geoclaims._rules.rules import Together, definitions

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEW: Final = 5


class Model:
    """What all models do: check themselves when made, and show what was given."""

    __slots__ = ()
    _together: ClassVar[Together] = Together()

    def __attrs_post_init__(self) -> None:
        if not quick_check(type(self))(self):
            check_instance(self)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={_brief(value)}" for name, value in fields_given(self))
        return f"{type(self).__name__}({given})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: FBT001 - the protocol of IPython and Hypothesis
        """Print the object in full, as an expression that makes it again."""
        del cycle  # no object can hold itself
        with printer.group(4, f"{type(self).__name__}(", ")"):
            for index, (name, value) in enumerate(fields_given(self)):
                if index:
                    printer.text(",")
                printer.breakable(" " if index else "")
                printer.text(f"{name}=")
                printer.pretty(value)

    def _repr_html_(self) -> str:
        """Show the object in a notebook, by its fields."""
        from geoclaims._display.markup import table_of_fields

        return table_of_fields(type(self).__name__, fields_given(self))


def fields_given(instance: object) -> Iterator[tuple[str, Any]]:
    """The names and values of the fields that differ from their defaults, in order."""
    for name, definition in definitions(type(instance)).items():
        value = getattr(instance, name)
        if definition.required or value != definition.default:
            yield name, value


def _brief(value: object) -> str:
    """A value in a short repr: long text is cut, and of a long tuple only the first and the number are told."""
    if type(value) is str and len(value) > LONGEST_VALUE:
        return repr(value[: LONGEST_VALUE - 1] + "…")
    if isinstance(value, tuple):
        shown = ", ".join(map(_brief, value[:1] if len(value) > _FEW else value))
        if len(value) > _FEW:
            return f"({shown}, … {len(value)} in all)"
        return f"({shown},)" if len(value) == 1 else f"({shown})"
    return repr(value)
