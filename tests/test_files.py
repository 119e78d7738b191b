"""How files are written: whole or not at all, as private as before, and by whatever name."""

from __future__ import annotations

import io
import os
import stat
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from geoclaims import Article, read_jsonl, write_jsonl
from geoclaims.interop import write_csv
from tests.conftest import Run

ARTICLES = [Article(id="a", title="One"), Article(id="b", title="Two")]
OLDER = [Article(id="old")]
NAMES = ("articles.csv", "actors.csv", "statements.csv")


def write_lines(folder: Path, articles: Any) -> int:
    return write_jsonl(folder / "a.jsonl", articles)


def write_compressed(folder: Path, articles: Any) -> int:
    return write_jsonl(folder / "a.jsonl.gz", articles)


Write = Callable[[Path, Any], int]
every_way = pytest.mark.parametrize("write", [write_lines, write_compressed, write_csv])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    usual = os.umask(0)
    os.umask(usual)
    yield os.umask
    os.umask(usual)


@every_way
def test_no_file_has_its_name_before_all_are_complete(tmp_path: Path, write: Write) -> None:
    def arriving() -> Iterator[Article]:
        for article in ARTICLES:
            yield article
            assert {name: whole for name, whole in contents(tmp_path).items() if name[0] != "."} == before

    before: dict[str, bytes] = {}
    write(tmp_path, arriving())
    before = contents(tmp_path)
    write(tmp_path, arriving())
    assert contents(tmp_path) == before


@every_way
def test_who_reads_while_twelve_threads_write_a_new_file_finds_it_whole(tmp_path: Path, write: Write) -> None:
    folders = [tmp_path / str(number) for number in range(60)]
    found: dict[str, set[bytes]] = defaultdict(set)
    together = threading.Barrier(12, timeout=60)

    def write_and_read(_: int) -> None:
        for folder in folders:
            together.wait()
            write(folder, ARTICLES)
            for path in folder.glob("[!.]*"):
                found[path.name].add(path.read_bytes())

    for folder in (*folders, tmp_path / "alone"):
        folder.mkdir()
    with ThreadPoolExecutor(12) as pool:
        assert len([*pool.map(write_and_read, range(12))]) == 12
    write(tmp_path / "alone", ARTICLES)
    assert found == {name: {whole} for name, whole in contents(tmp_path / "alone").items()}


REPLACED = [(mode, 0o022) for mode in (0o600, 0o640, 0o400, 0o666)]
NEW = [(None, mask) for mask in (0o077, 0o022, 0o002)]


@every_way
@pytest.mark.parametrize(("older", "mask"), [*REPLACED, *NEW])
def test_a_file_has_the_mode_of_what_it_replaces_or_that_the_umask_leaves_it_from_its_first_byte(
    tmp_path: Path, umask: Callable[[int], int], write: Write, older: int | None, mask: int
) -> None:
    def arriving() -> Iterator[Article]:
        assert [found for found in modes(tmp_path) if found & ~mode] == []
        yield from ARTICLES

    mode = 0o666 & ~mask if older is None else older
    if older is not None:
        write(tmp_path, OLDER)
        for path in tmp_path.iterdir():
            path.chmod(older)
    umask(mask)
    assert write(tmp_path, arriving()) == 2
    assert modes(tmp_path) == {mode}


def test_a_file_that_is_made_private_while_it_is_written_stays_private(tmp_path: Path) -> None:
    def arriving() -> Iterator[Article]:
        path.chmod(0o600)
        yield from ARTICLES

    path = tmp_path / "a.jsonl"
    path.touch(mode=0o644)
    write_jsonl(path, arriving())
    assert modes(tmp_path) == {0o600}


