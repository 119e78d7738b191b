"""The plain path of reading: from builtins to models, with all that is wrong in one report.

This is the judge: whatever reads faster accepts nothing that is refused here, and leaves all errors to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

from geoclaims._errors import (
    Issues,
    Path,
    ValidationError,
    found,
    indefinite,
    is_a,
    listed,
    members_of,
    suggestion,
)
from geoclaims._json.heads import head_of, tag_of
from geoclaims._json.text import Repeated, repeats
from geoclaims._json.versions import CURRENT, migrated
from geoclaims._models.articles import Article
from geoclaims._models.references import Partial
from geoclaims._models.statements import STATEMENT_TYPES, Statement
from geoclaims._values.checking import WRONG, check_many, check_simple, expect
from geoclaims._values.dates import PartialDate
from geoclaims._values.rules import (
    DATE_PATTERN,
    Choice,
    Country,
    Date,
    Flag,
    Form,
    Many,
    Nested,
    Reference,
    Rule,
    Text,
    Whole,
    definitions,
    together,
)

Hooks = Mapping[type[Any], Callable[[Any, Any], Any]]
"""What reads a type in place of geoclaims: the hooks that a user has registered on a converter."""

_BUILTINS: Final[Mapping[type[Any], type[Any]]] = {Flag: bool, Whole: int}


def read(models: tuple[type[Any], ...], data: Any, hooks: Hooks) -> Any:
    """The object that JSON-ready builtins stand for.

    Args:
        models: The model, or those of the three kinds of statements that may be meant.
        data: What a JSON text stands for.
        hooks: A user's own readers of some types.

    Raises:
        ValidationError: The data breaks a rule; the issues list all that is wrong, in document order.
    """
    document = migrated(data) if models == (Article,) and is_a(data, dict) else data
    issues = Issues()
    value = _read_object(models, document, (), issues, hooks)
    if type(data) is Repeated:
        for place in repeats(data):
            issues.note("duplicate_key", place, f"found the key {found(place[-1])} again, expected it once")
    issues.raise_if_any(document)
    return value


def read_date(data: Any, path: Path, issues: Issues) -> Any:
    """The partial date that a string stands for."""
    if expect(str, data, "a string", path, issues) is WRONG:
        return WRONG
    expected = "a date: YYYY, YYYY-MM or YYYY-MM-DD"
    if re.fullmatch(DATE_PATTERN, data):
        try:
            return PartialDate(*map(int, data.split("-")))
        except ValidationError:
            expected += " that exists"
    issues.add("date", path, data, expected)
    return WRONG


def read_choice(enum: type[StrEnum], data: Any, path: Path, issues: Issues) -> Any:
    """The member of an enumeration that a string stands for."""
    if expect(str, data, "a string", path, issues) is WRONG:
        return WRONG
    known = {str(member): member for member in enum}
    if data not in known:
        hint = suggestion(data, known, "enum", issues)
        issues.add("enum", path, data, f"{listed(map(found, known))}{hint}")
    return known.get(data, WRONG)


def _read(rule: Rule, data: Any, path: Path, issues: Issues, hooks: Hooks) -> Any:
    """The value that data stands for under a rule, or what is right of it."""
    match rule:
        case Nested(models):
            return _read_object(models, data, path, issues, hooks)
        case Many(item):
            if not is_a(data, list):
                issues.add("type", path, data, "an array")
                return WRONG
            elements = enumerate(list.__iter__(data))
            values = tuple(_read(item, element, (*path, index), issues, hooks) for index, element in elements)
            return check_many(rule, values, path, issues)
        case Choice(type_) | Date(type_):
            if type_ in hooks:
                return _hooked(hooks[type_], data, type_, path, issues)
            return read_date(data, path, issues) if isinstance(rule, Date) else read_choice(type_, data, path, issues)
        case Text() | Form() | Reference() | Country() | Flag() | Whole():
            builtin = _BUILTINS.get(type(rule), str)
            if builtin in hooks:
                return _hooked(hooks[builtin], data, builtin, path, issues)
            return check_simple(rule, data, path, issues)


def _hooked(hook: Callable[[Any, Any], Any], data: Any, type_: type[Any], path: Path, issues: Issues) -> Any:
    """What a user's hook makes of data; only its errors that are ours become issues."""
    try:
        return hook(data, type_)
    except ValidationError as error:
        issues.take(path, error)
        return WRONG


