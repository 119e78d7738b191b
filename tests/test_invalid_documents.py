from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import Phase, find, given, seed, settings, strategies as st
from hypothesis.errors import InvalidArgument

from geoclaims import (
    Actor,
    Allegation,
    Article,
    Denial,
    Quantity,
    Span,
    Statement,
    ValidationError,
    from_dict,
    from_json,
    load_article,
    to_dict,
)
from geoclaims.strategies import MISSING, InvalidDocument, articles, invalid_documents
from tests.places import ADDRESSES, DATES, NAMES, PROSE, REFERENCES, issues
from tests.test_conformance import OF_JSON, constructed

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# The codes of the contract that a document can have once it is read from JSON.
CODES = [
    *("version", "missing", "unknown_key", "type", "tag", "enum"),
    *("empty", "id", "text", "url", "country", "language", "date", "range"),
    *("duplicate_id", "duplicate", "dangling_ref", "wrong_ref", "self_ref", "cycle", "span"),
]
STATEMENTS: dict[str, type[Any]] = {"statement": Statement, "allegation": Allegation, "denial": Denial}
MODELS: dict[str, type[Any]] = {"article": Article, "actor": Actor, "quantity": Quantity, "span": Span, **STATEMENTS}
FIELDS = [(model, field.name, field.default) for model, cls in MODELS.items() for field in attrs.fields(cls)]
MANY = {field.name for cls in MODELS.values() for field in attrs.fields(cls) if str(field.type).startswith("tuple")}
TEXTS = {*NAMES, *PROSE, "text"}


def fields(*names: str, of: Collection[str] = MODELS) -> set[str]:
    """The places of fields: of those that hold many values, each element, with brackets."""
    found = {(model, name) for model, name, _ in FIELDS if name in names and model in of}
    return {f"{model}.{name}{'[]' if name in MANY else ''}" for model, name in found}


def arrays(*names: str) -> set[str]:
    """The places of fields that hold many values."""
    return {f"{model}.{name}" for model, name, _ in FIELDS if name in names}


EVERY = {name for _, name, _ in FIELDS}
IN_STATEMENTS = {f"{model}.{part}[]" for model in STATEMENTS for part in ("quantities", "spans")}
# Where each code can stand: a field, each element of one (with brackets), or an object.
PLACES: dict[str, set[str]] = {
    "version": {"article.schema_version"},
    # of what has no type, only that is known
    "missing": {
        *(f"{model}.{name}" for model, name, default in FIELDS if default is attrs.NOTHING),
        *("article.schema_version", "?.type", *fields("quantities")),
    },
    "unknown_key": {f"{model}.*" for model in MODELS},
    "type": {*fields(*EVERY), *arrays(*MANY), "article.schema_version", "?.type"},
    "tag": {"?.type"},
    "enum": fields("kind"),
    "empty": fields(*TEXTS) | arrays("accused", "denies"),
    "id": fields("id", *REFERENCES),
    "text": fields(*TEXTS),
    "url": fields(*ADDRESSES),
    "country": fields("country"),
    "language": fields("language"),
    "date": fields(*DATES),
    # bounds and ends that are out of order, also those of an event
    "range": fields("minimum", "maximum", "start", "end") | IN_STATEMENTS | {"article.statements[]"},
    "duplicate_id": fields("id", of={"actor", *STATEMENTS}),
    "duplicate": fields("aliases", "same_as", "appearances", "labels", *MANY & REFERENCES),
    "dangling_ref": fields(*REFERENCES),
    "wrong_ref": fields(*REFERENCES - {"about"}),
    "self_ref": fields("on_behalf_of", "about", "confirms", "denies"),
    "cycle": fields("on_behalf_of", "confirms", "denies"),
    "span": fields("fingerprint", "spans"),
}
OWNERS = {"actors[]": "actor", "quantities[]": "quantity", "spans[]": "span"}


def place_of(invalid: InvalidDocument) -> str:
    """The place that an issue points at: the object, the field, and brackets where it is one of many."""
    owner, name = "article", ""
    value: Any = invalid.document
    for part in invalid.path:
        if isinstance(part, int):
            name += "[]"
        elif name:
            tag = value.get("type") if name == "statements[]" else OWNERS[name]
            owner, name = tag if tag in [*STATEMENTS, *OWNERS.values()] else "?", part
        else:
            name = part
        value = value.get(part) if isinstance(value, dict) else value[part]
    return f"{owner}.{'*' if invalid.code == 'unknown_key' else name}"


def value_at(document: Any, path: Iterable[Any]) -> Any:
    """The value at a place of a document, or `MISSING`."""
    for part in path:
        if not (part in document if isinstance(document, dict) else part < len(document)):
            return MISSING
        document = document[part]
    return document


