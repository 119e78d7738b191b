"""`geoclaims find`: show where a passage is in a text."""

from __future__ import annotations

import argparse
from typing import Final

from geoclaims._command_line.input import TEXT_HELP, InputError, called, read_text
from geoclaims._command_line.layout import Layout
from geoclaims._command_line.streams import say
from geoclaims._errors import AnchorError
from geoclaims._json.documents import to_json
from geoclaims._spans import Span
from geoclaims._view.words import quoted

HELP: Final = "show where a passage is in a text"
DESCRIPTION: Final = """\
Find a passage in the text of an article; typography may differ. The place and
words of the passage are shown, and its span as JSON. If it occurs several
times, all places are listed; if it does not occur, the nearest one.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("text", metavar="TEXT", help=TEXT_HELP)
    command.add_argument("passage", metavar="PASSAGE", help="the words of the passage")


def run(options: argparse.Namespace) -> int:
    """Find a passage."""
    text = read_text(options.text, options)
    try:
        span = Span.find(text, options.passage)
    except AnchorError as error:
        raise InputError(error, called(options.text)) from None
    for line in Layout.of_output().labelled(f"{span.start}–{span.end}", quoted(text[span.start : span.end])):
        say(line)
    print(to_json(span))
    return 0
