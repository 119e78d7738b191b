"""Define the JSON format beyond its fields: types, versions, and how documents of an older version are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from geoclaims._models.actors import Actor
from geoclaims._models.articles import Article
from geoclaims._models.statements import STATEMENT_TYPES, Statement
from geoclaims._values.quantities import Quantity
from geoclaims._values.spans import Span

MODELS: Final = (Article, Actor, *STATEMENT_TYPES, Quantity, Span)
"""The models that have a JSON form of their own."""

CURRENT: Final = "1.0"
"""The version that is written: the lowest that can hold any document, as long as it is the only one."""

DROPPED: Final[Mapping[type[Any], Mapping[str, str]]] = {
    Article: {"$schema": "The address of a JSON Schema, for editors; it is ignored."}
}
"""By model, the keys whose strings are read and dropped, each with its meaning."""

PASSAGES: Final = "passages"
"""The key that a statement of a draft has in place of `spans`."""

NAMESPACE: Final = "57ed6279-9e77-4b27-a65c-cb046acb8f9d"
"""The UUID under which geoclaims makes its own names; it stands for no address on the web."""

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: Final[Mapping[str, Step]] = {}
"""By older version, the function that makes a document of the next version, and leaves its argument as it is."""


def head_of(model: type[Any]) -> tuple[str, str] | None:
    """Return the key that stands first in the JSON of a model, and its value: the type, or the version.

    >>> from geoclaims import Denial
    >>> head_of(Denial)
    ('type', 'denial')
    """
    if issubclass(model, Statement):
        return "type", tag_of(model)
    return ("schema_version", CURRENT) if model is Article else None


def tag_of(model: type[Any]) -> str:
    """Return the `type` that JSON gives a kind of statement."""
    return model.__name__.lower()


def migrated(document: dict[str, Any], steps: Mapping[str, Step] = STEPS) -> dict[str, Any] | None:
    """Make of a document of any known version one of the current version; None if its version is not known.

    A document that states no version as a string is returned as it is, for reading to name what is wrong.
    """
    version = document.get("schema_version")
    while type(version) is str and version != CURRENT:
        if version not in steps:
            return None
        document = steps[version](document)
        version = document.get("schema_version")
    return document


def is_newer(version: str) -> bool:
    """Tell whether a string states a version after the current one."""
    major, dot, minor = version.partition(".")
    digits = "0123456789"
    is_version = bool(major and dot and minor) and not (major + minor).strip(digits) and len(version) < 20
    return is_version and (int(major), int(minor)) > tuple(map(int, CURRENT.split(".")))
