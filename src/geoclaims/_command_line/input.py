"""Open what a command is given: files or standard input, and the JSON documents or the text in them."""

from __future__ import annotations

import argparse
import errno
import json
import os
import stat
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Final

from geoclaims._checks import checked
from geoclaims._command_line.command import BUNDLED, BUNDLED_OPTION, STANDARD, called
from geoclaims._command_line.reports import InputError, naming
from geoclaims._errors import ValidationError
from geoclaims._files import file_path, lines_in, open_lines, read_to_end
from geoclaims._issues import Issues
from geoclaims._json.lines import numbered
from geoclaims._loader import decoded_text
from geoclaims._rules.rules import WHOLE_TEXT

_LINES: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
TEXT_FIRST: Final = "; TEXT comes before the draft"
_JIS: Final = "\x1b$"
"""How ISO-2022-JP begins Japanese characters, all in ASCII."""
_NO_TEXT: Final = "geoclaims does not come with the text of its bundled article; give a copy as TEXT"


def inputs(options: argparse.Namespace, links: Sequence[str] = ()) -> Sequence[str]:
    """List the files to read: those of the options, or else standard input if something is piped in.

    Without either the command is refused; at a terminal it would silently wait for input.

    Args:
        options: The arguments of the command.
        links: The files of links that are read too.
    """
    files: Sequence[str] = options.files or ([STANDARD] if is_piped_in() else [])
    if not files:
        offered = ", - for standard input, or --bundled for the article of geoclaims"
        options.refuse(f"nothing to read: give a FILE{offered}")
    if BUNDLED in links:
        options.refuse(f"{BUNDLED_OPTION} has no links: name a file behind --links")
    refuse_two_inputs(options, *files, *links)
    return files


def refuse_two_inputs(options: argparse.Namespace, *names: str) -> None:
    """Refuse arguments if more than one of them is standard input."""
    if names.count(STANDARD) > 1:
        options.refuse("standard input can be read only once")


def is_piped_in() -> bool:
    """Report whether standard input is a pipe, a socket or a regular file; not a terminal, `/dev/null` or closed."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):  # closed before or after the process started
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISREG(mode)


def is_folder(name: str) -> bool:
    """Report whether a name is that of a folder, that is, of tables."""
    return name not in {STANDARD, BUNDLED} and file_path(name).is_dir()


def tables_in(folder: str | os.PathLike[str]) -> Sequence[Path]:
    """List the files of the tables in a folder, that of links last."""
    from geoclaims.interop.tables.columns import table_of_links, tables

    return [Path(folder, table.file) for table in (*tables(), table_of_links())]


def named_as_lines(name: str) -> bool:
    """Report whether the name of a file says that it holds JSON Lines."""
    return name.lower().endswith(_LINES)


def read_texts(name: str) -> Generator[tuple[int | None, bytes | ValidationError]]:
    """Read the JSON documents of a file or of standard input.

    There is one on each line if the name says so, or if the first line is a whole object and more follows; otherwise
    there is one.

    Yields:
        The line of each document in JSON Lines, else None, and the document; or the error of a compressed stream that
        breaks off.

    Raises:
        OSError: The file cannot be read.
    """
    with _lines_of(name) as lines:
        start: list[bytes] = []
        if not named_as_lines(name):
            try:
                start, is_whole = _start(lines)
                if not is_whole:
                    yield None, read_to_end(chain(start, lines))
                    return
            except ValidationError as error:
                yield None, error
                return
        yield from numbered(chain(start, lines))


def _start(lines: Iterable[bytes]) -> tuple[list[bytes], bool]:
    """Read until more follows the first line that is not blank; report whether it does, and that line is an object."""
    start: list[bytes] = []
    first = None
    for line in lines:
        start.append(line)
        if not line.isspace():
            if first is not None:
                return start, object_in(first) is not None
            first = line
    return start, False


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


def object_in(data: str | bytes) -> dict[str, Any] | None:
    """Return the JSON object that this is; None if it is something else."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


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
