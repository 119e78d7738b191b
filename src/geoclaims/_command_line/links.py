"""Read the links that a command is given: the files of `--links`, and the table of links in a folder of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from geoclaims._command_line.articles import OnError, read_documents
from geoclaims._command_line.command import called
from geoclaims._command_line.input import is_folder, read_whole, tables_in
from geoclaims._command_line.reports import InputError, Place
from geoclaims._errors import ValidationError
from geoclaims._links import Link

ReadLink: TypeAlias = tuple[Link, str, Place]
"""A link, with its file and place."""

_TABLE: Final = ".csv"
_IS_TEXT: Final = "; --links reads JSON Lines, and a table if its name ends in .csv"


def files_of_links(files: Sequence[str], given: Sequence[str]) -> list[str]:
    """List the files of links that are read beside some files of articles: those given, and those of folders."""
    tables = [tables_in(name)[-1] for name in files if is_folder(name)]
    return [*given, *(str(table) for table in tables if table.exists())]


def read_links(files: Sequence[str], on_error: OnError) -> Iterator[ReadLink]:
    """Read the links of some files, each with its file and place; call a function with the error of each invalid one.

    Raises:
        OSError: A file cannot be read.
    """

    def in_table(error: ValidationError) -> None:
        on_error(InputError(error, called(file), in_table=True))

    for file in files:
        if file.lower().endswith(_TABLE):
            from geoclaims.interop.tables.csv_files import links_in

            for link, row in links_in(read_whole(file), called(file), file, on_error=in_table):
                yield link, file, row
        else:
            for link, place in read_documents(file, Link, on_error, _IS_TEXT):
                yield link, file, place if isinstance(place, int) else 1
