"""Run the commands of a transcript: a page of files, commands and what these print.

A line `> NAME` begins a file, of which the lines follow behind bars. A line `$ COMMAND` is a command; below it are its
standard output behind bars, its standard error behind `!`, and its exit code behind `=` unless it is 0. Other lines are
for readers. `geoclaims … < FILE` reads a file as standard input, and `cat FILE` prints one.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from geoclaims._command_line import main

if TYPE_CHECKING:
    import pytest

# How the usage of a command is broken into lines depends on the version of Python.
USAGE = re.compile(r"^usage: .*?(?=^geoclaims[^\n]*: error: )", re.DOTALL | re.MULTILINE)


def replayed(page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Run the commands of a page in the current folder, and return the page with what they print."""
    lines = page.split("\n")
    result: list[str] = []
    while lines:
        result.append(line := lines.pop(0))
        below: list[str] = []
        while line[:2] in {"> ", "$ "} and lines and lines[0][:1] in {"|", "!", "="}:
            below.append(lines.pop(0))
        if line.startswith("> "):
            (file := Path(line[2:])).parent.mkdir(exist_ok=True)
            file.write_text("".join(f"{each[2:]}\n" for each in below), encoding="utf-8")
            result += below
        elif line.startswith("$ "):
            result += printed(shlex.split(line[2:]), monkeypatch, capsys)
    return "\n".join(result)


def printed(words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[str]:
    """Run a command, and yield the lines below it."""
    if words[0] == "cat":
        yield from behind("|", Path(words[1]).read_text(encoding="utf-8"))
        return
    command, _, source = " \0".join(words[1:]).partition(" \0< \0")
    with monkeypatch.context() as patch, Path(source or "/dev/null").open(encoding="utf-8") as file:
        patch.setattr(sys, "stdin", file)
        code = main(command.split(" \0"))
    out, err = capsys.readouterr()
    yield from behind("|", out)
    yield from behind("!", USAGE.sub("", err))
    if code:
        yield f"= {code}"


def behind(sign: str, text: str) -> Iterator[str]:
    """Yield the lines of a text behind a sign."""
    for line in text.removesuffix("\n").split("\n") if text else ():
        yield f"{sign} {line}".rstrip()
