from __future__ import annotations

import importlib
import pickle
from collections.abc import Callable
from enum import StrEnum
from functools import partial, reduce
from http import HTTPMethod
from itertools import permutations
from operator import or_
from typing import Any, get_args

import attrs
import cattrs
import pytest
from cattrs.strategies import configure_tagged_union, include_subclasses
from hypothesis import example, given

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    DenialKind,
    PartialDate,
    Statement,
    ValidationError,
    configure_converter,
    load_article,
    make_converter,
    to_dict,
)
from geoclaims.corpus import LinkKind
from geoclaims.strategies import articles
from tests.conftest import imported
from tests.places import ARTICLE

STATEMENTS: Any = ARTICLE.statements
CLAIM, ANSWER, REMARK, *_ = STATEMENTS
VALUES = (ARTICLE, ARTICLE.actors[0], CLAIM, ANSWER, REMARK, CLAIM.quantities[0], CLAIM.spans[0])


def preconfigured(name: str) -> cattrs.Converter:
    imported(name)
    converter: cattrs.Converter = importlib.import_module(f"cattrs.preconf.{name}").make_converter()
    return converter


CONVERTERS: dict[str, Callable[[], cattrs.BaseConverter]] = {
    "Converter": cattrs.Converter,
    "BaseConverter": cattrs.BaseConverter,
    "without details": partial(cattrs.Converter, detailed_validation=False),
    "forbidding": partial(cattrs.Converter, forbid_extra_keys=True),
    "omitting": partial(cattrs.Converter, omit_if_default=True),
    "preferring converters": partial(cattrs.Converter, prefer_attrib_converters=True),
    "json": partial(preconfigured, "json"),
    "orjson": partial(preconfigured, "orjson"),
    "msgspec": partial(preconfigured, "msgspec"),
}
every_converter = pytest.mark.parametrize("make", CONVERTERS.values(), ids=CONVERTERS.keys())


@attrs.frozen(kw_only=True)
class Checked(Statement):
    """A user's own kind of statement."""

    verdict: str


# A `BaseConverter` does not do it.
attrs.resolve_types(Checked)


@attrs.define
class Dossier:
    """A user's own class, with the types of geoclaims in it."""

    title: str
    claims: list[Statement]
    pages: int = 0
    type: str = "dossier"
    source: Article | None = None
    first: Allegation | Denial | None = None
    since: PartialDate | None = None
    who: dict[str, Actor] = attrs.field(factory=dict)


attrs.resolve_types(Dossier)

CLAIM_OR_ANSWER: Any = Allegation | Denial
UNIONS: list[Any] = [
    reduce(or_, kinds) for number in (2, 3) for kinds in permutations((Statement, Allegation, Denial), number)
]
BY_THEMSELVES: dict[Any, str] = {
    ActorKind.STATE: "state",
    DenialKind.OUTRIGHT: "outright",
    LinkKind.SAME: "same",
    PartialDate(2025, 4): "2025-04",
}
DOSSIER = Dossier("A", [CLAIM, ANSWER, REMARK], 7, "case", ARTICLE, ANSWER, PartialDate(2025), {"a": ARTICLE.actors[1]})


def configured(make: Callable[[], cattrs.BaseConverter] = cattrs.Converter) -> cattrs.BaseConverter:
    converter = make()
    configure_converter(converter)
    return converter


@every_converter
def test_a_converter_and_a_copy_of_it_do_what_the_functions_do(make: Callable[[], cattrs.BaseConverter]) -> None:
    once, twice = configured(make), configured(make)
    configure_converter(twice)
    checked = Checked(id="s1", speaker="lin", content="Something.", date=PartialDate(2025), verdict="open")
    for converter in (once, twice, once.copy()):
        for value in VALUES:
            assert converter.unstructure(value) == to_dict(value)
            assert converter.structure(to_dict(value), type(value)) == value
        for value, written in BY_THEMSELVES.items():
            assert (converter.unstructure(value), type(converter.unstructure(value))) == (written, str)
            assert converter.structure(written, type(value)) == value
        data = converter.unstructure(DOSSIER)
        assert data["claims"] == [to_dict(CLAIM), to_dict(ANSWER), to_dict(REMARK)]
        assert (data["source"], data["first"], data["since"]) == (to_dict(ARTICLE), to_dict(ANSWER), "2025")
        assert (data["pages"], data["type"]) == (7, "case")
        assert converter.structure(data, Dossier) == DOSSIER
        for union in UNIONS:
            for value in (CLAIM, ANSWER, REMARK):
                if type(value) in get_args(union):
                    assert converter.structure([to_dict(value)], list[union]) == [value]  # type: ignore[valid-type]
                    assert converter.structure(to_dict(value), union | None) == value
                    assert converter.unstructure(value, unstructure_as=union) == to_dict(value)
            assert converter.structure(None, union | None) is None
        assert converter.structure(converter.unstructure(checked), Checked) == checked
        assert converter.unstructure(checked)["date"] == "2025"
        as_text: Any = converter
        for thing in (*VALUES, DOSSIER) if hasattr(as_text, "loads") else ():
            assert as_text.loads(as_text.dumps(thing), type(thing)) == thing


