from __future__ import annotations

import json
import pickle
from fractions import Fraction
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    AnchorError,
    Article,
    Denial,
    DenialKind,
    PartialDate,
    Quantity,
    Span,
    Statement,
    ValidationError,
    from_dict,
    to_json,
)
from geoclaims.annotation import Comparison, Difference, Score, compare
from geoclaims.annotation._agreement import assignment, matching
from geoclaims.strategies import articles

TEXT = (
    "The navy said that rebels had mined the harbour. “We laid no mines,” a rebel leader said, calling the charge "
    "absurd. The harbour is open, its master told reporters. Ships wait."
)
SCORES = (
    *("statements", "types", "speakers", "accused", "denies", "confirms", "denial_kinds"),
    *("about", "reported_by", "quotes", "dates", "quantities", "passages"),
)
ACTORS = tuple(Actor(id=id, name=f"the {id}") for id in ("navy", "rebels", "leader", "master"))


def at(*passages: str) -> list[Span]:
    return [Span.find(TEXT, passage) for passage in passages]


MINED = Allegation(
    id="mined",
    speaker="navy",
    content="Rebels mined the harbour.",
    accused=["rebels"],
    spans=at("The navy said that rebels had mined the harbour"),
)
DENIED = Denial(
    id="denied",
    speaker="leader",
    content="Rebels laid no mines.",
    denies=["mined"],
    kind=DenialKind.OUTRIGHT,
    spans=at("“We laid no mines,” a rebel leader said"),
)
OPEN = Statement(
    id="open",
    speaker="master",
    content="The harbour is open.",
    spans=at("The harbour is open, its master told reporters"),
)
ARTICLE = Article(id="harbour", actors=ACTORS, statements=[MINED, DENIED, OPEN], text=TEXT)
WAITING = Statement(id="waiting", speaker="master", content="Ships wait.", spans=at("Ships wait"))


def with_statements(*statements: Statement) -> Article:
    return attrs.evolve(ARTICLE, statements=statements)


def unplaced(*statements: Statement) -> Article:
    """An article without a text."""
    return Article(id="a", actors=ACTORS, statements=statements)


def scores(comparison: Comparison) -> dict[str, Score]:
    return {name: getattr(comparison, name) for name in SCORES}


def counts(comparison: Comparison) -> dict[str, tuple[int, int, int]]:
    return {name: (score.matched, score.only_one, score.only_other) for name, score in scores(comparison).items()}


def differences(one: Article, other: Article) -> list[tuple[Any, ...]]:
    return [
        (each.kind, each.one, each.other, each.one_value, each.other_value) for each in compare(one, other).differences
    ]


def kinds(one: Article, other: Article) -> list[str]:
    return [each.kind for each in compare(one, other).differences]


# What is counted, and what is listed.


def test_what_both_have_and_what_only_one_of_them_is_counted_and_listed_in_the_order_of_the_text() -> None:
    told = attrs.evolve(
        MINED, about=["open", "master"], reported_by=["leader", "master"], quotes=["We ‘saw’ it", "few"]
    )
    denied = attrs.evolve(DENIED, about=["navy"], date=PartialDate(2031, 5, 6), quantities=[Quantity.of(2, "ships")])
    one = with_statements(told, denied, OPEN)
    asked = attrs.evolve(told, id="m", accused=["leader", "rebels"], about=["leader", "w"], quotes=["We 'saw' it"])
    late = attrs.evolve(denied, id="d", speaker="rebels", kind=DenialKind.NO_EVIDENCE, denies=["m"], confirms=["w"])
    late = attrs.evolve(late, about=[], date=None, event_date=PartialDate(2031), quantities=[Quantity.of(2, "Ships")])
    wider = attrs.evolve(WAITING, id="w", quotes=["Ships wait"])
    comparison = compare(one, other := with_statements(wider, asked, late))
    assert counts(comparison) == {
        "statements": (2, 1, 1),
        "types": (2, 0, 0),
        "speakers": (1, 1, 1),
        "accused": (1, 0, 1),
        "denies": (1, 0, 0),
        "confirms": (0, 0, 1),
        "denial_kinds": (0, 1, 1),
        "about": (0, 3, 2),
        "reported_by": (2, 0, 0),
        "quotes": (1, 1, 0),
        "dates": (0, 1, 1),
        "quantities": (1, 0, 0),
        "passages": (47 + 39, 46, len("Ships wait")),
    }
    assert (comparison.articles, comparison.least_overlap) == (Score(1, 0, 0), 0.5)
    assert differences(one, other) == [
        ("accused", "mined", "m", ("the rebels",), ("the leader", "the rebels")),
        ("about", "mined", "m", ("open", "the master"), ("the leader", "w")),
        ("quotes", "mined", "m", ("We ‘saw’ it", "few"), ("We 'saw' it",)),
        ("speaker", "denied", "d", "the leader", "the rebels"),
        ("confirms", "denied", "d", (), ("w",)),
        ("denial_kind", "denied", "d", "outright", "no_evidence"),
        ("about", "denied", "d", ("the navy",), ()),
        ("dates", "denied", "d", ("date 2031-05-06",), ("event_date 2031",)),
        ("statement", "open", None, "The harbour is open.", None),
        ("statement", None, "w", None, "Ships wait."),
    ]


@pytest.mark.parametrize(
    ("score", "precision", "recall", "f1"),
    [
        (Score(0, 0, 0), None, None, None),
        (Score(0, 2, 0), None, 0.0, 0.0),
        (Score(0, 0, 2), 0.0, None, 0.0),
        (Score(1, 1, 3), 0.25, 0.5, 1 / 3),
    ],
)
def test_a_score_has_nothing_to_say_where_there_is_nothing_to_score(
    score: Score, precision: Any, recall: Any, f1: Any
) -> None:
    assert (score.precision, score.recall, score.f1) == (precision, recall, f1)


