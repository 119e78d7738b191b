"""Use the standard streams: UTF-8 in every locale, messages and progress, no traceback if a stream breaks."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from typing import Final, Self, TypeVar

import attrs

from geoclaims._files import HIDDEN
from geoclaims._messages import printable, visible

_Article = TypeVar("_Article")
"""An article, with what belongs to it."""

STANDARD: Final = "-"
"""The file name that means standard input or output."""

_BYTE_ORDER_MARK: Final = "\ufeff"
_SECONDS: Final = 0.5


def prepare() -> None:
    """Write UTF-8, in every locale and environment; messages to a closed standard error are lost.

    Raises:
        OSError: Standard output is closed.
    """
    if sys.stderr is None:
        sys.stderr = io.StringIO()
    if sys.stdout is None:
        sys.stdout = io.StringIO()
        raise OSError(errno.EBADF, "standard output is closed")
    if isinstance(sys.stdout, io.TextIOWrapper) and isinstance(sys.stdout.buffer, io.FileIO):
        # By PYTHONUNBUFFERED: what does not fit on a disk would be lost without an error.
        sys.stdout = os.fdopen(sys.stdout.fileno(), "w", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(error: Exception | str) -> None:
    """Write a message or an error to standard error."""
    if isinstance(error, OSError):
        file = "" if error.filename is None else f"{shown(os.fsdecode(error.filename))}: "
        error = f"geoclaims: {file}{error.strerror or error}"
    sys.stdout.flush()  # so that messages appear after the output written before them
    with contextlib.suppress(OSError):
        print(error, file=sys.stderr)


@contextlib.contextmanager
def naming(file: str) -> Generator[None]:
    """Name a file in errors of the system that name none, as of a full disk, or only the hidden one beside it."""
    try:
        yield
    except OSError as error:
        if error.filename is None or HIDDEN in os.fsdecode(error.filename):
            error.filename = file
        raise


def shown(argument: str) -> str:
    """Write the name of a file, or another argument, on one line of a message: what does not print is an escape."""
    return printable(as_text(argument)) or "''"


def as_text(argument: str) -> str:
    """Decode an argument as UTF-8, also where the locale has another encoding and has left surrogates in it."""
    try:
        return os.fsencode(argument).decode(errors="surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        return argument


def is_terminal() -> bool:
    """Report whether standard output is a terminal."""
    return sys.stdout.isatty()


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
        else:
            print(visible(piece.removeprefix(_BYTE_ORDER_MARK)) if is_terminal() else piece, end="")


def give_up_output() -> None:
    """Write what can still be written, then discard all further output, so that the process ends without an error."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


@attrs.define
class Progress:
    """A count of articles, rewritten twice a second on a terminal at standard error.

    It is removed at the end of a `with` block; whoever writes before that calls `clear` first.
    """

    hidden: bool = False
    """Whether the command writes to a terminal as it goes on, which shows how far it is."""
    count: int = 0
    _shown: str = attrs.field(default="", init=False)
    _due: float = attrs.field(factory=lambda: time.monotonic() + _SECONDS, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.clear()

    def of(self, articles: Iterable[_Article]) -> Iterator[_Article]:
        """Yield articles, and count them."""
        for article in articles:
            self.step()
            yield article

    def step(self) -> None:
        """Count one more article."""
        self.count += 1
        if not self.hidden and time.monotonic() >= self._due and sys.stderr.isatty():
            self._due = time.monotonic() + _SECONDS
            self._shown = f"{self.count} articles"
            print(f"\r{self._shown}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Remove the count from the terminal before something else is written."""
        if self._shown:
            print(f"\r{' ' * len(self._shown)}\r", end="", file=sys.stderr, flush=True)
            self._shown = ""
