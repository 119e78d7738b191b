"""Read and write JSON Lines: one article or link per line, plain or compressed, in constant memory."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import nullcontext
from io import RawIOBase
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, overload

import attrs

from geoclaims._arguments import each_of, with_handled_errors
from geoclaims._article import Article
from geoclaims._errors import ValidationError, wrong_type
from geoclaims._files import FilePath, file_path, lines_in, open_lines, writing
from geoclaims._json.documents import AnyModel, read_json, to_json
from geoclaims._json.reading import kinds_of
from geoclaims._links import Link

if TYPE_CHECKING:
    from geoclaims.corpus import Corpus

_EXPECTED_FILE: Final = "a path, or a file that is open in binary mode"

_OPEN_FOR_TEXT: Final = f"found a file that is open for text, expected {_EXPECTED_FILE}"


@overload
def read_jsonl(
    source: FilePath | BinaryIO, *, on_error: Callable[[ValidationError], object] | None = None
) -> Iterator[Article]: ...
@overload
def read_jsonl(
    source: FilePath | BinaryIO,
    type: type[AnyModel],
    *,
    on_error: Callable[[ValidationError], object] | None = None,
) -> Iterator[AnyModel]: ...
def read_jsonl(
    source: FilePath | BinaryIO,
    type: type[Any] = Article,
    *,
    on_error: Callable[[ValidationError], object] | None = None,
) -> Iterator[Any]:
    """Read the articles of a JSON Lines file, or its links, one at a time.

    Blank lines are skipped. Only one line is held in memory.

    Args:
        source: The path of the file, which is gzip if its name ends in `.gz`,
            in any case. Or an open binary file: its lines from where it stands,
            which are never decompressed; it stays open.
        type: The model, such as `Link`; `Statement` reads all three types.
        on_error: Called with the error of each bad line, after which reading
            goes on; without it the error is raised.

    Raises:
        ValidationError: A line is not such an object, or a gzip stream is
            damaged (`encoding`); `location` has the file and line.
        OSError: The file cannot be read.
        TypeError: The file is open for text, `type` is not a model, or
            `on_error` is not a function.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from geoclaims import Article, read_jsonl, write_jsonl
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     corpus = Path(folder, "corpus.jsonl")
    ...     count = write_jsonl(corpus, [Article(id="a1"), Article(id="a2")])
    ...     print([article.id for article in read_jsonl(corpus)])
    ['a1', 'a2']
    """
    kinds_of(type)  # raises if it is not a model
    if isinstance(source, str | PathLike):
        path = file_path(source)
        path.stat()  # a missing file is an error of the call, not of the first step
        results = _results_of_file(path, type)
    else:
        if not (hasattr(source, "read") and hasattr(source, "readline")):
            raise wrong_type(source, _EXPECTED_FILE)
        if not isinstance(source.read(0), bytes):
            raise TypeError(_OPEN_FOR_TEXT)
        name = getattr(source, "name", None)
        name = name if name and isinstance(name, str) else "<open file>"
        results = _results(lines_in(source), name, type)
    return with_handled_errors(results, on_error)


def _results_of_file(path: Path, model: type[Any]) -> Generator[Any]:
    with open_lines(path) as lines:
        yield from _results(lines, str(path), model)


def _results(lines: Iterable[bytes], name: str, model: type[Any]) -> Generator[Any]:
    """Yield the object of each line that is not blank, or the error of that line."""
    for number, line in numbered(lines):
        try:
            if isinstance(line, ValidationError):
                raise line
            value = read_json(line, model, first_line=number)
        except ValidationError as error:
            error.location = f"{name}:{number}"
            yield error
        else:
            yield value


def numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes | ValidationError]]:
    """Number the lines that are not blank, without their ends; yield an error where a compressed stream breaks off."""
    number = 0
    try:
        for number, line in enumerate(lines, 1):
            if line.removeprefix(BOM_UTF8).strip(b" \t\r\n"):
                yield number, line.rstrip(b"\r\n")
    except ValidationError as error:
        yield number + 1, ValidationError([attrs.evolve(issue, line=number + 1, column=1) for issue in error.issues])


def write_jsonl(
    target: FilePath | BinaryIO, items: Article | Link | Corpus | Iterable[Article] | Iterable[Link]
) -> int:
    """Write articles or links to a JSON Lines file, one a line; return how many.

    A file gets its name only when it is complete; a failure before that leaves
    an older file unchanged. An open file has what was written before a failure.

    Args:
        target: The path of the file, which is gzip if its name ends in `.gz`,
            in any case. Or an open binary file, which stays open.
        items: An article or link, or anything that yields articles or yields
            links; a corpus stands for its articles.

    Raises:
        OSError: The file cannot be written.
        TypeError: Something is neither article nor link, both are mixed, or the
            file is open for text.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from geoclaims import load_article, write_jsonl
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(write_jsonl(Path(folder, "a.jsonl.gz"), [load_article()]))
    1
    """
    from geoclaims.corpus import Corpus

    count = 0
    given: Any = items.articles if isinstance(items, Corpus) else items
    checked: Iterator[Article | Link] = each_of(given, Article, Link)
    if not (isinstance(target, str | PathLike) or hasattr(target, "write")):
        raise wrong_type(target, _EXPECTED_FILE)
    with writing([target]) if isinstance(target, str | PathLike) else nullcontext([target]) as (file,):
        try:
            file.write(b"")
        except TypeError:
            raise TypeError(_OPEN_FOR_TEXT) from None
        for item in checked:
            _write_whole(file, to_json(item).encode() + b"\n")
            count += 1
    return count


def _write_whole(file: BinaryIO, line: bytes) -> None:
    """Write a line, of which a file without a buffer takes as much as there is room for and reports no error."""
    written = file.write(line)
    while isinstance(file, RawIOBase) and (line := line[written or 0 :]):
        written = file.write(line)
