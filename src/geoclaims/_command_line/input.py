"""Read what a command is given: articles, JSON and texts, from files, standard input or the package."""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import shlex
import stat
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

import attrs

from geoclaims._article import Article
from geoclaims._checks import checked
from geoclaims._command_line.command import BUNDLED, STANDARD, called, shown
from geoclaims._command_line.links import holds_links, instead_of, is_table, refuse_links
from geoclaims._command_line.reports import InputError, Place, error_in, naming, nothing_in, place_in_words, repeated_id
from geoclaims._errors import AnchorError, Issue, ValidationError
from geoclaims._files import file_path, lines_in, open_lines, read_to_end
from geoclaims._issues import Issues
from geoclaims._json.documents import read_json
from geoclaims._json.format import PASSAGES
from geoclaims._json.lines import numbered
from geoclaims._links import Link
from geoclaims._loader import decoded_text, load_article
from geoclaims._rules.rules import WHOLE_TEXT

ReadArticle: TypeAlias = tuple[Article, str, Place]
ReadLink: TypeAlias = tuple[Link, str, Place]
"""What was read, with its file and place."""

_LINES: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
TEXT_FIRST: Final = "; TEXT comes before the draft"
_JIS: Final = "\x1b$"
"""How ISO-2022-JP begins Japanese characters, all in ASCII."""
_NO_TEXT: Final = "geoclaims does not come with the text of its bundled article; give a copy as TEXT"
_IN_PYTHON: Final = re.compile("; [^;]* reads drafts$")
_NEW_DRAFT: Final = "; `geoclaims new TEXT` writes a draft of a text"
_IS_DRAFT: Final = "; this looks like a draft: `geoclaims anchor TEXT {} -o article.json` turns it into an article"


def inputs(options: argparse.Namespace, *, takes_bundled: bool = True) -> Sequence[str]:
    """List the files to read: those of the options, or else standard input if something is piped in.

    Without either the command is refused; at a terminal it would silently wait for input.

    Args:
        options: The arguments of the command.
        takes_bundled: Whether the command can read the article that comes with geoclaims; otherwise it is not offered.
    """
    files: Sequence[str] = options.files or ([STANDARD] if is_piped_in() else [])
    if not files:
        offered = ", - for standard input, or --bundled for the article of geoclaims"
        options.refuse(f"nothing to read: give a FILE{offered if takes_bundled else ', or - for standard input'}")
    refuse_two_inputs(options, *files)
    return files


def refuse_two_inputs(options: argparse.Namespace, *names: str) -> None:
    """Refuse arguments if more than one of them is standard input."""
    if names.count(STANDARD) > 1:
        options.refuse("standard input can be read only once")


def is_folder(name: str) -> bool:
    """Report whether a name is that of a folder, that is, of tables."""
    return name not in {STANDARD, BUNDLED} and file_path(name).is_dir()


def tables_in(folder: str | os.PathLike[str]) -> Sequence[Path]:
    """List the files of the tables in a folder, that of links too."""
    from geoclaims.interop.tables.columns import table_of_links, tables

    return [Path(folder, table.file) for table in (*tables(), table_of_links())]


def named_as_lines(name: str) -> bool:
    """Report whether the name of a file says that it holds JSON Lines."""
    return name.lower().endswith(_LINES)


def read_all(
    files: Sequence[str],
    *,
    on_error: Callable[[InputError], object] | None = None,
    places: dict[str, str] | None = None,
    links: list[ReadLink] | None = None,
) -> Iterator[tuple[Article, str, Place]]:
    """Read the articles of all files, each with its file and place, as `read_articles` does; something must be there.

    Raises:
        InputError: As `read_articles` says, or the files hold nothing.
        OSError: A file cannot be read.
    """
    read = 0

    def count(wrong: InputError) -> None:
        nonlocal read
        read += 1
        if on_error is None:
            raise wrong
        on_error(wrong)

    for file in files:
        for article, place in read_articles(file, on_error=count, places=places, links=links):
            read += 1
            yield article, file, place
    if not (read or links):
        count(nothing_in(files))


def read_article(files: Sequence[str], expected: str) -> tuple[Article, str, Place]:
    """Read the single article of all files, with its file and place; of a second one, say what was expected.

    Raises:
        InputError: The files hold no article or more than one, or something else.
        OSError: A file cannot be read.
    """
    first, *more = islice(read_all(files), 2)
    for _, file, place in more:
        message = f"found a second article, expected {expected}"
        raise error_in(ValidationError([Issue("type", (), message)]), file, place)
    return first


def read_articles(
    name: str,
    *,
    on_error: Callable[[InputError], object],
    places: dict[str, str] | None = None,
    links: list[ReadLink] | None = None,
) -> Iterator[tuple[Article, Place]]:
    """Read the articles of a file, each with its place; of standard input for `-`, or the bundled one for `BUNDLED`.

    Args:
        name: The file, or a folder with the three tables of `write_csv`.
        on_error: Called with the error of each article that is invalid.
        places: The place of each id that was read before; with it, an article whose id repeats is invalid.
        links: To which links are added; without it, a file of links is refused, and those of a folder are not read.

    Raises:
        LinksError: The file holds links, and there is no list for them.
        OSError: The file cannot be read.
    """
    for read, place in _all_in(name, on_error, takes_links=links is not None):
        if isinstance(read, Link):
            cast("list[ReadLink]", links).append((read, name, place))
            continue
        issue = None if places is None else repeated_id(read.id, place_in_words(place, name), places)
        if issue is None:
            yield read, place
        else:
            on_error(error_in(ValidationError([issue]), name, place))


