"""`geoclaims new`: write a draft to fill in."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._checks import checked
from geoclaims._command_line.input import TEXT_HELP, read_text
from geoclaims._command_line.output import file_to_write, files_to_write, folder_to_write, write_document
from geoclaims._command_line.streams import STANDARD, complain
from geoclaims._errors import Issues
from geoclaims._files import made
from geoclaims._messages import describe
from geoclaims._rules import definitions
from geoclaims._statements import STATEMENT_TYPES

if TYPE_CHECKING:
    from geoclaims.interop.tables.columns import Column

HELP: Final = "write a draft to fill in"
DESCRIPTION: Final = """\
Write a draft of an annotation to fill in. Replace everything in <>. Keep or
remove null where the article does not give a value. Copy the first actor and
the first statement for each further one. Standard error explains each key; an
editor does too if the schema is beside the draft:
  geoclaims schema --draft > draft.schema.json
`geoclaims anchor` turns the draft into an article. With --csv, the draft
is three tables for a spreadsheet program, with a column for each key.
"""

_SCHEMA: Final = "draft.schema.json"
_TO_REPLACE: Final = {
    "id": "<short, lower case, says what it is>",
    "name": "<as the article names it>",
    "type": "<statement, allegation or denial>",
    "speaker": "<id of an actor>",
    "content": "<the claim, in one sentence of your own>",
}
_PASSAGES: Final = ["<words of the text that carry it>"]


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("text", metavar="TEXT", help=TEXT_HELP)
    command.add_argument("--id", help="the id of the article (made from the name of the file)")
    command.add_argument("--language", help="the language of the text, such as en (null)")
    command.add_argument(
        "--schema",
        metavar="ADDRESS",
        type=_address,
        default=_SCHEMA,
        help=f"where an editor finds the schema ({_SCHEMA})",
    )
    where = command.add_mutually_exclusive_group()
    where.add_argument(
        "--output", metavar="FILE", type=file_to_write, default=STANDARD, help="the file to write (-, standard output)"
    )
    where.add_argument(
        "--csv", metavar="FOLDER", type=file_to_write, help="write three tables for a spreadsheet program to a folder"
    )


def _address(argument: str) -> str:
    """Check that an argument is text, as argparse does.

    Raises:
        ArgumentTypeError: It holds bytes that are not UTF-8.
    """
    try:
        argument.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"found {describe(argument)}, expected text in UTF-8") from None
    return argument


def run(options: argparse.Namespace) -> int:
    """Write a draft; never overwrite a file."""
    if options.csv is None:
        write_document(options, _as_json(options), reads=[options.text], overwrite=False)
    else:
        _write_tables(options, _draft(options))
    for models in ((Article,), (Actor,), STATEMENT_TYPES):
        meanings = {name: field.meaning for name, field in _fields_of(*models).items()}
        if models == STATEMENT_TYPES:
            meanings = {"type": "the kind of statement", **meanings, "passages": "the passages that carry it"}
        complain(f"{models[0].__name__}:")
        for name, meaning in meanings.items():
            complain(f"  {name:13} {meaning}")
    return 0


def _as_json(options: argparse.Namespace) -> Iterator[str]:
    yield json.dumps({"$schema": options.schema, **_draft(options)}, indent=2, ensure_ascii=False)
    yield "\n"


def _draft(options: argparse.Namespace) -> dict[str, Any]:
    """Make a draft of the text, which is read."""
    read_text(options.text, options)
    given = {name: value for name in ("id", "language") if (value := getattr(options, name)) is not None}
    notes = Issues(given)
    for name, value in given.items():
        checked(definitions(Article)[name].rule, value, (name,), notes)
    if notes.count:
        options.refuse(str(notes.error()))
    document = _empty(Article)
    document["id"] = _id_of(options.text) if options.id is None else options.id
    document["language"] = options.language
    document["actors"] = [_empty(Actor)]
    document["statements"] = [{"type": _TO_REPLACE["type"], **_empty(*STATEMENT_TYPES), "passages": _PASSAGES}]
    return document


def _cell(column: Column, row: dict[str, Any]) -> str:
    """Return the hint for a cell; a key that is `null` in the draft, or at a default, has an empty cell."""
    return "" if row.get(column.field) is None else column.cell(row)


def _write_tables(options: argparse.Namespace, document: dict[str, Any]) -> None:
    """Write a draft as three tables; never overwrite a table.

    Raises:
        OSError: A table cannot be written.
    """
    from geoclaims.interop.tables.columns import actors_table, articles_table, statements_table
    from geoclaims.interop.tables.csv_text import csv_lines

    folder = folder_to_write(options, options.csv, "--csv")
    tables = {articles_table(): document, actors_table(): document["actors"][0]}
    statement = {**document["statements"][0], "passages": [{"exact": words} for words in _PASSAGES]}
    tables[statements_table(passages=True)] = statement
    paths = [folder / table.file for table in tables]
    with made(folder), files_to_write(options, paths, reads=[options.text], overwrite=False) as files:
        for file, (table, row) in zip(files, tables.items(), strict=True):
            columns = [column for column in table.columns if column.field != "text"]  # it is not part of the tables
            header = [*table.keys, *(column.name for column in columns)]
            cells = [*(document["id"] for _ in table.keys), *(_cell(column, row) for column in columns)]
            file.writelines(line.encode() for line in csv_lines([header, cells]))


def _id_of(name: str) -> str:
    """Make an id from the name of a file."""
    words = re.sub("[^a-z0-9]+", "-", PurePath(name).stem.lower()).strip("-")
    return words[:100] or "article"


def _fields_of(*models: type[Any]) -> dict[str, Any]:
    """Look up the fields that a draft may have: those of an article except its text and spans."""
    fields = {name: field for model in models for name, field in definitions(model).items()}
    return {name: field for name, field in fields.items() if name not in {"spans", "text"}}


def _empty(*models: type[Any]) -> dict[str, Any]:
    """Make an object with every key; required keys have a hint as their value."""
    return {name: _TO_REPLACE.get(name) for name in _fields_of(*models)}
