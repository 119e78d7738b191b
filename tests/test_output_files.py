"""Where the command line writes, what it does not write over, and what stays when it is interrupted."""

from __future__ import annotations

import gzip
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from geoclaims import Actor, Article, load_article, to_json
from geoclaims._command_line import main
from geoclaims._command_line.formats import FORMATS
from geoclaims.interop import write_csv
from tests.conftest import Run

BUNDLED = load_article()
SMALL = Article(id="small")
# A process in another folder finds the same modules, also where the tests run with a relative PYTHONPATH.
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
posix = pytest.mark.skipif(os.name != "posix", reason="needs the signals and descriptors of POSIX")


@posix
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_output_named_as_standard_output_goes_on_behind_what_is_there(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    os.write(1, b"before\n")
    assert main(["export", "--to", "jsonl", "--bundled", "--output", name]) == 0
    os.write(1, b"after\n")
    assert capfd.readouterr().out == f"before\n{to_json(BUNDLED)}\nafter\n"


TO_JSON_LINES = ["export", "--to", "jsonl", "-o", "a.jsonl", "-"]
TO_CSV = ["export", "--to", "csv", "-o", "tables", "-"]


@posix
@pytest.mark.parametrize("command", [TO_JSON_LINES, TO_CSV], ids=str)
def test_what_is_interrupted_leaves_no_file_or_folder_behind_and_the_older_one_as_it_was(
    command: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_text("older", encoding="utf-8")
    with started(command, tmp_path) as process:
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate()
    assert (process.returncode, complaints) == (130, b"")
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("a.jsonl", "older")]


def started(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """A command that has written something, and waits for more to read."""
    words, pipe = [sys.executable, "-m", "geoclaims", *command], subprocess.PIPE
    process = subprocess.Popen(words, cwd=folder, stdin=pipe, stderr=pipe, env=ENVIRONMENT)
    assert process.stdin is not None
    for number in range(200):
        said = os.urandom(1_000).hex()  # which cannot be compressed to less than a buffer holds
        article = Article(id=f"a{number}", actors=[Actor(id="a", name=said)])
        process.stdin.write(f"{to_json(article)}\n".encode())
    process.stdin.flush()
    # until something is written: Python itself complains of an interrupt before the program begins
    while not any(file.stat().st_size for file in folder.rglob(".geoclaims-*")):
        assert process.poll() is None
        time.sleep(0.01)
    return process


LIMITED = """
import resource, sys
from geoclaims._command_line import main

in_use = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (in_use + (1 << 25), in_use + (1 << 25)))
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_without_enough_memory_a_command_ends_with_a_message_and_leaves_nothing(form: str, tmp_path: Path) -> None:
    (source := tmp_path / "long.jsonl").touch()
    os.truncate(source, 1 << 26)
    command = [sys.executable, "-c", LIMITED, "export", "--to", form, "--output", str(tmp_path / "output"), str(source)]
    ended = subprocess.run(command, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"geoclaims: not enough memory\n")
    assert list(tmp_path.iterdir()) == [source]


Reading = Callable[[str, Callable[[], object]], None]


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Reading:
    """Makes a text the standard input, with a function that is called whenever a line is read."""

    def reading(text: str, then: Callable[[], object]) -> None:
        class Text(io.BytesIO):
            def readline(self, size: int | None = -1, /) -> bytes:
                then()
                return super().readline(size)

        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Text(text.encode())))

    return reading


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_full_disk_is_told_with_the_name_of_the_output_and_leaves_nothing(
    form: str, tmp_path: Path, run: Run
) -> None:
    long = to_json(attrs.evolve(SMALL, title="x" * 400_000))
    (source := tmp_path / "long.json.gz").write_bytes(gzip.compress(long.encode()))
    said = run("export", "--to", form, source, "--output", tmp_path / "output", code=1).err
    assert said == f"geoclaims: {tmp_path / 'output'}: File too large\n"
    assert [*tmp_path.iterdir()] == [source]
    if Path("/dev/full").exists():
        full = run("export", "--to", "json", source, "--output", "/dev/full", code=1).err
        assert full == "geoclaims: /dev/full: No space left on device\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with something to read for every command."""
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_text("It rains.", encoding="utf-8")
    Path("draft.json").write_text('{"id": "small", "actors": [], "statements": []}', encoding="utf-8")
    article = Article(id="small", text="It rains.")
    Path("article.json").write_text(to_json(article), encoding="utf-8")
    write_csv("tables", [article])
    Path("tables/links.csv").write_text("kind,source,target\n", encoding="utf-8")
    return tmp_path


def all_contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


TABLES = ["articles.csv", "actors.csv", "statements.csv", "links.csv"]
FORMS = [name for name, form in FORMATS.items() if form.writer and name != "parquet"]
READING = [
    *(["export", "--to", form, read] for form in FORMS for read in ("article.json", "tables")),
    *(["anchor", "text.txt", read] for read in ("article.json", "draft.json", "tables")),
]


@pytest.mark.parametrize("command", READING, ids=str)
def test_no_command_writes_over_any_file_that_it_reads_by_any_name(folder: Path, command: list[str], run: Run) -> None:
    for read in [file for word in command for file in (Path(word), *Path(word).glob("*.csv")) if file.is_file()]:
        (symbolic := folder / f"symbolic-{read.name}").symlink_to(read.absolute())
        (hard := folder / f"hard-{read.name}").hardlink_to(read)
        before = all_contents(folder)
        for name in (read, folder / read, f"tables/../{read}", symbolic, hard):
            said = run(*command, "--output", name, code=2).err
            assert said.endswith(f"error: --output would replace {read}, which is read: name another file\n")
        assert all_contents(folder) == before
    Path("tables/links.csv").unlink()
    run(*command, "--output", "another")


@pytest.mark.parametrize("table", TABLES)
def test_an_export_to_csv_does_not_write_over_what_it_reads(table: str, folder: Path, run: Run) -> None:
    Path("article.json").rename(table)
    before = all_contents(folder)
    for read, output in ((table, "."), ("tables", "tables")):
        said = run("export", "--to", "csv", "--output", output, read, code=2).err
        assert f"--output would replace {read}" in said
    assert all_contents(folder) == before


@posix
def test_no_command_writes_over_a_file_that_is_standard_input(folder: Path, run: Run) -> None:
    before, usual = all_contents(folder), os.dup(0)
    with Path("article.json").open("rb") as file:
        os.dup2(file.fileno(), 0)
    try:
        said = run("export", "--to", "html", "-", "--output", "article.json", code=2).err
    finally:
        os.dup2(usual, 0)
        os.close(usual)
    assert "--output would replace /dev/stdin, which is read" in said
    assert all_contents(folder) == before


@pytest.mark.usefixtures("folder")
def test_a_draft_that_is_made_while_new_waits_for_its_text_is_never_overwritten(reading: Reading, run: Run) -> None:
    made = Path("draft")
    reading("It rains.", lambda: made.write_text("mine", encoding="utf-8"))
    assert f"{made} already exists" in run("new", "-", "--output", "draft", code=2).err
    assert made.read_text(encoding="utf-8") == "mine"