@every_converter
def test_no_other_type_is_read_in_another_way(make: Callable[[], cattrs.BaseConverter]) -> None:
    def read(converter: cattrs.BaseConverter, data: Any, type_: Any) -> object:
        try:
            return converter.structure(data, type_)
        except Exception as error:  # noqa: BLE001 - whatever it is, both must raise it
            return type(error)

    cases = [(5, str), ("6", int), (True, int), ("ab", tuple[str, ...]), ({"a": "1"}, dict[str, int])]
    for data, type_ in [*cases, ("GET", HTTPMethod), ("get", HTTPMethod)]:
        assert read(make(), data, type_) == read(configured(make), data, type_)
    assert make().unstructure(HTTPMethod.GET) == configured(make).unstructure(HTTPMethod.GET)


def codes_of(data: Any, type_: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    with pytest.raises(ValidationError) as caught:
        make_converter().structure(data, type_)
    return [(issue.code, issue.path) for issue in caught.value.issues]


def test_a_union_says_what_is_wrong() -> None:
    assert codes_of(to_dict(REMARK), CLAIM_OR_ANSWER) == [("tag", ("type",))]
    for union in UNIONS:
        untyped = {key: value for key, value in to_dict(CLAIM).items() if key != "type"}
        assert codes_of(untyped, union) == [("missing", ("type",))]
        assert codes_of(None, union) == [("type", ())]
        own = next(each for each in (CLAIM, ANSWER) if type(each) in get_args(union))
        assert codes_of({**to_dict(own), "id": "-"}, union) == [("id", ("id",))]


@pytest.mark.parametrize("kind", [*map(type, BY_THEMSELVES)])
@pytest.mark.parametrize("data", ["State", 1, None, "", "2025-02-30"])
def test_a_value_that_is_wrong_is_an_issue_as_it_is_in_an_article(kind: type[Any], data: Any) -> None:
    code = "type" if type(data) is not str else "date" if kind is PartialDate else "enum"
    assert codes_of(data, kind) == [(code, ())]


def leaves(error: BaseException) -> list[BaseException]:
    """The errors in a group, however deep."""
    return (
        [leaf for part in error.exceptions for leaf in leaves(part)] if isinstance(error, ExceptionGroup) else [error]
    )


def test_errors_within_a_users_class_are_those_of_cattrs_with_ours_inside() -> None:
    data = make_converter().unstructure(DOSSIER)
    data["claims"][1]["denies"] = ["s2"]
    data["claims"][2]["content"] = ""
    data["source"]["actors"][1]["on_behalf_of"] = "chna"
    with pytest.raises(cattrs.ClassValidationError) as caught:
        make_converter().structure(data, Dossier)
    found = [error for error in leaves(caught.value) if isinstance(error, ValidationError)]
    assert [[(issue.code, issue.json_path) for issue in error.issues] for error in found] == [
        [("self_ref", "$.denies[0]")],
        [("empty", "$.content")],
        [("dangling_ref", "$.actors[1].on_behalf_of")],
    ]
    assert len(cattrs.transform_error(caught.value)) == 3
    with pytest.raises(ValidationError, match=r"^\$\.actors\[1\]\.on_behalf_of: "):
        configured(CONVERTERS["without details"]).structure(data, Dossier)


# A user's own hooks, which write each type in a way that only they can read.


def pickled(value: Any) -> str:
    return pickle.dumps(value).hex()


def unpickled(data: str, _: Any) -> Any:
    return pickle.loads(bytes.fromhex(data))  # noqa: S301 - our own


def by_class(converter: cattrs.BaseConverter, type_: Any, write: Any = pickled, read: Any = unpickled) -> None:
    converter.register_unstructure_hook(type_, write)
    converter.register_structure_hook(type_, read)


def by_predicate(converter: cattrs.BaseConverter, type_: Any) -> None:
    converter.register_unstructure_hook_func(lambda each: each is type_, pickled)
    converter.register_structure_hook_func(lambda each: each is type_, unpickled)


def by_factory(converter: cattrs.BaseConverter, _: Any) -> None:
    """Register a hook that serves other classes too."""
    converter.register_unstructure_hook_factory(lambda each: isinstance(each, type), lambda _: pickled)
    converter.register_structure_hook_factory(lambda each: isinstance(each, type), lambda _: unpickled)


EACH_TYPE: dict[Any, Any] = {type(value): value for value in (*VALUES, *BY_THEMSELVES)}


@pytest.mark.parametrize("make", [cattrs.Converter, cattrs.BaseConverter])
@pytest.mark.parametrize("type_", EACH_TYPE, ids=lambda type_: type_.__name__)
def test_a_users_hook_that_is_registered_later_wins_and_one_that_was_there_before_is_replaced(
    make: Callable[[], cattrs.BaseConverter], type_: Any
) -> None:
    value, written = EACH_TYPE[type_], pickled(EACH_TYPE[type_])
    holder = attrs.make_class("Holder", {"one": attrs.field(type=type_), "many": attrs.field(type=list[type_])})
    # For enumerations of strings cattrs looks at no predicate, since it has a hook for strings.
    for register in (by_class,) if issubclass(type_, StrEnum) else (by_class, by_predicate, by_factory):
        late, early = configured(make), make()
        assert late.unstructure([ARTICLE, DOSSIER, *VALUES])  # the hooks that were there are in use
        register(late, type_)
        assert (late.unstructure(value), late.structure(written, type_)) == (written, value)
        if register is not by_factory:
            assert late.unstructure(holder(value, [value])) == {"one": written, "many": [written]}
            assert late.structure({"one": written, "many": [written]}, holder) == holder(value, [value])
        if register is not by_class or issubclass(type_, StrEnum):  # cattrs prefers classes to predicates
            register(early, type_)
            configure_converter(early)
            ours = make_converter().unstructure(value)
            assert (early.unstructure(value), early.structure(ours, type_)) == (ours, value)


@every_converter
def test_nobodys_hook_reaches_inside_an_article_actor_or_statement(make: Callable[[], cattrs.BaseConverter]) -> None:
    def fail(*_: object) -> Any:
        raise AssertionError("a hook was asked")

    for value in VALUES:
        converter = configured(make)
        for type_ in {*EACH_TYPE, str, int, bool, list} - {type(value)}:
            if type_ not in type(value).__mro__:  # cattrs takes the hook of a class for its subclasses
                by_class(converter, type_, fail, fail)
        assert converter.unstructure(value) == to_dict(value)
        assert converter.structure(to_dict(value), type(value)) == value


def test_of_hooks_for_a_union_the_later_one_wins() -> None:
    converter = cattrs.Converter()
    for union in (CLAIM_OR_ANSWER, UNIONS[0]):
        converter.register_structure_hook(union, lambda *_: REMARK)
    configure_converter(converter)
    assert converter.structure(to_dict(CLAIM), UNIONS[0]) == CLAIM
    assert converter.structure(to_dict(CLAIM), CLAIM_OR_ANSWER) == CLAIM
    configure_tagged_union(CLAIM_OR_ANSWER, converter, tag_name="sort")
    assert converter.unstructure(CLAIM, unstructure_as=CLAIM_OR_ANSWER)["sort"] == "Allegation"
    with pytest.raises(KeyError, match="nothing"):  # as cattrs says it
        converter.structure({"sort": "nothing"}, CLAIM_OR_ANSWER)


def test_cattrs_may_include_subclasses() -> None:
    converter = make_converter()
    include_subclasses(Statement, converter)
    for value in (CLAIM, ANSWER, REMARK):
        assert converter.structure(converter.unstructure(value), Statement) == value


def test_a_converter_that_makes_tuples_of_classes_knows_no_unions_of_its_own() -> None:
    converter = configured(partial(cattrs.Converter, unstruct_strat=cattrs.UnstructureStrategy.AS_TUPLE))
    assert converter.unstructure(ARTICLE) == to_dict(ARTICLE)
    assert converter.structure(to_dict(ANSWER), CLAIM_OR_ANSWER) == ANSWER


def test_two_converters_and_the_copies_of_one_have_nothing_in_common() -> None:
    one = make_converter()
    for other in (make_converter(), one.copy()):
        by_class(other, Denial)
        assert other.unstructure(ANSWER) == pickled(ANSWER)
        assert other.unstructure(ARTICLE) == one.unstructure(ARTICLE) == to_dict(ARTICLE)
        assert one.unstructure(ANSWER) == to_dict(ANSWER)
        assert one.structure(to_dict(ANSWER), Denial) == ANSWER


@pytest.mark.parametrize("value", [3, None, cattrs.Converter])
def test_what_is_no_converter_cannot_be_configured(value: Any) -> None:
    with pytest.raises(TypeError, match="expected a converter of cattrs"):
        configure_converter(value)


# Without our hooks


@given(articles())
@example(load_article())
def test_stock_cattrs_reads_a_right_article_right_or_raises(article: Article) -> None:
    try:
        found = cattrs.structure(to_dict(article), Article)
    except Exception:  # noqa: BLE001 - in any way it likes
        assert article != load_article()
        return
    assert found == article
    assert [type(each) for each in found.statements] == [type(each) for each in article.statements]


def test_stock_cattrs_writes_what_each_kind_has() -> None:
    claim, answer, remark, *_ = cattrs.unstructure(ARTICLE)["statements"]
    assert (claim["accused"], answer["denies"], answer["kind"]) == (["sudria", "club"], ["TRUE"], "blame_shift")
    assert not {"accused", "denies"} & set(remark)
    assert cattrs.structure(cattrs.unstructure(CLAIM), Allegation) == CLAIM


def test_msgspec_without_our_help_raises() -> None:
    msgspec = imported("msgspec")
    with pytest.raises(TypeError):
        msgspec.convert(to_dict(ARTICLE), Article)
