"""A file that takes its name only when it is whole."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Generator[BinaryIO]:
    """A file to write that takes the name when the block ends; whatever fails leaves an older file as it was.

    Raises:
        OSError: The file cannot be written.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():  # a device or pipe is written to, never replaced
        with target.open("wb") as file:
            yield file
        return
    temporary = target.with_name(f".geoclaims-{os.urandom(8).hex()}")
    try:
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
