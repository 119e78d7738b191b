"""The command line and its standard input: a terminal, a pipe, a socket, a file, nothing, or closed."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from geoclaims import Article, from_json, load_article, to_json
from geoclaims._command_line import main

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

import pty

from tests.conftest import Run

MINE = Article(id="mine", title="My own", text="Text.")
BUNDLED = load_article()
READERS = [["show"], ["export", "--to", "json"], ["validate"], ["lint"]]
NOTHING_TO_READ = ["terminal", "nothing", "closed"]
STAYS_OPEN = ["pipe that stays open", "socket that stays open"]
NOT_READ = "standard input is not read here"


class Finished(NamedTuple):
    """What a command returns and prints."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A file that holds an article."""
    (file := tmp_path / "mine.json").write_text(to_json(MINE), encoding="utf-8")
    return file


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What is to be closed at the end."""
    with ExitStack() as stack:
        yield stack


Fed = Callable[..., Finished]


@pytest.fixture
def fed(stack: ExitStack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fed:
    """Runs a command with a standard input: a text that is piped in, a descriptor, or None where that is closed."""

    def fed(*arguments: str | Path, stdin: str | int | None) -> Finished:
        if isinstance(stdin, str):
            text, (stdin, write) = stdin, os.pipe()
            stack.callback(os.close, stdin)
            with os.fdopen(write, "w", encoding="utf-8") as pipe:
                pipe.write(text)
        stream = None if stdin is None else stack.enter_context(os.fdopen(stdin, encoding="utf-8", closefd=False))
        monkeypatch.setattr(sys, "stdin", stream)
        return Finished(main([str(argument) for argument in arguments]), *capsys.readouterr())

    return fed


@pytest.fixture
def standard_input(request: pytest.FixtureRequest, mine: Path, stack: ExitStack) -> int | None:
    """A standard input by its name; one that stays open, so that reading it would wait, refuses to be read instead."""
    match request.param:
        case "closed":
            return None
        case "file" | "nothing":
            name = mine if request.param == "file" else os.devnull
            return stack.enter_context(Path(name).open("rb")).fileno()
        case "socket that stays open":
            ours, _ = map(stack.enter_context, socket.socketpair())
            ours.settimeout(0)
            return ours.fileno()
        case name:
            ends = pty.openpty()[::-1] if name == "terminal" else os.pipe()
            for end in ends:
                stack.callback(os.close, end)
            os.set_blocking(ends[0], False)
            return ends[0]


@pytest.mark.parametrize("standard_input", [*NOTHING_TO_READ, *STAYS_OPEN, "file"], indirect=True)
def test_without_arguments_the_bundled_article_is_shown_and_what_is_piped_in_is_said_not_to_be_read(
    standard_input: int | None, fed: Fed, request: pytest.FixtureRequest
) -> None:
    shown = fed(stdin=standard_input)
    assert shown.returncode == 0
    assert f"\n    id           {BUNDLED.id}\n" in shown.stdout
    name = request.node.callspec.params["standard_input"]
    assert (NOT_READ in shown.stderr) == (name not in NOTHING_TO_READ)


@pytest.mark.parametrize("command", READERS, ids=" ".join)
@pytest.mark.parametrize("standard_input", NOTHING_TO_READ, indirect=True)
def test_a_command_without_a_file_and_without_piped_input_does_not_wait_but_says_what_to_give(
    command: list[str], standard_input: int | None, fed: Fed
) -> None:
    refused = fed(*command, stdin=standard_input)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert {"FILE", "-", "--bundled"} <= {*re.findall(r"[\w-]+", refused.stderr)}


@pytest.mark.parametrize("standard_input", [*NOTHING_TO_READ, *STAYS_OPEN], indirect=True)
def test_what_needs_no_input_or_has_a_file_never_waits_for_any(
    standard_input: int | None, fed: Fed, mine: Path, tmp_path: Path
) -> None:
    (text := tmp_path / "text").write_text("Text.", encoding="utf-8")
    for command in (["schema"], ["--help"], ["--version"], ["show", "--bundled"], ["--bundled"]):
        assert fed(*command, stdin=standard_input).returncode == 0
    for words in (
        ["show", mine],
        [mine],
        ["validate", mine],
        ["export", "--to", "svg", mine],
        ["anchor", text, mine],
    ):
        assert fed(*words, stdin=standard_input).returncode == 0


def test_what_is_piped_in_is_read_where_no_file_or_a_dash_is_given(mine: Path, fed: Fed) -> None:
    text = mine.read_text()
    for command in (["show"], ["-"], ["show", "-"]):
        assert fed(*command, stdin=text).stdout.startswith("My own (no statements)\n")
    assert fed("validate", stdin=text).stderr == "1 valid (1 with no statements), 0 invalid\n"
    assert fed("lint", stdin=text).stderr.startswith("0 warnings in 1 article\n")
    export = ["export", "--to", "json"]
    assert from_json(fed(*export, "--bundled", stdin=text).stdout) == BUNDLED  # what is given is read instead
    one, other = socket.socketpair()
    with one, mine.open("rb") as file:
        with other:
            other.sendall(mine.read_bytes())
        for stdin in (text, one.fileno(), file.fileno()):
            assert from_json(fed(*export, stdin=stdin).stdout) == MINE


@pytest.mark.parametrize("command", READERS, ids=" ".join)
def test_an_empty_input_is_an_error(command: list[str], fed: Fed) -> None:
    for empty in ("", "\n", " \n\n"):
        failed = fed(*command, stdin=empty)
        assert failed.returncode == 1
        assert "<stdin>" in failed.stdout + failed.stderr


def test_a_file_without_a_command_is_shown(mine: Path, run: Run) -> None:
    shown = run("show", mine, "--bundled").out
    assert shown.startswith("My own (no statements)\n")
    assert f"\n    id           {BUNDLED.id}\n" in shown
    assert run(mine, "--bundled").out == shown


def test_a_file_named_as_the_option_is_read_behind_two_dashes(
    mine: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mine.parent)
    mine.rename("--bundled")
    assert run("show", "--", "--bundled").out.startswith("My own (no statements)\n")
