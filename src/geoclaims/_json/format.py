"""Define the JSON format beyond its fields: types and versions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._links import Link
from geoclaims._spans import Span
from geoclaims._statements import STATEMENT_TYPES, Quantity, Statement

OF_ARTICLES: Final = (Article, Actor, *STATEMENT_TYPES, Quantity, Span)
"""The models of an article and of what is in it."""

MODELS: Final = (*OF_ARTICLES, Link)
"""The models that have a JSON form of their own."""

CURRENT: Final = "1.0"
"""The version that is written. It is the only one so far, so no document needs to be converted when it is read."""

DROPPED: Final[Mapping[type[Any], Mapping[str, str]]] = {
    Article: {"$schema": "The address of a JSON Schema, for editors; it is ignored."}
}
"""The keys whose strings are read and ignored, by model, each with its meaning."""

PASSAGES: Final = "passages"
"""The key that a statement of a draft has instead of `spans`."""

ANSWERED: Final = ("actors", "statements")
"""The fields of an article that every draft has; the others but its text are metadata, which a caller may know."""

PLACEHOLDERS: Final = {
    "id": "<short, lower case, says what it is>",
    "name": "<as the article names it>",
    "type": "<statement, allegation or denial>",
    "speaker": "<id of an actor>",
    "content": "<the claim, in one sentence of your own>",
    PASSAGES: "<words of the text that carry it>",
}
"""What a new draft has for people to replace, by the key."""

NAMESPACE: Final = "57ed6279-9e77-4b27-a65c-cb046acb8f9d"
"""The UUID namespace of geoclaims' own names; it is not an address on the web."""


def head_of(model: type[Any]) -> tuple[str, str] | None:
    """Return the first key in the JSON of a model, and its value: the type, or the version.

    >>> from geoclaims import Denial
    >>> head_of(Denial)
    ('type', 'denial')
    """
    if issubclass(model, Statement | Link):
        return "type", tag_of(model)
    return ("schema_version", CURRENT) if model is Article else None


def tag_of(model: type[Any]) -> str:
    """Return the `type` that JSON gives a kind of statement, or a link."""
    return model.__name__.lower()


def is_newer(version: str) -> bool:
    """Report whether a version is newer than the current one."""
    # Longer ones are no versions; Python refuses to read numbers of some thousand digits.
    if len(version) >= 20 or not re.fullmatch(r"[0-9]+\.[0-9]+", version):
        return False
    return [int(part) for part in version.split(".")] > [int(part) for part in CURRENT.split(".")]
