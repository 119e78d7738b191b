"""`geoclaims lint`: warn about what may break a rule of the codebook."""

from __future__ import annotations

import argparse
from typing import Final

from geoclaims._command_line.input import FILE_HELP, InputError, called, inputs, read_all
from geoclaims._command_line.reports import complain_of
from geoclaims._command_line.streams import complain, say
from geoclaims._messages import printable
from geoclaims._wording import counted

HELP: Final = "warn about what may break a rule of the codebook"
DESCRIPTION: Final = """\
Compare annotated articles with the rules of the codebook, and list what an
annotator should check again. Each warning is a line,
  FILE: ARTICLE: PLACE: MESSAGE [CODE]
Some warnings need an article with its text. With --strict, the exit status is 1
if there is a warning.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("files", metavar="FILE", nargs="*", help=FILE_HELP)
    command.add_argument("--strict", action="store_true", help="exit with 1 if there is a warning")


def run(options: argparse.Namespace) -> int:
    """Write the warnings for files."""
    from geoclaims.annotation import lint

    articles = warnings = errors = 0

    def count(wrong: InputError) -> None:
        nonlocal errors
        errors += 1
        complain_of(wrong)

    for file, article in read_all(inputs(options), on_error=count):
        articles += 1
        for issue in lint(article):
            warnings += 1
            say(f"{printable(called(file))}: {article.id}: {issue}")
    complain(f"{counted(warnings, 'warning')} in {counted(articles, 'article')}")
    return 1 if errors or (options.strict and warnings) else 0
