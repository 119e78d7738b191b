"""Write files that take their names only when they are whole, several of them together.

What is written has no name before the end where the system can do that, as Linux can: then nobody else opens it, and
nothing stays when the process is killed. Elsewhere it has a temporary name beside the file that it will be.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, cast

import attrs

from geoclaims._json.files import FilePath, is_compressed, path_of

_MOST_LINKS: Final = 40  # as many as Linux follows
_ANY_NEW_FILE: Final = 0o666  # of which the umask takes away


@contextmanager
def replacing(path: FilePath) -> Generator[BinaryIO]:
    """Open a file to write that takes the name when the block ends; a failure leaves an older file as it was.

    It is compressed where the name says so. What is no regular file, such as a pipe, is written to as it stands.

    Raises:
        OSError: The file cannot be written.
    """
    with replacing_together([path]) as (file,):
        yield file


@contextmanager
def replacing_together(paths: Sequence[FilePath]) -> Generator[list[BinaryIO]]:
    """Open files to write that take their names when the block ends; a failure leaves all older files as they were.

    All are whole and on the disk before the first takes its name. Only a process that is killed between two names, or
    a file system without hard links on which a name is refused, can leave some files new and others old.

    Raises:
        OSError: A file cannot be written.
    """
    outputs: list[_Output] = []
    try:
        for path in paths:
            outputs.append(_opened(path_of(path)))  # noqa: PERF401 - one that cannot be opened closes those before
        with ExitStack() as streams:
            yield [streams.enter_context(_encoded(output)) for output in outputs]
        for output in outputs:
            output.finish()
        _take_names([output for output in outputs if isinstance(output, _Replacement)])
    finally:
        for output in outputs:
            output.discard()


def replaces_something(path: FilePath) -> bool:
    """Tell whether writing a file would take the place of one that holds something.

    Raises:
        OSError: Nobody can tell, or no file can have this name.
    """
    path = path_of(path)
    return path.is_file() and path.stat().st_size > 0 and _descriptor(path) is None


@contextmanager
def _encoded(output: _Output) -> Generator[BinaryIO]:
    if not is_compressed(output.path):
        yield output.file
        return
    import gzip

    # Without a name and a time, the same content always gives the same bytes.
    with gzip.GzipFile("", "wb", fileobj=output.file, mtime=0) as stream:
        yield cast("BinaryIO", stream)


@attrs.define
class _Output:
    """A file that is written to as it stands."""

    path: Path
    """As the user calls it."""
    file: BinaryIO

    def finish(self) -> None:
        """Write what is left."""
        self.file.close()

    def discard(self) -> None:
        """Leave nothing open."""
        with suppress(OSError):  # the error on the way, or of `finish`, says more
            self.file.close()


@attrs.define
class _Replacement(_Output):
    """A file that takes its name later."""

    target: Path
    temporary: Path
    """A name beside it."""
    named: bool
    """Whether it has the temporary name yet."""
    older: Path
    """A second name for the file that is replaced, under which it waits in case that a name is refused."""
    first: bool = True
    """Whether nothing has the name yet."""

    def take_mode(self) -> None:
        """Take the mode of the file that is replaced, of which the umask may have taken something away."""
        if self.target.exists():
            place = self.temporary if self.named else self.file.fileno()
            with _errors_by(self.path):
                os.chmod(place, _mode_of(self.target))  # noqa: PTH101 - a file without a name has no path

    def finish(self) -> None:
        """Bring all to the disk, else a machine that stops may leave the name to a file that is not whole."""
        with _errors_by(self.path):
            self.file.flush()
            os.fsync(self.file.fileno())

    def be_named(self) -> None:
        """Take the temporary name, and the mode of the file that is replaced, which may have changed."""
        with _errors_by(self.path):
            if not self.named:
                number = self.file.fileno()
                # Only with a folder's descriptor, which is not needed otherwise, is the link in /proc followed.
                os.link(f"/proc/self/fd/{number}", self.temporary, src_dir_fd=number, follow_symlinks=True)
                self.named = True
            self.take_mode()
            self.file.close()

    def keep_older(self) -> None:
        """Give the file that is replaced a second name, where there is one and the file system has hard links."""
        self.first = not self.target.exists()
        with suppress(OSError):
            os.link(self.target, self.older)

    def take_name(self) -> None:
        """Replace what has the name."""
        with _errors_by(self.path):
            self.temporary.replace(self.target)

    def give_back_name(self) -> None:
        """Put the older file back, or nothing where there was none."""
        with suppress(OSError):
            if self.first:
                self.target.unlink()
            else:
                self.older.replace(self.target)

    def discard(self) -> None:
        """Leave nothing open, and no other name."""
        super().discard()
        for path in (self.temporary, self.older):
            with suppress(OSError):
                path.unlink()


@contextmanager
def _errors_by(path: Path) -> Generator[None]:
    """Let errors call a file by the name that its user gave, and not by that of a temporary one."""
    try:
        yield
    except OSError as error:
        if error.filename is None:  # as on a full disk
            raise
        raise OSError(error.errno, error.strerror, str(path)) from None


def _take_names(files: Sequence[_Replacement]) -> None:
    """Let files replace what has their names: all of them, or none."""
    begun: list[_Replacement] = []
    try:
        for file in files:
            file.be_named()
        if len(files) > 1:  # a single one is replaced or is not
            for file in files:
                file.keep_older()
        for file in files:
            begun.append(file)
            file.take_name()
    except BaseException:
        if len(files) > 1:
            for file in reversed(begun):
                file.give_back_name()
        raise


def _opened(path: Path) -> _Output:
    """Open a file to write that replaces what has its name, or what it is if that is no regular file."""
    if path.exists():
        number = _descriptor(path)
        if number is not None:  # even a regular file, to which others may write too, as a shell does with `>>`
            return _Output(path, os.fdopen(os.dup(number), "wb"))
        if not path.is_file():
            return _Output(path, path.open("wb"))
    target = Path(os.path.realpath(path))
    mode = _mode_of(target) if target.exists() else None
    temporary, older = (target.with_name(f".geoclaims-{os.urandom(8).hex()}") for _ in range(2))
    with _errors_by(path):
        number = _unnamed(target.parent, mode)
        file = _named(temporary, mode) if number is None else os.fdopen(number, "wb")
    output = _Replacement(path, file, target, temporary, number is None, older)
    try:
        output.take_mode()
    except BaseException:
        output.discard()
        raise
    return output


def _mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _unnamed(folder: Path, mode: int | None) -> int | None:
    """Open a new file in a folder that has no name yet; None where the system has no such files."""
    kind: int | None = getattr(os, "O_TMPFILE", None)
    if kind is None or not Path("/proc/self/fd").exists():  # there it is given its name
        return None
    try:
        return os.open(folder, kind | os.O_WRONLY | os.O_CLOEXEC, _ANY_NEW_FILE if mode is None else mode)
    except OSError:  # the file system has none; whatever else it is, opening one with a name says
        return None


def _named(path: Path, mode: int | None) -> BinaryIO:
    """Open a new file that nobody may read to whom the file that it replaces is closed."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, _ANY_NEW_FILE if mode is None else mode)

    return open(path, "xb", opener=opener)


def _descriptor(path: Path) -> int | None:
    """Find the number of the descriptor of this process that a name such as `/dev/stdout` stands for, if it does."""
    for _ in range(_MOST_LINKS):
        folder = os.path.realpath(path.parent)
        if folder in ("/dev/fd", f"/proc/{os.getpid()}/fd") and path.name.isdecimal():
            return int(path.name)
        if not path.is_symlink():
            return None
        path = path.parent / path.readlink()
    return None
