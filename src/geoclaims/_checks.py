"""Turn rules into checks.

`breaks_of` lists the ways to break each rule. All checks are generated from these as Python source, once for each
model: here the check of objects, in `_json.reading` the reading of JSON. A valid value passes a few conditions; only an
invalid one reaches the call that notes the issue with its place.
"""

from __future__ import annotations

import datetime
import linecache
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, partial
from types import NoneType
from typing import Any, Final, NamedTuple

from geoclaims._countries import country_codes
from geoclaims._errors import WRONG, Expected, Issues, Location, Path, location_of, path_of
from geoclaims._messages import LONGEST_VALUE, PYTHON, Words, describe, indefinite, is_a, listed
from geoclaims._rules import (
    IDENTIFIER,
    LARGEST_NUMBER,
    Choice,
    Country,
    Date,
    Definition,
    Flag,
    Form,
    Invariant,
    Many,
    Nested,
    Reference,
    Rule,
    Text,
    Whole,
    definitions,
    once_for_each_model,
    unwanted,
)

ONE_ID: Final = "one id; several who act together are one group, which is an actor of its own"


class Break(NamedTuple):
    """One way in which a value can break a rule."""

    broken: str
    """An expression that is true for a value that breaks the rule in this way; those before were false for it."""
    code: str
    expected: Expected


class Source:
    """The source of one function, and the values that it refers to."""

    def __init__(self, title: str, signature: str, **names: object) -> None:
        """Begin a function with some known names; tracebacks show its source under the title."""
        self._title = title
        self._signature = signature
        self._names: dict[str, Any] = names

    def named(self, value: object, name: str = "value") -> str:
        """Write a value as source: as a literal, or as a name known to the function."""
        if type(value) in {NoneType, bool, int, str}:
            return repr(value)
        name = f"{name}_{len(self._names)}"
        self._names[name] = value
        return name

    def function(self, lines: Iterable[str]) -> Callable[..., Any]:
        """Compile the function that has these lines as its body."""
        source = "\n".join([f"def generated({self._signature}):", *indented(lines), ""])
        file = _shown(source, self._title)
        exec(compile(source, file, "exec"), self._names)  # noqa: S102 - as attrs does; made from our declarations alone
        return self._names["generated"]  # type: ignore[no-any-return]


