"""Model what is said: statements, allegations and denials, and the numbers that they claim."""

from collections.abc import Sequence
from typing import Any, Final, Self, final

import attrs

from geoclaims._dates import PartialDate
from geoclaims._issues import WRONG, Finding
from geoclaims._model import Kind, Model
from geoclaims._rules.fields import RULE, Invariant, as_texts, as_tuple
from geoclaims._rules.rules import IDENTIFIER, NAME, PROSE, URL, Choice, Date, Flag, Many, Nested, Reference, Whole
from geoclaims._spans import Span


@final
class DenialKind(Kind):
    """How something is denied.

    The kinds are ours, after the literature on image repair; no standard has
    them.

    Attributes:
        OUTRIGHT ("outright"): It did not happen.
        NON_INVOLVEMENT ("non_involvement"): The denier has no part in it.
        NO_EVIDENCE ("no_evidence"): It is unsupported.
        BLAME_SHIFT ("blame_shift"): Another did it; what is said of the other
            is an allegation of its own.
        UNSPECIFIED ("unspecified"): The article does not say how.

    >>> from geoclaims import DenialKind
    >>> DenialKind("outright")
    DenialKind.OUTRIGHT
    """

    OUTRIGHT = "outright"
    NON_INVOLVEMENT = "non_involvement"
    NO_EVIDENCE = "no_evidence"
    BLAME_SHIFT = "blame_shift"
    UNSPECIFIED = "unspecified"


_BOUND: Final = Whole("a whole number, such as 6, without quotation marks; one with a fraction stays in the content")


def _bounds_that_do_not_fit(minimum: Any, maximum: Any) -> Sequence[Finding]:
    """Report that there is no bound, or that the minimum is above the maximum."""
    if minimum is None or maximum is None:
        no_bound = ("missing", (), "found no bound, expected a minimum, a maximum or both")
        return [no_bound] if minimum is maximum else ()
    if minimum is WRONG or maximum is WRONG or minimum <= maximum:
        return ()
    return [("range", (), f"found minimum {minimum} above maximum {maximum}, expected minimum ≤ maximum")]


@final
@attrs.frozen(kw_only=True, repr=False)
class Quantity(Model):
    """A number of something, with the bounds that are claimed for it.

    "At least 155 citizens" has only a minimum, "six soldiers" both bounds at 6.
    As text, it is "at least 6 x", "at most 6 x", "3 to 6 x", "6 x" or
    "about 6 x".

    Attributes:
        minimum: The smallest number that is claimed.
        maximum: The largest number that is claimed.
        unit: What is counted or measured, such as citizens.
        approximate: Whether the bounds are said to be approximate.

    Raises:
        ValidationError: A field breaks its rule, the minimum is above the
            maximum (`range`), or neither is given (`missing`).

    >>> from geoclaims import Quantity
    >>> str(Quantity(minimum=155, unit="citizens"))
    'at least 155 citizens'
    """

    _invariant = Invariant(
        ("minimum", "maximum"),
        _bounds_that_do_not_fit,
        "minimum_ is maximum_ or None not in (minimum_, maximum_) and minimum_ > maximum_",
    )

    minimum: int | None = attrs.field(default=None, metadata={RULE: _BOUND})
    maximum: int | None = attrs.field(default=None, metadata={RULE: _BOUND})
    unit: str = attrs.field(metadata={RULE: NAME})
    approximate: bool = attrs.field(default=False, metadata={RULE: Flag()})

    @classmethod
    def of(cls, number: int, unit: str, *, approximate: bool = False) -> Self:
        """Make the quantity of one number: both bounds are at it.

        Raises:
            ValidationError: An argument breaks the rule of its field.

        >>> from geoclaims import Quantity
        >>> Quantity.of(6, "soldiers")
        Quantity(minimum=6, maximum=6, unit='soldiers')
        """
        at_least = cls(minimum=number, unit=unit, approximate=approximate)  # a wrong number is one issue
        return attrs.evolve(at_least, maximum=number)

    def __str__(self) -> str:
        about = "about " if self.approximate else ""
        if self.maximum is None:
            return f"at least {about}{self.minimum:,} {self.unit}"
        if self.minimum is None:
            return f"at most {about}{self.maximum:,} {self.unit}"
        if self.minimum == self.maximum:
            return f"{about}{self.minimum:,} {self.unit}"
        return f"{about}{self.minimum:,} to {self.maximum:,} {self.unit}"


