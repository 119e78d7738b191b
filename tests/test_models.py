from __future__ import annotations

import copy
import datetime
import inspect
import pickle
import re
import subprocess
import sys
from pathlib import Path
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
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    load_article,
)
from geoclaims._rules import Choice, Flag, Many, definitions
from geoclaims.strategies import actors, allegations, articles, denials, partial_dates, quantities, spans, statements

MODELS = [Actor, Statement, Allegation, Denial, Article, Quantity, Span, PartialDate]
SPAN = Span.of("He said: we deny it.", 9, 19)
FULL: dict[str, Any] = {
    "id": "s1",
    "speaker": "a",
    "content": "Words.\nMore words.",
    "quotes": ("we deny it",),
    "cue": "said",
    "date": PartialDate(2025, 4, 9),
    "event_date": PartialDate(2025),
    "event_end": PartialDate(2025, 3),
    "event_place": "Donetsk",
    "about": ("a", "b"),
    "confirms": ("s3",),
    "reported_by": ("b",),
    "quantities": (Quantity(minimum=6, maximum=6, unit="soldiers"),),
    "basis": "intelligence reports",
    "appearances": ("https://example.org/posts/7",),
    "labels": ("x",),
    "spans": (SPAN,),
}
INSTANCES: list[Any] = [
    Actor(id="a", name="A"),
    Actor(
        id="a",
        name="A",
        kind=ActorKind.PERSON,
        role="spokesman",
        on_behalf_of="b",
        country="CHN",
        anonymous=True,
        aliases=("B",),
        same_as=("https://www.wikidata.org/entity/Q148",),
    ),
    Statement(**FULL),
    Allegation(**FULL, accused=("a", "b")),
    Denial(**FULL, denies=("s2",), kind=DenialKind.NO_EVIDENCE),
    Quantity(minimum=0, unit="x", approximate=True),
    SPAN,
    Article(
        id="x",
        title="T",
        publisher="P",
        annotator="N",
        url="https://news.example/1",
        archived_at="http://archive.example/1",
        published=PartialDate(2025, 4),
        language="en-GB",
        actors=(Actor(id="a", name="A"), Actor(id="b", name="B")),
        statements=(Statement(**FULL), Statement(id="s3", speaker="b", content="More.")),
        text="He said: we deny it.",
    ),
]


def issues(function: Any, **keywords: Any) -> list[tuple[str, str]]:
    """The codes and places of all that is wrong with a call."""
    with pytest.raises(ValidationError) as caught:
        function(**keywords)
    return [(issue.code, issue.json_path) for issue in caught.value.issues]


def name_of(value: Any) -> str:
    return type(value).__name__


@pytest.mark.parametrize("instance", INSTANCES, ids=name_of)
def test_objects_are_equal_and_hash_alike_by_their_values(instance: Any) -> None:
    twin = type(instance)(**{field.name: getattr(instance, field.name) for field in attrs.fields(type(instance))})
    assert twin == instance
    assert twin is not instance
    assert hash(twin) == hash(instance)


@pytest.mark.parametrize("instance", INSTANCES, ids=name_of)
def test_objects_survive_pickle_copy_and_deepcopy(instance: Any) -> None:
    for twin in (pickle.loads(pickle.dumps(instance)), copy.copy(instance), copy.deepcopy(instance)):  # noqa: S301
        assert twin == instance
        assert type(twin) is type(instance)


