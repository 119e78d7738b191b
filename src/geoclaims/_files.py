"""Open files: to read, plain or gzip, and to write whole, under a temporary name until they are complete."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from functools import partial
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO, Final, cast

from geoclaims._errors import Issue, ValidationError

FilePath = str | os.PathLike[str]

_MOST_BYTES: Final = 1 << 30
"""Nothing longer is read at once, so that a file without an end gives an error before it takes all memory."""

_TOO_LONG: Final = "More than 1 GiB to read at once"
GZIP: Final = b"\x1f\x8b"
"""How a gzip stream begins; no text in UTF-8 does."""

_ANY_NEW_FILE: Final = 0o666  # less the umask


def file_path(path: FilePath) -> Path:
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


def is_gzip(path: FilePath) -> bool:
    """Report whether the name of a file ends in `.gz`."""
    return os.fspath(path).lower().endswith(".gz")


@contextmanager
def open_lines(path: FilePath) -> Generator[Iterable[bytes]]:
    """Open the lines of a file, decompressed if its name ends in `.gz`.

    Raises:
        ValidationError: It is a gzip stream that is cut or damaged (`encoding`), once the lines before are read.
        OSError: The file cannot be read, or has a line of more than `_MOST_BYTES`.
    """
    with file_path(path).open("rb") as file:
        yield decompressed(file, os.fspath(path)) if is_gzip(path) else lines_in(file, os.fspath(path))


def lines_in(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Yield the lines of a file, which errors give some name.

    Raises:
        OSError: The file cannot be read, or has a line of more than `_MOST_BYTES`.
    """
    for line in iter(partial(file.readline, _MOST_BYTES + 1), b""):
        if len(line) > _MOST_BYTES:
            raise OSError(errno.EFBIG, _TOO_LONG, name)
        yield line


def joined(pieces: Iterable[bytes], name: str) -> bytes:
    """Join what is read of a file, which errors give some name.

    Raises:
        OSError: It has more than `_MOST_BYTES`.
    """
    kept = BytesIO()  # a list of short lines would take many times as much memory
    for piece in pieces:
        kept.write(piece)
        if kept.tell() > _MOST_BYTES:
            raise OSError(errno.EFBIG, _TOO_LONG, name)
    return kept.getvalue()


def decompressed(file: BufferedReader, name: str) -> Iterator[bytes]:
    """Yield the lines of a gzip stream, which errors give some name.

    Raises:
        ValidationError: It is cut or damaged (`encoding`), once the lines before are read.
    """
    import gzip
    import zlib

    try:
        if not file.peek():
            raise EOFError("it is empty")  # `gzip` accepts it as a stream without content
        if not file.peek(1).startswith(GZIP[:1]):
            message = "found a file that is not compressed, expected gzip, since its name ends in .gz"
            raise ValidationError([Issue("encoding", (), message, line=1, column=1)])
        with gzip.open(file) as stream:
            yield from lines_in(cast("BinaryIO", stream), name)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = f"found a gzip stream that is cut or damaged ({error}), expected a complete one"
        raise ValidationError([Issue("encoding", (), message)]) from None


@contextmanager
def made(folder: Path) -> Generator[None]:
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
def writing(paths: Sequence[FilePath], *, overwrite: bool = True) -> Generator[list[BinaryIO]]:
    """Open files to write, which get their names one after the other when the block ends and all are complete.

    Until then each has a hidden name beside its target, and is removed if the block fails. A file is compressed if its
    name ends in `.gz`. An open descriptor such as `/dev/stdout`, a pipe or a device is written to directly.

    Args:
        paths: The names of the files. The target of a symbolic link is replaced, not the link.
        overwrite: Whether to replace files that exist.

    Raises:
        FileExistsError: A file exists and may not be replaced.
        OSError: A file cannot be written.
    """
    with ExitStack() as unfinished:
        files: list[BinaryIO] = []
        names: list[tuple[Path, Path, Path]] = []
        for path in map(_writable_path, paths):
            with _errors_naming(path):
                file = _open_directly(path)
            if file is None:
                target = Path(os.path.realpath(path))
                temporary = target.with_name(f".geoclaims-{os.urandom(8).hex()}")
                names.append((path, temporary, target))
                unfinished.callback(_quietly, temporary.unlink)  # before it exists, since a signal may come at any time
                file = _open_temporary(*names[-1], overwrite=overwrite)
            unfinished.callback(_quietly, file.close)
            files.append(file)
        with ExitStack() as streams:
            yield [streams.enter_context(_encoded(file, path)) for file, path in zip(files, paths, strict=True)]
        for file, name in zip(files, paths, strict=True):
            with _errors_naming(Path(name)):
                file.flush()
                if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    os.fsync(file.fileno())  # or a crash of the machine could leave the name to an incomplete file
                file.close()
        with ExitStack() as named:
            for each in names:
                _take_name(*each, named, overwrite=overwrite)
            named.pop_all()