def _quantities(value: Sequence[Quantity]) -> tuple[Quantity, ...]:
    return as_tuple(value)


def _spans(value: Sequence[Span]) -> tuple[Span, ...]:
    return as_tuple(value)


def _fields_that_do_not_fit(event_date: Any, event_end: Any, spans: Any) -> Sequence[Finding]:
    """Report an event that ends before it begins, and spans that begin before the previous one ends."""
    findings: list[Finding] = []
    begin = event_date if isinstance(event_date, PartialDate) else None
    if begin and isinstance(event_end, PartialDate) and event_end.latest < begin.earliest:
        message = f"found an event from {event_date} to {event_end}, expected an end at or after the beginning"
        findings.append(("range", (), message))
    end = 0
    for index, span in enumerate(() if spans is WRONG else spans):
        if not isinstance(span, Span):
            continue
        if span.start < end:
            expected = f"expected a start at or after {end}, where the span before it ends"
            findings.append(("span", ("spans", index), f"found a start at {span.start}, {expected}"))
        end = max(end, span.end)
    return findings


class _Room(Model):
    """Has slots for the fields that only one kind of statement has, so that all kinds have the same memory layout.

    A reader can then fill an instance of an unfrozen class before it changes its class: see `_json.reading`.
    """

    # Type checkers take names that are spelled out in `__slots__` for attributes, here of every kind of statement.
    __slots__: tuple[str, ...] = tuple("accused denies kind".split())  # noqa: SIM905


@attrs.frozen(kw_only=True, repr=False)
class Statement(_Room):
    """Something that an actor is reported to have said.

    Attributes:
        id: The id by which others refer to it, unique in the article.
        speaker: The id of the actor who said it; an anonymous actor for an
            unattributed claim, a group for joint speakers.
        content: What is said, in the annotator's words: one self-contained
            sentence. Term: PARC content.
        quotes: The speaker's own words as the article quotes them; empty where
            it only paraphrases.
        cue: The reporting word or phrase, such as claimed. Term: PARC cue.
        date: When it was said.
        event_date: When the reported event is said to have happened; with
            event_end, when it began. Term: schema.org temporalCoverage.
        event_end: When the reported event is said to have ended; may be given
            without event_date. Term: schema.org temporalCoverage.
        event_place: Where the reported event is said to have happened.
        about: The ids of the actors that the content names, and of the
            statements that it reacts to; the speaker, the accused, and what is
            denied or confirmed are not repeated. Term: schema.org about.
        confirms: The ids of the statements whose content the speaker affirms,
            as the article presents it; must not form a cycle.
        reported_by: The ids of the actors through whom it reached the article,
            outermost first. Term: FactBank nested sources.
        quantities: The numbers that it claims.
        basis: The evidence that the speaker points to, in the annotator's
            words.
        appearances: The addresses at which the statement itself can be seen,
            such as the post, the video or the press release. Term: schema.org
            appearance.
        labels: Codes of the user's own scheme, without meaning to geoclaims.
            Term: STIX labels.
        spans: The passages of the article that carry it, in text order; more
            than one if it is interrupted.

    Raises:
        ValidationError: A field breaks its rule.

    >>> from geoclaims import Statement
    >>> Statement(id="s1", speaker="navy", content="The harbour is mined.")
    Statement(id='s1', speaker='navy', content='The harbour is mined.')
    """

    _invariant = Invariant(
        ("event_date", "event_end", "spans"), _fields_that_do_not_fit, "event_end_ is not None or len(spans_) > 1"
    )

    id: str = attrs.field(metadata={RULE: IDENTIFIER})
    speaker: str = attrs.field(metadata={RULE: Reference("actor")})
    content: str = attrs.field(metadata={RULE: PROSE})
    quotes: tuple[str, ...] = attrs.field(default=(), converter=as_texts, metadata={RULE: Many(PROSE)})
    cue: str | None = attrs.field(default=None, metadata={RULE: NAME})
    date: PartialDate | None = attrs.field(default=None, metadata={RULE: Date(PartialDate)})
    event_date: PartialDate | None = attrs.field(default=None, metadata={RULE: Date(PartialDate)})
    event_end: PartialDate | None = attrs.field(default=None, metadata={RULE: Date(PartialDate)})
    event_place: str | None = attrs.field(default=None, metadata={RULE: NAME})
    about: tuple[str, ...] = attrs.field(
        default=(),
        converter=as_texts,
        metadata={RULE: Many(Reference("actor or statement", itself=False), unique=True)},
    )
    confirms: tuple[str, ...] = attrs.field(
        default=(),
        converter=as_texts,
        metadata={RULE: Many(Reference("statement", acyclic=True, itself=False), unique=True)},
    )
    reported_by: tuple[str, ...] = attrs.field(
        default=(), converter=as_texts, metadata={RULE: Many(Reference("actor"), unique=True)}
    )
    quantities: tuple[Quantity, ...] = attrs.field(
        default=(), converter=_quantities, metadata={RULE: Many(Nested((Quantity,)))}
    )
    basis: str | None = attrs.field(default=None, metadata={RULE: PROSE})
    appearances: tuple[str, ...] = attrs.field(default=(), converter=as_texts, metadata={RULE: Many(URL, unique=True)})
    labels: tuple[str, ...] = attrs.field(default=(), converter=as_texts, metadata={RULE: Many(NAME, unique=True)})
    spans: tuple[Span, ...] = attrs.field(
        default=(), converter=_spans, metadata={RULE: Many(Nested((Span,), ", which Span.find makes of words"))}
    )


