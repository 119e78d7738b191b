"""Say why a passage has no place in a text, or not one alone: what there is instead, and what to write."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from geoclaims._errors import MOST_ISSUES, AnchorError, Issue
from geoclaims._messages import LONGEST_VALUE, describe
from geoclaims._passages.finding import ELLIPSIS, MOST_PLACES, occurrences, without_end_marks
from geoclaims._passages.normal_form import NormalForm
from geoclaims._passages.words import LETTER, Words, mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTEXT: Final = 20
# How much is compared to name the nearest place, so that long texts and passages take no longer.
_MOST_OCCURRENCES: Final = 200
_MOST_COMPARED: Final = 5
_STEP: Final = 16
_LONGEST_COMPARED: Final = 400
_PIECE: Final = 3
_LEAST_LIKENESS: Final = 0.5


def not_found_once(text: str, passage: str, places: Sequence[tuple[int, int]]) -> AnchorError:
    """Make the error for a passage that has no place in a text, or several; of very many the first are named."""
    if not places:
        messages = [missing(text, NormalForm.for_search(text), passage)]
    else:
        found = [f"found it at {start} to {end}: {surrounded(text, start, end)}" for start, end in places]
        if len(found) > MOST_ISSUES:
            found[MOST_ISSUES - 1 :] = [f"found it more than {MOST_ISSUES} times"]
        messages = [f"{message}, expected it once" for message in found]
    return AnchorError([Issue("span", (), message) for message in messages])


def missing(text: str, form: NormalForm, passage: str, noun: str = "passage", *, cut: str = "") -> str:
    """Say what there is instead of a passage or quote that has no place, where to make two of it, or how to cut it."""
    inner = without_end_marks(passage)
    for exact in (passage, inner):
        wanted = NormalForm.for_search(exact).text.strip()
        place = form.text.find(wanted)
        if wanted and place >= 0 and _is_cut(form.joined, place, place + len(wanted)):
            start, end = form.source(place, place + len(wanted))
            around = surrounded(text, start, end)
            return f"found it at {start} only within a longer word, in {around}, expected whole words{cut}"
    ellipses = re.finditer(rf"[^ ]{{0,9}} ?{ELLIPSIS} ?[^ ]{{0,9}}", NormalForm.for_search(inner).text)
    is_cut = any(ellipsis[0] not in form.text for ellipsis in islice(ellipses, _MOST_COMPARED))
    wanted = NormalForm.for_search(passage).text.strip()
    advice = ""
    if is_cut:
        advice = f": make two {noun}s, of what is before the ellipsis and what is after it"
    elif parts := _interrupted(form.text, wanted):
        advice = "; other words are between {} and {}: make two {}s".format(*map(describe, parts), noun)
    near = _nearest_place(text, form, wanted)
    if wanted and not near and normalize("NFKC", wanted) in normalize("NFKC", form.text):
        near = "; the text has it in characters of another form, such as full width: copy it from there"
    return f"found it nowhere{near}, expected {describe(passage)}{advice}"


def surrounded(text: str, start: int, end: int) -> str:
    """Show a range of a text with a few of the words around it."""
    return describe(text[max(0, start - _CONTEXT) : end + _CONTEXT])


def _is_cut(joined: str, start: int, end: int) -> bool:
    """Report whether a range cuts a word or number, looking no further than the nearest spaces or some characters."""
    low, high = max(0, start - _LONGEST_COMPARED), end + _LONGEST_COMPARED
    first, last = max(low, joined.rfind(" ", low, start) + 1), joined.find(" ", end, high)
    return Words.of(joined[first : last if last >= 0 else high]).are_cut(start - first, end - first)


def _interrupted(text: str, wanted: str) -> tuple[str, str] | None:
    """Divide words into two parts that stand in a text one after the other, with something between."""

    def end_of(part: str, start: int = 0) -> int | None:
        """Find where a part ends that stands behind a place and cuts no word."""
        for hit in islice(occurrences(text, part), MOST_PLACES):
            end = hit + len(part)
            if hit >= start and not any(map(str.isalnum, text[max(0, hit - 1) : hit] + text[end : end + 1])):
                return end
        return None

    words = wanted.split(" ") if len(wanted) <= _LONGEST_COMPARED else []
    parts = [(" ".join(words[:number]), " ".join(words[number:])) for number in range(1, len(words))]
    length = bisect_left(parts, 1, key=lambda pair: end_of(pair[0]) is None)
    if not length:
        return None
    first, last = parts[length - 1]
    return (first, last) if end_of(last, end_of(first) or 0) else None


def _nearest_place(text: str, form: NormalForm, wanted: str) -> str:
    """Describe the place where a text is most similar to a passage, as the end of a message; empty if none is.

    Each word of the passage, or three letters of a script without spaces, votes for where the passage would begin. Of
    the places with the most votes, the one with most of the pieces of the passage wins. It ends with its last words.
    """
    normal, whole, wanted = form.text, wanted, wanted[:_LONGEST_COMPARED]
    words = list(re.finditer(rf"(?:{LETTER}|{mark()}){{3,}}|\w{{3}}", wanted))
    votes = [
        place - word.start() for word in words for place in islice(occurrences(normal, word[0]), _MOST_OCCURRENCES)
    ]
    pieces = _pieces(wanted)
    best, most = None, _LEAST_LIKENESS * len(pieces)
    for step, _ in Counter(vote // _STEP for vote in votes).most_common(_MOST_COMPARED):
        first = step * _STEP
        alike = len(pieces & _pieces(normal[max(0, first) : first + len(wanted) + _STEP]))
        if alike > most:
            best, most = step, alike
    if best is None:
        return ""
    ((place, _),) = Counter(max(0, vote) for vote in votes if vote // _STEP == best).most_common(1)
    end = words[-1].end()
    tails = (wanted[word.start() : end] for word in words[-2:])
    near = normal[place : place + len(wanted) * 3 // 2]
    ends = ([hit + len(tail) - end for hit in occurrences(near, tail)] for tail in tails)
    last = place + len(wanted) + min(next(filter(None, ends), [0]), key=abs)
    first, last = _whole_words(normal, place, min(last, len(normal)))
    start, end = form.source(first, last)
    differs = _difference(normal[max(0, place - len(wanted)) : last + len(whole) - len(wanted)], whole)
    return f"; nearest is {describe(text[start:end])} at {start}{differs}"


def _whole_words(normal: str, first: int, last: int) -> tuple[int, int]:
    """Extend a range in a text by the rest of the words that it cuts, within bounds."""
    begin = max(0, first - _CONTEXT)
    words = Words.of(normal[begin : last + _CONTEXT])
    first = next(place for place in range(first, -1, -1) if not words.begins_within(place - begin))
    return first, next(place for place in range(last, len(normal) + 1) if not words.ends_within(place - begin))


def _difference(near: str, wanted: str) -> str:
    """Describe where a passage first differs from the text near it; empty if this is where messages do not cut it."""
    alike = bisect_left(range(len(wanted)), x=True, key=lambda length: wanted[: length + 1] not in near)
    if not LONGEST_VALUE <= alike < len(wanted):
        return ""
    word, _ = _whole_words(wanted, alike - (wanted[alike - 1] != " "), alike)
    found = near.find(wanted[:alike]) + word
    ranges = ((near.rstrip(), found), (wanted, word))
    shown = [f"{words} "[start : start + _CONTEXT].rsplit(" ", 1)[0] for words, start in ranges]
    return f", with {describe(shown[0])} for {describe(shown[1])}"


def _pieces(words: str) -> set[str]:
    """Cut words into all pieces of three characters."""
    return {words[start : start + _PIECE] for start in range(len(words) - _PIECE + 1)}
