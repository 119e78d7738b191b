"""Convert statements to coded events: CAMEO's codes under the column names of GDELT.

A row says that somebody said something about somebody. It does not say that the event took place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import attrs

from geoclaims._actors import Actor, ActorKind
from geoclaims._article import Article
from geoclaims._dates import PartialDate
from geoclaims._errors import invalid
from geoclaims._json.lines import only_articles
from geoclaims._statements import Allegation, Denial, Statement
from geoclaims._view.words import repeated
from geoclaims.interop.ids import principals_first, repeated_url

_CODES: Final[dict[type[Statement], str]] = {Statement: "010", Allegation: "112", Denial: "016"}

# CAMEO's roots 01 to 05 are verbal cooperation, 10 to 13 verbal conflict; the others are deeds.
_VERBAL: Final = re.compile("(?:0[1-5]|1[0-3])[0-9]{0,2}", re.ASCII)
_EXPECTED: Final = (
    "a CAMEO code of something said, a string of two to four digits that begins with 01 to 05 or 10 to 13"
)


def to_events(
    articles: Iterable[Article], *, code: Callable[[Statement], str | None] | None = None
) -> list[dict[str, str | int]]:
    """Turn statements into rows with CAMEO codes and GDELT's column names.

    There is a row for each pair of speaker and target. An allegation (112,
    accuse) is aimed at the accused, a denial (016, deny responsibility) at the
    speakers of the denied statements, and any other statement (010, make
    statement) at the actors that it is about. `ArticleId` and `StatementId`,
    which GDELT does not have, lead back to the claim. Names are cut to 200
    characters, and a longer address is left out.

    Args:
        articles: The articles.
        code: A function that returns a finer code for a statement, such as
            "1124" for an allegation of war crimes, or None for that of its
            type. Only codes of things said are allowed: the roots 01 to 05 and
            10 to 13.

    Returns:
        A dictionary for each row. All values but `QuadClass` are strings,
        unknown ones empty.

    Raises:
        ValidationError: A code is not a string (`type`) or not allowed
            (`enum`).

    >>> from geoclaims import load_article
    >>> from geoclaims.interop import to_events
    >>> rows = to_events([load_article()])
    >>> codes = [row["EventCode"] for row in rows]
    >>> codes.count("112"), codes.count("016")
    (8, 6)
    """
    rows: list[dict[str, str | int]] = []
    for number, article in enumerate(only_articles(articles)):
        parties = _parties(article)
        for index, statement in enumerate(article.statements):
            event = _event(_CODES[type(statement)] if code is None else _chosen(code, statement, number, index))
            head = _date(statement.date) | _actor(1, parties[statement.speaker])
            tail = event | {
                "SOURCEURL": repeated_url(article.url) or "",
                "ArticleId": article.id,
                "StatementId": statement.id,
            }
            rows.extend(head | _actor(2, parties[id]) | tail for id in _targets(article, statement))
    return rows


def _chosen(code: Callable[[Statement], str | None], statement: Statement, number: int, index: int) -> str:
    """Return the code that the user's function chooses, or that of the type if it chooses none."""
    chosen: object = code(statement)
    if chosen is None:
        return _CODES[type(statement)]
    place = (number, "statements", index)
    if not isinstance(chosen, str):
        raise invalid("type", place, chosen, _EXPECTED)
    if not _VERBAL.fullmatch(chosen):
        raise invalid("enum", place, chosen, _EXPECTED)
    return chosen


def _targets(article: Article, statement: Statement) -> Iterator[str | None]:
    """Return the ids of the targets of a statement, each once."""
    if isinstance(statement, Allegation):
        ids = statement.accused
    elif isinstance(statement, Denial):
        ids = tuple(article.statement(id).speaker for id in statement.denies)
    else:
        ids = tuple(id for id in statement.about if isinstance(article.resolve(id), Actor))
    if not ids:
        yield None
    yield from dict.fromkeys(ids)


@attrs.frozen
class _Party:
    """The columns of a row about an actor."""

    name: str = ""
    country: str = ""
    """The country of the last actor that it speaks for and that has one, otherwise its own."""
    role: str = ""


def _parties(article: Article) -> Mapping[str | None, _Party]:
    """Return the columns about each actor by its id, and under None those for nobody.

    An actor that speaks for another has the other's country, and the role of government if the other is a state.
    """
    parties: dict[str | None, _Party] = {None: _Party()}
    last: dict[str, Actor] = {}
    for actor in principals_first(article):
        principal = actor.on_behalf_of
        last[actor.id] = actor if principal is None else last[principal]
        parties[actor.id] = _Party(
            name=repeated(actor.name),
            country=parties[principal].country or actor.country or "",
            role="GOV" if principal is not None and last[principal].kind is ActorKind.STATE else "",
        )
    return parties


def _actor(number: int, party: _Party) -> dict[str, str | int]:
    """Return the columns of one of the two actors."""
    return {
        f"Actor{number}Code": party.country + party.role,
        f"Actor{number}Name": party.name,
        f"Actor{number}CountryCode": party.country,
        f"Actor{number}Type1Code": party.role,
    }


def _date(date: PartialDate | None) -> dict[str, str | int]:
    """Return the columns of the date, each filled if the date is precise enough."""
    digits = "" if date is None else str(date).replace("-", "")
    return {
        "SQLDATE": digits if len(digits) == len("YYYYMMDD") else "",
        "MonthYear": digits[: len("YYYYMM")] if len(digits) > len("YYYY") else "",
        "Year": digits[: len("YYYY")],
    }


def _event(code: str) -> dict[str, str | int]:
    """Return the columns of the event's code."""
    return {
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": 1 if code < "10" else 3,
    }
