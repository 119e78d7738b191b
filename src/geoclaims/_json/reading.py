"""The plain path of reading: from builtins to models, with all that is wrong in one report.

This is the judge: whatever reads faster accepts nothing that is refused here, and leaves all errors to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, Final, cast

import attrs

from geoclaims._display.wording import found, indefinite, is_a, listed
from geoclaims._errors import Path, ValidationError
from geoclaims._issues import Issues, members_of, suggestion
from geoclaims._json.heads import head_of, tag_of
from geoclaims._json.text import Repeated, repeats
from geoclaims._json.versions import CURRENT, migrated
from geoclaims._models.articles import Article
from geoclaims._models.references import Partial
from geoclaims._models.statements import STATEMENT_TYPES, Statement
from geoclaims._rules.checking import WRONG, check_many, check_simple, expect
from geoclaims._rules.rules import (
    DATE_PATTERN,
    Choice,
    Date,
    Definition,
    Flag,
    Many,
    Nested,
    Rule,
    Whole,
    definitions,
    together,
)
from geoclaims._values.dates import PartialDate

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
        issues.add("enum", path, data, lambda: listed(map(found, known)) + suggestion(data, known))
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
        case _:
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
    shape = _shape_of(kind)
    values = _read_fields(shape, members, path, issues, hooks)
    for name in shape.needed:
        if name not in members:
            _note_missing(models, shape, name, path, issues)
    together(shape.model).note(values, path, issues)
    if issues.total() > before:
        return Partial(values)
    try:
        return shape.model(**values)
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
        issues.add("tag", (*path, "type"), tag, lambda: listed(map(found, tags)) + suggestion(tag, tags))
    return tags.get(tag) if type(tag) is str else None


@attrs.frozen
class _Shape:
    """What keys an object has."""

    model: type[Any]
    fields: Mapping[str, Definition]
    needed: Sequence[str]
    absent: Mapping[str, Any]
    """What the fields of the model hold where nothing is given."""

    @property
    def known(self) -> Sequence[str]:
        """All keys that the object may have."""
        head = head_of(self.model)
        return [*(head[:1] if head else ()), *self.fields]


def _shape_of(kind: type[Any] | None) -> _Shape:
    return _shape(cast("Hashable", kind))


@cache
def _shape(kind: Any) -> _Shape:
    """What keys an object of a kind has.

    A statement whose kind is not known, which is None, may have those of every kind, and needs only those of all.
    """
    model = Statement if kind is None else kind
    fields = definitions(model)
    absent = {name: WRONG if field.required else field.default for name, field in fields.items()}
    head = head_of(model)
    needed = [*(head[:1] if head else ()), *(name for name, value in absent.items() if value is WRONG)]
    if kind is None:
        fields = {name: field for each in STATEMENT_TYPES for name, field in definitions(each).items()}
    return _Shape(model, fields, needed, absent)


def _read_fields(shape: _Shape, members: dict[str, Any], path: Path, issues: Issues, hooks: Hooks) -> dict[str, Any]:
    """The right values of an object's fields, in the order of the data, and `WRONG` where one is not right."""
    values: dict[str, Any] = {}
    for key, value in members.items():
        field = shape.fields.get(key)
        if field is not None:
            optional = value is None and field.optional
            values[key] = None if optional else _read(field.rule, value, (*path, key), issues, hooks)
        elif key not in shape.needed:  # as what names the type or version is
            _note_unknown_key(shape, key, path, issues)
    return values | {name: value for name, value in shape.absent.items() if name not in members}


def _note_unknown_key(shape: _Shape, key: str, path: Path, issues: Issues) -> None:
    def message() -> str:
        owner = indefinite(shape.model.__name__.lower())
        others = STATEMENT_TYPES if issubclass(shape.model, Statement) else ()
        having = [indefinite(other.__name__.lower()) for other in others if key in definitions(other)]
        hint = f"; {listed(having)} has it" if having else suggestion(key, shape.known)
        return f"found the key {found(key)}, expected one that {owner} has{hint}"

    issues.note("unknown_key", (*path, key), message)


def _note_missing(models: tuple[type[Any], ...], shape: _Shape, name: str, path: Path, issues: Issues) -> None:
    expected = f"it in every {shape.model.__name__.lower()}"
    if name not in shape.fields:
        said = [tag_of(model) for model in models] if name == "type" else [CURRENT]
        expected = f"it to say {listed(map(found, said))}"
    issues.note("missing", (*path, name), f"found no key {found(name)}, expected {expected}")
