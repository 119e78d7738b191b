from __future__ import annotations

import json
import pickle
import weakref
from collections.abc import Sequence
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
from geoclaims.annotation._agreement import assignment
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


def scores(comparison: Comparison) -> dict[str, Score]:
    return {name: getattr(comparison, name) for name in SCORES}


def counts(comparison: Comparison) -> dict[str, tuple[int, int, int]]:
    return {name: (score.matched, score.only_one, score.only_other) for name, score in scores(comparison).items()}


def with_reversed(article: Article) -> Article:
    return attrs.evolve(article, statements=article.statements[::-1])


def differences(one: Article, other: Article) -> list[tuple[Any, ...]]:
    return [
        (each.kind, each.one, each.other, each.one_value, each.other_value) for each in compare(one, other).differences
    ]


def test_what_both_have_and_what_only_one_of_them_is_counted() -> None:
    reader = attrs.evolve(DENIED, id="d", speaker="rebels", kind=DenialKind.NO_EVIDENCE, denies=["m"], confirms=["w"])
    blamed = attrs.evolve(MINED, id="m", accused=["leader", "rebels"])
    comparison = compare(ARTICLE, with_statements(blamed, reader, attrs.evolve(WAITING, id="w")))
    passages = [len(text) for text in ARTICLE.excerpts("open")]
    assert counts(comparison) == {
        "statements": (2, 1, 1),
        "types": (2, 0, 0),
        "speakers": (1, 1, 1),
        "accused": (1, 0, 1),
        "denies": (1, 0, 0),
        "confirms": (0, 0, 1),
        "denial_kinds": (0, 1, 1),
        "about": (0, 0, 0),
        "reported_by": (0, 0, 0),
        "quotes": (0, 0, 0),
        "dates": (0, 0, 0),
        "quantities": (0, 0, 0),
        "passages": (47 + 39, *passages, len("Ships wait")),
    }
    assert comparison.articles == Score(1, 0, 0)
    assert comparison.least_overlap == 0.5


def test_a_score_has_nothing_to_say_where_there_is_nothing_to_score() -> None:
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall, Score(0, 0, 0).f1) == (None, None, None)
    assert (Score(0, 2, 0).precision, Score(0, 2, 0).recall, Score(0, 2, 0).f1) == (None, 0.0, 0.0)
    assert (Score(0, 0, 2).precision, Score(0, 0, 2).recall, Score(0, 0, 2).f1) == (0.0, None, 0.0)
    assert (Score(1, 1, 3).precision, Score(1, 1, 3).recall, Score(1, 1, 3).f1) == (0.25, 0.5, 1 / 3)


def test_each_difference_is_listed_in_the_order_of_the_text_with_both_values() -> None:
    late = attrs.evolve(DENIED, id="d", speaker="rebels", kind=DenialKind.NO_EVIDENCE, denies=["w"], confirms=["m"])
    blamed = attrs.evolve(MINED, id="m", accused=["leader", "rebels"])
    wider = attrs.evolve(OPEN, id="o", spans=[*OPEN.spans, *WAITING.spans])
    waiting = attrs.evolve(WAITING, id="w", spans=())
    assert differences(ARTICLE, with_statements(wider, blamed, waiting, late)) == [
        ("accused", "mined", "m", ("the rebels",), ("the leader", "the rebels")),
        ("speaker", "denied", "d", "the leader", "the rebels"),
        ("denies", "denied", "d", ("mined",), ("w",)),
        ("confirms", "denied", "d", (), ("m",)),
        ("denial_kind", "denied", "d", "outright", "no_evidence"),
        ("passages", "open", "o", ("117–163",), ("117–163", "165–175")),
        ("statement", None, "w", None, "Ships wait."),
    ]


def test_links_to_what_a_statement_is_about_and_through_whom_it_came_count_in_all_statements() -> None:
    told = attrs.evolve(MINED, about=["open", "master"], reported_by=["leader", "master"])
    asked = attrs.evolve(told, about=["leader", "open"], reported_by=["master", "leader"])
    said = attrs.evolve(DENIED, about=["navy"], reported_by=["master"])
    comparison = compare(with_statements(told, said, OPEN), with_statements(asked, OPEN))
    assert counts(comparison)["about"] == (1, 2, 1)
    assert counts(comparison)["reported_by"] == (2, 1, 0)
    assert differences(with_statements(told, said, OPEN), with_statements(asked, OPEN)) == [
        ("about", "mined", "mined", ("open", "the master"), ("the leader", "open")),
        ("statement", "denied", None, "Rebels laid no mines.", None),
    ]


