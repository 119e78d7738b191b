from __future__ import annotations

import json
import pickle
import re
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from geoclaims import (
    Actor,
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
)
from geoclaims.annotation import Comparison, Difference, Score, compare
from geoclaims.annotation._agreement import matching
from geoclaims.strategies import articles
from tests.test_kept_fields import families
from tests.test_kept_for_people import told_apart

TEXT = (
    "The navy said that rebels had mined the harbour. “We laid no mines,” a rebel leader said, calling the charge "
    "absurd. The harbour is open, its master told reporters. Ships wait."
)
SCORES = (
    *("statements", "types", "speakers", "accused", "denies", "confirms", "denial_kinds"),
    *("about", "reported_by", "quotes", "dates", "quantities", "passages"),
)
ACTORS = tuple(Actor(id=id, name=f"the {id}") for id in ("navy", "rebels", "leader", "master"))


def claim(line: str, text: str = TEXT, **changes: Any) -> Any:
    """A claim of one line: `id: speaker`, `id: speaker > accused` or `id: speaker x denied`, and the places of it."""
    written = re.fullmatch(r"([\w-]+): (\w+)(?: ([>x]) ([\w ]+?))?((?: \d+-\d+)*)", line)
    assert written is not None, line
    id, speaker, sign, others, places = written.groups()
    spans = [Span.of(text, *map(int, place.split("-"))) for place in places.split()]
    more = {} if sign is None else {"accused" if sign == ">" else "denies": others.split()}
    models: dict[str | None, Any] = {None: Statement, ">": Allegation, "x": Denial}
    return models[sign](**{"id": id, "speaker": speaker, "content": "It.", "spans": spans} | more | changes)


def annotation(*claims: str | Statement, text: str | None = TEXT, actors: Any = ACTORS, id: str = "harbour") -> Article:
    statements = [claim(each) if isinstance(each, str) else each for each in claims]
    return Article(id=id, actors=actors, statements=statements, text=text)


MINED = claim("mined: navy > rebels 0-47", content="Rebels mined the harbour.")
DENIED = claim("denied: leader x mined 49-88", content="Rebels laid no mines.", kind=DenialKind.OUTRIGHT)
OPEN = claim("open: master 117-163", content="The harbour is open.")
WAITING = claim("waiting: master 165-175", content="Ships wait.")
ARTICLE = annotation(MINED, DENIED, OPEN)
BARE = attrs.evolve(ARTICLE, text=None)


def scores(comparison: Comparison) -> dict[str, Score]:
    return {name: getattr(comparison, name) for name in SCORES}


def counts(comparison: Comparison) -> dict[str, tuple[int, int, int]]:
    return {name: (score.matched, score.only_one, score.only_other) for name, score in scores(comparison).items()}


def differences(one: Article, other: Article) -> list[tuple[Any, ...]]:
    return [
        (each.kind, each.one, each.other, each.one_value, each.other_value) for each in compare(one, other).differences
    ]


def kinds(one: Article, other: Article) -> list[str]:
    return [kind for kind, *_ in differences(one, other)]


# What is counted, and what is listed.


def test_what_both_have_and_what_only_one_of_them_is_counted_and_listed_in_the_order_of_the_text() -> None:
    told = attrs.evolve(
        MINED, about=["open", "master"], reported_by=["leader", "master"], quotes=["We ‘saw’ it", "few"]
    )
    denied = attrs.evolve(DENIED, about=["navy"], date=PartialDate(2031, 5, 6), quantities=[Quantity.of(2, "ships")])
    one = annotation(told, denied, OPEN)
    asked = attrs.evolve(told, id="m", accused=["leader", "rebels"], about=["leader", "w"], quotes=["We 'saw' it"])
    late = attrs.evolve(denied, id="d", speaker="rebels", kind=DenialKind.NO_EVIDENCE, denies=["m"], confirms=["w"])
    late = attrs.evolve(late, about=[], date=None, event_date=PartialDate(2031), quantities=[Quantity.of(2, "Ships")])
    wider = attrs.evolve(WAITING, id="w", quotes=["Ships wait"])
    comparison = compare(one, other := annotation(wider, asked, late))
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
    ("score", "shares"),
    [
        (Score(0, 0, 0), (None, None, None)), (Score(0, 2, 0), (None, 0.0, 0.0)), (Score(0, 0, 2), (0.0, None, 0.0)),
        (Score(1, 1, 3), (0.25, 0.5, 1 / 3)),
    ],
)  # fmt: skip
def test_a_score_has_nothing_to_say_where_there_is_nothing_to_score(score: Score, shares: Any) -> None:
    assert (score.precision, score.recall, score.f1) == shares


