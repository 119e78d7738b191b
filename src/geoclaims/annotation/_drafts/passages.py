"""Read the passages and quotes of a draft, find the place of each in the text, and write passages."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs

from geoclaims._arguments import is_a
from geoclaims._checks import checked
from geoclaims._errors import Path, ValidationError
from geoclaims._issues import WRONG, Issues, place_of
from geoclaims._json.reading import Keys, with_plain_keys
from geoclaims._passages.quoting import Quote, QuotedText, Range, Several
from geoclaims._rules.rules import PROSE, WHOLE_TEXT, Whole
from geoclaims._spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoclaims._passages.anchoring import Lost

QUOTES: Final = "quotes"
EXACT: Final = "exact"
CONTEXT: Final = ("prefix", "suffix")
START: Final = "start"

_KEYS: Final = Keys("a passage", (EXACT, *CONTEXT, START), {}, {EXACT: "expected it in every passage"})


def passages_in(passages: object, path: Path, notes: Issues) -> list[Quote | None]:
    """Read the passages of a statement; an invalid one is noted, and is None in the result."""
    if not is_a(passages, list):
        notes.wrong("type", place_of(path), passages, notes.vocabulary.any_array)
        return []
    return [_quote(passage, (*path, index), notes) for index, passage in enumerate(passages)]


def _quote(passage: object, path: Path, notes: Issues) -> Quote | None:
    if type(passage) is str:
        exact = _words(passage, path, notes)
        return None if exact is WRONG else Quote(exact)
    if not is_a(passage, dict):
        notes.wrong("type", place_of(path), passage, "a string or an object")
        return None
    before = notes.count
    place = place_of(path)
    given = with_plain_keys(dict(passage), place, notes)
    members = {key: value for key, value in given.items() if value is not None or key not in _KEYS.known}
    if given.get(EXACT, "") is None:
        notes.note("missing", (*path, EXACT), "found null, expected it in every passage")
        members[EXACT] = WRONG
    _KEYS.note(members, place, notes)
    parts: dict[str, Any] = {}
    for key in (EXACT, *CONTEXT):
        if key in members and (key == EXACT or not _is_nothing(members[key])):
            parts[key] = _words(members[key], (*path, key), notes)
    if START in members:
        parts[START] = checked(Whole(), members[START], (*path, START), notes)
    return Quote(**parts) if notes.count == before else None


def _is_nothing(value: object) -> bool:
    """Report whether a value is the empty string, without a method of any other class."""
    return type(value) is str and not value


def _words(value: object, path: Path, notes: Issues) -> Any:
    """Check words of the text; unlike a text, they may be only white space."""
    if type(value) is str and value.isspace():
        return value
    if _is_nothing(value):
        notes.wrong("empty", place_of(path), value, "the words of a passage, as the text has them")
        return WRONG
    return checked(WHOLE_TEXT, value, path, notes)


def spans_of(quotes: Sequence[Quote | None], path: Path, text: QuotedText, notes: Issues) -> tuple[list[Span], int]:
    """Find the spans of quoted passages, in the order of the text; note those without a unique place.

    Returns:
        The spans, and how many of the passages are in the text, once or more.
    """
    placed: list[tuple[Span, int]] = []
    found = 0
    for index, quote in enumerate(quotes):
        place = text.find(quote) if quote else None
        found += isinstance(place, tuple) or (place is not None and place.is_there)
        if isinstance(place, tuple):
            try:
                placed.append((Span.of(text.text, *place), index))
            except ValidationError as error:
                notes.note("span", (*path, index), error.issues[0].message)
        elif place is not None:
            notes.note("span", (*path, index), partial(_said, place))
    placed.sort(key=lambda each: (each[0].start, each[0].end, each[1]))
    end, other = 0, 0
    for span, index in placed:
        if span.start < end:
            stands = f"found it at {span.start} to {span.end}"
            message = f"{stands}, expected no overlap with passage {other + 1} of the statement, which ends at {end}"
            notes.note("span", (*path, index), message)
        if span.end > end:
            end, other = span.end, index
    return [span for span, _ in placed], found


def printed_in(
    quotes: object, path: Path, passages: Sequence[Range], text: QuotedText, notes: Issues
) -> tuple[object, set[int]]:
    """Replace the quotes of a statement by what the text has at their places; note those that are nowhere in it.

    Values that break another rule are left to the reader.

    Returns:
        The quotes, and the numbers of those that are nowhere.
    """
    if not is_a(quotes, list):
        return quotes, set()
    printed: list[object] = []
    wrong: set[int] = set()
    for index, quote in enumerate(quotes):
        is_right = type(quote) is str and checked(PROSE, quote, path, Issues(None)) is not WRONG
        own = text.printed(quote, passages) if is_right else quote
        if own is None:
            notes.note("span", (*path, index), partial(_lacked, text, quote))
            wrong.add(index)
        printed.append(quote if own is None else own)
    return printed, wrong


def _lacked(text: QuotedText, quote: str, _: Issues) -> str:
    """Say what a text has instead of a quote."""
    return text.missing_quote(quote)


def _said(lost: Lost, _: Issues) -> str:
    """Say why a passage has no place; of one in several places, what to add for each."""
    ways = lost.distinguished() if isinstance(lost, Several) else ()
    added = [f"{_added(quote)} for the one at {place}" for place, quote in ways]
    return f"{lost.reason()}, or {', '.join(added)}" if added else lost.reason()


def _added(quote: Quote) -> str:
    """Write what a quote has beside its words."""
    [(key, value)] = [(key, value) for key in (*CONTEXT, START) if (value := getattr(quote, key)) not in {"", None}]
    return f'{{"{EXACT}": …, "{key}": {json.dumps(value, ensure_ascii=False)}}}'


def passage_of(quote: Quote) -> str | dict[str, Any]:
    """Write a passage: its words alone if nothing else is needed to find them."""
    given = {name: value for name, value in attrs.asdict(quote).items() if value not in {"", None}}
    return quote.exact if len(given) == 1 else given
