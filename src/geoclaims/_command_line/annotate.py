"""Annotate a text: `geoclaims new` writes a draft to fill in, `geoclaims anchor` makes an article of it."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from pathlib import PurePath
from typing import Any, Final, cast

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._command_line.articles import advice_on_draft, advice_on_text, instead_of, read_article
from geoclaims._command_line.command import (
    BUNDLED,
    DATES,
    OUTPUT,
    TEXT,
    WITHOUT_TEXT,
    argument,
    as_text,
    called,
    command,
)
from geoclaims._command_line.input import (
    TEXT_FIRST,
    is_folder,
    object_in,
    read_text,
    read_whole,
    refuse_two_inputs,
)
from geoclaims._command_line.output import refuse_existing, write_article, write_document
from geoclaims._command_line.reports import InputError, Place, complain, error_in
from geoclaims._errors import AnchorError, ValidationError
from geoclaims._json.documents import from_json
from geoclaims._json.format import PASSAGES, PLACEHOLDERS
from geoclaims._json.parsing import decoded, with_positions
from geoclaims._rules.fields import definitions
from geoclaims._statements import STATEMENT_TYPES
from geoclaims._view.wording import counted

_SCHEMA: Final = "draft.schema.json"
_IS_ARTICLE: Final = "; in a draft, leave out text and spans"


@command(
    TEXT,
    argument("--id", type=as_text, help="the id of the article (made from the name of the file, or from the text)"),
    argument("--language", type=as_text, help="the language of the text, such as en (null)"),
    OUTPUT,
)
def new(options: argparse.Namespace) -> int:
    """Write a draft to fill in.

    Replace everything in <>. Keep or remove null where the article does not give a
    value. Copy the first actor and the first statement for each further one. An
    editor explains each key if the schema is beside the draft:
      geoclaims schema --draft > draft.schema.json
    `geoclaims anchor` turns the draft into an article. An existing file is never
    overwritten.
    """
    from geoclaims.annotation import lint

    text = read_text(options)
    words = re.sub("[^a-z0-9]+", "-", PurePath(options.text).stem.lower()).strip("-")
    try:
        of_text = f"article-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
        id = (words[:100] or of_text) if options.id is None else options.id
        article = Article(id=id, language=options.language, text=text)
    except ValidationError as error:
        return cast("int", options.refuse(str(error)))  # which ends the command
    document = {"$schema": _SCHEMA, **_empty(Article), "id": article.id, "language": article.language}
    document["actors"] = [_empty(Actor)]
    document["statements"] = [
        {"type": PLACEHOLDERS["type"], **_empty(*STATEMENT_TYPES), PASSAGES: [PLACEHOLDERS[PASSAGES]]}
    ]
    lines = json.dumps(document, indent=2, ensure_ascii=False)
    refuse_existing(options)
    write_document(options, [lines, "\n"], reads=[])
    for warning in lint(article):
        complain(str(warning))
    if options.id is None:
        complain(f"the id of the article is {id}; --id sets another")
    return 0


def _empty(*models: type[Any]) -> dict[str, Any]:
    """Make an object with every key of a draft; required keys have a hint as their value."""
    names = (name for model in models for name in definitions(model))
    return {name: PLACEHOLDERS.get(name) for name in names if name not in {"spans", "text"}}


@command(
    TEXT,
    argument(
        "file",
        metavar="FILE",
        help="the draft, or the article as JSON or tables; - for standard input, --bundled for geoclaims' own",
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
    statement keeps its passages only if all of them are found, and of its quotes
    those that are in the text. Quotes that are in no passage are warned of, and so
    are passages that cut a word or number.
    """
    from geoclaims.annotation import lint

    refuse_two_inputs(options, options.text, options.file)
    text = read_text(options)
    lost: list[InputError] = []
    article, quotes = _anchored(options, text, lost)
    write_article(options, article, reads=[options.text, options.file])
    for wrong in lost:
        complain(wrong)
    without = sum(not statement.spans for statement in article.statements)
    left = f"; {counted(without, 'statement')} without passages" if without else ""
    gone = quotes - sum(len(statement.quotes) for statement in article.statements)
    left += f"; {counted(gone, 'quote')} left out" if gone else ""
    for warning in lint(article):
        if warning.code in {"lint_cut", "lint_quote"}:
            complain(f"{called(options.file)}: {warning}")
    complain(f"{counted(sum(len(statement.spans) for statement in article.statements), 'passage')} found{left}")
    return 1 if lost else 0


def _anchored(options: argparse.Namespace, text: str, lost: list[InputError]) -> tuple[Article, int]:
    """Read the draft or article, and attach the text; add the error for passages that may be lost to a list.

    Returns:
        The article, and how many quotes it had before.

    Raises:
        InputError: Anything else is wrong.
    """
    file: str = options.file
    place: Place = None

    def as_input(error: ValidationError | AnchorError) -> InputError:
        if isinstance(place, bytes):
            [error] = with_positions([error], decoded(place, 1))
        if place is not None:
            return error_in(error, file, place)
        return InputError(advice_on_draft(advice_on_text(instead_of(error), TEXT_FIRST), _IS_ARTICLE), called(file))

    def keep(error: AnchorError) -> None:
        lost.append(as_input(error))

    on_error = keep if options.keep_going else None
    try:
        if file == BUNDLED or is_folder(file):
            article, _, place = read_article([file], "the one that the text belongs to")
        else:
            data = read_whole(file)
            if not _is_article(data):
                from geoclaims.annotation import read_draft

                article = read_draft(data, text, dayfirst=options.dayfirst, on_error=on_error)
                return article, sum(len(one.get("quotes") or ()) for one in json.loads(data)["statements"])
            article, place = from_json(data), data
        return article.with_text(text, on_error=on_error), sum(len(one.quotes) for one in article.statements)
    except (AnchorError, ValidationError) as error:
        raise as_input(error) from None


def _is_article(data: bytes) -> bool:
    """Report whether JSON is an article and no draft: a document with a text, or with spans in a statement."""
    document = object_in(data) or {}
    statements = document.get("statements")
    members = statements if isinstance(statements, list) else []
    return "text" in document or any(isinstance(member, dict) and "spans" in member for member in members)