def test_quotes_dates_and_quantities_of_matched_statements_are_compared_as_sets() -> None:
    day, month = PartialDate(2031, 5, 6), PartialDate(2031, 5)
    mines, ships = Quantity(minimum=20, unit="mines"), Quantity(minimum=2, maximum=2, unit="ships")
    one = attrs.evolve(MINED, quotes=["We ‘saw’ it", "few"], date=day, event_date=month, quantities=[mines, ships])
    other = attrs.evolve(one, quotes=["few", "We 'saw' it"], event_date=None, event_end=month)
    other = attrs.evolve(other, quantities=[attrs.evolve(ships, unit="Ships")])
    unmatched = attrs.evolve(WAITING, quotes=["Ships wait"], date=day, quantities=[ships])
    comparison = compare(with_statements(one, DENIED, OPEN), with_statements(other, DENIED, OPEN, unmatched))
    assert [counts(comparison)[name] for name in ("quotes", "dates", "quantities")] == [(2, 0, 0), (1, 1, 1), (1, 1, 0)]
    assert [(each.kind, each.one_value, each.other_value) for each in comparison.differences] == [
        ("dates", ("date 2031-05-06", "event_date 2031-05"), ("date 2031-05-06", "event_end 2031-05")),
        ("quantities", ("at least 20 mines", "2 ships"), ("2 Ships",)),
        ("statement", None, "Ships wait."),
    ]
    page = str(comparison)
    assert "\nquantities    at least 20 mines; 2 ships        2 Ships\n" in page
    assert "\nquotes            1.000   1.000   1.000        2         0           0\n" in page
    assert comparison.to_dict()["dates"]["f1"] == 0.5
    assert [each.kind for each in compare(with_statements(one), with_statements(MINED)).differences] == [
        "quotes",
        "dates",
        "quantities",
    ]


def test_of_statements_of_different_types_only_the_type_differs() -> None:
    plain_statement = Statement(id="s", speaker="navy", content="It said so.", spans=MINED.spans)
    denied = attrs.evolve(DENIED, denies=["s"])
    comparison = compare(ARTICLE, with_statements(plain_statement, denied, OPEN))
    assert [(each.kind, each.one_value, each.other_value) for each in comparison.differences] == [
        ("type", "allegation", "statement"),
        ("content", "Rebels mined the harbour.", "It said so."),
    ]
    assert counts(comparison)["types"] == (2, 1, 1)
    assert counts(comparison)["accused"] == (0, 1, 0)


def test_a_difference_shows_both_passages_cut_and_their_places_where_there_is_no_text() -> None:
    (difference,) = compare(ARTICLE, with_statements(MINED, attrs.evolve(DENIED, speaker="rebels"), OPEN)).differences
    assert difference.one_passages == difference.other_passages == ("“We laid no mines,” a rebel leader said",)
    (difference,) = compare(
        attrs.evolve(ARTICLE, text=None), attrs.evolve(with_statements(MINED, DENIED), text=None)
    ).differences
    assert (difference.one_passages, difference.other_passages) == (("117–163",), ())
    text = "".join(f"{number:03} " for number in range(200))
    long = [Span.of(text, 0, 199), Span.of(text, 200, 310), Span.of(text, 311, 320)]
    said = Statement(id="s", speaker="navy", content="It counts.", spans=long)
    article = Article(id="a", actors=ACTORS, statements=[said], text=text)
    (difference,) = compare(article, attrs.evolve(article, statements=())).differences
    assert difference.one_passages == (text[:199], text[200:300] + "…")
    assert sum(map(len, difference.one_passages)) == 300


def test_passages_are_shown_from_shortly_before_the_place_where_they_differ() -> None:
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
        articles = (
            Article(id="x", actors=[Actor(id="a", name="A")], statements=[attrs.evolve(one, spans=each)], text=text)
            for each in (spans, changed)
        )
        (difference,) = compare(*articles).differences
        assert difference.one_passages == shown
        assert sum(map(len, difference.one_passages)) <= 300


