from __future__ import annotations

import inspect
import pydoc
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import Phase, find, given, settings, strategies as st
from hypothesis.errors import InvalidArgument

import geoclaims.strategies
from geoclaims import Actor, ActorKind, Allegation, Article, Denial, DenialKind, PartialDate, Quantity, Span, Statement
from geoclaims.corpus import Corpus, Link, LinkKind
from geoclaims.strategies import (
    actors,
    allegations,
    articles,
    corpora,
    denials,
    ids,
    links,
    quantities,
    spans,
    statements,
    texts,
)

T = TypeVar("T")
Strategy = Callable[..., st.SearchStrategy[Any]]

OF_MODELS: dict[type[Any], Strategy] = {
    Quantity: quantities,
    Actor: actors,
    Statement: statements,
    Allegation: allegations,
    Denial: denials,
    Article: articles,
    Link: links,
}
PUBLIC = {name: getattr(geoclaims.strategies, name) for name in geoclaims.strategies.__all__}
EVERYTHING: dict[str, Strategy] = {name: function for name, function in PUBLIC.items() if name.islower()}
SIZES = {"min_actors", "max_actors", "min_statements", "max_statements"}
# A value of each field that is not its default, if it is not "a-name" or a tuple of it.
VALUES: dict[str, Any] = {
    **dict.fromkeys(("url", "archived_at"), "https://a.example/"),
    **dict.fromkeys(("same_as", "appearances"), ("https://a.example/",)),
    **dict.fromkeys(("published", "date", "event_date", "event_end"), PartialDate(2025, 4)),
    "quantities": (Quantity(minimum=3, unit="x"),),
    "spans": (Span.of("He said: we deny it.", 9, 19),),
    "minimum": 3,
    "maximum": 3,
    "anonymous": True,
    "approximate": True,
    "country": "UKR",
    "language": "uk",
    "source": "a/b",
    "target": "a/c",
}


def drawn(strategy: st.SearchStrategy[T], number: int) -> list[T]:
    """Some of what a strategy draws, the simplest first; the same each time."""
    values: list[T] = []

    @settings(max_examples=number, database=None, derandomize=True, phases=[Phase.generate])
    @given(strategy)
    def draw(value: T) -> None:
        values.append(value)

    draw()
    return values


