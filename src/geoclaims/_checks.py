"""Check objects, and single values, by functions that are generated from rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from geoclaims._errors import Path
from geoclaims._issues import WRONG, Issues, place_of
from geoclaims._rules.fields import Definition, Invariant, definitions, once_for_each_model
from geoclaims._rules.rules import Many, Reference, Rule, decode
from geoclaims._rules.source import Break, Source, branches, indented, noting

# The list of issues is made when the first is noted, so that a valid object does not pay for it.
_NOTES: Final = "(notes := notes or Issues(instance))"


@once_for_each_model
def check_of(model: type[Any]) -> Callable[[Any], None]:
    """Make the check of an object of a model, which raises the `ValidationError` that lists all that is wrong."""
    source = Source(f"check {model.__name__}", "instance", Issues=Issues, with_wrong=_with_wrong)
    lines = ["notes = None"]
    for field in definitions(model).values():
        lines += _check_of_field(field, source)
    invariant: Invariant | None = model._invariant  # noqa: SLF001 - no name for users
    if invariant:
        broken = source.constant(invariant.broken, "broken")
        lines += invariant.lines(broken, "notes", f"{_NOTES}.note(code, path, message)")
    lines.append("if notes: notes.raise_if_any()")
    return source.function(lines)


def _with_wrong(values: Sequence[Any], index: int) -> list[Any]:
    """Replace an element that breaks its rule by `WRONG`; the elements are copied once, however many are wrong."""
    elements = values if isinstance(values, list) else list(values)
    elements[index] = WRONG
    return elements


def _check_of_field(field: Definition, source: Source) -> Iterator[str]:
    """Write the lines that check a field, unless it is at its default."""
    value = f"{field.name}_"
    yield f"{value} = instance.{field.name}"
    lines = _check_of_value(field.rule, value, f"((), {field.name!r})", source)
    if field.required:
        yield from lines
        return
    # A default is valid. Defaults are singletons, so they are compared by identity.
    yield f"if {value} is not {source.constant(field.default, 'default')}:"
    yield from indented(lines)


def _check_of_value(rule: Rule, value: str, place: str, source: Source) -> Iterator[str]:
    """Write the lines that note how a value breaks its rule, and replace it, or its wrong elements, by `WRONG`."""

    def fail_element(broken: Break) -> str:
        expected = source.constant(broken.expected, "expected")
        noted = f"{_NOTES}.wrong({broken.code!r}, ({place}, index), item, {expected})"
        return f"{noted}; {value} = with_wrong({value}, index)"

    yield from noting(rule.breaks(value, source), value, place, source, notes=_NOTES)
    if isinstance(rule, Many):
        yield "else:"
        yield f"    for index, item in enumerate({value}):"
        yield from indented(indented(branches(rule.item.breaks("item", source), fail_element)))
        yield from indented(rule.checks(value, place, _NOTES, source))
    elif isinstance(rule, Reference):
        yield from rule.checks_of_owner(value, place, _NOTES, source, many=False)


def checked(rule: Rule, data: Any, path: Path, issues: Issues) -> Any:
    """Read the JSON of a single value that is not part of a document; note what is wrong with it and return `WRONG`."""
    return _reader_of_value(rule)(data, place_of(path), issues)


@cache
def _reader_of_value(rule: Rule) -> Callable[..., Any]:
    source = Source(f"read {type(rule).__name__}", "value, place, notes", in_json=True)
    return source.function([*decode(rule, "value", "place", source), "return value"])
