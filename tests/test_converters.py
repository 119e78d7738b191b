from __future__ import annotations

import datetime
import importlib
import inspect
import linecache
import re
import sys
import traceback
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from types import CodeType, FrameType
from typing import Any, get_args

import attrs
import cattrs
import pytest
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.strategies import configure_tagged_union, include_subclasses
from hypothesis import given

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

DOSSIER = Dossier("A", [CLAIM, ANSWER, REMARK], 7, "case", ARTICLE, ANSWER, PartialDate(2025), {"a": ARTICLE.actors[1]})


def configured(make: Callable[[], cattrs.BaseConverter] = cattrs.Converter) -> cattrs.BaseConverter:
    converter = make()
    configure_converter(converter)
    return converter


@every_converter
@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_converter_reads_and_writes_what_the_functions_do(
    make: Callable[[], cattrs.BaseConverter], value: geoclaims.Statement
) -> None:
    converter = configured(make)
    assert converter.unstructure(value) == to_dict(value)
    assert converter.structure(to_dict(value), type(value)) == value


@given(articles())
def test_a_converter_reads_and_writes_any_article(article: Article) -> None:
    converter = make_converter()
    assert converter.unstructure(article) == to_dict(article)
    assert converter.structure(to_dict(article), Article) == article


@pytest.mark.parametrize("name", ["json", "orjson", "msgspec"])
def test_a_preconfigured_converter_reads_and_writes_text(name: str) -> None:
    converter: Any = configured(partial(preconfigured, name))
    for value in (*VALUES, DOSSIER):
        assert converter.loads(converter.dumps(value), type(value)) == value


@every_converter
def test_types_of_geoclaims_stand_in_a_users_class(make: Callable[[], cattrs.BaseConverter]) -> None:
    converter = configured(make)
    data = converter.unstructure(DOSSIER)
    assert data["claims"] == [to_dict(CLAIM), to_dict(ANSWER), to_dict(REMARK)]
    assert (data["source"], data["first"], data["since"]) == (to_dict(ARTICLE), to_dict(ANSWER), "2025")
    assert (data["pages"], data["type"]) == (7, "case")
    assert converter.structure(data, Dossier) == DOSSIER


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


CLAIM_OR_ANSWER: Any = Allegation | Denial
UNIONS: list[Any] = [
    Statement | Allegation,
    Statement | Denial,
    Allegation | Denial,
    Denial | Allegation,
    Statement | Allegation | Denial,
]


@every_converter
@pytest.mark.parametrize("union", UNIONS, ids=str)
def test_a_union_of_statements_is_read_by_the_key_that_names_the_type(
    make: Callable[[], cattrs.BaseConverter], union: Any
) -> None:
    converter = configured(make)
    for value in (CLAIM, ANSWER, REMARK):
        if type(value) in get_args(union):
            assert converter.structure(to_dict(value), union) == value
            assert converter.structure([to_dict(value)], list[union]) == [value]
            assert converter.structure(to_dict(value), union | None) == value
            assert converter.unstructure(value, unstructure_as=union) == to_dict(value)
    assert converter.structure(None, union | None) is None


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


@pytest.mark.parametrize("data", [1, "a", None, [], {}, {"schema_version": "2.0"}, {**to_dict(ARTICLE), "id": " "}])
def test_what_is_wrong_is_the_error_that_the_functions_raise(data: Any) -> None:
    with pytest.raises(ValidationError) as expected:
        geoclaims.from_dict(data)
    with pytest.raises(ValidationError) as caught:
        make_converter().structure(data, Article)
    assert caught.value.issues == expected.value.issues


