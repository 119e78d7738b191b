"""Compare words of a text without their typography."""

from __future__ import annotations

from geoclaims._passages.normal_form import NormalForm


def plain(words: str) -> str:
    """Remove typography and capitals.

    >>> plain("“The  Navy”") == plain('"the navy"')
    True
    """
    return NormalForm.for_search(words).text.strip().casefold()
