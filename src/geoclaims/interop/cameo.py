"""Statements as coded events: CAMEO's codes under the column names of GDELT.

A row says that somebody said something of somebody. It does not say that what was said took place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from geoclaims._errors import invalid
from geoclaims._json.lines import only_articles
from geoclaims._models.actors import Actor
from geoclaims._models.articles import Article
from geoclaims._models.kinds import ActorKind
from geoclaims._models.statements import Allegation, Denial, Statement
from geoclaims._values.dates import PartialDate

_CODES: Final[dict[type[Statement], str]] = {Statement: "010", Allegation: "112", Denial: "016"}

# CAMEO's roots 01 to 05 are verbal cooperation, 10 to 13 verbal conflict; what others hold are deeds.
_VERBAL: Final = re.compile("(?:0[1-5]|1[0-3])[0-9]{0,2}", re.ASCII)
_EXPECTED: Final = (
    "a CAMEO code of something said, a string of two to four digits that begins with 01 to 05 or 10 to 13"
)


def to_events(
    articles: Iterable[Article], *, code: Callable[[Statement], str | None] | None = None
) -> list[dict[str, str | int]]:
    """Statements as rows with CAMEO codes, one for each pair of speaker and target, under GDELT's column names.

    A statement is coded 010 (make statement), an allegation 112 (accuse), a denial 016 (deny responsibility). The
    target of an allegation is each of the accused, that of a denial each speaker of what it denies, that of any other
    statement each actor whom it is about, or none. The two columns that are not GDELT's, `ArticleId` and `StatementId`,
    lead back to the claim. Nothing that GDELT measures is given: no tone, no mentions, no scale.

    Args:
        articles: Any number of articles.
        code: What tells the finer code of a statement, such as "1124" for an allegation of war crimes; None where the
            code of its type will do. Only codes of things said are taken, those with the roots 01 to 05 and 10 to 13.

    Returns:
        A dictionary a row. All values are strings, so that leading zeros stay, save `QuadClass`; what is not known is
        the empty string.

    Raises:
        ValidationError: Something among the articles is none, or a code is no string (`type`) or none that is taken
            (`enum`).
        TypeError: `articles` is nothing to iterate over, such as one article by itself.

    >>> from geoclaims import load_article
    >>> rows = to_events([load_article()])
    >>> [row["EventCode"] for row in rows if (row["Actor1Code"], row["Actor2Code"]) == ("CHN", "UKR")]
    ['016', '016']
    """
    rows: list[dict[str, str | int]] = []
    for number, article in enumerate(only_articles(articles)):
        for index, statement in enumerate(article.statements):
            event = _event(_CODES[type(statement)] if code is None else _chosen(code, statement, number, index))
            head = _date(statement.date) | _actor(1, article, article.actor(statement.speaker))
            tail = event | {
                "SOURCEURL": article.url or "",
                "ArticleId": article.id,
                "StatementId": statement.id,
            }
            rows.extend(head | _actor(2, article, target) | tail for target in _targets(article, statement))
    return rows


def _chosen(code: Callable[[Statement], str | None], statement: Statement, number: int, index: int) -> str:
    """The code that the user's function chooses, or that of the type where it chooses none."""
    chosen: object = code(statement)
    if chosen is None:
        return _CODES[type(statement)]
    place = (number, "statements", index)
    if not isinstance(chosen, str):
        raise invalid("type", place, chosen, _EXPECTED)
    if not _VERBAL.fullmatch(chosen):
        raise invalid("enum", place, chosen, _EXPECTED)
    return chosen


def _targets(article: Article, statement: Statement) -> Iterator[Actor | None]:
    """Those whom a statement is directed at, each once."""
    if isinstance(statement, Allegation):
        ids = statement.accused
    elif isinstance(statement, Denial):
        ids = tuple(article.statement(id).speaker for id in statement.denies)
    else:
        ids = tuple(id for id in statement.about if isinstance(article.resolve(id), Actor))
    if not ids:
        yield None
    yield from map(article.actor, dict.fromkeys(ids))


def _actor(number: int, article: Article, actor: Actor | None) -> dict[str, str | int]:
    """The columns of one of the two actors.

    Whoever acts on behalf of another has the other's country, and the role of government where the other is a state.
    """
    country = role = ""
    if actor is not None:
        principal = actor
        country = principal.country or ""
        while principal.on_behalf_of is not None:
            principal = article.actor(principal.on_behalf_of)
            country = principal.country or country
        role = "GOV" if principal is not actor and principal.kind is ActorKind.STATE else ""
    return {
        f"Actor{number}Code": country + role,
        f"Actor{number}Name": "" if actor is None else actor.name,
        f"Actor{number}CountryCode": country,
        f"Actor{number}Type1Code": role,
    }


def _date(date: PartialDate | None) -> dict[str, str | int]:
    """The columns of the date, each filled where the date is as precise."""
    digits = "" if date is None else str(date).replace("-", "")
    return {
        "SQLDATE": digits if len(digits) == len("YYYYMMDD") else "",
        "MonthYear": digits[: len("YYYYMM")] if len(digits) > len("YYYY") else "",
        "Year": digits[: len("YYYY")],
    }


def _event(code: str) -> dict[str, str | int]:
    """The columns of the event's code."""
    return {
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": 1 if code < "10" else 3,
    }
