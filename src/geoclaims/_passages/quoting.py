"""Find many passages and quotes in one text, each passage by its words and its context."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import islice, product
from typing import Final

import attrs

from geoclaims._messages import describe, printable
from geoclaims._passages.anchoring import Lost
from geoclaims._passages.explaining import missing, surrounded
from geoclaims._passages.finding import MOST_PLACES, lenient_places, occurrences, without_end_marks
from geoclaims._passages.lenient import LENIENT_FORMS
from geoclaims._passages.normal_form import Change, NormalForm
from geoclaims._passages.words import Words

_LONGEST_CONTEXT: Final = 64
"""The most text that is quoted before or after a passage, to distinguish it from others with the same words."""

# The lengths of context to try. Of 4,228 passages of 168 news texts whose words occur in several places, 16 characters
# are enough for 4,198 and 32 for 18 more; for 12 no context is, because their paragraph occurs twice.
_CONTEXTS: Final = (16, 32, _LONGEST_CONTEXT)
_SHOWN: Final = 3
_NO_WORDS: Final = "found {}, expected a passage with characters that can be seen"


@attrs.frozen
class Quote:
    """A passage as it is quoted: its words, and if given, its context and start."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None


Range = tuple[int, int]


@attrs.frozen
class Several(Lost):
    """A passage in several places."""

    distinguished: Callable[[], Iterator[tuple[int, Quote]]]
    """Yields the first places, each with a quote that a prefix decides, or a suffix, or only its start."""


