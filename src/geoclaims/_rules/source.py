"""Write functions as Python source, such as the check, the reader and the writer of a model.

Rules list the ways to break them. Generated functions test these one after the other: a valid value passes a few
conditions, and only an invalid one reaches the call that notes the issue with its place.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Iterable, Iterator
from types import NoneType
from typing import Any, NamedTuple

from geoclaims._messages import Expected


class Break(NamedTuple):
    """One way in which a value can break a rule."""

    broken: str
    """An expression that is true for a value that breaks the rule in this way; those before were false for it."""
    code: str
    expected: Expected


class Source:
    """The source of one function, and the values that it refers to."""

    def __init__(self, title: str, signature: str, *, in_json: bool = False, **names: object) -> None:
        """Begin a function.

        Args:
            title: Under this, tracebacks show its source.
            signature: Its parameters.
            in_json: Whether it reads JSON.
            names: What it knows by name.
        """
        self.in_json = in_json
        self._title = title
        self._signature = signature
        self._globals: dict[str, Any] = names

    def constant(self, value: object, name: str = "value") -> str:
        """Write a value as source: as a literal, or as a name known to the function."""
        if type(value) in {NoneType, bool, int, str}:
            return repr(value)
        name = f"{name}_{len(self._globals)}"
        self._globals[name] = value
        return name

    def function(self, lines: Iterable[str]) -> Callable[..., Any]:
        """Compile the function that has these lines as its body."""
        source = "\n".join([f"def generated({self._signature}):", *indented(lines), ""])
        file = f"<geoclaims: {self._title}>"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)  # for tracebacks
        exec(compile(source, file, "exec"), self._globals)  # noqa: S102 - as attrs does; made from our declarations alone
        return self._globals["generated"]  # type: ignore[no-any-return]


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Indent lines of source by one level."""
    return (f"    {line}" for line in lines)


def branches(breaks: Iterable[Break], fail: Callable[[Break], str], otherwise: str = "") -> Iterator[str]:
    """Write an `if` that fails at the first way in which a value breaks its rule."""
    word = "if"
    for each in breaks:
        yield f"{word} {each.broken}: {fail(each)}"
        word = "elif"
    if otherwise:
        yield f"else: {otherwise}"


def noting(
    breaks: Iterable[Break], value: str, place: str, source: Source, *, notes: str = "notes", otherwise: str = ""
) -> Iterator[str]:
    """Write the lines that note how a value breaks its rule, and replace a wrong one by `WRONG`."""

    def fail(broken: Break) -> str:
        expected = source.constant(broken.expected, "expected")
        return f"{value} = {notes}.wrong({broken.code!r}, {place}, {value}, {expected})"

    return branches(breaks, fail, otherwise)
