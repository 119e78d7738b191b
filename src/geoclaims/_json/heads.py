"""What stands first in the JSON of some models and is none of their fields."""

from __future__ import annotations

from typing import Any

from geoclaims._json.versions import CURRENT
from geoclaims._models.articles import Article
from geoclaims._models.statements import Statement


def head_of(model: type[Any]) -> tuple[str, str] | None:
    """The key that comes first and its value: the kind of a statement, the version of an article.

    >>> from geoclaims import Denial
    >>> head_of(Denial)
    ('type', 'denial')
    """
    if issubclass(model, Statement):
        return "type", tag_of(model)
    return ("schema_version", CURRENT) if model is Article else None


def tag_of(model: type[Any]) -> str:
    """What names a kind of statement in JSON."""
    return model.__name__.lower()
