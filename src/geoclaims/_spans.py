"""Model a passage of an article's text by its place and its fingerprint, and find the spans of an article again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Self, final

import attrs

from geoclaims._arguments import check_handler, check_text, check_whole_text
from geoclaims._errors import MOST_ISSUES, AnchorError, Issue, ValidationError, invalid, wrong_type
from geoclaims._issues import WRONG, Finding, Issues
from geoclaims._messages import describe
from geoclaims._model import Model
from geoclaims._rules.fields import RULE, Invariant
from geoclaims._rules.rules import FINGERPRINT, Whole

if TYPE_CHECKING:
    from geoclaims._article import Article
    from geoclaims._passages.anchoring import Lost, Range
    from geoclaims._statements import Statement


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

    _invariant = Invariant(("start", "end"), _ends_out_of_order)

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
        mark = fingerprint(passage)
        if mark.startswith("1:0:"):
            raise invalid("span", (), passage, "a passage that is not empty in normal form")
        return cls(start, end, mark)

    @classmethod
    def find(cls, text: str, passage: str) -> Self:
        """Make the span of a passage from its words.

        They must be in the text once; typography does not matter. Words that
        are nowhere are looked for without the quotation marks and ellipses at
        their ends. A changed letter or digit is never accepted.

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
        from geoclaims._passages.finding import find_passage

        return cls.of(text, *find_passage(text, passage))


# Of so many passages or more, fewer than one in five are in another text.
_FEW: Final = 3
_LEAST_FOUND: Final = 5

Spans = Sequence[Sequence[Span]]
"""The spans of each statement."""


def anchored(article: Article, text: str, on_error: Callable[[AnchorError], object] | None) -> Article:
    """Return the article with the text attached and every span moved to its passage in that text.

    Args:
        article: The article.
        text: The text, which is not changed.
        on_error: Called with the error that names all passages without a place; their statements then have no spans.

    Raises:
        AnchorError: A passage is not in the text, or may be in several places of it (`span`). If nearly none is in it,
            the first issue says that this is another text.
        ValidationError: The text has a forbidden character (`text`) or is empty (`empty`).
        TypeError: The text is not a string, or `on_error` is not a function.
    """
    check_handler(on_error)
    check_whole_text(text)
    found = _found_again([statement.spans for statement in article.statements], text)
    problems = [
        (number, index, statement, lost)
        for number, statement in enumerate(article.statements)
        if isinstance(places := found[number], dict)
        for index, lost in places.items()
    ]
    if problems:
        count = sum(len(statement.spans) for statement in article.statements)
        there = count - sum(not lost.is_there for *_, lost in problems)
        issues_of_all = [Issue("span", (), another)] if (another := another_text(there, count)) else []
        kept = problems[: MOST_ISSUES - len(issues_of_all)]
        say = _reasons_in(article.text, text)
        named = [
            Issue(
                "span",
                ("statements", number, "spans", index),
                f"statement {describe(statement.id)}: {say(lost, statement.spans[index])}",
            )
            for number, index, statement, lost in kept
        ]
        error = AnchorError([*issues_of_all, *named], omitted=len(problems) - len(kept))
        if on_error is None:
            raise error
        on_error(error)
    statements = [_moved(statement, places) for statement, places in zip(article.statements, found, strict=True)]
    return attrs.evolve(article, statements=statements, text=text)


def _reasons_in(annotated: str | None, copy: str) -> Callable[[Lost, Span], str]:
    """Make the function that says why a passage has no place: by its words, if the annotated text is known."""
    if annotated is None:
        return lambda lost, _: lost.reason()
    from geoclaims._passages.finding import missing
    from geoclaims._passages.normal_form import NormalForm

    form = NormalForm.for_search(copy)
    return lambda lost, span: lost.reason() if lost.is_there else missing(copy, form, annotated[span.start : span.end])


def another_text(found: int, count: int) -> str:
    """Say that a text is another one than the annotated one, if nearly no passage is in it; otherwise nothing."""
    if count < _FEW or found * _LEAST_FOUND >= count:
        return ""
    return f"found {found} of {count} passages, expected the text that was annotated: this is another text"


def _found_again(spans: Spans, text: str) -> list[list[Range] | dict[int, Lost]]:
    from geoclaims._passages.anchoring import find_again

    return find_again(text, [[(span.start, span.end, span.fingerprint) for span in members] for members in spans])


def _moved(statement: Statement, places: list[Range] | dict[int, Lost]) -> Statement:
    """Return a statement with its spans at their places; without spans if it is lost."""
    if isinstance(places, dict):
        return attrs.evolve(statement, spans=())
    moved = [
        attrs.evolve(span, start=start, end=end) for span, (start, end) in zip(statement.spans, places, strict=True)
    ]
    return attrs.evolve(statement, spans=moved) if moved else statement


# Check the spans against the text that is attached.


def misplaced(spans: Spans, text: str) -> Iterator[Finding]:
    """Find the first span of each statement that does not fit the text."""
    from geoclaims._passages.normal_form import fingerprints

    within = [span for span in chain.from_iterable(spans) if span.end <= len(text)]
    marks = iter(fingerprints(text, [(span.start, span.end) for span in within]))
    for number, members in enumerate(spans):
        fits = [span.end <= len(text) and next(marks) == span.fingerprint for span in members]
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
        "was annotated; Article.with_text and `geoclaims anchor` find passages again"
    )
