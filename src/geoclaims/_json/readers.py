"""Generate the functions that read each model from the declarations of its fields.

Each value of a valid document passes a few conditions; an invalid one reaches a call that notes the issue with its
place, and reading goes on, so that one error reports all that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any, Final

from geoclaims._actors import Actor
from geoclaims._article import Article
from geoclaims._checks import (
    CHECKS_OF_MANY,
    Source,
    Step,
    chain,
    indented,
    matcher,
    step_of_self_reference,
    steps,
    steps_of_many,
)
from geoclaims._errors import WRONG
from geoclaims._json.format import DROPPED, MODELS, head_of
from geoclaims._json.reading import (
    DATES,
    EXPECTED_DATE,
    STRINGS,
    Hooks,
    Keys,
    Reader,
    Readers,
    as_list,
    as_object,
    hooked,
    hooked_reader,
    members_like,
    read_date,
    statement_reader,
    without_odd_keys,
)
from geoclaims._references import Partial
from geoclaims._rules import (
    IDENTIFIER,
    WHOLE_TEXT,
    Choice,
    Date,
    Definition,
    Flag,
    Invariant,
    Many,
    Nested,
    Reference,
    Rule,
    Whole,
    definitions,
    unwanted,
)
from geoclaims._statements import STATEMENT_TYPES

_REST: Final = "notes, exact, clean, actors, statements, either"
SIGNATURE: Final = f"data, place, {_REST}"
"""The arguments of every reader."""
_POOLS: Final = {"actor": "actors", "statement": "statements", "actor or statement": "either"}
_BUILTINS: Final[Mapping[type[Any], type[Any]]] = {Flag: bool, Whole: int}
_NAMES: Final[Mapping[str, object]] = {
    "WRONG": WRONG,
    "Partial": Partial,
    "as_list": as_list,
    "as_object": as_object,
    "dates": DATES,
    "strings": STRINGS,
    "hooked": hooked,
    "new": object.__new__,
    "read_date": read_date,
    "without_odd_keys": without_odd_keys,
    **CHECKS_OF_MANY,
}
"""The names that all generated readers know."""


@cache
def own_readers() -> Readers:
    """Make the functions that read each model, once."""
    return readers({})


def readers(hooks: Hooks) -> Readers:
    """Make the functions that read each model, with a user's hooks for nested types."""
    of_model: dict[type[Any], Reader] = {}
    of_statements: dict[tuple[type[Any], ...], Reader] = {}
    made = Readers(of_model, of_statements, hooks)
    for model in reversed(MODELS):  # the parts of a model come after it
        if model is Actor:
            of_any = _reader(STATEMENT_TYPES, made)
            for number in range(1, len(STATEMENT_TYPES) + 1):
                for kinds in combinations(STATEMENT_TYPES, number):
                    of_statements[kinds] = statement_reader(kinds, of_any, made)
        of_model[model] = _reader((model,), made)
    return made


def _reader(models: tuple[type[Any], ...], by: Readers) -> Reader:
    """Generate the function that reads an object of a model; for several models, it returns a `Partial` at best."""
    model = models[0]
    fields = {name: field for each in models for name, field in definitions(each).items()}
    head = head_of(model)
    required = [name for name, field in definitions(model).items() if field.required]
    needed = [*(head[:1] if head else ()), *required]
    source = Source(f"read {' or '.join(each.__name__ for each in models)}", SIGNATURE, **_NAMES)
    variables = ", ".join(f"{name}_" for name in needed)
    lines = [
        "if type(data) is not dict and (data := as_object(data, place, notes)) is WRONG: return WRONG",
        "before = notes.count",
        "if not (exact or strings.issuperset(map(type, data))): data = without_odd_keys(data, place, notes)",
        f"known = {len(needed)}",
        f"try: {variables}, = {', '.join(f'data[{name!r}]' for name in needed)},",
        f"except KeyError: known, ({variables},) = -1, [data.get(name, WRONG) for name in {needed!r}]",
    ]
    for field in fields.values():
        lines += _field(field, model, source, by) if field.name in required else _optional(field, model, source, by)
    dropped = DROPPED.get(model, {})
    for key in dropped:
        lines += _dropped(key, source)
    keys = source.named(Keys.of(models, [*fields, *dropped], needed), "keys")
    lines.append(f"if known != len(data): {keys}.note(data, place, notes)")
    invariant: Invariant | None = model._invariant  # noqa: SLF001 - no name for users
    if invariant and model is not Article:  # an article is checked as a whole after its references are read
        arguments = ", ".join(f"{name}_" for name in invariant.fields)
        lines.append(f"if found := {source.named(invariant.broken, 'broken')}({arguments}): notes.extend(place, found)")
    if len(models) == 1:
        lines.append("if notes.count == before:")
        lines.append("    notes.keys += known")
        lines += indented(_instance(model, source))
    lines.append(f"return Partial({{{', '.join(f'{name!r}: {name}_' for name in fields)}}})")
    return source.function(lines)


def _dropped(key: str, source: Source) -> Iterator[str]:
    """Write the lines that read a string under a key and drop it."""
    unfit = source.named(re.compile(unwanted(WHOLE_TEXT.allowed)).search, "unfit")
    yield f"if {key!r} in data:"
    yield "    known += 1"
    yield f"    dropped = data[{key!r}]"
    yield f"    if type(dropped) is not str: notes.wrong('type', (place, {key!r}), dropped, 'a string')"
    yield f"    elif {unfit}(dropped): notes.wrong('text', (place, {key!r}), dropped, {WHOLE_TEXT.expected!r})"


