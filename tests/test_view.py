"""The view from which every output for people is written: one order, one set of words, one limit."""

from __future__ import annotations

from functools import partial
from itertools import chain, product
from typing import Any

import attrs
import pytest
from hypothesis import given

from geoclaims import Actor, Allegation, Article, Denial, DenialKind, PartialDate, Statement, strategies
from geoclaims._view.article import (
    Detail,
    Labelled,
    Mention,
    StatementMention,
    StatementView,
    Value,
    view_of,
)
from geoclaims._view.wording import date_in_words, event_in_words
from geoclaims.corpus import Corpus, Link, LinkKind
from tests.places import ARTICLE

ORDER = [
    *("same_in", "accused", "denies", "confirms", "denials", "confirmations", "see_also", "about"),
    *("quantities", "basis", "date", "event_date", "event_place"),
]
NO_DETAILS = {*ORDER, "id", "speaker", "content", "quotes", "cue", "event_end", "reported_by", "spans"}
OTHERS = [field.name for field in attrs.fields(Statement) if field.name not in NO_DETAILS]
ORDER += OTHERS


def known(article: Article, statement: StatementView) -> dict[str, list[str]]:
    """What the article answers about a statement, by the fields of details: ids, addresses and texts."""
    said = article.statement(statement.id)
    about = [other for other in article.statements if said.id in other.about]
    answers = {*article.denials_of(said), *article.confirmations_of(said)}
    values: dict[str, list[Any]] = {
        "accused": list(said.accused) if isinstance(said, Allegation) else [],
        "denies": list(said.denies) if isinstance(said, Denial) else [],
        **{field: [*getattr(said, field)] for field in ("confirms", "about")},
        "denials": [denial.id for denial in article.denials_of(said)],
        "confirmations": [other.id for other in article.confirmations_of(said)],
        "see_also": [other.id for other in about if other not in answers],
        "quantities": [str(quantity) for quantity in said.quantities],
        **{field: [str(getattr(said, field))] for field in ("basis", "event_place") if getattr(said, field)},
        "date": [date_in_words(said.date)] if said.date else [],
        "event_date": [event] if (event := event_in_words(said)) else [],
    }
    others = {field: getattr(said, field) for field in OTHERS}
    values |= {field: [value] if isinstance(value, str) else value for field, value in others.items()}
    return {field: [*several] for field, several in values.items() if several}


def plain(value: Value) -> str:
    match value:
        case Mention() | StatementMention():
            return value.id
        case _:
            return str(value)


@given(strategies.articles())
def test_a_statement_has_all_that_its_article_answers_about_it_in_one_order(article: Article) -> None:
    view = view_of(article)
    order = [statement.id for statement in view.statements]
    assert sorted(order) == sorted(statement.id for statement in article.statements)
    places = [(said.spans[0].start, said.spans[-1].end) for said in map(article.statement, order) if said.spans]
    assert places == sorted(places)
    for number, statement in enumerate(view.statements, 1):
        details = list(statement.details.values())
        fields = [detail.field for detail in details]
        assert statement.number == number
        assert fields == [field for field in ORDER if field in fields]
        expected = known(article, statement)
        for field in {"denies", "confirms", "denials", "confirmations", "see_also"} & set(expected):
            expected[field].sort(key=order.index)
        assert {detail.field: [*map(plain, detail.values)] for detail in details if detail.values} == expected
        assert [(detail.field, detail.label) for detail in details if not detail.values] == (
            [("denials", "no denial linked")] if statement.type == "allegation" and "denials" not in expected else []
        )


@given(strategies.corpora())
def test_of_a_corpus_a_statement_has_once_all_that_is_linked_its_own_report_first_and_others_in_order(
    drawn: Corpus,
) -> None:
    articles = [*drawn.articles, ARTICLE]
    repeated = [
        Link(kind=LinkKind(kind), source=f"{each.id}/{said.id}", target=f"{each.id}/{id}", annotator=annotator)
        for each, kind, annotator in product(articles, ("denies", "confirms"), ("they", "others"))
        for said in each.statements
        for id in getattr(said, kind, ())
    ]
    corpus = Corpus(articles=articles, links=[*drawn.links, *repeated])
    order = [f"{article.id}/{said.id}" for article in corpus.articles for said in article.statements]
    for article in corpus.articles:
        view = view_of(article, corpus)
        here = [f"{article.id}/{statement.id}" for statement in view.statements]
        for reference, statement in zip(here, view.statements, strict=True):
            said = article.statement(statement.id)
            answered = {
                kind: {f"{article.id}/{id}" for id in getattr(said, kind, ())}
                | {link.target for link in corpus.links if (link.kind, link.source) == (kind, reference)}
                for kind in ("denies", "confirms")
            }
            answered = {
                kind: {each for target in targets for each in corpus.same(target)} for kind, targets in answered.items()
            }
            denials, confirmations = corpus.denials_of(reference), corpus.confirmations_of(reference)
            expected: dict[str, set[str]] = {
                "same_in": {*corpus.same(reference)} - {reference},
                **answered,
                "denials": {*chain(*denials)},
                "confirmations": {*chain(*confirmations)},
            }
            for field, references in expected.items():
                values: list[Any] = list(statement.details[field].values) if field in statement.details else []
                shown = [value.id if value.report else f"{article.id}/{value.id}" for value in values]
                first = [value for value in values if not value.report]
                assert sorted(shown) == sorted(references)
                assert first == values[: len(first)] == list(statement.links(field))
                assert field in answered or shown[len(first) :] == sorted(shown[len(first) :], key=order.index)
                assert shown[: len(first)] == sorted(shown[: len(first)], key=here.index)
            unanswered = [detail.field for detail in statement.details.values() if detail.label == "no denial linked"]
            assert unanswered == (["denials"] if statement.type == "allegation" and not denials else [])