def test_of_statements_of_different_types_only_the_type_and_what_all_have_differs() -> None:
    plain = Statement(id="s", speaker="navy", content="It said so.", spans=MINED.spans)
    other = with_statements(plain, attrs.evolve(DENIED, denies=["s"]), OPEN)
    assert kinds(ARTICLE, other) == ["type", "content"]
    found = counts(compare(ARTICLE, other))
    assert (found["types"], found["accused"]) == ((2, 1, 1), (0, 1, 0))


FULL = attrs.evolve(
    with_statements(
        MINED,
        attrs.evolve(OPEN, about=["leader"], date=PartialDate(2031), event_date=PartialDate(2030)),
        attrs.evolve(DENIED, reported_by=["master"]),
    ),
    actors=[attrs.evolve(ACTORS[0], on_behalf_of="leader"), *ACTORS[1:]],
)
CHANGES: list[tuple[str, str, Any, str, Any, Any]] = [
    ("mined", "content", "Rebels mined it.", "content", "Rebels mined the harbour.", "Rebels mined it."),
    (
        "mined",
        "content",
        "rebels mined the harbour.",
        "content",
        "Rebels mined the harbour.",
        "rebels mined the harbour.",
    ),
    ("mined", "cue", "said", "cue", None, "said"),
    ("mined", "basis", "reports", "basis", None, "reports"),
    ("mined", "event_place", "port", "event_place", None, "port"),
    ("mined", "appearances", ["https://a.example/"], "appearances", (), ("https://a.example/",)),
    ("mined", "labels", ["x"], "labels", (), ("x",)),
    ("mined", "quotes", ["mined"], "quotes", (), ("mined",)),
    ("mined", "quantities", [Quantity(minimum=2, maximum=2, unit="ships")], "quantities", (), ("2 ships",)),
    ("mined", "accused", ["leader"], "accused", ("the rebels",), ("the leader",)),
    ("mined", "speaker", "master", "speaker", "the navy", "the master"),
    ("mined", "spans", MINED.spans[:0], "passages", ("0–47",), ()),
    ("open", "about", ["rebels"], "about", ("the leader",), ("the rebels",)),
    ("open", "date", PartialDate(2032), "dates", ("date 2031", "event_date 2030"), ("date 2032", "event_date 2030")),
    ("open", "event_date", None, "dates", ("date 2031", "event_date 2030"), ("date 2031",)),
    (
        *("open", "event_end", PartialDate(2033), "dates", ("date 2031", "event_date 2030")),
        ("date 2031", "event_date 2030", "event_end 2033"),
    ),
    ("denied", "kind", DenialKind.NO_EVIDENCE, "denial_kind", "outright", "no_evidence"),
    ("denied", "denies", ["open"], "denies", ("mined",), ("open",)),
    ("denied", "confirms", ["open"], "confirms", (), ("open",)),
    ("denied", "reported_by", ["navy"], "reported_by", ("the master",), ("the navy",)),
    ("navy", "name", "the Navy of Norland", "actor", "the navy", "the Navy of Norland"),
    ("navy", "kind", ActorKind.STATE, "actor_kind", "unknown", "state"),
    ("navy", "role", "navy", "role", None, "navy"),
    ("navy", "on_behalf_of", "rebels", "on_behalf_of", "the leader", "the rebels"),
    ("navy", "on_behalf_of", None, "on_behalf_of", "the leader", None),
    ("rebels", "on_behalf_of", "navy", "on_behalf_of", None, "the navy"),
    ("navy", "country", "NOR", "country", None, "NOR"),
    ("navy", "aliases", ["fleet"], "aliases", (), ("fleet",)),
    ("navy", "same_as", ["https://a.example/"], "same_as", (), ("https://a.example/",)),
    ("harbour", "title", "Mines", "title", None, "Mines"),
    ("harbour", "publisher", "The Courier", "publisher", None, "The Courier"),
    ("harbour", "url", "https://a.example/", "url", None, "https://a.example/"),
    ("harbour", "archived_at", "https://a.example/", "archived_at", None, "https://a.example/"),
    ("harbour", "published", PartialDate(2031, 5), "published", None, "2031-05"),
    ("harbour", "language", "en", "language", None, "en"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_of_two_versions_each_field_that_differs_is_a_difference_with_both_values(
    change: tuple[str, str, Any, str, Any, Any],
) -> None:
    id, field, value, kind, before, after = change
    changes = {field: value}
    other = attrs.evolve(FULL, **changes) if id == FULL.id else FULL.with_changes(id, **changes)
    assert differences(FULL, other) == [(kind, id, id, before, after)]
    assert differences(other, FULL) == [(kind, id, id, after, before)]
    assert (id in str(compare(FULL, other)), id in str(compare(FULL, FULL))) == (True, False)


def test_no_field_is_left_out_of_the_differences_but_ids_the_text_and_who_annotated_it() -> None:
    models = Actor, Statement, Allegation, Denial, Article
    fields = {field.name for model in models for field in attrs.fields(model)}
    assert fields - {field for _, field, *_ in CHANGES} == {
        *("id", "text", "annotator", "actors", "statements"),
        "anonymous",  # an actor that is named is the same as one that is not only by the statements of both
    }
    nameless = FULL.with_changes("navy", anonymous=True)
    assert ("anonymous", "navy", "navy", "false", "true") in differences(
        with_statements(MINED, attrs.evolve(OPEN, speaker="navy")),
        attrs.evolve(
            nameless,
            statements=[MINED, attrs.evolve(OPEN, speaker="navy")],
            actors=[attrs.evolve(ACTORS[0], anonymous=True), *ACTORS[1:]],
        ),
    )


def test_passages_are_shown_from_shortly_before_the_place_where_they_differ_and_as_offsets_without_a_text() -> None:
    text = "".join(f"word {number:03} " for number in range(100))
    spans = [Span.of(text, 0, 9), Span.of(text, 18, 450), Span.of(text, 459, 468)]
    one = Statement(id="s", speaker="a", content="C.", spans=spans)
    for changed, shown in (
        ([*spans[:2], Span.of(text, 459, 477)], ("…" + text[368:450], text[459:468])),
        ([*spans[:1], Span.of(text, 18, 423), spans[2]], ("…" + text[323:450], text[459:468])),
        ([spans[1], spans[2]], (text[:9], text[18:308] + "…")),
        ([*spans[:2]], ("…" + text[359:450], text[459:468])),
        ([*spans, Span.of(text, 700, 900)], (text[459:468],)),
    ):
        actors = [Actor(id="a", name="A")]
        articles = [
            Article(id="x", actors=actors, statements=[attrs.evolve(one, spans=each)], text=text)
            for each in (spans, changed)
        ]
        (difference,) = compare(*articles).differences
        assert difference.one_passages == shown
        assert sum(map(len, difference.one_passages)) <= 300
    bare = [attrs.evolve(article, text=None) for article in (ARTICLE, with_statements(MINED, DENIED))]
    (difference,) = compare(*bare).differences
    assert (difference.one_passages, difference.other_passages) == (("117–163",), ())


# Which statements are the same.


def placed(*ends: tuple[int, int], **changes: Any) -> Article:
    """Statements at these places, which differ in content from those of another side."""
    text = "0123456789" * 3
    claims = [
        Statement(id=f"s{number}", speaker="a", content="It.", spans=[Span.of(text, *edges)])
        for number, edges in enumerate(ends)
    ]
    claims = [attrs.evolve(claim, **changes) for claim in claims]
    return Article(id="a", actors=[Actor(id="a", name="A")], statements=claims, text=text)


@pytest.mark.parametrize(
    ("one", "other", "least", "pairs"),
    [
        # From the least overlap on, as people write it.
        ([(0, 10)], [(0, 5)], 0.5, [(0, 0)]),
        ([(0, 10)], [(0, 4)], 0.5, []),
        ([(0, 10)], [(0, 1)], 0.1, [(0, 0)]),
        ([(0, 10)], [(0, 1)], 0.11, []),
        ([(0, 10)], [(0, 1)], 0, [(0, 0)]),
        ([(0, 10)], [(10, 20)], 0, []),
        ([(0, 10)], [(0, 10)], 1, [(0, 0)]),
        ([(0, 10)], [(0, 9)], 1, []),
        # The largest sum, and not the first that fits.
        ([(0, 10), (2, 14)], [(0, 12), (2, 20)], 0.1, [(0, 0), (1, 1)]),
        # Pairs chosen greedily, the best first, would leave one over.
        ([(0, 10), (8, 13)], [(3, 13), (0, 5)], 0.5, [(0, 1), (1, 0)]),
        # One pair of share 1 is worth more than two of which each has less than a half.
        ([(0, 10), (0, 4)], [(0, 10), (6, 10)], 0, [(0, 0)]),
        # Between equal sums, the order.
        ([(0, 9), (0, 9), (0, 9)], [(0, 9), (0, 9), (0, 9)], 0.5, [(0, 0), (1, 1), (2, 2)]),
        ([(0, 9), (0, 9)], [(0, 9)], 0.5, [(0, 0)]),
    ],
)
def test_statements_are_the_same_by_the_largest_sum_of_shares(
    one: Any, other: Any, least: float, pairs: list[tuple[int, int]]
) -> None:
    here, there = placed(*one), placed(*other, content="Other.")
    found = compare(here, there, least_overlap=least)
    assert found.statements.matched == len(pairs)
    matched = [(each.one, each.other) for each in found.differences if each.kind == "content"]
    assert sorted(matched) == [(f"s{row}", f"s{column}") for row, column in pairs]


def test_between_equal_passages_type_decides_then_speaker_cue_kind_and_content_and_order_last() -> None:
    base = Denial(id="s", speaker="navy", content="It.", denies=["open"], spans=WAITING.spans)
    allegation = Allegation(id="s", speaker="navy", content="It.", accused=["navy"], spans=WAITING.spans)
    order: list[dict[str, Any]] = [
        {"speaker": "rebels"},
        {"cue": "x"},
        {"kind": DenialKind.OUTRIGHT},
        {"content": "X."},
        {},
    ]
    ways: list[Statement] = [allegation, *(attrs.evolve(base, **changes) for changes in order)]
    for worse, better in pairwise(ways):
        for first, second in ((worse, better), (better, worse)):
            other = with_statements(OPEN, attrs.evolve(first, id="t1"), attrs.evolve(second, id="t2", labels=["z"]))
            lone = compare(with_statements(OPEN, base), other).differences[-1]
            assert (lone.kind, lone.other) == ("statement", "t1" if first is worse else "t2")


def test_ids_decide_where_either_has_no_passages() -> None:
    bare = attrs.evolve(OPEN, spans=())
    for one, other, matched in (
        (OPEN, bare, 1),
        (bare, bare, 1),
        (OPEN, attrs.evolve(bare, id="other"), 0),
        (OPEN, attrs.evolve(OPEN, spans=WAITING.spans), 0),
    ):
        assert compare(with_statements(one), with_statements(other)).statements.matched == matched
    # Passages decide first: what they match has another id.
    both = with_statements(attrs.evolve(OPEN, id="a"), bare)
    assert [(each.one, each.other) for each in compare(with_statements(OPEN), both).differences] == [(None, "open")]


# Which actors are the same.


def with_actors(*actors: Actor) -> Article:
    rest = [actor for actor in ACTORS if actor.id not in {each.id for each in actors}]
    return attrs.evolve(ARTICLE, actors=[*actors, *rest])


def test_a_renamed_actor_of_several_statements_is_one_difference_at_the_first_of_them() -> None:
    one = with_statements(MINED, DENIED, OPEN, attrs.evolve(WAITING, speaker="navy"))
    other = one.with_changes("navy", name="The Admiralty")
    assert differences(one, other) == [("actor", "navy", "navy", "the navy", "The Admiralty")]
    comparison = compare(one, other)
    assert comparison.differences[0].one_passages == one.excerpts("mined")
    assert comparison.speakers == Score(4, 0, 0)
    lone = Actor(id="lone", name="n" * 130, same_as=["https://example.org/lone"])
    one, other = (attrs.evolve(ARTICLE, actors=[*ACTORS, each]) for each in (lone, attrs.evolve(lone, name="Alone")))
    (difference,) = compare(one, other).differences
    assert (difference.one_value, difference.one_passages) == ("n" * 119 + "…", ())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"aliases": ["the fleet"]}, {"name": "The  FLEET"}, ["actor"]),
        ({"same_as": ["https://example.org/navy"]}, {"name": "x", "same_as": ["https://example.org/navy"]}, ["actor"]),
        ({"name": "“the” navy"}, {"name": '"THE" navy'}, []),
        ({"anonymous": True}, {"anonymous": True, "name": "an official"}, ["actor"]),
        ({"anonymous": True}, {"anonymous": True}, []),
        ({"anonymous": True}, {}, []),
        ({"anonymous": True}, {"name": "a newspaper"}, ["speaker"]),
        ({}, {"name": "Navy"}, ["actor"]),
        ({"name": "navy"}, {"name": "the navy of Norland"}, ["actor"]),
        ({"name": "the navy"}, {"name": "the army"}, ["speaker"]),
        ({"name": "?"}, {"name": "the navy"}, ["speaker"]),
        ({"name": "navy"}, {"name": f"the navy of {'N' * 88}"}, ["actor"]),  # 100 characters
        ({"name": "navy"}, {"name": f"the navy of {'N' * 89}"}, ["speaker"]),
    ],
)
def test_actors_are_the_same_by_names_aliases_and_uris(one: Any, other: Any, expected: list[str]) -> None:
    first, second = (with_actors(attrs.evolve(ACTORS[0], **changes)) for changes in (one, other))
    for comparison in (compare(first, second), compare(second, first)):
        assert [each.kind for each in comparison.differences if each.kind in {"actor", "speaker"}] == expected


