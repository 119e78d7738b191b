"""Prepare a copy of a text, so that passages can be found in it by their hashes."""

from __future__ import annotations

from array import array
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._passages.edges import Edges
from geoclaims._passages.normal_form import NormalForm, fingerprint, stands_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What each hash costs beside its bytes, in bytes: it was measured at 0.5 µs, in which SHA-256 takes in 700 bytes.
LEAST_WEIGHT: Final = 700


@attrs.frozen(slots=False)
class Copy:
    """A text, its normal form, and the positions at which passages can begin and end."""

    text: str
    form: NormalForm

    @classmethod
    def of(cls, text: str) -> Copy:
        """Prepare a text."""
        return cls(text, NormalForm.of(text))

    def windows(self, length: int, limits: tuple[int, int], *, clauses: bool = False) -> Iterator[int]:
        """Yield where passages of one length can begin, in the normal form.

        Args:
            length: How long they are, in normal form.
            limits: The first and the last place to look at.
            clauses: Whether to look only at passages that begin and end where a clause can.
        """
        return (self.clauses if clauses else self.words).windows(length, *limits)

    def cost(self, length: int, limits: tuple[int, int], *, clauses: bool = False) -> float:
        """Estimate what it costs to look for a length within limits, in bytes hashed.

        The edges of words are taken to be spread evenly: where a text repeats a rhythm it can be many times as much.
        """
        edges = self.clauses if clauses else self.words
        size = len(self.form.text)
        places = min(limits[1] + 1, size - length) - max(limits[0], 0)
        if places <= 0:
            return 0.0
        windows = len(edges.starts) * places / size * edges.number_of_ends / size
        return windows * (LEAST_WEIGHT + length * len(self._encoded) / size)

    def weight(self, starts: Sequence[int], length: int) -> int:
        """Say what it costs to hash the stretches of one length that begin at some places, in bytes hashed."""
        if self._bytes:
            sizes = sum(self._bytes[start + length] - self._bytes[start] for start in starts)
        else:
            sizes = length * len(starts)
        return LEAST_WEIGHT * len(starts) + sizes

    def digest(self, start: int, end: int) -> bytes:
        """Hash a stretch of the normal form as fingerprints do."""
        if self._bytes:
            start, end = self._bytes[start], self._bytes[end]
        return sha256(self._encoded[start:end]).digest()[:8]

    def cuts_word(self, start: int, end: int) -> bool:
        """Report whether a range of the normal form begins or ends within a word."""
        return bool(self.words.begins_within[start] or self.words.ends_within[end])

    def fits(self, start: int, end: int, wanted: str) -> bool:
        """Report whether a range of the text has a fingerprint."""
        return 0 <= start < end <= len(self.text) and self.fingerprint(start, end) == wanted

    def fingerprint(self, start: int, end: int) -> str:
        """Return the fingerprint of a range of the text, taken from the normal form of the whole text if possible."""
        if not (stands_apart(self.text, start) and stands_apart(self.text, end)):
            return fingerprint(self.text[start:end])
        start, end = self.form.position(start), self.form.position(end)
        return f"1:{end - start}:{self.digest(start, end).hex()}"

    @cached_property
    def words(self) -> Edges:
        """Return the positions at which words and other characters begin and end."""
        return Edges.of_words(self.form.text)

    @cached_property
    def clauses(self) -> Edges:
        """Return the positions at which clauses can begin and end."""
        return self.words.clauses(self.form.text)

    @cached_property
    def _encoded(self) -> memoryview:
        return memoryview(self.form.text.encode(errors="surrogatepass"))

    @cached_property
    def _bytes(self) -> array[int] | None:
        """The offset of each character in UTF-8; empty for ASCII, where it equals the index of the character."""
        text = self.form.text
        if text.isascii():
            return None
        sizes = (1 + (sign > "\x7f") + (sign > "\u07ff") + (sign > "\uffff") for sign in text)
        return array("Q", accumulate(chain((0,), sizes)))


def fingerprints(text: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """Return the fingerprints of slices of a text; long ones take little more time than short ones."""
    places = [(min(start, len(text)), min(end, len(text))) for start, end in places]
    if sum(end - start for start, end in places) < len(text):
        return [fingerprint(text[start:end]) for start, end in places]
    copy = Copy.of(text)
    return [copy.fingerprint(start, end) for start, end in places]
