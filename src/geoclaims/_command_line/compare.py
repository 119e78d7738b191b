"""Compare two annotations, and list their differences: `geoclaims compare`."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from geoclaims._article import Article
from geoclaims._command_line.articles import ReadArticle, read_all
from geoclaims._command_line.command import FILE_HELP, REPORT_FORMAT, argument, called, command
from geoclaims._command_line.input import named_as_lines, refuse_two_inputs
from geoclaims._command_line.output import print_document
from geoclaims._command_line.reports import Progress, Report, complain, error_in
from geoclaims._errors import AnchorError, ValidationError
from geoclaims._messages import describe

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
    files = options.one, options.other
    with Progress() as progress:
        report = Report(sys.stderr, progress)
        sides = [list(progress.of(read_all([file], on_error=report.add))) for file in files]
    if report.invalid:  # articles that were left out would count as missing
        return 1
    is_pair = all(len(side) == 1 for side in sides) and not any(map(named_as_lines, files))
    comparison = _compared(options, sides, is_pair=is_pair)
    pair = [side[0][0] for side in sides] if is_pair else []
    ids = [article.id for article in pair]
    if len(set(ids)) > 1:
        complain(f"the ids of the articles differ: {describe(ids[0])} and {describe(ids[1])}")
    if options.format == "json":
        page = json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2)
    else:
        names = [f"{side:7}{called(getattr(options, side))}" for side in ("one", "other")]
        lines = [*names, *_alpha(pair), "", *lines_of(comparison, shutil.get_terminal_size().columns)]
        page = "\n".join(lines)
    print_document([page, "\n"])
    return 0


def _compared(options: argparse.Namespace, sides: Sequence[Sequence[ReadArticle]], *, is_pair: bool) -> Comparison:
    """Compare the articles of two files, by their ids unless they are a pair.

    Raises:
        InputError: Too many passages overlap, or the longer text lacks passages.
    """
    from geoclaims.annotation import compare as compare_annotations

    one, other = ([article for article, *_ in side] for side in sides)
    try:
        if is_pair:
            return compare_annotations(one[0], other[0], least_overlap=options.least_overlap)
        return compare_annotations(one, other, least_overlap=options.least_overlap)
    except (AnchorError, ValidationError) as error:
        side, *number = error.issues[0].path[: 1 if is_pair else 2]  # all issues are in one article
        place = sides[side == "other"][int(*number)][2]
        issues = [attrs.evolve(each, path=each.path[1 if is_pair else 2 :]) for each in error.issues]
        file, another = (options.one, options.other)[:: -1 if side == "other" else 1]
        hint = f"; {called(another)} has another text than {called(file)}"
        hint = hint if isinstance(error, AnchorError) else ""
        issues[0] = attrs.evolve(issues[0], message=f"{issues[0].message}{hint}")
        raise error_in(type(error)(issues, omitted=error.omitted), file, place) from None


def _alpha(pair: Sequence[Article]) -> Iterator[str]:
    """Yield the line of alpha, for two articles of which one at least has its text."""
    from geoclaims.annotation import alpha

    if any(article.text is not None for article in pair):
        value = alpha(pair)
        yield f"alpha  {'–' if value is None else f'{value:.3f}'}"
