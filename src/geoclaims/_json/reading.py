"""Read objects from builtins; `_json.readers` generates the functions that read each model.

The same path checks and explains: reading notes what is wrong and goes on, so that one error reports everything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache, partial
from operator import itemgetter
from typing import Any, Final, NamedTuple

import attrs

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._dates import PartialDate
from geoclaims._errors import WRONG, Issues, Place, ValidationError, invalid, path_of
from geoclaims._json.format import CURRENT, MODELS, head_of, is_newer, migrated, tag_of
from geoclaims._json.groups import note_of, ours_alone
from geoclaims._json.text import Repeated, repeats
from geoclaims._messages import cut, found, indefinite, is_a, listed, suggestion
from geoclaims._references import broken_article, has_cycle, value_of
from geoclaims._rules import (
    DATE_PATTERN,
    IDENTIFIER,
    definitions,
)
from geoclaims._statements import STATEMENT_TYPES, Statement

Hooks = Mapping[type[Any], Callable[[Any, Any], Any]]
"""Functions that read a type instead of geoclaims: the hooks that a user has registered on a converter."""

Reader = Callable[..., Any]
"""Reads an object; takes the arguments of `readers.SIGNATURE`. Returns it, a `Partial` of its valid values, or `WRONG`.

`exact` means that all keys are known to be plain strings, and `clean` that no string can have a control character or
surrogate. The ids of actors, statements and either are the valid targets of references, each with itself as its value,
so that all references to one object share one string in memory.
"""

STRINGS: Final = frozenset({str})
_TAGS: Final = frozenset(map(tag_of, STATEMENT_TYPES))


class Readers(NamedTuple):
    """The functions that read the models, under one set of hooks."""

    of_model: Mapping[type[Any], Reader]
    of_statements: Mapping[tuple[type[Any], ...], Reader]
    """By the possible types of statements, which the key `type` distinguishes."""
    hooks: Hooks


def kinds_of(model: type[Any]) -> tuple[type[Any], ...]:
    """Return the models that a type covers: `Statement` covers all three types.

    Raises:
        TypeError: This is not a model.
    """
    if model not in MODELS:
        raise TypeError(f"found {cut(repr(model))}, expected {listed(each.__name__ for each in MODELS)}")
    return STATEMENT_TYPES if model is Statement else (model,)


def structured(models: tuple[type[Any], ...], data: Any, by: Readers, *, exact: bool = False) -> Any:
    """Read an object from builtins.

    Args:
        models: The model, or the possible types of statements.
        data: Builtins as JSON has them.
        exact: Whether all keys are known to be plain strings.
        by: The readers of the models.

    Raises:
        ValidationError: The data breaks a rule; the issues list all that is wrong, in document order.
    """
    notes = Issues(data, models[0].__name__.lower(), tags=_TAGS)
    value = read(models, data, notes, by, exact=exact)
    if type(data) is Repeated and value is not WRONG:
        for place in repeats(data):
            notes.note("duplicate_key", place, f"found the key {found(place[-1])} again, expected it once")
    if notes.count:
        raise notes.error()
    return value


def read(
    models: tuple[type[Any], ...],
    data: Any,
    notes: Issues,
    by: Readers,
    *,
    exact: bool = False,
    clean: bool = False,
) -> Any:
    """Read an object from builtins; the result is valid only if nothing was noted.

    Args:
        models: The model, or the possible types of statements.
        data: Builtins as JSON has them.
        notes: The issues, to which all that is wrong is added.
        exact: Whether all keys are known to be plain strings.
        clean: Whether no string in the data can have a control character or surrogate.
        by: The readers of the models.
    """
    if models == (Article,):
        return _read_article(data, notes, by, exact=exact, clean=clean)
    reader = by.of_statements[models] if issubclass(models[0], Statement) else by.of_model[models[0]]
    return reader(data, (), notes, exact, clean, {}, {}, {})


def _read_article(data: Any, notes: Issues, by: Readers, *, exact: bool, clean: bool) -> Any:
    if type(data) is not dict and (data := as_object(data, (), notes)) is WRONG:
        return WRONG
    document = members = data if exact else _plain(data)
    version = members.get("schema_version", CURRENT)
    if type(version) is not str:
        notes.wrong("type", ((), "schema_version"), version, f"the string {found(CURRENT)}")
    elif version != CURRENT:
        document = migrated(members)
        if document is None:
            newer = ", a version newer than this geoclaims can read" if is_newer(version) else ""
            notes.note("version", ("schema_version",), f"found {found(version)}{newer}, expected {found(CURRENT)}")
            return WRONG
    if members is not data:
        _note_odd_keys(data, (), notes)
    actors = _ids_in(document.get("actors", []), exact=exact)
    statements = _ids_in(document.get("statements", []), exact=exact)
    either = {**(actors or {}), **(statements or {})}
    article = by.of_model[Article](document, (), notes, exact, clean, actors or {}, statements or {}, either)
    if (
        notes.count
        or notes.unresolved
        or by.hooks
        or actors is None
        or statements is None
        or len(either) != len(article.actors) + len(article.statements)
        or article.text is not None
        or has_cycle(article.actors, (Actor,))
        or has_cycle(article.statements, STATEMENT_TYPES)
    ):
        sections = {"actors": value_of(article, "actors"), "statements": value_of(article, "statements")}
        keys = list(document)
        if "statements" in keys and "actors" in keys[keys.index("statements") :]:
            sections = {
                "statements": sections["statements"],
                **sections,
            }  # if an id is repeated, the later one is wrong
        for finding in broken_article(sections, value_of(article, "text")):
            notes.note(*finding)
    return article


def _ids_in(things: Any, *, exact: bool) -> dict[str, str] | None:
    """Collect the ids of actors or statements, each with itself as its value; None if the fast path cannot read all."""
    if type(things) is not list or not (exact or {dict}.issuperset(map(type, things))):
        return None
    try:
        ids = list(map(itemgetter("id"), things))
        lines = "\n".join(ids)
    except (KeyError, TypeError):
        return None
    # One match for all ids takes half the time of one for each. A line feed within an id would split it.
    if ids and (lines.count("\n") >= len(ids) or not _matches_lines_of_ids()(lines)):
        return None
    return dict(zip(ids, ids, strict=True)) if exact or STRINGS.issuperset(map(type, ids)) else None


@cache
def _matches_lines_of_ids() -> Callable[[str], object]:
    return re.compile(rf"{IDENTIFIER.pattern}(?:\n{IDENTIFIER.pattern})*+").fullmatch


def statement_reader(models: tuple[type[Any], ...], of_any: Reader, by: Readers) -> Reader:
    """Make the function that reads a statement of some types, which the key `type` distinguishes."""
    by_tag: dict[Any, Reader] = {
        tag_of(model): hooked_reader(by.hooks[model], model, STATEMENT_TYPES)
        if model in by.hooks and len(models) > 1
        else by.of_model[model]
        for model in models
    }

    def read_statement(  # noqa: PLR0917 - called for each statement, with the arguments of every reader
        data: Any, place: Place, notes: Issues, exact: Any, clean: Any, actors: Any, statements: Any, either: Any
    ) -> Any:
        reader = None
        if type(data) is dict and (exact or not _has_odd_keys(data)) and type(tag := data.get("type")) is str:
            reader = by_tag.get(tag)
        if reader is None:
            data, reader = read_type(data, place, notes)
        return reader(data, place, notes, exact, clean, actors, statements, either)

    def read_type(data: Any, place: Place, notes: Issues) -> tuple[Any, Reader]:
        """Choose the reader of a statement; if its type is missing or wrong, it may have the keys of every type."""
        if (members := as_object(data, place, notes)) is WRONG:
            return WRONG, lambda *_: WRONG
        members = without_odd_keys(members, place, notes)
        if "type" not in members:
            return members, of_any if len(by_tag) > 1 else next(iter(by_tag.values()))
        tag = members["type"]
        if type(tag) is str and tag in by_tag:
            return members, by_tag[tag]
        if type(tag) is not str:
            notes.wrong("type", (place, "type"), tag, "a string")
        else:
            notes.wrong("tag", (place, "type"), tag, lambda tag: listed(map(found, by_tag)) + suggestion(tag, by_tag))
        return members, of_any

    return read_statement


@attrs.frozen
class Keys:
    """The keys that an object may have, and its required keys."""

    owner: str
    """The object in words, such as "a denial"."""
    known: Sequence[str]
    elsewhere: Mapping[str, str]
    """The keys that only other types of statement have, each with these types in words."""
    needed: Mapping[str, str]
    """The required keys, each with the wording of the message that it is missing."""

    @classmethod
    def of(cls, models: tuple[type[Any], ...], fields: Iterable[str], needed: Iterable[str]) -> Keys:
        """Describe the keys of an object of any of some models."""
        owner = indefinite(tag_of(models[0]))
        others = STATEMENT_TYPES if issubclass(models[0], Statement) else ()
        elsewhere: dict[str, list[str]] = {}
        for other in others:
            for key in definitions(other):
                elsewhere.setdefault(key, []).append(indefinite(tag_of(other)))
        uses = dict.fromkeys(needed, f"in every {tag_of(models[0])}")
        heads = [head for head in map(head_of, models) if head]
        if heads:
            uses[heads[0][0]] = f"to say {listed(found(value) for _, value in heads)}"
        return cls(
            owner,
            [*uses, *fields],
            {key: listed(having) for key, having in elsewhere.items()},
            {key: f"expected it {use}" for key, use in uses.items()},
        )

    def note(self, data: dict[str, Any], place: Place, notes: Issues) -> None:
        """Note the keys of an object that are unknown or missing."""
        for key in data:
            if key not in self.known:
                notes.note("unknown_key", path_of((place, key)), partial(self._unknown, key))
        for key, expected in self.needed.items():
            if key not in data:
                notes.note("missing", path_of((place, key)), f"found no key {found(key)}, {expected}")

    def _unknown(self, key: str) -> str:
        hint = f"; {self.elsewhere[key]} has it" if key in self.elsewhere else suggestion(key, self.known)
        return f"found the key {found(key)}, expected one that {self.owner} has{hint}"


def as_object(data: Any, place: Place, notes: Issues) -> Any:
    """Return the members of a subclass of dict, or note that this is not an object."""
    if is_a(data, dict):
        return dict(dict.items(data))
    helps = "; from_json reads JSON text" if not place and (is_a(data, str) or is_a(data, bytes)) else ""
    return notes.wrong("type", place, data, f"an object{helps}")


def as_list(data: Any, place: Place, notes: Issues) -> Any:
    """Return the elements of a subclass of list, or note that this is not an array."""
    return list(list.__iter__(data)) if is_a(data, list) else notes.wrong("type", place, data, "an array")


def without_odd_keys(data: dict[Any, Any], place: Place, notes: Issues) -> dict[str, Any]:
    """Note the keys that are not plain strings, and return the other members."""
    _note_odd_keys(data, place, notes)
    return _plain(data)


def _note_odd_keys(data: dict[Any, Any], place: Place, notes: Issues) -> None:
    for key in data:
        if type(key) is not str:
            notes.note("type", path_of(place), f"found the key {found(key)}, expected keys that are plain strings")


def _plain(data: dict[Any, Any]) -> dict[str, Any]:
    """Return the members of an object whose keys are plain strings."""
    return {key: value for key, value in data.items() if type(key) is str} if _has_odd_keys(data) else data


def _has_odd_keys(data: dict[Any, Any]) -> bool:
    """Report whether an object has a key that is not a plain string."""
    return not STRINGS.issuperset(map(type, data))


def hooked(hook: Callable[[Any, Any], Any], data: Any, type_: type[Any], place: Place, notes: Issues) -> Any:
    """Return what a user's hook makes of data; only errors from geoclaims become issues.

    A group that contains only such errors, as cattrs raises it, is taken apart; any other error gets a note with its
    place.
    """
    if data is WRONG:
        return WRONG
    try:
        return hook(data, type_)
    except Exception as error:
        errors = ours_alone(error)
        if errors is None:
            error.add_note(note_of(place))
            raise
        for path, inner in errors:
            notes.take((*path_of(place), *path), inner)
        return WRONG


def hooked_reader(hook: Callable[[Any, Any], Any], type_: type[Any], models: tuple[type[Any], ...]) -> Reader:
    """Make a reader of a user's hook for a type; it must return an object of one of some models."""

    def read_with_hook(data: Any, place: Place, notes: Issues, *_: Any) -> Any:
        value = hooked(hook, data, type_, place, notes)
        if type(value) in models:
            return value
        return notes.wrong("type", place, value, listed(indefinite(model.__name__) for model in models))

    return read_with_hook


