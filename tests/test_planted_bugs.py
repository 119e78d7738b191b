"""A hundred articles that the strategies draw reveal the usual bugs of programs that use geoclaims."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import NoSuchExample

from geoclaims import Article, Denial, PartialDate
from geoclaims.strategies import articles

EXAMPLES = 100

Bugs = Mapping[str, Callable[[Article], bool]]
"""The bugs of consumers by name, each with a function that tells whether an article reveals it."""


def passages_differ(article: Article, others: Callable[[str, int, int], str]) -> bool:
    """Report whether another way to take passages out of the text gives different passages."""
    text = article.text or ""
    return any(
        others(text, span.start, span.end) != text[span.start : span.end]
        for statement in article.statements
        for span in (statement.spans if text else ())
    )


def in_utf_16(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "replace")


def in_utf_8(text: str, start: int, end: int) -> str:
    return text.encode()[start:end].decode(errors="replace")


def with_newlines_alone(text: str, start: int, end: int) -> str:
    return text.replace("\r\n", "\n")[start:end]


def composed(text: str, start: int, end: int) -> str:
    return unicodedata.normalize("NFC", text)[start:end]


def is_torn(values: Iterable[str], separator: str) -> bool:
    """Report whether values change when they are joined and split again."""
    whole = list(values)
    return bool(whole) and separator.join(whole).split(separator) != whole


def quotes(article: Article) -> Iterator[tuple[str, ...]]:
    return (statement.quotes for statement in article.statements)


def aliases(article: Article) -> Iterator[tuple[str, ...]]:
    return (actor.aliases for actor in article.actors)


def precision(date: PartialDate | None) -> int:
    return sum(part is not None for part in (date.year, date.month, date.day)) if date else 0


def dates(article: Article) -> set[int]:
    return {precision(statement.date) for statement in article.statements}


def events(article: Article) -> set[int]:
    return {precision(statement.event_date) for statement in article.statements}


BUGS: Bugs = {
    "counts offsets in UTF-16": lambda article: passages_differ(article, in_utf_16),
    "counts offsets in bytes": lambda article: passages_differ(article, in_utf_8),
    "turns CRLF into LF before it takes passages": lambda article: passages_differ(article, with_newlines_alone),
    "composes the text before it takes passages": lambda article: passages_differ(article, composed),
    "composes names, so that two are one": lambda article: any(
        unicodedata.normalize("NFC", actor.name) != actor.name for actor in article.actors
    ),
    "composes quotes": lambda article: any(
        unicodedata.normalize("NFC", quote) != quote for each in quotes(article) for quote in each
    ),
    "keeps one denial of a statement": lambda article: any(
        len(article.denials_of(allegation)) > 1 for allegation in article.allegations
    ),
    "looks at the first statement that is denied": lambda article: any(
        len(denial.denies) > 1 for denial in article.denials
    ),
    "looks at the first who reported": lambda article: any(
        len(statement.reported_by) > 1 for statement in article.statements
    ),
    "looks at the first two who reported": lambda article: any(
        len(statement.reported_by) > 2 for statement in article.statements
    ),
    "takes what is denied for an allegation": lambda article: any(
        isinstance(article.statement(id), Denial) for denial in article.denials for id in denial.denies
    ),
    "joins quotes by a comma": lambda article: any(is_torn(each, ",") for each in quotes(article)),
    "joins quotes by a semicolon": lambda article: any(is_torn(each, ";") for each in quotes(article)),
    "joins quotes by a bar": lambda article: any(is_torn(each, "|") for each in quotes(article)),
    "joins quotes by the end of a line": lambda article: any(is_torn(each, "\n") for each in quotes(article)),
    "joins aliases by a comma": lambda article: any(is_torn(each, ",") for each in aliases(article)),
    "joins aliases by a semicolon": lambda article: any(is_torn(each, ";") for each in aliases(article)),
    "joins aliases by a bar": lambda article: any(is_torn(each, "|") for each in aliases(article)),
    "takes the day of a date that is a year": lambda article: 1 in dates(article),
    "takes the day of a date that is a month": lambda article: 2 in dates(article),
    "leaves out the day of a date": lambda article: 3 in dates(article),
    "takes the day of an event that is a year": lambda article: 1 in events(article),
    "takes the day of an event that is a month": lambda article: 2 in events(article),
    "leaves out the day of an event": lambda article: 3 in events(article),
    "takes the day of publication that is a year": lambda article: precision(article.published) == 1,
    "takes the day of publication that is a month": lambda article: precision(article.published) == 2,
}


def reached(seed: int, bugs: Bugs) -> set[str]:
    """Return the bugs that a run of so many articles would have found, each on its own."""
    met: set[str] = set()

    def meets(article: Article) -> bool:
        met.update(name for name, has in bugs.items() if has(article))
        return False

    try:
        find(
            articles(),
            meets,
            settings=settings(
                max_examples=EXAMPLES,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
            random=Random(seed),
        )
    except NoSuchExample:
        return met
    raise AssertionError("an article was found, though none was wanted")


@pytest.mark.slow
def test_generated_articles_reach_the_usual_bugs_of_consumers() -> None:
    met = [reached(seed, BUGS) for seed in range(4)]
    assert set().union(*met) == set(BUGS)
    assert min(map(len, met)) > len(BUGS) // 2
