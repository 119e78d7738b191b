"""Remove the typography of a text: its normal form, version 1.

Two copies of a passage that differ only in how they are typeset have the same normal form, and so the same fingerprint.
The documentation gives the tables and the order of the passes to those who write the same in another language.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from functools import cache, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._rules.patterns import SPACES, Ranges, one_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

VERSION: Final = 1
"""The version of the normal form; fingerprints begin with it."""

# Soft hyphen, zero-width characters, bidirectional controls, variation selectors, tags: nothing of them is seen. The
# Arabic tatweel only draws a word longer.
INVISIBLE: Final[Ranges] = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x640, 0x640), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE0FFF),
)  # fmt: skip
SINGLE_QUOTES: Final[Ranges] = (
    (0x27, 0x27), (0x60, 0x60), (0xB4, 0xB4), (0x2B9, 0x2B9), (0x2BB, 0x2BD), (0x55A, 0x55A), (0x5F3, 0x5F3),
    (0x2018, 0x201B), (0x2032, 0x2032), (0x2035, 0x2035), (0x2039, 0x203A), (0x275B, 0x275C), (0x275F, 0x275F),
    (0x276E, 0x276F), (0x300E, 0x300F), (0xFE43, 0xFE44), (0xFF07, 0xFF07), (0xFF40, 0xFF40),
)  # fmt: skip
DOUBLE_QUOTES: Final[Ranges] = (
    (0x22, 0x22), (0xAB, 0xAB), (0xBB, 0xBB), (0x2BA, 0x2BA), (0x2EE, 0x2EE), (0x5F4, 0x5F4), (0x201C, 0x201F),
    (0x2033, 0x2033), (0x2036, 0x2036), (0x275D, 0x275E), (0x2760, 0x2760), (0x2E42, 0x2E42), (0x300C, 0x300D),
    (0x301D, 0x301F), (0xFE41, 0xFE42), (0xFF02, 0xFF02), (0xFF62, 0xFF63), (0x1F676, 0x1F678),
)  # fmt: skip
DASHES: Final[Ranges] = (
    (0x2D, 0x2D), (0x58A, 0x58A), (0x5BE, 0x5BE), (0x1806, 0x1806), (0x2010, 0x2015), (0x2043, 0x2043),
    (0x2212, 0x2212), (0x2E3A, 0x2E3B), (0x2E40, 0x2E40), (0xFE31, 0xFE32), (0xFE58, 0xFE58), (0xFE63, 0xFE63),
    (0xFF0D, 0xFF0D),
)  # fmt: skip
# Ligatures of Latin letters, and shapes and ligatures of Arabic and Hebrew letters, as some programs take them from a
# printed page. Marks that stand alone, signs of currency and ornaments are not among them.
PRESENTATION_FORMS: Final[Ranges] = (
    (0xFB00, 0xFB06), (0xFB20, 0xFB28), (0xFB4F, 0xFBB1), (0xFBD3, 0xFC5D), (0xFC64, 0xFCF1), (0xFCF5, 0xFD3D),
    (0xFD50, 0xFD8F), (0xFD92, 0xFDC7), (0xFDF0, 0xFDFB), (0xFE80, 0xFEFC),
)  # fmt: skip

# Marks that Unicode 15 added. Version 1 composes as Unicode 14 does, which leaves them as they are.
_NEWER_MARKS: Final = "\U00010efc-\U00010eff\U00011f41\U00011f42\U0001e08f\U0001e4ec-\U0001e4ef"
# Vowels and final consonants of Korean, which join the letter before them as marks do.
_KOREAN_PARTS: Final[Ranges] = ((0x1161, 0x1175), (0x11A8, 0x11C2))
# No character below is composed with the one before it or is replaced by another.
_FIRST_COMPOSED: Final = "\u0300"
# Marks are sorted in quadratic time. No language writes more than thirty on one letter (UAX #15, stream-safe text).
_MOST_MARKS: Final = 30

# An ampersand that was itself escaped, once or more often, is one ampersand.
_REFERENCE: Final = (
    "&(?:(?:amp|AMP|#0{0,3}38|#[xX]0{0,3}26);)*(#[0-9]{1,8};|#[xX][0-9A-Fa-f]{1,8};|[A-Za-z][0-9A-Za-z]{0,31};)?"
)
# No-break spaces, and those narrower than a quarter of an em: in 1 600 they belong to the number.
_JOINING_SPACE: Final = re.compile("[\u00a0\u2006-\u200a\u202f]")
_PARTING: Final = "\u2012\u2013\u2014\u2015\u2e3a\u2e3b\ufe31\ufe32\ufe58"  # dashes that part words: no hyphens
_RUN: Final = "''|…|[-\u2013](?: *[-\u2013])+| {2,}"
_WRITTEN_SHORTER: Final = {"'": '"', "…": "...", "-": "\u2013", "\u2013": "\u2013", " ": " "}

# Marks of Arabic and Hebrew that most texts leave out: vowels, and signs for those who read aloud.
OPTIONAL_MARKS: Final[Ranges] = (
    (0x591, 0x5BD), (0x5BF, 0x5BF), (0x5C1, 0x5C2), (0x5C4, 0x5C5), (0x5C7, 0x5C7), (0x610, 0x61A), (0x64B, 0x652),
    (0x656, 0x65F), (0x670, 0x670), (0x6D6, 0x6DC), (0x6DF, 0x6E4), (0x6E7, 0x6E8), (0x6EA, 0x6ED),
)  # fmt: skip

Change = tuple[int, int, str]
"""The start and end of a range in a text, and what replaces the characters there."""

Pass = tuple["Callable[[str, str], bool]", "Callable[[str], Iterable[Change]]"]
"""Whether a pass has anything to do, given a text and its distinct characters; and the changes it makes, in order."""


def normalize(text: str) -> str:
    r"""Remove the typography of a text: return the normal form that fingerprints are made of.

    >>> normalize("“It’s\u00a0true…”  she&nbsp;said \u2014 twice")
    '"It\'s true..." she said - twice'
    """
    return NormalForm.of(text).text


def folded(words: str) -> str:
    """Remove the typography and the case of words, to compare them or to search for them.

    >>> folded("“The  Navy”") == folded('"the navy"')
    True
    """
    return NormalForm.for_search(words).text.strip().casefold()


def fingerprint(passage: str) -> str:
    """Make the fingerprint of a passage, which identifies it without its words: `1:LENGTH:HASH`.

    The length counts code points of the normal form of the passage taken by itself; the hash is the first 16
    hexadecimal digits of the SHA-256 of that normal form in UTF-8.

    >>> fingerprint("“We deny it.”") == fingerprint('"We deny it."')
    True
    """
    return _fingerprint_of(normalize(passage))


def _fingerprint_of(normal: str) -> str:
    return f"{VERSION}:{len(normal)}:{digest(normal).hex()}"


def digest(normal: str) -> bytes:
    """Return the hash for a fingerprint of text that is already in normal form."""
    return sha256(normal.encode(errors="surrogatepass")).digest()[:8]


@attrs.frozen
class NormalForm:
    r"""The normal form of a text, and the way back from it to the text.

    Attributes:
        text: The normal form.
        joined: The same, with U+00A0 for spaces that may join a number, and U+2013 for dashes that are no hyphens.

    >>> form = NormalForm.of("“No\u00ad…”")
    >>> form.text
    '"No..."'
    >>> form.source(1, 3), form.source(3, 6), form.position(4)
    ((1, 3), (4, 5), 3)
    """

    text: str
    joined: str
    _passes: tuple[_Edits, ...]

    @classmethod
    def of(cls, text: str) -> NormalForm:
        """Remove the typography of a text, in the order of the documentation."""
        return cls.after(text, _PASSES)

    @classmethod
    def for_search(cls, text: str) -> NormalForm:
        """Remove also what a search ignores: optional marks, and the script of digits."""
        return cls.after(text, PASSES_OF_SEARCH)

    @classmethod
    def after(cls, text: str, passes: Iterable[Pass]) -> NormalForm:
        """Apply passes to a text, one after the other."""
        made = []
        signs = _signs(text)
        for needed, changes in passes:
            if needed(text, signs):
                text, edits = _rewritten(text, changes(text))
                signs = _signs(text)
                made.append(edits)
        return cls(text.replace("\u00a0", " ").replace("\u2013", "-"), text, tuple(made))

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Map a range of the normal form, of at least one character, to offsets in the original text."""
        for edits in reversed(self._passes):
            start, end = edits.backward(start)[0], edits.backward(end - 1)[1]
        return start, end

    def position(self, offset: int) -> int:
        """Map an offset in the original text to a position in the normal form."""
        for edits in self._passes:
            offset = edits.forward(offset)
        return offset

    def divides(self, offset: int) -> bool:
        """Report whether an offset in the original text is within one character of the normal form, not a space."""
        place = self.position(offset)
        return place < len(self.text) and self.text[place] != " " and self.source(place, place + 1)[0] < offset


