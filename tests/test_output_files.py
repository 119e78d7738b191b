"""Where the command line writes, and what stays of it when it is asked to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from geoclaims import Article, _command_line, load_article, to_json
from geoclaims._command_line import main, streams

BUNDLED = load_article()
SMALL = Article(id="small")
posix = pytest.mark.skipif(os.name != "posix", reason="needs the shell of POSIX")


def in_shell(script: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """What a shell says and returns, with `geoclaims` for the command line."""
    script = f'geoclaims() {{ "{sys.executable}" -m geoclaims "$@"; }}\n{script}'
    return subprocess.run(
        ["sh", "-c", script], check=False, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", **options
    )


@posix
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "link"])
def test_output_named_as_a_file_goes_where_standard_output_goes(tmp_path: Path, name: str) -> None:
    (tmp_path / "link").symlink_to("/dev/stdout")
    export = f"geoclaims export --to jsonl --bundled --output {name}"
    expected = f"{to_json(BUNDLED)}\n"
    assert in_shell(f"{export} | cat", cwd=tmp_path).stdout == expected
    assert in_shell(f"{export} > a; cat a", cwd=tmp_path).stdout == expected
    assert in_shell(f"echo before > b; {export} >> b; cat b", cwd=tmp_path).stdout == f"before\n{expected}"
    assert in_shell(f"{export} > /dev/null; echo $?", cwd=tmp_path).stdout == "0\n"
    assert in_shell(f"{{ sleep 0.2; {export}; echo $? >&2; }} | true", cwd=tmp_path).stderr == "141\n"
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", "link"}


@posix
def test_a_pipe_with_a_name_takes_output_and_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDWR)  # which waits for nobody
    (tmp_path / "small.jsonl").write_text(f"{to_json(SMALL)}\n", encoding="utf-8")
    exported = in_shell("geoclaims export --to jsonl small.jsonl --output pipe", cwd=tmp_path)
    assert (exported.returncode, exported.stderr) == (0, "")
    assert os.read(reader, 10_000) == f"{to_json(SMALL)}\n".encode()
    os.close(reader)
    assert path.is_fifo()
    assert {file.name for file in tmp_path.iterdir()} == {"pipe", "small.jsonl"}


TERMINATED = """
import os, sys
if hasattr(os, "O_TMPFILE"):
    del os.O_TMPFILE  # as on a system where a file has a name while it is written
from geoclaims._command_line import main
sys.exit(main(["export", "--to", "jsonl", "--output", sys.argv[1], "-"]))
"""


@posix
def test_what_is_asked_to_end_leaves_no_file_behind_and_the_older_one_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("older", encoding="utf-8")
    command = [sys.executable, "-c", TERMINATED, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(f"{to_json(SMALL)}\n".encode() * 2_000)
        process.stdin.flush()
        # until something is written: what is imported before, such as orjson, may not bear to be interrupted
        while not any(file.stat().st_size for file in tmp_path.iterdir() if file != path):
            assert process.poll() is None
            time.sleep(0.01)
        process.terminate()
        _, complaints = process.communicate()
    assert process.returncode == 143
    assert complaints == b""
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("a.jsonl", "older")]


def test_being_asked_to_end_is_left_to_whoever_has_arranged_something_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def shows() -> int:
        seen.append(signal.getsignal(signal.SIGTERM))
        return 0

    seen: list[object] = []
    monkeypatch.setattr(_command_line, "_run", lambda _: shows())
    for arranged in (signal.SIG_IGN, signal.SIG_DFL):
        usual = signal.signal(signal.SIGTERM, arranged)
        try:
            assert main([]) == 0
            assert signal.getsignal(signal.SIGTERM) is arranged
        finally:
            signal.signal(signal.SIGTERM, usual)
    thread = threading.Thread(target=main, args=[[]])
    thread.start()
    thread.join()
    assert [seen[0], seen[2]] == [signal.SIG_IGN, signal.SIG_DFL]
    assert callable(seen[1])


@posix
def test_being_asked_to_end_ends_with_the_code_of_a_shell_and_a_second_time_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def asked(_: object) -> int:
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        raise AssertionError

    monkeypatch.setattr(_command_line, "_run", asked)
    monkeypatch.setattr(streams, "give_up_output", lambda: None)  # it is that of these tests too
    usual = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        assert main([]) == 143
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, usual)