def test_names_are_cut_in_differences() -> None:
    actors = [attrs.evolve(ACTORS[0], name="a" * 200), *ACTORS[1:]]
    other = attrs.evolve(with_statements(attrs.evolve(MINED, speaker="master"), DENIED, OPEN), actors=actors)
    (difference,) = compare(attrs.evolve(ARTICLE, actors=actors), other).differences
    assert difference.one_value == "a" * 119 + "…"


# What is the same.


@pytest.mark.parametrize(
    ("end", "least", "same"),
    [(5, 0.5, True), (4, 0.5, False), (1, 0.1, True), (1, 0.11, False), (1, 0, True), (10, 1, True), (9, 1, False)],
)
def test_statements_are_the_same_from_the_least_overlap_on(end: int, least: float, same: bool) -> None:  # noqa: FBT001
    text = "0123456789"
    actors = [Actor(id="a", name="A")]

    def said(id: str, end: int) -> Article:
        claim = Statement(id=id, speaker="a", content="It.", spans=[Span.of(text, 0, end)])
        return Article(id="a", actors=actors, statements=[claim], text=text)

    assert compare(said("s", 10), said("t", end), least_overlap=least).statements.matched == same


def test_the_largest_sum_is_taken_and_not_the_first_that_fits() -> None:
    text = "0123456789" * 3

    def said(*ends: tuple[int, int]) -> Article:
        claims = [
            Statement(id=f"s{number}", speaker="a", content="It.", spans=[Span.of(text, *edges)])
            for number, edges in enumerate(ends)
        ]
        return Article(id="a", actors=[Actor(id="a", name="A")], statements=claims, text=text)

    one, other = said((0, 10), (2, 14)), said((0, 12), (2, 20))
    pairs = [(each.one, each.other) for each in compare(one, other, least_overlap=0.1).differences]
    assert pairs == [("s0", "s0"), ("s1", "s1")]
    # The best pair of all, s0 and s0, leaves s1 without any; so does the first that fits.
    one, other = said((0, 10), (8, 13)), said((3, 13), (0, 5))
    for articles_ in ((one, other), (other, one), (with_reversed(one), other), (one, with_reversed(other))):
        assert compare(*articles_).statements == Score(2, 0, 0)
    # One pair of share 1 is worth more than two of which each has less than a half.
    one, other = said((0, 10), (0, 4)), said((0, 10), (6, 10))
    assert compare(one, other, least_overlap=0).statements == Score(1, 1, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"content": "Other."},
        {"cue": "claimed"},
        {"kind": DenialKind.OUTRIGHT},
        {"speaker": "rebels"},
    ],
)
def test_between_equal_passages_the_statement_decides_that_agrees_in_more(changes: dict[str, Any]) -> None:
    first = Denial(id="s1", speaker="navy", content="It.", denies=["open"], spans=WAITING.spans)
    second = attrs.evolve(first, id="s2", **changes)
    one = with_statements(OPEN, first, second)
    other = with_statements(OPEN, attrs.evolve(second, id="t1"), attrs.evolve(first, id="t2"))
    assert differences(one, other) == []
    allegation = Allegation(id="s2", speaker="navy", content="It.", accused=["navy"], spans=WAITING.spans)
    one = with_statements(OPEN, first, allegation)
    other = with_statements(OPEN, attrs.evolve(allegation, id="t1"), attrs.evolve(first, id="t2"))
    assert differences(one, other) == []


def test_type_decides_before_speaker_and_so_on_and_order_last() -> None:
    base = Denial(id="s", speaker="navy", content="It.", denies=["open"], spans=WAITING.spans)
    order: list[dict[str, Any]] = [
        {"speaker": "rebels"},
        {"cue": "x"},
        {"kind": DenialKind.OUTRIGHT},
        {"content": "X."},
        {},
    ]
    for worse, better in pairwise(order):
        other = with_statements(
            OPEN, attrs.evolve(base, id="t1", **worse), attrs.evolve(base, id="t2", labels=["z"], **better)
        )
        lone = compare(with_statements(OPEN, base), other).differences[-1]
        assert (lone.kind, lone.other) == ("statement", "t1")
    twice = with_statements(OPEN, base, attrs.evolve(base, id="s2"))
    once = compare(twice, with_statements(OPEN, attrs.evolve(base, id="t"))).differences
    assert [(each.one, each.other) for each in once] == [("s2", None)]