def test_of_statements_of_different_types_only_the_type_and_what_all_have_differs() -> None:
    other = annotation("s: navy 0-47", attrs.evolve(DENIED, denies=["s"]), OPEN)
    assert kinds(ARTICLE, other) == ["type", "content"]
    found = counts(compare(ARTICLE, other))
    assert (found["types"], found["accused"]) == ((2, 1, 1), (0, 1, 0))


URL = "https://a.example/"
DATES = {"date", "event_date", "event_end"}
KINDS = {(Actor, "name"): "actor", (Actor, "kind"): "actor_kind", (Denial, "kind"): "denial_kind"}
NOT_COMPARED = {(Article, "text"), (Article, "annotator")}
IDS = {Article: "example", Actor: "who", Statement: "plain", Allegation: "claim", Denial: "answer"}


def told(article: Article, value: Any) -> Any:
    """A value as a difference shows it."""
    match value:
        case tuple():
            return tuple(told(article, each) for each in value)
        case None:
            return None
        case bool():
            return str(value).lower()
        case Span():
            return f"{value.start}–{value.end}"
    actors = {actor.id: actor.name for actor in article.actors}
    return actors.get(value, str(value))


def test_of_two_versions_each_field_that_differs_is_one_difference_with_both_values() -> None:
    for family in families(alone=True):
        model, field = family.model, family.field
        kind = "dates" if field in DATES else KINDS.get((model, field), {"spans": "passages"}.get(field, field))
        one = told_apart(family.without, text=False)
        for value, article in [*family.values.items()][:: max(1, len(family.values) - 1)]:
            other = told_apart(article, text=False)
            found = differences(one, other)
            if (model, field) in NOT_COMPARED or value == family.held:
                assert found == []
                continue
            ((name, here, there, before, after),) = found
            assert (name, here, there) == (kind, IDS[model], IDS[model])
            if field in DATES:
                assert {*after} - {*before} == {f"{field} {value}"}
                assert {*before} == {each for each in after if each.split()[0] != field}
            else:
                assert after == told(other, value)
                required = attrs.fields_dict(model)[field].default is attrs.NOTHING
                assert required or before == told(one, family.held)
            assert differences(other, one) == [(kind, here, there, after, before)]


def test_contents_that_differ_in_nothing_but_case_differ() -> None:
    assert kinds(ARTICLE, ARTICLE.with_changes("mined", content=MINED.content.lower())) == ["content"]


def test_of_passages_the_first_300_characters_are_shown_and_without_a_text_their_offsets() -> None:
    text = "".join(f"word {number:03} " for number in range(100))
    one, other = (
        annotation(claim(f"s: navy {each}", text), text=text) for each in ("0-9 18-450 459-468", "0-9 18-450")
    )
    (difference,) = compare(one, other).differences
    assert difference.one_passages == difference.other_passages == (text[:9], text[18:308] + "…")
    (difference,) = compare(BARE, annotation(MINED, DENIED, text=None)).differences
    assert (difference.one_passages, difference.other_passages) == (("117–163",), ())


# Which statements are the same.


