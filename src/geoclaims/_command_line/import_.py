"""Convert data by others to articles: `geoclaims import`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pkgutil import resolve_name
from typing import Final

import attrs

from geoclaims._article import Article
from geoclaims._command_line.command import BUNDLED, DATES, OUTPUT, STANDARD, argument, called, command
from geoclaims._command_line.input import inputs, read_texts
from geoclaims._command_line.links import refuse_links
from geoclaims._command_line.output import is_terminal, write_document
from geoclaims._command_line.reports import InputError, Progress, Report, nothing_in, repeated_id
from geoclaims._errors import ValidationError
from geoclaims._json.documents import to_json
from geoclaims._view.wording import counted

_SOURCES: Final = {"claim-review": "geoclaims.interop:read_claim_reviews"}
"""The formats that can be imported, with the public name of the function for each, which is imported on use."""


@command(
    argument("--from", metavar="FORMAT", dest="source", required=True, choices=_SOURCES, help="what the files hold"),
    *DATES,
    OUTPUT,
    argument("files", metavar="FILE", nargs="*", help="JSON or JSON Lines; - for standard input"),
)
def import_(options: argparse.Namespace) -> int:
    """Convert fact checks by others to articles.

    Write one article per line, as JSON, from what the files hold:
      claim-review  fact checks: ClaimReview of schema.org, and answers of Google's
                    Fact Check Tools; one article for each review
    Malformed values are left out, and listed on standard error as by validate. An
    article that equals an earlier one is dropped.
    """
    from hashlib import sha256

    files = inputs(options, takes_bundled=False)
    if BUNDLED in files:
        options.refuse("--bundled need not be imported; `geoclaims export` writes that article")
    function = partial(resolve_name(_SOURCES[options.source]), dayfirst=options.dayfirst)
    places: dict[str, str] = {}
    hashes = set[bytes]()
    dropped = 0
    with Progress(hidden=options.output == STANDARD and is_terminal()) as progress:
        report = Report(sys.stderr, progress)

        def lines() -> Iterator[str]:
            nonlocal dropped
            for file, (line, text) in ((name, found) for name in files for found in read_texts(name)):
                refuse_links(text, file)
                location = called(file) if line is None else f"{called(file)}:{line}"
                for article in _articles(function, text, file, line, report):
                    written = f"{to_json(article)}\n"
                    if (digest := sha256(written.encode()).digest()) in hashes:
                        dropped += 1
                        continue
                    hashes.add(digest)
                    progress.step()
                    yield written
                    place = f"line {progress.count} of the output, from {location},"
                    if issue := repeated_id(article.id, place, places):
                        report.add(InputError(ValidationError([issue]), called(file), line=line))

        written = lines()
        if first := next(written, None):  # otherwise an older file is not replaced by an empty one
            write_document(options, chain([first], written), reads=files)
        elif not report.invalid:  # as of JSON Lines without a line
            report.add(nothing_in(files))
    more = f", {dropped} dropped as equal to an earlier one" if dropped else ""
    report.end(f"{counted(progress.count, 'article')} written{more}, {counted(report.invalid, 'error')}")
    return 1 if report.invalid else 0


def _articles(
    function: Callable[..., Iterator[Article]],
    text: bytes | ValidationError,
    file: str,
    line: int | None,
    report: Report,
) -> Iterator[Article]:
    """Read the articles of a JSON text, and report what is wrong with it."""

    def add(error: ValidationError) -> None:
        before = (line or 1) - 1
        issues = [attrs.evolve(each, line=each.line and each.line + before) for each in error.issues]
        report.add(InputError(ValidationError(issues, omitted=error.omitted), called(file), line=line))

    if isinstance(text, ValidationError):
        report.add(InputError(text, called(file), line=line))
    else:
        yield from function(text, on_error=add)
