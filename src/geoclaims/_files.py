"""Open files: to read, plain or gzip, and to write whole, under a temporary name until they are complete."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from functools import partial
from io import BufferedReader, BufferedWriter, BytesIO, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from geoclaims._errors import Issue, ValidationError, wrong_type

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

FilePath = str | os.PathLike[str]

_MOST_BYTES: Final = 1 << 30
"""Nothing longer is read at once, so that a file without an end gives an error before it takes all memory."""

_TOO_LONG: Final = "More than 1 GiB to read at once"

_DESCRIPTOR: Final = re.compile("/dev/(stdout|stderr)|(?:/dev|/proc/self)/fd/([0-9]{1,4})")
_SEPARATORS: Final = tuple(filter(None, (os.sep, os.altsep)))
_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


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
        yield decompressed(file, os.fspath(path)) if is_gzip(path) else lines_in(file, os.fspath(path))


def lines_in(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Yield the lines of a file, which errors give some name.

    Raises:
        ValidationError: It decompresses a stream that is cut or damaged (`encoding`), once the lines before are read.
        OSError: The file cannot be read, or has a line of more than `_MOST_BYTES`.
    """
    import gzip
    import zlib

    with _errors_naming(name):
        try:
            for line in iter(partial(file.readline, _MOST_BYTES + 1), b""):
                if len(line) > _MOST_BYTES:
                    raise OSError(errno.EFBIG, _TOO_LONG)
                yield line
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise _damaged(str(error)) from None


def _damaged(reason: str) -> ValidationError:
    message = f"found a gzip stream that is cut or damaged ({reason}), expected a complete one"
    return ValidationError([Issue("encoding", (), message)])


def read_to_end(lines: Iterable[bytes], name: str) -> bytes:
    """Read the lines of a file, which errors give some name, into one string.

    Raises:
        OSError: It has more than `_MOST_BYTES`.
    """
    kept = BytesIO()  # a list of short lines would take many times as much memory
    for line in lines:
        if kept.tell() + len(line) > _MOST_BYTES:
            raise OSError(errno.EFBIG, _TOO_LONG, name)
        kept.write(line)
    return kept.getvalue()


def decompressed(file: BufferedReader, name: str) -> Iterator[bytes]:
    """Yield the lines of a gzip stream; otherwise as `lines_in`."""
    import gzip

    if not file.peek():
        raise _damaged("it is empty")  # `gzip` accepts it as a stream without content
    with gzip.open(file) as stream:
        yield from lines_in(cast("BinaryIO", stream), name)


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
    name ends in `.gz`. A pipe, a device or an open file that `/dev` names is written to directly.

    Args:
        paths: The names of the files. The target of a symbolic link is replaced, not the link.

    Raises:
        OSError: A file cannot be written.
    """
    with ExitStack() as unfinished:
        opened: list[tuple[Path, BinaryIO, Path | None]] = []
        for name in paths:
            path, hidden = file_path(name), None
            with _errors_naming(name):
                if (descriptor := _DESCRIPTOR.fullmatch(os.fspath(path))) is not None:
                    # Behind it may be a file that holds something, and that others write to.
                    number = {"stdout": 1, "stderr": 2}.get(descriptor[1]) or int(descriptor[2])
                    file: BinaryIO = _named(os.dup(number), path)
                elif (mode := _mode_of(path)) is not None and not stat.S_ISREG(mode):
                    file = _named(path, path)
                elif os.fspath(name).endswith(_SEPARATORS):
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                else:
                    hidden = _target_of(path).with_name(f".geoclaims-{os.urandom(8).hex()}")
                    unfinished.callback(_quietly, hidden.unlink)  # beforehand, since a signal may come at any time
                    file = _named(os.open(hidden, _NEW_FILE, _permissions(mode)), path)
            unfinished.callback(_quietly, file.close)
            opened.append((path, file, hidden))
        with ExitStack() as streams:
            yield [streams.enter_context(_encoded(file, path)) for path, file, _ in opened]
        for path, file, hidden in opened:
            with _errors_naming(path):
                file.flush()
                if hidden is not None:
                    os.fsync(file.fileno())  # or a crash of the machine could leave the name to an incomplete file
                file.close()
        for path, _, hidden in opened:
            if hidden is not None:
                with _errors_naming(path):
                    if (mode := _mode_of(path)) is not None:
                        hidden.chmod(_permissions(mode))
                    hidden.replace(_target_of(path))


def _named(opened: Path | int, path: Path) -> BinaryIO:
    return BufferedWriter(_NamedFile(opened, path), 1 << 17)  # the usual 8 KiB cost many more calls of the system


class _NamedFile(FileIO):
    """A file to write, whose errors name it as the user did: those of a full disk name no file."""

    def __init__(self, opened: Path | int, path: Path) -> None:
        super().__init__(opened, "wb")
        self._path = path

    def write(self, data: Buffer) -> int:
        with _errors_naming(self._path):
            return super().write(data)


def _target_of(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _mode_of(path: Path) -> int | None:
    """Return the type and permissions of a file, or None if it does not exist; a link to itself is an error."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _permissions(mode: int | None) -> int:
    """Return the permissions of a file, or of a new one before the umask."""
    return 0o666 if mode is None else stat.S_IMODE(mode)


def _encoded(file: BinaryIO, path: FilePath) -> AbstractContextManager[BinaryIO]:
    if not is_gzip(path):
        return nullcontext(file)
    import gzip

    # Without a name and a time, the same content always gives the same bytes.
    return cast("AbstractContextManager[BinaryIO]", gzip.GzipFile("", "wb", fileobj=file, mtime=0))


def _quietly(clean_up: Callable[[], object]) -> None:
    with suppress(OSError):  # the earlier error is more useful
        clean_up()


@contextmanager
def _errors_naming(path: FilePath) -> Generator[None]:
    """Make errors of the system name a file as the user did: that of a failing disk names none."""
    try:
        yield
    except OSError as error:
        if error.errno is None:  # of an open file that cannot do this
            raise
        raise OSError(error.errno, error.strerror, os.fspath(path)) from None
