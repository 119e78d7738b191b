"""Compose text (NFC) as of Unicode 14.0: the same on every interpreter, and in linear time.

`unicodedata.normalize` composes by the Unicode version of the interpreter, and it sorts long runs of marks by
insertion, in quadratic time. Unicode never changes how text of assigned characters is composed, so characters of
Unicode 14.0, the version of the oldest supported Python, are composed by the interpreter; newer characters stay as they
are, and nothing is composed across them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from geoclaims._rules import Ranges, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

# `unicodedata` knows which characters Unicode 3.2 had. These are those of 3.2 to 14.0 that composing concerns: marks,
# characters that decompose, and their parts; gaps of assigned characters that it does not concern are filled. Without
# the table 24 characters of seven scripts would not be composed, 111 ideographs not be unified, and marks of 57 scripts
# and of phonetics not be sorted: the NFC and the NFD copy of a text would have different fingerprints.
SINCE_3_2: Final[Ranges] = (
    (0x350, 0x35F), (0x487, 0x487), (0x5A2, 0x5C7), (0x610, 0x65F), (0x7EB, 0x7F3), (0x7FD, 0x82D), (0x859, 0x85B),
    (0x898, 0x8FF), (0x9FE, 0x9FE), (0xC3C, 0xC3C), (0xCBC, 0xCBC), (0xD3B, 0xD3C), (0xEBA, 0xEBA), (0x103A, 0x108D),
    (0x135D, 0x135F), (0x1715, 0x1715), (0x17DD, 0x17DD), (0x1939, 0x193B), (0x1A17, 0x1A18), (0x1A60, 0x1A7C),
    (0x1A7F, 0x1A7F), (0x1AB0, 0x1ACE), (0x1B05, 0x1B44), (0x1B6B, 0x1B73), (0x1BAA, 0x1BF3), (0x1C37, 0x1C37),
    (0x1CD0, 0x1CF9), (0x1DC0, 0x1DFF), (0x20EB, 0x20F0), (0x2CEF, 0x2CF1), (0x2D7F, 0x2D7F), (0x2DE0, 0x2DFF),
    (0xA66F, 0xA6F1), (0xA806, 0xA82C), (0xA8C4, 0xA8C4), (0xA8E0, 0xA953), (0xA9B3, 0xA9C0), (0xAAB0, 0xAAC1),
    (0xAAF6, 0xAAF6), (0xABED, 0xABED), (0xFA2E, 0xFA6D), (0xFA70, 0xFAD9), (0xFE24, 0xFE2F), (0x101FD, 0x101FD),
    (0x102E0, 0x102E0), (0x10376, 0x1037A), (0x10A0D, 0x10A0F), (0x10A38, 0x10A3A), (0x10A3F, 0x10A3F),
    (0x10AE5, 0x10AE6), (0x10D24, 0x10D27), (0x10EAB, 0x10EAC), (0x10F46, 0x10F50), (0x10F82, 0x10F85),
    (0x11046, 0x11046), (0x11070, 0x11070), (0x1107F, 0x110BA), (0x11100, 0x11134), (0x11173, 0x11173),
    (0x111C0, 0x111CA), (0x11235, 0x11236), (0x112E9, 0x112EA), (0x1133B, 0x1133E), (0x11347, 0x11347),
    (0x1134B, 0x1134D), (0x11357, 0x11357), (0x11366, 0x1136C), (0x11370, 0x11374), (0x11442, 0x11446),
    (0x1145E, 0x1145E), (0x114B0, 0x114C3), (0x115AF, 0x115AF), (0x115B8, 0x115C0), (0x1163F, 0x1163F),
    (0x116B6, 0x116B7), (0x1172B, 0x1172B), (0x11839, 0x1183A), (0x11930, 0x11935), (0x11938, 0x11938),
    (0x1193D, 0x11943), (0x119E0, 0x119E0), (0x11A34, 0x11A47), (0x11A99, 0x11A99), (0x11C3F, 0x11C3F),
    (0x11D42, 0x11D45), (0x11D97, 0x11D97), (0x16AF0, 0x16AF4), (0x16B30, 0x16B36), (0x16FF0, 0x16FF1),
    (0x1BC9E, 0x1BC9E), (0x1D242, 0x1D244), (0x1E000, 0x1E006), (0x1E008, 0x1E018), (0x1E01B, 0x1E021),
    (0x1E023, 0x1E024), (0x1E026, 0x1E02A), (0x1E130, 0x1E136), (0x1E2AE, 0x1E2AE), (0x1E2EC, 0x1E2EF),
    (0x1E8D0, 0x1E8D6), (0x1E944, 0x1E94A),
)  # fmt: skip
# Characters without a combining class that concern the one before: vowel signs, among them three that decompose into
# marks, and the later parts of Korean syllables.
_LATER_PARTS: Final = (
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u0f73\u0f75\u0f81\u102e\u1b35\U00011127"
    "\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
) + "".join(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))
# No character below is composed with the one before it or is replaced by another.
_FIRST_CONCERNED: Final = "\u0300"
# So few characters are quick to sort by insertion, and few enough to be worth remembering.
_FEW: Final = 8


def composed(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the ranges of a text that composing changes, and what it puts there."""
    signs = [sign for sign in set(text) if sign >= _FIRST_CONCERNED]
    joining = set(filter(_joins, signs))
    concerned = joining.union(filter(_is_replaced, signs))
    following = f"[{''.join(joining)}]*" if joining else ""
    for match in re.finditer(f"[{''.join(concerned)}]{following}", text):
        start, end = match.span()
        if start and text[start] in joining and _is_old(text[start - 1]):
            start -= 1
        cluster = text[start:end]
        new = _composed_cluster(cluster)
        if new != cluster:
            # What stays at its front need not be moved.
            kept = new[0] == cluster[0]
            yield start + kept, end, new[kept:]


def _composed_cluster(cluster: str) -> str:
    """Compose one character and its marks."""
    if len(cluster) <= _FEW:
        return _composed_few(cluster)
    parts = "".join(unicodedata.normalize("NFD", sign) for sign in cluster)
    ordered: list[str] = []
    for _, run in groupby(parts, lambda sign: unicodedata.combining(sign) > 0):
        ordered += sorted(run, key=unicodedata.combining)
    return unicodedata.normalize("NFC", "".join(ordered))


def concerns(sign: str) -> bool:
    """Report whether composing can replace a character, join it to the previous one, or sort it among marks."""
    return sign >= _FIRST_CONCERNED and (_joins(sign) or _is_replaced(sign))


@lru_cache(4096)
def _composed_few(cluster: str) -> str:
    return unicodedata.normalize("NFC", cluster)


@lru_cache(4096)
def _is_old(sign: str) -> bool:
    """Report whether a character is in Unicode 14.0; only valid for characters that composing can change."""
    return unicodedata.ucd_3_2_0.category(sign) != "Cn" or bool(_since().match(sign))


@lru_cache(1)
def _since() -> re.Pattern[str]:
    return re.compile(wanted(SINCE_3_2))


@lru_cache(4096)
def _joins(sign: str) -> bool:
    """Report whether a character can be joined to the previous one, or sorted among marks."""
    return sign in _LATER_PARTS or (unicodedata.combining(sign) > 0 and _is_old(sign))


@lru_cache(4096)
def _is_replaced(sign: str) -> bool:
    """Report whether the composed form of a single character is another character."""
    return not unicodedata.is_normalized("NFC", sign) and _is_old(sign)
