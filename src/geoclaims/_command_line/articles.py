"""Read the articles that a command is given, each with its place, and say what to give instead of something else."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, NoReturn, TypeAlias

import attrs

from geoclaims._article import Article
from geoclaims._command_line.command import BUNDLED, called, shown
from geoclaims._command_line.input import is_folder, read_texts
from geoclaims._command_line.reports import InputError, Place, error_in, nothing_in, place_in_words, repeated_id
from geoclaims._errors import AnchorError, Issue, ValidationError
from geoclaims._json.documents import read_json
from geoclaims._json.format import PASSAGES
from geoclaims._loader import load_article

ReadArticle: TypeAlias = tuple[Article, str, Place]
"""An article, with its file and place."""
OnError: TypeAlias = Callable[[InputError], object]

_IN_PYTHON: Final = re.compile("; [^;]* reads drafts$")
_NEW_DRAFT: Final = "; `geoclaims new TEXT` writes a draft of a text"
_IS_DRAFT: Final = "; this looks like a draft: `geoclaims anchor TEXT {} -o article.json` turns it into an article"
_IS_LINK: Final = "found a link, expected an article; --links of show, validate and export takes links"
_IS_ARTICLE: Final = "found an article, expected a link; --links takes links alone, and FILE articles"


def read_all(files: Sequence[str], *, on_error: OnError, unique: bool = True) -> Iterator[ReadArticle]:
    """Read the articles of all files, each with its file and place; something must be there.

    Args:
        files: Files, folders with the three tables of `write_csv`, `-` for standard input, or `BUNDLED`.
        on_error: Called with the error of each article that is invalid.
        unique: Whether an article with the id of an earlier one is invalid.

    Raises:
        OSError: A file cannot be read.
    """
    places: dict[str, str] = {}
    is_empty = True

    def add(wrong: InputError) -> None:
        nonlocal is_empty
        is_empty = False
        on_error(wrong)

    for file in files:
        for article, place in _articles_in(file, add):
            is_empty = False
            if unique and (issue := repeated_id(article.id, place_in_words(place, file), places)):
                on_error(error_in(ValidationError([issue]), file, place))
            else:
                yield article, file, place
    if is_empty:
        on_error(nothing_in(files))


def read_article(files: Sequence[str], expected: str) -> ReadArticle:
    """Read the single article of all files, with its file and place; of a second one, say what was expected.

    Raises:
        InputError: The files hold no article or more than one, or something else.
        OSError: A file cannot be read.
    """

    def stop(wrong: InputError) -> NoReturn:
        raise wrong

    first, *more = islice(read_all(files, on_error=stop, unique=False), 2)
    for _, file, place in more:
        message = f"found a second article, expected {expected}"
        raise error_in(ValidationError([Issue("type", (), message)]), file, place)
    return first


def _articles_in(name: str, on_error: OnError) -> Iterator[tuple[Article, Place]]:
    if name == BUNDLED:
        yield load_article(), None
    elif is_folder(name):
        from geoclaims.interop.tables.csv_files import articles_in

        yield from articles_in(name, on_error=lambda error: on_error(InputError(error, called(name), in_table=True)))
    else:
        yield from read_documents(name, Article, on_error, _NEW_DRAFT)


def read_documents(name: str, model: type[Any], on_error: OnError, advice: str) -> Iterator[tuple[Any, int | bytes]]:
    """Read the articles or links of a file, each with its line, or with the JSON if it is all of the file.

    Args:
        name: The file, or `-` for standard input.
        model: `Article` or `Link`.
        on_error: Called with the error of each that is invalid.
        advice: What to do with a file that does not begin as JSON does.

    Raises:
        OSError: The file cannot be read.
    """
    for line, text in read_texts(name):
        try:
            if isinstance(text, ValidationError):
                raise text
            read = read_json(text, model, first_line=line or 1)
        except ValidationError as error:
            # a line is not a file that `anchor` reads
            draft = shown(shlex.quote(name if line is None else "DRAFT"))
            advised = advice_on_draft(advice_on_text(instead_of(error), advice), _IS_DRAFT.format(draft))
            on_error(InputError(advised, called(name), line=line))
        else:
            yield read, text if line is None else line


def instead_of(error: ValidationError | AnchorError) -> ValidationError | AnchorError:
    """Return one issue instead, for a link that was read as an article, or an article that was read as a link."""
    unknown = {issue.path for issue in error.issues if issue.code == "unknown_key"}
    if unknown >= {("source",), ("target",)}:
        return ValidationError([Issue("tag", (), _IS_LINK)])
    return ValidationError([Issue("tag", (), _IS_ARTICLE)]) if ("schema_version",) in unknown else error


def advice_on_text(error: ValidationError | AnchorError, advice: str) -> ValidationError | AnchorError:
    """Add advice to the issue that a file does not begin as JSON does; without one, return the error as it is."""
    [first, *others] = error.issues
    if first.code == "json" and (first.line, first.column) == (1, 1):
        return ValidationError([attrs.evolve(first, message=first.message + advice), *others])
    return error


def advice_on_draft(error: ValidationError | AnchorError, advice: str) -> ValidationError | AnchorError:
    """Return the first issue of a key that only drafts have, with advice; without one, the error as it is."""
    for issue in error.issues:
        in_statement = issue.path[:1] == ("statements",) and issue.path[2:] == (PASSAGES,)
        if issue.code == "unknown_key" and in_statement:
            return ValidationError([attrs.evolve(issue, message=_IN_PYTHON.sub("", issue.message) + advice)])
    return error