@pytest.mark.parametrize(
    ("one", "other", "least", "pairs"),
    [
        # From the least overlap on, as people write it.
        ("0-10", "0-5", 0.5, "00"), ("0-10", "0-4", 0.5, ""), ("0-10", "0-1", 0.1, "00"), ("0-10", "0-1", 0.11, ""),
        ("0-10", "0-1", 0, "00"), ("0-10", "10-20", 0, ""), ("0-10", "0-10", 1, "00"), ("0-10", "0-9", 1, ""),
        # The largest sum, and not the first that fits.
        ("0-10 2-14", "0-12 2-20", 0.1, "00 11"),
        # Pairs chosen greedily, the best first, would leave one over.
        ("0-10 8-13", "3-13 0-5", 0.5, "01 10"),
        # One pair of share 1 is worth more than two of which each has less than a half.
        ("0-10 0-4", "0-10 6-10", 0, "00"),
        # Between equal sums, the order.
        ("0-9 0-9 0-9", "0-9 0-9 0-9", 0.5, "00 11 22"), ("0-9 0-9", "0-9", 0.5, "00"),
        ("15-25 20-50", "30-40 40-50 20-30", 0.3, "02 11"),
        # The last of four that compete for one; the others in turn exchanged their partners.
        ("0-5 0-4 0-5 0-6", "0-7", 0, "30"), ("0-7", "0-5 0-4 0-5 0-6", 0, "03"),
    ],
)  # fmt: skip
def test_statements_are_the_same_by_the_largest_sum_of_shares(one: str, other: str, least: float, pairs: str) -> None:
    here, there = (
        annotation(*(claim(f"s{number}: navy {place}", content=side) for number, place in enumerate(side.split())))
        for side in (one, other)
    )
    if one == other:
        there = attrs.evolve(there, statements=[attrs.evolve(each, cue="x") for each in there.statements])
    found = compare(here, there, least_overlap=least)
    matched = {f"{each.one}{each.other}".replace("s", "") for each in found.differences if each.one and each.other}
    assert (matched, found.statements.matched) == (set(pairs.split()), len(pairs.split()))


def test_between_equal_passages_type_decides_then_speaker_cue_kind_and_content_and_order_last() -> None:
    base: dict[str, Any] = {"line": "s: navy x open 165-175"}
    changes: Any = ({"speaker": "rebels"}, {"cue": "x"}, {"kind": DenialKind.OUTRIGHT}, {"content": "X."}, {})
    ways = [{"line": "s: navy > navy 165-175"}, *(base | each for each in changes)]
    for pair in pairwise(ways):
        for first, second in (pair, pair[::-1]):
            other = annotation(OPEN, claim(**first, id="t1"), claim(**second, id="t2", labels=["z"]))
            lone = compare(annotation(OPEN, claim(**base)), other).differences[-1]
            assert (lone.kind, lone.other) == ("statement", "t1" if first is pair[0] else "t2")


def test_between_equal_passages_allegations_are_the_same_by_whom_they_accuse() -> None:
    accused = ("rebels", "leader", "master")
    one = annotation(*(claim(f"r-{who}: navy > {who} 165-175") for who in accused))
    for order in permutations(accused):
        other = annotation(*(claim(f"s-{who}: navy > {who} 165-175", content=f"{who}.") for who in order))
        found = {(here, there) for here, there in compare(one, other).matches if there.startswith("harbour/s-")}
        assert found == {(f"harbour/r-{who}", f"harbour/s-{who}") for who in accused}


def test_ids_decide_where_either_has_no_passages() -> None:
    for one, other, matched in (
        ("open: master 117-163", "open: master", 1),
        ("open: master", "open: master", 1),
        ("open: master 117-163", "other: master", 0),
        ("open: master 117-163", "open: master 165-175", 0),
    ):
        assert compare(annotation(one), annotation(other)).statements.matched == matched
    # Passages decide first: what they match has another id.
    both = annotation(attrs.evolve(OPEN, id="a"), "open: master")
    assert [(each.one, each.other) for each in compare(annotation(OPEN), both).differences] == [(None, "open")]


# Which actors are the same.