def bare(model: type[Any], *free: str, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw instances with all fields at their default but those free, given or required, which is quick."""
    others = [each for each in attrs.fields(model) if each.default is not attrs.NOTHING and each.name not in free]
    return OF_MODELS[model](**{**{each.name: st.just(each.default) for each in others}, **given})


def fields(model: type[Any]) -> list[str]:
    return [attribute.name for attribute in attrs.fields(model)]


# --- Signatures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", OF_MODELS)
def test_there_is_a_keyword_for_every_field_which_help_shows_with_its_type(model: type[Any]) -> None:
    function = OF_MODELS[model]
    parameters = inspect.signature(function).parameters
    assert [name for name in parameters if name not in SIZES] == fields(model)
    assert {parameter.kind for parameter in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert {parameter.default for name, parameter in parameters.items() if name not in SIZES} == {None}
    shown = pydoc.plain(pydoc.render_doc(function))
    for name in fields(model):
        assert re.search(rf"\b{name}: '?SearchStrategy\[", shown), name
    for arguments, keywords in (([], {"rank": st.none()}), ([st.none()], {})):
        with pytest.raises(TypeError, match=rf"^{function.__name__}\(\) "):
            function(*arguments, **keywords)


@pytest.mark.parametrize("model", OF_MODELS)
def test_a_field_holds_what_the_strategy_for_it_draws_and_what_is_no_strategy_is_refused_at_once(
    model: type[Any],
) -> None:
    for field in attrs.fields(model):
        for wrong in (0, Actor):
            with pytest.raises(InvalidArgument, match=re.escape(f"found {field.name}={wrong!r}, expected a strategy")):
                OF_MODELS[model](**{field.name: wrong})
        if (model, field.name) not in {(Article, "actors"), (Article, "statements")}:
            kinds = {Actor: ActorKind.GROUP, Denial: DenialKind.OUTRIGHT, Link: LinkKind.DENIES}
            a_name: Any = ("a-name",) if str(field.type).startswith("tuple") else "a-name"
            value = kinds[model] if field.name == "kind" else VALUES.get(field.name, a_name)
            (instance,) = drawn(OF_MODELS[model](**{field.name: st.just(value)}), 1)
            assert getattr(instance, field.name) == value != field.default


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ({"min_actors": -1}, "min_actors=-1"),
        ({"max_actors": True}, "max_actors=True"),
        ({"min_statements": 1.0}, r"min_statements=1\.0"),
        ({"max_statements": None}, "max_statements=None"),
        ({"min_actors": 6}, "min_actors=6 .*max_actors=5"),
        ({"min_statements": 3, "max_statements": 2}, "min_statements=3 .*max_statements=2"),
        ({"min_statements": 1, "max_actors": 0}, "min_statements=1 .*max_actors=0"),
    ],
)
def test_sizes_that_contradict_are_refused_at_once(sizes: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArgument, match=message):
        articles(**sizes)


# --- All of them ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_default_health_checks_pass(name: str) -> None:
    # The checks look at the first ten examples.
    @settings(max_examples=12, database=None, suppress_health_check=(), phases=[Phase.generate])
    @given(EVERYTHING[name]())
    def draw(value: object) -> None:
        assert value == value  # noqa: PLR0124 - what is drawn does not matter

    draw()


@pytest.mark.parametrize("model", OF_MODELS)
def test_every_field_holds_something_at_times(model: type[Any]) -> None:
    held: set[str] = set()

    def is_the_last(instance: Any) -> bool:
        assert type(instance) is model
        held.update(a.name for a in attrs.fields(model) if getattr(instance, a.name) != a.default)
        return held == set(fields(model))

    enough = settings(max_examples=1000, database=None, derandomize=True, phases=[Phase.generate])
    assert find(OF_MODELS[model](), is_the_last, settings=enough)


# --- What fields keep between them ------------------------------------------------------------------------------------


NUMBERS, NONE = st.integers(5, 9), st.none()


@pytest.mark.parametrize(
    "wanted",
    [
        *({"minimum": NUMBERS}, {"maximum": NUMBERS}, {"minimum": NUMBERS, "maximum": NUMBERS}),
        *({"minimum": NONE}, {"maximum": NONE}),
    ],
)
def test_bounds_stay_where_they_are_wanted(wanted: dict[str, Any]) -> None:
    for quantity in drawn(quantities(**wanted, unit=st.just("x")), 30):
        for name, strategy in wanted.items():
            assert getattr(quantity, name) in ([None] if strategy is NONE else range(5, 10))


FEW_IDS = st.lists(st.sampled_from(["0", "a", "A"]), min_size=1)
ID = st.sampled_from(["0", "a"])


@given(
    bare(Actor, id=ID, on_behalf_of=ID, aliases=FEW_IDS),
    bare(Statement, id=ID, about=FEW_IDS, confirms=FEW_IDS, labels=FEW_IDS, reported_by=FEW_IDS),
    bare(Allegation, accused=FEW_IDS),
    bare(Denial, id=ID, denies=FEW_IDS),
)
def test_nothing_refers_to_itself_and_what_comes_twice_is_left_out(
    actor: Actor, statement: Statement, allegation: Allegation, denial: Denial
) -> None:
    assert actor.on_behalf_of != actor.id
    assert statement.id not in {*statement.about, *statement.confirms}
    assert denial.id not in denial.denies
    for values in (actor.aliases, statement.labels, statement.reported_by, allegation.accused, denial.denies):
        assert len(set(values)) == len(values) > 0


EARLY, LATE = (st.builds(PartialDate, st.integers(*years)) for years in ((1900, 1909), (2000, 2009)))


@pytest.mark.parametrize(
    ("wanted", "other", "dates"), [("event_date", "event_end", LATE), ("event_end", "event_date", EARLY)]
)
def test_an_event_ends_when_it_begins_or_later_and_its_date_stays_where_it_is_wanted(
    wanted: str, other: str, dates: Any
) -> None:
    seen = [one for one in drawn(bare(Statement, other, **{wanted: dates}), 80) if getattr(one, other)]
    assert {getattr(one, wanted).year // 10 for one in seen} == {200 if dates is LATE else 190}
    # Where both would be out of order, the one that nobody asked for gives way; of two that are wanted, the beginning.
    assert {one.event_date == one.event_end for one in seen} == {True, False}
    for one in drawn(bare(Statement, event_date=LATE, event_end=EARLY), 10):
        assert one.event_date == one.event_end
        assert one.event_end is not None
        assert one.event_end.year in range(1900, 1910)


@given(bare(Statement, spans=st.lists(spans(), min_size=1)))
def test_spans_are_in_order_and_do_not_overlap(statement: Statement) -> None:
    assert statement.spans
    assert [both for both in pairwise(statement.spans) if both[0].end > both[1].start] == []


# --- Single values ----------------------------------------------------------------------------------------------------


@given(texts(), ids())
def test_a_text_and_an_id_may_stand_wherever_they_may(text: str, id: str) -> None:
    actor = Actor(id=id, name=text, role=text, aliases=[text])
    statement = Statement(id=f"{id}"[:99] + "s", speaker=id, content=text, quotes=[text], basis=text)
    assert Article(id=id, actors=[actor], statements=[statement] if statement.id != id else []).actor(id).name == text


# --- Articles ---------------------------------------------------------------------------------------------------------


SIZE = st.tuples(st.integers(0, 12), st.integers(0, 12))


@pytest.mark.slow
@settings(max_examples=50)
@given(st.data(), SIZE, SIZE)
def test_there_are_as_many_as_are_asked_for(
    data: st.DataObject, of_actors: tuple[int, int], of_statements: tuple[int, int]
) -> None:
    (min_actors, more_actors), (min_statements, more_statements) = of_actors, of_statements
    min_statements *= bool(min_actors + more_actors)
    limits = {"min_actors": min_actors, "max_actors": min_actors + more_actors}
    limits |= {"min_statements": min_statements, "max_statements": min_statements + more_statements}
    article = data.draw(articles(**limits))  # type: ignore[arg-type]
    assert min_actors <= len(article.actors) <= limits["max_actors"]
    assert min_statements <= len(article.statements) <= limits["max_statements"]


def test_without_actors_nothing_is_said_and_with_several_not_only_the_first_speak() -> None:
    assert {article.statements for article in drawn(articles(max_actors=0), 20)} == {()}
    several = drawn(articles(min_actors=3, max_actors=3, min_statements=1, max_statements=2), 40)
    assert [article for article in several if article.statements[0].speaker != article.actors[0].id]


CHINA = Actor(id="china", name="China", kind=ActorKind.STATE)
LIN = Actor(id="lin", name="Lin Jian", on_behalf_of="china")
CLAIM = Allegation(id="claim", speaker="nobody", content="It happened.", accused=["lin"], about=["china", "answer"])
ANSWER = Denial(id="answer", speaker="lin", content="It did not.", denies=["claim"], kind=DenialKind.OUTRIGHT)


def test_given_actors_and_statements_are_linked_by_their_names_or_else_anyhow() -> None:
    given = {"actors": st.sampled_from([CHINA, LIN]), "statements": st.sampled_from([CLAIM, ANSWER])}
    seen = drawn(bare(Article, **given, min_actors=2, min_statements=2, max_actors=2, max_statements=3), 60)  # type: ignore[arg-type]
    whole = [one for one in seen if sorted(each.id for each in by_id(one)) == ["answer", "china", "claim", "lin"]]
    assert whole
    for article in whole:
        assert set(article.actors) == {CHINA, LIN}
        assert article.statement("answer") == ANSWER
        assert attrs.evolve(article.statement("claim"), speaker="nobody") == CLAIM
        assert article.statement("claim").speaker in {"china", "lin"}
    others = {
        id for article in seen for each in by_id(article) if (id := each.id) not in {"lin", "china", "claim", "answer"}
    }
    assert others
    assert [
        id for id in others if not re.fullmatch("[as][0-9]+", id)
    ] == []  # what has the id of another gets one of its own


def by_id(article: Article) -> list[Any]:
    return [*article.actors, *article.statements]


def test_what_has_no_allowed_target_stays_without_and_a_denial_becomes_an_allegation() -> None:
    (article,) = drawn(
        articles(actors=st.just(LIN), statements=st.just(ANSWER), max_actors=1, min_statements=1, max_statements=1), 1
    )
    assert article.actors == (attrs.evolve(LIN, on_behalf_of=None),)
    (statement,) = article.allegations
    assert (statement.id, statement.content, statement.accused) == ("answer", "It did not.", ("lin",))
    for article in drawn(articles(statements=bare(Denial, id=ids()), min_statements=3, max_statements=4), 10):
        assert len(article.denials) == len(article.statements) - 1


def test_an_element_of_another_type_is_refused() -> None:
    for drawing, expected in (
        (articles(actors=st.just("China"), min_actors=1), "Actor"),  # type: ignore[arg-type]
        (articles(statements=st.just(CHINA), min_statements=1), "Statement or Allegation or Denial"),  # type: ignore[arg-type]
        (corpora(articles=st.just(5)), "found 5, expected an Article"),  # type: ignore[arg-type]
        (corpora(articles=st.just(REPORT), links=st.just(5)), "found 5, expected a Link"),  # type: ignore[arg-type]
    ):
        with pytest.raises(InvalidArgument, match=expected):
            drawn(drawing, 20)


SHORT = "He\u00adsaid:\u200b “We deny it.”\n"


def test_spans_are_passages_of_the_text_and_left_out_where_it_is_invisible() -> None:
    said = bare(Statement, spans=st.lists(spans(), min_size=1, max_size=2))
    for text in (SHORT, "\u200b"):
        seen = drawn(articles(text=st.just(text), statements=said, min_statements=1, max_statements=3), 15)
        excerpts = [excerpt for article in seen for each in article.statements for excerpt in article.excerpts(each)]
        starts = {span.start for article in seen for each in article.statements for span in each.spans}
        assert bool(excerpts) == (len(starts) > 1) == (text == SHORT)
        assert [excerpt for excerpt in excerpts if excerpt not in SHORT] == []


def test_quotes_are_kept_if_the_text_has_them_and_are_words_of_it_otherwise() -> None:
    said = bare(Statement, quotes=st.lists(st.sampled_from(["deny it", "it", "“We", "no", "b" * 50]), min_size=1))
    for text in (SHORT, "\u200b"):
        seen = drawn(articles(text=st.just(text), statements=said, min_statements=1, max_statements=3), 15)
        quotes = {quote for article in seen for each in article.statements for quote in each.quotes}
        assert {"it", "no"} & quotes == ({"it"} if text == SHORT else set())
        assert quotes <= {"deny it", "it"} | {
            " ".join(SHORT.split()[start:end]) for start in range(4) for end in range(5)
        }
        assert bool(quotes) == (text == SHORT)


# --- The extra --------------------------------------------------------------------------------------------------------


def test_without_hypothesis_the_error_names_what_to_install() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; import geoclaims.strategies"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == (
        "ImportError: geoclaims.strategies needs Hypothesis, which is not installed: "
        'pip install "geoclaims[hypothesis]"'
    )


# --- Corpora ----------------------------------------------------------------------------------------------------------


REPORT = Article(id="a", actors=[CHINA, LIN], statements=[attrs.evolve(CLAIM, speaker="lin"), ANSWER])
DENIED = Link(kind=LinkKind.DENIES, source="a/answer", target="r1/claim", annotator="me")


@pytest.mark.parametrize("kind", [*LinkKind, "address", "actors"])
def test_corpora_have_links_of_every_kind_and_actors_with_an_address_in_common(kind: str) -> None:
    def has(corpus: Corpus) -> bool:
        urls = [url for article in corpus.articles for one in article.actors for url in one.same_as]
        alone = Corpus(articles=corpus.articles)
        if kind == "address":
            return any(len(alone.same(url)) > 1 for url in urls)
        if kind == "actors":
            return any(isinstance(corpus.resolve(link.source), Actor) for link in corpus.links)
        return any(link.kind == kind for link in corpus.links)

    enough = settings(max_examples=1000, database=None, derandomize=True, phases=[Phase.generate])
    assert has(find(corpora(), has, settings=enough))


def test_given_articles_get_ids_of_their_own_and_given_links_their_ends() -> None:
    seen = drawn(corpora(articles=st.just(REPORT), links=st.just(DENIED), max_articles=2, max_links=1), 60)
    (two, *_) = [corpus for corpus in seen if len(corpus.articles) == 2 and corpus.links]
    assert [article.id for article in two.articles] == ["a", "r1"]
    assert two.links == (DENIED,)
    elsewhere = attrs.evolve(DENIED, source="x/y", target="x/z")
    for corpus in drawn(corpora(articles=st.just(REPORT), links=st.just(elsewhere)), 20):
        for link in corpus.links:
            assert isinstance(corpus.resolve(link.source), Denial)
            assert attrs.evolve(elsewhere, source=link.source, target=link.target) == link


def test_a_link_that_fits_nowhere_is_left_out() -> None:
    people = attrs.evolve(REPORT, statements=[])
    assert {corpus.links for corpus in drawn(corpora(articles=st.just(people), links=st.just(DENIED)), 20)} == {()}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"articles": []}, "articles="),
        ({"links": 1}, "links=1"),
        ({"max_articles": -1}, "max_articles=-1"),
        ({"max_links": 1.5}, r"max_links=1\.5"),
    ],
)
def test_what_makes_no_corpora_is_refused_at_once(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidArgument, match=message):
        corpora(**wrong)


def test_the_ends_of_a_link_differ_and_stay_where_they_are_wanted() -> None:
    one = st.just("a/0")
    assert {link.target for link in drawn(links(source=one, target=one), 5)} == {"a/a"}
    assert {link.source for link in drawn(links(source=one), 30)} == {"a/0"}
    assert {link.target for link in drawn(links(target=st.just("0/0")), 30)} == {"0/0"}
