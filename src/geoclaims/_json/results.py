"""What reading many articles gives: articles, and errors in the places of those that are wrong."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing

from geoclaims._display.wording import found
from geoclaims._errors import ValidationError
from geoclaims._models.articles import Article


def settled(
    results: Generator[Article | ValidationError], on_error: Callable[[ValidationError], object] | None
) -> Iterator[Article]:
    """The articles among the results; an error is raised, or handed to whoever takes errors.

    Raises:
        ValidationError: One is among the results, and nobody takes it.
        TypeError: `on_error` is no function, which is said at once and not at the first error.
    """
    if not (on_error is None or callable(on_error)):
        raise TypeError(f"found {found(on_error)} as on_error, expected a function to call with each error, or None")
    return _settled(results, on_error)


def _settled(
    results: Generator[Article | ValidationError], on_error: Callable[[ValidationError], object] | None
) -> Iterator[Article]:
    with closing(results):  # else an error that somebody keeps would keep the files open
        for result in results:
            if isinstance(result, Article):
                yield result
            elif on_error is None:
                raise result
            else:
                on_error(result)
