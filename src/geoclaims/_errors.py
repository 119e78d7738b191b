"""What can be wrong, and where: the one vocabulary of errors that every part of geoclaims raises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeGuard, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

T = TypeVar("T")

Path = tuple[str | int, ...]
"""The way from the root of a document to one place in it: keys and indices."""

MOST_ISSUES: Final = 100
"""An error carries no more issues than this; it counts the rest."""

LONGEST_VALUE: Final = 80
"""A value quoted in a message is cut to this many characters."""

_FEW_WORDS: Final = 300


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
        short = attrs.evolve(self, path=tuple(part if isinstance(part, int) else _cut(part) for part in self.path))
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


@attrs.define
class Issues:
    """A growing list of issues that stays small however much is wrong: it keeps the first hundred of each code."""

    kept: list[Issue] = attrs.field(factory=list)
    counts: dict[str, int] = attrs.field(factory=dict)

    def add(self, code: str, path: Path, value: object, expected: str) -> None:
        """Note that `value` was found at `path` where `expected` should be."""
        self.note(code, path, f"found {found(value)}, expected {expected}" if self.room(code) else "")

    def note(self, code: str, path: Path, message: str) -> None:
        """Note an issue whose message is more than a value found and one expected."""
        if self.room(code):
            self.kept.append(Issue(code, path, message))
        self.counts[code] = self.counts.get(code, 0) + 1

    def room(self, code: str) -> bool:
        """Whether one more with this code would be kept: costly messages are made only then."""
        return self.counts.get(code, 0) < MOST_ISSUES

    def take(self, prefix: Path, error: ValidationError) -> None:
        """Note the issues of an error raised further in, whose paths begin at `prefix`."""
        for issue in error.issues:
            self.note(issue.code, (*prefix, *issue.path), issue.message)
        if error.omitted:
            last = error.issues[-1].code
            self.counts[last] += error.omitted

    def total(self) -> int:
        """How many were noted, kept or not."""
        return sum(self.counts.values())

    def raise_if_any(self, root: object) -> None:
        """Raise the error that carries what was noted of a document or object, in document order."""
        if self.kept:
            position = _order(root)
            first = sorted(self.kept, key=lambda issue: position(issue.path))[:MOST_ISSUES]
            raise ValidationError(first, omitted=self.total() - len(first))


def _order(root: object) -> Callable[[Path], list[int]]:
    """What tells where a path stands in a document or object: the number of each step among its siblings."""
    known: dict[int, dict[str, tuple[int, object]]] = {}

    def position(path: Path) -> list[int]:
        steps: list[int] = []
        here = root
        for part in path:
            if isinstance(part, int):
                steps.append(part)
                here = list.__getitem__(here, part) if is_a(here, list) else here[part] if type(here) is tuple else None
            else:
                if id(here) not in known:
                    known[id(here)] = {name: (n, value) for n, (name, value) in enumerate(members_of(here))}
                number, here = known[id(here)].get(part, (len(known[id(here)]), None))
                steps.append(number)
        return steps

    return position


def members_of(here: object) -> Iterator[tuple[str, object]]:
    """What stands in an object, or in the JSON of one, by name; neither a subclass nor an odd key is asked."""
    if is_a(here, dict):
        return ((key, value) for key, value in dict.items(here) if type(key) is str)
    return ((field.name, getattr(here, field.name)) for field in getattr(type(here), "__attrs_attrs__", ()))


def is_a(value: object, kind: type[T]) -> TypeGuard[T]:
    """Whether a value is an instance of a type, without asking the value, which may lie or raise."""
    return issubclass(type(value), kind)


def invalid(code: str, path: Path, value: object, expected: str) -> ValidationError:
    """The error for one thing that is wrong."""
    return ValidationError([Issue(code, path, f"found {found(value)}, expected {expected}")])


def found(value: Any) -> str:
    r"""A value as messages show it: in JSON's words, shortened, and safe to print. Nothing is asked of the value.

    >>> found("a\u202eb"), found(True), found(None), found([1, 2]), found({})
    ("'a\\u202eb'", 'true', 'null', 'an array of 2', 'an empty object')
    """
    if value is None:
        return "null"
    kind = type(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is str:
        return _quoted(value)
    if kind is int:
        # Python refuses to print integers of more than some thousand digits
        return _cut(str(value)) if value.bit_length() < 1024 else f"an integer of {value.bit_length()} bits"
    if kind is float:
        return repr(value)
    for container, noun in _CONTAINERS.items():
        if is_a(value, container):
            size = container.__len__(value)
            return f"{indefinite(noun)} of {size}" if size else f"an empty {noun}"
    return printable(f"a value of type {_cut(_name_of_type(kind))}")


_CONTAINERS: Final[dict[type[Any], str]] = {dict: "object", list: "array", tuple: "tuple"}
_name_of_type: Final = type.__dict__["__name__"].__get__


def suggestion(word: object, known: Collection[str], code: str, issues: Issues) -> str:
    """The end of a message that names the known word most like the one found, where there is one."""
    if not (isinstance(word, str) and issues.room(code)):
        return ""
    close = nearest(word, known)
    return "" if close is None else f"; did you mean {found(close)}?"


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word most like the given one, if any is: among many words only one that differs by one edit."""
    import difflib

    if len(known) <= _FEW_WORDS:
        return next(iter(difflib.get_close_matches(word[:LONGEST_VALUE], known, n=1)), None)
    return next((edited for edited in _edits(word[:LONGEST_VALUE]) if edited in known), None)


def _edits(word: str) -> Iterator[str]:
    """All words that differ from the given one by case or by a letter more, less, other or exchanged."""
    yield from (word.lower(), word.upper())
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-"
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in letters:
            yield before + letter + after[1:]
            yield before + letter + after


def printable(text: str) -> str:
    """Text in which control, bidirectional and other invisible characters are written as escapes."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def listed(words: Iterable[str]) -> str:
    """Words of which one is expected, as people list them.

    >>> listed(["a", "b", "c"])
    'a, b or c'
    """
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def indefinite(noun: str) -> str:
    """A noun with its article.

    >>> indefinite("actor"), indefinite("Span")
    ('an actor', 'a Span')
    """
    return f"{'an' if noun[0] in 'aeiouAEIOU' else 'a'} {noun}"


def _quoted(text: str) -> str:
    """A string in quotation marks, with invisible characters as escapes; of a long one the start and the length."""
    shown = text[:LONGEST_VALUE]
    while len(repr(shown)) > LONGEST_VALUE + len("''"):
        shown = shown[:-1]
    return repr(shown) if shown == text else f"{repr(shown)[:-1]}…{repr(shown)[-1]} ({len(text)} characters)"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


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
