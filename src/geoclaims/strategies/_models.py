"""Draw single models, with a strategy for each field."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis.strategies import SearchStrategy  # noqa: TC002 - tools that read signatures resolve them

from geoclaims._actors import Actor, ActorKind
from geoclaims._dates import PartialDate
from geoclaims._spans import Span
from geoclaims._statements import Allegation, Denial, DenialKind, Quantity, Statement
from geoclaims.strategies._fields import instances

# Each function passes on all its arguments, which are the fields of its model: `locals()` holds exactly these at the
# beginning of a function, and a test compares the two.


def quantities(
    *,
    minimum: SearchStrategy[int | None] | None = None,
    maximum: SearchStrategy[int | None] | None = None,
    unit: SearchStrategy[str] | None = None,
    approximate: SearchStrategy[bool] | None = None,
) -> SearchStrategy[Quantity]:
    """Draw quantities with one bound or both.

    Zero and the largest number are among the bounds. Each argument is the
    strategy for a field; without it, any value that the field may hold is
    drawn. Bounds in the wrong order are swapped, or the bound without a
    strategy takes the value of the other.

    Raises:
        InvalidArgument: An argument is not a strategy.

    >>> from hypothesis import find, strategies as st
    >>> from geoclaims.strategies import quantities
    >>> upper = quantities(minimum=st.none(), unit=st.just("citizens"))
    >>> find(upper, lambda quantity: True)
    Quantity(maximum=0, unit='citizens')
    """
    return instances(Quantity, locals())


def spans() -> SearchStrategy[Span]:
    """Draw spans of any place in any text.

    Only the spans in `articles` fit the text of their article.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import spans
    >>> find(spans(), lambda span: True)
    Span(start=0, end=1, fingerprint='1:1:0000000000000000')
    """
    return instances(Span, {})


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

    Their references have no targets; `articles` links them. Each argument is
    the strategy for a field; without it, any value that the field may hold is
    drawn. Repeated values of a tuple are left out, and nobody acts on behalf of
    themselves.

    Raises:
        InvalidArgument: An argument is not a strategy.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import actors
    >>> find(actors(), lambda actor: actor.anonymous)
    Actor(id='0', name='0', anonymous=True)
    """
    return instances(Actor, locals())


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

    Their references have no targets; `articles` links them. Each argument is
    the strategy for a field; without it, any value that the field may hold is
    drawn. Repeated values of a tuple of ids, addresses or labels are left out,
    and so is a statement's own id among those that it is about or confirms. The
    dates of an event that would end before it begins are swapped, or the date
    without a strategy takes the value of the other. Spans are sorted, and those
    that overlap others are left out.

    Raises:
        InvalidArgument: An argument is not a strategy.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import statements
    >>> find(statements(), lambda statement: len(statement.quotes) > 1)
    Statement(id='0', speaker='0', content='0', quotes=('0', '0'))
    """
    return instances(Statement, locals())


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
    """Draw single allegations; some speakers accuse themselves.

    The fields are drawn in the same way as by `statements`.

    Raises:
        InvalidArgument: An argument is not a strategy.

    >>> from hypothesis import find
    >>> from geoclaims.strategies import allegations
    >>> find(allegations(), lambda allegation: True)
    Allegation(id='0', speaker='0', content='0', accused=('0',))
    """
    return instances(Allegation, locals())


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
    """Draw single denials; none denies itself.

    The fields are drawn in the same way as by `statements`.

    Raises:
        InvalidArgument: An argument is not a strategy.

    >>> from hypothesis import find, strategies as st
    >>> from geoclaims import DenialKind
    >>> from geoclaims.strategies import denials
    >>> outright = denials(kind=st.just(DenialKind.OUTRIGHT))
    >>> find(outright, lambda denial: True).kind
    DenialKind.OUTRIGHT
    """
    return instances(Denial, locals())