def test_a_renamed_actor_of_several_statements_is_one_difference() -> None:
    one = annotation(MINED, DENIED, OPEN, "waiting: navy 165-175")
    other = one.with_changes("navy", name="The Admiralty")
    assert differences(one, other) == [("actor", "navy", "navy", "the navy", "The Admiralty")]
    assert compare(one, other).speakers == Score(4, 0, 0)
    lone = Actor(id="lone", name="n" * 130, same_as=["https://example.org/lone"])
    one, other = (annotation(actors=[each]) for each in (lone, attrs.evolve(lone, name="Alone")))
    (difference,) = compare(one, other).differences
    assert (difference.one_value, difference.one_passages) == ("n" * 119 + "…", ())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"aliases": ["the fleet"]}, {"name": "The  FLEET"}, ["actor"]), ({}, {"name": "Navy"}, ["actor"]),
        ({"same_as": [URL]}, {"name": "x", "same_as": [URL]}, ["actor"]), ({"anonymous": True}, {}, []),
        ({"anonymous": True}, {"anonymous": True, "name": "an official"}, ["actor"]),
        ({"anonymous": True}, {"anonymous": True}, []), ({"name": "“the” navy"}, {"name": '"THE" navy'}, []),
        ({"anonymous": True}, {"name": "a newspaper"}, ["speaker"]), ({"name": "?"}, {"name": "the navy"}, ["speaker"]),
        ({"name": "navy"}, {"name": "the navy of Norland"}, ["actor"]),
        ({"name": "the navy"}, {"name": "the army"}, ["speaker"]),
        *(({"name": "navy"}, {"name": f"the navy of {'N' * more}"}, [kind]) for more, kind in (
            (88, "actor"), (89, "speaker"),  # of 100 characters and of 101
        )),
    ],
)  # fmt: skip
def test_actors_are_the_same_by_names_aliases_and_uris(one: Any, other: Any, expected: list[str]) -> None:
    first, second = (ARTICLE.with_changes("navy", **changes) for changes in (one, other))
    for pair in ((first, second), (second, first)):
        assert [kind for kind in kinds(*pair) if kind in {"actor", "speaker"}] == expected


def test_anonymous_actors_are_never_the_same_by_name() -> None:
    officials = [Actor(id=id, name="an official", anonymous=True) for id in ("o1", "o2")]
    people = [*ACTORS, *officials]
    one = annotation("m: o1 > navy 0-47", "o: o2 117-163", actors=people)
    for first, second, expected in (("o1", "o2", []), ("o2", "o1", []), ("o1", "o1", ["speaker"])):
        other = annotation(f"m: {first} > navy 0-47", f"o: {second} 117-163", actors=people[::-1])
        assert kinds(one, other) == expected
    # They share too few statements to be the same by these: in the other article the navy says most of it.
    one = annotation("m: o1 > navy 0-47", "o: o1 117-163", "p: o1 49-88", actors=people)
    other = annotation("m: o1 > navy 0-47", "o: navy 117-163", "p: navy 49-88", actors=people)
    assert compare(one, other).speakers.matched == 0


def test_actors_of_one_name_are_told_apart_by_uri_then_name_then_statements() -> None:
    def named(speaker: str, *actors: Actor) -> Article:
        return annotation(f"o: {speaker} 117-163", f"w: {speaker} 165-175", actors=actors)

    one = named("b", Actor(id="a", name="Lin"), Actor(id="b", name="Lin", aliases=["Jian"]))
    other = named("c", Actor(id="c", name="Lin", aliases=["Jian"]), Actor(id="d", name="Jian"))
    assert compare(one, other).speakers == Score(2, 0, 0)
    uri = ["https://example.org/lin"]
    one = named("b", Actor(id="a", name="Lin"), Actor(id="b", name="Lin", same_as=uri))
    other = named("d", Actor(id="c", name="Lin"), Actor(id="d", name="L.", aliases=["Lin"], same_as=uri))
    assert compare(one, other).speakers == Score(2, 0, 0)


