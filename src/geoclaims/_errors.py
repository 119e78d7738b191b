"""Report what is wrong, and where: issues with their paths, and the errors that carry them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from geoclaims._messages import PYTHON, cut, describe, did_you_mean, printable, unexpected

Path = tuple[str | int, ...]
"""Keys and indices that lead from the root of a document to one place in it."""

MOST_ISSUES: Final = 100
"""An error carries no more issues than this, lest it become larger than the data; it counts the rest."""

LONGEST_PATH: Final = 400
"""Messages cut a path to this many characters: a document has a long key once, but many issues may be below it."""

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
        return unexpected(self.id, self.expected, PYTHON) + did_you_mean(self.nearest)


def invalid(code: str, path: Path, value: object, expected: str) -> ValidationError:
    """Make the error for one thing that is wrong."""
    return ValidationError([Issue(code, path, unexpected(value, expected, PYTHON))])


def wrong_type(value: object, expected: str, argument: str = "") -> TypeError:
    """Make the error for an argument of a wrong type: the mistake of a program, and not of the data that it reads."""
    role = f" as {argument}" if argument else ""
    return TypeError(f"found {describe(value, PYTHON)}{role}, expected {expected}")


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
