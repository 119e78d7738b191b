"""The functions that people call: objects to dictionaries to JSON text, and back."""

from __future__ import annotations

from typing import Any, TypeVar, overload

from geoclaims._display.wording import indefinite, listed
from geoclaims._issues import invalid
from geoclaims._json.quick_text import quick_dumps, read_text_quickly
from geoclaims._json.structuring import MODELS, expect_model, structured, unstructured
from geoclaims._json.text import parse
from geoclaims._models.articles import Article
from geoclaims._rules.model import Model

AnyModel = TypeVar("AnyModel", bound=Model)


def to_dict(obj: Model) -> dict[str, Any]:
    """An object as builtins that JSON can hold; fields at their defaults are left out.

    Raises:
        ValidationError: The object is of none of the models (`type`).

    >>> from geoclaims import Quantity
    >>> to_dict(Quantity(minimum=155, unit="citizens"))
    {'minimum': 155, 'unit': 'citizens'}
    """
    if type(obj) not in MODELS:
        raise invalid("type", (), obj, listed(indefinite(model.__name__) for model in MODELS))
    return unstructured(obj, {})


@overload
def from_dict(data: object) -> Article: ...
@overload
def from_dict(data: object, type: type[AnyModel]) -> AnyModel: ...
def from_dict(data: object, type: type[Any] = Article) -> Any:
    """The object that JSON-ready builtins stand for.

    Args:
        data: What a JSON text stands for.
        type: Any of the models, `Quantity` or `Span`; `Statement` reads all three kinds.

    Raises:
        ValidationError: The data breaks a rule; the issues list all that is wrong, in document order.
        TypeError: `type` is none of the models.

    >>> from geoclaims import Quantity
    >>> from_dict({"minimum": 155, "unit": "citizens"}, Quantity)
    Quantity(minimum=155, unit='citizens')
    """
    expect_model(type)
    return structured(type, data, {})


def to_json(obj: Model, *, indent: int | str | None = None) -> str:
    """An object as JSON text, compact unless `indent` is given; the same object always gives the same text.

    Raises:
        ValidationError: The object is of none of the models (`type`).

    >>> from geoclaims import Quantity
    >>> to_json(Quantity(minimum=155, unit="citizens"))
    '{"minimum":155,"unit":"citizens"}'
    """
    document = to_dict(obj)
    if indent is None and (quick := quick_dumps()) is not None:
        return quick(document).decode()
    import json

    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), indent=indent)


@overload
def from_json(text: str | bytes) -> Article: ...
@overload
def from_json(text: str | bytes, type: type[AnyModel]) -> AnyModel: ...
def from_json(text: str | bytes, type: type[Any] = Article) -> Any:
    """The object that a JSON text stands for.

    Args:
        text: JSON, in UTF-8 where it is bytes.
        type: Any of the models, `Quantity` or `Span`; `Statement` reads all three kinds.

    Raises:
        ValidationError: The text is not strict JSON, or breaks a rule; the issues list all that is wrong, in
            document order.
        TypeError: `type` is none of the models.

    >>> from geoclaims import Quantity
    >>> from_json('{"minimum":155,"unit":"citizens"}', Quantity)
    Quantity(minimum=155, unit='citizens')
    """
    return read_text(text, type)


def read_text(text: str | bytes, type: type[Any], *, first_line: int = 1) -> Any:
    """What `from_json` does, where a text begins on some line of its file."""
    quick = read_text_quickly(type, text) if type in MODELS else None
    return from_dict(parse(text, first_line=first_line), type) if quick is None else quick
