"""Report what is wrong, and where: issues, the errors that carry them, and the list in which they are collected."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any, Final, final

import attrs

from geoclaims._messages import PYTHON, Vocabulary, cut, describe, is_a, listed, printable

Path = tuple[str | int, ...]
"""Keys and indices that lead from the root of a document to one place in it."""

Location = tuple[Any, ...]
"""A place while reading goes on: `(parent place, step)`, and `()` for the root.

A step is a key, an index, or the list that the elements before this one have been added to, whose length is the index.
"""

MOST_ISSUES: Final = 100
"""An error carries no more issues than this; it counts the rest."""

LONGEST_PATH: Final = 400
"""Messages cut a path to this many characters: a document has a long key once, but many issues may be below it."""

_MOST_OWNERS: Final = 2
"""Messages name so many objects that contain a place: a model has no more, but a document may nest what it likes."""

_MOST_SPACES: Final = 100
"""JSON is indented by no more than this: each level repeats it on every line."""

_NAME: Final = re.compile("[A-Za-z_][A-Za-z0-9_]*")
"""The keys that a JSONPath writes after a dot."""


@attrs.frozen(slots=False)  # FastAPI writes what stands in an error by its `vars`
class Issue:
    """One thing that is wrong, and its place.

    Attributes:
        code (str): The kind of error, which is stable.
        path (tuple[str | int, ...]): The place, as keys and indices from the
            root of what was read or constructed.
        message (str): What was found and what was expected; the wording may
            change.
        line (int | None): The line on which the value, the wrong key, or the
            object that lacks a key begins, from 1, if there was a text.
        column (int | None): The code point of that line, from 1.

    >>> from geoclaims import Issue
    >>> print(Issue("dangling_ref", ("about", 0), "found 'x', expected an id"))
    $.about[0]: found 'x', expected an id [dangling_ref]
    """

    code: str
    path: tuple[str | int, ...]
    message: str
    line: int | None = attrs.field(default=None, kw_only=True, eq=False)
    column: int | None = attrs.field(default=None, kw_only=True, eq=False)

    @property
    def json_path(self) -> str:
        """The place as a JSONPath (RFC 9535).

        >>> from geoclaims import Issue
        >>> Issue("unknown_key", ("actors", 0, "last name"), "…").json_path
        "$.actors[0]['last name']"
        """
        return json_path_of(self.path)

    @property
    def pointer(self) -> str:
        """The place as a JSON Pointer (RFC 6901).

        >>> from geoclaims import Issue
        >>> Issue("unknown_key", ("a/b", 0), "…").pointer
        '/a~1b/0'
        """
        return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in self.path)

    def __str__(self) -> str:
        return f"{short_json_path(self.path)}: {self.message} [{self.code}]"


class GeoclaimsError(Exception):
    """The base class of all errors of geoclaims.

    >>> from geoclaims import GeoclaimsError, ValidationError
    >>> issubclass(ValidationError, GeoclaimsError)
    True
    """


class _IssuesError(GeoclaimsError, ValueError):
    """An error that holds issues: the first hundred, and the number of the rest."""

    def __init__(self, issues: Sequence[Issue], *, omitted: int = 0, location: str | None = None) -> None:
        super().__init__(issues)
        self.issues: tuple[Issue, ...] = tuple(issues[:MOST_ISSUES])
        self.omitted: int = omitted + max(0, len(issues) - MOST_ISSUES)
        self.location: str | None = location

    def __str__(self) -> str:
        prefix = f"{printable(self.location)}: " if self.location else ""
        # The line is not useful for a text of one line, nor where the message or the location already states it.
        numbered = any(issue.path and issue.line not in {None, 1} for issue in self.issues)
        numbered = numbered and not re.search(":[0-9]+$", prefix.removesuffix(": "))
        lines = [f"{prefix}{f'line {issue.line}: ' if numbered else ''}{issue}" for issue in self.issues]
        if self.omitted:
            lines.append(f"{prefix}and {self.omitted} more issue{'s' if self.omitted > 1 else ''}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.issues,), self.__dict__


class ValidationError(_IssuesError):
    """Data that breaks a rule of the models.

    Attributes:
        issues (tuple[Issue, ...]): All that is wrong, each with code and place,
            in document order; the first hundred.
        omitted (int): How many issues there are beyond these.
        location (str | None): The file, of JSON Lines with its line; of tables,
            their folder.

    >>> from geoclaims import Quantity, ValidationError
    >>> try:
    ...     Quantity(minimum=-1, unit="")
    ... except ValidationError as error:
    ...     for issue in error.issues:
    ...         print(issue.json_path, issue.code)
    $.minimum range
    $.unit empty
    """


class AnchorError(_IssuesError):
    """A passage is not in a text, or is in several places of it.

    Its attributes are those of `ValidationError`; each passage is an issue.

    >>> from geoclaims import AnchorError, Span
    >>> try:
    ...     Span.find("The harbour is open.", "It was shut")
    ... except AnchorError as error:
    ...     print(error)
    $: found it nowhere, expected 'It was shut' [span]
    """


class UnknownIdError(GeoclaimsError, KeyError):
    """An id does not exist in the article, or an object is not the article's own.

    Attributes:
        id (object): The id that was looked up.
        nearest (str | None): The most similar id in the article, if any.

    >>> from geoclaims import UnknownIdError, load_article
    >>> try:
    ...     load_article().actor("lin-jan")
    ... except UnknownIdError as error:
    ...     print(error.nearest)
    lin-jian
    """

    def __init__(self, id: object, expected: str, nearest: str | None = None) -> None:
        super().__init__(id, expected, nearest)
        self.id = id
        self.expected = expected
        self.nearest = nearest

    def __str__(self) -> str:
        hint = f"; did you mean {describe(self.nearest)}?" if self.nearest is not None else ""
        return f"found {describe(self.id, PYTHON)}, expected {self.expected}{hint}"


@final
class Wrong:
    """The type of `WRONG`."""

    __slots__ = ()


WRONG: Final = Wrong()
"""Replaces a value that breaks its rule, so that later checks skip it."""

Expected = str | Callable[[Any], str]
"""What was expected, or a function of the value found that returns it; called only if the issue is kept."""


Message = str | Callable[["Issues"], str]
"""A message, or a function that makes it of the issues of the document; called only if the issue is kept."""

Finding = tuple[str, Path, Message]
"""An issue that is not noted yet: its code, its path from the object that is checked, and its message."""


class NeedsStrictParserError(Exception):
    """Raised instead of noting the first issue, if the fast parser may have misread the text."""


class Issues:
    """Collects the issues of one document or object, and keeps the first hundred in document order."""

    __slots__ = (
        "_certain",
        "_first",
        "_id_by_name",
        "_instead",
        "_members_by_object",
        "_name",
        "_tags",
        "count",
        "keys",
        "root",
        "unresolved",
        "vocabulary",
    )

    def __init__(
        self,
        root: object,
        name: str = "",
        *,
        tags: Collection[str] = (),
        certain: bool = True,
        vocabulary: Vocabulary = PYTHON,
        instead: Callable[[str, Path, Issues], str] | None = None,
    ) -> None:
        """Begin with no issues.

        Args:
            root: The document or object that is checked; None if issues are noted in order.
            name: Its name in messages, if it has one; objects need none.
            tags: The values of the key `type`, by which messages name an object.
            certain: Whether issues are certain; if not, the first issue raises `NeedsStrictParserError`.
            vocabulary: What messages call values.
            instead: Writes a message of its own for an issue, given by its code and path; an empty one if it has none.
        """
        self._instead = instead
        self._certain = certain
        self.count: int = 0
        """How many were noted, kept or not."""
        self.keys: int = 0
        """How many keys the objects that were read had."""
        self.unresolved: bool = False
        """Whether a reference leads to none of the ids that were collected beforehand."""
        # The first hundred in document order, each behind its position and its number.
        self._first: list[tuple[list[int], int, str, Path, Message]] = []
        self._id_by_name: dict[str, str] | None = None
        # By the `id()` of each object that a path led through; the object is kept, so that no other gets its `id()`.
        self._members_by_object: dict[int, tuple[object, dict[str, tuple[int, object]]]] = {}
        self._name = name
        self._tags = tags
        self.root: object = root
        self.vocabulary: Vocabulary = vocabulary

    def wrong(self, code: str, place: Location, value: object, expected: Expected) -> Wrong:
        """Note that a value is not what was expected, unless it is `WRONG` and therefore noted already."""
        if value is not WRONG:
            self.note(code, path_of(place), partial(_difference, value, expected))
        return WRONG

    def note(self, code: str, path: Path, message: Message) -> None:
        """Note an issue, and keep it if it is among the first hundred so far."""
        if not self._certain:
            raise NeedsStrictParserError
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

    def _step(self, here: object, step: str | int) -> tuple[int, object]:
        """Take one step into a document or object; return its position among its siblings, and the value there."""
        if isinstance(step, str):
            members = self._members(here)
            return members.get(step, (len(members), None))
        return step, here[step] if is_a(here, list) or is_a(here, tuple) else None

    def _members(self, here: object) -> dict[str, tuple[int, object]]:
        """Number the members of an object, or of its JSON, by name; skip keys that are no strings."""
        _, members = self._members_by_object.get(id(here), (here, None))
        if members is None:
            members = {}
            self._members_by_object[id(here)] = (here, members)
            if is_a(here, dict):
                for key, value in here.items():
                    if type(key) is str:
                        members[key] = (len(members), value)
            kind: type[Any] = type(here)
            for field in attrs.fields(kind) if attrs.has(kind) else ():
                members[field.name] = (len(members), getattr(here, field.name, None))
        return members


def path_of(place: Location) -> Path:
    """Convert a place to a path of keys and indices."""
    steps: list[str | int] = []
    while place != ():
        place, step = place
        steps.append(len(step) if type(step) is list else step)
    return tuple(reversed(steps))


def location_of(path: Path) -> Location:
    """Convert a path of keys and indices to a place."""
    place: Location = ()
    for step in path:
        place = (place, step)
    return place


def invalid(code: str, path: Path, value: object, expected: str) -> ValidationError:
    """Make the error for one thing that is wrong."""
    return ValidationError([Issue(code, path, difference(value, expected, PYTHON))])


def wrong_type(value: object, expected: str, argument: str = "") -> TypeError:
    """Make the error for an argument of a wrong type: the mistake of a program, and not of the data that it reads."""
    role = f" as {argument}" if argument else ""
    return TypeError(f"found {describe(value, PYTHON)}{role}, expected {expected}")


def check_order_of_dates(dayfirst: object) -> None:
    """Check the argument that says how ambiguous dates are read: True, False or None."""
    if not (dayfirst is None or type(dayfirst) is bool):
        raise wrong_type(dayfirst, "True, False or None", "dayfirst")


def check_text(value: object, argument: str) -> None:
    """Check that an argument is a string."""
    if type(value) is not str:
        raise wrong_type(value, "a string", argument)


def check_handler(on_error: object) -> None:
    """Check the argument of all that reads: a function that is called with each error, or None."""
    if not (on_error is None or callable(on_error)):
        raise wrong_type(on_error, "a function to call with each error, or None", "on_error")


def check_choice(value: object, choices: Sequence[str], argument: str) -> None:
    """Check an argument that is one of some words.

    Raises:
        TypeError: It is not a string.
        ValidationError: It is another word (`enum`).
    """
    expected = listed(map(describe, choices))
    if type(value) is not str:
        raise wrong_type(value, expected, argument)
    if value not in choices:
        raise invalid("enum", (argument,), value, expected)


def check_indent(indent: object) -> None:
    """Check the argument that says how JSON is indented.

    Raises:
        TypeError: It is neither a number, nor a string, nor None.
        ValidationError: It is too large, or would make the text no JSON (`range`).
    """
    if indent is None:
        return
    if not isinstance(indent, int | str) or isinstance(indent, bool):
        raise wrong_type(indent, "a number of spaces, a string or None", "indent")
    length = abs(indent) if isinstance(indent, int) else len(indent)
    if length > _MOST_SPACES or (isinstance(indent, str) and indent.strip(" \t\r\n")):
        raise invalid("range", ("indent",), indent, f"a number up to {_MOST_SPACES}, or as many spaces or tabs")


def difference(value: object, expected: Expected, vocabulary: Vocabulary) -> str:
    """Write the message that a value is not what was expected."""
    return f"found {describe(value, vocabulary)}, expected {expected if isinstance(expected, str) else expected(value)}"


def _difference(value: object, expected: Expected, issues: Issues) -> str:
    return difference(value, expected, issues.vocabulary)


def json_path_of(path: Iterable[str | int]) -> str:
    """Write a path as a JSONPath (RFC 9535)."""
    return "$" + "".join(map(_selector, path))


def short_json_path(path: Path) -> str:
    """Write a path as a JSONPath for a message, in which long keys are cut."""
    return cut(json_path_of(step if isinstance(step, int) else cut(step) for step in path), LONGEST_PATH)


def _selector(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _NAME.fullmatch(step) else f"['{''.join(map(_in_quotes, step))}']"


def _in_quotes(character: str) -> str:
    """Escape a character of a key for single quotes, as RFC 9535 does."""
    if character in "\\'":
        return f"\\{character}"
    if character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