@given(strategies.articles())
def test_a_saying_has_speaker_role_direct_principal_reporters_content_and_cue_and_no_word_of_its_own_but_for_and_via(
    article: Article,
) -> None:
    for statement in view_of(article).statements:
        said = article.statement(statement.id)
        speaker = article.actor(said.speaker)
        saying = statement.saying
        assert (saying.speaker.id, str(saying.content)) == (speaker.id, said.content)
        principal = [] if speaker.on_behalf_of is None else [("for", speaker.on_behalf_of)]
        expected = [*principal, *(("via", id) for id in said.reported_by)]
        named = [aside for aside in saying.asides if isinstance(aside, Labelled)]
        assert [(aside.ours, getattr(aside.words, "id", None)) for aside in named] == expected
        others = [aside for aside in saying.asides if aside not in named]
        assert (others == []) == (speaker.role is None)
        assert (saying.cue is None) == (said.cue is None)
        assert said.cue is None or said.cue in str(saying.cue)


@pytest.mark.parametrize(("sign", "times"), [("rain ", 40), ("雨", 199), ("e\u0301", 99), ("e\u0301 ", 66), ("x", 199)])
def test_what_is_cut_ends_after_a_word_or_a_sign(sign: str, times: int) -> None:
    claim = Allegation(id="s", speaker="a", content="C.", accused=["a"])
    article = Article(id="x", actors=[Actor(id="a", name=(sign * 250).strip())], statements=[claim])
    (accused,) = view_of(article).statements[0].details["accused"].values
    assert str(accused) == f"{(sign * times).strip()}…"


def of(*statements: Statement, **fields: Any) -> Article:
    actors = [
        Actor(id="a", name="the navy"),
        Actor(id="b", name="the army"),
        Actor(id="c", name="those who saw it", anonymous=True),
        Actor(id="lin", name="Lin", role="envoy of Sudria", on_behalf_of="fleet"),
        Actor(id="fleet", name="Sudria’s navy", on_behalf_of="sudria"),
        Actor(id="sudria", name="Sudria"),
    ]
    return Article(id="x", actors=actors, statements=statements, **fields)


@pytest.mark.parametrize(
    ("fields", "language", "words"),
    [
        ({}, None, "the navy: C."),
        ({"cue": "denied"}, None, "the navy: C. (“denied”)"),
        ({"cue": "did not say that"}, "en-GB", "the navy: C. (“did not say that”)"),
        ({"cue": "bestritt"}, "de", "the navy: C. („bestritt“)"),
        ({"cue": "nekade"}, "sv", "the navy: C. (”nekade”)"),
        ({"cue": "sa"}, "nb-NO", "the navy: C. («sa»)"),
        ({"cue": "zaprzeczył"}, "pl", "the navy: C. („zaprzeczył”)"),
        ({"cue": "述べた"}, "ja", "the navy: C. (「述べた」)"),
        ({"cue": "表示"}, "zh", "the navy: C. (“表示”)"),
        ({"cue": "“so-called”"}, None, "the navy: C. (‘“so-called”’)"),
        ({"cue": "отверг «ложь»"}, "ru", "the navy: C. („отверг «ложь»“)"),
        ({"cue": "「否」と"}, "ja-JP", "the navy: C. (『「否」と』)"),
        ({"cue": "”nej”"}, "sv", "the navy: C. (’”nej”’)"),
        ({"speaker": "c"}, None, "those who saw it (via the navy): C."),
        (
            {"speaker": "lin", "cue": "said"},
            None,
            "Lin (envoy of Sudria, for Sudria’s navy, via the navy): C. (“said”)",
        ),
        (
            {"speaker": "lin", "reported_by": ["c", "b"]},
            None,
            "Lin (envoy of Sudria, for Sudria’s navy, via those who saw it, via the army): C.",
        ),
    ],
)
def test_a_saying_has_one_form_in_which_names_and_cues_are_as_written(
    fields: dict[str, Any], language: str | None, words: str
) -> None:
    for make in (partial(Allegation, accused=["b"]), partial(Denial, denies=["s1"]), Statement):
        said = make(
            **{
                "id": "s",
                "speaker": "a",
                "content": "C.",
                "reported_by": ["a"] if fields.get("speaker") else [],
                **fields,
            }
        )
        other = Statement(id="s1", speaker="a", content="C.")
        assert str(view_of(of(said, other, language=language)).statements[0].saying) == words


