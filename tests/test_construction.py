"""Construction in Python and reading of builtins answer alike, whatever they are given."""

from __future__ import annotations

import copy
import datetime
import enum
import json
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any, NamedTuple
from unittest import mock

import attrs
import pytest
from hypothesis import given, strategies as st

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    PartialDate,
    Statement,
    ValidationError,
    from_dict,
    from_json,
    to_dict,
    to_json,
    write_jsonl,
)
from tests.places import ARTICLE, DOCUMENT, ONCE, changed, issues, places
from tests.subclasses import Items, Number, Text

ALLEGATION = ARTICLE.allegations[0]
PARTS: list[Any] = [ARTICLE.actors[0], *ARTICLE.statements[:3], ALLEGATION.quantities[0], ALLEGATION.spans[0]]
MODELS: list[Any] = [attrs.evolve(ARTICLE, text=None), *PARTS]
COMMON = {field.name for field in attrs.fields(Statement)}
# Each field once: allegations and denials have those of statements too.
OWN: list[tuple[Any, set[str]]] = [
    (each, {field.name for field in attrs.fields(type(each))} - (COMMON if type(each).__base__ is Statement else set()))
    for each in MODELS
]
# These hold what is a string in JSON alone: a date or a member of an enumeration.
OBJECTS = {"published", "date", "event_date", "event_end", "kind"}


