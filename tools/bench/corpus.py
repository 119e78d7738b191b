"""Make a realistic corpus by rule: articles that differ, with dates of twelve years, several scripts and all fields.

Articles by different people use different words, so what a reader caches of one helps little with the next.
"""

from __future__ import annotations

import datetime
import json
from random import Random
from typing import Any

ARTICLES = 200
STATEMENTS = 12
"""The statements of an article of the corpus."""

_FIRST_DAY = datetime.date(2013, 3, 1)
_DAYS = 12 * 365
_WORDS = {
    "en": "ministry officials convoy crossed border denied saw depot northern town Monday without inspectors",
    "uk": "міністерство заявило колона перетнула кордон біля північного міста без дозволу інспектори бачили склад",
    "ru": "ведомство сообщило колонна пересекла границу возле города среду груз осмотрен найден",
    "zh-Hans": "外交部 发言人 表示 车队 没有 越过 边境 报道 事实 不符 仓库 空的",
    "ar": "قالت الوزارة القافلة تعبر الحدود قرب المدينة يوم الاثنين ونفى المفتشون ذلك",
    "fr": "ministère déclaré convoi franchi frontière près dépôt vide samedi témoins papiers",
    "ko": "외교부는 차량이 국경을 넘지 않았다고 밝혔다 창고는 비어 있었다 월요일에",
    "hi": "मंत्रालय ने कहा काफिला सीमा पार नहीं गया गोदाम खाली था",
}
_COUNTRIES = ("UKR", "RUS", "CHN", "NOR", "FRA", "KOR", "IND", "SAU", "USA", "DEU", "POL", "TUR", "BRA", "XKX")
_KINDS = ("person", "group", "organization", "state")
_DENIALS = ("outright", "non_involvement", "no_evidence", "blame_shift")
_CUES = ("said", "claimed", "denied", "repeated", "told reporters", "wrote", "заявив", "表示", "قال", "a déclaré")
_LABELS = ("weapons", "border", "trade", "x-1", "humanitarian")


def corpus() -> list[dict[str, Any]]:
    """Return the articles as JSON-ready builtins, in a random order that is the same in each run."""
    made = [article(number) for number in range(ARTICLES)]
    Random(ARTICLES).shuffle(made)
    return made


def article(number: int) -> dict[str, Any]:
    """Make one of the articles, by its number."""
    return _Article(number).document()


