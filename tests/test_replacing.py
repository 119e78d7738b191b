from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from geoclaims import Article, read_jsonl, write_jsonl
from geoclaims._json import replacing as module
from geoclaims._json.replacing import replaces_something, replacing, replacing_together
from geoclaims.interop import read_csv, write_csv

ARTICLES = [Article(id="a", title="One"), Article(id="b", title="Two")]
OLDER = [Article(id="old")]
DESCRIPTORS = Path("/proc/self/fd")
needs_descriptors = pytest.mark.skipif(not DESCRIPTORS.is_dir(), reason="this system has no folder of open files")


@pytest.fixture(params=["without a name", "with a temporary name"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The way in which a file waits for its name: that of this system, and that of systems without unnamed files."""
    if request.param == "with a temporary name":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    return str(request.param)


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    usual = os.umask(0)
    os.umask(usual)
    yield os.umask
    os.umask(usual)


def open_to_write(folder: Path) -> list[os.stat_result]:
    """The regular files in a folder, named or not, that this process has open to write."""
    found = []
    for name in os.listdir(DESCRIPTORS):  # noqa: PTH208 - they come and go
        try:
            where, mode = (DESCRIPTORS / name).readlink(), (DESCRIPTORS / name).lstat().st_mode
        except OSError:
            continue
        if where.parent == folder and mode & stat.S_IWUSR:
            found.append((DESCRIPTORS / name).stat())
    return found


@needs_descriptors
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o400, 0o666])
def test_what_is_written_has_the_mode_of_what_it_replaces_from_its_first_byte(
    tmp_path: Path, way: str, umask: Callable[[int], int], mode: int
) -> None:
    def arriving() -> Iterator[Article]:
        for article in ARTICLES:
            modes.extend(stat.S_IMODE(file.st_mode) for file in open_to_write(tmp_path))
            assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {mode}
            yield article

    umask(0o022)
    modes: list[int] = []
    path = tmp_path / "a.jsonl"
    path.touch()
    path.chmod(mode)
    assert write_jsonl(path, arriving()) == 2
    assert modes == [mode, mode]
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert list(tmp_path.iterdir()) == [path], way


@needs_descriptors
@pytest.mark.parametrize("mask", [0o077, 0o022, 0o002])
def test_a_new_file_has_the_mode_that_the_umask_leaves_it_from_its_first_byte(
    tmp_path: Path, way: str, umask: Callable[[int], int], mask: int
) -> None:
    def arriving() -> Iterator[Article]:
        modes.extend(stat.S_IMODE(file.st_mode) for file in open_to_write(tmp_path))
        yield from ARTICLES

    umask(mask)
    modes: list[int] = []
    assert write_jsonl(tmp_path / "a.jsonl", arriving()) == 2
    assert modes == [0o666 & ~mask], way
    assert stat.S_IMODE((tmp_path / "a.jsonl").stat().st_mode) == 0o666 & ~mask


def test_a_private_file_is_replaced_by_one_that_was_never_open_to_others(
    tmp_path: Path, way: str, umask: Callable[[int], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the mode that is set afterwards, the new file has the one with which it was opened."""
    (tmp_path / "a.jsonl").touch(mode=0o600)
    umask(0o022)
    monkeypatch.setattr(os, "chmod", lambda *_: None)
    with replacing(tmp_path / "a.jsonl"):
        modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {0o600}, way


def test_a_file_that_is_made_private_while_it_is_written_stays_private(tmp_path: Path, way: str) -> None:
    path = tmp_path / "a.jsonl"
    path.touch(mode=0o644)
    with replacing(path) as file:
        file.write(b"secret")
        path.chmod(0o600)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600, way


WRITING = """
import sys
from geoclaims import Article, write_jsonl
from geoclaims.interop import write_csv

def arriving():
    for number in range(50):
        yield Article(id=f"a{number}", text="x" * 10_000)
    print("written", flush=True)
    sys.stdin.read()

globals()[sys.argv[1]](sys.argv[2], arriving())
"""


@pytest.mark.skipif(not (hasattr(os, "O_TMPFILE") and DESCRIPTORS.is_dir()), reason="no files without a name here")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize(("function", "name"), [("write_jsonl", "a.jsonl"), ("write_jsonl", "a.gz"), ("write_csv", "")])
def test_a_process_that_is_killed_while_it_writes_leaves_no_file_behind_and_older_ones_as_they_were(
    tmp_path: Path, function: str, name: str, number: int
) -> None:
    write: Callable[[Path, list[Article]], int] = write_csv if function == "write_csv" else write_jsonl
    write(tmp_path / name, OLDER)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    command = [sys.executable, "-c", WRITING, function, str(tmp_path / name)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        process.send_signal(number)
        assert process.wait() == -number
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.skipif(not (hasattr(os, "O_TMPFILE") and DESCRIPTORS.is_dir()), reason="no files without a name here")
def test_a_file_has_no_name_while_it_is_written_where_the_system_can_do_that(tmp_path: Path) -> None:
    with replacing(tmp_path / "a") as file:
        file.write(b"b")
        assert list(tmp_path.iterdir()) == []
    assert (tmp_path / "a").read_bytes() == b"b"


def test_where_there_are_no_files_without_a_name_a_temporary_one_stands_beside_the_file(tmp_path: Path) -> None:
    def refused(*arguments: Any) -> int:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP), str(arguments[0]))

    (tmp_path / "a").write_bytes(b"a")
    usual = os.open
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", lambda path, *rest: refused(path) if path == tmp_path else usual(path, *rest))
        with replacing(tmp_path / "a") as file:
            file.write(b"b")
            (temporary,) = {path.name for path in tmp_path.iterdir()} - {"a"}
            assert temporary.startswith(".geoclaims-")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"b")]


