from __future__ import annotations

import datetime
import importlib
import pickle
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any, get_args

import attrs
import cattrs
import pytest
from cattrs.strategies import configure_tagged_union, include_subclasses
from hypothesis import example, given

import geoclaims
from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    DenialKind,
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    configure_converter,
    make_converter,
    to_dict,
)
from geoclaims.strategies import articles

MARK = "1:3:0123456789abcdef"
CLAIM = Allegation(
    id="s1",
    speaker="lin",
    content="China sends troops.",
    date=PartialDate(2025, 4),
    quantities=[Quantity(minimum=155, unit="citizens", approximate=True)],
    spans=[Span(0, 3, MARK)],
    accused=["china"],
)
ANSWER = Denial(id="s2", speaker="china", content="China sends none.", denies=["s1"], kind=DenialKind.OUTRIGHT)
REMARK = Statement(id="s3", speaker="lin", content="The talks go on.", about=["china", "s1"])
ARTICLE = Article(
    id="example",
    published=PartialDate(2025, 4, 9),
    actors=[
        Actor(id="china", name="China", kind=ActorKind.STATE),
        Actor(id="lin", name="Lin", on_behalf_of="china", anonymous=True),
    ],
    statements=[CLAIM, ANSWER, REMARK],
)
ACTOR = ARTICLE.actors[0]
VALUES = (ARTICLE, ACTOR, CLAIM, ANSWER, REMARK, CLAIM.quantities[0], CLAIM.spans[0])


def preconfigured(name: str, **options: bool) -> cattrs.Converter:
    module = pytest.importorskip(name)
    assert module is not None
    preconf = importlib.import_module(f"cattrs.preconf.{name}")
    converter: cattrs.Converter = preconf.make_converter(**options)
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
each_sort_of_converter = pytest.mark.parametrize("make", [cattrs.Converter, cattrs.BaseConverter])


class Colour(StrEnum):
    RED = "red"


@attrs.define
class Other:
    """A user's own class that has nothing to do with geoclaims."""

    name: str
    number: int
    colour: Colour
    names: tuple[str, ...]


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
    Statement | Allegation,
    Statement | Denial,
    CLAIM_OR_ANSWER,
    Denial | Allegation,
    Statement | Allegation | Denial,
]
BY_THEMSELVES: dict[Any, str] = {
    ActorKind.STATE: "state",
    DenialKind.OUTRIGHT: "outright",
    PartialDate(2025, 4): "2025-04",
}
DOSSIER = Dossier("A", [CLAIM, ANSWER, REMARK], 7, "case", ARTICLE, ANSWER, PartialDate(2025), {"a": ARTICLE.actors[1]})


def configured(make: Callable[[], cattrs.BaseConverter] = cattrs.Converter) -> cattrs.BaseConverter:
    converter = make()
    configure_converter(converter)
    return converter


@every_converter
def test_a_converter_and_a_copy_of_it_read_and_write_what_the_functions_do(
    make: Callable[[], cattrs.BaseConverter],
) -> None:
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


@pytest.mark.parametrize("name", ["json", "orjson", "msgspec"])
def test_a_preconfigured_converter_reads_and_writes_text(name: str) -> None:
    converter: Any = configured(partial(preconfigured, name))
    for value in (*VALUES, DOSSIER):
        assert converter.loads(converter.dumps(value), type(value)) == value


