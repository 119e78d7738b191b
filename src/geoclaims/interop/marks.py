"""The mark by which three tables that were written together are known.

It is one more column without cells, whose name the three files share. Spreadsheet programs keep it, other readers need
not look at it, and files made by hand have none. The name follows from what was written, so that the same articles give
the same files.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

_NAME: Final = "written_together_"
_DIGITS: Final = 16
_NOT_YET: Final = "0" * _DIGITS
_END: Final = '"\r\n'
_BLOCK: Final = 1 << 20


def is_mark(name: str) -> bool:
    """Report whether the name of a column is a mark.

    >>> is_mark("written_together_0123456789abcdef"), is_mark("id")
    (True, False)
    """
    return re.fullmatch(f"{_NAME}[0-9a-f]{{{_DIGITS}}}", name) is not None


class MarkedFile:
    """A table that is being written; its mark is known, and put in its place, only when all of it is written."""

    def __init__(self, file: BinaryIO, names: Sequence[str]) -> None:
        """Write the names of the columns.

        Raises:
            OSError: Nothing can be put in place later, as in a pipe.
        """
        self._file = file
        self._digest = hashlib.sha256()
        header = ",".join(f'"{name}"' for name in (*names, _NAME + _NOT_YET))
        self.write(f"\ufeff{header}\r\n")
        self._place = file.tell() - len(_END) - _DIGITS

    def write(self, text: str) -> None:
        """Write a text, as the module `csv` asks for it."""
        data = text.encode()
        self._digest.update(data)
        self._file.write(data)

    def digest(self) -> bytes:
        """Tell what was written from anything else."""
        return self._digest.digest()

    def put(self, digits: str) -> None:
        """Put the mark in its place."""
        self._file.seek(self._place)
        self._file.write(digits.encode())


def mark_together(files: Mapping[Path, MarkedFile]) -> None:
    """Put into files, which take the place of those at some paths, a mark that none of these has.

    One of these may have it that is to the letter what takes its place. So neither old and new files nor edited ones
    and those that they were edited from can be taken for files that were written together.
    """
    digests = {path: file.digest() for path, file in files.items()}
    marks = (hashlib.sha256(b"".join(digests.values()) + b"%d" % n).hexdigest()[:_DIGITS] for n in itertools.count())
    mark = next(mark for mark in marks if not any(_is_another(path, mark, own) for path, own in digests.items()))
    for file in files.values():
        file.put(mark)


def _is_another(path: Path, mark: str, digest: bytes) -> bool:
    """Report whether a file has a mark and yet holds something else than what the digest is of."""
    try:
        with path.open("rb") as file:
            first = file.readline()
            if mark.encode() not in first:
                return False
            of_file = hashlib.sha256(first.replace(mark.encode(), _NOT_YET.encode()))
            for block in iter(partial(file.read, _BLOCK), b""):
                of_file.update(block)
    except OSError:  # nothing has the name yet
        return False
    return of_file.digest() != digest
