from __future__ import annotations

import datetime
import inspect
from typing import Any

import attrs
import pytest
from hypothesis import example, given, strategies as st
from hypothesis.vendor.pretty import pretty

import geoclaims
from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    DenialKind,
    Issue,
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    from_json,
    load_article,
    to_json,
)
from geoclaims.corpus import Link
from geoclaims.strategies import actors, allegations, articles, denials, partial_dates, quantities, spans, statements
from tests.places import ARTICLE

MODELS = [Actor, Statement, Allegation, Denial, Article, Quantity, Span, PartialDate, Link]
SAYING, DENIAL, ACTOR = ARTICLE.statement("s4"), ARTICLE.denials[0], ARTICLE.actor("sudria")
FULL: dict[str, Any] = attrs.asdict(SAYING, recurse=False)
SPAN = SAYING.spans[0]


def issues(function: Any, **keywords: Any) -> list[tuple[str, str]]:
    """The codes and places of all that is wrong with a call."""
    with pytest.raises(ValidationError) as caught:
        function(**keywords)
    return [(issue.code, issue.json_path) for issue in caught.value.issues]


WITH_FIELDS = st.one_of(actors(), statements(), allegations(), denials(), quantities(), spans())
VALUES = WITH_FIELDS | partial_dates()
NAMES = {name: getattr(geoclaims, name) for name in geoclaims.__all__}


@given(VALUES)
@example(ACTOR)
@example(DENIAL)
@example(Statement(id="s", speaker="a", content="word " * 10_000, labels=tuple(map(str, range(1_000)))))
def test_the_repr_of_all_but_articles_is_the_whole_expression_that_makes_an_equal_one(value: Any) -> None:
    assert eval(repr(value), NAMES) == value  # noqa: S307 - the repr is ours


@pytest.mark.parametrize(
    "shown",
    [
        "Actor(id='a', name='A')",
        "Statement(id='s', speaker='a', content='c')",
        "Allegation(id='s', speaker='a', content='c', accused=('b',))",
        "Denial(id='s', speaker='a', content='c', denies=('r',))",
        "Quantity(minimum=1, unit='boats')",
        "Span(start=0, end=1, fingerprint='1:1:0123456789abcdef')",
        r"Actor(id='a', name='A\u202eB\u200d')",
    ],
)
def test_a_repr_leaves_out_defaults_and_escapes_what_does_not_print(shown: str) -> None:
    assert repr(eval(shown, NAMES)) == shown  # noqa: S307 - that is what is tested


def test_the_repr_of_an_article_counts_its_parts_and_is_no_expression() -> None:
    for number, counts in enumerate(("0 actors, 0 statements", "1 actor, 1 statement", "2 actors, 2 statements")):
        people = [Actor(id=f"a{n}", name="A") for n in range(number)]
        said = [Statement(id=f"s{n}", speaker="a0", content="c") for n in range(number)]
        assert repr(Article(id="x", actors=people, statements=said)) == f"<Article 'x': {counts}>"


@given(st.one_of(VALUES, articles()))
def test_hypothesis_prints_all_in_full(value: Any) -> None:
    assert eval(pretty(value), NAMES) == value  # noqa: S307 - the expression is ours


@given(WITH_FIELDS)
def test_rich_shows_the_fields_that_a_repr_has_and_ipython_finds_no_printer_in_the_class(value: Any) -> None:
    assert type(value)(**dict(value.__rich_repr__())) == value
    assert not callable(type(value)._repr_pretty_)


def test_rich_and_pretty_printers_show_of_a_date_and_of_an_article_what_a_repr_has() -> None:
    date = PartialDate(2025, 4)
    assert PartialDate(*date.__rich_repr__()) == date
    assert pretty(date) == repr(date) == "PartialDate(2025, 4)"
    article: Any = ARTICLE
    assert article.__rich_repr__.angular
    assert f"<Article {' '.join(map(repr, article.__rich_repr__()))}>" == repr(article)


