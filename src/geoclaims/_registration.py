"""Register the public types with Hypothesis, so that `st.from_type` draws valid instances of them."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any, Final

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._dates import PartialDate
from geoclaims._links import Link
from geoclaims._spans import Span
from geoclaims._statements import Allegation, Denial, Quantity, Statement

_STRATEGIES: Final[dict[type[Any], tuple[str, ...]]] = {
    Actor: ("actors",),
    Statement: ("statements", "allegations", "denials"),
    Allegation: ("allegations",),
    Denial: ("denials",),
    Article: ("articles",),
    PartialDate: ("partial_dates",),
    Quantity: ("quantities",),
    Span: ("spans",),
    Link: ("links",),
}


def register_strategies() -> None:
    """Register how to draw each type; the strategies themselves are imported when one is first drawn from."""
    from hypothesis import strategies as st

    from geoclaims.corpus import Corpus

    for type_, names in {**_STRATEGIES, Corpus: ("corpora",)}.items():
        st.register_type_strategy(type_, partial(_strategy, names))


def register_strategies_if_hypothesis_is_in_use() -> None:
    """Register the types if Hypothesis is already loaded; otherwise Hypothesis does it when it is loaded."""
    if sys.modules.get("hypothesis"):  # None marks a module that must not be imported
        register_strategies()


def _strategy(names: tuple[str, ...], _: object) -> Any:
    """Make the strategy for a type; Hypothesis asks for it by that type, or by a base of it, such as `object`."""
    from hypothesis import strategies as st

    from geoclaims import strategies

    return st.one_of([getattr(strategies, name)() for name in names])
