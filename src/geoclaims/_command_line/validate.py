"""`geoclaims validate`: all that is wrong with articles, a line for each issue."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Final

import attrs

from geoclaims._command_line.reading import FILE_HELP, called, inputs, read_articles
from geoclaims._command_line.streams import Progress, complain
from geoclaims._display import printable
from geoclaims._errors import Issue, ValidationError

HELP: Final = "check files, and list all that is wrong with them"
DESCRIPTION: Final = """\
Check that files hold articles as geoclaims reads them. Each issue is a line,
  FILE:LINE: PLACE: MESSAGE [CODE]
--format json gives an array with an object for each invalid article, and
--format github makes each issue an annotation of a pull request.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command understands."""
    command.add_argument("files", metavar="FILE", nargs="*", help=FILE_HELP)
    command.add_argument("--format", choices=_REPORTS, default="text", help="how to list issues (text)")


def run(options: argparse.Namespace) -> int:
    """Check files."""
    report = _REPORTS[options.format]()
    files = inputs(options)
    report.begin()
    unread = 0
    for file in files:
        try:
            _check(file, report)
        except OSError as error:
            if error.filename is None:  # then it is the output that failed
                raise
            complain(error)
            unread += 1
    report.end()
    return 1 if report.invalid or unread else 0


def _check(file: str, report: _TextReport) -> None:
    progress = Progress()

    def on_error(error: ValidationError) -> None:
        progress.step()
        progress.clear()
        report.add(called(file), error)
        report.invalid += 1

    try:
        for _ in read_articles(file, on_error=on_error):
            progress.step()
    finally:
        progress.clear()
    report.checked += progress.count


@attrs.define
class _TextReport:
    """A line for each issue, and in the end the numbers on standard error."""

    checked: int = 0
    invalid: int = 0

    def begin(self) -> None:
        """Write the start of the report."""

    def add(self, file: str, error: ValidationError) -> None:
        """Write the issues of an article."""
        for issue in error.issues:
            line = _line_of(issue, file, error)
            print(f"{printable(file)}: {issue}" if line is None else f"{printable(file)}:{line}: {issue}")
        if error.omitted:
            print(str(error).splitlines()[-1])

    def end(self) -> None:
        """Write the end of the report."""
        complain(f"{self.checked - self.invalid} valid, {self.invalid} invalid")


@attrs.define
class _GithubReport(_TextReport):
    """A workflow command for each issue, which GitHub shows at the line of a pull request."""

    def add(self, file: str, error: ValidationError) -> None:
        for issue in error.issues:
            line = _line_of(issue, file, error)
            place = "" if line is None else f",line={line}"
            print(f"::error file={_escaped(file, ':,')}{place},title={issue.code}::{_escaped(str(issue))}")
        if error.omitted:
            print(f"::error file={_escaped(file, ':,')}::{_escaped(str(error).splitlines()[-1])}")


@attrs.define
class _JsonReport(_TextReport):
    """An array with an object for each invalid article, written as the articles are read."""

    def begin(self) -> None:
        print("[", end="")

    def add(self, file: str, error: ValidationError) -> None:
        document = {
            "file": file,
            "line": _line_of_article(file, error),
            "issues": [
                {
                    "code": issue.code,
                    "path": issue.json_path,
                    "pointer": issue.pointer,
                    "line": _line_of(issue, file, error),
                    "message": issue.message,
                }
                for issue in error.issues
            ],
            "omitted": error.omitted,
        }
        print(",\n " if self.invalid else "", json.dumps(document), sep="", end="")

    def end(self) -> None:
        print("]")


_REPORTS: Final[Mapping[str, type[_TextReport]]] = {"text": _TextReport, "json": _JsonReport, "github": _GithubReport}


def _line_of(issue: Issue, file: str, error: ValidationError) -> int | None:
    return _line_of_article(file, error) if issue.line is None else issue.line


def _line_of_article(file: str, error: ValidationError) -> int | None:
    """Give the line of an article in JSON Lines; None in JSON."""
    return None if error.location == file else int(str(error.location).rpartition(":")[2])


def _escaped(text: str, more: str = "") -> str:
    """Write the characters that separate the parts of a workflow command, and invisible ones, as escapes."""
    return "".join(f"%{ord(c):02X}" if c in f"%{more}" else c for c in printable(text))