@pytest.mark.parametrize("instance", INSTANCES, ids=name_of)
def test_objects_cannot_be_changed(instance: Any) -> None:
    for field in attrs.fields(type(instance)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(instance, field.name, getattr(instance, field.name))
    with pytest.raises(AttributeError):
        instance.another = 1
    assert not hasattr(instance, "__dict__")


WITH_FIELDS = st.one_of(actors(), statements(), allegations(), denials(), quantities(), spans())
VALUES = WITH_FIELDS | partial_dates()
NAMES = {name: getattr(geoclaims, name) for name in geoclaims.__all__}


@given(VALUES)
@example(INSTANCES[1])
@example(Denial(**FULL, denies=("s2",), kind=DenialKind.NO_EVIDENCE))
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


@given(articles())
@example(Article(id="x", actors=[Actor(id="a", name="A")]))
def test_the_repr_of_an_article_counts_its_parts_and_is_no_expression(article: Article) -> None:
    numbers = re.fullmatch(r"<Article '(.*)': (\d+) actors?, (\d+) statements?>", repr(article))
    assert numbers is not None
    assert numbers.groups() == (article.id, str(len(article.actors)), str(len(article.statements)))
    assert ("1 actor," in repr(article)) == (len(article.actors) == 1)


@given(st.one_of(VALUES, articles()))
def test_hypothesis_prints_all_in_full(value: Any) -> None:
    assert eval(pretty(value), NAMES) == value  # noqa: S307 - the expression is ours


def test_hypothesis_prints_a_field_a_line_without_defaults_and_a_class_by_its_name() -> None:
    assert pretty(Quantity(minimum=1, unit="x")) == "Quantity(minimum=1, unit='x')"
    name = "x" * 100
    assert pretty(Actor(id="n", name=name, aliases=list("ab"))) == (
        f"Actor(\n    id='n',\n    name='{name}',\n    aliases=('a', 'b'))"
    )
    # Older releases of Hypothesis show a class with its module.
    assert re.sub(r"[\w.]+\.", "", pretty([Quantity, Statement])) == "[Quantity, Statement]"


@pytest.mark.parametrize("model", [Actor, Statement, Allegation, Denial, Article, Quantity, Span])
def test_ipython_finds_no_printer_in_the_class_and_shows_the_repr(model: Any) -> None:
    assert not callable(model._repr_pretty_)


@given(WITH_FIELDS)
def test_rich_shows_the_fields_that_a_repr_has(value: Any) -> None:
    assert type(value)(**dict(value.__rich_repr__())) == value


def test_rich_and_pretty_printers_show_of_a_date_what_a_repr_has() -> None:
    date = PartialDate(2025, 4)
    assert PartialDate(*date.__rich_repr__()) == date
    assert pretty(date) == repr(date) == "PartialDate(2025, 4)"


def test_pytest_shows_what_differs_between_two_statements_or_articles(tmp_path: Path) -> None:
    file = tmp_path / "test_claims.py"
    file.write_text(
        "from geoclaims import load_article\n"
        "ARTICLE = load_article()\n"
        "OTHER = ARTICLE.with_changes('troops-sent', cue='asserted')\n"
        "def test_statements(): assert ARTICLE.statement('troops-sent') == OTHER.statement('troops-sent')\n"
        "def test_articles(): assert ARTICLE == OTHER\n"
    )
    command = [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(file)]
    shown = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path).stdout
    assert "cue: 'accused' != 'asserted'" in shown
    assert re.search(r"At index 1 diff: .*id='troops-sent'.*cue='accused'.* != .*cue='asserted'", shown)


def test_hypothesis_prints_all_in_full_in_a_class_of_somebody_elses_too() -> None:
    holder = attrs.make_class("Holder", ["article", "date"])
    held = holder(load_article(), PartialDate(2025))
    assert eval(pretty(held), {**NAMES, "Holder": holder}) == held  # noqa: S307 - the repr is ours


def test_rich_shows_of_an_article_what_a_repr_has_in_angle_brackets() -> None:
    article = Article(id="x", actors=[Actor(id="a", name="A")])
    assert article.__rich_repr__.angular  # type: ignore[attr-defined]
    assert f"<Article {' '.join(map(repr, article.__rich_repr__()))}>" == repr(article)


@pytest.mark.parametrize("model", MODELS)
def test_models_are_slotted_and_frozen_attrs_classes(model: Any) -> None:
    assert attrs.has(model)
    assert "__slots__" in vars(model)
    assert model.__hash__ is not None


@pytest.mark.parametrize("model", [Actor, Statement, Allegation, Denial, Article, Quantity])
def test_models_take_keywords_only(model: Any) -> None:
    parameters = inspect.signature(model).parameters.values()
    assert {parameter.kind for parameter in parameters} == {inspect.Parameter.KEYWORD_ONLY}


