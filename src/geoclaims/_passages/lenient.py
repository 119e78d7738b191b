"""Make the lenient forms of a text, in which given words are looked for that stand nowhere in its normal form.

People and language models who copy words leave out the mark that each paragraph of a quotation repeats, set spaces
beside marks, and write nested quotations with the marks of outer ones. No word, letter or digit is like another in
these forms. Fingerprints are never made of them.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from geoclaims._passages.normal_form import DOUBLE_QUOTES, PASSES_OF_SEARCH, NormalForm, holds
from geoclaims._passages.words import LETTER
from geoclaims._rules.patterns import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoclaims._passages.normal_form import Change, Pass

_DOUBLE: Final = re.compile(one_of(DOUBLE_QUOTES))
# A single mark within a word is an apostrophe.
_SINGLE: Final = re.compile(r"‘|’(?!\w)")
# Single marks that are never apostrophes, whatever stands beside them.
_NESTED: Final = "‹›『』﹃﹄"
# What stands before an opening mark, if no space does.
_BEFORE_OPENING: Final = "([{-–—"
# Behind a digit, a single mark may stand for feet or minutes.
_PAIR: Final = re.compile(f"(?<!{LETTER})'(?=[^ '])(?:[^']|(?<={LETTER})'(?={LETTER}))*+(?<=[^ \\d])'(?!{LETTER})")
_SPACE: Final = re.compile(r' (?="|[.,;:!?](?!\d))|(?<=") ')


def without_spaces(text: str) -> NormalForm:
    """Make the form of a text without spaces beside marks, in which all marks stay.

    Words may be part of a quotation, and alone do not show which of their marks are a pair, or repeated.

    >>> without_spaces("« Non ! » so").text
    '"Non!"so'
    """
    return NormalForm.after(text, (*PASSES_OF_SEARCH, _SPACES))


def lenient(text: str) -> NormalForm:
    r"""Make the form of a text that has neither spaces beside marks nor repeated marks, and double marks for pairs.

    >>> lenient("« Non ! » “It’s ‘so’.\n\n“Yes”").text
    '"Non!""It\'s"so". Yes"'
    """
    return NormalForm.after(text, _PASSES)


def _without_repeated_marks(marks: re.Pattern[str], text: str) -> Iterator[Change]:
    """Remove an opening mark at the beginning of a paragraph if the mark before it is an opening mark, too.

    A mark opens words if it stands behind a space and directly before them; unless it is straight, also one that is
    the same as the mark before it.
    """
    is_open, end, last = False, 0, ""
    for mark in marks.finditer(text):
        before = text[end : mark.start()]
        space = before[len(before.rstrip()) :]
        is_first = mark.start() == 0 or bool(space) or before[-1:] in _BEFORE_OPENING
        opens = is_first and not text[mark.end() : mark.end() + 1].isspace()
        if "\n" in space and ((opens and is_open) or mark[0] == last != '"'):
            yield *mark.span(), ""
        is_open, end, last = opens, mark.end(), mark[0]


def _with_double_marks(text: str) -> Iterator[Change]:
    """Make the single marks of a pair double, but no apostrophe."""
    for pair in _PAIR.finditer(text):
        yield pair.start(), pair.start() + 1, '"'
        yield pair.end() - 1, pair.end(), '"'


def _spaces(text: str) -> Iterator[Change]:
    """Remove spaces beside double marks and before punctuation, but not before the digits of a number."""
    for space in _SPACE.finditer(text):
        yield *space.span(), ""


_SPACES: Final[Pass] = (lambda *_: True, _spaces)
_PASSES: Final[tuple[Pass, ...]] = (
    (holds("\n"), partial(_without_repeated_marks, _DOUBLE)),
    (holds("\n"), partial(_without_repeated_marks, _SINGLE)),
    (holds(*_NESTED), lambda text: [(0, len(text), re.sub(f"[{_NESTED}]", '"', text))]),
    *PASSES_OF_SEARCH,
    (holds("'"), _with_double_marks),
    _SPACES,
)
LENIENT_FORMS: Final = (without_spaces, lenient)
"""The functions that make the lenient forms, the stricter one first."""
