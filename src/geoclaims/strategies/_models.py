"""Draw single models, with a strategy for each field; what does not fit together is repaired, not drawn again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy

from geoclaims._actors import Actor, ActorKind
from geoclaims._dates import PartialDate
from geoclaims._links import Link
from geoclaims._model import Model
from geoclaims._rules.fields import definitions, references_of
from geoclaims._rules.rules import FINGERPRINT, LARGEST_NUMBER, REFERENCE, Choice, Many, Rule
from geoclaims._spans import Span
from geoclaims._statements import Allegation, Denial, DenialKind, Quantity, Statement
from geoclaims.strategies._fields import ids, values

AnyModel = TypeVar("AnyModel", bound=Model)
Fields = dict[str, Any]
DrawFields = Callable[[DrawFn], Fields]
"""A function that draws the fields of a model; Hypothesis prints its name, and not the strategies of all fields."""

_IS_ANY = st.integers(0, 7)

# `locals()` holds exactly the arguments at the beginning of a function, and a test compares them with the fields.


def quantities(
    *,
    minimum: SearchStrategy[int | None] | None = None,
    maximum: SearchStrategy[int | None] | None = None,
    unit: SearchStrategy[str] | None = None,
    approximate: SearchStrategy[bool] | None = None,
) -> SearchStrategy[Quantity]:
    """Draw quantities with one bound or both.

    A minimum above the maximum takes its value, or the maximum that of the
    minimum if only the minimum has a strategy.

    Raises:
        InvalidArgument: An argument is not a strategy.

    >>> from hypothesis import find, strategies as st
    >>> from geoclaims.strategies import quantities
    >>> find(quantities(unit=st.just("ships")), lambda quantity: True)
    Quantity(minimum=0, unit='ships')
    """
    return instances(Quantity, strategies_in(locals()))


def spans() -> SearchStrategy[Span]:
    """Draw spans of no text in particular; those in `articles` fit their text.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import spans
    >>> find(spans(), lambda span: True)
    Span(start=0, end=1, fingerprint='1:1:0000000000000000')
    """
    return spans_with(st.integers(0, LARGEST_NUMBER), values(FINGERPRINT, st.nothing(), {}))


def actors(
    *,
    id: SearchStrategy[str] | None = None,
    name: SearchStrategy[str] | None = None,
    kind: SearchStrategy[ActorKind] | None = None,
    role: SearchStrategy[str | None] | None = None,
    on_behalf_of: SearchStrategy[str | None] | None = None,
    country: SearchStrategy[str | None] | None = None,
    anonymous: SearchStrategy[bool] | None = None,
    aliases: SearchStrategy[Sequence[str]] | None = None,
    same_as: SearchStrategy[Sequence[str]] | None = None,
) -> SearchStrategy[Actor]:
    """Draw single actors.

    Repeated values of a tuple are left out, and nobody acts on behalf of
    themselves.

    Raises:
        InvalidArgument: An argument is not a strategy.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import actors
    >>> find(actors(), lambda actor: actor.anonymous)
    Actor(id='0', name='0', anonymous=True)
    """
    return instances(Actor, strategies_in(locals()))


def statements(
    *,
    id: SearchStrategy[str] | None = None,
    speaker: SearchStrategy[str] | None = None,
    content: SearchStrategy[str] | None = None,
    quotes: SearchStrategy[Sequence[str]] | None = None,
    cue: SearchStrategy[str | None] | None = None,
    date: SearchStrategy[PartialDate | None] | None = None,
    event_date: SearchStrategy[PartialDate | None] | None = None,
    event_end: SearchStrategy[PartialDate | None] | None = None,
    event_place: SearchStrategy[str | None] | None = None,
    about: SearchStrategy[Sequence[str]] | None = None,
    confirms: SearchStrategy[Sequence[str]] | None = None,
    reported_by: SearchStrategy[Sequence[str]] | None = None,
    quantities: SearchStrategy[Sequence[Quantity]] | None = None,
    basis: SearchStrategy[str | None] | None = None,
    appearances: SearchStrategy[Sequence[str]] | None = None,
    labels: SearchStrategy[Sequence[str]] | None = None,
    spans: SearchStrategy[Sequence[Span]] | None = None,
) -> SearchStrategy[Statement]:
    """Draw single statements that are neither allegations nor denials.

    Repeated values, references to the statement itself, and spans that overlap
    are left out. An event that would end before it begins gets one date: that
    of its end, or that of its beginning if only `event_date` has a strategy.

    Raises:
        InvalidArgument: An argument is not a strategy.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import statements
    >>> find(statements(), lambda statement: len(statement.quotes) > 1)
    Statement(id='0', speaker='0', content='0', quotes=('0', '0'))
    """
    return instances(Statement, strategies_in(locals()))


def allegations(
    *,
    id: SearchStrategy[str] | None = None,
    speaker: SearchStrategy[str] | None = None,
    content: SearchStrategy[str] | None = None,
    quotes: SearchStrategy[Sequence[str]] | None = None,
    cue: SearchStrategy[str | None] | None = None,
    date: SearchStrategy[PartialDate | None] | None = None,
    event_date: SearchStrategy[PartialDate | None] | None = None,
    event_end: SearchStrategy[PartialDate | None] | None = None,
    event_place: SearchStrategy[str | None] | None = None,
    about: SearchStrategy[Sequence[str]] | None = None,
    confirms: SearchStrategy[Sequence[str]] | None = None,
    reported_by: SearchStrategy[Sequence[str]] | None = None,
    quantities: SearchStrategy[Sequence[Quantity]] | None = None,
    basis: SearchStrategy[str | None] | None = None,
    appearances: SearchStrategy[Sequence[str]] | None = None,
    labels: SearchStrategy[Sequence[str]] | None = None,
    spans: SearchStrategy[Sequence[Span]] | None = None,
    accused: SearchStrategy[Sequence[str]] | None = None,
) -> SearchStrategy[Allegation]:
    """Draw single allegations, otherwise as `statements` does.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import allegations
    >>> find(allegations(), lambda allegation: True)
    Allegation(id='0', speaker='0', content='0', accused=('0',))
    """
    return instances(Allegation, strategies_in(locals()))


def denials(
    *,
    id: SearchStrategy[str] | None = None,
    speaker: SearchStrategy[str] | None = None,
    content: SearchStrategy[str] | None = None,
    quotes: SearchStrategy[Sequence[str]] | None = None,
    cue: SearchStrategy[str | None] | None = None,
    date: SearchStrategy[PartialDate | None] | None = None,
    event_date: SearchStrategy[PartialDate | None] | None = None,
    event_end: SearchStrategy[PartialDate | None] | None = None,
    event_place: SearchStrategy[str | None] | None = None,
    about: SearchStrategy[Sequence[str]] | None = None,
    confirms: SearchStrategy[Sequence[str]] | None = None,
    reported_by: SearchStrategy[Sequence[str]] | None = None,
    quantities: SearchStrategy[Sequence[Quantity]] | None = None,
    basis: SearchStrategy[str | None] | None = None,
    appearances: SearchStrategy[Sequence[str]] | None = None,
    labels: SearchStrategy[Sequence[str]] | None = None,
    spans: SearchStrategy[Sequence[Span]] | None = None,
    denies: SearchStrategy[Sequence[str]] | None = None,
    kind: SearchStrategy[DenialKind] | None = None,
) -> SearchStrategy[Denial]:
    """Draw single denials, otherwise as `statements` does.

    >>> from hypothesis import find, strategies as st
    >>> from geoclaims import DenialKind
    >>> from geoclaims.strategies import denials
    >>> outright = denials(kind=st.just(DenialKind.OUTRIGHT))
    >>> find(outright, lambda denial: True).kind
    DenialKind.OUTRIGHT
    """
    return instances(Denial, strategies_in(locals()))


PARTS: Final[Mapping[type[Any], Callable[[], SearchStrategy[Any]]]] = {Quantity: quantities, Span: spans}
"""The functions that make strategies of the models that are parts of others."""


def strategies_in(given: Mapping[str, object]) -> dict[str, SearchStrategy[Any]]:
    """Return the strategies that a user gives, without those that are None.

    Raises:
        InvalidArgument: An argument is not a strategy.
    """
    strategies: dict[str, SearchStrategy[Any]] = {}
    for name, strategy in given.items():
        if isinstance(strategy, SearchStrategy):
            strategies[name] = strategy
        elif strategy is not None:
            raise InvalidArgument(f"found {name}={strategy!r}, expected a strategy")
    return strategies


def fields_of(
    model: type[Model],
    references: SearchStrategy[Any],
    own: Mapping[str, SearchStrategy[Any]],
    *,
    optional: Collection[str] = (),
    most: int = 5,
) -> DrawFields:
    """Return a function that draws the fields of a model.

    Fields with a strategy in `own` are always drawn, and required ones, unless they are in `optional`. Of the others
    only a few are drawn: all of them would take too long.
    """
    always, sometimes = dict(own), []
    for name, definition in definitions(model).items():
        if name in own:
            continue
        strategy = values(definition.rule, references, PARTS)
        if definition.required and name not in optional:
            always[name] = strategy
        else:
            sometimes.append(_named(name, strategy))
    # Shrinking turns a field into nothing before it removes it.
    few = st.lists(st.one_of(st.none(), *sometimes), max_size=most)

    def draw_fields(draw: DrawFn) -> Fields:
        # In this order, shrinking can replace a model by a simpler one: the draws of the fields that both have stay in
        # their places.
        fields = dict(filter(None, draw(few)))
        return fields | {name: draw(strategy) for name, strategy in always.items()}

    return draw_fields


@st.composite
def _named(draw: DrawFn, name: str, strategy: SearchStrategy[Any]) -> tuple[str, Any]:
    return name, draw(strategy)


@st.composite
def spans_with(draw: DrawFn, numbers: SearchStrategy[int], fingerprints: SearchStrategy[str]) -> Span:
    """Draw spans whose start and length come from one strategy."""
    start = min(draw(numbers), LARGEST_NUMBER - 1)
    return Span(start, min(start + 1 + draw(numbers), LARGEST_NUMBER), draw(fingerprints))


def instances(model: type[AnyModel], own: Mapping[str, SearchStrategy[Any]]) -> SearchStrategy[AnyModel]:
    """Draw single instances of a model, with a user's strategies for some fields."""
    draw_any = fields_of(model, ids(), own)
    required = {name: each.rule for name, each in definitions(model).items() if each.required}
    simplest = {name: _simplest(rule) for name, rule in required.items()}

    def draw_fields(draw: DrawFn) -> Fields:
        # Hypothesis removes an element of a list only if it takes few draws, as the simplest instance does.
        if draw(_IS_ANY):
            return draw_any(draw)
        return simplest | {name: draw(strategy) for name, strategy in own.items()}

    return _drawn(model, draw_fields, frozenset(own))