def test_of_actors_who_share_as_many_statements_those_with_more_roles_in_common_are_the_same() -> None:
    for anonymous, names in product([True, False], [("a b", "b a"), ("b a", "a b")]):
        one, other = (
            annotation(
                f"m: a > {ids} 0-47", actors=[Actor(id=id, name="Lin", anonymous=anonymous) for id in ids.split()]
            )
            for ids in names
        )
        assert differences(one, other) == []


def test_an_actor_of_another_name_must_share_half_of_the_statements() -> None:
    places = ("0-47", "49-88", "117-163", "165-175")
    actors = [Actor(id="new", name="someone new"), *ACTORS[1:], attrs.evolve(ACTORS[0], name="x")]

    def by_new(number: int) -> Article:
        speakers = ["new"] * number + ["navy"] * (4 - number)
        lines = (f"s{place}: {speaker} {place}" for speaker, place in zip(speakers, places, strict=True))
        return annotation(*lines, actors=actors if number else ACTORS)

    for number, expected in ((4, ["actor"]), (3, ["actor", "speaker"]), (1, ["actor", "speaker"])):
        assert kinds(by_new(0), by_new(number)) == expected


def test_whoever_speaks_for_someone_unnamed_speaks_for_someone_else_only_under_another_name() -> None:
    def spoken_for(id: str, name: str, *, anonymous: bool = True) -> Article:
        principal = Actor(id=id, name=name, anonymous=anonymous)
        lin = Actor(id="lin", name="Lin", on_behalf_of=id)
        return Article(id="x", actors=[lin, principal], statements=[Statement(id="s", speaker="lin", content="C.")])

    one = spoken_for("o1", "an official")
    assert differences(one, one) == []  # in no statement, they are the same if they are equal
    for other, values in (
        (spoken_for("o2", "An official"), []),
        (spoken_for("o2", "a clerk"), [("an official", "a clerk")]),
        (spoken_for("o2", "an official", anonymous=False), [("an official", "an official")]),
        (one.with_changes("lin", on_behalf_of=None), [("an official", None)]),
    ):
        found = [each for each in compare(one, other).differences if each.kind == "on_behalf_of"]
        assert [(each.one_value, each.other_value) for each in found] == values


# Copies of the text.


def test_copies_that_differ_are_attached_to_each_other_first() -> None:
    spaced = BARE.with_text(TEXT.replace("“", '"').replace("”", '"').replace(" ", "  "))
    short = annotation(MINED, DENIED, text=TEXT[:117])
    for one, other, matched in (
        (ARTICLE, spaced, 3),
        (ARTICLE, attrs.evolve(spaced, text=None), 3),
        (attrs.evolve(spaced, text=None), ARTICLE, 3),
        (short, ARTICLE, 2),
        (ARTICLE, short, 2),
    ):
        assert compare(one, other).statements.matched == matched
        assert kinds(one, other) == ["statement"] * (3 - matched)
    assert compare(spaced, ARTICLE).passages == Score(55 + 46 + 53, 0, 0)


OTHER_TEXT = Article(id=ARTICLE.id, text="Nothing of this.")
MOVED = attrs.evolve(BARE.with_text("Norland. " + TEXT), text=None)


@pytest.mark.parametrize(
    ("one", "other", "path", "message"),
    [
        (BARE, attrs.evolve(OTHER_TEXT, text=OTHER_TEXT.text), "$.one", "this is another text"),
        ([OTHER_TEXT], [BARE], "$.other[0]", "this is another text"),
        (BARE, attrs.evolve(OTHER_TEXT, id="bridge"), "$.one", "; the ids differ too: 'harbour' and 'bridge'"),
        (annotation(OPEN, text=None), annotation(text=TEXT[:48]), "$.one.statements[0].spans[0]", ""),
        (BARE, MOVED, "$.other", ""),  # without a text, offsets are compared
    ],
)
def test_a_text_that_lacks_passages_is_an_error_that_names_the_side(
    one: Any, other: Any, path: str, message: str
) -> None:
    with pytest.raises(AnchorError) as caught:
        compare(one, other)
    issue, *_ = caught.value.issues
    assert (issue.json_path, issue.message.endswith(message)) == (path, True)


