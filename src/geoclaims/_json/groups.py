"""Collect the issues inside groups of exceptions, such as those of a cattrs converter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from geoclaims._errors import AnchorError, Issue, Path, Place, ValidationError, json_path_of, path_of
from geoclaims._messages import found

_OURS: Final = (ValidationError, AnchorError)


def collect_issues(exception: BaseException, /) -> tuple[Issue, ...]:
    """Collect all issues inside an exception.

    Each has its path from the outermost class. A cattrs converter raises a
    group for each class and each collection in which something is wrong, with
    the errors of geoclaims inside. They are found at any depth, in any
    `ExceptionGroup` and as the cause of another exception (`raise … from
    error`). Paths begin with the attributes, indices and keys that cattrs noted
    on the way. An attribute has its name in Python, even where your converter
    reads it from another key. Without `detailed_validation` cattrs notes
    nothing, and a path begins at the object of geoclaims.

    Other errors are left out, such as that of text in a number field of your
    own: `exception.split(GeoclaimsError)` separates the two, and
    `cattrs.transform_error` lists the others. Issues beyond the first hundred
    of an error are not in the tuple; the error counts them as `omitted`.

    Args:
        exception: An error of cattrs, a group, or an error of geoclaims.

    Returns:
        The issues, in the order of the exceptions; none if no error of
        geoclaims is inside.

    Raises:
        TypeError: `exception` is not an exception.

    >>> from geoclaims import Quantity, collect_issues, make_converter
    >>> counts = {"harbour": [{"unit": "ships"}]}
    >>> try:
    ...     make_converter().structure(counts, dict[str, list[Quantity]])
    ... except Exception as error:
    ...     [issue] = collect_issues(error)
    >>> issue.json_path, issue.code
    ('$.harbour[0]', 'missing')
    """
    if not isinstance(exception, BaseException):
        raise TypeError(f"found {found(exception)}, expected an exception")
    return tuple(
        attrs.evolve(issue, path=(*path, *issue.path))
        for path, inner in _inside(exception)
        if isinstance(inner, _OURS)
        for issue in inner.issues
    )


def ours_alone(exception: BaseException) -> list[tuple[Path, ValidationError | AnchorError]] | None:
    """List the errors inside an exception, each with its path; None if one of them is not from geoclaims."""
    errors: list[tuple[Path, ValidationError | AnchorError]] = []
    for path, inner in _inside(exception):
        if not isinstance(inner, _OURS):
            return None
        errors.append((path, inner))
    return errors


class PlaceNote(str):
    """A note with the place in an article at which a user's hook raised an error that is not from geoclaims."""

    __slots__ = ("path",)
    path: Path


def note_of(place: Place) -> PlaceNote:
    """Make the note of a place."""
    path = path_of(place)
    note = PlaceNote(f"while geoclaims read {json_path_of(path)}")
    note.path = path
    return note


def _inside(exception: BaseException) -> Iterator[tuple[Path, BaseException]]:
    """Iterate over the exceptions in groups, and the causes of foreign ones, each once, with its path."""
    seen: set[int] = set()
    waiting: list[tuple[BaseException, Place]] = [(exception, ())]
    while waiting:  # no recursion: groups may be nested to any depth
        here, outside = waiting.pop()
        if id(here) in seen:  # an exception may be in many groups, or be its own cause
            continue
        seen.add(id(here))
        place = _noted(here, outside)
        if not isinstance(here, BaseExceptionGroup):
            yield path_of(place), here
        if not isinstance(here, _OURS) and here.__cause__ is not None:
            waiting.append((here.__cause__, place))
        if isinstance(here, BaseExceptionGroup):
            waiting += [(inner, place) for inner in reversed(here.exceptions)]


def _noted(exception: BaseException, outside: Place) -> Place:
    """Extend a place by the steps that are noted on an exception; the last note is the outermost."""
    place = outside
    for path in reversed(list(_paths(exception))):
        for step in path:
            place = (place, step)
    return place


def _paths(exception: BaseException) -> Iterator[Path]:
    """Iterate over the paths that cattrs and geoclaims have noted on an exception."""
    notes = getattr(exception, "__notes__", ())
    # Other libraries' notes are plain strings; without cattrs' notes, cattrs need not be loaded.
    for note in [note for note in notes if type(note) is not str] if isinstance(notes, list | tuple) else ():
        from cattrs.errors import AttributeValidationNote, IterableValidationNote

        if isinstance(note, PlaceNote):
            yield note.path
        elif isinstance(note, AttributeValidationNote):
            yield (note.name,)
        elif isinstance(note, IterableValidationNote):
            yield (note.index if type(note.index) is int else str(note.index),)
