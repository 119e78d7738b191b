"""Model links: decisions about actors and statements of articles, mostly of two."""

from collections.abc import Sequence
from typing import Any, final

import attrs

from geoclaims._issues import WRONG, Finding
from geoclaims._messages import describe
from geoclaims._model import Kind, Model
from geoclaims._rules.fields import RULE, Invariant
from geoclaims._rules.rules import NAME, PROSE, REFERENCE, Choice


@final
class LinkKind(Kind):
    """What a link says of its source and its target.

    Attributes:
        SAME ("same"): Two actors are one, or two statements say the same,
            whoever says it: whoever denies one denies the other.
        DISTINCT ("distinct"): Two actors, or two statements, are not the same.
        DENIES ("denies"): A denial rejects a statement, as its field denies
            says of its own article.
        CONFIRMS ("confirms"): A statement affirms another, as its field
            confirms says of its own article.

    >>> from geoclaims.corpus import LinkKind
    >>> LinkKind("same")
    LinkKind.SAME
    """

    SAME = "same"
    DISTINCT = "distinct"
    DENIES = "denies"
    CONFIRMS = "confirms"


def _ends_that_are_one(source: Any, target: Any) -> Sequence[Finding]:
    """Report a link that leads to where it begins."""
    if source is WRONG or source != target:
        return ()
    return [
        ("self_ref", ("target",), f"found {describe(target)}, the source, expected the reference of something else")
    ]


@final
@attrs.frozen(kw_only=True, repr=False)
class Link(Model):
    """A decision about two actors or statements, mostly of different articles.

    Attributes:
        kind: What is decided.
        source: The reference from which the link leads, such as a denial.
        target: The reference to which it leads, such as what is denied.
        annotator: Who decided it.
        basis: Why, in words.

    Raises:
        ValidationError: A field breaks its rule, or both ends are one
            (`self_ref`).

    >>> from geoclaims.corpus import Link, LinkKind
    >>> Link(kind=LinkKind.DENIES, source="b/s1", target="a/s4").target
    'a/s4'
    """

    _invariant = Invariant(("source", "target"), _ends_that_are_one, "source_ == target_")

    kind: LinkKind = attrs.field(metadata={RULE: Choice(LinkKind)})
    source: str = attrs.field(metadata={RULE: REFERENCE})
    target: str = attrs.field(metadata={RULE: REFERENCE})
    annotator: str | None = attrs.field(default=None, metadata={RULE: NAME})
    basis: str | None = attrs.field(default=None, metadata={RULE: PROSE})