def test_anonymous_actors_are_never_the_same_by_name() -> None:
    officials = [Actor(id=id, name="an official", anonymous=True) for id in ("o1", "o2")]
    said = [attrs.evolve(MINED, speaker="o1"), attrs.evolve(OPEN, speaker="o2")]
    one = attrs.evolve(ARTICLE, actors=[*ACTORS, *officials], statements=said)
    other = attrs.evolve(one, actors=[*ACTORS, *officials[::-1]])
    assert differences(one, other) == []
    swapped = [attrs.evolve(MINED, speaker="o2"), attrs.evolve(OPEN, speaker="o1")]
    assert differences(one, attrs.evolve(one, statements=swapped)) == []
    joint = attrs.evolve(one, statements=[attrs.evolve(MINED, speaker="o1"), attrs.evolve(OPEN, speaker="o1")])
    assert [each.kind for each in compare(one, joint).differences] == ["speaker"]


def test_actors_of_one_name_are_told_apart_by_uri_then_name_then_statements() -> None:
    def named(*actors: Actor, speaker: str) -> Article:
        return Article(
            id="a",
            text=TEXT,
            actors=actors,
            statements=[attrs.evolve(OPEN, speaker=speaker), attrs.evolve(WAITING, speaker=speaker)],
        )

    one = named(Actor(id="a", name="Lin"), Actor(id="b", name="Lin", aliases=["Jian"]), speaker="b")
    other = named(Actor(id="c", name="Lin", aliases=["Jian"]), Actor(id="d", name="Jian"), speaker="c")
    assert compare(one, other).speakers == Score(2, 0, 0)
    uri = ["https://example.org/lin"]
    one = named(Actor(id="a", name="Lin"), Actor(id="b", name="Lin", same_as=uri), speaker="b")
    other = named(Actor(id="c", name="Lin"), Actor(id="d", name="L.", aliases=["Lin"], same_as=uri), speaker="d")
    assert compare(one, other).speakers == Score(2, 0, 0)


