"""Turn texts into HTML that shows them and can be nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from geoclaims._display import cut, visible
from geoclaims._models.repeating import WHOLE

# XML has no place for these, and browsers show nothing for them.
_NO_CHARACTERS: Final = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}

# In a text a character stands for each, so that offsets stay; a browser would drop the first group or turn the rest of
# the page around by the second. A carriage return stays one only as a reference.
_NOT_IN_TEXTS: Final[Mapping[int, str]] = {
    **dict.fromkeys([*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)], "\ufffd"),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"),
    **_NO_CHARACTERS,
}


def plain(value: object) -> str:
    r"""Turn a value into text that can stand in a page or a picture, with escapes for what disturbs or hides.

    >>> plain("a\u202eb\ufffe")
    'a\\u202eb\ufffd'
    """
    return visible(str(value)).translate(_NO_CHARACTERS)


def text(value: object, longest: int = WHOLE) -> str:
    """Turn plain text into HTML, cut if it is long, and keep its writing direction from what stands beside it.

    >>> text("<b>"), text("a long name", 6)
    ('<bdi>&lt;b&gt;</bdi>', '<bdi>a lon…</bdi>')
    """
    return f"<bdi>{escape(cut(plain(cut(str(value), longest)), longest), quote=False)}</bdi>"


def attribute(value: object) -> str:
    """Turn plain text into the value of an attribute, between quotation marks.

    >>> attribute('"onclick="x')
    '"&quot;onclick=&quot;x"'
    """
    return f'"{escape(plain(value))}"'


def passage(text: str) -> str:
    r"""Turn part of an article's text into HTML, character for character.

    >>> passage("a < b\r\n\u202e")
    'a &lt; b&#13;\n\ufffd'
    """
    return escape(text, quote=False).translate(_NOT_IN_TEXTS).replace("\r", "&#13;")
