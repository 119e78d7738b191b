"""Open files to read, and decompress them if their names ask for it."""

from __future__ import annotations

import errno
import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from geoclaims._errors import Issue, ValidationError

FilePath = str | os.PathLike[str]


def path_of(path: FilePath) -> Path:
    """Check that a path can be the name of a file.

    Raises:
        OSError: It cannot: it contains NUL, or a surrogate that stands for no byte.
    """
    checked = Path(path)
    try:
        possible = b"\0" not in os.fsencode(checked)
    except UnicodeEncodeError:
        possible = False
    if not possible:
        raise OSError(errno.EINVAL, "No file can have this name", str(checked))
    return checked


@contextmanager
def lines_of(path: FilePath) -> Generator[Iterable[bytes]]:
    """Open the lines of a file, decompressed if its name ends in `.gz`.

    Raises:
        ValidationError: It is a gzip stream that is cut or damaged (`encoding`), once the lines before are read.
        OSError: The file cannot be read.
    """
    with path_of(path).open("rb") as file:
        yield decompressed(file) if is_compressed(path) else file


def is_compressed(path: FilePath) -> bool:
    """Report whether the name of a file ends in `.gz`."""
    return os.fspath(path).lower().endswith(".gz")


def decompressed(file: BufferedReader) -> Iterator[bytes]:
    """Yield the lines of a gzip stream.

    Raises:
        ValidationError: It is cut or damaged (`encoding`), once the lines before are read.
    """
    import gzip
    import zlib

    try:
        if not file.peek():
            raise EOFError("it is empty")  # `gzip` accepts it as a stream without content
        with gzip.open(file) as stream:
            yield from stream
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = f"found a gzip stream that is cut or damaged ({error}), expected a complete one"
        raise ValidationError([Issue("encoding", (), message)]) from None
