from __future__ import annotations

from typing import Any

import pytest

from geoclaims import (
    Actor,
    ActorKind,
    Allegation,
    Article,
    Denial,
    PartialDate,
    Statement,
    ValidationError,
    load_article,
)
from geoclaims._statements import STATEMENT_TYPES
from geoclaims.interop import to_events

ACTORS = [
    Actor(id="sudria", name="Sudria", kind=ActorKind.STATE, country="SDN"),
    Actor(id="ministry", name="The ministry", kind=ActorKind.ORGANIZATION, on_behalf_of="sudria"),
    Actor(id="spokesman", name="Lee", kind=ActorKind.PERSON, on_behalf_of="ministry", country="FRA"),
    Actor(id="norland", name="Norland", kind=ActorKind.STATE, country="NOR"),
    Actor(id="club", name="The club", kind=ActorKind.ORGANIZATION, country="NOR"),
    Actor(id="member", name="Ola", on_behalf_of="club"),
    Actor(id="someone", name="someone", anonymous=True),
]


def said(id: str, speaker: str, **fields: Any) -> Statement:
    return Statement(id=id, speaker=speaker, content=f"What {id} says.", **fields)


def alleged(id: str, speaker: str, *accused: str, **fields: Any) -> Allegation:
    return Allegation(id=id, speaker=speaker, content=f"What {id} says.", accused=accused, **fields)


def denied(id: str, speaker: str, *denies: str, **fields: Any) -> Denial:
    return Denial(id=id, speaker=speaker, content=f"What {id} says.", denies=denies, **fields)


def article(*statements: Statement, **fields: Any) -> Article:
    return Article(id="example", actors=ACTORS, statements=statements, **fields)


def rows(*statements: Statement, **fields: Any) -> list[dict[str, str | int]]:
    return to_events([article(*statements, **fields)])


def triples(events: list[dict[str, str | int]]) -> list[tuple[str | int, ...]]:
    return [(event["Actor1Code"], event["EventCode"], event["Actor2Code"]) for event in events]


def test_the_bundled_article_gives_the_rows_that_its_states_say_of_each_other() -> None:
    found = set(triples(to_events([load_article()])))
    assert {("UKR", "112", "CHN"), ("CHN", "016", "UKR"), ("CHNGOV", "016", "UKR")} <= found
    assert {("UKRGOV", "010", "CHN"), ("USA", "112", "CHN")} <= found


def test_every_kind_of_statement_has_a_code(golden: Article) -> None:
    assert {type(statement) for statement in golden.statements} == set(STATEMENT_TYPES)
    assert all(str(row["EventCode"]).isdigit() for row in to_events([golden]))


def test_an_allegation_gives_a_row_for_each_of_the_accused() -> None:
    assert triples(rows(alleged("s1", "norland", "sudria", "club"))) == [("NOR", "112", "SDN"), ("NOR", "112", "NOR")]


def test_the_target_of_a_denial_is_each_speaker_of_what_it_denies_once() -> None:
    statements = [
        alleged("s1", "norland", "sudria"),
        alleged("s2", "norland", "sudria"),
        said("s3", "club"),
        denied("s4", "sudria", "s1", "s2", "s3"),
    ]
    events = [event for event in rows(*statements) if event["StatementId"] == "s4"]
    assert [event["Actor2Name"] for event in events] == ["Norland", "The club"]
    assert {event["EventCode"] for event in events} == {"016"}


def test_the_target_of_a_statement_is_each_actor_that_it_is_about_and_no_statement() -> None:
    events = rows(said("s1", "club"), said("s2", "norland", about=["s1", "sudria", "club"]))
    assert triples(events) == [("NOR", "010", ""), ("NOR", "010", "SDN"), ("NOR", "010", "NOR")]
    assert [event["Actor2Name"] for event in events] == ["", "Sudria", "The club"]


