"""The rules that every peer checks, for those that do not come from geoclaims' own definitions."""

from __future__ import annotations

import calendar
from typing import Any

from geoclaims._values.countries import country_codes
from geoclaims._values.rules import DATE_PATTERN, FINGERPRINT, IDENTIFIER, LANGUAGE, LARGEST_NUMBER, LINE, LINES, URL
from geoclaims._values.rules import unwanted

__all__ = ["DATE_PATTERN", "LARGEST_NUMBER"]

COUNTRIES = country_codes()
IDENTIFIER_PATTERN = IDENTIFIER.pattern
URL_PATTERN = URL.pattern
LANGUAGE_PATTERN = LANGUAGE.pattern
FINGERPRINT_PATTERN = FINGERPRINT.pattern
UNFIT_IN_LINE = unwanted(LINE)
UNFIT_IN_PROSE = unwanted(LINES)


def days_in_month(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def check_article(article: Any, allegation: type[Any], denial: type[Any]) -> None:
    """Check ids, references and circles as quickly as plain Python does."""
    actors = {actor.id for actor in article.actors}
    statements = {statement.id: index for index, statement in enumerate(article.statements)}
    if len(actors) != len(article.actors) or len(statements) != len(article.statements) or actors & statements.keys():
        raise ValueError("duplicate id")
    principals = {}
    for actor in article.actors:
        if actor.on_behalf_of is not None:
            if actor.on_behalf_of not in actors or actor.on_behalf_of == actor.id:
                raise ValueError("bad reference")
            principals[actor.id] = actor.on_behalf_of
    later = False
    for index, statement in enumerate(article.statements):
        if statement.speaker not in actors:
            raise ValueError("bad reference")
        for id in statement.about:
            if (id not in actors and id not in statements) or id == statement.id:
                raise ValueError("bad reference")
        for id in statement.reported_by:
            if id not in actors:
                raise ValueError("bad reference")
        if isinstance(statement, allegation):
            for id in statement.accused:
                if id not in actors:
                    raise ValueError("bad reference")
        elif isinstance(statement, denial):
            for id in statement.denies:
                if id not in statements or id == statement.id:
                    raise ValueError("bad reference")
                later = later or statements[id] > index
    for id in principals:
        slow = fast = id
        while (fast := principals.get(principals.get(fast, ""), "")) and (slow := principals[slow]):
            if slow == fast:
                raise ValueError("circle")
    if later:
        check_circles(article, denial)


def check_circles(article: Any, denial: type[Any]) -> None:
    from geoclaims._models.cycles import circles

    edges = {s.id: list(s.denies) for s in article.statements if isinstance(s, denial)}
    if any(circles({id: [target for target in targets if target in edges] for id, targets in edges.items()})):
        raise ValueError("circle")
