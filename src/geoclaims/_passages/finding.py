"""Find where the words of a passage stand in a text; the typography of the two may differ."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from geoclaims._arguments import check_text, check_whole_text
from geoclaims._errors import MOST_ISSUES, invalid
from geoclaims._passages.lenient import LENIENT_FORMS
from geoclaims._passages.normal_form import NormalForm
from geoclaims._passages.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    AreCut = Callable[[int, int], bool]

MOST_PLACES: Final = 1_000
"""Of the places of many words in one text, whole or within longer words, so many are looked at for each."""

ELLIPSIS: Final = r"\.(?: ?\.){2,}"
"""The pattern of an ellipsis in normal form."""

# Brackets stand around what an editor left out; either may be first, so that ends are read backwards.
_END_MARKS: Final = re.compile(rf"\A(?:['\" ]|{ELLIPSIS}|[\[\]()] ?{ELLIPSIS} ?[\[\]()])*+")
# The last comma or full stop of words may be another mark in the text that ends a sentence there, or a quotation.
_LAST_STOP: Final = re.compile(r"[^ .,،。，۔।][.,،。，۔।]\Z")
_END_THERE: Final = re.compile(r'(?:[.!?]++(?!\w)|[。！？؟۔।]|[,،，]?")')
_ANYTHING: Final = re.compile("")
# Between words and their context these may stand, and so many of them.
_BEFORE: Final = ' "'
_AFTER: Final = ' ".,!?。'
_MOST_BETWEEN: Final = 3


def places_of(text: str, passage: str) -> list[tuple[int, int]]:
    """List the places of a passage in a text, apart from white space around it; of very many the first.

    >>> places_of("She said: “We deny it…”", '"We deny it..."')
    [(10, 23)]
    """
    check_text(text, "text")
    check_whole_text(passage, "passage")
    if not NormalForm.for_search(passage).text.strip():
        raise invalid("empty", ("passage",), passage, "a passage that is not empty in normal form")
    form = NormalForm.for_search(text)
    are_cut = _cutting(form)
    places = _exact_places(text, form, are_cut, passage) or _exact_places(
        text, form, are_cut, without_end_marks(passage)
    )
    for make in LENIENT_FORMS if not places else ():
        loose = make(text)
        places = places or lenient_places(make, loose, _cutting(loose), passage)
    return places


def _exact_places(text: str, form: NormalForm, are_cut: AreCut, passage: str) -> list[tuple[int, int]]:
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
    within: tuple[int, int] | None = None,
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
        within: The range of the form to look in, if not in all of it.
    """
    first, last = within or (0, len(form.text))
    before, after = make(prefix).text.strip(_BEFORE), make(suffix).text.strip(_AFTER)
    inner = make(without_end_marks(passage)).text.strip()
    ways = [(make(passage).text.strip(), _ANYTHING), (inner, _ANYTHING)]
    if _LAST_STOP.search(inner):
        ways.append((inner[:-1], _END_THERE))
    for wanted, ending in ways:
        hits = islice(occurrences(form.text[first:last], wanted), MOST_PLACES + 1)
        ranges = [(first + hit, first + hit + len(wanted)) for hit in hits]
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
