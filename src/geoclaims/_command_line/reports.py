"""Say what is wrong with what a command was given, and how far it has come: to people, and as JSON to programs."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Self, TextIO, TypeAlias, TypeVar

import attrs

from geoclaims._command_line.command import called, shown
from geoclaims._errors import LONGEST_PATH, AnchorError, GeoclaimsError, Issue, ValidationError, short_json_path
from geoclaims._files import HIDDEN
from geoclaims._messages import describe

if TYPE_CHECKING:
    from geoclaims.interop.tables.rows import RowNumbers

_Article = TypeVar("_Article")
"""An article, with what belongs to it."""

_SECONDS: Final = 0.5
_TABLE: Final = ".csv"
_ONE_TABLE: Final = (
    "found a table, expected JSON, or the folder that has all three tables of articles; --links of show, validate and "
    "export takes a table of links"
)

Place: TypeAlias = "int | RowNumbers | bytes | None"
"""Where an article is in its input: its line in JSON Lines, its rows in tables; or the JSON, if it is all of a file.

The article that comes with geoclaims has None.
"""


@attrs.define(eq=False)
class InputError(GeoclaimsError):
    """What a command was given is wrong.

    Attributes:
        error: All that is wrong.
        file: The file as it is called; of tables, their folder.
        line: The line of the file that is the article, in JSON Lines; otherwise None.
        in_table: Whether the place of each issue begins with a table, which is the file or in it, and the row.
    """

    error: ValidationError | AnchorError
    file: str
    line: int | None = attrs.field(default=None, kw_only=True)
    in_table: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        issues, omitted = self.error.issues, self.error.omitted
        of_article = [issue for issue in issues if issue.code == "span" and not issue.path[2 * self.in_table :]]
        if of_article:  # this is another text, where no passage is news
            issues, omitted = tuple(issue for issue in issues if issue.code != "span" or issue in of_article), 0
        if issues[0].code == "json" and issues[0].line and self.file.lower().endswith(_TABLE):
            issues = (Issue("json", (), _ONE_TABLE),)
        location = self.file if self.line is None else f"{self.file}:{self.line}"
        self.error = type(self.error)(issues, omitted=omitted, location=location)


def error_in(error: ValidationError | AnchorError, name: str, place: Place) -> InputError:
    """Make the error of an article that was read from a file at a place."""
    if isinstance(place, Mapping):
        from geoclaims.interop.tables.rows import in_cell

        of_cells = type(error)([in_cell(issue, place) for issue in error.issues], omitted=error.omitted)
        return InputError(of_cells, called(name), in_table=True)
    return InputError(error, called(name), line=place if isinstance(place, int) else None)


def nothing_in(files: Sequence[str]) -> InputError:
    """Make the error for files that contain neither articles nor errors."""
    message = "found no article, expected one at least"
    return InputError(ValidationError([Issue("json", (), message)]), called(files[-1]))


def repeated_id(id: str, place: str, places: dict[str, str]) -> Issue | None:
    """Return the issue of an article whose id another has, and remember the place of the first article of each id."""
    if id not in places:
        places[id] = place
        return None
    message = f"found {describe(id)} again, expected an id that no article before it has; {places[id]} has it too"
    return Issue("duplicate_id", ("id",), message)


def place_in_words(place: Place, name: str) -> str:
    """Write the place of an article in a file for messages."""
    if isinstance(place, Mapping):
        of_articles, (row,) = next(iter(place.items()))
        return f"{called(name)}{os.sep}{of_articles.file}:{row}"
    return f"{called(name)}:{place}" if isinstance(place, int) else called(name)


def complain(error: Exception | str) -> None:
    """Write a message or an error to standard error."""
    if isinstance(error, InputError):
        error = "\n".join(lines_of(error))
    elif isinstance(error, OSError):
        file = "" if error.filename is None else f"{shown(os.fsdecode(error.filename))}: "
        error = f"geoclaims: {file}{error.strerror or error}"
    sys.stdout.flush()  # so that messages appear after the output written before them
    with contextlib.suppress(OSError):
        print(error, file=sys.stderr)


@contextlib.contextmanager
def naming(file: str) -> Generator[None]:
    """Name a file in errors of the system that name none, as of a full disk, or only the hidden one beside it."""
    try:
        yield
    except OSError as error:
        if error.filename is None or HIDDEN in os.fsdecode(error.filename):
            error.filename = file
        raise


@attrs.define
class Progress:
    """A count of articles, rewritten twice a second on a terminal at standard error.

    It is removed at the end of a `with` block; whoever writes before that calls `clear` first.
    """

    hidden: bool = False
    """Whether the command writes to a terminal as it goes on, which shows how far it is."""
    count: int = 0
    _shown: str = attrs.field(default="", init=False)
    _due: float = attrs.field(factory=lambda: time.monotonic() + _SECONDS, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.clear()

    def of(self, articles: Iterable[_Article]) -> Iterator[_Article]:
        """Yield articles, and count them."""
        for article in articles:
            self.count += 1
            if not self.hidden and time.monotonic() >= self._due and sys.stderr.isatty():
                self._due = time.monotonic() + _SECONDS
                self._shown = f"{self.count} articles"
                print(f"\r{self._shown}", end="", file=sys.stderr, flush=True)
            yield article
        self.clear()

    def clear(self) -> None:
        """Remove the count from the terminal before something else is written."""
        if self._shown:
            print(f"\r{' ' * len(self._shown)}\r", end="", file=sys.stderr, flush=True)
            self._shown = ""


@attrs.define
class Report:
    """A line for each issue, and at the end the totals on standard error."""

    stream: TextIO
    progress: Progress
    """Which is cleared before something is written."""
    invalid: int = 0
    unlisted: int = 0
    """How many issues were not written, of articles and links that may be others."""

    def add(self, wrong: InputError) -> None:
        """Write the issues of an article, and count it as invalid."""
        self.progress.clear()
        self.write_issues(wrong)
        self.invalid += 1

    def write_issues(self, wrong: InputError) -> None:
        """Write the issues of an article."""
        for line in lines_of(wrong):
            print(line, file=self.stream)

    def end(self, summary: str) -> None:
        """Write the end of the report."""
        complain(summary)


@attrs.define
class JsonReport(Report):
    """An array with an object for each invalid article, written at the end."""

    documents: list[str] = attrs.field(factory=list)

    def write_issues(self, wrong: InputError) -> None:
        document = {
            "file": wrong.file,
            "line": wrong.line,
            "issues": [
                {
                    "code": issue.code,
                    "path": short_json_path(issue.path),
                    # A pointer that is cut leads nowhere.
                    "pointer": issue.pointer if len(issue.pointer) <= LONGEST_PATH else None,
                    **dict(zip(("line", "column"), _position_of(issue, wrong), strict=True)),
                    "message": issue.message,
                }
                for issue in wrong.error.issues
            ],
            "omitted": wrong.error.omitted,
        }
        self.documents.append(json.dumps(document))

    def end(self, summary: str) -> None:
        del summary
        print("[", ",\n ".join(self.documents), "]", sep="", file=self.stream)


def lines_of(wrong: InputError, article: str | None = None) -> Iterator[str]:
    """Write each issue with its file, line and column, so that editors can jump to it.

    Args:
        wrong: The issues.
        article: The id that stands in place of the path of each issue, except in tables.
    """
    for issue in wrong.error.issues:
        position = "".join(f":{number}" for number in _position_of(issue, wrong) if number is not None)
        if not wrong.in_table:
            said = issue if article is None else f"{article}: {issue.message} [{issue.code}]"
            yield f"{wrong.file}{position}: {said}"
        else:
            yield str(issue) if issue.path[0] == wrong.file else f"{wrong.file}{os.sep}{issue}"
    if wrong.error.omitted:
        yield str(wrong.error).rpartition("\n")[2]


def _position_of(issue: Issue, wrong: InputError) -> tuple[int | None, int | None]:
    """Return the line and column of an issue: its own, the line of its article in JSON Lines, or the row of a table."""
    if wrong.in_table:
        return int(issue.path[1]), None
    return issue.line or wrong.line, issue.column