@pytest.mark.parametrize("kind", [ActorKind, DenialKind, PartialDate])
@pytest.mark.parametrize("data", ["State", 1, None, "", "2025-02-30"])
def test_a_value_that_is_wrong_is_an_issue_as_it_is_in_an_article(kind: type[Any], data: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        make_converter().structure(data, kind)
    code = "type" if type(data) is not str else "date" if kind is PartialDate else "enum"
    (issue,) = caught.value.issues
    assert (issue.code, issue.path) == (code, ())
    assert issue.message.startswith(f"found {'null' if data is None else repr(data)}, expected ")


def test_values_are_read_and_written_by_themselves() -> None:
    converter = make_converter()
    assert converter.structure("state", ActorKind) is ActorKind.STATE
    assert converter.structure("outright", DenialKind) is DenialKind.OUTRIGHT
    assert converter.structure("2025-04", PartialDate) == PartialDate(2025, 4)
    written = converter.unstructure([ActorKind.STATE, DenialKind.OUTRIGHT, PartialDate(2025, 4)])
    assert written == ["state", "outright", "2025-04"]
    assert [type(value) for value in written] == [str, str, str]


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
    messages = cattrs.transform_error(caught.value)
    assert len(messages) == 3


def test_without_details_the_first_error_is_raised_as_it_is() -> None:
    data = make_converter().unstructure(DOSSIER)
    data["claims"][1]["content"] = ""
    with pytest.raises(ValidationError, match=r"\$\.content"):
        configured(partial(cattrs.Converter, detailed_validation=False)).structure(data, Dossier)


# A user's own hooks. Each reads what geoclaims would refuse, or writes what it would not.


def upper_kind(data: Any, kind: Any) -> Any:
    return kind(data.lower())


def written_date(data: Any, _: Any) -> PartialDate:
    return PartialDate.parse(data)


def counted(data: Any, _: Any) -> Quantity:
    number, unit = data.split()
    return Quantity(minimum=int(number), unit=unit)


def listed(data: Any, _: Any) -> Span:
    return Span(*data)


def named(data: Any, _: Any) -> Actor:
    return Actor(id=data.lower(), name=data)


def trimmed(data: Any, _: Any) -> str:
    assert isinstance(data, str)
    return data.strip()


def numeric(data: Any, _: Any) -> int:
    return int(data)


def yes(data: Any, _: Any) -> bool:
    return bool(data == "yes")


def claimed(data: Any, _: Any) -> Allegation:
    return Allegation(id=data[0], speaker="lin", content=data[1], accused=["china"])


def denied(data: Any, _: Any) -> Denial:
    return Denial(id=data["id"], speaker="china", content=data["content"], denies=["s1"])


def said(data: Any, _: Any) -> Statement:
    return Statement(id=data, speaker="lin", content="Something.")


def change(path: str, value: Any) -> dict[str, Any]:
    """The article's JSON with another value at a path."""
    data = to_dict(ARTICLE)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = data
    for step in steps:
        place = place[step]
    place[last] = value
    return data


def replaced(path: str, value: Any) -> Article:
    """The article with another value at a path, read without any hook."""
    return geoclaims.from_dict(change(path, value))


def without_hooks(data: dict[str, Any]) -> Article | None:
    """The article as it is read without any hook, if it is."""
    try:
        return geoclaims.from_dict(data)
    except ValidationError:
        return None


READERS: list[tuple[Any, Callable[[Any, Any], Any], dict[str, Any], Article]] = [
    (str, trimmed, change("actors.0.name", " China "), ARTICLE),
    (str, trimmed, change("statements.0.speaker", "lin\n"), ARTICLE),
    (int, numeric, change("statements.0.quantities.0.minimum", "155"), ARTICLE),
    (bool, yes, change("actors.1.anonymous", "yes"), replaced("statements.0.quantities.0.approximate", value=False)),
    (PartialDate, written_date, change("published", "9 April 2025"), ARTICLE),
    (PartialDate, written_date, change("statements.0.date", "April 2025"), ARTICLE),
    (ActorKind, upper_kind, change("actors.0.kind", "STATE"), ARTICLE),
    (DenialKind, upper_kind, change("statements.1.kind", "Outright"), ARTICLE),
    (
        Quantity,
        counted,
        change("statements.0.quantities", ["155 citizens"]),
        replaced("statements.0.quantities.0", {"minimum": 155, "unit": "citizens"}),
    ),
    (Span, listed, change("statements.0.spans", [[0, 3, MARK]]), ARTICLE),
    (
        Actor,
        named,
        change("actors", ["China", "Lin"]),
        replaced("actors", [{"id": "china", "name": "China"}, {"id": "lin", "name": "Lin"}]),
    ),
    (
        Denial,
        denied,
        change("statements.1", {"type": "denial", "id": "s2", "content": "No."}),
        replaced(
            "statements.1", {"type": "denial", "id": "s2", "speaker": "china", "content": "No.", "denies": ["s1"]}
        ),
    ),
    (
        Statement,
        said,
        change("statements", ["s1", "s2"]),
        replaced(
            "statements",
            [{"type": "statement", "id": id, "speaker": "lin", "content": "Something."} for id in ("s1", "s2")],
        ),
    ),
    (Article, lambda _, __: ARTICLE, {"any": "thing"}, ARTICLE),
]


def register_class(converter: cattrs.BaseConverter, type_: Any, hook: Any) -> None:
    converter.register_structure_hook(type_, hook)


def register_predicate(converter: cattrs.BaseConverter, type_: Any, hook: Any) -> None:
    converter.register_structure_hook_func(lambda each: each is type_, hook)


def register_factory(converter: cattrs.BaseConverter, type_: Any, hook: Any) -> None:
    converter.register_structure_hook_factory(lambda each: each is type_, lambda _: hook)


def in_each_way(cases: list[Any], ways: list[Callable[..., None]]) -> list[Any]:
    """Each case with each way to register its hook, where cattrs looks for such hooks at all."""
    return [
        pytest.param(way, case, id=f"{way.__name__}-{case[0].__name__}-{number}")
        for number, case in enumerate(cases)
        for way in ways
        if way is ways[0] or not issubclass(case[0], str | int)  # for these it finds that of the class first
    ]


@each_sort_of_converter
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("register", "case"),
    in_each_way(READERS, [register_class, register_predicate, register_factory]),
)
def test_a_users_hook_reads_its_type_wherever_it_stands(
    make: Callable[[], cattrs.BaseConverter],
    when: str,
    register: Callable[..., None],
    case: tuple[Any, Any, dict[str, Any], Article],
) -> None:
    type_, hook, data, expected = case
    converter = make()
    if when == "before":
        register(converter, type_, hook)
    configure_converter(converter)
    if when == "after":
        converter.structure(to_dict(ARTICLE), Article)  # the hooks that were there are in use
        register(converter, type_, hook)
    assert converter.structure(data, Article) == expected
    assert without_hooks(data) != expected


