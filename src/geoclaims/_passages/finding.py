"""Find one passage in a text by its words; the typography of the two may differ."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._checks import checked
from geoclaims._errors import MOST_ISSUES, AnchorError, Issue, Issues, invalid
from geoclaims._messages import found
from geoclaims._passages.edges import Edges
from geoclaims._passages.normal_form import NormalForm
from geoclaims._rules import WHOLE_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CONTEXT: Final = 20
# How much is compared to name the nearest place, so that this is quick in a text of any size.
_MOST_OCCURRENCES: Final = 200
_MOST_COMPARED: Final = 5
_STEP: Final = 16
_LONGEST_COMPARED: Final = 400
_LEAST_LIKENESS: Final = 0.5


def find_passage(text: str, passage: str) -> tuple[int, int]:
    """Find the one place of a passage in a text, apart from white space around the passage.

    Raises:
        AnchorError: The passage stands nowhere, or in several places, which the issues name (`span`).
        ValidationError: An argument is not a string (`type`), or the passage is empty in normal form (`empty`) or no
            text (`text`).

    >>> find_passage("She said: “We deny it…”", '"We deny it..."')
    (10, 23)
    """
    issues = Issues(None)
    if type(text) is not str:
        issues.wrong("type", ((), "text"), text, "a string")
    checked(WHOLE_TEXT, passage, ("passage",), issues)
    issues.raise_if_any()
    wanted = NormalForm.for_search(passage).text.strip()
    if not wanted:
        raise invalid("empty", ("passage",), passage, "a passage that is not empty in normal form")
    form = NormalForm.for_search(text)
    words = _WordsAtHand(form.text)
    places = list(occurrences(form.text, wanted))
    hits = [place for place in places if not words.are_cut(place, place + len(wanted))]
    count = len(hits)
    found_at: Sequence[tuple[int, int]] = [form.source(hit, hit + len(wanted)) for hit in hits[:MOST_ISSUES]]
    if not places:
        # In normal form the edges of a passage can depend on what stands beside it.
        count, found_at = _to_the_letter(text, form, words, passage.strip())
    if count == 1:
        return found_at[0]
    if count:
        messages = [f"found it at {start} to {end}: {surrounded(text, start, end)}" for start, end in found_at]
        raise _error([f"{message}, expected it once" for message in messages], omitted=count - len(found_at))
    if places:
        start, end = form.source(places[0], places[0] + len(wanted))
        raise _error([f"found it at {start} only within a longer word: {surrounded(text, start, end)}"])
    raise _error([f"found it nowhere{nearest_place(text, form, wanted)}, expected {found(passage)}"])


def _error(messages: list[str], *, omitted: int = 0) -> AnchorError:
    return AnchorError([Issue("span", (), message) for message in messages], omitted=omitted)


def surrounded(text: str, start: int, end: int) -> str:
    return found(text[max(0, start - _CONTEXT) : end + _CONTEXT])


def occurrences(text: str, words: str) -> Iterator[int]:
    """Yield the positions of some words in a text, including overlapping ones, in linear time."""
    place = text.find(words)
    while place >= 0:
        yield place
        following = text.find(words, place + 1)
        period = following - place
        if following >= 0 and 2 * period <= len(words):
            # The words repeat themselves with this period, and so does the text as far as it goes on like this.
            end = following + len(words)
            while text[end : end + period] == text[end - period : end] and end < len(text):
                end += period
            last = (end - len(words) - following) // period * period + following
            yield from range(following, last + 1, period)
            following = text.find(words, last + 1)
        place = following


@attrs.define
class _WordsAtHand:
    """A cache of the word edges around the positions asked for, most of which are close to the previous one."""

    text: str
    _known: dict[int, tuple[int, int, Edges]] = attrs.field(factory=dict)

    def are_cut(self, start: int, end: int) -> bool:
        """Report whether a range begins or ends within a word."""
        edges, first = self._around(start, 0)
        if edges.begins_within[start - first]:
            return True
        edges, first = self._around(end, 1)
        return bool(edges.ends_within[end - first])

    def _around(self, place: int, number: int) -> tuple[Edges, int]:
        """Return the edges of the words between the two spaces around a position, and the start of these words."""
        known = self._known.get(number)
        if not known or not known[0] <= place <= known[1]:
            first = self.text.rfind(" ", 0, place) + 1
            last = self.text.find(" ", place)
            last = len(self.text) if last < 0 else last
            known = self._known[number] = first, last, Edges.of_words(self.text[first:last])
        return known[2], known[0]


def _to_the_letter(
    text: str, form: NormalForm, words: _WordsAtHand, passage: str
) -> tuple[int, Sequence[tuple[int, int]]]:
    """Find the exact occurrences of a passage that cut neither a word nor a single character of the normal form.

    Returns:
        How many places there are, and the first hundred of them.
    """
    hits: list[tuple[int, int]] = []
    count = 0
    for start in occurrences(text, passage):
        end = start + len(passage)
        place = form.position(start), form.position(end)
        if place[0] < place[1] and form.source(*place) == (start, end) and not words.are_cut(*place):
            count += 1
            if count <= MOST_ISSUES:
                hits.append((start, end))
    return count, hits


def nearest_place(text: str, form: NormalForm, wanted: str) -> str:
    """Describe the place where a text is most similar to a passage, as the end of a message; empty if none is."""
    from difflib import SequenceMatcher

    normal, size = form.text, min(len(wanted), _LONGEST_COMPARED)
    votes = Counter(
        (place - word.start()) // _STEP
        for word in re.finditer(r"\w{3,}", wanted[:size])
        for place in islice(occurrences(normal, word[0]), _MOST_OCCURRENCES)
    )
    matcher = SequenceMatcher(b=wanted[:size], autojunk=False)
    best, likeness = -1, _LEAST_LIKENESS
    for step, _ in votes.most_common(_MOST_COMPARED):
        start = max(0, step * _STEP)
        matcher.set_seq1(normal[start : start + size + _STEP])
        if matcher.ratio() > likeness:
            same = max(matcher.get_matching_blocks(), key=attrgetter("size"))
            best, likeness = max(0, start + same.a - same.b), matcher.ratio()
    if best < 0:
        return ""
    start, end = form.source(best, min(best + size, len(normal)))
    return f"; nearest is {found(text[start:end])} at {start}"