@pytest.mark.parametrize("anonymous", [True, False])
def test_of_actors_who_share_as_many_statements_those_with_more_roles_in_common_are_the_same(
    *, anonymous: bool
) -> None:
    def accusing_itself(*ids: str) -> Article:
        actors = [Actor(id=id, name="Lin", anonymous=anonymous) for id in ids]
        return Article(id="a", text=TEXT, actors=actors, statements=[attrs.evolve(MINED, speaker="a", accused=ids)])

    one, other = accusing_itself("a", "b"), accusing_itself("b", "a")
    assert differences(one, other) == differences(other, one) == []


def test_an_actor_of_another_name_must_share_half_of_the_statements() -> None:
    said = [attrs.evolve(statement, speaker="navy") for statement in (MINED, DENIED, OPEN, WAITING)]
    one = with_statements(*said)
    new = Actor(id="new", name="someone new")

    def by_new(number: int) -> Article:
        statements = [attrs.evolve(statement, speaker="new") for statement in said[:number]] + said[number:]
        return attrs.evolve(one, statements=statements, actors=[new, *ACTORS[1:], attrs.evolve(ACTORS[0], name="x")])

    assert [each.kind for each in compare(one, by_new(4)).differences] == ["actor"]
    assert [each.kind for each in compare(one, by_new(3)).differences] == ["actor", "speaker"]
    assert [each.kind for each in compare(one, by_new(1)).differences] == ["speaker", "actor"]


