"""Read what a command is given: articles, JSON and texts, from files, standard input or the package."""

from __future__ import annotations

import argparse
import errno
import io
import os
import shlex
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import attrs

from geoclaims._checks import checked
from geoclaims._command_line.streams import STANDARD, is_piped_in
from geoclaims._errors import AnchorError, GeoclaimsError, Issue, Issues, ValidationError
from geoclaims._files import GZIP, decompressed, file_path, lines_in, open_lines, read_to_end
from geoclaims._json.documents import from_json
from geoclaims._json.format import PASSAGES
from geoclaims._json.lines import articles_in, numbered
from geoclaims._loader import decoded_text, load_article
from geoclaims._messages import describe, printable
from geoclaims._rules import WHOLE_TEXT

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from geoclaims._article import Article
    from geoclaims.interop.tables.rows import RowNumbers

BUNDLED: Final = "\0bundled"
"""The name of the article that comes with geoclaims; neither a file nor an argument can have this name."""

Place: TypeAlias = "int | RowNumbers | None"
"""Where an article is in its input: its line in JSON Lines, its rows in tables; None if it is all that a file holds."""

TEXT_HELP: Final = "the text of the article, in UTF-8; - for standard input"
TEXT_NOT_BUNDLED: Final = "geoclaims does not come with the text of its bundled article; give a copy as TEXT"

FILE_HELP: Final = (
    "articles as JSON, JSON Lines or a folder of tables; - for standard input, --bundled for the article of geoclaims"
)

_ONE: Final = (".json", ".json.gz", ".html.gz", ".htm.gz")
_LINES: Final = (".jsonl", ".ndjson", ".gz")
_ARE_LINES: Final = "; this looks like JSON Lines, which need a file name that ends in .jsonl"
_IS_TEXT: Final = "; this looks like a text, but an article is JSON and begins with {"
_IS_TABLE: Final = "found a table, expected JSON; the three tables are read together: name their folder, {}"
_COMES_FIRST: Final = "; where a command takes both, the text comes first"
_SAVE_AS: Final = "; save the text as UTF-8"
_IS_DRAFT: Final = "; this looks like a draft: `geoclaims anchor TEXT {} -o article.json` turns it into an article"


@attrs.define(eq=False)
class InputError(GeoclaimsError):
    """What a command was given is wrong.

    Attributes:
        error: All that is wrong.
        file: The name of the file for messages; of tables, their folder.
        line: The line of the file that is the article, in JSON Lines; otherwise None.
        lines: Those of the article, draft or text as it was read; none if it was not read to its end.
        in_folder: Whether the place of each issue begins with a file in a folder, and the row.
    """

    error: ValidationError | AnchorError
    file: str
    line: int | None = attrs.field(default=None, kw_only=True)
    lines: Sequence[bytes] = attrs.field(default=(), kw_only=True)
    in_folder: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        issues, omitted = self.error.issues, self.error.omitted
        of_article = [issue for issue in issues if issue.code == "span" and not issue.path[2 * self.in_folder :]]
        if of_article:  # this is another text, where no passage is news
            issues, omitted = tuple(issue for issue in issues if issue.code != "span" or issue in of_article), 0
        location = self.file if self.line is None else f"{self.file}:{self.line}"
        self.error = type(self.error)(issues, omitted=omitted, location=location)


def inputs(options: argparse.Namespace, *, takes_bundled: bool = True) -> Sequence[str]:
    """List the files to read: those of the options, or else standard input if something is piped in.

    Without either the command is refused; at a terminal it would silently wait for input.

    Args:
        options: The arguments of the command.
        takes_bundled: Whether the command can read the article that comes with geoclaims; otherwise it is not offered.
    """
    files: Sequence[str] = options.files or ([STANDARD] if is_piped_in() else [])
    if not files:
        offered = ", - for standard input, or --bundled for the article of geoclaims"
        options.refuse(f"nothing to read: give a FILE{offered if takes_bundled else ', or - for standard input'}")
    refuse_two_inputs(options, *files)
    return files


