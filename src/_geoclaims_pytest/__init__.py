"""Show in pytest what differs between two articles; pytest alone shows all statements of both in one line.

It is outside the package, so that pytest, which loads this module, does not import geoclaims for tests of other things.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """List what differs between two articles that should be equal; leave all else to pytest."""
    article = getattr(sys.modules.get("geoclaims"), "Article", None)
    if op != "==" or article is None or type(left) is not article or type(right) is not article:
        return None
    return [f"{left!r} == {right!r}", *_differences(left, right)]


def _differences(left: Any, right: Any, place: str = "") -> Iterator[str]:
    """List the fields in which two objects of one class differ, those of actors and statements one by one."""
    for field in left.__attrs_attrs__:
        one, other = getattr(left, field.name), getattr(right, field.name)
        if one != other and field.name in {"actors", "statements"}:
            yield from _differences_by_id(one, other, field.name)
        elif one != other:
            yield f"{place}{field.name}: {one!r} != {other!r}"


def _differences_by_id(ones: Any, others: Any, noun: str) -> Iterator[str]:
    by_id, others_by_id = ({each.id: each for each in things} for things in (ones, others))
    for id in by_id | others_by_id:
        one, other = by_id.get(id), others_by_id.get(id)
        if type(one) is type(other):
            yield from _differences(one, other, f"{id}: ")
        else:  # it has another type, or is not there
            yield f"{id}: {one!r} != {other!r}"
    if by_id == others_by_id:
        yield f"{noun}: {list(by_id)} != {list(others_by_id)}"
