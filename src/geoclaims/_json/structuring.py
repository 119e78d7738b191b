"""Between builtins and objects: on the fast path wherever it can be taken, on the plain one otherwise."""

from __future__ import annotations

import marshal
from typing import Any, Final

from geoclaims._display.wording import listed
from geoclaims._json.compiled import read_quickly
from geoclaims._json.compiled_writing import compiled_writer
from geoclaims._json.reading import Hooks as ReadingHooks, read
from geoclaims._json.writing import Hooks as WritingHooks, write
from geoclaims._models.actors import Actor
from geoclaims._models.articles import Article
from geoclaims._models.statements import STATEMENT_TYPES, Statement
from geoclaims._values.quantities import Quantity
from geoclaims._values.spans import Span

MODELS: Final = (Article, Actor, *STATEMENT_TYPES, Quantity, Span)
"""What has a JSON of its own."""


def expect_model(type_: type[Any]) -> None:
    """Refuse what is none of the models.

    Raises:
        TypeError: It is none of them.
    """
    if type_ not in MODELS:
        raise TypeError(f"found {type_!r}, expected {listed(model.__name__ for model in MODELS)}")


def structured(model: type[Any], data: Any, hooks: ReadingHooks) -> Any:
    """The object that builtins stand for; a user's own hooks are for the plain path alone.

    Raises:
        ValidationError: The data breaks a rule.
    """
    if not hooks:
        try:
            return structured_quickly(model, data)
        except Exception:  # noqa: BLE001, S110 - the plain path says what it is
            pass
    return read(STATEMENT_TYPES if model is Statement else (model,), data, hooks)


def structured_quickly(model: type[Any], data: Any) -> Any:
    """The object that builtins stand for.

    Raises:
        Exception: Of whatever type, where the data is not plainly right.
    """
    marshal.dumps(data)  # refuses all that is not of exactly the builtin types
    return read_quickly(model, data, _see_nothing, clean=False)


def _see_nothing(data: object) -> None:
    """A dictionary cannot hold a key twice."""


def unstructured(instance: Any, hooks: WritingHooks) -> dict[str, Any]:
    """The builtins that stand for an object; a user's own hooks are for the plain path alone."""
    return write(instance, hooks) if hooks else compiled_writer(type(instance))(instance)