def test_whoever_speaks_for_someone_unnamed_speaks_for_someone_else_only_under_another_name() -> None:
    def spoken_for(id: str, name: str, *, anonymous: bool = True) -> Article:
        principal = Actor(id=id, name=name, anonymous=anonymous)
        lin = Actor(id="lin", name="Lin", on_behalf_of=id)
        return Article(id="x", actors=[lin, principal], statements=[Statement(id="s", speaker="lin", content="C.")])

    one = spoken_for("o1", "an official")
    for other, values in (
        (spoken_for("o2", "An official"), []),
        (spoken_for("o2", "a clerk"), [("an official", "a clerk")]),
        (spoken_for("o2", "an official", anonymous=False), [("an official", "an official")]),
        (one.with_changes("lin", on_behalf_of=None), [("an official", None)]),
    ):
        found = [each for each in compare(one, other).differences if each.kind == "on_behalf_of"]
        assert [(each.one_value, each.other_value) for each in found] == values


def test_anonymous_actors_in_no_statement_are_the_same_if_they_are_equal() -> None:
    actors = [*ACTORS, Actor(id="one", name="an official", anonymous=True), Actor(id="b", name="B", on_behalf_of="one")]
    one = attrs.evolve(ARTICLE, actors=actors)
    assert differences(one, one) == []
    other = attrs.evolve(one, actors=[*actors[:-2], attrs.evolve(actors[-2], name="a clerk"), actors[-1]])
    assert differences(one, other) == [("on_behalf_of", "b", "b", "an official", "a clerk")]


# Copies of the text.


def test_copies_that_differ_are_attached_to_each_other_first_the_shorter_if_it_has_all_passages() -> None:
    copy = TEXT.replace("“", '"').replace("”", '"').replace(" ", "  ")
    spaced = attrs.evolve(ARTICLE, text=None).with_text(copy)
    short = with_statements(MINED, DENIED).with_text(TEXT[:117])
    for one, other, matched in (
        (ARTICLE, spaced, 3),
        (ARTICLE, attrs.evolve(spaced, text=None), 3),
        (attrs.evolve(spaced, text=None), ARTICLE, 3),
        (short, ARTICLE, 2),
        (ARTICLE, short, 2),
    ):
        comparison = compare(one, other)
        assert comparison.statements.matched == matched
        assert [each.kind for each in comparison.differences] == ["statement"] * (3 - matched)
    assert compare(spaced, ARTICLE).passages == Score(47 + 39 + 46, 0, 0)


OTHER_TEXT = Article(id=ARTICLE.id, text="Nothing of this.")
BARE = attrs.evolve(ARTICLE, text=None)


@pytest.mark.parametrize(
    ("one", "other", "paths", "message"),
    [
        (BARE, OTHER_TEXT, ["$.one"], "this is another text"),
        ([OTHER_TEXT], [BARE], ["$.other[0]"], "this is another text"),
        (BARE, attrs.evolve(OTHER_TEXT, id="bridge"), ["$.one"], "; the ids differ too: 'harbour' and 'bridge'"),
        (
            unplaced(OPEN),
            Article(id="a", text="The navy said that rebels had mined the harbour."),
            ["$.one.statements[0].spans[0]"],
            "",
        ),
        # Without a text, offsets are compared, and most long passages moved.
        (
            BARE,
            attrs.evolve(BARE.with_text("Norland. " + TEXT), text=None),
            [f"$.other.statements[{number}].spans[0]" for number in range(3)],
            "",
        ),
    ],
)
def test_a_text_that_lacks_passages_is_an_error_that_names_the_side(
    one: Any, other: Any, paths: list[str], message: str
) -> None:
    with pytest.raises(AnchorError) as caught:
        compare(one, other)
    found = [issue.json_path for issue in caught.value.issues]
    assert found[: len(paths)] == paths
    assert caught.value.issues[0].message.endswith(message)


def test_a_few_long_passages_that_moved_without_a_text_are_other_statements_and_so_are_short_ones() -> None:
    moved = attrs.evolve(BARE.with_text("Norland. " + TEXT), text=None)
    assert compare(BARE, attrs.evolve(moved, statements=[*BARE.statements[:2], moved.statements[2]])).statements == (
        Score(3, 0, 0)
    )
    mined = attrs.evolve(MINED, spans=at("mined"))
    away = attrs.evolve(mined, spans=[Span(90, 95, mined.spans[0].fingerprint)])
    assert compare(unplaced(mined), unplaced(away)).statements.matched == 0


# Corpora.


def corpus(*ids: str) -> list[Article]:
    return [attrs.evolve(ARTICLE, id=id) for id in ids]


def test_corpora_are_joined_by_id_and_what_only_one_has_counts_with_all_its_statements() -> None:
    first, second = corpus("a", "b", "c"), corpus("c", "d", "a", "e")
    second[0] = attrs.evolve(second[0], title="Mines", statements=[MINED, DENIED])
    second[1] = attrs.evolve(second[1], title="Ships")  # what only one has is no difference in title
    comparison = compare(iter(first), iter(second))
    assert comparison.articles == Score(2, 1, 2)
    assert comparison.statements == Score(5, 4, 6)
    assert comparison.accused == Score(2, 1, 2)
    listed = [(each.article, each.kind, each.one is None) for each in comparison.differences]
    statements = [("b", False), ("c", False), ("d", True), ("e", True)]
    expected = [(id, "statement", only) for id, only in statements for _ in range(1 if id == "c" else 3)]
    assert listed == [*expected[:3], ("c", "title", False), *expected[3:]]


