"""Collect issues: those of one document or object while it is checked, and those inside an exception."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final, final

import attrs

from geoclaims._errors import MOST_ISSUES, AnchorError, Issue, Path, ValidationError, wrong_type
from geoclaims._messages import PYTHON, Expected, Vocabulary, describe, unexpected

Place = tuple[Any, ...]
"""A place while reading goes on: `(parent place, step)`, and `()` for the root.

A step is a key, an index, or the list that the elements before this one have been added to, whose length is the index.
"""

_MOST_OWNERS: Final = 2
"""Messages name so many objects that contain a place: a model has no more, but a document may nest what it likes."""

_OURS: Final = (ValidationError, AnchorError)


@final
class Wrong:
    """The type of `WRONG`."""

    __slots__ = ()


WRONG: Final = Wrong()
"""Replaces a value that breaks its rule, so that later checks skip it."""

Message = str | Callable[["Issues"], str]
"""A message, or a function that makes it of the issues of the document; called only if the issue is kept."""

Finding = tuple[str, Path, Message]
"""An issue that is not noted yet: its code, its path from the object that is checked, and its message."""


class Issues:
    """Collect the issues of one document or object, and keep the first hundred in document order.

    Checks and readers call theirs `notes`: there they note what is wrong.
    """

    __slots__ = (
        "_first",
        "_id_by_name",
        "_instead",
        "_members_by_object",
        "_name",
        "_tags",
        "count",
        "root",
        "vocabulary",
    )

    def __init__(
        self,
        root: object,
        name: str = "",
        *,
        tags: Collection[str] = (),
        vocabulary: Vocabulary = PYTHON,
        instead: Callable[[str, Path, Issues], str] | None = None,
    ) -> None:
        """Begin with no issues.

        Args:
            root: The document or object that is checked; None if issues are noted in order.
            name: Its name in messages, if it has one; objects need none.
            tags: The values of the key `type`, by which messages name an object.
            vocabulary: What messages call values.
            instead: Writes a message of its own for an issue, given by its code and path; an empty one if it has none.
        """
        self._instead = instead
        self.count: int = 0
        """How many were noted, kept or not."""
        # The first hundred in document order, each behind its position and its number.
        self._first: list[tuple[list[int], int, str, Path, Message]] = []
        self._id_by_name: dict[str, str] | None = None
        # By the `id()` of each object that a path led through; the object is kept, so that no other gets its `id()`.
        self._members_by_object: dict[int, tuple[object, dict[str, tuple[int, object]]]] = {}
        self._name = name
        self._tags = tags
        self.root: object = root
        self.vocabulary: Vocabulary = vocabulary

    def wrong(self, code: str, place: Place, value: object, expected: Expected) -> Wrong:
        """Note that a value is not what was expected, unless it is `WRONG` and therefore noted already."""
        if value is not WRONG:
            self.note(code, path_of(place), lambda issues: unexpected(value, expected, issues.vocabulary))
        return WRONG

    def note(self, code: str, path: Path, message: Message) -> None:
        """Note an issue, and keep it if it is among the first hundred so far."""
        self.count += 1
        insort(self._first, (self._position(path), self.count, code, path, message))
        del self._first[MOST_ISSUES:]

    def raise_if_any(self) -> None:
        """Raise the error that carries what was noted.

        Raises:
            ValidationError: Something was noted.
        """
        if self.count:
            raise self.error()

    def error(self) -> ValidationError:
        """Make the error that carries what was noted."""
        issues: list[Issue] = []
        for *_, code, path, message in self._first:
            said = self._instead(code, path, self) if self._instead else ""
            said = said or (message if isinstance(message, str) else message(self))
            issues.append(Issue(code, path, f"{self._owner(path)}{said}"))
        return ValidationError(issues, omitted=self.count - len(issues))

    def id_of(self, name: str) -> str | None:
        """Look up the id of the first actor of the document with a name or alias, as written or else in any case."""
        if self._id_by_name is None:
            self._id_by_name = {}
            _, actors = self._members(self.root).get("actors", (0, ()))
            for actor in actors if isinstance(actors, list | tuple) else ():
                members = self._members(actor)
                (_, id), (_, called), (_, aliases) = (members.get(key, (0, ())) for key in ("id", "name", "aliases"))
                for each in (called, *(aliases if isinstance(aliases, list | tuple) else ())):
                    if type(id) is str and type(each) is str:
                        self._id_by_name.setdefault(each, id)
            in_any_case = {each.casefold(): id for each, id in reversed(self._id_by_name.items())}
            self._id_by_name = in_any_case | self._id_by_name
        return self._id_by_name.get(name) or self._id_by_name.get(name.casefold())

    def _position(self, path: Path) -> list[int]:
        """Return a sort key for document order: the position of each step of a path among its siblings."""
        position: list[int] = []
        here = self.root
        for step in path if here is not None else ():
            number, here = self._step(here, step)
            position.append(number)
        return position

    def _owner(self, path: Path) -> str:
        """Name the object that was checked, and the actor or statement in it that contains a place."""
        names: list[str] = []
        here, kind = self.root, self._name
        for step in (None, *path):
            if step is not None:
                _, here = self._step(here, step)
            if isinstance(step, str):
                kind = step.removesuffix("s")
            elif name := self._name_of(here, kind):
                names.append(name)
        return f"{', '.join(names[:_MOST_OWNERS])}: " if names else ""

    def _name_of(self, here: object, kind: str) -> str:
        """Name an object by its type or class and its id; of objects read from JSON, only actors and statements."""
        members = self._members(here)
        _, id = members.get("id", (0, None))
        _, tag = members.get("type", (0, None))
        is_object = attrs.has(type(here))
        if is_object and (here is self.root or kind in {"actor", "statement"}):
            kind = type(here).__name__
        elif is_object or (kind != "actor" and kind not in self._tags):
            return ""
        elif type(tag) is str and tag in self._tags:
            kind = tag
        if type(id) is str and id:
            return f"{kind} {describe(id)}"
        return kind if is_object and here is self.root else ""

    def _step(self, here: Any, step: str | int) -> tuple[int, object]:
        """Take one step into a document or object; return its position among its siblings, and the value there."""
        if isinstance(step, str):
            members = self._members(here)
            return members.get(step, (len(members), None))
        return step, here[step] if issubclass(type(here), list | tuple) else None

    def _members(self, here: Any) -> dict[str, tuple[int, object]]:
        """Number the members of an object, or of its JSON, by name; skip keys that are no strings."""
        _, members = self._members_by_object.get(id(here), (here, None))
        if members is None:
            members = {}
            self._members_by_object[id(here)] = (here, members)
            kind: type[Any] = type(here)
            if issubclass(kind, dict):
                for key, value in here.items():
                    if type(key) is str:
                        members[key] = (len(members), value)
            for field in attrs.fields(kind) if attrs.has(kind) else ():
                members[field.name] = (len(members), getattr(here, field.name, None))
        return members


def path_of(place: Place) -> Path:
    """Convert a place to a path of keys and indices."""
    steps: list[str | int] = []
    while place != ():
        place, step = place
        steps.append(len(step) if type(step) is list else step)
    return tuple(reversed(steps))


def place_of(path: Path) -> Place:
    """Convert a path of keys and indices to a place."""
    place: Place = ()
    for step in path:
        place = (place, step)
    return place


def collect_issues(exception: BaseException, /) -> tuple[Issue, ...]:
    """Collect all issues inside an exception.

    They are found at any depth, in groups and as causes. Paths begin at the
    outermost class, without `detailed_validation` at the object of geoclaims.

    Other errors are left out: `exception.split(GeoclaimsError)` separates them,
    and `cattrs.transform_error` lists them.

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
        raise wrong_type(exception, "an exception")
    return tuple(
        attrs.evolve(issue, path=(*path, *issue.path))
        for path, error in _errors_inside(exception)
        for issue in error.issues
    )


