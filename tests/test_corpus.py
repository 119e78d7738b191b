from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from types import SimpleNamespace
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.vendor.pretty import pretty

import geoclaims
from geoclaims import Actor, Allegation, Article, Denial, Statement, UnknownIdError, ValidationError, load_article
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.strategies import corpora, links as any_links
from tests.conftest import Work

Answer = tuple[tuple[str, ...], ...]

# --- An oracle: the contract read aloud, slowly -----------------------------------------------------------------------


def address(url: str) -> str:
    """What an address is compared by."""
    item = re.fullmatch(r"https?://(www\.)?wikidata\.org/(wiki|entity)/Q([0-9]+)", url)
    return f"item {item[3]}" if item else url


class Oracle:
    """Answers by looking at all pairs of everything."""

    def __init__(self, corpus: Any) -> None:
        self.corpus = corpus
        self.things: dict[str, Any] = {
            f"{article.id}/{thing.id}": thing
            for article in corpus.articles
            for things in (article.actors, article.statements)
            for thing in things
        }
        self.pairs: set[tuple[str, ...]] = {(one, one) for one in self.things}
        self.pairs |= {
            pair
            for link in corpus.links
            if link.kind == "same"
            for pair in ((link.source, link.target), (link.target, link.source))
        }
        addresses = {
            reference: set(map(address, thing.same_as))
            for reference, thing in self.things.items()
            if isinstance(thing, Actor)
        }
        self.pairs |= {pair for pair in product(addresses, repeat=2) if addresses[pair[0]] & addresses[pair[1]]}
        while more := {(a, d) for (a, b), (c, d) in product(self.pairs, repeat=2) if b == c} - self.pairs:
            self.pairs |= more

    def same(self, reference: str) -> tuple[str, ...]:
        return tuple(other for other in self.things if (reference, other) in self.pairs)

    def targets(self, reference: str, field: str) -> set[str]:
        """What a thing refers to in a field."""
        value = getattr(self.things[reference], field, ()) or ()
        article = reference.split("/", maxsplit=1)[0]
        return {f"{article}/{id}" for id in ([value] if isinstance(value, str) else value)}

    def claims(self, references: Sequence[str]) -> Answer:
        """References in the order of the corpus, each claim together."""
        found: list[list[str]] = []
        for reference in references:
            for claim in found:
                if (claim[0], reference) in self.pairs:
                    claim.append(reference)
                    break
            else:
                found.append([reference])
        return tuple(map(tuple, found))

    def referring(self, field: str, targets: set[str]) -> Answer:
        linked = {link.source for link in self.corpus.links if link.kind == field and link.target in targets}
        return self.claims([one for one in self.things if self.targets(one, field) & targets or one in linked])

    def of_actor(self, reference: str, field: str, *, including_proxies: bool) -> Answer:
        actors = {*self.same(reference)}
        while including_proxies:
            proxies = {one for one in self.things if self.targets(one, "on_behalf_of") & actors}
            more = {other for proxy in proxies for other in self.same(proxy)} - actors
            if not more:
                break
            actors |= more
        return self.referring(field, actors)

    def of_statement(self, reference: str, field: str) -> Answer:
        return self.referring(field, {*self.same(reference)})


@settings(max_examples=60)
@given(corpora())
def test_every_question_is_answered_as_by_somebody_who_looks_at_everything(corpus: Corpus) -> None:
    oracle = Oracle(corpus)
    statements = [one for one, thing in oracle.things.items() if isinstance(thing, Statement)]
    assert corpus.claims == tuple(map(oracle.same, (claim[0] for claim in oracle.claims(statements))))
    for reference, thing in oracle.things.items():
        assert corpus.resolve(reference) is thing
        assert corpus.article(reference).id == reference.split("/")[0]
        assert corpus.same(reference) == oracle.same(reference)
        if isinstance(thing, Statement):
            assert corpus.statement(reference) is thing
            assert corpus.denials_of(reference) == oracle.of_statement(reference, "denies")
            assert corpus.confirmations_of(reference) == oracle.of_statement(reference, "confirms")
            continue
        assert corpus.actor(reference) is thing
        for including in (True, False):
            asked: dict[str, bool] = {"including_proxies": including}
            assert corpus.against(reference, **asked) == oracle.of_actor(reference, "accused", **asked)
            assert corpus.by(reference, **asked) == oracle.of_actor(reference, "speaker", **asked)


