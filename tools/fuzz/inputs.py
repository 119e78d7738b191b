"""Draw inputs for readers: what they take in, changed as what it stands for and sometimes as bytes."""

from __future__ import annotations

import copy
import gzip
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from geoclaims import Article, from_json, json_schema, to_dict
from geoclaims.annotation import draft_schema, to_draft
from geoclaims.interop import write_csv

ROOT: Final = Path(__file__).parents[2]
HARBOUR: Final = from_json((ROOT / "docs" / "gallery" / "harbour.json").read_bytes())
FULL: Final = from_json((ROOT / "tests" / "goldens" / "article.json").read_bytes())
ARTICLES: Final = [to_dict(article) for article in (FULL, HARBOUR, Article(id="a"))]
LINK: Final = {"type": "link", "kind": "same", "source": "a/s1", "target": "b/s1", "annotator": "a", "basis": "b"}
TEXT: Final = HARBOUR.text or ""
KEYS: Final = sorted(set(re.findall('"([^"]+)":', json.dumps([json_schema(), draft_schema(), LINK]))))
VALUES: Final[Sequence[Any]] = (
    *(None, True, False, 0, 1, -1, 2**63 - 1, 2**63, 10**400, 0.5, 1.0, 1e400, float("nan"), [], {}, [[]], [{}]),
    *("", " ", "a", "\x00", "\x7f", "\x9f", "\ud800", "\u202e", "a\n", "1.0", "2.0", "x" * 101, "2025", "2025-02-30"),
    *("UKR", "http://a", "http://", "statement", "allegation", "denial", "state", "outright", "1:4:0123456789abcdef"),
    *("last Monday", "04/05/2025", "ends\\", '"id": 1,', "0000", "en", ["a", "a"], {"": 1}),
)
SIGNS: Final = (
    *"|\\'\"=+-@ 09;,\t\n\x7f\x85aZ“”’—…\u00ad\u200b\u2060\ufeff\u00a0\u2028\x00éﬁİßـﻻ٣３*_\ud7a3\U0001f642",
    *("\r\n", "\n\n", "--", "...", "-\n", "ab" * 40, "e\u0301", "لا", "שׁ", "&amp;", "&nbsp;", "&#8217;", "<b>", "[1]"),
    *("中国", "हिंदी", "\u1100\u1161", "\U0001f468\u200d\U0001f680"),
)
DATES: Final = (
    *("2025", "2025-04", "2025-04-09", "2025-04-09T10:00:00Z", "20250409", "2025/4/9", "04/05/2025", "13/04/2025"),
    *("9 April 2025", "Wednesday, April 9th, 2025 at 10:15 p.m. UTC", "in March", "on Monday", "last month"),
    *("9-Apr-2025", "Apr 9 10:15 2025", "today", "the day before yesterday", "twelve weeks ago", "9 April", "in 2022"),
)
DATE_WORDS: Final = (
    *("January", "feb.", "may", "Sept", "Monday", "tue", "Sun.", "on ", "in ", "last ", "this ", "earlier ", "the "),
    *("a ", "one ", "two ", "9999 ", "day", "week", "month", "year", "s ago", "today", "yesterday", "before "),
    *("1st", "22nd", "3rd", "31", "29", "02", "2024", "0001", "9999", "T24:00", "10:15", " pm", "+14:00", "Z", "/"),
)


@st.composite
def texts(draw: st.DrawFn, *chosen: str, words: Sequence[str] = SIGNS) -> str:
    """Draw a text in which words, or stretches from elsewhere in it, replace stretches that may be empty."""
    text = draw(st.sampled_from(chosen))
    for _ in range(draw(st.integers(0, 3))):
        start, other = (draw(st.integers(0, len(text))) for _ in range(2))
        elsewhere = text[other : other + draw(st.integers(0, 100))]
        new = draw(st.sampled_from(words) | st.just(elsewhere) | st.text(max_size=3))
        text = f"{text[:start]}{new}{text[start + draw(st.sampled_from([0, 0, 1, 3, 10, 50])) :]}"
    return text


def members(value: Any) -> Iterator[tuple[Any, Any]]:
    """Find every member of a document, with the object or array that holds it."""
    for key in list(value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()):
        yield value, key
        yield from members(value[key])


