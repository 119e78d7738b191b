"""`geoclaims import`: convert data by others to articles."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pkgutil import resolve_name
from typing import Any, Final

import attrs

from geoclaims._command_line.input import BUNDLED, InputError, called, inputs, read_texts
from geoclaims._command_line.output import file_to_write, write_document
from geoclaims._command_line.reports import REPORTS, Report
from geoclaims._command_line.streams import STANDARD, complain
from geoclaims._errors import Issue, ValidationError
from geoclaims._json.documents import to_json
from geoclaims._json.text import decoded, parse, repeats, with_positions
from geoclaims._messages import describe
from geoclaims._wording import counted

_SOURCES: Final[Mapping[str, str]] = {"claim-review": "geoclaims.interop:read_claim_reviews"}
"""The formats that can be imported, with the public name of the function for each, which is imported on use."""

HELP: Final = "convert fact checks by others to articles"
DESCRIPTION: Final = """\
Convert data by others to articles, and write one article per line, as JSON:
  claim-review  fact checks: ClaimReview of schema.org, and answers of Google's
                Fact Check Tools; one article for each review
Malformed values are left out, and listed on standard error as by validate.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument(
        "--from", metavar="FORMAT", dest="source", required=True, choices=_SOURCES, help="what the files hold"
    )
    command.add_argument("--format", choices=REPORTS, default="text", help="how to list issues (text)")
    command.add_argument(
        "--output", metavar="FILE", type=file_to_write, default=STANDARD, help="where to write (standard output)"
    )
    command.add_argument("files", metavar="FILE", nargs="*", help="JSON or JSON Lines; - for standard input")


def run(options: argparse.Namespace) -> int:
    """Import the contents of files."""
    files = inputs(options, takes_bundled=False)
    if BUNDLED in files:
        options.refuse("--bundled need not be imported; `geoclaims export` writes that article")
    taken = _Import(resolve_name(_SOURCES[options.source]), REPORTS[options.format](sys.stderr or io.StringIO()))
    with suppress(_NothingError):
        write_document(options, taken.lines(files), reads=files)
    taken.report.end(f"{counted(taken.written, 'article')} written, {counted(taken.report.invalid, 'error')}")
    return 1 if taken.report.invalid or taken.unread else 0


class _NothingError(Exception):
    """There is no article to write."""


@attrs.define
class _Import:
    """An import in progress, with a function that reads parsed JSON."""

    function: Any
    report: Report
    written: int = 0
    unread: int = 0

    def lines(self, files: Sequence[str]) -> Iterator[str]:
        """Write the articles of files, and report what is wrong.

        Raises:
            _NothingError: There is none, and an older file should not be replaced by an empty one.
        """
        self.report.begin()
        for file in files:
            yield from self._lines_of(file)
        if not self.written:
            raise _NothingError

    def _lines_of(self, file: str) -> Iterator[str]:
        try:
            for line, text in read_texts(file):
                yield from self._lines_in(text, line, called(file))
        except OSError as error:
            if error.filename is None:  # then the output failed
                raise
            complain(error)
            self.unread += 1

    def _lines_in(self, data: bytes | ValidationError, line: int | None, file: str) -> Iterator[str]:
        if isinstance(data, ValidationError):
            self._add(InputError(data, file, line=line))
            return
        first_line = line or 1
        errors: list[ValidationError] = []
        try:
            text = decoded(data, first_line)
            document = parse(text, first_line=first_line)
        except ValidationError as error:
            self._add(InputError(error, file, line=line, text=data))
            return
        again = (
            []
            if not isinstance(document, dict | list)
            else [
                Issue("duplicate_key", place, f"found the key {describe(place[-1])} again, expected it once")
                for place in repeats(document)
            ]
        )
        if again:
            errors.append(ValidationError(again))
        else:
            for article in self.function(document, on_error=errors.append):
                self.written += 1
                yield f"{to_json(article)}\n"
        for reported in with_positions(errors, text, first_line) if errors else ():
            self._add(InputError(reported, file, line=line, text=data))

    def _add(self, wrong: InputError) -> None:
        self.report.add(wrong)
        self.report.invalid += 1