def _shown(source: str, title: str) -> str:
    """Let tracebacks show source: return the name of its file, with a number if other source has the same title."""
    lines = source.splitlines(keepends=True)
    file, number = f"<geoclaims: {title}>", 1
    while linecache.cache.setdefault(file, entry := (len(source), None, lines, file)) != entry:
        number += 1
        file = f"<geoclaims: {title} ({number})>"
    return file


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Indent lines of source by one level."""
    return (f"    {line}" for line in lines)


def breaks_of(
    rule: Rule, value: str, source: Source, *, is_element: bool = False, clean: str = "False", words: Words = PYTHON
) -> list[Break]:
    """List what can break the rule of a single value.

    Args:
        rule: Any rule but `Many`.
        value: The name of the variable that holds the value.
        source: The function that will contain the checks.
        is_element: Whether the value is one of several in a field.
        clean: An expression that is true if no string can have a control character or surrogate.
        words: What messages call values.
    """
    match rule:
        case Flag():
            return [Break(f"type({value}) is not bool", "type", f"{words.true} or {words.false}")]
        case Whole(expected):
            outside = f"not 0 <= {value} <= {LARGEST_NUMBER}"
            return [
                Break(f"type({value}) is not int", "type", _whole(expected)),
                Break(outside, "range", f"a number from 0 to {LARGEST_NUMBER}"),
            ]
        case Choice(enum):
            return [Break(f"type({value}) is not {source.named(enum, enum.__name__)}", "type", _member_of(enum))]
        case Date(model):
            wrong_type = f"type({value}) is not {source.named(model, model.__name__)}"
            return [Break(wrong_type, "type", _made_by(model))]
        case Nested(models):
            wrong_type = f"type({value}) not in {source.named(models, 'models')}"
            return [Break(wrong_type, "type", listed(indefinite(model.__name__) for model in models))]
        case _:
            return [
                not_a_string(rule, value, is_element=is_element),
                *_breaks_of_string(rule, value, source, clean),
            ]


def not_a_string(rule: Rule, value: str, *, is_element: bool) -> Break:
    """Make the check of the type of a single value that is a string."""
    is_id = isinstance(rule, Reference)
    expected: Expected = (an_id if is_element else _one_id) if is_id else "a string"
    return Break(f"type({value}) is not str", "type", expected)


def _breaks_of_string(rule: Rule, value: str, source: Source, clean: str) -> list[Break]:
    match rule:
        case Text(allowed):
            unfit = source.named(re.compile(unwanted(allowed)).search, "unfit")
            return [
                # A printable string has no such character, and `isprintable` is faster than the search.
                Break(f"not ({clean} or {value}.isprintable()) and {unfit}({value})", "text", _allowed_by(rule)),
                Break(f"not {value} or {value}.isspace()", "empty", "text that is not empty or only white space"),
            ]
        case Form(code, _, expected):
            return [Break(f"not {source.named(matcher(rule), 'matches')}({value})", code, expected)]
        case Country(expected):
            unknown = f"{value} not in {source.named(country_codes(), 'countries')}"
            return [Break(unknown, "country", lambda value: expected + _country_meant(value))]
        case _:
            return _breaks_of_string(IDENTIFIER, value, source, clean)


def matcher(form: Form) -> Callable[[str], object]:
    """Compile the pattern of a form."""
    return re.compile(form.possessive).fullmatch


def chain(breaks: Iterable[Break], fail: Callable[[Break], str], otherwise: str = "") -> Iterator[str]:
    """Write checks one after the other; the value fails at the first that finds the rule broken."""
    word = "if"
    for each in breaks:
        yield f"{word} {each.broken}: {fail(each)}"
        word = "elif"
    if otherwise:
        yield f"else: {otherwise}"


def checks_of_many(rule: Many, values: str, place: str, notes: str) -> Iterator[str]:
    """Write the checks of a sequence as a whole, once its elements are checked."""
    if rule.least:
        yield f"if len({values}) < {rule.least}: {notes}.wrong('empty', {place}, {values}, 'at least {rule.least}')"
    if rule.unique:
        right = f"type({values})(without_duplicates({notes}, {place}, {values}))"
        yield f"if len({values}) > 1 and len(set({values})) != len({values}): {values} = {right}"
    if isinstance(rule.item, Reference) and not rule.item.itself:
        yield f"if id_ in {values}: note_self_reference({notes}, {place}, id_, {values})"


def without_duplicates(notes: Issues, place: Location, values: Iterable[Any]) -> list[Any]:
    """Note repeated values of a tuple, and return the valid ones."""
    right: list[Any] = []
    seen: set[Any] = {WRONG}
    for index, value in enumerate(values):
        if value in seen and value is not WRONG:
            message = f"found {describe(value)} again, expected each value once"
            notes.note("duplicate", path_of((place, index)), message)
        right.append(WRONG if value in seen else value)
        seen.add(value)
    return right


def note_self_reference(notes: Issues, place: Location, id: object, references: object) -> None:
    """Note each reference in a field, single or several, that leads to its own object."""
    if type(id) is not str:
        return
    if references == id:
        notes.wrong("self_ref", place, references, "the id of something else")
    for index, reference in enumerate(references if isinstance(references, list | tuple) else ()):
        if reference == id:
            notes.wrong("self_ref", (place, index), reference, "the id of something else")


CHECKS_OF_MANY: Final[Mapping[str, object]] = {
    "without_duplicates": without_duplicates,
    "note_self_reference": note_self_reference,
}
"""The functions that `checks_of_many` and `check_of_self_reference` refer to."""


def check_of_self_reference(rule: Rule, value: str, place: str, notes: str) -> Iterator[str]:
    """Write the check that the single reference of a field does not lead to its owner, if the rule forbids that."""
    if isinstance(rule, Reference) and not rule.itself:
        yield f"if id_ == {value}: note_self_reference({notes}, {place}, id_, {value})"


# The list of issues is made when the first is noted, so that a valid object does not pay for it.
_NOTES: Final = "(notes := notes or Issues(instance))"


def _without(values: Sequence[Any], index: int) -> list[Any]:
    """Replace an element that breaks its rule by `WRONG`; the elements are copied once, however many are wrong."""
    right = values if isinstance(values, list) else list(values)
    right[index] = WRONG
    return right


@once_for_each_model
def check_of(model: type[Any]) -> Callable[[Any], None]:
    """Make the check of an object of a model, which raises the `ValidationError` that lists all that is wrong."""
    source = Source(f"check {model.__name__}", "instance", Issues=Issues, without=_without, **CHECKS_OF_MANY)
    lines = ["notes = None"]
    for field in definitions(model).values():
        lines += _check_field(field, source)
    invariant: Invariant | None = model._invariant  # noqa: SLF001 - no name for users
    if invariant:
        arguments = ", ".join(f"{name}_" for name in invariant.fields)
        lines.append(
            f"for finding in {source.named(invariant.broken, 'invariant')}({arguments}): {_NOTES}.note(*finding)"
        )
    lines.append("if notes: notes.raise_if_any()")
    return source.function(lines)


def _check_field(field: Definition, source: Source) -> Iterator[str]:
    value = f"{field.name}_"
    place = f"((), {field.name!r})"
    yield f"{value} = instance.{field.name}"
    lines = [*_check(field.rule, value, place, source), *check_of_self_reference(field.rule, value, place, _NOTES)]
    if field.required:
        yield from lines
        return
    # A default is valid. Defaults are singletons, so they are compared by identity.
    yield f"if {value} is not {source.named(field.default, 'default')}:"
    yield from indented(lines)


def _check(rule: Rule, value: str, place: str, source: Source) -> Iterator[str]:
    def fail(broken: Break) -> str:
        expected = source.named(broken.expected, "expected")
        return f"{value} = {_NOTES}.wrong({broken.code!r}, {place}, {value}, {expected})"

    def fail_element(broken: Break) -> str:
        expected = source.named(broken.expected, "expected")
        noted = f"{_NOTES}.wrong({broken.code!r}, ({place}, index), item, {expected})"
        return f"{noted}; {value} = without({value}, index)"

    if not isinstance(rule, Many):
        yield from chain(breaks_of(rule, value, source), fail)
        return
    of_many = Break(f"type({value}) is not tuple", "type", partial(_list_or_tuple, rule.item))
    yield from chain([of_many], fail)
    yield "else:"
    yield f"    for index, item in enumerate({value}):"
    yield from indented(indented(chain(breaks_of(rule.item, "item", source, is_element=True), fail_element)))
    yield from indented(checks_of_many(rule, value, place, _NOTES))


def checked(rule: Rule, value: Any, path: Path, issues: Issues) -> Any:
    """Return a single value if it keeps a rule; otherwise note what is wrong with it and return `WRONG`."""
    return _check_of_value(type(rule).__name__, rule)(value, location_of(path), issues)


@cache
def _check_of_value(kind: str, rule: Rule) -> Callable[..., Any]:
    """Make the check of a single value; the kind distinguishes rules that are equal as tuples."""
    source = Source(f"check {kind}", "value, place, notes")

    def fail(broken: Break) -> str:
        return f"return notes.wrong({broken.code!r}, place, value, {source.named(broken.expected, 'expected')})"

    return source.function([*chain(breaks_of(rule, "value", source), fail), "return value"])


def an_id(value: object) -> str:
    """Say what belongs in the place of something that is not a string but where a reference belongs."""
    id = _id_of(value)
    return "an id" if id is None else f"its id, {describe(id)}"


def _one_id(value: object) -> str:
    """Say the same where the reference is the only one of its field, so that people may have given several."""
    if not (is_a(value, list) or is_a(value, tuple)) or not value:
        return an_id(value)
    (first, *others) = value
    if others:
        return ONE_ID
    return f"the id without a list, {describe(first)}" if type(first) is str else an_id(first)


def _id_of(value: object) -> str | None:
    """Return the id of an object, or of its JSON; None if it has none."""
    id = dict.get(value, "id") if is_a(value, dict) else getattr(value, "id", None)
    return id if type(id) is str else None


def _list_or_tuple(item: Rule, value: object) -> str:
    """Say what belongs in the place of a value that is not a list, where a list of values under a rule belongs."""
    id = _id_of(value)
    if isinstance(item, Reference) and id is not None:
        return f"a list or tuple of ids, such as [{describe(id)}]"
    is_one = type(value) is str and len(value) <= LONGEST_VALUE and not isinstance(item, Nested)
    return f"a list or tuple, such as [{describe(value)}]" if is_one else "a list or tuple"


def _made_by(model: type[Any]) -> Callable[[object], str]:
    """Make the function that says what makes a date of a value."""

    def expected(value: object) -> str:
        makers: dict[type[Any], str] = {
            str: "parse makes of a text",
            datetime.date: "of makes of a datetime.date",
            datetime.datetime: "of makes of its date()",
        }
        how = f", as {model.__name__}.{makers[type(value)]}" if type(value) in makers else ""
        return f"{indefinite(model.__name__)}{how}"

    return expected


def _whole(otherwise: str) -> Callable[[object], str]:
    """Make the function that says how a whole number is written, or what to do with one that is not whole."""

    def expected(value: object) -> str:
        if type(value) is float and value.is_integer() and 0 <= value <= LARGEST_NUMBER:
            return f"a whole number, written as {value:.0f}"
        number = re.fullmatch(r"([0-9]+)[.,]([0-9]+)", value) if type(value) is str else None
        if number and len(number[2]) == 3:  # 5,000 is five or five thousand
            return "a whole number, in digits alone"
        if number and not number[2].strip("0"):
            return f"a whole number, written as {number[1]}"
        is_broken = number or (type(value) is float and not value.is_integer())
        return f"a whole number{otherwise if is_broken else ''}"

    return expected


def _member_of(enum: type[StrEnum]) -> Callable[[object], str]:
    """Make the function that names the member with a plain string as its value, or all members."""

    def expected(value: object) -> str:
        meant = [member for member in enum if type(value) is str and member == value]
        return listed(f"{enum.__name__}.{member.name}" for member in meant or enum)

    return expected


def _allowed_by(rule: Text) -> Callable[[str], str]:
    """Make the function that names the first forbidden character of a text."""

    def expected(value: str) -> str:
        return rule.expected + _where(next(re.finditer(unwanted(rule.allowed), value)), rule)

    return expected


def _where(unfit: re.Match[str], rule: Text) -> str:
    """Name a forbidden character, its position, and the mistake that it usually comes from."""
    where = f"; U+{ord(unfit[0]):04X} is at position {unfit.start()}"
    if unfit[0] == "\r" and not re.match(unwanted(rule.allowed), "\n"):
        return f"{where}: write Windows line ends, '\\r\\n', as '\\n'"
    if not "\x80" <= unfit[0] <= "\x9f":
        return where
    before = unfit.string[max(0, unfit.start() - 3) : unfit.start()]
    if re.search("[\xc2-\xf4][\x80-\xbf]{0,2}$", before):
        encoding = "UTF-8"
    elif unfit[0] in "\x81\x8d\x8f\x90\x9d":  # Windows-1252 does not use these bytes
        return where
    else:
        encoding = "Windows-1252"
    return f"{where}: this text is probably {encoding} that was read as Latin-1"


def _country_meant(value: str) -> str:
    """Suggest the code that equals a value but for case, or that of the country with this code of two letters.

    Nothing else is guessed, since UK is not a typo of UKR.
    """
    if len(value) not in {2, 3} or not value.isascii():
        return ""
    capitals = value.upper()
    for code, of_two_letters in country_codes().items():
        if capitals in {code, of_two_letters}:
            return f"; did you mean {describe(code)}?"
    return ""
