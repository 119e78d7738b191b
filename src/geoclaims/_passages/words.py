"""Find where words and numbers begin and end in a text, so that no passage is found within a longer one."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final
from unicodedata import category

import attrs

from geoclaims._passages.normal_form import OPTIONAL_MARKS, NormalForm
from geoclaims._rules.patterns import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# A letter or digit of a script that puts spaces between words: not Thai, Lao, Burmese, Khmer, Chinese or Japanese.
LETTER: Final = (
    "[^\\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u3130\u318f-\ua4cf\uf900-\ufaff\uff66-\uff9f"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
# Letters that belong to the one before them: vowels of Thai and Lao, and the voicing of Japanese in half width.
_VOWELS: Final = "\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3\uff9e\uff9f"
# Numerals of Chinese and Japanese, without those that are more often other words (参, 陆, 伍), and the digits of
# scripts without spaces. "Half" counts after another, "several" before tens.
_NUMERAL: Final = (
    "〇零一二三四五六七八九十百千万萬亿億兆两兩几幾廿卅"
    "\u0e50-\u0e59\u0ed0-\u0ed9\u1040-\u1049\u1090-\u1099\u17e0-\u17e9"
)
_HALF: Final = "半"
_SEVERAL: Final = "[数數](?=[十百千万萬亿億兆])"
_JOINT: Final = ".,:'/\u00b7\u2044\u066b\u066c\u00a0\u2013-"
# The same in full width join digits alone: in 第一，十分 they stand between words.
_WIDE_JOINT: Final = "\uff0e\uff0c\uff1a\uff0f"
# The last mark of any script: beyond it are only variation selectors, which no normal form has.
_LAST_COMBINING: Final = 0x1E94A
# Marks of Arabic and Hebrew, which stand on the letters of a word.
_MARKS: Final = one_of(OPTIONAL_MARKS)
_HEBREW_PREFIX: Final = "[\u05d5\u05d1\u05db\u05dc\u05de\u05e9\u05d4]"
# In Arabic and Hebrew "and", "the" and "to" are letters written onto the next word, which may begin a passage. At most
# so many of them meet, and two letters of the word itself are left.
_WRITTEN_ON: Final = (
    f"(?:[\u0648\u0641\u0628\u0643\u0644\u0633]{_MARKS}*){{0,3}}(?:\u0627{_MARKS}*\u0644{_MARKS}*)?(?=[\u0620-\u064a]{_MARKS}*[\u0620-\u064a])"
    f"|(?:{_HEBREW_PREFIX}{_MARKS}*){{0,4}}(?=[\u05d0-\u05ea]{_MARKS}*[\u05d0-\u05ea])"
)
# Before numbers and names in other letters, Hebrew writes a hyphen behind them.
_BEFORE_HYPHEN: Final = f"{_HEBREW_PREFIX}{{1,4}}-(?![\u05d0-\u05ea])"
# In Korean "of" and "to" are written onto the word before, which may end a passage; "only", 만, is also ten thousand.
_LONGEST_PARTICLES: Final = 8
_PARTICLES: Final = re.compile(
    "(?:은|는|을|를|의|도|(?<![\\d십백천])만|와|과|로|가|나|랑|고|며|뿐|이(?:나|랑|라고|라며|라는)?|라(?:고|며|는)|으로|에(?:게|서)?"
    "|께(?:서)?|한테|하고|부터|까지|보다|처럼|마저|조차|밖에|마다)+"
)


@attrs.frozen
class Words:
    """The words of a text: the positions at which passages can begin and end."""

    starts: array[int]
    """The possible beginnings, in order; none is at a space."""
    ends: bytearray
    """For each position, whether a passage can end there; none does after a space."""
    _not_starts: bytearray
    """For each position, whether it is within a word or number, so that no passage can begin there."""
    _not_ends: bytearray
    """The same of an end."""

    @classmethod
    def of(cls, text: str) -> Words:
        """Find where words, numbers, and other characters except spaces, begin and end.

        Args:
            text: A text in normal form, `NormalForm.joined` if it has numbers with spaces, or dashes.
        """
        words = cls(array("Q"), *(bytearray(len(text) + 1) for _ in range(3)))
        one_mark = mark() if not text.isascii() and re.search(mark(), "".join(set(text))) else "(?!)"
        for match in _word(one_mark).finditer(text):
            start, end = match.span()
            words.starts.append(start)
            words.ends[end] = True
            if end - start > 1:
                words._not_starts[start + 1 : end] = words._not_ends[start + 1 : end] = b"\1" * (end - start - 1)
                if "\u05d1" <= text[start] <= "\u0648":  # the first and the last letter that can be written on
                    for place in _after_prefix(match[0]):
                        words.starts.append(start + place)
                        words._not_starts[start + place] = False
                elif "\uac00" <= text[end - 1] <= "\ud7a3":
                    for place in _before_particles(match[0]):
                        words.ends[start + place] = True
                        words._not_ends[start + place] = False
        return words

    def begins_within(self, start: int) -> bool:
        """Report whether a passage that begins at a position begins within a word."""
        return bool(self._not_starts[start])

    def ends_within(self, end: int) -> bool:
        """Report whether a passage that ends at a position ends within a word."""
        return bool(self._not_ends[end])

    def are_cut(self, start: int, end: int) -> bool:
        """Report whether a range begins or ends within a word."""
        return self.begins_within(start) or self.ends_within(end)

    def windows(self, length: int) -> Iterator[int]:
        """Yield the starts of ranges of one length that cut no word."""
        last = bisect_right(self.starts, len(self.ends) - 1 - length)
        return (start for start in self.starts[:last] if self.ends[start + length])


def words_in(text: str) -> list[str]:
    """List the words and numbers of a text, whatever its typography.

    >>> words_in("“It’s 3,155”")
    ['It', 's', '3', '155']
    """
    return re.findall(rf"(?:\w|{mark()})+", NormalForm.for_search(text).text)


@cache
def mark() -> str:
    """Make the pattern of one mark or vowel sign, which belongs to the character before it."""
    marks = [point for point in range(0x300, _LAST_COMBINING + 1) if category(chr(point))[0] == "M"]
    runs = [[point for _, point in run] for _, run in groupby(enumerate(marks), lambda each: each[1] - each[0])]
    return f"[{_VOWELS}{''.join(f'{chr(run[0])}-{chr(run[-1])}' for run in runs)}]"


@cache
def _word(mark: str) -> re.Pattern[str]:
    """Make the pattern of what no passage begins or ends in the middle of, given that of a mark."""
    letters = f"{LETTER}+(?:{mark}+{LETTER}*)*"
    joint = f"[{_JOINT}](?=[\\d{_NUMERAL}])|(?<=\\d)[{_WIDE_JOINT}](?=\\d)"
    begun = f"(?<=[\\d{_NUMERAL}{_HALF}])(?:{joint})?"
    goes_on = f"{begun}(?:[{_NUMERAL}{_HALF}]+{mark}*|(?=\\d){letters})"
    number = f"(?:{_SEVERAL})?[{_NUMERAL}]+{mark}*"
    word = f"(?:{letters}|{number})(?:{goes_on})*(?:(?<=[nN])'[tT](?!{LETTER}))?"
    return re.compile(f"(?:-(?=\\d))?{word}(?:-{word})*|[^ \u00a0]{mark}*")


def _after_prefix(word: str) -> list[int]:
    """Find where a passage may begin within a word of Arabic or Hebrew: after prefixes that are written onto it."""
    prefix = re.match(_WRITTEN_ON, word)
    places = [*range(1, prefix.end() + 1)] if prefix else []
    if hyphen := re.match(_BEFORE_HYPHEN, word):
        places.append(hyphen.end())
    return [place for place in places if not re.match(mark(), word[place])]


def _before_particles(word: str) -> list[int]:
    """Find where a passage may end within a word of Korean: before particles that are written onto it."""
    starts = range(max(1, len(word) - _LONGEST_PARTICLES), len(word))
    return [start for start in starts if _PARTICLES.fullmatch(word, start)]
