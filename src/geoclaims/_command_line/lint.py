"""`geoclaims lint`: warn about what may break a rule of the codebook."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Final

from geoclaims._command_line.input import FILE_HELP, called, error_in, inputs, read_all
from geoclaims._command_line.reports import Complaints, lines_of
from geoclaims._command_line.streams import Progress, complain, say
from geoclaims._errors import ValidationError
from geoclaims._messages import printable
from geoclaims._view.words import counted

HELP: Final = "warn about what may break a rule of the codebook"
DESCRIPTION: Final = """\
Compare annotated articles with the rules of the codebook, and list what an
annotator should check again. Each warning is a line,
  FILE: ARTICLE: PLACE: MESSAGE [CODE]
and of tables, FOLDER/TABLE:ROW, column COLUMN: MESSAGE [CODE].
Some warnings need an article with its text; which ones is reported if a text is
missing. With --strict, the exit status is 1 if there is a warning.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("files", metavar="FILE", nargs="*", help=FILE_HELP)
    command.add_argument("--strict", action="store_true", help="exit with 1 if there is a warning")


def run(options: argparse.Namespace) -> int:
    """Write the warnings for files."""
    from geoclaims.annotation import lint
    from geoclaims.annotation._lint import NEED_A_TEXT

    warnings = without_text = 0
    with Progress() as progress:
        complaints = Complaints(progress)
        for article, file, place in progress.of(read_all(inputs(options), on_error=complaints.add)):
            without_text += article.text is None
            for issue in lint(article):
                warnings += 1
                progress.clear()
                if isinstance(place, Mapping):  # of which the row names the article
                    say("".join(lines_of(error_in(ValidationError([issue]), file, place), None)))
                else:
                    say(f"{printable(called(file))}: {article.id}: {issue}")
    complain(f"{counted(warnings, 'warning')} in {counted(progress.count, 'article')}")
    if without_text:
        complain(f"not checked in {counted(without_text, 'article')} without a text: {', '.join(NEED_A_TEXT)}")
    return 1 if complaints.count or (options.strict and warnings) else 0