def test_hypothesis_prints_all_in_full_in_a_class_of_somebody_elses_too() -> None:
    holder = attrs.make_class("Holder", ["article", "date"])
    held = holder(load_article(), PartialDate(2025))
    assert eval(pretty(held), {**NAMES, "Holder": holder}) == held  # noqa: S307 - the repr is ours


@pytest.mark.parametrize("model", MODELS)
def test_models_are_slotted_take_keywords_and_refuse_other_arguments_as_python_does(model: Any) -> None:
    assert "__slots__" in vars(model)
    kinds = {parameter.kind for parameter in inspect.signature(model).parameters.values()}
    both = model in {Span, PartialDate}
    assert kinds == {inspect.Parameter.POSITIONAL_OR_KEYWORD if both else inspect.Parameter.KEYWORD_ONLY}
    for wrong in ({}, {"colour": "red"}):
        with pytest.raises(TypeError):
            model(**wrong)


def test_defaults_are_none_empty_false_unknown_and_unspecified() -> None:
    for model in MODELS:
        for field in attrs.fields(model):
            flag = field.type in {bool, "bool"}  # a name until somebody asks for the types
            special = {} if model is Link else {"kind": (ActorKind.UNKNOWN, DenialKind.UNSPECIFIED)}
            allowed = special.get(field.name, (False,) if flag else (None, (), attrs.NOTHING))
            assert field.default in allowed, field.name


TUPLES = [name for name, value in FULL.items() if isinstance(value, tuple)]


@pytest.mark.parametrize("field", TUPLES)
def test_tuple_fields_take_a_list_or_tuple_and_nothing_else_and_store_a_tuple(field: str) -> None:
    given = list(FULL[field])
    statement = Statement(**{**FULL, field: given})
    given.clear()
    assert getattr(statement, field) == FULL[field]
    for value in ("abc", None, {"a": 1}, {"a"}, 5, iter(())):
        assert issues(Statement, **{**FULL, field: value}) == [("type", f"$.{field}")]


def test_attrs_evolve_checks_what_it_changes() -> None:
    assert attrs.evolve(SAYING, cue="claimed").cue == "claimed"
    assert issues(lambda: attrs.evolve(DENIAL, denies=("s2",))) == [("self_ref", "$.denies[0]")]


SAID: dict[type[Any], dict[str, Any]] = {
    Actor: {"id": "a", "name": "A"},
    Statement: FULL,
    Denial: {**FULL, "denies": ("s3",)},
    Article: {"id": "x"},
    Span: {"start": 5, "end": 9, "fingerprint": SPAN.fingerprint},
}
# By class, code and field, values that JSON does not have, wrong at the field, or the last in a tuple at its place.
WRONG: list[tuple[type[Any], str, str, list[Any]]] = [
    (Actor, "type", "kind", ["state", DenialKind.OUTRIGHT]),
    (Actor, "type", "name", [None, ActorKind.STATE]),
    (Statement, "type", "date", ["2025", datetime.date(2025, 4, 9)]),
    (Statement, "type", "quantities", [({"minimum": 1},)]),
    (Statement, "span", "spans", [(SPAN, SPAN), (Span(130, 140, SPAN.fingerprint), SPAN)]),
    (Denial, "type", "kind", ["outright", None]),
    (Article, "type", "actors", [("a",)]),
    (Article, "type", "statements", [(Actor(id="a", name="A"),)]),
    (Span, "range", "end", [2**63]),
    (Span, "span", "fingerprint", ["1:4:XYZ", ""]),
]