DATES: Final[dict[str, PartialDate]] = {}
# The number of cached dates: the days of 22 years, in about two megabytes.
_MOST_DATES: Final = 8_192


def read_date(text: str) -> PartialDate | None:
    """Read a date in ISO 8601, and cache it; None if there is no such date."""
    if not re.fullmatch(DATE_PATTERN, text):
        return None
    try:
        date = PartialDate(*map(int, text.split("-")))
    except ValidationError:
        return None
    if len(DATES) >= _MOST_DATES:
        DATES.clear()
    DATES[text] = date
    return date


EXPECTED_DATE: Final = "a date that exists: YYYY, YYYY-MM or YYYY-MM-DD"


def date_of(data: Any) -> PartialDate:
    """Read a date that is not part of a document.

    Raises:
        ValidationError: The value is not a string (`type`), or there is no such date (`date`).
    """
    if type(data) is not str:
        raise invalid("type", (), data, "a string")
    if (date := read_date(data)) is None:
        raise invalid("date", (), data, EXPECTED_DATE)
    return date


def members_like(enum: type[StrEnum]) -> Callable[[str], str]:
    """Make the function that lists the members of an enumeration, and suggests the one most similar to the value."""

    def expected(value: str) -> str:
        known = list(map(str, enum))
        return listed(map(found, known)) + suggestion(value, known)

    return expected
