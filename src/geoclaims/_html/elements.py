"""Convert texts to HTML that shows them and cannot contain markup."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from geoclaims._messages import cut, visible
from geoclaims._repeating import WHOLE

# XML does not allow these, and browsers do not show them.
_NO_CHARACTERS: Final = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}

# In a text each is replaced by one character, so that offsets stay the same; a browser would drop the first group, and
# the second could reverse the rest of the page. A carriage return survives only as a character reference.
_NOT_IN_TEXTS: Final[Mapping[int, str]] = {
    **dict.fromkeys([*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)], "\ufffd"),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"),
    **_NO_CHARACTERS,
}


def plain(value: object) -> str:
    r"""Convert a value to text for a page or a picture, with escapes for harmful or invisible characters.

    >>> plain("a\u202eb\ufffe")
    'a\\u202eb\ufffd'
    """
    return visible(str(value)).translate(_NO_CHARACTERS)


def text(value: object, longest: int = WHOLE) -> str:
    """Convert plain text to HTML; cut it if it is long, and isolate its writing direction from its surroundings.

    >>> text("<b>"), text("a long name", 6)
    ('<bdi>&lt;b&gt;</bdi>', '<bdi>a lon…</bdi>')
    """
    return f"<bdi>{escape(cut(plain(cut(str(value), longest)), longest), quote=False)}</bdi>"


def attribute(value: object) -> str:
    """Convert plain text to the value of an attribute, in quotation marks.

    >>> attribute('"onclick="x')
    '"&quot;onclick=&quot;x"'
    """
    return f'"{escape(plain(value))}"'


def passage(text: str) -> str:
    r"""Convert part of an article's text to HTML, character by character.

    >>> passage("a < b\r\n\u202e")
    'a &lt; b&#13;\n\ufffd'
    """
    return escape(text, quote=False).translate(_NOT_IN_TEXTS).replace("\r", "&#13;")
