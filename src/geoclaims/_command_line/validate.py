"""`geoclaims validate`: list everything that is wrong with articles, a line for each issue."""

from __future__ import annotations

import argparse
from typing import Final

from geoclaims._command_line.input import FILE_HELP, InputError, inputs, nothing_in, read_articles
from geoclaims._command_line.reports import REPORTS, Report
from geoclaims._command_line.streams import Progress, complain

HELP: Final = "check files, and list everything that is wrong"
DESCRIPTION: Final = """\
Check that files hold valid articles, each with an id of its own in all files.
Each issue is a line,
  FILE:LINE:COLUMN: PLACE: MESSAGE [CODE]
and on a terminal the place follows it.
--format json writes an array with an object for each invalid article;
--format github writes each issue as an annotation of a pull request.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("files", metavar="FILE", nargs="*", help=FILE_HELP)
    command.add_argument("--format", choices=REPORTS, default="text", help="how to list issues (text)")


def run(options: argparse.Namespace) -> int:
    """Check files."""
    report = REPORTS[options.format]()
    files = inputs(options)
    places: dict[str, str] = {}
    report.begin()
    checked = unread = 0
    for file in files:
        try:
            checked += _check(file, report, places)
        except OSError as error:
            if error.filename is None:  # then the output failed
                raise
            complain(error)
            unread += 1
    if not (checked or unread):
        report.add(nothing_in(files))
        checked = 1
    report.end(f"{checked - report.invalid} valid, {report.invalid} invalid")
    return 1 if report.invalid or unread else 0


def _check(file: str, report: Report, places: dict[str, str]) -> int:
    """Check the articles of a file, whose ids must differ from those read before, and return their number."""
    with Progress() as progress:

        def on_error(wrong: InputError) -> None:
            progress.step()
            progress.clear()
            report.add(wrong)

        for _ in progress.of(read_articles(file, on_error=on_error, places=places)):
            pass
    return progress.count