def test_a_users_hook_for_one_kind_of_statements_reads_it_in_unions() -> None:
    converter = make_converter()
    converter.register_structure_hook(Denial, denied)
    data = {"type": "denial", "id": "s2", "content": "China sends none."}
    plain = attrs.evolve(ANSWER, kind=DenialKind.UNSPECIFIED)
    types: list[Any] = [Denial, Statement, CLAIM_OR_ANSWER, Statement | Denial | None]
    for type_ in types:
        assert converter.structure(data, type_) == plain
    assert converter.structure(to_dict(CLAIM), CLAIM_OR_ANSWER) == CLAIM


def test_a_users_hook_is_held_to_the_rules() -> None:
    converter = make_converter()
    converter.register_structure_hook(str, lambda data, _: str(data))
    with pytest.raises(ValidationError) as caught:
        converter.structure(change("actors.0.name", ""), Article)
    assert [(issue.code, issue.json_path) for issue in caught.value.issues] == [("empty", "$.actors[0].name")]


def test_a_users_hook_may_give_what_its_type_is_not() -> None:
    converter = make_converter()
    converter.register_structure_hook(PartialDate, lambda *_: datetime.date(2025, 4, 9))
    with pytest.raises(ValidationError) as caught:
        converter.structure(to_dict(ARTICLE), Article)
    assert {issue.code for issue in caught.value.issues} == {"type"}


