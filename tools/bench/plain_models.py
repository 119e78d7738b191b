"""The fields of geoclaims without its rules: as Structs of msgspec, and as attrs classes that cattrs reads."""

from __future__ import annotations

import functools
import operator
import types
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs
import msgspec
from cattrs.preconf.orjson import make_converter
from cattrs.strategies import configure_tagged_union

from geoclaims import Actor, Allegation, Article, Denial, PartialDate, Quantity, Span, Statement

_KINDS = (Statement, Allegation, Denial)


def _plain(type_: Any, made: dict[Any, Any]) -> Any:
    """Return the type of a field with models replaced, and dates by text."""
    if type_ is PartialDate:
        return str
    arguments = [_plain(argument, made) for argument in get_args(type_)]
    if get_origin(type_) is tuple:
        return tuple[tuple(arguments)]  # type: ignore[misc]
    return functools.reduce(operator.or_, arguments) if isinstance(type_, types.UnionType) else made.get(type_, type_)


def _models(make: Any) -> dict[Any, Any]:
    """Make a class like each model, with the fields that lack a default first."""
    made: dict[Any, Any] = {}
    for model in (Quantity, Span, Actor, *_KINDS, Article):
        hints = get_type_hints(model)
        fields = {field.name: (_plain(hints[field.name], made), field.default) for field in attrs.fields(model)}
        if model is Article:
            fields = {"schema_version": (Literal["1.0"], attrs.NOTHING), **fields}
        made[model] = make(model, fields)
    return made


def _struct(model: Any, fields: dict[str, tuple[Any, Any]]) -> Any:
    given = [
        (name, type_) if default is attrs.NOTHING else (name, type_, default)
        for name, (type_, default) in fields.items()
    ]
    tag: dict[str, Any] = {"tag_field": "type", "tag": model.__name__.lower()} if model in _KINDS else {}
    return msgspec.defstruct(
        model.__name__, given, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, **tag
    )


def _class(model: Any, fields: dict[str, tuple[Any, Any]]) -> Any:
    given = {name: attrs.field(type=type_, default=default) for name, (type_, default) in fields.items()}
    return attrs.make_class(model.__name__, given, frozen=True, slots=True, kw_only=True)


_classes = _models(_class)
_converter = make_converter(forbid_extra_keys=True, omit_if_default=True)
_any_statement = functools.reduce(operator.or_, [_classes[kind] for kind in _KINDS])
configure_tagged_union(_any_statement, _converter, tag_name="type", tag_generator=lambda kind: kind.__name__.lower())

read_msgspec = msgspec.json.Decoder(_models(_struct)[Article]).decode
write_msgspec = msgspec.json.Encoder().encode


def read_cattrs(text: bytes) -> Any:
    return _converter.loads(text, _classes[Article])


def write_cattrs(article: Any) -> bytes:
    return bytes(_converter.dumps(article))
