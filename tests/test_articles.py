from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any, cast
from unittest import mock

import attrs
import pytest
from hypothesis import assume, given, settings, strategies as st

from geoclaims import (
    Actor,
    Allegation,
    AnchorError,
    Article,
    Denial,
    Span,
    Statement,
    UnknownIdError,
    ValidationError,
    from_dict,
    to_dict,
)
from geoclaims.strategies import articles
from tests.conftest import Work


def actor(id: str, on_behalf_of: str | None = None) -> Actor:
    """An actor that is called like its id."""
    return Actor(id=id, name=id, on_behalf_of=on_behalf_of)


def statement(id: str, speaker: str = "a", **fields: Any) -> Statement:
    """A statement of which only its links matter."""
    kind = Allegation if "accused" in fields else Denial if "denies" in fields else Statement
    return kind(id=id, speaker=speaker, content="Words.", **fields)


def issues(**fields: Any) -> list[tuple[str, str]]:
    """The codes and places of all that is wrong with an article."""
    with pytest.raises(ValidationError) as caught:
        Article(id="x", **fields)
    return [(issue.code, issue.json_path) for issue in caught.value.issues]


STATE, MINISTRY, SPOKESMAN, OTHER = actor("state"), actor("ministry", "state"), actor("man", "ministry"), actor("other")
ARTICLE = Article(
    id="x",
    actors=[STATE, MINISTRY, SPOKESMAN, OTHER],
    statements=[
        statement("s1", "other", accused=["state"]),
        statement("s2", "man", denies=["s1"]),
        statement("s3", "other", accused=["ministry", "state"], about=["s2", "man"]),
        statement("s4", "state", denies=["s1", "s3"]),
        statement("s5", "other", denies=["s4"]),
        statement("s6", "man", reported_by=["other"], confirms=["s5", "s1"]),
        statement("s7", "other", accused=["man"]),
    ],
)


def ids(statements: tuple[Statement, ...]) -> list[str]:
    return [found.id for found in statements]


@pytest.mark.parametrize(
    "ask", ["actor", "statement", "resolve", "denials_of", "confirmations_of", "by", "against", "excerpts"]
)
def test_an_unknown_id_is_an_error_of_its_own(ask: str) -> None:
    unknown: list[Any] = ["mam", "s9", "nothing like it", "", 5, None]
    for id in unknown:
        with pytest.raises(UnknownIdError) as caught:
            getattr(ARTICLE, ask)(id)
        assert caught.value.id == id
        assert "\\" not in str(caught.value)
    with pytest.raises(TypeError):
        getattr(ARTICLE, ask)(["s1"])


def test_an_unknown_id_error_names_the_nearest_id() -> None:
    with pytest.raises(UnknownIdError) as caught:
        ARTICLE.actor("minstry")
    assert caught.value.args == ("minstry", "the id of an actor", "ministry")
    assert caught.value.nearest == "ministry"


@pytest.mark.parametrize("ask", ["denials_of", "confirmations_of", "excerpts", "by", "against"])
def test_an_object_of_another_article_is_an_unknown_id_and_an_equal_one_is_not(ask: str) -> None:
    text = "Words, and more words."
    before = ARTICLE.with_changes("s1", spans=[Span.find(text, "more words")])
    after = before.with_text(f"First {text}").with_changes("man", role="spokesman")
    id = "man" if ask in {"by", "against"} else "s1"
    question = getattr(after, ask)
    assert question(copy.deepcopy(after.resolve(id))) == question(id)
    with pytest.raises(UnknownIdError) as caught:
        question(before.resolve(id))
    assert (caught.value.id, caught.value.nearest) == (id, None)


def test_a_foreign_object_with_an_id_is_no_object_of_the_article() -> None:
    for foreign in (SimpleNamespace(id="s1"), mock.ANY, statement("x")):
        with pytest.raises((UnknownIdError, TypeError)):
            ARTICLE.denials_of(cast("Any", foreign))


