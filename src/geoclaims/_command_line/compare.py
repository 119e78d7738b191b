"""`geoclaims compare`: compare two annotations, and list their differences."""

from __future__ import annotations

import argparse
import json
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._command_line.input import (
    FILE_HELP,
    InputError,
    called,
    named_as_lines,
    nothing_in,
    read_articles,
    refuse_two_inputs,
)
from geoclaims._command_line.reports import complain_of
from geoclaims._command_line.streams import print_document, without_commands
from geoclaims._errors import AnchorError, ValidationError
from geoclaims._messages import describe, printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoclaims.annotation import Comparison

HELP: Final = "compare two annotations, and list their differences"
DESCRIPTION: Final = """\
Compare two annotations of an article, or of a corpus. Statements are matched by
their passages. Precision is the share of what OTHER has that ONE has too, and
recall the share of what ONE has that OTHER has too. Articles as JSON Lines are
matched by their ids; the ids may differ if each file has one article.
The exit status is 0 whatever the scores are.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("one", metavar="ONE", help=f"the reference: {FILE_HELP}")
    command.add_argument("other", metavar="OTHER", help="the annotation to compare with it")
    command.add_argument(
        "--least-overlap",
        metavar="SHARE",
        type=_share,
        default=0.5,
        help="the least share of common characters in their passages for two statements to match (0.5)",
    )
    command.add_argument("--format", choices=("text", "json"), default="text", help="how to write the result (text)")


def _share(text: str) -> float:
    """Read a share, as argparse does.

    Raises:
        ArgumentTypeError: It is not a number from 0 to 1.
    """
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"found {describe(text)}, expected a number from 0 to 1")
    return share


def run(options: argparse.Namespace) -> int:
    """Compare two files."""
    refuse_two_inputs(options, options.one, options.other)
    errors = 0

    def count(wrong: InputError) -> None:
        nonlocal errors
        errors += 1
        complain_of(wrong)

    comparison = _compared(options, count)
    if comparison.articles.f1 is None and not errors:
        count(nothing_in([options.one, options.other]))
    if errors:  # articles that were left out would count as missing
        return 1
    if options.format == "json":
        page = json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2)
    else:
        names = [printable(called(name)) for name in (options.one, options.other)]
        page = without_commands(f"one    {names[0]}\nother  {names[1]}\n\n{comparison}")
    print_document([page, "\n"])
    return 0


def _compared(options: argparse.Namespace, on_error: Callable[[InputError], object]) -> Comparison:
    """Compare the articles of two files.

    Raises:
        InputError: Too many passages overlap, or the texts differ and neither copy has all passages.
        OSError: A file cannot be read.
    """
    from geoclaims.annotation import compare

    files = {"one": options.one, "other": options.other}
    lines: dict[str, list[int]] = {side: [] for side in files}
    corpora = [
        read_articles(file, on_error=on_error, on_line=lines[side].append, places={}) for side, file in files.items()
    ]
    starts = [list(islice(corpus, 2)) for corpus in corpora]
    single = all(len(start) == 1 for start in starts) and not any(map(named_as_lines, files.values()))
    one, other = (start[0] if single else chain(start, corpus) for start, corpus in zip(starts, corpora, strict=True))
    try:
        return compare(one, other, least_overlap=options.least_overlap)
    except (AnchorError, ValidationError) as error:
        side, *place = error.issues[0].path  # all issues are in one article
        line = None if single or not (of_articles := lines[str(side)]) else of_articles[int(place[0])]
        error.issues = tuple(attrs.evolve(each, path=each.path[1 if single else 2 :]) for each in error.issues)
        raise InputError(error, called(files[str(side)]), line=line) from None