def test_a_mode_that_is_refused_is_an_error_and_leaves_no_file(tmp_path: Path, way: str) -> None:
    def refused(*_: Any) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), "somewhere")

    path = tmp_path / "a.jsonl"
    path.write_bytes(b"older")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "chmod", refused)
        with pytest.raises(PermissionError) as caught:
            write_jsonl(path, ARTICLES)
    assert caught.value.filename == str(path), way
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"older"]


NAMES = ("articles.csv", "actors.csv", "statements.csv")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


REFUSALS: list[tuple[int, BaseException]] = [
    (number, error)
    for number in (1, 2, 3)
    for error in (PermissionError(errno.EACCES, "It is open"), KeyboardInterrupt())
]


@pytest.mark.parametrize("older", [OLDER, []], ids=["over older files", "into an empty folder"])
@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_name_that_is_refused_leaves_all_three_tables_as_they_were(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch, older: list[Article], refusal: tuple[int, BaseException]
) -> None:
    refused, error = refusal

    def replace(self: Path, target: Path) -> Path:
        names.append(target.name)
        if len(names) == refused:
            raise error
        return usual(self, target)

    if older:
        write_csv(tmp_path, OLDER)
    before = contents(tmp_path)
    names: list[str] = []
    usual = Path.replace
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(type(error)):
        write_csv(tmp_path, ARTICLES)
    monkeypatch.undo()
    assert contents(tmp_path) == before, way
    assert names[:refused] == list(NAMES[:refused])


def test_a_name_that_is_refused_to_a_single_file_leaves_the_older_one(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any) -> None:
        raise PermissionError(errno.EACCES, "It is open", "somewhere")

    write_jsonl(tmp_path / "a.jsonl", OLDER)
    before = contents(tmp_path)
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(PermissionError) as caught:
        write_jsonl(tmp_path / "a.jsonl", ARTICLES)
    assert caught.value.filename == str(tmp_path / "a.jsonl"), way
    assert contents(tmp_path) == before