def with_value_at(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A document with another value at a place, or with none."""
    changed = copy.deepcopy(document)
    owner = value_at(changed, path[:-1])
    if value is MISSING:
        del owner[path[-1]]
    elif isinstance(owner, list):
        owner[path[-1] : path[-1] + 1] = [value]
    else:
        owner[path[-1]] = value
    return changed


def assert_wrong_there_alone(invalid: InvalidDocument) -> None:
    """Check that the valid document is one, and the other wrong where one change at the path parts the two."""
    from_dict(invalid.valid)
    documents = (invalid.valid, invalid.document)
    assert [value_at(document, invalid.path) for document in documents] == [invalid.old, invalid.new]
    assert with_value_at(invalid.valid, invalid.path, invalid.new) == invalid.document
    assert with_value_at(invalid.document, invalid.path, invalid.old) == invalid.valid
    for read in (from_dict, lambda document: from_json(json.dumps(document))):
        assert issues(read, invalid.document) == [(invalid.code, invalid.path)]
    if invalid.code not in OF_JSON:
        assert issues(constructed, Article, invalid.document) == [(invalid.code, invalid.path)]


def seen_in(
    documents: SearchStrategy[InvalidDocument], look: Callable[[InvalidDocument], object], expected: Collection[object]
) -> set[object]:
    """What is seen in documents that are drawn until all that is expected has been, or for long enough."""
    seen: set[object] = set()
    for number in range(30):

        @seed(number)
        @settings(max_examples=100, database=None, phases=[Phase.generate])
        @given(documents)
        def see(invalid: InvalidDocument) -> None:
            seen.add(look(invalid))

        see()
        if seen.issuperset(expected):
            break
    return seen


def test_the_codes_are_those_that_a_document_can_have() -> None:
    with pytest.raises(InvalidArgument) as caught:
        invalid_documents(codes=["json"])
    assert [code for code in re.findall("[a-z_]+", str(caught.value)) if code in CODES] == CODES


CROWDED = articles(min_actors=3, min_statements=5, text=st.just("He said: “We deny it.”\n\u200b\u200b"))


@st.composite
def broken_in_every_way(draw: st.DrawFn) -> list[InvalidDocument]:
    """One article with a fault of each code: to draw an article takes longer than to break it."""
    article = st.just(draw(articles() | CROWDED))
    return [draw(invalid_documents(codes=[code], articles=article)) for code in CODES]


@settings(max_examples=max(5, settings().max_examples // 5))  # each breaks an article in twenty ways
@given(broken_in_every_way())
def test_any_article_can_be_wrong_in_one_place_with_each_code_and_reading_says_in_which(
    documents: list[InvalidDocument],
) -> None:
    assert [invalid.code for invalid in documents] == CODES
    for invalid in documents:
        assert_wrong_there_alone(invalid)


# A value may be of the wrong type in nearly every field: it takes a thousand documents to see them all.
@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=pytest.mark.slow if code == "type" else ()) for code in CODES]
)
def test_a_code_comes_up_wherever_it_can_stand_and_is_wrong_there(code: str) -> None:
    places: set[str] = set()

    def place_where_it_is_wrong(invalid: InvalidDocument) -> str:
        place = place_of(invalid)
        if place not in places:
            assert_wrong_there_alone(invalid)
            places.add(place)
        return place

    statements = [
        Statement(id="s1", speaker="a", content="0"),
        Allegation(id="s2", speaker="a", content="0", accused=["a"]),
        Denial(id="s3", speaker="a", content="0", denies=["s1"]),
    ]
    article = Article(id="0", actors=[Actor(id="a", name="0")], statements=statements)
    documents = invalid_documents(codes=[code], articles=st.just(article))
    assert seen_in(documents, place_where_it_is_wrong, PLACES[code]) == PLACES[code]


NOTHING = st.just(Article(id="0"))
UNSHRUNK = settings(database=None, max_examples=10_000, phases=[Phase.generate])


@pytest.mark.parametrize("codes", [None, ["empty", "id", "missing"]])
def test_all_codes_come_up_but_none_that_is_not_chosen(codes: list[str] | None) -> None:
    expected = codes or CODES
    documents = invalid_documents(codes=codes, articles=NOTHING)
    assert seen_in(documents, lambda invalid: invalid.code, expected) == set(expected)


SHIPPED = load_article()


def test_an_article_of_ones_own_is_broken_and_not_changed() -> None:
    invalid = find(invalid_documents(articles=st.just(SHIPPED)), lambda _: True, settings=UNSHRUNK)
    assert_wrong_there_alone(invalid)
    assert to_dict(SHIPPED) == to_dict(load_article())


LEAST: dict[str, tuple[int, int]] = {
    **dict.fromkeys(["version", "unknown_key", "missing", "type", "empty", "text", "url", "id"], (0, 0)),
    **dict.fromkeys(["language", "date"], (0, 0)),
    **dict.fromkeys(["enum", "country", "dangling_ref", "duplicate"], (1, 0)),
    "self_ref": (1, 0),
    **dict.fromkeys(["duplicate_id", "cycle"], (2, 0)),
    **dict.fromkeys(["tag", "range", "span", "wrong_ref"], (1, 1)),
}


def size_of(invalid: InvalidDocument) -> tuple[int, int]:
    actors, statements = (invalid.document.get(name, ()) for name in ("actors", "statements"))
    return len(actors), len(statements)


@pytest.mark.parametrize("code", CODES)
def test_examples_shrink_to_what_the_error_needs(code: str) -> None:
    quiet = settings(database=None, derandomize=True, max_examples=1000)
    least = find(invalid_documents(codes=[code]), lambda _: True, settings=quiet)
    assert size_of(least) == LEAST[code], least
    if code == "cycle":
        least = find(invalid_documents(codes=[code]), lambda invalid: "denies" in invalid.path, settings=quiet)
        assert size_of(least) == (1, 3)


def test_a_cycle_may_be_as_long_as_a_chain_with_one_more() -> None:
    def size_of_cycle(invalid: InvalidDocument) -> str:
        with pytest.raises(ValidationError) as caught:
            from_dict(invalid.document)
        return str(caught.value).partition("a cycle of ")[2][:1]

    chain = [
        Actor(id="a", name="0", on_behalf_of="b"),
        Actor(id="b", name="0", on_behalf_of="c"),
        Actor(id="c", name="0"),
    ]
    article = Article(id="0", actors=chain)
    documents = invalid_documents(codes=["cycle"], articles=st.just(article))
    assert seen_in(documents, size_of_cycle, {"2", "3", "4"}) == {"2", "3", "4"}


def test_the_value_that_is_not_there_stays_itself_where_it_is_copied() -> None:
    assert copy.deepcopy(MISSING) is pickle.loads(pickle.dumps(MISSING)) is MISSING  # noqa: S301 - our own
    assert repr(MISSING) == "MISSING"


def test_the_key_that_is_dropped_at_the_root_is_an_unknown_one_elsewhere() -> None:
    documents = invalid_documents(codes=["unknown_key"], articles=NOTHING)
    found = find(documents, lambda invalid: invalid.path[-1] == "$schema", settings=UNSHRUNK)
    assert len(found.path) > 1
    assert_wrong_there_alone(found)


def test_a_passage_of_an_attached_text_can_become_one_of_another() -> None:
    said = Statement(id="s", speaker="a", content="0", spans=[Span.of("It is so.", 0, 5)])
    article = Article(id="0", actors=[Actor(id="a", name="0")], statements=[said], text="It is so.")
    another = {"start": 0, "end": 5, "fingerprint": "1:1:0000000000000000"}

    def is_of_another_text(invalid: InvalidDocument) -> bool:
        document: Any = invalid.document
        return bool([document["statements"][0].get("spans"), document.get("text")] == [[another], article.text])

    least = find(invalid_documents(codes=["span"], articles=st.just(article)), is_of_another_text)
    with pytest.raises(ValidationError, match="span"):
        from_dict(least.document)


def test_an_example_prints_as_python_is_written() -> None:
    found = find(invalid_documents(codes=["version"]), lambda _: True, settings=UNSHRUNK)
    names = {"InvalidDocument": InvalidDocument, "MISSING": MISSING}
    assert eval(repr(found), names) == found  # noqa: S307 - that is what is tested


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        *(({"codes": codes}, "code") for codes in (["json"], ["id", "depth"], ["ID"], [5], [["id"]], [], "id", 5)),
        *(({"articles": each}, "articles") for each in (SHIPPED, [SHIPPED], "articles", articles)),
    ],
)
def test_other_codes_and_what_is_no_strategy_are_refused_at_the_call(arguments: Any, said: str) -> None:
    with pytest.raises(InvalidArgument, match=said):
        invalid_documents(**arguments)


def test_what_is_drawn_and_is_no_article_is_refused_and_arguments_are_named() -> None:
    others: Any = st.just(Actor(id="a", name="a"))
    with pytest.raises(InvalidArgument, match="an Article"):
        find(invalid_documents(articles=others), lambda _: True)
    with pytest.raises(TypeError):
        invalid_documents(["id"])  # type: ignore[call-arg]