def test_of_more_than_twenty_who_reported_it_the_rest_is_counted() -> None:
    actors = [Actor(id=f"a{number}", name="A") for number in range(22)]
    for number, end in ((20, "via A): C."), (21, "via A, and 1 more): C.")):
        said = Statement(id="s", speaker="a0", content="C.", reported_by=[actor.id for actor in actors[:number]])
        (view,) = view_of(Article(id="x", actors=actors, statements=[said])).statements
        assert str(view.saying) == f"A ({'via A, ' * 19}{end}"


def told(number: int, **fields: Any) -> Article:
    claim = Allegation(id="s", speaker="a", accused=["a"], content="It is so.")
    denial = Denial(id="d", speaker="a", denies=["s"], content="No.", kind=DenialKind.OUTRIGHT)
    actors = [Actor(id="a", name="A", on_behalf_of="b"), Actor(id="b", name="B")]
    return Article(id=f"r{number}", actors=actors, statements=[claim, denial], **fields)


@pytest.mark.parametrize(
    ("fields", "report"),
    [
        ({"title": "It rained"}, "“It rained”"),
        ({"title": "Es regnete", "language": "de"}, "„Es regnete“"),
        ({"title": "t" * 61}, f"“{'t' * 59}…”"),
        ({"title": "It rained", "published": PartialDate(2031, 5)}, "“It rained”, May 2031"),
        ({"title": "It rained", "publisher": "The Courier"}, "The Courier"),
        ({"publisher": "The Courier", "published": PartialDate(2031, 5, 7)}, "The Courier, 7 May 2031"),
        ({}, "r1"),
    ],
)
def test_another_report_is_named_by_who_speaks_there_its_publisher_or_title_its_date_and_the_reference(
    fields: dict[str, Any], report: str
) -> None:
    corpus = Corpus(articles=[told(0), told(1, **fields)], links=[link_of(1)])
    (claim, denial) = view_of(corpus.articles[0], corpus).statements
    shown = {detail.label: [*map(str, detail.values)] for detail in claim.details.values()}
    assert shown == {
        "the same in other statements": [f"A (for B), {report} (r1/s): It is so."],
        "against": ["A"],
        "denied by": ["2 A, outright denial: No.", f"A (for B), {report} (r1/d), outright denial: No."],
    }
    assert [*map(str, denial.details["denies"].values)] == ["1 A: It is so.", f"A (for B), {report} (r1/s), the same"]


def link_of(number: int) -> Link:
    return Link(kind=LinkKind.SAME, source=f"r{number}/s", target="r0/s")


def test_of_more_than_twenty_other_reports_the_rest_is_counted() -> None:
    for number in (1, 20, 21, 22, 50):
        corpus = Corpus(articles=map(told, range(number + 1)), links=map(link_of, range(1, number + 1)))
        for article in (corpus.articles[0], corpus.articles[number // 2], corpus.articles[-1]):
            claim, denial = view_of(article, corpus).statements
            same, denials, denied = claim.details["same_in"], claim.details["denials"], denial.details["denies"]
            assert len(same.first) + same.rest == number
            assert len(denials.first) + denials.rest == len(denied.first) + denied.rest == number + 1
            assert (len(same.first), len(denials.first)) == (min(number, 20), min(number + 1, 20))
            assert same.note == (f"and {number - 20} more" if number > 20 else "")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("outright", "Outright denial"),
        ("non_involvement", "Denial of involvement"),
        ("no_evidence", "Denial for lack of evidence"),
        ("blame_shift", "Denial by blaming another"),
        ("unspecified", "Denial"),
        ("half_hearted", "Half-hearted denial"),
    ],
)
def test_a_kind_of_denial_is_named(kind: Any, name: str) -> None:
    denial = Denial(id="d", speaker="a", content="No.", denies=["s"])
    object.__setattr__(denial, "kind", kind)
    heading = view_of(of(Statement(id="s", speaker="a", content="C."), denial)).statements[1].heading
    assert heading == name


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        ("2031-05-07", None, "on 7 May 2031"),
        ("2031", None, "in 2031"),
        (None, "2031-05", "until May 2031"),
        ("2031-05", "2031-06-01", "from May 2031 to 1 June 2031"),
    ],
)
def test_the_date_of_an_event_is_said_as_people_do(begin: str | None, end: str | None, words: str) -> None:
    first, last = (None if date is None else PartialDate.parse(date) for date in (begin, end))
    said = Statement(id="s", speaker="a", content="C.", event_date=first, event_end=last)
    (detail,) = view_of(of(said)).statements[0].details.values()
    assert (detail.label, *detail.values) == ("said to be", words)


def test_of_more_than_twenty_names_the_rest_is_counted_and_of_own_words_nothing() -> None:
    names = [Mention("A", "", f"a{number}", number) for number in range(21)]
    assert Detail("accused", names).first == names[:20]
    assert Detail("accused", names).note == "and 1 more"
    labels = [f"l{number}" for number in range(21)]
    assert (Detail("labels", labels).first, Detail("labels", labels).note) == (labels, "")
