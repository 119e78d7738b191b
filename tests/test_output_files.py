"""Where the command line writes, what it does not write over, and what stays when it is asked to end."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from geoclaims import Actor, Article, _command_line, load_article, to_json
from geoclaims._command_line import main, streams
from geoclaims._command_line.formats import FORMATS
from geoclaims.interop import write_csv

if TYPE_CHECKING:
    from tests.conftest import Run

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
def test_output_named_as_standard_output_goes_into_a_pipe_or_device(tmp_path: Path) -> None:
    export = "geoclaims export --to jsonl --bundled --output"
    expected = f"{to_json(BUNDLED)}\n"
    assert in_shell(f"{export} /dev/stdout | cat", cwd=tmp_path).stdout == expected
    assert in_shell(f"{export} /dev/stdout > /dev/null; echo $?", cwd=tmp_path).stdout == "0\n"
    assert in_shell(f"{{ sleep 0.2; {export} /dev/stdout; echo $? >&2; }} | true", cwd=tmp_path).stderr == "141\n"
    assert not list(tmp_path.iterdir())
    for name in ("/dev/stdout", "/dev/fd/1"):
        in_shell(f"(echo before; {export} {name}; echo after) > all", cwd=tmp_path)
        assert (tmp_path / "all").read_text(encoding="utf-8") == f"before\n{expected}after\n"


@posix
def test_a_pipe_with_a_name_takes_output_and_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDWR)  # which waits for nobody
    (tmp_path / "small.jsonl").write_text(f"{to_json(SMALL)}\n", encoding="utf-8")
    exported = in_shell("geoclaims export --to jsonl small.jsonl --output pipe", cwd=tmp_path)
    assert (exported.returncode, exported.stderr) == (0, "1 article written\n")
    assert os.read(reader, 10_000) == f"{to_json(SMALL)}\n".encode()
    os.close(reader)
    assert path.is_fifo()
    assert {file.name for file in tmp_path.iterdir()} == {"pipe", "small.jsonl"}


REVIEW = {"@type": "ClaimReview", "claimReviewed": "It rains."}
TO_JSON_LINES = ["export", "--to", "jsonl", "-o", "a.jsonl", "-"]
TO_CSV = ["export", "--to", "csv", "-o", "tables", "-"]
FROM_REVIEWS = ["import", "--from", "claim-review", "-o", "a.jsonl", "-"]


@posix
@pytest.mark.parametrize(
    ("command", "ended", "code"),
    [
        (TO_JSON_LINES, signal.SIGTERM, 143),
        (TO_JSON_LINES, signal.SIGHUP, 129),
        (TO_CSV, signal.SIGHUP, 129),
        (TO_CSV, signal.SIGINT, 130),
        (["export", "--to", "stix", "-o", "a.json.gz", "-"], signal.SIGHUP, 129),
        (FROM_REVIEWS, signal.SIGHUP, 129),
    ],
    ids=str,
)
def test_what_is_asked_to_end_leaves_no_file_or_folder_behind_and_the_older_one_as_it_was(
    command: list[str], ended: signal.Signals, code: int, tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_text("older", encoding="utf-8")
    with started(command, tmp_path) as process:
        process.send_signal(ended)
        _, complaints = process.communicate()
    assert (process.returncode, complaints) == (code, b"")
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("a.jsonl", "older")]


def started(command: list[str], folder: Path, **options: Any) -> subprocess.Popen[bytes]:
    """A command that has written something, and waits for more to read."""
    process = subprocess.Popen(
        [sys.executable, "-m", "geoclaims", *command],
        cwd=folder,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        **options,
    )
    assert process.stdin is not None
    for number in range(3_000):
        line = to_json(Article(id=f"a{number}", actors=[Actor(id="a", name=f"{number:x}")]))
        if command[0] == "import":
            line = json.dumps(REVIEW | {"url": f"https://example.org/{number}"})
        process.stdin.write(f"{line}\n".encode())
    process.stdin.flush()
    # until something is written: Python itself complains of an interrupt before the program begins
    while not any(file.stat().st_size for file in folder.rglob(".geoclaims-*")):
        assert process.poll() is None
        time.sleep(0.01)
    return process


@posix
def test_a_command_goes_on_after_its_terminal_is_closed_where_nohup_started_it(tmp_path: Path) -> None:
    def ignoring() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with started(TO_JSON_LINES, tmp_path, preexec_fn=ignoring) as process:
        process.send_signal(signal.SIGHUP)
        _, complaints = process.communicate()
    assert (process.returncode, complaints) == (0, b"3000 articles written\n")
    assert len((tmp_path / "a.jsonl").read_bytes().splitlines()) == 3_000


INTERRUPTED_WHEN_IT_LOADS = """
import signal, sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            signal.raise_signal(signal.SIGINT)

