"""Annotate a text: `geoclaims new` writes a draft to fill in, `geoclaims anchor` makes an article of it."""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, Final, cast

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._command_line.command import (
    BUNDLED,
    DATES,
    OUTPUT,
    STANDARD,
    TEXT,
    WITHOUT_TEXT,
    argument,
    as_text,
    called,
    command,
    file_to_write,
)
from geoclaims._command_line.input import (
    advice_on_draft,
    is_folder,
    quotes_passages,
    read_article,
    read_text,
    read_whole,
    refuse_two_inputs,
    tables_in,
)
from geoclaims._command_line.output import folder_to_write, refuse_existing, write_article, write_document
from geoclaims._command_line.reports import InputError, Place, complain, error_in
from geoclaims._errors import AnchorError, ValidationError
from geoclaims._json.documents import from_json
from geoclaims._json.format import PASSAGES
from geoclaims._rules.fields import definitions
from geoclaims._statements import STATEMENT_TYPES
from geoclaims._view.wording import counted

_SCHEMA: Final = "draft.schema.json"
_TO_REPLACE: Final = {
    "id": "<short, lower case, says what it is>",
    "name": "<as the article names it>",
    "type": "<statement, allegation or denial>",
    "speaker": "<id of an actor>",
    "content": "<the claim, in one sentence of your own>",
    PASSAGES: "<words of the text that carry it>",
}
_IS_ARTICLE: Final = "; in a draft, leave out text and spans"


@command(
    TEXT,
    argument("--id", type=as_text, help="the id of the article (made from the name of the file)"),
    argument("--language", type=as_text, help="the language of the text, such as en (null)"),
    OUTPUT,
    argument("--csv", metavar="FOLDER", type=file_to_write, help="write three tables for a spreadsheet program"),
)
def new(options: argparse.Namespace) -> int:
    """Write a draft to fill in.

    Replace everything in <>. Keep or remove null where the article does not give a
    value. Copy the first actor and the first statement for each further one. An
    editor explains each key if the schema is beside the draft:
      geoclaims schema --draft > draft.schema.json
    `geoclaims anchor` turns the draft into an article. With --csv, the draft
    is three tables for a spreadsheet program, with a column for each key.
    An existing file is never overwritten.
    """
    if options.csv is not None and options.output != STANDARD:
        options.refuse("--csv names a folder, and --output a file: give one of them")
    text = read_text(options)
    words = re.sub("[^a-z0-9]+", "-", PurePath(options.text).stem.lower()).strip("-")
    try:
        id = (words[:100] or "article") if options.id is None else options.id
        article = Article(id=id, language=options.language, text=text)
    except ValidationError as error:
        return cast("int", options.refuse(str(error)))  # which ends the command
    if options.csv is None:
        document = {"$schema": _SCHEMA, **_empty(Article), "id": article.id, "language": article.language}
        document["actors"] = [_empty(Actor)]
        document["statements"] = [
            {"type": _TO_REPLACE["type"], **_empty(*STATEMENT_TYPES), PASSAGES: [_TO_REPLACE[PASSAGES]]}
        ]
        lines = json.dumps(document, indent=2, ensure_ascii=False)
        if options.output != STANDARD:
            refuse_existing(options, [options.output])
        write_document(options, [lines, "\n"], reads=[])
    else:
        from geoclaims.interop import write_csv

        folder = folder_to_write(options, options.csv, "--csv")
        refuse_existing(options, tables_in(folder))
        write_csv(folder, [article], passages=True)
    return 0


def _empty(*models: type[Any]) -> dict[str, Any]:
    """Make an object with every key of a draft; required keys have a hint as their value."""
    names = (name for model in models for name in definitions(model))
    return {name: _TO_REPLACE.get(name) for name in names if name not in {"spans", "text"}}