def _writable_path(path: FilePath) -> Path:
    """Check that a file can have a name.

    Raises:
        OSError: It cannot: it is the name of a folder, or a symbolic link that leads to itself.
    """
    if os.fspath(path).endswith(os.sep):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    checked = file_path(path)
    if Path(os.path.realpath(checked)).is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(checked))
    return checked


def _encoded(file: BinaryIO, path: FilePath) -> AbstractContextManager[BinaryIO]:
    if not is_gzip(path):
        return nullcontext(file)
    import gzip

    # Without a name and a time, the same content always gives the same bytes.
    return cast("AbstractContextManager[BinaryIO]", gzip.GzipFile("", "wb", fileobj=file, mtime=0))


def _quietly(clean_up: Callable[[], object]) -> None:
    with suppress(OSError):  # the earlier error is more useful
        clean_up()


def _open_directly(path: Path) -> BinaryIO | None:
    """Open what a file cannot replace; return None for a regular file, or if nothing has the name."""
    if not path.exists():
        return None
    descriptor = _descriptor(path)
    if descriptor is not None:  # also of a regular file, since others may write to it too, as a shell does with `>>`
        return os.fdopen(os.dup(descriptor), "wb")
    return None if path.is_file() else path.open("wb")


def _descriptor(path: Path) -> int | None:
    """Find the file descriptor of this process for which an existing name such as `/dev/stdout` stands, if any."""
    while not (path.name.isdecimal() and os.path.realpath(path.parent) == os.path.realpath("/dev/fd")):
        if not path.is_symlink():
            return None
        path = path.parent / path.readlink()
    return int(path.name)


def _open_temporary(path: Path, temporary: Path, target: Path, *, overwrite: bool) -> BinaryIO:
    """Open a new file, which nobody may read who may not read the file that it replaces."""
    with _errors_naming(path):
        mode = _ANY_NEW_FILE
        if target.exists():
            if not overwrite:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            # Its group is another at first: nobody but the owner may read it before `_take_name`.
            mode = target.stat().st_mode & stat.S_IRWXU
        return open(temporary, "xb", opener=partial(os.open, mode=mode))


def _take_name(path: Path, temporary: Path, target: Path, named: ExitStack, *, overwrite: bool) -> None:
    """Give a complete file its name, and the mode of what it replaces; let a stack remove one that must be new."""
    with _errors_naming(path):
        if not overwrite:
            target.touch(exist_ok=False)  # fails if somebody has made the file meanwhile
            named.callback(_quietly, target.unlink)
        if target.exists():
            _take_permissions(temporary, target)
        temporary.replace(target)


def _take_permissions(temporary: Path, target: Path) -> None:
    """Give a file the group and the mode of the one that it replaces; without that group, no group may."""
    status = target.stat()
    mode = stat.S_IMODE(status.st_mode)
    try:
        os.chown(temporary, -1, status.st_gid)
    except (AttributeError, OSError):  # not every system has groups, and not every group is the user's
        mode &= ~stat.S_IRWXG
    temporary.chmod(mode)


@contextmanager
def _errors_naming(path: Path) -> Generator[None]:
    """Make errors name a file as the user did, not by its temporary name."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