def _simplest(rule: Rule) -> Any:
    """Return the simplest value of a required field."""
    match rule:
        case Many():
            return ("0",)
        case Choice(enum):
            return next(iter(enum))
        case _:
            return "0/0" if rule == REFERENCE else "0"


@st.composite
def _drawn(draw: DrawFn, model: type[AnyModel], draw_fields: DrawFields, own: frozenset[str]) -> AnyModel:
    return fitted(model, draw_fields(draw), own)


def fitted(model: type[AnyModel], fields: Fields, own: Collection[str] = ()) -> AnyModel:
    """Make the instance of some fields, after changing them so that they fit each other.

    Those in `own` have a user's strategy, and are changed only if no other field can be.
    """
    fields = {name: _consistent(model, name, value, fields.get("id")) for name, value in fields.items()}
    if model is Quantity:
        if fields.get("minimum") is None and fields.get("maximum") is None:
            fields["maximum" if "minimum" in own else "minimum"] = 0
        _put_in_order(fields, "minimum", "maximum", own)
    if model is Link and fields["source"] == fields["target"]:
        article, _, id = fields["source"].partition("/")
        fields["source" if own == {"target"} else "target"] = f"{article}/{'0' if id != '0' else 'a'}"
    _put_in_order(fields, "event_date", "event_end", own)
    return model(**fields)


def _consistent(model: type[Model], name: str, value: Any, id: str | None) -> Any:
    """Leave out repeated values, forbidden references to the object itself, and spans that overlap."""
    rule, reference = definitions(model)[name].rule, references_of(model).get(name)
    to_itself = reference is not None and not reference.itself
    if not isinstance(rule, Many):
        return None if to_itself and value == id else value
    if name == "spans":
        return apart(value)
    if rule.unique and isinstance(value, list | tuple):
        others = tuple(one for one in dict.fromkeys(value) if not (to_itself and one == id))
        return others or ("0" if id != "0" else "a",)[: rule.least]
    return value


def _put_in_order(fields: Fields, low: str, high: str, own: Collection[str]) -> None:
    """Make a low value equal to a high one if it is above it, or the high one to it if only the low one is in `own`."""
    lowest, highest = (fields.get(name) for name in (low, high))
    if isinstance(lowest, PartialDate) and isinstance(highest, PartialDate):
        in_order = highest.latest >= lowest.earliest
    else:
        in_order = lowest is None or highest is None or highest >= lowest
    if not in_order and low in own and high not in own:
        fields[high] = lowest
    elif not in_order:
        fields[low] = highest


def apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans in the order of the text, without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