def _all_in(
    name: str, on_error: Callable[[InputError], object], *, takes_links: bool
) -> Iterator[tuple[Article | Link, Place]]:
    """Read the articles of a file, whether or not their ids repeat, or its links; of a folder, both."""

    def in_table(error: ValidationError) -> None:
        on_error(InputError(error, called(name), in_table=True))

    if name == BUNDLED:
        yield load_article(), None
    elif is_folder(name):
        from geoclaims.interop.tables.csv_files import articles_in, links_in

        yield from articles_in(name, on_error=in_table)
        if takes_links and (path := tables_in(name)[-1]).exists():
            yield from links_in(path.read_bytes(), path.name, name, on_error=in_table)
    else:
        model: type[Article | Link] | None = None
        for line, text in read_texts(name):
            if model is None and not takes_links:
                refuse_links(text, name)
            if line is None and is_table(text):
                from geoclaims.interop.tables.csv_files import links_in

                yield from links_in(text, called(name), name, on_error=in_table)
                return
            model = model or (Link if holds_links(text) else Article)
            try:
                if isinstance(text, ValidationError):
                    raise text
                read = read_json(text, model, first_line=line or 1)
            except ValidationError as error:
                # a line is not a file that `anchor` reads
                draft = name if line is None else "DRAFT"
                on_error(InputError(_with_hint(instead_of(error, text), draft), called(name), line=line))
            else:
                yield read, text if line is None else line


def read_texts(name: str) -> Generator[tuple[int | None, bytes | ValidationError]]:
    """Read the JSON texts of a file or of standard input; a table is one text.

    There is one on each line where the name says that these are JSON Lines, or where the first line begins and ends
    an object and the next is no continuation; otherwise there is a single one.

    Yields:
        The line of each text in JSON Lines, else None, and the text; or the error of a compressed stream that breaks
        off.

    Raises:
        OSError: The file cannot be read.
    """
    with _lines_of(name) as lines:
        try:
            start, many = _begun(lines, name)
            if not many:
                yield None, read_to_end(chain(start, lines))
        except ValidationError as error:
            yield None, error
            return
        for number, line in numbered(chain(start, lines)) if many else ():
            yield number, line if isinstance(line, ValidationError) else line.rstrip(b"\r\n")


def read_whole(name: str) -> bytes:
    """Read a file or standard input to its end.

    Raises:
        ValidationError: It is a gzip stream that is cut or damaged (`encoding`).
        OSError: The file cannot be read.
    """
    with _lines_of(name) as lines:
        return read_to_end(lines)


def read_text(options: argparse.Namespace) -> str:
    """Read the text of an article from the file that `TEXT` names, or from standard input for `-`.

    Raises:
        InputError: The file holds something else.
        OSError: The file cannot be read.
    """
    if options.text == BUNDLED:
        options.refuse(_NO_TEXT)
    try:
        text = decoded_text(read_whole(options.text))
        notes = Issues(text)
        checked(WHOLE_TEXT, text, (), notes)
        if _JIS in text:
            notes.note("encoding", (), "found characters in ISO-2022-JP, expected UTF-8: save it as UTF-8")
        elif object_in(text):
            notes.note("type", (), f"found a JSON document, expected the text of the article{TEXT_FIRST}")
        notes.raise_if_any()
    except ValidationError as error:
        raise InputError(error, called(options.text)) from None
    return text


def object_in(data: str | bytes) -> dict[str, Any]:
    """Return the JSON object that a file holds; an empty one if it holds something else."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _with_hint(error: ValidationError, name: str) -> ValidationError | AnchorError:
    """Say what to do with a draft, and nothing else, or with what does not begin as JSON does."""
    return advice_on_draft(advice_on_text(error, _NEW_DRAFT), _IS_DRAFT.format(shown(shlex.quote(name))))


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


def is_piped_in() -> bool:
    """Report whether standard input is a pipe, a socket or a regular file; not a terminal, `/dev/null` or closed."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):  # closed before or after the process started
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISREG(mode)


@contextmanager
def _lines_of(name: str) -> Generator[Iterable[bytes]]:
    """Open the lines of a file, or of standard input."""
    with naming(called(name)):
        if name != STANDARD:
            with open_lines(name) as lines:
                yield lines
        elif sys.stdin is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        else:
            yield lines_in(sys.stdin.buffer)


def _begun(lines: Iterable[bytes], name: str) -> tuple[list[bytes], bool]:
    """Decide by the name of a file, or else by its start, whether it holds JSON Lines; return what was read of it."""
    start: list[bytes] = []
    filled: list[bytes] = []
    for line in lines:
        start.append(line)
        if content := line.strip():
            filled.append(content)
        if filled and named_as_lines(name):
            return start, filled[0].removeprefix(BOM_UTF8) != b"{"  # which ends no line of JSON Lines
        if len(filled) == 2:
            first = filled[0].removeprefix(BOM_UTF8)
            # Within a document, nothing else follows what ends with a brace.
            goes_on = content.startswith((b",", b"]", b"}"))
            return start, first.startswith(b"{") and first.endswith(b"}") and not goes_on
    return start, named_as_lines(name)
