"""Report what is wrong with files: lines for people, JSON for programs."""

from __future__ import annotations

import json
import os
import re
import sys
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from typing import Final, TextIO

import attrs

from geoclaims._command_line.input import InputError
from geoclaims._command_line.streams import Progress, columns_of, complain
from geoclaims._errors import LONGEST_PATH, Issue, short_json_path
from geoclaims._messages import printable, visible
from geoclaims._view.lines import columns

_INDENT: Final = "    "
_LEAST_ROOM: Final = 20
_INDENTATION: Final = re.compile("[ \t]*")
_KEY_OR_VALUE: Final = re.compile(r'"(?:[^"\\]|\\.)*"?|[\w.+-]+|')
"""What is marked in a line: a string, a number or a word; of an array or object, or at the end, nothing."""


@attrs.define
class Report:
    """A line for each issue, on a terminal with what is there, and at the end the totals on standard error."""

    stream: TextIO
    progress: Progress = attrs.field(factory=Progress)
    """Which is cleared before something is written."""
    invalid: int = 0

    def add(self, wrong: InputError) -> None:
        """Write the issues of an article, and count it as invalid."""
        self.progress.clear()
        self.write_issues(wrong)
        self.invalid += 1

    def write_issues(self, wrong: InputError) -> None:
        """Write the issues of an article."""
        for line in lines_of(wrong, self.stream):
            print(line, file=self.stream)

    def end(self, summary: str) -> None:
        """Write the end of the report."""
        complain(summary)


@attrs.define
class JsonReport(Report):
    """An array with an object for each invalid article, written at the end."""

    documents: list[str] = attrs.field(factory=list)

    def write_issues(self, wrong: InputError) -> None:
        document = {
            "file": wrong.file,
            "line": wrong.line,
            "issues": [
                {
                    "code": issue.code,
                    "path": short_json_path(issue.path),
                    # A pointer that is cut leads nowhere.
                    "pointer": issue.pointer if len(issue.pointer) <= LONGEST_PATH else None,
                    **dict(zip(("line", "column"), _position_of(issue, wrong), strict=True)),
                    "message": issue.message,
                }
                for issue in wrong.error.issues
            ],
            "omitted": wrong.error.omitted,
        }
        self.documents.append(json.dumps(document))

    def end(self, summary: str) -> None:
        del summary
        print("[", ",\n ".join(self.documents), "]", sep="", file=self.stream)


def complain_of(wrong: InputError) -> None:
    """Write what is wrong to standard error."""
    complain("\n".join(lines_of(wrong, sys.stderr)))


def lines_of(wrong: InputError, stream: TextIO | None) -> Iterator[str]:
    """Write each issue with its file, line and column, so that editors can jump to it.

    Args:
        wrong: The issues.
        stream: Where they will be written; if it is a terminal, each issue is followed by its place in the file.
    """
    width = columns_of(stream)
    for issue in wrong.error.issues:
        position = "".join(f":{number}" for number in _position_of(issue, wrong) if number is not None)
        yield f"{printable(wrong.file)}{os.sep if wrong.in_folder else f'{position}: '}{issue}"
        number = (issue.line or 0) - (wrong.line or 1)
        if width and issue.column is not None and 0 <= number < len(wrong.lines):
            # Bytes that are not UTF-8 come after the place of their issue.
            line = wrong.lines[number].decode(errors="backslashreplace")
            yield from _excerpt(line, issue.column, width)
    if wrong.error.omitted:
        yield _rest_of(wrong)


def _position_of(issue: Issue, wrong: InputError) -> tuple[int | None, int | None]:
    """Return the line and column of an issue: its own, the line of its article in JSON Lines, or the row of a table."""
    if wrong.in_folder:
        return int(issue.path[1]), None
    return issue.line or wrong.line, issue.column


def _rest_of(wrong: InputError) -> str:
    """Say how many issues were omitted."""
    return str(wrong.error).splitlines()[-1]


def _excerpt(line: str, column: int, width: int) -> Iterator[str]:
    """Cut a line to the width of a terminal around a place, and mark the key or value there."""
    room = max(width - len(_INDENT), _LEAST_ROOM)
    place = column - 1
    indent = next(_INDENTATION.finditer(line, 0, place)).end()
    start, end = max(indent, place - room - 1), place + room + 1
    before = _shown(line[start:place])
    here = line[place:end].rstrip("\r\n")
    marked = next(_KEY_OR_VALUE.finditer(here))[0]
    mark = _shown(marked)
    after = mark + _shown(here[len(marked) :])
    lead = _ending(before, max(room // 3, room - max(1, _width(after))), is_whole=start == indent)
    rest = _beginning(after, room - _width(lead), is_whole=end >= len(line))
    yield f"{_INDENT}{lead}{rest}"
    yield f"{_INDENT}{' ' * _width(lead)}{'^'.ljust(min(_width(mark), _width(rest)), '~')}"


def _shown(text: str) -> str:
    """Make all characters of a part of a line visible; a tab is as wide as a space."""
    return visible(text).replace("\t", " ")


def _width(text: str) -> int:
    return sum(map(columns, text))


def _beginning(text: str, most: int, *, is_whole: bool) -> str:
    """Cut a text to a number of columns at its end, unless it is whole and fits."""
    if is_whole and _width(text) <= most:
        return text
    return text[: bisect(list(accumulate(map(columns, text))), most - 1)] + "…"


def _ending(text: str, most: int, *, is_whole: bool) -> str:
    """Cut a text to a number of columns at its start, and not within a sign, unless it is whole and fits."""
    if is_whole and _width(text) <= most:
        return text
    kept = _beginning(text[::-1], most, is_whole=False)[-2::-1]
    return "…" + kept.lstrip("".join(character for character in kept if not columns(character)))