def test_ids_decide_where_either_has_no_passages() -> None:
    unplaced = attrs.evolve(OPEN, spans=())
    assert counts(compare(ARTICLE, with_statements(MINED, DENIED, unplaced)))["statements"] == (3, 0, 0)
    renamed = attrs.evolve(unplaced, id="other")
    assert counts(compare(ARTICLE, with_statements(MINED, DENIED, renamed)))["statements"] == (2, 1, 1)
    assert counts(compare(with_statements(renamed), with_statements(renamed)))["statements"] == (1, 0, 0)
    elsewhere = attrs.evolve(OPEN, spans=WAITING.spans)
    assert counts(compare(ARTICLE, with_statements(MINED, DENIED, elsewhere)))["statements"] == (2, 1, 1)
    # Passages decide first: what they match has another id.
    both = with_statements(attrs.evolve(OPEN, id="a"), attrs.evolve(OPEN, spans=()))
    assert [(each.one, each.other) for each in compare(with_statements(OPEN), both).differences] == [(None, "open")]


# The diff.

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


def test_data_of_an_article_that_only_one_corpus_has_are_no_differences() -> None:
    assert compare([attrs.evolve(Article(id="a"), title="Mines")], []).differences == ()


# Actors.


def with_actors(*actors: Actor) -> Article:
    rest = [actor for actor in ACTORS if actor.id not in {each.id for each in actors}]
    return attrs.evolve(ARTICLE, actors=[*actors, *rest])


def test_a_renamed_actor_is_one_difference_and_not_one_in_each_statement() -> None:
    second = attrs.evolve(WAITING, speaker="navy")
    one = with_statements(MINED, DENIED, OPEN, second)
    other = attrs.evolve(one, actors=[attrs.evolve(ACTORS[0], name="The Admiralty"), *ACTORS[1:]])
    comparison = compare(one, other)
    assert differences(one, other) == [("actor", "navy", "navy", "the navy", "The Admiralty")]
    assert comparison.differences[0].one_passages == one.excerpts("mined")
    assert comparison.speakers == Score(4, 0, 0)


def test_another_name_in_a_single_statement_is_another_actor() -> None:
    other = with_actors(Actor(id="navy", name="a newspaper"))
    assert differences(ARTICLE, other) == [("speaker", "mined", "mined", "the navy", "a newspaper")]
    assert compare(ARTICLE, other).speakers == Score(2, 1, 1)


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


def test_an_actor_in_no_statement_is_shown_first() -> None:
    lone = Actor(id="lone", name="Lone", same_as=["https://example.org/lone"])
    one = attrs.evolve(ARTICLE, actors=[*ACTORS, lone])
    other = attrs.evolve(with_statements(DENIED, OPEN, MINED), actors=[*ACTORS, attrs.evolve(lone, name="Alone")])
    other = attrs.evolve(other, statements=[DENIED, attrs.evolve(MINED, speaker="master")])
    first, *_ = compare(one, other).differences
    assert (first.kind, first.one_passages, first.other_passages) == ("actor", (), ())


# Copies of the text.


def test_copies_that_differ_are_attached_to_each_other_first() -> None:
    copy = TEXT.replace("“", '"').replace("”", '"').replace(" ", "  ")
    other = attrs.evolve(ARTICLE, text=None).with_text(copy)
    for one, two in ((ARTICLE, other), (other, ARTICLE)):
        comparison = compare(one, two)
        assert comparison.differences == ()
        assert comparison.passages.matched == 47 + 39 + 46
    assert compare(ARTICLE, attrs.evolve(other, text=None)).differences == ()
    assert compare(attrs.evolve(other, text=None), ARTICLE).differences == ()


def test_the_other_copy_is_tried_where_one_lacks_a_passage() -> None:
    short = with_statements(MINED, DENIED).with_text(TEXT[:117])
    for one, other in ((short, ARTICLE), (ARTICLE, short)):
        assert compare(one, other).statements.matched == 2