def add_order_of_dates(command: argparse.ArgumentParser) -> None:
    """Add the arguments that say how ambiguous dates are read, as `dayfirst`."""
    order = command.add_mutually_exclusive_group()
    order.add_argument("--dayfirst", action="store_const", const=True, help="read 04/05/2025 as 4 May")
    order.add_argument(
        "--monthfirst", action="store_const", const=False, dest="dayfirst", help="read 04/05/2025 as 5 April"
    )


def refuse_two_inputs(options: argparse.Namespace, *names: str) -> None:
    """Refuse arguments if more than one of them is standard input."""
    if names.count(STANDARD) > 1:
        options.refuse("standard input can be read only once")


def called(name: str) -> str:
    """Return the name of a file for messages."""
    return {STANDARD: "<stdin>", BUNDLED: "<bundled>"}.get(name, name.rstrip(os.sep) or name)


def read_whole(name: str) -> bytes:
    """Read a file or standard input to its end, decompressed as `read_articles` describes.

    Raises:
        ValidationError: It is a gzip stream that is cut or damaged (`encoding`).
        OSError: The file cannot be read.
    """
    with _lines_of(name) as lines:
        return read_to_end(lines, called(name))


def read_articles(
    name: str,
    *,
    on_error: Callable[[InputError], object],
    places: dict[str, str] | None = None,
) -> Iterator[tuple[Article, Place]]:
    """Read the articles of a file, each with its place; of standard input for `-`, or the bundled one for `BUNDLED`.

    A folder holds the three tables of `write_csv`. A file holds one article as JSON where its name ends in `.json` or
    `.json.gz`, many as JSON Lines where it ends in `.jsonl`, `.ndjson` or any other `.gz`, in upper or lower case.
    Otherwise its contents decide.

    Args:
        name: The file.
        on_error: Called with the error of each article that is invalid.
        places: The place of each id that was read before; with it, an article whose id repeats is invalid.

    Raises:
        OSError: The file cannot be read.
    """
    for article, place in _articles_of(name, on_error):
        issue = None if places is None else repeated_id(article.id, _in_words(place, name), places)
        if issue is None:
            yield article, place
        else:
            on_error(error_in(ValidationError([issue]), name, place))


def _articles_of(name: str, on_error: Callable[[InputError], object]) -> Iterator[tuple[Article, Place]]:
    """Read the articles of a file, whether or not their ids repeat; otherwise as `read_articles`."""
    if name == BUNDLED:
        yield load_article(), None
        return
    if is_folder(name):
        yield from _articles_of_tables(name, on_error)
        return
    latest, many = b"", False

    def remembered() -> Iterator[bytes]:
        nonlocal latest
        for line in chain(start, lines):
            latest = line
            yield line
            latest = b""  # a compressed stream may break off now

    def hand_over(error: ValidationError) -> None:
        line = error.issues[0].line if many else None
        hinted = _with_hint(error, "DRAFT" if many else name, latest)  # a line is not a file that `anchor` reads
        on_error(InputError(hinted, called(name), line=line, lines=split(latest)))

    with _lines_of(name) as lines:
        try:
            start, many = _begun(lines, name)
            if many:
                yield from articles_in(remembered(), called(name), on_error=hand_over)
            else:
                latest = read_to_end(chain(start, lines), called(name))
                article, latest = from_json(latest), b""
                yield article, None
        except ValidationError as error:
            hand_over(error)


def _articles_of_tables(name: str, on_error: Callable[[InputError], object]) -> Iterator[tuple[Article, Place]]:
    """Read the articles of a folder of tables."""
    from geoclaims.interop.tables.csv_files import articles_in as articles_in_tables

    def hand_over(error: ValidationError) -> None:
        on_error(InputError(_with_hint(error, name), called(name), in_folder=True))

    return articles_in_tables(name, on_error=hand_over)


def _in_words(place: Place, name: str) -> str:
    """Write the place of an article in a file for messages."""
    if isinstance(place, Mapping):
        of_articles, (row,) = next(iter(place.items()))
        return f"{called(name)}{os.sep}{of_articles.file}:{row}"
    return called(name) if place is None else f"{called(name)}:{place}"


