"""`geoclaims show`: articles as people read them; without a command, the one that comes with geoclaims."""

from __future__ import annotations

import argparse
from typing import Final

from geoclaims._command_line.layout import Layout
from geoclaims._command_line.page import page
from geoclaims._command_line.reading import read_articles
from geoclaims._loader import load_article

HELP: Final = "show articles: actors, allegations with their denials, other statements"
DESCRIPTION: Final = """\
Show articles: the actors, each allegation with those who deny it, and the
other statements.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command understands."""
    command.add_argument("file", metavar="FILE", help="articles as JSON or JSON Lines; - for standard input")


def run(options: argparse.Namespace) -> int:
    """Show the articles of a file."""
    layout = Layout.of_output()
    for number, article in enumerate(read_articles(options.file)):
        if number:
            print("\n")
        for line in page(article, layout):
            print(line)
    return 0


def run_without_arguments(options: argparse.Namespace) -> int:
    """Show the article that comes with geoclaims, and say what else there is to do."""
    del options
    layout = Layout.of_output()
    more = (
        "This article comes with geoclaims; `geoclaims export --to json` writes its JSON. "
        "`geoclaims show FILE` shows one of yours, and `geoclaims --help` says more."
    )
    for lines in (page(load_article(), layout), layout.heading("next"), layout.paragraph(more, indent=2, hang=0)):
        for line in lines:
            print(line)
    return 0
