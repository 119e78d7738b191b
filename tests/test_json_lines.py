from __future__ import annotations

import errno
import gzip
import io
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, strategies as st

from geoclaims import Actor, Article, ValidationError, read_jsonl, to_json, write_jsonl

NAMES = ["articles.jsonl", "articles.jsonl.gz", "ARTICLES.JSONL.GZ"]
ARTICLES = [
    Article(id="a", title="One"),
    Article(id="b", title="a\u2028b\u2029c", text="x\x0by\x0cz\x1c\u0085\u2028\r\n"),
    Article(id="c", actors=[Actor(id="x", name="Б" * 20)]),
]
LINES = b"".join(to_json(article).encode() + b"\n" for article in ARTICLES)


def read(path: Path) -> tuple[list[Article], list[str]]:
    """The articles that a file holds, and what is said of its bad lines."""
    errors: list[str] = []
    return list(read_jsonl(path, on_error=lambda error: errors.append(str(error)))), errors


@pytest.mark.parametrize("name", NAMES)
def test_one_article_a_line_is_written_counted_and_read_again_and_gzip_tells_neither_a_name_nor_a_time(
    tmp_path: Path, name: str
) -> None:
    assert write_jsonl(tmp_path / name, ARTICLES) == 3
    assert list(read_jsonl(tmp_path / name)) == ARTICLES
    content = (tmp_path / name).read_bytes()
    if name != "articles.jsonl":
        assert content[:8] == b"\x1f\x8b\x08" + bytes(5)
        content = gzip.decompress(content)
    assert content == LINES
    assert write_jsonl(tmp_path / name, read_jsonl(tmp_path / name)) == 3  # a file may be replaced by what is in it
    assert list(read_jsonl(tmp_path / name)) == ARTICLES
    assert write_jsonl(str(tmp_path / name), iter(())) == 0
    assert list(read_jsonl(str(tmp_path / name))) == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.jsonl", gzip.compress(LINES * 50), "encoding"),
        ("a.jsonl.gz", LINES, "encoding"),
        ("a.jsonl", LINES.decode().encode("utf-16"), "encoding"),
        ("a.jsonl", to_json(ARTICLES[0], indent=1).encode(), "json"),
    ],
)
def test_a_file_of_another_kind_is_wrong_from_its_first_line(
    name: str, content: bytes, code: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    errors: list[ValidationError] = []
    assert list(read_jsonl(tmp_path / name, on_error=errors.append)) == []
    (issue,) = errors[0].issues
    assert (issue.code, issue.path, issue.line) == (code, (), 1)


def test_without_on_error_the_articles_before_a_bad_line_are_given_first(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES + b"5\n" + LINES)
    articles = read_jsonl(path)
    assert [next(articles) for _ in ARTICLES] == ARTICLES
    with pytest.raises(ValidationError, match=r":4: \$: "):
        next(articles)


def test_an_error_that_on_error_raises_ends_reading(tmp_path: Path, open_files: Callable[[], int]) -> None:
    def stop(error: ValidationError) -> None:
        raise KeyError(error.location)

    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{}\n" + LINES)
    before = open_files()
    with pytest.raises(KeyError, match=":1"):
        list(read_jsonl(path, on_error=stop))
    assert open_files() == before


MARK, LINE = b"\xef\xbb\xbf", LINES.splitlines()[1]
RIGHT = (LINE, MARK + LINE, b" \t" + LINE + b"  ")
BLANK = (b"", b"  \t ", MARK, b"\r")
WRONG = (
    b"X",
    b"\x0b",
    b"\x0c",
    b"\xc2\xa0",
    MARK * 2 + LINE,
    *(LINE + more for more in (b"X", b"\x0b", b"\x0c", b"\0")),
)


@given(
    st.lists(st.tuples(st.sampled_from(RIGHT + BLANK + WRONG), st.sampled_from([b"\n", b"\r\n"])), max_size=9),
    st.sampled_from([b"", LINE]),
)
def test_blank_lines_and_what_ends_a_line_do_not_matter_and_anything_but_json_white_space_is_wrong(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[bytes, bytes]], last: bytes
) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    path.write_bytes(b"".join(line + end for line, end in lines) + last)
    found, errors = read(path)
    assert found == [ARTICLES[1]] * (sum(line in RIGHT for line, _ in lines) + (last == LINE))
    wrong = [number for number, (line, _) in enumerate(lines, 1) if line in WRONG]
    assert [error.partition(": $: ")[0] for error in errors] == [f"{path}:{number}" for number in wrong]