@settings(max_examples=20)
@given(corpora())
def test_an_answer_can_be_asked_about_and_an_address_is_its_actor(corpus: Corpus) -> None:
    for claim in corpus.claims:
        assert corpus.same(claim) == claim
        assert corpus.statement(claim) is corpus.statement(claim[0])
        assert corpus.article(claim) is corpus.article(claim[0].partition("/")[0])
        for denial in corpus.denials_of(claim):
            assert isinstance(corpus.resolve(denial), Denial)
    for article in corpus.articles:
        for actor in article.actors:
            for url in actor.same_as:
                assert f"{article.id}/{actor.id}" in corpus.same(url)
                assert corpus.by(url) == corpus.by(f"{article.id}/{actor.id}")


# --- The editor's affair ----------------------------------------------------------------------------------------------


def link(kind: str, source: str, target: str, **fields: Any) -> Link:
    return Link(kind=LinkKind(kind), source=source, target=target, **fields)


CHINA = "https://www.wikidata.org/wiki/Q148"


def article(id: str, *statements: Statement, **actors: Actor) -> Article:
    """An article with three actors: somebody, a state, and its spokesman."""
    people = {
        "he": Actor(id="he", name="an official", anonymous=True),
        "china": Actor(id="china", name="China"),
        "lin": Actor(id="lin", name="Lin Jian", on_behalf_of="china"),
    }
    return Article(id=id, actors=[*{**people, **actors}.values()], statements=statements)


CLAIM = Allegation(id="s1", speaker="he", content="China sent drones.", accused=["china"])
ANSWER = Denial(id="s2", speaker="lin", content="It did not.", denies=["s1"])
ONE, OTHER = article("a", CLAIM), article("b", CLAIM, ANSWER)
BOTH = [ONE, OTHER]


def test_whoever_denies_one_denies_the_other_in_whichever_report_it_stands() -> None:
    assert Corpus(articles=BOTH).denials_of("a/s1") == ()
    corpus = Corpus(articles=BOTH, links=[link("same", "b/s1", "a/s1")])
    assert corpus.claims == (("a/s1", "b/s1"), ("b/s2",))
    assert corpus.denials_of("a/s1") == (("b/s2",),)
    assert corpus.statement(corpus.denials_of(corpus.claims[0])[0]) is ANSWER


def test_proxies_are_those_of_all_reports_and_may_form_a_circle() -> None:
    back = Actor(id="china", name="China", on_behalf_of="he")
    reports = [ONE, article("b", ANSWER, CLAIM, china=back)]
    links = [link("same", "a/china", "b/china"), link("same", "a/lin", "b/he")]
    corpus = Corpus(articles=reports, links=links)
    assert corpus.by("a/china", including_proxies=False) == ()
    assert corpus.by("a/china") == corpus.by("a/lin") == (("b/s2",), ("b/s1",))
    assert corpus.by("b/lin") == (("b/s2",),)


SAME = (CHINA, "http://wikidata.org/entity/Q148", "https://www.wikidata.org/entity/Q148")
OTHERS = (f"{CHINA}0", f"{CHINA}#P31", "https://m.wikidata.org/wiki/Q148", "https://www.wikidata.org.example/wiki/Q148")


