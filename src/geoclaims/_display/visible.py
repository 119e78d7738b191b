"""Text as it is shown to people: nothing in it can disturb a terminal or a page, or hide."""

from __future__ import annotations

import unicodedata
from typing import Final

_HARMFUL: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")
# What words of many languages and emoji are joined with, and where a word may be divided.
_HARMLESS: Final = "\t\n\u00ad\u200c\u200d"


def visible(text: str) -> str:
    r"""Text in which control, bidirectional and other invisible characters are written as escapes.

    Letters, marks, signs and spaces of every script stay as they are, tabs, line feeds and what joins letters too.

    >>> visible("a\x1b[2J\u202eb\u2028c")
    'a\\x1b[2J\\u202eb\\u2028c'
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character in _HARMLESS or unicodedata.category(character) not in _HARMFUL:
        return character
    return repr(character)[1:-1]
