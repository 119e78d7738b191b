"""The models of geoclaims, which check the rules when made, read and written by cattrs without our hooks."""

from __future__ import annotations

from typing import Any, cast

import orjson
from cattrs.preconf.orjson import make_converter
from cattrs.strategies import configure_tagged_union

from geoclaims import Allegation, Article, Denial, PartialDate, Statement
from tools.bench.constants import VERSION
from tools.bench.rules import read_date

_AnyStatement = Statement | Allegation | Denial


def _date(value: str, _: Any) -> PartialDate:
    date = read_date(value)
    return PartialDate(date.year, date.month, date.day)


_converter = make_converter(detailed_validation=False, forbid_extra_keys=True, omit_if_default=True)
_converter.register_structure_hook(PartialDate, _date)
_converter.register_unstructure_hook(PartialDate, str)
configure_tagged_union(_AnyStatement, _converter, lambda model: model.__name__.lower(), "type")
_read_statement = _converter.get_structure_hook(_AnyStatement)
_write_statement = _converter.get_unstructure_hook(_AnyStatement)
_converter.register_structure_hook_func(
    lambda type_: type_ == tuple[Statement, ...],
    lambda values, _: tuple([_read_statement(value, _AnyStatement) for value in values]),
)
_converter.register_unstructure_hook_func(
    lambda type_: type_ == tuple[Statement, ...], lambda values: [_write_statement(value) for value in values]
)


def read(text: bytes) -> Article:
    data = orjson.loads(text)
    if data.pop("schema_version") != VERSION:
        raise ValueError("another version")
    return _converter.structure(data, Article)


def write(article: Article) -> bytes:
    return orjson.dumps({"schema_version": VERSION, **cast("dict[str, Any]", _converter.unstructure(article))})
