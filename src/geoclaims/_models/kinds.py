"""Enumerate the kinds of actors and of denials."""

from __future__ import annotations

from enum import StrEnum
from typing import final


class _Kind(StrEnum):
    """An enumeration whose members have their Python names as their representation."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"


@final
class ActorKind(_Kind):
    """What an actor is: the identity classes of STIX, with a state added.

    A government spoken of as a whole is its state; a ministry, army, party or
    agency is an organization.

    Attributes:
        PERSON ("person"): One human being.
        GROUP ("group"): Several people who are not an institution.
        ORGANIZATION ("organization"): A ministry, army, party, agency or
            company.
        STATE ("state"): A state, or its government spoken of as a whole.
        UNKNOWN ("unknown"): The article does not say.

    >>> from geoclaims import ActorKind
    >>> ActorKind("state")
    ActorKind.STATE
    """

    PERSON = "person"
    GROUP = "group"
    ORGANIZATION = "organization"
    STATE = "state"
    UNKNOWN = "unknown"


@final
class DenialKind(_Kind):
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
    >>> [str(kind) for kind in DenialKind]
    ['outright', 'non_involvement', 'no_evidence', 'blame_shift', 'unspecified']
    """

    OUTRIGHT = "outright"
    NON_INVOLVEMENT = "non_involvement"
    NO_EVIDENCE = "no_evidence"
    BLAME_SHIFT = "blame_shift"
    UNSPECIFIED = "unspecified"