def test_macro_averages_are_means_of_the_articles_that_have_something_to_score() -> None:
    fewer = attrs.evolve(ARTICLE, id="b", statements=[MINED])
    comparison = compare(corpus("a", "b", "c"), [*corpus("a"), fewer])
    score = comparison.statements
    assert score.macro_precision == 1.0
    assert score.macro_recall == pytest.approx((1 + 1 / 3 + 0) / 3)
    assert score.macro_f1 == pytest.approx((1 + 0.5 + 0) / 3)
    assert (score.precision, score.recall) == (1.0, 4 / 9)
    assert (comparison.confirms.macro_f1, comparison.articles.macro_f1) == (None, None)
    # That of a single article is its score, however small.
    short, long = (unplaced(attrs.evolve(OPEN, spans=[Span(0, end, "1:1:" + "0" * 16)])) for end in (1, 324_667))
    passages = compare(short, long, least_overlap=0).passages
    assert (passages.macro_precision, passages.macro_f1) == (passages.precision, passages.f1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"one": corpus("a", "b", "a")}, r"^\$\.one\[2\]\.id: found 'a' again, .* \[duplicate_id\]$"),
        ({"other": corpus("b", "b")}, r"^\$\.other\[1\]\.id: found 'b' again, .* \[duplicate_id\]$"),
        *(({"least_overlap": least}, r"^\$\.least_overlap: .* \[range\]$") for least in (-0.1, 2, float("nan"))),
        *(({"least_overlap": least}, "least_overlap, expected a number") for least in ("0.5", True, None)),
        ({"one": ARTICLE}, "^found a value of type Article as one and a list .* as other, expected two articles, or"),
        (
            {"other": ARTICLE},
            "^found an empty list as one and a value of type Article as other, expected two articles,",
        ),
        ({"one": ARTICLE, "other": None}, "^found a value of type Article as one and None as other, expected two"),
        ({"one": 5}, "^found 5 as one, expected articles$"),
        ({"one": [ARTICLE, MINED]}, "^found a value of type Allegation in one, expected an Article"),
        ({"other": [None]}, "^found None in other, expected an Article"),
        ({"one": "path.json"}, "^found 'p' in one, expected an Article"),
    ],
)
def test_wrong_arguments_are_named_with_what_was_expected(arguments: dict[str, Any], message: str) -> None:
    error = ValidationError if message.startswith(r"^\$") else TypeError
    other = corpus("a") if "one" in arguments else []
    with pytest.raises(error, match=message):
        compare(**({"one": [], "other": other} | arguments))


# What comes of it.


def test_a_comparison_is_frozen_can_be_pickled_and_is_json() -> None:
    comparison = compare(ARTICLE, with_statements(MINED, WAITING))
    assert pickle.loads(pickle.dumps(comparison)) == comparison  # noqa: S301
    assert hash(comparison) == hash(compare(ARTICLE, with_statements(MINED, WAITING)))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        comparison.statements = Score(0, 0, 0)  # type: ignore[misc]
    document = comparison.to_dict()
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert list(document) == ["least_overlap", "articles", *SCORES, "differences"]
    assert document["statements"] == {
        "precision": 0.5,
        "recall": 1 / 3,
        "f1": 0.4,
        "matched": 1,
        "only_one": 2,
        "only_other": 1,
        "macro_precision": 0.5,
        "macro_recall": pytest.approx(1 / 3),
        "macro_f1": pytest.approx(0.4),
    }
    assert document["differences"][0] == {
        "article": "harbour",
        "kind": "statement",
        "one": "denied",
        "other": None,
        "one_value": "Rebels laid no mines.",
        "other_value": None,
        "one_passages": ["“We laid no mines,” a rebel leader said"],
        "other_passages": [],
    }
    assert "differences=(3 in all)" in repr(comparison)


def test_the_page_has_the_scores_and_each_difference_side_by_side() -> None:
    actors = [attrs.evolve(ACTORS[1], aliases=["insurgents"], name="the “rebels”"), *ACTORS[:1], *ACTORS[2:]]
    other = attrs.evolve(
        with_statements(MINED, attrs.evolve(DENIED, id="d", speaker="navy", spans=[Span.of(TEXT, 49, 115)])),
        actors=[attrs.evolve(actors[0], name="insurgents", aliases=["the rebels"]), *actors[1:]],
    )
    assert (
        str(compare(ARTICLE, other))
        == """\
Statements are the same if they share 0.5 of the characters of their passages.

              precision  recall      F1     both  only one  only other
statements        1.000   0.667   0.800        2         1           0
types             1.000   1.000   1.000        2         0           0
speakers          0.500   0.500   0.500        1         1           1
accused           1.000   1.000   1.000        1         0           0
denies            1.000   1.000   1.000        1         0           0
confirms              –       –       –        0         0           0
denial kinds      1.000   1.000   1.000        1         0           0
about                 –       –       –        0         0           0
reported by           –       –       –        0         0           0
quotes                –       –       –        0         0           0
dates                 –       –       –        0         0           0
quantities            –       –       –        0         0           0
passages          0.761   0.652   0.702       86        46          27

5 differences. This shows where the two differ, not which one is right.

Untitled report
article       harbour
              one                               other

actor         rebels                            rebels
passages      The navy said that rebels had     The navy said that rebels had
              mined the harbour                 mined the harbour
name          the rebels                        insurgents
aliases       –                                 the rebels

statement     denied                            d
passages      “We laid no mines,” a rebel       “We laid no mines,” a rebel
              leader said                       leader said, calling the charge
                                                absurd
speaker       the leader                        the navy
places        49–88                             49–115

statement     open                              –
passages      The harbour is open, its master   –
              told reporters
content       The harbour is open.              –"""
    )


def test_the_page_of_corpora_counts_articles_has_means_and_is_headed_by_what_either_says_of_an_article() -> None:
    known: dict[str, Any] = {"publisher": "The Courier", "published": PartialDate(2031, 5)}
    page = str(compare([*corpus("a"), attrs.evolve(ARTICLE, id="b", **known)], corpus("a")))
    assert "articles          1.000   0.500   0.667        1         1           0" in page
    assert "Means of the articles:\nstatements        1.000   0.500   0.500\n" in page
    assert page.count("\n\nUntitled report, The Courier, May 2031\narticle       b\n              one    ") == 1
    assert "\narticle       a\n" not in page
    titled, fewer = attrs.evolve(ARTICLE, title="Mines"), with_statements()
    for one, other in ((titled, fewer), (fewer, titled)):
        assert "\n\nMines\narticle       " in str(compare(one, other))


