"""Report what is wrong with files: lines for people, JSON for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import TextIO

import attrs

from geoclaims._command_line.input import InputError
from geoclaims._command_line.streams import Progress, complain
from geoclaims._errors import LONGEST_PATH, Issue, short_json_path


@attrs.define
class Report:
    """A line for each issue, and at the end the totals on standard error."""

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
        for line in lines_of(wrong):
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
    complain("\n".join(lines_of(wrong)))


def lines_of(wrong: InputError) -> Iterator[str]:
    """Write each issue with its file, line and column, so that editors can jump to it."""
    for issue in wrong.error.issues:
        position = "".join(f":{number}" for number in _position_of(issue, wrong) if number is not None)
        yield f"{wrong.file}{os.sep if wrong.in_folder else f'{position}: '}{issue}"
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