@st.composite
def documents(draw: st.DrawFn, *chosen: Any) -> Any:
    """Draw a document in which values are replaced, moved, repeated or left out, or keys are added."""
    document = copy.deepcopy(draw(st.sampled_from(chosen)))
    for _ in range(draw(st.integers(0, 3))):
        if not (places := list(members(document))):
            return draw(st.sampled_from(VALUES))
        holder, key = draw(st.sampled_from(places))
        other, name = draw(st.sampled_from(places))
        value = copy.deepcopy(draw(st.sampled_from(VALUES) | st.just(other[name])))
        match draw(st.integers(0, 4)):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.extend(copy.deepcopy(holder) * draw(st.sampled_from([1, 1, 1, 150])))
            case 2 if isinstance(holder[key], str):
                holder[key] = draw(texts(holder[key]))
            case 3 if isinstance(holder, dict):
                holder[draw(st.sampled_from([*KEYS, "x"]))] = value
            case _:
                holder[key] = value
    return document


@st.composite
def noisy(draw: st.DrawFn, inputs: st.SearchStrategy[str | bytes]) -> bytes:
    """Draw an input; in one of four, some bytes replace others, or all that follow."""
    drawn = draw(inputs)
    data = drawn.encode("utf-8", "surrogatepass") if isinstance(drawn, str) else drawn
    if draw(st.integers(0, 3)):
        return data
    start = draw(st.integers(0, len(data)))
    return data[:start] + draw(st.binary(max_size=8)) + data[draw(st.integers(start, len(data))) :]


@st.composite
def json_of(draw: st.DrawFn, *chosen: Any) -> bytes:
    """Draw the text of a document, in which a key may be repeated."""
    colon = draw(st.sampled_from([": ", ":", " :", "\t:\r"]))
    text = json.dumps(draw(documents(*chosen)), ensure_ascii=draw(st.booleans()), separators=(",", colon))
    if not draw(st.integers(0, 3)):
        key = json.dumps(draw(st.sampled_from(KEYS)))
        text = text.replace(f"{key}{colon}", f"{key}{colon}null,{key}{colon}", 1)
    return text.encode("utf-8", "surrogatepass")


json_texts = noisy(json_of(*ARTICLES, *ARTICLES[0]["statements"], LINK))
lines = json_of(*ARTICLES) | st.sampled_from([b"", b" \t", b"\r", b"null", b'\xef\xbb\xbf{"id":"b"}'])
json_lines = noisy(st.lists(lines, max_size=4).map(b"\n".join))
compressed_lines = noisy(json_lines.map(lambda data: gzip.compress(data, mtime=0)))
text_files = noisy(texts(TEXT) | st.just("\ufeffChina\r\n“has”".encode("utf-16")))
dates = texts(*DATES, words=(*DATE_WORDS, *DATES, *"/-.: ", *SIGNS))


@st.composite
def drafts(draw: st.DrawFn) -> tuple[bytes, str]:
    """Draw a draft and a text; its statements may have dates in words."""
    draft = to_draft(HARBOUR)
    for statement in draft["statements"]:
        statement["date"] = draw(st.sampled_from([None, *DATES]))
    return draw(noisy(json_of(draft))), draw(texts(TEXT))


@st.composite
def tables(draw: st.DrawFn) -> dict[str, bytes]:
    """Draw three tables."""
    articles = draw(st.sampled_from([[FULL], [HARBOUR], [HARBOUR, Article(id="a")]]))
    with tempfile.TemporaryDirectory() as folder:
        write_csv(folder, articles)
        files = {file.name: file.read_bytes().decode() for file in sorted(Path(folder).iterdir())}
    return {name: draw(noisy(texts(text, words=(*SIGNS, *DATES)))) for name, text in files.items()}


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """Draw a text, another copy of it, and passages to look for."""
    quoted = [TEXT[span.start : span.end] for statement in HARBOUR.statements for span in statement.spans]
    straight = TEXT.replace("“", '"').replace("”", '"').replace(" ", "\n")
    text = draw(texts(TEXT, "a b a b c a b"))
    return text, draw(texts(text, straight)), draw(st.lists(texts(*quoted, "a b", "b c"), max_size=4))
