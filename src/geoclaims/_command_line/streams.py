"""The streams of the process: UTF-8 whatever the locale, and quiet when one of them breaks."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterable

from geoclaims._display.visible import visible
from geoclaims._display.wording import printable
from geoclaims._json.files import replacing

STANDARD = "-"
"""What stands for standard input or output where a file is named."""


def use_utf_8() -> None:
    """Write UTF-8, whatever the locale and the environment say."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(error: Exception | str) -> None:
    """Say on standard error what went wrong."""
    if isinstance(error, OSError):
        file = "" if error.filename is None else f"{printable(os.fsdecode(error.filename))}: "
        error = f"geoclaims: {file}{error.strerror or error}"
    flush()  # what was written before shall also be read before
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(error, file=sys.stderr)


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def write_document(pieces: Iterable[str], name: str = STANDARD) -> None:
    """Write a document to a file, which takes its name when it is whole, or to standard output.

    A file is compressed where its name says so. Only on a terminal, which they could disturb, are control and
    bidirectional characters written as escapes.
    """
    if name == STANDARD:
        for piece in pieces:
            print(visible(piece) if is_terminal() else piece, end="")
        return
    with replacing(name) as file:
        for piece in pieces:
            file.write(piece.encode())


def flush() -> None:
    """Write what is waiting to be written, so that what goes wrong does so here and not at the end of the process."""
    if sys.stdout is not None:
        sys.stdout.flush()


def give_up_output() -> None:
    """Write what can still be written, and leave nothing to go wrong at the end of the process."""
    with contextlib.suppress(OSError):
        flush()
    with contextlib.suppress(AttributeError, OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
