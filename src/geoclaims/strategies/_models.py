"""Draw single models, with a strategy for each field; what does not fit together is repaired, not drawn again."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypedDict, TypeVar, Unpack

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy

from geoclaims._actors import Actor, ActorKind
from geoclaims._dates import PartialDate
from geoclaims._model import Model
from geoclaims._rules import LARGEST_NUMBER, Many, definitions, references_of
from geoclaims._spans import Span
from geoclaims._statements import Allegation, Denial, DenialKind, Quantity, Statement
from geoclaims.strategies._fields import ids, values

P = ParamSpec("P")
T = TypeVar("T")
AnyModel = TypeVar("AnyModel", bound=Model)
Fields = dict[str, Any]
DrawFields = Callable[[DrawFn], Fields]
"""A function that draws the fields of a model."""

# `locals()` holds exactly the arguments at the beginning of a function, and a test compares them with the fields.


def quantities(
    *,
    minimum: SearchStrategy[int | None] | None = None,
    maximum: SearchStrategy[int | None] | None = None,
    unit: SearchStrategy[str] | None = None,
    approximate: SearchStrategy[bool] | None = None,
) -> SearchStrategy[Quantity]:
    """Draw quantities with one bound or both.

    Bounds in the wrong order are swapped, or the bound without a strategy takes
    the value of the other.

    Raises:
        InvalidArgument: An argument is not a strategy.

    >>> from hypothesis import find, strategies as st
    >>> from geoclaims.strategies import quantities
    >>> find(quantities(unit=st.just("ships")), lambda quantity: True)
    Quantity(minimum=0, unit='ships')
    """
    return instances(Quantity, **locals())


def spans() -> SearchStrategy[Span]:
    """Draw spans of no text in particular; those in `articles` fit their text.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import spans
    >>> find(spans(), lambda span: True)
    Span(start=0, end=1, fingerprint='1:1:0000000000000000')
    """
    return instances(Span)


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
    return instances(Actor, **locals())


# All statements have these keywords, so they are written once. Type checkers read them from the annotation `Unpack`.


class StatementFields(TypedDict, total=False):
    """The keywords of `statements`."""

    id: SearchStrategy[str] | None
    speaker: SearchStrategy[str] | None
    content: SearchStrategy[str] | None
    quotes: SearchStrategy[Sequence[str]] | None
    cue: SearchStrategy[str | None] | None
    date: SearchStrategy[PartialDate | None] | None
    event_date: SearchStrategy[PartialDate | None] | None
    event_end: SearchStrategy[PartialDate | None] | None
    event_place: SearchStrategy[str | None] | None
    about: SearchStrategy[Sequence[str]] | None
    confirms: SearchStrategy[Sequence[str]] | None
    reported_by: SearchStrategy[Sequence[str]] | None
    quantities: SearchStrategy[Sequence[Quantity]] | None
    basis: SearchStrategy[str | None] | None
    appearances: SearchStrategy[Sequence[str]] | None
    labels: SearchStrategy[Sequence[str]] | None
    spans: SearchStrategy[Sequence[Span]] | None


class AllegationFields(StatementFields, total=False):
    """The keywords of `allegations`."""

    accused: SearchStrategy[Sequence[str]] | None


class DenialFields(StatementFields, total=False):
    """The keywords of `denials`."""

    denies: SearchStrategy[Sequence[str]] | None
    kind: SearchStrategy[DenialKind] | None


def _with_keywords(fields: type[Any]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let a function refuse all keywords but those of a `TypedDict`, and list these in its signature, for `help`."""
    keywords = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=type_.__forward_arg__)
        for name, type_ in fields.__annotations__.items()
    ]

    def decorated(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def checked(*args: P.args, **given: P.kwargs) -> T:
            for name in given:
                if name not in fields.__annotations__:
                    raise TypeError(f"{function.__name__}() got an unexpected keyword argument {name!r}")
            return function(*args, **given)

        vars(checked)["__signature__"] = inspect.signature(function).replace(parameters=keywords)
        return checked

    return decorated


@_with_keywords(StatementFields)
def statements(**fields: Unpack[StatementFields]) -> SearchStrategy[Statement]:
    """Draw single statements that are neither allegations nor denials.

    Repeated values, references to the statement itself, and spans that overlap
    are left out. Dates of an event that would end before it begins are swapped,
    or the date without a strategy takes the value of the other.

    Raises:
        InvalidArgument: An argument is not a strategy.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import statements
    >>> find(statements(), lambda statement: len(statement.quotes) > 1)
    Statement(id='0', speaker='0', content='0', quotes=('0', '0'))
    """
    return instances(Statement, **fields)


@_with_keywords(AllegationFields)
def allegations(**fields: Unpack[AllegationFields]) -> SearchStrategy[Allegation]:
    """Draw single allegations, otherwise as `statements` does.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import allegations
    >>> find(allegations(), lambda allegation: True)
    Allegation(id='0', speaker='0', content='0', accused=('0',))
    """
    return instances(Allegation, **fields)


@_with_keywords(DenialFields)
def denials(**fields: Unpack[DenialFields]) -> SearchStrategy[Denial]:
    """Draw single denials, otherwise as `statements` does.

    >>> from hypothesis import find, strategies as st
    >>> from geoclaims import DenialKind
    >>> from geoclaims.strategies import denials
    >>> outright = denials(kind=st.just(DenialKind.OUTRIGHT))
    >>> find(outright, lambda denial: True).kind
    DenialKind.OUTRIGHT
    """
    return instances(Denial, **fields)


def instances(model: type[AnyModel], /, **given: object) -> SearchStrategy[AnyModel]:
    """Draw single instances of a model, with a user's strategies for some fields; None where none is given.

    Raises:
        InvalidArgument: An argument is not a strategy.
    """
    own = strategies_in(given)
    return _instances(model, fields_of(model, ids(), own), frozenset(own))


@st.composite
def _instances(draw: DrawFn, model: type[AnyModel], draw_fields: DrawFields, own: frozenset[str]) -> AnyModel:
    return fitted(model, draw_fields(draw), own)


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
    few: bool = False,
) -> DrawFields:
    """Return a function that draws the fields of a model.

    Args:
        model: The model.
        references: The strategy for references.
        own: Strategies that replace those of the rules, and are drawn first.
        optional: Fields that need not be drawn although the model requires them.
        few: Whether other fields are drawn only sometimes, instead of two or three each time.
    """
    always = dict(own)
    sometimes: list[tuple[str, SearchStrategy[Any]]] = []
    for name, definition in definitions(model).items():
        if name in own:
            continue
        strategies = values(definition.rule, references, instances)
        if definition.required and name not in optional:
            always[name] = st.one_of(strategies)
        else:
            sometimes += [(name, strategy) for strategy in strategies]
    ends = 2 * len(sometimes) if few else max(1, len(sometimes) * 2 // 5)
    # The numbers of the fields do not depend on how many ends there are, nor on the model: see below.
    options = [None, *sometimes, *[None] * (ends - 1)]
    next_field = _fields_with_values(options, st.integers(0, len(options) - 1))

    def draw_fields(draw: DrawFn) -> Fields:
        # In this order, shrinking can replace a model by a simpler one: the draws of the fields that both have stay in
        # their places.
        drawn: Fields = {}
        while option := draw(next_field):
            name, value = option
            drawn[name] = value
        return drawn | {name: draw(strategy) for name, strategy in always.items()}

    return draw_fields


@st.composite
def _fields_with_values(
    draw: DrawFn, options: Sequence[tuple[str, SearchStrategy[Any]] | None], places: SearchStrategy[int]
) -> tuple[str, Any] | None:
    """Draw a field and its value together, so that shrinking can remove both; None ends the drawing of fields."""
    option = options[draw(places)]
    return option and (option[0], draw(option[1]))


def fitted(model: type[AnyModel], fields: Fields, own: Collection[str] = ()) -> AnyModel:
    """Make the instance of some fields, after changing them so that they fit each other.

    Args:
        model: The model.
        fields: What was drawn.
        own: The fields with a user's strategy, which are changed only if no other field can be.
    """
    fields = {name: _unique(definitions(model)[name].rule, value) for name, value in fields.items()}
    if model is Quantity:
        _fit_bounds(fields, own)
    elif model is Span:
        start, end = sorted((fields["start"], fields["end"]))
        if start == end:
            start, end = (start, end + 1) if end < LARGEST_NUMBER else (start - 1, end)
        fields |= {"start": start, "end": end}
    else:
        _turn_from_itself(model, fields)
        begin, end = fields.get("event_date"), fields.get("event_end")
        if isinstance(begin, PartialDate) and isinstance(end, PartialDate) and end.latest < begin.earliest:
            _put_in_order(fields, "event_date", "event_end", own)
    if "spans" in fields:
        fields["spans"] = _apart(fields["spans"])
    return model(**fields)


def _unique(rule: object, value: Any) -> Any:
    if isinstance(rule, Many) and rule.unique and isinstance(value, list | tuple):
        return tuple(dict.fromkeys(value))
    return value


def _fit_bounds(fields: Fields, own: Collection[str]) -> None:
    minimum, maximum = fields.get("minimum"), fields.get("maximum")
    if minimum is None and maximum is None:
        fields["maximum" if "minimum" in own else "minimum"] = 0
    elif minimum is not None and maximum is not None and minimum > maximum:
        # Where neither has a user's strategy, the maximum gives way, so that many quantities are exact.
        _put_in_order(fields, "minimum", "maximum", own or {"minimum"})


def _put_in_order(fields: Fields, low: str, high: str, own: Collection[str]) -> None:
    """Exchange two values, or give the one without a user's strategy the value of the other."""
    if (low in own) == (high in own):
        fields[low], fields[high] = fields[high], fields[low]
    elif high in own:
        fields[low] = fields[high]
    else:
        fields[high] = fields[low]


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


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans in the order of the text, without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
