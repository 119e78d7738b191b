"""`geoclaims new`: write a draft to fill in."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._checks import checked
from geoclaims._command_line.input import TEXT_HELP, read_text
from geoclaims._command_line.output import add_output, file_to_write, files_to_write, folder_to_write, write_document
from geoclaims._command_line.streams import STANDARD, complain, print_document
from geoclaims._errors import Issues
from geoclaims._files import new_folder
from geoclaims._json.format import PASSAGES, tag_of
from geoclaims._messages import describe, indefinite, listed, printable
from geoclaims._rules import NAME, Choice, Country, Date, Flag, Many, Nested, Rule, definitions
from geoclaims._rules.meanings import meanings_of_fields
from geoclaims._statements import STATEMENT_TYPES

if TYPE_CHECKING:
    from geoclaims.interop.tables.columns import Column

HELP: Final = "write a draft to fill in, or an example that is filled in"
DESCRIPTION: Final = """\
Write a draft of an annotation to fill in. Replace everything in <>. Keep or
remove null where the article does not give a value. Copy the first actor and
the first statement for each further one. Standard error explains each key; an
editor does too if the schema is beside the draft:
  geoclaims schema --draft > draft.schema.json
`geoclaims anchor` turns the draft into an article. With --csv, the draft
is three tables for a spreadsheet program, with a column for each key.
--example writes a draft that is filled in, and its text beside it: example.json
and example.txt, or with --csv tables and example.txt in the folder. With -o -,
the draft goes to standard output.
"""

_SCHEMA: Final = "draft.schema.json"
_EXAMPLE: Final = "example.json"
_EXAMPLE_TEXT: Final = "example.txt"
_TO_REPLACE: Final = {
    "id": "<short, lower case, says what it is>",
    "name": "<as the article names it>",
    "type": "<statement, allegation or denial>",
    "speaker": "<id of an actor>",
    "content": "<the claim, in one sentence of your own>",
}
_LISTS: Final = {
    False: ("[ ]", 'in square brackets, as in ["first", "second"]', "null"),
    True: ("|", "with | between the items, as in first|second", "empty"),
}
"""How lists are marked in what is said of keys, how they and nothing are written, by whether they are in tables."""
_PASSAGES: Final = ["<words of the text that carry it>"]


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    command.add_argument("text", metavar="TEXT", nargs="?", help=TEXT_HELP)
    command.add_argument("--example", action="store_true", help="write an example with its text, instead of TEXT")
    command.add_argument("--id", help="the id of the article (made from the name of the file)")
    command.add_argument("--language", help="the language of the text, such as en (null)")
    command.add_argument(
        "--schema",
        metavar="ADDRESS",
        type=_address,
        default=_SCHEMA,
        help=f"where an editor finds the schema ({_SCHEMA})",
    )
    add_output(command, f"the file to write (-, standard output; {_EXAMPLE} for --example)", None)
    command.add_argument(
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
    if options.csv is not None and options.output is not None:
        options.refuse("--csv names a folder, and --output a file: give one of them")
    if options.csv == STANDARD:
        options.refuse("--csv writes three tables into a folder, and not to standard output: name a folder")
    if not (options.text or options.example):
        options.refuse("give the TEXT to annotate, - for standard input, or --example")
    if options.output is None:
        options.output = _EXAMPLE if options.example else STANDARD
    if options.example:
        text, draft = _write_example(options)
    else:
        text, draft = options.text, options.output if options.csv is None else options.csv
        document = _draft(options)
        if options.csv is None:
            write_document(options, [_as_json(options, document)], reads=[text], overwrite=False)
        else:
            folder = folder_to_write(options, options.csv, "--csv")
            _write_files(options, _tables(folder, document), reads=[text])
    _explain(in_tables=options.csv is not None)
    if draft != STANDARD:
        what = "This draft is filled in" if options.example else "Fill in the draft"
        command = shlex.join(["geoclaims", "anchor", text, draft, "-o", "article.json"])
        complain(f"{what}; then: {printable(command)}")
    return 0


def _explain(*, in_tables: bool) -> None:
    """Write what each key or column means, and what it may hold."""
    mark, lists, nothing = _LISTS[in_tables]
    complain(f"{mark} marks lists: {lists}. What the article does not give stays {nothing}.")
    for models in ((Article,), (Actor,), STATEMENT_TYPES):
        complain(f"{models[0].__name__}:")
        said = {name: meaning.text for model in models for name, meaning in meanings_of_fields(model).items()}
        meanings = {name: (field.rule, _in_a_line(said.get(name, ""))) for name, field in _fields_of(*models).items()}
        if models == STATEMENT_TYPES:
            passages = (
                Many(NAME),
                f"the passages that carry it, in the words of the text ({_parts(in_tables=in_tables)})",
            )
            meanings = {"type": (NAME, "statement, allegation or denial"), **meanings, PASSAGES: passages}
        if in_tables and models != (Article,):
            meanings = {"article": (NAME, "the id of its article"), **meanings}
        for name, (rule, meaning) in meanings.items():
            if not (in_tables and _has_table(rule)):
                values = _values_of(name, rule, in_tables=in_tables)
                owners = [tag_of(model) for model in models if name in definitions(model)]
                only = f"; only of {indefinite(owners[0])}" if 0 < len(owners) < len(models) else ""
                complain(f"  {name:13} {mark if isinstance(rule, Many) else '':{len(mark)}} {meaning}{only}{values}")


def _in_a_line(sentence: str) -> str:
    """Write a sentence without its capital and full stop."""
    return f"{sentence[:1].lower()}{sentence[1:].removesuffix('.')}"


def _parts(*, in_tables: bool) -> str:
    """Say which keys or columns pick a passage whose words are in several places."""
    from geoclaims.interop.tables.drafts import PARTS

    keys, columns = list(PARTS), [column for column, _ in PARTS.values()]
    if in_tables:
        return f"if these are in several places, also {listed(columns[1:])}"
    return f"if these are in several places, an object with {keys[0]} and {listed(keys[1:])}"


def _has_table(rule: Rule) -> bool:
    """Report whether the things in a list have a table of their own, for which they need an id."""
    return isinstance(rule, Many) and isinstance(rule.item, Nested) and "id" in definitions(rule.item.models[0])


def _values_of(name: str, rule: Rule, *, in_tables: bool) -> str:
    """Say which values a key takes, or which columns there are, if its meaning does not."""
    match rule:
        case Choice(enum):
            return f" ({', '.join(enum)})"
        case Country():
            return " (three letters, such as NOR)"
        case Date():
            return " (such as 2031, 2031-04 or 2031-04-09)"
        case Flag():
            return " (true or false)"
        case Many(Nested((model, *_))) if not _has_table(rule):
            parts = definitions(model)
            return (
                f" ({', '.join(f'{name}_{part}' for part in parts)})" if in_tables else f" (each: {', '.join(parts)})"
            )
        case _:
            return ""


def _write_example(options: argparse.Namespace) -> tuple[str, str]:
    """Write the example with its text, and return the names of both."""
    if options.text is not None or options.id is not None or options.language is not None:
        options.refuse("--example brings its own text: leave out TEXT, --id and --language")
    data = files("geoclaims").joinpath("data")
    document, text = json.loads(data.joinpath(_EXAMPLE).read_bytes()), data.joinpath(_EXAMPLE_TEXT).read_bytes()
    if options.csv is None:
        draft = Path(options.output)
        folder = draft.parent
        contents = {} if options.output == STANDARD else {draft: _as_json(options, document).encode()}
        if draft.name.casefold() == _EXAMPLE_TEXT:
            options.refuse(f"{_EXAMPLE_TEXT} is the text of the example: give its draft another name")
    else:
        draft = folder = folder_to_write(options, options.csv, "--csv")
        contents = _tables(folder, document)
    _write_files(options, {folder / _EXAMPLE_TEXT: text, **contents}, reads=[])
    if options.output == STANDARD:
        print_document([_as_json(options, document)])
    return str(folder / _EXAMPLE_TEXT), str(draft)


def _as_json(options: argparse.Namespace, document: dict[str, Any]) -> str:
    return f"{json.dumps({'$schema': options.schema, **document}, indent=2, ensure_ascii=False)}\n"


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
    document["statements"] = [{"type": _TO_REPLACE["type"], **_empty(*STATEMENT_TYPES), PASSAGES: _PASSAGES}]
    return document


def _cell(column: Column, row: dict[str, Any]) -> str:
    """Return the hint for a cell; a key that is `null` in the draft, or at a default, has an empty cell."""
    return "" if row.get(column.field) is None else column.cell(row)


def _tables(folder: Path, document: dict[str, Any]) -> dict[Path, bytes]:
    """Write a draft as three tables in a folder, and return their contents by their names."""
    from geoclaims.interop.tables.columns import actors_table, articles_table, statements_table
    from geoclaims.interop.tables.csv_text import csv_lines
    from geoclaims.interop.tables.drafts import with_objects

    rows = {articles_table(): [document], actors_table(): document["actors"]}
    rows[statements_table(passages=True)] = with_objects(document)["statements"]
    contents = {}
    for table, of_table in rows.items():
        columns = [column for column in table.columns if column.field != "text"]  # it is not part of the tables
        cells = [
            [*(document["id"] for _ in table.keys), *(_cell(column, row) for column in columns)] for row in of_table
        ]
        lines = csv_lines([[*table.keys, *(column.name for column in columns)], *cells])
        contents[folder / table.file] = "".join(lines).encode()
    return contents


def _write_files(options: argparse.Namespace, contents: Mapping[Path, bytes], reads: Sequence[str]) -> None:
    """Write new files, in a folder that need not exist; never overwrite a file.

    Raises:
        OSError: A file cannot be written.
    """
    paths = list(contents)
    other = "name another folder" if options.csv else f"give another folder, as in -o FOLDER/{_EXAMPLE}"
    with (
        new_folder(paths[0].parent),
        files_to_write(options, paths, reads=reads, overwrite=False, other=other) as opened,
    ):
        for file, content in zip(opened, contents.values(), strict=True):
            file.write(content)


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
