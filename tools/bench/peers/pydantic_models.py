"""The same models and rules in pydantic v2: strict and frozen, and in its compiled core wherever it can say a rule."""

from __future__ import annotations

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

from tools.bench.constants import (
    COUNTRIES,
    FINGERPRINT,
    IDENTIFIER,
    LANGUAGE,
    LARGEST_NUMBER,
    LINE,
    PROSE,
    URL,
    WHOLE_TEXT,
)
from tools.bench.rules import (
    ActorKind,
    DenialKind,
    PartialDate,
    check_event,
    check_links,
    check_order,
    is_each_once,
    read_date,
)


def _date(value: Any) -> PartialDate:
    return value if isinstance(value, PartialDate) else read_date(value)


def _form(pattern: str) -> StringConstraints:
    return StringConstraints(pattern=f"^(?:{pattern})$")


def _each_once(values: tuple[str, ...]) -> tuple[str, ...]:
    if not is_each_once(values):
        raise ValueError("something twice")
    return values


Date = Annotated[PartialDate, PlainValidator(_date), PlainSerializer(str)]
Line = Annotated[str, _form(LINE)]
Prose = Annotated[str, _form(PROSE)]
WholeText = Annotated[str, _form(WHOLE_TEXT)]
Identifier = Annotated[str, _form(IDENTIFIER)]
Url = Annotated[str, _form(URL)]
Language = Annotated[str, _form(LANGUAGE)]
Fingerprint = Annotated[str, _form(FINGERPRINT)]
if TYPE_CHECKING:
    Country = str
else:
    Country = Literal[*COUNTRIES.split()]
Whole = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
Identifiers = Annotated[tuple[Identifier, ...], AfterValidator(_each_once)]
Lines = Annotated[tuple[Line, ...], AfterValidator(_each_once)]
Urls = Annotated[tuple[Url, ...], AfterValidator(_each_once)]


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
    def check_statement(self) -> Self:
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
    def check_statement(self) -> Self:
        check_order(self.spans)
        check_event(self.event_date, self.event_end)
        return self


class Allegation(Statement):
    type: Literal["allegation"]  # type: ignore[assignment]
    accused: Annotated[Identifiers, Field(min_length=1)]


class Denial(Statement):
    type: Literal["denial"]  # type: ignore[assignment]
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
    text: WholeText | None = None

    @model_validator(mode="after")
    def check_references(self) -> Self:
        check_links(self, Allegation, Denial)
        return self


def read(text: bytes) -> Article:
    return Article.model_validate_json(text)


def write(article: Article) -> bytes:
    return article.model_dump_json(exclude_defaults=True).encode()
