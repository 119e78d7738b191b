"""Find one passage in a text by its words, however the two are typeset."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from geoclaims._checking import checked
from geoclaims._display import found
from geoclaims._errors import MOST_ISSUES, AnchorError, Issue, Issues, invalid
from geoclaims._passages.copies import Copy
from geoclaims._passages.normal_form import normalize
from geoclaims._rules import WHOLE_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTEXT: Final = 20
# How much is compared to name the nearest place, so that this is quick in a text of any size.
_MOST_WORDS: Final = 50
_MOST_OCCURRENCES: Final = 200
_MOST_COMPARED: Final = 5
_STEP: Final = 16
_LONGEST_COMPARED: Final = 400
_LEAST_LIKENESS: Final = 0.5


def find_passage(text: str, passage: str) -> tuple[int, int]:
    """Where in a text the one place is at which a passage stands, white space around the passage aside.

    Raises:
        AnchorError: The passage stands nowhere, or in several places, which the issues name (`span`).
        ValidationError: An argument is not a string (`type`), or the passage is empty in normal form (`empty`) or no
            text (`text`).

    >>> find_passage("She said: “We deny it…”", '"We deny it..."')
    (10, 23)
    """
    issues = Issues(None)
    if type(text) is not str:
        issues.add("type", ("text",), text, "a string")
    checked(WHOLE_TEXT, passage, ("passage",), issues)
    issues.raise_if_any()
    wanted = normalize(passage).strip(" ")
    if not wanted:
        raise invalid("empty", ("passage",), passage, "a passage that is not empty in normal form")
    copy = Copy.of(text)
    places = [(place, place + len(wanted)) for place in _occurrences(copy.form.text, wanted)]
    hits = [copy.form.source(*place) for place in places if not copy.cuts_word(*place)]
    if not places:
        # In normal form the edges of a passage can depend on what stands beside it.
        hits = _to_the_letter(copy, passage.strip())
    if len(hits) == 1:
        return hits[0]
    if hits:
        shown = hits[:MOST_ISSUES]
        messages = [f"found it at {start} to {end}: {_surrounded(text, start, end)}" for start, end in shown]
        raise _error([f"{message}, expected it once" for message in messages], omitted=len(hits) - len(shown))
    if places:
        start, end = copy.form.source(*places[0])
        raise _error([f"found it at {start} only within a longer word: {_surrounded(text, start, end)}"])
    raise _error([f"found it nowhere{_nearest(copy, wanted)}, expected {found(passage)}"])


def _error(messages: list[str], *, omitted: int = 0) -> AnchorError:
    return AnchorError([Issue("span", (), message) for message in messages], omitted=omitted)


def _surrounded(text: str, start: int, end: int) -> str:
    return found(text[max(0, start - _CONTEXT) : end + _CONTEXT])


def _occurrences(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _to_the_letter(copy: Copy, passage: str) -> list[tuple[int, int]]:
    """Where a passage stands as it is typeset, and cuts neither a word nor what is one character in normal form."""
    hits: list[tuple[int, int]] = []
    for start in _occurrences(copy.text, passage):
        end = start + len(passage)
        place = copy.form.position(start), copy.form.position(end)
        if place[0] < place[1] and copy.form.source(*place) == (start, end) and not copy.cuts_word(*place):
            hits.append((start, end))
    return hits


def _nearest(copy: Copy, wanted: str) -> str:
    """Where the text is most like a passage and what stands there, as the end of a message, if it is like it at all."""
    from difflib import SequenceMatcher

    normal, size = copy.form.text, min(len(wanted), _LONGEST_COMPARED)
    votes: Counter[int] = Counter()
    for word in islice(re.finditer(r"\w{3,}", wanted[:size]), _MOST_WORDS):
        for place in islice(_occurrences(normal, word[0]), _MOST_OCCURRENCES):
            votes[(place - word.start()) // _STEP] += 1
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
    start, end = copy.form.source(best, min(best + size, len(normal)))
    return f"; nearest is {found(copy.text[start:end])} at {start}"
