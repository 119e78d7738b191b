"""The view from which every output for people is written: one order, one set of words, one limit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from geoclaims import Actor, Allegation, Article, Denial, DenialKind, Statement, strategies
from geoclaims._messages import visible
from geoclaims._statements import accused_in, denied_in
from geoclaims._view.article import Address, Detail, Link, Mention, StatementView, Value, view_of
from geoclaims._view.words import denied_in_words

ORDER = [
    *("accused", "reported_by", "denies", "confirms", "denials", "confirmations", "see_also", "about"),
    *("quantities", "basis", "date", "event_date", "event_place", "appearances", "labels"),
]


def known(article: Article, statement: StatementView) -> dict[str, list[str]]:
    """What the article answers about a statement, by the fields of details: ids, addresses and texts."""
    said = article.statement(statement.id)
    about = [other for other in article.statements if said.id in other.about]
    answers = {*article.denials_of(said), *article.confirmations_of(said)}
    event = said.event_date or said.event_end
    values: dict[str, list[Any]] = {
        "accused": list(said.accused) if isinstance(said, Allegation) else [],
        "denies": list(said.denies) if isinstance(said, Denial) else [],
        **{
            field: list(getattr(said, field)) for field in ("reported_by", "confirms", "about", "appearances", "labels")
        },
        "denials": [denial.id for denial in article.denials_of(said)],
        "confirmations": [other.id for other in article.confirmations_of(said)],
        "see_also": [other.id for other in about if other not in answers],
        "quantities": [str(quantity) for quantity in said.quantities],
        **{field: [str(getattr(said, field))] for field in ("basis", "date", "event_place") if getattr(said, field)},
        "event_date": [str(event)] if event else [],
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
    for number, statement in enumerate(view.statements, 1):
        details = list(statement.details)
        fields = [detail.field for detail in details]
        assert statement.number == number
        assert fields == [field for field in ORDER if field in fields]
        found = {detail.field: [*map(plain, detail.values)] for detail in details if detail.values}
        expected = known(article, statement)
        for field in {"denials", "confirmations", "see_also"} & set(expected):
            expected[field].sort(key=order.index)
        assert {**found, "event_date": None} == {**expected, "event_date": None}
        assert ("event_date" in found) == ("event_date" in expected)
        assert [(detail.field, detail.note) for detail in details if not detail.values] == (
            [("denials", "– (no denial linked)")] if statement.type == "allegation" and "denials" not in found else []
        )


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


@pytest.mark.parametrize("kind", [*DenialKind, "half_hearted"])
def test_a_kind_of_denial_without_words_of_its_own_is_named(kind: Any) -> None:
    denial = Denial(id="d", speaker="a", content="No.", denies=["s"])
    object.__setattr__(denial, "kind", kind)
    claim = Statement(id="s", speaker="a", content="C.")
    article = Article(id="x", actors=[Actor(id="a", name="A")], statements=[claim, denial])
    heading = view_of(article).statements[1].heading
    assert heading == {"unspecified": "Denial"}.get(kind, f"{kind.replace('_', '-').capitalize()} denial")
    assert heading in article._repr_html_()
    assert denied_in_words(kind).startswith("denied ")
    assert ("half hearted" in denied_in_words(kind)) == (kind not in set(DenialKind))


def test_only_an_allegation_accuses_and_only_a_denial_denies() -> None:
    said = Statement(id="s", speaker="a", content="C.")
    claim = Allegation(id="c", speaker="a", content="C.", accused=["a"])
    denial = Denial(id="d", speaker="a", content="No.", denies=["c"])
    assert [*map(accused_in, (said, claim, denial))] == [(), ("a",), ()]
    assert [*map(denied_in, (said, claim, denial))] == [(), (), ("c",)]


def test_of_more_than_twenty_names_the_rest_is_counted_and_of_own_words_nothing() -> None:
    names = [Mention(f"a{number}", number, "A", "") for number in range(21)]
    assert Detail("accused", "accused", names).first == names[:20]
    assert Detail("accused", "accused", names).note == "and 1 more"
    labels = [f"l{number}" for number in range(21)]
    assert (Detail("labels", "labels", labels).first, Detail("labels", "labels", labels).note) == (labels, "")


def test_the_words_that_attribute_name_the_speaker_with_and_without_its_office() -> None:
    lin = Actor(id="a", name="the spokesman", role="colonel")
    said = Statement(id="s", speaker="a", content="C.", cue="insisting")
    (statement,) = view_of(Article(id="x", actors=[lin], statements=[said])).statements
    assert str(statement.attribution) == "The spokesman (colonel), insisting"
    assert statement.label == "1, Statement: The spokesman, insisting"