def text(document: dict[str, Any]) -> bytes:
    """Write a document as compact JSON, as all libraries write it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


class _Article:
    """One article, by its number."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.chance = Random(f"article {number}")
        self.language = self.chance.choice(list(_WORDS))
        self.words = _WORDS[self.language].split()
        self.published = _FIRST_DAY + datetime.timedelta(days=self.chance.randrange(_DAYS))
        kinds = ("state", "ministry", "speaker", "army", "agency")
        actors = self.chance.randint(6, 8)
        self.ids = [f"{self.chance.choice(kinds)}-{number}.{index}" for index in range(actors)]

    def document(self) -> dict[str, Any]:
        number, published = self.number, self.published
        found: dict[str, Any] = {"schema_version": "1.0", "id": f"a{number:03}:{self.chance.randrange(10**6)}"}
        found |= {"title": self.phrase(4, 9), "publisher": self.phrase(1, 2)}
        self.maybe(found, 0.5, annotator=f"annotator {number % 9}")
        found["url"] = f"https://news{number % 17}.example/{published.year}/{number}"
        self.maybe(found, 0.6, archived_at=f"http://archive.example/web/{published:%Y%m%d}/{number}#top")
        found |= {"published": published.isoformat(), "language": self.language}
        found["actors"] = [self.actor(index) for index in range(len(self.ids))]
        statements: list[dict[str, Any]] = []
        end = 0
        for _ in range(STATEMENTS):
            statements.append(self.statement(statements, end))
            end = statements[-1]["spans"][-1]["end"]
        return {**found, "statements": statements}

    def actor(self, index: int) -> dict[str, Any]:
        chance = self.chance
        found: dict[str, Any] = {"id": self.ids[index], "name": f"{self.phrase(1, 2)} {index}"}
        self.maybe(found, 0.85, kind=chance.choice(_KINDS))
        self.maybe(found, 0.4, role=self.phrase(1, 2))
        if index:
            self.maybe(found, 0.4, on_behalf_of=chance.choice(self.ids[:index]))
        self.maybe(found, 0.6, country=chance.choice(_COUNTRIES))
        self.maybe(found, 0.15, anonymous=True)
        self.maybe(found, 0.35, aliases=[f"{self.phrase(1, 2)} {each}" for each in range(chance.randint(1, 2))])
        self.maybe(found, 0.4, same_as=[f"https://www.wikidata.org/entity/Q{chance.randrange(10**7)}"])
        return found

    def statement(self, before: list[dict[str, Any]], end: int) -> dict[str, Any]:
        chance, ids = self.chance, self.ids
        earlier = [each["id"] for each in before]
        kind = chance.choice(("statement", "allegation", "allegation", "denial")) if before else "allegation"
        found: dict[str, Any] = {"type": kind, "id": f"s{len(before)}", "speaker": chance.choice(ids)}
        found["content"] = self.phrase(7, 13)
        self.maybe(found, 0.4, quotes=[f"“{self.phrase(2, 5)}”" for _ in range(chance.randint(1, 2))])
        self.maybe(found, 0.7, cue=chance.choice(_CUES))
        self.maybe(found, 0.75, date=self.date(60))
        self.maybe(found, 0.3, event_date=self.date(2000, least=1000))
        self.maybe(found, 0.1, event_end=self.date(900))
        self.maybe(found, 0.25, event_place=self.phrase(1, 3))
        self.maybe(found, 0.3, about=self.some([*ids, *earlier]))
        if earlier:
            self.maybe(found, 0.1, confirms=self.some(earlier))
        self.maybe(found, 0.2, reported_by=self.some(ids))
        self.maybe(found, 0.3, quantities=[self.quantity()])
        self.maybe(found, 0.25, basis=self.phrase(2, 5))
        self.maybe(found, 0.1, appearances=[f"https://posts.example/{chance.randrange(10**9)}"])
        self.maybe(found, 0.2, labels=self.some(_LABELS))
        found["spans"] = self.spans(end)
        if kind == "allegation":
            found["accused"] = self.some(ids)
        if kind == "denial":
            found["denies"] = self.some(earlier)
            self.maybe(found, 0.8, kind=chance.choice(_DENIALS))
        return found

    def quantity(self) -> dict[str, Any]:
        low = self.chance.randrange(5000)
        bounds = self.chance.choice(({"minimum": low}, {"maximum": low}, {"minimum": low, "maximum": low + 50}))
        found = {**bounds, "unit": self.phrase(1, 1)}
        self.maybe(found, 0.3, approximate=True)
        return found

    def spans(self, end: int) -> list[dict[str, Any]]:
        found = []
        for _ in range(self.chance.choice((1, 1, 1, 1, 2))):
            start = end + self.chance.randint(1, 60)
            end = start + self.chance.randint(20, 200)
            fingerprint = f"1:{end - start}:{self.chance.getrandbits(64):016x}"
            found.append({"start": start, "end": end, "fingerprint": fingerprint})
        return found

    def phrase(self, least: int, most: int) -> str:
        return " ".join(self.chance.choices(self.words, k=self.chance.randint(least, most)))

    def date(self, most: int, *, least: int = 0) -> str:
        """Return a date so many days before the article, with a random precision."""
        day = self.published - datetime.timedelta(days=self.chance.randrange(least, most))
        return day.isoformat()[: self.chance.choice((10, 10, 10, 10, 10, 10, 7, 7, 4))]

    def some(self, ids: list[str] | tuple[str, ...]) -> list[str]:
        return self.chance.sample(ids, min(len(ids), self.chance.randint(1, 2)))

    def maybe(self, thing: dict[str, Any], likelihood: float, **member: Any) -> None:
        if self.chance.random() < likelihood:
            thing |= member
