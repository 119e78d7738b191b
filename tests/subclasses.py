"""Subclasses of the types that JSON gives: those of dict and list are read, those of scalars are of the wrong type."""

from __future__ import annotations

from typing import Any


class Text(str):
    """A subclass of `str`."""

    __slots__ = ()


class Number(int):
    """A subclass of `int`."""


class Members(dict[Any, Any]):
    """A subclass of `dict`."""

    __slots__ = ()


class Items(list[Any]):
    """A subclass of `list`."""

    __slots__ = ()