@final
@attrs.frozen(kw_only=True, repr=False)
class Allegation(Statement):
    """A statement that blames someone for something.

    The other fields are those of `Statement`.

    Attributes:
        accused: The ids of those whom the speaker blames, as a careful reader
            takes the article, at least one; speakers may accuse themselves.
            Term: the target of a CAMEO event.

    Raises:
        ValidationError: A field breaks its rule.

    >>> from geoclaims import Allegation
    >>> Allegation(id="s1", speaker="he", content="They lie.", accused=["they"])
    Allegation(id='s1', speaker='he', content='They lie.', accused=('they',))
    """

    accused: tuple[str, ...] = attrs.field(
        converter=as_texts, metadata={RULE: Many(Reference("actor"), unique=True, least=1)}
    )


@final
@attrs.frozen(kw_only=True, repr=False)
class Denial(Statement):
    """A statement that rejects what another has said.

    A denial does not say which of the statements is true. The other fields are
    those of `Statement`.

    Attributes:
        denies: The ids of the statements that the denial rejects, in whole or
            in part, as a careful reader takes the article, at least one; must
            not form a cycle.
        kind: How it is denied.

    Raises:
        ValidationError: A field breaks its rule.

    >>> from geoclaims import Denial
    >>> Denial(id="s2", speaker="they", content="No.", denies=["s1"]).kind
    DenialKind.UNSPECIFIED
    """

    denies: tuple[str, ...] = attrs.field(
        converter=as_texts,
        metadata={RULE: Many(Reference("statement", acyclic=True, itself=False), unique=True, least=1)},
    )
    kind: DenialKind = attrs.field(default=DenialKind.UNSPECIFIED, metadata={RULE: Choice(DenialKind)})


# The slots are now in place; left here, they would show the fields of one kind in the others, and in subclasses.
for _name in _Room.__slots__:
    delattr(_Room, _name)
_Room.__slots__ = ()

STATEMENT_TYPES: Final[tuple[type[Statement], ...]] = (Statement, Allegation, Denial)
"""The three kinds of statement; JSON names each by its class in lower case."""


def accused_in(statement: Statement) -> tuple[str, ...]:
    """Return the ids of those whom a statement accuses, which only an allegation does."""
    return statement.accused if isinstance(statement, Allegation) else ()


def denied_in(statement: Statement) -> tuple[str, ...]:
    """Return the ids of the statements that a statement denies, which only a denial does."""
    return statement.denies if isinstance(statement, Denial) else ()
