"""What reading many articles gives: articles, and errors in the places of those that are wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from geoclaims._errors import ValidationError
from geoclaims._models.articles import Article


def settled(
    results: Iterable[Article | ValidationError], on_error: Callable[[ValidationError], object] | None
) -> Iterator[Article]:
    """The articles among the results; an error is raised, or handed to whoever takes errors.

    Raises:
        ValidationError: One is among the results, and nobody takes it.
    """
    for result in results:
        if isinstance(result, Article):
            yield result
        elif on_error is None:
            raise result
        else:
            on_error(result)