@attrs.frozen(eq=False, slots=False)
class QuotedText:
    """A text, prepared once to find all the passages and quotes that are taken from it.

    >>> text = QuotedText("He said: “We deny it.” She said: “We deny it.”")
    >>> text.find(Quote('"We deny it."', prefix="She said:"))
    (33, 46)
    >>> print(text.find(Quote("We denied it", prefix="He said: “")).reason())
    found it nowhere, expected 'We denied it'
    """

    text: str
    _known: dict[tuple[str, str, str], list[Range]] = attrs.field(factory=dict, init=False)

    @cached_property
    def _form(self) -> NormalForm:
        return NormalForm.for_search(self.text)

    @cached_property
    def _words(self) -> Words:
        return Words.of(self._form.joined)

    @cached_property
    def _printed(self) -> NormalForm:
        """Make the form of the text that has one space for each stretch of white space, and all else to the letter."""
        return NormalForm.after(self.text, [(lambda *_: True, _with_single_spaces)])

    def find(self, quote: Quote) -> Range | Lost:
        """Find the one place of a passage.

        A passage with a start must be exactly there. Any other is found between its prefix and suffix, whatever the
        typography; it may cut a word only at an edge with context. White space at its ends counts only if it is in
        the text exactly. If it stands nowhere, it is looked for without the quotation marks and ellipses at its ends,
        then in the lenient forms of the text.

        Returns:
            The place, or why there is none.
        """
        exact = quote.exact
        if quote.start is not None:
            if self.text.startswith(exact, quote.start):
                return quote.start, quote.start + len(exact)
            return Lost(partial(self._not_at, quote), is_there=exact in self.text)
        if exact.isspace():
            return Lost(lambda: "found white space alone, expected its start beside it", is_there=exact in self.text)
        if found := self._beside_context(quote):
            return found
        inner, is_there = without_end_marks(exact), bool(self._places(exact, "", ""))
        if inner != exact and not is_there:
            # What is taken off one end may stand in the text all the same, between the passage and its context.
            lead, _, trail = exact.partition(inner)
            if found := self._beside_context(attrs.evolve(quote, exact=inner), lead.strip(), trail.strip()):
                return found
            is_there = bool(self._places(inner, "", ""))
        if not is_there and (found := self._leniently(quote)):
            return found
        return Lost(partial(self._missing, quote), is_there)

    def printed(self, quote: str, passages: Sequence[Range]) -> str | None:
        """Return the words of the text that a quote stands for, or None if they are nowhere.

        Args:
            quote: The words of a speaker, as somebody typed them.
            passages: The passages of the statement, in order, as for `place_of`.

        Returns:
            What the text has at the place of the quote, with one space for each stretch of white space.
        """
        own = self._words_at(self.place_of(quote, passages))
        # These words may stand in a passage in which those that were typed do not.
        return own and self._words_at(self.place_of(own, passages))

    def _words_at(self, place: Range | None) -> str | None:
        return place and " ".join(self.text[slice(*place)].split())

    def place_of(self, quote: str, passages: Sequence[Range]) -> Range | None:
        """Find the first place of a quote within some passages, else in the whole text.

        It is looked for to the letter first, and then as `find` looks for a passage without context.

        Args:
            quote: The words of a speaker.
            passages: The passages to look in first, in order; none overlaps another.
        """
        areas = [*([passages] if passages else []), [(0, len(self.text))]]
        return next((place for area in areas if (place := self._first_within(area, quote))), None)

    def _first_within(self, passages: Sequence[Range], quote: str) -> Range | None:
        """Find the first place of a quote that is within one of some passages."""
        starts = [start for start, _ in passages]

        def is_within(place: Range) -> bool:
            return place[0] >= starts[0] and place[1] <= passages[bisect_right(starts, place[0]) - 1][1]

        def around(form: NormalForm) -> Range:
            return form.position(starts[0]), form.position(passages[-1][1])

        words, (first, last) = " ".join(quote.split()), around(self._printed)
        for hit in islice(occurrences(self._printed.joined[first:last], words), MOST_PLACES):
            place = self._printed.source(first + hit, first + hit + len(words))
            if is_within(place) and self._is_whole(*place, "", ""):
                return place
        for make, form, borders in self._all_forms():
            is_cut = partial(_is_cut_or_elsewhere, form, borders, is_within)
            if places := lenient_places(make, form, is_cut, quote, within=around(form)):
                return places[0]
        return None

    def missing_quote(self, quote: str) -> str:
        """Say what the text has instead of a quote that is nowhere in it."""
        return missing(self.text, self._form, quote, "quote")

    def _beside_context(self, quote: Quote, lead: str = "", trail: str = "") -> Range | Lost | None:
        """Find the one place of a passage beside its context, if there is any; marks may separate the two."""
        exact = quote.exact
        # Context can change the first and last character of a passage in normal form, but nothing between them.
        inner = NormalForm.for_search(exact).text.strip()[1:-1].strip()
        if inner not in self._form.text and exact not in self.text:
            return None
        for before, after in _contexts(quote, lead, trail):
            places = self._places(exact, before, after)
            if len(places) == 1:
                return places[0]
            if places:
                key = exact, before, after
                distinguished = partial(self._distinguished, *key)
                return Several(partial(self._ambiguous, *key), is_there=True, distinguished=distinguished)
        return None

    def _leniently(self, quote: Quote) -> Range | Lost | None:
        """Find the one place of a passage beside its context in the lenient forms of the text, if there is any."""
        places = self._lenient_places(quote)
        if len(places) > 1:
            return Lost(partial(self._several, places), is_there=True)
        return places[0] if places else None

    @cached_property
    def _lenient(self) -> list[tuple[Callable[[str], NormalForm], NormalForm, Words]]:
        forms = [(make, make(self.text)) for make in LENIENT_FORMS]
        return [(make, form, Words.of(form.joined)) for make, form in forms]

    def _all_forms(self) -> Iterator[tuple[Callable[[str], NormalForm], NormalForm, Words]]:
        yield NormalForm.for_search, self._form, self._words
        yield from self._lenient

    def _lenient_places(self, quote: Quote) -> list[Range]:
        for make, form, words in self._lenient:
            are_cut, exact = words.are_cut, quote.exact
            if places := lenient_places(make, form, are_cut, exact, prefix=quote.prefix, suffix=quote.suffix):
                return places
        return []

    def quote(self, start: int, end: int) -> Quote:
        """Quote a passage so that it is found again: by its words, by its context, or by its start."""
        quote = Quote(self.text[start:end])
        if self.find(quote) == (start, end):
            return quote
        for size in _CONTEXTS:
            before, after = self._before(start, size), self._after(end, size)
            with_context = attrs.evolve(quote, prefix=before, suffix=after)
            if self.find(with_context) == (start, end):
                return with_context
        return attrs.evolve(quote, start=start)

    def _before(self, start: int, size: int) -> str:
        """Return the words before a place, without one that is cut."""
        before = self.text[max(0, start - size) : start]
        return re.sub(r"^\S*\s+(?=\S)", "", before) if start > size else before

    def _after(self, end: int, size: int) -> str:
        """Return the words after a place, without one that is cut."""
        after = self.text[end : end + size]
        return re.sub(r"(?<=\S)\s+\S*$", "", after) if end + size < len(self.text) else after

    def _places(self, exact: str, before: str, after: str) -> list[Range]:
        """Find at most two places of a passage in its context."""
        key = exact, before, after
        if key not in self._known:
            self._known[key] = list(islice(self._all_places(*key), 2))
        return self._known[key]

    def _all_places(self, exact: str, before: str, after: str) -> Iterator[Range]:
        quote = f"{before}{exact}{after}"
        form = NormalForm.for_search(quote)
        edges = len(before), len(before) + len(exact)
        core = _stripped(form.text, *map(form.position, edges))
        if not core or any(form.divides(edge) for edge in edges):
            return
        lead = len(form.text) - len(form.text.lstrip())
        first, last = core[0] - lead, core[1] - lead
        start, end = form.source(*core)
        hits = list(islice(occurrences(self._form.text, form.text.strip()), MOST_PLACES + 1))
        whole = 0
        for number, hit in enumerate(hits):
            is_whole = not self._is_cut(hit + first, hit + last, before, after)
            whole += is_whole
            # The only whole words among the first of many places may stand in others too: the last one says so.
            if is_whole or (whole == 1 and number == MOST_PLACES):
                place = self._form.source(hit + first, hit + last)
                to_the_letter = max(place[0] + edges[0] - start, 0), place[1] + edges[1] - end
                yield to_the_letter if self.text[slice(*to_the_letter)] == exact else place
        # In normal form the edges of a passage can depend on the text beside it.
        literal = [] if hits else list(islice(occurrences(self.text, quote), MOST_PLACES + 1))
        if len(literal) <= MOST_PLACES:
            for hit in literal:
                place = hit + edges[0], hit + edges[1]
                if self._is_whole(*place, before, after):
                    yield place

    def _is_whole(self, start: int, end: int, before: str, after: str) -> bool:
        """Report whether a range of the text begins and ends with characters that can be seen, and cuts no word."""
        core = _stripped(self._form.text, *map(self._form.position, (start, end)))
        if not core or self._is_cut(*core, before, after):
            return False
        return self._form.source(*core) == (start, end)

    def _is_cut(self, first: int, last: int, before: str, after: str) -> bool:
        """Report whether a range of the normal form cuts a word at an edge for which no context is given."""
        return (not before and self._words.begins_within(first)) or (not after and self._words.ends_within(last))

    def _not_at(self, quote: Quote) -> str:
        start = quote.start or 0
        there = f"{describe(self.text[start : start + len(quote.exact)])} at {start}"
        place = self.find(attrs.evolve(quote, start=None))
        now = f"; it stands at {place[0]} to {place[1]}" if isinstance(place, tuple) else ""
        return (
            f"found {there if start < len(self.text) else 'the end of the text'}, expected {describe(quote.exact)}{now}"
        )

    def _ambiguous(self, exact: str, before: str, after: str) -> str:
        return self._several(list(islice(self._all_places(exact, before, after), _SHOWN + 1)))

    def _several(self, places: list[Range]) -> str:
        shown = ", ".join(f"at {start} in {surrounded(self.text, start, end)}" for start, end in places[:_SHOWN])
        count = len(places) if len(places) <= _SHOWN else f"more than {_SHOWN}"
        return f"found it {count} times: {shown}, expected it once: add words to it"

    def _distinguished(self, exact: str, before: str, after: str) -> Iterator[tuple[int, Quote]]:
        for start, end in islice(self._all_places(exact, before, after), _SHOWN):
            for side, size in product(("prefix", "suffix"), _CONTEXTS):
                beside = self._before(start, size).lstrip() if side == "prefix" else self._after(end, size).rstrip()
                shown = re.sub(r"\s+", " ", beside)
                quote = Quote(exact, prefix=shown) if side == "prefix" else Quote(exact, suffix=shown)
                found = self._places(exact, quote.prefix, quote.suffix)
                if len(found) == 1 and found[0][0] == start and printable(shown) == shown:
                    yield start, quote
                    break
            else:
                if self.text.startswith(exact, start):
                    yield start, Quote(exact, start=start)

    def _missing(self, quote: Quote) -> str:
        if not NormalForm.for_search(quote.exact).text.strip():
            return _NO_WORDS.format(describe(quote.exact))
        if (quote.prefix or quote.suffix) and (places := self._places_anywhere(quote.exact)):
            sides = " and ".join(
                f"{name} {describe(words)}"
                for name, words in (("prefix", quote.prefix), ("suffix", quote.suffix))
                if words
            )
            (start, end), more = places[0], " and elsewhere" if len(places) > 1 else ""
            return f"found it at {start}{more}, in {surrounded(self.text, start, end)}, expected it with {sides}"
        return missing(self.text, self._form, quote.exact, cut=", or a prefix, suffix or start that cuts it")

    def _places_anywhere(self, exact: str) -> list[Range]:
        """List the first places of a passage whatever stands beside it, found as `find` does."""
        found = self._places(exact, "", "") or self._places(without_end_marks(exact), "", "")
        return found or self._lenient_places(Quote(exact))


def _is_cut_or_elsewhere(
    form: NormalForm, borders: Words, is_within: Callable[[Range], bool], start: int, end: int
) -> bool:
    return borders.are_cut(start, end) or not is_within(form.source(start, end))


def _with_single_spaces(text: str) -> Iterator[Change]:
    for stretch in re.finditer(r"\s{2,}|[^\S ]", text):
        yield *stretch.span(), " "


def _stripped(normal: str, first: int, last: int) -> Range | None:
    """Strip the spaces from both ends of a range of a text in normal form, if it has more than spaces."""
    words = normal[first:last].strip()
    start = normal.find(words, first)
    return (start, start + len(words)) if words else None


def _contexts(quote: Quote, lead: str, trail: str) -> Iterator[tuple[str, str]]:
    """Yield the context to look for: beside it may be a space, and the marks that were taken off the passage."""
    prefix, suffix = (
        words if NormalForm.for_search(words).text.strip() else ""
        for words in (quote.prefix.lstrip(), quote.suffix.rstrip())
    )
    gaps = ["", " ", *([lead, f" {lead}"] if lead else [])], ["", " ", *([trail, f"{trail} "] if trail else [])]
    for gap, other in product(*gaps):
        yield prefix and prefix + gap, suffix and other + suffix
