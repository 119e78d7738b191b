"""Suggest what people meant by a wrong value, for messages."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Final

from geoclaims._messages import LONGEST_VALUE, describe, did_you_mean, listed

MOST_COMPARED: Final = 500
"""If more words are known, none is suggested: comparing 500 ids of 100 letters takes up to a quarter of a second."""


def suggestion(word: str, known: Collection[str]) -> str:
    """Suggest the known word most similar to the one found, as the end of a message; empty if there is none.

    >>> suggestion("deneis", ["accused", "denies"])
    "; did you mean 'denies'?"
    """
    return did_you_mean(nearest(word, known))


def nearest(word: str, known: Collection[str]) -> str | None:
    """Find the known word most similar to another, as written or else in any case; None if very many are known.

    >>> nearest("LIN-JAN", ["china", "lin-jian"])
    'lin-jian'
    """
    if len(known) > MOST_COMPARED:
        return None
    import difflib

    word = word[:LONGEST_VALUE]
    for fold in (str, str.casefold):
        spellings = dict(zip(map(fold, known), known, strict=True))
        for close in difflib.get_close_matches(fold(word), spellings, n=1):
            return spellings[close]
    return None


def name_for_id(name: str, id: str) -> str:
    """Write the message that a name was found where an id belongs."""
    return f"found {describe(name)}, the name of the actor {describe(id)}, expected its id"


def member_for_string(enum: type[StrEnum]) -> Callable[[object], str]:
    """Make the function that names the member whose value was given as a plain string, or else all members."""

    def expected(value: object) -> str:
        names = {member.value: f"{enum.__name__}.{member.name}" for member in enum}
        return names[value] if type(value) is str and value in names else listed(names.values())

    return expected


def value_like(known: Collection[str]) -> Callable[[str], str]:
    """Make the function that lists the possible values, and suggests the one most similar to what was found."""
    return lambda value: listed(map(describe, known)) + suggestion(value, known)