def test_a_text_that_lacks_a_passage_is_an_error_that_names_the_side() -> None:
    other = with_statements(MINED).with_text(MINED.content + " The navy said that rebels had mined the harbour.")
    one = attrs.evolve(with_statements(OPEN), text=None)
    with pytest.raises(AnchorError, match=r"\$\.one\.statements\[0\]\.spans\[0\]: statement .open.: "):
        compare(one, other)
    with pytest.raises(AnchorError, match=r"\$\.other\[0\]\.statements\[0\]\.spans\[0\]: statement .open.: "):
        compare([other], [one])


def test_that_one_side_has_another_text_is_said_first() -> None:
    other = Article(id=ARTICLE.id, text="Nothing of this.")
    with pytest.raises(AnchorError) as caught:
        compare(attrs.evolve(ARTICLE, text=None), other)
    assert caught.value.issues[0].path == ("one",)
    with pytest.raises(AnchorError) as in_corpora:
        compare([other], [attrs.evolve(ARTICLE, text=None)])
    assert in_corpora.value.issues[0].path == ("other", 0)
    assert in_corpora.value.issues[0].message.endswith("this is another text")
    with pytest.raises(AnchorError, match="this is another text; the ids differ too: 'harbour' and 'bridge'"):
        compare(attrs.evolve(ARTICLE, text=None), attrs.evolve(other, id="bridge"))


def test_without_a_text_passages_that_have_moved_are_an_error() -> None:
    one = attrs.evolve(ARTICLE, text=None)
    moved = attrs.evolve(attrs.evolve(ARTICLE, text=None).with_text("Norland. " + TEXT), text=None)
    with pytest.raises(AnchorError) as caught:
        compare(one, moved)
    assert [issue.json_path for issue in caught.value.issues] == [
        f"$.other.statements[{number}].spans[0]" for number in range(3)
    ]
    assert "statement 'mined': found it at 9 to 56, expected it at 0 to 47, as in the other annotation" in str(
        caught.value
    )
    kept = attrs.evolve(moved, statements=[*ARTICLE.statements[:2], moved.statements[2]])
    assert compare(one, kept).statements == Score(3, 0, 0)
    short = [attrs.evolve(statement, spans=at("mined")) for statement in ARTICLE.statements[:1]]
    moved_short = [attrs.evolve(short[0], spans=[Span(90, 95, short[0].spans[0].fingerprint)])]
    assert (
        compare(attrs.evolve(one, statements=short), attrs.evolve(one, statements=moved_short)).statements.matched == 0
    )


# Corpora.


def corpus(*ids: str) -> list[Article]:
    return [attrs.evolve(ARTICLE, id=id) for id in ids]


def test_corpora_are_joined_by_id_and_what_only_one_has_counts_with_all_its_statements() -> None:
    comparison = compare(iter(corpus("a", "b", "c")), iter(corpus("c", "d", "a", "e")))
    assert comparison.articles == Score(2, 1, 2)
    assert comparison.statements == Score(6, 3, 6)
    assert comparison.accused == Score(2, 1, 2)
    listed = [(each.article, each.one is None) for each in comparison.differences]
    assert listed == [("b", False)] * 3 + [("d", True)] * 3 + [("e", True)] * 3


def test_the_differences_of_corpora_are_in_the_order_of_the_first() -> None:
    one = corpus("a", "b", "c")
    other = [attrs.evolve(article, statements=[MINED, DENIED]) for article in corpus("c", "b", "a")]
    assert [each.article for each in compare(one, other).differences] == ["a", "b", "c"]


def test_macro_averages_are_means_of_the_articles_that_have_something_to_score() -> None:
    fewer = attrs.evolve(ARTICLE, id="b", statements=[MINED])
    comparison = compare(corpus("a", "b", "c"), [*corpus("a"), fewer])
    score = comparison.statements
    assert score.macro_precision == 1.0
    assert score.macro_recall == pytest.approx((1 + 1 / 3 + 0) / 3)
    assert score.macro_f1 == pytest.approx((1 + 0.5 + 0) / 3)
    assert (score.precision, score.recall) == (1.0, 4 / 9)
    assert comparison.confirms.macro_f1 is None
    assert comparison.articles.macro_f1 is None