def test_spans_and_dates_take_positions_too() -> None:
    assert Span(9, 19, SPAN.fingerprint) == SPAN == Span(start=9, end=19, fingerprint=SPAN.fingerprint)
    assert PartialDate(2025, 4) == PartialDate(year=2025, month=4)


@pytest.mark.parametrize("model", [Actor, Statement, Allegation, Denial, Article, Quantity, Span, PartialDate])
def test_missing_and_unknown_arguments_are_pythons_own_type_error(model: Any) -> None:
    with pytest.raises(TypeError):
        model()
    with pytest.raises(TypeError):
        model(colour="red")


@pytest.mark.parametrize("model", [Actor, Statement, Allegation, Denial, Article])
def test_defaults_are_none_empty_false_unknown_and_unspecified(model: type[Any]) -> None:
    defaults: dict[type[Any], list[Any]] = {
        Many: [()],
        Flag: [False],
        Choice: [ActorKind.UNKNOWN, DenialKind.UNSPECIFIED],
    }
    for definition in definitions(model).values():
        if not definition.required:
            assert definition.default in defaults.get(type(definition.rule), [None]), definition.name


TUPLES = [name for name in FULL if isinstance(definitions(Statement)[name].rule, Many)]


@pytest.mark.parametrize("field", TUPLES)
def test_tuple_fields_take_a_list_and_store_a_tuple(field: str) -> None:
    assert getattr(Statement(**{**FULL, field: list(FULL[field])}), field) == FULL[field]


@pytest.mark.parametrize("field", TUPLES)
def test_tuple_fields_take_nothing_but_a_list_or_tuple(field: str) -> None:
    for value in ("abc", None, {"a": 1}, {"a"}, 5, iter(())):
        assert issues(Statement, **{**FULL, field: value}) == [("type", f"$.{field}")]


def test_a_list_given_to_a_model_may_change_afterwards() -> None:
    quotes = ["one"]
    statement = Statement(**{**FULL, "quotes": quotes})
    quotes.append("two")
    assert statement.quotes == ("one",)


def test_attrs_evolve_checks_what_it_changes() -> None:
    denial = Denial(**FULL, denies=("s2",))
    assert attrs.evolve(denial, kind=DenialKind.OUTRIGHT).kind is DenialKind.OUTRIGHT
    assert issues(lambda: attrs.evolve(denial, denies=("s1",))) == [("self_ref", "$.denies[0]")]


def test_statements_are_matched_by_class_and_keyword() -> None:
    match INSTANCES[3]:
        case Denial():
            pytest.fail("an allegation is no denial")
        case Allegation(speaker="a", accused=(first, *_)):
            assert first == "a"
        case _:
            pytest.fail("the pattern should match")


def test_an_allegation_and_a_denial_are_statements() -> None:
    assert issubclass(Allegation, Statement)
    assert issubclass(Denial, Statement)
    assert Statement(**FULL) != Allegation(**FULL, accused=("a",))