@every_way
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_a_writing_that_is_interrupted_leaves_the_older_files_and_no_other(
    tmp_path: Path, write: Write, error: type[BaseException], open_files: Callable[[], int]
) -> None:
    def arriving() -> Iterator[Article]:
        yield from ARTICLES
        raise error

    for older in ([], OLDER):
        if older:
            write(tmp_path, older)
        before, count = contents(tmp_path), open_files()
        with pytest.raises(error):
            write(tmp_path, arriving())
        assert (contents(tmp_path), open_files()) == (before, count)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_refused_leaves_at_worst_a_mixture_of_whole_files(tmp_path: Path, name: str) -> None:
    def arriving() -> Iterator[Article]:
        yield from ARTICLES
        (tmp_path / name).unlink()
        (tmp_path / name).mkdir()

    write_csv(tmp_path, OLDER)
    with pytest.raises(OSError, match=name):  # which error it is depends on the system
        write_csv(tmp_path, arriving())
    (tmp_path / name).rmdir()
    left = contents(tmp_path)
    write_csv(tmp_path / "old", OLDER)
    write_csv(tmp_path / "new", ARTICLES)
    whole = [contents(tmp_path / "old"), contents(tmp_path / "new")]
    assert set(left) == {*NAMES} - {name}
    assert [file for file, content in left.items() if content not in [files[file] for files in whole]] == []


def test_a_file_that_cannot_be_opened_closes_those_before_it(tmp_path: Path, open_files: Callable[[], int]) -> None:
    (folder := tmp_path / "statements.csv").mkdir()
    before = open_files()
    with pytest.raises(IsADirectoryError, match=r"statements\.csv"):
        write_csv(tmp_path, ARTICLES)
    assert (open_files(), [*tmp_path.iterdir()]) == (before, [folder])


@every_way
@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_an_os_error_and_leaves_the_older_files(tmp_path: Path, write: Write) -> None:
    write(tmp_path, OLDER)
    before = contents(tmp_path)
    many = (Article(id=f"a{number}", text=os.urandom(5_000).hex()) for number in range(100))
    with pytest.raises(OSError, match="File too large"):
        write(tmp_path, many)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("older", [True, False], ids=["that exists", "that does not exist yet"])
def test_the_target_of_a_link_is_replaced_and_not_the_link(tmp_path: Path, older: bool) -> None:  # noqa: FBT001
    path, link = tmp_path / "a.jsonl", tmp_path / "folder" / "link.jsonl"
    link.parent.mkdir()
    link.symlink_to("../a.jsonl")
    if older:
        write_jsonl(path, OLDER)
    write_jsonl(link, ARTICLES)
    assert link.is_symlink()
    assert list(read_jsonl(path)) == ARTICLES
    assert [each.name for each in link.parent.iterdir()] == ["link.jsonl"]


def test_a_pipe_with_a_name_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no such pipes")
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with open(os.open(path, os.O_RDWR), "rb", buffering=0) as reader:  # noqa: PTH123 - which waits for nobody
        assert write_jsonl(path, ARTICLES) == 2
        assert path.is_fifo()
        assert list(read_jsonl(io.BytesIO(reader.read(10_000)))) == ARTICLES


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "full.gz").symlink_to("/dev/full")
    for device in ("/dev/full", tmp_path / "full.gz"):
        with pytest.raises(OSError, match="No space left on device"):
            write_jsonl(device, ARTICLES)
    assert write_jsonl(os.devnull, ARTICLES) == 2
    assert [name for name in ("/dev/full", os.devnull) if not Path(name).is_char_device()] == []


class Zeros(io.BytesIO):
    """A file of lines of so many zeros, which take no memory since nobody looks at them."""

    def __init__(self, *lengths: int) -> None:
        super().__init__()
        self.lengths = iter(lengths)

    def readline(self, size: int | None = -1, /) -> bytes:
        return bytes(min(next(self.lengths, 0), size or 0))


def test_no_more_than_a_gibibyte_is_read_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match="More than 1 GiB to read at once"):
        list(read_jsonl(Zeros(2 << 30)))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Zeros(1, 1 << 30)))
    assert run("new", "-", code=1).err.startswith("geoclaims: <stdin>: More than 1 GiB to read at once\n")