def error_in(error: ValidationError | AnchorError, name: str, place: Place) -> InputError:
    """Make the error of an article that was read from a file at a place."""
    if isinstance(place, Mapping):
        from geoclaims.interop.tables.rows import in_cell

        of_cells = type(error)([in_cell(issue, place) for issue in error.issues], omitted=error.omitted)
        return InputError(of_cells, called(name), in_folder=True)
    return InputError(error, called(name), line=place)


def read_all(
    files: Sequence[str],
    *,
    on_error: Callable[[InputError], object] | None = None,
    places: dict[str, str] | None = None,
) -> Iterator[tuple[Article, str, Place]]:
    """Read the articles of all files, each with its file and place, as `read_articles` does; there must be one.

    Raises:
        InputError: As `read_articles` says, or the files hold nothing.
        OSError: A file cannot be read.
    """
    read = 0

    def count(wrong: InputError) -> None:
        nonlocal read
        read += 1
        if on_error is None:
            raise wrong
        on_error(wrong)

    for file in files:
        for article, place in read_articles(file, on_error=count, places=places):
            read += 1
            yield article, file, place
    if not read:
        count(nothing_in(files))


def repeated_id(id: str, place: str, places: dict[str, str]) -> Issue | None:
    """Return the issue of an article whose id another has, and remember the place of each id.

    Args:
        id: The id.
        place: The place of the article, for messages.
        places: The place of the first article of each id so far.
    """
    if id not in places:
        places[id] = place
        return None
    message = f"found {describe(id)} again, expected an id that no article before it has; {places[id]} has it too"
    return Issue("duplicate_id", ("id",), message)


def nothing_in(files: Sequence[str]) -> InputError:
    """Make the error for files that contain neither articles nor errors."""
    message = "found no article, expected one at least"
    return InputError(ValidationError([Issue("json", (), message)]), called(files[-1]))


def read_texts(name: str) -> Iterator[tuple[int | None, bytes | ValidationError]]:
    """Read the JSON texts of a file or of standard input, one text or one per line, as `read_articles` describes.

    Yields:
        The line of each text in JSON Lines, else None, and the text; or the error of a compressed stream that breaks
        off.

    Raises:
        OSError: The file cannot be read.
    """
    with _lines_of(name) as lines:
        try:
            start, many = _begun(lines, name)
            if not many:
                yield None, read_to_end(chain(start, lines), called(name))
        except ValidationError as error:
            yield None, error
            return
        for number, line in numbered(chain(start, lines)) if many else ():
            yield number, line if isinstance(line, ValidationError) else line.rstrip(b"\r\n")


def read_article(files: Sequence[str], expected: str) -> tuple[Article, str, Place]:
    """Read the single article of all files, with its file and place.

    Args:
        files: The files.
        expected: What is expected instead of a second article.

    Raises:
        InputError: The files hold no article or more than one, or something else.
        OSError: A file cannot be read.
    """
    first, *more = islice(read_all(files), 2)
    for _, file, place in more:
        message = f"found a second article, expected {expected}"
        raise error_in(ValidationError([Issue("type", (), message)]), file, place)
    return first


def read_text(name: str, options: argparse.Namespace) -> str:
    """Read the text of an article from a file, or from standard input for `-`.

    Raises:
        InputError: The file holds something else.
        OSError: The file cannot be read.
    """
    if name == BUNDLED:
        options.refuse(TEXT_NOT_BUNDLED)
    data = b""
    try:
        data = read_whole(name)
        text = decoded_text(data, _COMES_FIRST)
        notes = Issues(text)
        checked(WHOLE_TEXT, text, (), notes)
        notes.raise_if_any()
    except ValidationError as error:
        told = ValidationError([_about_text(issue, data) for issue in error.issues], omitted=error.omitted)
        raise InputError(told, called(name), lines=split(data)) from None
    return text


