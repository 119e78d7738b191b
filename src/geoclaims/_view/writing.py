"""Tell how a text is written: in which language, in which script, and in which direction."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Final, Literal

import attrs

_ENOUGH: Final = 100
"""So many characters show the script of a text, however long it is."""


@attrs.frozen
class Words:
    """A text that is not ours.

    Attributes:
        words: The text.
        language: Its language; empty where it is not known.
    """

    words: str
    language: str

    def __str__(self) -> str:
        return self.words


def script(text: str) -> str:
    """Name the script of most letters at the beginning of a text; kana count as ideographs.

    >>> script("港は閉じている"), script("Порт (port)"), script("155")
    ('CJK', 'CYRILLIC', '')
    """
    beginning = text[:_ENOUGH]
    if beginning.isascii():
        return "LATIN" if beginning.upper() != beginning.lower() else ""
    names = (unicodedata.name(letter, "").partition(" ")[0] for letter in beginning if letter.isalpha())
    counts = Counter("CJK" if name in {"HIRAGANA", "KATAKANA"} else name for name in names)
    return max(counts, key=counts.__getitem__, default="")


def direction(text: str) -> Literal["ltr", "rtl"]:
    """Return in which direction a text is written, by its first letter with one.

    >>> direction("(שלום) peace"), direction("155 שלום"), direction("155")
    ('rtl', 'rtl', 'ltr')
    """
    directions = map(unicodedata.bidirectional, text)
    return "rtl" if next((each for each in directions if each in {"L", "R", "AL"}), "L") != "L" else "ltr"