def _instance(model: type[Any], source: Source) -> Iterator[str]:
    """Write the lines that make an object from values that are already checked."""
    # Filling an object of an unfrozen class and then changing its class takes a third of the time of filling a frozen
    # one: reading the article that ships with geoclaims takes a fifth less.
    yield f"instance = new({source.named(_unfrozen(model), 'Unfrozen')})"
    yield from (f"instance.{name} = {name}_" for name in definitions(model))
    yield f"instance.__class__ = {source.named(model, model.__name__)}"
    yield "return instance"


def _unfrozen(model: type[Any]) -> type[Any]:
    """Make an unfrozen class with the memory layout of a model; it is a sibling of the model, not a subclass."""
    laid_out: Any = next(base for base in model.__mro__ if vars(base)["__slots__"])
    slots = laid_out.__slots__
    members = {name: getattr(model, name) for name in definitions(model) if name not in slots}
    return type(f"Unfrozen{model.__name__}", laid_out.__bases__, {**members, "__slots__": slots})


def _optional(field: Definition, model: type[Any], source: Source, by: Readers) -> Iterator[str]:
    value = f"{field.name}_"
    yield f"if {field.name!r} in data:"
    yield "    known += 1"
    yield f"    {value} = data[{field.name!r}]"
    lines = _field(field, model, source, by)
    if field.optional:
        yield f"    if {value} is not None:"
        lines = indented(lines)
    yield from indented(lines)
    yield f"else: {value} = {'WRONG' if field.required else source.named(field.default, 'default')}"


def _field(field: Definition, model: type[Any], source: Source, by: Readers) -> Iterator[str]:
    """Write the lines that turn the JSON of a field, in a variable of its name, into its value."""
    value, place = f"{field.name}_", f"(place, {field.name!r})"
    if field.name == "id" and model is not Article:
        # An id that was collected beforehand is known to be valid.
        pool = "actors" if model is Actor else "statements"
        yield f"if type({value}) is str and (found := {pool}.get({value})) is not None: {value} = found"
        yield "else:"
        yield from indented(list(_single(field.rule, value, place, source, by)))
    elif isinstance(field.rule, Many):
        yield from _many(field.rule, value, place, source, by)
    else:
        yield from _single(field.rule, value, place, source, by)
        yield from step_of_self_reference(field.rule, value, place, "notes")


def _many(rule: Many, value: str, place: str, source: Source, by: Readers) -> Iterator[str]:
    yield f"if type({value}) is list or ({value} := as_list({value}, {place}, notes)) is not WRONG:"
    yield "    many = []"
    if isinstance(rule.item, Nested):
        yield f"    inner = ({place}, many)"
        yield f"    for item in {value}: many.append({_part(rule.item.models, source, by)}(item, inner, {_REST}))"
    else:
        yield f"    for item in {value}:"
        yield from indented(indented(_single(rule.item, "item", f"({place}, many)", source, by)))
        yield "        many.append(item)"
    yield from indented(steps_of_many(rule, "many", place, "notes"))
    yield f"    {value} = tuple(many)"


def _part(models: tuple[type[Any], ...], source: Source, by: Readers) -> str:
    """Name the function that reads a part of an object."""
    first, *others = models
    if first in by.hooks:
        return source.named(hooked_reader(by.hooks[first], first, models), "hooked")
    return source.named(by.of_statements[models] if others else by.of_model[first], "read")


def _single(rule: Rule, value: str, place: str, source: Source, by: Readers) -> Iterator[str]:
    """Write the lines that turn the JSON of a single value into the value."""
    type_ = rule.enum if isinstance(rule, Choice) else rule.model if isinstance(rule, Date) else None
    type_ = type_ or _BUILTINS.get(type(rule), str)
    hooked = type_ in by.hooks
    if hooked:
        arguments = f"{source.named(by.hooks[type_], 'hook')}, {value}, {source.named(type_, 'type')}, {place}, notes"
        yield f"{value} = hooked({arguments})"
    is_string = Step(f"type({value}) is not str", "type", "a string")
    if isinstance(rule, Reference):
        by_id = f"(found := {_POOLS[rule.to]}.get({value})) is not None"
        yield from _chain([is_string], value, place, source)
        yield f"elif {by_id}: {value} = found"
        yield f"elif {source.named(matcher(IDENTIFIER), 'is_id')}({value}): notes.unresolved = True"
        yield f"else: {value} = notes.wrong('id', {place}, {value}, {IDENTIFIER.expected!r})"
    elif isinstance(rule, Choice) and not hooked:
        members = source.named({str(member): member for member in rule.enum}, "members")
        unknown = Step(f"(found := {members}.get({value})) is None", "enum", members_like(rule.enum))
        yield from _chain([is_string, unknown], value, place, source, f"{value} = found")
    elif isinstance(rule, Date) and not hooked:
        no_date = Step(f"(found := dates.get({value}) or read_date({value})) is None", "date", EXPECTED_DATE)
        yield from _chain([is_string, no_date], value, place, source, f"{value} = found")
    else:
        yield from _chain(steps(rule, value, source, clean="False" if hooked else "clean"), value, place, source)


def _chain(steps: Sequence[Step], value: str, place: str, source: Source, otherwise: str = "") -> Iterator[str]:
    def fail(step: Step) -> str:
        return f"{value} = notes.wrong({step.code!r}, {place}, {value}, {source.named(step.expected, 'expected')})"

    return chain(steps, fail, otherwise)