def answer(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
    """What a function gives, or the error that it may raise."""
    try:
        return function(*arguments, **keywords)
    except ValidationError as error:
        return error


def made(instance: Any, **changes: Any) -> Any:
    """An object made anew, with some fields changed."""
    return type(instance)(**{**attrs.asdict(instance, recurse=False), **changes})


class Colour(enum.StrEnum):
    STATE = "state"


class Count(enum.IntEnum):
    SIX = 6


class Pair(NamedTuple):
    one: str = "a"
    two: str = "b"


def circular(kind: type[Any]) -> Any:
    value = kind()
    value["self" if kind is dict else slice(0, 0)] = value if kind is dict else [value]
    return value


def deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    return value


# What is of none of the types that belong in any field or in JSON, or only looks like it.
ODD: dict[str, Callable[[], Any]] = {
    "object": object,
    "mock of str": lambda: mock.Mock(spec=str),
    "mock of dict": lambda: mock.MagicMock(spec=dict),
    "mock": mock.MagicMock,
    "another enumeration": lambda: Colour.STATE,
    "numbers of an enumeration": lambda: Count.SIX,
    "kind of string": lambda: Text("a"),
    "kind of number": lambda: Number(1),
    "bytes": lambda: b"a",
    "bytearray": lambda: bytearray(b"a"),
    "memoryview": lambda: memoryview(b"a"),
    "datetime": lambda: datetime.datetime(2025, 4, 9, tzinfo=datetime.UTC),
    "date": lambda: datetime.date(2025, 4, 9),
    **{str(each): partial(copy.copy, each) for each in (Decimal(1), 1j, float("nan"), float("inf"), range(3))},
    "generator": lambda: (x for x in "a"),
    "endless": lambda: iter(lambda: {"id": "a", "name": "A"}, None),
    **{kind.__name__: partial(kind, "a") for kind in (set, frozenset)},
    "mapping": lambda: MappingProxyType({"a": 1}),
    "namespace": lambda: SimpleNamespace(id="a", name="A"),
    "class": lambda: Actor,
    "enumeration": lambda: ActorKind,
    "module": lambda: json,
    "function": lambda: circular,
    "ellipsis": lambda: ...,
    "not implemented": lambda: NotImplemented,
}


# What constructors take, and JSON has not.
IN_PYTHON: list[Any] = [("a",), PartialDate(2025), ActorKind.STATE, ARTICLE.actors[0], ARTICLE]


@pytest.mark.parametrize("odd", [*ODD, *range(len(IN_PYTHON))])
def test_reading_refuses_an_odd_value_at_every_place(odd: str | int) -> None:
    for path in [(), *ONCE]:
        value = ODD[odd]() if isinstance(odd, str) else IN_PYTHON[odd]
        assert issues(from_dict, changed(path, value)) == [("type", path)]


def test_reading_refuses_kinds_of_strings_and_numbers_also_where_they_equal_what_belongs_there() -> None:
    kinds: dict[type[Any], Callable[[Any], Any]] = {str: Text, int: Number}
    for path, value in places():
        if kind := kinds.get(type(value)):
            assert issues(from_dict, changed(path, kind(value))) == [("type", path)]


@pytest.mark.parametrize(
    "odd", [lambda: circular(dict), lambda: circular(list), deep, lambda: 10**5000, lambda: 10**10000], ids=range(5)
)
def test_reading_does_not_look_into_what_does_not_belong(odd: Callable[[], Any]) -> None:
    value = odd()
    assert issues(from_dict, DOCUMENT | {"x": value, "title": value}) == [("type", ("title",)), ("unknown_key", ("x",))]
    for path in [(), *ONCE]:
        found = issues(from_dict, changed(path, value))
        assert found == [("type", path)] or [place for _, place in found if place[: len(path)] != path] == []


def test_reading_takes_subclasses_of_dict_and_list_for_what_they_hold() -> None:
    def converted(value: Any, dictionary: Callable[[dict[str, Any]], Any], array: Callable[[list[Any]], Any]) -> Any:
        if isinstance(value, dict):
            return dictionary({key: converted(member, dictionary, array) for key, member in value.items()})
        return array([converted(member, dictionary, array) for member in value]) if isinstance(value, list) else value

    for dictionary in (OrderedDict, lambda value: defaultdict(list, value)):
        for array in (list, Items):
            assert from_dict(converted(DOCUMENT, dictionary, array)) == ARTICLE
            wrong = converted(DOCUMENT | {"title": 5, "x": 1, "actors": [5]}, dictionary, array)
            assert issues(from_dict, wrong)[:2] == [("type", ("title",)), ("type", ("actors", 0))]


@pytest.mark.parametrize(
    "key", [5, None, True, float("nan"), ("a",), b"id", frozenset(), Colour.STATE, Text("x"), 10**5000], ids=range(10)
)
def test_a_key_that_is_no_string_is_told_at_the_object_that_has_it(key: object) -> None:
    assert issues(from_dict, {**DOCUMENT, key: 1}) == [("type", ())]
    assert issues(from_dict, changed(("actors", 1), {**DOCUMENT["actors"][1], key: 1})) == [("type", ("actors", 1))]


@pytest.mark.parametrize("odd", ODD)
def test_what_is_of_none_of_the_models_is_not_written(odd: str, tmp_path: Path) -> None:
    for call in (to_dict, to_json, lambda thing: write_jsonl(tmp_path / "a.jsonl", [thing])):
        with pytest.raises(TypeError, match="an Article"):
            call(ODD[odd]())


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_text_is_not_parsed(odd: str) -> None:
    if issubclass(type(ODD[odd]()), str | bytes):
        assert issues(from_json, ODD[odd]()) == [("json", ())]
    else:
        with pytest.raises(TypeError, match="JSON text"):
            from_json(ODD[odd]())


class Truth(int):
    """A truth value as other libraries have it: it is 1, and says that it is True."""

    def __repr__(self) -> str:
        return "True"


class Scalar:
    """A number as array libraries have it: no integer, but one that can be used as one wherever Python asks."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __index__(self) -> int:
        return self.value


# What is exact is a value of JSON; nothing else is, whatever it is like or says of itself.
EXACT: list[Any] = ["a", "", "a b", "x\x00", "\ud800", "2025", "state", 0, 1, -1, 2**63, 10**5000, True, False, None]
LOOKS_EXACT: list[Any] = [Colour.STATE, Count.SIX, 1.0, -0.0, (1, 2), ((),), [[]], Items([[]])]
INEXACT: list[Callable[[], Any]] = [
    *ODD.values(),
    *(partial(Text, text) for text in ("", "2025", "state")),
    *(partial(kind, number) for kind, number in ((Number, 1), (Number, -1), (Truth, 1), (Scalar, 1), (Scalar, -1))),
    *(partial(copy.copy, each) for each in LOOKS_EXACT),
    *(Pair, dict, lambda: {"id": "a"}, lambda: OrderedDict(id="a")),
]


def shapes(value: Any) -> Iterator[Any]:
    """A value, and sequences in which it stands among others."""
    yield value
    yield [value]
    yield Items([value, "b", value])


@pytest.mark.parametrize(("instance", "names"), OWN, ids=lambda each: type(each).__name__)
def test_reading_and_constructors_agree_on_every_odd_object(instance: Any, names: set[str]) -> None:
    odd_objects = [*EXACT, *(make() for make in INEXACT)]
    for name in names:
        for odd in odd_objects:
            if name in {"actors", "statements", "quantities", "spans"} and issubclass(type(odd), dict):
                continue  # what reading looks into
            for value in shapes(odd):
                if name in OBJECTS and type(value) is str:
                    continue  # whose form reading looks at
                if type(getattr(instance, name)) is tuple and type(value) in {tuple, Pair}:
                    continue  # which JSON does not have
                read = answer(from_dict, to_dict(instance) | {name: value}, type(instance))
                constructed = answer(made, instance, **{name: value})
                if isinstance(read, ValidationError):
                    assert isinstance(constructed, ValidationError)
                    assert [(each.code, each.path) for each in constructed.issues] == [
                        (each.code, each.path) for each in read.issues
                    ]
                else:
                    assert constructed == read
                    assert type(getattr(constructed, name)) is type(getattr(read, name))


@pytest.mark.parametrize("instance", MODELS, ids=lambda each: type(each).__name__)
def test_all_that_is_wrong_with_an_object_is_told_at_once_in_the_order_of_its_fields(instance: Any) -> None:
    head = {key: value for key, value in to_dict(instance).items() if key in {"schema_version", "type"}}
    for odd in (5.5, [5.5, "a", 5.5], {1}):
        fields = dict.fromkeys([field.name for field in attrs.fields(type(instance))], odd)
        expected = issues(from_dict, head | fields, type(instance))
        assert issues(type(instance), **dict(reversed(fields.items()))) == expected
        assert list(dict.fromkeys(path[0] for _, path in expected)) == [*fields]


def test_many_wrong_elements_are_counted() -> None:
    with pytest.raises(ValidationError) as caught:
        Article(id="a", actors=[5] * 1000, statements="x" * 5, title="")  # type: ignore[arg-type, list-item]
    assert [issue.json_path for issue in caught.value.issues[:2]] == ["$.title", "$.actors[0]"]
    assert (len(caught.value.issues), caught.value.omitted) == (100, 902)


def test_sequences_of_a_kind_of_their_own_are_taken_for_what_they_hold() -> None:
    assert Actor(id="a", name="A", aliases=Pair()).aliases == ("a", "b")
    assert type(Actor(id="a", name="A", aliases=Pair()).aliases) is tuple
    assert Actor(id="a", name="A", aliases=Items(["a"])).aliases == ("a",)
    assert type(Actor(id="a", name="A", aliases=Items(["a"])).aliases) is tuple
    assert issues(Actor, id="a", name="A", aliases=Items([5])) == [("type", ("aliases", 0))]


NAMES = sorted({name for _, names in OWN for name in names})
# Hypothesis shows the elements of `sampled_from`, and Python shows no integer of so many digits.
ANY_EXACT = st.integers(0, len(EXACT) - 1).map(lambda index: EXACT[index])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | ANY_EXACT,
    lambda values: (
        st.lists(values)
        | st.tuples(values)
        | st.dictionaries(st.text() | st.integers() | st.none() | st.sampled_from(NAMES), values)
    ),
    max_leaves=10,
)
HEADS: dict[Any, dict[str, Any]] = {
    Article: {"schema_version": "1.0"},
    Statement: {"type": "statement"},
    Allegation: {"type": "allegation"},
    Denial: {"type": "denial"},
}


@given(st.data(), st.sampled_from([type(instance) for instance in MODELS]))
def test_reading_anything_or_making_an_object_of_it_gives_one_or_a_validation_error(
    data: st.DataObject, model: Any
) -> None:
    fields = {each.name: each.default for each in attrs.fields(model)}
    required = {name: ANYTHING for name, default in fields.items() if default is attrs.NOTHING}
    optional = dict.fromkeys(fields.keys() - required.keys(), ANYTHING)
    arguments = data.draw(st.fixed_dictionaries(required, optional=optional))
    document = data.draw(ANYTHING | st.just(HEADS.get(model, {}) | arguments))
    for found in (answer(from_dict, document, model), answer(model, **arguments)):
        if isinstance(found, ValidationError):
            assert str(found).encode()
            assert {issue.code for issue in found.issues} & {"json", "encoding", "depth", "duplicate_key"} == set()
        else:
            assert from_dict(to_dict(found), model) == from_json(to_json(found), model) == found
