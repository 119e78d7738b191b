"""Find one passage in a text by its words; the typography of the two may differ."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from geoclaims._arguments import check_text, check_whole_text
from geoclaims._errors import MOST_ISSUES, AnchorError, Issue, invalid
from geoclaims._messages import LONGEST_VALUE, describe
from geoclaims._passages.lenient import LENIENT_FORMS
from geoclaims._passages.normal_form import NormalForm
from geoclaims._passages.words import LETTER, Words, mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    AreCut = Callable[[int, int], bool]

MOST_PLACES: Final = 1_000
"""Of the places of many words in one text, whole or within longer words, so many are looked at for each."""

_CONTEXT: Final = 20
# How much is compared to name the nearest place, so that long texts and passages take no longer.
_MOST_OCCURRENCES: Final = 200
_MOST_COMPARED: Final = 5
_STEP: Final = 16
_LONGEST_COMPARED: Final = 400
_PIECE: Final = 3
_LEAST_LIKENESS: Final = 0.5

# In normal form. Brackets stand around what an editor left out; either may be first, so that ends are read backwards.
_ELLIPSIS: Final = r"\.(?: ?\.){2,}"
_END_MARKS: Final = re.compile(rf"\A(?:['\" ]|{_ELLIPSIS}|[\[\]()] ?{_ELLIPSIS} ?[\[\]()])*+")
# The last comma or full stop of words may be another mark in the text that ends a sentence there, or a quotation.
_LAST_STOP: Final = re.compile(r"[^ .,،。，۔।][.,،。，۔।]\Z")
_END_THERE: Final = re.compile(r'(?:[.!?]++(?!\w)|[。！？؟۔।]|[,،，]?")')
_ANYTHING: Final = re.compile("")
# Between words and their context these may stand, and so many of them.
_BEFORE: Final = ' "'
_AFTER: Final = ' ".,!?。'
_MOST_BETWEEN: Final = 3


def find_passage(text: str, passage: str) -> tuple[int, int]:
    """Find the one place of a passage in a text, apart from white space around it; errors are those of `Span.find`.

    >>> find_passage("She said: “We deny it…”", '"We deny it..."')
    (10, 23)
    """
    check_text(text, "text")
    check_whole_text(passage, "passage")
    if not NormalForm.for_search(passage).text.strip():
        raise invalid("empty", ("passage",), passage, "a passage that is not empty in normal form")
    form = NormalForm.for_search(text)
    are_cut = _cutting(form)
    places = _places(text, form, are_cut, passage) or _places(text, form, are_cut, without_end_marks(passage))
    for make in LENIENT_FORMS if not places else ():
        loose = make(text)
        places = places or lenient_places(make, loose, _cutting(loose), passage)
    if len(places) == 1:
        return places[0]
    raise _ambiguous(text, places) if places else _error(missing(text, form, passage))


def _places(text: str, form: NormalForm, are_cut: AreCut, passage: str) -> list[tuple[int, int]]:
    """List the places of a passage that cut no word; of very many the first."""
    wanted = NormalForm.for_search(passage).text.strip()
    first = next(occurrences(form.text, wanted), None)
    if first is None:
        # In normal form the edges of a passage can depend on the text beside it.
        places = _to_the_letter(text, form, are_cut, passage.strip())
    else:
        hits = (hit for hit in occurrences(form.text, wanted) if not are_cut(hit, hit + len(wanted)))
        places = (form.source(hit, hit + len(wanted)) for hit in hits)
    return list(islice(places, MOST_ISSUES + 1))


def lenient_places(
    make: Callable[[str], NormalForm],
    form: NormalForm,
    are_cut: AreCut,
    passage: str,
    *,
    prefix: str = "",
    suffix: str = "",
) -> list[tuple[int, int]]:
    """List the places of a passage in a lenient form of a text, that cut no word; of very many the first.

    It is looked for whole, then without the marks at its ends, then with another mark for its last comma or full stop.

    Args:
        make: Makes the lenient form.
        form: That of the text.
        are_cut: Reports whether a range of that form begins or ends within a word.
        passage: The passage.
        prefix: What stands before it, apart from marks and spaces.
        suffix: What stands after it, likewise.
    """
    before, after = make(prefix).text.strip(_BEFORE), make(suffix).text.strip(_AFTER)
    inner = make(without_end_marks(passage)).text.strip()
    ways = [(make(passage).text.strip(), _ANYTHING), (inner, _ANYTHING)]
    if _LAST_STOP.search(inner):
        ways.append((inner[:-1], _END_THERE))
    for wanted, ending in ways:
        ranges = [(hit, hit + len(wanted)) for hit in islice(occurrences(form.text, wanted), MOST_PLACES + 1)]
        places = [
            form.source(start, end)
            for start, end in ranges[:MOST_PLACES]
            if wanted
            and not are_cut(start, end)
            and ending.match(form.text, end)
            and form.text[max(0, start - len(before) - _MOST_BETWEEN) : start].rstrip(_BEFORE).endswith(before)
            and form.text[end : end + len(after) + _MOST_BETWEEN].lstrip(_AFTER).startswith(after)
        ]
        if len(places) == 1 and len(ranges) > MOST_PLACES:  # it may stand in others
            places.append(form.source(*ranges[-1]))
        if places:
            return places[: MOST_ISSUES + 1]
    return []


def without_end_marks(passage: str) -> str:
    """Take quotation marks, ellipses and spaces off both ends of a passage, if anything else is in it.

    A single mark directly beside a letter or digit may be an apostrophe, as in *the ministers’*. It is taken off only
    if the passage has its other half.

    >>> [without_end_marks(words) for words in ("“We deny it …”", "the ministers’", "‘the ministers’", "’tis")]
    ['We deny it', 'the ministers’', 'the ministers', '’tis']
    """
    form = NormalForm.for_search(passage)
    normal = form.text
    start = len(normal) - len(_END_MARKS.sub("", normal, 1))
    end = len(_END_MARKS.sub("", normal[::-1], 1))
    if start >= end:
        return passage
    if normal[:start].endswith("'") and normal[start].isalnum() and not re.search(r"[^ ]'(?!\w)", normal[start:]):
        start -= 1
    if normal[end:].startswith("'") and normal[end - 1].isalnum() and not re.search(r"(?<!\w)'[^ ]", normal[:end]):
        end += 1
    first, last = form.source(start, end)
    return passage[first:last]


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
    ellipses = re.finditer(rf"[^ ]{{0,9}} ?{_ELLIPSIS} ?[^ ]{{0,9}}", NormalForm.for_search(inner).text)
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


def _error(*messages: str) -> AnchorError:
    return AnchorError([Issue("span", (), message) for message in messages])


def _ambiguous(text: str, places: list[tuple[int, int]]) -> AnchorError:
    """Name the places of a passage; of very many the first, and that there are more."""
    messages = [f"found it at {start} to {end}: {surrounded(text, start, end)}" for start, end in places]
    if len(messages) > MOST_ISSUES:
        messages[MOST_ISSUES - 1 :] = [f"found it more than {MOST_ISSUES} times"]
    return _error(*(f"{message}, expected it once" for message in messages))


def surrounded(text: str, start: int, end: int) -> str:
    """Show a range of a text with a few of the words around it."""
    return describe(text[max(0, start - _CONTEXT) : end + _CONTEXT])


def occurrences(text: str, words: str) -> Iterator[int]:
    """Yield the positions of some words in a text, including overlapping ones, in linear time."""
    place = text.find(words)
    while place >= 0:
        yield place
        following = text.find(words, place + 1)
        period = following - place
        if following >= 0 and 2 * period <= len(words):
            # The words repeat themselves with this period, and so does the text as far as it goes on like this.
            yield following
            end = following + len(words)
            while text[end : end + period] == text[end - period : end] and end < len(text):
                end += period
                following += period
                yield following
            following = text.find(words, following + 1)
        place = following


def _cutting(form: NormalForm) -> AreCut:
    """Make the function that reports whether a range begins or ends within a word; words are found when it is used."""
    words = cache(lambda: Words.of(form.joined))
    return lambda start, end: words().are_cut(start, end)


def _to_the_letter(text: str, form: NormalForm, are_cut: AreCut, passage: str) -> Iterator[tuple[int, int]]:
    """Yield the exact places of a passage that cut neither a word nor a single character of the normal form."""
    for start in occurrences(text, passage):
        end = start + len(passage)
        place = form.position(start), form.position(end)
        if place[0] < place[1] and form.source(*place) == (start, end) and not are_cut(*place):
            yield start, end


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
