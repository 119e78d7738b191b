"""What the fuzzer begins with: for each target inputs that its reader takes in, and words that they are made of."""

from __future__ import annotations

import datetime
import gzip
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from geoclaims import Article, PartialDate, from_json, json_schema, to_dict, to_json
from geoclaims.annotation import draft_schema, to_draft
from geoclaims.interop import to_jsonld, write_csv

TABLES: Final = ("articles", "actors", "statements")
ROOT: Final = Path(__file__).parents[2]
BETWEEN: Final = b"\n=====\n"
"""What stands between the parts of an input."""

GOLDEN: Final = from_json((ROOT / "tests" / "data" / "golden-1.0.json").read_bytes())
BUNDLED: Final = from_json((ROOT / "src" / "geoclaims" / "data" / "article.json").read_bytes())
HARBOUR: Final = from_json((ROOT / "docs" / "gallery" / "harbour.json").read_bytes())
"""An article with its text."""

TEXT: Final = HARBOUR.text or ""


class _AnyId(dict[str, str]):
    """The same text for every article."""

    def __contains__(self, _: object) -> bool:
        return True

    def __getitem__(self, _: str) -> str:
        return TEXT

    get = __getitem__  # type: ignore[assignment]


TEXTS: Final[Mapping[str, str]] = _AnyId()
RELATIVE_TO: Final = (datetime.date(2025, 4, 9), PartialDate(1, 1, 1), PartialDate(2024, 2, 29))

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
LETTERS: Final = (
    *("“", "”", "’", "—", "…", "--", "...", "\u00ad", "\u200b", "\u2060", "\ufeff", "\r\n", "\n\n", "\u00a0", "\u2028"),
    *("e\u0301", "é", "ﬁ", "İ", "ß", "ـ", "ﻻ", "لا", "שׁ", "٣", "３", "&amp;", "&nbsp;", "&#8217;", "<b>"),
    *("[1]", "*", "_", "-\n", "\ud7a3", "\u1100\u1161", "\U0001f642", "\U0001f468\u200d\U0001f680", "\x00"),
    *("中国", "हिंदी"),
)
REVIEWS: Final[Sequence[Any]] = (
    {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": "#review",
        "url": "https://checks.example.org/navy",
        "headline": "Has Norland sold its navy?",
        "datePublished": "2031-05-08T09:00:00+02:00",
        "inLanguage": {"@type": "Language", "alternateName": "en"},
        "author": {"@type": "Organization", "name": "The Esk Fact Desk"},
        "claimReviewed": ["Norland has sold its navy.", {"@value": "It&#039;s sold.", "@language": "en"}],
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": "2031-05",
            "author": [{"@type": "Person", "name": "Ada Lund", "jobTitle": "senator", "sameAs": "https://a.example/l"}],
            "appearance": [{"@type": "NewsArticle", "url": "https://news.example.org/1"}, {"@id": "#review"}],
            "firstAppearance": "https://video.example.org/2",
        },
        "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "False"},
    },
    {
        "claims": [
            {
                "text": "Norland has sold its navy.",
                "claimant": "Ada Lund",
                "claimDate": "2031-05-06T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "The Esk Fact Desk", "site": "checks.example.org"},
                        "url": "https://checks.example.org/navy",
                        "title": "Has Norland sold its navy?",
                        "reviewDate": "2031-05-08",
                        "languageCode": "en",
                    }
                ],
            }
        ]
    },
    {
        "pageUrl": "https://checks.example.org/navy",
        "publishDate": "2031-05-08",
        "claimReviewAuthor": {"name": "The Esk Fact Desk"},
        "claimReviewMarkups": [
            {
                "claimReviewed": "Norland has sold its navy.",
                "claimDate": "2031-05-06",
                "claimAuthor": {"name": "Ada Lund", "jobTitle": "senator"},
                "claimAppearances": ["https://news.example.org/1"],
                "claimFirstAppearance": "https://video.example.org/3",
            }
        ],
    },
    {"@graph": [{"@type": "schema:ClaimReview", "claimReviewed": "It rains.", "itemReviewed": {"@id": "#claim"}}]},
)


def parts(data: bytes, count: int) -> list[bytes]:
    """Take an input apart, into a fixed number of parts."""
    found = data.split(BETWEEN, count - 1)
    return found + [b""] * (count - len(found))


def _as_json(*documents: Any) -> Iterator[bytes]:
    return (json.dumps(document).encode() for document in documents)


def _json() -> Iterator[bytes]:
    for article in (BUNDLED, GOLDEN):
        document = to_dict(article)
        yield from _as_json(document, *document["statements"])


