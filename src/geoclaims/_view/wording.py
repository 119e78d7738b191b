"""Put denials, events and counts into words, and label fields, for terminals and pages."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._dates import PartialDate
from geoclaims._json.format import tag_of
from geoclaims._messages import visible
from geoclaims._rules.fields import definitions
from geoclaims._rules.rules import URL
from geoclaims._statements import Denial, DenialKind, Statement
from geoclaims._view.wrapping import turn
from geoclaims._view.writing import Words

NOTHING_OF_TRUTH: Final = "This shows who is reported to have said what, not what is true."
"""The sentence above every article that is shown."""

WHOSE_WORDS: Final = (
    "Sentences are the annotator’s, words in brackets the reporter’s; only a line of its own in quotation marks is the "
    "speaker’s. Where no denial is linked, somebody may still have denied it."
)
"""The sentences below it."""

NO_DENIAL: Final = "no denial linked"
"""What an output says of an allegation without denials: a link that is missing is not to say that nobody denied it."""

LABELS: Final[Mapping[str, str]] = {
    "same_in": "the same in other statements",
    "url": "source",
    "archived_at": "archived",
    "accused": "against",
    "denials": "denied by",
    "confirmations": "confirmed by",
    "quotes": "quoted",
    "quantities": "number",
    "date": "said on",
    "event_date": "said to be",
    "event_place": "place",
    "appearances": "seen at",
    "spans": "passage",
}
"""What people read before the values of a field, where it is not its name, read with spaces."""

_KINDS: Final[Mapping[str, str]] = {
    DenialKind.NON_INVOLVEMENT: "denial of involvement",
    DenialKind.NO_EVIDENCE: "denial for lack of evidence",
    DenialKind.BLAME_SHIFT: "denial by blaming another",
    DenialKind.UNSPECIFIED: "denial",
}
"""What a denial is called by its kind, where that does not stand before the noun."""

TYPES: Final[Mapping[str, str]] = {"allegation": "allegation", "denial": "denial", "statement": "other statement"}
"""What the statements of each type are called where they stand beside the others."""

ADDRESSES: Final = frozenset(
    name for model in (Article, Actor, Statement) for name, field in definitions(model).items() if field.item == URL
)
"""The fields that hold addresses."""

LONGEST_REPEATED: Final = 200
"""An output cuts what it repeats from another object to this many characters, so that it stays in proportion.

