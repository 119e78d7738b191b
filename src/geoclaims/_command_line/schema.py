"""`geoclaims schema`: write the JSON Schema of an article, or of a draft."""

from __future__ import annotations

import argparse
import json
from typing import Any, Final, cast

from geoclaims._command_line.output import add_output, write_document
from geoclaims._json.schema import DIALECTS, Dialect, json_schema

_STRUCTURED: Final = "structured_output"

HELP: Final = "write the JSON Schema of an article, or of a draft"
DESCRIPTION: Final = """\
Write the JSON Schema (2020-12) of an article.

The full dialect has every rule that a schema can express. The portable one is
for code generators, and accepts all that the full one accepts. With --draft,
write the schema of drafts, which quote their passages. It has a third dialect,
structured_output, for services that make language models follow a schema.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("--dialect", choices=[*DIALECTS, _STRUCTURED], default=DIALECTS[0], help="the dialect (full)")
    command.add_argument("--draft", action="store_true", help="the schema of a draft")
    add_output(command, "write the schema to a file (-, standard output)")


def run(options: argparse.Namespace) -> int:
    """Write the schema."""
    dialect: Any = options.dialect
    if dialect == _STRUCTURED and not options.draft:
        options.refuse(f"{_STRUCTURED} needs --draft")
    schema = _schema_of_drafts(dialect) if options.draft else json_schema(dialect=cast("Dialect", dialect))
    write_document(options, [json.dumps(schema, indent=2), "\n"], reads=[])
    return 0


def _schema_of_drafts(dialect: Any) -> dict[str, Any]:
    from geoclaims.annotation import draft_schema

    return draft_schema(dialect=dialect)