module = sys.argv.pop(1)
from _geoclaims_program import main  # before which whoever measures coverage looks for the package
sys.meta_path.insert(0, Finder())
sys.exit(main())
"""


@posix
@pytest.mark.parametrize(
    "module",
    ["geoclaims", "attr", "geoclaims._command_line.show", "geoclaims._command_line.formats", "geoclaims.interop.stix"],
)
def test_an_interrupt_while_the_program_is_loaded_ends_it_without_a_traceback(module: str, tmp_path: Path) -> None:
    command = ["export", "--to", "stix", "--output", str(tmp_path / "a.json"), "--bundled"]
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHEN_IT_LOADS, module, *command], capture_output=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")
    assert list(tmp_path.iterdir()) == []


@posix
def test_an_interrupt_is_ignored_where_whoever_started_the_program_asked_for_it() -> None:
    command = INTERRUPTED_WHEN_IT_LOADS.replace("module =", "signal.signal(signal.SIGINT, signal.SIG_IGN); module =")
    ended = subprocess.run(
        [sys.executable, "-c", command, "geoclaims._command_line.formats", "--version"],
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_without_enough_memory_a_command_ends_with_a_message_and_leaves_nothing(form: str, tmp_path: Path) -> None:
    (source := tmp_path / "long.jsonl").touch()
    os.truncate(source, 1 << 29)
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28)); "
        "from _geoclaims_program import main; sys.exit(main())"
    )
    command = ["export", "--to", form, "--output", str(tmp_path / "output"), str(source)]
    ended = subprocess.run([sys.executable, "-c", limited, *command], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"geoclaims: not enough memory\n")
    assert list(tmp_path.iterdir()) == [source]


@posix
@pytest.mark.slow
@pytest.mark.large
@pytest.mark.parametrize("command", [["new", "/dev/zero"], ["validate", "/dev/zero"]])
def test_a_file_without_an_end_is_an_error(command: list[str], run: Run) -> None:
    assert run(*command, code=1).err.startswith("geoclaims: /dev/zero: More than 1 GiB to read at once\n")


@posix
@pytest.mark.slow
@pytest.mark.large
def test_a_text_of_more_than_a_gibibyte_is_an_error_whatever_its_lines_are(tmp_path: Path, run: Run) -> None:
    with (text := tmp_path / "text.txt").open("wb") as file:  # no disk holds the zeros of a sparse file
        for line in range(1, 5):
            file.seek(line * 300 << 20)
            file.write(b"\n")
    assert run("new", text, code=1).err.startswith(f"geoclaims: {text}: More than 1 GiB to read at once\n")


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


@posix
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_full_disk_is_told_with_the_name_of_the_file_and_leaves_nothing(form: str, tmp_path: Path, run: Run) -> None:
    resource = pytest.importorskip("resource")
    (source := tmp_path / "long.json").write_text(to_json(attrs.evolve(SMALL, title="x" * 400_000)), encoding="utf-8")
    if Path("/dev/full").exists():
        full = run("export", "--to", "json", source, "--output", "/dev/full", code=1).err
        assert full == "geoclaims: /dev/full: No space left on device\n"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
    try:
        said = run("export", "--to", form, source, "--output", output := tmp_path / "output", code=1).err
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert said == f"geoclaims: {output if form == 'jsonl' else output / 'articles.csv'}: File too large\n"
    assert [path.name for path in tmp_path.iterdir()] == ["long.json"]


def test_a_link_to_itself_is_no_file_to_write(tmp_path: Path, run: Run) -> None:
    (loop := tmp_path / "loop").symlink_to(loop)
    assert run("export", "--to", "json", "--bundled", "-o", loop, code=1).err.startswith(f"geoclaims: {loop}: ")
    assert loop.is_symlink()


PAGE = {"@type": "ClaimReview", "claimReviewed": "It rains.", "url": "https://checks.example.org/rain"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with something to read for every command."""
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_text("It rains.", encoding="utf-8")
    Path("draft.json").write_text('{"id": "small"}', encoding="utf-8")
    Path("article.json").write_text(to_json(SMALL), encoding="utf-8")
    Path("page.json").write_text(json.dumps(PAGE), encoding="utf-8")
    write_csv("tables", [Article(id="small", text="It rains.")], passages=True)
    return tmp_path


def all_contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


READING = [
    *((["export", "--to", form, "article.json"], "article.json") for form in FORMATS if form not in {"csv", "parquet"}),
    (["import", "--from", "claim-review", "page.json"], "page.json"),
    (["anchor", "text.txt", "article.json"], "article.json"),
    (["anchor", "text.txt", "draft.json"], "text.txt"),
    (["anchor", "text.txt", "draft.json"], "draft.json"),
    *((["anchor", "text.txt", "tables"], f"tables/{name}.csv") for name in ("articles", "actors", "statements")),
]


@pytest.mark.parametrize(("command", "read"), READING, ids=str)
def test_no_command_writes_over_what_it_reads_by_any_name(
    folder: Path, command: list[str], read: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("symbolic").symlink_to(read)
    os.link(read, "hard")
    before = all_contents(folder)
    for name in (read, folder / read, f"tables/../{read}", "symbolic", "hard"):
        assert main([*command, "--output", str(name)]) == 2
        complaint = capsys.readouterr().err
        assert complaint.endswith(f"error: --output would replace {read}, which is read: name another file\n")
    assert all_contents(folder) == before
    assert main([*command, "--output", "another"]) == 0


def test_an_export_to_csv_does_not_write_over_what_it_reads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("article.json").rename("actors.csv")
    before = all_contents(folder)
    assert main(["export", "--to", "csv", "--output", ".", "actors.csv"]) == 2
    assert "--output would replace actors.csv, which is read" in capsys.readouterr().err
    assert all_contents(folder) == before


@posix
def test_no_command_writes_over_a_file_that_is_standard_input(folder: Path) -> None:
    before = all_contents(folder)
    done = in_shell("geoclaims export --to html - --output article.json < article.json", cwd=folder)
    assert done.returncode == 2
    assert "--output would replace /dev/stdin, which is read" in done.stderr
    assert all_contents(folder) == before


@pytest.mark.usefixtures("folder")
def test_a_draft_that_is_made_while_new_waits_for_its_text_is_never_overwritten(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Text(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            made.write_text("mine", encoding="utf-8")
            return super().readline(size)

    made = Path("draft")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Text(b"It rains.")))
    assert main(["new", "-", "--output", "draft"]) == 2
    assert f"{made} already exists: name another, or remove that file first" in capsys.readouterr().err
    assert made.read_text(encoding="utf-8") == "mine"