def _read_object(models: tuple[type[Any], ...], data: Any, path: Path, issues: Issues, hooks: Hooks) -> Any:
    """The object that data stands for, or what could be read of it where something is wrong."""
    model = models[0]
    if model in hooks and models in ((model,), STATEMENT_TYPES):
        return _hooked(hooks[model], data, model, path, issues)
    if not is_a(data, dict):
        issues.add("type", path, data, "an object")
        return WRONG
    before = issues.total()
    members = dict(members_of(data))
    for key in dict.keys(data):
        if type(key) is not str:
            issues.note("type", path, f"found the key {found(key)}, expected keys that are strings")
    kind = _kind(models, members, path, issues)
    if kind is not None and kind in hooks:
        return _hooked(hooks[kind], data, kind, path, issues)
    model = Statement if kind is None else kind
    values = _read_fields(kind, members, path, issues, hooks)
    _note_missing(models, model, members, path, issues)
    together(model).note(values, path, issues)
    if issues.total() > before:
        return Partial(values)
    try:
        return model(**values)
    except ValidationError as error:  # what a user's hook has put in
        issues.take(path, error)
        return WRONG


def _kind(models: tuple[type[Any], ...], members: dict[str, Any], path: Path, issues: Issues) -> type[Any] | None:
    """The one of the models that is meant, or None where the key `type` names none of them."""
    model = models[0]
    if not issubclass(model, Statement):
        if model is Article and "schema_version" in members:  # if a string, it has been looked at before
            version = members["schema_version"]
            expect(str, version, f"the string {found(CURRENT)}", (*path, "schema_version"), issues)
        return model
    if "type" not in members:
        return model if len(models) == 1 else None
    tag = members["type"]
    tags = {tag_of(model): model for model in models}
    if expect(str, tag, "a string", (*path, "type"), issues) is not WRONG and tag not in tags:
        issues.add("tag", (*path, "type"), tag, f"{listed(map(found, tags))}{suggestion(tag, tags, 'tag', issues)}")
    return tags.get(tag) if type(tag) is str else None


def _read_fields(
    kind: type[Any] | None, members: dict[str, Any], path: Path, issues: Issues, hooks: Hooks
) -> dict[str, Any]:
    """The right values of an object's fields, in the order of the data, and `WRONG` where one is not right.

    Of a statement whose kind is not known, the fields of every kind are read, but only those of all are needed.
    """
    model = Statement if kind is None else kind
    fields = dict(definitions(model))
    for other in STATEMENT_TYPES if kind is None else ():
        fields |= definitions(other)
    head = head_of(model) or ()
    values: dict[str, Any] = {}
    for key, value in members.items():
        if key in fields:
            optional = value is None and fields[key].optional
            values[key] = None if optional else _read(fields[key].rule, value, (*path, key), issues, hooks)
        elif key not in head[:1]:
            hint = suggestion(key, [*head[:1], *fields], "unknown_key", issues)
            message = f"found the key {found(key)}, expected one that {indefinite(model.__name__.lower())} has{hint}"
            issues.note("unknown_key", (*path, key), message)
    for name, definition in definitions(model).items():
        if name not in members:
            values[name] = WRONG if definition.required else definition.default
    return values


def _note_missing(
    models: tuple[type[Any], ...], model: type[Any], members: dict[str, Any], path: Path, issues: Issues
) -> None:
    """Note the keys that every object of the model has and this one has not."""
    head = head_of(model)
    if head is not None and head[0] not in members:
        said = [tag_of(model) for model in models] if head[0] == "type" else [head[1]]
        message = f"found no key {found(head[0])}, expected it to say {listed(map(found, said))}"
        issues.note("missing", (*path, head[0]), message)
    for name, definition in definitions(model).items():
        if definition.required and name not in members:
            expected = f"it in every {model.__name__.lower()}"
            issues.note("missing", (*path, name), f"found no key {found(name)}, expected {expected}")
