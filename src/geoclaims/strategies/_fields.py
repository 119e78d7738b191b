"""Draw the fields of models, each with a strategy that follows from its rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import DrawFn, SearchStrategy

from geoclaims._countries import country_codes
from geoclaims._model import Model
from geoclaims._rules import (
    LARGEST_NUMBER,
    Choice,
    Country,
    Date,
    Flag,
    Form,
    Nested,
    Reference,
    Rule,
    Text,
    Whole,
    definitions,
)
from geoclaims.strategies._leaves import forms, ids, partial_dates, texts_under
from geoclaims.strategies._settling import AnyModel, Fields, settled

Given = Mapping[str, SearchStrategy[Any]]
"""The strategies of some fields."""

_MOST_ELEMENTS: Final = 4


def values(rule: Rule, references: SearchStrategy[Any]) -> list[SearchStrategy[Any]]:
    """Return strategies of values that keep a rule, to choose between; references are drawn by a given strategy."""
    match rule:
        case Text():
            return [texts_under(rule)]
        case Form():
            return [forms()[rule]]
        case Reference():
            return [references]
        case Country():
            return [st.sampled_from([*sorted(country_codes()), *["XKX"] * 50])]  # the one that is not in the standard
        case Flag():
            return [st.sampled_from([True])]  # false is the default, which is left out
        case Whole():
            return [st.sampled_from((0, 1, 2, LARGEST_NUMBER)) | st.integers(0, LARGEST_NUMBER)]
        case Choice(enum):
            return [st.sampled_from(enum)]
        case Date():
            return [partial_dates()]
        case Nested(models):
            return [instances(model, {}) for model in models]
        case _:
            items = st.one_of(values(rule.item, references))
            # Splitting at separators is the most frequent bug with lists of text.
            weight = 2 if isinstance(rule.item, Text) else 1
            return [st.tuples(items), st.lists(items, min_size=1, max_size=_MOST_ELEMENTS)] * weight


@attrs.frozen(repr=False)
class Plan:
    """A plan by which the fields of a model are drawn.

    Attributes:
        always: The strategies of the fields that are drawn each time.
        sometimes: Another field and its value, or None, which ends the drawing. Both are one draw, so that shrinking
            can remove them together.
    """

    always: Given
    sometimes: SearchStrategy[tuple[str, Any] | None]

    def _repr_pretty_(self, printer: Any, cycle: object) -> None:
        """Print a few words: Hypothesis shows a strategy with its arguments, and warns if that is very long."""
        del cycle
        printer.text(f"<plan with {', '.join(self.always)}>")

    @classmethod
    def of(
        cls,
        model: type[Model],
        references: SearchStrategy[Any],
        own: Given,
        *,
        optional: Collection[str] = (),
        few: bool = False,
    ) -> Plan:
        """Plan how to draw the fields of a model.

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
            strategies = values(definition.rule, references)
            if definition.required and name not in optional:
                always[name] = st.one_of(strategies)
            else:
                sometimes += [(name, strategy) for strategy in strategies]
        ends = 2 * len(sometimes) if few else max(1, len(sometimes) * 2 // 5)
        # The numbers of the fields do not depend on how many ends there are, nor on the model: see `drawn`.
        options = [None, *sometimes, *[None] * (ends - 1)]
        return cls(always, _one_field(options, st.integers(0, len(options) - 1)))

    def drawn(self, draw: DrawFn) -> Fields:
        """Draw some of the optional fields, and those that are always drawn.

        In this order, shrinking can replace a model by a simpler one: the draws of the fields that both have stay in
        their places.
        """
        fields: dict[str, Any] = {}
        while option := draw(self.sometimes):
            name, value = option
            fields[name] = value
        return fields | {name: draw(strategy) for name, strategy in self.always.items()}


@st.composite
def _one_field(
    draw: DrawFn, options: list[tuple[str, SearchStrategy[Any]] | None], places: SearchStrategy[int]
) -> tuple[str, Any] | None:
    option = options[draw(places)]
    return option and (option[0], draw(option[1]))


def instances(model: type[AnyModel], given: Mapping[str, object]) -> SearchStrategy[AnyModel]:
    """Draw single instances of a model, with a user's strategies for some fields; None where none is given.

    Raises:
        InvalidArgument: An argument is not a strategy.
    """
    own = strategies_in(given)
    return _instances(model, Plan.of(model, ids(), own), frozenset(own))


@st.composite
def _instances(draw: DrawFn, model: type[AnyModel], plan: Plan, own: frozenset[str]) -> AnyModel:
    return settled(model, plan.drawn(draw), own)


def strategies_in(given: Mapping[str, object]) -> Given:
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
