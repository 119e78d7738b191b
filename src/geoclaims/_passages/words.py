"""Find where words begin and end in a text, so that no passage is found within a longer word or number."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._passages.normal_form import OPTIONAL_MARKS
from geoclaims._rules.patterns import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# A letter or digit of a script that puts spaces between words: not Thai, Lao, Burmese, Khmer, Chinese or Japanese, and
# not Korean, where particles grow onto nouns.
_LETTER: Final = (
    "[^\\W_\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
# Marks of Arabic and Hebrew, which stand on the letters of a word.
_MARKS: Final = one_of(OPTIONAL_MARKS)
# What no passage begins or ends in the middle of: a word or number, and what would change it without touching its
# letters: "non-" before it, "twenty-" before "five", "n't" after it.
_WORD: Final = (
    "(?:(?:[Nn]on|[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|[Nn]inety)-)?"
    f"{_LETTER}+(?:{_MARKS}+{_LETTER}*)*(?:(?<=[0-9])[.,:/-](?=[0-9]){_LETTER}+)*(?:(?<=n)'t(?!{_LETTER}))?"
)
# In Arabic and Hebrew "and", "the" and "to" are letters written onto the next word, which may begin a passage. At most
# so many of them meet, and two letters of the word itself are left.
_WRITTEN_ON: Final = (
    f"(?:[\u0648\u0641\u0628\u0643\u0644\u0633]{_MARKS}*){{0,3}}(?:\u0627{_MARKS}*\u0644{_MARKS}*)?(?=[\u0620-\u064a]{_MARKS}*[\u0620-\u064a])"
    f"|(?:[\u05d5\u05d1\u05db\u05dc\u05de\u05e9\u05d4]{_MARKS}*){{0,4}}(?=[\u05d0-\u05ea]{_MARKS}*[\u05d0-\u05ea])"
)


_WITHIN: Final = 1
_AFTER_PREFIX: Final = 2


@attrs.frozen
class Words:
    """The words of a text: the positions at which passages can begin and end."""

    starts: array[int]
    """The possible beginnings, in order; none is at a space."""
    ends: bytearray
    """For each position, whether a passage can end there; none does after a space."""
    _within: bytearray
    """For each position, whether it is within a word, and whether a passage may begin there all the same."""

    @classmethod
    def of(cls, text: str) -> Words:
        """Find where words, and other characters except spaces, begin and end."""
        words = cls(array("Q"), bytearray(len(text) + 1), bytearray(len(text) + 1))
        for match in re.finditer(f"{_WORD}|[^ ]", text):
            start, end = match.span()
            words.starts.append(start)
            words.ends[end] = True
            if end - start > 1:
                words._within[start + 1 : end] = bytes([_WITHIN]) * (end - start - 1)
                if "\u05d1" <= text[start] <= "\u0648":  # the first and the last letter that can be written on
                    for place in _after_prefix(match[0]):
                        words.starts.append(start + place)
                        words._within[start + place] = _AFTER_PREFIX
        return words

    def begins_within(self, start: int) -> bool:
        """Report whether a passage that begins at a position begins within a word."""
        return self._within[start] == _WITHIN

    def ends_within(self, end: int) -> bool:
        """Report whether a passage that ends at a position ends within a word."""
        return self._within[end] > 0

    def are_cut(self, start: int, end: int) -> bool:
        """Report whether a range begins or ends within a word."""
        return self.begins_within(start) or self.ends_within(end)

    def windows(self, length: int, first: int, last: int) -> Iterator[int]:
        """Yield the starts from `first` to `last` of ranges of one length that cut no word."""
        starts, ends = self.starts, self.ends
        low = bisect_left(starts, first)
        high = bisect_right(starts, min(last, len(ends) - 1 - length), low)
        return (start for start in starts[low:high] if ends[start + length])


def _after_prefix(word: str) -> list[int]:
    """Find where a passage may begin within a word of Arabic or Hebrew: after prefixes that are written onto it."""
    prefix = re.match(_WRITTEN_ON, word)
    places = range(1, prefix.end() + 1) if prefix else ()
    return [place for place in places if not re.match(_MARKS, word[place])]
