"""Open files: to read, plain or gzip, and to write whole, under a temporary name until they are complete."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from functools import partial
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO, Final, cast

from geoclaims._errors import Issue, ValidationError, wrong_type

FilePath = str | os.PathLike[str]

_MOST_BYTES: Final = 1 << 30
"""Nothing longer is read at once, so that a file without an end gives an error before it takes all memory."""

_TOO_LONG: Final = "More than 1 GiB to read at once"

HIDDEN: Final = ".geoclaims-"
"""With this begins the name of a file that is not complete; 16 digits follow."""

_BUFFER: Final = 1 << 17  # the usual 8 KiB cost many more calls of the system


def file_path(path: FilePath) -> Path:
    """Check that a path can be the name of a file.

    Raises:
        OSError: It cannot: it is empty, or contains NUL or a surrogate that stands for no byte.
        TypeError: It is not a path.
    """
    if not isinstance(path, str | os.PathLike):
        raise wrong_type(path, "a path")
    checked = Path(path)
    try:
        possible = os.fspath(path) != "" and b"\0" not in os.fsencode(checked)
    except UnicodeEncodeError:
        possible = False
    if not possible:
        raise OSError(errno.EINVAL, "No file can have this name", os.fspath(path))
    return checked


def is_gzip(path: FilePath) -> bool:
    """Report whether the name of a file ends in `.gz`."""
    return os.fspath(path).lower().endswith(".gz")


@contextmanager
def open_lines(path: FilePath) -> Generator[Iterable[bytes]]:
    """Open the lines of a file, decompressed if its name ends in `.gz`; errors are those of `lines_in`."""
    with file_path(path).open("rb") as file:
        yield _decompressed(file) if is_gzip(path) else lines_in(file)


def lines_in(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file.

    Raises:
        ValidationError: It decompresses a stream that is cut or damaged (`encoding`), once the lines before are read.
        OSError: The file cannot be read, or has a line of more than `_MOST_BYTES`.
    """
    import gzip
    import zlib

    try:
        for line in iter(partial(file.readline, _MOST_BYTES + 1), b""):
            if len(line) > _MOST_BYTES:
                raise OSError(errno.EFBIG, _TOO_LONG)
            yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(str(error)) from None


def _decompressed(file: BufferedReader) -> Iterator[bytes]:
    """Yield the lines of a gzip stream; otherwise as `lines_in`."""
    import gzip

    if not file.peek():
        raise _damaged("it is empty")  # `gzip` accepts it as a stream without content
    with gzip.open(file) as stream:
        yield from lines_in(cast("BinaryIO", stream))


def _damaged(reason: str) -> ValidationError:
    message = f"found a gzip stream that is cut or damaged ({reason}), expected a complete one"
    return ValidationError([Issue("encoding", (), message)])


def read_to_end(lines: Iterable[bytes]) -> bytes:
    """Read the lines of a file, and put them together again.

    Raises:
        OSError: It has more than `_MOST_BYTES`.
    """
    kept = BytesIO()  # a list of short lines would take many times as much memory
    for line in lines:
        if kept.tell() + len(line) > _MOST_BYTES:
            raise OSError(errno.EFBIG, _TOO_LONG)
        kept.write(line)
    return kept.getvalue()


@contextmanager
def new_folder(folder: Path) -> Generator[None]:
    """Make a folder, unless there is one; if the block fails, remove it unless it holds something."""
    is_new = not folder.exists()
    try:
        folder.mkdir(exist_ok=True)
        yield
    except BaseException:
        if is_new:
            _quietly(folder.rmdir)
        raise


@contextmanager
def writing(paths: Sequence[FilePath]) -> Generator[list[BinaryIO]]:
    """Open files to write, which get their names one after the other when the block ends and all are complete.

    Until then each has a hidden name beside its target, and is removed if the block fails. A file is compressed if its
    name ends in `.gz`. A pipe or a device is written to directly.

    Args:
        paths: The names of the files. The target of a symbolic link is replaced, not the link.

    Raises:
        OSError: A file cannot be written.
    """
    with ExitStack() as unfinished:
        opened: list[tuple[BinaryIO, Path, Path | None]] = []
        for path in map(file_path, paths):
            target, hidden = Path(os.path.realpath(path)), None
            # In this order: what another writer makes in between is not taken for a device, and written to directly.
            if path.exists() and not target.is_file():
                file: BinaryIO = open(path, "wb", opener=_open_existing)  # noqa: SIM115 - as it is closed without a word
            else:
                hidden = target.with_name(f"{HIDDEN}{os.urandom(8).hex()}")
                unfinished.callback(_quietly, hidden.unlink)  # beforehand, since an interrupt may come at any time
                mode = _permissions(target)
                opener = partial(os.open, mode=0o666 if mode is None else mode)  # from which the system takes the umask
                file = open(hidden, "xb", _BUFFER, opener=opener)  # noqa: SIM115 - likewise
            unfinished.callback(_quietly, file.close)
            opened.append((file, target, hidden))
        with ExitStack() as streams:
            yield [
                streams.enter_context(_compressed(file)) if is_gzip(path) else file
                for (file, *_), path in zip(opened, paths, strict=True)
            ]
        for file, target, hidden in opened:
            file.flush()
            if hidden is not None:
                os.fsync(file.fileno())  # or a crash of the machine could leave the name to an incomplete file
                if (mode := _permissions(target)) is not None:
                    hidden.chmod(mode)
            file.close()
        for _, target, hidden in opened:
            if hidden is not None:
                hidden.replace(target)


def _permissions(target: Path) -> int | None:
    """Return the permissions of a file, or None if there is none."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None


def _open_existing(path: str, flags: int) -> int:
    """Open a device, a pipe or a file without a name; make no file where there is none any more."""
    return os.open(path, flags & ~os.O_CREAT)


def _compressed(file: BinaryIO) -> AbstractContextManager[BinaryIO]:
    import gzip

    # Without a name and a time, the same content always gives the same bytes.
    return cast("AbstractContextManager[BinaryIO]", gzip.GzipFile("", "wb", fileobj=file, mtime=0))


def _quietly(clean_up: Callable[[], object]) -> None:
    with suppress(OSError):  # the earlier error is more useful
        clean_up()