def test_a_file_that_is_cut_off_loses_no_more_than_its_last_line_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for cut in range(len(LINES)):
        path.write_bytes(LINES[:cut])
        articles, errors = read(path)
        whole = LINES[:cut].count(b"\n")
        complete = LINES[cut - 1 : cut + 1] == b"}\n"  # only the end of the line is lost
        assert articles == ARTICLES[: whole + complete]
        if complete or LINES[:cut].endswith(b"\n") or not cut:
            assert errors == []
        else:
            (error,) = errors
            assert error.startswith(f"{path}:{whole + 1}: $: ")
            assert error.endswith(("[json]", "[encoding]"))


@given(st.data())
def test_a_gzip_stream_that_ends_early_or_is_damaged_gives_what_was_written_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "a.jsonl.gz"
    write_jsonl(path, ARTICLES)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    path.write_bytes(content[:place])
    articles, (error,) = read(path)
    assert articles == ARTICLES[: len(articles)]
    assert error.startswith(f"{path}:{len(articles) + 1}: $: ")
    assert error.endswith("[encoding]")
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    articles, errors = read(path)
    assert articles == ARTICLES or errors


@pytest.mark.parametrize("data", [b"", LINES, b"\x1f\x8b", gzip.compress(LINES, mtime=0) + b"rest"])
def test_what_is_no_gzip_stream_is_told_by_its_encoding_and_several_are_read_as_one(
    tmp_path: Path, data: bytes
) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(data)
    articles, (error,) = read(path)
    assert articles == (ARTICLES if data.endswith(b"rest") else [])
    assert error.endswith("[encoding]")
    assert ("it is empty" in error) == (not data)
    path.write_bytes(gzip.compress(LINES) * 2)
    assert list(read_jsonl(path)) == ARTICLES * 2


@pytest.mark.parametrize("name", NAMES)
def test_a_consumer_that_stops_half_way_leaves_no_file_open(
    tmp_path: Path, name: str, open_files: Callable[[], int]
) -> None:
    path = tmp_path / name
    write_jsonl(path, ARTICLES)
    before = open_files()
    for number, _ in enumerate(read_jsonl(path)):
        if number:
            break
    assert open_files() == before
    articles = read_jsonl(path)
    next(articles)
    assert open_files() == before + 1
    articles.close()  # type: ignore[attr-defined]
    assert open_files() == before


@pytest.mark.parametrize("name", ["a\0.jsonl", "a\udfff.jsonl"])
def test_a_name_that_no_file_can_have_is_an_os_error(tmp_path: Path, name: str) -> None:
    for call in (lambda: read_jsonl(tmp_path / name), lambda: write_jsonl(tmp_path / name, [])):
        with pytest.raises(OSError, match=r"\] No file can have this name: ") as caught:
            call()
        assert (caught.value.errno, caught.value.filename) == (errno.EINVAL, str(tmp_path / name))


def test_one_article_is_written_like_a_list_of_one_and_errors_need_a_function(tmp_path: Path) -> None:
    assert write_jsonl(tmp_path / "a.jsonl", ARTICLES[0]) == 1
    assert list(read_jsonl(tmp_path / "a.jsonl")) == ARTICLES[:1]
    with pytest.raises(TypeError, match="on_error"):
        read_jsonl(tmp_path / "a.jsonl", on_error=3)  # type: ignore[call-overload]


def test_a_file_that_cannot_be_read_or_written_is_an_error_of_the_call(tmp_path: Path) -> None:
    (link := tmp_path / "link.jsonl").symlink_to(tmp_path)
    for call, path, error in (
        (read_jsonl, tmp_path / "a.jsonl", FileNotFoundError),
        (lambda path: next(read_jsonl(path)), tmp_path, IsADirectoryError),
        (lambda path: write_jsonl(path, ARTICLES), tmp_path / "missing" / "a.jsonl", FileNotFoundError),
        (lambda path: write_jsonl(path, ARTICLES), link, IsADirectoryError),
    ):
        with pytest.raises(error, match=str(path.parent)):
            call(path)


