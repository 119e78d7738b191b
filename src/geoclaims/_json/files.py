"""Open files: compressed where their names say so, and under their names only when they are whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from geoclaims._errors import Issue, ValidationError

FilePath = str | os.PathLike[str]


def path_of(path: FilePath) -> Path:
    """Check that a file may have a path.

    Raises:
        OSError: No file can have it: it holds NUL, or a surrogate that stands for no byte.
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
    """Open the lines of a file, which is decompressed where its name says so.

    Raises:
        ValidationError: It is a gzip stream that is cut or damaged (`encoding`), once the lines before are read.
        OSError: The file cannot be read.
    """
    with path_of(path).open("rb") as file:
        yield _decompressed(file) if _is_compressed(path) else file


def _is_compressed(path: FilePath) -> bool:
    return os.fspath(path).lower().endswith(".gz")


def _decompressed(file: BufferedReader) -> Iterator[bytes]:
    import gzip
    import zlib

    try:
        if not file.peek(1):
            raise EOFError("it is empty")  # `gzip` takes it for a stream without content
        with gzip.open(file) as stream:
            yield from stream
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = f"found a gzip stream that is cut or damaged ({error}), expected a whole one"
        raise ValidationError([Issue("encoding", (), message)]) from None


@contextmanager
def replacing(path: FilePath) -> Generator[BinaryIO]:
    """Open a file to write that takes the name when the block ends; a failure leaves an older file as it was.

    It is compressed where the name says so.

    Raises:
        OSError: The file cannot be written.
    """
    with _replacing(path_of(path)) as file:
        if not _is_compressed(path):
            yield file
            return
        import gzip

        # Without a name and a time, the same content always gives the same bytes.
        with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as stream:
            yield cast("BinaryIO", stream)


@contextmanager
def _replacing(path: Path) -> Generator[BinaryIO]:
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():  # a device or pipe is written to, never replaced
        with _called(path, target), target.open("wb") as file:
            yield file
        return
    temporary = target.with_name(f".geoclaims-{os.urandom(8).hex()}")
    try:
        with _called(path, target, temporary):
            with temporary.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())  # else a machine that stops may leave the name to a file that is not whole
            if target.exists():
                temporary.chmod(target.stat().st_mode & 0o7777)
            temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def _called(path: Path, *others: Path) -> Generator[None]:
    """Let errors call a file by the name that its user gave, and not by that of a temporary one."""
    try:
        yield
    except OSError as error:
        if error.filename not in map(str, others):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from None
