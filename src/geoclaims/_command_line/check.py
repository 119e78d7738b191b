"""Check articles: `geoclaims validate`, for what the format asks, and `geoclaims lint`, for what the codebook asks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from geoclaims._command_line.articles import read_all
from geoclaims._command_line.command import FILES, LINKS, REPORT_FORMAT, argument, command
from geoclaims._command_line.corpora import read_corpus
from geoclaims._command_line.input import inputs
from geoclaims._command_line.links import files_of_links
from geoclaims._command_line.reports import JsonReport, Progress, Report, complain, error_in, lines_of
from geoclaims._errors import ValidationError
from geoclaims._json.parsing import decoded, with_positions
from geoclaims._view.wording import counted


@command(FILES, LINKS, REPORT_FORMAT)
def validate(options: argparse.Namespace) -> int:
    """Check files, and list everything that is wrong.

    Check that files hold valid articles, each with an id of its own in all files.
    Each issue is a line:
      FILE:LINE:COLUMN: PLACE: MESSAGE [CODE]
    Links are checked with all the articles. With --format json, write an array with
    an object for each invalid article or link.
    """
    files = inputs(options, options.links)
    links = files_of_links(files, options.links)
    with Progress() as progress:
        report = (JsonReport if options.format == "json" else Report)(sys.stdout, progress)
        if links:
            corpus, valid = read_corpus(files, links, report, progress, without_text=True)
            empty = sum(not article.statements for article in corpus.articles)
        else:
            empty = sum(not article.statements for article, *_ in progress.of(read_all(files, on_error=report.add)))
            valid = progress.count
    silent = f" ({empty} with no statements)" if empty else ""
    most, least = ("at most ", "at least ") if report.unlisted else ("", "")
    report.end(f"{most}{valid} valid{silent}, {least}{report.invalid} invalid{', links included' if links else ''}")
    return 1 if report.invalid else 0


@command(FILES, argument("--strict", action="store_true", help="exit with 1 if there is a warning"))
def lint(options: argparse.Namespace) -> int:
    """Warn about what may break a rule of the codebook.

    Compare annotated articles with the rules of the codebook, and list what an
    annotator should check again. Each warning is a line,
      FILE:LINE:COLUMN: ARTICLE: MESSAGE [CODE]
    and of tables, FOLDER/TABLE:ROW, column COLUMN: MESSAGE [CODE]. It numbers
    statements as `geoclaims show` does.
    Some warnings need an article with its text; which ones is reported if a text is
    missing. With --strict, the exit status is 1 if there is a warning.
    """
    from geoclaims.annotation import lint as warnings_of
    from geoclaims.annotation._lint import NEED_A_TEXT

    warnings = without_text = 0
    with Progress() as progress:
        report = Report(sys.stderr, progress)
        for article, file, place in progress.of(read_all(inputs(options), on_error=report.add, unique=False)):
            without_text += article.text is None
            found: Sequence[ValidationError] = [ValidationError([issue]) for issue in warnings_of(article)]
            if isinstance(place, bytes) and found:
                found = with_positions(found, decoded(place, 1))
            for warning in found:
                warnings += 1
                progress.clear()
                print(*lines_of(error_in(warning, file, place), article.id))
    complain(f"{counted(warnings, 'warning')} in {counted(progress.count, 'article')}")
    if without_text:
        complain(f"not checked in {counted(without_text, 'article')} without a text: {', '.join(NEED_A_TEXT)}")
    return 1 if report.invalid or (options.strict and warnings) else 0
