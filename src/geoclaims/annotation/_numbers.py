"""Find the whole numbers of an English text, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from typing import Final

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
    for exponent, names in enumerate(("thousand k", "million mn m", "billion bn", "trillion tn"), start=1)
    for name in names.split()
}

_MOST_DIGITS: Final = 19
"""The digits of the largest bound that a quantity may have."""

_WORD: Final = re.compile(r"\d+(?:[,.']\d+)*|[a-z]+|[^ -]")
_WITH_SPACES: Final = re.compile(r"(?<!\d)\d{1,3}(?: \d{3}){1,5}(?!\d)")


def numbers_in(text: str) -> set[int]:
    """Find the whole numbers of an English text; parts of a number count too, as the hundred of "a hundred and two".

    Args:
        text: A text in normal form, without capitals.

    >>> sorted(numbers_in("2,500 men, a hundred and two boats, 1.5 million crowns"))
    [2, 15, 100, 102, 2500, 1500000]
    """
    with_spaces = (int(match[0].replace(" ", "")) for match in _WITH_SPACES.finditer(text))
    numbers = chain(_read(match[0] for match in _WORD.finditer(text)), with_spaces)
    return {int(number) for number in numbers if number == int(number)}


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
        elif word != "and":
            thousands = rest = last = 0
            continue
        yield thousands + rest