WRONG_REFERENCES = [
    *((name, ["b"], f"dangling_ref {name}[0]") for name in ("reported_by", "denies", "confirms")),
    *((name, ["a", "b"], f"dangling_ref {name}[1]") for name in ("about", "accused")),
    *(("speaker", id, f"{code} speaker") for id, code in (("b", "dangling_ref"), ("t", "wrong_ref"))),
    *(("reported_by", ["t"], "wrong_ref reported_by[0]"), ("accused", ["a", "t"], "wrong_ref accused[1]")),
    *(("denies", ["a"], "wrong_ref denies[0]"), ("confirms", ["t", "a"], "wrong_ref confirms[1]")),
]


@pytest.mark.parametrize(("name", "value", "found"), WRONG_REFERENCES)
def test_a_reference_to_nothing_or_to_the_wrong_kind_of_thing_is_wrong_at_its_place(
    name: str, value: Any, found: str
) -> None:
    code, place = found.split()
    said: dict[str, Any] = {name: value}
    statements = [statement("s", **said), statement("t")]
    assert issues(actors=[actor("a")], statements=statements) == [(code, f"$.statements[0].{place}")]


def test_proxies_form_no_cycle() -> None:
    assert issues(actors=[actor("a", "b"), actor("b", "c"), actor("c", "a"), actor("d", "a")]) == [
        ("cycle", "$.actors[2].on_behalf_of")
    ]


GRAPHS = st.integers(1, 6).flatmap(
    lambda n: st.tuples(*[st.lists(st.lists(st.integers(0, n - 1), max_size=3), min_size=n, max_size=n)] * 2)
)


def cycles(edges: dict[int, list[int]]) -> list[tuple[int, int]]:
    """The last reference within each cycle: the number of the statement, and that in the field."""
    reach = {n: set(following) for n, following in edges.items()}
    for _ in edges:
        for n in edges:
            reach[n] |= {further for t in reach[n] for further in reach[t]}
    cyclic = {n for n in edges if n in reach[n]}
    classes = {frozenset(m for m in cyclic if m in reach[n] and n in reach[m]) for n in cyclic}
    return [max((n, k) for n in members for k, t in enumerate(edges[n]) if t in members) for members in classes]


@settings(max_examples=max(200, settings().max_examples))
@given(GRAPHS)
def test_denials_and_confirmations_each_form_a_cycle_just_where_one_can_come_back_to_itself(graphs: Any) -> None:
    edges = [{n: sorted({t for t in found if t != n}) for n, found in enumerate(targets)} for targets in graphs]
    said: list[dict[str, Any]] = [
        {name: [f"s{t}" for t in of[n]] for name, of in zip(("denies", "confirms"), edges, strict=True) if of[n]}
        for n in edges[0]
    ]
    statements = [statement(f"s{n}", **fields) for n, fields in enumerate(said)]
    expected = {
        ("cycle", f"$.statements[{n}].{name}[{k}]")
        for name, of in zip(("denies", "confirms"), edges, strict=True)
        for n, k in cycles(of)
    }
    if expected:
        found = issues(actors=[actor("a")], statements=statements)
        assert (len(found), set(found)) == (len(expected), expected)
    else:
        assert Article(id="x", actors=[actor("a")], statements=statements).statements == tuple(statements)


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_article() -> None:
    found = issues(
        url="nowhere",
        actors=[actor("a", "z"), actor("a"), actor("c", "s")],
        statements=[statement("s", "b", accused=["a", "s"]), statement("a", denies=["t"]), statement("s")],
    )
    assert found == [
        ("url", "$.url"),
        ("dangling_ref", "$.actors[0].on_behalf_of"),
        ("duplicate_id", "$.actors[1].id"),
        ("wrong_ref", "$.actors[2].on_behalf_of"),
        ("dangling_ref", "$.statements[0].speaker"),
        ("wrong_ref", "$.statements[0].accused[1]"),
        ("duplicate_id", "$.statements[1].id"),
        ("dangling_ref", "$.statements[1].denies[0]"),
        ("duplicate_id", "$.statements[2].id"),
    ]


TEXT = "He said: “we deny it”, and left."


