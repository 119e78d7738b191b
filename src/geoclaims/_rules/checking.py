"""The plain check: whether values keep their rules, and if not, every reason with its place.

`check` looks at values as objects hold them; the reading of JSON shares what concerns strings and numbers. What a
rule says of one value stands here; what several fields say together stands beside each model.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, Final, final

from geoclaims._display.wording import LONGEST_VALUE, found, indefinite, listed
from geoclaims._errors import Path
from geoclaims._issues import Issues, suggestion
from geoclaims._rules.countries import country_codes
from geoclaims._rules.rules import (
    IDENTIFIER,
    LARGEST_NUMBER,
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
    unwanted,
)


@final
class Wrong:
    """Stands where a value was that breaks its rule, so that later checks pass it over."""


WRONG: Final = Wrong()


def check_instance(instance: Any) -> None:
    """Raise the error that lists all that is wrong with an object just made.

    Raises:
        ValidationError: A field breaks its rule, or the fields do not fit each other.
    """
    issues = Issues()
    right: dict[str, Any] = {}
    for name, definition in definitions(type(instance)).items():
        value = getattr(instance, name)
        right[name] = None if value is None and definition.optional else check(definition.rule, value, (name,), issues)
    together(type(instance)).note(right, (), issues)
    issues.raise_if_any(instance)


def check(rule: Rule, value: Any, path: Path, issues: Issues) -> Any:
    """Note all that is wrong with a value that an object holds, and return what is right of it."""
    match rule:
        case Choice(enum):
            if type(value) is enum:
                return value
            issues.add("type", path, value, _member(enum, value))
            return WRONG
        case Date(model):
            return expect(model, value, indefinite(model.__name__), path, issues)
        case Nested(models):
            if type(value) in models:
                return value
            issues.add("type", path, value, listed(indefinite(model.__name__) for model in models))
            return WRONG
        case Many(item):
            if type(value) is not tuple:
                issues.add("type", path, value, "a list or tuple")
                return WRONG
            right = tuple(check(item, element, (*path, index), issues) for index, element in enumerate(value))
            return check_many(rule, right, path, issues)
        case _:
            return check_simple(rule, value, path, issues)


def check_many(rule: Many, values: tuple[Any, ...], path: Path, issues: Issues) -> tuple[Any, ...]:
    """Note what is wrong with a tuple as a whole: too short, or with something in it twice."""
    if len(values) < rule.least:
        issues.note("empty", path, f"found nothing, expected at least {rule.least}")
    if not rule.unique:
        return values
    right: list[Any] = []
    seen: set[Any] = set()
    for index, value in enumerate(values):
        if value in seen and value is not WRONG:
            issues.add("duplicate", (*path, index), value, "it only once")
        right.append(WRONG if value in seen else value)
        seen.add(value)
    return tuple(right)


def check_simple(rule: Text | Form | Reference | Country | Flag | Whole, value: Any, path: Path, issues: Issues) -> Any:
    """Note what is wrong with a string, a number or a truth value, which JSON holds just as objects do."""
    if isinstance(rule, Flag):
        return expect(bool, value, "true or false", path, issues)
    if isinstance(rule, Whole):
        if expect(int, value, "a whole number", path, issues) is WRONG:
            return WRONG
        if 0 <= value <= LARGEST_NUMBER:
            return value
        issues.add("range", path, value, f"a number from 0 to {LARGEST_NUMBER}")
        return WRONG
    if expect(str, value, "a string", path, issues) is WRONG:
        return WRONG
    match rule:
        case Text():
            if check_characters(rule, value, path, issues) is WRONG:
                return WRONG
            if value and not value.isspace():
                return value
            issues.add("empty", path, value, "text that is not empty, nor white space alone")
        case Country():
            if value in country_codes():
                return value
            meant = country_codes() & {value[:LONGEST_VALUE].upper()}  # UK is not like UKR
            issues.add("country", path, value, rule.expected + suggestion(value, meant))
        case _:
            form = IDENTIFIER if isinstance(rule, Reference) else rule
            if re.fullmatch(form.possessive, value):
                return value
            issues.add(form.code, path, value, form.expected)
    return WRONG


def check_characters(rule: Text, value: str, path: Path, issues: Issues) -> Any:
    """Note the first character of a string that a rule does not allow, if there is one."""
    unfit = re.search(unwanted(rule.allowed), value)
    if not unfit:
        return value
    place = f"U+{ord(unfit[0]):04X} at position {unfit.start()}"
    issues.note("text", path, f"found {found(value)} with {place}, expected {rule.expected}")
    return WRONG


def expect(type_: type[Any], value: Any, expected: str, path: Path, issues: Issues) -> Any:
    """The value, if it is of exactly this type; if not, that is noted."""
    if type(value) is type_:
        return value
    issues.add("type", path, value, expected)
    return WRONG


def _member(enum: type[StrEnum], value: object) -> str:
    """How to name the member that a plain string stands for, or all of them."""
    meant = [member for member in enum if type(value) is str and member == value]
    return listed(f"{enum.__name__}.{member.name}" for member in meant or enum)