def test_a_few_long_passages_that_moved_without_a_text_are_other_statements_and_so_are_short_ones() -> None:
    other = attrs.evolve(BARE, statements=[*BARE.statements[:2], MOVED.statements[2]])
    assert compare(BARE, other).statements == Score(3, 0, 0)
    mined = claim("mined: navy > rebels 30-35")
    away = attrs.evolve(mined, spans=[Span(90, 95, mined.spans[0].fingerprint)])
    assert compare(annotation(mined, text=None), annotation(away, text=None)).statements.matched == 0


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
    b, d, e = ([(id, "statement", only)] * 3 for id, only in (("b", False), ("d", True), ("e", True)))
    assert listed == [*b, ("c", "title", False), ("c", "statement", False), *d, *e]


def unread(start: int, end: int) -> Span:
    """A passage of a text that nobody has."""
    return Span(start, end, "1:1:0000000000000000")


WRONG: tuple[Any, ...] = ARTICLE, 5, [ARTICLE, MINED], [None], "path.json"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"one": corpus("a", "b", "a")}, r"^\$\.one\[2\]\.id: .* \[duplicate_id\]$"),
        ({"other": corpus("b", "b")}, r"^\$\.other\[1\]\.id: .* \[duplicate_id\]$"),
        *(({"least_overlap": least}, r"^\$\.least_overlap: .* \[range\]$") for least in (-0.1, 2, float("nan"))),
        ({"least_overlap": True}, "least_overlap"),
        *(({"one": ARTICLE, "other": value}, "as one and .* as other") for value in (corpus(), None)),
        *(({side: value}, rf"\b{side}\b") for side in ("one", "other") for value in WRONG),
    ],
)
def test_wrong_arguments_are_named_with_what_was_expected(arguments: dict[str, Any], message: str) -> None:
    call: Any = {"one": corpus("a"), "other": corpus("a")} | arguments
    with pytest.raises(ValidationError if message.startswith(r"^\$") else TypeError, match=message):
        compare(**call)


# What comes of it.


def test_a_comparison_is_frozen_can_be_pickled_and_is_json() -> None:
    comparison = compare(ARTICLE, annotation(MINED, WAITING))
    assert pickle.loads(pickle.dumps(comparison)) == comparison  # noqa: S301
    assert hash(comparison) == hash(compare(ARTICLE, annotation(MINED, WAITING)))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        comparison.statements = Score(0, 0, 0)  # type: ignore[misc]
    document = comparison.to_dict()
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert list(document) == ["least_overlap", "articles", *SCORES, "differences", "matches"]
    shares = {"precision": 0.5, "recall": pytest.approx(1 / 3), "f1": pytest.approx(0.4)}
    assert document["statements"] == {**shares, "matched": 1, "only_one": 2, "only_other": 1}
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
    assert document["matches"] == [list(pair) for pair in comparison.matches]
    assert "differences=(3 in all), matches=(5 in all))" in repr(comparison)


def test_matches_are_references_in_both_by_which_links_can_be_moved() -> None:
    again = attrs.evolve(ARTICLE, id="again")
    ids = [*(actor.id for actor in ARTICLE.actors), *(statement.id for statement in ARTICLE.statements)]
    for id in ids:
        again = again.with_changes(id, id=f"new-{id}")
    same = {(f"harbour/{id}", f"again/new-{id}") for id in ids}
    assert set(compare(ARTICLE, again).matches) == same
    lone = attrs.evolve(ARTICLE, id="lone")
    unchanged = compare([ARTICLE, lone], [ARTICLE]).matches  # of the lone article nothing is matched
    assert len(unchanged) == len(same)
    assert [both for both in unchanged if both[0] != both[1]] == []


