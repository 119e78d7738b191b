"""`geoclaims schema`: the JSON Schema of an article."""

from __future__ import annotations

import argparse
import json
from typing import Final

from geoclaims._command_line.streams import write_document
from geoclaims._json.schema import DIALECTS, json_schema

HELP: Final = "write the JSON Schema of an article"
DESCRIPTION: Final = """\
Write the JSON Schema (2020-12) of an article.

The full dialect says all that a schema can say. The portable one is for
generators of code: it accepts all that the full one accepts.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command understands."""
    command.add_argument("--dialect", choices=DIALECTS, default=DIALECTS[0], help="full (the default) or portable")


def run(options: argparse.Namespace) -> int:
    """Write the schema."""
    write_document([json.dumps(json_schema(dialect=options.dialect), indent=2), "\n"])
    return 0
