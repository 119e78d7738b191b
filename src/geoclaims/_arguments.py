"""Check the arguments of public functions, before any work is done, and do what `on_error` asks.

An argument of a wrong type is the mistake of a program, and a `TypeError`. A wrong value of the right type is a
`ValidationError`, as it would be in data.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, Final, TypeGuard, TypeVar, get_origin

from geoclaims._checks import checked
from geoclaims._errors import AnchorError, ValidationError, invalid, wrong_type
from geoclaims._issues import Issues
from geoclaims._messages import PYTHON, cut, describe, indefinite, listed
from geoclaims._rules.rules import WHOLE_TEXT

T = TypeVar("T")

_MOST_SPACES: Final = 100
"""JSON is indented by no more than this: each level repeats it on every line."""


def is_a(value: object, kind: type[T]) -> TypeGuard[T]:
    """Report whether the type of a value is another type or extends it, whatever the value says of its `__class__`."""
    return issubclass(type(value), kind)


def checked_instance(value: T, *models: type[Any]) -> T:
    """Return an argument if it is an instance of one of some classes, and not of a subclass.

    Raises:
        TypeError: It is something else.
    """
    if type(value) not in models:
        raise wrong_type(value, listed(indefinite(model.__name__) for model in models))
    return value


def check_model(model: object, models: Sequence[type[Any]]) -> None:
    """Check the argument `type`: one of some classes."""
    if model not in models:
        found = cut(model.__name__) if is_a(model, type) else describe(model, PYTHON)
        hint = "; make_converter reads lists and unions of these" if get_origin(model) else ""
        raise TypeError(f"found {found} as type, expected {listed(each.__name__ for each in models)}{hint}")


def each_of(values: T | Iterable[T], *models: type[T]) -> Iterator[T]:
    """Yield one instance of one of some classes, or several of it one at a time, after a check of their type.

    Raises:
        TypeError: The argument is neither, which is raised at once; or an element is not one, when it is reached.
    """
    if isinstance(values, models):
        return iter((values,))
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise wrong_type(values, f"{listed(indefinite(model.__name__) for model in models)}, or an iterable of them")
    return _alike(values, models)


def _alike(values: Iterable[T], models: tuple[type[T], ...]) -> Iterator[T]:
    for value in values:
        yield checked_instance(value, *models)
        models = (type(value),)


def check_text(value: object, argument: str) -> None:
    """Check that an argument is a string."""
    if type(value) is not str:
        raise wrong_type(value, "a string", argument)


def check_whole_text(text: object, argument: str = "text") -> None:
    """Check an argument that is a text, or a part of one.

    Raises:
        ValidationError: It has a forbidden character (`text`) or is empty (`empty`).
        TypeError: It is not a string.
    """
    check_text(text, argument)
    issues = Issues(None)
    checked(WHOLE_TEXT, text, (argument,), issues)
    issues.raise_if_any()


def check_order_of_dates(dayfirst: object) -> None:
    """Check the argument that says how ambiguous dates are read: True, False or None."""
    if not (dayfirst is None or type(dayfirst) is bool):
        raise wrong_type(dayfirst, "True, False or None", "dayfirst")


def check_choice(value: object, choices: Sequence[str], argument: str) -> None:
    """Check an argument that is one of some words.

    Raises:
        TypeError: It is not a string.
        ValidationError: It is another word (`enum`).
    """
    expected = listed(map(describe, choices))
    if type(value) is not str:
        raise wrong_type(value, expected, argument)
    if value not in choices:
        raise invalid("enum", (argument,), value, expected)


def check_indent(indent: object) -> None:
    """Check the argument that says how JSON is indented.

    Raises:
        TypeError: It is neither a number, nor a string, nor None.
        ValidationError: It is too large, or would make the text no JSON (`range`).
    """
    if indent is None:
        return
    if not isinstance(indent, int | str) or isinstance(indent, bool):
        raise wrong_type(indent, "a number of spaces, a string or None", "indent")
    length = abs(indent) if isinstance(indent, int) else len(indent)
    if length > _MOST_SPACES or (isinstance(indent, str) and indent.strip(" \t\r\n")):
        raise invalid("range", ("indent",), indent, f"a number up to {_MOST_SPACES}, or as many spaces or tabs")


def check_handler(on_error: object) -> None:
    """Check the argument of all that reads: a function that is called with each error, or None."""
    if not (on_error is None or callable(on_error)):
        raise wrong_type(on_error, "a function to call with each error, or None", "on_error")


def with_handled_errors(
    results: Generator[T | ValidationError | AnchorError], on_error: Callable[[Any], object] | None
) -> Iterator[T]:
    """Yield the results that are no errors; raise each error, or call a function with it.

    Raises:
        ValidationError: One is among the results, and there is no function.
        TypeError: `on_error` is not a function; raised at once, not at the first error.
    """
    check_handler(on_error)
    return _handing_over_errors(results, on_error)


def _handing_over_errors(
    results: Generator[T | ValidationError | AnchorError], on_error: Callable[[Any], object] | None
) -> Iterator[T]:
    with closing(results):  # otherwise an error that somebody keeps would keep the files open
        for result in results:
            if not isinstance(result, ValidationError | AnchorError):
                yield result
            elif on_error is None:
                raise result
            else:
                on_error(result)
