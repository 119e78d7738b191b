"""Check the rules in plain Python, as fast as plain Python can, for libraries that cannot express them.

Nothing here imports geoclaims, so that importing the models of a peer does not import it either.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

from tools.bench.constants import (
    COUNTRIES,
    DATE,
    FINGERPRINT,
    IDENTIFIER,
    LANGUAGE,
    LARGEST_NUMBER,
    UNFIT_IN_LINE,
    UNFIT_IN_PROSE,
    UNFIT_IN_WHOLE_TEXT,
    URL,
)

_COUNTRIES = frozenset(COUNTRIES.split())
_is_date = re.compile(DATE).fullmatch
_is_identifier = re.compile(IDENTIFIER).fullmatch
_is_url = re.compile(URL).fullmatch
_is_language = re.compile(LANGUAGE).fullmatch
_is_fingerprint = re.compile(FINGERPRINT).fullmatch
_unfit_in_line = re.compile(UNFIT_IN_LINE).search
_unfit_in_prose = re.compile(UNFIT_IN_PROSE).search
_unfit_in_whole_text = re.compile(UNFIT_IN_WHOLE_TEXT).search


class ActorKind(StrEnum):
    PERSON = "person"
    GROUP = "group"
    ORGANIZATION = "organization"
    STATE = "state"
    UNKNOWN = "unknown"


class DenialKind(StrEnum):
    OUTRIGHT = "outright"
    NON_INVOLVEMENT = "non_involvement"
    NO_EVIDENCE = "no_evidence"
    BLAME_SHIFT = "blame_shift"
    UNSPECIFIED = "unspecified"


class PartialDate:
    """A date as precise as its source; not a dataclass, since some libraries would read that in their own way."""

    __slots__ = ("_text", "day", "month", "year")

    def __init__(self, year: int, month: int | None = None, day: int | None = None) -> None:
        self.year = year
        self.month = month
        self.day = day
        parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
        self._text = "-".join(parts)  # kept, since dates are written more often than made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash((self.year, self.month, self.day))

    def __str__(self) -> str:
        return self._text


@lru_cache(maxsize=8_192)  # as many as geoclaims remembers
def read_date(value: str) -> PartialDate:
    """Read a partial date from a string."""
    if not _is_date(value):
        raise ValueError("no date")
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3 and parts[2] > 28 and parts[2] > calendar.monthrange(parts[0], parts[1])[1]:
        raise ValueError("no such day")
    return PartialDate(*parts)


def check_actor(actor: Any) -> None:
    if not (
        _is_identifier(actor.id)
        and _is_line(actor.name)
        and (actor.role is None or _is_line(actor.role))
        and (actor.on_behalf_of is None or (_is_identifier(actor.on_behalf_of) and actor.on_behalf_of != actor.id))
        and (actor.country is None or actor.country in _COUNTRIES)
        and all(map(_is_line, actor.aliases))
        and all(map(_is_url, actor.same_as))
        and is_each_once(actor.aliases)
        and is_each_once(actor.same_as)
    ):
        raise ValueError("no actor")


def check_quantity(quantity: Any) -> None:
    minimum, maximum = quantity.minimum, quantity.maximum
    if not (
        (minimum is not None or maximum is not None)
        and (minimum is None or 0 <= minimum <= LARGEST_NUMBER)
        and (maximum is None or 0 <= maximum <= LARGEST_NUMBER)
        and (minimum is None or maximum is None or minimum <= maximum)
        and _is_line(quantity.unit)
    ):
        raise ValueError("no quantity")


def check_span(span: Any) -> None:
    if not (0 <= span.start < span.end <= LARGEST_NUMBER and _is_fingerprint(span.fingerprint)):
        raise ValueError("no span")


def check_statement(statement: Any) -> None:
    if not (
        _is_identifier(statement.id)
        and _is_identifier(statement.speaker)
        and _is_prose(statement.content)
        and all(map(_is_prose, statement.quotes))
        and (statement.cue is None or _is_line(statement.cue))
        and (statement.event_place is None or _is_line(statement.event_place))
        and (statement.basis is None or _is_prose(statement.basis))
        and all(map(_is_identifier, statement.about))
        and is_each_once(statement.about)
        and all(map(_is_identifier, statement.reported_by))
        and is_each_once(statement.reported_by)
        and all(map(_is_line, statement.labels))
        and is_each_once(statement.labels)
        and all(map(_is_identifier, statement.confirms))
        and is_each_once(statement.confirms)
        and all(map(_is_url, statement.appearances))
        and is_each_once(statement.appearances)
    ):
        raise ValueError("no statement")
    check_order(statement.spans)
    check_event(statement.event_date, statement.event_end)


def check_allegation(allegation: Any) -> None:
    check_statement(allegation)
    _check_references(allegation.accused)


def check_denial(denial: Any) -> None:
    check_statement(denial)
    _check_references(denial.denies)


def _check_references(references: Sequence[str]) -> None:
    """Check what an allegation accuses or a denial denies."""
    if not (references and all(map(_is_identifier, references)) and is_each_once(references)):
        raise ValueError("no references")


def check_order(spans: Iterable[Any]) -> None:
    """Check that passages follow each other."""
    end = 0
    for span in spans:
        if span.start < end:
            raise ValueError("passages out of order")
        end = span.end


def check_event(beginning: PartialDate | None, end: PartialDate | None) -> None:
    """Check that an event does not end before it can have begun."""
    if beginning is not None and end is not None:
        # An unknown part of the end is as late as possible.
        latest = (end.year, end.month or 12, end.day or 31)
        if latest < (beginning.year, beginning.month or 1, beginning.day or 1):
            raise ValueError("ends before it begins")


def check_head(article: Any) -> None:
    """Check the fields of an article other than actors and statements."""
    if not (
        _is_identifier(article.id)
        and (article.title is None or _is_line(article.title))
        and (article.publisher is None or _is_line(article.publisher))
        and (article.annotator is None or _is_line(article.annotator))
        and (article.url is None or _is_url(article.url))
        and (article.archived_at is None or _is_url(article.archived_at))
        and (article.language is None or _is_language(article.language))
        and (article.text is None or _is_whole_text(article.text))
    ):
        raise ValueError("no article")


def check_links(article: Any, allegation: type[Any], denial: type[Any]) -> None:
    """Check that ids are unique, and that references have the right targets and form no cycle."""
    actors = {actor.id for actor in article.actors}
    statements = {statement.id: index for index, statement in enumerate(article.statements)}
    things = actors | statements.keys()
    principals = {actor.id: actor.on_behalf_of for actor in article.actors if actor.on_behalf_of is not None}
    if len(things) != len(article.actors) + len(article.statements) or not actors.issuperset(principals.values()):
        raise ValueError("no unique ids, or no such principal")
    forward = late = False
    for index, statement in enumerate(article.statements):
        if not (
            statement.speaker in actors
            and things.issuperset(statement.about)
            and statement.id not in statement.about
            and statement.id not in statement.confirms
            and statements.keys() >= set(statement.confirms)
            and actors.issuperset(statement.reported_by)
        ):
            raise ValueError("no such thing")
        late = late or any(statements[id] > index for id in statement.confirms)
        if isinstance(statement, allegation):
            if not actors.issuperset(statement.accused):
                raise ValueError("no such actor")
        elif isinstance(statement, denial):
            if statement.id in statement.denies or not statements.keys() >= set(statement.denies):
                raise ValueError("no such statement")
            forward = forward or any(statements[id] > index for id in statement.denies)
    _check_no_circle({id: (principal,) for id, principal in principals.items()})
    if forward:  # denials of earlier statements cannot form a cycle
        _check_no_circle({s.id: s.denies for s in article.statements if isinstance(s, denial)})
    if late:
        _check_no_circle({s.id: s.confirms for s in article.statements if s.confirms})


def is_each_once(values: Sequence[str]) -> bool:
    """Report whether all values are different."""
    return len(values) < 2 or len(set(values)) == len(values)


def _check_no_circle(edges: Mapping[str, Sequence[str]]) -> None:
    while edges:
        rest = {id: targets for id, targets in edges.items() if not edges.keys().isdisjoint(targets)}
        if len(rest) == len(edges):
            raise ValueError("a circle")
        edges = rest


def _is_line(value: str) -> bool:
    # printable text has no control characters, and this test is faster
    return bool(value) and not value.isspace() and (value.isprintable() or not _unfit_in_line(value))


def _is_prose(value: str) -> bool:
    return bool(value) and not value.isspace() and (value.isprintable() or not _unfit_in_prose(value))


def _is_whole_text(value: str) -> bool:
    return bool(value) and not value.isspace() and (value.isprintable() or not _unfit_in_whole_text(value))
