"""Show values to people, short and safe to print in a message, a terminal or a page, and suggest what they meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from typing import Any, Final, NamedTuple

LONGEST_VALUE: Final = 80
"""Messages cut a quoted value to this many characters."""

MOST_COMPARED: Final = 500
"""If more words are known, none is suggested: comparing 500 ids of 100 letters takes up to a quarter of a second."""

# Not printable, and yet part of words: white space, soft hyphens, and what joins or parts the letters of Persian,
# Hindi, Thai and Mongolian, and the signs of an emoji.
_IN_WORDS: Final = "\t\n\u00a0\u00ad\u1680\u180e\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200E)))


class Vocabulary(NamedTuple):
    """What the people who wrote something call the values that have no name of their own."""

    nothing: str
    true: str
    false: str
    object: str
    array: str
    any_array: str
    """An array where one is expected."""
    no_key: str = "no key {}"
    """The place of a value that is missing, with the name of its key."""


JSON: Final = Vocabulary("null", "true", "false", "object", "array", "an array")
DRAFT: Final = JSON._replace(array="list", any_array="a list in square brackets")
"""What annotators call values; most of them do not program."""
TABLE: Final = JSON._replace(no_key="no value")
PYTHON: Final = Vocabulary("None", "True", "False", "dict", "list", "a list")


Expected = str | Callable[[Any], str]
"""What was expected, or a function of the value found that returns it; called only if the issue is kept."""


def describe(value: Any, vocabulary: Vocabulary = JSON) -> str:
    r"""Describe a value in a message: shortened, and safe to print.

    >>> describe("a\u202eb"), describe(True), describe(None), describe([1, 2]), describe({})
    ("'a\\u202eb'", 'true', 'null', 'an array of 2', 'an empty object')
    >>> describe(True, PYTHON), describe(None, PYTHON), describe([1, 2], PYTHON), describe({}, PYTHON)
    ('True', 'None', 'a list of 2', 'an empty dict')
    """
    if value is None:
        return vocabulary.nothing
    kind = type(value)
    if kind is bool:
        return vocabulary.true if value else vocabulary.false
    if kind is str:
        return _quoted(value)
    if kind is int:
        # Python refuses to print integers of more than some thousand digits.
        return cut(str(value)) if value.bit_length() < 1024 else f"an integer of {value.bit_length()} bits"
    if kind is float:
        return repr(value)
    for container, noun in ((dict, vocabulary.object), (list, vocabulary.array), (tuple, "tuple")):
        if issubclass(kind, container):  # `isinstance` would ask the value itself
            size = len(value)
            return f"{indefinite(noun)} of {size}" if size else f"an empty {noun}"
    return printable(f"a value of type {cut(type(value).__name__)}")


def unexpected(value: object, expected: Expected, vocabulary: Vocabulary) -> str:
    """Write the message that a value is not what was expected."""
    return f"found {describe(value, vocabulary)}, expected {expected if isinstance(expected, str) else expected(value)}"


def did_you_mean(known: str | None) -> str:
    """Propose a word that is known, as the end of a message; propose nothing if it is None."""
    return "" if known is None else f"; did you mean {describe(known)}?"


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


def printable(text: str) -> str:
    r"""Escape what does not print, for messages, which are one line.

    >>> print(printable("a\u202eb\n\u200d"))
    a\u202eb\n\u200d
    """
    return _escaped(text, _as_in_python)


def visible(text: str) -> str:
    r"""Escape what disturbs a terminal or page, or hides: all that does not print, but for what words need.

    >>> visible("a\x1b[2J\u202eb\u2028c\u00a0d")
    'a\\x1b[2J\\u202eb\\u2028c\xa0d'
    """
    return _escaped(text, _as_in_python, but_for=_IN_WORDS)


def visible_address(url: str) -> str:
    r"""Percent-encode what does not print in an address, so that what is shown leads to the same host.

    An escape would not do: to a browser, its backslash ends the host.

    >>> visible_address("https://evil.example\u200b.trusted.example/")
    'https://evil.example%E2%80%8B.trusted.example/'
    """
    from urllib.parse import quote

    return _escaped(url, quote)


def listed(words: Iterable[str]) -> str:
    """List words of which one is expected.

    >>> listed(["a", "b", "c"])
    'a, b or c'
    """
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def indefinite(noun: str) -> str:
    """Put the indefinite article before a noun.

    >>> indefinite("actor"), indefinite("Span")
    ('an actor', 'a Span')
    """
    return f"{'an' if noun[0] in 'aeiouAEIOU' else 'a'} {noun}"


def cut(text: str, longest: int = LONGEST_VALUE) -> str:
    """Cut a text to a length, by default to the length that messages show.

    >>> cut("China sends troops.", 10)
    'China sen…'
    """
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _quoted(text: str) -> str:
    """Quote a string as Python does; cut a long one and add its length."""
    cut_text = text[:LONGEST_VALUE]
    while len(shown := repr(cut_text)) > LONGEST_VALUE + len("''"):
        cut_text = cut_text[:-1]
    return shown if cut_text == text else f"{shown[:-1]}…{shown[-1]} ({len(text)} characters)"


def _escaped(text: str, escape: Callable[[str], str], *, but_for: str = "") -> str:
    """Escape the characters of a text that do not print, except some."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in but_for else escape(c) for c in text)


def _as_in_python(character: str) -> str:
    return ascii(character)[1:-1]