@pytest.mark.parametrize(
    ("model", "keywords", "found"),
    [
        (Actor, {"id": "a b", "name": "A"}, [("id", "$.id")]),
        (Actor, {"id": "", "name": ""}, [("id", "$.id"), ("empty", "$.name")]),
        (Actor, {"id": "a" * 101, "name": "A"}, [("id", "$.id")]),
        (Actor, {"id": "a\n", "name": "A"}, [("id", "$.id")]),
        (Actor, {"id": 5, "name": None}, [("type", "$.id"), ("type", "$.name")]),
        (Actor, {"id": "a", "name": "A\n"}, [("text", "$.name")]),
        (Actor, {"id": "a", "name": "\u2003"}, [("empty", "$.name")]),
        (Actor, {"id": "a", "name": "\ud800"}, [("text", "$.name")]),
        (Actor, {"id": "a", "name": " \x00"}, [("text", "$.name")]),
        (Actor, {"id": "a", "name": "A", "kind": "state"}, [("type", "$.kind")]),
        (Actor, {"id": "a", "name": "A", "kind": DenialKind.OUTRIGHT}, [("type", "$.kind")]),
        (Actor, {"id": "a", "name": ActorKind.STATE}, [("type", "$.name")]),
        (Actor, {"id": "a", "name": "A", "country": "US"}, [("country", "$.country")]),
        (Actor, {"id": "a", "name": "A", "country": "XYZ"}, [("country", "$.country")]),
        (Actor, {"id": "a", "name": "A", "country": "usa"}, [("country", "$.country")]),
        (Actor, {"id": "a", "name": "A", "country": ""}, [("country", "$.country")]),
        (Actor, {"id": "a", "name": "A", "anonymous": 1}, [("type", "$.anonymous")]),
        (Actor, {"id": "a", "name": "A", "anonymous": None}, [("type", "$.anonymous")]),
        (Actor, {"id": "a", "name": "A", "on_behalf_of": "a"}, [("self_ref", "$.on_behalf_of")]),
        (Actor, {"id": "a", "name": "A", "on_behalf_of": "a b"}, [("id", "$.on_behalf_of")]),
        (Actor, {"id": "a", "name": "A", "aliases": ("B", "B")}, [("duplicate", "$.aliases[1]")]),
        (Actor, {"id": "a", "name": "A", "same_as": ("Q148",)}, [("url", "$.same_as[0]")]),
        (Actor, {"id": "a", "name": "A", "same_as": ("http://a", "http://a")}, [("duplicate", "$.same_as[1]")]),
        (Statement, {**FULL, "content": "a\tb\nc"}, []),
        (Statement, {**FULL, "content": "a\rb"}, [("text", "$.content")]),
        (Statement, {**FULL, "cue": "a\tb"}, [("text", "$.cue")]),
        (Statement, {**FULL, "quotes": ("x", "x")}, []),
        (Statement, {**FULL, "quotes": ("x", " ", 5)}, [("empty", "$.quotes[1]"), ("type", "$.quotes[2]")]),
        (Statement, {**FULL, "about": ("s1",)}, [("self_ref", "$.about[0]")]),
        (Statement, {**FULL, "confirms": ("s2", "s1")}, [("self_ref", "$.confirms[1]")]),
        (Statement, {**FULL, "confirms": ("s2", "s2")}, [("duplicate", "$.confirms[1]")]),
        (Statement, {**FULL, "appearances": ("example.org/1",)}, [("url", "$.appearances[0]")]),
        (Statement, {**FULL, "event_end": PartialDate(2024, 12, 31)}, [("range", "$")]),
        (Statement, {**FULL, "event_end": PartialDate(2025, 1, 1)}, []),
        (
            Statement,
            {**FULL, "event_end": PartialDate(2024), "spans": (SPAN, SPAN)},
            [("range", "$"), ("span", "$.spans[1]")],
        ),
        (Statement, {**FULL, "event_date": PartialDate(2025, 3, 31)}, []),
        (Statement, {**FULL, "event_date": PartialDate(2025, 4)}, [("range", "$")]),
        (Statement, {**FULL, "event_date": None}, []),
        (Statement, {**FULL, "event_date": "2026"}, [("type", "$.event_date")]),
        (Statement, {**FULL, "labels": ("x", "y", "x")}, [("duplicate", "$.labels[2]")]),
        (Statement, {**FULL, "date": "2025"}, [("type", "$.date")]),
        (Statement, {**FULL, "date": datetime.date(2025, 4, 9)}, [("type", "$.date")]),
        (Statement, {**FULL, "quantities": ({"minimum": 1},)}, [("type", "$.quantities[0]")]),
        (Statement, {**FULL, "spans": (SPAN, SPAN)}, [("span", "$.spans[1]")]),
        (Statement, {**FULL, "spans": (Span(30, 40, SPAN.fingerprint), SPAN)}, [("span", "$.spans[1]")]),
        (Statement, {**FULL, "spans": (SPAN, Span(19, 40, SPAN.fingerprint))}, []),
        (Allegation, {**FULL, "accused": ()}, [("empty", "$.accused")]),
        (Allegation, {**FULL, "accused": ("a", "a")}, [("duplicate", "$.accused[1]")]),
        (Denial, {**FULL, "denies": ()}, [("empty", "$.denies")]),
        (Denial, {**FULL, "denies": ("s1",)}, [("self_ref", "$.denies[0]")]),
        (Denial, {**FULL, "denies": ("s2",), "kind": "outright"}, [("type", "$.kind")]),
        (Denial, {**FULL, "denies": ("s2",), "kind": None}, [("type", "$.kind")]),
        (Article, {"id": "x", "url": "ftp://a.example"}, [("url", "$.url")]),
        (Article, {"id": "x", "url": "http://"}, [("url", "$.url")]),
        (Article, {"id": "x", "url": "http://a b"}, [("url", "$.url")]),
        (Article, {"id": "x", "archived_at": ""}, [("url", "$.archived_at")]),
        (Article, {"id": "x", "language": "en_GB"}, [("language", "$.language")]),
        (Article, {"id": "x", "language": "x-own"}, []),
        (Article, {"id": "x", "text": "a\rb\x01"}, []),
        (Article, {"id": "x", "text": "a\x00b"}, [("text", "$.text")]),
        (Article, {"id": "x", "text": "\n"}, [("empty", "$.text")]),
        (Article, {"id": "x", "actors": ("a",)}, [("type", "$.actors[0]")]),
        (Article, {"id": "x", "statements": (Actor(id="a", name="A"),)}, [("type", "$.statements[0]")]),
        (Span, {"start": -1, "end": 5, "fingerprint": SPAN.fingerprint}, [("range", "$.start")]),
        (Span, {"start": 5, "end": 5, "fingerprint": SPAN.fingerprint}, [("range", "$")]),
        (Span, {"start": 5, "end": 2**63, "fingerprint": SPAN.fingerprint}, [("range", "$.end")]),
        (Span, {"start": 5, "end": 9, "fingerprint": "1:4:XYZ"}, [("span", "$.fingerprint")]),
        (Span, {"start": 5, "end": 9, "fingerprint": ""}, [("span", "$.fingerprint")]),
    ],
)
def test_a_field_keeps_its_rule(model: Any, keywords: dict[str, Any], found: list[tuple[str, str]]) -> None:
    if found:
        assert issues(model, **keywords) == found
    else:
        assert model(**keywords)