def _about_text(issue: Issue, data: bytes) -> Issue:
    """Say how a text is given, if a file holds something else."""
    is_encoded = issue.code == "encoding" and data and not data.startswith(GZIP)
    return attrs.evolve(issue, message=issue.message + _SAVE_AS) if is_encoded else issue


def is_folder(name: str) -> bool:
    """Report whether a name is that of a folder, that is, of tables."""
    return name not in {STANDARD, BUNDLED} and file_path(name).is_dir()


def named_as_lines(name: str) -> bool:
    """Report whether the name of a file says that it holds JSON Lines."""
    return name.lower().endswith(_LINES) and not _holds_one(name)


def _holds_one(name: str) -> bool:
    return name.lower().endswith(_ONE)


def _lines_of(name: str) -> AbstractContextManager[Iterable[bytes]]:
    return _lines_of_standard_input() if name == STANDARD else open_lines(name)


@contextmanager
def _lines_of_standard_input() -> Generator[Iterable[bytes]]:
    """Open the lines of standard input, decompressed if its first byte is that of a gzip stream."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF), called(STANDARD))
    file = sys.stdin.buffer
    buffered: io.BufferedReader = file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast("Any", file))
    is_compressed = buffered.peek(1).startswith(GZIP[:1])
    yield (decompressed if is_compressed else lines_in)(buffered, called(STANDARD))


def split(text: bytes) -> Sequence[bytes]:
    """Split what was read into lines, without a byte order mark, which is in no column."""
    return text.removeprefix(BOM_UTF8).split(b"\n")


def _with_hint(error: ValidationError, name: str, text: bytes = b"") -> ValidationError:
    """Say once if an article seems to be in another format; of a draft that names no version, say nothing else."""
    if error.issues[0].code == "json" and name.lower().endswith(".csv"):
        folder = printable(os.path.dirname(name) or os.curdir)  # noqa: PTH120
        return ValidationError([Issue("json", (), _IS_TABLE.format(folder))])
    for number, issue in enumerate(error.issues):
        if hint := _hint(issue, name, text):
            hinted = attrs.evolve(issue, message=issue.message + hint)
            others = [other for other in error.issues[number + 1 :] if not _is_of_draft(other)]
            if b'"schema_version"' not in text or not (number or others):
                return ValidationError([hinted])
            return ValidationError([*error.issues[:number], hinted, *others], omitted=error.omitted)
    return error


def _hint(issue: Issue, name: str, text: bytes) -> str:
    """Return a hint for the message of an issue if the file seems to have another format."""
    if issue.code == "json" and _holds_one(name) and are_lines(text):
        return _ARE_LINES
    if issue.code == "json" and text.removeprefix(BOM_UTF8).lstrip()[:1] not in {b"", b"{", b"["}:
        return _IS_TEXT
    return _IS_DRAFT.format(printable(shlex.quote(name))) if _is_of_draft(issue) else ""


def _is_of_draft(issue: Issue) -> bool:
    """Report whether an issue is that of a key of a statement, or of a column of its table, which only drafts have."""
    is_passages = issue.path[2:] == (PASSAGES,) and str(issue.path[0]).startswith("statements")
    return issue.code == "unknown_key" and is_passages


def are_lines(text: bytes) -> bool:
    """Report whether a text looks like JSON Lines."""
    return _look_at(io.BytesIO(text))[1]


def _begun(lines: Iterable[bytes], name: str) -> tuple[list[bytes], bool]:
    """Decide by the name of a file, or else by its start, whether it holds JSON Lines; return what was read of it."""
    if _holds_one(name):
        return [], False
    return ([], True) if named_as_lines(name) else _look_at(lines)


def _look_at(file: Iterable[bytes]) -> tuple[list[bytes], bool]:
    """Read the start of a file, and detect JSON Lines: a line that is a whole object, followed by another line."""
    start: list[bytes] = []
    filled: list[bytes] = []
    for line in file:
        start.append(line)
        if content := line.strip():
            filled.append(content)
        if len(filled) == 2:
            first = filled[0].removeprefix(BOM_UTF8)
            return start, first.startswith(b"{") and first.endswith(b"}")
    return start, False
