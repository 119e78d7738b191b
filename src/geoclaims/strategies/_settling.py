"""Make instances from fields that were drawn separately: broken invariants are repaired, not drawn again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from geoclaims._dates import PartialDate
from geoclaims._model import Model
from geoclaims._rules import LARGEST_NUMBER, Many, definitions, references_of
from geoclaims._spans import Span
from geoclaims._statements import Quantity

AnyModel = TypeVar("AnyModel", bound=Model)
Fields = dict[str, Any]


def settled(model: type[AnyModel], fields: Fields, own: Collection[str] = ()) -> AnyModel:
    """Make the instance of some fields, after changing them so that they fit each other.

    Args:
        model: The model.
        fields: What was drawn.
        own: The fields with a user's strategy, which are changed only if no other field can be.
    """
    fields = {name: _unique(definitions(model)[name].rule, value) for name, value in fields.items()}
    if issubclass(model, Quantity):
        _put_bounds_in_order(fields, own)
    elif issubclass(model, Span):
        _put_ends_in_order(fields)
    else:
        _turn_from_itself(model, fields)
        _put_event_in_order(fields, own)
    if "spans" in fields:
        fields["spans"] = in_order(fields["spans"])
    return model(**fields)


def _unique(rule: object, value: Any) -> Any:
    if isinstance(rule, Many) and rule.unique and isinstance(value, list | tuple):
        return tuple(dict.fromkeys(value))
    return value


def _put_bounds_in_order(fields: Fields, own: Collection[str]) -> None:
    minimum, maximum = fields.get("minimum"), fields.get("maximum")
    if minimum is None and maximum is None:
        fields["maximum" if "minimum" in own else "minimum"] = 0
    elif minimum is not None and maximum is not None and minimum > maximum:
        if "maximum" not in own:
            fields["maximum"] = minimum
        elif "minimum" not in own:
            fields["minimum"] = maximum
        else:
            fields |= {"minimum": maximum, "maximum": minimum}


def _put_ends_in_order(fields: Fields) -> None:
    start, end = sorted((fields["start"], fields["end"]))
    if start == end:
        start, end = (start, end + 1) if end < LARGEST_NUMBER else (start - 1, end)
    fields |= {"start": start, "end": end}


def _put_event_in_order(fields: Fields, own: Collection[str]) -> None:
    """Let an event end when it begins or later; if one of its dates has a user's strategy, change the other."""
    begin, end = fields.get("event_date"), fields.get("event_end")
    if not (isinstance(begin, PartialDate) and isinstance(end, PartialDate)) or end.latest >= begin.earliest:
        return
    if ("event_date" in own) == ("event_end" in own):
        fields |= {"event_date": end, "event_end": begin}
    elif "event_end" in own:
        fields["event_date"] = end
    else:
        fields["event_end"] = begin


def _turn_from_itself(model: type[Any], fields: Fields) -> None:
    """Remove forbidden references to the object itself; a field that must not be empty gets another target."""
    id = fields["id"]
    for name, reference in references_of(model).items():
        if reference.itself or name not in fields:
            continue
        rule = definitions(model)[name].rule
        if not isinstance(rule, Many):
            if fields[name] == id:
                del fields[name]
        elif id in fields[name]:
            others = tuple(other for other in fields[name] if other != id)
            fields[name] = others or ("0" if id != "0" else "a",)[: rule.least]


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in the order of the text, without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