@every_converter
def test_no_other_type_is_read_in_another_way(make: Callable[[], cattrs.BaseConverter]) -> None:
    plain, converter = make(), configured(make)
    for data in ({"name": 5, "number": "6", "colour": "red", "names": "ab"}, {"name": "a", "number": True}):
        results: list[object] = []
        for each in (plain, converter):
            try:
                results.append(each.structure(data, Other))
            except Exception as error:  # noqa: BLE001 - whatever it is, both must raise it
                results.append(type(error))
        assert results[0] == results[1]
    other = Other("a", 1, Colour.RED, ("b",))
    assert plain.unstructure(other) == converter.unstructure(other)
    assert plain.structure("5", int) == converter.structure("5", int) == 5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (to_dict(REMARK), "tag"),
        ({**to_dict(CLAIM), "type": 5}, "type"),
        ({**to_dict(CLAIM), "type": "claim"}, "tag"),
        ({key: value for key, value in to_dict(CLAIM).items() if key != "type"}, "missing"),
        ([], "type"),
        (None, "type"),
        ({**to_dict(CLAIM), "id": "-"}, "id"),
    ],
)
def test_a_union_says_what_is_wrong(data: Any, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        make_converter().structure(data, CLAIM_OR_ANSWER)
    assert {issue.code for issue in caught.value.issues} == {code}


@pytest.mark.parametrize("kind", [ActorKind, DenialKind, PartialDate])
@pytest.mark.parametrize("data", ["State", 1, None, "", "2025-02-30"])
def test_a_value_that_is_wrong_is_an_issue_as_it_is_in_an_article(kind: type[Any], data: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        make_converter().structure(data, kind)
    code = "type" if type(data) is not str else "date" if kind is PartialDate else "enum"
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [(code, ())]


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


def by_factory(converter: cattrs.BaseConverter, type_: Any) -> None:
    converter.register_unstructure_hook_factory(lambda each: each is type_, lambda _: pickled)
    converter.register_structure_hook_factory(lambda each: each is type_, lambda _: unpickled)


EACH_TYPE: dict[Any, Any] = {type(value): value for value in (*VALUES, *BY_THEMSELVES)}
each_type = pytest.mark.parametrize("type_", EACH_TYPE, ids=lambda type_: type_.__name__)


def expect_users_hook_in_use(converter: cattrs.BaseConverter, type_: Any) -> None:
    """Fail unless a user's hook is used for a type by itself and in a user's own class."""
    value = EACH_TYPE[type_]
    written = pickled(value)
    holder = attrs.make_class("Holder", {"one": attrs.field(type=type_), "many": attrs.field(type=list[type_])})
    assert converter.unstructure(value) == written
    assert converter.structure(written, type_) == value
    assert converter.unstructure(holder(value, [value])) == {"one": written, "many": [written]}
    assert converter.structure({"one": written, "many": [written]}, holder) == holder(value, [value])


@pytest.mark.parametrize("make", [cattrs.Converter, cattrs.BaseConverter])
@each_type
def test_a_users_hook_that_is_registered_later_wins(make: Callable[[], cattrs.BaseConverter], type_: Any) -> None:
    for register in (by_class, by_predicate, by_factory):
        converter = configured(make)
        assert converter.unstructure([ARTICLE, DOSSIER, *VALUES])  # the hooks that were there are in use
        # For enumerations of strings cattrs looks at no predicate, since it has a hook for strings.
        if register is by_class or not issubclass(type_, StrEnum):
            register(converter, type_)
            expect_users_hook_in_use(converter, type_)


@each_type
def test_a_hook_that_was_there_before_is_replaced(type_: Any) -> None:
    converter = cattrs.Converter()
    (by_class if issubclass(type_, StrEnum) else by_predicate)(converter, type_)
    configure_converter(converter)
    written = make_converter().unstructure(EACH_TYPE[type_])
    assert converter.unstructure(EACH_TYPE[type_]) == written != pickled(EACH_TYPE[type_])
    assert converter.structure(written, type_) == EACH_TYPE[type_]


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


@pytest.mark.parametrize("general", [attrs.has, lambda each: isinstance(each, type), lambda _: True], ids=range(3))
def test_a_hook_that_serves_other_classes_too_is_used_for_ours_only_if_it_is_registered_later(
    general: Callable[[Any], bool],
) -> None:
    converter = cattrs.Converter()
    converter.register_structure_hook_factory(general, lambda _: lambda *_: "anything")
    configure_converter(converter)
    assert converter.structure(to_dict(ACTOR), Actor) == ACTOR
    assert converter.structure("2025-04", PartialDate) == PartialDate(2025, 4)
    converter.register_structure_hook_factory(general, lambda _: lambda *_: "anything")
    found: object = converter.structure(to_dict(ACTOR), Actor)
    assert found == "anything"


class Kind(StrEnum):
    """A user's enumeration with the members of ours."""

    STATE = "state"
    UNKNOWN = "unknown"


def test_a_hook_for_a_class_that_is_like_ours_is_none_for_ours() -> None:
    look_alike = attrs.make_class("Actor", {"id": attrs.field(type=str), "name": attrs.field(type=str)}, frozen=True)
    converter = cattrs.Converter()
    for type_ in (look_alike, Kind, StrEnum, Checked, datetime.date):
        by_class(converter, type_, lambda _: None, lambda *_: None)
    configure_converter(converter)
    document = to_dict(ARTICLE)
    assert converter.structure(document, Article) == ARTICLE
    assert converter.unstructure(ARTICLE) == document
    for type_ in (look_alike, datetime.date):
        assert converter.structure({}, type_) is None


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
        expect_users_hook_in_use(other, Denial)
        assert other.unstructure(ARTICLE) == one.unstructure(ARTICLE) == to_dict(ARTICLE)
        assert one.unstructure(ANSWER) == to_dict(ANSWER)
        assert one.structure(to_dict(ANSWER), Denial) == ANSWER


@pytest.mark.parametrize("value", [3, None, cattrs.Converter])
def test_what_is_no_converter_cannot_be_configured(value: Any) -> None:
    with pytest.raises(TypeError, match="expected a converter of cattrs"):
        configure_converter(value)


# Without our hooks


@given(articles())
@example(geoclaims.load_article())
def test_stock_cattrs_reads_a_right_article_right_or_raises(article: Article) -> None:
    try:
        found = cattrs.structure(to_dict(article), Article)
    except Exception:  # noqa: BLE001 - in any way it likes
        assert article != geoclaims.load_article()
        return
    assert found == article
    assert [type(each) for each in found.statements] == [type(each) for each in article.statements]


def test_stock_cattrs_writes_what_each_kind_has() -> None:
    claim, answer, remark = cattrs.unstructure(ARTICLE)["statements"]
    assert (claim["accused"], answer["denies"], answer["kind"]) == (["china"], ["s1"], "outright")
    assert "accused" not in remark
    assert "denies" not in remark
    assert cattrs.structure(cattrs.unstructure(CLAIM), Allegation).accused == ("china",)


def test_msgspec_without_our_help_raises() -> None:
    msgspec = pytest.importorskip("msgspec")
    with pytest.raises(TypeError):
        msgspec.convert(to_dict(ARTICLE), Article)
