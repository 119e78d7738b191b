"""How far a long input has been read, told on standard error where that is a terminal."""

from __future__ import annotations

import sys
import time
from typing import Final

import attrs

_SECONDS: Final = 0.5


@attrs.define
class Progress:
    """A count that is shown twice a second, on a line of its own that is taken away again."""

    count: int = 0
    shown: str = ""
    due: float = attrs.field(factory=lambda: time.monotonic() + _SECONDS)
    watched: bool = attrs.field(factory=lambda: sys.stderr is not None and sys.stderr.isatty())

    def step(self) -> None:
        """Count one article more."""
        self.count += 1
        if self.watched and time.monotonic() >= self.due:
            self.due = time.monotonic() + _SECONDS
            self.shown = f"{self.count} articles"
            print(f"\r{self.shown}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the count away, so that something else can be written."""
        if self.shown:
            print(f"\r{' ' * len(self.shown)}\r", end="", file=sys.stderr, flush=True)
            self.shown = ""