A statement's own words are not cut where it is itself written, nor are ids.
"""

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# By language, where they are not “”, and ‘’ about a text that has these: the `quotationStart` and `quotationEnd` of the
# Common Locale Data Repository, 48, and their alternates; where these are no others, those of a neighbour.
_LANGUAGES_BY_MARKS: Final[Mapping[str, str]] = {
    "«»“”": "ast br ca el eu fr hy it kk oc pt-pt ti",
    "«»„“": "be ky ru uk",
    "«»‘’": "nb nn no",
    "«»‹›": "am fa rm",
    "„“‚‘": "bg cs de dsb et hr hsb is lb lt mk nds sk sl",
    "„“«»": "ka",
    "„”«»": "pl ro",
    "„”»«": "hu",
    "„”‘’": "bs sr",
    "”“’‘": "ar syr ur",
    "””’’": "fi he se sv yi",
    "「」『』": "ja yue zh-hant zh-hk zh-mo zh-tw",
    "‘’“”": "nl",
}
_MARKS: Final = {language: marks for marks, those in _LANGUAGES_BY_MARKS.items() for language in those.split()}


def repeated(text: str, longest: int = LONGEST_REPEATED) -> str:
    """Cut a text that an output repeats from another object: at the end of a word, where one ends.

    >>> repeated("They cannot put to sea", 20), len(repeated("x" * 1000))
    ('They cannot put to…', 200)
    """
    return text if len(text) <= longest else f"{text[: turn(text, 0, longest - 1, lambda _: 1)[0]]}…"


def shown_again(text: str, longest: int = LONGEST_REPEATED) -> str:
    r"""Cut a text that an output for people repeats from another object, and escape what hides; escapes count.

    >>> len(shown_again("\u202e" * 1000))
    200
    """
    return repeated(visible(repeated(text)), longest)


def quoted(text: str, language: str | None = None) -> str:
    """Put a text in the quotation marks of its language; if it has one of these, or a straight one, in the other pair.

    >>> print(quoted("We sent nobody"), quoted("Lin said: “We sent nobody”"), quoted("Nein", "de-CH"))
    “We sent nobody” ‘Lin said: “We sent nobody”’ „Nein“
    >>> print(quoted("没有", "zh"), quoted("「沒有」", "zh-Hant-TW"))
    “没有” 『「沒有」』
    """
    subtags = (language or "").lower().split("-")[:2]
    marks = _MARKS.get("-".join(subtags)) or _MARKS.get(subtags[0], "“”‘’")
    pair = marks[:2] if {*marks[:2], '"'}.isdisjoint(text) else marks[2:]
    return f"{pair[0]}{text}{pair[1]}"


def kind_in_words(denial: Denial) -> str:
    """Put the kind of a denial into words, such as "denial of involvement"."""
    return _KINDS.get(denial.kind) or f"{denial.kind.replace('_', '-')} denial"


def event_in_words(statement: Statement) -> str | None:
    """Put the date or period of the reported event into words, such as "until April 2025" or "on 7 May 2031"."""
    begin, end = (date and date_in_words(date) for date in (statement.event_date, statement.event_end))
    if begin and end:
        return f"from {begin} to {end}"
    if statement.event_date is None:
        return f"until {end}" if end else None
    return f"{'on' if statement.event_date.day else 'in'} {begin}"


def article_in_words(article: Article) -> str:
    """Count what an article holds, as in "2 actors, 1 allegation, 0 denials, 0 other statements."."""
    types = [tag_of(type(statement)) for statement in article.statements]
    statements = [counted(types.count(type), noun) for type, noun in TYPES.items()]
    return f"{', '.join([counted(len(article.actors), 'actor'), *statements])}."


def heading_of(article: Article) -> str:
    """Return the title of an article, or else its id, with its publisher and date where they are known.

    >>> from geoclaims import Article, PartialDate
    >>> heading_of(Article(id="example", title="Troops arrived"))
    'Troops arrived'
    >>> heading_of(Article(id="example", publisher="The Courier", published=PartialDate(2031, 5, 7)))
    'example, The Courier, 7 May 2031'
    """
    return ", ".join(map(str, title_of(article)))


def title_of(article: Article, shown: Callable[[str], str] = str) -> Sequence[str | Words]:
    """Return the parts of the heading of an article, what is its own in its language; a function shows that."""
    if article.title is not None:
        return [Words(shown(article.title), article.language or "")]
    return [article.id, *source_of(article, shown)]


def source_of(article: Article, shown: Callable[[str], str] = str) -> Sequence[str | Words]:
    """Name the publisher and the date of an article as a newspaper does, as far as they are known."""
    publisher = [] if article.publisher is None else [Words(shown(article.publisher), article.language or "")]
    return [*publisher, *([date_in_words(article.published)] if article.published else [])]


def date_in_words(date: PartialDate) -> str:
    """Write a date as people do, such as "7 May 2031", "May 2031" or "2031"."""
    parts = date.day, date.month and _MONTHS[date.month - 1], date.year
    return " ".join(str(part) for part in parts if part)


def place_in_text(statement: Statement) -> tuple[float, float]:
    """Return where the first passage begins and the last one ends, by which statements are in order; none come last."""
    return (statement.spans[0].start, statement.spans[-1].end) if statement.spans else (math.inf, math.inf)


def counted(number: int, noun: str) -> str:
    """Count things in words, such as "1 denial" or "2 denials"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
