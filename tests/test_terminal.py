"""The command line in a terminal: a pseudo-terminal, as those that people sit at, for input and for output."""

from __future__ import annotations

import json
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
    assert "\x1b[1mSTATEMENTS\x1b[0m" in shown
    assert "\x1b[1mUkraine accused China:\x1b[0m China" in shown  # who said it is bold, and not what they said
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


@pytest.mark.parametrize("form", ["html", "svg", "parquet"])
def test_what_nobody_reads_on_a_terminal_is_not_written_there(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(to_json(HOSTILE), encoding="utf-8")
    terminal = Terminal("export", "--to", form, tmp_path / "a.json", columns=200)
    assert f"--to {form} is not for a terminal" in terminal.read_to_end()
    assert terminal.process.returncode == 2


# In each, `▶` and `◀` enclose what is marked.
SOURCES = [
    '{"schema_version": "1.0", "id": "a", ▶"titel"◀: "x"}',
    f'{100 * " "}\t{{"schema_version": "1.0",\t"id": ▶5◀}}\r\n',
    '{"schema_version": "1.0", "id": "a", "title": "🚢 in the 港 of e\u0301",\n  "url": ▶"港港"◀, "text": "x"}',
    '{"schema_version": "1.0", "id": "a", "title": "\u202e", "url": ▶"\u2066\\"x"◀}',
    '{"schema_version": "1.0", "id": "a", "actors":\n [▶◀[]]}',
    f'{{"schema_version": "1.0", "id": "a", "title": "{"港" * 500}", "url": ▶"no"◀, "text": "{"x" * 500}"}}',
    f'{{"schema_version": "1.0", "id": "a", "text": "{"x" * 500}", "url": ▶"{"港" * 500}"◀}}',
    '{"schema_version": "1.0",\n"id": ▶nothing◀}',
    '{"schema_version": "1.0",\n"id":▶◀',
]


def test_a_line_that_is_cut_begins_with_a_whole_sign_after_a_mark_of_omission(tmp_path: Path) -> None:
    title = "े".join("कखगघ" * 100)
    file = tmp_path / "long.json"
    file.write_text(f'{{"schema_version": "1.0", "title": "{title}", "id": 5}}', encoding="utf-8")
    shown = lines_of(Terminal("validate", file, columns=40).read_to_end())[1]
    assert re.match("    …[कखगघ]", shown)
    assert shown.endswith('"id": 5}')


@pytest.mark.parametrize("columns", [30, 80])
def test_the_line_of_an_issue_follows_it_cut_to_the_terminal_with_the_place_marked(
    columns: int, tmp_path: Path
) -> None:
    sources = {tmp_path / f"{number}.json": source for number, source in enumerate(SOURCES)}
    sources |= {
        file.with_suffix(".jsonl"): "\n" + re.sub("\r?\n", " ", source) + "\n{}" for file, source in sources.items()
    }
    for file, source in sources.items():
        file.write_bytes(re.sub("[▶◀]", "", source).encode())
    shown = lines_of(Terminal("validate", *sources, columns=columns).read_to_end())
    for file, source in sources.items():
        before, marked, _ = re.split("[▶◀]", source)
        rows = before.split("\n")
        place = f"{file}:{len(rows)}:{len(rows[-1]) + 1}: $"
        (number,) = (number for number, line in enumerate(shown) if line.startswith(place) and "'schema_v" not in line)
        line, mark = shown[number + 1 : number + 3]
        assert line.isprintable()
        assert width(line) <= columns
        start = mark.index("^")
        here = next(line[place:] for place in range(len(line) + 1) if width(line[:place]) == start)
        if here.startswith(visible(marked)):
            assert mark[start:] == "^".ljust(width(visible(marked)), "~")
        else:
            assert visible(marked).startswith(here.removesuffix("…"))
            assert mark[start:] == "^".ljust(width(here), "~")


def width(text: str) -> int:
    """How many columns some text takes."""
    return sum(map(columns_of, text))


def columns_of(character: str) -> int:
    """How many columns a character takes."""
    return 0 if character == "\u0301" else 2 if character in "🚢港" else 1


def visible(text: str) -> str:
    """A text with its bidirectional characters as escapes."""
    return text.replace("\u2066", "\\u2066")


@pytest.mark.parametrize(
    "arguments", [["show"], ["export", "--to", "jsonl"], ["lint"], ["compare", "--bundled"], ["anchor", __file__]]
)
def test_every_command_shows_the_place_of_what_is_wrong(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"schema_version": "1.0",\n "id": 5}')
    shown = lines_of(Terminal(*arguments, tmp_path / "a.json").read_to_end())
    assert shown[0].startswith(f"{tmp_path / 'a.json'}:2:8: $.id: ")
    assert shown[1:3] == ['    "id": 5}', "          ^"]


@pytest.mark.parametrize(
    "command",
    [
        ["validate"],
        ["lint"],
        ["compare", "--bundled"],
        ["export", "--to", "jsonl", "-o", os.devnull],
        ["import", "--from", "claim-review", "-o", os.devnull],
    ],
    ids=" ".join,
)
def test_progress_is_told_while_a_long_input_is_read_and_taken_away_before_anything_else_is_written(
    command: list[str],
) -> None:
    terminal = Terminal(*command, "-", piped=True)
    number = 0
    while "\r" not in terminal.shown:
        number += 1
        review = {"@type": "ClaimReview", "claimReviewed": "There are mines.", "url": f"https://example.org/{number}"}
        article = to_json(Article(id=f"a{number}"))
        terminal.write(f"{json.dumps(review) if command[0] == 'import' else article}\n")
        assert terminal.read(0.1)
        assert number < 600  # a minute at most
    terminal.write("nonsense\n")
    screen = [line.rpartition("\r")[2] for line in terminal.read_to_end().split("\r\n")]
    assert re.search(r"\r[0-9]+ articles\r {10,}\r<stdin>:", terminal.shown)
    assert screen[0].startswith("<stdin>:")
    assert [line for line in screen if re.match("[0-9]+ articles", line) and "written" not in line] == []
    assert terminal.process.returncode == 1


def test_what_is_shown_on_the_terminal_itself_has_no_progress(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text(f"{to_json(HOSTILE)}\n" * 2_000, encoding="utf-8")
    for command in (["show"], ["export", "--to", "jsonl"]):
        assert re.search("\r[0-9]+ articles", Terminal(*command, tmp_path / "many.jsonl").read_to_end()) is None


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
    while not re.search(r"<stdin>:3:1: \$\.id(.*\n){3}", terminal.shown):
        assert terminal.read(60)
    time.sleep(0.3)  # now it waits for more to read
    before = terminal.shown
    terminal.process.send_signal(signal.SIGINT)
    terminal.process.wait(timeout=60)  # while its input is open, which could end it too
    assert terminal.read_to_end().strip("\r\n") == before.strip("\r\n")
    assert terminal.process.returncode == 130