def _errors_inside(exception: BaseException) -> Iterator[tuple[Path, ValidationError | AnchorError]]:
    """Find the errors of geoclaims in groups, and among the causes of foreign exceptions, each once, with its path."""
    seen: set[int] = set()
    waiting: list[tuple[BaseException, Place]] = [(exception, ())]
    while waiting:  # no recursion: groups may be nested to any depth
        inner, place = waiting.pop()
        if id(inner) in seen:  # an exception may be in many groups, or be its own cause
            continue
        seen.add(id(inner))
        for step in _steps_noted_on(inner):
            place = (place, step)
        if isinstance(inner, _OURS):
            yield path_of(place), inner
            continue
        if inner.__cause__ is not None:
            waiting.append((inner.__cause__, place))
        if isinstance(inner, BaseExceptionGroup):
            waiting += [(each, place) for each in reversed(inner.exceptions)]


def _steps_noted_on(exception: BaseException) -> Iterator[str | int]:
    """Iterate over the attributes, indices and keys that cattrs has noted on an exception, from the outermost."""
    notes = getattr(exception, "__notes__", ())
    # Other libraries' notes are plain strings; without cattrs' notes, cattrs need not be loaded.
    special = [note for note in notes if type(note) is not str] if isinstance(notes, list | tuple) else []
    for note in reversed(special):  # cattrs adds that of the innermost first
        from cattrs.errors import AttributeValidationNote, IterableValidationNote

        if isinstance(note, AttributeValidationNote):
            yield note.name
        elif isinstance(note, IterableValidationNote):
            yield note.index if type(note.index) is int else str(note.index)
