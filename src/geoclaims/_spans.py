"""Model a passage of an article's text by its place and its fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self, final

import attrs

from geoclaims._checks import checked
from geoclaims._errors import WRONG, Finding, Issues, invalid
from geoclaims._messages import describe
from geoclaims._model import Model
from geoclaims._rules import FINGERPRINT, WHOLE_TEXT, Invariant, Whole, field_rule, with_field_help


def _ends_out_of_order(start: Any, end: Any) -> Sequence[Finding]:
    """Report an end that is not after the start."""
    if start is WRONG or end is WRONG or start < end:
        return ()
    return [("range", (), f"found start {start} and end {end}, expected start < end")]


@final
@with_field_help
@attrs.frozen(repr=False)
class Span(Model):
    """A passage of an article's text.

    Offsets count code points, the end exclusive, as in Python slices and the
    W3C TextPositionSelector. The fingerprint identifies the passage without
    holding any of its words. `Span.of` and `Span.find` make spans from a text.

    Attributes:
        start (int): The offset at which the passage begins. Term: W3C
            TextPositionSelector start.
        end (int): The offset at which it ends, exclusive. Term: W3C
            TextPositionSelector end.
        fingerprint (str): The version of the normal form, then the length and
            the hash of the passage in that form.

    Raises:
        ValidationError: An offset is not a whole number (`type`) or out of
            range, or the end is not after the start (`range`), or the
            fingerprint is malformed (`span`).

    >>> from geoclaims import Span
    >>> Span.of("He said: we deny it.", 9, 19)
    Span(start=9, end=19, fingerprint='1:10:32ae25b6080de02e')
    """

    _invariant: ClassVar[Invariant | None] = Invariant(("start", "end"), _ends_out_of_order)

    start: int = attrs.field(
        metadata=field_rule(Whole(), "the offset at which the passage begins", term="W3C TextPositionSelector start")
    )
    end: int = attrs.field(
        metadata=field_rule(Whole(), "the offset at which it ends, exclusive", term="W3C TextPositionSelector end")
    )
    fingerprint: str = attrs.field(
        metadata=field_rule(
            FINGERPRINT, "the version of the normal form, then the length and the hash of the passage in that form"
        )
    )

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """Make the span of a passage from its place in a text.

        Args:
            text: The text of the article.
            start: The offset of the first code point of the passage.
            end: The offset after its last, as in a slice.

        Raises:
            ValidationError: `text` is not a string or an offset not a whole
                number (`type`), the offsets are not in order within the text
                (`range`), the passage holds NUL or surrogates (`text`), or its
                normal form is empty (`span`).

        >>> from geoclaims import Span
        >>> text = "He said: we deny it."
        >>> span = Span.of(text, 9, 19)
        >>> text[span.start : span.end]
        'we deny it'
        """
        from geoclaims._passages.normal_form import fingerprint

        if type(text) is not str:
            raise invalid("type", (), text, "a string")
        for name, offset in (("start", start), ("end", end)):
            if type(offset) is not int:
                raise invalid("type", (name,), offset, "a whole number")
        if not 0 <= start < end <= len(text):
            raise invalid("range", (), f"{describe(start)} to {describe(end)}", f"0 ≤ start < end ≤ {len(text)}")
        passage = text[start:end]
        issues = Issues(None)
        if not passage.isspace():  # white space has no forbidden characters
            checked(WHOLE_TEXT, passage, ("text",), issues)
        issues.raise_if_any()
        mark = fingerprint(passage)
        if mark.startswith("1:0:"):
            raise invalid("span", (), passage, "a passage that is not empty in normal form")
        return cls(start, end, mark)

    @classmethod
    def find(cls, text: str, passage: str) -> Self:
        """Make the span of a passage from its words.

        They must be in the text once; typography does not matter.

        Args:
            text: The text of the article.
            passage: The words of the passage.

        Raises:
            AnchorError: The passage is nowhere in the text, or in several
                places, which the issues name (`span`).
            ValidationError: An argument is not a string (`type`), or the
                passage is empty (`empty`) or holds NUL or surrogates (`text`).

        >>> from geoclaims import AnchorError, Span
        >>> text = "“We deny it,” she said. The navy, she said, saw nobody."
        >>> Span.find(text, '"We deny it," she said').end
        22
        >>> try:
        ...     Span.find(text, "she said")
        ... except AnchorError as error:
        ...     for issue in error.issues:
        ...         print(issue.message.partition(", expected")[0])
        found it at 14 to 22: '“We deny it,” she said. The navy, she said'
        found it at 34 to 42: 'she said. The navy, she said, saw nobody.'
        """
        from geoclaims._passages.finding import find_passage

        return cls.of(text, *find_passage(text, passage))
