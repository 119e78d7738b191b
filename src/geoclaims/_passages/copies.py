"""Somebody's copy of a text, prepared for finding passages in it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._passages.normal_form import NormalForm, digest, fingerprint

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

# A letter or digit of a script that puts spaces between words: not Thai, Lao, Burmese, Khmer, Chinese or Japanese, and
# not Korean, where particles grow onto nouns.
_LETTER: Final = (
    "[^\\W_\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
# What no passage begins or ends in the middle of: a word or number, and what would change it without touching its
# letters: "non-" before it, "twenty-" before "five", "n't" after it.
_WORD: Final = (
    "(?:(?:[Nn]on|[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|[Nn]inety)-)?"
    f"{_LETTER}+(?:(?<=[0-9])[.,:/-](?=[0-9]){_LETTER}+)*(?:(?<=n)'t(?!{_LETTER}))?"
)


@attrs.frozen(eq=False, slots=False)
class Copy:
    """A text, its normal form, and where passages can begin and end in it."""

    text: str
    form: NormalForm

    @classmethod
    def of(cls, text: str) -> Copy:
        """Prepare a text."""
        return cls(text, NormalForm.of(text))

    def places(
        self, length: int, digests: Container[bytes], first: int, last: int, *, beside_space: bool = False
    ) -> Iterator[tuple[bytes, int]]:
        """Where in the normal form passages of one length stand that have one of some hashes.

        Args:
            length: How long they are, in normal form.
            digests: The hashes.
            first: The first place to look at.
            last: The last one.
            beside_space: Whether to look also for passages that begin or end with white space, which are rare.
        """
        normal = self.form.text
        for start in (self._pieces_and_spaces if beside_space else self._pieces).windows(length, first, last):
            if (found := digest(normal[start : start + length])) in digests:
                yield found, start

    def cuts_word(self, start: int, end: int) -> bool:
        """Whether a stretch of the normal form begins or ends within a word."""
        ends = self._pieces_and_spaces.ends
        return not (ends[start] and ends[end])

    def fits(self, start: int, end: int, fingerprint_: str) -> bool:
        """Whether a stretch of the text has a fingerprint."""
        return 0 <= start < end <= len(self.text) and fingerprint(self.text[start:end]) == fingerprint_

    @cached_property
    def _pieces(self) -> _Edges:
        return _Edges.of(self.form.text, f"{_WORD}|[^ ]")

    @cached_property
    def _pieces_and_spaces(self) -> _Edges:
        return _Edges.of(self.form.text, f"{_WORD}|.")


@attrs.frozen(eq=False)
class _Edges:
    """Where the pieces of a text begin and end that no passage is cut from."""

    starts: array[int]
    ends: bytearray
    """For each place, the end of the text included, whether a piece ends there, or the text begins."""

    @classmethod
    def of(cls, text: str, pattern: str) -> _Edges:
        starts, ends = array("Q"), bytearray(len(text) + 1)
        ends[0] = True
        for match in re.finditer(pattern, text):
            start, end = match.span()
            starts.append(start)
            ends[end] = True
        return cls(starts, ends)

    def windows(self, length: int, first: int, last: int) -> Iterator[int]:
        """Where stretches of one length begin, from `first` to `last`, that cut no piece."""
        starts, ends = self.starts, self.ends
        low = bisect_left(starts, first)
        high = bisect_right(starts, min(last, len(ends) - 1 - length), low)
        return (start for start in starts[low:high] if ends[start + length])
