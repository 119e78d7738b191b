"""The command line in a terminal: a pseudo-terminal, as those that people sit at, for input and for output."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from geoclaims import Actor, Allegation, Article, to_json

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

import fcntl
import pty
import signal
import struct
import termios

STYLE = re.compile("\x1b\\[(?:0|1|2)m")
HOSTILE = Article(
    id="hostile",
    actors=[Actor(id="a", name="\u202eA\u2066", aliases=["中国"])],
    statements=[Allegation(id="s", speaker="a", accused=["a"], content="\u2067x")],
    text="\x1b]0;title\x07\x1b[2J\x9b\r",
)


class Terminal:
    """A terminal with a program in it."""

    def __init__(
        self,
        *command: str | Path,
        columns: int = 80,
        environment: Mapping[str, str] | None = None,
        piped: bool = False,
    ) -> None:
        self._screen, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        usual = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "NO_COLOR"}}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "geoclaims", *command],
            stdin=subprocess.PIPE if piped else inside,
            stdout=inside,
            stderr=inside,
            env={**usual, "TERM": "xterm-256color", **(environment or {})},
            start_new_session=True,
        )
        os.close(inside)
        self._read = b""

    @property
    def shown(self) -> str:
        """What has been shown."""
        return self._read.decode(errors="ignore")

    def write(self, text: str) -> None:
        """Write to the standard input of the program."""
        assert self.process.stdin is not None
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def read(self, seconds: float) -> bool:
        """Read what is shown within this time; false if that is the end."""
        if not select.select([self._screen], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._screen, 65536)
        except OSError:  # as Linux tells that nobody has the terminal open any more
            return False
        self._read += data
        return bool(data)

    def read_to_end(self) -> str:
        """Read until the program has ended."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        while self.read(60):
            pass
        self.process.wait(timeout=60)
        os.close(self._screen)
        return self.shown


def lines_of(shown: str) -> list[str]:
    """The lines on the screen."""
    return STYLE.sub("", shown).replace("\r\n", "\n").split("\n")


@pytest.mark.parametrize("columns", [40, 200])
def test_lines_are_styled_and_as_wide_as_the_terminal_up_to_100_columns(columns: int) -> None:
    shown = Terminal(columns=columns, environment={"NO_COLOR": ""}).read_to_end()  # empty, it says nothing
    widest = max(map(len, lines_of(shown)))
    assert min(columns, 100) - 8 <= widest <= min(columns, 100)
    assert "\x1b[1mALLEGATIONS\x1b[0m" in shown
    for line in shown.splitlines():
        assert (STYLE.findall(line) or ["\x1b[0m"])[-1] == "\x1b[0m"


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_nothing_is_styled_where_nobody_wants_it(environment: Mapping[str, str]) -> None:
    assert "\x1b" not in Terminal(environment=environment).read_to_end()


@pytest.mark.parametrize("command", [["show"], ["export", "--to", "records"]])
def test_nothing_but_styles_reaches_the_terminal(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "hostile.json").write_text(to_json(HOSTILE), encoding="utf-8")
    shown = Terminal(*command, tmp_path / "hostile.json").read_to_end()
    assert "\\u202eA\\u2066" in shown
    assert "ufeff" not in shown
    assert "".join(lines_of(shown)).isprintable()


def test_progress_is_told_while_a_long_input_is_read_and_taken_away_before_anything_else_is_written() -> None:
    terminal = Terminal("validate", "-", piped=True)
    while "\r" not in terminal.shown:
        terminal.write(to_json(HOSTILE) + "\n")
        assert terminal.read(0.1)
    terminal.write("[]\n")
    screen = [line.rpartition("\r")[2] for line in terminal.read_to_end().split("\r\n")]
    assert re.search(r"\r[0-9]+ articles\r {10,}\r<stdin>:", terminal.shown)
    assert screen[0].startswith("<stdin>:")
    assert re.fullmatch("[0-9]+ valid, 1 invalid", screen[1])
    assert terminal.process.returncode == 1


@pytest.fixture
def interrupts() -> Iterator[None]:
    """Let programs hear of interrupts, even where the tests run in the background and are told to ignore them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupts")
def test_an_interrupt_from_the_keyboard_ends_the_command_in_peace() -> None:
    terminal = Terminal("validate", "-", piped=True)
    terminal.write("{}\n" * 3)
    while not re.search(r"<stdin>:3: \$\.id.*\n", terminal.shown):
        assert terminal.read(60)
    time.sleep(0.3)  # now it waits for more to read
    before = terminal.shown
    terminal.process.send_signal(signal.SIGINT)
    terminal.process.wait(timeout=60)  # while its input is open, which could end it too
    assert terminal.read_to_end().strip("\r\n") == before.strip("\r\n")
    assert terminal.process.returncode == 130