def test_errors_of_a_users_hook_that_are_not_ours_are_left_alone() -> None:
    converter = make_converter()
    converter.register_structure_hook(Actor, lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        converter.structure(to_dict(ARTICLE), Article)


def test_errors_of_a_users_hook_that_are_ours_have_its_place() -> None:
    converter = make_converter()
    converter.register_structure_hook(Actor, lambda data, _: Actor(id=data["id"], name=data["name"].strip()))
    with pytest.raises(ValidationError) as caught:
        converter.structure(change("actors.1.name", " "), Article)
    assert [(issue.code, issue.json_path) for issue in caught.value.issues] == [("empty", "$.actors[1].name")]


def test_a_users_hook_is_not_asked_of_what_is_missing() -> None:
    asked: list[Any] = []

    def noted(data: Any, _: Any) -> Any:
        asked.append(data)
        return data

    converter = make_converter()
    converter.register_structure_hook(str, noted)
    with pytest.raises(ValidationError) as caught:
        converter.structure({"role": "minister"}, Actor)
    assert [(issue.code, issue.json_path) for issue in caught.value.issues] == [
        ("missing", "$.id"),
        ("missing", "$.name"),
    ]
    assert asked == ["minister"]


def test_a_hook_for_int_is_none_for_bool() -> None:
    converter = make_converter()
    converter.register_structure_hook(int, numeric)
    assert converter.structure(to_dict(ARTICLE), Article) == ARTICLE
    with pytest.raises(ValidationError):
        converter.structure(change("actors.1.anonymous", 1), Article)


def test_a_hook_for_str_is_none_for_enumerations() -> None:
    converter = make_converter()
    converter.register_structure_hook(str, lambda data, _: data.lower())
    with pytest.raises(ValidationError):
        converter.structure(change("actors.0.kind", "STATE"), Article)


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_a_user_lets_cattrs_generate_for_a_class_is_a_hook_of_the_users(when: str) -> None:
    converter = cattrs.Converter()

    def register() -> None:
        reader = make_dict_structure_fn(Actor, converter, name=override(rename="label"))
        writer = make_dict_unstructure_fn(Actor, converter, name=override(rename="label"), _cattrs_omit_if_default=True)
        converter.register_structure_hook(Actor, reader)
        converter.register_unstructure_hook(Actor, writer)

    if when == "before":
        register()
    configure_converter(converter)
    if when == "after":
        register()
    data = converter.unstructure(ARTICLE)
    assert data["actors"][0] == {"id": "china", "label": "China", "kind": "state"}
    assert converter.structure(data, Article) == ARTICLE


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_users_tagged_union_wins(when: str) -> None:
    converter = cattrs.Converter()
    if when == "after":
        configure_converter(converter)
    configure_tagged_union(CLAIM_OR_ANSWER, converter, tag_name="sort")
    configure_converter(converter)
    assert converter.unstructure(CLAIM, unstructure_as=CLAIM_OR_ANSWER)["sort"] == "Allegation"
    with pytest.raises(KeyError, match="nothing"):  # as cattrs says it
        converter.structure({"sort": "nothing"}, CLAIM_OR_ANSWER)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_users_hook_for_a_union_wins(when: str) -> None:
    converter = cattrs.Converter()
    if when == "after":
        configure_converter(converter)
    converter.register_structure_hook(CLAIM_OR_ANSWER, lambda *_: ANSWER)
    if when == "before":
        configure_converter(converter)
    assert converter.structure("anything", CLAIM_OR_ANSWER) == ANSWER
    assert converter.structure(to_dict(CLAIM), UNIONS[0]) == CLAIM


GENERAL: dict[str, Callable[[Any], bool]] = {
    "classes of attrs": attrs.has,
    "enumerations": lambda each: isinstance(each, type) and issubclass(each, StrEnum),
    "classes": lambda each: isinstance(each, type),
    "whatever there is": lambda _: True,
}


@pytest.mark.parametrize("general", GENERAL)
@pytest.mark.parametrize("as_factory", [False, True])
def test_a_hook_that_serves_other_classes_too_is_none_for_ours_unless_it_is_registered_later(
    general: str,
    as_factory: bool,  # noqa: FBT001
) -> None:
    def reads(converter: cattrs.BaseConverter) -> None:
        if as_factory:
            converter.register_structure_hook_factory(GENERAL[general], lambda _: lambda *_: "anything")
        else:
            converter.register_structure_hook_func(GENERAL[general], lambda *_: "anything")

    converter = cattrs.Converter()
    reads(converter)
    configure_converter(converter)
    assert converter.structure(to_dict(ACTOR), Actor) == ACTOR
    assert converter.structure("2025-04", PartialDate) == PartialDate(2025, 4)
    reads(converter)
    found: object = converter.structure(to_dict(ACTOR), Actor)
    assert found == (ACTOR if general == "enumerations" else "anything")


class Kind(StrEnum):
    """A user's enumeration with the members of ours."""

    STATE = "state"
    UNKNOWN = "unknown"


def test_a_hook_for_a_class_that_is_like_ours_is_none_for_ours() -> None:
    look_alike = attrs.make_class("Actor", {"id": attrs.field(type=str), "name": attrs.field(type=str)}, frozen=True)
    converter = cattrs.Converter()
    for type_ in (look_alike, Kind, StrEnum, Checked, datetime.date):
        converter.register_structure_hook(type_, lambda *_: None)
        converter.register_unstructure_hook(type_, lambda _: None)
    configure_converter(converter)
    document = to_dict(ARTICLE)
    assert converter.structure(document, Article) == ARTICLE
    assert converter.unstructure(ARTICLE) == document
    assert converter.structure({}, look_alike) is None


# Without our hooks


@given(articles())
def test_stock_cattrs_reads_a_right_article_right_or_raises(article: Article) -> None:
    try:
        found = cattrs.structure(to_dict(article), Article)
    except Exception:  # noqa: BLE001 - in any way it likes
        return
    assert found == article
    assert [type(each) for each in found.statements] == [type(each) for each in article.statements]


def test_stock_cattrs_reads_all_three_kinds_of_the_article_that_ships() -> None:
    article = geoclaims.load_article()
    assert cattrs.structure(to_dict(article), Article) == article


def test_stock_cattrs_writes_what_each_kind_has() -> None:
    written = cattrs.unstructure(ARTICLE)["statements"]
    assert (written[0]["accused"], written[1]["denies"], written[1]["kind"]) == (["china"], ["s1"], "outright")
    assert all("accused" not in each and "denies" not in each for each in written[2:])
    assert cattrs.structure(cattrs.unstructure(ARTICLE.statements[0]), Allegation).accused == ("china",)


def test_msgspec_without_our_help_raises() -> None:
    msgspec = pytest.importorskip("msgspec")
    with pytest.raises(TypeError):
        msgspec.convert(to_dict(geoclaims.load_article()), Article)


# Code that is made


@pytest.mark.parametrize("action", ["read", "write"])
def test_a_traceback_through_code_that_is_made_shows_its_source(action: str) -> None:
    def fail(*_: object) -> Any:
        raise RuntimeError("a user's hook")

    converter = make_converter()
    if action == "read":
        converter.register_structure_hook(str, fail)
    else:
        converter.register_unstructure_hook(str, fail)
    through: dict[str, Callable[[], Any]] = {
        "read": lambda: converter.structure(to_dict(ACTOR), Actor),
        "write": lambda: converter.unstructure(ACTOR),
    }
    with pytest.raises(RuntimeError) as caught:
        through[action]()
    frames = traceback.extract_tb(caught.value.__traceback__)
    (generated,) = [frame for frame in frames if frame.filename.startswith("<geoclaims")]
    assert generated.filename.startswith(f"<geoclaims: {action} Actor")
    assert generated.line is not None
    assert "hook" in generated.line


def test_every_line_of_the_code_that_is_made_can_be_looked_up() -> None:
    seen: set[CodeType] = set()

    def note(frame: FrameType, *_: object) -> None:
        if frame.f_code.co_filename.startswith("<geoclaims"):
            seen.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        geoclaims.from_dict(to_dict(ARTICLE))
        attrs.evolve(ARTICLE)
        attrs.evolve(ACTOR)
        geoclaims.Span.find("We deny it.", "deny")
    finally:
        sys.setprofile(before)
    files = {re.sub(r" \([0-9]+\)>", ">", code.co_filename) for code in seen}
    assert {f"<geoclaims: {action} Article>" for action in ("read", "write", "check")} <= files
    assert {f"<geoclaims: {action} Actor>" for action in ("read", "write", "check")} <= files
    assert "<geoclaims: check Text>" in files
    lines = {(code.co_filename, line) for code in seen for *_, line in code.co_lines() if line}
    last = [(code, max(line for *_, line in code.co_lines() if line)) for code in seen]
    assert all(linecache.getline(file, line).strip() for file, line in lines)
    # Debuggers show the whole function.
    assert all(inspect.getsource(code).count("\n") >= line for code, line in last)


def test_what_a_hook_returns_that_is_nothing_of_the_type_is_an_issue_at_its_place() -> None:
    converter = make_converter()
    converter.register_structure_hook(Actor, lambda *_: "Ada")
    with pytest.raises(ValidationError) as caught:
        converter.structure(to_dict(ARTICLE), Article)
    first = caught.value.issues[0]
    assert (first.code, first.json_path) == ("type", "$.actors[0]")
    assert first.message.endswith("found 'Ada', expected an Actor")


def test_functions_of_one_title_each_show_their_own_source() -> None:
    def fail(*_: object) -> Any:
        raise RuntimeError("a user's hook")

    def frame_of(type_: type) -> traceback.FrameSummary:
        converter = make_converter()
        converter.register_unstructure_hook(type_, fail)
        with pytest.raises(RuntimeError) as caught:
            converter.unstructure(ACTOR)
        frames = traceback.extract_tb(caught.value.__traceback__)
        (generated,) = [frame for frame in frames if frame.filename.startswith("<geoclaims")]
        return generated

    strings, kinds, strings_again = frame_of(str), frame_of(ActorKind), frame_of(str)
    assert len({strings.filename, kinds.filename}) == 2
    for frame in (strings, kinds):  # the first of a title has no number
        assert re.fullmatch(r"<geoclaims: write Actor(?: \((?:[2-9]|[1-9][0-9]+)\))?>", frame.filename)
    assert strings.filename == strings_again.filename, "nothing piles up"
    for frame in (strings, kinds):
        assert frame.lineno is not None
        # Both are looked up once more, when the other has been made as well.
        assert linecache.getline(frame.filename, frame.lineno).strip() == frame.line
        assert "hook" in str(frame.line)


def test_cattrs_may_include_subclasses() -> None:
    converter = make_converter()
    include_subclasses(Statement, converter)
    for value in (CLAIM, ANSWER, REMARK):
        assert converter.structure(converter.unstructure(value), Statement) == value


def shouted(value: str) -> str:
    return value.upper()


WRITERS: list[tuple[Any, Callable[[Any], Any], str, Any]] = [
    (str, str.upper, "actors.0.name", "CHINA"),
    (str, shouted, "statements.2.about.1", "S1"),
    (int, str, "statements.0.quantities.0.minimum", "155"),
    (bool, int, "statements.0.quantities.0.approximate", 1),
    (PartialDate, lambda date: date.earliest.toordinal(), "published", datetime.date(2025, 4, 9).toordinal()),
    (ActorKind, lambda kind: kind.name, "actors.0.kind", "STATE"),
    (DenialKind, lambda kind: kind.name, "statements.1.kind", "OUTRIGHT"),
    (Quantity, str, "statements.0.quantities.0", "at least about 155 citizens"),
    (Span, lambda span: [span.start, span.end], "statements.0.spans.0", [0, 3]),
    (Actor, lambda actor: actor.name, "actors.1", "Lin"),
    (Allegation, lambda claim: claim.content, "statements.0", "China sends troops."),
    (Denial, lambda denial: denial.id, "statements.1", "s2"),
    (Statement, lambda statement: statement.id, "statements.2", "s3"),
]


def write_class(converter: cattrs.BaseConverter, type_: Any, hook: Any) -> None:
    converter.register_unstructure_hook(type_, hook)


def write_predicate(converter: cattrs.BaseConverter, type_: Any, hook: Any) -> None:
    converter.register_unstructure_hook_func(lambda each: each is type_, hook)


def write_factory(converter: cattrs.BaseConverter, type_: Any, hook: Any) -> None:
    converter.register_unstructure_hook_factory(lambda each: each is type_, lambda _: hook)


@each_sort_of_converter
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("register", "case"),
    in_each_way(WRITERS, [write_class, write_predicate, write_factory]),
)
def test_a_users_hook_writes_its_type_wherever_it_stands(
    make: Callable[[], cattrs.BaseConverter],
    when: str,
    register: Callable[..., None],
    case: tuple[Any, Any, str, Any],
) -> None:
    type_, hook, path, expected = case
    converter = make()
    if when == "before":
        register(converter, type_, hook)
    configure_converter(converter)
    if when == "after":
        converter.unstructure(ARTICLE)
        register(converter, type_, hook)
    written = converter.unstructure(ARTICLE)
    for step in path.split("."):
        written = written[int(step) if step.isdigit() else step]
    assert written == expected