@pytest.mark.parametrize("url", [*SAME, *OTHERS])
def test_actors_with_an_address_of_one_item_in_common_are_the_same(url: str) -> None:
    known = [Actor(id="china", name="China", same_as=[each]) for each in (CHINA, url)]
    corpus = Corpus(articles=[article("a", china=known[0]), article("b", china=known[1])])
    assert corpus.same("a/china") == ("a/china", "b/china")[: 2 if url in SAME else 1]
    assert corpus.actor(url) is known[url not in SAME]


# --- What is wrong ----------------------------------------------------------------------------------------------------


def issues(*links: Link, articles: Sequence[Article] = BOTH) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        Corpus(articles=articles, links=links)
    return [(issue.code, issue.json_path) for issue in caught.value.issues]


def message(*links: Link, articles: Sequence[Article] = BOTH) -> str:
    with pytest.raises(ValidationError) as caught:
        Corpus(articles=articles, links=links)
    return str(caught.value)


def wrong_ends(each: Link, things: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The codes and fields of the ends of a link that are not there, or of the wrong kind."""
    own = Actor if isinstance(things.get(each.source), Actor) else Statement if each.source in things else object
    directed: dict[str, Any] = {"denies": (Denial, Statement), "confirms": (Statement, Statement)}
    for field, model in zip(("source", "target"), directed.get(each.kind, (object, own)), strict=True):
        if (end := getattr(each, field)) not in things:
            yield "dangling_ref", field
        elif not isinstance(things[end], model):
            yield "wrong_ref", field


THREE = [CLAIM, ANSWER, Statement(id="s3", speaker="lin", content="So it is.", confirms=["s2", "s1"])]
ENDS = st.sampled_from(["a/s1", "a/s2", "b/s3", "d/s1", "d/s2", "d/s3", "d/he", "d/lin", "e/s1"])
LINKS = st.lists(any_links(source=ENDS, target=ENDS, annotator=st.sampled_from([None, "x"])), min_size=6, max_size=12)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3)), min_size=1, max_size=4),
    LINKS,
    st.sets(st.sampled_from("abc")),
)
def test_all_that_is_wrong_is_told_at_its_place_as_by_somebody_who_looks_at_everything(
    drawn: list[tuple[str, int]], links: list[Link], joined: set[str]
) -> None:
    reports = [article(id, *THREE[:number]) for id, number in (drawn[0], *drawn, ("d", 3))]
    held = {report.id: report for report in reversed(reports)}
    links += [*links[:1], *(attrs.evolve(each, source=each.target, target=each.source) for each in links[1:2])]
    links += [link("same", f"{id}/s2", f"{id}/s1", annotator="y") for id in (*joined, "d")]
    things = Oracle(SimpleNamespace(articles=held.values(), links=[])).things
    wrong = [[*wrong_ends(each, things)] for each in links]
    right = [each for each, ends in zip(links, wrong, strict=True) if not ends]
    same = Oracle(SimpleNamespace(articles=held.values(), links=right)).same
    expected = []
    for n, report in enumerate(reports):
        if report is not held[report.id]:
            expected.append(("duplicate_id", f"$.articles[{n}].id"))
            continue
        for m, said in enumerate(report.statements):
            for field in ("confirms", "denies"):
                for place, id in enumerate(getattr(said, field, ())):
                    if f"{report.id}/{id}" in same(f"{report.id}/{said.id}"):
                        expected.append(("self_ref", f"$.articles[{n}].statements[{m}].{field}[{place}]"))
    repeated = {report.id for report in reports if report is not held[report.id]}  # of which the other may have an end
    seen: list[object] = []
    for n, (each, ends) in enumerate(zip(links, wrong, strict=True)):
        both = (each.source, each.target)
        seen.append((each.kind, each.annotator, both if each.kind in {"denies", "confirms"} else {*both}))
        told = [("duplicate", "")] if seen[-1] in seen[:-1] else []
        told += [
            (code, f".{end}") for code, end in ends if code == "wrong_ref" or getattr(each, end)[0] not in repeated
        ]
        if not ends and each.kind != "same" and each.target in same(each.source):
            told.append(("self_ref", ".target"))
        expected += [(code, f"$.links[{n}]{place}") for code, place in told]
    assert issues(*links, articles=reports) == expected


def test_an_error_has_a_hundred_issues_and_counts_the_rest() -> None:
    with pytest.raises(ValidationError, match=r"and 20 more issues$") as caught:
        Corpus(links=[link("same", f"a/{n}", "b/s1") for n in range(60)])
    assert (len(caught.value.issues), caught.value.omitted) == (100, 20)


def test_the_message_says_what_joins_what_is_not_the_same() -> None:
    known = [article(id, china=Actor(id="china", name="China", same_as=[CHINA])) for id in "abc"]
    for source, target in (("a/china", "b/china"), ("b/china", "c/china")):
        assert f"joined by {CHINA!r} [self_ref]" in message(link("distinct", source, target), articles=known)
    by_many = [link("distinct", "a/china", "b/china", annotator=f"n{number}") for number in range(12)]
    assert message(*by_many, articles=known).count("joined by") == 10


@pytest.mark.parametrize("number", [2, 5, 40])
def test_a_chain_of_links_is_named_from_end_to_end(number: int) -> None:
    reports = [article(f"r{n}", CLAIM) for n in range(number + 1)]
    links = [link("same", f"r{n}/s1", f"r{n + 1}/s1") for n in range(number)]
    said = message(*links, link("distinct", "r1/s1", f"r{number}/s1"), articles=reports)
    assert "joined by 'r1/s1' same 'r2/s1'" in said
    assert "'r0/s1'" not in said
    assert (f" and {number - 4} more" in said) == (number > 4)


def test_links_to_articles_that_are_not_there_can_be_left_out() -> None:
    links = [link("same", "a/s1", "c/s1"), link("same", "c/s1", "b/s1"), link("same", "a/s1", "b/s1")]
    assert Corpus.of(BOTH, iter(links)) == Corpus(articles=BOTH, links=links[2:])
    with pytest.raises(ValidationError) as caught:
        Corpus.of(BOTH, [*links, link("same", "a/s9", "b/s1")])
    assert [issue.code for issue in caught.value.issues] == ["dangling_ref"]
    assert "Corpus.of" in message(links[0])


# --- Looking up -------------------------------------------------------------------------------------------------------

CORPUS = Corpus(articles=BOTH, links=[link("same", "a/s1", "b/s1")])
QUESTIONS: list[Callable[[Any], object]] = [
    *(CORPUS.actor, CORPUS.statement, CORPUS.resolve, CORPUS.article, CORPUS.same),
    *(CORPUS.against, CORPUS.by, CORPUS.denials_of, CORPUS.confirmations_of),
]


@pytest.mark.parametrize("asked", ["a/x", "x/s1", "s1", "", "/", CHINA, (), ("a/x", "a/s1"), 5, None, CLAIM, ((),)])
def test_what_is_unknown_is_an_error(asked: Any) -> None:
    for question in QUESTIONS:
        with pytest.raises(UnknownIdError, match=r"^found .*, expected "):
            question(asked)


def test_what_is_of_the_other_kind_is_an_error_that_says_so() -> None:
    of_actors: list[Callable[[Any], object]] = [CORPUS.actor, CORPUS.against, CORPUS.by]
    for question in of_actors:
        with pytest.raises(UnknownIdError, match=r"not of an allegation$"):
            question("a/s1")
    of_statements: list[Callable[[Any], object]] = [CORPUS.statement, CORPUS.denials_of, CORPUS.confirmations_of]
    for question in of_statements:
        with pytest.raises(UnknownIdError, match=r"not of an actor$"):
            question("a/china")


def test_what_cannot_be_a_key_is_the_error_of_python() -> None:
    for question in QUESTIONS:
        with pytest.raises(TypeError, match="unhashable"):
            question(["a/s1"])


def test_an_error_names_the_nearest_of_the_right_kind_where_few_are_known() -> None:
    large = Corpus(articles=[article(f"report-{n}") for n in range(501)])
    for question, asked, near in (
        *(
            (CORPUS.actor, "a/chin", "a/china"),
            (CORPUS.statement, "b/s2x", "b/s2"),
            (CORPUS.statement, "aa/s1", "a/s1"),
        ),
        *((large.actor, "report-7/chima", "report-7/china"), (large.actor, "repor/china", None)),
        (large.article, "report-1x", None),
    ):
        with pytest.raises(UnknownIdError) as caught:
            question(asked)
        assert caught.value.nearest == near
    assert "did you mean 'a/china'" in message(link("same", "a/chima", "b/china"))
    many = article("m", *(attrs.evolve(CLAIM, id=f"s{n}") for n in range(501)))
    assert "did you mean" not in message(link("same", "m/s1x", "b/s1"), articles=[many, OTHER])


# --- What it is -------------------------------------------------------------------------------------------------------


@given(corpora())
@settings(max_examples=10)
def test_a_corpus_survives_pickling_and_copying(corpus: Corpus) -> None:
    pickled = pickle.loads(pickle.dumps(corpus))  # noqa: S301 - it is our own
    for other in (pickled, copy.copy(corpus), copy.deepcopy(corpus), attrs.evolve(corpus)):
        assert other == corpus
        assert other.claims == corpus.claims


def test_two_are_equal_if_articles_and_links_are_in_order() -> None:
    links = [link("same", "a/s1", "b/s1"), link("same", "a/china", "b/china")]
    assert Corpus(articles=iter(BOTH), links=iter(links)) == Corpus(articles=BOTH, links=links)
    assert Corpus(articles=BOTH[::-1]) != Corpus(articles=BOTH)
    assert Corpus(articles=BOTH, links=links[::-1]) != Corpus(articles=BOTH, links=links)
    assert Corpus().__eq__(()) is NotImplemented


def test_a_corpus_is_frozen_and_has_neither_length_nor_iteration_nor_hash() -> None:
    uses: tuple[Callable[[Any], object], ...] = (len, iter, hash)
    for use in uses:
        with pytest.raises(TypeError):
            use(CORPUS)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        CORPUS.links = ()  # type: ignore[misc]
    assert (repr(CORPUS), repr(Corpus())) == ("<Corpus: 2 articles, 1 link>", "<Corpus: 0 articles, 0 links>")
    assert repr(Corpus(articles=[ONE])) == "<Corpus: 1 article, 0 links>"


@pytest.mark.parametrize(
    "wrong",
    [{"articles": [CLAIM]}, {"links": [ONE]}, {"articles": "a"}, {"links": {}}, {"articles": CORPUS}, {"links": 5}],
)
def test_something_else_than_articles_and_links_is_a_type_error(wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"expected an? (Article|Link)"):
        Corpus(**wrong)


def test_hypothesis_prints_all_in_full() -> None:
    names = {**vars(geoclaims), "Corpus": Corpus, "Link": Link, "LinkKind": LinkKind}
    for corpus in (CORPUS, Corpus(), Corpus(articles=[load_article()])):
        assert eval(pretty(corpus), names) == corpus  # noqa: S307 - the repr is ours


# --- What it takes ----------------------------------------------------------------------------------------------------


def test_making_and_asking_take_time_in_proportion(work: Work) -> None:
    calls: list[tuple[int, int]] = []
    for number in (50, 200):
        known = Actor(id="china", name="China", same_as=[CHINA])
        reports = [article(f"r{n}", CLAIM, ANSWER, china=known) for n in range(number)]
        links = [link("same", "r0/s1", f"r{n}/s1") for n in range(1, number)]
        corpus, made = work(partial(Corpus, articles=reports, links=links))
        _, asked = work(partial(corpus.by, CHINA))
        calls.append((made, asked))
    assert calls[1][0] <= 5 * calls[0][0]
    assert calls[1][1] <= 5 * calls[0][1]
