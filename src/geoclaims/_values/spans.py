"""Model a passage of an article's text by its place and its fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self, final

import attrs

from geoclaims._checking import checked
from geoclaims._display import found
from geoclaims._errors import WRONG, Finding, Issues, invalid
from geoclaims._model import Model
from geoclaims._rules import FINGERPRINT, WHOLE_TEXT, Invariant, Whole, holds


def _ends_out_of_order(start: Any, end: Any) -> Sequence[Finding]:
    """Report an end that is not after the start."""
    if start is WRONG or end is WRONG or start < end:
        return ()
    return [("range", (), f"found start {start} and end {end}, expected start < end")]


@final
@attrs.frozen(repr=False)
class Span(Model):
    """A passage of an article's text.

    Offsets are code points, the end exclusive, as in Python slices and the W3C TextPositionSelector. The fingerprint
    tells the passage apart without holding any of its words.

    Raises:
        ValidationError: An offset is not a whole number (`type`) or out of range, or the end is not after the start
            (`range`), or the fingerprint is malformed (`span`).

    >>> Span.of("He said: we deny it.", 9, 19)
    Span(start=9, end=19, fingerprint='1:10:32ae25b6080de02e')
    """

    _invariant: ClassVar[Invariant | None] = Invariant(("start", "end"), _ends_out_of_order)

    start: int = attrs.field(metadata=holds(Whole(), "where the passage begins", term="W3C TextPositionSelector start"))
    end: int = attrs.field(metadata=holds(Whole(), "where it ends, exclusive", term="W3C TextPositionSelector end"))
    fingerprint: str = attrs.field(
        metadata=holds(FINGERPRINT, "the version of the normal form, the passage's length in it, and its hash")
    )

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """Make the span of a passage of a text.

        Raises:
            ValidationError: The text is not a string or an offset not a whole number (`type`), the offsets are not
                in order within the text (`range`), the passage holds NUL or surrogates (`text`), or nothing is left
                of it in normal form (`span`).
        """
        from geoclaims._passages.normal_form import fingerprint

        if type(text) is not str:
            raise invalid("type", (), text, "a string")
        for name, offset in (("start", start), ("end", end)):
            if type(offset) is not int:
                raise invalid("type", (name,), offset, "a whole number")
        if not 0 <= start < end <= len(text):
            raise invalid("range", (), f"{found(start)} to {found(end)}", f"0 ≤ start < end ≤ {len(text)}")
        passage = text[start:end]
        issues = Issues(None)
        if not passage.isspace():  # which has no character that is refused
            checked(WHOLE_TEXT, passage, ("text",), issues)
        issues.raise_if_any()
        mark = fingerprint(passage)
        if mark.startswith("1:0:"):
            raise invalid("span", (), passage, "a passage that is not empty in normal form")
        return cls(start, end, mark)

    @classmethod
    def find(cls, text: str, passage: str) -> Self:
        """Make the span of the one place in a text where a passage stands, however the two are typeset.

        Raises:
            AnchorError: The passage stands nowhere, or in several places, which the issues name (`span`).
            ValidationError: An argument is not a string (`type`), or the passage is empty (`empty`) or holds NUL or
                surrogates (`text`).
        """
        from geoclaims._passages.finding import find_passage

        return cls.of(text, *find_passage(text, passage))
