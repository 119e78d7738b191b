"""`geoclaims schema`: the JSON Schema of an article."""

from __future__ import annotations

import argparse
import json
from typing import Final

from geoclaims._command_line.streams import write_document

HELP: Final = "write the JSON Schema of an article"
DESCRIPTION: Final = "Write the JSON Schema (2020-12) of an article."


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command understands: nothing."""


def run(options: argparse.Namespace) -> int:
    """Write the schema."""
    del options
    from geoclaims._json.schema import json_schema

    write_document([json.dumps(json_schema(), indent=2), "\n"])
    return 0