def test_passages_stand_apart_on_the_page_are_left_out_where_there_are_none_and_disturb_no_terminal() -> None:
    interrupted = attrs.evolve(OPEN, spans=[*OPEN.spans, *WAITING.spans])
    page = str(compare(with_statements(interrupted), with_statements()))
    assert "passages      The harbour is open, its master   –\n              told reporters … Ships wait\n" in page
    page = str(compare(with_statements(attrs.evolve(OPEN, spans=())), with_statements()))
    assert page.endswith(
        "\n\nstatement     open                              –\ncontent       The harbour is open.              –"
    )
    text = "a\x1b[2J\u202e" + "中" * 40
    said = Statement(id="s", speaker="navy", content="line\nline", spans=[Span.of(text, 0, len(text))])
    article = Article(id="a", actors=ACTORS, statements=[said], text=text)
    page = str(compare(article, attrs.evolve(article, statements=())))
    assert not {"\x1b", "\u202e"} & set(page)
    assert "content       line line" in page
    for line in page.splitlines()[12:]:
        assert sum(2 if character == "中" else 1 for character in line) <= 80


# Limits.


def test_statements_that_all_have_one_passage_are_matched_without_deep_recursion() -> None:
    spans = [Span(0, 100, "1:1:0000000000000000")]
    same = [Statement(id=f"s{index}", speaker="navy", content="It.", spans=spans) for index in range(1_200)]
    assert compare(unplaced(*same), unplaced(*same[:2])).statements == Score(2, 1_198, 0)


NAMESAKES = [Actor(id=f"a{number}", name="A") for number in range(4)]


def in_one_role(name: str) -> Article:
    actors = [attrs.evolve(actor, name=f"{name}{number}") for number, actor in enumerate(NAMESAKES)]
    accusing = attrs.evolve(MINED, speaker="a0", accused=[actor.id for actor in actors])
    return Article(id="a", actors=actors, statements=[accusing])


@pytest.mark.parametrize(
    ("one", "other", "where", "what"),
    [
        (*[unplaced(*(attrs.evolve(MINED, id=f"s{n}") for n in range(4)))] * 2, "statements", "passages that overlap"),
        (*[Article(id="a", actors=NAMESAKES)] * 2, "actors", "actors of one name"),
        (in_one_role("a"), in_one_role("b"), "actors", "actors in one role"),
    ],
)
def test_more_pairs_than_can_be_matched_are_refused(
    one: Article, other: Article, where: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(one, other)
    monkeypatch.setattr(matching, "MOST_PAIRS", 15)  # the true limit, four millions, takes seconds to reach
    with pytest.raises(ValidationError, match=rf"^\$\.one\.{where}: found more {what} than .* \[range\]$"):
        compare(one, other)


def test_the_steps_of_all_choices_in_an_article_are_limited_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "_MOST_STEPS", 6)  # the true limit takes 20 seconds to reach
    both = [attrs.evolve(MINED, id=id) for id in ("a", "b")]
    others = [attrs.evolve(OPEN, id=id) for id in ("c", "d")]
    assert compare(unplaced(*both), unplaced(*both)).statements.matched == 2
    assert compare(unplaced(*others), unplaced(*others)).statements.matched == 2
    with pytest.raises(ValidationError, match=r"^\$\.one\.statements: found more statements that may be the same than"):
        compare(unplaced(*both, *others), unplaced(*both, *others))


def test_shares_beyond_a_common_denominator_of_256_digits_are_rounded_alike() -> None:
    number = 80
    statements = [
        Statement(
            id=f"s{index}",
            speaker="navy",
            content=str(index),
            spans=[Span(0, 1_000 + index, "1:1:0000000000000000")],
        )
        for index in range(number)
    ]
    assert differences(unplaced(*statements), unplaced(*statements[::-1])) == []


# Annotations of one text: articles as the library draws them, with passages in few places, so that they overlap.
def spans_in(text: str) -> st.SearchStrategy[list[Span]]:
    def spans(edges: list[int]) -> list[Span]:
        edges = sorted(set(edges))
        return [Span.of(text, *pair) for pair in zip(edges[::2], edges[1::2], strict=False)]

    return st.lists(st.integers(0, len(text)), max_size=4).map(spans)


SHORT = "abcdefgh"


@st.composite
def drafted(draw: st.DrawFn) -> Article:
    article = draw(articles(text=st.just(SHORT), max_statements=6, max_actors=4))
    statements = [attrs.evolve(each, spans=draw(spans_in(SHORT))) for each in article.statements]
    return attrs.evolve(article, statements=statements)


@given(articles())
def test_an_article_against_itself_scores_one_everywhere(article: Article) -> None:
    comparison = compare(article, article)
    for score in scores(comparison).values():
        assert (score.only_one, score.only_other) == (0, 0)
        assert {score.precision, score.recall, score.f1} <= {1.0, None}
        assert (score.macro_precision, score.macro_recall, score.macro_f1) == (score.precision, score.recall, score.f1)
    assert comparison.statements.matched == len(article.statements)
    assert comparison.differences == ()


@pytest.mark.slow
@given(drafted(), drafted(), st.sampled_from([0, 0.3, 0.5, 1]))
def test_to_exchange_the_two_exchanges_precision_and_recall(one: Article, other: Article, least: float) -> None:
    other = attrs.evolve(other, id=one.id)
    there, back = (compare(*pair, least_overlap=least) for pair in ((one, other), (other, one)))
    for score, mirrored in zip(scores(there).values(), scores(back).values(), strict=True):
        assert (score.precision, score.recall, score.f1) == (mirrored.recall, mirrored.precision, mirrored.f1)
        assert (score.matched, score.only_one) == (mirrored.matched, mirrored.only_other)
    assert set(map(mirrored_difference, there.differences)) == set(back.differences)


def mirrored_difference(difference: Difference) -> Difference:
    return attrs.evolve(
        difference,
        one=difference.other,
        other=difference.one,
        one_value=difference.other_value,
        other_value=difference.one_value,
        one_passages=difference.other_passages,
        other_passages=difference.one_passages,
    )


