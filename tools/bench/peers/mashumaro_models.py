"""The same models as dataclasses that mashumaro reads and writes, with orjson; functions in Python check the rules."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from mashumaro.config import BaseConfig
from mashumaro.mixins.orjson import DataClassORJSONMixin
from mashumaro.types import Discriminator

from tools.bench.rules import (
    ActorKind,
    DenialKind,
    PartialDate,
    check_actor,
    check_head,
    check_links,
    check_quantity,
    check_references,
    check_span,
    check_statement,
    read_date,
)


@dataclass(frozen=True, kw_only=True)
class Model(DataClassORJSONMixin):
    class Config(BaseConfig):
        forbid_extra_keys = True
        omit_default = True
        serialization_strategy = {PartialDate: {"serialize": str, "deserialize": read_date}}  # noqa: RUF012


@dataclass(frozen=True, kw_only=True)
class Quantity(Model):
    minimum: int | None = None
    maximum: int | None = None
    unit: str
    approximate: bool = False

    def __post_init__(self) -> None:
        check_quantity(self)


@dataclass(frozen=True, kw_only=True)
class Span(Model):
    start: int
    end: int
    fingerprint: str

    def __post_init__(self) -> None:
        check_span(self)


@dataclass(frozen=True, kw_only=True)
class Actor(Model):
    id: str
    name: str
    kind: ActorKind = ActorKind.UNKNOWN
    role: str | None = None
    on_behalf_of: str | None = None
    country: str | None = None
    anonymous: bool = False
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_actor(self)


@dataclass(frozen=True, kw_only=True)
class AnyStatement(Model):
    id: str
    speaker: str
    content: str
    quotes: tuple[str, ...] = ()
    cue: str | None = None
    date: PartialDate | None = None
    event_date: PartialDate | None = None
    event_end: PartialDate | None = None
    event_place: str | None = None
    about: tuple[str, ...] = ()
    confirms: tuple[str, ...] = ()
    reported_by: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    basis: str | None = None
    appearances: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    def __post_serialize__(self, d: dict[str, Any]) -> dict[str, Any]:
        return {"type": type(self).__name__.lower(), **d}  # a default, which would be left out


@dataclass(frozen=True, kw_only=True)
class Statement(AnyStatement):
    type: Literal["statement"] = "statement"

    def __post_init__(self) -> None:
        check_statement(self)


@dataclass(frozen=True, kw_only=True)
class Allegation(AnyStatement):
    type: Literal["allegation"] = "allegation"
    accused: tuple[str, ...]

    def __post_init__(self) -> None:
        check_statement(self)
        check_references(self.accused)


@dataclass(frozen=True, kw_only=True)
class Denial(AnyStatement):
    type: Literal["denial"] = "denial"
    denies: tuple[str, ...]
    kind: DenialKind = DenialKind.UNSPECIFIED

    def __post_init__(self) -> None:
        check_statement(self)
        check_references(self.denies)


@dataclass(frozen=True, kw_only=True)
class Article(Model):
    schema_version: Literal["1.0"]
    id: str
    title: str | None = None
    publisher: str | None = None
    annotator: str | None = None
    url: str | None = None
    archived_at: str | None = None
    published: PartialDate | None = None
    language: str | None = None
    actors: tuple[Actor, ...] = ()
    statements: tuple[
        Annotated[Statement | Allegation | Denial, Discriminator(field="type", include_supertypes=True)], ...
    ] = ()
    text: str | None = None

    def __post_init__(self) -> None:
        check_head(self)
        check_links(self, Allegation, Denial)


def read(text: bytes) -> Article:
    return Article.from_json(text)


def write(article: Article) -> bytes:
    return article.to_jsonb()
