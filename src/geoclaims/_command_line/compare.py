"""Compare two annotations, and list their differences: `geoclaims compare`."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

import attrs

from geoclaims._article import Article
from geoclaims._command_line.command import FILE_HELP, REPORT_FORMAT, argument, command
from geoclaims._command_line.input import (
    Place,
    called,
    error_in,
    named_as_lines,
    nothing_in,
    read_articles,
    refuse_two_inputs,
)
from geoclaims._command_line.reports import Report
from geoclaims._command_line.streams import Progress, complain, print_document
from geoclaims._errors import AnchorError, ValidationError
from geoclaims._messages import describe, printable

if TYPE_CHECKING:
    from geoclaims.annotation import Comparison


@command(
    argument("one", metavar="ONE", help=f"the reference: {FILE_HELP}"),
    argument("other", metavar="OTHER", help="the annotation to compare with it"),
    argument(
        "--least-overlap",
        metavar="SHARE",
        type=float,
        default=0.5,
        help="the least share of common characters in their passages for two statements to match (0.5)",
    ),
    REPORT_FORMAT,
)
def compare(options: argparse.Namespace) -> int:
    """Compare two annotations, and list their differences.

    Compare two annotations of an article, or of a corpus. Statements are matched by
    their passages. Precision is the share of what OTHER has that ONE has too, and
    recall the share of what ONE has that OTHER has too. Articles as JSON Lines are
    matched by their ids; the ids may differ if each file has one article.
    The exit status is 0 whatever the scores are.
    """
    from geoclaims.annotation._agreement.compare import lines_of

    refuse_two_inputs(options, options.one, options.other)
    if not 0 <= options.least_overlap <= 1:
        options.refuse(f"--least-overlap: found {options.least_overlap}, expected a number from 0 to 1")
    with Progress() as progress:
        report = Report(sys.stderr, progress)
        comparison, pair = _compared(options, report)
        if comparison.articles.f1 is None and not report.invalid:
            report.add(nothing_in([options.one, options.other]))
    if report.invalid:  # articles that were left out would count as missing
        return 1
    ids = [article.id for article in pair]
    if len(set(ids)) > 1:
        complain(f"the ids of the articles differ: {describe(ids[0])} and {describe(ids[1])}")
    if options.format == "json":
        page = json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2)
    else:
        names = [f"{side:7}{printable(called(getattr(options, side)))}" for side in ("one", "other")]
        lines = [*names, *_alpha(pair), "", *lines_of(comparison, shutil.get_terminal_size().columns)]
        page = "\n".join(lines)
    print_document([page, "\n"])
    return 0


def _compared(options: argparse.Namespace, report: Report) -> tuple[Comparison, Sequence[Article]]:
    """Compare the articles of two files; return the two articles too, if each holds a single one.

    Raises:
        InputError: Too many passages overlap, or the longer text lacks passages.
        OSError: A file cannot be read.
    """
    from geoclaims.annotation import compare as compare_annotations

    files = {"one": options.one, "other": options.other}
    places: dict[str, list[Place]] = {side: [] for side in files}
    corpora = [_noted(report, file, places[side]) for side, file in files.items()]
    starts = [list(islice(corpus, 2)) for corpus in corpora]
    single = all(len(start) == 1 for start in starts) and not any(map(named_as_lines, files.values()))
    one, other = (start[0] if single else chain(start, corpus) for start, corpus in zip(starts, corpora, strict=True))
    try:
        comparison = compare_annotations(one, other, least_overlap=options.least_overlap)
    except (AnchorError, ValidationError) as error:
        side, *number = error.issues[0].path[: 1 if single else 2]  # all issues are in one article
        of_articles = places[str(side)]
        place = of_articles[int(*number)] if of_articles else None
        issues = [attrs.evolve(each, path=each.path[1 if single else 2 :]) for each in error.issues]
        this, another = (printable(called(file)) for _, file in sorted(files.items(), key=lambda each: each[0] != side))
        hint = f"; {another} has another text than {this}" if isinstance(error, AnchorError) else ""
        issues[0] = attrs.evolve(issues[0], message=f"{issues[0].message}{hint}")
        raise error_in(type(error)(issues, omitted=error.omitted), files[str(side)], place) from None
    return comparison, [start[0] for start in starts] if single else []


def _noted(report: Report, file: str, places: list[Place]) -> Iterator[Article]:
    """Yield the articles of a file, and add the place of each to a list."""
    for article, place in report.progress.of(read_articles(file, on_error=report.add, places={})):
        places.append(place)
        yield article


def _alpha(pair: Sequence[Article]) -> Iterator[str]:
    """Yield the line of alpha, for two articles of which one at least has its text."""
    from geoclaims.annotation import alpha

    if any(article.text is not None for article in pair):
        value = alpha(pair)
        yield f"alpha  {'–' if value is None else f'{value:.3f}'}"