def test_a_users_hook_for_an_article_writes_it() -> None:
    converter = make_converter()
    converter.register_unstructure_hook(Article, lambda article: article.id)
    assert converter.unstructure([ARTICLE]) == ["example"]


def test_a_field_declared_as_a_statement_is_written_by_the_hook_of_its_kind() -> None:
    converter = make_converter()
    converter.register_unstructure_hook(Denial, lambda denial: denial.id)
    assert converter.unstructure(ANSWER, unstructure_as=Statement) == "s2"
    assert converter.unstructure(CLAIM, unstructure_as=Statement) == to_dict(CLAIM)


@pytest.mark.parametrize(("value", "shown"), [(3, "3"), (None, "null"), (cattrs.Converter, "a value of type type")])
def test_what_is_no_converter_cannot_be_configured(value: Any, shown: str) -> None:
    with pytest.raises(TypeError, match=f"found {shown}, expected a converter of cattrs"):
        configure_converter(value)


@every_converter
def test_a_users_subclass_keeps_its_fields(make: Callable[[], cattrs.BaseConverter]) -> None:
    converter = configured(make)
    checked = Checked(id="s1", speaker="lin", content="Something.", date=PartialDate(2025), verdict="open")
    data = converter.unstructure(checked)
    assert (data["verdict"], data["date"]) == ("open", "2025")
    assert converter.unstructure(checked, unstructure_as=Statement) == data
    assert converter.structure(data, Checked) == checked


