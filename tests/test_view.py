"""The view from which every output for people is written: one order, one set of words, one limit."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given

from geoclaims import Actor, ActorKind, Allegation, Article, Denial, DenialKind, PartialDate, Statement, strategies
from geoclaims._messages import visible
from geoclaims._view.article import Address, Detail, Link, Mention, StatementView, Value, view_of

ORDER = [
    *("cue", "accused", "reported_by", "denies", "confirms", "denials", "confirmations", "see_also", "about"),
    *("quantities", "basis", "date", "event_date", "event_place", "appearances", "labels"),
]


def known(article: Article, statement: StatementView) -> dict[str, list[str]]:
    """What the article answers about a statement, by the fields of details: ids, addresses and texts."""
    said = article.statement(statement.id)
    about = [other for other in article.statements if said.id in other.about]
    answers = {*article.denials_of(said), *article.confirmations_of(said)}
    begin, end = said.event_date, said.event_end
    event = [f"until {end}"] if not begin and end else [f"{begin} to {end}" if end else str(begin)] if begin else []
    values: dict[str, list[Any]] = {
        "accused": list(said.accused) if isinstance(said, Allegation) else [],
        "denies": list(said.denies) if isinstance(said, Denial) else [],
        **{field: [*getattr(said, field)] for field in ("reported_by", "confirms", "about", "appearances", "labels")},
        "denials": [denial.id for denial in article.denials_of(said)],
        "confirmations": [other.id for other in article.confirmations_of(said)],
        "see_also": [other.id for other in about if other not in answers],
        "quantities": [str(quantity) for quantity in said.quantities],
        **{field: [str(getattr(said, field))] for field in ("basis", "date", "event_place") if getattr(said, field)},
        "event_date": event,
    }
    return {field: several for field, several in values.items() if several}


def plain(value: Value) -> str:
    match value:
        case Mention() | Link():
            return value.id
        case Address():
            return value.url
        case _:
            return value


@given(strategies.articles())
def test_a_statement_has_all_that_its_article_answers_about_it_in_one_order(article: Article) -> None:
    view = view_of(article)
    order = [statement.id for statement in view.statements]
    assert sorted(order) == sorted(statement.id for statement in article.statements)
    places = [(said.spans[0].start, said.spans[-1].end) for said in map(article.statement, order) if said.spans]
    assert places == sorted(places)
    for number, statement in enumerate(view.statements, 1):
        details = [detail for detail in statement.details if detail.field != "cue"]
        fields = [detail.field for detail in statement.details]
        assert statement.number == number
        assert fields == [field for field in ORDER if field in fields]
        expected = known(article, statement)
        for field in {"denials", "confirmations", "see_also"} & set(expected):
            expected[field].sort(key=order.index)
        assert {detail.field: [*map(plain, detail.values)] for detail in details if detail.values} == expected
        assert [(detail.field, detail.note) for detail in details if not detail.values] == (
            [("denials", "– (no denial linked)")]
            if statement.type == "allegation" and "denials" not in expected
            else []
        )
        said, cue = statement.attribution, article.statement(statement.id).cue  # which else is within the sentence
        assert ("cue" in fields) == (cue not in {None, "said"} and not said.before and said.after in {"", "said"})


@given(strategies.articles())
def test_what_is_repeated_is_at_most_200_characters_and_has_nothing_that_hides(article: Article) -> None:
    view = view_of(article)
    repeated = [text for statement in view.statements for text in (statement.label, *statement.passages)]
    for statement in view.statements:
        for value in [statement.speaker, *(value for detail in statement.details for value in detail.values)]:
            if isinstance(value, Link):
                assert view.target(value).id == value.id
                repeated += [value.content, value.speaker.name]
            elif isinstance(value, Mention):
                repeated += [value.name, value.office]
    assert all(len(text) <= 202 and visible(text) == text for text in repeated)  # with quotation marks


# What stands before the colon with a cue: for an allegation, a denial and another statement, or for all of them.
SENTENCES: dict[str | None, str | tuple[str, ...]] = {
    **dict.fromkeys(
        [None, "rebut", "blame", "told", "tells", "labeling", "called it a lie", "was told"], "The navy said"
    ),
    **dict.fromkeys(["spoke of", ",", "in an interview", "demand", "shared", "refused", "words"], "The navy said"),
    **{cue: f"The navy {cue}" for cue in ["is said to say", "did not deny", "refused to blame", "didn’t say so"]},
    "reportedly": "The navy reportedly said",
    "threatened that": "The navy threatened",
    "told reporters": "The navy told reporters",
    "accusations": "Accusations from the navy",
    "the charge": "The charge from the navy",
    "findings": "Findings from the navy",
    "According to": "According to the navy",
    "insisting": "The navy insisted",
    "implying so": "The navy implied so",
    "conveying": "The navy conveyed",
    "Writing": "The navy wrote",
    "agreeing": "The navy agreed",
    "having warned": "The navy had warned",
    "accuses": ("The navy accuses the army", "The navy said", "The navy said"),
    "has again blamed for": ("The navy has again blamed the army", "The navy said", "The navy said"),
    "accusing": ("The navy accused the army", "The navy said", "The navy said"),
    "denied": ("The navy said", "The navy denied it", "The navy said"),
    "also dismissed as lies": ("The navy said", "The navy also dismissed it as lies", "The navy said"),
    "\u00a0denied that,": ("The navy said", "The navy denied it", "The navy said"),
    "denied having done it": ("The navy said", "The navy denied it", "The navy said"),
    "DENIED IT": ("The navy said", "The navy DENIED it", "The navy said"),
    "denied in Sudria": ("The navy said", "The navy denied it in Sudria", "The navy said"),
    "rebutting": ("The navy said", "The navy rebutted it", "The navy said"),
}


def of(*statements: Statement, **fields: Any) -> Article:
    actors = [
        Actor(id="a", name="the navy"),
        Actor(id="b", name="the army"),
        Actor(id="c", name="those who saw it", anonymous=True),
    ]
    return Article(id="x", actors=actors, statements=statements, **fields)


@pytest.mark.parametrize(("cue", "words"), SENTENCES.items())
def test_the_sentence_speaks_from_the_cue_and_no_stronger(cue: str | None, words: str | tuple[str, ...]) -> None:
    claim = Allegation(id="s1", speaker="a", content="C.", accused=["b"], cue=cue)
    denial = Denial(id="s2", speaker="a", content="C.", denies=["s1"], cue=cue)
    said = Statement(id="s3", speaker="a", content="C.", cue=cue)
    expected = (words,) * 3 if isinstance(words, str) else words
    assert tuple(str(each.attribution) for each in view_of(of(claim, denial, said)).statements) == expected


def test_whoever_is_accused_is_named_and_more_than_two_are_counted() -> None:
    for accused, words in ((["a", "b"], "the navy and the army"), (["b", "a", "c"], "the army and 2 others")):
        (claim,) = view_of(of(Allegation(id="s", speaker="a", content="C.", accused=accused, cue="sued"))).statements
        assert claim.label == f"1, Allegation: The navy sued {words}"


def test_a_clause_and_a_sentence_of_another_language_have_no_verb_of_ours() -> None:
    said = Statement(id="s", speaker="c", content="C.", cue="ankündigend")
    assert str(view_of(of(said)).statements[0].attribution) == "Those who saw it"
    said = attrs.evolve(said, speaker="a", cue="mening")
    assert str(view_of(of(said, language="nb")).statements[0].attribution) == "The navy mening"
    denial = Denial(id="d", speaker="a", content="Nein.", denies=["s"], cue="bestritt")
    view = view_of(of(said, denial, language="de")).statements[1]
    assert (str(view.attribution), next(view.details).values) == ("The navy said", ["“bestritt”"])
    assert str(view_of(of(said, language="EN-gb")).statements[0].attribution) == "The navy mened"


@pytest.mark.parametrize(
    ("name", "role", "chain", "short", "whole"),
    [
        ("Lin", "envoy", ["Norland"], "(envoy, for Norland)", "(envoy, for Norland)"),
        ("a navy envoy", "Envoy", ["the navy", "Sudria"], "(for Sudria)", "(for the navy, Sudria)"),
        ("Lin", None, ["the Sudrian navy", "Sudria"], "(for the Sudrian navy)", "(for the Sudrian navy, Sudria)"),
        ("Lin", "envoy of Norland", ["Norland"], "(envoy of Norland)", "(envoy of Norland, for Norland)"),
        ("two soldiers", "soldier", [], "", ""),
        ("a ministerial aide", "minister", [], "(minister)", "(minister)"),
        ("Lin", None, ["P", "Q", "R", "S", "T"], "(for P, Q, R, …)", "(for P, Q, R, …)"),
    ],
)
def test_an_office_repeats_nothing_but_in_the_list_of_actors(
    name: str, role: str | None, chain: list[str], short: str, whole: str
) -> None:
    ids = [f"p{number}" for number in range(len(chain))]
    above = [*ids, None]
    actors = [Actor(id="a", name=name, role=role, on_behalf_of=above[0])]
    actors += [Actor(id=id, name=each, on_behalf_of=up) for id, each, up in zip(ids, chain, above[1:], strict=True)]
    view = view_of(Article(id="x", actors=actors, statements=[Statement(id="s", speaker="a", content="C.")]))
    assert (view.statements[0].speaker.office, view.actors[0].office) == (short, whole)


def test_the_list_of_actors_says_all_about_each() -> None:
    actor = Actor(id="a", name="A", kind=ActorKind.STATE, country="CHN", anonymous=True, aliases=["B", "“C”"])
    view = view_of(Article(id="x", actors=[actor], published=PartialDate(2031)))
    assert view.actors[0].particulars == ["state", "CHN", "unnamed", "also “B”, “C”"]
    assert [(fact.label, *fact.values) for fact in view.facts] == [("published", "2031"), ("id", "x")]


@pytest.mark.parametrize("kind", [*DenialKind, "half_hearted"])
def test_a_kind_of_denial_is_named(kind: Any) -> None:
    denial = Denial(id="d", speaker="a", content="No.", denies=["s"])
    object.__setattr__(denial, "kind", kind)
    heading = view_of(of(Statement(id="s", speaker="a", content="C."), denial)).statements[1].heading
    assert heading == {"unspecified": "Denial"}.get(kind, f"{kind.replace('_', '-').capitalize()} denial")


def test_of_more_than_twenty_names_the_rest_is_counted_and_of_own_words_nothing() -> None:
    names = [Mention(f"a{number}", number, "A", "") for number in range(21)]
    assert Detail("accused", "accused", names).first == names[:20]
    assert Detail("accused", "accused", names).note == "and 1 more"
    labels = [f"l{number}" for number in range(21)]
    assert (Detail("labels", "labels", labels).first, Detail("labels", "labels", labels).note) == (labels, "")