def test_a_plain_string_where_a_member_belongs_is_an_error_that_names_the_member() -> None:
    kind: Any = "state"
    with pytest.raises(ValidationError, match=r"ActorKind\.STATE"):
        Actor(id="a", name="A", kind=kind)
    kind = "country"
    with pytest.raises(ValidationError, match=r"ActorKind\.PERSON, .* or ActorKind\.UNKNOWN"):
        Actor(id="a", name="A", kind=kind)


def test_kosovo_has_a_code() -> None:
    assert Actor(id="k", name="Kosovo", country="XKX").country == "XKX"


def test_a_users_own_kind_of_statement_checks_our_fields_and_is_no_part_of_an_article() -> None:
    @attrs.frozen(kw_only=True)
    class Rumour(Statement):
        heard: str

    assert Rumour(**FULL, heard="in the market").heard == "in the market"
    assert issues(Rumour, **{**FULL, "content": ""}, heard="x") == [("empty", "$.content")]
    rumour = Rumour(id="s", speaker="a", content="Words.", heard="x")
    found = issues(Article, id="x", actors=(Actor(id="a", name="A"),), statements=(rumour,))
    assert found == [("type", "$.statements[0]")]


def test_enumerations_are_strings_that_show_themselves_as_one_writes_them() -> None:
    assert [kind.value for kind in ActorKind] == ["person", "group", "organization", "state", "unknown"]
    assert [*DenialKind] == ["outright", "non_involvement", "no_evidence", "blame_shift", "unspecified"]
    assert repr(ActorKind.STATE) == "ActorKind.STATE"
    assert f"{DenialKind.OUTRIGHT}" == "outright"
