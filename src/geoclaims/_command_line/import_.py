"""`geoclaims import`: convert data by others to articles."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pkgutil import resolve_name
from typing import Any, Final

import attrs

from geoclaims._command_line.input import (
    BUNDLED,
    InputError,
    add_order_of_dates,
    called,
    inputs,
    nothing_in,
    read_texts,
    repeated_id,
    split,
)
from geoclaims._command_line.output import add_output, write_document
from geoclaims._command_line.reports import REPORTS, Report
from geoclaims._command_line.streams import STANDARD, Progress, complain, is_terminal
from geoclaims._errors import ValidationError, invalid
from geoclaims._json.documents import to_json
from geoclaims._json.text import decoded, parse_without_repeats, with_positions
from geoclaims._view.words import counted

_SOURCES: Final[Mapping[str, str]] = {"claim-review": "geoclaims.interop:read_claim_reviews"}
"""The formats that can be imported, with the public name of the function for each, which is imported on use."""

HELP: Final = "convert fact checks by others to articles"
DESCRIPTION: Final = """\
Convert data by others to articles, and write one article per line, as JSON:
  claim-review  fact checks: ClaimReview of schema.org, and answers of Google's
                Fact Check Tools; one article for each review
Malformed values are left out, and listed on standard error as by validate. An
article that equals an earlier one is dropped.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument(
        "--from", metavar="FORMAT", dest="source", required=True, choices=_SOURCES, help="what the files hold"
    )
    command.add_argument("--format", choices=REPORTS, default="text", help="how to list issues (text)")
    add_order_of_dates(command)
    add_output(command, "where to write (standard output)")
    command.add_argument("files", metavar="FILE", nargs="*", help="JSON or JSON Lines; - for standard input")


def run(options: argparse.Namespace) -> int:
    """Import the contents of files."""
    files = inputs(options, takes_bundled=False)
    if BUNDLED in files:
        options.refuse("--bundled need not be imported; `geoclaims export` writes that article")
    function = partial(resolve_name(_SOURCES[options.source]), dayfirst=options.dayfirst)
    report = REPORTS[options.format](sys.stderr or io.StringIO())
    with Progress(hidden=options.output == STANDARD and is_terminal()) as progress:
        taken = _Import(function, report, progress)
        with suppress(_NothingError):
            write_document(options, taken.lines(files), reads=files)
    dropped = f", {taken.dropped} dropped as equal to an earlier one" if taken.dropped else ""
    report.end(f"{counted(progress.count, 'article')} written{dropped}, {counted(report.invalid, 'error')}")
    return 1 if report.invalid or taken.unread else 0


class _NothingError(Exception):
    """There is no article to write."""


@attrs.define
class _Import:
    """An import in progress, with a function that reads parsed JSON."""

    function: Any
    report: Report
    progress: Progress
    """The count of articles that were written."""
    dropped: int = 0
    unread: int = 0
    places: dict[str, str] = attrs.field(factory=dict)
    """Where the first article of each id came from, and its line in the output."""
    hashes: set[bytes] = attrs.field(factory=set)
    """What was written, hashed."""

    def lines(self, files: Sequence[str]) -> Iterator[str]:
        """Write the articles of files, and report what is wrong.

        Raises:
            _NothingError: There is none, and an older file should not be replaced by an empty one.
        """
        self.report.begin()
        for file in files:
            yield from self._lines_of(file)
        if not self.progress.count:
            if not (self.report.invalid or self.unread):  # as of JSON Lines without a line
                self._add(nothing_in(files))
            raise _NothingError

    def _lines_of(self, file: str) -> Iterator[str]:
        try:
            for line, text in read_texts(file):
                yield from self._lines_in(text, line, called(file))
        except OSError as error:
            if error.filename is None:  # then the output failed
                raise
            self.progress.clear()
            complain(error)
            self.unread += 1

    def _lines_in(self, data: bytes | ValidationError, line: int | None, file: str) -> Iterator[str]:
        from hashlib import sha256

        if isinstance(data, ValidationError):
            self._add(InputError(data, file, line=line))
            return
        first_line = line or 1
        errors: list[ValidationError] = []
        try:
            text = decoded(data, first_line)
            document = parse_without_repeats(text, first_line=first_line)
            if not isinstance(document, dict | list):
                raise invalid("type", (), document, "an object or array")
        except ValidationError as error:
            self._add(InputError(error, file, line=line, lines=split(data)))
            return
        location = file if line is None else f"{file}:{line}"
        for article in self.function(document, on_error=errors.append):
            written = f"{to_json(article)}\n"
            digest = sha256(written.encode()).digest()
            if digest in self.hashes:
                self.dropped += 1
                continue
            self.hashes.add(digest)
            self.progress.step()
            yield written
            place = f"line {self.progress.count} of the output, from {location},"
            if issue := repeated_id(article.id, place, self.places):
                self._add(InputError(ValidationError([issue]), file, line=line))
        lines = split(data) if errors else ()
        for reported in with_positions(errors, text, first_line) if errors else ():
            self._add(InputError(reported, file, line=line, lines=lines))

    def _add(self, wrong: InputError) -> None:
        self.progress.clear()
        self.report.add(wrong)