def test_the_page_has_the_scores_and_each_difference_side_by_side() -> None:
    actors = [attrs.evolve(ACTORS[1], name="insurgents", aliases=["the rebels"]), *ACTORS[:1], *ACTORS[2:]]
    late = claim("d: navy x mined 49-115", content=DENIED.content, kind=DenialKind.OUTRIGHT)
    assert (
        str(compare(ARTICLE, annotation(MINED, late, actors=actors)))
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

harbour
article       harbour
              one                               other

actor         rebels                            rebels
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


def test_the_page_of_corpora_counts_articles_and_is_headed_by_what_either_says_of_an_article() -> None:
    known: dict[str, Any] = {"publisher": "The Courier", "published": PartialDate(2031, 5)}
    page = str(compare([*corpus("a"), attrs.evolve(ARTICLE, id="b", **known)], corpus("a")))
    assert "articles          1.000   0.500   0.667        1         1           0" in page
    assert page.count("\n\nb, The Courier, May 2031\narticle       b\n              one    ") == 1
    assert "\narticle       a\n" not in page
    titled, fewer = attrs.evolve(ARTICLE, title="Mines"), annotation()
    for one, other in ((titled, fewer), (fewer, titled)):
        assert "\n\nMines\narticle       " in str(compare(one, other))


def test_passages_stand_apart_on_the_page_are_left_out_where_there_are_none_and_disturb_no_terminal() -> None:
    page = str(compare(annotation("open: master 117-163 165-175"), annotation()))
    assert "passages      The harbour is open, its master   –\n              told reporters … Ships wait\n" in page
    end = f"\n\nstatement     {'open':34}–\ncontent       {'It.':34}–"
    assert str(compare(annotation("open: master"), annotation())).endswith(end)
    text = "a\x1b[2J\u202e" + "中" * 40
    one = annotation(claim(f"s: navy 0-{len(text)}", text, content="line\nline"), text=text)
    page = str(compare(one, attrs.evolve(one, statements=())))
    assert not {"\x1b", "\u202e"} & set(page)
    assert "content       line line" in page
    for line in page.splitlines()[12:]:
        assert sum(2 if character == "中" else 1 for character in line) <= 80


# Limits.


def in_one_place(number: int) -> Article:
    claims = [claim(f"s{index}: navy") for index in range(number)]
    return annotation(*(attrs.evolve(each, spans=[unread(0, 100)]) for each in claims), text=None)


def test_more_statements_than_can_compete_in_one_place_are_refused() -> None:
    with pytest.raises(ValidationError, match=r"^\$\.one\.statements: found more statements that may be the same than"):
        compare(in_one_place(500), in_one_place(500))
    # As few as can be told apart are matched, without deep recursion.
    assert compare(in_one_place(1_200), in_one_place(2)).statements == Score(2, 1_198, 0)


def in_one_role(name: str) -> Article:
    actors = [Actor(id=f"a{number}", name=f"{name}{number}") for number in range(4)]
    return annotation("m: a0 > a0 a1 a2 a3 0-47", actors=actors)


@pytest.mark.parametrize(
    ("one", "other", "where"),
    [
        (in_one_place(4), in_one_place(4), "statements"),
        (*[annotation(actors=[Actor(id=id, name="A") for id in "abcd"])] * 2, "actors"),
        (in_one_role("a"), in_one_role("b"), "actors"),
    ],
    ids=["passages that overlap", "actors of one name", "actors in one role"],
)
def test_more_pairs_than_can_be_matched_are_refused(
    one: Article, other: Article, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(one, other)
    monkeypatch.setattr(matching, "MOST_PAIRS", 15)  # the true limit, four millions, takes seconds to reach
    with pytest.raises(ValidationError, match=rf"^\$\.one\.{where}: .* \[range\]$"):
        compare(one, other)


# Annotations of one text: articles as the library draws them, with passages in few places, so that they overlap.

SHORT = "abcdefgh"
spans_in_short = st.sets(st.integers(0, len(SHORT)), max_size=4).map(
    lambda edges: [Span.of(SHORT, *pair) for pair in zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False)]
)


@st.composite
def drafted(draw: st.DrawFn) -> Article:
    article = draw(articles(text=st.just(SHORT), max_statements=6, max_actors=4))
    statements = [attrs.evolve(each, spans=draw(spans_in_short)) for each in article.statements]
    return attrs.evolve(article, statements=statements)


@given(articles(max_statements=5, max_actors=4))
def test_an_article_against_itself_scores_one_everywhere(article: Article) -> None:
    comparison = compare(article, article)
    for score in scores(comparison).values():
        assert (score.only_one, score.only_other) == (0, 0)
        assert {score.precision, score.recall, score.f1} <= {1.0, None}
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
    sides = [{f"{side}{part}" for part in ("", "_value", "_passages")} for side in ("one", "other")]
    there, back = map(sorted, sides)
    return attrs.evolve(
        difference,
        **{name: getattr(difference, other) for name, other in zip(there + back, back + there, strict=True)},
    )


@pytest.mark.slow
@given(drafted(), st.randoms(use_true_random=False))
def test_ids_and_order_do_not_matter_where_passages_differ(article: Article, random: Any) -> None:
    places = [tuple((span.start, span.end) for span in statement.spans) for statement in article.statements]
    assume(all(places) and len(set(places)) == len(places))
    other = article
    things: list[Any] = [*article.actors, *article.statements]
    for number, thing in enumerate(things):
        other = other.with_changes(thing.id, id=f"new-name-{number}")
    actors, statements = list(other.actors), list(other.statements)
    random.shuffle(actors)
    random.shuffle(statements)
    comparison = compare(article, attrs.evolve(other, actors=actors, statements=statements))
    assert comparison.statements.matched == len(article.statements)
    for name in {*SCORES} - {"speakers", "accused", "about", "reported_by"}:
        assert counts(comparison)[name][1:] == (0, 0)


# The assignment, against an exhaustive search.


@st.composite
def denials(draw: st.DrawFn, kind: DenialKind) -> Article:
    """Denials of one kind: beside one of another, each pair that is matched is a difference."""
    claims = [
        claim(
            f"{kind}-{number}: {draw(st.sampled_from(['navy', 'rebels']))} x base",
            content=draw(st.sampled_from("AB")),
            cue=draw(st.sampled_from([None, "x"])),
            kind=kind,
            spans=draw(spans_in_short),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    return annotation(*claims, "base: navy", text=SHORT)


def share(one: Statement, other: Statement) -> Fraction:
    first, second = ({place for span in each.spans for place in range(span.start, span.end)} for each in (one, other))
    return Fraction(len(first & second), len(first | second) or 1)


Pairs = list[tuple[Statement, Statement]]


def worth(pairs: Pairs) -> tuple[Any, ...]:
    return (
        sum(share(a, b) for a, b in pairs),
        *(sum(getattr(a, name) == getattr(b, name) for a, b in pairs) for name in ("speaker", "cue", "content")),
    )


@given(
    denials(DenialKind.OUTRIGHT),
    denials(DenialKind.NO_EVIDENCE),
    st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2)]),
)
def test_statements_are_matched_as_well_as_any_search_could(one: Article, other: Article, least: Fraction) -> None:
    partners = [
        [None, *(each for each in other.statements if (part := share(claim, each)) and part >= least)]
        for claim in one.statements
    ]
    choices: list[Pairs] = [
        [(a, b) for a, b in zip(one.statements, chosen, strict=True) if b]
        for chosen in product(*partners)
        if len(used := [each.id for each in chosen if each]) == len(set(used))
    ]
    found = compare(one, other, least_overlap=float(least)).differences
    pairs: Any = [
        (one.statement(each.one or ""), other.statement(each.other or ""))
        for each in found
        if each.kind == "denial_kind"
    ]
    assert worth(pairs) == max(map(worth, choices))
