"""Report what is wrong with files: lines for people, JSON for programs, annotations for GitHub."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from typing import Final, TextIO

import attrs

from geoclaims._command_line.streams import complain
from geoclaims._errors import AnchorError, Issue, ValidationError, with_short_keys
from geoclaims._messages import printable


@attrs.define
class Report:
    """A line for each issue, and at the end the totals on standard error."""

    stream: TextIO | None = None
    """The file to which issues are written; None for standard output."""
    invalid: int = 0

    def begin(self) -> None:
        """Write the start of the report."""

    def add(self, file: str, error: ValidationError) -> None:
        """Write the issues of an article."""
        for line in lines_of(error, file):
            self.write(f"{line}\n")

    def end(self, summary: str) -> None:
        """Write the end of the report."""
        complain(summary)

    def write(self, text: str) -> None:
        """Write text to the output of the report."""
        print(text, end="", file=self.stream)


@attrs.define
class _GithubReport(Report):
    """A workflow command for each issue, which GitHub shows at its line in a pull request."""

    def add(self, file: str, error: ValidationError) -> None:
        for issue in error.issues:
            line = _line_of(issue, file, error)
            place = "" if line is None else f",line={line}"
            start = f"::error file={_escaped(file, ':,')}{place},title={issue.code}::"
            self.write(f"{start}{_escaped(str(issue))}\n")
        if error.omitted:
            self.write(f"::error file={_escaped(file, ':,')}::{_escaped(str(error).splitlines()[-1])}\n")


@attrs.define
class _JsonReport(Report):
    """An array with an object for each invalid article, written as the articles are read."""

    def begin(self) -> None:
        self.write("[")

    def add(self, file: str, error: ValidationError) -> None:
        document = {
            "file": file,
            "line": _line_of_article(file, error),
            "issues": [
                {
                    "code": issue.code,
                    "path": shown.json_path,
                    # A pointer that is cut leads nowhere.
                    "pointer": issue.pointer if shown == issue else None,
                    "line": _line_of(issue, file, error),
                    "message": issue.message,
                }
                for issue, shown in zip(error.issues, map(with_short_keys, error.issues), strict=True)
            ],
            "omitted": error.omitted,
        }
        self.write((",\n " if self.invalid else "") + json.dumps(document))

    def end(self, summary: str) -> None:
        del summary
        self.write("]\n")


REPORTS: Final[Mapping[str, type[Report]]] = {"text": Report, "json": _JsonReport, "github": _GithubReport}


def lines_of(error: ValidationError | AnchorError, file: str, *, in_folder: bool = False) -> Iterator[str]:
    """Write each issue with its file and line, so that editors can jump to it.

    Args:
        error: The error; its location is the file, with the line of the article in JSON Lines.
        file: The name of the file for messages.
        in_folder: Whether it is a folder of tables; the place of an issue then begins with a file in it, and the row.
    """
    for issue in error.issues:
        line = None if in_folder else _line_of(issue, file, error)
        place = f"{printable(file)}{os.sep}" if in_folder else f"{printable(file)}: "
        yield f"{place}{issue}" if line is None else f"{printable(file)}:{line}: {issue}"
    if error.omitted:
        yield str(error).splitlines()[-1]


def _line_of(issue: Issue, file: str, error: ValidationError | AnchorError) -> int | None:
    return _line_of_article(file, error) if issue.line is None else issue.line


def _line_of_article(file: str, error: ValidationError | AnchorError) -> int | None:
    """Return the line of an article in JSON Lines; None in JSON."""
    return None if error.location == file else int(str(error.location).rpartition(":")[2])


def _escaped(text: str, more: str = "") -> str:
    """Write the characters that separate the parts of a workflow command, and invisible ones, as escapes."""
    return "".join(f"%{ord(c):02X}" if c in f"%{more}" else c for c in printable(text))
