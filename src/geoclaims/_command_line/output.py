"""Write the files of `--output`: whole or not at all, and never over what the command reads."""

from __future__ import annotations

import argparse
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import attrs

from geoclaims._command_line.input import BUNDLED, named_as_lines
from geoclaims._command_line.streams import STANDARD, print_document
from geoclaims._files import FilePath, file_path, writing
from geoclaims._json.documents import to_json
from geoclaims._messages import printable

if TYPE_CHECKING:
    from geoclaims._article import Article

_STANDARD_INPUT: Final = Path("/dev/stdin")


def add_output(command: argparse.ArgumentParser, what: str, default: str | None = STANDARD) -> None:
    """Add `--output`, which all commands have that write a file."""
    command.add_argument("-o", "--output", metavar="FILE", type=file_to_write, default=default, help=what)


def file_to_write(name: str) -> str:
    """Check the name of a file to write, as argparse does.

    Raises:
        ArgumentTypeError: It names the article that comes with geoclaims.
    """
    if name == BUNDLED:
        raise argparse.ArgumentTypeError("--bundled can only be read")
    return name


def write_document(
    options: argparse.Namespace, pieces: Iterable[str | bytes], *, reads: Sequence[str], overwrite: bool = True
) -> None:
    """Write a document to the file that `--output` names, or to standard output for `-`.

    The file is compressed if its name ends in `.gz`. It gets its name only when all pieces are written; if the next
    piece raises an error, an older file is unchanged.

    Args:
        options: The arguments of the command.
        pieces: The document.
        reads: The files that the command reads.
        overwrite: Whether to replace a file that exists.

    Raises:
        OSError: The file cannot be written.
    """
    if options.output == STANDARD:
        print_document(pieces)
        return
    with files_to_write(options, [options.output], reads=reads, overwrite=overwrite) as (file,):
        for piece in pieces:
            file.write(piece if isinstance(piece, bytes) else piece.encode())


def write_article(options: argparse.Namespace, article: Article, *, reads: Sequence[str]) -> None:
    """Write an article as `write_document` does, on one line if the file is named as JSON Lines.

    Args:
        options: The arguments of the command; with `--without-text`, the article loses its text.
        article: The article.
        reads: The files that the command reads.

    Raises:
        OSError: The file cannot be written.
    """
    written = attrs.evolve(article, text=None) if options.without_text else article
    indent = None if named_as_lines(options.output) else 2
    write_document(options, [to_json(written, indent=indent), "\n"], reads=reads)


@contextmanager
def files_to_write(
    options: argparse.Namespace,
    names: Sequence[FilePath],
    *,
    reads: Sequence[str],
    overwrite: bool = True,
    other: str = "name another",
) -> Generator[list[BinaryIO]]:
    """Open files that get their names when the block ends; refuse those that the command must not replace.

    Args:
        options: The arguments of the command.
        names: The files.
        reads: The files that the command reads.
        overwrite: Whether to replace files that exist.
        other: How to write elsewhere, for the message that a file exists.

    Raises:
        OSError: A file cannot be written.
    """
    refuse_to_replace(options, names, reads)
    try:
        with writing(names, overwrite=overwrite) as files:
            yield files
    except FileExistsError as error:
        options.refuse(f"{printable(error.filename)} already exists: {other}, or remove that file first")


def refuse_to_replace(options: argparse.Namespace, names: Iterable[FilePath], reads: Sequence[str]) -> None:
    """Refuse to replace a file that the command reads, of which there may be no other copy, by whatever name."""
    replaced = [path for path in map(Path, names) if path.is_file()]
    for name in reads:
        for file in _files_of(name):
            if file.exists() and any(map(file.samefile, replaced)):
                options.refuse(f"--output would replace {printable(str(file))}, which is read: name another file")


def _files_of(name: str) -> Iterable[Path]:
    """List the files behind a name to read, which are three if it is that of a folder of tables."""
    path = _STANDARD_INPUT if name == STANDARD else Path(name)
    if not path.is_dir():
        return [path]
    from geoclaims.interop.tables.columns import tables

    return [path / table.file for table in tables()]


def folder_to_write(options: argparse.Namespace, name: str, what: str) -> Path:
    """Return the folder that an argument names, which need not exist; refuse a file."""
    folder = file_path(name)
    if folder.exists() and not folder.is_dir():
        options.refuse(f"{what} writes several files into a folder, and {printable(name)} is not a folder")
    return folder