@pytest.mark.parametrize(
    ("speaker", "code", "country", "role"),
    [
        ("sudria", "SDN", "SDN", ""),
        ("ministry", "SDNGOV", "SDN", "GOV"),
        ("spokesman", "SDNGOV", "SDN", "GOV"),
        ("club", "NOR", "NOR", ""),
        ("member", "NOR", "NOR", ""),
        ("someone", "", "", ""),
    ],
)
def test_whoever_acts_on_behalf_of_another_is_coded_as_the_other(
    speaker: str, code: str, country: str, role: str
) -> None:
    (event,) = rows(said("s1", speaker))
    assert (event["Actor1Code"], event["Actor1CountryCode"], event["Actor1Type1Code"]) == (code, country, role)


def test_the_country_of_a_proxy_counts_where_its_principal_has_none() -> None:
    actors = [Actor(id="a", name="A"), Actor(id="b", name="B", country="FRA", on_behalf_of="a")]
    (event,) = to_events([Article(id="example", actors=actors, statements=[said("s1", "b")])])
    assert event["Actor1Code"] == "FRA"


@pytest.mark.parametrize(
    ("date", "day", "month", "year"),
    [
        (None, "", "", ""),
        (PartialDate(987), "", "", "0987"),
        (PartialDate(2031, 5), "", "203105", "2031"),
        (PartialDate(2031, 5, 6), "20310506", "203105", "2031"),
    ],
)
def test_a_date_fills_the_columns_that_are_no_finer_than_it(
    date: PartialDate | None, day: str, month: str, year: str
) -> None:
    (event,) = rows(said("s1", "club", date=date), published=PartialDate(2031, 5, 8))
    assert (event["SQLDATE"], event["MonthYear"], event["Year"]) == (day, month, year)


def test_the_columns_are_gdelts_and_two_that_lead_back() -> None:
    (event,) = rows(alleged("s1", "spokesman", "norland"), url="https://example.org/1")
    assert event == {
        "SQLDATE": "",
        "MonthYear": "",
        "Year": "",
        "Actor1Code": "SDNGOV",
        "Actor1Name": "Lee",
        "Actor1CountryCode": "SDN",
        "Actor1Type1Code": "GOV",
        "Actor2Code": "NOR",
        "Actor2Name": "Norland",
        "Actor2CountryCode": "NOR",
        "Actor2Type1Code": "",
        "EventCode": "112",
        "EventBaseCode": "112",
        "EventRootCode": "11",
        "QuadClass": 3,
        "SOURCEURL": "https://example.org/1",
        "ArticleId": "example",
        "StatementId": "s1",
    }


def test_the_user_chooses_finer_codes() -> None:
    def code(statement: Statement) -> str | None:
        return {"s1": "1124", "s3": "011", "s4": "13"}.get(statement.id)

    statements = [
        alleged("s1", "norland", "sudria"),
        denied("s2", "sudria", "s1"),
        said("s3", "club"),
        said("s4", "club"),
    ]
    events = to_events([article(*statements)], code=code)
    columns = ("EventCode", "EventBaseCode", "EventRootCode", "QuadClass")
    assert [tuple(event[column] for column in columns) for event in events] == [
        ("1124", "112", "11", 3),
        ("016", "016", "01", 1),
        ("011", "011", "01", 1),
        ("13", "13", "13", 3),
    ]


@pytest.mark.parametrize("chosen", ["190", "06", "1", "", "11245", "1a", "１１２", "011 ", "14"])
def test_a_code_that_is_none_of_something_said_is_refused(chosen: str) -> None:
    with pytest.raises(ValidationError) as caught:
        to_events([article(), article(said("s1", "club"))], code=lambda _: chosen)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("enum", (1, "statements", 0))]


def test_a_code_that_is_no_string_is_refused() -> None:
    chosen: Any = 112
    with pytest.raises(ValidationError) as caught:
        to_events([article(said("s1", "club"))], code=lambda _: chosen)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("type", (0, "statements", 0))]


def test_what_is_no_article_is_refused() -> None:
    wrong: Any = [article(), "an article"]
    with pytest.raises(ValidationError) as caught:
        to_events(wrong)
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("type", (1,))]
