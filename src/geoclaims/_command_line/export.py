"""Write articles, and their schema, for others: `geoclaims export`, in one of the formats, and `geoclaims schema`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from importlib import resources
from typing import Any, Final, cast

import attrs

from geoclaims._article import Article
from geoclaims._command_line.articles import read_all, read_article
from geoclaims._command_line.command import FILES, LINKS, OUTPUT, STANDARD, WITHOUT_TEXT, argument, command
from geoclaims._command_line.corpora import read_corpus
from geoclaims._command_line.formats import FORMATS, Format
from geoclaims._command_line.input import inputs, tables_in
from geoclaims._command_line.links import files_of_links
from geoclaims._command_line.output import folder_to_write, is_terminal, refuse_to_replace, write_document
from geoclaims._command_line.reports import Progress, Report, complain, naming
from geoclaims._json.schema import DIALECTS, json_schema
from geoclaims._messages import listed
from geoclaims._view.wording import counted

_STRUCTURED: Final = "structured_output"
_LIST: Final = [
    f"  {name:8}  {form.help}{'; one article' if form.articles == 'one' else ''}" for name, form in FORMATS.items()
]


@command(
    argument("--to", metavar="FORMAT", required=True, choices=FORMATS, help="the format"),
    OUTPUT,
    WITHOUT_TEXT,
    LINKS,
    FILES,
    epilog="\n".join(["formats:", *_LIST]),
)
def export(options: argparse.Namespace) -> int:
    """Write articles in other formats.

    Combine the articles of all files into one output, in a format listed below.
    Html, csv and records take links too. If anything is invalid, it is listed, and
    nothing is written.
    CSV files begin with a byte order mark. Cells that a spreadsheet program would
    take for formulas begin with an apostrophe.
    """
    form: Format = FORMATS[options.to]
    if options.links and not form.takes_links:
        takers = listed(name for name, each in FORMATS.items() if each.takes_links)
        options.refuse(f"--links is for --to {takers}")
    function = form.load()
    options.files = files = inputs(options, options.links)
    links = files_of_links(files, options.links) if form.takes_links else []
    if form.is_for_files and options.output == STANDARD and is_terminal():
        options.refuse(f"--to {options.to} is not for a terminal: name its file with --output")
    progress = Progress()
    report = Report(sys.stderr, progress)

    def right() -> Iterator[Article]:
        yield from _articles(options, form, report)
        if report.invalid:  # before the output is complete
            sys.exit(1)

    of_links = ""
    try:
        with progress:
            articles: Any = progress.of(right())
            if links:
                articles, _ = read_corpus(files, links, report, progress, without_text=options.without_text)
                if report.invalid:
                    return 1
                of_links = f" and {counted(len(articles.links), 'link')}"
            if form.writer is None:
                folder = folder_to_write(options)
                refuse_to_replace(options, tables_in(folder), [*files, *options.links])
                with naming(options.output):
                    function(folder, articles)
            else:
                write_document(options, form.writer(function, articles), reads=[*files, *options.links])
    except ImportError as error:  # of a library that an extra brings
        options.refuse(str(error))
    complain(f"{counted(progress.count, 'article')}{of_links} written")
    return 0


def _articles(options: argparse.Namespace, form: Format, report: Report) -> Iterator[Article]:
    """Read the articles, or the only one if the format holds no more."""
    if form.articles == "one":
        many = "jsonl" if options.to == "json" else "html"
        expected = f"one for this format: export the articles one by one, or --to {many}"
        read = iter([read_article(options.files, expected)])
    else:
        read = read_all(options.files, on_error=report.add)
    for article, *_ in read:
        yield attrs.evolve(article, text=None) if options.without_text else article


@command(
    argument(
        "--dialect",
        metavar="DIALECT",
        choices=(*DIALECTS, _STRUCTURED),
        help=f"full or portable; of a draft full or {_STRUCTURED} (full; {_STRUCTURED} with --with-prompt)",
    ),
    argument("--draft", action="store_true", help="the schema of a draft"),
    argument("--with-prompt", action="store_true", help="with --draft: first what a language model should do"),
    OUTPUT,
)
def schema(options: argparse.Namespace) -> int:
    """Write the JSON Schema of an article, or of a draft.

    The full dialect (2020-12) has every rule that a schema can express. The
    portable one is for code generators, and accepts all that the full one accepts.
    With --draft, write the schema of drafts, which quote their passages. Its second
    dialect, structured_output, is for services that make language models follow a
    schema; with --with-prompt, the rules of the codebook stand before it.
    """
    dialect: Any = options.dialect or (_STRUCTURED if options.with_prompt else "full")
    if not options.draft and (dialect == _STRUCTURED or options.with_prompt):
        options.refuse(f"{'--with-prompt' if options.with_prompt else _STRUCTURED} needs --draft")
    if options.draft and dialect == "portable":
        options.refuse(f"portable is not for --draft: a draft has full or {_STRUCTURED}")
    prompt = resources.files("geoclaims").joinpath("data/prompt.md").read_text("utf-8") if options.with_prompt else ""
    if options.draft:
        from geoclaims.annotation import draft_schema

        document = draft_schema(dialect=cast("Any", dialect))
    else:
        document = json_schema(dialect=cast("Any", dialect))
    write_document(options, [f"{prompt}\n" if prompt else "", json.dumps(document, indent=2), "\n"], reads=[])
    return 0
