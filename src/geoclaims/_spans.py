"""Model a passage of an article's text by its place and its fingerprint, and check spans against the text."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, Self, final

import attrs

from geoclaims._arguments import check_text, check_whole_text
from geoclaims._errors import Issue, ValidationError, invalid, wrong_type
from geoclaims._issues import WRONG, Finding, Issues
from geoclaims._messages import describe
from geoclaims._model import Model
from geoclaims._rules.fields import RULE, Invariant
from geoclaims._rules.rules import FINGERPRINT, Whole


def _ends_out_of_order(start: Any, end: Any) -> Sequence[Finding]:
    """Report an end that is not after the start."""
    if start is WRONG or end is WRONG or start < end:
        return ()
    return [("range", (), f"found start {start} and end {end}, expected start < end")]


@final
@attrs.frozen(repr=False)
class Span(Model):
    """A passage of an article's text.

    Offsets count code points, as in Python slices. The fingerprint identifies
    the passage without its words. `Span.of` and `Span.find` make spans.

    Attributes:
        start: The offset at which the passage begins. Term: W3C
            TextPositionSelector start.
        end: The offset at which it ends, exclusive. Term: W3C
            TextPositionSelector end.
        fingerprint: The version of the normal form, then the length and the
            hash of the passage in that form.

    Raises:
        ValidationError: A field breaks its rule, or the end is not after the
            start (`range`).

    >>> from geoclaims import Span
    >>> Span.of("He said: we deny it.", 9, 19)
    Span(start=9, end=19, fingerprint='1:10:32ae25b6080de02e')
    """

    _invariant = Invariant(("start", "end"), _ends_out_of_order, "start_ >= end_")

    start: int = attrs.field(metadata={RULE: Whole()})
    end: int = attrs.field(metadata={RULE: Whole()})
    fingerprint: str = attrs.field(metadata={RULE: FINGERPRINT})

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """Make the span of a passage from its place in a text.

        Args:
            text: The text of the article.
            start: Where the passage begins.
            end: Where it ends, as in a slice.

        Raises:
            ValidationError: The offsets are not in order within the text
                (`range`), the passage holds NUL or surrogates (`text`), or its
                normal form is empty (`span`).
            TypeError: An argument has another type.

        >>> from geoclaims import Span
        >>> Span.of("He said: we deny it.", 9, 19).end
        19
        """
        from geoclaims._passages.normal_form import fingerprint

        check_text(text, "text")
        for name, offset in (("start", start), ("end", end)):
            if type(offset) is not int:
                raise wrong_type(offset, "a whole number", name)
        if not 0 <= start < end <= len(text):
            message = f"found {describe(start)} to {describe(end)}, expected 0 ≤ start < end ≤ {len(text)}"
            raise ValidationError([Issue("range", (), message)])
        passage = text[start:end]
        if not passage.isspace():  # white space may be a passage
            check_whole_text(passage)
        made = fingerprint(passage)
        if made.startswith("1:0:"):  # its length is 0
            raise invalid("span", (), passage, "a passage that is not empty in normal form")
        return cls(start, end, made)

    @classmethod
    def find(cls, text: str, passage: str) -> Self:
        """Make the span of a passage from its words.

        They must be in the text once; typography does not matter. Words that
        are nowhere are looked for without the quotation marks and ellipses at
        their ends, then with other spaces beside marks and a few other marks.
        A changed letter or digit is never accepted, nor part of a word or
        number. In scripts without spaces, words may be part of a longer one:
        存在 (exists) is found in 不存在 (does not exist).

        Args:
            text: The text of the article.
            passage: The words of the passage.

        Raises:
            AnchorError: The passage is nowhere in the text, or in several
                places, each of which is an issue (`span`).
            ValidationError: The passage is empty (`empty`) or holds NUL or
                surrogates (`text`).
            TypeError: An argument is not a string.

        >>> from geoclaims import Span
        >>> Span.find("He said: “We deny it.”", '"We deny it."').start
        9
        """
        from geoclaims._passages.explaining import not_found_once
        from geoclaims._passages.finding import places_of

        places = places_of(text, passage)
        if len(places) != 1:
            raise not_found_once(text, passage, places)
        return cls.of(text, *places[0])


Spans = Sequence[Sequence[Span]]
"""The spans of each statement."""


def misplaced(spans: Spans, text: str) -> Iterator[Finding]:
    """Find the first span of each statement that does not fit the text."""
    from geoclaims._passages.normal_form import fingerprints

    within = [span for span in chain.from_iterable(spans) if span.end <= len(text)]
    made = iter(fingerprints(text, [(span.start, span.end) for span in within]))
    for number, members in enumerate(spans):
        fits = [span.end <= len(text) and next(made) == span.fingerprint for span in members]
        if not all(fits):
            index = fits.index(False)
            yield "span", ("statements", number, "spans", index), partial(_differs, members[index], text)


def _differs(span: Span, text: str, _: Issues) -> str:
    """Report that a text is not the annotated one, and the words at the span."""
    there = (
        f"{describe(text[span.start : span.end])} at {span.start}" if span.start < len(text) else "the end of the text"
    )
    return (
        f"found {there}, expected a passage with fingerprint {span.fingerprint}: the text differs from the one that "
        "was annotated; take the text out, then Article.with_text and `geoclaims anchor` find passages in another"
    )
