"""Write files that get their names only when they are complete, several of them together.

Where the system can do it, as Linux can, a file has no name until the end: nobody else can open it, and nothing is left
if the process is killed. Elsewhere it has a temporary name in the same folder.
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
_ANY_NEW_FILE: Final = 0o666  # less the umask


@contextmanager
def replacing(path: FilePath) -> Generator[BinaryIO]:
    """Open a file to write that gets its name when the block ends; a failure leaves an older file unchanged.

    It is compressed if its name ends in `.gz`. Anything but a regular file, such as a pipe, is written to directly.

    Raises:
        OSError: The file cannot be written.
    """
    with replacing_together([path]) as (file,):
        yield file


@contextmanager
def replacing_together(paths: Sequence[FilePath]) -> Generator[list[BinaryIO]]:
    """Open files to write that get their names when the block ends; a failure leaves all older files unchanged.

    All are complete and on the disk before the first gets its name. Only a process that is killed between two renames,
    or a refused rename on a file system without hard links, can leave some files new and others old.

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
    """Report whether writing a file would replace one that has content.

    Raises:
        OSError: This cannot be determined, or no file can have this name.
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
    """A file that is written to directly."""

    path: Path
    """The name by which the user calls it."""
    file: BinaryIO

    def finish(self) -> None:
        """Write what is left in the buffer."""
        self.file.close()

    def discard(self) -> None:
        """Close the file."""
        with suppress(OSError):  # the earlier error, or that of `finish`, is more useful
            self.file.close()


@attrs.define
class _Replacement(_Output):
    """A file that gets its name later."""

    target: Path
    temporary: Path
    """A temporary name in the same folder."""
    named: bool
    """Whether it was opened by its temporary name."""
    older: Path
    """A second name that keeps the replaced file, in case a rename is refused."""
    first: bool = True
    """Whether no file has the name yet."""

    def take_mode(self) -> None:
        """Copy the mode of the replaced file, which the umask may have reduced."""
        if self.target.exists():
            place = self.temporary if self.named else self.file.fileno()
            with _errors_by(self.path):
                os.chmod(place, _mode_of(self.target))  # noqa: PTH101 - a file without a name has no path

    def finish(self) -> None:
        """Write everything to the disk; otherwise a crash of the machine could leave the name to an incomplete file."""
        self.file.flush()
        os.fsync(self.file.fileno())

    def be_named(self) -> None:
        """Give the file its temporary name, and the mode of the replaced file, which may have changed."""
        with _errors_by(self.path):
            if not self.named:
                number = self.file.fileno()
                # The link in /proc is followed only if a folder's descriptor is given, although none is needed.
                os.link(f"/proc/self/fd/{number}", self.temporary, src_dir_fd=number, follow_symlinks=True)
            self.take_mode()
            self.file.close()

    def keep_older(self) -> None:
        """Give the replaced file a second name, if there is such a file and the file system has hard links."""
        self.first = not self.target.exists()
        with suppress(OSError):
            os.link(self.target, self.older)

    def take_name(self) -> None:
        """Replace the file that has the name."""
        with _errors_by(self.path):
            self.temporary.replace(self.target)

    def give_back_name(self) -> None:
        """Restore the older file, or remove the new one if there was none."""
        with suppress(OSError):
            if self.first:
                self.target.unlink()
            else:
                self.older.replace(self.target)

    def discard(self) -> None:
        """Close the file, and remove its other names."""
        super().discard()
        for path in (self.temporary, self.older):
            with suppress(OSError):
                path.unlink()


@contextmanager
def _errors_by(path: Path) -> Generator[None]:
    """Make errors name a file as its user did, not by its temporary name."""
    try:
        yield
    except OSError as error:
        if error.filename is None:  # for example on a full disk
            raise
        raise OSError(error.errno, error.strerror, str(path)) from None


def _take_names(files: Sequence[_Replacement]) -> None:
    """Let files replace the files with their names: all of them, or none."""
    begun: list[_Replacement] = []
    try:
        for file in files:
            file.be_named()
        if len(files) > 1:  # replacing a single file is atomic
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
    """Open a file to write that replaces the file with its name, or that file itself if it is not a regular one."""
    if path.exists():
        number = _descriptor(path)
        if number is not None:  # also a regular file, since others may write to it too, as a shell does with `>>`
            return _Output(path, os.fdopen(os.dup(number), "wb"))
        if not path.is_file():
            return _Output(path, path.open("wb"))
    target = Path(os.path.realpath(path))
    mode = _mode_of(target) if target.exists() else None
    temporary, older = (target.with_name(f".geoclaims-{os.urandom(8).hex()}") for _ in range(2))
    with _errors_by(path):
        number = _unnamed(target.parent)
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


def _unnamed(folder: Path) -> int | None:
    """Open a new file without a name in a folder, which nobody else can open; None if the system has no such files."""
    kind: int | None = getattr(os, "O_TMPFILE", None)
    if kind is None or not Path("/proc/self/fd").exists():  # needed to give it its name
        return None
    try:
        return os.open(folder, kind | os.O_WRONLY | os.O_CLOEXEC, _ANY_NEW_FILE)
    except OSError:  # the file system has no such files; any other error is raised again by opening a file with a name
        return None


def _named(path: Path, mode: int | None) -> BinaryIO:
    """Open a new file that is not readable by anybody who may not read the replaced file."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, _ANY_NEW_FILE if mode is None else mode)

    return open(path, "xb", opener=opener)


def _descriptor(path: Path) -> int | None:
    """Find the file descriptor of this process that a name such as `/dev/stdout` stands for, if any."""
    for _ in range(_MOST_LINKS):
        folder = os.path.realpath(path.parent)
        if folder in ("/dev/fd", f"/proc/{os.getpid()}/fd") and path.name.isdecimal():
            return int(path.name)
        if not path.is_symlink():
            return None
        path = path.parent / path.readlink()
    return None