def test_reading_and_writing_take_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    article = Article(id="a", text="x" * 100_000)
    write_jsonl(path, [article])
    tracemalloc.start()
    try:
        assert write_jsonl(path, (article for _ in range(100))) == 100
        assert sum(1 for _ in read_jsonl(path)) == 100
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 10_000_000
    assert peak < 3_000_000


@pytest.mark.parametrize("made", [lambda: io.BytesIO(), lambda: tempfile.TemporaryFile()])  # noqa: SIM115, PLW0108
def test_an_open_file_is_written_and_read_where_it_stands_and_stays_open(made: Callable[[], BinaryIO]) -> None:
    with made() as file:
        file.write(b"a head\n")
        assert write_jsonl(file, ARTICLES) == 3
        file.seek(0)
        assert file.read() == b"a head\n" + LINES
        file.seek(7)
        assert next(read_jsonl(file)) == ARTICLES[0]
        assert list(read_jsonl(file)) == ARTICLES[1:]
        assert not file.closed


def test_an_open_file_holds_plain_lines_whatever_its_name_or_what_somebody_decompresses(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with path.open("wb") as file:
        write_jsonl(file, ARTICLES)
    assert path.read_bytes() == LINES
    with path.open("rb") as file:
        assert list(read_jsonl(file)) == ARTICLES
    write_jsonl(path, ARTICLES)
    with gzip.open(path) as decompressed:
        assert list(read_jsonl(decompressed)) == ARTICLES  # type: ignore[call-overload]


def test_the_name_of_a_file_is_told_with_escapes(tmp_path: Path) -> None:
    path = tmp_path / "a\u202e\x1b.jsonl"
    path.write_bytes(b"[]\n")
    with pytest.raises(ValidationError, match=r"a\\u202e\\x1b\.jsonl:1: "):
        list(read_jsonl(path))


def test_a_bad_line_of_an_open_file_is_named_by_the_file_or_as_one_without_name(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES + b"5\n")
    with (tmp_path / "a.jsonl").open("rb") as file, pytest.raises(ValidationError, match=r"a\.jsonl:4: \$: "):
        list(read_jsonl(file))
    damaged: Any = gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(LINES)[:-4]))
    for stream, said in ((io.BytesIO(b"5"), r":1: \$: "), (damaged, r":4: \$: .*\[encoding\]")):
        with pytest.raises(ValidationError, match=f"^<open file>{said}"):
            list(read_jsonl(stream))


class Narrow(io.RawIOBase):
    """A file without a buffer, which takes at most seven bytes at once, and nothing every other time."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = b""
        self.busy = False

    def write(self, data: Any, /) -> int | None:
        self.busy = not self.busy
        if self.busy:
            return None
        self.taken += data[:7]
        return len(data[:7])


def test_a_file_without_a_buffer_gets_whole_lines() -> None:
    file = Narrow()
    assert write_jsonl(cast("BinaryIO", file), ARTICLES) == len(ARTICLES)
    assert file.taken == LINES


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_an_error_of_a_file_without_a_buffer_too(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("wb", buffering=0) as file, pytest.raises(OSError, match="File too large"):
        write_jsonl(file, Article(id="a", text="x" * 60_000))


@pytest.mark.parametrize("error", [OSError(errno.EIO, "A bad disk"), io.UnsupportedOperation("A bad file")])
def test_an_error_of_the_system_is_passed_on_untouched(error: OSError) -> None:
    class Bad(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            del size
            raise error

    with pytest.raises(OSError, match=rf"^(\[Errno {errno.EIO}\] A bad disk|A bad file)$") as caught:
        list(read_jsonl(Bad()))
    assert caught.value is error


def test_what_fails_part_way_is_in_the_open_file() -> None:
    file = io.BytesIO()
    with pytest.raises(TypeError, match="Article"):
        write_jsonl(file, [ARTICLES[0], 5])  # type: ignore[arg-type]
    assert file.getvalue() == LINES[: LINES.index(b"\n") + 1]


def test_what_is_neither_a_path_nor_a_file_that_is_open_in_binary_mode_is_a_wrong_argument() -> None:
    for thing in (5, None, b"a.jsonl", [LINES], io.StringIO()):
        with pytest.raises(TypeError):
            read_jsonl(thing)  # type: ignore[call-overload]
        with pytest.raises(TypeError):
            write_jsonl(thing, [])  # type: ignore[arg-type]
