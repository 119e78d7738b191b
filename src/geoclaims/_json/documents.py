"""Convert objects to dictionaries and JSON text, and back."""

from __future__ import annotations

import json
from typing import Any, TypeVar, overload

from geoclaims._arguments import check_indent, checked_instance
from geoclaims._article import Article
from geoclaims._errors import ValidationError
from geoclaims._json.format import MODELS
from geoclaims._json.parsing import decoded, parse, quick, strings_in, with_positions
from geoclaims._json.reading import NeedsStrictParserError, QuickNotes, kinds_of, read_and_note, read_object
from geoclaims._json.writing import text_writers, writers
from geoclaims._model import Model

AnyModel = TypeVar("AnyModel", bound=Model)


def to_dict(obj: Model) -> dict[str, Any]:
    """Convert an object to JSON-ready builtins, without fields at their defaults.

    Args:
        obj: An instance of a model.

    Raises:
        TypeError: `obj` is not an instance of a model.

    >>> from geoclaims import Quantity, to_dict
    >>> to_dict(Quantity(minimum=155, unit="citizens"))
    {'minimum': 155, 'unit': 'citizens'}
    """
    return writers()[type(checked_instance(obj, *MODELS))](obj)


@overload
def from_dict(data: object) -> Article: ...
@overload
def from_dict(data: object, type: type[AnyModel]) -> AnyModel: ...
def from_dict(data: object, type: type[Any] = Article) -> Any:
    """Read an object from JSON-ready builtins.

    Args:
        data: Builtins, as a JSON parser gives them.
        type: The model; `Statement` reads all three types.

    Raises:
        ValidationError: The data breaks a rule.
        TypeError: `type` is not a model.

    >>> from geoclaims import Quantity, from_dict
    >>> from_dict({"minimum": 155, "unit": "citizens"}, Quantity)
    Quantity(minimum=155, unit='citizens')
    """
    return read_object(kinds_of(type), data)


def to_json(obj: Model, *, indent: int | str | None = None) -> str:
    """Write an object as JSON text; the same object always gives the same text.

    Args:
        obj: An instance of a model.
        indent: As for `json.dumps`, at most 100, and white space if it is a
            string; without it the text is compact.

    Raises:
        ValidationError: The indentation is another one (`range`).
        TypeError: `obj` is not an instance of a model, or `indent` neither a
            number nor a string.

    >>> from geoclaims import Quantity, to_json
    >>> to_json(Quantity(minimum=155, unit="citizens"))
    '{"minimum":155,"unit":"citizens"}'
    """
    model = type(checked_instance(obj, *MODELS))
    if indent is None:
        if orjson := quick():
            written: bytes = orjson.dumps(writers(tuples=True)[model](obj))
            return written.decode()
        return text_writers()[model](obj)
    check_indent(indent)
    return json.dumps(to_dict(obj), ensure_ascii=False, separators=(",", ":"), indent=indent)


@overload
def from_json(text: str | bytes) -> Article: ...
@overload
def from_json(text: str | bytes, type: type[AnyModel]) -> AnyModel: ...
def from_json(text: str | bytes, type: type[Any] = Article) -> Any:
    """Read an object from JSON text.

    Args:
        text: The JSON; bytes are UTF-8.
        type: The model; `Statement` reads all three types.

    Raises:
        ValidationError: The text is not strict JSON, or the data breaks a rule.
        TypeError: `text` is neither text nor bytes, or `type` is not a model.

    >>> from geoclaims import Quantity, from_json
    >>> from_json('{"minimum":155,"unit":"citizens"}', Quantity)
    Quantity(minimum=155, unit='citizens')
    """
    return read_json(text, type)


def read_json(text: str | bytes, model: type[Any], *, first_line: int = 1) -> Any:
    """Read an object from JSON text that begins on some line of its file; otherwise as `from_json`."""
    kinds = kinds_of(model)
    if type(text) in {str, bytes}:  # a subclass may override any method
        notes = QuickNotes(None)
        try:
            data = text.encode() if isinstance(text, str) else text
            orjson = quick()
            document = orjson.loads(data) if orjson else json.loads(data.decode())
            value = read_and_note(kinds, document, notes, plain_keys=True)
            # The fast parser keeps the last of two members with one key: fewer strings are then read than the text has.
            if notes.strings == strings_in(data):
                return value
        except (ValueError, RecursionError, NeedsStrictParserError):
            pass  # the strict parser reports what is wrong
    text = decoded(text, first_line)
    document = parse(text, first_line=first_line)
    try:
        return read_object(kinds, document, plain_keys=True)
    except ValidationError as error:
        raise with_positions([error], text, first_line)[0] from None
