"""Write documents: to standard output, or to the files of `--output`, whole and never over what the command reads."""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Final

import attrs

from geoclaims._command_line.command import STANDARD
from geoclaims._command_line.input import is_folder, named_as_lines, tables_in
from geoclaims._command_line.reports import naming
from geoclaims._files import FilePath, file_path, writing
from geoclaims._json.documents import to_json
from geoclaims._messages import visible

if TYPE_CHECKING:
    from geoclaims._article import Article

_MOST_IN_MEMORY: Final = 1 << 24
"""What standard output gets is kept in a file until it is complete, if it is longer."""
_BYTE_ORDER_MARK: Final = "\ufeff"
_STANDARD_INPUT: Final = Path("/dev/stdin")


def prepare() -> None:
    """Write UTF-8, in every locale and environment; messages to a closed standard error are lost.

    Raises:
        OSError: Standard output is closed.
    """
    if sys.stderr is None:
        sys.stderr = io.StringIO()
    if sys.stdout is None:
        sys.stdout = io.StringIO()
        raise OSError(errno.EBADF, "standard output is closed")
    if isinstance(sys.stdout, io.TextIOWrapper) and isinstance(sys.stdout.buffer, io.FileIO):
        # By PYTHONUNBUFFERED: what does not fit on a disk would be lost without an error.
        sys.stdout = os.fdopen(sys.stdout.fileno(), "w", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def is_terminal() -> bool:
    """Report whether standard output is a terminal."""
    return sys.stdout.isatty()


def give_up_output() -> None:
    """Write what can still be written, then discard all further output, so that the process ends without an error."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def print_document(pieces: Iterable[str | bytes]) -> None:
    """Write a document to standard output.

    A terminal gets no byte order mark, and control and bidirectional characters, which could disturb it, as escapes.
    """
    for piece in pieces:
        if isinstance(piece, bytes):
            sys.stdout.buffer.write(piece)
        else:
            print(visible(piece.removeprefix(_BYTE_ORDER_MARK)) if is_terminal() else piece, end="")


def write_document(options: argparse.Namespace, pieces: Iterable[str | bytes], *, reads: Sequence[str]) -> None:
    """Write a document to the file that `--output` names, or to standard output for `-`.

    The file is compressed if its name ends in `.gz`. It gets its name only when all pieces are written; if the next
    piece raises an error, an older file is unchanged, and nothing is printed.

    Args:
        options: The arguments of the command.
        pieces: The document.
        reads: The files that the command reads.

    Raises:
        OSError: The file cannot be written.
    """
    if options.output == STANDARD:
        print_document(_complete(pieces))
        return
    refuse_to_replace(options, [options.output], reads)
    with naming(options.output), writing([options.output]) as (file,):
        for piece in pieces:
            file.write(piece if isinstance(piece, bytes) else piece.encode())


def _complete(pieces: Iterable[str | bytes]) -> Iterator[str | bytes]:
    """Yield the lines of a document once all of it is made, so that nothing is printed if it fails."""
    is_text = True
    with SpooledTemporaryFile(_MOST_IN_MEMORY) as file:
        for piece in pieces:
            is_text = isinstance(piece, str)
            file.write(piece.encode() if isinstance(piece, str) else piece)
        file.seek(0)
        for line in file:
            yield line.decode() if is_text else line


def write_article(options: argparse.Namespace, article: Article, *, reads: Sequence[str]) -> None:
    """Write an article as `write_document` does, on one line if the file is named as JSON Lines.

    With `--without-text`, the article loses its text.
    """
    written = attrs.evolve(article, text=None) if options.without_text else article
    indent = None if named_as_lines(options.output) else 2
    write_document(options, [to_json(written, indent=indent), "\n"], reads=reads)


def refuse_to_replace(options: argparse.Namespace, names: Iterable[FilePath], reads: Sequence[str]) -> None:
    """Refuse to replace a file that the command reads, of which there may be no other copy, by whatever name."""
    replaced = [path for path in map(Path, names) if path.is_file()]
    for name in reads:
        files = tables_in(name) if is_folder(name) else [_STANDARD_INPUT if name == STANDARD else Path(name)]
        for file in files:
            if file.exists() and any(map(file.samefile, replaced)):
                options.refuse(f"--output would replace {file}, which is read: name another file")


def refuse_existing(options: argparse.Namespace) -> None:
    """Refuse to replace the file that `--output` names if it exists."""
    path = file_path(options.output)
    if options.output != STANDARD and path.is_file():
        options.refuse(f"{path} already exists: name another, or remove that file first")


def folder_to_write(options: argparse.Namespace) -> Path:
    """Return the folder that `--output` names, which need not exist; refuse a file, and standard output."""
    folder = file_path(options.output)
    if options.output == STANDARD or (folder.exists() and not folder.is_dir()):
        given = "standard output" if options.output == STANDARD else options.output
        options.refuse(f"--to {options.to} writes several files into a folder: name one with --output; {given} is none")
    return folder
