"""The plain path of reading: from builtins to models, with all that is wrong in one report.

This is the judge: whatever reads faster accepts nothing that is refused here, and leaves all errors to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from geoclaims._errors import Issues, Path, ValidationError, found, suggestion
from geoclaims._json.heads import head_of, tag_of
from geoclaims._json.text import Repeated
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


def read(models: tuple[type[Any], ...], data: Any, hooks: Hooks) -> Any:
    """The object that JSON-ready builtins stand for.

    Args:
        models: The model, or those of the three kinds of statements that may be meant.
        data: What a JSON text stands for.
        hooks: A user's own readers of some types.

    Raises:
        ValidationError: The data breaks a rule; the issues list all that is wrong, in document order.
    """
    if models == (Article,) and isinstance(data, dict):
        data = migrated(data)
    issues = Issues()
    value = _read_object(models, data, (), issues, hooks)
    issues.raise_if_any(data)
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
        issues.add("enum", path, data, f"one of {', '.join(map(found, known))}{hint}")
    return known.get(data, WRONG)


def _read(rule: Rule, data: Any, path: Path, issues: Issues, hooks: Hooks) -> Any:
    """The value that data stands for under a rule, or what is right of it."""
    match rule:
        case Nested(models):
            return _read_object(models, data, path, issues, hooks)
        case Many(item):
            if not isinstance(data, list):
                issues.add("type", path, data, "an array")
                return WRONG
            values = tuple(_read(item, element, (*path, index), issues, hooks) for index, element in enumerate(data))
            return check_many(rule, values, path, issues)
        case Choice(type_) | Date(type_):
            if type_ in hooks:
                return _hooked(hooks[type_], data, type_, path, issues)
            return read_date(data, path, issues) if isinstance(rule, Date) else read_choice(type_, data, path, issues)
        case Text() | Form() | Reference() | Country() | Flag() | Whole():
            builtin = {Flag: bool, Whole: int}.get(type(rule), str)
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
    before = issues.total()
    model = models[0]
    if model in hooks and models in ((model,), STATEMENT_TYPES):
        return _hooked(hooks[model], data, model, path, issues)
    if not isinstance(data, dict):
        issues.add("type", path, data, "an object")
        return WRONG
    head = head_of(model)
    if issubclass(model, Statement):
        model = _tagged(models, data, path, issues)
        if model in hooks:
            return _hooked(hooks[model], data, model, path, issues)
    elif head is not None:
        _check_version(head[0], data, path, issues)
    if isinstance(data, Repeated):
        for key in data.again:
            issues.note("duplicate_key", (*path, key), f"found the key {found(key)} again, expected it once")
    values = _read_fields(model, data, path, issues, hooks)
    together(model).note(values, path, issues)
    if issues.total() > before:
        return Partial(model, values)
    try:
        return model(**values)
    except ValidationError as error:  # what a user's hook has put in
        issues.take(path, error)
        return WRONG


def _tagged(models: tuple[type[Any], ...], data: dict[str, Any], path: Path, issues: Issues) -> type[Any]:
    """The one of the models that the key `type` names, or the first where it names none."""
    tags = {tag_of(model): model for model in models}
    if "type" not in data:
        issues.note("missing", (*path, "type"), f"found no key 'type', expected {' or '.join(map(found, tags))}")
    elif expect(str, tag := data["type"], "a string", (*path, "type"), issues) is not WRONG:
        if tag in tags:
            return tags[tag]
        hint = suggestion(tag, tags, "tag", issues)
        issues.add("tag", (*path, "type"), tag, f"{' or '.join(map(found, tags))}{hint}")
    return models[0]


def _check_version(key: str, data: dict[str, Any], path: Path, issues: Issues) -> None:
    """Note a version that is missing or no string; any other has been looked at before."""
    if key in data:
        expect(str, data[key], f"the version, {found(CURRENT)}", (*path, key), issues)
    else:
        issues.note("missing", (*path, key), f"found no key {found(key)}, expected it")


def _read_fields(model: type[Any], data: dict[Any, Any], path: Path, issues: Issues, hooks: Hooks) -> dict[str, Any]:
    """The right values of an object's fields, in the order of the data, and `WRONG` where one is not right."""
    fields = definitions(model)
    known = _known_keys(model, data)
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key in fields:
            optional = value is None and fields[key].optional
            values[key] = None if optional else _read(fields[key].rule, value, (*path, key), issues, hooks)
        elif not isinstance(key, str):
            issues.add("type", path, key, "keys that are strings")
        elif key not in known:
            issues.add("unknown_key", (*path, key), key, f"a known key{suggestion(key, known, 'unknown_key', issues)}")
    for name, definition in fields.items():
        if name not in data:
            values[name] = WRONG if definition.required else definition.default
            if definition.required:
                issues.note("missing", (*path, name), f"found no key {found(name)}, expected it")
    return values


def _known_keys(model: type[Any], data: Mapping[str, Any]) -> Mapping[str, object]:
    """The keys that do not count as unknown: of a statement whose type is not known, those of every kind."""
    head = head_of(model)
    known: dict[str, object] = {} if head is None else {head[0]: None}
    unsure = model is Statement and data.get("type") != tag_of(Statement)
    for kind in STATEMENT_TYPES if unsure else (model,):
        known |= definitions(kind)
    return known
