"""Where passages can begin and end in a text: at the edges of words and clauses, the same on every interpreter."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._passages.newer import without_newer
from geoclaims._passages.normal_form import OPTIONAL_MARKS
from geoclaims._rules import wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

# A letter or digit of a script that puts spaces between words: not Thai, Lao, Burmese, Khmer, Chinese or Japanese, and
# not Korean, where particles grow onto nouns.
_LETTER: Final = (
    "[^\\W_\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
# Marks of Arabic and Hebrew, which stand on the letters of a word.
_MARKS: Final = wanted(OPTIONAL_MARKS)
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
# Where a clause can begin or end: beside a mark that is neither a space nor part of a word.
_MARK: Final = r"[^\w ]"


@attrs.frozen(slots=False)
class Edges:
    """The positions in a text at which passages can begin and end."""

    starts: array[int]
    """The possible beginnings, in order; a passage that begins with a space is only looked for near its place."""
    ends: bytearray
    """For each place, whether they can end there, a space before it aside."""
    begins_within: bytearray
    """For each place, whether what begins there begins within a word."""
    ends_within: bytearray
    """For each place, whether what ends there ends within a word."""

    @cached_property
    def number_of_ends(self) -> int:
        """The number of positions at which passages can end."""
        return sum(self.ends)

    @classmethod
    def of_words(cls, text: str) -> Edges:
        """Find the positions at which words, and other characters except spaces, begin and end."""
        text = without_newer(text)
        edges = cls(array("Q"), *(bytearray(len(text) + 1) for _ in range(3)))
        for match in re.finditer(f"{_WORD}|[^ ]", text):
            start, end = match.span()
            edges.starts.append(start)
            edges.ends[end] = True
            if end - start > 1:
                within = b"\1" * (end - start - 1)
                edges.begins_within[start + 1 : end] = edges.ends_within[start + 1 : end] = within
                if "\u05d1" <= text[start] <= "\u0648":  # the first and the last letter that can be written on
                    for place in _after_prefix(match[0]):
                        edges.starts.append(start + place)
                        edges.begins_within[start + place] = False
        return edges

    def clauses(self, text: str) -> Edges:
        """Keep only the edges at which a clause can begin or end: the ends of the text, and those beside a mark."""
        starts, ends = {0}, bytearray(len(text) + 1)
        ends[len(text)] = True
        for match in re.finditer(_MARK, without_newer(text)):
            before, after = match.span()
            starts.update((before, after + (text[after : after + 1] == " ")))
            ends[after] = self.ends[after]
            before -= text[before - 1 : before] == " "
            ends[before] = self.ends[before]
        kept = array("Q", (start for start in self.starts if start in starts))
        return Edges(kept, ends, self.begins_within, self.ends_within)

    def windows(self, length: int, first: int, last: int) -> Iterator[int]:
        """Yield the starts from `first` to `last` of ranges of one length that begin and end at these edges."""
        starts, ends = self.starts, self.ends
        low = bisect_left(starts, first)
        high = bisect_right(starts, min(last, len(ends) - 1 - length), low)
        return (start for start in starts[low:high] if ends[start + length])


def _after_prefix(word: str) -> list[int]:
    """Find where a passage may begin within a word of Arabic or Hebrew: after prefixes that are written onto it."""
    prefix = re.match(_WRITTEN_ON, word)
    places = range(1, prefix.end() + 1) if prefix else ()
    return [place for place in places if not re.match(_MARKS, word[place])]
