"""Mark three tables, so that it can be recognised that they were written together.

The mark is an extra column without cells, whose name the three files share. Spreadsheet programs keep it, other readers
can ignore it, and files made by hand have none. The name is a hash of what was written, so the same articles give the
same files.
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
    """A table that is being written; its mark is known, and filled in, only when all tables are written."""

    def __init__(self, file: BinaryIO, names: Sequence[str]) -> None:
        """Write the names of the columns.

        Raises:
            OSError: Nothing can be filled in later, as in a pipe.
        """
        self._file = file
        self._digest = hashlib.sha256()
        header = ",".join(f'"{name}"' for name in (*names, _NAME + _NOT_YET))
        self.write(f"\ufeff{header}\r\n")
        self._place = file.tell() - len(_END) - _DIGITS

    def write(self, text: str) -> None:
        """Write a text; the module `csv` calls this."""
        data = text.encode()
        self._digest.update(data)
        self._file.write(data)

    def digest(self) -> bytes:
        """The digest of what was written."""
        return self._digest.digest()

    def put(self, digits: str) -> None:
        """Fill in the mark."""
        self._file.seek(self._place)
        self._file.write(digits.encode())


def mark_together(files: Mapping[Path, MarkedFile]) -> None:
    """Fill in a mark in new files that none of the files at some paths has, which they replace.

    A replaced file may have the same mark if it is identical to its replacement. So neither old and new files, nor
    edited files and their originals, can be mistaken for files that were written together.
    """
    digests = {path: file.digest() for path, file in files.items()}
    marks = (hashlib.sha256(b"".join(digests.values()) + b"%d" % n).hexdigest()[:_DIGITS] for n in itertools.count())
    mark = next(mark for mark in marks if not any(_is_another(path, mark, own) for path, own in digests.items()))
    for file in files.values():
        file.put(mark)


def _is_another(path: Path, mark: str, digest: bytes) -> bool:
    """Report whether a file has a mark but other contents than those of a digest."""
    try:
        with path.open("rb") as file:
            first = file.readline()
            if mark.encode() not in first:
                return False
            of_file = hashlib.sha256(first.replace(mark.encode(), _NOT_YET.encode()))
            for block in iter(partial(file.read, _BLOCK), b""):
                of_file.update(block)
    except OSError:  # no file has the name yet
        return False
    return of_file.digest() != digest
