"""JSON Lines: one article a line, plain or compressed, read and written in constant memory."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

from geoclaims._display.wording import found
from geoclaims._errors import ValidationError
from geoclaims._issues import invalid
from geoclaims._json.documents import read_text, to_json
from geoclaims._json.files import FilePath, lines_of, path_of, replacing
from geoclaims._json.results import settled
from geoclaims._models.articles import Article


def read_jsonl(path: FilePath, *, on_error: Callable[[ValidationError], object] | None = None) -> Iterator[Article]:
    """Read the articles of a JSON Lines file, one at a time.

    Args:
        path: The file; it is read as gzip where its name ends in `.gz`, in letters of either case. Blank lines are
            skipped.
        on_error: Called with the error of each bad line, after which reading goes on; without it the error is raised.

    Raises:
        ValidationError: A line is no article, or the file no whole gzip stream (`encoding`); `location` and every
            line of the message name the file and line.
        OSError: The file cannot be read.
        TypeError: `on_error` is no function.
    """
    path = path_of(path)
    articles = settled(_results_of(path), on_error)
    path.stat()  # a file that is missing is an error of the call, not of the first step
    return articles


def articles_in(
    lines: Iterable[bytes], name: str, *, on_error: Callable[[ValidationError], object] | None = None
) -> Iterator[Article]:
    """The articles in the lines of an open file, which errors call by a name; otherwise as `read_jsonl`."""
    return settled(_results(lines, name), on_error)


def _results_of(path: Path) -> Generator[Article | ValidationError]:
    with lines_of(path) as lines:
        yield from _results(lines, str(path))


def _results(lines: Iterable[bytes], name: str) -> Generator[Article | ValidationError]:
    """The article of each line that is not blank, or the error that tells what is wrong with the line."""
    for number, line in _numbered(lines):
        try:
            if isinstance(line, ValidationError):
                raise line
            article = read_text(line, Article, first_line=number)
        except ValidationError as error:
            error.location = f"{name}:{number}"
            yield error
        else:
            yield article


def _numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes | ValidationError]]:
    """The lines that are not blank, each with its number; an error stands where a compressed stream breaks off."""
    number = 0
    try:
        for number, line in enumerate(lines, 1):
            if line.removeprefix(BOM_UTF8).strip(b" \t\r\n"):
                yield number, line
    except ValidationError as error:
        yield number + 1, error


def write_jsonl(path: FilePath, articles: Iterable[Article]) -> int:
    """Write articles to a JSON Lines file, one a line, and return how many.

    The file takes the name only when all is written; whatever fails before leaves an older file as it was.

    Args:
        path: The file; it is written as gzip where its name ends in `.gz`, in letters of either case.
        articles: The articles, from anything that yields them.

    Raises:
        ValidationError: Something among them is no article (`type`).
        OSError: The file cannot be written.
        TypeError: `articles` is nothing to iterate over, such as one article by itself.
    """
    count = 0
    checked = only_articles(articles)
    with replacing(path) as file:
        for article in checked:
            file.write(to_json(article).encode() + b"\n")
            count += 1
    return count


def only_articles(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles, one at a time, once each is known to be one.

    Raises:
        ValidationError: Something among them is no article (`type`).
        TypeError: This is nothing to iterate over, which is said at once and not at the first step.
    """
    try:
        iterator = iter(articles)
    except TypeError as error:
        message = f"found {found(articles)}, expected a list of articles, or anything that yields them"
        raise TypeError(message) from error
    return _only_articles(iterator)


def _only_articles(articles: Iterable[Article]) -> Iterator[Article]:
    for number, article in enumerate(articles):
        if type(article) is not Article:
            raise invalid("type", (number,), article, "an Article")
        yield article
