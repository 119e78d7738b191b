"""What can be wrong, and where: the errors that every part of geoclaims raises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import attrs

from geoclaims._display.wording import cut, found, printable

Path = tuple[str | int, ...]
"""The way from the root of a document to one place in it: keys and indices."""

MOST_ISSUES: Final = 100
"""An error carries no more issues than this; it counts the rest."""


@attrs.frozen
class Issue:
    """One thing that is wrong, and its place.

    Attributes:
        code: What kind of error it is; the codes are stable and listed in the documentation.
        path: The place, as keys and indices from the root of what was read or constructed.
        message: What was found and what was expected, for people; its wording may change.

    >>> issue = Issue("dangling_ref", ("statements", 2, "accused", 0), "found 'x', expected the id of an actor")
    >>> issue.json_path
    '$.statements[2].accused[0]'
    >>> issue.pointer
    '/statements/2/accused/0'
    """

    code: str
    path: Path
    message: str

    @property
    def json_path(self) -> str:
        """The place as a JSONPath (RFC 9535).

        >>> Issue("unknown_key", ("actors", 0, "last name"), "…").json_path
        "$.actors[0]['last name']"
        """
        return "$" + "".join(map(_path_segment, self.path))

    @property
    def pointer(self) -> str:
        """The place as a JSON Pointer (RFC 6901).

        >>> Issue("unknown_key", ("a/b", 0), "…").pointer
        '/a~1b/0'
        """
        return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in self.path)

    def __str__(self) -> str:
        short = attrs.evolve(self, path=tuple(part if isinstance(part, int) else cut(part) for part in self.path))
        return f"{short.json_path}: {self.message} [{self.code}]"


class GeoclaimsError(Exception):
    """What all errors of geoclaims have in common."""


class _IssuesError(GeoclaimsError, ValueError):
    """An error that holds issues, the first hundred of them and the number of the rest."""

    def __init__(self, issues: Sequence[Issue], *, omitted: int = 0, location: str | None = None) -> None:
        super().__init__(issues)
        self.issues: tuple[Issue, ...] = tuple(issues[:MOST_ISSUES])
        """All that is wrong, in document order, one hundred at most."""
        self.omitted: int = omitted + max(0, len(issues) - MOST_ISSUES)
        """How many more there are than `issues` holds."""
        self.location: str | None = location
        """The file and line that was read, where it is one line of many; of tables, their folder."""

    def __str__(self) -> str:
        prefix = f"{printable(self.location)}: " if self.location else ""
        lines = [f"{prefix}{issue}" for issue in self.issues]
        if self.omitted:
            lines.append(f"{prefix}and {self.omitted} more issue{'s' if self.omitted > 1 else ''}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.issues,), self.__dict__


class ValidationError(_IssuesError):
    """Data that breaks a rule of the models: `issues` lists all that is wrong, each with code and place.

    >>> from geoclaims import Quantity, ValidationError
    >>> try:
    ...     Quantity(minimum=7, maximum=5, unit="drones")
    ... except ValidationError as error:
    ...     print(error)
    $: found minimum 7 above maximum 5, expected minimum ≤ maximum [range]
    """


class AnchorError(_IssuesError):
    """A passage that does not stand in a text, or not in one place only; `issues` names every passage concerned."""


class UnknownIdError(GeoclaimsError, KeyError):
    """An id that nothing in the article has.

    Attributes:
        id: The id that was asked for.
        nearest: The id in the article that is most like it, if any is.
    """

    def __init__(self, id: object, expected: str, nearest: str | None = None) -> None:
        super().__init__(id, expected, nearest)
        self.id = id
        self.expected = expected
        self.nearest = nearest

    def __str__(self) -> str:
        hint = f"; did you mean {found(self.nearest)}?" if self.nearest is not None else ""
        return f"found {found(self.id)}, expected {self.expected}{hint}"


def _path_segment(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    if re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", part):
        return f".{part}"
    return f"['{''.join(map(_in_quotes, part))}']"


def _in_quotes(character: str) -> str:
    """A character of a key as RFC 9535 writes it between single quotes."""
    if character in "\\'":
        return f"\\{character}"
    if character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
