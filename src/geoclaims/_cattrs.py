"""Let a cattrs converter read and write the types of geoclaims."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import combinations
from operator import or_
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args

from geoclaims._actors import ActorKind
from geoclaims._dates import PartialDate
from geoclaims._errors import wrong_type
from geoclaims._json.documents import from_dict, to_dict
from geoclaims._json.format import MODELS
from geoclaims._json.reading import read_object, read_value
from geoclaims._links import LinkKind
from geoclaims._rules.rules import Choice, Date
from geoclaims._statements import STATEMENT_TYPES, DenialKind

if TYPE_CHECKING:
    import cattrs


def make_converter() -> cattrs.Converter:
    """Make a new cattrs converter that reads and writes the types of geoclaims.

    >>> from geoclaims import Quantity, make_converter
    >>> converter = make_converter()
    >>> converter.structure({"minimum": 155, "unit": "citizens"}, Quantity)
    Quantity(minimum=155, unit='citizens')
    """
    import cattrs

    converter = cattrs.Converter()
    configure_converter(converter)
    return converter


def configure_converter(converter: cattrs.BaseConverter) -> None:
    """Register the hooks of geoclaims on a cattrs converter.

    They cover only the models, the values in them, and unions of the three
    types of statement. Invalid data raises a `ValidationError`, inside the
    error that cattrs makes of it.

    Your own hook for one of these types wins if you register it later. It is
    used in your own classes and where the type is asked for itself, but an
    article, an actor or a statement is read and written as a whole.

    Raises:
        TypeError: `converter` is not a converter of cattrs.

    >>> import attrs, cattrs
    >>> from geoclaims import Allegation, Denial, configure_converter
    >>> claims = attrs.field(type=list[Allegation | Denial])
    >>> Dossier = attrs.make_class("Dossier", {"claims": claims})
    >>> converter = cattrs.Converter()
    >>> configure_converter(converter)
    >>> claim = {"type": "allegation", "id": "s1", "speaker": "navy"}
    >>> claim |= {"content": "Rebels came.", "accused": ["rebels"]}
    >>> converter.structure({"claims": [claim]}, Dossier).claims[0].accused
    ('rebels',)
    """
    import cattrs

    if not isinstance(converter, cattrs.BaseConverter):
        raise wrong_type(converter, "a converter of cattrs")
    # By a predicate, since a hook for a class would also be that of its subclasses.
    converter.register_structure_hook_func(MODELS.__contains__, from_dict)
    converter.register_unstructure_hook_func(MODELS.__contains__, to_dict)
    converter.register_structure_hook_func(_is_date, _read_date)
    converter.register_unstructure_hook_func(_is_date, str)
    # By the class, since for enumerations of strings cattrs asks no predicate: it has a hook for `str`.
    for enum in (ActorKind, DenialKind, LinkKind):
        converter.register_structure_hook(enum, _read_member)
        converter.register_unstructure_hook(enum, str)
    for union in _unions():
        converter.register_structure_hook(union, _read_one_of)


def _is_date(type_: Any) -> bool:
    return type_ is PartialDate


def _read_date(data: Any, _: Any) -> Any:
    return read_value(Date(PartialDate), data)


def _read_member(data: Any, enum: Any) -> Any:
    return read_value(Choice(enum), data)


def _read_one_of(data: Any, union: Any) -> Any:
    """Read a statement of one of the types of a union."""
    types = get_args(union)
    if data is None and NoneType in types:
        return None
    return read_object(tuple(model for model in STATEMENT_TYPES if model in types), data)


def _unions() -> Iterator[Any]:
    """Iterate over all unions of statement types, with and without None."""
    for number in range(2, len(STATEMENT_TYPES) + 1):
        for models in combinations(STATEMENT_TYPES, number):
            union = reduce(or_, models)
            yield from (union, union | None)
