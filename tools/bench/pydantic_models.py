"""The same models and rules in pydantic v2: strict, frozen, and in its compiled core wherever that can say a rule.

Nothing here imports geoclaims, so that importing these models does not import it either; the patterns of strings are
those of its portable schema.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    model_validator,
)

_DATA = Path(__file__).parents[2] / "src" / "geoclaims" / "data"
_ARTICLE = json.loads(_DATA.joinpath("geoclaims-1.0.portable.schema.json").read_bytes())
_PARTS = {"Article": _ARTICLE, **_ARTICLE["$defs"]}
_is_date = re.compile("(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?").fullmatch


def _like(model: str, field: str) -> StringConstraints:
    return StringConstraints(pattern=_PARTS[model]["properties"][field]["pattern"])


class PartialDate:
    """A date as precise as its source; not a dataclass, which pydantic would read in its own way."""

    __slots__ = ("_text", "day", "month", "year")

    def __init__(self, year: int, month: int | None = None, day: int | None = None) -> None:
        self.year = year
        self.month = month
        self.day = day
        parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
        self._text = "-".join(parts)  # kept, since dates are written more often than made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __str__(self) -> str:
        return self._text


@lru_cache(maxsize=8_192)  # as many as geoclaims remembers
def _read_date(value: str) -> PartialDate:
    if not _is_date(value):
        raise ValueError("no date")
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3 and parts[2] > 28 and parts[2] > calendar.monthrange(parts[0], parts[1])[1]:
        raise ValueError("no such day")
    return PartialDate(*parts)


def _date(value: Any) -> PartialDate:
    return value if isinstance(value, PartialDate) else _read_date(value)


def _each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(values) > 1 and len(set(values)) < len(values):
        raise ValueError("something twice")
    return values


Date = Annotated[PartialDate, PlainValidator(_date), PlainSerializer(str)]
Line = Annotated[str, _like("Actor", "name")]
Prose = Annotated[str, _like("Statement", "content")]
WholeText = Annotated[str, _like("Article", "text")]
Identifier = Annotated[str, _like("Actor", "id")]
Url = Annotated[str, _like("Article", "url")]
Language = Annotated[str, _like("Article", "language")]
Fingerprint = Annotated[str, _like("Span", "fingerprint")]
if TYPE_CHECKING:
    Country = str
else:
    Country = Literal[*filter(None, _PARTS["Actor"]["properties"]["country"]["enum"])]
Whole = Annotated[int, Field(ge=0, le=2**63 - 1)]
Identifiers = Annotated[tuple[Identifier, ...], AfterValidator(_each_once)]
Lines = Annotated[tuple[Line, ...], AfterValidator(_each_once)]
Urls = Annotated[tuple[Url, ...], AfterValidator(_each_once)]
ActorKind = StrEnum("ActorKind", ["PERSON", "GROUP", "ORGANIZATION", "STATE", "UNKNOWN"])
DenialKind = StrEnum("DenialKind", ["OUTRIGHT", "NON_INVOLVEMENT", "NO_EVIDENCE", "BLAME_SHIFT", "UNSPECIFIED"])


class Model(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Quantity(Model):
    minimum: Whole | None = None
    maximum: Whole | None = None
    unit: Line
    approximate: bool = False

    @model_validator(mode="after")
    def check_bounds(self) -> Self:
        if self.minimum is None and self.maximum is None:
            raise ValueError("no bound")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("bounds out of order")
        return self


class Span(Model):
    start: Whole
    end: Whole
    fingerprint: Fingerprint

    @model_validator(mode="after")
    def check_bounds(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end before start")
        return self


class Actor(Model):
    id: Identifier
    name: Line
    kind: ActorKind = ActorKind.UNKNOWN
    role: Line | None = None
    on_behalf_of: Identifier | None = None
    country: Country | None = None
    anonymous: bool = False
    aliases: Lines = ()
    same_as: Urls = ()

    @model_validator(mode="after")
    def check_principal(self) -> Self:
        if self.on_behalf_of == self.id:
            raise ValueError("on its own behalf")
        return self


class Statement(Model):
    type: Literal["statement"]
    id: Identifier
    speaker: Identifier
    content: Prose
    quotes: tuple[Prose, ...] = ()
    cue: Line | None = None
    date: Date | None = None
    event_date: Date | None = None
    event_end: Date | None = None
    event_place: Line | None = None
    about: Identifiers = ()
    confirms: Identifiers = ()
    reported_by: Identifiers = ()
    quantities: tuple[Quantity, ...] = ()
    basis: Prose | None = None
    appearances: Urls = ()
    labels: Lines = ()
    spans: tuple[Span, ...] = ()

    @model_validator(mode="after")
    def check_order(self) -> Self:
        end = 0
        for span in self.spans:
            if span.start < end:
                raise ValueError("passages out of order")
            end = span.end
        beginning, over = self.event_date, self.event_end
        if beginning is not None and over is not None:
            # An unknown part of the end is as late as possible.
            latest = (over.year, over.month or 12, over.day or 31)
            if latest < (beginning.year, beginning.month or 1, beginning.day or 1):
                raise ValueError("ends before it begins")
        return self


class Allegation(Statement):
    type: Literal["allegation"]  # type: ignore[assignment]
    accused: Annotated[Identifiers, Field(min_length=1)]


class Denial(Statement):
    type: Literal["denial"]  # type: ignore[assignment]
    denies: Annotated[Identifiers, Field(min_length=1)]
    kind: DenialKind = DenialKind.UNSPECIFIED


class Article(Model):
    schema_version: Literal["1.0"]
    id: Identifier
    title: Line | None = None
    publisher: Line | None = None
    annotator: Line | None = None
    url: Url | None = None
    archived_at: Url | None = None
    published: Date | None = None
    language: Language | None = None
    actors: tuple[Actor, ...] = ()
    statements: tuple[Annotated[Statement | Allegation | Denial, Field(discriminator="type")], ...] = ()
    text: WholeText | None = None

    @model_validator(mode="after")
    def check_references(self) -> Self:
        actors = {actor.id for actor in self.actors}
        statements = {statement.id: index for index, statement in enumerate(self.statements)}
        things = actors | statements.keys()
        principals = {actor.id: (actor.on_behalf_of,) for actor in self.actors if actor.on_behalf_of is not None}
        if len(things) != len(self.actors) + len(self.statements):
            raise ValueError("an id twice")
        if not all(principal in actors for (principal,) in principals.values()):
            raise ValueError("no such principal")
        forward = late = False
        for index, statement in enumerate(self.statements):
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
            if isinstance(statement, Allegation):
                if not actors.issuperset(statement.accused):
                    raise ValueError("no such actor")
            elif isinstance(statement, Denial):
                if statement.id in statement.denies or not statements.keys() >= set(statement.denies):
                    raise ValueError("no such statement")
                forward = forward or any(statements[id] > index for id in statement.denies)
        _check_no_circle(principals)
        if forward:  # denials of earlier statements cannot form a cycle
            _check_no_circle({each.id: each.denies for each in self.statements if isinstance(each, Denial)})
        if late:
            _check_no_circle({each.id: each.confirms for each in self.statements if each.confirms})
        return self


def _check_no_circle(edges: Mapping[str, Sequence[str]]) -> None:
    while edges:
        rest = {id: targets for id, targets in edges.items() if not edges.keys().isdisjoint(targets)}
        if len(rest) == len(edges):
            raise ValueError("a circle")
        edges = rest


def read(text: bytes) -> Article:
    return Article.model_validate_json(text)


def write(article: Article) -> bytes:
    return article.model_dump_json(exclude_defaults=True).encode()