@pytest.mark.parametrize(("model", "code", "field", "values"), WRONG)
def test_a_field_holds_objects_of_its_own_type(model: Any, code: str, field: str, values: list[Any]) -> None:
    for value in values:
        place = f"{field}[{len(value) - 1}]" if isinstance(value, tuple) and value else field
        assert issues(model, **{**SAID[model], field: value}) == [(code, f"$.{place}")]


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Statement, {"content": "a\tb\nc", "quotes": ("x", "x")}),
        (Statement, {"spans": (SPAN, Span(SPAN.end, 140, SPAN.fingerprint))}),
        (Article, {"language": "x-own", "text": "a\rb\x01"}),
        (Actor, {"country": "XKX"}),
        *((Statement, {"event_date": date}) for date in (PartialDate(2031, 12, 31), None)),
        (Statement, {"event_end": PartialDate(2031, 1, 1)}),
    ],
)
def test_what_breaks_no_rule_is_kept_to_the_letter(model: Any, fields: dict[str, Any]) -> None:
    made = model(**{**SAID[model], **fields})
    assert {name: getattr(made, name) for name in fields} == fields


def test_all_that_is_wrong_is_told_at_once_what_concerns_several_fields_at_the_object() -> None:
    for dates in ({"event_end": PartialDate(2030, 12, 31)}, {"event_date": PartialDate(2032)}):
        assert issues(Statement, **{**FULL, **dates, "spans": (SPAN, SPAN)}) == [("range", "$"), ("span", "$.spans[1]")]
    assert issues(Span, **{**SAID[Span], "end": 5}) == [("range", "$")]
    assert issues(Actor, id="", name="") == [("id", "$.id"), ("empty", "$.name")]


def test_a_plain_string_where_a_member_belongs_is_an_error_that_names_the_member() -> None:
    kind: Any = "state"
    with pytest.raises(ValidationError, match=r"ActorKind\.STATE"):
        Actor(id="a", name="A", kind=kind)
    kind = "country"
    with pytest.raises(ValidationError, match=r"ActorKind\.PERSON, .* or ActorKind\.UNKNOWN"):
        Actor(id="a", name="A", kind=kind)


def test_a_users_own_kind_of_statement_checks_our_fields_and_is_no_part_of_an_article() -> None:
    @attrs.frozen(kw_only=True)
    class Rumour(Statement):
        heard: str

    assert Rumour(**FULL, heard="in the market").heard == "in the market"
    assert issues(Rumour, **{**FULL, "content": ""}, heard="x") == [("empty", "$.content")]
    rumour = Rumour(id="s", speaker="a", content="Words.", heard="x")
    found = issues(Article, id="x", actors=(Actor(id="a", name="A"),), statements=(rumour,))
    assert found == [("type", "$.statements[0]")]


@pytest.mark.parametrize("model", [model for model in MODELS if model is not Statement])
def test_a_final_class_refuses_a_subclass_where_it_is_written(model: Any) -> None:
    with pytest.raises(TypeError, match=f"^{model.__name__} cannot have subclasses: hold it in a field of Ship"):
        type("Ship", (model,), {})


@pytest.mark.parametrize("model", [*MODELS, Issue])
def test_the_type_of_a_field_is_a_type_and_not_the_name_of_one(model: Any) -> None:
    assert [field.name for field in attrs.fields(model) if isinstance(field.type, str | None)] == []


@pytest.mark.parametrize("value", [ACTOR, DENIAL, DENIAL.quantities[0], SPAN, ARTICLE])
def test_an_error_names_the_type_of_a_document_that_is_read_as_another(value: Any) -> None:
    right = Statement if isinstance(value, Statement) else type(value)
    for wrong in {Actor, Statement, Article, Link, Quantity, Span} - {right}:
        with pytest.raises(ValidationError, match=f"; type={right.__name__} reads an? {right.__name__.lower()} "):
            from_json(to_json(value), wrong)
    assert from_json(to_json(value), right) == value


def test_enumerations_are_strings_that_show_themselves_as_one_writes_them() -> None:
    for kind in (*ActorKind, *DenialKind):
        assert repr(kind) == f"{type(kind).__name__}.{f'{kind}'.upper()}"