def _lines() -> Iterator[bytes]:
    few = attrs.evolve(GOLDEN, text=None, statements=[])
    yield to_json(GOLDEN).encode()
    yield b"\n".join(to_json(article).encode() for article in (few, Article(id="a"), GOLDEN)) + b"\r\n\n"
    yield b'\xef\xbb\xbf{"schema_version":"1.0","id":"a"}\n{"id":"b"}\nnull'


def _compressed() -> Iterator[bytes]:
    return (gzip.compress(lines, mtime=0) for lines in _lines())


def _tables() -> Iterator[bytes]:
    for articles, quoted in (([GOLDEN], False), ([HARBOUR], True), ([HARBOUR, Article(id="a")], False)):
        with tempfile.TemporaryDirectory() as folder:
            write_csv(folder, articles, passages=quoted)
            yield BETWEEN.join(Path(folder, f"{name}.csv").read_bytes() for name in TABLES)
    yield from _tables_of_wrong_dates()
    yield BETWEEN.join([b"id;title\na;A\n", b"article;id;name\na;x;X\n", b"type;article;id;speaker;content\n"])


def _tables_of_wrong_dates() -> Iterator[bytes]:
    """Write tables whose dates are none, and whose events end before they begin."""
    actors = b"article,id,name\na,x,X\n"
    columns = b"type,article,id,speaker,content,date,event_date,event_end,accused,denies,passages\n"
    for kind, last in (("statement", ",,harbour"), ("allegation", "x,,harbour"), ("denial", ",s,harbour")):
        for dates in (
            "2025-02-30,2025-13,0000",
            "2025-04-09,2025-04,2025-03",
            "in March,yesterday,2025-4",
            ",2026,2025",
        ):
            right = b"statement,a,s,x,It rains.,,2025-04,2025-04,,,harbour\n"
            row = f"{kind},a,t,x,It rains.,{dates},{last}\n".encode()
            yield BETWEEN.join([b"id,published\na,2025-04-09\n", actors, columns + right + row])
    spans = columns.replace(b"passages", b"spans_start,spans_end,spans_fingerprint")
    row = b"denial,a,d,x,No.,,2025-04,2025-03,,s,3|1,2|5,1:4:0123456789abcdef|1:4\n"
    yield BETWEEN.join([b"id,published\na,2025-02-30\n", actors, spans + row])


def _arrow() -> Iterator[bytes]:
    return _as_json([to_dict(GOLDEN)], [to_dict(HARBOUR), to_dict(Article(id="a"))], [{"id": 1, "other": None}])


def _reviews() -> Iterator[bytes]:
    yield from _as_json(*REVIEWS, list(REVIEWS), to_jsonld(GOLDEN))
    scripts = (f'<script type="application/ld+json">{json.dumps(review)}</script>' for review in REVIEWS)
    yield f"<!DOCTYPE html><!-- <script> -->\n{' '.join(scripts)}".encode()


def _drafts() -> Iterator[bytes]:
    draft = to_draft(HARBOUR)
    for number, statement in enumerate(draft["statements"]):
        few = [actor for actor in draft["actors"] if actor["id"] == statement["speaker"]]
        alone = {key: value for key, value in statement.items() if key not in {"about", "denies", "confirms"}}
        alone |= {"type": "statement", "date": DATES[number % len(DATES)], "accused": None, "kind": None}
        yield BETWEEN.join([json.dumps({"id": "a", "actors": few, "statements": [alone]}).encode(), TEXT.encode()])
    yield BETWEEN.join([json.dumps(draft).encode(), TEXT.encode()])


def _dates() -> Iterator[bytes]:
    return (date.encode() for date in DATES)


def _passages() -> Iterator[bytes]:
    straight = TEXT.replace("“", '"').replace("”", '"').replace(" ", "\n")
    quoted = [TEXT[span.start : span.end] for statement in HARBOUR.statements for span in statement.spans]
    for start in range(0, len(quoted) - 2, 3):
        yield BETWEEN.join(part.encode() for part in (TEXT, straight, *quoted[start : start + 3]))
    yield BETWEEN.join(part.encode() for part in ("a b a b c a b", "a  b c", "a b", "b c", "c"))


def _text_files() -> Iterator[bytes]:
    yield TEXT.encode()
    yield to_json(GOLDEN).encode()
    yield "\ufeffChina\r\n“has”".encode("utf-16")


SEEDS: Final[Mapping[str, Callable[[], Iterator[bytes]]]] = {
    "json": _json,
    "jsonl": _lines,
    "gzip": _compressed,
    "csv": _tables,
    "arrow": _arrow,
    "fact-checks": _reviews,
    "drafts": _drafts,
    "dates": _dates,
    "passages": _passages,
    "text-files": _text_files,
}
"""By target, the inputs that the fuzzer begins with."""


KEYS: Final = sorted(set(re.findall('"([^"]+)":', json.dumps([json_schema(), draft_schema(), *REVIEWS]))))
"""The keys of all formats."""
