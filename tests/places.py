"""The article with every field in every form, and its places: find all, change one, ask where something is wrong."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geoclaims import ValidationError, from_dict

Place = tuple[str | int, ...]

DOCUMENT: dict[str, Any] = json.loads(Path(__file__).with_name("goldens").joinpath("article.json").read_text("utf-8"))
ARTICLE = from_dict(DOCUMENT)


def places(value: Any = DOCUMENT, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """All places in a document with what stands there, but for the root."""
    for key, member in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key), member
        if isinstance(member, dict | list):
            yield from places(member, (*path, key))


# What the tables of the contract say of the fields, by name.
REFERENCES = {"on_behalf_of", "speaker", "reported_by", "accused", "confirms", "denies", "about"}
PROSE = {"content", "quotes", "basis"}
NAMES = {"title", "publisher", "annotator", "name", "role", "aliases", "cue", "event_place", "labels", "unit"}
ADDRESSES = {"url", "archived_at", "same_as", "appearances"}
DATES = {"published", "date", "event_date", "event_end"}

PLACES = list(places())
ONCE = dict({tuple(part if type(part) is str else 0 for part in one[0]): one for one in PLACES}.values())
"""A place of each field, and of an element of each: what is read alike is tried once."""


def at(path: Place, document: Any = DOCUMENT) -> Any:
    """What stands at a place."""
    for part in path:
        document = document[part]
    return document


def changed(path: Place, value: Any, document: Any = DOCUMENT) -> Any:
    """The document with another value at a place."""
    if not path:
        return value
    copied = copy.copy(document)
    copied[path[0]] = changed(path[1:], value, document[path[0]] if path[1:] else None)
    return copied


def without(path: Place) -> dict[str, Any]:
    """The document without what stands at a place."""
    document = copy.deepcopy(DOCUMENT)
    del at(path[:-1], document)[path[-1]]
    return document


def error(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> ValidationError:
    """The error that a function raises."""
    with pytest.raises(ValidationError) as caught:
        function(*arguments, **keywords)
    assert str(caught.value).encode()
    return caught.value


def issues(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> list[tuple[str, Place]]:
    """The codes and places of all that is wrong with what a function is given."""
    return [(issue.code, issue.path) for issue in error(function, *arguments, **keywords).issues]