@attrs.frozen
class PreparedText:
    """A text, prepared once to make the fingerprints of many of its ranges."""

    text: str
    form: NormalForm

    @classmethod
    def of(cls, text: str) -> PreparedText:
        """Prepare a text."""
        return cls(text, NormalForm.of(text))

    def at(self, start: int, end: int) -> str:
        """Return the fingerprint of a range, taken from the normal form of the whole text if possible."""
        if not (_is_apart(self.text, start) and _is_apart(self.text, end)):
            return fingerprint(self.text[start:end])
        return _fingerprint_of(self.form.text[self.form.position(start) : self.form.position(end)])

    def fits(self, start: int, end: int, wanted: str) -> bool:
        """Report whether a range, which may be beyond the text, has a fingerprint."""
        return 0 <= start < end <= len(self.text) and self.at(start, end) == wanted


def fingerprints(text: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """Return the fingerprints of ranges of a text."""
    if sum(end - start for start, end in places) < len(text):
        return [fingerprint(text[start:end]) for start, end in places]
    prepared = PreparedText.of(text)
    return [prepared.at(start, end) for start, end in places]


def _is_apart(text: str, offset: int) -> bool:
    """Report whether the texts before and after an offset can be normalised separately, as between most words.

    In doubt the answer is no.
    """
    if not 0 < offset < len(text):
        return True
    before, after = _kind(text[offset - 1]), _kind(text[offset])
    # Whether a space after a hyphen stays depends on the character before the hyphen.
    return (
        "joint" not in {before, after}
        and after != "-"
        and (before, after) != ("-", " ")
        and (before != after or before is None)
    )


@lru_cache(4096)
def _kind(sign: str) -> str | None:
    """Return the class of a character, if it has one; only neighbours of one class, such as spaces, can merge."""
    if sign in {"&", ";"} or _is_mark(sign) or _is_replaced(sign):
        return "joint"
    if re.match(f"{one_of(INVISIBLE)}|{one_of(PRESENTATION_FORMS)}", sign):
        return "joint"
    if re.match("[A-Za-z0-9#]", sign):
        return "reference"
    return kind if (kind := _alike().get(ord(sign))) in {" ", "-", "'"} else None


@attrs.frozen
class _Edits:
    """The places at which one pass changed the length of a text; between them, old and new run in parallel."""

    old_starts: array[int]
    old_ends: array[int]
    new_starts: array[int]
    new_ends: array[int]

    def backward(self, offset: int) -> tuple[int, int]:
        """Map an offset in the new text to the range in the old text that it comes from."""
        last = bisect_right(self.new_starts, offset) - 1
        if last < 0:
            return offset, offset + 1
        if offset < self.new_ends[last]:
            return self.old_starts[last], self.old_ends[last]
        start = self.old_ends[last] + offset - self.new_ends[last]
        return start, start + 1

    def forward(self, offset: int) -> int:
        """Map an offset in the old text to an offset in the new text."""
        last = bisect_right(self.old_starts, offset) - 1
        if last < 0:
            return offset
        if offset < self.old_ends[last]:
            return self.new_starts[last]
        return self.new_ends[last] + offset - self.old_ends[last]


def _signs(text: str) -> str:
    """Return the distinct characters of a text, so that unneeded passes are skipped fast; ASCII text as it is."""
    return text if text.isascii() else "".join(set(text))


def _rewritten(text: str, changes: Iterable[Change]) -> tuple[str, _Edits]:
    """Apply changes, given in order, to a text, and record where they change its length."""
    edits = _Edits(*(array("Q") for _ in range(4)))
    pieces: list[str] = []
    done = length = 0
    for start, end, new in changes:
        pieces += text[done:start], new
        length += start - done
        if end - start != len(new):
            edits.old_starts.append(start)
            edits.old_ends.append(end)
            edits.new_starts.append(length)
            edits.new_ends.append(length + len(new))
        length += len(new)
        done = end
    pieces.append(text[done:])
    return "".join(pieces), edits


def _without_invisible(text: str) -> Iterator[Change]:
    for match in re.finditer(f"{one_of(INVISIBLE)}+", text):
        yield *match.span(), ""


def _without_references(text: str) -> Iterator[Change]:
    """Resolve character references as the HTML standard does, but only those that end in a semicolon."""
    for match in re.finditer(_REFERENCE, text):
        name = match[1] or ""
        new = _referenced(name) or f"&{name}"
        if new != match[0]:
            yield *match.span(), new


def _referenced(name: str) -> str | None:
    """Return the characters that a reference stands for, given the text between its ampersand and its end."""
    if not name.startswith("#"):
        from html.entities import html5

        return html5.get(name)
    number = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
    if 0x80 <= number <= 0x9F:  # what the web means by these are the characters of Windows
        return bytes([number]).decode("cp1252", "ignore") or chr(number)
    if number == 0 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        return "\N{REPLACEMENT CHARACTER}"
    return chr(number)


def _without_forms(text: str) -> Iterator[Change]:
    """Replace presentation forms and ligatures by plain letters."""
    for match in re.finditer(one_of(PRESENTATION_FORMS), text):
        yield *match.span(), unicodedata.normalize("NFKC", match[0])


def _composed(text: str) -> Iterator[Change]:
    """Compose each character and the marks after it (NFC)."""
    signs = set(text).difference(re.findall(f"[{_NEWER_MARKS}]", text))
    # Neither class is ever empty: each begins with a character that belongs to it.
    marks = "".join(["\u0300", *filter(_is_mark, signs)])
    replaced = "".join(["\u0340", *filter(_is_replaced, signs)])
    for match in re.finditer(f"[^{_NEWER_MARKS}]?[{marks}]{{1,{_MOST_MARKS}}}|[{replaced}]", text):
        new = unicodedata.normalize("NFC", match[0])
        if new != match[0]:
            yield *match.span(), new


def _is_mark(sign: str) -> bool:
    """Report whether a character can be joined to the one before it, or sorted among marks."""
    return sign >= _FIRST_COMPOSED and (
        unicodedata.category(sign)[0] == "M" or bool(re.match(one_of(_KOREAN_PARTS), sign))
    )


def _is_replaced(sign: str) -> bool:
    """Report whether the composed form of a single character is another character."""
    return sign >= _FIRST_COMPOSED and not unicodedata.is_normalized("NFC", sign)


def _straightened(text: str) -> Iterator[Change]:
    """Make quotation marks straight and dashes and spaces alike, one for one, but keep what `NormalForm.joined` has."""
    new = text
    if joining := _JOINING_SPACE.search(text):
        new = re.sub(rf"(?<!\w){joining.re.pattern}|{joining.re.pattern}(?!\w)", " ", text)
        new = joining.re.sub("\u00a0", new)
    for sign in _signs(text) if not text.isascii() else "`\t\n\v\f\r\x1c\x1d\x1e\x1f":
        if (kind := _alike().get(ord(sign))) and sign != "\u00a0":
            new = new.replace(sign, "\u2013" if sign in _PARTING else kind)
    yield 0, len(text), new


@cache
def _alike() -> dict[int, str]:
    kinds = ((SINGLE_QUOTES, "'"), (DOUBLE_QUOTES, '"'), (DASHES, "-"), (SPACES, " "))
    return {point: kind for ranges, kind in kinds for first, last in ranges for point in range(first, last + 1)}


def _shortened(text: str) -> Iterator[Change]:
    """Turn two apostrophes into a quotation mark, runs of dashes or spaces into one, and the ellipsis into dots."""
    for match in re.finditer(_RUN, text):
        yield *match.span(), _WRITTEN_SHORTER[match[0][0]]


def _unbroken(text: str) -> Iterator[Change]:
    """Remove the space after a dash that ends a word, because a line may break there; it joins nothing then."""
    for match in re.finditer("(?<=[^ ])[-\u2013] ", text):
        yield match.start(), match.end() - 1, "\u2013"
        yield match.end() - 1, match.end(), ""


def _has_one_of(ranges: Ranges) -> Callable[[str, str], bool]:
    return lambda _, signs: not signs.isascii() and bool(re.search(one_of(ranges), signs))


def holds(*parts: str) -> Callable[[str, str], bool]:
    """Make the function that reports whether a text has one of some parts, for a `Pass`."""
    return lambda text, _: any(part in text for part in parts)


def _without_optional_marks(text: str) -> Iterator[Change]:
    """Remove optional marks of Arabic and Hebrew; one at the end of a word belongs to its last letter."""
    for match in re.finditer(f"(?s:(.)){one_of(OPTIONAL_MARKS)}+", text):
        yield *match.span(), match[1]


def _with_plain_digits(text: str) -> Iterator[Change]:
    digits = {ord(sign): str(int(sign)) for sign in set(text) if sign.isdecimal()}
    yield 0, len(text), text.translate(digits)


_PASSES: Final[tuple[Pass, ...]] = (
    (_has_one_of(INVISIBLE), _without_invisible),
    (holds("&"), _without_references),
    (_has_one_of(INVISIBLE), _without_invisible),
    (_has_one_of(PRESENTATION_FORMS), _without_forms),
    (lambda _, signs: not signs.isascii() and max(signs) >= _FIRST_COMPOSED, _composed),
    (lambda *_: True, _straightened),
    (holds("''", "…", "--", "- -", "  ", "\u2013"), _shortened),
    (holds("- ", "\u2013 "), _unbroken),
)
PASSES_OF_SEARCH: Final[tuple[Pass, ...]] = (
    *_PASSES,
    (_has_one_of(OPTIONAL_MARKS), _without_optional_marks),
    (lambda _, signs: not signs.isascii() and any(map(str.isdecimal, signs)), _with_plain_digits),
)
