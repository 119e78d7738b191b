"""Convert texts to HTML that shows them and cannot contain markup, and read the styles and the script of a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Final

from geoclaims._messages import visible, visible_address
from geoclaims._view.writing import Words
from geoclaims.corpus._index import key_of

# In a text each is replaced by one character, so that offsets stay the same; a browser would drop the first group, and
# the second could reverse the rest of the page. A carriage return survives only as a character reference.
_NOT_IN_TEXTS: Final[Mapping[int, str]] = {
    **dict.fromkeys([*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)], "\ufffd"),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"),
    **dict.fromkeys([0xFFFE, 0xFFFF], "\ufffd"),
}

# A host, and a port, without the name of a user, which could look like the host.
_ADDRESS: Final = re.compile(r"https?://(\[[0-9a-f:.]+\]|[^/?#:@]+)(?::[0-9]*)?(?:[/?#].*)?", re.IGNORECASE)

_NUMBER: Final = re.compile(r"(?:\A|\.)(?:[0-9]+|0x[0-9a-f]*)\.?\Z", re.IGNORECASE)
_IPV4: Final = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!\Z)|\Z)){4}")


def language(value: object) -> str:
    """Write the `lang` attribute of what comes from an article; what is ours is English, as everything around it.

    >>> language(Words("港口", "zh")), language(Words("Port", "")), language("2 actors")
    (' lang="zh"', ' lang=""', '')
    """
    return f' lang="{value.language}"' if isinstance(value, Words) and value.language != "en" else ""


def text(value: object) -> str:
    """Convert plain text to HTML in its language, with escapes for what hides, isolated in its direction.

    >>> text("<b>"), text(Words("港口", "zh"))
    ('<bdi>&lt;b&gt;</bdi>', '<bdi lang="zh">港口</bdi>')
    """
    return f"<bdi{language(value)}>{escape(visible(str(value)), quote=False)}</bdi>"


def attribute(value: object) -> str:
    """Convert plain text to the value of an attribute, in quotation marks.

    >>> attribute('"onclick="x')
    '"&quot;onclick=&quot;x"'
    """
    return f'"{escape(visible(str(value)))}"'


def verbatim(text: str) -> str:
    r"""Convert part of an article's text to HTML, character by character.

    >>> verbatim("a < b\r\n\u202e")
    'a &lt; b&#13;\n\ufffd'
    """
    return escape(text, quote=False).translate(_NOT_IN_TEXTS).replace("\r", "&#13;")


def address(value: object, *, in_short: bool = False) -> str:
    """Show an address: as a link without a referrer, if its host is what it seems; in short, by its host or item.

    >>> address("https://example.org@evil.example/")
    '<bdi>https://example.org@evil.example/</bdi>'
    """
    url = str(value)
    shown = visible_address(url)
    if not _has_plain_host(url):
        return text(shown)
    look, words = (' class="host"', _ADDRESS.sub(r"\1", key_of(url))) if in_short else ("", shown)
    return f'<a{look} href={attribute(shown)} rel="noreferrer">{text(words)}</a>'


def _has_plain_host(url: str) -> bool:
    """Report whether the host of an address has only letters, digits, points and hyphens, and no user before it.

    A browser drops invisible characters, and replaces compatibility forms such as full-width letters. It reads a host
    whose last part is a number as an IPv4 address, and shows `2130706433` and `0x7f.1` as `127.0.0.1`.
    """
    parts = _ADDRESS.fullmatch(url)
    if parts is None:
        return False
    host = parts[1]
    if host.startswith("["):
        return True
    if _NUMBER.search(host):
        return _IPV4.fullmatch(host) is not None
    letters = (c.isalnum() or c in ".-_" or unicodedata.category(c).startswith("M") for c in host)
    return all(letters) and host.isprintable() and unicodedata.is_normalized("NFKC", host)


def read(name: str) -> str:
    """Read one of the styles or the script, which stand beside this module.

    >>> ".geoclaims mark" in read("claims.css")
    True
    """
    return files("geoclaims._page").joinpath(name).read_text(encoding="utf-8")