def test_a_file_that_cannot_be_given_a_name_is_called_as_its_user_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), "somewhere")

    if not (hasattr(os, "O_TMPFILE") and DESCRIPTORS.is_dir()):
        pytest.skip("no files without a name here")
    monkeypatch.setattr(os, "link", refused)
    with pytest.raises(PermissionError) as caught:
        write_jsonl(tmp_path / "a.jsonl", ARTICLES)
    assert caught.value.filename == str(tmp_path / "a.jsonl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"x", b"xy"])
def test_a_file_without_content_is_nothing_that_would_be_replaced(tmp_path: Path, content: bytes) -> None:
    assert not replaces_something(tmp_path / "a")
    (tmp_path / "a").write_bytes(content)
    assert replaces_something(tmp_path / "a") == bool(content)


def test_where_a_file_system_has_no_hard_links_tables_are_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setattr(os, "link", refused)
    write_csv(tmp_path, OLDER)
    write_csv(tmp_path, ARTICLES)
    assert list(read_csv(tmp_path)) == ARTICLES
    assert sorted(contents(tmp_path)) == sorted(NAMES)


def test_no_file_takes_its_name_before_all_are_whole(tmp_path: Path, way: str) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    with replacing_together(paths) as (first, second):
        first.write(b"a")
        first.flush()
        second.write(b"b")
        assert not any(path.exists() for path in paths), way


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_is_full_leaves_all_three_tables_as_they_were(tmp_path: Path, way: str) -> None:
    write_csv(tmp_path, OLDER)
    before = contents(tmp_path)
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_csv(tmp_path, [Article(id="long", text="x" * 3_000)])  # alone its table is too long
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert contents(tmp_path) == before, way


def test_a_file_that_cannot_be_opened_closes_those_before_it(tmp_path: Path, open_files: Callable[[], int]) -> None:
    (tmp_path / "b").mkdir()
    before = open_files()
    with pytest.raises(IsADirectoryError), replacing_together([tmp_path / "a", tmp_path / "b"]):
        raise AssertionError
    assert open_files() == before
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_pipe_with_a_name_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no such pipes")
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDWR)  # which waits for nobody
    assert write_jsonl(path, ARTICLES) == 2
    assert path.is_fifo()
    (tmp_path / "copy.jsonl").write_bytes(os.read(reader, 10_000))
    os.close(reader)
    assert list(read_jsonl(tmp_path / "copy.jsonl")) == ARTICLES


@needs_descriptors
def test_an_open_pipe_is_written_to_by_the_name_of_its_descriptor(tmp_path: Path) -> None:
    read, write = os.pipe()
    link = tmp_path / "link"
    link.symlink_to(f"/dev/fd/{write}")
    for path in (f"/dev/fd/{write}", f"/proc/self/fd/{write}", f"/proc/{os.getpid()}/fd/{write}", link):
        assert write_jsonl(path, ARTICLES[:1]) == 1
    os.close(write)
    with os.fdopen(read, "rb") as file:
        assert len(file.read().splitlines()) == 4
    assert link.is_symlink()


@needs_descriptors
@pytest.mark.parametrize("deleted", ["kept", "deleted"])
def test_an_open_file_is_written_on_by_the_name_of_its_descriptor(tmp_path: Path, deleted: str) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w+b", buffering=0) as file:
        file.write(b"\n\n")
        if deleted == "deleted":
            path.unlink()
        assert write_jsonl(f"/dev/fd/{file.fileno()}", ARTICLES) == 2
        file.seek(0)
        assert file.read().startswith(b'\n\n{"schema_version"')
    assert list(tmp_path.iterdir()) == ([path] if deleted == "kept" else [])


@needs_descriptors
def test_a_descriptor_that_is_closed_is_an_os_error() -> None:
    read, write = os.pipe()
    os.close(read)
    os.close(write)
    for name in (f"/dev/fd/{write}", f"/dev/fd/{2**80}", "/dev/fd/x"):
        with pytest.raises(OSError, match="No such file or directory"):
            write_jsonl(name, ARTICLES)


def test_links_that_lead_on_and_on_are_not_followed_for_ever(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / str(number)).symlink_to(tmp_path / str(number + 1))
    assert module._descriptor(tmp_path / "0") is None


def test_all_files_are_on_the_disk_before_the_first_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    sync, replace = os.fsync, Path.replace

    def note_sync(number: int) -> None:
        calls.append("on the disk")
        sync(number)

    def note_name(self: Path, target: Path) -> Path:
        calls.append("named")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_name)
    write_csv(tmp_path, OLDER)
    assert calls == ["on the disk"] * 3 + ["named"] * 3