@command(
    TEXT,
    argument(
        "file",
        metavar="FILE",
        help="the draft or article, as JSON or a folder of tables; - for standard input, --bundled for geoclaims' own",
    ),
    OUTPUT,
    *DATES,
    argument("--keep-going", action="store_true", help="write the passages that are found; exit with 1 if any is not"),
    WITHOUT_TEXT,
)
def anchor(options: argparse.Namespace) -> int:
    """Find the passages of a draft or an article in its text.

    Find the passages that a draft quotes in the text of the article, or those of an
    article in a copy of its text, and write the article with that text as JSON. An
    article is a document with text, or with spans in a statement. Quotation marks,
    line breaks and other typography may differ. If anything is wrong, every issue
    is listed with its file and line, and nothing is written. With --keep-going, a
    statement keeps its passages only if all of them are found.
    """
    refuse_two_inputs(options, options.text, options.file)
    if options.dayfirst is not None and is_folder(options.file):
        options.refuse("--dayfirst and --monthfirst are for drafts as JSON; in tables, write dates with the year first")
    text = read_text(options)
    lost: list[InputError] = []
    article = _anchored(options, text, lost)
    write_article(options, article, reads=[options.text, options.file])
    for wrong in lost:
        complain(wrong)
    without = sum(not statement.spans for statement in article.statements)
    left = f"; {counted(without, 'statement')} without passages" if without else ""
    complain(f"{counted(sum(len(statement.spans) for statement in article.statements), 'passage')} found{left}")
    return 1 if lost else 0


def _anchored(options: argparse.Namespace, text: str, lost: list[InputError]) -> Article:
    """Read the draft or article, and attach the text; add the error for passages that may be lost to a list.

    Raises:
        InputError: Anything else is wrong.
    """
    file: str = options.file
    in_folder = is_folder(file)
    place: Place = None

    def as_input(error: ValidationError | AnchorError) -> InputError:
        if place is not None:
            return error_in(error, file, place)
        return InputError(advice_on_draft(error, _IS_ARTICLE), called(file), in_folder=in_folder)

    def keep(error: AnchorError) -> None:
        lost.append(as_input(error))

    on_error = keep if options.keep_going else None
    try:
        if in_folder and quotes_passages(file):
            return _article_of_tables(file, text, on_error)
        if in_folder or file == BUNDLED:
            article, _, place = read_article([file], "the one that the text belongs to")
        else:
            data = read_whole(file)
            if not _is_article(data):
                from geoclaims.annotation import read_draft

                return read_draft(data, text, dayfirst=options.dayfirst, on_error=on_error)
            article = from_json(data)
        return article.with_text(text, on_error=on_error)
    except (AnchorError, ValidationError) as error:
        raise as_input(error) from None


def _is_article(data: bytes) -> bool:
    """Report whether JSON is an article and no draft: a document with a text, or with spans in a statement."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return False
    if not isinstance(document, dict):
        return False
    statements = document.get("statements")
    members = statements if isinstance(statements, list) else []
    return "text" in document or any(isinstance(member, dict) and "spans" in member for member in members)


def _article_of_tables(folder: str, text: str, on_error: Callable[[AnchorError], object] | None) -> Article:
    """Read the one article of three tables that are a draft.

    Raises:
        ValidationError: Anything is wrong except passages that may be lost, or the tables do not hold exactly one
            article; this is then the only issue, since the text belongs to one article.
    """
    from geoclaims.interop import read_csv
    from geoclaims.interop.tables.rows import CellIssue

    texts = defaultdict[str, str](lambda: text)  # collects the ids for which a text was requested
    errors: list[AnchorError | ValidationError] = []
    articles = list(read_csv(folder, texts=texts, on_error=errors.append))
    if len(texts) > 1 or not (texts or errors):
        message = f"found {len(texts)} articles, expected the one that the text belongs to"
        raise ValidationError([CellIssue("range", ("articles.csv", 1), message)])
    lost = [error for error in errors if isinstance(error, AnchorError)]
    if len(lost) < len(errors) or (errors and on_error is None):
        issues = [issue for error in errors for issue in error.issues]
        raise ValidationError(issues, omitted=sum(error.omitted for error in errors))
    if on_error is not None:
        for error in lost:
            on_error(error)
    return articles[0]