def test_to_exchange_the_two_exchanges_the_passages_of_an_actor() -> None:
    short, long = (
        attrs.evolve(OPEN, id=id, content=id, spans=at(passage))
        for id, passage in (("s", "The harbour is open"), ("l", "The harbour is open, its master told"))
    )
    one = with_statements(short, long)
    renamed = Actor(id="master", name="a pilot")
    other = attrs.evolve(one, actors=[*ACTORS[:3], renamed], statements=one.statements[::-1])
    (there,), (back,) = compare(one, other).differences, compare(other, one).differences
    assert (there.kind, there.one_value, there.other_value) == ("actor", "the master", "a pilot")
    assert mirrored_difference(there) == back


@pytest.mark.slow
@given(drafted(), drafted())
def test_a_statement_that_overlaps_nothing_lowers_precision_alone_or_recall_alone(one: Article, other: Article) -> None:
    assume(one.actors and other.actors)
    longer = SHORT + "."
    one, other = (article.with_text(longer) for article in (one, other))
    before = compare(one, other)

    def with_one_more(article: Article) -> Article:
        things: list[Any] = [*one.statements, *other.statements, *article.actors]
        ids = {thing.id for thing in things}
        id = next(f"more{number}" for number in range(20) if f"more{number}" not in ids)
        spans = [Span.of(longer, len(SHORT), len(longer))]
        more = Statement(id=id, speaker=article.actors[0].id, content="More.", spans=spans)
        return attrs.evolve(article, statements=[*article.statements, more])

    precise, recalled = before.statements.precision, before.statements.recall
    after = compare(one, with_one_more(other))
    assert after.statements.recall == recalled
    assert after.statements.precision == 0.0 if not precise else after.statements.precision < precise  # type: ignore[operator]
    after = compare(with_one_more(one), other)
    assert after.statements.precision == precise
    assert after.statements.recall == 0.0 if not recalled else after.statements.recall < recalled  # type: ignore[operator]


@pytest.mark.slow
@given(drafted(), st.randoms(use_true_random=False))
def test_ids_and_order_do_not_matter_where_passages_differ(article: Article, random: Any) -> None:
    places = [tuple((span.start, span.end) for span in statement.spans) for statement in article.statements]
    assume(all(places) and len(set(places)) == len(places))
    things: list[Any] = [*article.actors, *article.statements]
    new = {thing.id: f"n{number}" for number, thing in enumerate(things)}
    document = json.loads(to_json(article))
    renamed = _renamed(document, new)
    for section in ("actors", "statements"):
        random.shuffle(renamed.get(section, []))
    comparison = compare(article, from_dict(renamed))
    assert comparison.statements.matched == len(article.statements)
    for name in (
        "statements",
        "types",
        "denies",
        "confirms",
        "denial_kinds",
        "quotes",
        "dates",
        "quantities",
        "passages",
    ):
        assert counts(comparison)[name][1:] == (0, 0)


def _renamed(value: Any, new: dict[str, str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _renamed(inner, new, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, new, key) for inner in value]
    references = {"id", "speaker", "about", "confirms", "reported_by", "accused", "denies", "on_behalf_of"}
    return new.get(value, value) if key in references else value


# The assignment, against an exhaustive search.


@st.composite
def denials(draw: st.DrawFn, kind: DenialKind) -> Article:
    """Denials of one kind: beside one of another, each pair that is matched is a difference."""
    base = Statement(id="base", speaker="navy", content="It.")
    claims = [
        Denial(
            id=f"{kind}-{number}",
            speaker=draw(st.sampled_from(["navy", "rebels"])),
            content=draw(st.sampled_from("AB")),
            cue=draw(st.sampled_from([None, "x"])),
            kind=kind,
            denies=["base"],
            spans=draw(spans_in(SHORT)),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    return Article(id="a", actors=ACTORS, statements=[base, *claims], text=SHORT)


def shares(one: Article, other: Article, least: Fraction) -> dict[tuple[int, int], Fraction]:
    def characters(statement: Statement) -> set[int]:
        return {place for span in statement.spans for place in range(span.start, span.end)}

    table = {}
    for row, first in enumerate(one.statements):
        for column, second in enumerate(other.statements):
            both, either = characters(first) & characters(second), characters(first) | characters(second)
            if both and Fraction(len(both), len(either)) >= least:
                table[row, column] = Fraction(len(both), len(either))
    return table


def worth(one: Article, other: Article, pairs: Any, table: Any) -> tuple[Any, ...]:
    couples = [(one.statements[row], other.statements[column]) for row, column in pairs]
    return (
        sum(table[pair] for pair in pairs),
        sum(a.speaker == b.speaker for a, b in couples),
        sum(a.cue == b.cue for a, b in couples),
        sum(a.content == b.content for a, b in couples),
    )


def choices(table: Any, rows: int) -> Any:
    def beyond(row: int, used: frozenset[int]) -> Any:
        if row == rows:
            yield ()
            return
        for rest in beyond(row + 1, used):
            yield rest
        for first, column in table:
            if first == row and column not in used:
                for rest in beyond(row + 1, used | {column}):
                    yield ((row, column), *rest)

    return beyond(0, frozenset())


@given(
    denials(DenialKind.OUTRIGHT),
    denials(DenialKind.NO_EVIDENCE),
    st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2)]),
)
def test_statements_are_matched_as_well_as_any_search_could(one: Article, other: Article, least: Fraction) -> None:
    table = shares(one, other, least)
    best = max(worth(one, other, pairs, table) for pairs in choices(table, len(one.statements)))
    places = [{statement.id: place for place, statement in enumerate(each.statements)} for each in (one, other)]
    pairs = [
        (places[0][each.one or ""], places[1][each.other or ""])
        for each in compare(one, other, least_overlap=float(least)).differences
        if each.kind == "denial_kind"
    ]
    assert worth(one, other, pairs, table) == best
