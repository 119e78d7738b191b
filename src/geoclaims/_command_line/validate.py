"""`geoclaims validate`: all that is wrong with articles, a line for each issue."""

from __future__ import annotations

import argparse
import json
from typing import Final

import attrs

from geoclaims._command_line.reading import called, read_articles
from geoclaims._command_line.streams import Progress, complain
from geoclaims._errors import ValidationError

HELP: Final = "check files, and list all that is wrong with them"
DESCRIPTION: Final = """\
Check that files hold articles as geoclaims reads them. Each issue is a line,
  FILE: PLACE: MESSAGE [CODE]         in JSON,
  FILE:LINE: PLACE: MESSAGE [CODE]    in JSON Lines,
and --format json gives an array with an object for each invalid article.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command understands."""
    command.add_argument(
        "files", metavar="FILE", nargs="+", help="articles as JSON or JSON Lines; - for standard input"
    )
    command.add_argument("--format", choices=("text", "json"), default="text", help="how to list issues (text)")


def run(options: argparse.Namespace) -> int:
    """Check files."""
    report = _JsonReport() if options.format == "json" else _TextReport()
    report.begin()
    unread = 0
    for file in options.files:
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
        """Write what comes before all issues."""

    def add(self, file: str, error: ValidationError) -> None:
        """Write the issues of an article."""
        del file  # the lines name it
        self.invalid += 1
        print(error)

    def end(self) -> None:
        """Write what comes after all issues."""
        complain(f"{self.checked - self.invalid} valid, {self.invalid} invalid")


@attrs.define
class _JsonReport(_TextReport):
    """An array with an object for each invalid article, written as the articles are read."""

    def begin(self) -> None:
        print("[", end="")

    def add(self, file: str, error: ValidationError) -> None:
        document = {
            "file": file,
            "line": None if error.location == file else int(str(error.location).rpartition(":")[2]),
            "issues": [
                {"code": issue.code, "path": issue.json_path, "pointer": issue.pointer, "message": issue.message}
                for issue in error.issues
            ],
            "omitted": error.omitted,
        }
        print(",\n " if self.invalid else "", json.dumps(document), sep="", end="")
        self.invalid += 1

    def end(self) -> None:
        print("]")
