"""Guess what people meant by a wrong value, for the messages of common mistakes.

Each hint is the end of a message, or says what was expected; where nothing is likely, it adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Final

import attrs

from geoclaims._countries import country_codes
from geoclaims._errors import wrong_type
from geoclaims._messages import LONGEST_VALUE, describe, is_a, listed

ONE_ID: Final = "one id; several who act together are one group, which is an actor of its own"

MOST_COMPARED: Final = 500
"""Among more words than these none is suggested: comparing 500 ids of 100 letters takes up to a quarter of a second."""


def suggestion(word: str, known: Collection[str]) -> str:
    """Suggest the known word most similar to the one found, as the end of a message; empty if there is none.

    >>> suggestion("deneis", ["accused", "denies"])
    "; did you mean 'denies'?"
    """
    close = nearest(word, known)
    return "" if close is None else f"; did you mean {describe(close)}?"


def nearest(word: str, known: Collection[str]) -> str | None:
    """Find the known word most similar to another, as written or else ignoring case; none among very many words.

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


def one_id(value: object) -> str:
    """Say what belongs where one id should be, if an object was given, or a list.

    >>> one_id({"id": "holt"}), one_id(["holt"]), one_id(5)
    ("the id alone, 'holt'", "the id alone, 'holt'", 'an id')
    """
    id: object = None
    if is_a(value, list) or is_a(value, tuple):
        if len(value) > 1:
            return ONE_ID
        id = value[0] if value else None
    elif is_a(value, dict):
        id = dict.get(value, "id")
    elif attrs.has(type(value)):  # an attribute of any other object may raise anything
        id = getattr(value, "id", None)
    return f"the id alone, {describe(id)}" if type(id) is str else "an id"


def name_for_id(name: str, id: str) -> str:
    """Write the message that a name was found where an id belongs."""
    return f"found {describe(name)}, the name of the actor {describe(id)}, expected its id"


def member_for_string(enum: type[StrEnum]) -> Callable[[object], str]:
    """Make the function that names the member whose value was given as a plain string; else all, and a similar one."""

    def expected(value: object) -> str:
        names = {member.value: f"{enum.__name__}.{member.name}" for member in enum}
        if type(value) is not str:
            return listed(names.values())
        close = nearest(value, names)
        hint = "" if close is None else f"; did you mean {names[close]}?"
        return names.get(value) or f"{listed(names.values())}{hint}"

    return expected


def value_like(known: Collection[str]) -> Callable[[str], str]:
    """Make the function that lists the possible values, and suggests the one most similar to what was found."""
    return lambda value: listed(map(describe, known)) + suggestion(value, known)


def country_meant(value: str) -> str:
    """Suggest the code that equals a value but for case, or that of the country with this code of two letters.

    Nothing else is guessed, since UK is not a typo of UKR.

    >>> country_meant("no"), country_meant("UK")
    ("; did you mean 'NOR'?", '')
    """
    capitals = value.upper() if value.isascii() else ""
    for code, of_two_letters in country_codes().items():
        if capitals in {code, of_two_letters}:
            return f"; did you mean {describe(code)}?"
    return ""


def origin_of(unfit: re.Match[str], *, may_have_line_feeds: bool) -> str:
    """Name the mistake by which a forbidden character usually comes into a text."""
    if unfit[0] == "\r" and may_have_line_feeds:
        return ": write Windows line ends, '\\r\\n', as '\\n'"
    if not "\x80" <= unfit[0] <= "\x9f":
        return ""
    before = unfit.string[max(0, unfit.start() - 3) : unfit.start()]
    if re.search("[\xc2-\xf4][\x80-\xbf]{0,2}$", before):
        encoding = "UTF-8"
    elif unfit[0] in "\x81\x8d\x8f\x90\x9d":  # Windows-1252 does not use these bytes
        return ""
    else:
        encoding = "Windows-1252"
    return f": this text is probably {encoding} that was read as Latin-1"


def unread(value: object) -> str:
    """Advise to read the file that was given in place of its text."""
    return "; read_text reads a file" if hasattr(type(value), "__fspath__") else ""


def unparsed(data: object) -> str:
    """Advise to parse what was given as data but is text, or a file, or to write several articles as JSON Lines."""
    if type(data) is list and data and type(data[0]) is dict and "schema_version" in data[0]:
        return "; several articles are JSON Lines: each on a line of its own, without brackets and commas around it"
    return "; from_json reads JSON text" if is_a(data, str) or is_a(data, bytes) else unread(data)


def check_text(value: object, argument: str) -> None:
    """Check that an argument is a string.

    Raises:
        TypeError: It is not.
    """
    if type(value) is not str:
        raise wrong_type(value, f"a string{unread(value)}", argument)