def test_the_mean_of_a_single_article_is_its_score_however_small() -> None:
    short, long = (with_spans([attrs.evolve(OPEN, spans=[Span(0, end, "1:1:" + "0" * 16)])]) for end in (1, 324_667))
    passages = compare(short, long, least_overlap=0).passages
    assert passages == Score(1, 0, 324_666)
    assert (passages.macro_precision, passages.macro_f1) == (passages.precision, passages.f1)


def test_memory_holds_only_the_articles_that_the_other_corpus_has_not_had_yet() -> None:
    alive = 0

    def counted(number: int) -> Any:
        nonlocal alive
        for index in range(number):
            article = attrs.evolve(ARTICLE, id=f"a{index}")
            alive += 1
            weakref.finalize(article, gone)
            yield article
            del article
            most.append(alive)

    def gone() -> None:
        nonlocal alive
        alive -= 1

    most: list[int] = []
    assert compare(counted(50), counted(50)).articles == Score(50, 0, 0)
    assert max(most) < 10


@pytest.mark.parametrize("side", ["one", "other"])
def test_an_id_that_repeats_is_an_error_at_the_second(side: str) -> None:
    corpora: dict[str, Any] = {"one": corpus("a"), "other": corpus("a"), side: corpus("a", "b", "a")}
    with pytest.raises(ValidationError, match=rf"^\$\.{side}\[2\]\.id: found 'a' again, .* \[duplicate_id\]$"):
        compare(**corpora)


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (ARTICLE, [ARTICLE], "found a value of type Article as one, expected articles, or an Article on both sides"),
        ([ARTICLE], ARTICLE, "found a value of type Article as other"),
        (ARTICLE, None, "as o.*, expected articles"),
        (5, [], "found 5 as one, expected articles"),
        ([ARTICLE, MINED], [], "found a value of type Allegation in one, expected an Article"),
        ([], [None], "found None in other, expected an Article"),
        ("path.json", [], "found 'p' in one, expected an Article"),
    ],
)
def test_what_is_not_an_article_cannot_be_compared(one: Any, other: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        compare(one, other)


@pytest.mark.parametrize("least", [-0.1, 2, float("nan")])
def test_the_least_overlap_is_from_0_to_1(least: Any) -> None:
    with pytest.raises(ValidationError, match=r"^\$\.least_overlap: found .* \[range\]$"):
        compare(ARTICLE, ARTICLE, least_overlap=least)


@pytest.mark.parametrize("least", ["0.5", True, None])
def test_the_least_overlap_is_a_number(least: Any) -> None:
    with pytest.raises(TypeError, match="least_overlap, expected a number"):
        compare(ARTICLE, ARTICLE, least_overlap=least)


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


def test_the_page_of_corpora_counts_articles_and_has_means() -> None:
    known: dict[str, Any] = {"publisher": "The Courier", "published": PartialDate(2031, 5)}
    page = str(compare([*corpus("a"), attrs.evolve(ARTICLE, id="b", **known)], corpus("a")))
    assert "articles          1.000   0.500   0.667        1         1           0" in page
    assert "Means of the articles:\nstatements        1.000   0.500   0.500\n" in page
    assert page.count("\n\nUntitled report, The Courier, May 2031\narticle       b\n              one    ") == 1
    assert "\narticle       a\n" not in page


def test_the_page_has_the_title_that_either_annotation_gives_and_is_headed_by_what_is_known() -> None:
    titled = attrs.evolve(ARTICLE, title="Mines")
    changed = [attrs.evolve(article, statements=()) for article in (ARTICLE, titled)]
    for one, other in ((titled, changed[0]), (ARTICLE, changed[1])):
        assert "\n\nMines\narticle       " in str(compare(one, other))
    published = attrs.evolve(ARTICLE, published=PartialDate(2031))
    assert "\n\nUntitled report, 2031\narticle       " in str(compare([], [published]))


def test_the_page_leaves_out_passages_where_there_are_none() -> None:
    unplaced = attrs.evolve(OPEN, spans=())
    page = str(compare(with_statements(unplaced), with_statements()))
    assert page.endswith(
        "\n\nstatement     open                              –\ncontent       The harbour is open.              –"
    )


def test_the_page_cannot_disturb_a_terminal() -> None:
    text = "a\x1b[2J\u202e" + "中" * 40
    said = Statement(id="s", speaker="navy", content="line\nline", spans=[Span.of(text, 0, len(text))])
    article = Article(id="a", actors=ACTORS, statements=[said], text=text)
    page = str(compare(article, attrs.evolve(article, statements=())))
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "content       line line" in page
    for line in page.splitlines()[12:]:
        assert sum(2 if character == "中" else 1 for character in line) <= 80


# Limits.


def test_statements_that_all_have_one_passage_are_matched_without_deep_recursion() -> None:
    number = 1_200
    spans = [Span(0, 100, "1:1:0000000000000000")]
    same = [Statement(id=f"s{index}", speaker="navy", content="It.", spans=spans) for index in range(number)]
    assert compare(with_spans(same), with_spans(same[:2])).statements == Score(2, number - 2, 0)


def with_spans(statements: Sequence[Statement]) -> Article:
    return Article(id="a", actors=ACTORS, statements=statements)


def test_more_than_four_million_pairs_are_refused() -> None:
    namesakes = [Actor(id=f"a{number}", name="A") for number in range(2_001)]
    accusing = attrs.evolve(MINED, speaker="a0", accused=[actor.id for actor in namesakes])

    def in_one_role(name: str) -> Article:
        actors = [attrs.evolve(actor, name=f"{name}{number}") for number, actor in enumerate(namesakes)]
        return Article(id="a", actors=actors, statements=[accusing])

    same = with_spans([attrs.evolve(MINED, id=f"s{number}") for number in range(2_001)])
    named = Article(id="a", actors=namesakes)
    for one, other, message in (
        (same, same, r"^\$\.one\.statements: found more passages that overlap than can be matched, .* \[range\]$"),
        (named, named, r"^\$\.one\.actors: found more actors of one name than can be matched, .* \[range\]$"),
        (in_one_role("a"), in_one_role("b"), r"^\$\.one\.actors: found more actors in one role than can be matched, "),
    ):
        with pytest.raises(ValidationError, match=message):
            compare(one, other)


def test_the_steps_of_all_choices_in_an_article_are_limited_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "_MOST_STEPS", 6)  # the true limit takes 20 seconds to reach
    both = [attrs.evolve(MINED, id=id) for id in ("a", "b")]
    others = [attrs.evolve(OPEN, id=id) for id in ("c", "d")]
    assert compare(with_spans(both), with_spans(both)).statements.matched == 2
    assert compare(with_spans(others), with_spans(others)).statements.matched == 2
    with pytest.raises(ValidationError, match=r"^\$\.one\.statements: found more statements that may be the same than"):
        compare(with_spans([*both, *others]), with_spans([*both, *others]))


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
    comparison = compare(with_spans(statements), with_spans(statements[::-1]))
    assert comparison.differences == ()


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


def test_the_passages_of_a_statement_stand_apart_on_the_page() -> None:
    interrupted = attrs.evolve(OPEN, spans=[*OPEN.spans, *WAITING.spans])
    page = str(compare(with_statements(interrupted), with_statements()))
    assert "passages      The harbour is open, its master   –\n              told reporters … Ships wait\n" in page


def test_actors_of_other_names_that_share_less_than_half_of_their_statements_are_not_the_same() -> None:
    def said(*speakers: str) -> Article:
        spans = [Span(10 * number, 10 * number + 9, "1:9:" + "0" * 16) for number in range(5)]
        statements = [
            Statement(id=f"s{number}", speaker=speaker, content="It.", spans=[span])
            for number, (speaker, span) in enumerate(zip(speakers, spans, strict=True))
        ]
        return Article(id="a", actors=[Actor(id=id, name=id) for id in dict.fromkeys(speakers)], statements=statements)

    one = said("admiralty", "admiralty", "admiralty", "admiralty", "admiralty")
    assert compare(one, said("fleet", "fleet", "mayor", "port", "union")).speakers.matched == 0
    assert compare(one, said("fleet", "fleet", "fleet", "port", "union")).speakers.matched == 3