def test_an_article_with_text_checks_its_spans() -> None:
    right = statement("s", spans=[Span.of(TEXT, 0, 7), Span.of(TEXT, 9, 21)])
    article = Article(id="x", actors=[actor("a")], statements=[right], text=TEXT)
    assert article.excerpts("s") == ("He said", "“we deny it”")
    assert article.excerpts(right) == article.excerpts("s")
    found = issues(actors=[actor("a")], statements=[right], text=TEXT.replace("deny", "admit"))
    assert found == [("span", "$.statements[0].spans[1]")]
    assert issues(actors=[actor("a")], statements=[right], text=TEXT[:10]) == [("span", "$.statements[0].spans[1]")]


def test_excerpts_without_a_text_are_an_anchor_error() -> None:
    with pytest.raises(AnchorError) as caught:
        ARTICLE.excerpts("s1")
    assert [issue.code for issue in caught.value.issues] == ["span"]


@pytest.mark.parametrize(
    ("id", "changes", "found"),
    [
        ("s1", {"accused": ["nobody"]}, "dangling_ref $.statements[0].accused[0]"),
        ("state", {"on_behalf_of": "man"}, "cycle $.actors[2].on_behalf_of"),
        (
            "s2",
            {"cue": "", "denies": ["s2", "?"]},
            "empty $.statements[1].cue, self_ref $.statements[1].denies[0], id $.statements[1].denies[1]",
        ),
        # references given with a new id may use the old or the new
        *(("s2", {"id": "new", "about": ["s1", own]}, "self_ref $.statements[1].about[1]") for own in ("s2", "new")),
        # an id that is wrong or taken is one issue, at it
        *(
            ("s2", {"id": id, **others}, f"{code} $.statements[1].id{more}")
            for id, code in (("man", "duplicate_id"), ("s1", "duplicate_id"), ("no id", "id"), ("", "id"), (5, "type"))
            for others, more in (({}, ""), ({"cue": ""}, ", empty $.statements[1].cue"))
        ),
        ("s6", {"type": Denial, "cue": ""}, "empty $.statements[5].cue, missing $.statements[5].denies"),
        ("s2", {"type": Allegation, "id": "new", "about": ["s2"]}, "missing $.statements[1].accused"),
        ("s2", {"type": Allegation, "id": "s1"}, "duplicate_id $.statements[1].id, missing $.statements[1].accused"),
        ("s1", {"type": Denial, "denies": ["s2"]}, "cycle $.statements[1].denies[0]"),
    ],
)
def test_a_change_is_checked_in_itself_and_within_the_article(id: str, changes: dict[str, Any], found: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ARTICLE.with_changes(id, **changes)
    assert ", ".join(f"{issue.code} {issue.json_path}" for issue in caught.value.issues) == found


def test_of_more_than_a_hundred_issues_of_a_change_the_rest_is_counted() -> None:
    with pytest.raises(ValidationError) as caught:
        ARTICLE.with_changes("s1", labels=[""] * 103)
    assert (len(caught.value.issues), caught.value.omitted) == (100, 3)


def by_id(article: Article) -> dict[str, Any]:
    """The actors and statements of an article, in their order."""
    things: list[Any] = [*article.actors, *article.statements]
    return {thing.id: thing for thing in things}


REFERENCES = ("on_behalf_of", "speaker", "accused", "denies", "confirms", "about", "reported_by")


def with_references(article: Article, change: Callable[[str], str | None]) -> dict[str, Any]:
    """The JSON of an article in which each reference is changed, or struck out where nothing is left of it."""
    document = to_dict(article)
    for thing in (*document.setdefault("actors", []), *document.setdefault("statements", [])):
        for field in thing.keys() & {*REFERENCES}:
            value = thing.pop(field)
            changed = [new for old in ([value] if isinstance(value, str) else value) if (new := change(old))]
            if changed:
                thing[field] = changed[0] if isinstance(value, str) else changed
    return document


@given(articles(), st.data())
def test_an_article_with_changes_is_the_article_with_one_thing_evolved_and_its_new_id_wherever_the_old_one_was(
    article: Article, data: st.DataObject
) -> None:
    things = by_id(article)
    assume(things and "new" not in things)
    old = data.draw(st.sampled_from(list(things)))
    thing = things[old]
    change: dict[str, Any] = {"name": "Another"} if isinstance(thing, Actor) else {"cue": "said", "basis": None}
    changed = article.with_changes(old, **change)
    assert list(by_id(changed).items()) == list({**things, old: attrs.evolve(thing, **change)}.items())
    assert changed.with_changes(old, **{name: getattr(thing, name) for name in change}) == article
    assert article.with_changes(old) == article
    document = with_references(article, lambda id: "new" if id == old else id)
    for each in (*document["actors"], *document["statements"]):
        each["id"] = "new" if each["id"] == old else each["id"]
    renamed = article.with_changes(old, id="new")
    assert renamed == from_dict(document)
    assert renamed.with_changes("new", id=old) == article


OWN: dict[type[Statement], tuple[str, ...]] = {Statement: (), Allegation: ("accused",), Denial: ("denies", "kind")}
"""The fields that only one type of statement has."""


@given(articles(), st.data())
def test_a_statement_of_another_type_keeps_its_place_and_all_that_the_new_type_has(
    article: Article, data: st.DataObject
) -> None:
    assume(article.statements and "new" not in by_id(article))
    article = article.with_added(statement("new", article.actors[0].id))
    number = data.draw(st.integers(0, len(article.statements) - 2))
    before = article.statements[number]
    for kind, own in OWN.items():
        given_too: dict[str, Any] = {"accused": [article.actors[-1].id], "denies": ["new"]}
        given_too = {name: value for name, value in given_too.items() if name in own and kind is not type(before)}
        document = to_dict(article)
        thing = document["statements"][number]
        for name in {*OWN[type(before)]} - {*own}:
            thing.pop(name, None)
        thing |= {"type": kind.__name__.lower(), **given_too}
        changed = article.with_changes(before.id, type=kind, **given_too)
        assert changed == from_dict(document)
        back = {name: getattr(before, name) for name in OWN[type(before)]}
        assert changed.with_changes(before.id, type=type(before), **back) == article
        if given_too:
            with pytest.raises(ValidationError) as caught:
                article.with_changes(before.id, type=kind)
            places = [(issue.code, issue.json_path) for issue in caught.value.issues]
            assert places == [("missing", f"$.statements[{number}].{own[0]}")]


def test_a_statement_alone_has_a_type_and_it_is_one_of_three_classes() -> None:
    for odd in (Actor, Article, "denial", None, [Denial], mock.ANY):
        with pytest.raises(TypeError):
            ARTICLE.with_changes("s1", type=odd)
    with pytest.raises(TypeError, match="Statement, Allegation or Denial"):
        ARTICLE.with_changes("s1", type="denial")
    for kind in (Actor, Statement):
        with pytest.raises(TypeError, match="type= for the actor 'man', expected it for a statement"):
            ARTICLE.with_changes("man", type=kind)
    with pytest.raises(TypeError, match="'accused'"):
        ARTICLE.with_changes("s1", type=Denial, denies=["s3"], accused=["state"])


@given(articles(), st.data())
def test_what_is_added_stands_behind_what_is_there_in_the_order_given(article: Article, data: st.DataObject) -> None:
    things: list[Any] = data.draw(st.permutations([*article.actors, *article.statements]))
    actors = [thing for thing in things if isinstance(thing, Actor)]
    said = [thing for thing in things if isinstance(thing, Statement)]
    whole = attrs.evolve(article, actors=actors, statements=said)
    bare = attrs.evolve(article, actors=(), statements=())
    assert bare.with_added(*things) == bare.with_added(*actors).with_added(*said) == whole
    assert article.with_added() == article


@pytest.mark.parametrize(
    ("things", "found"),
    [
        ([actor("s1")], "duplicate_id $.statements[0].id"),
        (
            [statement("t", "state"), statement("t", "nobody")],
            "duplicate_id $.statements[8].id, dangling_ref $.statements[8].speaker",
        ),
        (
            [statement("t", "new", accused=["s1"]), actor("new", "nobody")],
            "dangling_ref $.actors[4].on_behalf_of, wrong_ref $.statements[7].accused[0]",
        ),
    ],
)
def test_what_is_wrong_with_what_is_added_has_its_place_in_the_new_article(things: list[Any], found: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ARTICLE.with_added(*things)
    assert ", ".join(f"{issue.code} {issue.json_path}" for issue in caught.value.issues) == found


def test_only_actors_and_statements_are_added() -> None:
    for thing in ([OTHER], (OTHER,), to_dict(OTHER), "s1", None, ARTICLE, OTHER.id):
        with pytest.raises(TypeError, match="an Actor, a Statement, an Allegation or a Denial"):
            ARTICLE.with_added(actor("new"), cast("Any", thing))


@given(articles(), st.data())
def test_an_article_without_some_is_what_is_left_where_they_and_all_references_are_struck_out(
    article: Article, data: st.DataObject
) -> None:
    all_ids = list(by_id(article))
    gone = data.draw(st.sets(st.sampled_from(all_ids))) if all_ids else set()
    document = with_references(article, lambda id: None if id in gone else id)
    for section in ("actors", "statements"):
        document[section] = [thing for thing in document[section] if thing["id"] not in gone]
    # What cannot be without is named at each place in the article as it was.
    needed = [
        f"$.statements[{number}].{field}{place}"
        for number, each in enumerate(article.statements)
        for field in ("speaker", "accused", "denies")
        for value in [getattr(each, field, ())]
        if each.id not in gone and value and {*([value] if isinstance(value, str) else value)} <= gone
        for place in ([""] if isinstance(value, str) else [f"[{element}]" for element in range(len(value))])
    ]
    if needed:
        with pytest.raises(ValidationError) as caught:
            article.without(*gone)
        assert [(issue.code, issue.json_path) for issue in caught.value.issues] == [
            ("dangling_ref", place) for place in needed
        ]
    else:
        assert article.without(*gone) == from_dict(document)


@pytest.mark.parametrize(
    ("gone", "places"),
    [
        ("s1", "statements[1].denies[0]"),
        ("s1 s3", "statements[1].denies[0] statements[3].denies[0] statements[3].denies[1]"),
        ("s2 state s7", "statements[0].accused[0] statements[3].speaker"),
    ],
)
def test_what_cannot_be_without_is_named_at_each_place_in_the_article_as_it_was(gone: str, places: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ARTICLE.without(*gone.split())
    found = [("dangling_ref", f"$.{place}") for place in places.split()]
    assert [(issue.code, issue.json_path) for issue in caught.value.issues] == found
    assert ARTICLE.without("s2", "s4", "s5", "s6").statement("s3").about == ("man",)


def test_without_takes_ids_as_arguments_and_knows_them() -> None:
    assert ARTICLE.without() == ARTICLE
    assert ARTICLE.without("s6", "s6").without("s5") == ARTICLE.without("s5", "s6")
    with pytest.raises(UnknownIdError, match="'s1'"):
        ARTICLE.without("s6", "s1x")
    for many in (["s6"], ("s6",), {"s6"}, iter("s6")):
        with pytest.raises(TypeError, match=r"without\(\*ids\)"):
            ARTICLE.without(cast("Any", many))


def test_only_what_there_is_can_be_changed() -> None:
    with pytest.raises(UnknownIdError, match="'ministry'"):
        ARTICLE.with_changes("minstry", name="The Ministry")
    with pytest.raises(UnknownIdError):
        ARTICLE.with_changes(ARTICLE.id, title="An article is changed with attrs.evolve")
    with pytest.raises(TypeError, match="'accused'"):
        ARTICLE.with_changes("s6", accused=["state"])
    with pytest.raises(TypeError, match="'self'"):
        ARTICLE.with_changes("s6", self=1)


def asked(article: Article) -> list[Any]:
    return [article.by("a7"), article.against("a7"), article.denials_of("s7")]


def test_a_question_costs_what_it_returns(work: Work) -> None:
    counts = []
    for number in (20, 200):
        crowd = [actor(f"a{n}") for n in range(number)]
        many = [statement(f"s{n}", f"a{n}", accused=[f"a{n - 1}"] if n else ["a0"]) for n in range(number)]
        article = Article(id="x", actors=crowd, statements=many)
        assert asked(article) == [(many[7],), (many[8],), ()]
        counts.append(work(partial(asked, article))[1])
    assert counts[0] == counts[1]
