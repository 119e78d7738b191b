"""Use the standard streams: UTF-8 in every locale, messages and progress, no traceback if a stream breaks."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from typing import BinaryIO, Final, NoReturn, Self, TextIO, TypeVar

import attrs

from geoclaims._messages import printable, visible

_Article = TypeVar("_Article")
"""An article, with what belongs to it."""

STANDARD: Final = "-"
"""The file name that means standard input or output."""

BYTE_ORDER_MARK: Final = "\ufeff"
"""The byte order mark, by which Excel recognises CSV in UTF-8."""

# GitHub and Azure Pipelines take a line of a log for a command if it begins with two colons, white space aside, or has
# `##[` or `##vso[` anywhere.
_COMMAND: Final = re.compile(r"^(?P<before>[^\S\n]*):(?=:)|#(?=#\w*\[)", re.MULTILINE)

_IS_CLOSED: Final = "standard output is closed"
_SECONDS: Final = 0.5
_COLUMNS: Final = 80  # of a terminal that does not say


class _Closed(io.StringIO):
    """Stands for a standard output that was closed: it loses what is written, and reports that as an error."""

    def flush(self) -> None:
        if self.tell():
            self.seek(0)  # reported once, so that the message itself can be written
            raise OSError(errno.EBADF, _IS_CLOSED)

    @property
    def buffer(self) -> BinaryIO:
        """Report that output which is not text is lost.

        Raises:
            OSError: Always.
        """
        raise OSError(errno.EBADF, _IS_CLOSED)


def prepare_output() -> None:
    """Write UTF-8, in every locale and environment, and fail if there is output and standard output is closed."""
    if sys.stdout is None:
        sys.stdout = _Closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(error: Exception | str) -> None:
    """Write a message or an error to standard error."""
    if isinstance(error, OSError):
        file = "" if error.filename is None else f"{printable(os.fsdecode(error.filename))}: "
        error = f"geoclaims: {file}{error.strerror or error}"
    flush()  # so that messages appear after the output written before them
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(without_commands(str(error)), file=sys.stderr)


def say(line: str) -> None:
    """Write a line of text for people to standard output."""
    print(without_commands(line))


def without_commands(text: str) -> str:
    r"""Escape what the runner of a build takes for a command, which it would obey where it logs the text.

    >>> print(without_commands("  ::stop-commands::x"), without_commands("a ##[error]"))
      \x3a:stop-commands::x a \x23#[error]
    """
    return _COMMAND.sub(lambda found: "\\x23" if found["before"] is None else f"{found['before']}\\x3a", text)


def is_terminal() -> bool:
    """Report whether standard output is a terminal."""
    return sys.stdout.isatty()


def columns_of(stream: TextIO | None) -> int | None:
    """Count the columns of the terminal that a stream writes to, or return `COLUMNS`; None if it is no terminal."""
    if stream is None or not stream.isatty():
        return None
    size = os.terminal_size((0, 0))
    with contextlib.suppress(OSError):
        size = os.get_terminal_size(stream.fileno())
    return shutil.get_terminal_size(size).columns or _COLUMNS


def is_piped_in() -> bool:
    """Report whether standard input is a pipe, a socket or a regular file; not a terminal, `/dev/null` or closed."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):  # closed before or after the process started
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISREG(mode)


def print_document(pieces: Iterable[str | bytes]) -> None:
    """Write a document to standard output.

    A terminal gets no byte order mark, and control and bidirectional characters, which could disturb it, as escapes.
    """
    for piece in pieces:
        if isinstance(piece, bytes):
            sys.stdout.buffer.write(piece)
        elif not is_terminal():
            print(piece, end="")
        elif piece != BYTE_ORDER_MARK:
            print(visible(piece), end="")


def flush() -> None:
    """Flush standard output now, so that a failure can be reported; at the end of the process it could not."""
    sys.stdout.flush()


def give_up_output() -> None:
    """Write what can still be written, then discard all further output, so that the process ends without an error."""
    with contextlib.suppress(OSError):
        flush()
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


class Terminated(BaseException):
    """Raised when the process is asked to end, so that unfinished files are removed."""


@contextlib.contextmanager
def ending_when_asked() -> Generator[None]:
    """Raise `Terminated` at SIGTERM, unless the parent process has set another handling.

    Only a program may do this: a library must not change how a process ends.
    """
    import signal
    import threading

    def end(number: int, frame: object) -> NoReturn:
        del frame
        signal.signal(number, signal.SIG_DFL)  # a second signal ends the process at once
        raise Terminated

    usual = signal.getsignal(signal.SIGTERM)
    if usual is not signal.SIG_DFL or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, usual)


@attrs.define
class Progress:
    """A count of articles, and of what is written after them, rewritten twice a second on a terminal at standard error.

    It is removed at the end of a `with` block; whoever writes before that calls `clear` first.
    """

    hidden: bool = False
    """Whether the command writes to a terminal as it goes on, which shows how far it is."""
    count: int = 0
    written: int | None = None
    """The characters or bytes that were written after all articles were read."""
    shown: str = ""
    due: float = attrs.field(factory=lambda: time.monotonic() + _SECONDS)
    watched: bool = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.watched = not self.hidden and sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.clear()

    def of(self, articles: Iterable[_Article]) -> Iterator[_Article]:
        """Yield articles, and count them."""
        for article in articles:
            self.step()
            yield article
        self.written = 0

    def writing(self, pieces: Iterable[str | bytes]) -> Iterator[str | bytes]:
        """Yield the pieces of a document; count what is written of it when all articles are read."""
        for piece in pieces:
            if self.written is not None:
                self.written += len(piece)
                self._show(f"{self.count} articles, {self.written:,} characters written")
            yield piece

    def step(self) -> None:
        """Count one more article."""
        self.count += 1
        self._show(f"{self.count} articles")

    def _show(self, message: str) -> None:
        if self.watched and time.monotonic() >= self.due:
            self.due = time.monotonic() + _SECONDS
            self.shown = message
            print(f"\r{self.shown}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Remove the count from the terminal before something else is written."""
        if self.shown:
            print(f"\r{' ' * len(self.shown)}\r", end="", file=sys.stderr, flush=True)
            self.shown = ""
