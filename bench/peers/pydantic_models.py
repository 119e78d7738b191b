"""The same models and rules in pydantic v2, strict and frozen, as its documentation recommends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

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

from bench.rules import (
    COUNTRIES,
    DATE_PATTERN,
    FINGERPRINT_PATTERN,
    IDENTIFIER_PATTERN,
    LANGUAGE_PATTERN,
    LARGEST_NUMBER,
    UNFIT_IN_LINE,
    UNFIT_IN_PROSE,
    URL_PATTERN,
    check_article,
    days_in_month,
)


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


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        rest = [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join([f"{self.year:04}", *rest])


_match_date = re.compile(DATE_PATTERN).fullmatch


def _date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str) or not _match_date(value):
        raise ValueError("no date")
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3 and parts[2] > days_in_month(parts[0], parts[1]):
        raise ValueError("no such day")
    return PartialDate(*parts)


def _text(pattern: str) -> AfterValidator:
    unfit = re.compile(pattern).search

    def check(value: str) -> str:
        if unfit(value):
            raise ValueError("control character")
        if not value or value.isspace():
            raise ValueError("empty")
        return value

    return AfterValidator(check)


def _unique(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(values) > 1 and len(set(values)) != len(values):
        raise ValueError("duplicate")
    return values


def _country(value: str) -> str:
    if value not in COUNTRIES:
        raise ValueError("unknown country")
    return value


Date = Annotated[PartialDate, PlainValidator(_date), PlainSerializer(str)]
Line = Annotated[str, _text(UNFIT_IN_LINE)]
Prose = Annotated[str, _text(UNFIT_IN_PROSE)]
Identifier = Annotated[str, StringConstraints(pattern=f"^(?:{IDENTIFIER_PATTERN})$")]
Url = Annotated[str, StringConstraints(pattern=f"^(?:{URL_PATTERN})$")]
Language = Annotated[str, StringConstraints(pattern=f"^(?:{LANGUAGE_PATTERN})$")]
Fingerprint = Annotated[str, StringConstraints(pattern=f"^(?:{FINGERPRINT_PATTERN})$")]
Country = Annotated[str, AfterValidator(_country)]
Whole = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
Identifiers = Annotated[tuple[Identifier, ...], AfterValidator(_unique)]
Lines = Annotated[tuple[Line, ...], AfterValidator(_unique)]
Urls = Annotated[tuple[Url, ...], AfterValidator(_unique)]


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
    def check_order(self) -> Self:
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


class Statement(Model):
    type: Literal["statement"] = "statement"
    id: Identifier
    speaker: Identifier
    content: Prose
    quotes: tuple[Prose, ...] = ()
    cue: Line | None = None
    date: Date | None = None
    event_date: Date | None = None
    event_place: Line | None = None
    about: Identifiers = ()
    reported_by: Identifiers = ()
    quantities: tuple[Quantity, ...] = ()
    basis: Prose | None = None
    labels: Lines = ()
    spans: tuple[Span, ...] = ()

    @model_validator(mode="after")
    def check_spans(self) -> Self:
        end = 0
        for span in self.spans:
            if span.start < end:
                raise ValueError("spans out of order")
            end = span.end
        return self


class Allegation(Statement):
    type: Literal["allegation"] = "allegation"  # type: ignore[assignment]
    accused: Annotated[Identifiers, Field(min_length=1)]


class Denial(Statement):
    type: Literal["denial"] = "denial"  # type: ignore[assignment]
    denies: Annotated[Identifiers, Field(min_length=1)]
    kind: DenialKind = DenialKind.UNSPECIFIED


AnyStatement = Annotated[Statement | Allegation | Denial, Field(discriminator="type")]


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
    statements: tuple[AnyStatement, ...] = ()
    text: str | None = None

    @model_validator(mode="after")
    def check_references(self) -> Self:
        check_article(self, Allegation, Denial)
        return self