@every_converter
def test_references_must_lead_to_what_a_hook_has_made(make: Callable[[], cattrs.BaseConverter]) -> None:
    converter = configured(make)
    converter.register_structure_hook(Actor, lambda data, _: Actor(id=f"{data['id']}-2", name=data["name"]))
    with pytest.raises(ValidationError) as caught:
        converter.structure(to_dict(ARTICLE), Article)
    assert {issue.code for issue in caught.value.issues} == {"dangling_ref"}


@every_converter
def test_a_converter_may_be_configured_twice(make: Callable[[], cattrs.BaseConverter]) -> None:
    converter = configured(make)
    converter.register_structure_hook(Actor, named)
    configure_converter(converter)
    assert converter.unstructure(ARTICLE) == to_dict(ARTICLE)
    assert converter.structure(change("actors", ["China", "Lin"]), Article).actors[0].name == "China"


@every_converter
def test_a_copy_of_a_converter_is_configured_too(make: Callable[[], cattrs.BaseConverter]) -> None:
    original = configured(make)
    copy = original.copy()
    copy.register_structure_hook(Actor, named)
    copy.register_unstructure_hook(Actor, lambda actor: actor.name)
    data = copy.unstructure(ARTICLE)
    assert data["actors"] == ["China", "Lin"]
    assert copy.structure(data, Article).actors == (Actor(id="china", name="China"), Actor(id="lin", name="Lin"))
    assert copy.structure(to_dict(CLAIM), CLAIM_OR_ANSWER) == CLAIM
    assert original.structure(original.unstructure(ARTICLE), Article) == ARTICLE
    with pytest.raises(ValidationError):
        original.structure(data, Article)


def test_a_converter_that_makes_tuples_of_classes_knows_no_unions_of_its_own() -> None:
    converter = configured(partial(cattrs.Converter, unstruct_strat=cattrs.UnstructureStrategy.AS_TUPLE))
    assert converter.unstructure(ARTICLE) == to_dict(ARTICLE)
    assert converter.structure(to_dict(ANSWER), CLAIM_OR_ANSWER) == ANSWER


def test_two_converters_have_nothing_in_common() -> None:
    one, other = make_converter(), make_converter()
    one.register_structure_hook(str, lambda data, _: str(data).strip())
    data = change("actors.0.name", " China")
    assert one.structure(data, Article) == ARTICLE
    assert other.structure(data, Article).actors[0].name == " China"
    assert geoclaims.from_dict(data).actors[0].name == " China"
