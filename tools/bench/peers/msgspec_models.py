"""The same models as msgspec Structs: msgspec checks the types, functions in Python the rules."""

from types import SimpleNamespace
from typing import Any, Literal

import msgspec

from tools.bench.rules import (
    ActorKind,
    DenialKind,
    PartialDate,
    check_actor,
    check_allegation,
    check_denial,
    check_head,
    check_links,
    check_quantity,
    check_span,
    check_statement,
    read_date,
)


def structs(*, checked: bool) -> SimpleNamespace:
    """Make the models, with or without the rules."""

    class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
        pass

    class Quantity(Model, frozen=True, kw_only=True):
        minimum: int | None = None
        maximum: int | None = None
        unit: str
        approximate: bool = False

        if checked:

            def __post_init__(self) -> None:
                check_quantity(self)

    class Span(Model, frozen=True, kw_only=True):
        start: int
        end: int
        fingerprint: str

        if checked:

            def __post_init__(self) -> None:
                check_span(self)

    class Actor(Model, frozen=True, kw_only=True):
        id: str
        name: str
        kind: ActorKind = ActorKind.UNKNOWN
        role: str | None = None
        on_behalf_of: str | None = None
        country: str | None = None
        anonymous: bool = False
        aliases: tuple[str, ...] = ()
        same_as: tuple[str, ...] = ()

        if checked:

            def __post_init__(self) -> None:
                check_actor(self)

    class Statement(Model, tag_field="type", tag="statement", frozen=True, kw_only=True):
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

        if checked:

            def __post_init__(self) -> None:
                check_statement(self)

    class Allegation(Statement, tag_field="type", tag="allegation", frozen=True, kw_only=True):
        accused: tuple[str, ...]

        if checked:

            def __post_init__(self) -> None:
                check_allegation(self)

    class Denial(Statement, tag_field="type", tag="denial", frozen=True, kw_only=True):
        denies: tuple[str, ...]
        kind: DenialKind = DenialKind.UNSPECIFIED

        if checked:

            def __post_init__(self) -> None:
                check_denial(self)

    class Article(Model, frozen=True, kw_only=True):
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
        statements: tuple[Statement | Allegation | Denial, ...] = ()
        text: str | None = None

        if checked:

            def __post_init__(self) -> None:
                check_head(self)
                check_links(self, Allegation, Denial)

    return SimpleNamespace(Article=Article, Allegation=Allegation, Span=Span, Quantity=Quantity)


def _read_hook(type_: type[Any], value: Any) -> Any:
    if type_ is not PartialDate:
        raise NotImplementedError
    return read_date(value)


checked = structs(checked=True)
_decoder = msgspec.json.Decoder(checked.Article, dec_hook=_read_hook)
_decoder_of_types = msgspec.json.Decoder(structs(checked=False).Article, dec_hook=_read_hook)
_encoder = msgspec.json.Encoder(enc_hook=str)


def read(text: bytes) -> Any:
    return _decoder.decode(text)


def read_types(text: bytes) -> Any:
    """Read without any of the rules, to measure the cost of types alone."""
    return _decoder_of_types.decode(text)


def write(article: Any) -> bytes:
    return _encoder.encode(article)
