"""The command line in a terminal: a pseudo-terminal, as those that people sit at."""

from __future__ import annotations

import itertools
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from geoclaims import Actor, Allegation, Article, to_json
from geoclaims._command_line import main

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

import fcntl
import pty
import struct
import termios

STYLE = re.compile("\x1b\\[(?:0|1|2)m")
HOSTILE = Article(
    id="hostile",
    actors=[Actor(id="a", name="\u202eA\u2066", aliases=["中国"])],
    statements=[Allegation(id="s", speaker="a", accused=["a"], content="\u2067x")],
    text="\x1b]0;title\x07\x1b[2J\x9b\r",
)


class Shown(NamedTuple):
    """What a command shows, and the exit code."""

    text: str
    code: int

    @property
    def lines(self) -> list[str]:
        """The lines on the screen."""
        return STYLE.sub("", self.text).replace("\r\n", "\n").split("\n")


def shown_on(screen: int) -> Iterator[str]:
    """Yield what is shown on a terminal, until nobody has it open any more."""
    while select.select([screen], [], [], 60)[0]:
        try:
            yield os.read(screen, 65536).decode(errors="ignore")
        except OSError:  # as Linux reports the end
            return


Run = Callable[..., Shown]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a terminal, or with its input from a pipe that holds some text."""

    def run(*command: str | Path, columns: int = 80, piped: str | None = None, **environment: str) -> Shown:
        screen, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        if piped is None:
            source = os.dup(inside)
        else:
            source, end = os.pipe()
            os.write(end, piped.encode())
            os.close(end)
        with ThreadPoolExecutor() as reader, monkeypatch.context() as patch:
            shown = reader.submit("".join, shown_on(screen))
            for name in ("COLUMNS", "NO_COLOR"):
                patch.delenv(name, raising=False)
            for name, value in {"TERM": "xterm-256color", **environment}.items():
                patch.setenv(name, value)
            with os.fdopen(inside, "w", buffering=1, encoding="utf-8") as out, os.fdopen(source) as stdin:
                for name, stream in {"stdout": out, "__stdout__": out, "stderr": out, "stdin": stdin}.items():
                    patch.setattr(sys, name, stream)
                code = main([str(word) for word in command])
        os.close(screen)
        return Shown(shown.result(), code)

    return run


@pytest.mark.parametrize("columns", [40, 200])
def test_lines_are_styled_and_as_wide_as_the_terminal_up_to_100_columns(columns: int, terminal: Run) -> None:
    shown = terminal(columns=columns, NO_COLOR="")  # empty, it says nothing
    widest = max(map(len, shown.lines))
    assert min(columns, 100) - 8 <= widest <= min(columns, 100)
    assert "\x1b[1mSTATEMENTS\x1b[0m" in shown.text
    assert "\x1b[1mUkraine:\x1b[0m China" in shown.text  # who said it is bold, and not what they said
    for line in shown.text.splitlines():
        assert (STYLE.findall(line) or ["\x1b[0m"])[-1] == "\x1b[0m"


def test_nothing_is_styled_where_nobody_wants_it(terminal: Run) -> None:
    assert "\x1b" not in terminal(NO_COLOR="1").text + terminal(TERM="dumb").text


def test_nothing_but_styles_reaches_the_terminal_and_no_page_of_a_format_that_nobody_reads_there(
    tmp_path: Path, terminal: Run
) -> None:
    (file := tmp_path / "hostile.json").write_text(to_json(HOSTILE), encoding="utf-8")
    for command in (["show"], ["export", "--to", "records"]):
        shown = terminal(*command, file)
        assert "\\u202eA\\u2066" in shown.text
        assert "ufeff" not in shown.text
        assert "".join(shown.lines).isprintable()
    for form in ("html", "svg", "parquet"):
        shown = terminal("export", "--to", form, file, columns=200)
        assert f"--to {form} is not for a terminal" in shown.text
        assert shown.code == 2


TO_LINES = ["export", "--to", "jsonl"]


@pytest.mark.parametrize(
    ("command", "is_counted"),
    [
        (["validate"], True), (["lint"], True), (["compare", "--bundled"], True), (["show"], False),
        ([*TO_LINES, "-o", os.devnull], True), (TO_LINES, True),
    ],
    ids=str,
)  # fmt: skip
def test_a_count_is_shown_of_a_long_input_unless_its_output_is_and_removed_before_anything_else_is_written(
    command: list[str],
    is_counted: bool,  # noqa: FBT001
    terminal: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.monotonic", itertools.count(0.0).__next__)  # each look at the clock takes a second
    articles = [to_json(Article(id=f"a{number}")) for number in range(3)]
    shown = terminal(*command, "-", piped="\n".join([*articles, "nonsense", ""]))
    assert (re.search(r"\r[0-9] articles\r {10,}\r<stdin>:4:", shown.text) is not None) == is_counted
    assert ("\r3 articles" in shown.text) == is_counted
    screen = [line.rpartition("\r")[2] for line in shown.text.split("\r\n")]
    assert [line for line in screen if re.match("[0-9]+ articles", line) and "written" not in line] == []
    assert [line for line in screen if line.startswith("<stdin>:4:")], screen
    assert shown.code == 1


@pytest.fixture
def interrupts() -> Iterator[None]:
    """Let programs hear of interrupts, even where the tests run in the background and are told to ignore them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupts")
def test_an_interrupt_from_the_keyboard_ends_the_command_in_peace() -> None:
    screen, inside = pty.openpty()
    command = [sys.executable, "-m", "geoclaims", "validate", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=inside, stderr=inside, start_new_session=True
    ) as process:
        os.close(inside)
        assert process.stdin is not None
        process.stdin.write(b"{}\n" * 3)
        process.stdin.flush()
        shown, pieces = "", shown_on(screen)
        while not re.search(r"<stdin>:3:1: \$\.id.*\n", shown):
            shown += next(pieces)
        time.sleep(0.3)  # now it waits for more to read
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130  # while its input is open, which could end it too
        assert "".join(pieces).strip("\r\n") == ""
    os.close(screen)
