"""Find the whole numbers of an English text, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

import attrs

_SMALL: Final = {
    name: number
    for names, numbers in (
        ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen", range(1, 15)),
        ("fifteen sixteen seventeen eighteen nineteen", range(15, 20)),
        ("twenty thirty forty fifty sixty seventy eighty ninety", range(20, 100, 10)),
    )
    for name, number in zip(names.split(), numbers, strict=True)
}
_TIMES: Final = {"dozen": 12, "hundred": 100}
_POWERS: Final = {
    name: 1000**exponent
    for exponent, names in enumerate(("thousand k", "million mln mn m", "billion bln bn b", "trillion trn tn"), start=1)
    for name in names.split()
}
_MULTIPLIERS: Final = {**_TIMES, **_POWERS}
_FRACTIONS: Final = {
    name: Fraction(quarters, 4)
    for names, quarters in (("half halves ½", 2), ("quarter quarters ¼", 1), ("¾", 3))
    for name in names.split()
}

_MOST_DIGITS: Final = 19
"""The digits of the largest bound that a quantity may have."""

_WORD: Final = re.compile(r"\d+(?:[,.']\d+)*|[a-z]+|[^ -]")
_WITH_SPACES: Final = re.compile(r"(?<!\d)\d{1,3}(?: \d{3}){1,5}(?!\d)")


@attrs.frozen
class Numbers:
    """The whole numbers that a text may name.

    Every number counts with every multiplier of the text, as in "two to three million", and with every fraction.
    """

    _read: set[int | Fraction]
    _multipliers: set[int]

    def __contains__(self, number: int) -> bool:
        return any(Fraction(number, multiplier) in self._read for multiplier in self._multipliers)


def numbers_in(text: str) -> Numbers:
    """Find the numbers of an English text; parts of a number count too, as the hundred of "a hundred and two".

    Args:
        text: A text in normal form, without capitals.

    >>> numbers = numbers_in("2,500 men, a hundred and two boats, half a million to 1.5 million crowns")
    >>> [number for number in (2, 3, 15, 50, 102, 500, 2500, 500_000, 1_500_000) if number not in numbers]
    [3, 500]
    """
    words = [match[0] for match in _WORD.finditer(text)]
    with_spaces = (int(match[0].replace(" ", "")) for match in _WITH_SPACES.finditer(text))
    read = {*_read(words), *with_spaces}
    fractions = {_FRACTIONS[word] for word in words if word in _FRACTIONS}
    with_fractions = (other for number in {1, *read} for part in fractions for other in (number + part, number * part))
    return Numbers(read.union(with_fractions), {1, *(_MULTIPLIERS[word] for word in words if word in _MULTIPLIERS)})


def _read(words: Iterable[str]) -> Iterator[int | Fraction]:
    """Yield each number as far as it has been read, such as "two thousand", "five hundred", "and", "six"."""
    thousands: int | Fraction = 0
    rest: int | Fraction = 0
    last = 0
    for word in words:
        if word in _SMALL:
            last = _SMALL[word]
            if rest % 100 and (rest % 10 or last >= 10):  # as in "twenty and thirty"
                thousands = rest = 0
            rest += last
            yield last
        elif word in _TIMES:
            if rest >= 100:  # "one hundred and two hundred"
                thousands, rest = 0, last
            rest = (rest or 1) * _TIMES[word]
        elif word in _POWERS:
            if thousands % (1000 * _POWERS[word]):  # "two thousand and three thousand"
                thousands = 0
            thousands, rest = thousands + (rest or 1) * _POWERS[word], 0
        elif word[0].isdecimal():
            digits = re.sub(r"\D", "", word)
            thousands, rest, last = 0, int(digits) if len(digits) <= _MOST_DIGITS else 0, 0
            yield rest
            if re.fullmatch(r"\d+\.\d{1,18}", word):
                rest /= Fraction(10 ** len(word.partition(".")[2]))
        elif word not in {"and", ","}:
            thousands = rest = last = 0
            continue
        yield thousands + rest
